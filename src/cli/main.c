/* The program: start, command line, dispatch, exit status. It knows no command; commands print and
 * open projects through report.c, progress.c and cli_project.c, never through here.
 *
 * A new command NAME is one row in LW_SUBCOMMANDS (command_table_internal.h) and one file,
 * cmd_NAME.c, that defines lw_cmd_NAME(). A new option is one row in LW_OPTIONS and its bit in the
 * rows of the commands that take it. */
#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/text/glyph.h"
#include "labelwright/tui/help.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int (*const runs[])(struct lw_cli *c) = {
#define X(name, words, group, help, first, second, options) lw_cmd_##name,
    LW_SUBCOMMANDS(X)
#undef X
};

/* ---- arguments */

enum { LONG = 256 }; /* getopt_long() returns this and up for long options, above every character */

/* The command that the words name, for a hint before they are all read. */
static const struct lw_cli_command *meant_command(char *const *words)
{
    const struct lw_cli_command *command = NULL;
    for (; *words && !command; words++)
        command = lw_cli_find_command(*words);
    return command;
}

/* The option most like a word that begins with "--"; those that the command takes come first. */
static const char *nearest_option(const char *word, const struct lw_cli_command *command)
{
    const char *names[LW_OPT_COUNT + 1] = {0}, *near;
    char *name = strndup(word + 2, strcspn(word + 2, "="));
    size_t n = 0;
    for (int i = 0; command && i < LW_OPT_COUNT; i++)
        if (lw_cli_takes(command, i))
            names[n++] = lw_cli_options[i].name;
    near = lw_nearest(name, names);
    for (int i = 0; !command && i < LW_OPT_COUNT; i++)
        names[i] = lw_cli_options[i].name;
    near = near ? near : lw_nearest(name, names);
    free(name);
    return near;
}

static void warn_unknown(const char *word, char *const *words)
{
    const struct lw_cli_command *command = meant_command(words);
    const char *near = strncmp(word, "--", 2) == 0 ? nearest_option(word, command) : NULL;
    if (near)
        lw_cli_warn("Unknown option %s. Did you mean --%s?", word, near);
    else
        lw_cli_warn("Unknown option %s. labelwright help %s lists the options.", word,
            command ? command->name : "COMMAND");
}

static void warn_option(int got, const char *word, char *const *words)
{
    char letter[3] = {'-', (char)optopt, '\0'};
    if (got == ':')
        lw_cli_warn("Option %s needs a value.", word);
    else if (optopt >= LONG)
        lw_cli_warn("Option --%s takes no value.", lw_cli_options[optopt - LONG].name);
    else
        warn_unknown(optopt ? letter : word, words);
}

static bool parse_options(int argc, char **argv, struct lw_cli *c)
{
    struct option known[LW_OPT_COUNT + 1] = {0};
    for (int i = 0; i < LW_OPT_COUNT; i++)
        known[i] = (struct option){
            lw_cli_options[i].name, lw_cli_options[i].takes != NULL, NULL, LONG + i};
    opterr = 0;
    for (int got; (got = getopt_long(argc, argv, ":ho:", known, NULL)) != -1;) {
        if (got == 'o' || got == 'h')
            got = LONG + (got == 'o' ? LW_OPT_OUTPUT : LW_OPT_HELP);
        if (got < LONG) {
            warn_option(got, argv[optind - 1], argv + 1);
            return false;
        }
        c->value[got - LONG] = optarg ? optarg : "";
        if (got == LONG + LW_OPT_RESPONSE)
            lw_cli_add_response(c, optarg);
    }
    return true;
}

static bool check_options(const struct lw_cli_command *command, const struct lw_cli *c)
{
    for (int i = 0; i < LW_OPT_COUNT; i++) {
        if (c->value[i] && !lw_cli_takes(command, i)) {
            lw_cli_warn("%s has no option --%s. labelwright help %s lists its options.",
                command->name, lw_cli_options[i].name, command->name);
            return false;
        }
    }
    return true;
}

/* A word that is not a command is a path, unless no such file exists. */
static bool misspelt_command(const char *word, int words)
{
    const char *near = lw_cli_nearest_command(word);
    if (access(word, F_OK) == 0 || (words == 1 && !near))
        return false;
    if (near)
        lw_cli_warn("\"%s\" is not a command or a file. Did you mean %s?", word, near);
    else
        lw_cli_warn(
            "\"%s\" is not a command or a file. labelwright help lists the commands.", word);
    return true;
}

static const struct lw_cli_command *fail_words(const struct lw_cli_command *command, int words)
{
    if (!*command->words)
        lw_cli_warn("%s takes no PATH.", command->name);
    else if (words == 0 && strncmp(command->words, "DIR", 3) == 0)
        lw_cli_warn(
            "Give the folder to make: labelwright %s DIR --from quickstart, or --like FILE.",
            command->name);
    else if (words == 0)
        lw_cli_warn(
            "Give a project folder or a file of tasks: labelwright %s PATH. No project yet? "
            "labelwright new practice --from quickstart",
            command->name);
    else
        lw_cli_warn("%s takes one %s (%d given). Put names with spaces in quotes.", command->name,
            strstr(command->words, "PATH") ? "PATH" : "word", words);
    return NULL;
}

/* Nothing is named, and there is a screen to choose on. */
static bool can_start(const struct lw_cli *c)
{
    struct lw_terminal t;
    lw_help_find_terminal(&t);
    return isatty(STDIN_FILENO) && t.is_terminal && t.fit && !c->value[LW_OPT_PLAIN];
}

/* Finds the command and its PATH; NULL when the words make no sense. */
static const struct lw_cli_command *parse_words(int argc, char **argv, struct lw_cli *c)
{
    const struct lw_cli_command *command = optind < argc ? lw_cli_find_command(argv[optind]) : NULL;
    bool bare = !command;
    if (command)
        optind++;
    else
        command = &lw_cli_commands[0];
    int words = argc - optind;
    if (bare && words > 0 && misspelt_command(argv[optind], words))
        return NULL;
    if (c->value[LW_OPT_HELP])
        return command;
    bool more = strstr(command->words, " …") != NULL;
    if (bare && words == 0 && can_start(c))
        return command;
    int most = *command->words != '\0', least = most && command->words[0] != '[';
    if (words < least || (words > most && !more))
        return fail_words(command, words);
    c->path = words ? argv[optind] : NULL;
    c->more = words ? argv + optind + 1 : NULL;
    c->nmore = words ? words - 1 : 0;
    return command;
}

static int run(const struct lw_cli_command *command, struct lw_cli *c)
{
    struct lw_problems p = {0};
    struct lw_err err = {0};
    if (!check_options(command, c) || !lw_cli_set_reading(c))
        return lw_exit_status(LW_EUSAGE);
    size_t which = (size_t)(command - lw_cli_commands);
    int (*what)(struct lw_cli * c) = which == 0 && !c->path ? lw_cli_start : runs[which];
    if (command->options & LW_ANY_CONFIG)
        return what(c);
    int status;
    if (lw_config_load(&lw_sys_real, &c->config, &p, &err) == LW_OK) {
        status = what(c);
    } else {
        if (err.code == LW_EBAD &&
            !lw_help_check_config(&lw_sys_real, &c->config, &p)) { /* all of them at once */
            err = (struct lw_err){0};
            lw_fail(&err, LW_EBAD, "%s has mistakes: %zu.", c->config.file, p.n);
        }
        status = lw_cli_fail(&p, &err);
    }
    lw_config_fini(&c->config);
    lw_identity_free(c->signer);
    return status;
}

/* ---- start and end */

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
    lw_cli_warn("Cannot write to stdout: %s.", strerror(errno));
    return lw_exit_status(LW_EIO);
}

static int help(const struct lw_cli_command *c)
{
    if (c)
        lw_cli_print_command_help(c);
    else
        lw_cli_print_help();
    return 0;
}

static int run_words(int argc, char **argv, struct lw_cli *c)
{
    if (!parse_options(argc, argv, c))
        return lw_exit_status(LW_EUSAGE);
    if (c->value[LW_OPT_VERSION]) {
        puts("labelwright " LW_VERSION);
        return 0;
    }
    bool bare = optind == argc;
    const struct lw_cli_command *command = parse_words(argc, argv, c);
    if (c->value[LW_OPT_HELP] && command)
        return help(bare ? NULL : command);
    return command ? run(command, c) : lw_exit_status(LW_EUSAGE);
}

static int dispatch(int argc, char **argv)
{
    struct lw_cli c = {0};
    int status = run_words(argc, argv, &c);
    free(c.columns.response);
    return status;
}

int main(int argc, char **argv)
{
    enum lw_code code = start();
    return code == LW_OK ? end(dispatch(argc, argv)) : lw_exit_status(code);
}
