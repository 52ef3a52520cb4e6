/* Spans that Prodigy or doccano marked in a text, as suggestions for a question called "spans"
 * about the prompt. They count characters; ours count bytes. */
#include "format/former_labels_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

enum { WORK_MAX = 64 * 1024 * 1024 }; /* spans times bytes: a hostile record must not take long */

struct former_span {
    size_t start, end; /* bytes */
    const json_t *label;
};

/* The byte where the n-th character begins; text.n + 1 beyond the end. */
static size_t byte_of(struct lw_span text, json_int_t n)
{
    size_t at = 0;
    for (; n > 0 && at < text.n; n--)
        do
            at++;
        while (at < text.n && ((unsigned char)text.s[at] & 0xC0) == 0x80);
    return n == 0 ? at : text.n + 1;
}

/* [0, 12, "PER"], {"start", "end", "label"}, {"start_offset", "end_offset", "label"}. */
static bool read_span(const json_t *v, struct lw_span text, struct former_span *to)
{
    const json_t *start = json_is_array(v)          ? json_array_get(v, 0)
                          : lw_json_get(v, "start") ? lw_json_get(v, "start")
                                                    : lw_json_get(v, "start_offset");
    const json_t *end = json_is_array(v)        ? json_array_get(v, 1)
                        : lw_json_get(v, "end") ? lw_json_get(v, "end")
                                                : lw_json_get(v, "end_offset");
    to->label = json_is_array(v) ? json_array_get(v, 2) : lw_json_get(v, "label");
    if (!json_is_integer(start) || !json_is_integer(end) || !json_is_string(to->label) ||
        json_integer_value(start) < 0)
        return false;
    to->start = byte_of(text, json_integer_value(start));
    to->end = byte_of(text, json_integer_value(end));
    return to->start < to->end && to->end <= text.n;
}

/* As they stand in an answer: by their beginnings, the longer one first. */
static int by_place(const void *a, const void *b)
{
    const struct former_span *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end);
}

static void add_span(json_t *to, struct lw_span text, const struct former_span *s, bool same)
{
    json_t *last = json_array_get(to, json_array_size(to) - 1);
    json_t *label = lw_former_option(s->label);
    if (same && last) {
        json_array_append_new(json_object_get(last, "tags"), label);
        return;
    }
    char *id = lw_format("s%zu", json_array_size(to) + 1);
    json_array_append_new(
        to, json_pack("{s:s, s:I, s:I, s:o, s:[o]}", "id", id, "start", (json_int_t)s->start, "end",
                (json_int_t)s->end, "text", json_stringn(text.s + s->start, s->end - s->start),
                "tags", label));
    free(id);
}

/* NULL when one of them is none. New. */
static json_t *read_spans(const json_t *list, struct lw_span text)
{
    size_t n = json_array_size(list), i = 0;
    struct former_span *v = lw_alloc((n + 1) * sizeof *v);
    bool few = n <= WORK_MAX / (text.n + 1);
    while (few && i < n && read_span(json_array_get(list, i), text, &v[i]))
        i++;
    json_t *to = n > 0 && i == n ? json_array() : NULL;
    if (to)
        qsort(v, n, sizeof *v, by_place);
    for (i = 0; to && i < n; i++)
        add_span(
            to, text, &v[i], i > 0 && v[i].start == v[i - 1].start && v[i].end == v[i - 1].end);
    free(v);
    return to;
}

void lw_former_spans_read(const json_t *record, struct lw_task *to)
{
    static const char *const names[] = {"spans", "entities", "label", "labels"};
    const json_t *text = lw_json_get(record, "text");
    json_t *found = NULL;
    bool whole = to->nturns == 1 && to->nresponses == 0 && json_is_string(text) &&
                 to->turn[0].text.n == json_string_length(text) && !to->suggestions;
    for (size_t i = 0; whole && !found && i < sizeof names / sizeof *names; i++)
        found = read_spans(lw_json_get(record, names[i]), to->turn[0].text);
    if (!found)
        return;
    if (!to->made)
        to->made = json_array();
    json_t *suggestions = json_pack("{s:o}", "spans", found);
    json_array_append_new(to->made, suggestions);
    to->suggestions = suggestions;
}
