/* What commands share (report.c, progress.c, cli_project.c, which know no command). Their table is
 * command_table_internal.h. One file per command. */
#ifndef LABELWRIGHT_CLI_CLI_INTERNAL_H
#define LABELWRIGHT_CLI_CLI_INTERNAL_H

#include "cli/command_table_internal.h"

#include "labelwright/config/config.h"
#include "labelwright/proof/identity.h"
#include "labelwright/tasks/tasks_summary.h"
#include "labelwright/workspace/workspace.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct lw_cli {
    const char *path;
    char *const *more; /* words after PATH, for a command that takes them */
    int nmore;
    bool practice;                   /* PATH must have tasks of practice */
    const char *value[LW_OPT_COUNT]; /* NULL: not given; "" for options that take nothing */
    struct lw_column_map columns;    /* --prompt and --response, in their order … */
    struct lw_read_as as;            /* … and all that was said of how to read the file */
    bool says_reading;               /* something was */
    struct lw_config config;         /* of the user; empty for LW_ANY_CONFIG */
    struct lw_identity *signer;      /* once lw_cli_find_signer() found one */
    bool sought;                     /* it was called */
};

#define X(name, words, group, help, first, second, options) int lw_cmd_##name(struct lw_cli *c);
LW_SUBCOMMANDS(X)
#undef X

/* ---- usage.c */

/* Prints help on stdout: the page that fits a screen, all commands, or one. */
void lw_cli_print_help(void);
void lw_cli_print_all_help(void);
void lw_cli_print_command_help(const struct lw_cli_command *c);

/* ---- report.c: what is printed */

/* Prints a message on stderr after "labelwright: "; text from outside is sanitised. */
void lw_cli_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Prints the mistakes (`p` may be NULL; is emptied) and the error, and returns the exit status; 0
 * when there is neither. */
int lw_cli_fail(struct lw_problems *p, const struct lw_err *err);

/* Prints `before` and any text, sanitised, as one line on stdout. */
void lw_cli_print(const char *before, const char *text);

/* A text from outside, sanitised, for JSON: names of files need not be UTF-8. NULL: null. */
json_t *lw_cli_json_text(const char *text);

/* Prints one line of JSON on stdout. The reference is taken. */
void lw_cli_print_json(json_t *value);

/* How the task files were read: the format and remarks on stdout; the format alone, by the first
 * tasks, on stdout after `before`; the same with remarks on stderr. */
void lw_cli_print_survey(const struct lw_survey *s, const struct lw_tasks *t);
void lw_cli_print_format(struct lw_tasks *t, const char *before);
void lw_cli_warn_format(struct lw_tasks *t);

/* ---- reading_options.c */

void lw_cli_add_response(struct lw_cli *c, const char *column); /* one more --response */

/* Sets c->as from the options. False: what is wrong is printed. */
bool lw_cli_set_reading(struct lw_cli *c);

char *lw_cli_samples_folder(void); /* samples_folder.c; new */

/* ---- parting.c */

/* How many labels were ever saved here, also those that no longer count. */
size_t lw_cli_saved(const struct lw_workspace *w);

/* Says on stdout how to export the labels, where there are more than `before`. */
void lw_cli_say_export(const struct lw_cli *c, const struct lw_workspace *w, size_t before);

/* start_choice.c: the start screen, then what was chosen there; returns the exit status. */
int lw_cli_start(struct lw_cli *c);

/* ---- passphrase.c, signer.c */

/* Asks on the terminal, without an echo, and reads a line: at most `room` - 1 bytes, then a NUL.
 * Without a terminal it reads the first line of stdin. False when it was interrupted, or is too
 * long: all is printed. The caller wipes `to`. */
bool lw_cli_ask_passphrase(const char *prompt, char *to, size_t room);

/* Sets c->signer to the identity that signs the batches of the project, if there is one. Under a
 * passphrase it is asked for here, once and before any screen: a prompt over somebody's work would
 * take keys that were meant as labels, and never asking would leave nearly all batches unsigned,
 * as they are sent within seconds. An empty answer, a wrong one, or no terminal: unsigned, with a
 * word. Does nothing when the project sends nowhere. */
void lw_cli_find_signer(struct lw_cli *c, const struct lw_project *project);

/* ---- notify.c: has the terminal show "PROJECT: WHAT", where the user asked for it and stderr is
 * one */

void lw_cli_notify(const struct lw_config *c, const char *project, const char *what);

/* ---- progress.c */

/* A line on stderr, erased at the end; only if that is a terminal and the work takes over a
 * second. Bytes, shown as MB, unless it `counts` items. */
struct lw_progress {
    const char *what; /* "reading the tasks" */
    int64_t since;    /* monotonic ms */
    bool counts;
    bool drawn;
};
struct lw_progress lw_progress_start(const char *what);
void lw_progress_draw(void *progress, uint64_t done, uint64_t all);
void lw_progress_end(struct lw_progress *p);

/* ---- cli_project.c */

/* What `sync` writes in the journal's lock: it holds the lock for seconds, not for hours. */
#define LW_SENDING "sending"

struct lw_workspace_opts lw_cli_workspace_opts(const struct lw_cli *c, bool read_only);

/* Opens the workspace for a command. Prints what is wrong; returns 0 when it is open, else the exit
 * status. */
int lw_cli_open(struct lw_cli *c, bool read_only, struct lw_workspace *w);

/* Opens with `open`, lw_workspace_open or lw_workspace_journal. After LW_EASK it prints what was
 * found and asks on the terminal whether to continue (without one, prints how to), then opens with
 * `adopt`. LW_EASK when the answer is no: all is printed, `err` has no text. */
typedef enum lw_code lw_workspace_opener(const struct lw_workspace_opts *opts,
    struct lw_workspace *to, struct lw_problems *p, struct lw_err *err);
enum lw_code lw_cli_open_or_ask(struct lw_workspace_opts *opts, lw_workspace_opener *open,
    struct lw_workspace *w, struct lw_problems *p, struct lw_err *err);

/* If a data file was renamed, asks on a terminal whether to continue with its labels; never
 * guesses. Returns 0, or the exit status when the command must stop. */
int lw_cli_ask_renamed_file(const struct lw_cli *c, bool read_only);

/* Builds the whole index, with a progress line. 0, or the exit status; prints what is wrong. */
int lw_cli_read_tasks(struct lw_workspace *w);

/* Prints the notes of the journal, without the first `from` ones. */
void lw_cli_warn_notes(const struct lw_workspace *w, size_t from);

/* Prints that this annotator has no journal here, and who has one; returns the exit status. */
int lw_cli_fail_absent(const struct lw_workspace *w);

/* Prints how many tasks have the id of an earlier task, if any. */
void lw_cli_warn_duplicates(const struct lw_workspace *w);

/* ---- cli_projects.c: several projects of one command */

/* Opens each project with its journal, read-only, and calls `each`, until that returns another
 * status than 0; each PATH is a project, a data file, or a folder whose folders are projects. One
 * that is named twice counts once. Prints what is wrong; 0 or the exit status. */
int lw_cli_each_project(
    struct lw_cli *c, int (*each)(void *ctx, struct lw_workspace *w), void *ctx);
/* The paths of all of them, for who opens them otherwise. */
size_t lw_cli_project_paths(const struct lw_cli *c, char ***to);
void lw_cli_free_paths(char **v, size_t n);

char *lw_cli_first_project(const struct lw_cli *c); /* its path; new */

/* The days that --since and --until, or --month, name, both included (date.h). False: printed what
 * is wrong. */
bool lw_cli_days(const struct lw_cli *c, int32_t *since, int32_t *until);

#endif
