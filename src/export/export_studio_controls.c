/* Which control of Label Studio takes the answers to a question, and the label config that has them
 * all, as XML. A comparison is a Pairwise, a ranking a plain Ranker, as long as no answer has a
 * tie; then a comparison becomes Choices, a ranking gets a bucket for each place. */
#define _GNU_SOURCE
#include "export/studio_controls_internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { STARS_MAX = 10 };

/* ---- which controls there are */

char *lw_studio_list_name(const struct lw_question *q)
{
    return lw_format("%s_list", q->name);
}

static bool is_nested(const struct lw_question *q)
{
    for (size_t i = 0; i < q->noptions; i++)
        if (q->option[i].depth > 0)
            return true;
    return false;
}

/* NULL where Label Studio has none for it. */
static const char *type_of(const struct lw_question *q, bool pair)
{
    switch (q->type) {
    case LW_Q_RATING:
        return q->scale.min == 1 && q->scale.max <= STARS_MAX ? "rating" : "number";
    case LW_Q_CHOICE:
        return "choices";
    case LW_Q_TAGS:
        return is_nested(q) ? "taxonomy" : "choices";
    case LW_Q_COMPARE:
        return pair ? "pairwise" : "choices";
    case LW_Q_RANK:
        return "ranker";
    case LW_Q_SPANS:
        return "labels";
    case LW_Q_TEXT:
    case LW_Q_EDIT:
    case LW_Q_WRITE:
        return "textarea";
    default:
        return NULL;
    }
}

static void add_word(struct lw_studio_control *c, char *word)
{
    c->word = lw_grow(c->word, c->nwords + 1, sizeof *c->word);
    c->word[c->nwords++] = word;
}

static void add_words(
    const struct lw_question *q, bool tied, const json_t *ids, struct lw_studio_control *c)
{
    size_t i;
    json_t *id;
    for (i = 0; i < q->noptions; i++)
        if (!q->option[i].group &&
            (strcmp(c->type, "choices") == 0 || strcmp(c->type, "labels") == 0))
            add_word(c, lw_strdup(q->option[i].path));
    if (q->type == LW_Q_COMPARE)
        json_array_foreach(ids, i, id) add_word(c, lw_strdup(json_string_value(id)));
    if (q->type == LW_Q_COMPARE && strcmp(c->type, "choices") == 0)
        add_word(c, lw_strdup(LW_STUDIO_TIE));
    if (q->type != LW_Q_RANK || !tied)
        return;
    for (i = 0; i < json_array_size(ids); i++)
        add_word(c, lw_format(LW_STUDIO_PLACE "%zu", i + 1));
    add_word(c, lw_strdup(LW_STUDIO_NOT_RANKABLE));
}

static char *object_of(const struct lw_project *p, const struct lw_fields *f,
    const struct lw_question *q, const char *type, size_t item)
{
    if (lw_target_is_keyed(q->on))
        return lw_fields_item(p, f, q->on, item);
    if (strcmp(type, "ranker") == 0)
        return lw_studio_list_name(q);
    if (strcmp(type, "pairwise") != 0)
        return lw_fields_free_name(p, "prompt");
    char *left = lw_fields_item(p, f, LW_ON_RESPONSE, 0);
    char *right = lw_fields_item(p, f, LW_ON_RESPONSE, 1);
    char *both = lw_format("%s,%s", left, right);
    free(left);
    free(right);
    return both;
}

static void add_control(const struct lw_project *p, const struct lw_fields *f, size_t question,
    size_t item, struct lw_studio_config *to)
{
    const struct lw_question *q = &p->question[question];
    const json_t *ids = f->ids[LW_ON_RESPONSE];
    bool keyed = lw_target_is_keyed(q->on), tied = f->tied[question];
    const char *type = type_of(q, json_array_size(ids) == 2 && !tied);
    bool in_turns = q->type == LW_Q_SPANS && q->on == LW_ON_PROMPT && f->conversation;
    if (!type || in_turns) /* spans of a conversation are of one of its turns there */
        return;
    struct lw_studio_control c = {.type = lw_strdup(type),
        .to = object_of(p, f, q, type, item),
        .many = q->type == LW_Q_TAGS};
    c.name =
        keyed ? lw_format("%s_%s", q->name, json_string_value(json_array_get(f->ids[q->on], item)))
              : lw_strdup(q->name);
    add_words(q, tied, ids, &c);
    to->control = lw_grow(to->control, to->ncontrols + 1, sizeof *to->control);
    to->control[to->ncontrols++] = c;
}

void lw_studio_controls(
    const struct lw_project *p, const struct lw_fields *f, struct lw_studio_config *to)
{
    *to = (struct lw_studio_config){0};
    for (size_t i = 0; i < p->nquestions && i < LW_QUESTIONS_MAX; i++) {
        enum lw_target on = p->question[i].on;
        size_t n = lw_target_is_keyed(on) ? json_array_size(f->ids[on]) : 1;
        for (size_t item = 0; item < n; item++)
            add_control(p, f, i, item, to);
    }
}

/* ---- XML */

/* Characters that XML cannot hold become U+FFFD. */
static void add_escaped(struct lw_buf *to, const char *s)
{
    static const struct {
        char c;
        const char *as;
    } escapes[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\n', "&#10;"},
        {'\t', "&#9;"}, {'\r', "&#13;"}};
    for (; *s; s++) {
        size_t i = 0, n = sizeof escapes / sizeof *escapes;
        while (i < n && escapes[i].c != *s)
            i++;
        if (i < n)
            lw_buf_str(to, escapes[i].as);
        else if ((unsigned char)*s < ' ')
            lw_buf_str(to, "\xef\xbf\xbd");
        else
            lw_buf_char(to, *s);
    }
}

static void add_attribute(struct lw_buf *to, const char *name, const char *value)
{
    lw_buf_fmt(to, " %s=\"", name);
    add_escaped(to, value);
    lw_buf_char(to, '"');
}

static void add_number(struct lw_buf *to, const char *name, int64_t value)
{
    lw_buf_fmt(to, " %s=\"%" PRId64 "\"", name, value);
}

static void add_header(struct lw_buf *to, const char *text)
{
    lw_buf_str(to, "  <Header");
    add_attribute(to, "value", text);
    lw_buf_str(to, "/>\n");
}

static void add_object(struct lw_buf *to, const char *tag, const char *name, const char *more)
{
    char *value = lw_format("$%s", name);
    lw_buf_fmt(to, "  <%s", tag);
    add_attribute(to, "name", name);
    add_attribute(to, "value", value);
    lw_buf_fmt(to, "%s/>\n", more);
    free(value);
}

static void add_choice(struct lw_buf *to, const char *word, const struct lw_option *o)
{
    lw_buf_str(to, "    <Choice");
    add_attribute(to, "value", o ? o->label : word);
    if (o && strcmp(o->label, word) != 0)
        add_attribute(to, "alias", word);
    if (o && o->help)
        add_attribute(to, "hint", o->help);
    lw_buf_str(to, "/>\n");
}

static void add_choices(
    struct lw_buf *to, const struct lw_question *q, const struct lw_studio_control *c)
{
    lw_buf_fmt(to, " choice=\"%s\" showInline=\"true\">\n", c->many ? "multiple" : "single");
    for (size_t i = 0; i < c->nwords; i++)
        add_choice(to, c->word[i], lw_option_find(q, c->word[i]));
    lw_buf_str(to, "  </Choices>\n");
}

/* A path of its values is what a taxonomy writes into a result. */
static void add_taxonomy(
    struct lw_buf *to, const struct lw_question *q, const struct lw_studio_control *c)
{
    (void)c;
    lw_buf_str(to, ">\n");
    for (size_t i = 0; i < q->noptions; i++) {
        const struct lw_option *o = &q->option[i];
        const char *slash = strrchr(o->path, '/');
        int next = i + 1 < q->noptions ? q->option[i + 1].depth : 0;
        lw_buf_str(to, "    <Choice");
        add_attribute(to, "value", slash ? slash + 1 : o->path);
        if (o->help)
            add_attribute(to, "hint", o->help);
        lw_buf_str(to, next > o->depth ? ">\n" : "/>\n");
        for (int depth = o->depth; depth > next; depth--)
            lw_buf_str(to, "    </Choice>\n");
    }
    lw_buf_str(to, "  </Taxonomy>\n");
}

static void add_buckets(
    struct lw_buf *to, const struct lw_question *q, const struct lw_studio_control *c)
{
    (void)q;
    lw_buf_str(to, c->nwords ? ">\n" : "/>\n");
    for (size_t i = 0; i < c->nwords; i++) {
        lw_buf_str(to, "    <Bucket");
        add_attribute(to, "name", c->word[i]);
        add_attribute(to, "title", c->word[i]);
        lw_buf_str(to, "/>\n");
    }
    lw_buf_str(to, c->nwords ? "  </Ranker>\n" : "");
}

static void add_labels(
    struct lw_buf *to, const struct lw_question *q, const struct lw_studio_control *c)
{
    lw_buf_str(to, ">\n");
    for (size_t i = 0; i < c->nwords; i++) {
        const struct lw_option *o = lw_option_find(q, c->word[i]);
        lw_buf_str(to, "    <Label");
        add_attribute(to, "value", c->word[i]);
        if (o && o->help)
            add_attribute(to, "hint", o->help);
        lw_buf_str(to, "/>\n");
    }
    lw_buf_str(to, "  </Labels>\n");
}

static void add_stars(
    struct lw_buf *to, const struct lw_question *q, const struct lw_studio_control *c)
{
    (void)c;
    add_number(to, "maxRating", q->scale.max);
    lw_buf_str(to, "/>\n");
}

static void add_range(
    struct lw_buf *to, const struct lw_question *q, const struct lw_studio_control *c)
{
    (void)c;
    add_number(to, "min", q->scale.min);
    add_number(to, "max", q->scale.max);
    lw_buf_str(to, " step=\"1\"/>\n");
}

static void add_area(
    struct lw_buf *to, const struct lw_question *q, const struct lw_studio_control *c)
{
    (void)q, (void)c;
    lw_buf_str(to, " rows=\"4\" maxSubmissions=\"1\" editable=\"true\"/>\n");
}

static void add_nothing(
    struct lw_buf *to, const struct lw_question *q, const struct lw_studio_control *c)
{
    (void)q, (void)c;
    lw_buf_str(to, "/>\n");
}

static const struct {
    const char *type, *tag;
    void (*rest)(struct lw_buf *to, const struct lw_question *q, const struct lw_studio_control *c);
} tags[] = {
    {"rating", "Rating", add_stars},
    {"number", "Number", add_range},
    {"choices", "Choices", add_choices},
    {"taxonomy", "Taxonomy", add_taxonomy},
    {"textarea", "TextArea", add_area},
    {"pairwise", "Pairwise", add_nothing},
    {"ranker", "Ranker", add_buckets},
    {"labels", "Labels", add_labels},
};

static void add_control_tag(
    struct lw_buf *to, const struct lw_question *q, const struct lw_studio_control *c)
{
    size_t i = 0;
    while (strcmp(tags[i].type, c->type) != 0)
        i++;
    add_header(to, q->label ? q->label : q->name);
    if (q->type == LW_Q_RANK)
        add_object(to, "List", c->to, "");
    lw_buf_fmt(to, "  <%s", tags[i].tag);
    add_attribute(to, "name", c->name);
    add_attribute(to, "toName", c->to);
    lw_buf_str(to, q->required ? " required=\"true\"" : "");
    tags[i].rest(to, q, c);
}

/* The controls of the questions about one item, or about the task as a whole. */
static void add_controls(const struct lw_project *p, const struct lw_fields *f,
    const struct lw_studio_config *c, int on, size_t item, struct lw_buf *to)
{
    for (size_t i = 0; i < p->nquestions; i++) {
        const struct lw_question *q = &p->question[i];
        bool keyed = lw_target_is_keyed(q->on);
        if (keyed ? (int)q->on != on : on >= 0)
            continue;
        char *name = keyed ? lw_format("%s_%s", q->name,
                                 json_string_value(json_array_get(f->ids[q->on], item)))
                           : lw_strdup(q->name);
        const struct lw_studio_control *there = lw_studio_control(c, name);
        if (there)
            add_control_tag(to, q, there);
        free(name);
    }
}

static void add_items(const struct lw_project *p, const struct lw_fields *f,
    const struct lw_studio_config *c, enum lw_target on, struct lw_buf *to)
{
    for (size_t i = 0; i < json_array_size(f->ids[on]); i++) {
        char *name = lw_fields_item(p, f, on, i);
        add_header(to, name);
        add_object(to, "Text", name, "");
        add_controls(p, f, c, (int)on, i, to);
        free(name);
    }
}

void lw_studio_write_config(const struct lw_project *p, const struct lw_fields *f,
    const struct lw_studio_config *c, struct lw_buf *to)
{
    char *prompt = lw_fields_free_name(p, "prompt"),
         *reference = lw_fields_free_name(p, "reference");
    lw_buf_str(to, "<View>\n");
    if (f->conversation)
        add_object(
            to, "Paragraphs", prompt, " layout=\"dialogue\" nameKey=\"role\" textKey=\"text\"");
    else
        add_object(to, "Text", prompt, "");
    for (int on = 0; on < LW_FIELD_TARGETS; on++)
        add_items(p, f, c, (enum lw_target)on, to);
    if (f->reference)
        add_object(to, "Text", reference, "");
    add_controls(p, f, c, -1, 0, to);
    lw_buf_str(to, "</View>\n");
    free(prompt);
    free(reference);
}
