/* csv, csv-spreadsheet: one row per task, cells as in RFC 4180. The columns are known only after
 * all answers were seen, so the journal's lines are read twice. Of the task files, only labeled
 * records are read, to see whether they changed. */
#include "export/export_internal.h"
#include "labelwright/answers/answers.h"
#include "labelwright/json/json_members.h"
#include "labelwright/project/task_target.h"

#include <stdlib.h>
#include <string.h>

/* LONGEST: Excel cuts longer cells, by its own documentation. */
enum { ITEMS_MAX = 100, TARGETS = LW_ON_SPAN + 1, LONGEST = 32767 };

/* The columns for a question's name, in all question blocks that have it. */
struct column {
    char *name;
    bool plain, strength;
    bool keyed[TARGETS]; /* one per item of this target: per response, turn, step or span */
};

struct csv {
    json_t *items[TARGETS]; /* objects whose members are the ids that have columns */
    struct column *column;
    size_t ncolumns;
    bool suggested, defaulted; /* some label has the member: only then there is a column */
};

static struct csv *of(const struct lw_export_state *x)
{
    return x->own;
}

enum {
    TASK,
    FILE_NOW,
    RECORD,
    NOW,
    STATE,
    ANSWERS,
    SKIPPED,
    ORDER,
    ACTIVE,
    WALL,
    WHO,
    TIME,
    SEQ,
    ASKED,
    SUGGESTED,
    DEFAULTED
};

/* The member of the event; NONE when the value is not in the event. */
enum { NONE = LW_IN_COUNT };
static const struct {
    int member;
    const char *name;
} fixed[] = {
    [TASK] = {LW_IN_TASK, "task"},
    [FILE_NOW] = {LW_IN_FILE, "file"},
    [RECORD] = {LW_IN_RECORD, "record"},
    [NOW] = {NONE, "record_now"},
    [STATE] = {NONE, "state"},
    [ANSWERS] = {NONE, NULL}, /* the questions' columns */
    [SKIPPED] = {LW_IN_REASON, "skipped"},
    [ORDER] = {LW_IN_ORDER, "order"},
    [ACTIVE] = {LW_IN_ACTIVE, "active_ms"},
    [WALL] = {LW_IN_WALL, "wall_ms"},
    [WHO] = {NONE, "annotator"},
    [TIME] = {LW_IN_TIME, "time"},
    [SEQ] = {LW_IN_SEQ, "seq"},
    [ASKED] = {LW_IN_QUESTIONS, "questions"},
    [SUGGESTED] = {LW_IN_SUGGESTIONS, "suggestions"},
    [DEFAULTED] = {LW_IN_DEFAULTED, "defaulted"},
};
enum { FIXED = sizeof fixed / sizeof *fixed };

static bool is_keyed(const struct lw_question *q)
{
    return lw_target_is_keyed(q->on);
}

/* The question for this answer; NULL when it is unknown or of another kind. */
static const struct lw_question *question_of(
    const struct lw_project *p, const char *name, const json_t *answer)
{
    const struct lw_question *q = lw_find_question(p, name, strlen(name));
    bool map = q && (is_keyed(q) || q->type == LW_Q_COMPARE);
    return map && !json_is_object(answer) ? NULL : q;
}

/* ---- cells: text that a spreadsheet would take for a formula is counted; no value is an empty
 * cell */

static void start_cell(struct lw_export_state *x, bool *first)
{
    if (!*first)
        lw_buf_char(&x->out, ',');
    *first = false;
}

static bool wants_quotes(const char *s, size_t n)
{
    return memchr(s, '\0', n) || memchr(s, ',', n) || memchr(s, '"', n) || memchr(s, '\n', n) ||
           memchr(s, '\r', n);
}

static void add_cell(struct lw_export_state *x, const char *s, size_t n)
{
    if (n == 0 || !wants_quotes(s, n)) {
        lw_buf_add(&x->out, s, n);
        return;
    }
    const char *end = s + n, *quote;
    lw_buf_char(&x->out, '"');
    for (; (quote = memchr(s, '"', (size_t)(end - s))); s = quote + 1) {
        lw_buf_add(&x->out, s, (size_t)(quote + 1 - s));
        lw_buf_char(&x->out, '"');
    }
    lw_buf_add(&x->out, s, (size_t)(end - s));
    lw_buf_char(&x->out, '"');
}

/* Excel counts UTF-16 units and cuts longer cells. */
static bool is_too_long(const char *s, size_t n)
{
    size_t units = 0;
    for (size_t i = 0; i < n && n > LONGEST; i++)
        if (((unsigned char)s[i] & 0xC0) != 0x80)
            units += (unsigned char)s[i] >= 0xF0 ? 2 : 1;
    return units > LONGEST;
}

/* A program must read exactly what was written; a spreadsheet must not run it. */
static void add_text_cell(struct lw_export_state *x, const char *s, size_t n)
{
    bool formula = n > 0 && memchr("=+-@\t\r", s[0], 6);
    if (x->format->spreadsheet && is_too_long(s, n))
        lw_export_lose(x, LW_LOSS_LONG);
    if (!formula || !x->format->spreadsheet) {
        if (formula)
            lw_export_lose(x, LW_LOSS_FORMULA);
        add_cell(x, s, n);
        return;
    }
    char *guarded = lw_alloc(n + 1);
    guarded[0] = '\'';
    memcpy(guarded + 1, s, n);
    lw_export_lose(x, LW_LOSS_GUARDED);
    add_cell(x, guarded, n + 1);
    free(guarded);
}

static void add_json_cell(struct lw_export_state *x, const json_t *v)
{
    char *text = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);
    add_cell(x, text, strlen(text));
    free(text);
}

static bool all_texts(const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!json_is_string(json_array_get(list, i)))
            return false;
    return json_is_array(list);
}

/* No tag has a semicolon in it. */
static void add_tags(struct lw_export_state *x, const json_t *list)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < json_array_size(list); i++)
        lw_buf_fmt(&b, "%s%s", i ? ";" : "", json_string_value(json_array_get(list, i)));
    add_text_cell(x, b.data ? b.data : "", b.len);
    lw_buf_fini(&b);
}

static void add_value_cell(struct lw_export_state *x, const struct lw_question *q, const json_t *v)
{
    bool edit = q && q->type == LW_Q_EDIT;
    const json_t *text = edit ? json_object_get(v, "text") : v;
    if (edit && text)
        lw_export_lose(x, LW_LOSS_ORIGINAL);
    if (json_is_string(text))
        add_text_cell(x, json_string_value(text), json_string_length(text));
    else if (all_texts(v) && (!q || q->type == LW_Q_TAGS))
        add_tags(x, v);
    else if (v)
        add_json_cell(x, v);
}

/* ---- the columns */

static struct column *column_of(struct lw_export_state *x, const char *name)
{
    for (size_t i = 0; i < of(x)->ncolumns; i++)
        if (strcmp(of(x)->column[i].name, name) == 0)
            return &of(x)->column[i];
    of(x)->column = lw_grow(of(x)->column, of(x)->ncolumns + 1, sizeof *of(x)->column);
    of(x)->column[of(x)->ncolumns] = (struct column){.name = lw_strdup(name)};
    return &of(x)->column[of(x)->ncolumns++];
}

static void need(struct column *c, const struct lw_question *q)
{
    bool keyed = q && is_keyed(q);
    if (keyed)
        c->keyed[q->on] = true;
    c->plain = c->plain || !keyed;
    c->strength = c->strength || (q && q->type == LW_Q_COMPARE);
}

/* Collects items in the order they were first answered. */
static void gather(struct lw_export_state *x, const struct lw_project *p, json_t *answers)
{
    const char *name, *id;
    json_t *answer, *v;
    json_object_foreach(answers, name, answer)
    {
        const struct lw_question *q = question_of(p, name, answer);
        need(column_of(x, name), q);
        if (!q || !is_keyed(q))
            continue;
        json_t *items = of(x)->items[q->on];
        json_object_foreach(answer, id, v) if (json_object_size(items) < ITEMS_MAX)
            json_object_set_new(items, id, json_null());
    }
}

static void gather_line(struct lw_export_state *x)
{
    const struct lw_project *p = lw_label_questions(x);
    json_t *answers = lw_export_answers(x);
    of(x)->suggested = of(x)->suggested || x->in[LW_IN_SUGGESTIONS].value;
    of(x)->defaulted = of(x)->defaulted || x->in[LW_IN_DEFAULTED].value;
    if (answers && lw_has_conditions(p))
        lw_answers_drop_stale(p, answers);
    gather(x, p, answers);
    json_decref(answers);
}

static enum lw_code gather_all(
    struct lw_export_state *x, const struct lw_submitted *labels, size_t n, struct lw_err *err)
{
    const struct lw_project *p = x->with->project;
    for (size_t i = 0; i < TARGETS; i++)
        of(x)->items[i] = json_object();
    for (size_t i = 0; i < p->nquestions; i++)
        need(column_of(x, p->question[i].name), &p->question[i]);
    for (size_t i = 0; i < n; i++) {
        struct lw_err why = {0};
        if (labels[i].skip)
            continue;
        enum lw_code code = lw_export_read(x, labels[i].pos, &why);
        if (code == LW_OK)
            gather_line(x);
        else if (code != LW_EBAD && code != LW_EABSENT)
            return lw_fail(err, code, "%s", why.text);
    }
    return LW_OK;
}

static void fini(struct lw_export_state *x)
{
    for (size_t i = 0; i < of(x)->ncolumns; i++)
        free(of(x)->column[i].name);
    free(of(x)->column);
    for (size_t i = 0; i < TARGETS; i++)
        json_decref(of(x)->items[i]);
}

/* ---- the header */

static bool has_column(const struct lw_export_state *x, size_t i)
{
    return fixed[i].name && (i != SUGGESTED || of(x)->suggested) &&
           (i != DEFAULTED || of(x)->defaulted);
}

static void add_header(struct lw_export_state *x, const char *name, const char *part, bool *first)
{
    struct lw_buf b = {0};
    size_t i = 0;
    while (i < FIXED && (!fixed[i].name || strcmp(fixed[i].name, name) != 0))
        i++;
    lw_buf_fmt(&b, "%s%s", i < FIXED && !part ? "answer." : "", name);
    if (part)
        lw_buf_fmt(&b, ".%s", part);
    start_cell(x, first);
    add_cell(x, b.data, b.len);
    lw_buf_fini(&b);
}

static void add_headers(struct lw_export_state *x, const struct column *c, bool *first)
{
    const char *id;
    json_t *unused;
    if (c->plain)
        add_header(x, c->name, NULL, first);
    if (c->strength)
        add_header(x, c->name, "strength", first);
    for (size_t i = 0; i < TARGETS; i++)
        if (c->keyed[i])
            json_object_foreach(of(x)->items[i], id, unused) add_header(x, c->name, id, first);
}

static enum lw_code begin(
    struct lw_export_state *x, const struct lw_submitted *labels, size_t n, struct lw_err *err)
{
    x->own = lw_alloc(sizeof(struct csv));
    enum lw_code code = gather_all(x, labels, n, err);
    bool first = true;
    if (x->format->spreadsheet)
        lw_buf_str(&x->out, "\xEF\xBB\xBF"); /* without it Excel does not read UTF-8 */
    for (size_t i = 0; i < FIXED && code == LW_OK; i++) {
        for (size_t k = 0; i == ANSWERS && k < of(x)->ncolumns; k++)
            add_headers(x, &of(x)->column[k], &first);
        if (has_column(x, i)) {
            start_cell(x, &first);
            add_cell(x, fixed[i].name, strlen(fixed[i].name));
        }
    }
    lw_buf_str(&x->out, "\r\n");
    return code;
}

/* ---- a row */

/* Empty cells where this label's question, q, was about something else. */
static void add_keyed(struct lw_export_state *x, size_t target, const struct lw_question *q,
    const json_t *answer, bool *first)
{
    const char *id;
    json_t *unused;
    size_t carried = 0;
    json_object_foreach(of(x)->items[target], id, unused)
    {
        const json_t *v = q ? json_object_get(answer, id) : NULL;
        start_cell(x, first);
        add_value_cell(x, q, v);
        carried += v != NULL;
    }
    if (q)
        x->report->lost[LW_LOSS_COLUMN] += json_object_size(answer) - carried;
}

/* A tie is an empty cell and strength 0, since any word could be a response's id. */
static void add_column(struct lw_export_state *x, const struct column *c,
    const struct lw_project *p, const json_t *answer, bool *first)
{
    const struct lw_question *q = question_of(p, c->name, answer);
    bool keyed = q && is_keyed(q), compared = q && q->type == LW_Q_COMPARE;
    const json_t *better = compared ? json_object_get(answer, "better") : answer;
    const json_t *strength = compared ? json_object_get(answer, "strength") : NULL;
    if (c->plain) {
        start_cell(x, first);
        if (!keyed && !json_is_null(better))
            add_value_cell(x, compared ? NULL : q, better);
    }
    if (c->strength) {
        start_cell(x, first);
        add_value_cell(x, NULL, strength);
    }
    for (size_t i = 0; i < TARGETS; i++)
        if (c->keyed[i])
            add_keyed(x, i, keyed && q->on == i ? q : NULL, answer, first);
}

static void add_answers(struct lw_export_state *x, const struct lw_submitted *s, bool *first)
{
    const struct lw_project *p = s->skip ? NULL : lw_label_count_questions(x);
    json_t *answers = s->skip ? NULL : lw_label_answers(x, p);
    for (size_t i = 0; i < of(x)->ncolumns; i++)
        add_column(x, &of(x)->column[i], p, json_object_get(answers, of(x)->column[i].name), first);
    json_decref(answers);
}

static void add_member(struct lw_export_state *x, const struct lw_member *m)
{
    size_t n;
    char *text = m->value ? lw_member_text(m, &n) : NULL;
    if (text)
        add_text_cell(x, text, n);
    else if (m->value)
        add_cell(x, m->value, m->value_len);
    free(text);
}

/* New text for columns whose value is not the event's; NULL for the others. */
static char *other_text(struct lw_export_state *x, const struct lw_submitted *s, size_t column,
    const struct lw_export_now *now)
{
    if (column == WHO)
        return lw_strdup(lw_journal_annotator(x->with->journal));
    if (column == NOW)
        return lw_strdup(lw_place_now_name(now));
    if (column == STATE)
        return lw_strdup(s->skip ? "skipped" : "done");
    if (!now->at.file)
        return NULL;
    if (column == FILE_NOW)
        return lw_strdup(now->at.file);
    return column == RECORD ? lw_format("%llu", (unsigned long long)now->at.number) : NULL;
}

static void add_fixed(struct lw_export_state *x, const struct lw_submitted *s, size_t column,
    const struct lw_export_now *now, bool *first)
{
    char *text = other_text(x, s, column, now);
    start_cell(x, first);
    if (text)
        add_text_cell(x, text, strlen(text));
    else if (fixed[column].member != NONE)
        add_member(x, &x->in[fixed[column].member]);
    free(text);
}

static enum lw_code each(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err)
{
    struct lw_err failed = {0};
    if (!lw_export_line(x, s, &failed))
        return failed.code == LW_OK ? LW_OK : lw_fail(err, failed.code, "%s", failed.text);
    struct lw_export_now now = lw_export_now(x, s);
    bool first = true;
    for (size_t i = 0; i < FIXED; i++) {
        if (i == ANSWERS)
            add_answers(x, s, &first);
        else if (has_column(x, i))
            add_fixed(x, s, i, &now, &first);
    }
    lw_buf_str(&x->out, "\r\n");
    x->report->written++;
    return LW_OK;
}

const struct lw_export_format lw_export_csv = {
    "csv",
    "one row per task; columns: questions, or responses (quality.a)",
    .begin = begin,
    .each = each,
    .fini = fini,
    .as_is = true,
};

const struct lw_export_format lw_export_csv_spreadsheet = {
    "csv-spreadsheet",
    "the same for spreadsheets: byte order mark, formulas disabled",
    .begin = begin,
    .each = each,
    .fini = fini,
    .as_is = true,
    .spreadsheet = true,
};
