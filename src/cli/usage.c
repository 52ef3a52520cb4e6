/* The help of the command line, as text of 80 columns. The words are those of command_table.c. */
#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/export/export.h"
#include "labelwright/text/glyph.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 80, NAME_COLUMNS = 10, OPTION_COLUMNS = 18 };

/* ---- filling lines */

/* Prints words behind `at` columns that are printed already; further lines begin at `indent`.
 * Blanks inside brackets do not part: "[--by PERIOD]" stays together. */
static void fill(int at, int indent, const char *text)
{
    int column = at;
    while (*text) {
        const char *end = text;
        int depth = 0, columns = 0;
        for (; *end && (*end != ' ' || depth > 0); end++) {
            depth += (*end == '[') - (*end == ']');
            columns += ((unsigned char)*end & 0xc0) != 0x80; /* our own words: a column each */
        }
        bool wraps = column > indent && column + 1 + columns > COLUMNS_MAX;
        if (wraps)
            printf("\n%*s", indent, "");
        else if (column > at)
            putchar(' ');
        column = (wraps ? indent : column + (column > at)) + columns;
        fwrite(text, 1, (size_t)(end - text), stdout);
        text = end + (*end == ' ');
    }
    putchar('\n');
}

static void print_row(int columns, const char *left, const char *right)
{
    int n = printf("  %-*s ", columns, left);
    fill(n, columns + 3, right);
}

/* ---- all commands */

static void print_names(int group)
{
    struct lw_buf names = {0};
    for (size_t i = 0; i < lw_cli_ncommands; i++)
        if (lw_cli_commands[i].group == (enum lw_cli_group)group)
            lw_buf_fmt(&names, "%s%s", names.len ? ", " : "", lw_cli_commands[i].name);
    fill(printf("  %-14s ", lw_cli_groups[group]), 17, names.data);
    lw_buf_fini(&names);
}

static void print_group(int group)
{
    puts(lw_cli_groups[group]);
    for (size_t i = 0; i < lw_cli_ncommands; i++)
        if (lw_cli_commands[i].group == (enum lw_cli_group)group)
            print_row(NAME_COLUMNS, lw_cli_commands[i].name, lw_cli_commands[i].help);
}

static void print_head(void)
{
    puts("Usage: labelwright [COMMAND] PATH\n\n"
         "Label AI output: rate, compare, flag and explain, one key per answer.\n"
         "PATH is a project folder or a file of tasks.\n");
}

static void print_exit_status(void)
{
    puts("Exit status: 0 done, 1 problems found, 2 wrong usage, 3 cannot read or write,\n"
         "130 interrupted.");
}

void lw_cli_print_help(void)
{
    print_head();
    print_group(LW_CLI_DAILY);
    puts("More");
    for (int i = LW_CLI_DAILY + 1; i < LW_CLI_COUNT; i++)
        print_names(i);
    puts("\nlabelwright help COMMAND: its options and examples. help all: a line for each.");
    print_exit_status();
}

void lw_cli_print_all_help(void)
{
    print_head();
    for (int i = 0; i < LW_CLI_COUNT; i++) {
        print_group(i);
        putchar('\n');
    }
    puts("labelwright help COMMAND: its options and examples. --version: the version.");
    print_exit_status();
}

/* ---- one command */

static char *option_words(int option)
{
    const struct lw_cli_option *o = &lw_cli_options[option];
    return lw_format("--%s%s%s", o->name, o->takes ? " " : "", o->takes ? o->takes : "");
}

static void print_usage(const struct lw_cli_command *c)
{
    struct lw_buf line = {0};
    for (int i = 0; i < LW_OPT_COUNT; i++) {
        char *words = option_words(i);
        if (i != LW_OPT_HELP && lw_cli_takes(c, i))
            lw_buf_fmt(&line, "[%s] ", words);
        free(words);
    }
    lw_buf_str(&line, c->words);
    int n = printf("Usage: labelwright %s ", c->name);
    fill(n, n, line.data);
    lw_buf_fini(&line);
}

static void print_options(const struct lw_cli_command *c)
{
    for (int i = 0; i < LW_OPT_COUNT; i++) {
        char *words = option_words(i);
        if (lw_cli_takes(c, i))
            print_row(OPTION_COLUMNS, words, lw_cli_options[i].help);
        free(words);
    }
}

static void print_formats(void)
{
    puts("\nFormats");
    for (size_t i = 0; lw_export_name(i); i++)
        print_row(OPTION_COLUMNS, lw_export_name(i), lw_export_help(i));
}

void lw_cli_print_command_help(const struct lw_cli_command *c)
{
    print_usage(c);
    char *sentence = lw_format("%c%s.", toupper((unsigned char)c->help[0]), c->help + 1);
    putchar('\n');
    fill(0, 0, sentence);
    putchar('\n');
    free(sentence);
    print_options(c);
    if (strcmp(c->name, "export") == 0)
        print_formats();
    puts("\nExamples");
    for (size_t i = 0; i < 2; i++)
        printf("  %s\n      %s\n", c->example[i].line, c->example[i].does);
}
