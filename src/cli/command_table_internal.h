/* The words of the command line: the table of options and the table of commands. Help, completions
 * and the man page are made from it; command_table.c has both as arrays. Nothing else of a command
 * is known here: what it does is in cmd_NAME.c. */
#ifndef LABELWRIGHT_CLI_COMMAND_TABLE_INTERNAL_H
#define LABELWRIGHT_CLI_COMMAND_TABLE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
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
    X(VERIFY, "verify", NULL, "check every line of the journal, also where nothing was written")   \
    X(JSON, "json", NULL, "print JSON")                                                            \
    X(DRY_RUN, "dry-run", NULL, "show what would be sent, send nothing")                           \
    X(WATCH, "watch", NULL, "keep running and send new labels; ^C stops it")                       \
    X(ADOPT, "adopt", NULL,                                                                        \
        "do not ask before continuing a journal that was copied here or is older")                 \
    X(RESEND, "resend", NULL, "send again what the server refused")                                \
    X(FORMAT, "format", "NAME", "output format; default: native (export), text (invoice)")         \
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
    X(AS, "as", "FORMAT", "read the file as this format; without it, by its first records")        \
    X(PROMPT, "prompt", "COLUMN", "the column or member with the prompt; a.b is b in a")           \
    X(RESPONSE, "response", "COLUMN", "one with a response; give it again for each response")      \
    X(HEADER, "header", "yes|no", "CSV, TSV: whether the first row names the columns")             \
    X(ENCODING, "encoding", "NAME", "what the file is, where not UTF-8: utf-16, windows-1252")     \
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
    X(PRINT, "print", NULL, "print a config.yaml with every key, commented; changes nothing")      \
    X(PATH, "path", NULL, "print where your config.yaml is, or would be")                          \
    X(HELP, "help", NULL, "show this help (-h)")                                                   \
    X(VERSION, "version", NULL, "show the version")

enum lw_option_id {
#define X(id, name, takes, help) LW_OPT_##id,
    LW_OPTIONS(X)
#undef X
        LW_OPT_COUNT
};
#define LW_OPT(id) (UINT64_C(1) << LW_OPT_##id)
#define LW_OPTS_READING                                                                            \
    (LW_OPT(AS) | LW_OPT(PROMPT) | LW_OPT(RESPONSE) | LW_OPT(HEADER) | LW_OPT(ENCODING))
#define LW_ANY_CONFIG (UINT64_C(1) << 63) /* runs even if config.yaml has mistakes */

/* What belongs together in --help, in this order. Only those of the first are explained there. */
#define LW_CLI_GROUPS(X)                                                                           \
    X(DAILY, "Every day")                                                                          \
    X(LABELS, "Labels")                                                                            \
    X(TIME, "Time and pay")                                                                        \
    X(PRIVATE, "For you alone")                                                                    \
    X(OTHERS, "With others")                                                                       \
    X(PROGRAM, "The program")

enum lw_cli_group {
#define X(id, title) LW_CLI_##id,
    LW_CLI_GROUPS(X)
#undef X
        LW_CLI_COUNT
};

/* The commands, in the order of their groups: name, its arguments ("PATH", "[PATH]" when it is
 * optional, "PATH …" for one or more, ""), group, help, two examples (a command line and what it is
 * for), LW_OPT() bits besides help and LW_ANY_CONFIG. cmd_NAME.c defines
 * `int lw_cmd_NAME(struct lw_cli *)`, which returns the exit status. */
#define LW_SUBCOMMANDS(X)                                                                          \
    X(label, "PATH", DAILY, "open the tasks and label them; the default command",                  \
        E("labelwright answers.jsonl", "a file of tasks: labelwright finds out its format"),       \
        E("labelwright --prompt question --response reply answers.csv", "say which columns"),      \
        LW_OPT(ANNOTATOR) | LW_OPT(THEME) | LW_OPT(TASK) | LW_OPT(ONLY) | LW_OPT(PLAIN) |          \
            LW_OPT(ADOPT) | LW_OPTS_READING)                                                       \
    X(new, "DIR …", DAILY, "create a project folder from a sample or from files of tasks",         \
        E("labelwright new trial --from quickstart", "a sample, to try it out"),                   \
        E("labelwright new catalan --like answers.jsonl", "a copy of the file, and questions"),    \
        LW_OPT(FROM) | LW_OPT(LIKE) | LW_OPTS_READING)                                             \
    X(check, "PATH", DAILY, "check project and tasks, and what changed since labeling",            \
        E("labelwright check answers.jsonl", "how the file is read; creates nothing"),             \
        E("labelwright check --json catalan/ | jq '.[0].cure'", "what to write instead"),          \
        LW_OPT(ANNOTATOR) | LW_OPT(VERBOSE) | LW_OPT(JSON) | LW_OPTS_READING)                      \
    X(status, "PATH", DAILY, "count tasks done, skipped and left; check the journal",              \
        E("labelwright status catalan/", "what is done, and what is not sent yet"),                \
        E("labelwright status --json catalan/ | jq .tasks.left", "the number that is left"),       \
        LW_OPT(ANNOTATOR) | LW_OPT(VERIFY) | LW_OPT(JSON))                                         \
    X(export, "PATH", DAILY, "write the labels in a format other programs read",                   \
        E("labelwright export catalan/ > labels.jsonl", "all that is known of each label"),        \
        E("labelwright export --format trl-preference -o pairs.jsonl catalan/",                    \
            "pairs to train a model on"),                                                          \
        LW_OPT(ANNOTATOR) | LW_OPT(FORMAT) | LW_OPT(QUESTION) | LW_OPT(EMPTY_PROMPT) |             \
            LW_OPT(NEUTRAL) | LW_OPT(OFFSETS) | LW_OPT(OUTPUT) | LW_OPT(CONFIG) | LW_OPT(FORCE))   \
    X(sync, "PATH", DAILY, "send unsent labels to the destinations in project.yaml",               \
        E("labelwright sync --dry-run catalan/", "show what would be sent"),                       \
        E("labelwright sync --resend catalan/", "send again what the server refused"),             \
        LW_OPT(ANNOTATOR) | LW_OPT(DRY_RUN) | LW_OPT(JSON) | LW_OPT(WATCH) | LW_OPT(RESEND) |      \
            LW_OPT(ADOPT))                                                                         \
    X(practice, "PATH", LABELS, "label tasks with known answers, and compare after each",          \
        E("labelwright practice gold.jsonl", "a file whose records have known answers"),           \
        E("labelwright practice --plain gold.jsonl", "the same line by line"),                     \
        LW_OPT(ANNOTATOR) | LW_OPT(THEME) | LW_OPT(TASK) | LW_OPT(ONLY) | LW_OPT(PLAIN) |          \
            LW_OPT(ADOPT) | LW_OPTS_READING)                                                       \
    X(record, "PATH", LABELS,                                                                      \
        "for scripts: JSON lines on stdin, each answered on stdout once on disk",                  \
        E("labelwright record catalan/ < answers", "lines like {\"task\":\"7\",\"answers\":{…}}"), \
        E("echo '{\"task\":\"7\",\"skip\":\"no Catalan\"}' | labelwright record catalan/",         \
            "skip a task"),                                                                        \
        LW_OPT(ANNOTATOR) | LW_OPT(ADOPT) | LW_OPTS_READING)                                       \
    X(verify, "PATH", LABELS, "check every line of the journal and its hash chain",                \
        E("labelwright verify catalan/", "is the record of work as it was written?"),              \
        E("labelwright verify --json catalan/", "the same for scripts"),                           \
        LW_OPT(ANNOTATOR) | LW_OPT(JSON))                                                          \
    X(merge, "PATH …", LABELS,                                                                     \
        "restore lost journal lines or join two copies; more PATHs: other copies, files of lines", \
        E("labelwright merge catalan/", "from what is in the project's own folders"),              \
        E("labelwright merge catalan/ other/catalan", "also from another copy"),                   \
        LW_OPT(ANNOTATOR))                                                                         \
    X(timesheet, "[PATH …]", TIME,                                                                 \
        "add up the time worked, by day; a PATH may be a folder of projects; default: this one",   \
        E("labelwright timesheet work/", "all projects in work/, a row a day"),                    \
        E("labelwright timesheet --by project --round quarter-up --csv work/ > nov.csv",           \
            "for a spreadsheet"),                                                                  \
        LW_OPT(ANNOTATOR) | LW_OPT(SINCE) | LW_OPT(UNTIL) | LW_OPT(MONTH) | LW_OPT(BY) |           \
            LW_OPT(ROUND) | LW_OPT(CSV) | LW_OPT(JSON) | LW_OPT(ICS) | LW_OPT(TIMECLOCK))          \
    X(pay, "PATH …", TIME,                                                                         \
        "what was earned, with its arithmetic; PATHs: projects or folders of them",                \
        E("labelwright pay work/", "all projects in work/"),                                       \
        E("labelwright pay --by day --month 2026-11 catalan/", "one month, by day"),               \
        LW_OPT(ANNOTATOR) | LW_OPT(MONTH) | LW_OPT(SINCE) | LW_OPT(UNTIL) | LW_OPT(BY) |           \
            LW_OPT(JSON) | LW_OPT(CSV))                                                            \
    X(invoice, "PATH …", TIME, "print an invoice: --format text (default), html or csv",           \
        E("labelwright invoice work/ --month 2026-11 --number 2026-7", "as text, for A4"),         \
        E("labelwright invoice work/ --month 2026-11 --format html -o november.html",              \
            "to print from any browser"),                                                          \
        LW_OPT(ANNOTATOR) | LW_OPT(MONTH) | LW_OPT(SINCE) | LW_OPT(UNTIL) | LW_OPT(NUMBER) |       \
            LW_OPT(DATE) | LW_OPT(FORMAT) | LW_OPT(OUTPUT) | LW_OPT(FORCE))                        \
    X(insight, "PATH …", PRIVATE,                                                                  \
        "private: are your labels steady? positions, runs, speed, drift; charts of day and week",  \
        E("labelwright insight catalan/", "figures and charts"),                                   \
        E("labelwright insight --svg week.svg catalan/", "the charts also as a picture"),          \
        LW_OPT(ANNOTATOR) | LW_OPT(SINCE) | LW_OPT(UNTIL) | LW_OPT(QUESTION) | LW_OPT(JSON) |      \
            LW_OPT(SVG) | LW_OPT(FORCE))                                                           \
    X(exposure, "PATH …", PRIVATE,                                                                 \
        "private: how much of each tag that hides tasks you saw, by day and week",                 \
        E("labelwright exposure work/", "all projects in work/"),                                  \
        E("labelwright exposure --since 2026-11-23 catalan/", "from one day on"),                  \
        LW_OPT(ANNOTATOR) | LW_OPT(SINCE) | LW_OPT(UNTIL) | LW_OPT(MONTH) | LW_OPT(JSON))          \
    X(agree, "PATH …", OTHERS, "compare annotators: agreement by question, and where they differ", \
        E("labelwright agree catalan/", "all journals of one project"),                            \
        E("labelwright agree --adjudicate second ana/catalan ben/catalan",                         \
            "a project of the tasks on which they differ"),                                        \
        LW_OPT(QUESTION) | LW_OPT(JSON) | LW_OPT(EXPLAIN) | LW_OPT(ADJUDICATE))                    \
    X(prove, "[PATH]", OTHERS, "write a proof of the work that others check without labelwright",  \
        E("labelwright prove -o proof.txt catalan/", "the whole journal"),                         \
        E("labelwright prove --month 2026-11 catalan/", "show the figures of a month"),            \
        LW_OPT(ANNOTATOR) | LW_OPT(OUTPUT) | LW_OPT(FORCE) | LW_OPT(SINCE) | LW_OPT(UNTIL) |       \
            LW_OPT(MONTH) | LW_OPT(FROM_SEQ) | LW_OPT(TO_SEQ) | LW_OPT(JSON) | LW_OPT(RECIPE) |    \
            LW_OPT(UNSIGNED))                                                                      \
    X(identity, "[new|show|export]", OTHERS,                                                       \
        "make or show the key that signs your batches and proofs",                                 \
        E("labelwright identity new", "make a key; it asks for a passphrase"),                     \
        E("labelwright identity export > me.pem", "the public key, for clients"), 0)               \
    X(keys, "", PROGRAM, "list all commands with their keys, and keys set for two commands",       \
        E("labelwright keys", "the keys as you set them"),                                         \
        E("labelwright keys | grep -i undo", "find the key of a command"), LW_OPT(JSON))           \
    X(config, "", PROGRAM, "open your settings in your editor, then check them",                   \
        E("labelwright config", "made first with every key in it, commented"),                     \
        E("labelwright config --print | less", "only read what can be set"),                       \
        LW_OPT(PRINT) | LW_OPT(PATH) | LW_ANY_CONFIG)                                              \
    X(themes, "", PROGRAM, "list colour themes",                                                   \
        E("labelwright themes", "each in its own colours"),                                        \
        E("labelwright --theme light catalan/", "try one"), LW_OPT(JSON))                          \
    X(doctor, "[PATH]", PROGRAM,                                                                   \
        "check system, terminal, settings, pay; with PATH also disk, journal, sync",               \
        E("labelwright doctor", "what a bug report should say"),                                   \
        E("labelwright doctor catalan/", "also this project, its disk and its server"),            \
        LW_OPT(ANNOTATOR) | LW_OPT(JSON) | LW_ANY_CONFIG)                                          \
    X(completion, "bash|zsh|fish", PROGRAM,                                                        \
        "print what makes a shell complete commands, options and names",                           \
        E("labelwright completion fish > ~/.config/fish/completions/labelwright.fish",             \
            "for fish"),                                                                           \
        E("labelwright completion zsh > ~/.zfunc/_labelwright",                                    \
            "for zsh, where fpath has ~/.zfunc"),                                                  \
        LW_ANY_CONFIG)                                                                             \
    X(schema, "project|config", PROGRAM,                                                           \
        "print the JSON Schema of a file, with which editors check it",                            \
        E("labelwright schema project > project.json", "the keys of project.yaml"),                \
        E("labelwright schema config | jq '.properties | keys'", "the keys of config.yaml"),       \
        LW_ANY_CONFIG)                                                                             \
    X(help, "[COMMAND|all]", PROGRAM, "explain a command, with examples, or list all",             \
        E("labelwright help export", "one command"), E("labelwright help all", "a line for each"), \
        LW_ANY_CONFIG)

struct lw_cli_example {
    const char *line, *does;
};

struct lw_cli_command {
    const char *name, *words;
    enum lw_cli_group group;
    const char *help; /* no capital, no full stop */
    struct lw_cli_example example[2];
    uint64_t options;
};

struct lw_cli_option {
    const char *name, *takes, *help;
};

extern const struct lw_cli_command lw_cli_commands[];
extern const size_t lw_cli_ncommands;
extern const struct lw_cli_option lw_cli_options[LW_OPT_COUNT];
extern const char *const lw_cli_groups[LW_CLI_COUNT];

const struct lw_cli_command *lw_cli_find_command(const char *name); /* NULL: there is none */
const char *lw_cli_nearest_command(const char *name);               /* NULL: none is like it */

/* Whether it takes the option; --help they all do. */
bool lw_cli_takes(const struct lw_cli_command *c, int option);

#endif
