/* native: one JSON line a task, with the members of the table below. Values of the event are copied
 * from the journal, byte for byte, without parsing. Every line has every member and every question,
 * since loaders decide members and types by the first lines they see. */
#include "export/export_internal.h"
#include "labelwright/json/json_members.h"
#include "labelwright/json/json_value.h"
#include "labelwright/project/task_target.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* By question: whether an answer was something else than a date; NULL until a text question was
 * seen. */
struct native {
    bool *not_dates;
};

/* `empty` has the member's type. `member` NONE: the value is not in the event. */
enum { NONE = LW_IN_COUNT };
static const struct {
    int member;
    const char *name, *empty;
} column[] = {
    {LW_IN_TASK, "task", "\"\""},
    {LW_IN_FILE, "file", "\"\""},
    {LW_IN_RECORD, "record", "0"},
    {NONE, "record_now", NULL},
    {NONE, "state", NULL},
    {LW_IN_ANSWERS, "answers", "{}"},
    {LW_IN_REASON, "skipped", "\"\""},
    {LW_IN_ORDER, "order", "[]"},
    {LW_IN_ACTIVE, "active_ms", "0"},
    {LW_IN_WALL, "wall_ms", "0"},
    {NONE, "annotator", NULL},
    {LW_IN_TIME, "time", "\"\""},
    {LW_IN_SEQ, "seq", "0"},
    {LW_IN_QUESTIONS, "questions", "\"\""},
    {LW_IN_SUGGESTIONS, "suggestions", "[]"},
    {LW_IN_DEFAULTED, "defaulted", "[]"},
};

enum { COLUMNS = sizeof column / sizeof *column, FILE_NOW = 1, RECORD = 2, ANSWERS = 5 };

static void pick(const struct lw_export_state *x, struct lw_member found[COLUMNS])
{
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *empty = column[i].empty;
        if (column[i].member != NONE && x->in[column[i].member].value)
            found[i] = x->in[column[i].member];
        else if (empty)
            found[i] = (struct lw_member){.value = empty, .value_len = strlen(empty)};
    }
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
    if (lw_target_is_keyed(q->on) || q->type == LW_Q_COMPARE || q->type == LW_Q_EDIT ||
        q->type == LW_Q_RANK || q->type == LW_Q_TALK)
        return '{';
    bool list = q->type == LW_Q_TAGS || q->type == LW_Q_SPANS || q->type == LW_Q_BOXES;
    return q->type == LW_Q_RATING ? '0' : list ? '[' : '"';
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

/* ---- questions answered with dates only: a loader that guesses types reads such a column as
 * timestamps */

/* 0 in `form` is any digit. True when the text begins like this; then *s moves past it. */
static bool skip_form(const char **s, const char *end, const char *form)
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
    if (!skip_form(&s, end, "0000-00-00"))
        return false;
    if (s == end)
        return true;
    if (!skip_form(&s, end, "T00") && !skip_form(&s, end, " 00"))
        return false;
    if (skip_form(&s, end, ":00"))
        skip_form(&s, end, ":00");
    if (skip_form(&s, end, "+00") || skip_form(&s, end, "-00"))
        (void)(skip_form(&s, end, ":00") || skip_form(&s, end, "00"));
    else
        skip_form(&s, end, "Z");
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

static bool is_text(const struct lw_question *q)
{
    return q->type == LW_Q_TEXT || q->type == LW_Q_WRITE;
}

static void note_dates(struct lw_export_state *x, size_t question, const struct lw_member *answer)
{
    const struct lw_project *p = x->with->project;
    if (!is_text(&p->question[question]))
        return;
    bool **not_dates = &((struct native *)x->own)->not_dates;
    if (!*not_dates)
        *not_dates = lw_alloc(p->nquestions * sizeof **not_dates);
    if (!(*not_dates)[question])
        (*not_dates)[question] = !answer || !all_dates(answer);
}

static enum lw_code end(struct lw_export_state *x, struct lw_err *err)
{
    (void)err;
    const struct lw_project *p = x->with->project;
    const bool *not_dates = ((struct native *)x->own)->not_dates;
    for (size_t i = 0; not_dates && i < p->nquestions; i++)
        if (is_text(&p->question[i]) && !not_dates[i])
            lw_export_lose(x, LW_LOSS_DATES);
    return LW_OK;
}

/* ---- a line */

static void add_answer(struct lw_export_state *x, size_t question, const struct lw_member *answers)
{
    struct lw_member m;
    const struct lw_question *q = &x->with->project->question[question];
    bool answered =
        lw_member_find(answers->value, answers->value + answers->value_len, q->name, &m);
    note_dates(x, question, answered ? &m : NULL);
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
    for (size_t i = 0; i < x->ndropped; i++)
        if (!lw_member_find(answers->value, end, x->dropped[i]->name, &m))
            add_empty(x, x->dropped[i]);
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
        add_text(x, name, lw_place_now_name(now));
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
    const struct lw_project *p = s->skip ? NULL : lw_label_count_questions(x);
    if (!lw_has_conditions(p))
        return NULL;
    uint64_t before = x->report->lost[LW_LOSS_STALE];
    json_t *clean = lw_label_answers(x, p);
    char *text = x->report->lost[LW_LOSS_STALE] > before ? json_dumps(clean, JSON_COMPACT) : NULL;
    if (text)
        *answers = (struct lw_member){.value = text, .value_len = strlen(text)};
    json_decref(clean);
    return text;
}

static enum lw_code begin(
    struct lw_export_state *x, const struct lw_submitted *labels, size_t n, struct lw_err *err)
{
    (void)err;
    x->own = lw_alloc(sizeof(struct native));
    lw_blocks_find_dropped(x, labels, n);
    return LW_OK;
}

static enum lw_code each(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err)
{
    struct lw_member found[COLUMNS] = {0};
    struct lw_err failed = {0};
    if (!lw_export_line(x, s, &failed))
        return failed.code == LW_OK ? LW_OK : lw_fail(err, failed.code, "%s", failed.text);
    pick(x, found);
    struct lw_export_now now = lw_export_now(x, s);
    char *clean = clean_answers(x, s, &found[ANSWERS]);
    lw_buf_char(&x->out, '{');
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *name = column[i].name;
        if (column[i].member == NONE)
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

static void fini(struct lw_export_state *x)
{
    free(((struct native *)x->own)->not_dates);
}

const struct lw_export_format lw_export_native = {
    "native",
    "JSON Lines, one line per task: answers, times, order shown",
    .begin = begin,
    .each = each,
    .end = end,
    .fini = fini,
};
