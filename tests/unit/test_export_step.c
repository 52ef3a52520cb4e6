/* The formats that a verdict on each step makes: PRM800K, there and back, and TRL's stepwise
 * supervision; and what each of them cannot carry. */
#define _GNU_SOURCE
#include "fixtures/export_fixture.h"

/* ---- a project as `new` makes it for steps */

static struct lw_option verdicts[] = {
    {.path = (char *)"bad", .label = (char *)"bad"},
    {.path = (char *)"neutral", .label = (char *)"neutral"},
    {.path = (char *)"good", .label = (char *)"good"},
    {.path = (char *)"unsure", .label = (char *)"unsure"},
};
static struct lw_option outcomes[] = {
    {.path = (char *)"solution", .label = (char *)"right"},
    {.path = (char *)"found_error", .label = (char *)"found an error"},
    {.path = (char *)"give_up", .label = (char *)"give up"},
};

static void make_steps(struct export_fixture *x, const char *lines)
{
    export_make(x, lines);
    x->question[0] = (struct lw_question){.name = (char *)"verdict",
        .type = LW_Q_CHOICE,
        .on = LW_ON_STEP,
        .option = verdicts,
        .noptions = 4};
    x->question[1] =
        (struct lw_question){.name = (char *)"rewrite", .type = LW_Q_EDIT, .on = LW_ON_STEP};
    x->question[2] = (struct lw_question){.name = (char *)"outcome",
        .type = LW_Q_CHOICE,
        .on = LW_ON_TASK,
        .option = outcomes,
        .noptions = 3};
}

/* ---- there and back: each wording with the verdict that the record had for it */

static const char *word_of(const json_t *rating)
{
    static const char *const words[] = {"bad", "neutral", "good"};
    return words[json_integer_value(rating) + 1];
}

static const json_t *completion_of(const json_t *step, struct lw_span text)
{
    const json_t *all = json_object_get(step, "completions");
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *c = json_array_get(all, i), *t = json_object_get(c, "text");
        if (json_string_length(t) == text.n && memcmp(json_string_value(t), text.s, text.n) == 0)
            return c;
    }
    return NULL;
}

static json_t *former_answers(const struct lw_task *t)
{
    const json_t *label = json_object_get(t->root, "label");
    json_t *verdict = json_object();
    for (size_t i = 0; i < t->nsteps; i++) {
        const json_t *step = json_array_get(json_object_get(label, "steps"), t->step[i].place - 1),
                     *c = completion_of(step, t->step[i].text);
        const json_t *rating = json_object_get(c, "rating");
        if (json_is_integer(rating))
            json_object_set_new(verdict, t->step[i].id, json_string(word_of(rating)));
    }
    return json_pack(
        "{s:o, s:O}", "verdict", verdict, "outcome", json_object_get(label, "finish_reason"));
}

static char *canonical(const json_t *v)
{
    return json_dumps(v, JSON_SORT_KEYS | JSON_COMPACT | JSON_ENCODE_ANY);
}

/* The label took as long as all labels of the fixture do. */
static void expect_back(struct export_fixture *x, size_t position)
{
    struct lw_task *t = tasks_fixture_load(x->tasks, position);
    json_t *answers = former_answers(t), *line, *want = json_deep_copy(t->root);
    char *text = json_dumps(answers, 0);
    export_label(x, position, text);
    assert_int_equal(export_as(x, "prm800k", NULL), LW_OK);
    line = export_line_of(x, 0, 1);
    json_object_set_new(json_object_get(want, "label"), "total_time", json_integer(1200));
    char *got = canonical(line), *expected = canonical(want);
    assert_string_equal(got, expected);
    free(got);
    free(expected);
    free(text);
    json_decref(line);
    json_decref(want);
    json_decref(answers);
    lw_task_free(t);
}

static void test_a_real_record_comes_back_as_it_was(void **state)
{
    (void)state;
    size_t n = 0;
    char *record = shared_bytes("data/steps/prm_phase2-test-example.json", &n);
    if (!record)
        skip();
    struct export_fixture x;
    json_error_t why;
    json_t *v = lw_json_load(record, n, &why);
    struct lw_buf line = {0};
    lw_json_add(&line, v);
    lw_buf_str(&line, "\n");
    make_steps(&x, line.data);
    expect_back(&x, 0);
    uint64_t none[LW_LOSS_COUNT] = {[LW_LOSS_STEP_UNASKED] = 6};
    set_losses(&x, none);
    export_finish(&x);
    lw_buf_fini(&line);
    json_decref(v);
    free(record);
}

/* Chosen step by step: the second is what was offered last, the third a person wrote. */
static const char first_phase[] =
    "{\"labeler\":\"l\",\"generation\":null,\"score\":0.0011546110201324836,"
    "\"big\":123456789012345678901234567890,"
    "\"question\":{\"problem\":\"q\",\"ground_truth_answer\":\"4\"},\"label\":{\"steps\":["
    "{\"completions\":[{\"text\":\"a\",\"rating\":1,\"flagged\":false}],"
    "\"human_completion\":null,\"chosen_completion\":0},"
    "{\"completions\":[{\"text\":\"x\",\"rating\":-1,\"flagged\":true},"
    "{\"text\":\"b\",\"rating\":0,\"flagged\":false}],"
    "\"human_completion\":null,\"chosen_completion\":1},"
    "{\"completions\":[{\"text\":\"y\",\"rating\":-1,\"flagged\":false}],"
    "\"human_completion\":{\"text\":\"h\",\"rating\":null,\"source\":\"human\",\"flagged\":false,"
    "\"corrected_rating\":null},\"chosen_completion\":null},"
    "{\"completions\":[{\"text\":\"d\",\"rating\":1,\"flagged\":null}],"
    "\"human_completion\":null,\"chosen_completion\":0}],"
    "\"total_time\":7,\"finish_reason\":\"give_up\"}}\n";

static void test_steps_that_were_chosen_or_written_come_back(void **state)
{
    (void)state;
    struct export_fixture x;
    make_steps(&x, first_phase);
    expect_back(&x, 0);
    uint64_t lost[LW_LOSS_COUNT] = {[LW_LOSS_NO_VERDICT] = 1}; /* on what the person wrote */
    set_losses(&x, lost);
    assert_non_null(strstr(x.out.data, "123456789012345678901234567890"));
    assert_non_null(strstr(x.out.data, "0.0011546110201324836"));
    export_finish(&x);
}

static void test_new_labels_replace_the_former_ones(void **state)
{
    (void)state;
    struct export_fixture x;
    make_steps(&x, first_phase);
    export_label(&x, 0,
        "{\"verdict\":{\"s1\":\"good\",\"s2\":\"bad\",\"s2.1\":\"unsure\"},\"rewrite\":"
        "{\"s2\":{\"original\":\"b\",\"text\":\"b2\"},\"s2.1\":{\"original\":\"x\",\"text\":\"x2\"}"
        "},"
        "\"outcome\":\"found_error\",\"note\":\"n\"}");
    assert_int_equal(export_as(&x, "prm800k", NULL), LW_OK);
    json_t *line = export_line_of(&x, 0, 1);
    export_expect(json_incref(json_object_get(line, "label")),
        "{\"steps\":[{\"completions\":[{\"text\":\"a\",\"rating\":1,\"flagged\":false}],"
        "\"human_completion\":null,\"chosen_completion\":0},"
        "{\"completions\":[{\"text\":\"x\",\"rating\":null,\"flagged\":true},"
        "{\"text\":\"b\",\"rating\":-1,\"flagged\":false}],\"human_completion\":"
        "{\"text\":\"b2\",\"rating\":null,\"source\":\"human\",\"flagged\":null,"
        "\"corrected_rating\":null},\"chosen_completion\":null}],"
        "\"total_time\":1200,\"finish_reason\":\"found_error\"}");
    json_decref(line);
    uint64_t lost[LW_LOSS_COUNT] = {[LW_LOSS_UNSURE] = 1,
        [LW_LOSS_REWRITE] = 1,
        [LW_LOSS_STEP_UNASKED] = 2,
        [LW_LOSS_OTHER] = 1};
    set_losses(&x, lost);
    export_finish(&x);
}

static const char solutions[] =
    "{\"input\":\"i\",\"steps\":[\"a\",\"b\\u2028c\",\"d\"],\"target\":\"-2\"}\n";
static const char two_solutions[] =
    "{\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"u\\nv\",\"steps\":[\"u\",\"v\"]},"
    "{\"id\":\"b\",\"text\":\"w\",\"steps\":[\"w\"]}]}\n";

static void test_other_records_become_prm800k(void **state)
{
    (void)state;
    struct export_fixture x;
    make_steps(&x, solutions);
    export_label(&x, 0, "{\"verdict\":{\"s1\":\"neutral\",\"s3\":\"good\"}}");
    assert_int_equal(export_as(&x, "prm800k", "verdict"), LW_OK);
    export_expect(export_line_of(&x, 0, 1),
        "{\"question\":{\"problem\":\"i\",\"ground_truth_answer\":\"-2\","
        "\"pre_generated_steps\":[\"a\",\"b\\u2028c\",\"d\"]},\"label\":{\"steps\":["
        "{\"completions\":[{\"text\":\"a\",\"rating\":0,\"flagged\":null}],"
        "\"human_completion\":null,\"chosen_completion\":0},"
        "{\"completions\":[{\"text\":\"b\\u2028c\",\"rating\":null,\"flagged\":null}],"
        "\"human_completion\":null,\"chosen_completion\":0},"
        "{\"completions\":[{\"text\":\"d\",\"rating\":1,\"flagged\":null}],"
        "\"human_completion\":null,\"chosen_completion\":0}],"
        "\"total_time\":1200,\"finish_reason\":null}}");
    assert_null(strstr(x.out.data, "\xe2\x80\xa8"));
    uint64_t lost[LW_LOSS_COUNT] = {[LW_LOSS_NO_VERDICT] = 1, [LW_LOSS_NO_OUTCOME] = 1};
    set_losses(&x, lost);
    export_finish(&x);
    make_steps(&x, two_solutions);
    export_label(&x, 0, "{\"verdict\":{\"s1\":\"good\"}}");
    assert_int_equal(export_as(&x, "prm800k", NULL), LW_OK);
    export_expect_lost(&x, LW_LOSS_SOLUTIONS, 1);
    export_finish(&x);
}

/* ---- stepwise supervision */

static void expect_stepwise(struct export_fixture *x, const char *neutral, const char *text)
{
    x->neutral = neutral;
    assert_int_equal(export_as(x, "trl-stepwise", NULL), LW_OK);
    expect_text(x, text);
}

static void test_neutral_steps_are_what_the_user_says(void **state)
{
    (void)state;
    struct export_fixture x;
    make_steps(&x, solutions);
    export_label(&x, 0, "{\"verdict\":{\"s1\":\"good\",\"s2\":\"neutral\",\"s3\":\"bad\"}}");
    static const char *const all = "{\"prompt\":\"i\",\"completions\":[\"a\",\"b\\u2028c\",\"d\"],"
                                   "\"labels\":[true,%s,false]}\n";
    char *good = lw_format(all, "true"), *bad = lw_format(all, "false");
    expect_stepwise(&x, NULL, good);
    expect_stepwise(&x, "good", good);
    export_expect_lost(&x, LW_LOSS_NEUTRAL_GOOD, 1);
    expect_stepwise(&x, "bad", bad);
    export_expect_lost(&x, LW_LOSS_NEUTRAL_BAD, 1);
    expect_stepwise(&x, "skip", "{\"prompt\":\"i\",\"completions\":[\"a\"],\"labels\":[true]}\n");
    export_expect_lost(&x, LW_LOSS_NEUTRAL_END, 2);
    free(good);
    free(bad);
    export_finish(&x);
}

static void test_a_solution_is_a_line_that_ends_where_nothing_was_said(void **state)
{
    (void)state;
    struct export_fixture x;
    make_steps(&x, solutions);
    export_label(&x, 0, "{\"verdict\":{\"s1\":\"unsure\",\"s2\":\"good\"}}");
    expect_stepwise(&x, NULL, "");
    uint64_t none[LW_LOSS_COUNT] = {[LW_LOSS_STEP_END] = 3, [LW_LOSS_NO_SOLUTION] = 1};
    set_losses(&x, none);
    export_finish(&x);
    make_steps(&x, two_solutions);
    export_label(&x, 0, "{\"verdict\":{\"s1\":\"bad\",\"s3\":\"good\"},\"outcome\":\"solution\"}");
    expect_stepwise(&x, NULL,
        "{\"prompt\":\"p\",\"completions\":[\"u\"],\"labels\":[false]}\n"
        "{\"prompt\":\"p\",\"completions\":[\"w\"],\"labels\":[true]}\n");
    uint64_t lost[LW_LOSS_COUNT] = {[LW_LOSS_STEP_END] = 1, [LW_LOSS_OTHER] = 1};
    set_losses(&x, lost);
    export_finish(&x);
}

static void test_other_wordings_have_no_place_in_a_line(void **state)
{
    (void)state;
    struct export_fixture x;
    make_steps(&x, first_phase);
    export_label(&x, 0, "{\"verdict\":{\"s1\":\"good\",\"s2\":\"good\",\"s2.1\":\"bad\"}}");
    expect_stepwise(
        &x, NULL, "{\"prompt\":\"q\",\"completions\":[\"a\",\"b\"],\"labels\":[true,true]}\n");
    uint64_t lost[LW_LOSS_COUNT] = {[LW_LOSS_STEP_END] = 2, [LW_LOSS_WORDING] = 2};
    set_losses(&x, lost);
    export_finish(&x);
}

static void test_a_rating_of_steps_is_good_or_bad_by_its_middle(void **state)
{
    (void)state;
    struct export_fixture x;
    make_steps(&x, solutions);
    x.question[0] = (struct lw_question){.name = (char *)"stars",
        .type = LW_Q_RATING,
        .on = LW_ON_STEP,
        .scale = {.min = 1, .max = 5}};
    export_label(&x, 0, "{\"stars\":{\"s1\":4,\"s2\":3,\"s3\":1}}");
    expect_stepwise(&x, "bad",
        "{\"prompt\":\"i\",\"completions\":[\"a\",\"b\\u2028c\",\"d\"],\"labels\":[true,false,"
        "false]}\n");
    export_finish(&x);
}

static void test_conversations_and_tasks_without_steps_are_left_out(void **state)
{
    (void)state;
    static const char *const formats[] = {"trl-stepwise", "prm800k"};
    struct export_fixture x;
    make_steps(&x,
        "{\"prompt\":\"p\",\"response\":\"r\"}\n"
        "{\"responses\":[{\"id\":\"a\",\"text\":\"u\",\"steps\":[\"u\"]}]}\n"
        "{\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\","
        "\"content\":\"q\"}],\"responses\":[{\"id\":\"a\",\"text\":\"u\",\"steps\":[\"u\"]}]}\n"
        "{\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"u\",\"steps\":[\"u\"]}]}\n");
    for (size_t i = 0; i < 3; i++)
        export_label(&x, i, "{\"verdict\":{\"s1\":\"good\"}}");
    export_label(&x, 3, "{\"outcome\":\"solution\"}");
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(export_as(&x, formats[i], NULL), LW_OK);
        assert_int_equal(x.report.written, 0);
        uint64_t lost[LW_LOSS_COUNT] = {[LW_LOSS_NO_STEPS] = 1,
            [LW_LOSS_NO_PROMPT] = 1,
            [LW_LOSS_CONVERSATION] = 1,
            [LW_LOSS_OPEN] = 1};
        set_losses(&x, lost);
    }
    export_finish(&x);
}

static void test_options_and_questions_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    struct export_fixture x;
    make_steps(&x, solutions);
    assert_int_equal(export_as(&x, "prm800k", "outcome"), LW_EUSAGE);
    assert_string_equal(x.err.text,
        "Question \"outcome\" does not fit: it must be about steps, and "
        "rate them or have the options bad and good.");
    x.neutral = "maybe";
    assert_int_equal(export_as(&x, "trl-stepwise", NULL), LW_EUSAGE);
    assert_string_equal(x.err.text, "--neutral must be good, bad or skip.");
    x.neutral = "bad";
    assert_int_equal(export_as(&x, "prm800k", NULL), LW_EUSAGE);
    assert_string_equal(x.err.text, "--neutral works with trl-stepwise, not with prm800k.");
    x.neutral = NULL;
    x.r.project.nquestions = 0;
    assert_int_equal(export_as(&x, "prm800k", NULL), LW_EUSAGE);
    assert_string_equal(x.err.text,
        "No question in project.yaml says which steps are good or bad, so "
        "nothing can be exported as prm800k. Use --format native.");
    export_finish(&x);
}

/* ---- csv and native */

static void test_tables_have_columns_for_steps_and_for_responses(void **state)
{
    (void)state;
    struct export_fixture x;
    make_steps(&x, two_solutions);
    x.question[1] =
        (struct lw_question){.name = (char *)"reason", .type = LW_Q_TEXT, .on = LW_ON_STEP};
    x.question[2] =
        (struct lw_question){.name = (char *)"worth", .type = LW_Q_RATING, .on = LW_ON_RESPONSE};
    export_label(&x, 0,
        "{\"verdict\":{\"s1\":\"good\",\"s3\":\"bad\"},\"reason\":{\"s3\":\"no\\u2028sum\"},"
        "\"worth\":{\"a\":4}}");
    assert_int_equal(export_as(&x, "csv", NULL), LW_OK);
    lw_buf_char(&x.out, '\0');
    assert_non_null(
        strstr(x.out.data, ",state,verdict.s1,verdict.s3,reason.s1,reason.s3,worth.a,skipped,"));
    assert_non_null(strstr(x.out.data, ",done,good,bad,,no\xe2\x80\xa8sum,4,,"));
    assert_int_equal(export_as(&x, "native", NULL), LW_OK);
    json_t *line = export_line_of(&x, 0, 1);
    export_expect(json_incref(json_object_get(json_object_get(line, "answers"), "reason")),
        "{\"s3\":\"no\\u2028sum\"}");
    assert_null(memmem(x.out.data, x.out.len, "\xe2\x80\xa8", 3));
    json_decref(line);
    export_finish(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_real_record_comes_back_as_it_was),
        cmocka_unit_test(test_steps_that_were_chosen_or_written_come_back),
        cmocka_unit_test(test_new_labels_replace_the_former_ones),
        cmocka_unit_test(test_other_records_become_prm800k),
        cmocka_unit_test(test_neutral_steps_are_what_the_user_says),
        cmocka_unit_test(test_a_solution_is_a_line_that_ends_where_nothing_was_said),
        cmocka_unit_test(test_other_wordings_have_no_place_in_a_line),
        cmocka_unit_test(test_a_rating_of_steps_is_good_or_bad_by_its_middle),
        cmocka_unit_test(test_conversations_and_tasks_without_steps_are_left_out),
        cmocka_unit_test(test_tables_have_columns_for_steps_and_for_responses),
        cmocka_unit_test(test_options_and_questions_that_do_not_fit_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
