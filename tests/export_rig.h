/* For tests of exports: a project of three questions, tasks, a journal, and what came out. */
#ifndef LABELWRIGHT_TESTS_EXPORT_RIG_H
#define LABELWRIGHT_TESTS_EXPORT_RIG_H

#include "journal_rig.h"
#include "labelwright/export/export.h"
#include "tasks_rig.h"

struct rig_export {
    struct rig r;
    struct lw_question question[3];
    struct lw_project *asked; /* for tests that ask several blocks */
    struct lw_tasks *tasks;
    struct journal_rig j;
    struct lw_buf out;
    struct lw_export_report report;
    struct lw_err err;
    bool empty_prompt;
};

static inline void export_open_tasks(struct rig_export *x)
{
    lw_tasks_close(x->tasks);
    x->tasks = rig_open_whole(&x->r);
}

static inline void export_make(struct rig_export *x, const char *lines)
{
    memset(x, 0, sizeof *x);
    rig_make(&x->r);
    x->question[0] = (struct lw_question){.name = (char *)"quality", .type = LW_Q_RATING};
    x->question[1] = (struct lw_question){.name = (char *)"best", .type = LW_Q_COMPARE};
    x->question[2] = (struct lw_question){.name = (char *)"safer", .type = LW_Q_COMPARE};
    x->r.project.question = x->question;
    x->r.project.nquestions = 3;
    rig_write(&x->r, "a.jsonl", lines);
    export_open_tasks(x);
    if (journal_rig_open(&x->j, x->r.dir, "anna", &x->err) != LW_OK)
        fail_msg("%s", x->err.text);
}

static inline void export_finish(struct rig_export *x)
{
    char *command = lw_format("rm -rf '%s/journal' '%s/.labelwright'", x->r.dir, x->r.dir);
    lw_tasks_close(x->tasks);
    journal_rig_close(&x->j);
    lw_buf_fini(&x->out);
    assert_int_equal(system(command), 0);
    free(command);
    rig_remove(&x->r);
}

static inline void export_append(struct rig_export *x, json_t *body)
{
    if (journal_rig_append(&x->j, &body, 1, &x->err) != LW_OK)
        fail_msg("%s", x->err.text);
}

/* Answers as JSON; NULL skips. */
static inline void export_label(struct rig_export *x, size_t position, const char *answers)
{
    struct lw_task *t = rig_load(x->tasks, position);
    static const int order[] = {1, 0};
    struct lw_labeled l = {.project = &x->r.project,
        .task = t,
        .order = t->nresponses == 2 ? order : NULL,
        .active_ms = 1200,
        .wall_ms = 3400};
    json_t *a = answers ? json_loads(answers, 0, NULL) : NULL;
    export_append(x, a ? lw_event_annotate(&l, a) : lw_event_skip(&l, "bad \"text\"", 10));
    json_decref(a);
    lw_task_free(t);
}

static inline enum lw_code export_keep(void *ctx, const char *bytes, size_t n, struct lw_err *err)
{
    (void)err;
    lw_buf_add(ctx, bytes, n);
    return LW_OK;
}

static inline enum lw_code export_as(struct rig_export *x, const char *format, const char *question)
{
    struct lw_export with = {&x->r.project, x->tasks, x->j.journal, x->j.ledger, question,
        export_keep, &x->out, x->empty_prompt};
    lw_err_clear(&x->err);
    lw_buf_clear(&x->out);
    return lw_export_run(format, &with, &x->report, &x->err);
}

/* The n-th line of the output; checks that there are `lines` of them. */
static inline json_t *export_line_of(const struct rig_export *x, size_t n, size_t lines)
{
    size_t k = 0;
    json_t *found = NULL;
    for (const char *s = x->out.data, *end; s && (end = strchr(s, '\n')); s = end + 1, k++)
        if (k == n)
            found = json_loadb(s, (size_t)(end - s), JSON_REJECT_DUPLICATES, NULL);
    assert_int_equal(k, lines);
    assert_int_equal(x->report.written, lines);
    assert_non_null(found);
    return found;
}

static inline void export_expect(json_t *line, const char *json)
{
    json_t *want = json_loads(json, 0, NULL);
    assert_non_null(want);
    if (!json_equal(line, want)) {
        char *got = json_dumps(line, 0);
        fail_msg("\n  got  %s\n  want %s", got, json);
    }
    json_decref(want);
    json_decref(line);
}

static inline void export_expect_lost(struct rig_export *x, enum lw_loss loss, uint64_t n)
{
    for (int i = 0; i < LW_LOSS_COUNT; i++)
        if (x->report.lost[i] != (i == (int)loss ? n : 0))
            fail_msg(
                "%s: %lu", lw_loss_describe((enum lw_loss)i), (unsigned long)x->report.lost[i]);
}

/* ---- the formats that others read: ratings of each response */

#define PAIR(id, a, b)                                                                             \
    "{\"id\":\"" id "\",\"prompt\":\"P\",\"responses\":[{\"id\":\"a\",\"text\":\"" a               \
    "\"},{\"id\":\"b\",\"text\":\"" b "\"}]}\n"

static inline void make(struct rig_export *x, const char *lines)
{
    export_make(x, lines);
    x->question[0].on = LW_ON_RESPONSE;
    x->question[0].scale = (struct lw_scale){.min = 1, .max = 5};
}

static inline void expect_text(const struct rig_export *x, const char *text)
{
    lw_buf_add((struct lw_buf *)(uintptr_t)&x->out, "", 0);
    assert_string_equal(x->out.data ? x->out.data : "", text);
}

static inline void set_losses(struct rig_export *x, const uint64_t expected[LW_LOSS_COUNT])
{
    for (int i = 0; i < LW_LOSS_COUNT; i++)
        if (x->report.lost[i] != expected[i])
            fail_msg("%s: %lu, not %lu", lw_loss_describe((enum lw_loss)i),
                (unsigned long)x->report.lost[i], (unsigned long)expected[i]);
}
#define EXPECT_LOSSES(x, ...) set_losses(x, (const uint64_t[LW_LOSS_COUNT]){__VA_ARGS__})
#define LOST(id) [LW_LOSS_##id]

/* Cuts what is different in every run: annotator, time, seq, questions. */
static inline void expect_rows(struct rig_export *x, const char *text)
{
    struct lw_buf b = {0};
    for (const char *s = x->out.data, *end; s && *s; s = end + 2) {
        end = strstr(s, "\r\n");
        const char *cut = end;
        for (int i = 0; i < 4; cut--)
            i += cut[-1] == ',';
        lw_buf_add(&b, s, (size_t)(cut - s));
        lw_buf_char(&b, '\n');
    }
    assert_string_equal(b.data ? b.data : "", text);
    lw_buf_fini(&b);
}

#define FIXED                                                                                      \
    "{\"fix\":{\"a\":{\"original\":\"A\",\"text\":\"A, better\"},"                                 \
    "\"b\":{\"original\":\"B\",\"text\":\"B\"}},\"quality\":{\"a\":5,\"b\":5}}"

static inline void make_fixed(struct rig_export *x)
{
    make(x, PAIR("t1", "A", "B") PAIR("t2", "A", "B") PAIR("t3", "A", "B"));
    x->question[1] =
        (struct lw_question){.name = (char *)"fix", .type = LW_Q_EDIT, .on = LW_ON_RESPONSE};
    x->r.project.nquestions = 2;
    export_label(x, 0, FIXED);
    export_label(x, 1, "{\"quality\":{\"a\":2,\"b\":4}}");
    export_label(x, 2, "{\"fix\":{\"a\":4}}"); /* asked otherwise at that time */
}

#endif
