/* The command line: a table of commands, a table of options; one file per command. */
#ifndef LABELWRIGHT_CLI_CLI_INTERNAL_H
#define LABELWRIGHT_CLI_CLI_INTERNAL_H

#include "labelwright/config/config.h"
#include "labelwright/tasks/survey.h"
#include "labelwright/workspace/workspace.h"

#include <stdbool.h>
#include <stdint.h>

/* Options, allowed anywhere after the command: id, name, value (NULL: none), help. */
#define LW_OPTIONS(X)                                                                              \
    X(ANNOTATOR, "annotator", "NAME",                                                              \
        "who labels; default: see config.yaml, else your login name")                              \
    X(THEME, "theme", "NAME", "colour theme; `labelwright themes` lists them")                     \
    X(TASK, "task", "ID", "start at this task (number or id)")                                     \
    X(ONLY, "only", "FILTER",                                                                      \
        "only these tasks: open, done, skipped, flagged, changed, draft, parked (refused), "       \
        "marked, or by answer: \"quality <= 3\"")                                                  \
    X(PLAIN, "plain", NULL, "ask line by line, without a full screen; needs no terminal")          \
    X(JSON, "json", NULL, "print JSON")                                                            \
    X(DRY_RUN, "dry-run", NULL, "show what would be sent, send nothing")                           \
    X(WATCH, "watch", NULL, "keep running and send new labels; ^C stops it")                       \
    X(ADOPT, "adopt", NULL,                                                                        \
        "do not ask before continuing a journal that was copied here or is older")                 \
    X(RESEND, "resend", NULL, "send again what the server refused")                                \
    X(FORMAT, "format", "NAME", "output format; leave it out to list the formats")                 \
    X(QUESTION, "question", "NAME", "question to export; default: the first that fits")            \
    X(EMPTY_PROMPT, "empty-prompt", NULL,                                                          \
        "trl-*: write tasks without a prompt too, with an empty one")                              \
    X(OUTPUT, "output", "FILE", "write to FILE instead of stdout (-o FILE)")                       \
    X(FORCE, "force", NULL, "replace FILE even if it is not an export of this project")            \
    X(FROM, "from", "SAMPLE", "sample to start from; leave it out to list the samples")            \
    X(LIKE, "like", "FILE", "copy this file of tasks; files of answers may follow")                \
    X(VERBOSE, "verbose", NULL, "also list the keys that options can still use")                   \
    X(HELP, "help", NULL, "show this help")                                                        \
    X(VERSION, "version", NULL, "show the version")

enum lw_option_id {
#define X(id, name, takes, help) LW_OPT_##id,
    LW_OPTIONS(X)
#undef X
        LW_OPT_COUNT
};
#define LW_OPT(id) (1u << LW_OPT_##id)
#define LW_ANY_CONFIG (1u << 31) /* runs even if config.yaml has mistakes */

struct lw_cli {
    const char *path;
    char *const *more; /* words after PATH, for a command that takes them */
    int nmore;
    const char *value[LW_OPT_COUNT]; /* NULL: not given; "" for options that take nothing */
    struct lw_config config;
};

struct lw_cli_command {
    const char *name;
    const char *words; /* its arguments: "PATH", "[PATH]" (optional), "PATH …" (one or more), "" */
    const char *help;
    unsigned options;             /* LW_OPT() bits besides help, and LW_ANY_CONFIG */
    int (*run)(struct lw_cli *c); /* returns the exit status */
};

int lw_cmd_label(struct lw_cli *c);
int lw_cmd_plain(struct lw_cli *c); /* label --plain */
int lw_cmd_record(struct lw_cli *c);
int lw_cmd_status(struct lw_cli *c);
int lw_cmd_export(struct lw_cli *c);
int lw_cmd_verify(struct lw_cli *c);
int lw_cmd_sync(struct lw_cli *c);
int lw_cmd_merge(struct lw_cli *c);
int lw_cmd_check(struct lw_cli *c);
int lw_cmd_keys(struct lw_cli *c);
int lw_cmd_themes(struct lw_cli *c);
int lw_cmd_doctor(struct lw_cli *c);
int lw_cmd_new(struct lw_cli *c);

/* Prints a message on stderr after "labelwright: "; text from outside is sanitised. */
void lw_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Prints the mistakes and the error, and returns the exit status. Both may be empty. */
int lw_say_wrong(struct lw_problems *p, const struct lw_err *err);

/* What `sync` writes in the journal's lock: it holds the lock for seconds, not for hours. */
#define LW_SENDING "sending"

struct lw_workspace_opts lw_cli_workspace(const struct lw_cli *c, bool read_only);

/* If a data file was renamed, asks on a terminal whether to continue with its labels. Returns 0, or
 * the exit status when the command must stop. */
int lw_cli_ask_renamed_file(const struct lw_cli *c, bool read_only);

/* After LW_EASK: prints what was found and asks on the terminal whether to continue; without a
 * terminal, prints how to. True: yes. */
bool lw_cli_adopts(const struct lw_err *err);

/* Opens the workspace for a command. Prints what is wrong; returns 0 when it is open. */
int lw_cli_open(struct lw_cli *c, bool read_only, struct lw_workspace *w);

/* Prints the notes of the journal, without the first `from` ones. */
void lw_cli_say_notes(const struct lw_workspace *w, size_t from);

/* Prints that this annotator has no journal here, and who has one; returns the exit status. */
int lw_cli_say_absent(const struct lw_workspace *w);

/* Prints how many tasks have the id of an earlier task, if any. */
void lw_cli_say_twins(const struct lw_workspace *w);

/* Builds the whole index; shows progress on stderr if that is a terminal and it takes over a
 * second.
 */
int lw_cli_index(struct lw_workspace *w);

/* A progress line on stderr, erased at the end; only if that is a terminal and the work takes over
 * a second. */
struct lw_progress {
    const char *what; /* "reading the tasks" */
    int64_t since;
    bool counts; /* counts items, not bytes */
    bool shown;
};
struct lw_progress lw_progress_start(const char *what);
void lw_progress_show(void *progress, uint64_t done, uint64_t all);
void lw_progress_end(struct lw_progress *p);

/* Prints how the task files were read: on stdout, each line after `before` … */
void lw_print_survey_of(const struct lw_survey *s, const struct lw_tasks *t, const char *before);
void lw_print_survey(struct lw_tasks *t, const char *before); /* in one line, by the first tasks */
void lw_say_survey(struct lw_tasks *t);                       /* … to stderr */

#endif
