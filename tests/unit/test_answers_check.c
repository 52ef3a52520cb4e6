/* Checks of corrections from outside, and when one counts as given. */
#define _GNU_SOURCE
#include "labelwright/answers/answers.h"
#include "labelwright/base/buf.h"

#include "fixtures/shared_data.h"

static struct lw_response fixable[] = {
    {.id = "a", .text = {"one", 3}}, {.id = "b", .text = {"e\xCC\x81\r\n", 5}}};
static const struct lw_task fixed_task = {.response = fixable, .nresponses = 2};
static struct lw_question fix = {
    .name = "fix", .type = LW_Q_EDIT, .on = LW_ON_RESPONSE, .required = true};
static const struct lw_project fixing = {.question = &fix, .nquestions = 1};

static void takes_corrections_of_what_is_there_byte_for_byte(void **state)
{
    (void)state;
    static const struct {
        const char *answer, *wrong; /* NULL: fine */
    } rows[] = {
        {"{\"original\":\"one\",\"text\":\"two\"}", NULL},
        {"{\"original\":\"one\",\"text\":\"one\"}", NULL}, /* nothing to correct */
        {"{\"original\":\"one\",\"text\":\"\"}", NULL},
        {"{\"original\":\"One\",\"text\":\"two\"}", "is not the text of this response"},
        {"{\"original\":\"one \",\"text\":\"two\"}", "is not the text of this response"},
        {"{\"original\":\"one\"}", "a correction must be {"},
        {"{\"original\":\"one\",\"text\":2}", "a correction must be {"},
        {"{\"original\":\"one\",\"text\":\"two\",\"open\":true}", "a correction must be {"},
        {"\"two\"", "a correction must be {"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lw_err err = {0};
        char *json = lw_format("{\"fix\":{\"a\":%s,\"b\":{\"original\":\"e\\u0301\\r\\n\",\"text\":"
                               "\"\\u00e9\"}}}",
            rows[i].answer);
        json_t *answers = json_loads(json, 0, NULL);
        enum lw_code code = lw_answers_check(&fixing, &fixed_task, answers, &err);
        assert_int_equal(code, rows[i].wrong ? LW_EBAD : LW_OK);
        if (rows[i].wrong)
            assert_non_null(strstr(err.text, rows[i].wrong));
        json_decref(answers);
        free(json);
    }
}

static void a_correction_half_done_is_still_missing(void **state)
{
    (void)state;
    json_t *answers = json_object();
    struct lw_slot first = {0, 0}, second = {0, 1}, found;
    lw_answer_set(
        &fixing, &fixed_task, answers, second, lw_edit_value(NULL, fixable[1].text, "x", 1, false));
    lw_answer_set(
        &fixing, &fixed_task, answers, first, lw_edit_value(NULL, fixable[0].text, "o", 1, true));
    assert_true(lw_answers_missing(&fixing, &fixed_task, NULL, answers, &found));
    assert_int_equal(found.item, 0);
    fix.required = false; /* it is wanted no more, and still not done */
    assert_true(lw_answers_missing(&fixing, &fixed_task, NULL, answers, &found));
    fix.required = true;
    lw_answer_set(&fixing, &fixed_task, answers, first,
        lw_edit_value(NULL, fixable[0].text, "one", 3, false));
    assert_false(lw_answers_missing(&fixing, &fixed_task, NULL, answers, &found));
    assert_true(lw_edit_is_same(lw_answer_get(&fixing, &fixed_task, answers, first)));
    assert_false(lw_edit_is_same(lw_answer_get(&fixing, &fixed_task, answers, second)));
    json_decref(answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_corrections_of_what_is_there_byte_for_byte),
        cmocka_unit_test(a_correction_half_done_is_still_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
