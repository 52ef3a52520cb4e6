/* The user's config.yaml: its keys, and the name of the annotator. `endpoints:` is read by
 * endpoints.c, `models:` by model_settings.c; how keys are bound is the business of tui/input. A
 * missing file is the default, a faulty one an error with all its mistakes. */
#define _GNU_SOURCE
#include "labelwright/config/config.h"
#include "config/config_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/config/spelling.h"
#include "labelwright/text/utf8.h"

#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONFIG_MAX = 256 * 1024, ANNOTATOR_MAX = 64, IDLE_S = 120, DIGIT_GUARD_MS = 150 };
enum { REPEATS_MOST = 50, REPEATS_AFTER = 20, REPEATS_AFTER_MOST = 100000 };

/* Why this cannot be an annotator name; NULL when it can. */
static const char *annotator_fault(const char *name)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@+-";
    size_t n = strlen(name);
    if (n == 0)
        return "is empty";
    if (n > ANNOTATOR_MAX)
        return "is longer than 64 characters";
    if (name[0] == '.')
        return "begins with a dot";
    return name[strspn(name, allowed)] ? "may contain letters, digits and . _ @ + - only" : NULL;
}

static LW_SETTER(set_annotator)
{
    char shown[LW_SHORT_MAX];
    const char *name = lw_yaml_text(y);
    const char *fault = name ? annotator_fault(name) : NULL;
    if (fault)
        lw_mistake(
            r, y, "the name \"%s\" %s. Write `%s`.", lw_shorten(name, shown), fault, f->example);
    else
        lw_set_text(r, f, y, to);
}

static LW_SETTER(set_editor)
{
    size_t n = 0;
    char **v = lw_texts_parse(r, f, y, &n);
    bool bad = v && (n == 0 || (y->kind == LW_YAML_SCALAR && strchr(v[0], ' ')));
    if (bad)
        lw_mistake(r, y,
            "write the program and each argument as an item of a list, because no shell reads "
            "this: `%s`.",
            f->example);
    if (bad)
        lw_texts_free(v);
    else
        ((struct lw_config *)to)->editor = v;
}

static LW_SETTER(set_idle)
{
    int64_t s;
    if (lw_yaml_int(y, &s) && s >= f->min && s <= f->max)
        ((struct lw_config *)to)->idle_ms = s * 1000;
    else
        lw_mistake_kind(r, f, y);
}

static void read_binding(struct lw_reading *r, const struct lw_field *f, struct lw_config *c,
    const struct lw_yaml *command, const struct lw_yaml *keys)
{
    size_t n;
    const struct lw_field own = {
        .key = command->text, .takes = "a key or a list of keys", .example = f->example};
    char **v = lw_texts_parse(r, &own, keys, &n);
    if (v)
        c->bind[c->nbind++] =
            (struct lw_key_binding){lw_strdup(command->text), v, n, command->line, command->col};
}

static LW_SETTER(set_keys)
{
    struct lw_config *c = to;
    if (y->kind != LW_YAML_MAP) {
        lw_mistake_kind(r, f, y);
        return;
    }
    c->bind = lw_alloc(y->n * sizeof *c->bind);
    for (size_t i = 0; i < y->n; i++)
        read_binding(r, f, c, y->key[i], y->item[i]);
}

static const char *const digit_rows[] = {
#define X(id, name) name,
    LW_DIGIT_ROWS(X)
#undef X
        NULL};

/* The place of the word among `names`; -1 where it is none of them, which is a mistake. */
static int choose(struct lw_reading *r, const struct lw_field *f, const struct lw_yaml *y,
    const char *const *names)
{
    const char *name = lw_yaml_text(y);
    for (int i = 0; name && names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    lw_mistake_kind(r, f, y);
    return -1;
}

static LW_SETTER(set_digit_row)
{
    int row = choose(r, f, y, digit_rows);
    if (row >= 0)
        ((struct lw_config *)to)->digit_row = (enum lw_digit_row)row;
}

static const char *const pictures_by[] = {
#define X(id, name) name,
    LW_PICTURES_BY(X)
#undef X
        NULL};

static LW_SETTER(set_pictures)
{
    int by = choose(r, f, y, pictures_by);
    if (by >= 0)
        ((struct lw_config *)to)->pictures_by = (enum lw_pictures_by)by;
}

static const char *const picture_filters[] = {
#define X(id, name) name,
    LW_PICTURE_FILTERED(X)
#undef X
        NULL};

static LW_SETTER(set_picture_filter)
{
    int filter = choose(r, f, y, picture_filters);
    if (filter >= 0)
        ((struct lw_config *)to)->picture_filter = (unsigned)filter;
}

/* `project` is the same as nothing: the project's curtain always counts. */
static LW_SETTER(set_curtain)
{
    struct lw_config *c = to;
    c->curtain = lw_texts_parse(r, f, y, &c->ncurtain);
    if (c->ncurtain == 1 && strcmp(c->curtain[0], "project") == 0)
        c->ncurtain = 0;
}

static LW_SETTER(set_clipboard)
{
    const char *name = lw_yaml_text(y);
    bool osc52 = name && strcmp(name, "osc52") == 0;
    if (osc52 || (name && strcmp(name, "none") == 0))
        ((struct lw_config *)to)->osc52 = osc52;
    else
        lw_mistake_kind(r, f, y);
}

static LW_SETTER(set_bidi)
{
    const char *name = lw_yaml_text(y);
    bool ours = name && strcmp(name, "ours") == 0;
    if (ours || (name && strcmp(name, "terminal") == 0))
        ((struct lw_config *)to)->arranges_bidi = ours;
    else
        lw_mistake_kind(r, f, y);
}

/* As they are in the file. */
struct reading {
    int64_t columns, spacing;
    bool justify, line_numbers;
};

#define IN(member) offsetof(struct reading, member)
static const struct lw_field reading_fields[] = {
    {.key = "columns",
        lw_set_int,
        IN(columns),
        "an integer from 40 to 200",
        "columns: 80",
        .min = 40,
        .max = 200},
    {.key = "spacing", lw_set_int, IN(spacing), "1 or 2", "spacing: 2", .min = 1, .max = 2},
    {.key = "justify", lw_set_bool, IN(justify), "true or false", "justify: true"},
    {.key = "line_numbers", lw_set_bool, IN(line_numbers), "true or false", "line_numbers: true"},
};
#undef IN

static LW_SETTER(set_reading)
{
    static const struct lw_schema schema = {
        "`reading`", reading_fields, sizeof reading_fields / sizeof *reading_fields, NULL};
    struct reading v = {LW_READING_COLS, 1, false, false};
    if (y->kind == LW_YAML_MAP)
        lw_schema_parse(r, &schema, LW_NO_VARIANT, y, &v);
    else
        lw_mistake_kind(r, f, y);
    ((struct lw_config *)to)->reading = (struct lw_reading_opts){.cols = (int)v.columns,
        .spacing = (int)v.spacing,
        .justify = v.justify,
        .numbers = v.line_numbers};
}

/* "5 %", "5%" or 5. */
static bool read_percent(const struct lw_yaml *y, int64_t *to)
{
    const char *text = lw_yaml_text(y);
    size_t n = text ? strlen(text) : 0;
    if (lw_yaml_int(y, to))
        return true;
    if (n == 0 || text[n - 1] != '%')
        return false;
    return lw_number_parse(text, n - 1, to);
}

static LW_SETTER(set_percent)
{
    int64_t n;
    if (read_percent(y, &n) && n >= f->min && n <= f->max)
        ((struct lw_repeat_rate *)to)->percent = n;
    else
        lw_mistake_kind(r, f, y);
}

static const struct lw_field repeat_fields[] = {
    {.key = "percent",
        set_percent,
        0,
        "a percentage from 0 to 50",
        "percent: 5 %",
        .required = true,
        .max = REPEATS_MOST},
    {.key = "after",
        lw_set_int,
        offsetof(struct lw_repeat_rate, after),
        "an integer from 1 to 100000",
        "after: 20",
        .min = 1,
        .max = REPEATS_AFTER_MOST},
};

static LW_SETTER(set_repeats)
{
    static const struct lw_schema schema = {
        "`repeats`", repeat_fields, sizeof repeat_fields / sizeof *repeat_fields, NULL};
    struct lw_repeat_rate *rate = &((struct lw_config *)to)->repeats;
    if (y->kind == LW_YAML_MAP)
        lw_schema_parse(r, &schema, LW_NO_VARIANT, y, rate);
    else
        set_percent(r, f, y, rate);
}

#define IN(member) offsetof(struct lw_config, member)
static const struct lw_field fields[] = {
    {.key = "annotator", set_annotator, IN(annotator), "your name", "annotator: maria"},
    {.key = "theme", lw_set_text, IN(theme), "the name of a theme", "theme: dark"},
    {.key = "editor", set_editor, 0, "a program and its arguments", "editor: [vim, -n]"},
    {.key = "idle_seconds",
        set_idle,
        0,
        "an integer from 10 to 3600",
        "idle_seconds: 120",
        .min = 10,
        .max = 3600},
    {.key = "digit_guard_ms",
        lw_set_int,
        IN(digit_guard_ms),
        "an integer from 0 to 2000",
        "digit_guard_ms: 150",
        .min = 0,
        .max = 2000},
    {.key = "paste_guard", lw_set_bool, IN(paste_guard), "true or false", "paste_guard: true"},
    {.key = "sign_batches", lw_set_bool, IN(sign_batches), "true or false", "sign_batches: false"},
    {.key = "digit_row",
        set_digit_row,
        0,
        "french, czech, vietnamese or none",
        "digit_row: french"},
    {.key = "clipboard", set_clipboard, 0, "osc52 or none", "clipboard: osc52"},
    {.key = "pictures", set_pictures, 0, "auto, cells, kitty or sixel", "pictures: auto"},
    {.key = "picture_filter",
        set_picture_filter,
        0,
        "grey, blur, grey+blur or none",
        "picture_filter: grey+blur"},
    {.key = "curtain", set_curtain, 0, "all, project, or a list of tags", "curtain: all"},
    {.key = "rest",
        lw_set_rest,
        0,
        "a map of after, tasks, exposure, later and stop_at",
        "rest: {after: 50 min}"},
    {.key = "bidi", set_bidi, 0, "ours or terminal", "bidi: ours"},
    {.key = "reading",
        set_reading,
        0,
        "a map of columns, spacing, justify and line_numbers",
        "reading: {columns: 80, spacing: 2}"},
    {.key = "spelling", lw_set_spelling, IN(spelling), LW_SPELLING_TAKES, LW_SPELLING_EXAMPLE},
    {.key = "repeats",
        set_repeats,
        0,
        "a percentage from 0 to 50, or a map of percent and after",
        "repeats: 5 %",
        .max = REPEATS_MOST},
    {.key = "keys", set_keys, 0, "a map of commands and keys", "keys: {skip: s, pause: [p, F5]}"},
    {.key = "endpoints",
        lw_set_endpoints,
        0,
        "a map of servers and their settings",
        "endpoints: {\"https://labels.example.org\": {token_command: [pass, show, labels]}}"},
    {.key = "models",
        lw_set_models,
        0,
        "a map of models and how to reach them",
        "models: {default: {api: openai, url: \"http://127.0.0.1:8080\", model: tiny-chat}}"},
};
static const struct lw_schema table = {"config.yaml", fields, sizeof fields / sizeof *fields, NULL};

/* The XDG specification: a path that is not absolute does not count. */
static char *find_file(void)
{
    const char *dir = getenv("XDG_CONFIG_HOME");
    if (dir && *dir == '/')
        return lw_format("%s/labelwright/config.yaml", dir);
    return lw_format("%s/.config/labelwright/config.yaml", lw_home());
}

static enum lw_code parse(
    struct lw_config *c, const struct lw_buf *text, struct lw_problems *p, struct lw_err *err)
{
    struct lw_reading r = {.file = c->file};
    struct lw_yaml *root = lw_yaml_parse(c->file, text->data ? text->data : "", text->len, p);
    if (root)
        lw_schema_parse(&r, &table, LW_NO_VARIANT, root, c);
    bool well = lw_reading_end(&r, p) && root;
    lw_yaml_free(root);
    return well ? LW_OK : lw_fail(err, LW_EBAD, "%s has mistakes: %zu.", c->file, p->n);
}

/* Someone who reads only the list of mistakes must find one there. */
static void list_error(struct lw_problems *p, const struct lw_err *err)
{
    p->v = lw_grow(p->v, p->n + 1, sizeof *p->v);
    p->v[p->n++] = lw_strdup(err->text);
}

enum lw_code lw_config_load(
    const struct lw_sys *sys, struct lw_config *to, struct lw_problems *p, struct lw_err *err)
{
    struct lw_buf text = {0};
    struct lw_err found = {0};
    *to = (struct lw_config){.file = find_file(),
        .idle_ms = IDLE_S * 1000,
        .digit_guard_ms = DIGIT_GUARD_MS,
        .reading = {.cols = LW_READING_COLS, .spacing = 1},
        .sign_batches = true,
        .rest = lw_rest_none(),
        .repeats = {.after = REPEATS_AFTER},
        .paste_guard = true};
    enum lw_code code = lw_file_read(sys, AT_FDCWD, to->file, NULL, CONFIG_MAX, &text, &found);
    if (code == LW_OK)
        code = parse(to, &text, p, &found);
    else if (code == LW_EBAD)
        list_error(p, &found);
    else if (code == LW_EABSENT)
        code = LW_OK;
    lw_buf_fini(&text);
    return code == LW_OK ? LW_OK : lw_fail(err, code, "%s", found.text);
}

void lw_config_fini(struct lw_config *c)
{
    for (size_t i = 0; i < c->nbind; i++) {
        free(c->bind[i].command);
        lw_texts_free(c->bind[i].keys);
    }
    free(c->bind);
    lw_endpoints_free(c->endpoint, c->nendpoint);
    lw_models_config_free(c->model, c->nmodel);
    lw_texts_free(c->editor);
    lw_texts_free(c->spelling);
    lw_texts_free(c->curtain);
    lw_rest_fini(&c->rest);
    free(c->annotator);
    free(c->theme);
    free(c->file);
    *c = (struct lw_config){0};
}

static const char *user_name(void)
{
    const char *user = getenv("USER");
    if (user && *user)
        return user;
    const struct passwd *me = getpwuid(geteuid());
    return me && me->pw_name ? me->pw_name : "";
}

enum lw_code lw_annotator(
    const struct lw_config *c, const char *given, char **to, struct lw_err *err)
{
    char shown[LW_SHORT_MAX];
    const char *set = given ? given : c ? c->annotator : NULL;
    const char *name = set ? set : user_name();
    const char *fault = annotator_fault(name);
    if (fault)
        return lw_fail(err, LW_EUSAGE,
            "The annotator name \"%s\" %s. Set a name with --annotator%s.", lw_shorten(name, shown),
            fault, given ? "" : ", or with `annotator:` in config.yaml");
    *to = lw_strdup(name);
    return LW_OK;
}
