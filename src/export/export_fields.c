/* What all labeled tasks have together: which responses, turns and steps there are, and whether
 * there are conversations, references, ties. What becomes of it, the formats know. */
#define _GNU_SOURCE
#include "export/fields_internal.h"
#include "labelwright/json/json_value.h"

#include <stdlib.h>
#include <string.h>

/* ---- gathering */

static bool has(const json_t *list, const char *id)
{
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one) if (strcmp(json_string_value(one), id) == 0) return true;
    return false;
}

static bool is_asked_about(const struct lw_project *p, enum lw_target on)
{
    size_t i = 0;
    while (i < p->nquestions && p->question[i].on != on)
        i++;
    return i < p->nquestions || on == LW_ON_RESPONSE;
}

static void gather_items(const struct lw_project *p, const struct lw_task *t, struct lw_fields *to)
{
    for (int on = 0; on < LW_FIELD_TARGETS; on++)
        for (size_t i = 0; i < lw_target_count((enum lw_target)on, t); i++) {
            const char *id = lw_target_item((enum lw_target)on, t, i).id;
            if (is_asked_about(p, (enum lw_target)on) && !has(to->ids[on], id) &&
                json_array_size(to->ids[on]) < LW_FIELD_ITEMS)
                json_array_append_new(to->ids[on], json_string(id));
        }
}

static bool is_tied(const json_t *answer)
{
    const json_t *order = json_object_get(answer, "order"), *place;
    bool tied =
        json_is_null(json_object_get(answer, "better")) && json_object_size(answer) > 0 && !order;
    size_t i;
    json_array_foreach(order, i, place) tied = tied || json_array_size(place) > 1;
    return tied || json_array_size(json_object_get(answer, "not_rankable")) > 0;
}

static void gather_ties(const struct lw_project *p, const json_t *answers, struct lw_fields *to)
{
    for (size_t i = 0; i < p->nquestions && i < LW_QUESTIONS_MAX; i++) {
        enum lw_qtype type = p->question[i].type;
        if (type == LW_Q_COMPARE || type == LW_Q_RANK)
            to->tied[i] = to->tied[i] || is_tied(json_object_get(answers, p->question[i].name));
    }
}

static void gather(struct lw_export_state *x, const struct lw_export_whole *w, struct lw_fields *to)
{
    const struct lw_project *p = x->with->project;
    const struct lw_task *t = w->task;
    gather_items(p, t, to);
    if (w->asked == p)
        gather_ties(p, w->answers, to);
    to->conversation = to->conversation || t->nturns > 1 ||
                       (t->nturns == 1 && strcmp(t->turn[0].role, "user") != 0);
    to->reference = to->reference || t->reference.n > 0;
}

enum lw_code lw_fields_gather(struct lw_export_state *x, const struct lw_submitted *labels,
    size_t n, struct lw_fields *to, struct lw_err *err)
{
    const struct lw_export_report before = *x->report;
    struct lw_err failed = {0};
    *to = (struct lw_fields){0};
    for (int on = 0; on < LW_FIELD_TARGETS; on++)
        to->ids[on] = json_array();
    for (size_t i = 0; i < n && failed.code == LW_OK; i++) {
        struct lw_export_whole w;
        if (!lw_export_whole(x, &labels[i], &w, &failed))
            continue;
        gather(x, &w, to);
        lw_export_whole_fini(&w);
    }
    *x->report = before;
    return failed.code == LW_OK ? LW_OK : lw_fail(err, failed.code, "%s", failed.text);
}

void lw_fields_fini(struct lw_fields *f)
{
    for (int on = 0; on < LW_FIELD_TARGETS; on++)
        json_decref(f->ids[on]);
}

/* ---- names */

char *lw_fields_free_name(const struct lw_project *p, const char *name)
{
    return lw_question_find(p, name) ? lw_format("%s_text", name) : lw_strdup(name);
}

static bool is_plain(const char *id)
{
    return *id && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(id);
}

static bool all_plain(const json_t *ids)
{
    size_t i;
    json_t *one;
    json_array_foreach(ids, i, one) if (!is_plain(json_string_value(one))) return false;
    return true;
}

char *lw_fields_item(
    const struct lw_project *p, const struct lw_fields *f, enum lw_target on, size_t i)
{
    const char *noun = lw_target_type(on)->noun;
    char *name = all_plain(f->ids[on])
                     ? lw_format("%s_%s", noun, json_string_value(json_array_get(f->ids[on], i)))
                     : lw_format("%s_%zu", noun, i + 1);
    char *free_name = lw_fields_free_name(p, name);
    free(name);
    return free_name;
}

/* ---- texts */

struct lw_span lw_fields_text(const struct lw_task *t, enum lw_target on, const char *id)
{
    int i = lw_target_find(on, t, id);
    struct lw_span text = i >= 0 ? lw_target_text(on, t, i) : (struct lw_span){"", 0};
    return text.s ? text : (struct lw_span){"", 0};
}

void lw_fields_add_prompt(
    const struct lw_fields *f, const struct lw_task *t, const char *text_member, struct lw_buf *to)
{
    if (!f->conversation) {
        lw_json_add_text(to, t->nturns ? t->turn[0].text.s : "", t->nturns ? t->turn[0].text.n : 0);
        return;
    }
    lw_buf_char(to, '[');
    for (size_t i = 0; i < t->nturns; i++) {
        lw_buf_str(to, i ? ",{\"role\":" : "{\"role\":");
        lw_json_add_text(to, t->turn[i].role, strlen(t->turn[i].role));
        lw_fields_add(to, text_member, t->turn[i].text);
        lw_buf_char(to, '}');
    }
    lw_buf_char(to, ']');
}

void lw_fields_add(struct lw_buf *to, const char *name, struct lw_span text)
{
    lw_buf_char(to, ',');
    lw_json_add_text(to, name, strlen(name));
    lw_buf_char(to, ':');
    lw_json_add_text(to, text.s ? text.s : "", text.n);
}
