/* csv, csv-spreadsheet: one row per task, cells as in RFC 4180. Which columns there are is decided
 * in csv_columns.c before the first row. Of the task files, only labeled records are read, to see
 * whether they changed. */
#include "export/answer_members_internal.h"
#include "export/csv_columns_internal.h"
#include "export/export_internal.h"
#include "labelwright/json/json_members.h"
#include "labelwright/json/json_read.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 32767 }; /* Excel cuts longer cells, by its own documentation */

struct csv {
    struct lw_csv_columns columns;
    struct lw_answer_members answers, items; /* of the label, and of one of its answers */
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
    static const bool special[256] = {
        ['\0'] = true, [','] = true, ['"'] = true, ['\n'] = true, ['\r'] = true};
    for (size_t i = 0; i < n; i++)
        if (special[(unsigned char)s[i]])
            return true;
    return false;
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

/* A string's text. */
static void add_string_cell(struct lw_export_state *x, const struct lw_member *m)
{
    size_t n = 0;
    const char *plain = lw_member_plain(m, &n);
    char *text = plain ? NULL : lw_member_text(m, &n);
    if (plain || text)
        add_text_cell(x, plain ? plain : text, n);
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

static void add_list_cell(
    struct lw_export_state *x, const struct lw_question *q, const struct lw_member *v)
{
    bool tags = !q || q->type == LW_Q_TAGS;
    json_t *list = tags ? lw_json_read(v->value, v->value_len, JSON_ALLOW_NUL, NULL) : NULL;
    if (all_texts(list))
        add_tags(x, list);
    else
        add_cell(x, v->value, v->value_len);
    json_decref(list);
}

/* The corrected text of a correction. */
static void add_edit_cell(struct lw_export_state *x, const struct lw_member *v)
{
    struct lw_member text;
    bool found = lw_member_find(v->value, v->value + v->value_len, "text", &text);
    if (found)
        lw_export_lose(x, LW_LOSS_ORIGINAL);
    if (found && text.value[0] == '"')
        add_string_cell(x, &text);
    else
        add_cell(x, v->value, v->value_len);
}

/* `v` NULL: there is none. */
static void add_value_cell(
    struct lw_export_state *x, const struct lw_question *q, const struct lw_member *v)
{
    if (!v)
        return;
    if (q && q->type == LW_Q_EDIT)
        add_edit_cell(x, v);
    else if (v->value[0] == '"')
        add_string_cell(x, v);
    else if (v->value[0] == '[')
        add_list_cell(x, q, v);
    else
        add_cell(x, v->value, v->value_len);
}

/* ---- the header */

static bool has_column(const struct lw_export_state *x, size_t i)
{
    const struct lw_csv_columns *c = &of(x)->columns;
    return fixed[i].name && (i != SUGGESTED || c->suggested) && (i != DEFAULTED || c->defaulted);
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

static void add_headers(struct lw_export_state *x, const struct lw_csv_column *c, bool *first)
{
    if (c->plain)
        add_header(x, c->name, NULL, first);
    if (c->strength)
        add_header(x, c->name, "strength", first);
    for (size_t t = 0; t < LW_CSV_TARGETS; t++)
        for (size_t i = 0; c->keyed[t] && i < of(x)->columns.items[t].n; i++)
            add_header(x, c->name, of(x)->columns.items[t].v[i].id, first);
}

static enum lw_code begin(
    struct lw_export_state *x, const struct lw_submitted *labels, size_t n, struct lw_err *err)
{
    x->own = lw_alloc(sizeof(struct csv));
    enum lw_code code = lw_csv_columns_gather(x, labels, n, &of(x)->columns, err);
    bool first = true;
    if (x->format->spreadsheet)
        lw_buf_str(&x->out, "\xEF\xBB\xBF"); /* without it Excel does not read UTF-8 */
    for (size_t i = 0; i < FIXED && code == LW_OK; i++) {
        for (size_t k = 0; i == ANSWERS && k < of(x)->columns.n; k++)
            add_headers(x, &of(x)->columns.v[k], &first);
        if (has_column(x, i)) {
            start_cell(x, &first);
            add_cell(x, fixed[i].name, strlen(fixed[i].name));
        }
    }
    lw_buf_str(&x->out, "\r\n");
    return code;
}

static void fini(struct lw_export_state *x)
{
    lw_csv_columns_fini(&of(x)->columns);
    lw_answer_members_fini(&of(x)->answers);
    lw_answer_members_fini(&of(x)->items);
}

/* ---- a row */

static void take_members(struct lw_answer_members *to, const char *text, size_t n)
{
    lw_answer_members_set(to, text, n);
    lw_answer_members_unescape(to);
}

/* Empty cells where this label's question, q, was about something else. */
static void add_keyed(struct lw_export_state *x, size_t target, const struct lw_question *q,
    const struct lw_member *answer, bool *first)
{
    const struct lw_csv_items *items = &of(x)->columns.items[target];
    struct lw_answer_members *answered = &of(x)->items;
    size_t carried = 0;
    if (q)
        take_members(answered, answer->value, answer->value_len);
    for (size_t i = 0; i < items->n; i++) {
        const struct lw_member *v =
            q ? lw_answer_members_find(answered, items->v[i].id, items->v[i].len) : NULL;
        start_cell(x, first);
        add_value_cell(x, q, v);
        carried += v != NULL;
    }
    if (q)
        x->report->lost[LW_LOSS_COLUMN] += answered->n - carried;
}

static bool is_null(const struct lw_member *v)
{
    return v && v->value[0] == 'n';
}

static const struct lw_member *part_of(
    const struct lw_member *answer, const char *name, struct lw_member *to)
{
    bool found = lw_member_find(answer->value, answer->value + answer->value_len, name, to);
    return found ? to : NULL;
}

/* A tie is an empty cell and strength 0, since any word could be a response's id. `answer` NULL:
 * there is none. */
static void add_column(struct lw_export_state *x, const struct lw_csv_column *c,
    const struct lw_project *p, const struct lw_member *answer, bool *first)
{
    const struct lw_question *q =
        answer ? lw_csv_question(p, c->name, c->len, answer->value[0]) : NULL;
    bool keyed = lw_csv_is_keyed(q), compared = q && q->type == LW_Q_COMPARE;
    struct lw_member part;
    if (c->plain) {
        const struct lw_member *v = compared ? part_of(answer, "better", &part) : answer;
        start_cell(x, first);
        if (!keyed && !is_null(v))
            add_value_cell(x, compared ? NULL : q, v);
    }
    if (c->strength) {
        start_cell(x, first);
        add_value_cell(x, NULL, compared ? part_of(answer, "strength", &part) : NULL);
    }
    for (size_t i = 0; i < LW_CSV_TARGETS; i++)
        if (c->keyed[i])
            add_keyed(x, i, keyed && q->on == i ? q : NULL, answer, first);
}

static void add_answers(struct lw_export_state *x, const struct lw_submitted *s, bool *first)
{
    const struct lw_csv_columns *c = &of(x)->columns;
    const struct lw_project *p = s->skip ? NULL : lw_label_count_questions(x);
    char *own = NULL;
    size_t n = 0;
    const char *text = s->skip ? NULL : lw_answers_text(x, p, &own, &n);
    take_members(&of(x)->answers, text ? text : "", n);
    for (size_t i = 0; i < c->n; i++)
        add_column(x, &c->v[i], p,
            lw_answer_members_find(&of(x)->answers, c->v[i].name, c->v[i].len), first);
    free(own);
}

/* ---- and what is not an answer */

static void add_text(struct lw_export_state *x, const char *text)
{
    add_text_cell(x, text, strlen(text));
}

/* A number or a word, which no spreadsheet runs, is written as it is. */
static void add_member(struct lw_export_state *x, const struct lw_member *m)
{
    if (m->value && m->value[0] == '"')
        add_string_cell(x, m);
    else if (m->value)
        add_cell(x, m->value, m->value_len);
}

/* Columns whose value is not the event's; the other ones: the event's. */
static void add_fixed(struct lw_export_state *x, const struct lw_submitted *s, size_t column,
    const struct lw_export_now *now)
{
    if (column == WHO)
        add_text(x, lw_journal_annotator(x->with->journal));
    else if (column == NOW)
        add_text(x, lw_place_now_name(now));
    else if (column == STATE)
        add_text(x, s->skip ? "skipped" : "done");
    else if (column == FILE_NOW && now->at.file)
        add_text(x, now->at.file);
    else if (column == RECORD && now->at.file)
        lw_buf_u64(&x->out, now->at.number);
    else if (fixed[column].member != NONE)
        add_member(x, &x->in[fixed[column].member]);
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
        if (i == ANSWERS) {
            add_answers(x, s, &first);
        } else if (has_column(x, i)) {
            start_cell(x, &first);
            add_fixed(x, s, i, &now);
        }
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
