/* A project in a folder of its own, opened for work, with a desk on it: what tests of the sitting
 * and of the screens need. The clock stands still unless moved; random numbers are always the same.
 */
#ifndef LABELWRIGHT_TESTS_SUPPORT_PLACE_H
#define LABELWRIGHT_TESTS_SUPPORT_PLACE_H

#include "tui/app/app_internal.h"

#include "labelwright/config/config.h"
#include "labelwright/workspace/workspace.h"

struct place {
    char dir[64];
    char state[80]; /* XDG_STATE_HOME, beside it */
    char path[128]; /* what labelwright is opened on */
    struct lw_sys sys;
    int64_t now_ms;        /* of every clock; UTC 2026-11-22 12:00:00 at first */
    const char *annotator; /* NULL for ana */
    const char *only;      /* as for --only; NULL for all tasks */
    struct lw_config config;
    struct lw_keymap keys;
    struct lw_workspace w;
    struct lw_sitting *s;
    struct lw_sync *sync;
    struct lw_app desk;
    struct lw_frame frame;
};

/* A new folder with project.yaml and tasks.jsonl; nothing is open yet. */
void place_make(struct place *p, const char *yaml, const char *jsonl);

/* The same with copies of a folder's files (a sample), or of one data file. */
void place_copy(struct place *p, const char *folder);
void place_copy_file(struct place *p, const char *file);

void place_write(const struct place *p, const char *name, const char *bytes, size_t n);
char *place_read(const struct place *p, const char *name, size_t *n); /* test_free()-less: free() */

/* Opens workspace, sitting and desk, the whole index read; fails the test when it cannot. */
void place_open(struct place *p);
void place_close(struct place *p);
void place_crash(struct place *p); /* as after kill -9: nothing more is written */
void place_remove(struct place *p);

/* Presses keys by name, separated by spaces: "5 Tab f 1 f Enter". "type:some_text" types the
 * letters
 * ("_" is a space), "paste:text" pastes ("_" is a new line), "wait:MS" moves the clock, "send:"
 * sends until nothing more is due. */
void place_press(struct place *p, const char *keys);

/* The screen now as text (borrowed until the next call). */
const char *place_screen(struct place *p);
bool place_shows(struct place *p, const char *text);

#endif
