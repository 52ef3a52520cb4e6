/* Questions whose answers are all dates: a loader that guesses types reads such a column as
 * timestamps. */
#include "export/export_internal.h"
#include "labelwright/json/json_members.h"

#include <stdlib.h>
#include <string.h>

/* 0 in `form` is any digit. True when the text begins like this; then *s moves past it. */
static bool take(const char **s, const char *end, const char *form)
{
    size_t n = strlen(form);
    if ((size_t)(end - *s) < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = (*s)[i];
        if (form[i] == '0' ? c < '0' || c > '9' : c != form[i])
            return false;
    }
    *s += n;
    return true;
}

/* As Arrow reads them: 2026-01-05, 2026-01-05T10:11:12Z, with a space instead of T, without seconds
 * or minutes, with +01:00 instead of Z; not with fractions of a second. */
bool lw_export_is_date(const char *s, size_t n)
{
    const char *end = n ? s + n : s;
    if (!take(&s, end, "0000-00-00"))
        return false;
    if (s == end)
        return true;
    if (!take(&s, end, "T00") && !take(&s, end, " 00"))
        return false;
    if (take(&s, end, ":00"))
        take(&s, end, ":00");
    if (take(&s, end, "+00") || take(&s, end, "-00"))
        (void)(take(&s, end, ":00") || take(&s, end, "00"));
    else
        take(&s, end, "Z");
    return s == end;
}

static bool is_date(const struct lw_member *m)
{
    size_t n;
    const char *text = lw_member_plain(m, &n);
    return text && lw_export_is_date(text, n);
}

static bool all_dates(const struct lw_member *answer)
{
    if (answer->value[0] != '{')
        return is_date(answer);
    const char *at = answer->value, *end = at + answer->value_len;
    struct lw_member m;
    bool any = false, all = true;
    while (all && lw_member_next(&at, end, &m))
        any = all = is_date(&m);
    return any && all;
}

void lw_dates_see(struct lw_export_state *x, size_t question, const struct lw_member *answer)
{
    const struct lw_project *p = x->with->project;
    if (p->question[question].type != LW_Q_TEXT)
        return;
    if (!x->not_dates)
        x->not_dates = lw_alloc(p->nquestions * sizeof *x->not_dates);
    if (!x->not_dates[question])
        x->not_dates[question] = !answer || !all_dates(answer);
}

enum lw_code lw_dates_end(struct lw_export_state *x, struct lw_err *err)
{
    (void)err;
    const struct lw_project *p = x->with->project;
    for (size_t i = 0; x->not_dates && i < p->nquestions; i++)
        if (p->question[i].type == LW_Q_TEXT && !x->not_dates[i])
            lw_export_lose(x, LW_LOSS_DATES);
    return LW_OK;
}
