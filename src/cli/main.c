#define _GNU_SOURCE
#include "cli.h"

#include "labelwright/clock.h"
#include "labelwright/glyph.h"

#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct lw_cli_command commands[] = {
    {"label", "open the tasks and label them; the word may be left out",
        LW_OPT(ANNOTATOR) | LW_OPT(THEME) | LW_OPT(TASK), lw_cmd_label},
    {"record",
        "labels from scripts: {\"task\":ID,\"answers\":{…}} or {…,\"skip\":\"reason\"} a line on "
        "stdin, an answer a line on stdout once it is on the disk",
        LW_OPT(ANNOTATOR), lw_cmd_record},
    {"status", "how many tasks are done, skipped, left; whether the journal is sound",
        LW_OPT(ANNOTATOR) | LW_OPT(JSON), lw_cmd_status},
    {"verify", "check every line of the journal and the chain that ties them",
        LW_OPT(ANNOTATOR) | LW_OPT(JSON), lw_cmd_verify},
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
    if (err->text[0] && said != 1) /* a single mistake needs no sum */
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
        printf("labelwright %s PATH\n\n%s.\n\n", c->name, c->help);
        print_options(c);
        return 0;
    }
    puts("labelwright [COMMAND] PATH\n\nLabels AI output: rate, compare, flag and explain, one key "
         "a "
         "verdict.\nPATH is a project's folder, or a file of tasks.\n");
    for (int i = 0; i < COMMANDS; i++)
        printf("  %-8s %s\n", commands[i].name, commands[i].help);
    puts("\n  --help, --version; COMMAND --help tells its options\n\n"
         "Exit status: 0 done, 1 what was asked about is not well, 2 wrong usage,\n"
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

static bool parse_options(int argc, char **argv, struct lw_cli *c)
{
    struct option known[LW_OPT_COUNT + 1] = {0};
    for (int i = 0; i < LW_OPT_COUNT; i++)
        known[i] = (struct option){options[i].name, options[i].takes != NULL, NULL, 'A' + i};
    opterr = 0;
    for (int got; (got = getopt_long(argc, argv, ":o:", known, NULL)) != -1;) {
        if (got == 'o') {
            c->value[LW_OPT_OUTPUT] = optarg;
        } else if (got == ':') {
            lw_say("%s wants a value behind it.", argv[optind - 1]);
            return false;
        } else if (got == '?') {
            lw_say("there is no option %s; --help lists them.", argv[optind - 1]);
            return false;
        } else {
            c->value[got - 'A'] = optarg ? optarg : "";
        }
    }
    return true;
}

static bool takes_all(const struct lw_cli_command *command, const struct lw_cli *c)
{
    for (int i = 0; i < LW_OPT_COUNT; i++) {
        if (c->value[i] && !(command->options & 1u << i)) {
            lw_say("%s takes no --%s.", command->name, options[i].name);
            return false;
        }
    }
    return true;
}

/* Which command, and its PATH; NULL when the words do not make sense. */
static const struct lw_cli_command *parse_words(int argc, char **argv, struct lw_cli *c)
{
    const struct lw_cli_command *command = optind < argc ? find_command(argv[optind]) : NULL;
    if (command)
        optind++;
    else
        command = &commands[0];
    if (c->value[LW_OPT_HELP])
        return command;
    if (argc - optind != 1) {
        lw_say(argc == optind ? "%s what? Name a project's folder or a file of tasks."
                              : "%s takes one PATH.",
            command->name);
        return NULL;
    }
    c->path = argv[optind];
    return command;
}

/* --- what commands share --------------------------------------------------------------------- */

struct lw_workplace_opts lw_cli_workplace(const struct lw_cli *c, bool read_only)
{
    return (struct lw_workplace_opts){
        .sys = &lw_sys_real,
        .path = c->path,
        .annotator = c->value[LW_OPT_ANNOTATOR],
        .config = &c->config,
        .read_only = read_only,
    };
}

int lw_cli_open(struct lw_cli *c, bool read_only, struct lw_workplace *w)
{
    struct lw_workplace_opts opts = lw_cli_workplace(c, read_only);
    struct lw_problems p = {0};
    struct lw_err err = {0};
    if (lw_workplace_open(&opts, w, &p, &err) == LW_OK)
        return 0;
    return lw_say_wrong(&p, &err);
}

struct progress {
    int64_t since;
    bool shown;
};

static void show_progress(void *ctx, uint64_t done, uint64_t all)
{
    struct progress *p = ctx;
    if (!isatty(STDERR_FILENO) || lw_clock_mono_ms(&lw_sys_real) - p->since < 1000)
        return;
    fprintf(stderr, "\rreading the tasks: %" PRIu64 " of %" PRIu64 " MB", done / 1000000,
        all / 1000000);
    p->shown = true;
}

int lw_cli_index(struct lw_workplace *w)
{
    struct progress p = {.since = lw_clock_mono_ms(&lw_sys_real)};
    struct lw_err err = {0};
    struct lw_problems none = {0};
    enum lw_code code = lw_workplace_index_all(w, show_progress, &p, &err);
    if (p.shown)
        fputs("\r\033[K", stderr);
    return code == LW_OK ? 0 : lw_say_wrong(&none, &err);
}

static int run(const struct lw_cli_command *command, struct lw_cli *c)
{
    struct lw_problems p = {0};
    struct lw_err err = {0};
    if (!takes_all(command, c))
        return lw_exit_status(LW_EUSAGE);
    if (lw_config_load(&lw_sys_real, &c->config, &p, &err) != LW_OK)
        return lw_say_wrong(&p, &err);
    int status = command->run(c);
    lw_config_fini(&c->config);
    return status;
}

int main(int argc, char **argv)
{
    struct lw_cli c = {0};
    signal(SIGXFSZ, SIG_IGN); /* a file size limit is an error of write(), not our death */
    if (sodium_init() < 0) {
        fputs("labelwright: the crypto library cannot start.\n", stderr);
        return lw_exit_status(LW_EIO);
    }
    if (!lw_locale_init()) {
        fputs(
            "labelwright: no UTF-8 locale is there. Set LC_ALL=C.UTF-8, or install one.\n", stderr);
        return lw_exit_status(LW_EUSAGE);
    }
    if (!parse_options(argc, argv, &c))
        return lw_exit_status(LW_EUSAGE);
    if (c.value[LW_OPT_VERSION]) {
        puts("labelwright " LW_VERSION);
        return 0;
    }
    bool bare = optind == argc;
    const struct lw_cli_command *command = parse_words(argc, argv, &c);
    if (c.value[LW_OPT_HELP])
        return help(bare ? NULL : command);
    return command ? run(command, &c) : lw_exit_status(LW_EUSAGE);
}
