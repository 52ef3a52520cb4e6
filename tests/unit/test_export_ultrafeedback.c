/* ultrafeedback: the ratings of each response as texts, one aspect for each question. */
#define _GNU_SOURCE
#include "fixtures/export_fixture.h"

#define ASPECTS(q, s) "{\"quality\":{\"Rating\":\"" q "\"},\"safety\":{\"Rating\":\"" s "\"}}"

static void make_rated(struct export_fixture *x, const char *lines)
{
    make(x, lines);
    x->question[1] = x->question[0];
    x->question[1].name = (char *)"safety";
    x->question[2] =
        (struct lw_question){.name = (char *)"why", .type = LW_Q_TEXT, .on = LW_ON_RESPONSE};
}

static void every_completion_has_every_aspect(void **state)
{
    (void)state;
    struct export_fixture x;
    make_rated(&x,
        "{\"id\":\"t1\",\"prompt\":\"P\",\"responses\":[{\"id\":\"a\",\"text\":\"A\",\"model\":"
        "\"gpt\"},{\"id\":\"b\",\"text\":\"B\\u0085\"}]}\n");
    export_label(
        &x, 0, "{\"quality\":{\"a\":4,\"b\":1},\"safety\":{\"b\":5},\"why\":{\"a\":\"dull\"}}");
    assert_int_equal(export_as(&x, "ultrafeedback", NULL), LW_OK);
    assert_null(strstr(x.out.data, "\xc2\x85"));
    export_expect(export_line_of(&x, 0, 1),
        "{\"instruction\":\"P\",\"models\":[\"gpt\",\"b\"],\"completions\":["
        "{\"model\":\"gpt\",\"response\":\"A\",\"annotations\":" ASPECTS(
            "4", "N/A") ","
                        "\"critique\":\"dull\"},"
                        "{\"model\":\"b\",\"response\":\"B\\u0085\",\"annotations\":" ASPECTS(
                            "1", "5") ","
                                      "\"critique\":\"\"}]}");
    EXPECT_LOSSES(&x, LOST(OTHER) = 0);
    export_finish(&x);
}

static void what_is_left_out_is_counted(void **state)
{
    (void)state;
    struct export_fixture x;
    make_rated(&x,
        PAIR("t1", "A", "B") "{\"id\":\"t2\",\"messages\":[{\"role\":\"user\",\"content\":\"1\"},"
                             "{\"role\":\"assistant\",\"content\":\"2\"},{\"role\":\"user\","
                             "\"content\":\"3\"}],\"responses\":[\"A\"]}\n"
                             "{\"id\":\"t3\",\"responses\":[\"A\"]}\n" PAIR("t4", "A", "B")
                                 PAIR("t5", "A", "B"));
    export_label(&x, 0, "{\"quality\":{\"a\":4},\"best\":{\"better\":\"a\",\"strength\":1}}");
    export_label(&x, 1, "{\"quality\":{\"r1\":4}}");
    export_label(&x, 2, "{\"quality\":{\"r1\":4}}");
    export_label(&x, 3, "{\"why\":{\"a\":\"so\"}}");
    export_label(&x, 4, NULL);
    assert_int_equal(export_as(&x, "ultrafeedback", NULL), LW_OK);
    assert_int_equal(x.report.written, 1);
    EXPECT_LOSSES(&x, LOST(OTHER) = 1, LOST(CONVERSATION) = 1, LOST(NO_PROMPT) = 1, LOST(OPEN) = 1,
        LOST(SKIPPED) = 1);
    x.question[0].on = x.question[1].on = LW_ON_TASK;
    assert_int_equal(export_as(&x, "ultrafeedback", NULL), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "rates each response"));
    export_finish(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_completion_has_every_aspect),
        cmocka_unit_test(what_is_left_out_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
