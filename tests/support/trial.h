/* The real program, tried on a folder of its own: what it is opened on, the user's settings, and
 * what it leaves on the disk. Failures are cmocka's. */
#ifndef LABELWRIGHT_TESTS_SUPPORT_TRIAL_H
#define LABELWRIGHT_TESTS_SUPPORT_TRIAL_H

#include "terminal.h"

#include "labelwright/base/buf.h"

#include <jansson.h>

struct trial {
    char dir[64];      /* holds all of it */
    char path[192];    /* what labelwright is opened on */
    char project[224]; /* the folder with journal/ and .labelwright/ */
    char config[128];  /* "XDG_CONFIG_HOME=…", a folder inside dir */
    char program[512];
};

/* A new folder with project.yaml and tasks.jsonl, with copies of a sample's files, or with a copy
 * of one data file. The settings switch the guard of digits off: keys may come as fast as they can.
 */
void trial_make(struct trial *t, const char *yaml, const char *jsonl, size_t n);
void trial_copy(struct trial *t, const char *sample);
void trial_copy_file(struct trial *t, const char *file);
void trial_remove(struct trial *t);

/* A file of the user's settings: "config.yaml", "themes/x.yaml". */
void trial_settings(const struct trial *t, const char *name, const char *text);

/* Labeling on a terminal of its own; `env` as for lw_pty_start(), on top of the settings. */
struct lw_pty *trial_start(const struct trial *t, int rows, int cols, const char *const *env);
/* The same up to the first task: what must be read before is closed. */
struct lw_pty *trial_open(const struct trial *t, int rows, int cols, const char *const *env);
void trial_leave(struct lw_pty *p); /* q, Enter; it must end with 0. Frees p */
void trial_kill(struct lw_pty *p);  /* kill -9. Frees p */

/* The environment for other terminals, NULL-terminated; the caller's to free() */
const char **trial_env(const struct trial *t, const char *const *env);

/* `labelwright WORDS… PATH` to its end: the exit status, stdout in `out` (NULL: dropped). */
int trial_run(const struct trial *t, const char *const *words, struct lw_buf *out);
#define TRIAL_RUN(t, out, ...) trial_run((t), (const char *const[]){__VA_ARGS__, NULL}, (out))

/* All events of the journal in order; the caller's to decref. Fails on a line that is no JSON. */
json_t *trial_journal(const struct trial *t);
size_t trial_count(const json_t *events, const char *type);
const char *trial_type(const json_t *event);

/* The drafts on the disk now, an array; the caller's to decref. */
json_t *trial_drafts(const struct trial *t);

/* Waits until some draft holds the text, as JSON has it. */
void trial_wait_draft(const struct trial *t, const char *text);

#endif
