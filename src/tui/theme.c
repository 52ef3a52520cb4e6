/* How roles look: reads themes from YAML, finds the user's own and those compiled in, and draws the
 * gaps between words cheaply. Turning colours into what a terminal takes is term.c's. */
#include "tui/theme_files_internal.h"
#include "tui/theme_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

static const char default_name[] = "dark";

static const char *const role_names[] = {
#define X(id, name, help) #name,
    LW_ROLES(X)
#undef X
        NULL,
};

static const char *const attr_names[] = {
#define X(id, name) #name,
    LW_ATTRS(X)
#undef X
        NULL,
};

static const char *const style_keys[] = {
    "fg",
    "bg",
    "fg16",
    "bg16",
#define X(id, name) #name,
    LW_ATTRS(X)
#undef X
        NULL,
};

static const char *const theme_keys[] = {"title", "styles", NULL};

/* Their places are their numbers. */
static const char *const colour_names[] = {
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
    "default",
    NULL,
};

struct reader {
    const char *file;
    struct lw_problems *problems;
};

#define MISTAKE(r, y, ...) lw_problem((r)->problems, (r)->file, (y)->line, (y)->col, __VA_ARGS__)

static int index_of(const char *s, const char *const *words)
{
    for (int i = 0; words[i]; i++)
        if (strcmp(s, words[i]) == 0)
            return i;
    return -1;
}

/* `what` is a key, role …; `cure` is for those that are near to nothing. */
static void add_unknown(struct reader *r, const struct lw_yaml *y, const char *what,
    const char *const *words, const char *cure)
{
    const char *near = lw_nearest(y->text, words);
    if (near)
        MISTAKE(r, y, "unknown %s \"%.40s\". Did you mean \"%s\"?", what, y->text, near);
    else
        MISTAKE(r, y, "unknown %s \"%.40s\". %s", what, y->text, cure);
}

static void read_colour(struct reader *r, const struct lw_yaml *y, short last, short *to)
{
    int64_t number;
    int name = y->kind == LW_YAML_SCALAR ? index_of(y->text, colour_names) : -1;
    if (name >= 0)
        *to = colour_names[name + 1] ? (short)name : LW_COLOUR_DEFAULT;
    else if (y->kind != LW_YAML_SCALAR)
        MISTAKE(r, y, "a colour must be a name or a number. Write 0-%d, cyan or default.", last);
    else if (!lw_yaml_int(y, &number))
        add_unknown(
            r, y, "colour", colour_names, "Write a number, a name such as cyan, or default.");
    else if (number < 0 || number > last)
        MISTAKE(r, y, "no colour %lld. Write a number from 0 to %d.", (long long)number, last);
    else
        *to = (short)number;
}

static void read_attr(struct reader *r, const struct lw_yaml *y, unsigned bit, unsigned *to)
{
    bool on;
    if (!lw_yaml_bool(y, &on))
        MISTAKE(r, y, "an attribute is on or off. Write true or false.");
    else
        *to = on ? *to | bit : *to & ~bit;
}

/* The colour for few colours, where only the one for many was given. */
static short narrowed(short colour)
{
    return colour < 16 ? colour : LW_COLOUR_DEFAULT;
}

static void read_colours(struct reader *r, const struct lw_yaml *y, struct lw_style *to)
{
    const struct {
        const char *key;
        short last, *to, *narrow;
    } colours[] = {
        {"fg", 255, &to->fg, &to->fg16},
        {"bg", 255, &to->bg, &to->bg16},
        {"fg16", 15, &to->fg16, NULL}, /* behind those that they correct */
        {"bg16", 15, &to->bg16, NULL},
    };
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
        const struct lw_yaml *value = lw_yaml_get(y, colours[i].key);
        if (!value)
            continue;
        read_colour(r, value, colours[i].last, colours[i].to);
        if (colours[i].narrow)
            *colours[i].narrow = narrowed(*colours[i].to);
    }
}

static bool is_empty(const struct lw_yaml *y)
{
    return y->kind == LW_YAML_SCALAR && y->plain && *y->text == '\0';
}

static void read_style(struct reader *r, const struct lw_yaml *y, struct lw_style *to)
{
    if (is_empty(y))
        return;
    if (y->kind != LW_YAML_MAP) {
        MISTAKE(r, y, "a style must be a map. Write {fg: 110, bold: true}.");
        return;
    }
    read_colours(r, y, to);
    for (size_t i = 0; i < y->n; i++) {
        int attr = index_of(y->key[i]->text, attr_names);
        if (attr >= 0)
            read_attr(r, y->item[i], 1u << attr, &to->attrs);
        else if (index_of(y->key[i]->text, style_keys) < 0)
            add_unknown(r, y->key[i], "key", style_keys,
                "A style has fg, bg, fg16, bg16, bold, dim, underline, reverse, italic.");
    }
}

static void read_styles(struct reader *r, const struct lw_yaml *y, struct lw_style *to)
{
    if (y->kind != LW_YAML_MAP) {
        MISTAKE(r, y, "styles must be a map. Write a role and its style in each line.");
        return;
    }
    const struct lw_yaml *text = lw_yaml_get(y, role_names[LW_ROLE_TEXT]);
    if (text)
        read_style(r, text, &to[LW_ROLE_TEXT]);
    for (int i = 0; i < LW_ROLE_COUNT; i++)
        to[i] = to[LW_ROLE_TEXT];
    for (size_t i = 0; i < y->n; i++) {
        int role = index_of(y->key[i]->text, role_names);
        if (role < 0)
            add_unknown(r, y->key[i], "role", role_names, "The theme dark.yaml lists all roles.");
        else if (role != LW_ROLE_TEXT)
            read_style(r, y->item[i], &to[role]);
    }
}

static void read_theme(struct reader *r, const struct lw_yaml *y, struct lw_theme *to)
{
    const struct lw_yaml *title = lw_yaml_get(y, "title"), *styles = lw_yaml_get(y, "styles");
    if (title && title->kind != LW_YAML_SCALAR)
        MISTAKE(r, title, "a title must be text. Write `title: …`.");
    else
        to->title = lw_strdup(title ? title->text : r->file);
    if (styles)
        read_styles(r, styles, to->style);
    else
        MISTAKE(r, y, "styles are missing. Add `styles:` with a style for each role.");
    for (size_t i = 0; y->kind == LW_YAML_MAP && i < y->n; i++)
        if (index_of(y->key[i]->text, theme_keys) < 0)
            add_unknown(r, y->key[i], "key", theme_keys, "A theme has title and styles.");
}

bool lw_theme_parse(
    const char *file, const char *bytes, size_t n, struct lw_theme *to, struct lw_problems *p)
{
    const struct lw_style plain = {.fg = LW_COLOUR_DEFAULT,
        .bg = LW_COLOUR_DEFAULT,
        .fg16 = LW_COLOUR_DEFAULT,
        .bg16 = LW_COLOUR_DEFAULT};
    struct reader r = {.file = file, .problems = p};
    size_t before = p->n;
    *to = (struct lw_theme){0};
    for (int i = 0; i < LW_ROLE_COUNT; i++)
        to->style[i] = plain;
    struct lw_yaml *y = lw_yaml_parse(file, bytes, n, p);
    if (y)
        read_theme(&r, y, to);
    lw_yaml_free(y);
    if (p->n == before)
        return true;
    lw_theme_fini(to);
    return false;
}

void lw_theme_fini(struct lw_theme *t)
{
    free(t->title);
    t->title = NULL;
}

const char *const *lw_theme_names(void)
{
    enum { NAMES_MAX = 64 };
    static const char *names[NAMES_MAX] = {default_name};
    size_t n = 1;
    for (const struct lw_theme_file *f = lw_theme_files; f->name && n < NAMES_MAX - 1; f++)
        if (strcmp(f->name, default_name) != 0)
            names[n++] = f->name;
    return names;
}

/* Letters, digits, - and _: a name must not lead out of the folder. */
static bool is_name(const char *s)
{
    const char *p = s;
    while (isalnum((unsigned char)*p) || *p == '-' || *p == '_')
        p++;
    return p > s && *p == '\0';
}

/* NULL where the environment names no folder. */
static char *user_folder(void)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (config && *config == '/')
        return lw_format("%s/labelwright/themes", config);
    if (home && *home)
        return lw_format("%s/.config/labelwright/themes", home);
    return NULL;
}

static char *user_path(const char *name)
{
    char *folder = user_folder(), *path = folder ? lw_format("%s/%s.yaml", folder, name) : NULL;
    free(folder);
    return path;
}

struct listing {
    void (*each)(void *ctx, const char *name);
    void *ctx;
};

static void list_file(void *ctx, const char *file)
{
    const struct listing *l = ctx;
    const char *dot = strrchr(file, '.');
    char *name = dot && strcmp(dot, ".yaml") == 0 ? lw_strndup(file, (size_t)(dot - file)) : NULL;
    if (name && is_name(name))
        l->each(l->ctx, name);
    free(name);
}

void lw_theme_users(const struct lw_sys *sys, void (*each)(void *ctx, const char *name), void *ctx)
{
    struct listing l = {each, ctx};
    char *folder = user_folder();
    int fd = folder ? sys->openat(sys, AT_FDCWD, folder, O_RDONLY | O_DIRECTORY, 0) : -1;
    if (fd >= 0) {
        sys->list(sys, fd, list_file, &l);
        sys->close(sys, fd);
    }
    free(folder);
}

static enum lw_code parse_whole(
    const char *file, const char *bytes, size_t n, struct lw_theme *to, struct lw_err *err)
{
    struct lw_problems p = {0};
    enum lw_code code = LW_OK;
    if (!lw_theme_parse(file, bytes, n, to, &p))
        code = lw_fail(err, LW_EBAD, "%s", p.v[0]);
    lw_problems_fini(&p);
    return code;
}

/* LW_EABSENT, and nothing in `err`, when the user has no such theme. */
static enum lw_code load_users(
    const struct lw_sys *sys, const char *name, struct lw_theme *to, struct lw_err *err)
{
    char *path = user_path(name);
    struct lw_buf bytes = {0};
    struct lw_err own = {0};
    enum lw_code code = LW_EABSENT;
    if (path)
        code = lw_file_read(sys, AT_FDCWD, path, NULL, 256 * 1024, &bytes, &own);
    if (code == LW_OK)
        code = parse_whole(path, bytes.data, bytes.len, to, err);
    else if (code != LW_EABSENT)
        lw_fail(err, code, "%s", own.text);
    lw_buf_fini(&bytes);
    free(path);
    return code;
}

static enum lw_code fail_absent(const char *name, struct lw_err *err)
{
    struct lw_buf names = {0};
    for (const char *const *s = lw_theme_names(); *s; s++)
        lw_buf_fmt(&names, "%s%s", names.len ? ", " : "", *s);
    enum lw_code code = lw_fail(err, LW_EABSENT,
        "No theme \"%.80s\". Use one of: %s. Put your own in "
        "$XDG_CONFIG_HOME/labelwright/themes/NAME.yaml.",
        name, names.data);
    lw_buf_fini(&names);
    return code;
}

enum lw_code lw_theme_load(
    const struct lw_sys *sys, const char *name, struct lw_theme *to, struct lw_err *err)
{
    if (!is_name(name))
        return fail_absent(name, err);
    enum lw_code code = load_users(sys, name, to, err);
    if (code != LW_EABSENT)
        return code;
    for (const struct lw_theme_file *f = lw_theme_files; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return parse_whole(f->name, (const char *)f->bytes, f->n, to, err);
    return fail_absent(name, err);
}

/* ---- few colours */

/* The bright ones are bold; bright black, often invisible, is dim. */
static void reduce_to_eight(struct lw_style *s)
{
    enum { BRIGHT = 8 };
    if (s->fg == BRIGHT) { /* black */
        s->fg = LW_COLOUR_DEFAULT;
        s->attrs |= LW_ATTR(DIM);
    } else if (s->fg > BRIGHT) {
        s->fg = (short)(s->fg - BRIGHT);
        s->attrs |= LW_ATTR(BOLD);
    }
    if (s->bg >= BRIGHT)
        s->bg = (short)(s->bg - BRIGHT);
}

struct lw_style lw_style_on(const struct lw_style *style, int colours)
{
    struct lw_style s = *style;
    if (colours == LW_MANY_COLOURS)
        return s;
    s.fg = s.fg16;
    s.bg = s.bg16;
    if (colours > 0 && colours < LW_FEW_COLOURS)
        reduce_to_eight(&s);
    return s;
}

/* ---- gaps */

/* Longer ones are cheaper to jump over, or to clear. */
static bool is_blank(const struct lw_cell *c)
{
    return c->cp[0] == U' ' && c->cp[1] == 0;
}

/* Whether a blank in this role differs from any other blank. */
static bool is_visible_on_blanks(const struct lw_theme *theme, enum lw_role role)
{
    const struct lw_style *s = &theme->style[role];
    return s->bg != LW_COLOUR_DEFAULT || s->bg16 != LW_COLOUR_DEFAULT ||
           s->attrs & (LW_ATTR(UNDERLINE) | LW_ATTR(REVERSE));
}

enum lw_role lw_theme_role_at(
    const struct lw_frame *f, const struct lw_theme *theme, int row, int col)
{
    const struct lw_cell *line = &f->cell[(size_t)row * (size_t)f->cols];
    int from = col, to = col;
    if (!is_blank(&line[col]))
        return line[col].role;
    while (from > 0 && is_blank(&line[from - 1]) && to - from < LW_THEME_GAP)
        from--;
    while (to + 1 < f->cols && is_blank(&line[to + 1]) && to - from < LW_THEME_GAP)
        to++;
    bool gap = from > 0 && to + 1 < f->cols && to - from < LW_THEME_GAP;
    for (int i = from; gap && i <= to; i++)
        gap = !is_visible_on_blanks(theme, line[i].role);
    if (gap && !is_visible_on_blanks(theme, line[from - 1].role))
        return line[from - 1].role;
    if (gap && !is_visible_on_blanks(theme, line[to + 1].role))
        return line[to + 1].role;
    return line[col].role;
}
