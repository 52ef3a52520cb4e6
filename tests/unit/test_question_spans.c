/* Spans as values: what is taken from outside, how a list grows, where spans are in a text that has
 * changed, and questions about them. */
#define _GNU_SOURCE
#include "labelwright/answers/answers.h"
#include "labelwright/base/buf.h"
#include "labelwright/project/spans.h"

#include "fixtures/shared_data.h"

/* e with an accent of its own, an emoji of three code points, and words that come twice. */
#define TEXT "Paris is big. e\xCC\x81 and \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 and Paris."

static struct lw_response one[] = {{.id = "a", .text = {TEXT, sizeof TEXT - 1}}};
static struct lw_task task = {.response = one, .nresponses = 1};
static struct lw_option options[] = {{.path = "place", .label = "Place"},
    {.path = "kind", .label = "Kind", .group = true},
    {.path = "kind/good", .label = "Good", .depth = 1}};
static struct lw_test is_place;
static struct lw_question questions[] = {
    {.name = "claims",
        .label = "Claims",
        .type = LW_Q_SPANS,
        .on = LW_ON_RESPONSE,
        .option = options,
        .noptions = 3},
    {.name = "why",
        .label = "Why",
        .type = LW_Q_TEXT,
        .on = LW_ON_SPAN,
        .when = &is_place,
        .nwhen = 1},
    {.name = "sure",
        .label = "Sure",
        .type = LW_Q_RATING,
        .on = LW_ON_SPAN,
        .required = true,
        .scale = {.min = 1, .max = 3}},
};
static struct lw_project project = {.question = questions, .nquestions = 1};

static json_t *parsed(const char *json)
{
    json_error_t why;
    json_t *v = json_loads(json, JSON_DECODE_ANY, &why);
    if (!v)
        fail_msg("%s: %s", json, why.text);
    return v;
}

static enum lw_code check(const char *json, struct lw_err *err)
{
    json_t *answers = json_pack("{s:{s:o}}", "claims", "a", parsed(json));
    lw_items_bring(&project, &task, answers);
    enum lw_code code = lw_answers_check(&project, &task, answers, err);
    json_decref(answers);
    return code;
}

#define SPAN(id, start, end, text, tags)                                                           \
    "{\"id\":\"" id "\",\"start\":" #start ",\"end\":" #end ",\"text\":\"" text                    \
    "\",\"tags\":" tags "}"
#define PARIS SPAN("s1", 0, 5, "Paris", "[\"place\"]")

static void takes_only_what_the_text_has(void **state)
{
    (void)state;
    static const struct {
        const char *value, *wrong; /* NULL: fine */
    } rows[] = {
        {"[" PARIS "]", NULL},
        {"[]", NULL},
        {"[" PARIS "," SPAN("s2", 0, 12, "Paris is big", "[\"kind/good\",\"place\"]") "]", NULL},
        {"[" PARIS "," SPAN("s7", 3, 8, "is is", "[\"place\"]") "]", NULL},
        {"[" SPAN("s1", 14, 17, "e\xCC\x81", "[\"place\"]") "]", NULL},
        {"[" SPAN("s1", 14, 15, "e", "[\"place\"]") "]",
            "byte 15 of span \"s1\" is inside a character. It begins at byte 14, the next one at "
            "17."},
        {"[" SPAN("s1", 26, 30, "x", "[\"place\"]") "]", "byte 26 of span \"s1\" is inside"},
        {"[" SPAN("s1", 0, 99, "Paris", "[\"place\"]") "]",
            "span \"s1\" goes from 0 to 99, but the text has bytes 0 to 44."},
        {"[" SPAN("s1", -1, 5, "Paris", "[\"place\"]") "]", "goes from -1 to 5"},
        {"[" SPAN("s1", 5, 5, "", "[\"place\"]") "]",
            "span \"s1\" is empty. Its end must be greater than its start."},
        {"[" SPAN("s1", 5, 0, "Paris", "[\"place\"]") "]", "is empty"},
        {"[" SPAN("s1", 0, 5, "Roma ", "[\"place\"]") "]",
            "the text of span \"s1\" is not what stands at bytes 0 to 5, which is \"Paris\". The "
            "task may have changed: find the words again."},
        {"[" SPAN("s1", 0, 5, "Paris", "[]") "]", "span \"s1\" needs one tag or more"},
        {"[" SPAN("s1", 0, 5, "Paris", "\"place\"") "]", "span \"s1\" needs one tag or more"},
        {"[" SPAN("s1", 0, 5, "Paris", "[\"plac\"]") "]",
            "there is no option \"plac\". Did you mean \"place\"?"},
        {"[" SPAN("s1", 0, 5, "Paris", "[\"kind\"]") "]", "\"kind\" is a heading"},
        {"[" SPAN("s1", 0, 5, "Paris", "[\"place\",\"place\"]") "]", "is given twice"},
        {"[" PARIS "," SPAN("s1", 6, 8, "is", "[\"place\"]") "]",
            "two spans have the id \"s1\". Give each its own."},
        {"[" PARIS "," SPAN("s2", 0, 5, "Paris", "[\"kind/good\"]") "]",
            "bytes 0-5 are marked twice. Give one span, with all its tags."},
        {"[" SPAN("1", 0, 5, "Paris", "[\"place\"]") "]", "the id of a span is s and a number"},
        {"[" SPAN("s0", 0, 5, "Paris", "[\"place\"]") "]", "the id of a span is s and a number"},
        {"[" SPAN("s1", 0.5, 5, "Paris", "[\"place\"]") "]", "a span must be {\"id\""},
        {"[{\"start\":0,\"end\":5}]", "a span must be {\"id\""},
        {"[1]", "a span must be {\"id\""},
        {"{\"s1\":1}", "spans are a list"},
        {"\"Paris\"", "spans are a list"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lw_err err = {0};
        enum lw_code code = check(rows[i].value, &err);
        if (code != (rows[i].wrong ? LW_EBAD : LW_OK))
            fail_msg("%s: %s", rows[i].value, err.text);
        if (rows[i].wrong && !strstr(err.text, rows[i].wrong))
            fail_msg("%s: %s", rows[i].value, err.text);
    }
}

static void is_json(json_t *value, const char *expected)
{
    char *got = json_dumps(value, JSON_COMPACT);
    assert_string_equal(got, expected);
    free(got);
}

/* The value before is not changed: undo keeps it. */
static void grows_in_the_order_of_the_text(void **state)
{
    (void)state;
    json_t *first = lw_spans_add(NULL, "s1", one[0].text, 9, 12, "place");
    json_t *second = lw_spans_add(first, "s2", one[0].text, 0, 5, "place");
    json_t *outer = lw_spans_add(second, "s3", one[0].text, 0, 8, "kind/good");
    is_json(first, "[" SPAN("s1", 9, 12, "big", "[\"place\"]") "]");
    is_json(outer, "[" SPAN("s3", 0, 8, "Paris is", "[\"kind/good\"]") "," SPAN("s2", 0, 5, "Paris",
                       "[\"place\"]") "," SPAN("s1", 9, 12, "big", "[\"place\"]") "]");
    json_t *both = lw_spans_tag(outer, 1, "kind/good", true);
    json_t *other = lw_spans_tag(both, 1, "kind/good", false);
    json_t *without = lw_spans_tag(both, 1, "place", true);
    is_json(json_array_get(both, 1), SPAN("s2", 0, 5, "Paris", "[\"place\",\"kind/good\"]"));
    is_json(json_array_get(other, 1), SPAN("s2", 0, 5, "Paris", "[\"kind/good\"]"));
    is_json(json_array_get(without, 1), SPAN("s2", 0, 5, "Paris", "[\"kind/good\"]"));
    is_json(json_array_get(outer, 1), SPAN("s2", 0, 5, "Paris", "[\"place\"]"));
    json_t *fewer = lw_spans_remove(outer, 0);
    assert_int_equal(json_array_size(fewer), 2);
    json_t *all[] = {first, second, outer, both, other, without, fewer};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        json_decref(all[i]);
}

static void are_found_again_by_their_words(void **state)
{
    (void)state;
    static const struct {
        const char *now, *expected;
        size_t moved, lost;
    } rows[] = {
        {"Paris is big.", "[" SPAN("s1", 0, 5, "Paris", "[\"place\"]") "]", 0, 0},
        {"So Paris is big.", "[" SPAN("s1", 3, 8, "Paris", "[\"place\"]") "]", 1, 0},
        {"So Paris is not Paris.", "[]", 0, 1}, /* which one is unknown */
        {"Paris is not Rome, Paris.", "[" SPAN("s1", 0, 5, "Paris", "[\"place\"]") "]", 0, 0},
        {"Rome is big.", "[]", 0, 1},
        {"So Paris\xCC\x81.", "[]", 0, 1}, /* inside a character now */
    };
    json_t *was = parsed("[" PARIS "]");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t moved = 0, lost = 0;
        json_t *now = lw_spans_find_again(
            was, (struct lw_span){rows[i].now, strlen(rows[i].now)}, &moved, &lost);
        is_json(now, rows[i].expected);
        assert_int_equal(moved, rows[i].moved);
        assert_int_equal(lost, rows[i].lost);
        json_decref(now);
    }
    json_decref(was);
}

/* ---- questions about spans */

static void set_place(void)
{
    is_place = (struct lw_test){.op = LW_OP_ANY_OF, .any_of = json_pack("[s]", "place")};
    project.nquestions = 3;
}

static void forget_place(void)
{
    json_decref(is_place.any_of);
    project.nquestions = 1;
}

#define TWO "[" PARIS "," SPAN("s4", 9, 12, "big", "[\"kind/good\"]") "]"

static void each_span_is_asked_about(void **state)
{
    (void)state;
    set_place();
    json_t *answers = json_pack("{s:{s:o}}", "claims", "a", parsed(TWO));
    lw_items_bring(&project, &task, answers);
    size_t n;
    struct lw_slot *slots = lw_slots(&project, &task, NULL, answers, &n), missing;
    assert_int_equal(n, 4); /* claims; why and sure of s1; sure of s4 */
    assert_string_equal(lw_slot_id(&project, &task, slots[1]), "s1");
    assert_int_equal(slots[1].question, 1);
    assert_string_equal(lw_slot_id(&project, &task, slots[3]), "s4");
    assert_int_equal(lw_slot_response(&project, &task, slots[3]), 0);
    assert_int_equal(lw_slot_text(&project, &task, slots[3]).n, 3);
    assert_true(lw_answers_missing(&project, &task, NULL, answers, &missing));
    assert_int_equal(missing.question, 2);
    free(slots);
    json_decref(answers);
    forget_place();
}

static void answers_go_with_their_span(void **state)
{
    (void)state;
    set_place();
    json_t *answers = json_pack("{s:{s:o},s:{s:s,s:s},s:{s:i,s:i}}", "claims", "a", parsed(TWO),
        "why", "s1", "a map", "s4", "unasked", "sure", "s1", 2, "s9", 3);
    lw_items_bring(&project, &task, answers);
    lw_answers_prune(&project, &task, answers);
    is_json(answers, "{\"claims\":{\"a\":" TWO "},\"why\":{\"s1\":\"a map\"},\"sure\":{\"s1\":2}}");
    json_object_set_new(json_object_get(answers, "why"), "s4", json_string("not asked"));
    assert_int_equal(lw_answers_drop_stale(&project, answers), 1);
    is_json(answers, "{\"claims\":{\"a\":" TWO "},\"why\":{\"s1\":\"a map\"},\"sure\":{\"s1\":2}}");
    json_decref(answers);
    forget_place();
}

static void an_unknown_span_is_refused(void **state)
{
    (void)state;
    set_place();
    struct lw_err err = {0};
    json_t *answers = json_pack(
        "{s:{s:o},s:{s:i,s:i}}", "claims", "a", parsed("[" PARIS "]"), "sure", "s1", 2, "s9", 3);
    lw_items_bring(&project, &task, answers);
    assert_int_equal(lw_answers_check(&project, &task, answers, &err), LW_EBAD);
    assert_string_equal(err.text, "\"sure\": the task has no span \"s9\". It has: s1.");
    json_decref(answers);
    forget_place();
}

static void ids_are_those_of_one_label(void **state)
{
    (void)state;
    static struct lw_response two[] = {
        {.id = "a", .text = {TEXT, sizeof TEXT - 1}}, {.id = "b", .text = {TEXT, sizeof TEXT - 1}}};
    struct lw_task both = {.response = two, .nresponses = 2};
    struct lw_err err = {0};
    char id[LW_ITEM_ID];
    json_t *answers = json_pack("{s:{s:o,s:o}}", "claims", "a", parsed("[" PARIS "]"), "b",
        parsed("[" PARIS "," SPAN("s12", 9, 12, "big", "[\"place\"]") "]"));
    lw_items_bring(&project, &both, answers);
    assert_int_equal(lw_answers_check(&project, &both, answers, &err), LW_EBAD);
    assert_string_equal(
        err.text, "two spans have the id \"s1\". Give each span of a task its own.");
    lw_spans_new_id(&project, answers, id);
    assert_string_equal(id, "s13");
    json_decref(answers);
    lw_items_bring(&project, &both, NULL);
}

/* ---- many */

/* The bound is loose: what grows with the square takes longer. */
static void two_thousand_are_quick(void **state)
{
    (void)state;
    enum { MANY = 2000 };
    struct lw_buf text = {0};
    for (int i = 0; i < MANY; i++)
        lw_buf_fmt(&text, "word%d ", i);
    struct lw_response r[] = {{.id = "a", .text = {text.data, text.len}}};
    struct lw_task large = {.response = r, .nresponses = 1};
    json_t *value = json_array();
    size_t at = 0;
    for (int i = 0; i < MANY; i++) {
        size_t end = at + strcspn(text.data + at, " ");
        json_array_append_new(
            value, json_pack("{s:o,s:I,s:I,s:s%,s:[s]}", "id", json_sprintf("s%d", i + 1), "start",
                       (json_int_t)at, "end", (json_int_t)end, "text", text.data + at, end - at,
                       "tags", "place"));
        at = end + 1;
    }
    set_place();
    json_t *answers = json_pack("{s:{s:o},s:{}}", "claims", "a", value, "sure");
    for (int i = 0; i < MANY; i++) {
        char id[LW_ITEM_ID];
        snprintf(id, sizeof id, "s%d", i + 1);
        json_object_set_new(json_object_get(answers, "sure"), id, json_integer(2));
    }
    struct lw_err err = {0};
    lw_items_bring(&project, &large, answers);
    assert_int_equal(lw_answers_check(&project, &large, answers, &err), LW_OK);
    size_t n;
    free(lw_slots(&project, &large, NULL, answers, &n));
    assert_int_equal(n, 1 + 2 * MANY);
    json_t *more = lw_spans_add(value, "s9999", r[0].text, 0, 3, "place");
    assert_int_equal(json_array_size(more), MANY + 1);
    json_decref(more);
    json_decref(answers);
    lw_items_bring(&project, &large, NULL);
    lw_buf_fini(&text);
    forget_place();
}

static int forget(void **state)
{
    (void)state;
    lw_items_bring(&project, &task, NULL);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_only_what_the_text_has),
        cmocka_unit_test(grows_in_the_order_of_the_text),
        cmocka_unit_test(are_found_again_by_their_words),
        cmocka_unit_test(each_span_is_asked_about),
        cmocka_unit_test(answers_go_with_their_span),
        cmocka_unit_test(an_unknown_span_is_refused),
        cmocka_unit_test(ids_are_those_of_one_label),
        cmocka_unit_test(two_thousand_are_quick),
    };
    return cmocka_run_group_tests(tests, NULL, forget);
}
