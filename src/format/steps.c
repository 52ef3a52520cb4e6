/* Steps of a response while a task is made: from a list, from lines, and back to one text. Which
 * member holds them is decided in format_*.c. */
#include "format/format_internal.h"
#include "labelwright/base/buf.h"

#include <string.h>

enum lw_code lw_steps_read(
    const json_t *list, const char *name, int response, struct lw_task *to, struct lw_err *err)
{
    if (!json_is_array(list))
        return lw_fail(err, LW_EBAD, "\"%s\" must be a list of texts.", name);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *step = json_array_get(list, i), *text = step;
        if (json_is_object(step))
            text = lw_json_get(step, "text");
        if (!json_is_string(text))
            return lw_fail(err, LW_EBAD, "\"%s\": step %zu is not text.", name, i + 1);
        lw_task_add_step(to, response, lw_span_of(text));
    }
    if (json_array_size(list) == 0)
        return lw_fail(err, LW_EBAD, "\"%s\" is an empty list.", name);
    return LW_OK;
}

void lw_task_join_steps(struct lw_task *to, int response)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < to->nsteps; i++) {
        const struct lw_task_step *step = &to->step[i];
        if (step->response != response || step->other > 0)
            continue;
        lw_buf_str(&b, b.len ? "\n" : "");
        lw_buf_add(&b, step->text.s, step->text.n);
    }
    to->response[response].text = lw_task_add_text(to, b.data, b.len);
    lw_buf_fini(&b);
}

void lw_task_add_lines_as_steps(struct lw_task *to, int response)
{
    struct lw_span text = to->response[response].text;
    for (size_t at = 0; at < text.n;) {
        const char *end = memchr(text.s + at, '\n', text.n - at);
        size_t n = end ? (size_t)(end - text.s) - at : text.n - at;
        if (n > 0)
            lw_task_add_step(to, response, (struct lw_span){text.s + at, n});
        at += n + 1;
    }
}

void lw_task_add_result(struct lw_task *to, int response, const json_t *result)
{
    json_t *parts = json_array(), *name = json_string("answer");
    lw_part_add(parts, LW_PART_OTHER, name, result);
    to->response[response].parts = lw_task_add_parts(to, parts);
    json_decref(name);
}

struct lw_span lw_task_join_members(
    const json_t *object, const char *const *names, size_t n, struct lw_task *to)
{
    struct lw_buf b = {0};
    struct lw_span joined = {NULL, 0};
    for (size_t i = 0; i < n; i++) {
        const json_t *v = lw_json_get(object, names[i]);
        if (!lw_is_plain(v))
            continue;
        struct lw_span text = lw_task_text_of(to, v);
        lw_buf_str(&b, b.len ? "\n\n" : "");
        lw_buf_add(&b, text.s, text.n);
    }
    if (b.len)
        joined = lw_task_add_text(to, b.data, b.len);
    lw_buf_fini(&b);
    return joined;
}
