#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/text/glyph.h"
#include "labelwright/tui/help.h"
#include "labelwright/workspace/other_journals.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct lw_cli_command commands[] = {
    {"label", "PATH", "open the tasks and label them; the default command",
        LW_OPT(ANNOTATOR) | LW_OPT(THEME) | LW_OPT(TASK) | LW_OPT(ONLY) | LW_OPT(PLAIN) |
            LW_OPT(ADOPT),
        lw_cmd_label},
    {"record", "PATH", "for scripts: JSON lines on stdin, each answered on stdout once on disk",
        LW_OPT(ANNOTATOR) | LW_OPT(ADOPT), lw_cmd_record},
    {"status", "PATH", "count tasks done, skipped and left; check that the journal is intact",
        LW_OPT(ANNOTATOR) | LW_OPT(JSON), lw_cmd_status},
    {"export", "PATH", "write the labels in a format other programs read",
        LW_OPT(ANNOTATOR) | LW_OPT(FORMAT) | LW_OPT(QUESTION) | LW_OPT(EMPTY_PROMPT) |
            LW_OPT(OUTPUT) | LW_OPT(FORCE),
        lw_cmd_export},
    {"sync", "PATH", "send unsent labels to the destinations in project.yaml",
        LW_OPT(ANNOTATOR) | LW_OPT(DRY_RUN) | LW_OPT(JSON) | LW_OPT(WATCH) | LW_OPT(RESEND) |
            LW_OPT(ADOPT),
        lw_cmd_sync},
    {"verify", "PATH", "check every line of the journal and its hash chain",
        LW_OPT(ANNOTATOR) | LW_OPT(JSON), lw_cmd_verify},
    {"merge", "PATH …",
        "restore lost journal lines or join two copies; more PATHs: other copies, files of lines",
        LW_OPT(ANNOTATOR), lw_cmd_merge},
    {"check", "PATH", "check project and tasks for mistakes, and for changes since labeling",
        LW_OPT(ANNOTATOR) | LW_OPT(VERBOSE), lw_cmd_check},
    {"new", "DIR …", "create a project folder from a sample or from files of tasks",
        LW_OPT(FROM) | LW_OPT(LIKE), lw_cmd_new},
    {"keys", "", "list all commands with their keys, and keys set for two commands", 0,
        lw_cmd_keys},
    {"themes", "", "list colour themes", 0, lw_cmd_themes},
    {"doctor", "[PATH]", "check system, terminal, settings; with PATH also disk, journal, sync",
        LW_OPT(ANNOTATOR) | LW_ANY_CONFIG, lw_cmd_doctor},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static const struct {
    const char *name, *takes, *help;
} options[LW_OPT_COUNT] = {
#define X(id, name, takes, help) {name, takes, help},
    LW_OPTIONS(X)
#undef X
};

/* --- words ----------------------------------------------------------------------------------- */

static void say_text(const char *text)
{
    struct lw_buf b = {0};
    lw_clean(text, strlen(text), true, &b);
    fprintf(stderr, "labelwright: %s\n", b.data ? b.data : "");
    lw_buf_fini(&b);
}

void lw_say(const char *fmt, ...)
{
    char *text;
    va_list ap;
    va_start(ap, fmt);
    if (vasprintf(&text, fmt, ap) >= 0) {
        say_text(text);
        free(text);
    }
    va_end(ap);
}

int lw_say_wrong(struct lw_problems *p, const struct lw_err *err)
{
    for (size_t i = 0; i < p->n; i++)
        say_text(p->v[i]);
    size_t said = p->n;
    lw_problems_fini(p);
    if (err->text[0] && said != 1) /* one mistake needs no summary */
        say_text(err->text);
    return err->code != LW_OK ? lw_exit_status(err->code) : said ? lw_exit_status(LW_EBAD) : 0;
}

static void print_options(const struct lw_cli_command *c)
{
    for (int i = 0; i < LW_OPT_COUNT; i++) {
        if (!(c->options & 1u << i) && i != LW_OPT_HELP)
            continue;
        char *left = lw_format("--%s%s%s", options[i].name, options[i].takes ? " " : "",
            options[i].takes ? options[i].takes : "");
        printf("  %-18s %s\n", left, options[i].help);
        free(left);
    }
}

static int help(const struct lw_cli_command *c)
{
    if (c) {
        printf("labelwright %s%s%s\n\n%s.\n\n", c->name, *c->words ? " " : "", c->words, c->help);
        print_options(c);
        return 0;
    }
    puts("labelwright [COMMAND] PATH\n\nLabel AI output: rate, compare, flag and explain, one key "
         "per answer.\nPATH is a project folder or a file of tasks.\n");
    for (int i = 0; i < COMMANDS; i++)
        printf("  %-8s %s\n", commands[i].name, commands[i].help);
    puts("\n  --help, --version; COMMAND --help lists its options\n\n"
         "Exit status: 0 done, 1 problems found, 2 wrong usage,\n"
         "3 cannot read or write, 130 interrupted.");
    return 0;
}

/* --- arguments ------------------------------------------------------------------------------- */

static const struct lw_cli_command *find_command(const char *name)
{
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

enum { LONG = 256 }; /* getopt_long() returns this and up for long options, above every character */

static void say_option(int got, const char *word)
{
    if (got == ':')
        lw_say("Option %s needs a value.", word);
    else if (optopt >= LONG)
        lw_say("Option --%s takes no value.", options[optopt - LONG].name);
    else if (optopt)
        lw_say("Unknown option -%c. COMMAND --help lists the options.", optopt);
    else
        lw_say("Unknown option %s. COMMAND --help lists the options.", word);
}

static bool parse_options(int argc, char **argv, struct lw_cli *c)
{
    struct option known[LW_OPT_COUNT + 1] = {0};
    for (int i = 0; i < LW_OPT_COUNT; i++)
        known[i] = (struct option){options[i].name, options[i].takes != NULL, NULL, LONG + i};
    opterr = 0;
    for (int got; (got = getopt_long(argc, argv, ":o:", known, NULL)) != -1;) {
        if (got == 'o')
            got = LONG + LW_OPT_OUTPUT;
        if (got < LONG) {
            say_option(got, argv[optind - 1]);
            return false;
        }
        c->value[got - LONG] = optarg ? optarg : "";
    }
    return true;
}

static bool takes_all(const struct lw_cli_command *command, const struct lw_cli *c)
{
    for (int i = 0; i < LW_OPT_COUNT; i++) {
        if (c->value[i] && !(command->options & 1u << i)) {
            lw_say("%s has no option --%s. %s --help lists its options.", command->name,
                options[i].name, command->name);
            return false;
        }
    }
    return true;
}

/* A word that is not a command is a path, unless no such file exists. */
static bool misspelt_command(const char *word, int words)
{
    const char *names[COMMANDS + 1] = {0};
    for (int i = 0; i < COMMANDS; i++)
        names[i] = commands[i].name;
    const char *near = lw_nearest(word, names);
    if (access(word, F_OK) == 0 || (words == 1 && !near))
        return false;
    lw_say("\"%s\" is not a command or a file. %s%s%s", word, near ? "Did you mean " : "",
        near ? near : "labelwright --help lists the commands", near ? "?" : ".");
    return true;
}

static const struct lw_cli_command *say_words(const struct lw_cli_command *command, int words)
{
    if (!*command->words)
        lw_say("%s takes no PATH.", command->name);
    else if (words == 0 && strncmp(command->words, "DIR", 3) == 0)
        lw_say("Give the folder to make: labelwright %s DIR --from quickstart, or --like FILE.",
            command->name);
    else if (words == 0)
        lw_say("Give a project folder or a file of tasks: labelwright %s PATH. No project yet? "
               "labelwright new practice --from quickstart",
            command->name);
    else
        lw_say(
            "%s takes one PATH (%d given). Put names with spaces in quotes.", command->name, words);
    return NULL;
}

/* Finds the command and its PATH; NULL when the words make no sense. */
static const struct lw_cli_command *parse_words(int argc, char **argv, struct lw_cli *c)
{
    const struct lw_cli_command *command = optind < argc ? find_command(argv[optind]) : NULL;
    bool bare = !command;
    if (command)
        optind++;
    else
        command = &commands[0];
    int words = argc - optind;
    if (bare && words > 0 && misspelt_command(argv[optind], words))
        return NULL;
    if (c->value[LW_OPT_HELP])
        return command;
    bool more = strstr(command->words, " …") != NULL;
    int most = *command->words != '\0', least = most && command->words[0] != '[';
    if (words < least || (words > most && !more))
        return say_words(command, words);
    c->path = words ? argv[optind] : NULL;
    c->more = words ? argv + optind + 1 : NULL;
    c->nmore = words ? words - 1 : 0;
    return command;
}

/* --- what commands share --------------------------------------------------------------------- */

struct lw_workspace_opts lw_cli_workspace(const struct lw_cli *c, bool read_only)
{
    return (struct lw_workspace_opts){
        .sys = &lw_sys_real,
        .path = c->path,
        .annotator = c->value[LW_OPT_ANNOTATOR],
        .config = &c->config,
        .read_only = read_only,
        .adopt = c->value[LW_OPT_ADOPT] != NULL,
    };
}

bool lw_cli_adopts(const struct lw_err *err)
{
    char answer[16] = "";
    bool terminal = isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
    lw_say("%s%s", err->text, terminal ? "" : " To continue it anyway, use --adopt.");
    if (!terminal)
        return false;
    fputs("Continue this journal? [y/N] ", stderr);
    bool yes = fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
    if (!yes)
        lw_say("Nothing changed. To start a new journal, move that one to another folder first.");
    return yes;
}

void lw_cli_say_notes(const struct lw_workspace *w, size_t from)
{
    size_t n = 0;
    const char *const *notes = w->journal ? lw_journal_notes(w->journal, &n) : NULL;
    for (size_t i = from; i < n; i++)
        lw_say("%s", notes[i]);
}

/* Tells an annotator without labels who has some here. */
static void say_others(const struct lw_workspace *w)
{
    struct lw_totals t = lw_ledger_totals(w->ledger);
    if (t.done + t.skipped > 0)
        return;
    struct lw_other_journals others;
    lw_other_journals_find(w->sys, w->dir, w->journal_name, &others);
    char *advice = lw_other_journals_advice(&others, w->annotator);
    if (advice)
        lw_say("%s", advice);
    free(advice);
    lw_other_journals_fini(&others);
}

int lw_cli_open(struct lw_cli *c, bool read_only, struct lw_workspace *w)
{
    struct lw_workspace_opts opts = lw_cli_workspace(c, read_only);
    struct lw_problems p = {0};
    struct lw_err err = {0};
    int moved = lw_cli_ask_renamed_file(c, read_only);
    if (moved != 0)
        return moved;
    enum lw_code code = lw_workspace_open(&opts, w, &p, &err);
    if (code == LW_EASK) {
        if (!lw_cli_adopts(&err))
            return lw_exit_status(code);
        lw_err_clear(&err);
        opts.adopt = true;
        code = lw_workspace_open(&opts, w, &p, &err);
    }
    if (code != LW_OK)
        return lw_say_wrong(&p, &err);
    if (w->made)
        lw_say("Created %s with standard questions. Edit it to change them; your labels are kept.",
            w->project->file);
    lw_cli_say_notes(w, 0);
    if (!read_only)
        say_others(w);
    return 0;
}

int lw_cli_say_absent(const struct lw_workspace *w)
{
    bool unmade = w->project->unmade;
    char *owner = unmade ? NULL : lw_journal_whose(w->sys, w->dir, "journal");
    if (owner)
        lw_say("%s has no journal here. journal/ belongs to %s; to see it, use --annotator %s.",
            w->annotator, owner, owner);
    else
        lw_say("No journal yet: nothing was labeled here.");
    free(owner);
    return lw_exit_status(LW_EABSENT);
}

struct lw_progress lw_progress_start(const char *what)
{
    return (struct lw_progress){.what = what, .since = lw_clock_mono_ms(&lw_sys_real)};
}

void lw_progress_show(void *progress, uint64_t done, uint64_t all)
{
    struct lw_progress *p = progress;
    if (!isatty(STDERR_FILENO) || lw_clock_mono_ms(&lw_sys_real) - p->since < 1000)
        return;
    if (p->counts)
        fprintf(stderr, "\r%s: %" PRIu64 " of %" PRIu64, p->what, done, all);
    else
        fprintf(
            stderr, "\r%s: %" PRIu64 " of %" PRIu64 " MB", p->what, done / 1000000, all / 1000000);
    p->shown = true;
}

void lw_progress_end(struct lw_progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
}

void lw_cli_say_twins(const struct lw_workspace *w)
{
    size_t first, twins = lw_tasks_duplicates(w->tasks, &first);
    if (twins > 0)
        lw_say("%zu task%s the id of an earlier task (first: task %zu). Repeated ids become ID~2, "
               "ID~3 and so on.",
            twins, twins == 1 ? " has" : "s have", first + 1);
}

int lw_cli_index(struct lw_workspace *w)
{
    struct lw_progress p = lw_progress_start("reading the tasks");
    struct lw_err err = {0};
    struct lw_problems none = {0};
    enum lw_code code = lw_workspace_index_all(w, lw_progress_show, &p, &err);
    lw_progress_end(&p);
    if (code != LW_OK)
        return lw_say_wrong(&none, &err);
    lw_cli_say_twins(w);
    return 0;
}

static int run(const struct lw_cli_command *command, struct lw_cli *c)
{
    struct lw_problems p = {0};
    struct lw_err err = {0};
    if (!takes_all(command, c))
        return lw_exit_status(LW_EUSAGE);
    if (command->options & LW_ANY_CONFIG)
        return command->run(c);
    int status;
    if (lw_config_load(&lw_sys_real, &c->config, &p, &err) == LW_OK) {
        status = command->run(c);
    } else {
        if (err.code == LW_EBAD && !lw_help_mistakes(&c->config, &p)) { /* all of them at once */
            err = (struct lw_err){0};
            lw_fail(&err, LW_EBAD, "%s has mistakes: %zu.", c->config.file, p.n);
        }
        status = lw_say_wrong(&p, &err);
    }
    lw_config_fini(&c->config);
    return status;
}

/* --- start and end ---------------------------------------------------------------------------- */

/* A closed stdin, stdout or stderr must not become the journal's descriptor. Its replacement fails
 * on use, as the closed one would. */
static void fill_standard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

static enum lw_code start(void)
{
    fill_standard_descriptors();
    signal(SIGXFSZ, SIG_IGN); /* a file size limit makes write() fail and must not kill us */
    signal(SIGPIPE, SIG_IGN); /* the same for a reader that is gone */
    if (sodium_init() < 0) {
        fputs("labelwright: Cannot start the crypto library, libsodium.\n", stderr);
        return LW_EIO;
    }
    if (!lw_locale_init()) {
        fputs("labelwright: No UTF-8 locale found. Set LC_ALL=C.UTF-8, or install one.\n", stderr);
        return LW_EUSAGE;
    }
    return LW_OK;
}

/* Output still in the buffer may not reach stdout: that must not count as success. */
static int end(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    lw_say("Cannot write to stdout: %s.", strerror(errno));
    return lw_exit_status(LW_EIO);
}

static int act(int argc, char **argv)
{
    struct lw_cli c = {0};
    if (!parse_options(argc, argv, &c))
        return lw_exit_status(LW_EUSAGE);
    if (c.value[LW_OPT_VERSION]) {
        puts("labelwright " LW_VERSION);
        return 0;
    }
    bool bare = optind == argc;
    const struct lw_cli_command *command = parse_words(argc, argv, &c);
    if (c.value[LW_OPT_HELP] && command)
        return help(bare ? NULL : command);
    return command ? run(command, &c) : lw_exit_status(LW_EUSAGE);
}

int main(int argc, char **argv)
{
    enum lw_code code = start();
    return code == LW_OK ? end(act(argc, argv)) : lw_exit_status(code);
}
