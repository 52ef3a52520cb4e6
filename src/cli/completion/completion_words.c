/* Which words may stand at the cursor: commands, options, what an option takes, projects and files.
 * The shells ask for them at each Tab, so they are those of this version, this user and this
 * project. The values of options are in completion_values.c. */
#define _GNU_SOURCE
#include "cli/completion/completion_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORDS_MAX = 256 };

/* ---- what stands there already */

/* As the shell will read it: without backslashes and quotes. In place. */
static void unquote(char *word)
{
    char quote = '\0', *to = word;
    for (const char *from = word; *from; from++) {
        if (*from == '\\' && quote != '\'' && from[1])
            *to++ = *++from;
        else if (quote ? *from == quote : *from == '\'' || *from == '"')
            quote = quote ? '\0' : *from;
        else
            *to++ = *from;
    }
    *to = '\0';
}

/* The option that the word is; -1 for none. */
static int find_option(const char *word)
{
    if (strcmp(word, "-o") == 0)
        return LW_OPT_OUTPUT;
    for (int i = 0; strncmp(word, "--", 2) == 0 && i < LW_OPT_COUNT; i++)
        if (strcmp(word + 2, lw_cli_options[i].name) == 0)
            return i;
    return -1;
}

/* The option whose value word i is; -1 for none. */
static int option_before(const struct lw_completing *c, size_t i)
{
    int option = i > 1 ? find_option(c->word[i - 1]) : -1;
    return option >= 0 && lw_cli_options[option].takes ? option : -1;
}

/* The first word that is no option says the command, or is the path. */
static void read_line(struct lw_completing *c)
{
    size_t words = 0;
    c->project = ".";
    for (size_t i = 1; i + 1 < c->n; i++) {
        if (*c->word[i] == '-' || option_before(c, i) >= 0)
            continue;
        const struct lw_cli_command *command = lw_cli_find_command(c->word[i]);
        if (words++ == 0 && command)
            c->command = command;
        else if (access(c->word[i], F_OK) == 0)
            c->project = c->word[i];
    }
    if (!c->command && words > 0)
        c->command = &lw_cli_commands[0];
}

/* ---- what may follow */

static void put_options(const struct lw_completing *c)
{
    const struct lw_cli_command *command = c->command ? c->command : &lw_cli_commands[0];
    for (int i = 0; i < LW_OPT_COUNT; i++) {
        char *name = lw_format("--%s", lw_cli_options[i].name);
        if (lw_cli_takes(command, i) || (i == LW_OPT_VERSION && !c->command))
            lw_complete_word(c, name, lw_cli_options[i].help);
        free(name);
    }
}

static void put_commands(const struct lw_completing *c)
{
    for (size_t i = 0; i < lw_cli_ncommands; i++)
        lw_complete_word(c, lw_cli_commands[i].name, lw_cli_commands[i].help);
}

/* The words of "[new|show|export]". */
static void put_alternatives(const struct lw_completing *c, const char *words)
{
    char *copy = lw_strdup(words), *rest = copy;
    for (char *word; (word = strtok_r(rest, "[|]", &rest));)
        if (*word >= 'a' && *word <= 'z')
            lw_complete_word(c, word, "");
    free(copy);
}

static void put_arguments(struct lw_completing *c)
{
    const char *words = c->command ? c->command->words : "PATH";
    if (strstr(words, "COMMAND"))
        put_commands(c);
    if (strchr(words, '|')) {
        put_alternatives(c, words);
    } else if (strncmp(words, "DIR", 3) == 0) {
        c->folders = true;
        c->files = strcmp(c->project, ".") != 0; /* files of answers follow */
    } else if (*words) {
        lw_complete_projects(c);
        c->files = true;
    }
}

static void put_all(struct lw_completing *c)
{
    int option = option_before(c, c->n - 1);
    if (option >= 0) {
        lw_complete_value(c, option);
    } else if (*c->word[c->n - 1] == '-') {
        put_options(c);
    } else {
        if (!c->command)
            put_commands(c);
        put_arguments(c);
    }
    if (c->files)
        puts(":files");
    else if (c->folders)
        puts(":folders");
}

void lw_complete(const char *text)
{
    const char *word[WORDS_MAX];
    struct lw_completing c = {.word = word};
    char *copy = lw_strdup(text), *at = copy;
    while (at && c.n < WORDS_MAX) {
        char *end = strchr(at, '\n');
        word[c.n++] = at;
        if (end)
            *end++ = '\0';
        unquote(at);
        at = end;
    }
    if (c.n > 1) {
        read_line(&c);
        put_all(&c);
    }
    free(copy);
}
