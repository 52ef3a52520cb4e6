/* The keys of config.yaml: the one table that the loader, the commented file of `labelwright
 * config` and the manual read, and the settings that need no file of their own. */
#include "config/config_internal.h"

#include "labelwright/config/settings.h"
#include "labelwright/config/spelling.h"

#include <stdlib.h>
#include <string.h>

static LW_SETTER(set_annotator)
{
    char shown[LW_SHORT_MAX];
    const char *name = lw_yaml_text(y);
    const char *fault = name ? lw_annotator_fault(name) : NULL;
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

/* `project` is the same as nothing: the project's curtain always counts. */
static LW_SETTER(set_curtain)
{
    struct lw_config *c = to;
    c->curtain = lw_texts_parse(r, f, y, &c->ncurtain);
    if (c->ncurtain == 1 && strcmp(c->curtain[0], "project") == 0)
        c->ncurtain = 0;
}

/* ---- the table */

static const char *const clipboards[] = {"none", "osc52", NULL};
static const char *const titles[] = {"off", "on", NULL};
static const char *const bidis[] = {"terminal", "ours", NULL};
#define NAME(id, name) name,
static const char *const digit_rows[] = {LW_DIGIT_ROWS(NAME) NULL};
static const char *const pictures_by[] = {LW_PICTURES_BY(NAME) NULL};
static const char *const picture_filters[] = {LW_PICTURE_FILTERED(NAME) NULL};
static const char *const notifies[] = {LW_NOTIFY_BY(NAME) NULL};
#undef NAME

#define IN(member) offsetof(struct lw_config, member)
static const struct lw_field fields[] = {
    {.key = "annotator",
        set_annotator,
        IN(annotator),
        "your name",
        "annotator: maria",
        .help = "Your name in the journal. Without it: your login name.",
        .pattern = "^[A-Za-z0-9_@+-][A-Za-z0-9._@+-]{0,63}$",
        .kind = LW_KIND_TEXT},
    {.key = "theme",
        lw_set_text,
        IN(theme),
        "the name of a theme",
        "theme: dark",
        .initial = "dark",
        .help = "Colours; `labelwright themes` shows them."},
    {.key = "editor",
        set_editor,
        0,
        "a program and its arguments",
        "editor: [vim, -n]",
        .help = "Your editor for long texts. Without it: $VISUAL, then $EDITOR.",
        .pattern = "^[^ ]+$",
        .min = 1,
        .kind = LW_KIND_TEXT | LW_KIND_LIST,
        .items = LW_KIND_TEXT},
    {.key = "keys",
        set_keys,
        0,
        "a map of commands and keys",
        "keys: {skip: s, pause: [p, F11]}",
        .help = "Your own keys: a command has only those given here, [] for none. "
                "`labelwright keys` lists them.",
        .kind = LW_KIND_MAP,
        .items = LW_KIND_TEXT | LW_KIND_LIST},
    {.key = "bind",
        lw_set_macro_defs,
        IN(macros),
        LW_BIND_TAKES,
        LW_BIND_EXAMPLE,
        .help = "Macros: a key for a whole verdict. With `submit: true` it also submits.",
        .kind = LW_KIND_MAP,
        .items = LW_KIND_ANY},
    {.key = "idle_seconds",
        set_idle,
        0,
        "an integer from 10 to 3600",
        "idle_seconds: 120",
        .min = 10,
        .max = 3600,
        .initial = "120",
        .help = "A longer gap between two keys is no work.",
        .kind = LW_KIND_INT},
    {.key = "digit_guard_ms",
        lw_set_int,
        IN(digit_guard_ms),
        "an integer from 0 to 2000",
        "digit_guard_ms: 150",
        .min = 0,
        .max = 2000,
        .initial = "150",
        .help = "Milliseconds in which a new task takes no answer yet, from a key still held."},
    {.key = "paste_guard",
        lw_set_bool,
        IN(paste_guard),
        "true or false",
        "paste_guard: true",
        .initial = "true",
        .help = "Many keys at once are a paste, not answers. false: for scripts that type."},
    {.key = "digit_row",
        lw_set_choice,
        IN(digit_row),
        "french, czech, vietnamese or none",
        "digit_row: french",
        .words = digit_rows,
        .initial = "none",
        .help = "A keyboard whose digits need Shift: its signs without Shift are digits here."},
    {.key = "clipboard",
        lw_set_either,
        IN(osc52),
        "osc52 or none",
        "clipboard: osc52",
        .words = clipboards,
        .initial = "none",
        .help = "osc52: what is copied also goes to your terminal's clipboard, over SSH too."},
    {.key = "terminal_title",
        lw_set_either,
        IN(terminal_title),
        "on or off",
        "terminal_title: on",
        .words = titles,
        .initial = "off",
        .help = "Show the project and how far it is in the title of the terminal; never a task."},
    {.key = "notify",
        lw_set_choice,
        IN(notify),
        "off, osc9 or osc777",
        "notify: osc9",
        .words = notifies,
        .initial = "off",
        .help = "How `sync --watch` notifies you by the terminal: osc9 (kitty, iTerm2), osc777 "
                "(foot)."},
    {.key = "bidi",
        lw_set_either,
        IN(arranges_bidi),
        "ours or terminal",
        "bidi: ours",
        .words = bidis,
        .initial = "terminal",
        .help = "Who puts right-to-left scripts in order: labelwright (ours) or the terminal."},
    {.key = "pictures",
        lw_set_choice,
        IN(pictures_by),
        "auto, cells, kitty or sixel",
        "pictures: auto",
        .words = pictures_by,
        .initial = "auto",
        .help =
            "How pictures are shown: as pixels where the terminal can (auto), or as characters."},
    {.key = "picture_filter",
        lw_set_choice,
        IN(picture_filter),
        "grey, blur, grey+blur or none",
        "picture_filter: grey+blur",
        .words = picture_filters,
        .initial = "none",
        .help = "What is done to pictures before they are shown. F10 changes it for a while."},
    {.key = "reading",
        lw_set_reading,
        0,
        "a map of columns, spacing, justify and line_numbers",
        "reading: {columns: 80, spacing: 2}",
        .inside = &lw_reading_schema,
        .initial = "{columns: 100, spacing: 1, justify: false, line_numbers: false}",
        .help = "How texts are laid out."},
    {.key = "spelling",
        lw_set_spelling,
        IN(spelling),
        LW_SPELLING_TAKES,
        LW_SPELLING_EXAMPLE,
        .help = "Languages in which texts are checked. Without it: those of the project.",
        .kind = LW_KIND_TEXT | LW_KIND_LIST,
        .items = LW_KIND_TEXT},
    {.key = "curtain",
        set_curtain,
        0,
        "all, project, or a list of tags",
        "curtain: all",
        .initial = "project",
        .help = "Tasks that start hidden: those the project names, more tags, or all.",
        .kind = LW_KIND_TEXT | LW_KIND_LIST,
        .items = LW_KIND_TEXT},
    {.key = "rest",
        lw_set_rest,
        0,
        "a map of after, tasks, exposure, later and stop_at",
        "rest: {after: 50 min}",
        .inside = &lw_rest_schema,
        .help = "When to offer you a break. Without it: never."},
    {.key = "repeats",
        lw_set_repeats,
        0,
        "a percentage from 0 to 50, or a map of percent and after",
        "repeats: 5 %",
        .max = 50,
        .inside = &lw_repeats_schema,
        .initial = "0 %",
        .help = "How often a task comes again unasked, to see how steady your labels are.",
        .pattern = "^[0-9]+ *%$",
        .kind = LW_KIND_STRING | LW_KIND_INT | LW_KIND_MAP},
    {.key = "sign_batches",
        lw_set_bool,
        IN(sign_batches),
        "true or false",
        "sign_batches: false",
        .initial = "true",
        .help = "Sign what is sent, where `labelwright identity` made a key."},
    {.key = "endpoints",
        lw_set_endpoints,
        0,
        "a map of servers and their settings",
        "endpoints: {\"https://labels.example.org\": {token_command: [pass, show, labels]}}",
        .inside = &lw_endpoint_schema,
        .each = true,
        .help = "How to speak to a server, by its address. Secrets never stand here.",
        .pattern = "^[Hh][Tt][Tt][Pp][Ss]?://[^/@]+/?$"},
    {.key = "models",
        lw_set_models,
        0,
        "a map of models and how to reach them",
        "models: {default: {api: openai, url: \"http://127.0.0.1:8080\", model: tiny-chat}}",
        .inside = &lw_model_schema,
        .each = true,
        .help = "Models to talk with, by the role that a project asks for, or default."},
};

const struct lw_schema *lw_config_schema(void)
{
    static const struct lw_schema schema = {
        "config.yaml", fields, sizeof fields / sizeof *fields, NULL};
    return &schema;
}
