/* Labels as a table. */
#define _GNU_SOURCE
#include "fixtures/export_fixture.h"

static void csv_has_a_column_a_question_and_a_response_of_it(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, PAIR("t1", "A", "B") PAIR("t2", "A", "B") PAIR("t3", "A", "B"));
    x.question[2] = (struct lw_question){.name = (char *)"time", .type = LW_Q_TAGS};
    export_label(&x, 1, NULL);
    export_label(&x, 0,
        "{\"quality\":{\"b\":2},\"best\":{\"better\":\"b\",\"strength\":3},\"time\":[\"x\",\"y/"
        "z\"]}");
    export_label(
        &x, 2, "{\"quality\":{\"a\":5,\"b\":-1},\"best\":{\"better\":null,\"strength\":0}}");
    assert_int_equal(export_as(&x, "csv", NULL), LW_OK);
    expect_rows(&x,
        "task,file,record,record_now,state,quality.b,quality.a,best,best.strength,answer.time,"
        "skipped,"
        "order,"
        "active_ms,wall_ms\n"
        "t1,a.jsonl,1,same,done,2,,b,3,x;y/z,,\"[\"\"b\"\",\"\"a\"\"]\",1200,3400\n"
        "t2,a.jsonl,2,same,skipped,,,,,,\"bad \"\"text\"\"\",\"[\"\"b\"\",\"\"a\"\"]\",1200,3400\n"
        "t3,a.jsonl,3,same,done,-1,5,,0,,,\"[\"\"b\"\",\"\"a\"\"]\",1200,3400\n");
    assert_int_equal(x.report.written, 3);
    EXPECT_LOSSES(&x, LOST(SKIPPED) = 0);
    export_finish(&x);
}

/* Seen without reading it again only where nothing about it is new. */
static void csv_has_columns_that_only_a_late_label_needs(void **state)
{
    (void)state;
    static const char *const late[] = {
        "{\"quality\":{\"a\":1},\"new\":2}",
        "{\"quality\":{\"a\":1,\"x\":2}}",
        "{\"quality\":{\"a\":1,\"say \\\"x\\\"\":2}}",
        "{\"quality\":3}",
        "{\"a\\\"b\":1}",
        "{\"best\":\"a\"}",
    };
    static const char *const header[] = {",new,", ",quality.x,", ",\"quality.say \"\"x\"\"\",",
        "state,quality,quality.a,", ",\"a\"\"b\",", "state,quality.a,best,best.strength,"};
    for (size_t i = 0; i < sizeof late / sizeof *late; i++) {
        struct export_fixture x;
        make(&x, PAIR("t1", "A", "B") PAIR("t2", "A", "B") PAIR("t3", "A", "B"));
        x.r.project.nquestions = 2;
        export_label(&x, 0, "{\"quality\":{\"a\":1}}");
        export_label(&x, 1, "{\"quality\":{\"a\":2}}");
        export_label(&x, 2, late[i]);
        assert_int_equal(export_as(&x, "csv", NULL), LW_OK);
        assert_non_null(strstr(x.out.data, header[i]));
        assert_int_equal(x.report.lost[LW_LOSS_COLUMN], 0);
        export_finish(&x);
    }
}

/* Answers as jansson writes them, whatever the line spells otherwise. */
static void csv_writes_values_as_jansson_does(void **state)
{
    (void)state;
    static const struct {
        const char *json, *cell;
    } rows[] = {
        {"7", "7"},
        {"-12", "-12"},
        {"0.5", "0.5"},
        {"true", "true"},
        {"[1,2]", "\"[1,2]\""},
        {"[]", ""},
        {"[\"a\",\"b\"]", "a;b"},
        {"{\"k\":[0.25,\"\\n/\"]}", "\"{\"\"k\"\":[0.25,\"\"\\n/\"\"]}\""},
        {"{}", "{}"},
        {"\"\"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct export_fixture x;
        make(&x, PAIR("t1", "A", "B"));
        x.r.project.nquestions = 0;
        char *answers = lw_format("{\"any\":%s}", rows[i].json);
        char *start = lw_format("t1,a.jsonl,1,same,done,%s,,", rows[i].cell);
        export_label(&x, 0, answers);
        assert_int_equal(export_as(&x, "csv", NULL), LW_OK);
        if (!strstr(x.out.data, start))
            fail_msg("%s: %s", answers, x.out.data);
        free(answers);
        free(start);
        export_finish(&x);
    }
}

static void csv_has_a_ranking_in_one_cell(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, PAIR("t1", "A", "B"));
    x.question[0] = (struct lw_question){.name = (char *)"ranks", .type = LW_Q_RANK};
    x.r.project.nquestions = 1;
    export_label(&x, 0, "{\"ranks\":{\"order\":[[\"b\"],[\"a\"]],\"not_rankable\":[]}}");
    assert_int_equal(export_as(&x, "csv", NULL), LW_OK);
    assert_non_null(strstr(x.out.data, ",\"{\"\"order\"\":[[\"\"b\"\"],[\"\"a\"\"]],"
                                       "\"\"not_rankable\"\":[]}\","));
    export_finish(&x);
}

static void csv_quotes_by_rfc_4180_and_counts_formulas(void **state)
{
    (void)state;
    static const struct {
        const char *json, *cell;
        uint64_t formulas;
    } rows[] = {
        {"plain", "plain", 0},
        {"a,b", "\"a,b\"", 0},
        {"say \\\"no\\\"", "\"say \"\"no\"\"\"", 0},
        {"two\\nlines", "\"two\nlines\"", 0},
        {"\\u00e9 \\u2028", "\xc3\xa9 \xe2\x80\xa8", 0},
        {" =1", " =1", 0},
        {"=1+1", "=1+1", 1},
        {"+1", "+1", 1},
        {"-1", "-1", 1},
        {"@a,\\r", "\"@a,\r\"", 1},
    };
    struct export_fixture x;
    make(&x, PAIR("t1", "A", "B"));
    x.question[0] = (struct lw_question){.name = (char *)"why", .type = LW_Q_TEXT};
    x.r.project.nquestions = 1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *answers = lw_format("{\"why\":\"%s\"}", rows[i].json);
        char *start = lw_format("t1,a.jsonl,1,same,done,%s,,", rows[i].cell);
        export_label(&x, 0, answers);
        assert_int_equal(export_as(&x, "csv", NULL), LW_OK);
        assert_non_null(strstr(x.out.data, start));
        EXPECT_LOSSES(&x, LOST(FORMULA) = rows[i].formulas);
        free(answers);
        free(start);
    }
    export_finish(&x);
}

static void csv_counts_answers_that_have_no_column(void **state)
{
    (void)state;
    struct export_fixture x;
    struct lw_buf many = {0};
    make(&x, PAIR("t1", "A", "B") PAIR("t2", "A", "B"));
    lw_buf_str(&many, "{\"gone\":1,\"quality\":{\"r\":3");
    for (int i = 0; i < 102; i++)
        lw_buf_fmt(&many, ",\"r%d\":1", i);
    lw_buf_str(&many, "}}");
    export_label(&x, 0, many.data);
    export_label(&x, 1, "{\"quality\":4,\"best\":\"a\"}"); /* asked otherwise at that time */
    assert_int_equal(export_as(&x, "csv", NULL), LW_OK);
    EXPECT_LOSSES(&x, LOST(COLUMN) = 3);
    assert_non_null(strstr(x.out.data, ",gone,")); /* what nobody asks any more has its column */
    assert_non_null(strstr(x.out.data, "t2,a.jsonl,2,same,done,4,"));
    lw_buf_fini(&many);
    export_finish(&x);
}

static void csv_has_what_was_corrected(void **state)
{
    (void)state;
    struct export_fixture x;
    make_fixed(&x);
    assert_int_equal(export_as(&x, "csv", NULL), LW_OK);
    assert_non_null(strstr(x.out.data, "quality.a,quality.b,fix.a,fix.b,"));
    assert_non_null(strstr(x.out.data, "t1,a.jsonl,1,same,done,5,5,\"A, better\",B,"));
    EXPECT_LOSSES(&x, LOST(ORIGINAL) = 2);
    export_finish(&x);
}

static void a_spreadsheet_runs_nothing_and_knows_its_letters(void **state)
{
    (void)state;
    static const struct {
        size_t ascii;
        const char *tail; /* of two UTF-16 units in four bytes */
        uint64_t longer;
    } rows[] = {{32767, "", 0}, {32768, "", 1}, {32765, "\xf0\x9f\x98\x80", 0},
        {32766, "\xf0\x9f\x98\x80", 1}};
    struct export_fixture x;
    make(&x, PAIR("t1", "A", "B") PAIR("t2", "A", "B"));
    x.question[0] = (struct lw_question){.name = (char *)"why", .type = LW_Q_TEXT};
    x.r.project.nquestions = 1;
    export_label(&x, 0, "{\"why\":\"=1+1,\u00e9\"}");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = lw_format("{\"why\":\"%0*d%s\"}", (int)rows[i].ascii, 0, rows[i].tail);
        export_label(&x, 1, text);
        assert_int_equal(export_as(&x, "csv-spreadsheet", NULL), LW_OK);
        EXPECT_LOSSES(&x, LOST(GUARDED) = 1, LOST(LONG) = rows[i].longer);
        free(text);
    }
    assert_true(strncmp(x.out.data, "\xEF\xBB\xBFtask,file,", 13) == 0);
    assert_non_null(strstr(x.out.data, ",\"'=1+1,\xc3\xa9\","));
    assert_int_equal(x.out.data[x.out.len - 2], '\r');
    export_finish(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_has_a_column_a_question_and_a_response_of_it),
        cmocka_unit_test(csv_has_columns_that_only_a_late_label_needs),
        cmocka_unit_test(csv_writes_values_as_jansson_does),
        cmocka_unit_test(csv_has_a_ranking_in_one_cell),
        cmocka_unit_test(csv_quotes_by_rfc_4180_and_counts_formulas),
        cmocka_unit_test(csv_counts_answers_that_have_no_column),
        cmocka_unit_test(csv_has_what_was_corrected),
        cmocka_unit_test(a_spreadsheet_runs_nothing_and_knows_its_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
