/* What messages hold beside text, in formats that have a place for it and in others. */
#define _GNU_SOURCE
#include "fixtures/export_fixture.h"

static void calls_keep_their_structure_and_the_rest_is_counted(void **state)
{
    (void)state;
    struct export_fixture x;
    export_make(&x,
        "{\"id\":\"t1\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],"
        "\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":"
        "null,"
        "\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
        "\"arguments\":\"{\\\"x\\\":0.1}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"c1\","
        "\"content\":\"wet\"},{\"role\":\"assistant\",\"content\":\"a\"}]}\n"
        "{\"id\":\"t2\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":"
        "\"q\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"c.png\"}}]},{\"role\":"
        "\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\"},{\"type\":\"text\","
        "\"text\":\"a\"},{\"type\":\"tool_use\",\"id\":\"c2\",\"name\":\"g\",\"input\":{\"y\":1}}]}"
        "]}\n");
    x.question[0].on = LW_ON_RESPONSE;
    x.question[0].scale = (struct lw_scale){.min = 1, .max = 5};
    export_label(&x, 0, "{\"quality\":{\"r1\":5}}");
    export_label(&x, 1, "{\"quality\":{\"r1\":5}}");
    assert_int_equal(export_as(&x, "openai-chat", "quality"), LW_OK);
    export_expect(export_line_of(&x, 0, 2),
        "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":"
        "\"\","
        "\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
        "\"arguments\":\"{\\\"x\\\":0.1}\"}}]},{\"role\":\"tool\",\"content\":\"wet\","
        "\"tool_call_id\":\"c1\"},{\"role\":\"assistant\",\"content\":\"a\"}],"
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}");
    export_expect(export_line_of(&x, 1, 2),
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"q\"},{"
        "\"type\":"
        "\"image_url\",\"image_url\":{\"url\":\"c.png\"}}]},{\"role\":\"assistant\",\"content\":"
        "\"a\","
        "\"tool_calls\":[{\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"g\","
        "\"arguments\":\"{\\\"y\\\":1}\"}}]}]}");
    assert_int_equal(x.report.lost[LW_LOSS_PART], 1); /* the thinking */
    assert_int_equal(export_as(&x, "trl-sft", "quality"), LW_OK);
    export_expect(export_line_of(&x, 1, 2),
        "{\"prompt\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"q\"},{\"type\":"
        "\"image_url\",\"image_url\":{\"url\":\"c.png\"}}]}],\"completion\":[{\"role\":"
        "\"assistant\","
        "\"content\":\"a\",\"tool_calls\":[{\"id\":\"c2\",\"type\":\"function\",\"function\":{"
        "\"name\":\"g\",\"arguments\":\"{\\\"y\\\":1}\"}}]}]}");
    export_finish(&x);
}

/* One side after the other: several calls are a list, their results one turn. */
static void sharegpt_has_several_calls_in_one_turn(void **state)
{
    (void)state;
    struct export_fixture x;
    export_make(&x,
        "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":"
        "\"I look.\",\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":"
        "\"{\\\"x\\\":0.10}\"}},{\"id\":\"c2\",\"function\":{\"name\":\"g\",\"arguments\":"
        "\"oops\"}},{\"id\":\"c3\",\"function\":{\"name\":\"h\"}}]},{\"role\":\"tool\","
        "\"tool_call_id\":\"c1\",\"content\":\"wet\"},{\"role\":\"tool\",\"tool_call_id\":\"c2\","
        "\"content\":\"dry\"},{\"role\":\"assistant\",\"content\":\"a\"}]}\n");
    x.question[0].on = LW_ON_RESPONSE;
    x.question[0].scale = (struct lw_scale){.min = 1, .max = 5};
    export_label(&x, 0, "{\"quality\":{\"r1\":5}}");
    assert_int_equal(export_as(&x, "sharegpt", "quality"), LW_OK);
    export_expect(export_line_of(&x, 0, 1),
        "{\"conversations\":[{\"from\":\"human\",\"value\":\"q\"},{\"from\":\"function_call\","
        "\"value\":\"[{\\\"name\\\":\\\"f\\\",\\\"arguments\\\":{\\\"x\\\":0.10}},{\\\"name\\\":"
        "\\\"g"
        "\\\",\\\"arguments\\\":\\\"oops\\\"},{\\\"name\\\":\\\"h\\\",\\\"arguments\\\":{}}]\"},"
        "{\"from\":\"observation\",\"value\":\"wet\\ndry\"},{\"from\":\"gpt\",\"value\":\"a\"}]}");
    assert_int_equal(x.report.lost[LW_LOSS_PART], 1); /* the text beside the calls */
    export_finish(&x);
}

static void tools_of_all_makers_become_functions(void **state)
{
    (void)state;
    struct export_fixture x;
    export_make(&x,
        "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":"
        "\"a\"}],"
        "\"tools\":[{\"name\":\"f\",\"description\":\"d\",\"input_schema\":{\"type\":\"object\"}},"
        "{\"type\":\"function\",\"name\":\"g\",\"parameters\":{}},{\"type\":\"web\"}]}\n"
        "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":"
        "\"a\"}],"
        "\"tools\":\"[{\\\"name\\\": \\\"f\\\"}]\"}\n");
    x.question[0].on = LW_ON_RESPONSE;
    x.question[0].scale = (struct lw_scale){.min = 1, .max = 5};
    export_label(&x, 0, "{\"quality\":{\"r1\":5}}");
    export_label(&x, 1, "{\"quality\":{\"r1\":5}}");
    assert_int_equal(export_as(&x, "openai-chat", "quality"), LW_OK);
    assert_non_null(strstr(x.out.data,
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\","
        "\"parameters\":{\"type\":\"object\"}}},{\"type\":\"function\",\"function\":{\"name\":"
        "\"g\","
        "\"parameters\":{}}},{\"type\":\"web\"}]"));
    assert_non_null(
        strstr(x.out.data, "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"));
    assert_int_equal(x.report.lost[LW_LOSS_PART], 0);
    export_finish(&x);
}

static void numbers_in_calls_keep_their_digits(void **state)
{
    (void)state;
    struct export_fixture x;
    export_make(&x,
        "{\"hash\":18446744073709551616,\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{"
        "\"role\":"
        "\"assistant\",\"content\":\"a\",\"tool_calls\":[{\"function\":{\"name\":\"pay\","
        "\"arguments\":"
        "{\"amount\":0.1,\"rate\":0.30000000000000004,\"account\":[18446744073709551616]}}}]}]}\n");
    x.question[0].on = LW_ON_RESPONSE;
    x.question[0].scale = (struct lw_scale){.min = 1, .max = 5};
    export_label(&x, 0, "{\"quality\":{\"r1\":5}}");
    assert_int_equal(export_as(&x, "openai-chat", "quality"), LW_OK);
    assert_int_equal(x.report.written, 1);
    assert_non_null(strstr(x.out.data,
        "\"arguments\":\"{\\\"amount\\\":0.1,\\\"rate\\\":0.30000000000000004,\\\"account\\\":"
        "[18446744073709551616]}\""));
    export_finish(&x);
}

/* datasets settles types by the first 10 MB: what has other members behind them fails the load, or
 * becomes the text of its JSON. */
static void of_a_large_file_messages_of_another_shape_are_counted(void **state)
{
    (void)state;
    enum { LARGE = 11 * 1024 * 1024 };
    static const size_t sizes[] = {10, LARGE};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct export_fixture x;
        struct lw_buf lines = {0};
        lw_buf_str(&lines, "{\"messages\":[{\"role\":\"user\",\"content\":\"");
        memset(lw_buf_room(&lines, sizes[i]), 'x', sizes[i]);
        lines.len += sizes[i];
        lw_buf_str(&lines,
            "\"},{\"role\":\"assistant\",\"content\":\"a\"}]}\n"
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
            "\"image_url\":{\"url\":\"c.png\"}}]},{\"role\":\"assistant\",\"content\":"
            "\"a\",\"refusal\":\"no\"}]}\n");
        export_make(&x, lines.data);
        x.question[0].on = LW_ON_RESPONSE;
        x.question[0].scale = (struct lw_scale){.min = 1, .max = 5};
        export_label(&x, 0, "{\"quality\":{\"r1\":5}}");
        export_label(&x, 1, "{\"quality\":{\"r1\":5}}");
        assert_int_equal(export_as(&x, "openai-chat", "quality"), LW_OK);
        assert_int_equal(x.report.written, 2);
        assert_int_equal(x.report.bytes, x.out.len);
        assert_int_equal(x.report.lost[LW_LOSS_SHAPE], sizes[i] == LARGE ? 2 : 0);
        lw_buf_fini(&lines);
        export_finish(&x);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_keep_their_structure_and_the_rest_is_counted),
        cmocka_unit_test(sharegpt_has_several_calls_in_one_turn),
        cmocka_unit_test(tools_of_all_makers_become_functions),
        cmocka_unit_test(numbers_in_calls_keep_their_digits),
        cmocka_unit_test(of_a_large_file_messages_of_another_shape_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
