/* argilla: a JSON array of records as Argilla's Dataset.to_disk() writes them, each with one
 * response, and the settings of the dataset (--config). A question about responses, turns or steps
 * becomes one for each of them: Argilla's are about the record. */
#define _GNU_SOURCE
#include "export/fields_internal.h"
#include "labelwright/base/hash.h"
#include "labelwright/export/span_characters.h"
#include "labelwright/export/studio_result.h"
#include "labelwright/json/json_value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RATING_MAX = 10, VISIBLE_MIN = 3 };

/* A question there: one of ours, about one item. */
struct asked {
    const struct lw_question *q;
    char *name;
    const char *id; /* of the item; NULL where it is about the task */
    const char *type;
    char *field; /* that spans are of; NULL for other types */
};

struct argilla {
    struct lw_fields fields;
    struct asked *asked;
    size_t nasked;
    char user[LW_STUDIO_UNIQUE]; /* of the annotator, always the same */
};

static struct argilla *of(const struct lw_export_state *x)
{
    return x->own;
}

/* ---- the questions */

static bool fits_rating(const struct lw_scale *s)
{
    return s->min >= 0 && s->max <= RATING_MAX;
}

/* NULL where Argilla has none for it. A ranking there is of all responses, one place or another. */
static const char *type_of(const struct lw_question *q)
{
    switch (q->type) {
    case LW_Q_RATING:
        return fits_rating(&q->scale) ? "rating" : "label_selection";
    case LW_Q_CHOICE:
    case LW_Q_COMPARE:
        return "label_selection";
    case LW_Q_TAGS:
        return "multi_label_selection";
    case LW_Q_RANK:
        return "ranking";
    case LW_Q_SPANS:
        return "span";
    case LW_Q_TEXT:
    case LW_Q_EDIT:
    case LW_Q_WRITE:
        return "text";
    default:
        return NULL;
    }
}

static void add_asked(
    struct argilla *a, const struct lw_project *p, const struct lw_question *q, size_t item)
{
    bool keyed = lw_target_is_keyed(q->on);
    char *field = keyed ? lw_fields_item(p, &a->fields, q->on, item) : NULL;
    const char *place = keyed ? field + strlen(lw_target_type(q->on)->noun) : "";
    a->asked = lw_grow(a->asked, a->nasked + 1, sizeof *a->asked);
    a->asked[a->nasked++] = (struct asked){.q = q,
        .type = type_of(q),
        .name = lw_format("%s%s", q->name, place),
        .id = keyed ? json_string_value(json_array_get(a->fields.ids[q->on], item)) : NULL};
    if (q->type == LW_Q_SPANS)
        a->asked[a->nasked - 1].field = field ? lw_strdup(field) : lw_fields_free_name(p, "prompt");
    free(field);
}

/* Spans there are of a text field, and a conversation is none. */
static bool has_question(const struct argilla *a, const struct lw_question *q)
{
    bool in_turns = q->type == LW_Q_SPANS && q->on == LW_ON_PROMPT && a->fields.conversation;
    return type_of(q) && !in_turns;
}

static void find_asked(struct argilla *a, const struct lw_project *p)
{
    for (size_t i = 0; i < p->nquestions; i++) {
        const struct lw_question *q = &p->question[i];
        size_t n = lw_target_is_keyed(q->on) ? json_array_size(a->fields.ids[q->on]) : 1;
        for (size_t item = 0; has_question(a, q) && item < n; item++)
            add_asked(a, p, q, item);
    }
}

/* ---- the settings */

static void add_option(json_t *to, const char *value, const char *label, const char *help)
{
    json_array_append_new(to, json_pack("{s:s, s:s, s:s?}", "value", value, "text",
                                  label ? label : value, "description", help));
}

static json_t *points_of(const struct lw_scale *s, bool numbers)
{
    json_t *options = json_array();
    for (int64_t v = s->min; v <= s->max; v++) {
        char text[32];
        snprintf(text, sizeof text, "%lld", (long long)v);
        if (numbers)
            json_array_append_new(options, json_pack("{s:I}", "value", (json_int_t)v));
        else
            add_option(options, text, lw_scale_label(s, v), NULL);
    }
    return options;
}

static json_t *ids_as_options(const json_t *ids, bool tie)
{
    json_t *options = json_array(), *id;
    size_t i;
    json_array_foreach(ids, i, id) add_option(options, json_string_value(id), NULL, NULL);
    if (tie)
        add_option(options, LW_STUDIO_TIE, NULL, NULL);
    return options;
}

static json_t *options_of(const struct lw_fields *f, const struct lw_question *q)
{
    if (q->type == LW_Q_RATING)
        return points_of(&q->scale, fits_rating(&q->scale));
    if (q->type == LW_Q_COMPARE || q->type == LW_Q_RANK)
        return ids_as_options(f->ids[LW_ON_RESPONSE], q->type == LW_Q_COMPARE);
    json_t *options = json_array();
    for (size_t i = 0; i < q->noptions; i++)
        if (!q->option[i].group)
            add_option(options, q->option[i].path, q->option[i].label, q->option[i].help);
    return options;
}

static json_t *settings_of(const struct lw_fields *f, const struct asked *a)
{
    json_t *settings = json_pack("{s:s}", "type", a->type);
    if (strcmp(a->type, "text") == 0) {
        json_object_set_new(settings, "use_markdown", json_false());
        return settings;
    }
    json_t *options = options_of(f, a->q);
    if (a->field) {
        json_object_set_new(settings, "field", json_string(a->field));
        json_object_set_new(settings, "allow_overlapping", json_true());
    }
    bool labels = a->field || strstr(a->type, "label");
    if (labels && json_array_size(options) >= VISIBLE_MIN)
        json_object_set_new(
            settings, "visible_options", json_integer((json_int_t)json_array_size(options)));
    json_object_set_new(settings, "options", options);
    return settings;
}

static json_t *question(const struct lw_fields *f, const struct asked *a)
{
    const char *label = a->q->label ? a->q->label : a->q->name;
    char *title = a->id ? lw_format("%s: %s", label, a->id) : lw_strdup(label);
    json_t *made = json_pack("{s:s, s:s, s:s?, s:b, s:o}", "name", a->name, "title", title,
        "description", a->q->help, "required", a->q->required, "settings", settings_of(f, a));
    free(title);
    return made;
}

static void add_field(json_t *to, const char *name, const char *type, bool required)
{
    json_array_append_new(
        to, json_pack("{s:s, s:s, s:b, s:{s:s, s:b}}", "name", name, "title", name, "required",
                required, "settings", "type", type, "use_markdown", true));
}

static json_t *fields_of(const struct lw_project *p, const struct lw_fields *f)
{
    json_t *fields = json_array();
    char *prompt = lw_fields_free_name(p, "prompt"),
         *reference = lw_fields_free_name(p, "reference");
    add_field(fields, prompt, f->conversation ? "chat" : "text", true);
    for (int on = 0; on < LW_FIELD_TARGETS; on++)
        for (size_t i = 0; i < json_array_size(f->ids[on]); i++) {
            char *name = lw_fields_item(p, f, (enum lw_target)on, i);
            add_field(fields, name, "text", false);
            free(name);
        }
    if (f->reference)
        add_field(fields, reference, "text", false);
    free(prompt);
    free(reference);
    return fields;
}

static void configure(struct lw_export_state *x, struct lw_buf *to)
{
    const struct lw_project *p = x->with->project;
    json_t *questions = json_array();
    for (size_t i = 0; i < of(x)->nasked; i++)
        json_array_append_new(questions, question(&of(x)->fields, &of(x)->asked[i]));
    json_t *settings = json_pack("{s:n, s:b, s:{s:s, s:i}, s:o, s:o, s:[], s:[]}", "guidelines",
        "allow_extra_metadata", 1, "distribution", "strategy", "overlap", "min_submitted", 1,
        "fields", fields_of(p, &of(x)->fields), "questions", questions, "metadata", "vectors");
    lw_json_add(to, settings);
    lw_buf_char(to, '\n');
    json_decref(settings);
}

/* ---- the answers: each as Argilla's question holds it, new; NULL when it cannot */

static json_t *rank_value(const struct argilla *a, const json_t *answer)
{
    const json_t *order = json_object_get(answer, "order"), *place, *id;
    json_t *ranks = json_array();
    size_t i, k;
    json_array_foreach(order, i, place) json_array_foreach(place, k, id)
        json_array_append_new(ranks, json_pack("{s:O, s:i}", "value", id, "rank", (int)i + 1));
    if (json_array_size(ranks) == json_array_size(a->fields.ids[LW_ON_RESPONSE]))
        return ranks;
    json_decref(ranks);
    return NULL;
}

static json_t *better_value(const json_t *answer)
{
    const json_t *better = json_object_get(answer, "better");
    if (json_is_null(better))
        return json_string(LW_STUDIO_TIE);
    return json_is_string(better) ? json_incref((json_t *)(uintptr_t)better) : NULL;
}

/* One for each tag of each span, by characters. */
static json_t *spans_value(const struct asked *asked, const struct lw_task *t, const json_t *answer)
{
    const struct lw_question *q = asked->q;
    struct lw_span text =
        asked->id ? lw_fields_text(t, q->on, asked->id) : lw_target_text(q->on, t, -1);
    json_t *spans = lw_spans_in_characters(answer, text), *to = json_array(), *one, *tag;
    size_t i, k;
    json_array_foreach(spans, i, one) json_array_foreach(json_object_get(one, "tags"), k, tag)
        json_array_append_new(
            to, json_pack("{s:O, s:O, s:O}", "label", tag, "start", json_object_get(one, "start"),
                    "end", json_object_get(one, "end")));
    json_decref(spans);
    return to;
}

static json_t *value_of(const struct argilla *a, const struct lw_question *q, const json_t *answer)
{
    char number[32];
    switch (q->type) {
    case LW_Q_RANK:
        return rank_value(a, answer);
    case LW_Q_COMPARE:
        return better_value(answer);
    case LW_Q_EDIT:
        return json_incref(json_object_get(answer, "text"));
    case LW_Q_TAGS:
        return json_is_array(answer) ? json_incref((json_t *)(uintptr_t)answer) : NULL;
    case LW_Q_RATING:
        if (!json_is_integer(answer) || fits_rating(&q->scale))
            return json_is_integer(answer) ? json_incref((json_t *)(uintptr_t)answer) : NULL;
        snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(answer));
        return json_string(number);
    default:
        return json_is_string(answer) ? json_incref((json_t *)(uintptr_t)answer) : NULL;
    }
}

/* Takes it out of the answers: what is left at the end has no place. */
static json_t *take(const struct asked *asked, json_t *answers)
{
    json_t *answer = json_object_get(answers, asked->q->name);
    if (!asked->id) {
        json_incref(answer);
        json_object_del(answers, asked->q->name);
        return answer;
    }
    json_t *one = json_incref(json_object_get(answer, asked->id));
    json_object_del(answer, asked->id);
    return one;
}

static void add_response(
    struct lw_export_state *x, const struct asked *asked, const struct lw_export_whole *w)
{
    const struct argilla *a = of(x);
    json_t *answer = take(asked, w->answers), *value = !answer ? NULL
                                                       : asked->field
                                                           ? spans_value(asked, w->task, answer)
                                                           : value_of(a, asked->q, answer);
    if (answer && !value)
        lw_export_lose(x, LW_LOSS_NO_PLACE);
    if (json_integer_value(json_object_get(answer, "strength")) > 0)
        lw_export_lose(x, LW_LOSS_STRENGTH);
    lw_buf_fmt(&x->out, "%s\"%s\":[", asked == a->asked ? "" : ",", asked->name);
    if (value) {
        lw_buf_str(&x->out, "{\"value\":");
        lw_json_add(&x->out, value);
        lw_buf_fmt(&x->out, ",\"user_id\":\"%s\"}", a->user);
    }
    lw_buf_char(&x->out, ']');
    json_decref(answer);
    json_decref(value);
}

static void lose_rest(struct lw_export_state *x, json_t *answers)
{
    const char *name;
    json_t *answer;
    json_object_foreach(answers, name, answer)
    {
        const struct lw_question *q = lw_question_find(x->with->project, name);
        if (q && lw_target_is_keyed(q->on))
            x->report->lost[LW_LOSS_NO_PLACE] += json_object_size(answer);
        else
            lw_export_lose(x, q ? LW_LOSS_NO_PLACE : LW_LOSS_OTHER);
    }
}

/* ---- a record */

static struct lw_span span_of(const char *s)
{
    return (struct lw_span){s ? s : "", s ? strlen(s) : 0};
}

static void add_fields(struct lw_export_state *x, const struct lw_task *t)
{
    const struct lw_project *p = x->with->project;
    const struct lw_fields *f = &of(x)->fields;
    char *prompt = lw_fields_free_name(p, "prompt"),
         *reference = lw_fields_free_name(p, "reference");
    lw_buf_fmt(&x->out, ",\"fields\":{\"%s\":", prompt);
    lw_fields_add_prompt(f, t, "content", &x->out);
    for (int on = 0; on < LW_FIELD_TARGETS; on++)
        for (size_t i = 0; i < json_array_size(f->ids[on]); i++) {
            char *name = lw_fields_item(p, f, (enum lw_target)on, i);
            const char *id = json_string_value(json_array_get(f->ids[on], i));
            lw_fields_add(&x->out, name, lw_fields_text(t, (enum lw_target)on, id));
            free(name);
        }
    if (f->reference)
        lw_fields_add(&x->out, reference, t->reference);
    lw_buf_char(&x->out, '}');
    free(prompt);
    free(reference);
}

static void add_metadata(struct lw_export_state *x, const struct lw_export_whole *w)
{
    lw_buf_fmt(&x->out, ",\"metadata\":{\"annotator\":%s", x->annotator);
    lw_fields_add(&x->out, "state", span_of(w->skip ? "skipped" : "done"));
    lw_fields_add(
        &x->out, "skip_reason", span_of(json_string_value(json_object_get(w->event, "reason"))));
    lw_buf_fmt(&x->out, ",\"active_ms\":%lld}",
        (long long)json_integer_value(json_object_get(w->event, "active_ms")));
}

static void add_record(struct lw_export_state *x, const struct lw_export_whole *w)
{
    lw_buf_str(&x->out, x->report->written++ ? ",\n{\"id\":" : "\n{\"id\":");
    lw_json_add_text(&x->out, w->task->id, strlen(w->task->id));
    add_fields(x, w->task);
    add_metadata(x, w);
    lw_buf_str(&x->out, ",\"suggestions\":{},\"responses\":{");
    for (size_t i = 0; i < of(x)->nasked; i++)
        add_response(x, &of(x)->asked[i], w);
    lw_buf_fmt(&x->out, "},\"vectors\":{},\"status\":\"%s\",\"_server_id\":null}",
        w->skip ? "pending" : "completed");
    lose_rest(x, w->answers);
    lw_export_lose_all_parts(x, w->task);
}

/* ---- the format */

static enum lw_code begin(
    struct lw_export_state *x, const struct lw_submitted *labels, size_t n, struct lw_err *err)
{
    struct argilla *a = x->own = lw_alloc(sizeof *a);
    enum lw_code code = lw_fields_gather(x, labels, n, &a->fields, err);
    find_asked(a, x->with->project);
    lw_studio_unique(lw_journal_annotator(x->with->journal), 0, a->user);
    lw_buf_char(&x->out, '[');
    return code;
}

static enum lw_code each(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err)
{
    struct lw_export_whole w;
    struct lw_err failed = {0};
    if (lw_export_whole(x, s, &w, &failed)) {
        add_record(x, &w);
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

static void fini(struct lw_export_state *x)
{
    for (size_t i = 0; i < of(x)->nasked; i++) {
        free(of(x)->asked[i].name);
        free(of(x)->asked[i].field);
    }
    free(of(x)->asked);
    lw_fields_fini(&of(x)->fields);
}

const struct lw_export_format lw_export_argilla = {
    "argilla",
    "JSON: Argilla's records.json, with responses; --config FILE: the settings of the dataset",
    .begin = begin,
    .each = each,
    .end = end,
    .configure = configure,
    .fini = fini,
    .texts = true,
    .config = "settings of the dataset",
};
