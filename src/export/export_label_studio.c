/* label-studio: a JSON array of tasks as Label Studio imports them, each with one annotation, and
 * the label config that its project needs. Which controls that has is in export_studio_controls.c,
 * what an annotation holds in studio_result.c, which `sync` shares: the annotations are the same.
 */
#define _GNU_SOURCE
#include "export/studio_controls_internal.h"
#include "labelwright/export/span_characters.h"
#include "labelwright/json/json_value.h"

#include <stdlib.h>
#include <string.h>

struct studio {
    struct lw_fields fields;
    struct lw_studio_config config;
};

static struct studio *of(const struct lw_export_state *x)
{
    return x->own;
}

/* ---- what a task shows */

static struct lw_span span_of(const char *s)
{
    return (struct lw_span){s ? s : "", s ? strlen(s) : 0};
}

static void add_items(struct lw_export_state *x, const struct lw_task *t)
{
    const struct lw_fields *f = &of(x)->fields;
    for (int on = 0; on < LW_FIELD_TARGETS; on++)
        for (size_t i = 0; i < json_array_size(f->ids[on]); i++) {
            const char *id = json_string_value(json_array_get(f->ids[on], i));
            char *name = lw_fields_item(x->with->project, f, (enum lw_target)on, i);
            lw_fields_add(&x->out, name, lw_fields_text(t, (enum lw_target)on, id));
            free(name);
        }
}

/* What a question ranks: each response of the task. */
static void add_list(
    struct lw_export_state *x, const struct lw_task *t, const struct lw_question *q)
{
    char *name = lw_studio_list_name(q);
    lw_buf_fmt(&x->out, ",\"%s\":[", name);
    for (size_t i = 0; i < t->nresponses; i++) {
        const char *id = t->response[i].id;
        lw_buf_str(&x->out, i ? ",{\"id\":" : "{\"id\":");
        lw_json_add_text(&x->out, id, strlen(id));
        lw_fields_add(&x->out, "title", span_of(id));
        lw_fields_add(&x->out, "body", t->response[i].text);
        lw_buf_char(&x->out, '}');
    }
    lw_buf_char(&x->out, ']');
    free(name);
}

static void add_prompt(struct lw_export_state *x, const struct lw_task *t)
{
    const struct lw_project *p = x->with->project;
    char *prompt = lw_fields_free_name(p, "prompt"),
         *reference = lw_fields_free_name(p, "reference");
    lw_buf_fmt(&x->out, ",\"%s\":", prompt);
    lw_fields_add_prompt(&of(x)->fields, t, "text", &x->out);
    if (of(x)->fields.reference)
        lw_fields_add(&x->out, reference, t->reference);
    free(prompt);
    free(reference);
}

static void add_data(struct lw_export_state *x, const struct lw_export_whole *w)
{
    const struct lw_project *p = x->with->project;
    const struct lw_task *t = w->task;
    lw_buf_str(&x->out, "{\"data\":{\"id\":");
    lw_json_add_text(&x->out, t->id, strlen(t->id));
    add_prompt(x, t);
    add_items(x, t);
    for (size_t i = 0; i < p->nquestions; i++)
        if (p->question[i].type == LW_Q_RANK)
            add_list(x, t, &p->question[i]);
    lw_buf_fmt(&x->out, ",\"annotator\":%s", x->annotator);
    lw_fields_add(
        &x->out, "skip_reason", span_of(json_string_value(json_object_get(w->event, "reason"))));
    lw_buf_char(&x->out, '}');
}

/* ---- what was answered */

/* Drops from `answer` what its controls cannot hold; how many values that was. */
static size_t drop_misfits(
    const struct lw_studio_config *c, const struct lw_question *q, const char *name, json_t *answer)
{
    size_t dropped = 0;
    const char *id;
    json_t *one;
    void *next;
    json_object_foreach_safe(answer, next, id, one)
    {
        char *own = lw_format("%s_%s", name, id);
        bool keyed = q && lw_target_is_keyed(q->on);
        if (keyed && !lw_studio_holds(lw_studio_control(c, own), one)) {
            json_object_del(answer, id);
            dropped++;
        }
        free(own);
    }
    return dropped;
}

/* The answers that have a place; the others are counted. */
static void keep_fitting(struct lw_export_state *x, const struct lw_export_whole *w)
{
    const struct lw_studio_config *c = &of(x)->config;
    const char *name;
    json_t *answer;
    void *next;
    json_object_foreach_safe(w->answers, next, name, answer)
    {
        const struct lw_question *q = lw_question_find(x->with->project, name);
        bool keyed = q && lw_target_is_keyed(q->on) && json_is_object(answer);
        if (keyed)
            x->report->lost[LW_LOSS_NO_PLACE] += drop_misfits(c, q, name, answer);
        else if (!q || !lw_studio_holds(lw_studio_control(c, name), answer)) {
            lw_export_lose(x, q ? LW_LOSS_NO_PLACE : LW_LOSS_OTHER);
            json_object_del(w->answers, name);
        } else if (json_integer_value(json_object_get(answer, "strength")) > 0)
            lw_export_lose(x, LW_LOSS_STRENGTH);
    }
}

static void add_annotation(
    struct lw_export_state *x, const struct lw_export_whole *w, struct lw_err *err)
{
    lw_spans_count_characters(x->with->project, w->task, w->answers);
    keep_fitting(x, w);
    json_object_set(w->event, "answers", w->answers);
    json_t *made = lw_studio_annotation(x->with->project, &of(x)->config, w->event, err);
    lw_buf_str(&x->out, ",\"annotations\":[");
    if (made)
        lw_json_add(&x->out, made);
    lw_buf_str(&x->out, "]}");
    json_decref(made);
}

/* ---- the format */

static enum lw_code begin(
    struct lw_export_state *x, const struct lw_submitted *labels, size_t n, struct lw_err *err)
{
    x->own = lw_alloc(sizeof(struct studio));
    enum lw_code code = lw_fields_gather(x, labels, n, &of(x)->fields, err);
    lw_studio_controls(x->with->project, &of(x)->fields, &of(x)->config);
    lw_buf_str(&x->out, "[");
    return code;
}

static enum lw_code each(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err)
{
    struct lw_export_whole w;
    struct lw_err failed = {0};
    if (lw_export_whole(x, s, &w, &failed)) {
        lw_buf_str(&x->out, x->report->written++ ? ",\n" : "\n");
        add_data(x, &w);
        add_annotation(x, &w, &failed);
        lw_export_lose_all_parts(x, w.task);
        lw_export_whole_fini(&w);
    }
    return failed.code == LW_OK ? LW_OK : lw_fail(err, failed.code, "%s", failed.text);
}

static enum lw_code end(struct lw_export_state *x, struct lw_err *err)
{
    (void)err;
    lw_buf_str(&x->out, "\n]\n");
    return LW_OK;
}

static void configure(struct lw_export_state *x, struct lw_buf *to)
{
    lw_studio_write_config(x->with->project, &of(x)->fields, &of(x)->config, to);
}

static void fini(struct lw_export_state *x)
{
    lw_fields_fini(&of(x)->fields);
    lw_studio_config_fini(&of(x)->config);
}

const struct lw_export_format lw_export_label_studio = {
    "label-studio",
    "JSON: tasks to import in Label Studio, with annotations; --config FILE: the labeling config",
    .begin = begin,
    .each = each,
    .end = end,
    .configure = configure,
    .fini = fini,
    .texts = true,
    .config = "labeling config",
};
