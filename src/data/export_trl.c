/* {"prompt","chosen","rejected"} from a compare question: texts when every prompt is a single user
 * turn, else lists of messages. One shape for the whole file, since loaders take a column to have
 * one type. */
#include "data/export_own.h"
#include "data/members.h"

#include <stdlib.h>
#include <string.h>

static const struct lw_question *find_question(
    const struct lw_project *p, const char *name, struct lw_err *err)
{
    for (size_t i = 0; i < p->nquestions; i++) {
        const struct lw_question *q = &p->question[i];
        bool fits = q->type == LW_Q_COMPARE && q->on == LW_ON_TASK;
        if (name ? strcmp(q->name, name) == 0 : fits) {
            if (!fits)
                lw_fail(err, LW_EUSAGE, "The question \"%s\" does not compare responses.", name);
            return fits ? q : NULL;
        }
    }
    if (name)
        lw_fail(err, LW_EUSAGE, "There is no question \"%.60s\" in %s.", name, p->file);
    else
        lw_fail(err, LW_EUSAGE,
            "No question in %s compares responses: there is nothing to export as "
            "preferences. Take --format native.",
            p->file);
    return NULL;
}

static bool single_user_turn(const struct lw_task *t)
{
    return t->nturns == 1 && strcmp(t->turn[0].role, "user") == 0;
}

/* The task as it was labeled; NULL when it is not there so any more: counted with `count`. */
static struct lw_task *labeled_task(
    struct lw_exporting *x, const struct lw_standing *s, bool count, struct lw_err *err)
{
    struct lw_task *t = NULL;
    struct lw_err why = {0};
    char first[17];
    enum lw_loss loss = LW_LOSS_COUNT;
    if (s->position == SIZE_MAX) {
        loss = LW_LOSS_GONE;
    } else {
        enum lw_code code = lw_tasks_load(x->with->tasks, s->position, &t, &why);
        if (code != LW_OK) {
            lw_fail(err, code, "%s", why.text);
            return NULL;
        }
        lw_task_id_of_hash(t->record.sha256, first);
        if (strtoull(first, NULL, 16) != s->record)
            loss = LW_LOSS_CHANGED;
        else if (t->unreadable)
            loss = LW_LOSS_UNREADABLE;
    }
    if (loss == LW_LOSS_COUNT)
        return t;
    if (count)
        lw_export_lose(x, loss);
    lw_task_free(t);
    return NULL;
}

enum lw_code lw_trl_begin(
    struct lw_exporting *x, const struct lw_standing *standing, size_t n, struct lw_err *err)
{
    x->question = find_question(x->with->project, x->with->question, err);
    if (!x->question)
        return LW_EUSAGE;
    for (size_t i = 0; i < n && !x->conversations; i++) {
        struct lw_err failed = {0};
        struct lw_task *t = standing[i].skip ? NULL : labeled_task(x, &standing[i], false, &failed);
        x->conversations = t && t->nturns > 0 && !single_user_turn(t);
        lw_task_free(t);
        if (failed.code != LW_OK)
            return lw_fail(err, failed.code, "%s", failed.text);
    }
    return LW_OK;
}

static json_t *text_of(struct lw_span s)
{
    return json_stringn(s.n ? s.s : "", s.n);
}

static json_t *message(const char *role, struct lw_span text)
{
    json_t *m = json_object();
    json_object_set_new(m, "role", json_string(role));
    json_object_set_new(m, "content", text_of(text));
    return m;
}

static json_t *prompt_of(const struct lw_exporting *x, const struct lw_task *t)
{
    if (!x->conversations)
        return text_of(t->turn[0].text);
    json_t *list = json_array();
    for (size_t i = 0; i < t->nturns; i++)
        json_array_append_new(list, message(t->turn[i].role, t->turn[i].text));
    return list;
}

static json_t *side_of(const struct lw_exporting *x, const struct lw_response *r)
{
    if (!x->conversations)
        return text_of(r->text);
    json_t *list = json_array();
    json_array_append_new(list, message("assistant", r->text));
    return list;
}

static void add_line(
    struct lw_exporting *x, const struct lw_task *t, const struct lw_response *better)
{
    const struct lw_response *worse = &t->response[better == &t->response[0]];
    json_t *line = json_object();
    json_object_set_new(line, "prompt", prompt_of(x, t));
    json_object_set_new(line, "chosen", side_of(x, better));
    json_object_set_new(line, "rejected", side_of(x, worse));
    char *text = json_dumps(line, JSON_COMPACT);
    lw_buf_str(&x->out, text);
    lw_buf_char(&x->out, '\n');
    x->report->written++;
    free(text);
    json_decref(line);
}

/* The answer's better response among the task's two; NULL when there is none to tell, counted. */
static const struct lw_response *better_of(
    struct lw_exporting *x, const struct lw_task *t, const json_t *answer)
{
    const json_t *better = json_object_get(answer, "better");
    if (!json_is_object(answer))
        lw_export_lose(x, LW_LOSS_OPEN);
    else if (json_is_null(better))
        lw_export_lose(x, LW_LOSS_TIE);
    else if (t->nresponses != 2 || !json_is_string(better) ||
             !lw_task_response(t, json_string_value(better)))
        lw_export_lose(x, LW_LOSS_NO_PAIR);
    else if (t->nturns == 0)
        lw_export_lose(x, LW_LOSS_NO_PROMPT);
    else
        return lw_task_response(t, json_string_value(better));
    return NULL;
}

static void carry(struct lw_exporting *x, const struct lw_task *t, const json_t *answers)
{
    const json_t *answer = json_object_get(answers, x->question->name);
    const struct lw_response *better = better_of(x, t, answer);
    if (!better)
        return;
    add_line(x, t, better);
    if (json_integer_value(json_object_get(answer, "strength")) > 0)
        lw_export_lose(x, LW_LOSS_STRENGTH);
    x->report->lost[LW_LOSS_OTHER] += json_object_size(answers) - 1;
}

static json_t *answers_of(const struct lw_buf *line)
{
    struct lw_member m;
    if (!lw_member_find(line->data, line->data + line->len, "answers", &m))
        return NULL;
    return json_loadb(m.value, m.value_len, JSON_ALLOW_NUL, NULL);
}

enum lw_code lw_trl_each(struct lw_exporting *x, const struct lw_standing *s, struct lw_err *err)
{
    struct lw_err failed = {0};
    if (s->skip) {
        lw_export_lose(x, LW_LOSS_SKIPPED);
        return LW_OK;
    }
    if (lw_export_line(x, s, &failed)) {
        struct lw_task *t = labeled_task(x, s, true, &failed);
        json_t *answers = t ? answers_of(&x->line) : NULL;
        if (t)
            carry(x, t, answers);
        json_decref(answers);
        lw_task_free(t);
    }
    return failed.code == LW_OK ? LW_OK : lw_fail(err, failed.code, "%s", failed.text);
}
