/* Rankings as values: what is taken from outside, what a draft may hold, and how one grows. */
#define _GNU_SOURCE
#include "labelwright/answers/answers.h"
#include "labelwright/base/buf.h"

#include "fixtures/shared_data.h"

static struct lw_response four[] = {{.id = "a"}, {.id = "b"}, {.id = "c"}, {.id = "d"}};
static const struct lw_task task = {.response = four, .nresponses = 4};
static const struct lw_task single = {.response = four, .nresponses = 1};
static struct lw_question question = {.name = "ranking", .type = LW_Q_RANK, .required = true};
static const struct lw_project project = {.question = &question, .nquestions = 1};
static const struct lw_slot slot = {0, -1};

#define FORM "a ranking must be {"

static void takes_each_response_once(void **state)
{
    (void)state;
    static const struct {
        const char *value, *wrong; /* NULL: fine */
    } rows[] = {
        {"{\"order\":[[\"b\"],[\"a\"],[\"d\"],[\"c\"]],\"not_rankable\":[]}", NULL},
        {"{\"order\":[[\"b\",\"a\",\"d\",\"c\"]],\"not_rankable\":[]}", NULL},
        {"{\"order\":[[\"b\"],[\"a\",\"c\"]],\"not_rankable\":[\"d\"]}", NULL},
        {"{\"order\":[],\"not_rankable\":[\"d\",\"c\",\"b\",\"a\"]}", NULL},
        {"{\"order\":[[\"b\"],[\"a\"],[\"d\"]],\"not_rankable\":[]}",
            "the response \"c\" is missing. Put it into \"order\", or into \"not_rankable\"."},
        {"{\"order\":[[\"b\"],[\"a\"],[\"d\"],[\"b\"],[\"c\"]],\"not_rankable\":[]}",
            "the response \"b\" is ranked twice. Name it once."},
        {"{\"order\":[[\"b\"],[\"a\"],[\"d\"],[\"c\"]],\"not_rankable\":[\"c\"]}",
            "the response \"c\" is ranked twice."},
        {"{\"order\":[[\"b\"],[\"a\"],[\"d\"],[\"e\"]],\"not_rankable\":[]}",
            "the task has no response \"e\". Give the ids that the task has."},
        {"{\"order\":[[\"b\"],[],[\"a\"],[\"d\"],[\"c\"]],\"not_rankable\":[]}",
            "each place of \"order\" is a list of one id"},
        {"{\"order\":[\"b\",\"a\",\"d\",\"c\"],\"not_rankable\":[]}",
            "each place of \"order\" is a list of one id"},
        {"{\"order\":[[1]],\"not_rankable\":[]}", "names responses by their ids, as text"},
        {"{\"order\":[[\"b\"],[\"a\"],[\"d\"],[\"c\"]]}", FORM},
        {"{\"order\":{},\"not_rankable\":[]}", FORM},
        {"[[\"b\"],[\"a\"],[\"d\"],[\"c\"]]", FORM},
        {"{\"order\":[[\"b\"]],\"not_rankable\":[],\"open\":true}", FORM},
        {"\"b\"", FORM},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lw_err err = {0};
        json_t *answers =
            json_pack("{s:o}", "ranking", json_loads(rows[i].value, JSON_DECODE_ANY, NULL));
        enum lw_code code = lw_answers_check(&project, &task, answers, &err);
        if (code != (rows[i].wrong ? LW_EBAD : LW_OK))
            fail_msg("%s: %s", rows[i].value, err.text);
        if (rows[i].wrong && !strstr(err.text, rows[i].wrong))
            fail_msg("%s: %s", rows[i].value, err.text);
        json_decref(answers);
    }
}

static bool fits(const char *json)
{
    json_t *value = json_loads(json, 0, NULL);
    bool does = lw_answer_fits(&project, &task, slot, value);
    json_decref(value);
    return does;
}

static void a_draft_may_hold_an_unfinished_one(void **state)
{
    (void)state;
    assert_true(fits("{\"order\":[[\"b\"]],\"not_rankable\":[],\"open\":true}"));
    assert_true(
        fits("{\"order\":[[\"b\"]],\"not_rankable\":[\"c\"],\"open\":true,\"next\":\"tied\"}"));
    assert_false(fits("{\"order\":[[\"x\"]],\"not_rankable\":[],\"open\":true}"));
    assert_false(fits("{\"order\":[[\"b\"]],\"not_rankable\":[]}"));
    assert_false(fits("{\"order\":[[\"b\"]],\"not_rankable\":[],\"open\":true,\"more\":1}"));
    /* nothing is left, so it could never be finished */
    assert_false(
        fits("{\"order\":[[\"b\"],[\"a\"],[\"d\"],[\"c\"]],\"not_rankable\":[],\"open\":true}"));
}

static void an_unfinished_one_is_missing(void **state)
{
    (void)state;
    struct lw_slot found;
    json_t *answers = json_object();
    lw_answer_set(&project, &task, answers, slot, lw_rank_place(&question, &task, NULL, "b"));
    assert_true(lw_answers_missing(&project, &task, NULL, answers, &found));
    json_decref(answers);
}

static void one_response_is_not_ranked(void **state)
{
    (void)state;
    assert_false(lw_slot_asked(&project, &single, slot, NULL));
    assert_true(lw_slot_asked(&project, &task, slot, NULL));
}

static void the_best_and_the_worst_stand_alone(void **state)
{
    (void)state;
    question.best_worst = true;
    assert_true(fits("{\"order\":[[\"b\"],[\"a\",\"c\"],[\"d\"]],\"not_rankable\":[]}"));
    assert_true(fits("{\"order\":[[\"b\"],[\"d\"]],\"not_rankable\":[\"a\",\"c\"]}"));
    assert_true(fits("{\"order\":[[\"b\"]],\"not_rankable\":[\"a\",\"c\",\"d\"]}"));
    assert_false(fits("{\"order\":[[\"b\",\"a\"],[\"c\"],[\"d\"]],\"not_rankable\":[]}"));
    assert_false(fits("{\"order\":[[\"b\"],[\"a\"],[\"c\"],[\"d\"]],\"not_rankable\":[]}"));
    assert_false(fits("{\"order\":[[\"b\"],[\"a\",\"c\",\"d\"]],\"not_rankable\":[]}"));
    question.best_worst = false;
}

/* Thousands of responses are no reason to wait: with a look at all of them for each, this takes
 * minutes. */
static void grows_in_linear_time(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    struct lw_response *r = lw_alloc(MANY * sizeof *r);
    for (size_t i = 0; i < MANY; i++)
        r[i].id = lw_format("response-%zu", i);
    struct lw_task many = {.response = r, .nresponses = MANY};
    json_t *first = lw_rank_place(&question, &many, NULL, r[MANY / 2].id);
    json_t *tied = lw_rank_expect(first, LW_RANK_TIED);
    json_t *all = lw_rank_place_rest(&many, tied);
    assert_int_equal(lw_rank_left(&many, first), MANY - 1);
    assert_int_equal(lw_rank_left(&many, all), 0);
    assert_true(lw_answer_fits(&project, &many, slot, all));
    json_decref(first);
    json_decref(tied);
    json_decref(all);
    for (size_t i = 0; i < MANY; i++)
        free((char *)(uintptr_t)r[i].id);
    free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_each_response_once),
        cmocka_unit_test(a_draft_may_hold_an_unfinished_one),
        cmocka_unit_test(an_unfinished_one_is_missing),
        cmocka_unit_test(one_response_is_not_ranked),
        cmocka_unit_test(the_best_and_the_worst_stand_alone),
        cmocka_unit_test(grows_in_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
