/* Answers to the questions of a project: which are asked, which are missing, and checks of answers
 * from outside. */
#define _GNU_SOURCE
#include "labelwright/answers/answers.h"
#include "labelwright/base/buf.h"
#include "labelwright/project/task_target.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* The project of these tests:
 *   better   compare, task            problems  tags, response
 *   quality  rating 1-7, response     why       text, response when quality <= 3
 *   kind     choice, task             note      text, task     when any response has safety/hate
 *   deep     text, task when note is answered "look" */
static struct lw_point points[] = {{4, "acceptable"}};
static struct lw_option tags[] = {
    {"hallucination", "Makes things up", NULL, U'h', 0, false, NULL, 0},
    {"safety", "safety", NULL, 0, 0, true, NULL, 0},
    {"safety/hate", "hate", NULL, 0, 1, false, NULL, 0},
    {"safety/self_harm", "self_harm", NULL, 0, 1, false, NULL, 0},
};
static struct lw_option kinds[] = {
    {"prose", "prose", NULL, 0, 0, false, NULL, 0}, {"code", "code", NULL, 0, 0, false, NULL, 0}};
enum { BETTER, QUALITY, PROBLEMS, WHY, KIND, NOTE, DEEP, NQUESTIONS };
static struct lw_test when_why[] = {{QUALITY, LW_OP_LE, NULL, 3}};
static struct lw_test when_note[] = {{PROBLEMS, LW_OP_ANY_OF, NULL, 0}};
static struct lw_test when_deep[] = {{NOTE, LW_OP_ANY_OF, NULL, 0}};
static struct lw_question questions[NQUESTIONS] = {
    [BETTER] = {.name = "better", .type = LW_Q_COMPARE, .on = LW_ON_TASK, .required = true},
    [QUALITY] = {.name = "quality",
        .type = LW_Q_RATING,
        .on = LW_ON_RESPONSE,
        .required = true,
        .scale = {.min = 1, .max = 7, .point = points, .npoints = 1}},
    [PROBLEMS] = {.name = "problems",
        .type = LW_Q_TAGS,
        .on = LW_ON_RESPONSE,
        .option = tags,
        .noptions = COUNT(tags)},
    [WHY] = {.name = "why",
        .type = LW_Q_TEXT,
        .on = LW_ON_RESPONSE,
        .required = true,
        .when = when_why,
        .nwhen = 1},
    [KIND] = {.name = "kind",
        .type = LW_Q_CHOICE,
        .on = LW_ON_TASK,
        .option = kinds,
        .noptions = COUNT(kinds)},
    [NOTE] = {.name = "note", .type = LW_Q_TEXT, .on = LW_ON_TASK, .when = when_note, .nwhen = 1},
    [DEEP] = {.name = "deep", .type = LW_Q_TEXT, .on = LW_ON_TASK, .when = when_deep, .nwhen = 1},
};
static const struct lw_project project = {.question = questions, .nquestions = NQUESTIONS};

static struct lw_response responses[] = {{.id = "a"}, {.id = "b"}, {.id = "c"}};
static const struct lw_task pair = {.response = responses, .nresponses = 2};
static const struct lw_task three = {.response = responses, .nresponses = 3};
static const struct lw_task none = {0};

static int set_up(void **state)
{
    (void)state;
    when_note[0].any_of = json_pack("[s]", "safety/hate");
    when_deep[0].any_of = json_pack("[ss]", "look", "see");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    json_decref(when_note[0].any_of);
    json_decref(when_deep[0].any_of);
    return 0;
}

static json_t *parse(const char *text)
{
    json_t *v = json_loads(text, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
    assert_non_null(v);
    return v;
}

static void assert_json(const json_t *v, const char *text)
{
    char *dump = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);
    assert_string_equal(dump, text);
    free(dump);
}

/* "better quality:a …": the slots asked, in order. */
static char *asked(const struct lw_task *t, const int *order, const char *text)
{
    json_t *answers = parse(text);
    size_t n;
    struct lw_slot *slots = lw_slots(&project, t, order, answers, &n);
    struct lw_buf b = {0};
    for (size_t i = 0; i < n; i++) {
        const char *gap = i ? " " : "";
        const char *name = project.question[slots[i].question].name;
        if (slots[i].item < 0)
            lw_buf_fmt(&b, "%s%s", gap, name);
        else
            lw_buf_fmt(&b, "%s%s:%s", gap, name, t->response[slots[i].item].id);
        assert_true(lw_slot_asked(&project, t, slots[i], answers));
    }
    free(slots);
    json_decref(answers);
    return lw_buf_detach(&b);
}

static void asks(const struct lw_task *t, const int *order, const char *answers, const char *slots)
{
    char *got = asked(t, order, answers);
    assert_string_equal(got, slots);
    free(got);
}

/* ---- turns and steps: a verdict on each step until one is bad, its reason, and "fix" where the
 * response of the step is worth it */
enum { WORTH, VERDICT, REASON, FIX, TURN, PROMPT, NASKED };
static struct lw_option verdicts[] = {
    {"bad", "bad", NULL, 0, 0, false, NULL, 0}, {"good", "good", NULL, 0, 0, false, NULL, 0}};
static struct lw_test stop_verdict = {.op = LW_OP_ANY_OF};
static struct lw_test when_reason[] = {{.question = VERDICT, .op = LW_OP_ANY_OF}};
static struct lw_test when_fix[] = {{WORTH, LW_OP_GE, NULL, 2}};
static struct lw_question of_items[NASKED] = {
    [WORTH] = {.name = "worth",
        .type = LW_Q_RATING,
        .on = LW_ON_RESPONSE,
        .scale = {.min = 1, .max = 3}},
    [VERDICT] = {.name = "verdict",
        .type = LW_Q_CHOICE,
        .on = LW_ON_STEP,
        .option = verdicts,
        .noptions = COUNT(verdicts),
        .stop = &stop_verdict},
    [REASON] =
        {.name = "reason", .type = LW_Q_TEXT, .on = LW_ON_STEP, .when = when_reason, .nwhen = 1},
    [FIX] = {.name = "fix", .type = LW_Q_TEXT, .on = LW_ON_STEP, .when = when_fix, .nwhen = 1},
    [TURN] = {.name = "turn", .type = LW_Q_TEXT, .on = LW_ON_TURN},
    [PROMPT] = {.name = "ask", .type = LW_Q_EDIT, .on = LW_ON_PROMPT},
};
static const struct lw_project item_project = {.question = of_items, .nquestions = NASKED};
static struct lw_turn said[] = {
    {.id = "t1", .role = "user", .text = {"q", 1}}, {.id = "t2", .role = "system"}};
static struct lw_task_step worked[] = {
    {.id = "s1", .response = 0, .place = 1, .number = 1, .first = 0},
    {.id = "s1.1", .response = 0, .place = 1, .number = 1, .first = 0, .other = 1},
    {.id = "s2", .response = 0, .place = 2, .number = 2, .first = 2},
    {.id = "s3", .response = 1, .place = 3, .number = 1, .first = 3},
};
static const struct lw_task stepped = {.turn = said,
    .nturns = 2,
    .response = responses,
    .nresponses = 2,
    .step = worked,
    .nsteps = COUNT(worked)};

static void asks_items(const int *order, const char *text, const char *wanted)
{
    json_t *answers = parse(text);
    stop_verdict.any_of = json_pack("[s]", "bad");
    when_reason[0].any_of = json_pack("[s]", "bad");
    size_t n;
    struct lw_slot *slots = lw_slots(&item_project, &stepped, order, answers, &n);
    struct lw_buf b = {0};
    for (size_t i = 0; i < n; i++) {
        const char *id = lw_slot_id(&item_project, &stepped, slots[i]);
        lw_buf_fmt(&b, "%s%s%s%s", i ? " " : "", of_items[slots[i].question].name, id ? ":" : "",
            id ? id : "");
        assert_true(lw_slot_asked(&item_project, &stepped, slots[i], answers));
    }
    assert_string_equal(b.data, wanted);
    lw_buf_fini(&b);
    free(slots);
    json_decref(answers);
    json_decref(stop_verdict.any_of);
    json_decref(when_reason[0].any_of);
}

static void asks_about_each_step_and_turn(void **state)
{
    (void)state;
    asks_items(NULL, "{}",
        "worth:a worth:b verdict:s1 verdict:s1.1 verdict:s2 verdict:s3 turn:t1 turn:t2 ask");
    asks_items((int[]){1, 0}, "{}",
        "worth:b worth:a verdict:s3 verdict:s1 verdict:s1.1 verdict:s2 turn:t1 turn:t2 ask");
}

static void stops_after_a_bad_step_of_the_same_response(void **state)
{
    (void)state;
    asks_items(NULL, "{\"verdict\":{\"s1\":\"bad\"}}",
        "worth:a worth:b verdict:s1 reason:s1 verdict:s1.1 verdict:s3 turn:t1 turn:t2 ask");
    asks_items(NULL, "{\"verdict\":{\"s1\":\"good\",\"s1.1\":\"bad\"}}",
        "worth:a worth:b verdict:s1 verdict:s1.1 reason:s1.1 verdict:s2 verdict:s3 turn:t1 turn:t2 "
        "ask");
}

static void a_step_may_depend_on_its_response(void **state)
{
    (void)state;
    asks_items(NULL, "{\"worth\":{\"b\":2,\"a\":1}}",
        "worth:a worth:b verdict:s1 verdict:s1.1 verdict:s2 verdict:s3 fix:s3 turn:t1 turn:t2 ask");
}

static void a_single_response_is_the_last_turn(void **state)
{
    (void)state;
    struct lw_task t = stepped;
    t.nresponses = 1;
    assert_int_equal(lw_target_count(LW_ON_TURN, &t), 3);
    assert_string_equal(lw_target_item(LW_ON_TURN, &t, 2).id, "answer");
    assert_int_equal(lw_target_item(LW_ON_TURN, &t, 2).response, 0);
    assert_int_equal(lw_target_find(LW_ON_TURN, &t, "answer"), 2);
    assert_int_equal(lw_target_find(LW_ON_STEP, &t, "s9"), -1);
    assert_memory_equal(lw_target_text(LW_ON_PROMPT, &t, -1).s, "q", 1);
}

/* ---- responses */

static void goes_response_by_response_where_such_questions_stand_in_a_row(void **state)
{
    (void)state;
    asks(&pair, NULL, "{}", "better quality:a problems:a quality:b problems:b kind");
}

static void follows_the_order_shown(void **state)
{
    (void)state;
    asks(&pair, (int[]){1, 0}, "{}", "better quality:b problems:b quality:a problems:a kind");
}

static void asks_a_comparison_only_of_two(void **state)
{
    (void)state;
    asks(&three, NULL, "{}", "quality:a problems:a quality:b problems:b quality:c problems:c kind");
    asks(&none, NULL, "{}", "kind");
}

static void looks_at_the_same_response(void **state)
{
    (void)state;
    asks(&pair, NULL, "{\"quality\":{\"a\":4,\"b\":3}}",
        "better quality:a problems:a quality:b problems:b why:b kind");
}

static void looks_from_a_task_question_at_any_response(void **state)
{
    (void)state;
    asks(&pair, NULL, "{\"problems\":{\"b\":[\"hallucination\",\"safety/hate\"]}}",
        "better quality:a problems:a quality:b problems:b kind note");
    asks(&pair, NULL, "{\"problems\":{\"b\":[\"safety/self_harm\"]}}",
        "better quality:a problems:a quality:b problems:b kind");
}

static void ignores_answers_that_are_not_asked_themselves(void **state)
{
    (void)state;
    asks(&none, NULL, "{\"note\":\"look\"}", "kind");
    asks(&pair, NULL, "{\"note\":\"see\",\"problems\":{\"a\":[\"safety/hate\"]}}",
        "better quality:a problems:a quality:b problems:b kind note deep");
}

static void knows_the_targets_of_a_question(void **state)
{
    (void)state;
    json_t *answers = json_object();
    assert_false(lw_slot_asked(&project, &pair, (struct lw_slot){QUALITY, -1}, answers));
    assert_false(lw_slot_asked(&project, &pair, (struct lw_slot){QUALITY, 2}, answers));
    assert_false(lw_slot_asked(&project, &pair, (struct lw_slot){KIND, 0}, answers));
    assert_true(lw_slot_asked(&project, &pair, (struct lw_slot){KIND, -1}, answers));
    json_decref(answers);
}

static void compares_numbers_with_every_operator(void **state)
{
    (void)state;
    static const struct {
        enum lw_op op;
        bool at[3]; /* for 3, 4, 5 against 4 */
    } rows[] = {
        {LW_OP_LT, {true, false, false}},
        {LW_OP_LE, {true, true, false}},
        {LW_OP_EQ, {false, true, false}},
        {LW_OP_NE, {true, false, true}},
        {LW_OP_GE, {false, true, true}},
        {LW_OP_GT, {false, false, true}},
    };
    const struct lw_test saved = when_why[0];
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int v = 3; v <= 5; v++) {
            when_why[0] = (struct lw_test){QUALITY, rows[i].op, NULL, 4};
            json_t *answers = json_pack("{s{si}}", "quality", "a", v);
            assert_int_equal(lw_slot_asked(&project, &pair, (struct lw_slot){WHY, 0}, answers),
                rows[i].at[v - 3]);
            assert_false(lw_slot_asked(&project, &pair, (struct lw_slot){WHY, 1}, answers));
            json_decref(answers);
        }
    when_why[0] = saved;
}

static void sets_and_removes_answers(void **state)
{
    (void)state;
    json_t *answers = json_object();
    lw_answer_set(&project, &pair, answers, (struct lw_slot){QUALITY, 1}, json_integer(5));
    lw_answer_set(&project, &pair, answers, (struct lw_slot){KIND, -1}, json_string("code"));
    assert_json(answers, "{\"quality\":{\"b\":5},\"kind\":\"code\"}");
    assert_int_equal(
        json_integer_value(lw_answer_get(&project, &pair, answers, (struct lw_slot){QUALITY, 1})),
        5);
    assert_null(lw_answer_get(&project, &pair, answers, (struct lw_slot){QUALITY, 0}));
    lw_answer_set(&project, &pair, answers, (struct lw_slot){QUALITY, 0}, NULL);
    lw_answer_set(&project, &pair, answers, (struct lw_slot){QUALITY, 1}, NULL);
    lw_answer_set(&project, &pair, answers, (struct lw_slot){KIND, -1}, NULL);
    assert_json(answers, "{}");
    json_decref(answers);
}

static void takes_empty_text_and_tags_for_no_answer(void **state)
{
    (void)state;
    json_t *answers = parse("{\"note\":\"x\",\"problems\":{\"a\":[\"hallucination\"]}}");
    lw_answer_set(&project, &pair, answers, (struct lw_slot){NOTE, -1}, json_string(""));
    lw_answer_set(&project, &pair, answers, (struct lw_slot){PROBLEMS, 0}, json_array());
    assert_json(answers, "{}");
    json_decref(answers);
    answers = parse("{\"note\":\"\",\"kind\":null,\"problems\":{\"a\":[]}}");
    assert_null(lw_answer_get(&project, &pair, answers, (struct lw_slot){NOTE, -1}));
    assert_null(lw_answer_get(&project, &pair, answers, (struct lw_slot){KIND, -1}));
    assert_null(lw_answer_get(&project, &pair, answers, (struct lw_slot){PROBLEMS, 0}));
    json_decref(answers);
}

static void survives_answers_of_the_wrong_shape(void **state)
{
    (void)state;
    json_t *answers = parse("{\"quality\":5,\"problems\":\"x\",\"note\":{\"a\":1}}");
    assert_null(lw_answer_get(&project, &pair, answers, (struct lw_slot){QUALITY, 0}));
    lw_answer_set(&project, &pair, answers, (struct lw_slot){QUALITY, 0}, json_integer(2));
    lw_answer_set(&project, &pair, answers, (struct lw_slot){PROBLEMS, 0}, NULL);
    assert_json(answers, "{\"quality\":{\"a\":2},\"note\":{\"a\":1}}");
    json_decref(answers);
}

static void prunes_what_is_not_asked_and_sorts_the_rest(void **state)
{
    (void)state;
    json_t *answers = parse("{\"note\":\"look\",\"deep\":\"x\",\"kind\":\"code\",\"gone\":1,"
                            "\"why\":{\"a\":\"dropped\",\"b\":\"kept\"},"
                            "\"quality\":{\"z\":1,\"b\":2,\"a\":6},\"problems\":{\"a\":[]}}");
    lw_answers_prune(&project, &pair, answers);
    assert_json(
        answers, "{\"quality\":{\"a\":6,\"b\":2},\"why\":{\"b\":\"kept\"},\"kind\":\"code\"}");
    json_decref(answers);
}

static void finds_the_first_missing_answer_in_the_order_shown(void **state)
{
    (void)state;
    struct lw_slot first;
    json_t *answers = parse("{\"better\":{\"better\":null,\"strength\":0},\"quality\":{\"a\":6}}");
    assert_true(lw_answers_missing(&project, &pair, (int[]){1, 0}, answers, &first));
    assert_int_equal(first.question, QUALITY);
    assert_int_equal(first.item, 1);
    lw_answer_set(&project, &pair, answers, (struct lw_slot){QUALITY, 1}, json_integer(1));
    assert_true(lw_answers_missing(&project, &pair, NULL, answers, &first));
    assert_int_equal(first.question, WHY);
    assert_int_equal(first.item, 1);
    lw_answer_set(&project, &pair, answers, (struct lw_slot){WHY, 1}, json_string("short"));
    assert_false(lw_answers_missing(&project, &pair, NULL, answers, &first));
    json_decref(answers);
}

#define GOOD "\"better\":{\"better\":\"a\",\"strength\":2},\"quality\":{\"a\":7,\"b\":5}"

static void checks_answers_from_outside(void **state)
{
    (void)state;
    static const struct {
        const char *answers, *message;
    } rows[] = {
        {"{" GOOD "}", ""},
        {"{" GOOD ",\"problems\":{\"a\":[\"hallucination\",\"safety/hate\"]},\"kind\":\"code\"}",
            ""},
        {"{" GOOD ",\"deep\":\"not asked, but well-formed\"}", ""},
        {"[]", "answers must be an object with an answer for each question name."},
        {"{\"qualiy\":5}", "no question is called \"qualiy\". Did you mean \"quality\"?"},
        {"{\"x\":5}", "no question is called \"x\". Use the question names from project.yaml."},
        {"{\"quality\":5}",
            "\"quality\": this question asks about each response. Give an object with an answer "
            "for each response id."},
        {"{\"quality\":{\"a\":8}}",
            "\"quality\" of response \"a\": 8 is outside the scale. Give an integer from 1 to 7."},
        {"{\"quality\":{\"a\":5.0}}",
            "\"quality\" of response \"a\": a rating must be an integer from 1 to 7."},
        {"{\"quality\":{\"a\":true}}",
            "\"quality\" of response \"a\": a rating must be an integer from 1 to 7."},
        {"{\"quality\":{\"z\":5}}", "\"quality\": the task has no response \"z\". It has: a, b."},
        {"{\"kind\":3}", "\"kind\": a choice must be a string: the value of an option."},
        {"{\"kind\":\"cod\"}", "\"kind\": there is no option \"cod\". Did you mean \"code\"?"},
        {"{\"kind\":\"\"}", "\"kind\": there is no option \"\". The options are in project.yaml."},
        {"{\"problems\":{\"a\":\"hallucination\"}}",
            "\"problems\" of response \"a\": tags must be a list of strings: the full paths of "
            "options."},
        {"{\"problems\":{\"a\":[\"safety\"]}}",
            "\"problems\" of response \"a\": \"safety\" is a heading, not an answer. Give one of "
            "the options below it, such as \"safety/hate\"."},
        {"{\"problems\":{\"a\":[\"safety/hate\",\"safety/hate\"]}}",
            "\"problems\" of response \"a\": the tag \"safety/hate\" is given twice. Give it "
            "once."},
        {"{\"better\":\"a\"}",
            "\"better\": a comparison must be {\"better\": id or null, \"strength\": 0 to 3}."},
        {"{\"better\":{\"better\":\"a\",\"strength\":0}}",
            "\"better\": \"strength\" must be 1 to 3, or 0 for a tie (\"better\": null)."},
        {"{\"better\":{\"better\":null,\"strength\":1}}",
            "\"better\": \"strength\" must be 1 to 3, or 0 for a tie (\"better\": null)."},
        {"{\"better\":{\"better\":\"z\",\"strength\":1}}",
            "\"better\": \"better\" is not a response of this task: \"z\". Give the id of a "
            "response, or null for a tie."},
        {"{\"note\":7}", "\"note\": the answer must be text (a string)."},
        {"{}", "\"better\": an answer is required. Give one, or skip the task."},
        {"{\"better\":{\"better\":null,\"strength\":0},\"quality\":{\"a\":7}}",
            "\"quality\" of response \"b\": an answer is required. Give one, or skip the task."},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lw_err err = {0};
        json_t *answers = parse(rows[i].answers);
        enum lw_code code = lw_answers_check(&project, &pair, answers, &err);
        assert_string_equal(err.text, rows[i].message);
        assert_int_equal(code, *rows[i].message ? LW_EBAD : LW_OK);
        json_decref(answers);
    }
}

static void names_the_lack_of_responses(void **state)
{
    (void)state;
    struct lw_err err = {0};
    json_t *answers = parse("{\"quality\":{\"a\":5}}");
    assert_int_equal(lw_answers_check(&project, &none, answers, &err), LW_EBAD);
    assert_string_equal(
        err.text, "\"quality\": the task has no responses. Leave this question out.");
    json_decref(answers);
}

static void turns_points_into_comparisons_and_back(void **state)
{
    (void)state;
    static const char *const values[] = {
        "{\"better\":\"x\",\"strength\":3}",
        "{\"better\":\"x\",\"strength\":2}",
        "{\"better\":\"x\",\"strength\":1}",
        "{\"better\":null,\"strength\":0}",
        "{\"better\":\"y\",\"strength\":1}",
        "{\"better\":\"y\",\"strength\":2}",
        "{\"better\":\"y\",\"strength\":3}",
    };
    for (int point = 1; point <= LW_COMPARE_POINTS; point++) {
        json_t *v = lw_compare_value(point, "x", "y");
        assert_json(v, values[point - 1]);
        assert_int_equal(lw_compare_point(v, "x", "y"), point);
        assert_int_equal(lw_compare_point(v, "y", "x"), 8 - point);
        json_decref(v);
    }
    assert_null(lw_compare_value(0, "x", "y"));
    assert_null(lw_compare_value(8, "x", "y"));
    assert_int_equal(lw_compare_point(NULL, "x", "y"), 0);
    json_t *other = parse("{\"better\":\"z\",\"strength\":1}");
    assert_int_equal(lw_compare_point(other, "x", "y"), 0);
    json_decref(other);
}

static void names_points_and_options(void **state)
{
    (void)state;
    assert_string_equal(lw_scale_label(&questions[QUALITY].scale, 4), "acceptable");
    assert_null(lw_scale_label(&questions[QUALITY].scale, 5));
    assert_ptr_equal(lw_option_find(&questions[PROBLEMS], "safety/hate"), &tags[2]);
    assert_null(lw_option_find(&questions[PROBLEMS], "hate"));
    assert_string_equal(lw_qtype_name(LW_Q_SPANS), "spans");
    assert_string_equal(lw_target_name(LW_ON_RESPONSE), "response");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(asks_about_each_step_and_turn),
        cmocka_unit_test(stops_after_a_bad_step_of_the_same_response),
        cmocka_unit_test(a_step_may_depend_on_its_response),
        cmocka_unit_test(a_single_response_is_the_last_turn),
        cmocka_unit_test(goes_response_by_response_where_such_questions_stand_in_a_row),
        cmocka_unit_test(follows_the_order_shown),
        cmocka_unit_test(asks_a_comparison_only_of_two),
        cmocka_unit_test(looks_at_the_same_response),
        cmocka_unit_test(looks_from_a_task_question_at_any_response),
        cmocka_unit_test(ignores_answers_that_are_not_asked_themselves),
        cmocka_unit_test(knows_the_targets_of_a_question),
        cmocka_unit_test(compares_numbers_with_every_operator),
        cmocka_unit_test(sets_and_removes_answers),
        cmocka_unit_test(takes_empty_text_and_tags_for_no_answer),
        cmocka_unit_test(survives_answers_of_the_wrong_shape),
        cmocka_unit_test(prunes_what_is_not_asked_and_sorts_the_rest),
        cmocka_unit_test(finds_the_first_missing_answer_in_the_order_shown),
        cmocka_unit_test(checks_answers_from_outside),
        cmocka_unit_test(names_the_lack_of_responses),
        cmocka_unit_test(turns_points_into_comparisons_and_back),
        cmocka_unit_test(names_points_and_options),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
