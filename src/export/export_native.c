/* native: one JSON line a task, with the members of the table below. Values of the event are copied
 * from the journal, byte for byte, without parsing. Every line has every member and every question,
 * since loaders decide members and types by the first lines they see. */
#include "export/answer_members_internal.h"
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
    struct lead {
        char *text; /* `,"NAME":` */
        size_t n;
    } * question;
    struct lw_answer_members answers; /* of the label */
};

static struct native *of(const struct lw_export_state *x)
{
    return x->own;
}

/* What is written before each value. `empty` has the member's type. `member` NONE: the value is not
 * in the event. */
enum { NONE = LW_IN_COUNT };
static const struct {
    int member;
    const char *lead, *empty;
    size_t lead_len;
} column[] = {
#define COLUMN(member, lead, empty)                                                                \
    {                                                                                              \
        member, lead, empty, sizeof lead - 1                                                       \
    }
    COLUMN(LW_IN_TASK, "{\"task\":", "\"\""),
    COLUMN(LW_IN_FILE, ",\"file\":", "\"\""),
    COLUMN(LW_IN_RECORD, ",\"record\":", "0"),
    COLUMN(NONE, ",\"record_now\":", NULL),
    COLUMN(NONE, ",\"state\":", NULL),
    COLUMN(LW_IN_ANSWERS, ",\"answers\":", "{}"),
    COLUMN(LW_IN_REASON, ",\"skipped\":", "\"\""),
    COLUMN(LW_IN_ORDER, ",\"order\":", "[]"),
    COLUMN(LW_IN_ACTIVE, ",\"active_ms\":", "0"),
    COLUMN(LW_IN_WALL, ",\"wall_ms\":", "0"),
    COLUMN(NONE, ",\"annotator\":", NULL),
    COLUMN(LW_IN_TIME, ",\"time\":", "\"\""),
    COLUMN(LW_IN_SEQ, ",\"seq\":", "0"),
    COLUMN(LW_IN_QUESTIONS, ",\"questions\":", "\"\""),
    COLUMN(LW_IN_SUGGESTIONS, ",\"suggestions\":", "[]"),
    COLUMN(LW_IN_DEFAULTED, ",\"defaulted\":", "[]"),
#undef COLUMN
};

enum { COLUMNS = sizeof column / sizeof *column };
enum { FILE_NOW = 1, RECORD = 2, NOW = 3, STATE = 4, ANSWERS = 5, WHO = 10 };

/* The event's, or an empty one. */
static struct lw_member value_of(const struct lw_export_state *x, size_t i)
{
    const struct lw_member *m = &x->in[column[i].member];
    const char *empty = column[i].empty;
    return m->value ? *m : (struct lw_member){.value = empty, .value_len = strlen(empty)};
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

/* The name of a member, before its value; `lead` begins with a comma. */
static void add_lead(struct lw_buf *out, const char *lead, size_t n)
{
    bool first = out->data[out->len - 1] == '{';
    lw_buf_add(out, lead + first, n - first);
}

static void add_empty(struct lw_export_state *x, const struct lw_question *q)
{
    lw_buf_str(&x->out, empty_of(q));
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
    bool **not_dates = &of(x)->not_dates;
    if (!*not_dates)
        *not_dates = lw_alloc(p->nquestions * sizeof **not_dates);
    if (!(*not_dates)[question])
        (*not_dates)[question] = !answer || !all_dates(answer);
}

static enum lw_code end(struct lw_export_state *x, struct lw_err *err)
{
    (void)err;
    const struct lw_project *p = x->with->project;
    const bool *not_dates = of(x)->not_dates;
    for (size_t i = 0; not_dates && i < p->nquestions; i++)
        if (is_text(&p->question[i]) && !not_dates[i])
            lw_export_lose(x, LW_LOSS_DATES);
    return LW_OK;
}

/* ---- a line */

static bool add_answer(struct lw_export_state *x, size_t question)
{
    const struct lw_question *q = &x->with->project->question[question];
    const struct lead *lead = &of(x)->question[question];
    const struct lw_member *m = lw_answer_members_find(&of(x)->answers, q->name, lead->n - 4);
    note_dates(x, question, m);
    add_lead(&x->out, lead->text, lead->n);
    if (!m) {
        add_empty(x, q);
        return false;
    }
    lw_buf_add(&x->out, m->value, m->value_len);
    if (!is_of_kind(m, q))
        lw_export_lose(x, LW_LOSS_KIND);
    return true;
}

static void add_dropped(struct lw_export_state *x, const struct lw_question *q)
{
    if (lw_answer_members_find(&of(x)->answers, q->name, strlen(q->name)))
        return;
    char *lead = lw_format(",\"%s\":", q->name);
    add_lead(&x->out, lead, strlen(lead));
    add_empty(x, q);
    free(lead);
}

static bool is_question(const struct lw_project *p, const struct lw_member *m)
{
    size_t i = 0;
    while (i < p->nquestions && !lw_member_is(m, p->question[i].name))
        i++;
    return i < p->nquestions;
}

/* To a question that is not asked any more. The key's quote stands before it in the text. */
static void add_other_answer(struct lw_export_state *x, const struct lw_member *m)
{
    if (is_question(x->with->project, m))
        return;
    add_lead(&x->out, ",", 1);
    lw_buf_add(&x->out, m->key - 1, m->key_len + 3);
    lw_buf_add(&x->out, m->value, m->value_len);
}

/* Every question, also those no longer asked. */
static void add_answers(struct lw_export_state *x, const struct lw_member *answers)
{
    struct lw_answer_members *all = &of(x)->answers;
    size_t found = 0;
    lw_answer_members_set(all, answers->value, answers->value_len);
    lw_buf_char(&x->out, '{');
    for (size_t i = 0; i < x->with->project->nquestions; i++)
        found += add_answer(x, i);
    for (size_t i = 0; i < x->ndropped; i++)
        add_dropped(x, x->dropped[i]);
    for (size_t i = 0; i < all->n && found < all->n; i++)
        add_other_answer(x, &all->v[i]);
    lw_buf_char(&x->out, '}');
}

static void add_text(struct lw_export_state *x, const char *text)
{
    lw_json_add_text(&x->out, text, strlen(text));
}

static void add_event_value(struct lw_export_state *x, size_t i)
{
    struct lw_member m = value_of(x, i);
    lw_buf_add(&x->out, m.value, m.value_len);
}

/* Where the record is now; if it is in no task file any more, where it was. */
static void add_value(struct lw_export_state *x, size_t i, const struct lw_submitted *s,
    const struct lw_export_now *now)
{
    if (i == STATE)
        lw_buf_str(&x->out, s->skip ? "\"skipped\"" : "\"done\"");
    else if (i == NOW)
        add_text(x, lw_place_now_name(now));
    else if (i == WHO)
        lw_buf_str(&x->out, x->annotator);
    else if (i == FILE_NOW && now->at.file)
        add_text(x, now->at.file);
    else if (i == RECORD && now->at.file)
        lw_buf_u64(&x->out, now->at.number);
    else
        add_event_value(x, i);
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
    const struct lw_project *p = x->with->project;
    x->own = lw_alloc(sizeof(struct native));
    of(x)->question = lw_alloc(p->nquestions * sizeof *of(x)->question);
    for (size_t i = 0; i < p->nquestions; i++) {
        struct lead *lead = &of(x)->question[i];
        lead->text = lw_format(",\"%s\":", p->question[i].name);
        lead->n = strlen(lead->text);
    }
    lw_blocks_find_dropped(x, labels, n);
    return LW_OK;
}

static enum lw_code each(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err)
{
    struct lw_err failed = {0};
    if (!lw_export_line(x, s, &failed))
        return failed.code == LW_OK ? LW_OK : lw_fail(err, failed.code, "%s", failed.text);
    struct lw_export_now now = lw_export_now(x, s);
    struct lw_member answers = value_of(x, ANSWERS);
    char *clean = clean_answers(x, s, &answers);
    for (size_t i = 0; i < COLUMNS; i++) {
        lw_buf_add(&x->out, column[i].lead, column[i].lead_len);
        if (i == ANSWERS)
            add_answers(x, &answers);
        else
            add_value(x, i, s, &now);
    }
    free(clean);
    lw_buf_str(&x->out, "}\n");
    x->report->written++;
    return LW_OK;
}

static void fini(struct lw_export_state *x)
{
    for (size_t i = 0; i < x->with->project->nquestions; i++)
        free(of(x)->question[i].text);
    free(of(x)->question);
    free(of(x)->not_dates);
    lw_answer_members_fini(&of(x)->answers);
}

const struct lw_export_format lw_export_native = {
    "native",
    "JSON Lines, one line per task: answers, times, order shown",
    .begin = begin,
    .each = each,
    .end = end,
    .fini = fini,
};
