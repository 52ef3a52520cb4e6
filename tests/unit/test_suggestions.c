/* Suggestions: which of them can be answers, and what became of them. */
#define _GNU_SOURCE
#include "labelwright/answers/answers.h"
#include "labelwright/base/buf.h"

#include "fixtures/shared_data.h"

static struct lw_response response[] = {
    {.id = "a", .text = {"one", 3}}, {.id = "b", .text = {"two", 3}}};
static struct lw_option option[] = {
    {.path = (char *)"warm", .label = (char *)"Warm"}, {.path = (char *)"cold"}};
static struct lw_question question[] = {
    {.name = (char *)"better", .type = LW_Q_COMPARE},
    {.name = (char *)"score",
        .type = LW_Q_RATING,
        .on = LW_ON_RESPONSE,
        .scale = {.min = 1, .max = 5}},
    {.name = (char *)"tone", .type = LW_Q_CHOICE, .option = option, .noptions = 2},
    {.name = (char *)"flags", .type = LW_Q_TAGS, .option = option, .noptions = 2},
    {.name = (char *)"fix", .type = LW_Q_EDIT, .on = LW_ON_RESPONSE},
    {.name = (char *)"story", .type = LW_Q_WRITE, .min_words = 2},
    {.name = (char *)"order", .type = LW_Q_RANK},
};
static const struct lw_project project = {
    .question = question, .nquestions = sizeof question / sizeof *question};

static void add_line(void *ctx, const char *text)
{
    lw_buf_fmt(ctx, "%s\n", text);
}

/* Every type, at every item: a suggestion that is an answer is found, another one is named. */
static void only_what_can_be_an_answer_is_suggested(void **state)
{
    (void)state;
    static const struct {
        const char *suggestions;
        size_t question;
        int item;
        const char *wrong; /* NULL: it fits */
    } rows[] = {
        {"{\"better\":{\"better\":\"b\",\"strength\":1}}", 0, -1, NULL},
        {"{\"better\":{\"better\":\"c\",\"strength\":1}}", 0, -1, "\"better\" is not a response"},
        {"{\"score\":{\"b\":5}}", 1, 1, NULL},
        {"{\"score\":{\"b\":6}}", 1, 1, "6 is outside the scale"},
        {"{\"score\":5}", 1, 1, "this question asks about each response"},
        {"{\"score\":{\"c\":5}}", 1, 1, "the task has no response \"c\""},
        {"{\"tone\":\"cold\"}", 2, -1, NULL},
        {"{\"tone\":\"hot\"}", 2, -1, "there is no option \"hot\""},
        {"{\"flags\":[\"warm\",\"cold\"]}", 3, -1, NULL},
        {"{\"flags\":[\"warm\",\"warm\"]}", 3, -1, "given twice"},
        {"{\"fix\":{\"a\":{\"original\":\"one\",\"text\":\"1\"}}}", 4, 0, NULL},
        {"{\"fix\":{\"a\":{\"original\":\"two\",\"text\":\"1\"}}}", 4, 0, "is not the text"},
        {"{\"story\":\"once upon\"}", 5, -1, NULL},
        {"{\"story\":\"once\"}", 5, -1, "1 word of at least 2"},
        {"{\"order\":{\"order\":[[\"b\",\"a\"]],\"not_rankable\":[]}}", 6, -1, NULL},
        {"{\"order\":{\"order\":[[\"b\"]],\"not_rankable\":[]}}", 6, -1, "order"},
        {"{\"ton\":\"cold\"}", 2, -1, "no question is called \"ton\". Did you mean \"tone\"?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_t *suggestions = json_loads(rows[i].suggestions, 0, NULL);
        assert_non_null(suggestions);
        struct lw_task t = {.response = response, .nresponses = 2, .suggestions = suggestions};
        struct lw_slot s = {rows[i].question, rows[i].item};
        struct lw_buf told = {0};
        bool found = lw_suggestion_get(&project, &t, s) != NULL;
        size_t n = lw_suggestions_check(&project, &t, add_line, &told);
        if (found != !rows[i].wrong || n != !found ||
            (rows[i].wrong && !strstr(told.data, rows[i].wrong)))
            fail_msg("%s: %s", rows[i].suggestions, told.len ? told.data : "nothing is wrong");
        lw_buf_fini(&told);
        json_decref(suggestions);
    }
}

static void what_became_of_each_is_told(void **state)
{
    (void)state;
    json_t *suggestions = json_loads("{\"score\":{\"a\":5,\"b\":1},\"tone\":\"cold\",\"flags\":[],"
                                     "\"story\":\"once\",\"fix\":null}",
               0, NULL),
           *answers = json_loads("{\"score\":{\"a\":5,\"b\":2},\"story\":\"of my own\"}", 0, NULL),
           *expected =
               json_loads("[{\"question\":\"score\",\"item\":\"a\",\"outcome\":\"accepted\"},"
                          "{\"question\":\"score\",\"item\":\"b\",\"outcome\":\"changed\"},"
                          "{\"question\":\"tone\",\"item\":\"\",\"outcome\":\"ignored\"},"
                          "{\"question\":\"story\",\"item\":\"\",\"outcome\":\"unfit\"}]",
                   0, NULL);
    struct lw_task t = {.response = response, .nresponses = 2, .suggestions = suggestions};
    json_t *became = lw_suggestions_outcome(&project, &t, answers);
    assert_true(json_equal(became, expected));
    t.suggestions = NULL;
    assert_null(lw_suggestions_outcome(&project, &t, answers));
    json_decref(became);
    json_decref(expected);
    json_decref(answers);
    json_decref(suggestions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_can_be_an_answer_is_suggested),
        cmocka_unit_test(what_became_of_each_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
