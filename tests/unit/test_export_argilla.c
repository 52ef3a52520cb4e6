/* argilla: records with responses, and the settings of the dataset, which fit each other. */
#define _GNU_SOURCE
#include "fixtures/export_fixture.h"

static json_t *read_json(const struct lw_buf *b)
{
    json_error_t why;
    json_t *v = lw_json_load(b->data, b->len, &why);
    if (!v)
        fail_msg("%s", why.text);
    return v;
}

static json_t *exported(struct export_fixture *x, struct lw_buf *settings)
{
    x->config = settings;
    if (export_as(x, "argilla", NULL) != LW_OK)
        fail_msg("%s", x->err.text);
    json_t *records = read_json(&x->out);
    assert_int_equal(json_array_size(records), x->report.written);
    return records;
}

static const json_t *response(const json_t *records, size_t record, const char *question)
{
    const json_t *list =
        json_object_get(json_object_get(json_array_get(records, record), "responses"), question);
    if (!json_is_array(list))
        fail_msg("record %zu has no list for %s", record, question);
    return json_object_get(json_array_get(list, 0), "value");
}

static void expect_given(
    const json_t *records, size_t record, const char *question, const char *json)
{
    const json_t *v = response(records, record, question);
    char *text = v ? json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    assert_string_equal(text ? text : "", json);
    free(text);
}

static json_t *question_of(const json_t *settings, const char *name)
{
    json_t *one;
    size_t i;
    json_array_foreach(json_object_get(settings, "questions"), i,
        one) if (strcmp(name, json_string_value(json_object_get(one, "name"))) == 0) return one;
    fail_msg("no question %s", name);
    return NULL;
}

static void expect_settings(const json_t *settings, const char *name, const char *json)
{
    export_expect(json_incref(json_object_get(question_of(settings, name), "settings")), json);
}

static void every_record_has_every_question(void **state)
{
    (void)state;
    struct export_fixture x;
    struct lw_buf b = {0};
    make(&x, PAIR("t1", "A", "B") PAIR("t2", "A\\u2029", "B"));
    x.question[2] = (struct lw_question){.name = (char *)"ranks", .type = LW_Q_RANK};
    export_label(&x, 0,
        "{\"quality\":{\"a\":4},\"best\":{\"better\":null,\"strength\":0},"
        "\"ranks\":{\"order\":[[\"a\",\"b\"]],\"not_rankable\":[]}}");
    export_label(&x, 1, NULL);
    json_t *records = exported(&x, &b), *settings = read_json(&b);
    expect_given(records, 0, "quality_a", "4");
    expect_given(records, 0, "quality_b", "");
    expect_given(records, 0, "best", "\"tie\"");
    expect_given(
        records, 0, "ranks", "[{\"value\":\"a\",\"rank\":1},{\"value\":\"b\",\"rank\":1}]");
    expect_given(records, 1, "quality_a", "");
    assert_null(strstr(x.out.data, "\xe2\x80\xa9"));
    assert_non_null(
        strstr(x.out.data, "\"state\":\"skipped\",\"skip_reason\":\"bad \\\"text\\\"\""));
    expect_settings(settings, "quality_b",
        "{\"type\":\"rating\",\"options\":[{\"value\":1},{\"value\":2},{\"value\":3},{\"value\":4},"
        "{\"value\":5}]}");
    expect_settings(settings, "best",
        "{\"type\":\"label_selection\",\"visible_options\":3,\"options\":["
        "{\"value\":\"a\",\"text\":\"a\",\"description\":null},"
        "{\"value\":\"b\",\"text\":\"b\",\"description\":null},"
        "{\"value\":\"tie\",\"text\":\"tie\",\"description\":null}]}");
    EXPECT_LOSSES(&x, LOST(STRENGTH) = 0);
    json_decref(records);
    json_decref(settings);
    lw_buf_fini(&b);
    export_finish(&x);
}

static void what_argilla_cannot_hold_is_counted(void **state)
{
    (void)state;
    struct export_fixture x;
    struct lw_buf b = {0};
    make(&x, PAIR("t1", "A", "B"));
    x.question[0].scale = (struct lw_scale){.min = -1, .max = 1};
    x.question[2] = (struct lw_question){.name = (char *)"ranks", .type = LW_Q_RANK};
    export_label(&x, 0,
        "{\"quality\":{\"a\":-1,\"z\":1},\"best\":{\"better\":\"a\",\"strength\":3},\"old\":[\"x\"]"
        ","
        "\"ranks\":{\"order\":[[\"a\"]],\"not_rankable\":[\"b\"]}}");
    json_t *records = exported(&x, &b), *settings = read_json(&b);
    expect_given(records, 0, "quality_a", "\"-1\"");
    expect_given(records, 0, "ranks", "");
    assert_string_equal(
        json_string_value(json_object_get(
            json_object_get(question_of(settings, "quality_a"), "settings"), "type")),
        "label_selection");
    EXPECT_LOSSES(&x, LOST(STRENGTH) = 1, LOST(NO_PLACE) = 2, LOST(OTHER) = 1);
    json_decref(records);
    json_decref(settings);
    lw_buf_fini(&b);
    export_finish(&x);
}

/* Two tags are two spans there; one inside of another begins later and ends before. */
static void spans_count_characters(void **state)
{
    (void)state;
    static struct lw_option who[] = {{.path = (char *)"who", .label = (char *)"Who"}};
    struct export_fixture x;
    struct lw_buf b = {0};
    make(&x, PAIR("t1", "A", "\xf0\x9f\xa6\x89 Ana \xc3\xa9"));
    x.question[2] = (struct lw_question){.name = (char *)"names",
        .type = LW_Q_SPANS,
        .on = LW_ON_RESPONSE,
        .option = who,
        .noptions = 1};
    export_label(&x, 0,
        "{\"names\":{\"b\":[{\"id\":\"s1\",\"start\":0,\"end\":8,\"text\":\"\xf0\x9f\xa6\x89 Ana\","
        "\"tags\":[\"who\"]},{\"id\":\"s2\",\"start\":5,\"end\":8,\"text\":\"Ana\",\"tags\":["
        "\"who\"]},"
        "{\"id\":\"s3\",\"start\":9,\"end\":11,\"text\":\"\xc3\xa9\",\"tags\":[\"who\"]}]}}");
    json_t *records = exported(&x, &b), *settings = read_json(&b);
    expect_given(records, 0, "names_b",
        "[{\"label\":\"who\",\"start\":0,\"end\":5},{\"label\":\"who\",\"start\":2,\"end\":5},"
        "{\"label\":\"who\",\"start\":6,\"end\":7}]");
    expect_settings(settings, "names_b",
        "{\"type\":\"span\",\"field\":\"response_b\",\"allow_overlapping\":true,\"options\":["
        "{\"value\":\"who\",\"text\":\"Who\",\"description\":null}]}");
    json_decref(records);
    json_decref(settings);
    lw_buf_fini(&b);
    export_finish(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_record_has_every_question),
        cmocka_unit_test(what_argilla_cannot_hold_is_counted),
        cmocka_unit_test(spans_count_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
