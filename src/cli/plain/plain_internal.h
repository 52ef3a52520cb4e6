/* Plain mode: a task and its questions as lines of text, and typed lines as answers.
 *
 * All foreign text is cleaned. The texts of a task are indented, so that none of their lines can
 * pass for one of ours. */
#ifndef LABELWRIGHT_CLI_PLAIN_PLAIN_INTERNAL_H
#define LABELWRIGHT_CLI_PLAIN_PLAIN_INTERNAL_H

#include "labelwright/sitting/sitting.h"
#include "labelwright/sync/sync.h"

/* A text of any origin as one line on stdout, and its line end. */
void lw_plain_say(const char *text);

/* "Title, task 3 of 40, done". */
void lw_plain_header(const struct lw_sitting *s);

/* Prompt, responses and reference; or why there are none. */
void lw_plain_task(const struct lw_sitting *s);

/* "Quality 1-7 (bad to good) [5]: ", without a line end. */
void lw_plain_prompt(const struct lw_sitting *s, struct lw_slot slot);

/* The same where the task is behind the curtain. */
void lw_plain_curtain(const char *tag);

/* Answers the slot of that place with a line as typed (NUL behind it); the empty one takes away
 * what tags and texts have. False when it is no answer: s->message says why, nothing has changed.
 */
bool lw_plain_answer(struct lw_sitting *s, size_t slot, const char *line, size_t n);

bool lw_plain_has_lines(struct lw_span text); /* more than one */

/* The same with what the user's own editor makes of a text or a correction. */
bool lw_plain_edit(struct lw_sitting *s, size_t slot, char *const *editor);

/* Sends what is saved, and says what came of it. */
void lw_plain_send(const struct lw_sitting *s, struct lw_sync *sync);

/* --- lines ----------------------------------------------------------------------------------- */

/* Zero-initialise; free() its text. */
struct lw_plain_line {
    char *text;       /* NUL behind it; without its line end */
    size_t room, len; /* bytes */
    int error;        /* errno of the read that failed, 0 for none */
};

/* Flushes stdout and reads the next line. False at the end of input, when stdout or stdin fails and
 * on SIGINT, SIGTERM, SIGHUP. A line that the end of input cut off is half a word: not taken. */
bool lw_plain_read(struct lw_plain_line *to);

/* Why a line cannot be taken at all: not text, cut by the terminal, too long; NULL when it can. */
const char *lw_plain_unfit(const struct lw_plain_line *l);

/* The exit status for how reading ended; says what was wrong. */
int lw_plain_status(const struct lw_plain_line *l);

/* Runs the sitting on stdin and stdout, to the end of one of them or of the tasks; gives the exit
 * status. `automatic`: the last answer submits, nobody is asked. `editor` is the user's own, as for
 * lw_external_editor_run(). */
int lw_plain_sit(struct lw_sitting *s, struct lw_sync *sync, bool automatic, char *const *editor);

#endif
