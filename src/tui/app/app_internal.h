/* The screen of a session: keys become commands, session and state become a frame. No curses, no
 * I/O but the guidelines file: a test sends keys and reads frames. */
#ifndef LABELWRIGHT_TUI_APP_APP_INTERNAL_H
#define LABELWRIGHT_TUI_APP_APP_INTERNAL_H

#include "tui/view/app_state_internal.h"

void lw_app_init(struct lw_app *app, struct lw_sitting *s, const struct lw_keymap *keys);
void lw_app_fini(struct lw_app *app);

/* Says above the first task how its file was read (`survey`; NULL: not), and n sentences: journal
 * notes, a new project file. They leave with the first key that acts, and are in the messages from
 * the first key on. Borrowed while the app lives. */
void lw_app_open(
    struct lw_app *app, const struct lw_survey *survey, const char *const *sentences, size_t n);
void lw_opening_log(struct lw_app *app); /* once */

void lw_app_resize(struct lw_app *app, int rows, int cols);

/* Handles one key (LW_KEY_PASTE with its text); may give commands to the session. */
void lw_app_key(struct lw_app *app, struct lw_key key, const char *paste, size_t n);

/* What the loop must do now; reading it clears it. */
enum lw_app_action lw_app_action(struct lw_app *app);

/* What was copied or cut last. Borrowed until the next call. */
const char *lw_app_copied(const struct lw_app *app, size_t *n);

/* After LW_ACTION_LIST_THEMES: opens them to choose from. */
void lw_app_themes_listed(struct lw_app *app);

/* LW_ACTION_REMAP: the command and, as a YAML list, its keys. */
void lw_app_remapped(const struct lw_app *app, const char **command, struct lw_buf *keys);

/* The text for $EDITOR: the one being typed, else that of the focused correction. Borrowed until
 * the next call. */
const char *lw_app_external_text(const struct lw_app *app, size_t *n);

/* The text from $EDITOR; or NULL and why there is none. */
void lw_app_external_done(struct lw_app *app, const char *text, size_t n, const char *why);

/* Does a little of the work between keys, while there is some (lw_app_has_work()): spelling, going
 * through all tasks for the list; returns whether the screen changed. */
bool lw_app_work(struct lw_app *app);

/* A long text that is being typed reaches the session only now and then. Call this before the
 * session writes a draft or ends. */
void lw_app_flush(struct lw_app *app);

/* Call when the status of sync may have changed, or lw_app_leaving_ms() is 0. */
void lw_app_sync_changed(struct lw_app *app);

/* Milliseconds that leaving still waits for labels being sent; -1 when it does not wait. */
int64_t lw_app_leaving_ms(const struct lw_app *app);

/* Sizes the frame and draws everything. The same state gives the same frame. */
void lw_app_draw(struct lw_app *app, struct lw_frame *f);

/* Shows what has come of the replies on their way, where it is time to. True: draw again. */
bool lw_app_talk_work(struct lw_app *app);

#endif
