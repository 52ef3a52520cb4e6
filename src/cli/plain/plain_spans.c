/* Plain mode: spans by their words, as in `1 "the Seine"`, and read aloud one by one. What a span
 * may be, the sitting checks. */
#define _GNU_SOURCE
#include "cli/plain/plain_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/markup/rendering.h"
#include "labelwright/project/spans.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading aloud */

static void add_tags(const struct lw_question *q, const json_t *tags, struct lw_buf *to)
{
    for (size_t i = 0; i < json_array_size(tags); i++) {
        const char *path = json_string_value(json_array_get(tags, i));
        const struct lw_option *o = path ? lw_option_find(q, path) : NULL;
        lw_buf_fmt(to, "%s%s", i ? ", " : "", o ? o->label : "?");
    }
}

/* A line break within one is not the end of its line. */
static void add_span(
    const struct lw_question *q, size_t number, const struct lw_tagged *s, struct lw_buf *to)
{
    lw_buf_fmt(to, "Span %zu, ", number);
    add_tags(q, s->tags, to);
    lw_buf_str(to, ": ");
    for (size_t i = 0; i < s->text.n; i++)
        lw_buf_char(to, s->text.s[i] == '\n' ? ' ' : s->text.s[i]);
    lw_buf_char(to, '\n');
}

void lw_plain_read_spans(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    const struct lw_question *q = &v->opts.project->question[slot.question];
    const struct lw_task_span *about = q->on == LW_ON_SPAN ? &v->task->span[slot.item] : NULL;
    struct lw_tagged one;
    const json_t *value = q->type == LW_Q_SPANS ? lw_plain_marks(s, slot) : NULL;
    for (size_t i = 0; i < json_array_size(value); i++)
        if (lw_spans_get(value, i, &one))
            add_span(q, i + 1, &one, to);
    if (!about)
        return;
    one = (struct lw_tagged){.text = about->text, .tags = json_object_get(about->value, "tags")};
    add_span(&v->opts.project->question[about->question], (size_t)slot.item + 1, &one, to);
}

/* ---- words that were typed */

struct typed_span {
    struct lw_sitting *s;
    struct lw_slot slot;
    const struct lw_question *q;
    struct lw_span text;
    int64_t tag, nth; /* from 1 */
    char *words;
};

static bool refuse(const struct typed_span *t, const char *why)
{
    lw_sitting_notify(t->s, LW_TONE_WARNING, "%s: %s", t->q->label, why);
    return false;
}

/* `2 "words"`, or `2 "words" 3` for the third place where they stand. */
static bool parse(struct typed_span *t, const char *line)
{
    const char *end = strrchr(line, '"');
    t->nth = 1;
    if (!lw_plain_take_number(&line, &t->tag) || *line != '"' || end == line)
        return false;
    t->words = lw_strndup(line + 1, (size_t)(end - line - 1));
    line = end + 1 + strspn(end + 1, " \t");
    return *t->words && (!*line || (lw_plain_take_number(&line, &t->nth) && !*line && t->nth > 0));
}

/* In what the text says, across emphasis and line ends; whatever the case. */
static bool find(const struct typed_span *t, size_t *at, size_t *len)
{
    struct lw_needle needle;
    struct lw_rendering *r = lw_rendering_new(t->text.s, t->text.n,
        lw_is_markdown(t->text.s, t->text.n), (struct lw_reading_opts){.cols = LW_READING_COLS});
    lw_needle_init(&needle, t->words, strlen(t->words));
    bool found = true;
    *at = *len = 0;
    for (int64_t i = 0; i < t->nth && found; i++)
        found = lw_rendering_find(r, &needle, i > 0 ? *at + 1 : 0, at, len);
    lw_needle_fini(&needle);
    lw_rendering_free(r);
    return found;
}

static bool remove_span(const struct typed_span *t, const char *line)
{
    int64_t n;
    if (!lw_plain_take_number(&line, &n) || *line || n < 1 ||
        (size_t)n > json_array_size(lw_plain_marks(t->s, t->slot)))
        return refuse(t, "there is no such span. -2 removes span 2.");
    return lw_plain_set_marks(
        t->s, t->slot, lw_spans_remove(lw_plain_marks(t->s, t->slot), (size_t)n - 1));
}

static bool add(struct typed_span *t)
{
    const struct lw_option *o = lw_plain_option(t->q, t->tag);
    const struct lw_sitting_view *v = lw_sitting_view(t->s);
    size_t at, len;
    char id[LW_ITEM_ID];
    if (!o)
        return refuse(t, "there is no tag with this number.");
    if (!t->text.s || !find(t, &at, &len))
        return refuse(t, t->nth > 1 ? "these words do not stand there so often."
                                    : "these words are not in the text.");
    lw_spans_new_id(v->opts.project, v->answers, id);
    return lw_plain_set_marks(t->s, t->slot,
        lw_spans_add(lw_plain_marks(t->s, t->slot), id, t->text, at, at + len, o->path));
}

bool lw_plain_answer_spans(struct lw_sitting *s, size_t slot, const char *line)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    struct typed_span t = {.s = s, .slot = v->slot[slot]};
    t.q = &v->opts.project->question[t.slot.question];
    t.text = lw_slot_text(v->opts.project, v->task, t.slot);
    bool well;
    if (!*line)
        well = lw_plain_set_marks(t.s, t.slot, json_array());
    else if (*line == '-')
        well = remove_span(&t, line + 1);
    else
        well = parse(&t, line) ? add(&t)
                               : refuse(&t, "give a tag's number and words in quotes: 1 \"words\". "
                                            "1 \"words\" 2: the second place where they stand.");
    free(t.words);
    return well;
}
