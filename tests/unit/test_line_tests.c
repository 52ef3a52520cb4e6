/* Tests of answers for lines of labels: they say of the text what lw_tests_hold() says of the tree,
 * of any line, and again when the same answers come back. */
#define _GNU_SOURCE
#include "labelwright/answers/line_tests.h"
#include "labelwright/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct lw_option kinds[] = {
    {"plain", "plain", NULL, 0, 0, false, NULL, 0}, {"odd", "odd", NULL, 0, 0, false, NULL, 0}};
static struct lw_question questions[] = {
    {.name = "quality",
        .label = "Quality",
        .type = LW_Q_RATING,
        .on = LW_ON_RESPONSE,
        .scale = {.min = 1, .max = 7}},
    {.name = "kind",
        .label = "Kind",
        .type = LW_Q_CHOICE,
        .on = LW_ON_TASK,
        .option = kinds,
        .noptions = COUNT(kinds)},
    {.name = "answers", .label = "Answers", .type = LW_Q_TEXT, .on = LW_ON_TASK},
    {.name = "flags",
        .label = "Flags",
        .type = LW_Q_TAGS,
        .on = LW_ON_TASK,
        .option = kinds,
        .noptions = COUNT(kinds)},
};
static const struct lw_project project = {.question = questions, .nquestions = COUNT(questions)};

static bool expected(const struct lw_tests *tests, const char *line)
{
    json_t *e = json_loads(line, JSON_ALLOW_NUL, NULL);
    const json_t *answers = json_object_get(e, "answers");
    bool hold =
        tests ? lw_tests_hold(&project, tests, answers) : lw_answers_have_tag(&project, answers);
    json_decref(e);
    return hold;
}

/* Filters, and how they are typed; NULL: any tag. */
static const char *const filters[] = {"quality <= 3", "quality >= 5 and kind = odd", "kind: odd",
    "answers: slur", "answers", "flags: plain, odd", NULL};

static void check_line(const char *line)
{
    for (size_t i = 0; i < COUNT(filters); i++) {
        struct lw_tests tests = {0};
        struct lw_err err = {0};
        if (filters[i])
            assert_int_equal(lw_tests_parse(&project, filters[i], &tests, &err), LW_OK);
        const struct lw_tests *with = filters[i] ? &tests : NULL;
        struct lw_line_tests *t = lw_line_tests_new(&project, with);
        for (int again = 0; again < 2; again++)
            if (lw_line_tests_hold(t, line, strlen(line)) != expected(with, line))
                fail_msg("%s, asked %d times: %s", filters[i], again + 1, line);
        lw_line_tests_free(t);
        lw_tests_free(&tests);
    }
}

static void they_say_what_the_tree_says(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "{\"v\":1,\"answers\":{\"quality\":{\"a\":3,\"b\":6},\"kind\":\"odd\"},\"hash\":\"x\"}",
        "{\"v\":1,\"answers\":{},\"hash\":\"x\"}",
        "{\"v\":1,\"answers\":{\"answers\":\"a slur\"},\"hash\":\"x\"}",
        "{\"v\":1,\"reason\":\"no answers\",\"hash\":\"x\"}",
        "{\"v\":1,\"task\":\"a,\\\"answers\\\":{\\\"kind\\\":\\\"odd\\\"}\",\"hash\":\"x\"}",
        "{\"v\":1,\"m\":{\"b\":1,\"answers\":{\"kind\":\"odd\"}},\"answers\":{\"flags\":[]}}",
        "{\"v\":1,\"more\":{\"b\":1,\"answers\":{\"kind\":\"odd\"}}}",
        "{\"v\":1,\"answers\":{\"k\\u0069nd\":\"odd\"}}",
        "{\"v\":1,\"answers\":{\"kind\":\"o\\u0064d\"}}",
        "{\"v\":1,\"answers\":{\"flags\":[\"odd\"],\"other\":[{\"}\":\"{\"}]}}",
        "{\"v\":1,\"answers\":{\"flags\":[],\"quality\":{\"}\":7}}}",
        "{\"v\":1,\"answers\":null}",
        "{\"v\":1,\"answers\":[\"kind\",\"odd\"]}",
    };
    for (size_t i = 0; i < COUNT(lines); i++)
        check_line(lines[i]);
}

/* More different answers than are remembered, some longer than that, each seen several times. */
static void what_is_remembered_is_what_was_asked(void **state)
{
    (void)state;
    struct lw_tests tests = {0};
    struct lw_err err = {0};
    assert_int_equal(lw_tests_parse(&project, "answers: 7", &tests, &err), LW_OK);
    struct lw_line_tests *t = lw_line_tests_new(&project, &tests);
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < 4000; i++) {
            char *line = lw_format("{\"v\":1,\"answers\":{\"kind\":\"odd\",\"answers\":\"%0*d\"}}",
                i % 3 ? 5 : 200, i);
            assert_int_equal(lw_line_tests_hold(t, line, strlen(line)), expected(&tests, line));
            free(line);
        }
    lw_line_tests_free(t);
    lw_tests_free(&tests);
}

/* Any piece of a line does no harm. */
static void a_line_that_ends_early_is_read_to_its_end(void **state)
{
    (void)state;
    static const char line[] = "{\"v\":1,\"order\":[\"a\"],\"answers\":{\"quality\":{\"a\":3},"
                               "\"kind\":\"odd\",\"flags\":[\"o\\\"dd\"]},\"hash\":\"x\"}";
    struct lw_line_tests *t = lw_line_tests_new(&project, NULL);
    for (size_t n = 0; n < sizeof line; n++) {
        char *piece = lw_strndup(line, n); /* a block of its own, for the sanitizer */
        lw_line_tests_hold(t, piece, n);
        free(piece);
    }
    assert_false(lw_line_tests_hold(t, ",\"answers\":{}", 13));
    lw_line_tests_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_say_what_the_tree_says),
        cmocka_unit_test(what_is_remembered_is_what_was_asked),
        cmocka_unit_test(a_line_that_ends_early_is_read_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
