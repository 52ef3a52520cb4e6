/* Choices and tags: their options in project.yaml, headings among them, and what an answer may be.
 */
#include "project/question_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/project/boxes.h"
#include "labelwright/project/spans.h"
#include "labelwright/text/glyph.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

const struct lw_option *lw_option_find(const struct lw_question *q, const char *path)
{
    for (size_t i = 0; i < q->noptions; i++)
        if (strcmp(q->option[i].path, path) == 0)
            return &q->option[i];
    return NULL;
}

bool lw_option_of_key(const struct lw_question *q, char32_t key, size_t *at)
{
    for (*at = 0; *at < q->noptions; (*at)++)
        if (key && q->option[*at].key == key && !q->option[*at].group)
            return true;
    return false;
}

/* Those of `letters` that no option has as its key. */
static void free_letters(const struct lw_question *q, const char *letters, char *to)
{
    size_t n = 0;
    for (const char *c = letters; *c; c++) {
        size_t i = 0;
        while (i < q->noptions && q->option[i].key != (unsigned char)*c)
            i++;
        bool taken = (*c == 'f' && q->type == LW_Q_TAGS) || /* it closes their list */
                     (q->type == LW_Q_SPANS && strchr(LW_SPAN_KEYS, *c)) ||
                     (q->type == LW_Q_BOXES && strchr(LW_BOX_KEYS, *c));
        if (i == q->noptions && !taken)
            to[n++] = *c;
    }
    to[n] = '\0';
}

void lw_question_free_keys(const struct lw_question *q, char to[53])
{
    free_letters(q, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", to);
}

/* ---- project.yaml */

/* The options of one question while they are read. */
struct options_reading {
    struct lw_question *q;
    int variant;                              /* its type, if it may have options at all */
    const struct lw_yaml *at[LW_OPTIONS_MAX]; /* the map of each option */
    bool full;
};

/* One item of the list. */
struct option_reading {
    char *value, *label, *help, *mark;
    char32_t key;
    const struct lw_yaml *options;
};

static LW_SETTER(set_value)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
    char shown[LW_SHORT_MAX];
    const char *value = lw_yaml_text(y);
    if (value && strlen(value) > LW_NAME_MAX)
        lw_mistake(r, y, "a value can have %d characters at most. Put longer text in `label`.",
            LW_NAME_MAX);
    else if (value && value[strspn(value, allowed)])
        lw_mistake(r, y,
            "the value \"%s\" may contain A-Z a-z 0-9 _ . - only. Put other text in `label`.",
            lw_shorten(value, shown));
    else
        lw_set_text(r, f, y, to);
}

static LW_SETTER(set_key)
{
    const char *s = lw_yaml_text(y);
    ucs4_t c = 0;
    int n = s ? u8_strmbtouc(&c, (const uint8_t *)s) : 0;
    if (n > 0 && s[n] == '\0' && uc_is_alpha(c))
        ((struct option_reading *)to)->key = c;
    else
        lw_mistake_kind(r, f, y);
}

static LW_SETTER(set_mark)
{
    struct lw_glyph g = {0};
    const char *s = lw_yaml_text(y);
    size_t n = s ? strlen(s) : 0;
    if (n > 0)
        lw_glyph_next(s, n, 0, true, &g);
    if (n > 0 && g.len == n && g.cols == 1 && !g.placeholder)
        lw_set_text(r, f, y, to);
    else
        lw_mistake_kind(r, f, y);
}

static LW_SETTER(set_suboptions)
{
    if (y->kind == LW_YAML_LIST && y->n > 0)
        ((struct option_reading *)to)->options = y;
    else
        lw_mistake_kind(r, f, y);
}

#define IN(member) offsetof(struct option_reading, member)
static const struct lw_field fields[] = {
    {.key = "value",
        set_value,
        IN(value),
        "a word",
        "value: hate",
        .required = true,
        .help = "The answer in the journal.",
        .pattern = "^[A-Za-z0-9_.-]{1,64}$",
        .kind = LW_KIND_TEXT},
    {.key = "label",
        lw_set_text,
        IN(label),
        "text",
        "label: Makes things up",
        .help = "What the screen shows. Without it: the value."},
    {.key = "key",
        set_key,
        0,
        "one letter (digits choose an option by its place)",
        "key: h",
        .help = "Its letter; digits choose an option by its place. Not f for tags, not b n p u v w "
                "x for spans.",
        .pattern = "^[^\\u0000-@\\[-`{-\\u007f]$",
        .beside = "{\"not\": {\"required\": [\"options\"]}}",
        .kind = LW_KIND_STRING},
    {.key = "help",
        lw_set_text,
        IN(help),
        "text",
        "help: Any claim that a source contradicts",
        .help = "A line about the option."},
    {.key = "mark",
        set_mark,
        IN(mark),
        "one character of one column",
        "mark: \"+\"",
        .help = "Stands before a turn or step with this answer.",
        .kind = LW_KIND_TEXT},
    {.key = "options",
        set_suboptions,
        0,
        "a list of options",
        "options: [{value: hate}]",
        .only = 1U << LW_Q_TAGS | 1U << LW_Q_SPANS | 1U << LW_Q_BOXES,
        .help = "Makes it a heading, with these below it.",
        .min = 1,
        .inside = &lw_option_schema,
        .kind = LW_KIND_LIST,
        .items = LW_KIND_MAP},
};
static const char *const variants[] = {
#define X(id, name, type) name,
    LW_QTYPES(X)
#undef X
        NULL};
const struct lw_schema lw_option_schema = {
    "an option", fields, sizeof fields / sizeof *fields, variants};

static void read_list(struct lw_reading *r, struct options_reading *o, const struct lw_yaml *list,
    const char *above, int depth);

static void check_path(struct lw_reading *r, const struct options_reading *o, const char *path,
    const struct lw_yaml *y)
{
    const struct lw_option *twin = lw_option_find(o->q, path);
    char shown[LW_SHORT_MAX];
    if (twin)
        lw_mistake(r, lw_yaml_get(y, "value"),
            "the value \"%s\" is already used on line %d. Choose another.", lw_shorten(path, shown),
            o->at[twin - o->q->option]->line);
}

static void add_option(struct lw_reading *r, struct options_reading *o,
    const struct option_reading *from, const struct lw_yaml *y, const char *above, int depth)
{
    struct lw_question *q = o->q;
    char *path = above ? lw_format("%s/%s", above, from->value) : lw_strdup(from->value);
    check_path(r, o, path, y);
    if (from->options && from->key)
        lw_mistake(r, lw_yaml_get(y, "key"),
            "a heading takes no key, because it is not an answer. Give keys to the options below "
            "it.");
    o->at[q->noptions] = y;
    q->option[q->noptions++] = (struct lw_option){.path = path,
        .label = lw_strdup(from->label ? from->label : from->value),
        .help = lw_strdup(from->help),
        .mark = lw_strdup(from->mark),
        .key = from->key,
        .depth = depth,
        .group = from->options != NULL};
    if (from->options && depth + 1 == LW_OPTION_DEPTH_MAX)
        lw_mistake(r, from->options, "options can be nested %d levels deep at most. Move these up.",
            LW_OPTION_DEPTH_MAX);
    else if (from->options)
        read_list(r, o, from->options, path, depth + 1);
}

static void read_option(struct lw_reading *r, struct options_reading *o, const struct lw_yaml *y,
    const char *above, int depth)
{
    struct option_reading one = {0};
    lw_schema_parse(r, &lw_option_schema, o->variant, y, &one);
    if (one.value)
        add_option(r, o, &one, y, above, depth);
    free(one.value);
    free(one.label);
    free(one.help);
    free(one.mark);
}

static void read_list(struct lw_reading *r, struct options_reading *o, const struct lw_yaml *list,
    const char *above, int depth)
{
    for (size_t i = 0; i < list->n && !o->full; i++) {
        o->full = o->q->noptions == LW_OPTIONS_MAX;
        if (o->full)
            lw_mistake(r, list->item[i], "a question can have %d options at most. Remove some.",
                LW_OPTIONS_MAX);
        else
            read_option(r, o, list->item[i], above, depth);
    }
}

static void check_keys(struct lw_reading *r, const struct options_reading *o)
{
    const struct lw_option *v = o->q->option;
    char letters[27], shown[LW_SHORT_MAX];
    free_letters(o->q, "abcdefghijklmnopqrstuvwxyz", letters);
    for (size_t i = 0; i < o->q->noptions; i++)
        for (size_t k = 0; v[i].key && k < i; k++)
            if (v[k].key == v[i].key) {
                const struct lw_yaml *key = lw_yaml_get(o->at[i], "key");
                lw_mistake(r, key,
                    "the key %s of \"%.60s\" is already used by \"%s\" on line %d. Free keys: %s.",
                    key->text, v[i].path, lw_shorten(v[k].path, shown), o->at[k]->line,
                    *letters ? letters : "capital letters only");
                break;
            }
}

LW_SETTER(lw_set_options)
{
    struct options_reading o = {.q = to, .variant = LW_NO_VARIANT};
    if (o.q->type == LW_Q_CHOICE || o.q->type == LW_Q_TAGS)
        o.variant = (int)o.q->type;
    if (y->kind != LW_YAML_LIST || y->n == 0) {
        lw_mistake_kind(r, f, y);
        return;
    }
    o.q->option = lw_alloc(LW_OPTIONS_MAX * sizeof *o.q->option);
    read_list(r, &o, y, NULL, 0);
    o.q->option = lw_grow(o.q->option, o.q->noptions + 1, sizeof *o.q->option);
    check_keys(r, &o);
}

void lw_options_check(struct lw_reading *r, const struct lw_question *q, const struct lw_yaml *y)
{
    if (!lw_yaml_get(y, "options"))
        lw_mistake(r, y,
            "a %s question needs \"options\". Add `options: [{value: yes}, {value: no}]`.",
            lw_qtype_name(q->type));
}

/* ---- answers */

static void mistake_option(const struct lw_test_place *a, const struct lw_yaml *y)
{
    const char *words[LW_OPTIONS_MAX + 1];
    size_t n = 0;
    for (size_t i = 0; i < a->asked->noptions; i++)
        if (!a->asked->option[i].group)
            words[n++] = a->asked->option[i].path;
    words[n] = NULL;
    lw_mistake_word(a->r, y, "option", y->text, words);
}

json_t *lw_option_parse(const struct lw_test_place *a, const struct lw_yaml *y)
{
    const struct lw_option *o = lw_option_find(a->asked, y->text);
    if (o && !o->group)
        return json_string(y->text);
    if (o)
        lw_mistake(
            a->r, y, "\"%s\" is a heading, not an answer. List the options below it.", o->path);
    else
        mistake_option(a, y);
    return NULL;
}

static enum lw_code refuse_option(const struct lw_value_place *a, const char *path)
{
    const char **words = lw_grow(NULL, a->q->noptions + 1, sizeof *words);
    size_t n = 0;
    for (size_t i = 0; i < a->q->noptions; i++)
        if (!a->q->option[i].group)
            words[n++] = a->q->option[i].path;
    words[n] = NULL;
    const char *near = lw_nearest(path, words);
    free(words);
    if (near)
        return lw_value_refuse(a, "there is no option \"%.80s\". Did you mean \"%s\"?", path, near);
    return lw_value_refuse(
        a, "there is no option \"%.80s\". The options are in project.yaml.", path);
}

static enum lw_code check_option(const struct lw_value_place *a, const char *path)
{
    const struct lw_option *o = lw_option_find(a->q, path);
    if (!o)
        return refuse_option(a, path);
    if (!o->group)
        return LW_OK;
    while (o->group) /* the options of a heading follow it, and no heading is empty */
        o++;
    return lw_value_refuse(a,
        "\"%s\" is a heading, not an answer. Give one of the options below it, such as \"%s\".",
        path, o->path);
}

static enum lw_code check_choice(const struct lw_value_place *a, const json_t *v)
{
    if (!json_is_string(v))
        return lw_value_refuse(a, "a choice must be a string: the value of an option.");
    return check_option(a, json_string_value(v));
}

static bool stands_before(const json_t *list, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (json_equal(json_array_get(list, i), json_array_get(list, at)))
            return true;
    return false;
}

enum lw_code lw_tags_check(const struct lw_value_place *a, const json_t *v)
{
    if (!json_is_array(v))
        return lw_value_refuse(a, "tags must be a list of strings: the full paths of options.");
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < json_array_size(v) && code == LW_OK; i++) {
        const json_t *tag = json_array_get(v, i);
        if (!json_is_string(tag))
            code = lw_value_refuse(a, "tags must be a list of strings: the full paths of options.");
        else
            code = check_option(a, json_string_value(tag));
        if (code == LW_OK && stands_before(v, i))
            code = lw_value_refuse(
                a, "the tag \"%s\" is given twice. Give it once.", json_string_value(tag));
    }
    return code;
}

const struct lw_question_type lw_question_choice = {
    .check = lw_options_check,
    .parse_value = lw_option_parse,
    .check_value = check_choice,
};

const struct lw_question_type lw_question_tags = {
    .check = lw_options_check,
    .parse_value = lw_option_parse,
    .check_value = lw_tags_check,
};
