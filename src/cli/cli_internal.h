/* The command line: a table of options, a table of commands, and what commands share (report.c,
 * progress.c, cli_project.c, which know no command). One file per command. */
#ifndef LABELWRIGHT_CLI_CLI_INTERNAL_H
#define LABELWRIGHT_CLI_CLI_INTERNAL_H

#include "labelwright/config/config.h"
#include "labelwright/proof/identity.h"
#include "labelwright/tasks/tasks_summary.h"
#include "labelwright/workspace/workspace.h"

#include <jansson.h>
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
        "marked, practice, or by answer: \"quality <= 3\"")                                        \
    X(PLAIN, "plain", NULL, "ask line by line, without a full screen; needs no terminal")          \
    X(JSON, "json", NULL, "print JSON")                                                            \
    X(DRY_RUN, "dry-run", NULL, "show what would be sent, send nothing")                           \
    X(WATCH, "watch", NULL, "keep running and send new labels; ^C stops it")                       \
    X(ADOPT, "adopt", NULL,                                                                        \
        "do not ask before continuing a journal that was copied here or is older")                 \
    X(RESEND, "resend", NULL, "send again what the server refused")                                \
    X(FORMAT, "format", "NAME", "output format; leave it out to list the formats")                 \
    X(QUESTION, "question", "NAME", "only this question; export: default is the first that fits")  \
    X(EMPTY_PROMPT, "empty-prompt", NULL,                                                          \
        "trl-*: write tasks without a prompt too, with an empty one")                              \
    X(NEUTRAL, "neutral", "WHAT",                                                                  \
        "trl-stepwise: neutral steps are good (default), bad, or skip: end before them")           \
    X(OFFSETS, "offsets", "UNIT",                                                                  \
        "spans: offsets count chars (code points; default), utf16 units, or bytes")                \
    X(OUTPUT, "output", "FILE", "write to FILE instead of stdout (-o FILE)")                       \
    X(CONFIG, "config", "FILE",                                                                    \
        "label-studio, argilla: also write the labeling config or the dataset settings to FILE")   \
    X(FORCE, "force", NULL, "replace FILE even if it is not an export of this project")            \
    X(SINCE, "since", "DAY", "from this day on: 2026-11-29")                                       \
    X(UNTIL, "until", "DAY", "to the end of this day")                                             \
    X(SVG, "svg", "FILE", "also write the charts to FILE as a picture (SVG)")                      \
    X(FROM_SEQ, "from-seq", "N", "from event N of the journal on")                                 \
    X(TO_SEQ, "to-seq", "N", "to event N of the journal")                                          \
    X(RECIPE, "recipe", NULL, "print the script that checks a proof; needs no PATH")               \
    X(UNSIGNED, "unsigned", NULL, "do not sign, even if you have an identity")                     \
    X(FROM, "from", "SAMPLE", "sample to start from; leave it out to list the samples")            \
    X(LIKE, "like", "FILE", "copy this file of tasks; files of answers may follow")                \
    X(BY, "by", "PERIOD",                                                                          \
        "a row for each day, week, month or project; default: day for timesheet, month for pay")   \
    X(CSV, "csv", NULL, "write CSV, for spreadsheets")                                             \
    X(MONTH, "month", "MONTH", "only this month, such as 2026-11")                                 \
    X(NUMBER, "number", "TEXT", "the invoice's number")                                            \
    X(DATE, "date", "DAY", "the invoice's date; default: today")                                   \
    X(ROUND, "round", "RULE",                                                                      \
        "round the active time of each row: minute, six-minutes or half-hour, to the nearest; "    \
        "minute-up, six-minutes-up, quarter-up, half-hour-up; quarter-nearest; default: none")     \
    X(ICS, "ics", NULL, "write sessions for calendars (iCalendar)")                                \
    X(TIMECLOCK, "timeclock", NULL, "write sessions for hledger and ledger")                       \
    X(VERBOSE, "verbose", NULL, "also list the keys that options can still use")                   \
    X(ADJUDICATE, "adjudicate", "DIR",                                                             \
        "make a project of the tasks on which they differ, for somebody to decide")                \
    X(EXPLAIN, "explain", NULL, "show how each figure is computed")                                \
    X(HELP, "help", NULL, "show this help")                                                        \
    X(VERSION, "version", NULL, "show the version")

enum lw_option_id {
#define X(id, name, takes, help) LW_OPT_##id,
    LW_OPTIONS(X)
#undef X
        LW_OPT_COUNT
};
#define LW_OPT(id) (UINT64_C(1) << LW_OPT_##id)
#define LW_ANY_CONFIG (UINT64_C(1) << 63) /* runs even if config.yaml has mistakes */

struct lw_cli {
    const char *path;
    char *const *more; /* words after PATH, for a command that takes them */
    int nmore;
    bool practice;                   /* PATH must have tasks of practice */
    const char *value[LW_OPT_COUNT]; /* NULL: not given; "" for options that take nothing */
    struct lw_config config;         /* of the user; empty for LW_ANY_CONFIG */
    struct lw_identity *signer;      /* once lw_cli_find_signer() found one */
    bool sought;                     /* it was called */
};

/* The commands, in the order that --help lists them: name, its arguments ("PATH", "[PATH]" when it
 * is optional, "PATH …" for one or more, ""), help, LW_OPT() bits besides help and LW_ANY_CONFIG.
 * cmd_NAME.c defines `int lw_cmd_NAME(struct lw_cli *)`, which returns the exit status. */
#define LW_SUBCOMMANDS(X)                                                                          \
    X(label, "PATH", "open the tasks and label them; the default command",                         \
        LW_OPT(ANNOTATOR) | LW_OPT(THEME) | LW_OPT(TASK) | LW_OPT(ONLY) | LW_OPT(PLAIN) |          \
            LW_OPT(ADOPT))                                                                         \
    X(practice, "PATH", "label tasks with known answers, and compare after each",                  \
        LW_OPT(ANNOTATOR) | LW_OPT(THEME) | LW_OPT(TASK) | LW_OPT(ONLY) | LW_OPT(PLAIN) |          \
            LW_OPT(ADOPT))                                                                         \
    X(record, "PATH", "for scripts: JSON lines on stdin, each answered on stdout once on disk",    \
        LW_OPT(ANNOTATOR) | LW_OPT(ADOPT))                                                         \
    X(status, "PATH", "count tasks done, skipped and left; check that the journal is intact",      \
        LW_OPT(ANNOTATOR) | LW_OPT(JSON))                                                          \
    X(export, "PATH", "write the labels in a format other programs read",                          \
        LW_OPT(ANNOTATOR) | LW_OPT(FORMAT) | LW_OPT(QUESTION) | LW_OPT(EMPTY_PROMPT) |             \
            LW_OPT(NEUTRAL) | LW_OPT(OFFSETS) | LW_OPT(OUTPUT) | LW_OPT(CONFIG) | LW_OPT(FORCE))   \
    X(sync, "PATH", "send unsent labels to the destinations in project.yaml",                      \
        LW_OPT(ANNOTATOR) | LW_OPT(DRY_RUN) | LW_OPT(JSON) | LW_OPT(WATCH) | LW_OPT(RESEND) |      \
            LW_OPT(ADOPT))                                                                         \
    X(verify, "PATH", "check every line of the journal and its hash chain",                        \
        LW_OPT(ANNOTATOR) | LW_OPT(JSON))                                                          \
    X(timesheet, "[PATH …]",                                                                       \
        "add up the time worked, by day; a PATH may be a folder of projects; default: this one",   \
        LW_OPT(ANNOTATOR) | LW_OPT(SINCE) | LW_OPT(UNTIL) | LW_OPT(MONTH) | LW_OPT(BY) |           \
            LW_OPT(ROUND) | LW_OPT(CSV) | LW_OPT(JSON) | LW_OPT(ICS) | LW_OPT(TIMECLOCK))          \
    X(insight, "PATH …",                                                                           \
        "private: are your labels steady? positions, runs, speed, drift; charts of day and week",  \
        LW_OPT(ANNOTATOR) | LW_OPT(SINCE) | LW_OPT(UNTIL) | LW_OPT(QUESTION) | LW_OPT(JSON) |      \
            LW_OPT(SVG) | LW_OPT(FORCE))                                                           \
    X(prove, "[PATH]", "write a proof of the work that others check without labelwright",          \
        LW_OPT(ANNOTATOR) | LW_OPT(OUTPUT) | LW_OPT(FORCE) | LW_OPT(SINCE) | LW_OPT(UNTIL) |       \
            LW_OPT(MONTH) | LW_OPT(FROM_SEQ) | LW_OPT(TO_SEQ) | LW_OPT(JSON) | LW_OPT(RECIPE) |    \
            LW_OPT(UNSIGNED))                                                                      \
    X(identity, "[new|show|export]", "make or show the key that signs your batches and proofs", 0) \
    X(merge, "PATH …",                                                                             \
        "restore lost journal lines or join two copies; more PATHs: other copies, files of lines", \
        LW_OPT(ANNOTATOR))                                                                         \
    X(pay, "PATH …", "what was earned, with its arithmetic; PATHs: projects or folders of them",   \
        LW_OPT(ANNOTATOR) | LW_OPT(MONTH) | LW_OPT(SINCE) | LW_OPT(UNTIL) | LW_OPT(BY) |           \
            LW_OPT(JSON) | LW_OPT(CSV))                                                            \
    X(invoice, "PATH …", "print an invoice: --format text (default), html or csv",                 \
        LW_OPT(ANNOTATOR) | LW_OPT(MONTH) | LW_OPT(SINCE) | LW_OPT(UNTIL) | LW_OPT(NUMBER) |       \
            LW_OPT(DATE) | LW_OPT(FORMAT) | LW_OPT(OUTPUT) | LW_OPT(FORCE))                        \
    X(agree, "PATH …", "compare annotators: agreement by question, and where they differ",         \
        LW_OPT(QUESTION) | LW_OPT(JSON) | LW_OPT(EXPLAIN) | LW_OPT(ADJUDICATE))                    \
    X(check, "PATH", "check project and tasks for mistakes, and for changes since labeling",       \
        LW_OPT(ANNOTATOR) | LW_OPT(VERBOSE))                                                       \
    X(exposure, "PATH …",                                                                          \
        "private: how much of each tag that hides tasks you saw, by day and week",                 \
        LW_OPT(ANNOTATOR) | LW_OPT(SINCE) | LW_OPT(UNTIL) | LW_OPT(MONTH) | LW_OPT(JSON))          \
    X(new, "DIR …", "create a project folder from a sample or from files of tasks",                \
        LW_OPT(FROM) | LW_OPT(LIKE))                                                               \
    X(keys, "", "list all commands with their keys, and keys set for two commands", 0)             \
    X(themes, "", "list colour themes", 0)                                                         \
    X(doctor, "[PATH]", "check system, terminal, settings; with PATH also disk, journal, sync",    \
        LW_OPT(ANNOTATOR) | LW_ANY_CONFIG)

#define X(name, words, help, options) int lw_cmd_##name(struct lw_cli *c);
LW_SUBCOMMANDS(X)
#undef X

/* ---- report.c: what is printed */

/* Prints a message on stderr after "labelwright: "; text from outside is sanitised. */
void lw_cli_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Prints the mistakes (`p` may be NULL; is emptied) and the error, and returns the exit status; 0
 * when there is neither. */
int lw_cli_fail(struct lw_problems *p, const struct lw_err *err);

/* Prints `before` and any text, sanitised, as one line on stdout. */
void lw_cli_print(const char *before, const char *text);

/* Prints one line of JSON on stdout. The reference is taken. */
void lw_cli_print_json(json_t *value);

/* How the task files were read: the format and remarks on stdout; the format alone, by the first
 * tasks, on stdout after `before`; the same with remarks on stderr. */
void lw_cli_print_survey(const struct lw_survey *s, const struct lw_tasks *t);
void lw_cli_print_format(struct lw_tasks *t, const char *before);
void lw_cli_warn_format(struct lw_tasks *t);

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
