/* How far the quotas of a choice are met: what the rule above it says, and the mark and the numbers
 * beside its options. The options themselves are view_question.c's and view_picker.c's. */
#include "tui/view/view_internal.h"

#include <stdio.h>
#include <string.h>

static size_t focused(const struct lw_app *app)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    return v->slot[v->focus].question;
}

bool lw_view_is_full(const struct lw_app *app, size_t question, size_t option)
{
    struct lw_quota q;
    return lw_sitting_quota(app->s, question, option, &q) && q.done >= q.wanted;
}

void lw_view_quota_numbers(const struct lw_app *app, size_t option, char to[LW_QUOTA_COLS])
{
    struct lw_quota q;
    to[0] = '\0';
    if (lw_sitting_quota(app->s, focused(app), option, &q))
        snprintf(to, LW_QUOTA_COLS, LW_VIEW_QUOTA, (unsigned long long)q.done,
            (unsigned long long)q.wanted);
}

/* The option in question: in the list the one that is marked, else the answer. */
static const struct lw_option *option_in_question(const struct lw_app *app)
{
    const struct lw_question *q = lw_app_question(app);
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    if (app->over == LW_OVERLAY_PICKER)
        return &q->option[app->picker_at];
    const json_t *value = lw_answer_get(v->opts.project, v->task, v->answers, v->slot[v->focus]);
    return json_is_string(value) ? lw_option_find(q, json_string_value(value)) : NULL;
}

void lw_view_quotas(const struct lw_app *app, struct lw_buf *to)
{
    struct lw_quota all;
    if (lw_app_question(app)->type != LW_Q_CHOICE || !lw_sitting_quotas(app->s, focused(app), &all))
        return;
    char numbers[LW_QUOTA_COLS] = "";
    const struct lw_option *o = option_in_question(app);
    size_t option = o ? (size_t)(o - lw_app_question(app)->option) : 0;
    if (o)
        lw_view_quota_numbers(app, option, numbers);
    if (numbers[0])
        lw_buf_fmt(to, LW_VIEW_QUOTA_OF, o->label, numbers,
            lw_view_is_full(app, focused(app), option) ? LW_VIEW_QUOTA_FULL : "");
    lw_buf_fmt(to, LW_VIEW_QUOTA_ALL, (unsigned long long)all.done, (unsigned long long)all.wanted);
}
