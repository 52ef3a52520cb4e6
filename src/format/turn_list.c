/* Lists of texts, one a turn of a conversation: as turns of the user, and as what one model said to
 * each of them. */
#include "format/format_internal.h"
#include "labelwright/base/buf.h"

enum lw_code lw_turn_list_read(
    const json_t *list, const char *name, struct lw_task *to, struct lw_err *err)
{
    if (json_array_size(list) == 0)
        return lw_fail(err, LW_EBAD, "\"%s\" must be a list of texts.", name);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *v = json_array_get(list, i);
        if (!lw_is_plain(v))
            return lw_fail(err, LW_EBAD, "\"%s\": item %zu is not text.", name, i + 1);
        lw_task_add_turn(to, "user", lw_task_text_of(to, v));
    }
    return LW_OK;
}

enum lw_code lw_turn_list_join(const json_t *list, const char *name, struct lw_task *to,
    struct lw_span *text, struct lw_err *err)
{
    size_t n = json_array_size(list);
    struct lw_buf b = {0};
    enum lw_code code = n ? LW_OK : lw_fail(err, LW_EBAD, "\"%s\" must be a list of texts.", name);
    for (size_t i = 0; i < n && code == LW_OK; i++) {
        const json_t *v = json_array_get(list, i);
        if (!lw_is_plain(v) && !json_is_null(v)) {
            code = lw_fail(err, LW_EBAD, "\"%s\": item %zu is not text.", name, i + 1);
            continue;
        }
        struct lw_span one = json_is_null(v) ? (struct lw_span){"", 0} : lw_task_text_of(to, v);
        if (n > 1)
            lw_buf_fmt(&b, "%sTurn %zu:\n\n", i ? "\n\n" : "", i + 1);
        lw_buf_add(&b, one.s, one.n);
    }
    if (code == LW_OK)
        *text = lw_task_add_text(to, b.data ? b.data : "", b.len);
    lw_buf_fini(&b);
    return code;
}
