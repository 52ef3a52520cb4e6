#include "labelwright/export/export.h"

#include "export/export_internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { FLUSH = 256 * 1024, INDEX_STEP = 8 * 1024 * 1024 };

static const struct lw_export_format table[] = {
    {"native", "JSON Lines, one line per task: answers, times, order shown",
        .begin = lw_native_begin, .each = lw_native_each, .end = lw_dates_end},
    {"csv", "one row per task; columns: questions, or responses (quality.a)",
        .begin = lw_export_csv_begin, .each = lw_export_csv_each, .as_is = true},
    {"csv-spreadsheet", "the same for spreadsheets: byte order mark, formulas disabled",
        .begin = lw_export_csv_begin, .each = lw_export_csv_each, .as_is = true,
        .spreadsheet = true},
    {"trl-preference",
        "JSON Lines for TRL: prompt, chosen, rejected (from comparing, rating or correcting)",
        .begin = lw_judged_begin, .each = lw_judged_each, .end = lw_shape_end,
        .takes = lw_trl_takes, .pair = lw_trl_pair},
    {"trl-kto",
        "JSON Lines for TRL: prompt, completion, label (true: rated good, or the better one)",
        .begin = lw_judged_begin, .each = lw_judged_each, .end = lw_shape_end,
        .takes = lw_trl_takes, .one = lw_trl_kto},
    {"trl-sft", "JSON Lines for TRL: prompt, completion (corrected, rated good, or the better one)",
        .begin = lw_judged_begin, .each = lw_judged_each, .end = lw_shape_end,
        .takes = lw_trl_takes, .one = lw_trl_sft, .good_only = true},
    {"hh-rlhf", "JSON Lines: chosen, rejected; each a full Human/Assistant transcript",
        .begin = lw_judged_begin, .each = lw_judged_each, .takes = lw_hh_takes, .pair = lw_hh_pair,
        .as_is = true},
    {"openai-chat", "JSON Lines: messages; the last is corrected, rated good, or the better one",
        .begin = lw_judged_begin, .each = lw_judged_each, .takes = lw_chat_takes,
        .one = lw_chat_one, .good_only = true},
};

enum { NFORMATS = sizeof table / sizeof *table };

const char *lw_export_name(size_t i)
{
    return i < NFORMATS ? table[i].name : NULL;
}

const char *lw_export_help(size_t i)
{
    return i < NFORMATS ? table[i].help : NULL;
}

bool lw_export_carries_texts(const char *format)
{
    for (size_t i = 0; i < NFORMATS; i++)
        if (strcmp(table[i].name, format) == 0)
            return table[i].takes != NULL;
    return false;
}

const char *lw_loss_describe(enum lw_loss loss)
{
    static const char *const words[] = {
#define X(id, text) text,
        LW_LOSSES(X)
#undef X
    };
    return words[loss];
}

char *lw_loss_text(enum lw_loss loss, uint64_t n)
{
    const char *words = lw_loss_describe(loss);
    size_t noun = strcspn(words, " ");
    return lw_format("%" PRIu64 " %.*s%s", n, (int)(noun - (n == 1)), words, words + noun);
}

void lw_export_lose(struct lw_export_state *x, enum lw_loss loss)
{
    x->report->lost[loss]++;
}

bool lw_export_line(struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err)
{
    struct lw_err why = {0};
    lw_buf_clear(&x->line);
    enum lw_code code = lw_journal_text(x->with->journal, s->pos, &x->line, &why);
    if (code == LW_EBAD || code == LW_EABSENT)
        lw_export_lose(x, LW_LOSS_DAMAGED);
    else if (code != LW_OK)
        lw_fail(err, code, "%s", why.text);
    return code == LW_OK;
}

/* ---- current labels, in order */

struct gathering {
    struct lw_tasks *tasks;
    struct lw_submitted *v;
    size_t n, room;
};

static void gather(void *ctx, const struct lw_entry *e)
{
    struct gathering *g = ctx;
    if (g->n == g->room) {
        g->room = g->room ? 2 * g->room : 256;
        g->v = lw_grow(g->v, g->room, sizeof *g->v);
    }
    struct lw_submitted *s = &g->v[g->n++];
    *s = (struct lw_submitted){SIZE_MAX, e->seq, e->record, e->pos, e->skip};
    if (!g->tasks || !lw_tasks_find(g->tasks, e->task, &s->position))
        s->position = SIZE_MAX;
}

static int by_position(const void *a, const void *b)
{
    const struct lw_submitted *x = a, *y = b;
    if (x->position != y->position)
        return x->position < y->position ? -1 : 1;
    return (x->seq > y->seq) - (x->seq < y->seq);
}

static enum lw_code index_all(struct lw_tasks *t, struct lw_err *err)
{
    while (lw_tasks_step(t, INDEX_STEP)) {
    }
    const char *error = lw_tasks_error(t);
    return error ? lw_fail(err, LW_EIO, "%s", error) : LW_OK;
}

/* ---- running */

/* Some readers take these for line ends. In JSON they occur only in strings. */
static void escape_line_ends(const struct lw_buf *from, struct lw_buf *to)
{
    static const struct {
        const char *bytes, *escape;
    } ends[] = {{"\xc2\x85", "\\u0085"}, {"\xe2\x80\xa8", "\\u2028"}, {"\xe2\x80\xa9", "\\u2029"}};
    const char *s = from->data, *end = s + from->len, *copied = s;
    for (; s < end; s++) {
        if (*s != '\xc2' && *s != '\xe2')
            continue;
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            size_t n = strlen(ends[i].bytes);
            if ((size_t)(end - s) < n || memcmp(s, ends[i].bytes, n) != 0)
                continue;
            lw_buf_add(to, copied, (size_t)(s - copied));
            lw_buf_str(to, ends[i].escape);
            copied = s + n;
        }
    }
    lw_buf_add(to, copied, (size_t)(end - copied));
}

enum lw_code lw_export_put(struct lw_export_state *x, struct lw_err *err)
{
    struct lw_buf escaped = {0};
    if (!x->format->as_is)
        escape_line_ends(&x->out, &escaped);
    const struct lw_buf *out = x->format->as_is ? &x->out : &escaped;
    enum lw_code code = x->with->write(x->with->ctx, out->data, out->len, err);
    x->report->bytes += out->len;
    lw_buf_fini(&escaped);
    lw_buf_clear(&x->out);
    return code;
}

static enum lw_code flush(struct lw_export_state *x, size_t unless_below, struct lw_err *err)
{
    if (x->out.len == 0 || x->out.len < unless_below)
        return LW_OK;
    return lw_export_put(x, err);
}

static enum lw_code write_all(struct lw_export_state *x, const struct lw_export_format *f,
    const struct gathering *g, struct lw_err *err)
{
    enum lw_code code = f->begin ? f->begin(x, g->v, g->n, err) : LW_OK;
    for (size_t i = 0; i < g->n && code == LW_OK && x->error.code == LW_OK; i++) {
        code = f->each(x, &g->v[i], err);
        if (code == LW_OK)
            code = flush(x, FLUSH, err);
    }
    if (code == LW_OK && x->error.code != LW_OK)
        code = lw_fail(err, x->error.code, "%s", x->error.text);
    if (code == LW_OK && f->end)
        code = f->end(x, err);
    return code == LW_OK ? flush(x, 0, err) : code;
}

static const struct lw_export_format *find_format(const char *name, struct lw_err *err)
{
    struct lw_buf known = {0};
    for (size_t i = 0; i < NFORMATS; i++) {
        if (strcmp(table[i].name, name) == 0) {
            lw_buf_fini(&known);
            return &table[i];
        }
        lw_buf_fmt(&known, "%s%s", i ? ", " : "", table[i].name);
    }
    lw_fail(err, LW_EUSAGE, "No export format \"%.40s\". Use one of: %s.", name, known.data);
    lw_buf_fini(&known);
    return NULL;
}

static char *as_json(const char *text)
{
    json_t *s = json_string(text);
    char *json = s ? json_dumps(s, JSON_ENCODE_ANY) : NULL;
    json_decref(s);
    return json ? json : lw_strdup("null");
}

enum lw_code lw_export_run(const char *format, const struct lw_export *with,
    struct lw_export_report *report, struct lw_err *err)
{
    *report = (struct lw_export_report){0};
    const struct lw_export_format *f = find_format(format, err);
    if (!f)
        return LW_EUSAGE;
    if (with->empty_prompt && f->takes != lw_trl_takes)
        return lw_fail(
            err, LW_EUSAGE, "--empty-prompt works with the TRL formats, not with %s.", f->name);
    struct lw_err why = {0};
    enum lw_code code = with->tasks ? index_all(with->tasks, &why) : LW_EABSENT;
    if (code != LW_OK && f->takes)
        return lw_fail(err, code, "%s", with->tasks ? why.text : "The task files cannot be read.");
    struct gathering g = {.tasks = with->tasks};
    struct lw_export_state x = {.with = with, .format = f, .report = report};
    x.annotator = as_json(lw_journal_annotator(with->journal));
    lw_ledger_each(with->ledger, gather, &g);
    if (g.n > 1)
        qsort(g.v, g.n, sizeof *g.v, by_position);
    code = write_all(&x, f, &g, err);
    if (report->bytes <= LW_EXPORT_TYPED)
        report->lost[LW_LOSS_SHAPE] = 0;
    free(x.annotator);
    free(x.not_dates);
    lw_asked_fini(&x);
    lw_export_csv_fini(&x);
    lw_shape_fini(&x);
    lw_buf_fini(&x.out);
    lw_buf_fini(&x.line);
    free(g.v);
    return code;
}
