/* Spans for tools that count characters (Unicode code points) where ours are bytes. */
#include "export/export_internal.h"
#include "labelwright/project/spans.h"

/* Code points that begin in [from, to): those bytes that go on with none. */
static json_int_t count(const char *s, size_t from, size_t to)
{
    json_int_t n = 0;
    for (; from < to; from++)
        n += ((unsigned char)s[from] & 0xC0) != 0x80;
    return n;
}

/* They stand in order of their start, so each text is counted once, and each span. */
json_t *lw_spans_in_characters(const json_t *value, struct lw_span text)
{
    json_t *to = json_array();
    struct lw_tagged s;
    size_t at = 0;
    json_int_t before = 0;
    for (size_t i = 0; lw_spans_get(value, i, &s) && s.end <= text.n; i++) {
        before += s.start >= at ? count(text.s, at, s.start) : -count(text.s, s.start, at);
        at = s.start;
        json_t *one = json_copy(json_array_get(value, i));
        json_object_set_new(one, "start", json_integer(before));
        json_object_set_new(one, "end", json_integer(before + count(text.s, s.start, s.end)));
        json_array_append_new(to, one);
    }
    return to;
}
