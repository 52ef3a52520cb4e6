/* What may stand behind an option: words from the tables of the program, names from the project on
 * the command line, files. Which option it is, completion_words.c knows. */
#define _GNU_SOURCE
#include "cli/completion/completion_internal.h"

#include "labelwright/export/export.h"
#include "labelwright/format/encoding.h"
#include "labelwright/format/task.h"
#include "labelwright/pay/invoice.h"
#include "labelwright/sitting/filter.h"
#include "labelwright/timesheet/rounding.h"
#include "labelwright/timesheet/timesheet_formats.h"
#include "labelwright/tui/help.h"
#include "labelwright/workspace/create.h"
#include "labelwright/workspace/known_journals.h"
#include "labelwright/workspace/project_open.h"

#include <stdlib.h>
#include <string.h>

/* ---- words of the program */

static void put_theme(void *ctx, const struct lw_theme_about *t)
{
    lw_complete_word(ctx, t->name, t->title ? t->title : "");
}

static void put_themes(struct lw_completing *c)
{
    lw_help_list_themes(&lw_sys_real, -1, put_theme, c);
}

static void put_exports(struct lw_completing *c)
{
    for (size_t i = 0; lw_export_name(i); i++)
        lw_complete_word(c, lw_export_name(i), lw_export_help(i));
}

static void put_invoice_forms(struct lw_completing *c)
{
#define X(name) lw_complete_word(c, #name, "");
    LW_INVOICE_FORMS(X)
#undef X
}

static void put_formats(struct lw_completing *c)
{
    for (const char *const *name = lw_format_names(); *name; name++)
        lw_complete_word(c, *name, "");
}

static void put_encodings(struct lw_completing *c)
{
    for (const char *const *name = lw_encoding_names(); *name; name++)
        lw_complete_word(c, *name, "");
}

static void put_roundings(struct lw_completing *c)
{
    size_t n;
    const struct lw_rounding *r = lw_roundings(&n);
    for (size_t i = 0; i < n; i++)
        lw_complete_word(c, r[i].name, r[i].rule);
}

static void put_periods(struct lw_completing *c)
{
    for (int by = LW_BY_DAY; by <= LW_BY_PROJECT; by++)
        lw_complete_word(c, lw_timesheet_by_name((enum lw_timesheet_by)by), "");
}

/* ---- names of the user's */

static void put_sample(void *ctx, const char *name, const char *title)
{
    lw_complete_word(ctx, name, title);
}

static void put_samples(struct lw_completing *c)
{
    char *folder = lw_cli_samples_folder();
    lw_create_samples(&lw_sys_real, folder, put_sample, c);
    free(folder);
}

static void put_questions(struct lw_completing *c)
{
    struct lw_project *p = NULL;
    struct lw_problems unused = {0};
    struct lw_err err = {0};
    lw_project_open_read_only(&lw_sys_real, c->project, &p, &unused, &err);
    for (size_t i = 0; p && i < p->nquestions; i++)
        lw_complete_word(c, p->question[i].name, p->question[i].label);
    lw_project_free(p);
    lw_problems_fini(&unused);
}

static void put_filters(struct lw_completing *c)
{
    static const char *const names[] = {
#define X(id, name, words) name,
        LW_LIST_FILTERS(X)
#undef X
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i])
            lw_complete_word(c, names[i], "");
    put_questions(c);
}

static void put_project(void *ctx, const char *path)
{
    static const char beside[] = ".labelwright";
    size_t n = strlen(path), cut = sizeof beside - 1;
    bool file = n > cut && strcmp(path + n - cut, beside) == 0;
    char *shown = lw_strndup(path, file ? n - cut : n);
    lw_complete_word(ctx, shown, "worked on lately");
    free(shown);
}

void lw_complete_projects(struct lw_completing *c)
{
    lw_known_list(&lw_sys_real, put_project, c);
}

/* ---- options */

static void want_files(struct lw_completing *c)
{
    c->files = true;
}

static void want_folders(struct lw_completing *c)
{
    c->folders = true;
}

/* Those behind which anything may stand are not here. `of` is the command, NULL for all others. */
static const struct {
    int option;
    const char *of, *words;
    void (*put)(struct lw_completing *c);
} values[] = {
    {LW_OPT_THEME, NULL, NULL, put_themes},
    {LW_OPT_ONLY, NULL, NULL, put_filters},
    {LW_OPT_FORMAT, "invoice", NULL, put_invoice_forms},
    {LW_OPT_FORMAT, NULL, NULL, put_exports},
    {LW_OPT_QUESTION, NULL, NULL, put_questions},
    {LW_OPT_NEUTRAL, NULL, "good bad skip", NULL},
    {LW_OPT_OFFSETS, NULL, "chars utf16 bytes", NULL},
    {LW_OPT_BY, NULL, NULL, put_periods},
    {LW_OPT_ROUND, NULL, NULL, put_roundings},
    {LW_OPT_FROM, NULL, NULL, put_samples},
    {LW_OPT_AS, NULL, NULL, put_formats},
    {LW_OPT_HEADER, NULL, "yes no", NULL},
    {LW_OPT_ENCODING, NULL, NULL, put_encodings},
    {LW_OPT_LIKE, NULL, NULL, want_files},
    {LW_OPT_OUTPUT, NULL, NULL, want_files},
    {LW_OPT_CONFIG, NULL, NULL, want_files},
    {LW_OPT_SVG, NULL, NULL, want_files},
    {LW_OPT_ADJUDICATE, NULL, NULL, want_folders},
};

static void put_words(const struct lw_completing *c, const char *words)
{
    char *copy = lw_strdup(words), *rest = copy;
    for (char *word; (word = strtok_r(rest, " ", &rest));)
        lw_complete_word(c, word, "");
    free(copy);
}

void lw_complete_value(struct lw_completing *c, int option)
{
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        bool here = !values[i].of || (c->command && strcmp(c->command->name, values[i].of) == 0);
        if (values[i].option != option || !here)
            continue;
        if (values[i].put)
            values[i].put(c);
        else
            put_words(c, values[i].words);
        return;
    }
}
