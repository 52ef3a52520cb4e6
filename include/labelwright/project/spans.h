/* Spans: pieces of a text that were marked and tagged, as one answer. Pure.
 *
 * An answer is an array of {"id": "s1", "start": 4, "end": 9, "text": "Paris", "tags": ["place"]}:
 * byte offsets in the text that the question is about, at borders of what a reader takes for one
 * character; the bytes between them; paths of options, one or more. Spans may nest and overlap. An
 * id is unique among all spans of a label; it stays when others come and go, because answers about
 * a span go by it. */
#ifndef LABELWRIGHT_PROJECT_SPANS_H
#define LABELWRIGHT_PROJECT_SPANS_H

#include "labelwright/format/task.h"
#include "labelwright/project/project.h"

enum { LW_SPANS_MAX = 10000 /* in one answer */ };

/* One of them; borrowed from the value. */
struct lw_tagged {
    const char *id;
    size_t start, end; /* start < end */
    struct lw_span text;
    const json_t *tags; /* an array of strings */
};

/* The i-th span of an answer; false where it has not this form, or there is none. */
bool lw_spans_get(const json_t *value, size_t i, struct lw_tagged *to);

/* The tags of the i-th span, or box: an array of strings; NULL where there is none. Borrowed. */
const json_t *lw_spans_tags(const json_t *value, size_t i);

/* The value with one span more, at its place by `start`; the outer one first. `value` may be NULL;
 * it stays as it is: these return a new reference. */
json_t *lw_spans_add(const json_t *value, const char *id, struct lw_span text, size_t start,
    size_t end, const char *tag);
json_t *lw_spans_remove(const json_t *value, size_t i);

/* With this tag instead of those that the i-th one has; `more`: beside them, or without it where it
 * has it among others. */
json_t *lw_spans_tag(const json_t *value, size_t i, const char *tag, bool more);

/* The spans in a text that has changed: where their words still stand, at the same place or at one
 * other only. New; `moved` and `lost` count. */
json_t *lw_spans_find_again(const json_t *value, struct lw_span text, size_t *moved, size_t *lost);

/* "s12": the number of an id; 0 for what is none. */
uint64_t lw_span_number(const char *id);

/* Letters that move and mark while spans are marked, so that no option can have them. */
#define LW_SPAN_KEYS "bnpuvwx"

#endif
