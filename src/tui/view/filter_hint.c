/* What could be typed next in the filter line of the task list: names, options, comparisons. The
 * filter itself is the sitting's (filter.c). */
#define _GNU_SOURCE
#include "tui/view/view_internal.h"

#include <inttypes.h>
#include <string.h>

/* Words that begin with what was typed. */
struct fits {
    const char *typed;
    size_t len;
    struct lw_buf *hint, *more;
};

static void try_word(struct fits *f, const char *word)
{
    if (strncasecmp(word, f->typed, f->len) != 0)
        return;
    if (f->hint->len == 0)
        lw_buf_str(f->more, word + f->len);
    lw_buf_fmt(f->hint, "%s%s", f->hint->len ? ", " : "", word);
}

static const struct lw_question *question_of(const struct lw_project *p, const char *name, size_t n)
{
    while (n > 0 && name[n - 1] == ' ')
        n--;
    for (size_t i = 0; i < p->nquestions; i++) {
        const struct lw_question *q = &p->question[i];
        if ((strlen(q->name) == n && strncasecmp(q->name, name, n) == 0) ||
            (strlen(q->label) == n && strncasecmp(q->label, name, n) == 0))
            return q;
    }
    return NULL;
}

/* The clause being typed: after the last "and". */
static const char *clause_of(const char *typed, bool *first)
{
    const char *at = typed;
    for (const char *next; (next = strcasestr(at, " and "));)
        at = next + strlen(" and ");
    *first = at == typed;
    return at + strspn(at, " ");
}

static void hint_names(const struct lw_project *p, struct fits *f, bool first)
{
    for (size_t i = 0; i < p->nquestions; i++)
        try_word(f, p->question[i].name);
    for (const char *const *name = lw_filter_names(); first && *name; name++)
        try_word(f, *name);
}

static void hint_options(const struct lw_question *q, struct fits *f)
{
    for (size_t i = 0; i < q->noptions; i++)
        if (!q->option[i].group)
            try_word(f, q->option[i].path);
}

/* What can follow the name of a question. */
static void hint_test(const struct lw_question *q, const char *rest, struct fits *f)
{
    const char *comma = strrchr(rest, ',');
    const char *last = comma ? comma + 1 : rest + strspn(rest, ":=");
    switch (q->type) {
    case LW_Q_RATING:
        lw_buf_fmt(f->hint, LW_VIEW_FILTER_RATING, q->name, q->scale.min, q->scale.max);
        break;
    case LW_Q_CHOICE:
    case LW_Q_TAGS:
        f->typed = last + strspn(last, " ");
        f->len = strlen(f->typed);
        hint_options(q, f);
        break;
    case LW_Q_COMPARE:
    case LW_Q_RANK:
        lw_buf_fmt(f->hint, LW_VIEW_FILTER_ANY, q->name);
        break;
    default:
        lw_buf_fmt(f->hint, LW_VIEW_FILTER_WORDS, q->name);
    }
}

void lw_filter_hint(const struct lw_app *app, struct lw_buf *hint, struct lw_buf *more)
{
    const struct lw_project *p = lw_sitting_view(app->s)->opts.project;
    bool first;
    const char *clause = clause_of(app->filter.len ? app->filter.data : "", &first);
    size_t name = strcspn(clause, "<>=!:");
    const struct lw_question *q = question_of(p, clause, name);
    struct fits f = {clause, strlen(clause), hint, more};
    if (!q && !clause[name])
        hint_names(p, &f, first);
    else if (q)
        hint_test(q, clause + name, &f);
    if (q && !clause[name] && hint->len && (q->type == LW_Q_TAGS || q->type == LW_Q_CHOICE)) {
        lw_buf_clear(more);
        lw_buf_str(more, ": ");
    }
}
