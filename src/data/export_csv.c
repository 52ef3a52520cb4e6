/* A row a task, by RFC 4180. The columns of a question on responses are known only when all answers
 * were seen, so the journal's lines are read twice; the task files not at all. */
#include "data/export_own.h"
#include "data/members.h"

#include <stdlib.h>
#include <string.h>

enum { RESPONSES_MAX = 100 };

/* In the event, or NULL for what only the journal's first line names. */
static const struct {
    const char *member, *name;
} fixed[] = {
    {"task", "task"},
    {"file", "file"},
    {"record", "record"},
    {"answers", NULL}, /* the questions' columns */
    {"reason", "skipped"},
    {"order", "order"},
    {"active_ms", "active_ms"},
    {"wall_ms", "wall_ms"},
    {NULL, "annotator"},
    {"time", "time"},
    {"seq", "seq"},
};
enum { FIXED = sizeof fixed / sizeof *fixed };

static bool is_keyed(const struct lw_question *q)
{
    return q->on != LW_ON_TASK && q->on != LW_ON_PROMPT;
}

/* ---- cells */

static void start_cell(struct lw_exporting *x, bool *first)
{
    if (!*first)
        lw_buf_char(&x->out, ',');
    *first = false;
}

static bool wants_quotes(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strchr(",\"\r\n", s[i]))
            return true;
    return false;
}

static void add_cell(struct lw_exporting *x, const char *s, size_t n)
{
    if (!wants_quotes(s, n)) {
        lw_buf_add(&x->out, s, n);
        return;
    }
    lw_buf_char(&x->out, '"');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"')
            lw_buf_char(&x->out, '"');
        lw_buf_char(&x->out, s[i]);
    }
    lw_buf_char(&x->out, '"');
}

/* Text stays as it is: who reads it with a program must get what was written. */
static void add_text(struct lw_exporting *x, const char *s, size_t n)
{
    if (n > 0 && strchr("=+-@", s[0]))
        lw_export_lose(x, LW_LOSS_FORMULA);
    add_cell(x, s, n);
}

static void add_json(struct lw_exporting *x, const json_t *v)
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
static void add_tags(struct lw_exporting *x, const json_t *list)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < json_array_size(list); i++)
        lw_buf_fmt(&b, "%s%s", i ? ";" : "", json_string_value(json_array_get(list, i)));
    add_text(x, b.data ? b.data : "", b.len);
    lw_buf_fini(&b);
}

static void add_value(struct lw_exporting *x, const struct lw_question *q, const json_t *v)
{
    const json_t *text = q->type == LW_Q_EDIT ? json_object_get(v, "text") : v;
    if (q->type == LW_Q_EDIT && text)
        lw_export_lose(x, LW_LOSS_ORIGINAL);
    if (json_is_string(text))
        add_text(x, json_string_value(text), json_string_length(text));
    else if (q->type == LW_Q_TAGS && all_texts(v))
        add_tags(x, v);
    else if (v)
        add_json(x, v);
}

/* ---- the questions' columns */

struct walk {
    struct lw_exporting *x;
    const struct lw_question *q;
    bool *first;
};

static void each_header(const struct walk *w, const char *part)
{
    struct lw_buf b = {0};
    size_t i = 0;
    while (i < FIXED && (!fixed[i].name || strcmp(fixed[i].name, w->q->name) != 0))
        i++;
    lw_buf_fmt(&b, "%s%s", i < FIXED && !part ? "answer." : "", w->q->name);
    if (part)
        lw_buf_fmt(&b, ".%s", part);
    start_cell(w->x, w->first);
    add_cell(w->x, b.data, b.len);
    lw_buf_fini(&b);
}

static void add_headers(struct lw_exporting *x, const struct lw_question *q, bool *first)
{
    const struct walk w = {x, q, first};
    const char *id;
    json_t *column;
    if (!is_keyed(q))
        each_header(&w, NULL);
    if (q->type == LW_Q_COMPARE)
        each_header(&w, "strength");
    if (is_keyed(q))
        json_object_foreach(x->responses, id, column) each_header(&w, id);
}

/* How many of the answers have a cell. */
static size_t add_keyed(
    struct lw_exporting *x, const struct lw_question *q, const json_t *answer, bool *first)
{
    const char *id;
    json_t *column;
    size_t carried = 0;
    json_object_foreach(x->responses, id, column)
    {
        const json_t *v = json_object_get(answer, id);
        start_cell(x, first);
        add_value(x, q, v);
        carried += v != NULL;
    }
    x->report->lost[LW_LOSS_COLUMN] += json_object_size(answer) - carried;
    return json_is_object(answer);
}

/* A tie is an empty cell and strength 0: any word might be a response's id. */
static void add_compare(struct lw_exporting *x, const json_t *answer, bool *first)
{
    const json_t *better = json_object_get(answer, "better");
    const json_t *strength = json_object_get(answer, "strength");
    start_cell(x, first);
    if (json_is_string(better))
        add_text(x, json_string_value(better), json_string_length(better));
    start_cell(x, first);
    if (strength)
        add_json(x, strength);
}

static size_t add_answer(
    struct lw_exporting *x, const struct lw_question *q, const json_t *answer, bool *first)
{
    if (is_keyed(q))
        return add_keyed(x, q, answer, first);
    if (q->type == LW_Q_COMPARE) {
        add_compare(x, answer, first);
        return json_is_object(answer);
    }
    start_cell(x, first);
    add_value(x, q, answer);
    return answer != NULL;
}

static void add_answers(struct lw_exporting *x, const struct lw_member *m, bool *first)
{
    const struct lw_project *p = x->with->project;
    json_t *answers = m->value ? json_loadb(m->value, m->value_len, JSON_ALLOW_NUL, NULL) : NULL;
    size_t carried = 0;
    for (size_t i = 0; i < p->nquestions; i++) {
        const struct lw_question *q = &p->question[i];
        carried += add_answer(x, q, json_object_get(answers, q->name), first);
    }
    x->report->lost[LW_LOSS_OTHER] += json_object_size(answers) - carried;
    json_decref(answers);
}

/* ---- the columns */

/* In the order in which they were first answered; a question on responses has a column for each. */
static void gather(struct lw_exporting *x, const json_t *answers)
{
    const struct lw_project *p = x->with->project;
    const char *id;
    json_t *v;
    for (size_t i = 0; i < p->nquestions; i++) {
        if (!is_keyed(&p->question[i]))
            continue;
        json_object_foreach(json_object_get(answers, p->question[i].name), id,
            v) if (json_object_size(x->responses) < RESPONSES_MAX)
            json_object_set_new(x->responses, id, json_null());
    }
}

static enum lw_code gather_all(
    struct lw_exporting *x, const struct lw_standing *standing, size_t n, struct lw_err *err)
{
    x->responses = json_object();
    for (size_t i = 0; i < n; i++) {
        struct lw_err why = {0};
        if (standing[i].skip)
            continue;
        lw_buf_clear(&x->line);
        enum lw_code code = lw_journal_text(x->with->journal, standing[i].pos, &x->line, &why);
        if (code != LW_OK && code != LW_EBAD && code != LW_EABSENT)
            return lw_fail(err, code, "%s", why.text);
        json_t *answers = code == LW_OK ? lw_export_answers(&x->line) : NULL;
        gather(x, answers);
        json_decref(answers);
    }
    return LW_OK;
}

enum lw_code lw_csv_begin(
    struct lw_exporting *x, const struct lw_standing *standing, size_t n, struct lw_err *err)
{
    const struct lw_project *p = x->with->project;
    enum lw_code code = gather_all(x, standing, n, err);
    bool first = true;
    for (size_t i = 0; i < FIXED && code == LW_OK; i++) {
        for (size_t k = 0; !fixed[i].name && k < p->nquestions; k++)
            add_headers(x, &p->question[k], &first);
        if (fixed[i].name) {
            start_cell(x, &first);
            add_cell(x, fixed[i].name, strlen(fixed[i].name));
        }
    }
    lw_buf_str(&x->out, "\r\n");
    return code;
}

static void add_member(struct lw_exporting *x, const struct lw_member *m)
{
    size_t n;
    char *text = m->value ? lw_member_text(m, &n) : NULL;
    if (text)
        add_text(x, text, n);
    else if (m->value)
        add_cell(x, m->value, m->value_len);
    free(text);
}

enum lw_code lw_csv_each(struct lw_exporting *x, const struct lw_standing *s, struct lw_err *err)
{
    struct lw_err failed = {0};
    if (!lw_export_line(x, s, &failed))
        return failed.code == LW_OK ? LW_OK : lw_fail(err, failed.code, "%s", failed.text);
    const char *at = x->line.data, *end = at + x->line.len;
    struct lw_member m, found[FIXED] = {0};
    while (lw_member_next(&at, end, &m))
        for (size_t i = 0; i < FIXED; i++)
            if (fixed[i].member && lw_member_is(&m, fixed[i].member))
                found[i] = m;
    const char *annotator = lw_journal_annotator(x->with->journal);
    bool first = true;
    for (size_t i = 0; i < FIXED; i++) {
        if (!fixed[i].name) {
            add_answers(x, &found[i], &first);
            continue;
        }
        start_cell(x, &first);
        if (fixed[i].member)
            add_member(x, &found[i]);
        else
            add_text(x, annotator, strlen(annotator));
    }
    lw_buf_str(&x->out, "\r\n");
    x->report->written++;
    return LW_OK;
}
