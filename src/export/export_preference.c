/* Formats that depend on one question: which of two responses is better, which are good, or how
 * they were corrected. A comparison, a rating or a correction becomes a pair or single responses
 * here, and the format writes them (`pair`, `one`); how they look is the format's. */
#include "export/export_internal.h"
#include "labelwright/answers/answers.h"
#include "labelwright/json/json_members.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the question */

static bool compares(const struct lw_question *q)
{
    return q->type == LW_Q_COMPARE && q->on == LW_ON_TASK;
}

/* A rating of the whole task makes no pair. */
static bool rates(const struct lw_export_format *f, const struct lw_question *q)
{
    return q->type == LW_Q_RATING &&
           (q->on == LW_ON_RESPONSE || (q->on == LW_ON_TASK && f->one != NULL));
}

static bool corrects(const struct lw_question *q)
{
    return q->type == LW_Q_EDIT && q->on == LW_ON_RESPONSE;
}

static bool decides(const struct lw_export_format *f, const struct lw_question *q)
{
    return compares(q) || rates(f, q) || corrects(q);
}

static const struct lw_question *question_in(
    const struct lw_export_format *f, const struct lw_project *p, const char *name)
{
    const struct lw_question *q = lw_find_question(p, name, strlen(name));
    return q && decides(f, q) ? q : NULL;
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
        lw_fail(err, LW_EUSAGE,
            "Question \"%s\" does not fit: it must compare responses%s, or correct them.", name,
            f->one ? ", rate them" : ", rate each of them");
    else
        lw_fail(err, LW_EUSAGE, "No question \"%.60s\" in %s.", name, now->file);
    return NULL;
}

/* A comparison says more about a pair than two ratings. For text to imitate, a correction is best.
 * 0: not for this format. */
static int rank_of(const struct lw_export_format *f, const struct lw_question *q)
{
    if (corrects(q))
        return f->good_only ? 1 : 3;
    return (compares(q) ? 1 : rates(f, q) ? 2 : 0) + (f->good_only && decides(f, q));
}

static const char *first_of(const struct lw_export_format *f, const struct lw_project *p)
{
    for (int rank = 1; rank <= 3; rank++)
        for (size_t i = 0; i < p->nquestions; i++)
            if (rank_of(f, &p->question[i]) == rank)
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
            "No question in %s compares, rates or corrects responses, so nothing can be "
            "exported as %s. Use --format native.",
            x->with->project->file, x->format->name);
    return name;
}

enum lw_code lw_preference_begin(
    struct lw_export_state *x, const struct lw_submitted *labels, size_t n, struct lw_err *err)
{
    (void)labels, (void)n;
    const char *name = x->with->question;
    x->deciding = name ? check_name(x, name, err) : first_name(x, err);
    return x->deciding ? LW_OK : LW_EUSAGE;
}

/* ---- the answer */

static const struct lw_response *rated_better(
    const struct lw_scale *s, const struct lw_task *t, const json_t *answer)
{
    json_int_t value[2];
    for (int i = 0; i < 2; i++)
        value[i] = json_integer_value(json_object_get(answer, t->response[i].id));
    if (value[0] == value[1])
        return NULL;
    return &t->response[(value[0] < value[1]) != s->low_is_best];
}

static bool both_rated(const struct lw_task *t, const json_t *answer)
{
    return json_is_integer(json_object_get(answer, t->response[0].id)) &&
           json_is_integer(json_object_get(answer, t->response[1].id));
}

/* The better of the task's two responses; NULL when there is none, which is counted. */
static const struct lw_response *better_of(
    struct lw_export_state *x, const struct lw_task *t, const json_t *answer)
{
    const struct lw_response *better = NULL;
    bool compared = x->question->type == LW_Q_COMPARE;
    const json_t *id = json_object_get(answer, "better");
    enum lw_loss loss = LW_LOSS_NO_PAIR;
    if (compared && json_is_null(id))
        loss = LW_LOSS_TIE;
    else if (compared && t->nresponses == 2 && json_is_string(id))
        better = lw_task_response(t, json_string_value(id));
    else if (!compared && t->nresponses == 2 && both_rated(t, answer)) {
        better = rated_better(&x->question->scale, t, answer);
        loss = LW_LOSS_TIE;
    }
    if (!better)
        lw_export_lose(x, loss);
    return better;
}

static bool have_same_text(const struct lw_response *a, const struct lw_response *b)
{
    if (a->parts || b->parts)
        return a->message && b->message && json_equal(a->message, b->message);
    return a->text.n == b->text.n &&
           (a->text.n == 0 || memcmp(a->text.s, b->text.s, a->text.n) == 0);
}

static void add_pair(struct lw_export_state *x, const struct lw_task *t, const json_t *answer)
{
    const struct lw_response *better = better_of(x, t, answer);
    if (!better || !x->format->accepts(x, t))
        return;
    const struct lw_response *worse = &t->response[better == &t->response[0]];
    if (have_same_text(better, worse))
        lw_export_lose(x, LW_LOSS_SAME);
    if (x->format->pair)
        x->format->pair(x, t, better, worse);
    else
        x->format->one(x, t, better, true);
    if (x->format->one && x->format->good_only)
        lw_export_lose(x, LW_LOSS_WORSE);
    else if (x->format->one)
        x->format->one(x, t, worse, false);
    if (x->question->type != LW_Q_COMPARE ||
        json_integer_value(json_object_get(answer, "strength")) > 0)
        lw_export_lose(x, LW_LOSS_STRENGTH);
}

/* The middle of the scale is neither good nor bad. */
static void add_rated(struct lw_export_state *x, const struct lw_task *t,
    const struct lw_response *r, const json_t *v)
{
    int64_t worth = lw_scale_worth(&x->question->scale, json_integer_value(v));
    bool good = worth > 0, wanted = good || (worth < 0 && !x->format->good_only);
    if (!json_is_integer(v))
        lw_export_lose(x, LW_LOSS_UNRATED);
    else if (!wanted)
        lw_export_lose(x, x->format->good_only ? LW_LOSS_NOT_GOOD : LW_LOSS_MIDDLE);
    else {
        x->format->one(x, t, r, good);
        lw_export_lose(x, LW_LOSS_DEGREE);
    }
}

static void add_ratings(struct lw_export_state *x, const struct lw_task *t, const json_t *answer)
{
    bool whole = x->question->on == LW_ON_TASK;
    if (whole && t->nresponses != 1)
        lw_export_lose(x, LW_LOSS_NOT_ONE);
    else if (x->format->accepts(x, t))
        for (size_t i = 0; i < t->nresponses; i++)
            add_rated(
                x, t, &t->response[i], whole ? answer : json_object_get(answer, t->response[i].id));
}

/* NULL also where the question was of another type when it was answered. */
static const json_t *correction_of(const json_t *answer, const struct lw_response *r)
{
    const json_t *v = json_object_get(answer, r->id);
    return json_is_string(json_object_get(v, "text")) ? v : NULL;
}

static struct lw_response corrected(const struct lw_response *r, const json_t *v)
{
    struct lw_response to = *r;
    const json_t *text = json_object_get(v, "text");
    to.text = (struct lw_span){json_string_value(text), json_string_length(text)};
    return to;
}

/* The correction is better than what it corrects. */
static void add_corrected(struct lw_export_state *x, const struct lw_task *t,
    const struct lw_response *to, const struct lw_response *from, const json_t *v)
{
    bool same = lw_edit_is_same(v);
    if (x->format->pair && same)
        lw_export_lose(x, LW_LOSS_FINE);
    else if (x->format->pair)
        x->format->pair(x, t, to, from);
    else
        x->format->one(x, t, to, true);
    if (x->format->one && !same && x->format->good_only)
        lw_export_lose(x, LW_LOSS_ORIGINAL);
    else if (x->format->one && !same)
        x->format->one(x, t, from, false);
}

static void add_corrections(
    struct lw_export_state *x, const struct lw_task *t, const json_t *answer)
{
    struct lw_response *to = lw_alloc((t->nresponses + 1) * sizeof *to);
    struct lw_task all = *t; /* as corrected: the new texts must fit the format too */
    const json_t *v;
    for (size_t i = 0; i < t->nresponses; i++) {
        v = correction_of(answer, &t->response[i]);
        to[i] = v ? corrected(&t->response[i], v) : t->response[i];
    }
    all.response = to;
    bool accepts = x->format->accepts(x, t) && x->format->accepts(x, &all);
    for (size_t i = 0; accepts && i < t->nresponses; i++) {
        if ((v = correction_of(answer, &t->response[i])))
            add_corrected(x, t, &to[i], &t->response[i], v);
        else
            lw_export_lose(x, LW_LOSS_UNCORRECTED);
    }
    free(to);
}

static bool is_answer(const struct lw_question *q, const json_t *answer)
{
    bool whole = q->type == LW_Q_RATING && q->on == LW_ON_TASK;
    return whole ? json_is_integer(answer) : json_is_object(answer);
}

static void add_answer(struct lw_export_state *x, const struct lw_task *t, const json_t *answers)
{
    const json_t *answer = json_object_get(answers, x->question->name);
    uint64_t before = x->report->written;
    if (!is_answer(x->question, answer))
        lw_export_lose(x, LW_LOSS_OPEN);
    else if (x->question->type == LW_Q_EDIT)
        add_corrections(x, t, answer);
    else if (x->question->type == LW_Q_COMPARE || x->format->pair)
        add_pair(x, t, answer);
    else
        add_ratings(x, t, answer);
    if (x->report->written > before)
        x->report->lost[LW_LOSS_OTHER] += json_object_size(answers) - 1;
}

/* ---- the task */

static bool is_as_labeled(const struct lw_task *t, const struct lw_submitted *s)
{
    char first[17];
    if (t)
        lw_task_id_of_hash(t->record.sha256, first);
    return t && strtoull(first, NULL, 16) == s->record;
}

/* The task as it was labeled; NULL when it is gone or changed, which is counted. */
static struct lw_task *labeled_task(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err)
{
    struct lw_task *t = NULL;
    struct lw_err why = {0};
    size_t position = s->position;
    enum lw_loss loss = LW_LOSS_COUNT;
    enum lw_code code = LW_OK;
    if (position != SIZE_MAX)
        code = lw_tasks_load(x->with->tasks, position, &t, &why);
    if (code == LW_OK && !is_as_labeled(t, s)) {
        struct lw_export_now now = {0};
        loss = t ? LW_LOSS_CHANGED : LW_LOSS_GONE;
        lw_task_free(t);
        t = NULL;
        if (lw_export_find_duplicate(x, s, &now))
            code = lw_tasks_load(x->with->tasks, now.position, &t, &why);
    }
    if (code != LW_OK)
        lw_fail(err, code, "%s", why.text);
    else if (!t || t->unreadable)
        lw_export_lose(x, t ? LW_LOSS_UNREADABLE : loss);
    else
        return t;
    lw_task_free(t);
    return NULL;
}

/* The project as it was for this label, if it asked the question; else NULL, counted. */
static const struct lw_project *find_question(struct lw_export_state *x)
{
    const struct lw_project *p = lw_label_questions(x, &x->line);
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
    const struct lw_project *p = find_question(x);
    struct lw_task *t = p ? labeled_task(x, s, err) : NULL;
    json_t *answers = t ? lw_label_answers(x, p, &x->line) : NULL;
    if (t)
        add_answer(x, t, answers);
    json_decref(answers);
    lw_task_free(t);
}

enum lw_code lw_preference_each(
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
