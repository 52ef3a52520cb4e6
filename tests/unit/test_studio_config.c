/* Label Studio's side of an annotation: its label config, and the shape of its results. */
#include "labelwright/base/buf.h"
#include "sync/target/label_studio/studio_config_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CONFIG                                                                                     \
    "<View>\n"                                                                                     \
    "  <!-- what is asked -->\n"                                                                   \
    "  <Text name=\"text\" value=\"$text\"/>\n"                                                    \
    "  <Rating name=\"quality\" toName=\"text\" maxRating=\"5\"/>\n"                               \
    "  <Rating name=\"fluent_x\" toName=\"text\"/><Number name=\"fluent_y\" toName=\"text\"/>\n"   \
    "  <Choices name=\"tone\" toName=\"text\"><Choice value=\"warm\"/><View>"                      \
    "<Choice value=\"Very cold\" alias=\"cold\"/></View></Choices>\n"                              \
    "  <Choices name=\"flags\" toName=\"text\" choice=\"multiple\">"                               \
    "<Choice value=\"rude\"/><Choice value=\"A &amp; B\"/></Choices>\n"                            \
    "  <Taxonomy name=\"kind\" toName=\"text\"><Choice value=\"safety\"/></Taxonomy>\n"            \
    "  <TextArea name=\"why\" toName=\"text\"/>\n"                                                 \
    "  <Pairwise name=\"better\" toName=\"a,b\"/>\n"                                               \
    "</View>"

static void read_config(const char *xml, struct lw_studio_config *to)
{
    struct lw_err err = {0};
    if (lw_studio_config_read(xml, strlen(xml), to, &err) != LW_OK)
        fail_msg("%s", err.text);
}

static void test_controls_are_found(void **state)
{
    (void)state;
    struct lw_studio_config c;
    read_config(CONFIG, &c);
    assert_int_equal(c.ncontrols, 8);
    const struct lw_studio_control *tone = lw_studio_control(&c, "tone");
    assert_string_equal(tone->type, "choices");
    assert_string_equal(tone->to, "text");
    assert_int_equal(tone->nwords, 2);
    assert_string_equal(tone->word[1], "cold");
    assert_false(tone->many);
    assert_true(lw_studio_control(&c, "flags")->many);
    assert_string_equal(lw_studio_control(&c, "flags")->word[1], "A & B");
    assert_int_equal(lw_studio_control(&c, "kind")->nwords, 0);
    assert_null(lw_studio_control(&c, "text"));
    lw_studio_config_fini(&c);
}

static void refuses(const char *xml, const char *why)
{
    struct lw_studio_config c;
    struct lw_err err = {0};
    assert_int_equal(lw_studio_config_read(xml, strlen(xml), &c, &err), LW_EBAD);
    if (!strstr(err.text, why))
        fail_msg("\"%s\" lacks \"%s\"", err.text, why);
    assert_int_equal(c.ncontrols, 0);
}

static void test_what_is_no_config(void **state)
{
    (void)state;
    struct lw_buf deep = {0};
    refuses("<View>\n  <Rating name=\"a\" toName=\"b\">\n</View>", "line 3, column 3");
    refuses("", "line 1");
    refuses("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><View>&b;</View>",
        "a document type is not allowed");
    for (int i = 0; i < 1000; i++)
        lw_buf_str(&deep, "<View>");
    refuses(deep.data, "nested too deeply");
    lw_buf_clear(&deep);
    lw_buf_str(&deep, "<View>");
    for (int i = 0; i <= LW_STUDIO_CONTROLS_MAX; i++)
        lw_buf_str(&deep, "<Rating name=\"a\" toName=\"b\"/>");
    refuses(deep.data, "too many controls");
    lw_buf_fini(&deep);
}

static struct lw_question questions[] = {
    {.name = (char *)"quality"},
    {.name = (char *)"fluent", .on = LW_ON_RESPONSE},
    {.name = (char *)"tone"},
};
static const struct lw_project project = {.question = questions, .nquestions = 3};

/* The annotation of these answers, as JSON with sorted members; or what was wrong. */
static char *annotation(const char *answers, const char *type)
{
    struct lw_studio_config c;
    struct lw_err err = {0};
    char *text = lw_format("{\"journal\":\"e24137f58e1b6edf4b75a7b8ad6d4c31\",\"seq\":7,\"type\":"
                           "\"%s\",\"active_ms\":1500,\"answers\":%s}",
        type, answers);
    json_t *event = json_loads(text, 0, NULL);
    assert_non_null(event);
    read_config(CONFIG, &c);
    json_t *made = lw_studio_annotation(&project, &c, event, &err);
    free(text);
    text = made ? json_dumps(made, JSON_COMPACT) : lw_strdup(err.text);
    json_decref(made);
    json_decref(event);
    lw_studio_config_fini(&c);
    return text;
}

static void expect_result(const char *answers, const char *part)
{
    char *text = annotation(answers, "annotate");
    if (!strstr(text, part))
        fail_msg("%s\n lacks\n%s", text, part);
    free(text);
}

static void test_answers_take_the_shape_of_their_control(void **state)
{
    (void)state;
    expect_result("{\"quality\":4}",
        "{\"result\":[{\"id\":\"e24137f58e1b.7.quality\",\"from_name\":\"quality\","
        "\"to_name\":\"text\",\"type\":\"rating\",\"value\":{\"rating\":4}}],\"lead_time\":1.5,"
        "\"was_cancelled\":false,\"unique_id\":\"");
    expect_result("{\"fluent\":{\"x\":2,\"y\":3}}", "7.fluent_x\",\"from_name\":\"fluent_x\"");
    expect_result("{\"fluent\":{\"x\":2,\"y\":3}}", "\"type\":\"number\",\"value\":{\"number\":3}");
    expect_result("{\"tone\":\"cold\"}", "\"value\":{\"choices\":[\"cold\"]}");
    expect_result(
        "{\"flags\":[\"rude\",\"A & B\"]}", "\"value\":{\"choices\":[\"rude\",\"A & B\"]}");
    expect_result(
        "{\"kind\":[\"safety/hate\",\"x\"]}", "{\"taxonomy\":[[\"safety\",\"hate\"],[\"x\"]]}");
    expect_result(
        "{\"why\":\"so\\nso\"}", "\"type\":\"textarea\",\"value\":{\"text\":[\"so\\nso\"]}");
    expect_result("{\"why\":{\"original\":\"a\",\"text\":\"b\"}}", "\"value\":{\"text\":[\"b\"]}");
    expect_result("{\"better\":{\"better\":\"b\",\"strength\":2}}",
        "\"to_name\":\"better\",\"type\":\"pairwise\",\"value\":{\"selected\":\"right\"}");
    expect_result("{\"better\":{\"better\":\"r1\",\"strength\":2}}", "{\"selected\":\"left\"}");
}

static void test_a_pairwise_of_our_own_config_names_its_responses(void **state)
{
    (void)state;
    char left[] = "response_a, response_b", name[] = "better", type[] = "pairwise";
    const struct lw_studio_control c = {.name = name, .to = left, .type = type};
    json_t *b = json_pack("{s:s, s:i}", "better", "b", "strength", 0);
    assert_true(lw_studio_holds(&c, b));
    json_object_set_new(b, "better", json_string("response_a"));
    assert_true(lw_studio_holds(&c, b));
    json_object_set_new(b, "better", json_string("c"));
    assert_false(lw_studio_holds(&c, b));
    json_object_set_new(b, "better", json_null());
    assert_false(lw_studio_holds(&c, b));
    json_decref(b);
}

static void test_what_a_control_cannot_hold_is_told(void **state)
{
    (void)state;
    const char *none = "has no control \"tone\" that can hold";
    expect_result("{\"tone\":\"Very cold\"}", none);
    expect_result("{\"tone\":[\"warm\",\"cold\"]}", none);
    expect_result("{\"quality\":\"4\"}", "has no control \"quality\" that can hold \"4\"");
    expect_result("{\"better\":{\"better\":null,\"strength\":0}}", "has no control \"better\"");
    expect_result("{\"better\":{\"better\":\"c\",\"strength\":1}}", "has no control \"better\"");
    expect_result("{\"fluent\":{\"z\":2}}", "has no control \"fluent_z\"");
    expect_result("{\"new\":1}", "has no control \"new\"");
}

/* The result of this ranking in a Ranker with these buckets; "" when it does not fit. */
static char *ranking_in(const char *buckets, const char *answer)
{
    struct lw_question ranks = {.name = (char *)"best", .type = LW_Q_RANK};
    const struct lw_project ranking = {.question = &ranks, .nquestions = 1};
    struct lw_studio_config c;
    char *xml =
        lw_format("<View><Ranker name=\"best\" toName=\"list\">%s</Ranker></View>", buckets);
    json_t *answers = json_loads(answer, 0, NULL);
    assert_non_null(answers);
    json_t *event = json_pack("{s:s, s:i, s:s, s:i, s:{s:o}}", "journal", "e24137f58e1b", "seq", 7,
        "type", "annotate", "active_ms", 1, "answers", "best", answers);
    read_config(xml, &c);
    json_t *made = lw_studio_annotation(&ranking, &c, event, NULL);
    char *text = made ? json_dumps(json_object_get(
                                       json_array_get(json_object_get(made, "result"), 0), "value"),
                            JSON_COMPACT | JSON_SORT_KEYS)
                      : lw_strdup("");
    json_decref(made);
    json_decref(event);
    lw_studio_config_fini(&c);
    free(xml);
    return text;
}

static void test_a_ranking_with_ties_needs_buckets(void **state)
{
    (void)state;
    static const char ours[] = "<Bucket name=\"place_1\" title=\"1\"/><Bucket name=\"place_2\"/>"
                               "<Bucket name=\"not_rankable\"/>";
    static const struct {
        const char *buckets, *answer, *value;
    } cases[] = {
        {"", "{\"order\":[[\"b\"],[\"a\"]],\"not_rankable\":[]}", "{\"ranker\":[\"b\",\"a\"]}"},
        {"", "{\"order\":[[\"b\",\"a\"]],\"not_rankable\":[]}", ""},
        {"", "{\"order\":[[\"b\"]],\"not_rankable\":[\"a\"]}", ""},
        {ours, "{\"order\":[[\"b\",\"c\"]],\"not_rankable\":[\"a\"]}",
            "{\"ranker\":{\"not_rankable\":[\"a\"],\"place_1\":[\"b\",\"c\"]}}"},
        {ours, "{\"order\":[[\"b\"],[\"c\"],[\"a\"]],\"not_rankable\":[]}", ""},
        {"<Bucket name=\"relevant\"/>", "{\"order\":[[\"b\"]],\"not_rankable\":[]}", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *value = ranking_in(cases[i].buckets, cases[i].answer);
        assert_string_equal(value, cases[i].value);
        free(value);
    }
}

static void test_a_skip_is_a_cancelled_annotation(void **state)
{
    (void)state;
    char *text = annotation("null", "skip");
    assert_non_null(strstr(text, "{\"result\":[],\"lead_time\":1.5,\"was_cancelled\":true,"));
    free(text);
}

static void test_unique_ids_are_uuids_and_stay(void **state)
{
    (void)state;
    char a[LW_STUDIO_UNIQUE], b[LW_STUDIO_UNIQUE];
    lw_studio_unique("e24137f58e1b6edf4b75a7b8ad6d4c31", 7, a);
    lw_studio_unique("e24137f58e1b6edf4b75a7b8ad6d4c31", 8, b);
    assert_string_not_equal(a, b);
    lw_studio_unique("e24137f58e1b6edf4b75a7b8ad6d4c31", 7, b);
    assert_string_equal(a, b);
    assert_int_equal(strlen(a), 36);
    assert_int_equal(a[14], '8');
    assert_non_null(strchr("89ab", a[19]));
}

static void test_every_question_needs_a_control(void **state)
{
    (void)state;
    struct lw_studio_config c;
    struct lw_err err = {0};
    read_config(CONFIG, &c);
    assert_int_equal(lw_studio_fits(&project, &c, &err), LW_OK);
    lw_studio_config_fini(&c);
    read_config("<View><Rating name=\"quality\" toName=\"t\"/></View>", &c);
    assert_int_equal(lw_studio_fits(&project, &c, &err), LW_EBAD);
    assert_non_null(strstr(err.text, "no control named \"fluent_RESPONSE\""));
    lw_studio_config_fini(&c);
}

static void test_rankings_need_a_ranker_of_places(void **state)
{
    (void)state;
    static const struct {
        const char *config;
        enum lw_code code;
    } cases[] = {
        {"<View><Ranker name=\"order\" toName=\"l\"/></View>", LW_OK},
        {"<View><Ranker name=\"order\" toName=\"l\"><Bucket name=\"best\"/></Ranker></View>",
            LW_EBAD},
        {"<View><Ranker name=\"order\" toName=\"l\"><Bucket name=\"place_1\"/></Ranker></View>",
            LW_OK},
        {"<View><Rating name=\"order\" toName=\"l\"/></View>", LW_EBAD},
    };
    struct lw_question ranking = {.name = (char *)"order", .type = LW_Q_RANK};
    const struct lw_project ranks = {.question = &ranking, .nquestions = 1};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lw_studio_config c;
        struct lw_err err = {0};
        read_config(cases[i].config, &c);
        assert_int_equal(lw_studio_fits(&ranks, &c, &err), cases[i].code);
        if (cases[i].code != LW_OK)
            assert_non_null(
                strstr(err.text, "TextArea, Labels, Pairwise or Ranker named \"order\""));
        lw_studio_config_fini(&c);
    }
}

/* Labels take spans, and nothing else does; questions about spans have no place there. */
static void test_spans_need_labels(void **state)
{
    (void)state;
    static const struct {
        const char *config;
        enum lw_qtype type;
        enum lw_target on;
        const char *wrong;
    } cases[] = {
        {"<View><Labels name=\"claims_a\" toName=\"t\"/></View>", LW_Q_SPANS, LW_ON_RESPONSE, NULL},
        {"<View><TextArea name=\"claims_a\" toName=\"t\"/></View>", LW_Q_SPANS, LW_ON_RESPONSE,
            "TextArea, Labels, Pairwise or Ranker named \"claims_RESPONSE\""},
        {"<View><Labels name=\"claims\" toName=\"t\"/></View>", LW_Q_TEXT, LW_ON_TASK,
            "Pairwise or Ranker named \"claims\""},
        {"<View><TextArea name=\"claims_s1\" toName=\"t\"/></View>", LW_Q_TEXT, LW_ON_SPAN,
            "\"claims\" is about spans, which no control"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lw_question q = {.name = (char *)"claims", .type = cases[i].type, .on = cases[i].on};
        const struct lw_project asks = {.question = &q, .nquestions = 1};
        struct lw_studio_config c;
        struct lw_err err = {0};
        read_config(cases[i].config, &c);
        enum lw_code code = lw_studio_fits(&asks, &c, &err);
        lw_studio_config_fini(&c);
        if (code != (cases[i].wrong ? LW_EBAD : LW_OK))
            fail_msg("%s: %s", cases[i].config, err.text);
        if (cases[i].wrong && !strstr(err.text, cases[i].wrong))
            fail_msg("%s: %s", cases[i].config, err.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_controls_are_found),
        cmocka_unit_test(test_what_is_no_config),
        cmocka_unit_test(test_answers_take_the_shape_of_their_control),
        cmocka_unit_test(test_a_pairwise_of_our_own_config_names_its_responses),
        cmocka_unit_test(test_what_a_control_cannot_hold_is_told),
        cmocka_unit_test(test_a_ranking_with_ties_needs_buckets),
        cmocka_unit_test(test_a_skip_is_a_cancelled_annotation),
        cmocka_unit_test(test_unique_ids_are_uuids_and_stay),
        cmocka_unit_test(test_every_question_needs_a_control),
        cmocka_unit_test(test_spans_need_labels),
        cmocka_unit_test(test_rankings_need_a_ranker_of_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
