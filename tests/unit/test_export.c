#define _GNU_SOURCE
/* What stands in the journal comes out as each format says, and what does not is named and counted.
 */
#include "journal_rig.h"
#include "labelwright/export.h"
#include "tasks_rig.h"

struct rig_export {
    struct rig r;
    struct lw_question question[3];
    struct lw_tasks *tasks;
    struct journal_rig j;
    struct lw_buf out;
    struct lw_export_report report;
    struct lw_err err;
};

static const char *const pair_lines =
    "{\"id\":\"t1\",\"prompt\":\"P1\",\"responses\":[{\"id\":\"a\",\"text\":\"A1\"},{\"id\":\"b\","
    "\"text\":\"B1\"}]}\n"
    "{\"id\":\"t2\",\"prompt\":\"P2\",\"responses\":[{\"id\":\"a\",\"text\":\"A2 "
    "\\\"\\u00e9\\\"\"},{\"id\":\"b\",\"text\":\"\"}]}\n"
    "{\"id\":\"t3\",\"prompt\":\"P3\",\"responses\":[{\"id\":\"a\",\"text\":\"A3\"},{\"id\":\"b\","
    "\"text\":\"B3\"}]}\n"
    "{\"id\":\"t4\",\"prompt\":\"P4\",\"responses\":[{\"id\":\"a\",\"text\":\"A4\"},{\"id\":\"b\","
    "\"text\":\"B4\"}]}\n";

static void open_tasks(struct rig_export *x)
{
    lw_tasks_close(x->tasks);
    x->tasks = rig_open_whole(&x->r);
}

static void make(struct rig_export *x, const char *lines)
{
    memset(x, 0, sizeof *x);
    rig_make(&x->r);
    x->question[0] = (struct lw_question){.name = (char *)"quality", .type = LW_Q_RATING};
    x->question[1] = (struct lw_question){.name = (char *)"best", .type = LW_Q_COMPARE};
    x->question[2] = (struct lw_question){.name = (char *)"safer", .type = LW_Q_COMPARE};
    x->r.project.question = x->question;
    x->r.project.nquestions = 3;
    rig_write(&x->r, "a.jsonl", lines);
    open_tasks(x);
    if (journal_rig_open(&x->j, x->r.dir, "anna", &x->err) != LW_OK)
        fail_msg("%s", x->err.text);
}

static void finish(struct rig_export *x)
{
    char *command = lw_format("rm -rf '%s/journal' '%s/.labelwright'", x->r.dir, x->r.dir);
    lw_tasks_close(x->tasks);
    journal_rig_close(&x->j);
    lw_buf_fini(&x->out);
    assert_int_equal(system(command), 0);
    free(command);
    rig_remove(&x->r);
}

static void append(struct rig_export *x, json_t *body)
{
    if (journal_rig_append(&x->j, &body, 1, &x->err) != LW_OK)
        fail_msg("%s", x->err.text);
}

/* Answers as JSON; NULL skips. */
static void label(struct rig_export *x, size_t position, const char *answers)
{
    struct lw_task *t = rig_load(x->tasks, position);
    static const int order[] = {1, 0};
    struct lw_labeled l = {.project = &x->r.project,
        .task = t,
        .order = t->nresponses == 2 ? order : NULL,
        .active_ms = 1200,
        .wall_ms = 3400};
    json_t *a = answers ? json_loads(answers, 0, NULL) : NULL;
    append(x, a ? lw_event_annotate(&l, a) : lw_event_skip(&l, "bad \"text\"", 10));
    json_decref(a);
    lw_task_free(t);
}

static enum lw_code keep(void *ctx, const char *bytes, size_t n, struct lw_err *err)
{
    (void)err;
    lw_buf_add(ctx, bytes, n);
    return LW_OK;
}

static enum lw_code export(struct rig_export *x, const char *format, const char *question) {
    struct lw_export with = {&x->r.project, x->tasks, x->j.journal, x->j.ledger, question, keep,
        &x->out};
    lw_err_clear(&x->err);
    lw_buf_clear(&x->out);
    return lw_export_run(format, &with, &x->report, &x->err);
}

/* The n-th line of the output; checks that there are `lines` of them. */
static json_t *line_of(const struct rig_export *x, size_t n, size_t lines)
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

static void expect(json_t *line, const char *json)
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

static void expect_lost(struct rig_export *x, enum lw_loss loss, uint64_t n)
{
    for (int i = 0; i < LW_LOSS_COUNT; i++)
        if (x->report.lost[i] != (i == (int)loss ? n : 0))
            fail_msg("%s: %lu", lw_loss_words((enum lw_loss)i), (unsigned long)x->report.lost[i]);
}

static void test_native(void **state)
{
    (void)state;
    struct rig_export x;
    make(&x, pair_lines);
    label(&x, 2, "{\"best\":{\"better\":\"a\",\"strength\":3},\"quality\":{\"a\":5}}");
    label(&x, 0, "{\"quality\":1}");
    label(&x, 1, NULL);
    label(&x, 0, "{\"quality\":{\"note\":\"\\\"}{[\\\\\",\"\":null}}"); /* in place of the first */
    label(&x, 3, "{}");
    append(&x, lw_event_undo(lw_journal_head(x.j.journal).seq, "t4"));
    assert_int_equal(export(&x, "native", NULL), LW_OK);
    json_t *first = line_of(&x, 0, 3);
    assert_string_equal(
        json_string_value(json_object_get(first, "annotator")), lw_journal_annotator(x.j.journal));
    assert_true(json_object_get(first, "time") != NULL);
    json_object_del(first, "time");
    json_object_del(first, "annotator");
    expect(first,
        "{\"task\":\"t1\",\"file\":\"a.jsonl\",\"record\":1,\"answers\":{\"quality\":{\"note\":"
        "\"\\\"}{[\\\\\","
        "\"\":null}},\"order\":[\"b\",\"a\"],\"active_ms\":1200,\"wall_ms\":3400,\"seq\":5}");
    json_t *second = line_of(&x, 1, 3);
    assert_string_equal(json_string_value(json_object_get(second, "skipped")), "bad \"text\"");
    assert_null(json_object_get(second, "answers"));
    json_decref(second);
    json_t *third = line_of(&x, 2, 3);
    assert_string_equal(json_string_value(json_object_get(third, "task")), "t3");
    json_decref(third);
    assert_true(
        strncmp(x.out.data, "{\"task\":\"t1\",\"file\":\"a.jsonl\",\"record\":1,", 40) == 0);
    expect_lost(&x, LW_LOSS_SKIPPED, 0);
    finish(&x);
}

static void test_native_keeps_what_is_in_no_file_any_more(void **state)
{
    (void)state;
    struct rig_export x;
    make(&x, pair_lines);
    label(&x, 0, "{\"quality\":1}");
    label(&x, 3, "{\"quality\":4}");
    rig_write(&x.r, "a.jsonl", "{\"id\":\"t4\",\"prompt\":\"P\",\"responses\":[\"x\",\"y\"]}\n");
    open_tasks(&x);
    assert_int_equal(export(&x, "native", NULL), LW_OK);
    json_t *last = line_of(&x, 1, 2);
    assert_string_equal(json_string_value(json_object_get(last, "task")), "t1");
    json_decref(last);
    assert_int_equal(export(&x, "trl-preference", NULL), LW_OK);
    assert_int_equal(x.report.lost[LW_LOSS_GONE], 1);
    assert_int_equal(x.report.lost[LW_LOSS_CHANGED], 1);
    finish(&x);
}

static void test_nothing_labeled(void **state)
{
    (void)state;
    struct rig_export x;
    make(&x, pair_lines);
    for (size_t i = 0; lw_export_name(i); i++) {
        assert_non_null(lw_export_help(i));
        assert_int_equal(export(&x, lw_export_name(i), NULL), LW_OK);
        assert_int_equal(x.out.len, 0);
        assert_int_equal(x.report.written, 0);
    }
    finish(&x);
}

static void test_trl_texts(void **state)
{
    (void)state;
    struct rig_export x;
    make(&x, pair_lines);
    label(&x, 1,
        "{\"best\":{\"better\":\"b\",\"strength\":0},\"safer\":{\"better\":\"a\",\"strength\":2}}");
    label(&x, 0, "{\"best\":{\"better\":\"a\",\"strength\":3}}");
    assert_int_equal(export(&x, "trl-preference", NULL), LW_OK);
    expect(line_of(&x, 0, 2), "{\"prompt\":\"P1\",\"chosen\":\"A1\",\"rejected\":\"B1\"}");
    expect(line_of(&x, 1, 2),
        "{\"prompt\":\"P2\",\"chosen\":\"\",\"rejected\":\"A2 \\\"\xc3\xa9\\\"\"}");
    assert_int_equal(x.report.lost[LW_LOSS_STRENGTH], 1);
    assert_int_equal(x.report.lost[LW_LOSS_OTHER], 1);
    assert_int_equal(export(&x, "trl-preference", "safer"), LW_OK);
    expect(line_of(&x, 0, 1),
        "{\"prompt\":\"P2\",\"chosen\":\"A2 \\\"\xc3\xa9\\\"\",\"rejected\":\"\"}");
    assert_int_equal(x.report.lost[LW_LOSS_OPEN], 1);
    finish(&x);
}

static void test_trl_conversations(void **state)
{
    (void)state;
    struct rig_export x;
    make(&x, "{\"prompt\":\"P\",\"responses\":[\"one\",\"two\"]}\n"
             "{\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\","
             "\"content\":\"U\"}],"
             "\"responses\":[\"one\",\"two\"]}\n"
             "{\"messages\":[],\"responses\":[\"one\",\"two\"]}\n"
             "{\"prompt\":\"P\",\"responses\":[\"one\",\"two\",\"three\"]}\n"
             "{\"chosen\":\"unreadable here\",\"rejected\":\"\"}\n");
    for (size_t i = 0; i < 5; i++)
        label(&x, i, "{\"best\":{\"better\":\"r2\",\"strength\":0}}");
    assert_int_equal(export(&x, "trl-preference", "best"), LW_OK);
    expect(line_of(&x, 0, 2),
        "{\"prompt\":[{\"role\":\"user\",\"content\":\"P\"}],\"chosen\":[{\"role\":\"assistant\","
        "\"content\":"
        "\"two\"}],\"rejected\":[{\"role\":\"assistant\",\"content\":\"one\"}]}");
    expect(line_of(&x, 1, 2), "{\"prompt\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":"
                              "\"user\",\"content\":\"U\"}],\"chosen\":"
                              "[{\"role\":\"assistant\",\"content\":\"two\"}],\"rejected\":[{"
                              "\"role\":\"assistant\",\"content\":\"one\"}]}");
    assert_int_equal(x.report.lost[LW_LOSS_NO_PROMPT], 1);
    assert_int_equal(x.report.lost[LW_LOSS_NO_PAIR], 1);
    assert_int_equal(x.report.lost[LW_LOSS_UNREADABLE], 1);
    finish(&x);
}

static void test_trl_names_what_it_leaves_out(void **state)
{
    (void)state;
    static const struct {
        const char *answers;
        enum lw_loss loss;
    } cases[] = {
        {NULL, LW_LOSS_SKIPPED},
        {"{}", LW_LOSS_OPEN},
        {"{\"best\":{\"better\":null,\"strength\":0}}", LW_LOSS_TIE},
        {"{\"best\":{\"better\":\"c\",\"strength\":1}}", LW_LOSS_NO_PAIR},
        {"{\"best\":{\"better\":7}}", LW_LOSS_NO_PAIR},
        {"{\"best\":\"a\"}", LW_LOSS_OPEN},
    };
    struct rig_export x;
    make(&x, pair_lines);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        label(&x, 0, cases[i].answers);
        assert_int_equal(export(&x, "trl-preference", "best"), LW_OK);
        assert_int_equal(x.report.written, 0);
        expect_lost(&x, cases[i].loss, 1);
        assert_non_null(strstr(lw_loss_words(cases[i].loss), "left out: "));
    }
    finish(&x);
}

static void test_questions_and_formats_that_do_not_fit(void **state)
{
    (void)state;
    struct rig_export x;
    make(&x, pair_lines);
    assert_int_equal(export(&x, "csv", NULL), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "native, trl-preference"));
    assert_int_equal(export(&x, "trl-preference", "unheard"), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "There is no question \"unheard\""));
    assert_int_equal(export(&x, "trl-preference", "quality"), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "does not compare"));
    x.r.project.nquestions = 1;
    assert_int_equal(export(&x, "trl-preference", NULL), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "--format native"));
    finish(&x);
}

static void test_a_damaged_line_costs_one_task(void **state)
{
    (void)state;
    struct rig_export x;
    make(&x, pair_lines);
    label(&x, 0, "{\"best\":{\"better\":\"a\",\"strength\":0}}");
    label(&x, 1, "{\"best\":{\"better\":\"a\",\"strength\":0}}");
    char *path = rig_path(&x.r, "journal/000001.jsonl");
    size_t n = 0;
    char *bytes = file_bytes(path, &n);
    int fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, "7", 1, (off_t)n - 300), 1);
    close(fd);
    static const char *const format[] = {"native", "trl-preference"};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(export(&x, format[i], NULL), LW_OK);
        assert_int_equal(x.report.written, 1);
        expect_lost(&x, LW_LOSS_DAMAGED, 1);
    }
    free(bytes);
    free(path);
    finish(&x);
}

static enum lw_code refuse(void *ctx, const char *bytes, size_t n, struct lw_err *err)
{
    (void)ctx, (void)bytes, (void)n;
    return lw_fail(err, LW_EFULL, "the disk is full");
}

static void test_a_writer_that_fails_ends_it(void **state)
{
    (void)state;
    struct rig_export x;
    make(&x, pair_lines);
    label(&x, 0, "{}");
    struct lw_export with = {&x.r.project, x.tasks, x.j.journal, x.j.ledger, NULL, refuse, NULL};
    assert_int_equal(lw_export_run("native", &with, &x.report, &x.err), LW_EFULL);
    assert_string_equal(x.err.text, "the disk is full");
    finish(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_native),
        cmocka_unit_test(test_native_keeps_what_is_in_no_file_any_more),
        cmocka_unit_test(test_nothing_labeled),
        cmocka_unit_test(test_trl_texts),
        cmocka_unit_test(test_trl_conversations),
        cmocka_unit_test(test_trl_names_what_it_leaves_out),
        cmocka_unit_test(test_questions_and_formats_that_do_not_fit),
        cmocka_unit_test(test_a_damaged_line_costs_one_task),
        cmocka_unit_test(test_a_writer_that_fails_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
