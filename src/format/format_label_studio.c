/* Tasks of a Label Studio project with any member names: every text is shown, after its name. It
 * takes any record, so it is tried only inside the object that Label Studio wraps tasks in. */
#include "format/format_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/format/member_use.h"

enum { DEPTH_MAX = 4 };

static void add_texts(const char *name, const json_t *v, int depth, struct lw_buf *to)
{
    const char *member;
    json_t *one;
    if (json_is_string(v) && json_string_length(v)) {
        lw_buf_fmt(to, "%s%s:\n\n", to->len ? "\n\n" : "", name);
        lw_buf_add(to, json_string_value(v), json_string_length(v));
    }
    if (depth == DEPTH_MAX)
        return;
    for (size_t i = 0; i < json_array_size(v); i++)
        add_texts(name, json_array_get(v, i), depth + 1, to);
    if (json_is_object(v))
        json_object_foreach((json_t *)v, member, one)
        {
            if (lw_member_use_of(member) != LW_USE_METADATA)
                add_texts(member, one, depth + 1, to);
        }
}

static bool gather(const json_t *record, struct lw_buf *to)
{
    add_texts("", record, 0, to);
    return to->len > 0;
}

static bool fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    struct lw_buf b = {0};
    bool fits = gather(record, &b);
    lw_buf_fini(&b);
    return fits;
}

static enum lw_code read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    struct lw_buf b = {0};
    bool any = gather(record, &b);
    if (any)
        lw_task_add_turn(to, "user", lw_task_add_text(to, b.data, b.len));
    lw_buf_fini(&b);
    return any ? LW_OK : lw_fail(err, LW_EBAD, "There is no text in this task.");
}

const struct lw_format lw_format_label_studio = {
    .name = "label-studio",
    .fits = fits,
    .read = read,
    .id_member = "id",
    .unguessed = true,
};
