/* The formats that others read: what each makes of answers, and what it says it cannot carry. */
#define _GNU_SOURCE
#include "fixtures/export_fixture.h"

/* ---- trl-kto, trl-sft, openai-chat */

static void kto_takes_thumbs_from_a_scale(void **state)
{
    (void)state;
    static const struct {
        int64_t min, max, value;
        const char *label; /* NULL: the middle */
        bool low_is_best;
    } rows[] = {
        {1, 5, 1, "false", false},
        {1, 5, 2, "false", false},
        {1, 5, 3, NULL, false},
        {1, 5, 4, "true", false},
        {1, 4, 2, "false", false},
        {1, 4, 3, "true", false},
        {-1, 1, 0, NULL, false},
        {-3, -1, -1, "true", false},
        {0, 1, 0, "false", false},
        {1, 6, 1, "true", true}, /* school marks */
        {1, 6, 3, "true", true},
        {1, 6, 4, "false", true},
        {1, 5, 3, NULL, true},
    };
    struct export_fixture x;
    make(&x, "{\"id\":\"t\",\"prompt\":\"P\",\"responses\":[{\"id\":\"a\",\"text\":\"A\"}]}\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        x.question[0].scale = (struct lw_scale){
            .min = rows[i].min, .max = rows[i].max, .low_is_best = rows[i].low_is_best};
        char *answers = lw_format("{\"quality\":{\"a\":%lld}}", (long long)rows[i].value);
        char *line = lw_format("{\"prompt\":\"P\",\"completion\":\"A\",\"label\":%s}\n",
            rows[i].label ? rows[i].label : "");
        export_label(&x, 0, answers);
        assert_int_equal(export_as(&x, "trl-kto", "quality"), LW_OK);
        expect_text(&x, rows[i].label ? line : "");
        EXPECT_LOSSES(&x, LOST(MIDDLE) = !rows[i].label, LOST(DEGREE) = !!rows[i].label);
        free(answers);
        free(line);
    }
    export_finish(&x);
}

static void kto_makes_two_lines_of_a_comparison(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, PAIR("t1", "A", "B") PAIR("t2", "A", "B"));
    export_label(&x, 0, "{\"best\":{\"better\":\"b\",\"strength\":2},\"quality\":{\"a\":1}}");
    export_label(&x, 1, "{\"best\":{\"better\":null,\"strength\":0}}");
    assert_int_equal(export_as(&x, "trl-kto", NULL), LW_OK);
    expect_text(&x, "{\"prompt\":\"P\",\"completion\":\"B\",\"label\":true}\n"
                    "{\"prompt\":\"P\",\"completion\":\"A\",\"label\":false}\n");
    assert_int_equal(x.report.written, 2);
    EXPECT_LOSSES(&x, LOST(TIE) = 1, LOST(STRENGTH) = 1, LOST(OTHER) = 1);
    export_finish(&x);
}

static void sft_and_chat_keep_what_is_better(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, PAIR("t1", "A", "B"));
    export_label(&x, 0, "{\"best\":{\"better\":\"b\",\"strength\":0}}");
    assert_int_equal(export_as(&x, "trl-sft", NULL), LW_OK);
    expect_text(&x, "{\"prompt\":\"P\",\"completion\":\"B\"}\n");
    EXPECT_LOSSES(&x, LOST(WORSE) = 1);
    assert_int_equal(export_as(&x, "openai-chat", NULL), LW_OK);
    expect_text(&x, "{\"messages\":[{\"role\":\"user\",\"content\":\"P\"},"
                    "{\"role\":\"assistant\",\"content\":\"B\"}]}\n");
    EXPECT_LOSSES(&x, LOST(WORSE) = 1);
    export_finish(&x);
}

static void sft_keeps_what_is_rated_good(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, "{\"id\":\"t\",\"prompt\":\"P\",\"responses\":[\"A\",\"B\",\"C\",\"D\"]}\n");
    export_label(&x, 0, "{\"quality\":{\"r1\":5,\"r2\":3,\"r4\":4},\"best\":null}");
    assert_int_equal(export_as(&x, "trl-sft", "quality"), LW_OK);
    expect_text(&x, "{\"prompt\":\"P\",\"completion\":\"A\"}\n"
                    "{\"prompt\":\"P\",\"completion\":\"D\"}\n");
    EXPECT_LOSSES(&x, LOST(NOT_GOOD) = 1, LOST(UNRATED) = 1, LOST(DEGREE) = 2, LOST(OTHER) = 1);
    export_finish(&x);
}

static void a_rating_of_the_task_is_one_of_its_single_response(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, "{\"id\":\"t1\",\"prompt\":\"P\",\"responses\":[\"A\"]}\n" PAIR("t2", "A", "B"));
    x.question[0].on = LW_ON_TASK;
    export_label(&x, 0, "{\"quality\":5}");
    export_label(&x, 1, "{\"quality\":5}");
    assert_int_equal(export_as(&x, "trl-kto", "quality"), LW_OK);
    expect_text(&x, "{\"prompt\":\"P\",\"completion\":\"A\",\"label\":true}\n");
    EXPECT_LOSSES(&x, LOST(NOT_ONE) = 1, LOST(DEGREE) = 1);
    assert_int_equal(export_as(&x, "trl-preference", "quality"), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "must compare or rank responses, rate each of them"));
    export_finish(&x);
}

static void chat_leaves_out_roles_that_it_does_not_know(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, "{\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\","
             "\"content\":\"U\"}],\"responses\":[\"A\"]}\n"
             "{\"messages\":[{\"role\":\"tool\",\"content\":\"T\"}],\"responses\":[\"A\"]}\n"
             "{\"messages\":[],\"responses\":[\"A\"]}\n");
    for (size_t i = 0; i < 3; i++)
        export_label(&x, i, "{\"quality\":{\"r1\":5}}");
    assert_int_equal(export_as(&x, "openai-chat", "quality"), LW_OK);
    expect_text(&x, "{\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\","
                    "\"content\":\"U\"},{\"role\":\"assistant\",\"content\":\"A\"}]}\n");
    EXPECT_LOSSES(&x, LOST(ROLE) = 1, LOST(NO_PROMPT) = 1, LOST(DEGREE) = 1);
    export_finish(&x);
}

/* ---- pairs */

static void a_pair_can_come_from_two_ratings(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, PAIR("t1", "A", "B") PAIR("t2", "A", "B") PAIR("t3", "A", "B"));
    export_label(&x, 0, "{\"quality\":{\"a\":2,\"b\":3}}");
    export_label(&x, 1, "{\"quality\":{\"a\":2,\"b\":2}}");
    export_label(&x, 2, "{\"quality\":{\"b\":2}}");
    assert_int_equal(export_as(&x, "trl-preference", "quality"), LW_OK);
    expect_text(&x, "{\"prompt\":\"P\",\"chosen\":\"B\",\"rejected\":\"A\"}\n");
    EXPECT_LOSSES(&x, LOST(TIE) = 1, LOST(NO_PAIR) = 1, LOST(STRENGTH) = 1);
    x.question[0].scale.low_is_best = true;
    assert_int_equal(export_as(&x, "trl-preference", "quality"), LW_OK);
    expect_text(&x, "{\"prompt\":\"P\",\"chosen\":\"A\",\"rejected\":\"B\"}\n");
    export_finish(&x);
}

/* Beyond what is held in memory, with the first conversation last of all. */
static void texts_become_messages_when_a_conversation_comes_late(void **state)
{
    (void)state;
    enum { TEXTS = 6, LONG = 1 << 20 };
    struct export_fixture x;
    struct lw_buf lines = {0};
    for (int i = 0; i < TEXTS; i++) {
        lw_buf_fmt(&lines, "{\"id\":\"t%d\",\"prompt\":\"\\\"%d\\n\",\"response\":\"", i, i);
        memset(lw_buf_room(&lines, LONG), 'a' + i, LONG);
        lines.len += LONG;
        lw_buf_str(&lines, "\"}\n");
    }
    lw_buf_str(&lines, "{\"messages\":[{\"role\":\"user\",\"content\":\"U\"},{\"role\":"
                       "\"assistant\",\"content\":\"\"}],\"response\":\"R\"}\n");
    make(&x, lines.data);
    for (size_t i = 0; i < TEXTS; i++)
        export_label(&x, i, "{\"quality\":{\"r1\":5}}");
    assert_int_equal(export_as(&x, "trl-kto", "quality"), LW_OK);
    json_t *line = export_line_of(&x, TEXTS - 1, TEXTS);
    assert_true(json_is_string(json_object_get(line, "completion")));
    json_decref(line);
    export_label(&x, TEXTS, "{\"quality\":{\"r1\":1}}");
    assert_int_equal(export_as(&x, "trl-kto", "quality"), LW_OK);
    for (size_t i = 0; i < TEXTS; i++) {
        line = export_line_of(&x, i, TEXTS + 1);
        char *prompt = lw_format("[{\"role\":\"user\",\"content\":\"\\\"%zu\\n\"}]", i);
        export_expect(json_incref(json_object_get(line, "prompt")), prompt);
        const json_t *m = json_array_get(json_object_get(line, "completion"), 0);
        const char *text = json_string_value(json_object_get(m, "content"));
        assert_string_equal(json_string_value(json_object_get(m, "role")), "assistant");
        assert_int_equal(strlen(text), LONG);
        assert_int_equal(text[0], 'a' + (int)i);
        assert_true(json_is_true(json_object_get(line, "label")));
        json_decref(line);
        free(prompt);
    }
    export_expect(export_line_of(&x, TEXTS, TEXTS + 1),
        "{\"prompt\":[{\"role\":\"user\",\"content\":\"U\"},{\"role\":\"assistant\",\"content\":"
        "\"\"}],\"completion\":[{\"role\":\"assistant\",\"content\":\"R\"}],\"label\":false}");
    lw_buf_fini(&lines);
    export_finish(&x);
}

/* ---- all of JSON */

/* U+0085, U+2028 and U+2029, raw in the task and in the answer; beside them what looks alike. */
#define ENDS "\xc2\x85 \xe2\x80\xa8 \xe2\x80\xa9 \xc2\x86 \xe2\x80\xa7 \xe2\x82\xa8"
#define ESCAPED "\\u0085 \\u2028 \\u2029 \xc2\x86 \xe2\x80\xa7 \xe2\x82\xa8"

static size_t count_line_ends(const char *s)
{
    size_t n = 0;
    for (; *s; s++)
        n += strncmp(s, "\xc2\x85", 2) == 0 || strncmp(s, "\xe2\x80\xa8", 3) == 0 ||
             strncmp(s, "\xe2\x80\xa9", 3) == 0;
    return n;
}

static void no_character_but_a_line_feed_ends_a_line(void **state)
{
    (void)state;
    static const struct {
        const char *format, *has;
        size_t ends;
    } formats[] = {
        {"native", "\"note\":\"" ESCAPED "\"", 0},
        {"trl-preference", "{\"prompt\":\"" ESCAPED "\",\"chosen\":\"B\",", 0},
        {"trl-kto", "{\"prompt\":\"" ESCAPED "\",", 0},
        {"trl-sft", "{\"prompt\":\"" ESCAPED "\",", 0},
        {"openai-chat", "\"content\":\"" ESCAPED "\"", 0},
        {"hh-rlhf", ENDS, 6},
        {"csv", ENDS, 3},
    };
    struct export_fixture x;
    make(&x, "{\"id\":\"t1\",\"prompt\":\"" ENDS "\",\"responses\":[\"A\",\"B\"]}\n");
    x.question[0] = (struct lw_question){.name = (char *)"note", .type = LW_Q_TEXT};
    export_label(&x, 0, "{\"best\":{\"better\":\"r2\",\"strength\":0},\"note\":\"" ENDS "\"}");
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        assert_int_equal(export_as(&x, formats[i].format, NULL), LW_OK);
        if (!strstr(x.out.data, formats[i].has))
            fail_msg("%s: %s", formats[i].format, x.out.data);
        assert_int_equal(count_line_ends(x.out.data), formats[i].ends);
    }
    export_finish(&x);
}

/* ---- hh-rlhf */

#define H "\\n\\nHuman: "
#define A "\\n\\nAssistant: "

static void hh_rlhf_comes_back_byte_for_byte(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "{\"chosen\":\"" H "a" A "b" H "c" A "x\",\"rejected\":\"" H "a" A "b" H "c" A "y\"}\n",
        "{\"chosen\":\"" H "a" A "b" H "c" A "x\",\"rejected\":\"" H "a" A "z\"}\n",
        "{\"chosen\":\"" H "a" A A "x\",\"rejected\":\"" H "a" A "\"}\n",
        "{\"chosen\":\"\",\"rejected\":\"" H "a\"}\n",
        "{\"chosen\":\"" H "a \\u0001\\u2028\xc3\xa9" A "x\",\"rejected\":\"" A "q\"}\n",
    };
    struct export_fixture x;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        make(&x, lines[i]);
        export_label(&x, 0, "{\"best\":{\"better\":\"chosen\",\"strength\":0}}");
        assert_int_equal(export_as(&x, "hh-rlhf", NULL), LW_OK);
        export_expect(export_line_of(&x, 0, 1), lines[i]);
        export_finish(&x);
    }
}

static void hh_rlhf_names_what_is_no_transcript(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, "{\"prompt\":\"P\",\"responses\":[\"A\",\"B\"]}\n"
             "{\"responses\":[\"A\",\"B\"]}\n"
             "{\"prompt\":\"one" H "two\",\"responses\":[\"A\",\"B\"]}\n"
             "{\"messages\":[{\"role\":\"system\",\"content\":\"S\"}],\"responses\":[\"A\",\"B\"]}"
             "\n");
    for (size_t i = 0; i < 4; i++)
        export_label(&x, i, "{\"best\":{\"better\":\"r2\",\"strength\":1}}");
    assert_int_equal(export_as(&x, "hh-rlhf", NULL), LW_OK);
    expect_text(&x, "{\"chosen\":\"" H "P" A "B\",\"rejected\":\"" H "P" A "A\"}\n");
    EXPECT_LOSSES(&x, LOST(NO_PROMPT) = 1, LOST(MARKER) = 1, LOST(ROLE) = 1, LOST(STRENGTH) = 1);
    export_finish(&x);
}

static void hh_rlhf_of_real_data_comes_back_byte_for_byte(void **state)
{
    (void)state;
    enum { RECORDS = 300 };
    size_t n = 0;
    char *bytes = shared_bytes("data/preference/hh-rlhf_harmless-base_test.jsonl", &n);
    if (!bytes)
        skip();
    char *end = bytes;
    for (int i = 0; i < RECORDS; i++)
        end = strchr(end, '\n') + 1;
    *end = '\0';
    struct export_fixture x;
    make(&x, bytes);
    for (size_t i = 0; i < RECORDS; i++)
        export_label(&x, i, "{\"best\":{\"better\":\"chosen\",\"strength\":0}}");
    assert_int_equal(export_as(&x, "hh-rlhf", NULL), LW_OK);
    const char *from = bytes;
    for (size_t i = 0; i < RECORDS; i++) {
        char *line = lw_strndup(from, strcspn(from, "\n"));
        export_expect(export_line_of(&x, i, RECORDS), line);
        from += strlen(line) + 1;
        free(line);
    }
    free(bytes);
    export_finish(&x);
}

/* ---- corrections */

static void corrections_are_what_is_imitated(void **state)
{
    (void)state;
    struct export_fixture x;
    make_fixed(&x);
    assert_int_equal(export_as(&x, "trl-sft", NULL), LW_OK);
    expect_text(&x, "{\"prompt\":\"P\",\"completion\":\"A, better\"}\n"
                    "{\"prompt\":\"P\",\"completion\":\"B\"}\n");
    EXPECT_LOSSES(&x, LOST(OPEN) = 1, LOST(ORIGINAL) = 1, LOST(OTHER) = 1, LOST(UNCORRECTED) = 2);
    assert_int_equal(export_as(&x, "openai-chat", NULL), LW_OK);
    assert_non_null(strstr(x.out.data, "{\"role\":\"assistant\",\"content\":\"A, better\"}]}\n"));
    assert_int_equal(export_as(&x, "trl-sft", "quality"), LW_OK);
    EXPECT_LOSSES(&x, LOST(OPEN) = 1, LOST(NOT_GOOD) = 1, LOST(DEGREE) = 3, LOST(OTHER) = 1);
    export_finish(&x);
}

static void a_correction_is_better_than_its_original(void **state)
{
    (void)state;
    struct export_fixture x;
    make_fixed(&x);
    assert_int_equal(export_as(&x, "trl-preference", "fix"), LW_OK);
    expect_text(&x, "{\"prompt\":\"P\",\"chosen\":\"A, better\",\"rejected\":\"A\"}\n");
    EXPECT_LOSSES(&x, LOST(OPEN) = 1, LOST(FINE) = 1, LOST(OTHER) = 1, LOST(UNCORRECTED) = 2);
    assert_int_equal(export_as(&x, "trl-kto", "fix"), LW_OK);
    expect_text(&x, "{\"prompt\":\"P\",\"completion\":\"A, better\",\"label\":true}\n"
                    "{\"prompt\":\"P\",\"completion\":\"A\",\"label\":false}\n"
                    "{\"prompt\":\"P\",\"completion\":\"B\",\"label\":true}\n");
    EXPECT_LOSSES(&x, LOST(OPEN) = 1, LOST(OTHER) = 1, LOST(UNCORRECTED) = 2);
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_OK); /* the ratings decide */
    expect_text(&x, "{\"prompt\":\"P\",\"chosen\":\"B\",\"rejected\":\"A\"}\n");
    export_finish(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kto_takes_thumbs_from_a_scale),
        cmocka_unit_test(kto_makes_two_lines_of_a_comparison),
        cmocka_unit_test(sft_and_chat_keep_what_is_better),
        cmocka_unit_test(sft_keeps_what_is_rated_good),
        cmocka_unit_test(a_rating_of_the_task_is_one_of_its_single_response),
        cmocka_unit_test(chat_leaves_out_roles_that_it_does_not_know),
        cmocka_unit_test(a_pair_can_come_from_two_ratings),
        cmocka_unit_test(texts_become_messages_when_a_conversation_comes_late),
        cmocka_unit_test(no_character_but_a_line_feed_ends_a_line),
        cmocka_unit_test(hh_rlhf_comes_back_byte_for_byte),
        cmocka_unit_test(hh_rlhf_names_what_is_no_transcript),
        cmocka_unit_test(corrections_are_what_is_imitated),
        cmocka_unit_test(a_correction_is_better_than_its_original),
        cmocka_unit_test(hh_rlhf_of_real_data_comes_back_byte_for_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
