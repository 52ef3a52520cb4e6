/* Makes the manual pages when labelwright is built: reads the prose of a page on stdin and writes
 * it with the tables of the program in it. A line "@commands@" becomes that table. Pages are
 * mdoc(7). A tool of the build; no part of the program. */
#include "cli/command_table_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/config/settings.h"
#include "labelwright/project/project_keys.h"
#include "labelwright/proof/bundle.h"
#include "labelwright/tui/help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 78, LINE = 4096, BLOCKS = 32 };

/* ---- text */

/* A character that is not ASCII is a name of eight characters to mandoc. */
static int width(const char *s, size_t n)
{
    int cols = 0;
    for (size_t i = 0; i < n; i++)
        cols += s[i] == '`'                            ? 4
                : ((unsigned char)s[i] & 0x80) == 0    ? 1
                : ((unsigned char)s[i] & 0xC0) == 0xC0 ? 8
                                                       : 0;
    return cols;
}

/* A word; `code` says whether it is within backquotes, which become quotes. */
static void put_word(const char *s, size_t n, bool *code)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] == '`')
            fputs((*code = !*code) ? "\\(oq" : "\\(cq", stdout);
        else if (s[i] == '\\')
            fputs("\\e", stdout);
        else
            putchar(s[i]);
}

static bool ends_sentence(const char *s, size_t n)
{
    return n > 1 && (s[n - 1] == '.' || s[n - 1] == '?');
}

/* Prints words as lines of text: each sentence on its own, none of them too long. */
static void put_text(const char *s)
{
    bool code = false;
    for (int at = 0; *s; s += strspn(s, " ")) {
        size_t n = strcspn(s, " ");
        int cols = width(s, n);
        if (at > 0 && at + 1 + cols > COLUMNS)
            at = 0 * putchar('\n');
        else if (at > 0)
            at += putchar(' ') == ' ';
        if (at == 0 && (*s == '.' || *s == '\''))
            fputs("\\&", stdout);
        put_word(s, n, &code);
        s += n;
        at = ends_sentence(s - n, n) && *s ? 0 * putchar('\n') : at + cols;
    }
    putchar('\n');
}

/* A sentence of a help line, which has no capital and no full stop. */
static void put_sentence(const char *s)
{
    bool ended = *s && strchr(".?)`", s[strlen(s) - 1]);
    char *whole = lw_format("%s%s", s, ended ? "" : ".");
    put_text(whole);
    free(whole);
}

/* The argument of a macro. */
static void put_argument(const char *s)
{
    putchar('"');
    for (; *s; s++)
        fputs(*s == '"' ? "\"\"" : *s == '\\' ? "\\e" : (char[]){*s, '\0'}, stdout);
    putchar('"');
}

static void put_literal(const char *s)
{
    for (bool start = true; *s; s++) {
        if (start && (*s == '.' || *s == '\''))
            fputs("\\&", stdout);
        if (*s == '\\')
            fputs("\\e", stdout);
        else
            putchar(*s);
        start = *s == '\n';
    }
}

/* ---- the command line */

static void put_option(int i)
{
    printf("Fl -%s", lw_cli_options[i].name);
    if (lw_cli_options[i].takes)
        printf(" Ar %s", lw_cli_options[i].takes);
}

static void put_command(const struct lw_cli_command *c)
{
    printf(".It Cm %s", c->name);
    if (*c->words) {
        fputs(" Ar ", stdout);
        put_argument(c->words);
    }
    putchar('\n');
    put_sentence(c->help);
    bool any = false;
    for (int i = 0; i < LW_OPT_COUNT; i++) {
        if (i == LW_OPT_HELP || !lw_cli_takes(c, i))
            continue;
        puts(any ? "" : ".br\nOptions:");
        any = true;
        fputs(".Op ", stdout);
        put_option(i);
    }
    puts(any ? "\n.Bd -literal -offset indent -compact" : ".Bd -literal -offset indent -compact");
    for (size_t i = 0; i < sizeof c->example / sizeof *c->example; i++) {
        put_literal(c->example[i].line);
        fputs("\n    # ", stdout);
        put_literal(c->example[i].does);
        putchar('\n');
    }
    puts(".Ed");
}

static void put_commands(void)
{
    for (int g = 0; g < LW_CLI_COUNT; g++) {
        printf(".Ss %s\n.Bl -tag -width Ds\n", lw_cli_groups[g]);
        for (size_t i = 0; i < lw_cli_ncommands; i++)
            if (lw_cli_commands[i].group == (enum lw_cli_group)g)
                put_command(&lw_cli_commands[i]);
        puts(".El");
    }
}

static void put_options(void)
{
    puts(".Bl -tag -width Ds");
    for (int i = 0; i < LW_OPT_COUNT; i++) {
        fputs(".It ", stdout);
        put_option(i);
        putchar('\n');
        put_sentence(lw_cli_options[i].help);
    }
    puts(".El");
}

/* ---- keys of the screen */

static void put_key(void *ctx, const struct lw_command_row *row, const char *keys)
{
    int *group = ctx;
    if (*group != (int)row->group) {
        printf("%s.Ss %s\n.Bl -tag -width Ds\n", *group < 0 ? "" : ".El\n",
            lw_command_group_title(row->group));
        *group = (int)row->group;
    }
    fputs(".It ", stdout);
    put_argument(*keys ? keys : "(no key)");
    putchar('\n');
    char *text = lw_format("%s (`%s`).", row->help, row->name);
    put_text(text);
    free(text);
}

static void put_keys(void)
{
    struct lw_config none = {0};
    struct lw_problems unused = {0};
    int group = -1;
    lw_help_list_keys(&none, put_key, &group, &unused);
    lw_problems_fini(&unused);
    puts(".El");
}

/* ---- keys of files */

static void put_owners(const struct lw_schema *t, const struct lw_field *f)
{
    struct lw_buf b = {0};
    for (size_t i = 0; f->only && t->variants[i]; i++)
        if (f->only >> i & 1U)
            lw_buf_fmt(&b, "%s%s", b.len ? ", " : "Only for: ", t->variants[i]);
    if (b.len) {
        lw_buf_char(&b, '.');
        put_text(b.data);
    }
    lw_buf_fini(&b);
}

static void put_field(const struct lw_schema *t, const struct lw_field *f)
{
    printf(".It Ic %s%s\n", f->key, f->required ? " No (required)" : "");
    if (f->help)
        put_sentence(f->help);
    char *takes = lw_format("Takes %s.", f->takes);
    put_text(takes);
    free(takes);
    if (f->initial) {
        char *initial = lw_format("Default: `%s`.", f->initial);
        put_text(initial);
        free(initial);
    }
    put_owners(t, f);
    fputs(".Dl ", stdout);
    put_argument(f->example);
    putchar('\n');
}

/* Each block once, below the file that holds it. */
static void put_keys_of(const struct lw_schema *root)
{
    const struct lw_schema *block[BLOCKS] = {root};
    size_t n = 1;
    for (size_t i = 0; i < n; i++) {
        const struct lw_schema *t = block[i];
        size_t quoted = *t->what == '`';
        printf(".Ss Keys of %.*s\n.Bl -tag -width Ds\n", (int)(strlen(t->what) - 2 * quoted),
            t->what + quoted);
        for (size_t k = 0; k < t->n; k++) {
            const struct lw_schema *inside = t->field[k].inside;
            if (t->field[k].unsaid)
                continue;
            put_field(t, &t->field[k]);
            size_t at = 0;
            while (at < n && block[at] != inside)
                at++;
            if (inside && at == n && n < BLOCKS)
                block[n++] = inside;
        }
        puts(".El");
    }
}

static void put_project_keys(void)
{
    put_keys_of(lw_project_schema());
}

static void put_config_keys(void)
{
    put_keys_of(lw_config_schema());
}

static void put_recipe(void)
{
    puts(".Bd -literal");
    put_literal(lw_proof_recipe);
    puts(".Ed");
}

/* ---- pages */

static const struct {
    const char *line;
    void (*put)(void);
} tables[] = {
    {"@commands@\n", put_commands},
    {"@options@\n", put_options},
    {"@keys@\n", put_keys},
    {"@project-keys@\n", put_project_keys},
    {"@config-keys@\n", put_config_keys},
    {"@recipe@\n", put_recipe},
};

static bool put_table(const char *line)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (strcmp(line, tables[i].line) == 0) {
            tables[i].put();
            return true;
        }
    return false;
}

int main(void)
{
    char line[LINE];
    while (fgets(line, sizeof line, stdin)) {
        if (put_table(line))
            continue;
        if (*line == '@') {
            fprintf(stderr, "manual: there is no table %s", line);
            return 1;
        }
        fputs(line, stdout);
    }
    return ferror(stdin) || fflush(stdout) != 0 ? 1 : 0;
}
