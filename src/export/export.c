/* Exports the labels that count, in the order of the tasks. This file is on top: the table of
 * formats and the run through the labels. How a format writes a label is in its own file.
 *
 * A new format is one row in FORMATS below and one file, export_NAME.c, that defines
 * lw_export_NAME: its name, its help, and functions that add a label's line to x->out (`begin`,
 * `each`, `end`; see export_internal.h). A format that wants to know which response is better, or
 * which steps are good, uses lw_export_question_begin and _each with a decider, and writes pairs,
 * single responses or steps only. A file calls only those below it:
 *
 *   export.c             this table, the order of labels, writing in pieces
 *   export_FORMAT.c      one file for each format, or each family of formats
 *   csv_columns.c        which columns a table has
 *   answer_members.c     answers as text, and the members of an object in them
 *   export_talk.c        the turns of a talk: which reply to each is better
 *   export_preference.c  which response is better, good or corrected
 *   export_step.c        which step is good, neutral or bad
 *   export_question.c    the question that decides, and each label that answered it
 *   export_message.c     a message, a tool, as OpenAI and TRL write them
 *   export_task.c        the task of a label; the label as a whole
 *   export_label.c       one label: its line, answers, questions, record; what is lost
 */
#include "labelwright/export/export.h"

#include "export/export_internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { FLUSH = 256 * 1024, INDEX_STEP = 8 * 1024 * 1024 };

#define FORMATS(X)                                                                                 \
    X(native)                                                                                      \
    X(csv)                                                                                         \
    X(csv_spreadsheet)                                                                             \
    X(trl_preference)                                                                              \
    X(trl_kto)                                                                                     \
    X(trl_sft)                                                                                     \
    X(trl_stepwise)                                                                                \
    X(prm800k)                                                                                     \
    X(spans)                                                                                       \
    X(hh_rlhf)                                                                                     \
    X(openai_chat)                                                                                 \
    X(sharegpt)                                                                                    \
    X(openai_preference)                                                                           \
    X(label_studio)                                                                                \
    X(argilla)                                                                                     \
    X(ultrafeedback)

#define X(id) extern const struct lw_export_format lw_export_##id;
FORMATS(X)
#undef X

static const struct lw_export_format *const table[] = {
#define X(id) &lw_export_##id,
    FORMATS(X)
#undef X
};

enum { NFORMATS = sizeof table / sizeof *table };

const char *lw_export_name(size_t i)
{
    return i < NFORMATS ? table[i]->name : NULL;
}

const char *lw_export_help(size_t i)
{
    return i < NFORMATS ? table[i]->help : NULL;
}

static const struct lw_export_format *named(const char *name)
{
    size_t i = 0;
    while (i < NFORMATS && strcmp(table[i]->name, name) != 0)
        i++;
    return i < NFORMATS ? table[i] : NULL;
}

static bool needs_texts(const struct lw_export_format *f)
{
    return f->by != NULL || f->texts;
}

bool lw_export_needs_texts(const char *format)
{
    const struct lw_export_format *f = named(format);
    return f && needs_texts(f);
}

const char *lw_export_config(const char *format)
{
    const struct lw_export_format *f = named(format);
    return f ? f->config : NULL;
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

/* ---- current labels, in order */

struct gathering {
    struct lw_tasks *tasks;
    struct lw_submitted *v;
    size_t n, room;
    uint64_t kept; /* labels that are private */
};

static void gather(void *ctx, const struct lw_entry *e)
{
    struct gathering *g = ctx;
    g->kept += e->private;
    if (e->private)
        return;
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

static enum lw_code flush(struct lw_export_state *x, size_t unless_below, struct lw_err *err)
{
    if (x->out.len == 0 || x->out.len < unless_below)
        return LW_OK;
    return lw_export_write(x, err);
}

static enum lw_code write_all(struct lw_export_state *x, const struct lw_export_format *f,
    const struct gathering *g, struct lw_err *err)
{
    enum lw_code code = f->begin ? f->begin(x, g->v, g->n, err) : LW_OK;
    if (code == LW_OK && x->with->config)
        f->configure(x, x->with->config);
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
    const struct lw_export_format *f = named(name);
    for (size_t i = 0; i < NFORMATS && !f; i++)
        lw_buf_fmt(&known, "%s%s", i ? ", " : "", table[i]->name);
    if (!f)
        lw_fail(err, LW_EUSAGE, "No export format \"%.40s\". Use one of: %s.", name, known.data);
    lw_buf_fini(&known);
    return f;
}

static char *as_json(const char *text)
{
    json_t *s = json_string(text);
    char *json = s ? json_dumps(s, JSON_ENCODE_ANY) : NULL;
    json_decref(s);
    return json ? json : lw_strdup("null");
}

static enum lw_code check_config(
    const struct lw_export *with, const struct lw_export_format *f, struct lw_err *err)
{
    struct lw_buf known = {0};
    for (size_t i = 0; i < NFORMATS; i++)
        if (table[i]->config)
            lw_buf_fmt(&known, "%s%s", known.len ? " and " : "", table[i]->name);
    if (with->config && !f->config)
        lw_fail(err, LW_EUSAGE, "--config works with %s, not with %s.", known.data, f->name);
    lw_buf_fini(&known);
    return with->config && !f->config ? LW_EUSAGE : LW_OK;
}

static enum lw_code check_neutral(
    const struct lw_export *with, const struct lw_export_format *f, struct lw_err *err)
{
    static const char *const words[] = {"good", "bad", "skip"};
    for (size_t i = 0; with->neutral && i < sizeof words / sizeof *words; i++)
        if (f->neutral && strcmp(with->neutral, words[i]) == 0)
            return LW_OK;
    if (!with->neutral)
        return LW_OK;
    return f->neutral ? lw_fail(err, LW_EUSAGE, "--neutral must be good, bad or skip.")
                      : lw_fail(err, LW_EUSAGE, "--neutral works with trl-stepwise, not with %s.",
                            f->name);
}

static enum lw_code check_offsets(
    const struct lw_export *with, const struct lw_export_format *f, struct lw_err *err)
{
    static const char *const words[] = {"chars", "utf16", "bytes"};
    for (size_t i = 0; with->offsets && i < sizeof words / sizeof *words; i++)
        if (f->offsets && strcmp(with->offsets, words[i]) == 0)
            return LW_OK;
    if (!with->offsets)
        return LW_OK;
    return f->offsets
               ? lw_fail(err, LW_EUSAGE, "--offsets must be chars, utf16 or bytes.")
               : lw_fail(err, LW_EUSAGE, "--offsets works with spans, not with %s.", f->name);
}

enum lw_code lw_export_run(const char *format, const struct lw_export *with,
    struct lw_export_report *report, struct lw_err *err)
{
    *report = (struct lw_export_report){0};
    const struct lw_export_format *f = find_format(format, err);
    if (!f)
        return LW_EUSAGE;
    if (with->empty_prompt && !f->empty_prompt)
        return lw_fail(
            err, LW_EUSAGE, "--empty-prompt works with the TRL formats, not with %s.", f->name);
    if (check_neutral(with, f, err) != LW_OK || check_offsets(with, f, err) != LW_OK ||
        check_config(with, f, err) != LW_OK)
        return LW_EUSAGE;
    struct lw_err why = {0};
    enum lw_code code = with->tasks ? index_all(with->tasks, &why) : LW_EABSENT;
    if (code != LW_OK && needs_texts(f))
        return lw_fail(err, code, "%s", with->tasks ? why.text : "The task files cannot be read.");
    if (with->tasks)
        lw_tasks_read_ahead(with->tasks);
    struct gathering g = {.tasks = with->tasks};
    struct lw_export_state x = {.with = with, .format = f, .report = report};
    x.lines = lw_line_reader_new(with->journal);
    x.annotator = as_json(lw_journal_annotator(with->journal));
    lw_ledger_each(with->ledger, gather, &g);
    report->lost[LW_LOSS_PRACTICE] = g.kept;
    if (g.n > 1)
        qsort(g.v, g.n, sizeof *g.v, by_position);
    code = write_all(&x, f, &g, err);
    if (report->bytes <= LW_EXPORT_TYPED)
        report->lost[LW_LOSS_SHAPE] = 0;
    if (x.own && f->fini)
        f->fini(&x);
    free(x.own);
    free(x.annotator);
    lw_line_reader_free(x.lines);
    lw_blocks_fini(&x);
    lw_buf_fini(&x.out);
    free(g.v);
    return code;
}
