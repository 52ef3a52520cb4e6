/* {"task","file","record","record_now","state","answers","skipped","order","active_ms","wall_ms","annotator",
 * "time","seq","questions"}: values of the event are copied from the journal, byte for byte,
 * without parsing. Every line has every member and every question, since loaders decide members and
 * types by the first lines they see. */
#include "export/export_internal.h"
#include "labelwright/json/json_members.h"
#include "labelwright/json/json_value.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* `empty` has the member's type. `member` NULL: the value is not in the event. */
static const struct {
    const char *member, *name, *empty;
} column[] = {
    {"task", "task", "\"\""},
    {"file", "file", "\"\""},
    {"record", "record", "0"},
    {NULL, "record_now", NULL},
    {NULL, "state", NULL},
    {"answers", "answers", "{}"},
    {"reason", "skipped", "\"\""},
    {"order", "order", "[]"},
    {"active_ms", "active_ms", "0"},
    {"wall_ms", "wall_ms", "0"},
    {NULL, "annotator", NULL},
    {"time", "time", "\"\""},
    {"seq", "seq", "0"},
    {"questions", "questions", "\"\""},
};

enum { COLUMNS = sizeof column / sizeof *column, FILE_NOW = 1, RECORD = 2, ANSWERS = 5 };

static void pick(const struct lw_buf *line, struct lw_member found[COLUMNS])
{
    const char *at = line->data, *end = line->data + line->len;
    struct lw_member m;
    for (size_t i = 0; i < COLUMNS; i++)
        if (column[i].empty)
            found[i] =
                (struct lw_member){.value = column[i].empty, .value_len = strlen(column[i].empty)};
    while (lw_member_next(&at, end, &m))
        for (size_t i = 0; i < COLUMNS; i++)
            if (column[i].member && lw_member_is(&m, column[i].member))
                found[i] = m;
}

static void add(struct lw_buf *out, const char *name, size_t len, const char *value, size_t n)
{
    lw_buf_str(out, out->data[out->len - 1] == '{' ? "\"" : ",\"");
    lw_buf_add(out, name, len);
    lw_buf_str(out, "\":");
    lw_buf_add(out, value, n);
}

/* How the JSON of an answer begins: {, [, ", or 0 for a number. */
static char kind_of(const struct lw_question *q)
{
    if (q->on == LW_ON_RESPONSE || q->type == LW_Q_COMPARE || q->type == LW_Q_EDIT)
        return '{';
    return q->type == LW_Q_RATING ? '0' : q->type == LW_Q_TAGS ? '[' : '"';
}

/* A number has no empty value. */
static const char *empty_of(const struct lw_question *q)
{
    static const struct {
        char kind;
        const char *empty;
    } kinds[] = {{'{', "{}"}, {'[', "[]"}, {'"', "\"\""}, {'0', "null"}};
    size_t i = 0;
    while (kinds[i].kind != kind_of(q))
        i++;
    return kinds[i].empty;
}

static bool is_of_kind(const struct lw_member *m, const struct lw_question *q)
{
    bool number = m->value[0] == '-' || isdigit((unsigned char)m->value[0]);
    return kind_of(q) == '0' ? number : m->value[0] == kind_of(q);
}

static void add_empty(struct lw_export_state *x, const struct lw_question *q)
{
    const char *empty = empty_of(q);
    add(&x->out, q->name, strlen(q->name), empty, strlen(empty));
}

static void add_answer(struct lw_export_state *x, size_t question, const struct lw_member *answers)
{
    struct lw_member m;
    const struct lw_question *q = &x->with->project->question[question];
    bool answered =
        lw_member_find(answers->value, answers->value + answers->value_len, q->name, &m);
    lw_dates_see(x, question, answered ? &m : NULL);
    if (!answered) {
        add_empty(x, q);
        return;
    }
    add(&x->out, q->name, strlen(q->name), m.value, m.value_len);
    if (!is_of_kind(&m, q))
        lw_export_lose(x, LW_LOSS_KIND);
}

static bool is_question(const struct lw_project *p, const struct lw_member *m)
{
    size_t i = 0;
    while (i < p->nquestions && !lw_member_is(m, p->question[i].name))
        i++;
    return i < p->nquestions;
}

/* Every question, also those no longer asked. */
static void add_answers(struct lw_export_state *x, const struct lw_member *answers)
{
    const struct lw_project *p = x->with->project;
    const char *at = answers->value, *end = at + answers->value_len;
    struct lw_member m;
    lw_buf_str(&x->out, ",\"answers\":{");
    for (size_t i = 0; i < p->nquestions; i++)
        add_answer(x, i, answers);
    for (size_t i = 0; i < x->ngone; i++)
        if (!lw_member_find(answers->value, end, x->gone[i]->name, &m))
            add_empty(x, x->gone[i]);
    while (lw_member_next(&at, end, &m))
        if (!is_question(p, &m))
            add(&x->out, m.key, m.key_len, m.value, m.value_len);
    lw_buf_char(&x->out, '}');
}

static void add_text(struct lw_export_state *x, const char *name, const char *text)
{
    add(&x->out, name, strlen(name), "", 0);
    lw_json_add_text(&x->out, text, strlen(text));
}

static void add_other(struct lw_export_state *x, const char *name, const struct lw_submitted *s,
    const struct lw_export_now *now)
{
    if (strcmp(name, "state") == 0)
        add_text(x, name, s->skip ? "skipped" : "done");
    else if (strcmp(name, "record_now") == 0)
        add_text(x, name, lw_export_now_word(now));
    else
        add(&x->out, name, strlen(name), x->annotator, strlen(x->annotator));
}

/* Where the record is now; if it is in no task file any more, where it was. */
static void add_place(struct lw_export_state *x, size_t i, const struct lw_member *then,
    const struct lw_export_now *now)
{
    const char *name = column[i].name;
    if (!now->at.file)
        add(&x->out, name, strlen(name), then->value, then->value_len);
    else if (i == FILE_NOW)
        add_text(x, name, now->at.file);
    else
        lw_buf_fmt(&x->out, ",\"%s\":%llu", name, (unsigned long long)now->at.number);
}

/* Removes answers that were not asked for. NULL when there are none; else new text, to free(). */
static char *clean_answers(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_member *answers)
{
    const struct lw_project *p = s->skip ? NULL : lw_asked_count(x, &x->line);
    if (!lw_asked_conditionally(p))
        return NULL;
    uint64_t before = x->report->lost[LW_LOSS_STALE];
    json_t *clean = lw_asked_answers(x, p, &x->line);
    char *text = x->report->lost[LW_LOSS_STALE] > before ? json_dumps(clean, JSON_COMPACT) : NULL;
    if (text)
        *answers = (struct lw_member){.value = text, .value_len = strlen(text)};
    json_decref(clean);
    return text;
}

enum lw_code lw_native_begin(
    struct lw_export_state *x, const struct lw_submitted *standing, size_t n, struct lw_err *err)
{
    (void)err;
    lw_asked_gone(x, standing, n);
    return LW_OK;
}

enum lw_code lw_native_each(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err)
{
    struct lw_member found[COLUMNS] = {0};
    struct lw_err failed = {0};
    if (!lw_export_line(x, s, &failed))
        return failed.code == LW_OK ? LW_OK : lw_fail(err, failed.code, "%s", failed.text);
    pick(&x->line, found);
    struct lw_export_now now = lw_export_now(x, s);
    char *clean = clean_answers(x, s, &found[ANSWERS]);
    lw_buf_char(&x->out, '{');
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *name = column[i].name;
        if (!column[i].member)
            add_other(x, name, s, &now);
        else if (i == FILE_NOW || i == RECORD)
            add_place(x, i, &found[i], &now);
        else if (i == ANSWERS)
            add_answers(x, &found[i]);
        else
            add(&x->out, name, strlen(name), found[i].value, found[i].value_len);
    }
    free(clean);
    lw_buf_str(&x->out, "}\n");
    x->report->written++;
    return LW_OK;
}
