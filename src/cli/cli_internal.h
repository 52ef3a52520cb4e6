/* The command line: one table of commands, one of options; a file a command. */
#ifndef LABELWRIGHT_CLI_CLI_INTERNAL_H
#define LABELWRIGHT_CLI_CLI_INTERNAL_H

#include "labelwright/config/config.h"
#include "labelwright/tasks/survey.h"
#include "labelwright/workspace/workspace.h"

#include <stdbool.h>
#include <stdint.h>

/* Options that may stand anywhere behind the command: id, name, what it takes (NULL: nothing),
 * help. */
#define LW_OPTIONS(X)                                                                              \
    X(ANNOTATOR, "annotator", "NAME", "who labels; else the config's, else your login name")       \
    X(THEME, "theme", "NAME", "colours: a theme that `labelwright themes` shows")                  \
    X(TASK, "task", "ID", "begin with this task: its number or its id")                            \
    X(ONLY, "only", "FILTER",                                                                      \
        "go only through tasks that are open, done, skipped, flagged, changed, draft, parked or "  \
        "marked, or have an answer: \"quality <= 3\"")                                             \
    X(PLAIN, "plain", NULL, "question by question, line by line: no screen, no terminal needed")   \
    X(JSON, "json", NULL, "print JSON")                                                            \
    X(DRY_RUN, "dry-run", NULL, "only say what would be sent")                                     \
    X(WATCH, "watch", NULL, "stay, and send what is labeled from now on too; ^C ends it")          \
    X(ADOPT, "adopt", NULL,                                                                        \
        "continue a journal that came with the folder or is an older copy, without being asked")   \
    X(RESEND, "resend", NULL, "send again what the endpoint refused")                              \
    X(FORMAT, "format", "NAME", "what to write; without it the formats are listed")                \
    X(QUESTION, "question", "NAME", "which question decides; else the first that fits")            \
    X(EMPTY_PROMPT, "empty-prompt", NULL,                                                          \
        "trl-*: an empty prompt where nothing comes before the responses")                         \
    X(OUTPUT, "output", "FILE", "write to FILE, not to stdout (-o FILE)")                          \
    X(FORCE, "force", NULL, "replace FILE, whoever wrote it")                                      \
    X(FROM, "from", "SAMPLE", "what to begin with; without it the samples are listed")             \
    X(LIKE, "like", "FILE",                                                                        \
        "a project for this file of tasks, with a copy of it; files of answers may follow")        \
    X(HELP, "help", NULL, "what the command does and takes")                                       \
    X(VERSION, "version", NULL, "the version")

enum lw_option_id {
#define X(id, name, takes, help) LW_OPT_##id,
    LW_OPTIONS(X)
#undef X
        LW_OPT_COUNT
};
#define LW_OPT(id) (1u << LW_OPT_##id)
#define LW_ANY_CONFIG (1u << 31) /* runs whatever is wrong with the user's settings */

struct lw_cli {
    const char *path;
    char *const *more; /* words behind PATH, for a command that takes them */
    int nmore;
    const char *value[LW_OPT_COUNT]; /* NULL: not given; "" for options that take nothing */
    struct lw_config config;
};

struct lw_cli_command {
    const char *name;
    const char *words; /* what stands behind it: "PATH", "[PATH]" for may be left out, "PATH …" for
                          more of them, "" */
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

/* A sentence of ours on stderr, "labelwright: " before it; foreign text in it is made safe. */
void lw_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Says what is wrong and gives the exit status for it. Both may be empty. */
int lw_say_wrong(struct lw_problems *p, const struct lw_err *err);

/* What `sync` tells those who find the journal's lock taken: it is so for seconds, not for hours.
 */
#define LW_SENDING "sending"

struct lw_workspace_opts lw_cli_workspace(const struct lw_cli *c, bool read_only);

/* Whether the labels of a data file that was renamed are to be gone on with: asks on a terminal.
 * The exit status when the command cannot go on. */
int lw_cli_ask_renamed_file(const struct lw_cli *c, bool read_only);

/* After LW_EASK: tells what there is, and asks on the terminal whether to go on, or says how to.
 * True: yes. */
bool lw_cli_adopts(const struct lw_err *err);

/* Opens the workspace for a command and says what is wrong; status 0 when it is open. */
int lw_cli_open(struct lw_cli *c, bool read_only, struct lw_workspace *w);

/* Says what the journal has to tell about its opening and since, but for the first `from` notes. */
void lw_cli_say_notes(const struct lw_workspace *w, size_t from);

/* Says that this annotator has no journal here, and whose there is; gives the exit status. */
int lw_cli_say_absent(const struct lw_workspace *w);

/* Says how many tasks have the id of an earlier one, if any. */
void lw_cli_say_twins(const struct lw_workspace *w);

/* The whole index, with progress on stderr when that is a terminal and it takes over a second. */
int lw_cli_index(struct lw_workspace *w);

/* A line on stderr that is written over and taken away again, when that is a terminal and the work
 * takes over a second. */
struct lw_progress {
    const char *what; /* "reading the tasks" */
    int64_t since;
    bool counts; /* what is counted are things, not bytes */
    bool shown;
};
struct lw_progress lw_progress_start(const char *what);
void lw_progress_show(void *progress, uint64_t done, uint64_t all);
void lw_progress_end(struct lw_progress *p);

/* How the task files were understood: to stdout, each line behind `before` … */
void lw_print_survey_of(const struct lw_survey *s, const struct lw_tasks *t, const char *before);
void lw_print_survey(struct lw_tasks *t, const char *before); /* in one line, by the first tasks */
void lw_say_survey(struct lw_tasks *t);                       /* … to stderr */

#endif
