/* ultrafeedback:
 * {"instruction","models","completions":[{"model","response","annotations","critique"}]}, as
 * UltraFeedback has it: each rating of a response is an aspect, whose Rating is a text ("N/A" where
 * there is none). The first text about responses is the critique. */
#define _GNU_SOURCE
#include "export/fields_internal.h"
#include "labelwright/json/json_value.h"

#include <stdlib.h>
#include <string.h>

static bool is_aspect(const struct lw_question *q)
{
    return q->type == LW_Q_RATING && q->on == LW_ON_RESPONSE;
}

/* NULL for none. */
static const struct lw_question *critique_of(const struct lw_project *p)
{
    for (size_t i = 0; i < p->nquestions; i++)
        if (p->question[i].type == LW_Q_TEXT && p->question[i].on == LW_ON_RESPONSE)
            return &p->question[i];
    return NULL;
}

static enum lw_code begin(
    struct lw_export_state *x, const struct lw_submitted *labels, size_t n, struct lw_err *err)
{
    (void)labels, (void)n;
    const struct lw_project *p = x->with->project;
    size_t i = 0;
    while (i < p->nquestions && !is_aspect(&p->question[i]))
        i++;
    if (i < p->nquestions)
        return LW_OK;
    return lw_fail(err, LW_EUSAGE,
        "No question in %s rates each response, so nothing can be exported as ultrafeedback. Use "
        "--format native.",
        p->file);
}

/* Takes the answer out: what is left at the end is left out. */
static json_t *take(json_t *answers, const struct lw_question *q, const char *id)
{
    json_t *of = q ? json_object_get(answers, q->name) : NULL;
    json_t *one = json_incref(json_object_get(of, id));
    json_object_del(of, id);
    if (of && json_is_object(of) && json_object_size(of) == 0)
        json_object_del(answers, q->name);
    return one;
}

static const char *model_of(const struct lw_response *r)
{
    return r->model ? r->model : r->id;
}

static void add_aspects(struct lw_export_state *x, const struct lw_response *r, json_t *answers)
{
    const struct lw_project *p = x->with->project;
    const char *comma = "";
    for (size_t i = 0; i < p->nquestions; i++) {
        if (!is_aspect(&p->question[i]))
            continue;
        json_t *v = take(answers, &p->question[i], r->id);
        lw_buf_fmt(&x->out, "%s\"%s\":{\"Rating\":\"", comma, p->question[i].name);
        if (json_is_integer(v))
            lw_buf_fmt(&x->out, "%lld", (long long)json_integer_value(v));
        else
            lw_buf_str(&x->out, "N/A");
        lw_buf_str(&x->out, "\"}");
        comma = ",";
        json_decref(v);
    }
}

static void add_completion(struct lw_export_state *x, const struct lw_response *r, json_t *answers)
{
    const char *model = model_of(r);
    const struct lw_question *critique = critique_of(x->with->project);
    json_t *text = take(answers, critique, r->id);
    const char *s = json_string_value(text);
    lw_buf_str(&x->out, "{\"model\":");
    lw_json_add_text(&x->out, model, strlen(model));
    lw_fields_add(&x->out, "response", r->text);
    lw_buf_str(&x->out, ",\"annotations\":{");
    add_aspects(x, r, answers);
    lw_buf_char(&x->out, '}');
    lw_fields_add(&x->out, "critique", (struct lw_span){s, s ? json_string_length(text) : 0});
    lw_buf_char(&x->out, '}');
    json_decref(text);
}

static bool accepts(struct lw_export_state *x, const struct lw_task *t)
{
    bool one = t->nturns == 1 && strcmp(t->turn[0].role, "user") == 0;
    if (t->nturns == 0)
        lw_export_lose(x, LW_LOSS_NO_PROMPT);
    else if (!one)
        lw_export_lose(x, LW_LOSS_CONVERSATION);
    return one;
}

static void add_line(struct lw_export_state *x, const struct lw_task *t, json_t *answers)
{
    lw_buf_str(&x->out, "{\"instruction\":");
    lw_json_add_text(&x->out, t->turn[0].text.s, t->turn[0].text.n);
    lw_buf_str(&x->out, ",\"models\":[");
    for (size_t i = 0; i < t->nresponses; i++) {
        const char *model = model_of(&t->response[i]);
        lw_buf_str(&x->out, i ? "," : "");
        lw_json_add_text(&x->out, model, strlen(model));
    }
    lw_buf_str(&x->out, "],\"completions\":[");
    for (size_t i = 0; i < t->nresponses; i++) {
        lw_buf_str(&x->out, i ? "," : "");
        add_completion(x, &t->response[i], answers);
    }
    lw_buf_str(&x->out, "]}\n");
    x->report->written++;
    x->report->lost[LW_LOSS_OTHER] += json_object_size(answers);
    lw_export_lose_all_parts(x, t);
}

/* A label that rates no response would be a line without a verdict. */
static bool rates(const struct lw_project *p, const json_t *answers)
{
    for (size_t i = 0; i < p->nquestions; i++)
        if (is_aspect(&p->question[i]) &&
            json_object_size(json_object_get(answers, p->question[i].name)) > 0)
            return true;
    return false;
}

static enum lw_code each(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err)
{
    struct lw_export_whole w;
    struct lw_err failed = {0};
    if (s->skip)
        lw_export_lose(x, LW_LOSS_SKIPPED);
    else if (lw_export_whole(x, s, &w, &failed)) {
        if (!rates(x->with->project, w.answers))
            lw_export_lose(x, LW_LOSS_OPEN);
        else if (accepts(x, w.task))
            add_line(x, w.task, w.answers);
        lw_export_whole_fini(&w);
    }
    return failed.code == LW_OK ? LW_OK : lw_fail(err, failed.code, "%s", failed.text);
}

const struct lw_export_format lw_export_ultrafeedback = {
    "ultrafeedback",
    "JSON Lines: instruction, models, completions with a Rating for each aspect",
    .begin = begin,
    .each = each,
    .texts = true,
};
