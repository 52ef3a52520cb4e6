/* How two sets of answers compare: every type of question, and what counts as agreement. */
#define _GNU_SOURCE
#include "labelwright/answers/agreement.h"
#include "labelwright/base/buf.h"

#include "fixtures/shared_data.h"

static struct lw_question question[] = {
    {.name = (char *)"score", .type = LW_Q_RATING, .on = LW_ON_RESPONSE, .tolerance = 1},
    {.name = (char *)"strict", .type = LW_Q_RATING},
    {.name = (char *)"tone", .type = LW_Q_CHOICE},
    {.name = (char *)"flags", .type = LW_Q_TAGS},
    {.name = (char *)"better", .type = LW_Q_COMPARE},
    {.name = (char *)"order", .type = LW_Q_RANK},
    {.name = (char *)"note", .type = LW_Q_TEXT},
    {.name = (char *)"day", .type = LW_Q_TEXT, .format = LW_FORMAT_DATE},
    {.name = (char *)"fix", .type = LW_Q_EDIT, .on = LW_ON_RESPONSE},
    {.name = (char *)"marks", .type = LW_Q_SPANS, .on = LW_ON_RESPONSE},
    {.name = (char *)"source", .type = LW_Q_TEXT, .on = LW_ON_SPAN},
};
static const struct lw_project project = {
    .question = question, .nquestions = sizeof question / sizeof *question};

static void tell(void *ctx, const struct lw_agreed *one)
{
    lw_buf_fmt(ctx, "%s%s%s %s", question[one->question].name, one->item[0] ? "." : "", one->item,
        lw_agreement_name(one->how));
    if (one->apart)
        lw_buf_fmt(ctx, " %+d", (int)one->apart);
    if (one->missing + one->extra)
        lw_buf_fmt(ctx, " -%zu +%zu", one->missing, one->extra);
    if (one->pairs)
        lw_buf_fmt(ctx, " %zu/%zu/%zu", one->swapped, one->tied, one->pairs);
    lw_buf_str(ctx, "\n");
}

#define SPAN(id, start, tag)                                                                       \
    "{\"id\":\"" id "\",\"start\":" start ",\"end\":9,\"text\":\"x\",\"tags\":[\"" tag "\"]}"

static void each_type_is_compared_by_its_own_rule(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b, *says;
    } rows[] = {
        {"{\"score\":{\"a\":5,\"b\":2,\"c\":1}}", "{\"score\":{\"a\":5,\"b\":3,\"c\":4}}",
            "score.a same\nscore.b near -1\nscore.c other -3\n"},
        {"{\"score\":{\"z\":1}}", "{\"score\":{\"a\":5}}", "score.a missing\nscore.z extra\n"},
        {"{\"strict\":4}", "{\"strict\":3}", "strict other +1\n"},
        {"{\"tone\":\"warm\"}", "{\"tone\":\"warm\"}", "tone same\n"},
        {"{\"tone\":\"warm\"}", "{\"tone\":\"cold\"}", "tone other\n"},
        {"{\"flags\":[\"x\",\"y\"]}", "{\"flags\":[\"y\",\"x\"]}", "flags same\n"},
        {"{\"flags\":[\"x\"]}", "{\"flags\":[\"y\",\"z\"]}", "flags other -2 +1\n"},
        {"{}", "{\"flags\":[]}", "flags same\n"},
        {"{\"flags\":[\"x\"]}", "{\"flags\":[]}", "flags other -0 +1\n"},
        {"{\"flags\":[]}", "{}", ""},
        {"{\"better\":{\"better\":\"a\",\"strength\":2}}",
            "{\"better\":{\"better\":\"a\",\"strength\":2}}", "better same\n"},
        {"{\"better\":{\"better\":\"a\",\"strength\":3}}",
            "{\"better\":{\"better\":\"a\",\"strength\":1}}", "better near +2\n"},
        {"{\"better\":{\"better\":\"a\",\"strength\":3}}", "{\"better\":{\"better\":\"a\"}}",
            "better same\n"},
        {"{\"better\":{\"better\":\"a\",\"strength\":2}}",
            "{\"better\":{\"better\":\"b\",\"strength\":1}}", "better other +3\n"},
        {"{\"better\":{\"better\":null,\"strength\":0}}",
            "{\"better\":{\"better\":\"b\",\"strength\":1}}", "better other +1\n"},
        {"{\"better\":{\"better\":null,\"strength\":0}}",
            "{\"better\":{\"better\":null,\"strength\":0}}", "better same\n"},
        {"{\"order\":{\"order\":[[\"a\"],[\"c\",\"b\"]],\"not_rankable\":[]}}",
            "{\"order\":{\"order\":[[\"a\"],[\"b\",\"c\"]],\"not_rankable\":[]}}",
            "order same 0/0/3\n"},
        {"{\"order\":{\"order\":[[\"b\"],[\"a\"],[\"c\"]],\"not_rankable\":[]}}",
            "{\"order\":{\"order\":[[\"a\"],[\"b\",\"c\"]],\"not_rankable\":[]}}",
            "order other 1/1/3\n"},
        {"{\"order\":{\"order\":[[\"a\"],[\"b\"]],\"not_rankable\":[\"c\"]}}",
            "{\"order\":{\"order\":[[\"a\"],[\"b\"],[\"c\"]],\"not_rankable\":[]}}",
            "order other 0/0/1\n"},
        {"{\"note\":\"x\"}", "{\"note\":\"x\"}", "note unjudged\n"},
        {"{\"day\":\"2026-01-31\"}", "{\"day\":\"2026-01-30\"}", "day other\n"},
        {"{\"day\":\"2026-01-31\"}", "{\"day\":\"2026-01-31\"}", "day same\n"},
        {"{\"fix\":{\"a\":{\"original\":\"x\",\"text\":\"y\"}}}",
            "{\"fix\":{\"a\":{\"original\":\"x\",\"text\":\"z\"}}}", "fix.a unjudged\n"},
        {"{\"marks\":{\"a\":[" SPAN("s1", "1", "t") "," SPAN("s2", "4", "t") "]}}",
            "{\"marks\":{\"a\":[" SPAN("s7", "4", "t") "," SPAN("s8", "1", "t") "]}}",
            "marks.a same\n"},
        {"{\"marks\":{\"a\":[" SPAN("s1", "1", "t") "]}}",
            "{\"marks\":{\"a\":[" SPAN("s1", "1", "u") "]}}", "marks.a other -1 +1\n"},
        {"{\"source\":{\"s1\":\"x\"}}", "{\"source\":{\"s1\":\"y\"}}", ""},
        {"{\"gone\":1}", "{\"gone\":2}", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_t *a = json_loads(rows[i].a, 0, NULL), *b = json_loads(rows[i].b, 0, NULL);
        struct lw_buf says = {0};
        assert_non_null(a);
        assert_non_null(b);
        lw_answers_agree(&project, a, b, tell, &says);
        if (strcmp(says.data ? says.data : "", rows[i].says) != 0)
            fail_msg("%s against %s: %s", rows[i].a, rows[i].b, says.data ? says.data : "nothing");
        lw_buf_fini(&says);
        json_decref(a);
        json_decref(b);
    }
}

static void what_is_missing_is_no_agreement_and_texts_are_not_judged(void **state)
{
    (void)state;
    struct lw_agreement_sum sum = {0};
    for (int how = 0; how < LW_AGREEMENTS; how++)
        lw_agreement_add(&sum, (enum lw_agreement)how);
    assert_int_equal(lw_agreement_agreed(&sum), 2);
    assert_int_equal(lw_agreement_judged(&sum), 5);
    assert_int_equal(sum.unjudged, 1);
}

static void names_are_found_again(void **state)
{
    (void)state;
    for (int how = 0; how < LW_AGREEMENTS; how++) {
        const char *name = lw_agreement_name((enum lw_agreement)how);
        enum lw_agreement found;
        assert_true(lw_agreement_find(name, strlen(name), &found));
        assert_int_equal((int)found, how);
    }
    enum lw_agreement none;
    assert_false(lw_agreement_find("sam", 3, &none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_type_is_compared_by_its_own_rule),
        cmocka_unit_test(what_is_missing_is_no_agreement_and_texts_are_not_judged),
        cmocka_unit_test(names_are_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
