/* What can be told about the screen without labeling: keys, mistakes in the config, themes. The
 * terminal itself is term.c's. */
#include "labelwright/tui/help.h"

#include "tui/input/keymap_internal.h"
#include "tui/newest_internal.h"
#include "tui/theme_internal.h"
#include "tui/view/app_state_internal.h"

#include <stdlib.h>
#include <string.h>

_Static_assert((int)LW_ROWS_LEAST == (int)LW_MIN_ROWS && (int)LW_COLS_LEAST == (int)LW_MIN_COLS,
    "the least size is told as it is checked");

/* ---- keys */

bool lw_help_list_keys(const struct lw_config *c,
    void (*each)(void *ctx, const struct lw_command_row *row, const char *keys), void *ctx,
    struct lw_problems *p)
{
    struct lw_keymap m;
    bool well = lw_keymap_init(&m, c, p);
    for (int id = 0; id < LW_CMD_TABLE_END; id++) {
        struct lw_buf keys = {0};
        lw_keymap_keys(&m, (enum lw_command_id)id, SIZE_MAX, &keys);
        each(ctx, &lw_command_table[id], keys.data);
        lw_buf_fini(&keys);
    }
    lw_keymap_fini(&m);
    return well;
}

bool lw_help_check_config(
    const struct lw_sys *sys, const struct lw_config *c, struct lw_problems *p)
{
    struct lw_keymap m;
    struct lw_theme theme = {0};
    struct lw_err err = {0};
    bool well = lw_keymap_init(&m, c, p);
    lw_keymap_fini(&m);
    if (c->theme && lw_theme_load(sys, c->theme, &theme, &err) != LW_OK) {
        lw_problem(p, c->file, 0, 0, "%s", err.text);
        well = false;
    }
    lw_theme_fini(&theme);
    return well;
}

bool lw_help_check_macros(const struct lw_config *c, const struct lw_project *project,
    struct lw_problems *mistakes, struct lw_problems *absent)
{
    struct lw_keymap m;
    struct lw_macros all = {0};
    struct lw_problems told = {0}; /* where the config was loaded */
    size_t before = mistakes->n;
    lw_keymap_init(&m, c, &told);
    lw_macros_find(project, &c->macros, c->file, &all, mistakes, absent);
    lw_keymap_add_macros(&m, &all, mistakes);
    lw_keymap_fini(&m);
    lw_macros_fini(&all);
    lw_problems_fini(&told);
    return mistakes->n == before;
}

/* ---- themes */

/* A small piece of every part of the screen, with every role; a line ends with \n. */
static const struct {
    enum lw_role role;
    const char *text;
} sample[] = {
    {LW_ROLE_HEADER, " math/batch-07  12/40 "},
    {LW_ROLE_STATE, "saved"},
    {LW_ROLE_RULE, "   ── "},
    {LW_ROLE_TITLE, "RESPONSE"},
    {LW_ROLE_RULE, " ─────────────\n"},
    {LW_ROLE_ROLE_USER, " User "},
    {LW_ROLE_TEXT, "What is 2 + 2?   "},
    {LW_ROLE_ROLE_MODEL, "Assistant "},
    {LW_ROLE_TEXT, "4"},
    {LW_ROLE_SIGN, "<U+202E>"},
    {LW_ROLE_DIM, " 1-15/37\n"},
    {LW_ROLE_HEADING, " # Sums"},
    {LW_ROLE_MARK, "  • "},
    {LW_ROLE_LINK, "a guide"},
    {LW_ROLE_MARK, "‹1›"},
    {LW_ROLE_TEXT, "  "},
    {LW_ROLE_FORMULA, "a² + b²"},
    {LW_ROLE_TEXT, "  "},
    {LW_ROLE_CODE, "`sum`"},
    {LW_ROLE_TEXT, "  a "},
    {LW_ROLE_MISSPELT, "wrold"},
    {LW_ROLE_TEXT, "  "},
    {LW_ROLE_SPAN, "a "},
    {LW_ROLE_SPAN_OVER, "marked"},
    {LW_ROLE_SPAN, " span"},
    {LW_ROLE_TEXT, " "},
    {LW_ROLE_SPAN_NOW, "now"},
    {LW_ROLE_TEXT, "  "},
    {LW_ROLE_ADDED, "{+four+}"},
    {LW_ROLE_TEXT, " "},
    {LW_ROLE_REMOVED, "[-five-]\n"},
    {LW_ROLE_MARK, " │ "},
    {LW_ROLE_KEYWORD, "def "},
    {LW_ROLE_NAME, "area"},
    {LW_ROLE_CODE, "(r: "},
    {LW_ROLE_TYPE, "float"},
    {LW_ROLE_CODE, "):  "},
    {LW_ROLE_KEYWORD, "return "},
    {LW_ROLE_NUMBER, "3.14"},
    {LW_ROLE_CODE, " * r * r, "},
    {LW_ROLE_STRING, "\"cm²\""},
    {LW_ROLE_COMMENT, "  # of a circle\n"},
    {LW_ROLE_QUESTION, " Correct"},
    {LW_ROLE_DIM, " bad"},
    {LW_ROLE_TEXT, " 1 2 3 "},
    {LW_ROLE_CHOSEN, "[4]"},
    {LW_ROLE_TEXT, " 5"},
    {LW_ROLE_FOCUS, "   Clarity –"},
    {LW_ROLE_ANSWER, "   unsafe"},
    {LW_ROLE_SUGGESTED, "   ?rude"},
    {LW_ROLE_INPUT, "   a note\n"},
    {LW_ROLE_MESSAGE, " Next: Clarity."},
    {LW_ROLE_WARNING, "   11 unsent"},
    {LW_ROLE_ERROR, "   disk full"},
    {LW_ROLE_KEY, "   f"},
    {LW_ROLE_FOOTER, " flag"},
    {LW_ROLE_BOX, "   │\n"},
};

enum { FOREGROUND = 30, BACKGROUND = 40 };

static void add_colour(struct lw_buf *to, short colour, int base, int colours)
{
    if (colour < 0)
        return;
    if (colours >= 256)
        lw_buf_fmt(to, ";%d;5;%d", base + 8, colour);
    else if (colour < 8)
        lw_buf_fmt(to, ";%d", base + colour);
    else if (colours >= 16)
        lw_buf_fmt(to, ";%d", base + 60 + colour - 8);
    else if (colour == 8 && base == FOREGROUND) /* eight colours: as term.c has it */
        lw_buf_str(to, ";2");
    else
        lw_buf_fmt(to, "%s;%d", base == FOREGROUND ? ";1" : "", base + colour - 8);
}

/* ECMA-48, which every terminal with colours today understands. */
static void start_style(struct lw_buf *to, const struct lw_style *s, int colours)
{
    static const int code[] = {
        [LW_ATTR_BIT_BOLD] = 1,
        [LW_ATTR_BIT_DIM] = 2,
        [LW_ATTR_BIT_UNDERLINE] = 4,
        [LW_ATTR_BIT_REVERSE] = 7,
        [LW_ATTR_BIT_ITALIC] = 3,
    };
    bool many = colours >= 256;
    lw_buf_str(to, "\033[0");
    for (size_t i = 0; i < sizeof code / sizeof *code; i++)
        if (s->attrs & 1u << i)
            lw_buf_fmt(to, ";%d", code[i]);
    if (colours >= 8) {
        add_colour(to, many ? s->fg : s->fg16, FOREGROUND, colours);
        add_colour(to, many ? s->bg : s->bg16, BACKGROUND, colours);
    }
    lw_buf_char(to, 'm');
}

static char *preview(const struct lw_theme *t, int colours)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < sizeof sample / sizeof *sample; i++) {
        size_t n = strcspn(sample[i].text, "\n");
        start_style(&b, &t->style[sample[i].role], colours);
        lw_buf_add(&b, sample[i].text, n);
        lw_buf_fmt(&b, "\033[0m%s", sample[i].text + n);
    }
    return lw_buf_detach(&b);
}

struct listing {
    char **own; /* names of the user's themes */
    size_t n;
};

static void add_own(void *ctx, const char *name)
{
    struct listing *l = ctx;
    l->own = lw_grow(l->own, l->n + 1, sizeof *l->own);
    l->own[l->n++] = lw_strdup(name);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_own(const struct listing *l, const char *name)
{
    size_t i = 0;
    while (i < l->n && strcmp(l->own[i], name) != 0)
        i++;
    return i < l->n;
}

static bool is_built_in(const char *name)
{
    const char *const *names = lw_theme_names();
    while (*names && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

static void report_theme(const struct lw_sys *sys, const char *name, bool users, int colours,
    void (*each)(void *ctx, const struct lw_theme_about *t), void *ctx)
{
    struct lw_theme t = {0};
    struct lw_err err = {0};
    bool well = lw_theme_load(sys, name, &t, &err) == LW_OK;
    const struct lw_theme_about about = {
        .name = name,
        .title = t.title,
        .users = users,
        .is_default = strcmp(name, lw_theme_names()[0]) == 0,
        .preview = well && colours >= 0 ? preview(&t, colours) : NULL,
        .why = well ? NULL : err.text,
    };
    each(ctx, &about);
    free(about.preview);
    lw_theme_fini(&t);
}

void lw_help_list_themes(const struct lw_sys *sys, int colours,
    void (*each)(void *ctx, const struct lw_theme_about *t), void *ctx)
{
    struct listing l = {0};
    lw_theme_users(sys, add_own, &l);
    if (l.n > 1)
        qsort(l.own, l.n, sizeof *l.own, by_name);
    for (const char *const *name = lw_theme_names(); *name; name++)
        report_theme(sys, *name, is_own(&l, *name), colours, each, ctx);
    for (size_t i = 0; i < l.n; i++) {
        if (!is_built_in(l.own[i]))
            report_theme(sys, l.own[i], true, colours, each, ctx);
        free(l.own[i]);
    }
    free(l.own);
}

/* ---- the terminal */

const char *lw_help_emoji(size_t i, int *version)
{
    return lw_newest_sample(i, version);
}
