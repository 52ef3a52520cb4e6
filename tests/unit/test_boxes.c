/* Boxes and points as values: what is taken from outside, and what is refused with which words. */
#define _GNU_SOURCE
#include "labelwright/answers/answers.h"
#include "labelwright/project/boxes.h"

#include "fixtures/app_fixture.h"
#include "fixtures/shared_data.h"

#define BOX(x, y, w, h, tags)                                                                      \
    "{\"picture\":\"a.png\",\"x\":" #x ",\"y\":" #y ",\"width\":" #w ",\"height\":" #h             \
    ",\"tags\":" tags "}"
#define POINT(x, y) "{\"picture\":\"a.png\",\"x\":" #x ",\"y\":" #y ",\"tags\":[\"left\"]}"

static struct app_fixture p;

static int open_task(void **state)
{
    (void)state;
    app_fixture_make(&p,
        "labelwright: 1\ntasks: [tasks.jsonl]\n"
        "questions:\n"
        "  - {name: parts, type: boxes, options: [{value: face}, {value: ear}]}\n"
        "  - {name: eyes, type: boxes, shape: point, options: [{value: left}]}\n",
        "{\"id\":\"a\",\"image\":\"a.png\",\"prompt\":\"p\"}\n");
    app_fixture_open(&p);
    return 0;
}

static int close_task(void **state)
{
    (void)state;
    app_fixture_end(&p);
    return 0;
}

static void a_value_is_taken_or_refused_with_the_cure(void **state)
{
    (void)state;
    static const struct {
        const char *name, *value, *wrong; /* NULL: fine */
    } rows[] = {
        {"parts", "[]", NULL},
        {"parts", "[" BOX(0, 0, 1, 1, "[\"face\"]") "]", NULL},
        {"parts", "[" BOX(5, 6, 7, 8, "[\"face\",\"ear\"]") "," BOX(5, 6, 7, 8, "[\"ear\"]") "]",
            NULL},
        {"parts", "[" BOX(19999, 0, 1, 20000, "[\"face\"]") "]", NULL},
        {"parts", "[" BOX(20000, 0, 1, 1, "[\"face\"]") "]", "number 1 of the list is not inside"},
        {"parts", "[" BOX(0, 0, 1, 1, "[\"ear\"]") "," BOX(0, -1, 1, 1, "[\"ear\"]") "]",
            "number 2 of the list is not inside a picture."},
        {"parts", "[" BOX(0, 0, 0, 1, "[\"face\"]") "]", "is not inside a picture"},
        {"parts", "[" BOX(9223372036854775807, 0, 9223372036854775807, 1, "[\"face\"]") "]",
            "is not inside a picture"},
        {"parts", "[" BOX(0, 0, 1, 1, "[\"nose\"]") "]", "there is no option \"nose\""},
        {"parts", "[" BOX(0, 0, 1, 1, "[]") "]", "number 1 of the list needs one tag or more"},
        {"parts", "[" BOX(0, 0, 1, 1, "\"face\"") "]", "tags must be a list of strings"},
        {"parts", "[" BOX(1.5, 0, 1, 1, "[\"face\"]") "]", "a box must be {"},
        {"parts", "[" POINT(1, 2) "]", "a box must be {"},
        {"parts", "[7]", "a box must be {"},
        {"parts", "{}", "boxes are a list"},
        {"parts",
            "[{\"picture\":\"b.png\",\"x\":0,\"y\":0,\"width\":1,\"height\":1,\"tags\":[\"ear\"]}]",
            "the task has no picture \"b.png\". Name it as the task does."},
        {"eyes", "[" POINT(0, 20000) "]", NULL},
        {"eyes", "[" BOX(0, 0, 1, 1, "[\"left\"]") "]", "a point must be {"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lw_err err = {0};
        json_t *answers = json_pack("{s:o}", rows[i].name, json_loads(rows[i].value, 0, NULL));
        enum lw_code code =
            lw_answers_check(p.w.project, lw_sitting_view(p.s)->task, answers, &err);
        json_decref(answers);
        if (code != (rows[i].wrong ? LW_EBAD : LW_OK))
            fail_msg("%s: %s", rows[i].value, err.text);
        if (rows[i].wrong && !strstr(err.text, rows[i].wrong))
            fail_msg("%s: %s", rows[i].value, err.text);
    }
}

static void ten_thousand_are_taken_and_one_more_is_not(void **state)
{
    (void)state;
    struct lw_err err = {0};
    json_t *list = json_array(), *answers = json_pack("{s:o}", "parts", list);
    for (int i = 0; i < LW_BOXES_MAX; i++)
        json_array_append_new(list, json_loads(BOX(1, 2, 3, 4, "[\"ear\"]"), 0, NULL));
    assert_int_equal(
        lw_answers_check(p.w.project, lw_sitting_view(p.s)->task, answers, &err), LW_OK);
    json_array_append(list, json_array_get(list, 0));
    assert_int_equal(
        lw_answers_check(p.w.project, lw_sitting_view(p.s)->task, answers, &err), LW_EBAD);
    assert_non_null(strstr(err.text, "10001 boxes are more than 10000. Give fewer."));
    json_decref(answers);
}

static void adding_one_leaves_the_value_as_it_is(void **state)
{
    (void)state;
    struct lw_box b = {"a.png", 1, 2, 3, 4, NULL}, got;
    json_t *one = lw_boxes_add(NULL, &b, "ear"), *two = lw_boxes_add(one, &b, "face");
    assert_int_equal(json_array_size(one), 1);
    assert_true(lw_boxes_get(two, 1, &got));
    assert_int_equal(got.width, 3);
    assert_string_equal(json_string_value(json_array_get(got.tags, 0)), "face");
    assert_false(lw_boxes_get(two, 2, &got));
    json_decref(one);
    json_decref(two);
}

/* As spans are, which have other members. */
static void an_answer_is_told_by_its_tags(void **state)
{
    (void)state;
    static const char boxes[] =
        "[" BOX(5, 6, 7, 8, "[\"face\",\"ear\"]") "," BOX(5, 6, 7, 8, "[\"ear\"]") "]";
    struct lw_buf words = {0};
    lw_sitting_run(
        p.s, &(struct lw_command){.id = LW_CMD_SPANS, .text = boxes, .len = sizeof boxes - 1});
    const struct lw_sitting_view *v = lw_sitting_view(p.s);
    lw_sitting_describe_answer(p.s, v->slot[0], &words);
    assert_string_equal(words.data, "1 face, 2 ear");
    assert_string_equal(v->message, "Parts: 1 face, 2 ear.");
    lw_buf_fini(&words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_taken_or_refused_with_the_cure),
        cmocka_unit_test(ten_thousand_are_taken_and_one_more_is_not),
        cmocka_unit_test(adding_one_leaves_the_value_as_it_is),
        cmocka_unit_test(an_answer_is_told_by_its_tags),
    };
    return cmocka_run_group_tests(tests, open_task, close_task);
}
