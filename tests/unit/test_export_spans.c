/* Spans exported: a line each, with offsets in the units of other tools, and what is left out. */
#define _GNU_SOURCE
#include "fixtures/export_fixture.h"

/* "é" is two bytes, the emoji four bytes, two UTF-16 units and one code point. */
#define LINE                                                                                       \
    "{\"id\":\"t1\",\"prompt\":\"P\",\"responses\":[{\"id\":\"a\",\"text\":\"\xC3\xA9 "            \
    "\xF0\x9F\x98\x80 Paris\"},{\"id\":\"b\",\"text\":\"Rome\"}]}\n"
#define ONE                                                                                        \
    "{\"id\":\"s2\",\"start\":8,\"end\":13,\"text\":\"Paris\",\"tags\":[\"place\",\"kind/good\"]}"

static struct lw_option options[] = {{.path = (char *)"place", .label = (char *)"Place"},
    {.path = (char *)"kind/good", .label = (char *)"Good"}};

static void begin(struct export_fixture *x)
{
    make(x, LINE);
    x->question[0] = (struct lw_question){.name = (char *)"claims",
        .type = LW_Q_SPANS,
        .on = LW_ON_RESPONSE,
        .option = options,
        .noptions = 2};
    x->question[1] =
        (struct lw_question){.name = (char *)"sure", .type = LW_Q_RATING, .on = LW_ON_SPAN};
    x->question[2] =
        (struct lw_question){.name = (char *)"source", .type = LW_Q_TEXT, .on = LW_ON_SPAN};
    x->r.project.nquestions = 3;
}

#define EXPECTED(start, end, unit)                                                                 \
    "{\"task\":\"t1\",\"response\":\"a\",\"item\":\"a\",\"question\":\"claims\",\"id\":\"s2\","    \
    "\"start\":" start ",\"end\":" end                                                             \
    ",\"text\":\"Paris\",\"tags\":[\"place\",\"kind/good\"],\"answers\":{\"sure\":2,\"source\":"   \
    "\"\"},\"offsets\":\"" unit "\"}"

static void line_is(struct export_fixture *x, size_t n, size_t lines, const char *expected)
{
    json_t *line = export_line_of(x, n, lines);
    assert_string_equal(json_string_value(json_object_get(line, "annotator")), "anna");
    assert_true(json_integer_value(json_object_get(line, "seq")) > 0);
    assert_true(json_string_length(json_object_get(line, "time")) > 0);
    json_object_del(line, "annotator");
    json_object_del(line, "seq");
    json_object_del(line, "time");
    export_expect(line, expected);
}

static void offsets_count_what_the_user_says(void **state)
{
    (void)state;
    struct export_fixture x;
    begin(&x);
    export_label(&x, 0, "{\"claims\":{\"a\":[" ONE "]},\"sure\":{\"s2\":2}}");
    static const struct {
        const char *unit, *expected;
    } rows[] = {
        {NULL, EXPECTED("4", "9", "chars")},
        {"chars", EXPECTED("4", "9", "chars")},
        {"utf16", EXPECTED("5", "10", "utf16")},
        {"bytes", EXPECTED("8", "13", "bytes")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        x.offsets = rows[i].unit;
        assert_int_equal(export_as(&x, "spans", NULL), LW_OK);
        line_is(&x, 0, 1, rows[i].expected);
        EXPECT_LOSSES(&x, 0);
    }
    x.offsets = "words";
    assert_int_equal(export_as(&x, "spans", NULL), LW_EUSAGE);
    assert_string_equal(x.err.text, "--offsets must be chars, utf16 or bytes.");
    x.offsets = "bytes";
    assert_int_equal(export_as(&x, "native", NULL), LW_EUSAGE);
    assert_string_equal(x.err.text, "--offsets works with spans, not with native.");
    export_finish(&x);
}

static void every_response_has_its_spans(void **state)
{
    (void)state;
    struct export_fixture x;
    begin(&x);
    export_label(&x, 0,
        "{\"claims\":{\"b\":[{\"id\":\"s1\",\"start\":0,\"end\":4,\"text\":\"Rome\",\"tags\":["
        "\"place\"]}],\"a\":[" ONE "]},\"source\":{\"s1\":\"a map\"},\"sure\":{\"s2\":2}}");
    assert_int_equal(export_as(&x, "spans", NULL), LW_OK);
    line_is(&x, 0, 2, EXPECTED("4", "9", "chars"));
    line_is(&x, 1, 2,
        "{\"task\":\"t1\",\"response\":\"b\",\"item\":\"b\",\"question\":\"claims\",\"id\":\"s1\","
        "\"start\":0,\"end\":4,\"text\":\"Rome\",\"tags\":[\"place\"],\"answers\":{\"sure\":null,"
        "\"source\":\"a map\"},\"offsets\":\"chars\"}");
    export_finish(&x);
}

static void what_is_left_out_is_counted(void **state)
{
    (void)state;
    struct export_fixture x;
    begin(&x);
    x.question[1] = (struct lw_question){.name = (char *)"quality", .type = LW_Q_RATING};
    x.r.project.nquestions = 2;
    export_label(&x, 0, "{\"quality\":2}");
    assert_int_equal(export_as(&x, "spans", NULL), LW_OK);
    EXPECT_LOSSES(&x, LOST(NO_SPANS) = 1, LOST(OTHER) = 1);
    assert_int_equal(export_as(&x, "csv", NULL), LW_OK);
    export_finish(&x);
    begin(&x);
    x.question[0].type = LW_Q_TEXT;
    assert_int_equal(export_as(&x, "spans", NULL), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "marks spans"));
    export_finish(&x);
}

/* Others must say how many they drop, and carry them as they are where they can. */
static void native_and_csv_carry_them(void **state)
{
    (void)state;
    struct export_fixture x;
    begin(&x);
    x.question[0].on = LW_ON_PROMPT;
    export_label(&x, 0,
        "{\"claims\":[{\"id\":\"s1\",\"start\":0,\"end\":1,\"text\":\"P\",\"tags\":[\"place\"]}],"
        "\"sure\":{\"s1\":3}}");
    assert_int_equal(export_as(&x, "native", NULL), LW_OK);
    json_t *line = export_line_of(&x, 0, 1);
    export_expect(json_incref(json_object_get(line, "answers")),
        "{\"claims\":[{\"id\":\"s1\",\"start\":0,\"end\":1,\"text\":\"P\",\"tags\":[\"place\"]}],"
        "\"sure\":{\"s1\":3},\"source\":{}}");
    json_decref(line);
    EXPECT_LOSSES(&x, 0);
    assert_int_equal(export_as(&x, "csv", NULL), LW_OK);
    lw_buf_add(&x.out, "", 1);
    assert_non_null(strstr(x.out.data, "claims,sure.s1,source.s1,"));
    assert_non_null(strstr(x.out.data, "\"[{\"\"id\"\":\"\"s1\"\",\"\"start\"\":0,"));
    export_finish(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets_count_what_the_user_says),
        cmocka_unit_test(every_response_has_its_spans),
        cmocka_unit_test(what_is_left_out_is_counted),
        cmocka_unit_test(native_and_csv_carry_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
