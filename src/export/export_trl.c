/* TRL: {"prompt","chosen","rejected"}, {"prompt","completion","label"}, {"prompt","completion"}. */
#include "export/export_internal.h"

bool lw_trl_takes(struct lw_export_state *x, const struct lw_task *t)
{
    if (t->nturns > 0)
        return true;
    lw_export_lose(x, x->with->empty_prompt ? LW_LOSS_EMPTY : LW_LOSS_NO_PROMPT);
    return x->with->empty_prompt;
}

void lw_trl_pair(struct lw_export_state *x, const struct lw_task *t,
    const struct lw_response *better, const struct lw_response *worse)
{
    const struct lw_shaped side[] = {{"chosen", better}, {"rejected", worse}};
    lw_shape_line(x, t, side, 2, NULL);
}

void lw_trl_kto(
    struct lw_export_state *x, const struct lw_task *t, const struct lw_response *r, bool good)
{
    lw_shape_line(x, t, &(struct lw_shaped){"completion", r}, 1, good ? "true" : "false");
}

void lw_trl_sft(
    struct lw_export_state *x, const struct lw_task *t, const struct lw_response *r, bool good)
{
    (void)good;
    lw_shape_line(x, t, &(struct lw_shaped){"completion", r}, 1, NULL);
}
