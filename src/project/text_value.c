/* Answers that are texts: made, read, and finished. A draft may contain one that is still being
 * typed, with "open": true. What they may be is said by question_text.c and question_write.c. */
#include "labelwright/project/question.h"

#include "labelwright/text/utf8.h"

/* jansson's own look at each character takes several times as long. */
static json_t *string_of(struct lw_span text)
{
    const char *s = text.n ? text.s : "";
    return lw_utf8_valid(s, text.n, NULL) ? json_stringn_nocheck(s, text.n) : NULL;
}

/* The one of `before` where it is the same: a long one is not copied and checked for every key. */
static json_t *original_of(const json_t *before, struct lw_span original)
{
    json_t *had = json_object_get(before, "original");
    struct lw_span text = {json_string_value(had), json_string_length(had)};
    return had && lw_span_is_same(text, original) ? json_incref(had) : string_of(original);
}

json_t *lw_edit_value(
    const json_t *before, struct lw_span original, const char *text, size_t n, bool open)
{
    json_t *value = json_object();
    json_object_set_new(value, "original", original_of(before, original));
    json_object_set_new(value, "text", string_of((struct lw_span){text, n}));
    if (open)
        json_object_set_new(value, "open", json_true());
    return value;
}

json_t *lw_text_value(const char *text, size_t n, bool open)
{
    return open ? json_pack("{s:s%,s:b}", "text", text, n, "open", 1) : json_stringn(text, n);
}

struct lw_span lw_text_of(const json_t *value)
{
    if (json_is_object(value))
        value = json_object_get(value, "text");
    return (struct lw_span){json_string_value(value), json_string_length(value)};
}

bool lw_edit_is_open(const json_t *value)
{
    return json_is_true(json_object_get(value, "open"));
}

bool lw_edit_is_same(const json_t *value)
{
    return json_equal(json_object_get(value, "original"), json_object_get(value, "text"));
}

json_t *lw_text_closed(const struct lw_question *q, const json_t *value)
{
    if (!lw_edit_is_open(value) || q->type == LW_Q_RANK) /* the keys that are missing decide */
        return json_incref((json_t *)value);
    json_t *closed = json_copy((json_t *)value);
    json_object_del(closed, "open");
    if ((q->type != LW_Q_TEXT && q->type != LW_Q_WRITE) || json_object_size(closed) != 1)
        return closed;
    json_t *text = json_incref(json_object_get(closed, "text"));
    json_decref(closed);
    return text;
}
