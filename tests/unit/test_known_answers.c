/* Known answers: in every form that a record may have them, what is wrong with them, and what the
 * journal says of a label. */
#define _GNU_SOURCE
#include "labelwright/answers/practice.h"
#include "labelwright/base/buf.h"

#include "fixtures/shared_data.h"

static struct lw_response response[] = {
    {.id = "x", .text = {"one", 3}}, {.id = "y", .text = {"two", 3}}};
static struct lw_option option[] = {{.path = (char *)"warm", .label = (char *)"Warm"},
    {.path = (char *)"no/cold", .label = (char *)"Ice cold"}};
static struct lw_question question[] = {
    {.name = (char *)"better", .type = LW_Q_COMPARE},
    {.name = (char *)"score",
        .type = LW_Q_RATING,
        .on = LW_ON_RESPONSE,
        .scale = {.min = -2, .max = 5}},
    {.name = (char *)"whole", .type = LW_Q_RATING, .scale = {.min = 1, .max = 5}, .tolerance = 1},
    {.name = (char *)"tone", .type = LW_Q_CHOICE, .option = option, .noptions = 2},
    {.name = (char *)"flags", .type = LW_Q_TAGS, .option = option, .noptions = 2},
    {.name = (char *)"order", .type = LW_Q_RANK},
    {.name = (char *)"note", .type = LW_Q_TEXT},
};
static const struct lw_project project = {
    .question = question, .nquestions = sizeof question / sizeof *question};

static void add_line(void *ctx, const char *text)
{
    lw_buf_fmt(ctx, "%s\n", text);
}

static void words_of_a_table_become_answers(void **state)
{
    (void)state;
    static const struct {
        const char *known, *is;
        size_t responses;
    } rows[] = {
        {"{\"better\":{\"better\":\"x\",\"strength\":2}}",
            "{\"better\":{\"better\":\"x\",\"strength\":2}}", 2},
        {"{\"better\":\"y\"}", "{\"better\":{\"better\":\"y\"}}", 2},
        {"{\"better\":\" B \"}", "{\"better\":{\"better\":\"y\"}}", 2},
        {"{\"better\":\"Tie\"}", "{\"better\":{\"better\":null,\"strength\":0}}", 2},
        {"{\"score\":{\"x\":\"-2\",\"y\":3}}", "{\"score\":{\"x\":-2,\"y\":3}}", 2},
        {"{\"score\":\"4\"}", "{\"score\":{\"x\":4}}", 1},
        {"{\"score\":4}", "{\"score\":4}", 2},
        {"{\"whole\":\"5\"}", "{\"whole\":5}", 2},
        {"{\"tone\":\"ICE COLD\"}", "{\"tone\":\"no/cold\"}", 2},
        {"{\"tone\":[\"warm\"]}", "{\"tone\":\"warm\"}", 2},
        {"{\"flags\":\"warm; Ice cold;\"}", "{\"flags\":[\"warm\",\"no/cold\"]}", 2},
        {"{\"flags\":\"[\\\"warm\\\"]\"}", "{\"flags\":[\"warm\"]}", 2},
        {"{\"flags\":[]}", "{\"flags\":[]}", 2},
        {"{\"order\":\"b > a\"}", "{\"order\":{\"order\":[[\"y\"],[\"x\"]],\"not_rankable\":[]}}",
            2},
        {"{\"order\":\"a=b\"}", "{\"order\":{\"order\":[[\"x\",\"y\"]],\"not_rankable\":[]}}", 2},
        {"{\"note\":\"{not JSON}\"}", "{\"note\":\"{not JSON}\"}", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_t *known = json_loads(rows[i].known, 0, NULL), *is = json_loads(rows[i].is, 0, NULL);
        struct lw_task t = {.response = response, .nresponses = rows[i].responses, .known = known};
        json_t *found = lw_known_answers(&project, &t);
        assert_non_null(is);
        if (!json_equal(found, is))
            fail_msg("%s became %s", rows[i].known, json_dumps(found, 0));
        json_decref(found);
        json_decref(is);
        json_decref(known);
    }
    assert_null(lw_known_answers(&project, &(struct lw_task){.known = NULL}));
}

static void what_is_no_answer_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *known, *wrong; /* NULL: it fits */
    } rows[] = {
        {"{\"better\":\"a\"}", NULL},
        {"{\"better\":\"z\"}", "\"better\""},
        {"{\"score\":{\"x\":9}}", "9 is outside the scale"},
        {"{\"score\":4}", "this question asks about each response"},
        {"{\"tone\":\"hot\"}", "there is no option \"hot\""},
        {"{\"flags\":[]}", NULL},
        {"{\"flags\":\"warm;hot\"}", "\"hot\""},
        {"{\"order\":\"a\"}", "the response \"y\" is missing"},
        {"{\"tune\":\"warm\"}", "Did you mean \"tone\"?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_t *known = json_loads(rows[i].known, 0, NULL);
        struct lw_task t = {.response = response, .nresponses = 2, .known = known};
        struct lw_buf told = {0};
        size_t n = lw_known_check(&project, &t, add_line, &told);
        if (n != (rows[i].wrong != NULL) || (rows[i].wrong && !strstr(told.data, rows[i].wrong)))
            fail_msg("%s: %s", rows[i].known, told.len ? told.data : "nothing is wrong");
        lw_buf_fini(&told);
        json_decref(known);
    }
}

static void journal_says_how_each_known_answer_compares(void **state)
{
    (void)state;
    json_t *known = json_loads("{\"whole\":3,\"tone\":\"warm\",\"flags\":[],\"note\":\"x\","
                               "\"score\":{\"y\":2}}",
        0, NULL);
    json_t *answers = json_loads("{\"whole\":4,\"tone\":\"no/cold\",\"note\":\"y\","
                                 "\"order\":{\"order\":[[\"x\"],[\"y\"]],\"not_rankable\":[]}}",
        0, NULL);
    struct lw_task t = {.response = response, .nresponses = 2, .known = known};
    json_t *outcome = lw_practice_outcome(&project, &t, answers);
    json_t *expected =
        json_loads("[{\"question\":\"score\",\"item\":\"y\",\"outcome\":\"missing\"},"
                   "{\"question\":\"whole\",\"item\":\"\",\"outcome\":\"near\"},"
                   "{\"question\":\"tone\",\"item\":\"\",\"outcome\":\"other\"},"
                   "{\"question\":\"flags\",\"item\":\"\",\"outcome\":\"same\"},"
                   "{\"question\":\"note\",\"item\":\"\",\"outcome\":\"unjudged\"}]",
            0, NULL);
    if (!json_equal(outcome, expected))
        fail_msg("%s", json_dumps(outcome, 0));
    t.known = NULL;
    json_t *none = lw_practice_outcome(&project, &t, answers);
    assert_int_equal(json_array_size(none), 0);
    json_decref(none);
    json_decref(outcome);
    json_decref(expected);
    json_decref(answers);
    json_decref(known);
}

static void reasons_are_of_a_question_or_of_all(void **state)
{
    (void)state;
    json_t *each = json_pack("{s:s}", "tone", "it is"), *all = json_string("so it is");
    struct lw_task t = {.why = each};
    assert_string_equal(lw_known_why(&t, "tone"), "it is");
    assert_null(lw_known_why(&t, "flags"));
    assert_null(lw_known_why_all(&t));
    t.why = all;
    assert_string_equal(lw_known_why_all(&t), "so it is");
    assert_null(lw_known_why(&t, "tone"));
    json_decref(each);
    json_decref(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_a_table_become_answers),
        cmocka_unit_test(what_is_no_answer_is_named),
        cmocka_unit_test(journal_says_how_each_known_answer_compares),
        cmocka_unit_test(reasons_are_of_a_question_or_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
