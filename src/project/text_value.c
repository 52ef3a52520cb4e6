/* Answers that are texts: made, read, and finished. A draft may contain one that is still being
 * typed, with "open": true. What they may be is said by question_text.c and question_write.c. */
#include "labelwright/project/question.h"

json_t *lw_edit_value(struct lw_span original, const char *text, size_t n, bool open)
{
    json_t *value = json_object();
    json_object_set_new(value, "original", json_stringn(original.n ? original.s : "", original.n));
    json_object_set_new(value, "text", json_stringn(n ? text : "", n));
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
