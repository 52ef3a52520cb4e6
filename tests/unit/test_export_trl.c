/* The formats of TRL that a comparison makes: texts or lists of messages, never both. */
#define _GNU_SOURCE
#include "fixtures/export_fixture.h"

static void test_trl_texts(void **state)
{
    (void)state;
    struct export_fixture x;
    export_make(&x, export_pairs);
    export_label(&x, 1,
        "{\"best\":{\"better\":\"b\",\"strength\":0},\"safer\":{\"better\":\"a\",\"strength\":2}}");
    export_label(&x, 0, "{\"best\":{\"better\":\"a\",\"strength\":3}}");
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_OK);
    export_expect(
        export_line_of(&x, 0, 2), "{\"prompt\":\"P1\",\"chosen\":\"A1\",\"rejected\":\"B1\"}");
    export_expect(export_line_of(&x, 1, 2),
        "{\"prompt\":\"P2\",\"chosen\":\"\",\"rejected\":\"A2 \\\"\xc3\xa9\\\"\"}");
    assert_int_equal(x.report.lost[LW_LOSS_STRENGTH], 1);
    assert_int_equal(x.report.lost[LW_LOSS_OTHER], 1);
    assert_int_equal(export_as(&x, "trl-preference", "safer"), LW_OK);
    export_expect(export_line_of(&x, 0, 1),
        "{\"prompt\":\"P2\",\"chosen\":\"A2 \\\"\xc3\xa9\\\"\",\"rejected\":\"\"}");
    assert_int_equal(x.report.lost[LW_LOSS_OPEN], 1);
    export_finish(&x);
}

static void test_trl_conversations(void **state)
{
    (void)state;
    struct export_fixture x;
    export_make(&x, "{\"prompt\":\"P\",\"responses\":[\"one\",\"two\"]}\n"
                    "{\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\","
                    "\"content\":\"U\"}],"
                    "\"responses\":[\"one\",\"two\"]}\n"
                    "{\"messages\":[],\"responses\":[\"one\",\"two\"]}\n"
                    "{\"prompt\":\"P\",\"responses\":[\"one\",\"two\",\"three\"]}\n"
                    "{\"chosen\":\"unreadable here\",\"rejected\":\"\"}\n");
    for (size_t i = 0; i < 5; i++)
        export_label(&x, i, "{\"best\":{\"better\":\"r2\",\"strength\":0}}");
    assert_int_equal(export_as(&x, "trl-preference", "best"), LW_OK);
    export_expect(export_line_of(&x, 0, 2),
        "{\"prompt\":[{\"role\":\"user\",\"content\":\"P\"}],\"chosen\":[{\"role\":\"assistant\","
        "\"content\":"
        "\"two\"}],\"rejected\":[{\"role\":\"assistant\",\"content\":\"one\"}]}");
    export_expect(export_line_of(&x, 1, 2),
        "{\"prompt\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":"
        "\"user\",\"content\":\"U\"}],\"chosen\":"
        "[{\"role\":\"assistant\",\"content\":\"two\"}],\"rejected\":[{"
        "\"role\":\"assistant\",\"content\":\"one\"}]}");
    assert_int_equal(x.report.lost[LW_LOSS_NO_PROMPT], 1);
    assert_int_equal(x.report.lost[LW_LOSS_NO_PAIR], 1);
    assert_int_equal(x.report.lost[LW_LOSS_UNREADABLE], 1);
    export_finish(&x);
}

static void test_trl_sft_takes_what_was_written_for_the_prompt(void **state)
{
    (void)state;
    struct export_fixture x;
    export_make(&x, export_pairs);
    x.question[2] = (struct lw_question){.name = (char *)"own", .type = LW_Q_WRITE};
    export_label(&x, 0, "{\"own\":\"Mine \\u00e9\",\"quality\":5}");
    export_label(&x, 1, "{\"quality\":5}");
    assert_int_equal(export_as(&x, "trl-sft", NULL), LW_OK);
    export_expect(export_line_of(&x, 0, 1), "{\"prompt\":\"P1\",\"completion\":\"Mine \xc3\xa9\"}");
    assert_int_equal(x.report.lost[LW_LOSS_OPEN], 1);
    assert_int_equal(x.report.lost[LW_LOSS_OTHER], 1);
    assert_int_equal(export_as(&x, "openai-chat", "own"), LW_OK);
    export_expect(export_line_of(&x, 0, 1),
        "{\"messages\":[{\"role\":\"user\",\"content\":\"P1\"},{\"role\":\"assistant\","
        "\"content\":\"Mine \xc3\xa9\"}]}");
    assert_int_equal(export_as(&x, "trl-preference", "own"), LW_EUSAGE); /* no pair */
    x.question[2].on = LW_ON_RESPONSE; /* it says something about the response */
    assert_int_equal(export_as(&x, "trl-sft", "own"), LW_EUSAGE);
    export_finish(&x);
}

static void test_trl_prompts_of_nothing_are_empty_on_request(void **state)
{
    (void)state;
    static const char *const formats[] = {"trl-preference", "trl-kto", "trl-sft"};
    struct export_fixture x;
    export_make(&x, "{\"responses\":[\"one\",\"two\"]}\n");
    export_label(&x, 0, "{\"best\":{\"better\":\"r2\",\"strength\":0}}");
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        x.empty_prompt = false;
        assert_int_equal(export_as(&x, formats[i], NULL), LW_OK);
        assert_int_equal(x.report.written, 0);
        assert_int_equal(x.report.lost[LW_LOSS_NO_PROMPT], 1);
        x.empty_prompt = true;
        assert_int_equal(export_as(&x, formats[i], NULL), LW_OK);
        assert_int_equal(x.report.lost[LW_LOSS_EMPTY], 1);
        assert_int_equal(x.report.lost[LW_LOSS_NO_PROMPT], 0);
        assert_true(strncmp(x.out.data, "{\"prompt\":\"\",\"", 14) == 0);
    }
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_OK);
    export_expect(
        export_line_of(&x, 0, 1), "{\"prompt\":\"\",\"chosen\":\"two\",\"rejected\":\"one\"}");
    assert_int_equal(export_as(&x, "openai-chat", NULL), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "works with the TRL formats, not with openai-chat"));
    export_finish(&x);
}

/* Given a list and a string, TRL drops the prompt. */
static void test_trl_never_mixes_texts_and_lists(void **state)
{
    (void)state;
    static const char *const formats[] = {"trl-preference", "trl-kto", "trl-sft"};
    static const char *const record[] = {
        "{\"prompt\":\"P\",\"responses\":[\"one\",\"two\"]}\n",
        "{\"responses\":[\"one\",\"two\"]}\n",
        "{\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":"
        "\"U\"}],"
        "\"responses\":[\"one\",\"two\"]}\n",
    };
    for (int all = 0; all < 27; all++) { /* every order of three */
        struct export_fixture x;
        char *lines =
            lw_format("%s%s%s", record[all % 3], record[all / 3 % 3], record[all / 9 % 3]);
        bool lists = strstr(lines, "messages") != NULL;
        export_make(&x, lines);
        x.empty_prompt = true;
        for (size_t i = 0; i < 3; i++)
            export_label(&x, i, "{\"best\":{\"better\":\"r2\",\"strength\":0}}");
        for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
            assert_int_equal(export_as(&x, formats[i], NULL), LW_OK);
            for (size_t k = 0; k < x.report.written; k++) {
                json_t *line = export_line_of(&x, k, x.report.written), *v;
                const char *member;
                json_object_foreach(line, member, v) assert_true(
                    lists ? json_array_size(v) > 0 || json_is_boolean(v) : !json_is_array(v));
                assert_non_null(json_object_get(line, "prompt"));
                json_decref(line);
            }
        }
        free(lines);
        export_finish(&x);
    }
}

static void test_trl_names_what_it_leaves_out(void **state)
{
    (void)state;
    static const struct {
        const char *answers;
        enum lw_loss loss;
    } cases[] = {
        {NULL, LW_LOSS_SKIPPED},
        {"{}", LW_LOSS_OPEN},
        {"{\"best\":{\"better\":null,\"strength\":0}}", LW_LOSS_TIE},
        {"{\"best\":{\"better\":\"c\",\"strength\":1}}", LW_LOSS_NO_PAIR},
        {"{\"best\":{\"better\":7}}", LW_LOSS_NO_PAIR},
        {"{\"best\":\"a\"}", LW_LOSS_OPEN},
    };
    struct export_fixture x;
    export_make(&x, export_pairs);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        export_label(&x, 0, cases[i].answers);
        assert_int_equal(export_as(&x, "trl-preference", "best"), LW_OK);
        assert_int_equal(x.report.written, 0);
        export_expect_lost(&x, cases[i].loss, 1);
        assert_non_null(strstr(lw_loss_describe(cases[i].loss), "left out: "));
    }
    export_finish(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trl_texts),
        cmocka_unit_test(test_trl_conversations),
        cmocka_unit_test(test_trl_sft_takes_what_was_written_for_the_prompt),
        cmocka_unit_test(test_trl_prompts_of_nothing_are_empty_on_request),
        cmocka_unit_test(test_trl_never_mixes_texts_and_lists),
        cmocka_unit_test(test_trl_names_what_it_leaves_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
