/* Formats that depend on one question: which one that is, and each label that answered it. What an
 * answer becomes is the decider's (export_preference.c, export_step.c). */
#include "export/export_internal.h"
#include "labelwright/json/json_members.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the question */

static const struct lw_question *question_in(
    const struct lw_export_format *f, const struct lw_project *p, const char *name)
{
    const struct lw_question *q = lw_find_question(p, name, strlen(name));
    return q && f->by->rank(f, q) > 0 ? q : NULL;
}

/* Earlier questions count too: their labels are there. */
static const char *check_name(struct lw_export_state *x, const char *name, struct lw_err *err)
{
    const struct lw_export_format *f = x->format;
    const struct lw_project *now = x->with->project, *p = now;
    for (size_t i = 0; p; p = lw_blocks_earlier(x, &i))
        if (question_in(f, p, name))
            return name;
    if (lw_find_question(now, name, strlen(name)))
        lw_fail(err, LW_EUSAGE, "Question \"%s\" does not fit: it must %s.", name, f->by->must(f));
    else
        lw_fail(err, LW_EUSAGE, "No question \"%.60s\" in %s.", name, now->file);
    return NULL;
}

static const char *first_of(const struct lw_export_format *f, const struct lw_project *p)
{
    for (int rank = 1; rank <= LW_RANKS; rank++)
        for (size_t i = 0; i < p->nquestions; i++)
            if (f->by->rank(f, &p->question[i]) == rank)
                return p->question[i].name;
    return NULL;
}

static const char *first_name(struct lw_export_state *x, struct lw_err *err)
{
    const char *name = NULL;
    const struct lw_project *p = x->with->project;
    for (size_t i = 0; p && !name; p = lw_blocks_earlier(x, &i))
        name = first_of(x->format, p);
    if (!name)
        lw_fail(err, LW_EUSAGE,
            "No question in %s %s, so nothing can be exported as %s. Use --format native.",
            x->with->project->file, x->format->by->does, x->format->name);
    return name;
}

enum lw_code lw_export_question_begin(
    struct lw_export_state *x, const struct lw_submitted *labels, size_t n, struct lw_err *err)
{
    (void)labels, (void)n;
    const char *name = x->with->question;
    x->deciding = name ? check_name(x, name, err) : first_name(x, err);
    return x->deciding ? LW_OK : LW_EUSAGE;
}

/* ---- each label */

/* The project as it was for this label, if it asked the question; else NULL, counted. */
static const struct lw_project *find_question(struct lw_export_state *x)
{
    const struct lw_project *p = lw_label_questions(x);
    x->question = p ? question_in(x->format, p, x->deciding) : NULL;
    if (!p)
        lw_export_lose(x, LW_LOSS_UNREADABLE_ASKED);
    else if (p != x->with->project)
        lw_export_lose(x, LW_LOSS_EARLIER);
    if (p && !x->question) {
        const char *other = first_of(x->format, p);
        lw_export_lose(x, LW_LOSS_UNASKED);
        if (other && !x->report->instead[0])
            snprintf(x->report->instead, sizeof x->report->instead, "%s", other);
    }
    return x->question ? p : NULL;
}

static void add_label(struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err)
{
    x->asked = find_question(x);
    struct lw_task *t = x->asked ? lw_export_task(x, s, err) : NULL;
    json_t *answers = t ? lw_label_answers(x, x->asked) : NULL;
    if (t)
        x->format->by->add(x, t, answers);
    json_decref(answers);
    lw_task_free(t);
}

enum lw_code lw_export_question_each(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err)
{
    struct lw_err failed = {0};
    if (s->skip) {
        lw_export_lose(x, LW_LOSS_SKIPPED);
        return LW_OK;
    }
    if (lw_export_line(x, s, &failed))
        add_label(x, s, &failed);
    return failed.code == LW_OK ? LW_OK : lw_fail(err, failed.code, "%s", failed.text);
}
