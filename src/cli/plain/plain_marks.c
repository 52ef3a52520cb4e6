/* Plain mode: what spans and boxes have in common. A typed line changes the list of them, and the
 * sitting says whether it may be so. */
#include "cli/plain/plain_internal.h"

#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

const json_t *lw_plain_marks(const struct lw_sitting *s, struct lw_slot slot)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    return lw_answer_get(v->opts.project, v->task, v->answers, slot);
}

bool lw_plain_set_marks(struct lw_sitting *s, struct lw_slot slot, json_t *value)
{
    char *json = json_dumps(value, JSON_COMPACT);
    lw_sitting_run(
        s, &(struct lw_command){.id = LW_CMD_SPANS, .text = json, .len = json ? strlen(json) : 0});
    const json_t *now = lw_plain_marks(s, slot);
    bool taken = json_equal(value, now) || (json_array_size(value) == 0 && !now);
    free(json);
    json_decref(value);
    return taken;
}

const struct lw_option *lw_plain_option(const struct lw_question *q, int64_t number)
{
    for (size_t i = 0; i < q->noptions && number > 0; i++)
        if (!q->option[i].group && --number == 0)
            return &q->option[i];
    return NULL;
}

bool lw_plain_take_number(const char **s, int64_t *to)
{
    size_t n = strspn(*s, "0123456789");
    if (n == 0 || !lw_number_parse(*s, n, to))
        return false;
    *s += n;
    *s += strspn(*s, " ,\t");
    return true;
}
