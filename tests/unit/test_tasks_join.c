/* Files that answer the questions of others: one task out of all of them. */
#define _GNU_SOURCE
#include "fixtures/tasks_fixture.h"
#include "labelwright/workspace/check.h"

#include <inttypes.h>
#define QUESTIONS                                                                                  \
    "{\"question_id\":1,\"turns\":[\"one\",\"and more\"]}\n"                                       \
    "{\"question_id\":\"q2\",\"turns\":[\"two\"]}\n"                                               \
    "{\"question_id\":3,\"turns\":[\"three\"]}\n"
#define ALPHA                                                                                      \
    "{\"question_id\":3,\"model_id\":\"alpha\",\"choices\":[{\"turns\":[\"a3\"]}]}\n"              \
    "{\"question_id\":1,\"model_id\":\"alpha\",\"choices\":[{\"turns\":[\"a1\",\"a1b\"]}]}\n"      \
    "\n{\"question_id\":\"q2\",\"model_id\":\"alpha\",\"choices\":[{\"turns\":[\"x\"]},{"          \
    "\"turns\":[\"y\"]}]}"
#define BETA                                                                                       \
    "{\"question_id\":1,\"model_id\":\"beta\",\"choices\":[{\"turns\":[\"b1\"]}]}\n"               \
    "{\"question_id\":9,\"model_id\":\"beta\",\"choices\":[{\"turns\":[\"b9\"]}]}\n"               \
    "{\"question_id\":null,\"model_id\":\"beta\",\"choices\":[{\"turns\":[\"b0\"]}]}\n"

static void make(struct tasks_fixture *r, const char *a, const char *b, const char *c)
{
    tasks_fixture_make(r);
    tasks_fixture_write(r, "a.jsonl", a);
    if (b)
        tasks_fixture_write(r, "b.jsonl", b);
    if (c)
        tasks_fixture_write(r, "c.jsonl", c);
    r->project.ntasks = c ? 3 : b ? 2 : 1;
}

/* "id (model) text" of each response, a line each. */
static void expect_responses(struct lw_tasks *t, size_t position, const char *expected)
{
    struct lw_task *task = tasks_fixture_load(t, position);
    struct lw_buf b = {0};
    lw_buf_add(&b, "", 0);
    for (size_t i = 0; i < task->nresponses; i++) {
        const struct lw_response *r = &task->response[i];
        lw_buf_fmt(
            &b, "%s (%s) %.*s\n", r->id, r->model ? r->model : "", (int)r->text.n, r->text.s);
    }
    assert_string_equal(b.data, expected);
    lw_buf_fini(&b);
    lw_task_free(task);
}

static void test_answers_come_to_their_questions(void **state)
{
    (void)state;
    struct tasks_fixture r;
    make(&r, QUESTIONS, ALPHA, BETA);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 3);
    assert_int_equal(lw_tasks_joins(t), 2);
    tasks_fixture_expect_id(t, 0, "1");
    expect_responses(t, 0, "alpha (alpha) Turn 1:\n\na1\n\nTurn 2:\n\na1b\nbeta (beta) b1\n");
    expect_responses(t, 1, "alpha (alpha) x\nalpha~2 (alpha) y\n");
    expect_responses(t, 2, "alpha (alpha) a3\n");
    struct lw_task *task = tasks_fixture_load(t, 1);
    assert_string_equal(task->record.file, "a.jsonl");
    assert_int_equal(task->record.number, 2);
    lw_task_free(task);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_the_order_of_files_is_of_no_matter(void **state)
{
    (void)state;
    struct tasks_fixture r;
    make(&r, BETA, QUESTIONS, ALPHA);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 3);
    expect_responses(t, 0, "beta (beta) b1\nalpha (alpha) Turn 1:\n\na1\n\nTurn 2:\n\na1b\n");
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

/* sha256sum of the lines of hashes, the question's first. */
static void expect_hash(struct lw_tasks *t, size_t position, const char *const *records, size_t n)
{
    struct lw_buf lines = {0};
    char hex[LW_SHA256_HEX];
    struct lw_task *task = tasks_fixture_load(t, position);
    for (size_t i = 0; i < n; i++) {
        lw_sha256_hex(records[i], strlen(records[i]), hex);
        lw_buf_fmt(&lines, "%s\n", hex);
    }
    lw_sha256_hex(lines.data, lines.len, hex);
    assert_string_equal(task->record.sha256, hex);
    lw_buf_fini(&lines);
    lw_task_free(task);
}

static void test_the_hash_is_of_question_and_answers(void **state)
{
    (void)state;
    static const char *const records[] = {"{\"question_id\":3,\"turns\":[\"three\"]}",
        "{\"question_id\":3,\"model_id\":\"alpha\",\"choices\":[{\"turns\":[\"a3\"]}]}"};
    struct tasks_fixture r;
    make(&r, QUESTIONS, ALPHA, NULL);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    expect_hash(t, 2, records, 2);
    lw_tasks_close(t);
    tasks_fixture_write(&r, "b.jsonl", BETA); /* says nothing about the third */
    t = tasks_fixture_open_whole(&r);
    struct lw_task *task = tasks_fixture_load(t, 2);
    char hex[LW_SHA256_HEX];
    lw_sha256_hex(records[0], strlen(records[0]), hex);
    assert_string_equal(task->record.sha256, hex);
    lw_task_free(task);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_any_member_can_join(void **state)
{
    (void)state;
    struct tasks_fixture r;
    make(&r, "id;prompt\n1;one\n2;two\n",
        "[{\"id\":\"2\",\"response\":\"b2\"},{\"id\":\"1\",\"response\":\"b1\"}]",
        "{\"id\":\"1\",\"responses\":[{\"text\":\"c1\",\"model\":\"gpt\"}]}\n");
    r.file[1].join = r.file[2].join = (char *)"id";
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 2);
    expect_responses(t, 0, "b () b1\ngpt (gpt) c1\n");
    expect_responses(t, 1, "b () b2\n");
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

#define EVALUATION(model, answer)                                                                  \
    "{\"model_name\": \"" model "\", \"prompts\": [\n"                                             \
    "{\"prompt\": \"p1\", \"results\": [{\"outputs\": [\"" answer "\"]}]},\n"                      \
    "{\"prompt\": \"p2\", \"results\": [{\"outputs\": [\"" answer "\"]}]}\n]}\n"

static void test_evaluations_of_the_same_prompts_are_one(void **state)
{
    (void)state;
    struct tasks_fixture r;
    make(&r, EVALUATION("m1", "x"), EVALUATION("m2", "y"), NULL);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 2);
    expect_responses(t, 1, "r1 (m1) x\nm2 (m2) y\n");
    lw_tasks_close(t);
    r.file[1].join = (char *)"none"; /* to keep them apart */
    t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 4);
    lw_tasks_close(t);
    tasks_fixture_write(
        &r, "b.jsonl", "{\"prompt\":\"other\",\"results\":[{\"outputs\":[\"z\"]}]}\n");
    r.file[1].join = NULL; /* other prompts are other tasks */
    t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 3);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_long_prompts_join_too(void **state)
{
    (void)state;
    struct tasks_fixture r;
    struct lw_buf text[2] = {{0}, {0}};
    for (int i = 0; i < 2; i++) {
        lw_buf_str(&text[i], "{\"prompt\":\"");
        for (int k = 0; k < 5000; k++)
            lw_buf_str(&text[i], "\\u00e9");
        lw_buf_fmt(&text[i], "\",\"results\":[{\"outputs\":[\"o%d\"]}]}\n", i);
    }
    make(&r, text[0].data, text[1].data, NULL);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 1);
    expect_responses(t, 0, "r1 () o0\nb () o1\n");
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
    lw_buf_fini(&text[0]);
    lw_buf_fini(&text[1]);
}

static void expect_refused(struct tasks_fixture *r, const char *part)
{
    struct lw_tasks *t;
    struct lw_err err = {0};
    assert_int_equal(lw_tasks_open(&r->sys, &r->project, &t, &err), LW_EBAD);
    if (!strstr(err.text, part))
        fail_msg("%s", err.text);
    lw_err_clear(&err);
    tasks_fixture_remove(r);
}

static void test_what_joins_nothing_is_refused(void **state)
{
    (void)state;
    struct tasks_fixture r;
    make(&r, ALPHA, NULL, NULL);
    expect_refused(
        &r, "a.jsonl contains answers, not tasks. Make a project of the questions and the");
    make(&r, "{\"question_id\":7,\"turns\":[\"one\"]}\n", ALPHA, NULL);
    expect_refused(&r, "b.jsonl: none of its 3 records has the \"question_id\" of a task");
    make(&r, QUESTIONS, ALPHA, NULL);
    r.file[1].join = (char *)"uid";
    expect_refused(&r, "b.jsonl joins by \"uid\", but none of its records has that");
}

/* No rating of a task of which one answer is hidden by a mistake. */
static void test_an_answer_that_cannot_be_read_is_told(void **state)
{
    (void)state;
    struct tasks_fixture r;
    make(&r, QUESTIONS, "{\"question_id\":1,\"choices\":[{\"turns\":[]}]}\n", NULL);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    struct lw_task *task = tasks_fixture_load(t, 0);
    assert_string_equal(task->unreadable, "b.jsonl: \"turns\" must be a list of texts.");
    assert_string_equal(task->id, "1");
    lw_task_free(task);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_a_file_that_changes_meanwhile_is_told(void **state)
{
    (void)state;
    struct tasks_fixture r;
    make(&r, QUESTIONS, ALPHA, NULL);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    char *path = tasks_fixture_path(&r, "b.jsonl");
    FILE *f = fopen(path, "r+");
    assert_int_equal(fwrite("{\"question_id\":8", 1, 16, f), 16);
    fclose(f);
    free(path);
    struct lw_task *task;
    struct lw_err err = {0};
    assert_int_equal(lw_tasks_load(t, 2, &task, &err), LW_EBAD);
    assert_string_equal(err.text, "b.jsonl: the file was changed. Restart labelwright.");
    lw_err_clear(&err);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void keep_text(void *to, const struct lw_check_found *found)
{
    lw_buf_fmt(to, "%s:%" PRIu64 ":%zu: %s\n", strrchr(found->file, '/') + 1, found->line,
        found->col, found->message);
}

static void test_check_names_what_does_not_fit(void **state)
{
    (void)state;
    struct tasks_fixture r;
    struct lw_buf warnings = {0};
    struct lw_check_report report;
    make(&r, QUESTIONS, ALPHA, BETA);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    struct lw_ledger *none = lw_ledger_new();
    struct lw_check c = {.project = &r.project,
        .tasks = t,
        .ledger = none,
        .most = 10,
        .tell = keep_text,
        .ctx = &warnings};
    assert_int_equal(lw_check_tasks(&c, &report, NULL), LW_OK);
    assert_int_equal(report.found[LW_FINDING_UNANSWERED], 2);
    assert_int_equal(report.found[LW_FINDING_STRAY], 2);
    assert_non_null(
        strstr(warnings.data, "a.jsonl:2:1: the task \"q2\" has no answer in c.jsonl."));
    assert_non_null(strstr(warnings.data, "a.jsonl:3:1: the task \"3\" has no answer in c.jsonl."));
    assert_non_null(strstr(warnings.data, "c.jsonl:2:1: no task has the same \"question_id\""));
    assert_non_null(strstr(
        warnings.data, "c.jsonl:1:1: 1 record here answers no task: \"question_id\" is missing"));
    lw_survey_fini(&report.survey);
    lw_ledger_free(none);
    lw_tasks_close(t);
    lw_buf_fini(&warnings);
    tasks_fixture_remove(&r);
}

/* Copies of real files; false where there are none. */
static bool take_real(struct tasks_fixture *r, const char *const *names, size_t n)
{
    tasks_fixture_make(r);
    r->project.ntasks = n;
    for (size_t i = 0; i < n; i++) {
        size_t len;
        char *bytes = shared_bytes(names[i], &len);
        if (bytes)
            tasks_fixture_put(r, r->file[i].path, bytes, len, "wb");
        if (!bytes) {
            tasks_fixture_remove(r);
            return false;
        }
        free(bytes);
    }
    return true;
}

static void expect_real(struct tasks_fixture *r, size_t tasks, size_t responses)
{
    struct lw_tasks *t = tasks_fixture_open_whole(r);
    assert_int_equal(lw_tasks_count(t), tasks);
    for (size_t i = 0; i < tasks; i++) {
        struct lw_task *task = tasks_fixture_load(t, i);
        assert_null(task->unreadable);
        assert_int_equal(task->nresponses, responses);
        for (size_t k = 0; k < responses; k++)
            assert_non_null(task->response[k].model);
        lw_task_free(task);
    }
    lw_tasks_close(t);
    tasks_fixture_remove(r);
}

static void test_real_files_join(void **state)
{
    (void)state;
    static const char *const ranking[] = {"data/preference/oasst_gpt-4.json",
        "data/preference/oasst_vicuna.json", "data/preference/oasst_claude-v1.3.jsonl"};
    static const char *const arena[] = {
        "data/markdown/arenahard01_question.jsonl", "data/markdown/arenahard01_gpt-4-0314.jsonl"};
    struct tasks_fixture r;
    if (!take_real(&r, ranking, 3))
        skip();
    expect_real(&r, 250, 3);
    assert_true(take_real(&r, arena, 2));
    expect_real(&r, 500, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers_come_to_their_questions),
        cmocka_unit_test(test_the_order_of_files_is_of_no_matter),
        cmocka_unit_test(test_the_hash_is_of_question_and_answers),
        cmocka_unit_test(test_any_member_can_join),
        cmocka_unit_test(test_evaluations_of_the_same_prompts_are_one),
        cmocka_unit_test(test_long_prompts_join_too),
        cmocka_unit_test(test_what_joins_nothing_is_refused),
        cmocka_unit_test(test_an_answer_that_cannot_be_read_is_told),
        cmocka_unit_test(test_a_file_that_changes_meanwhile_is_told),
        cmocka_unit_test(test_check_names_what_does_not_fit),
        cmocka_unit_test(test_real_files_join),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
