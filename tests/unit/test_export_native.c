/* labelwright's own format: the same members with the same types on every line. */
#define _GNU_SOURCE
#include "export/export_internal.h"
#include "fixtures/export_fixture.h"

static void test_native(void **state)
{
    (void)state;
    struct export_fixture x;
    export_make(&x, export_pairs);
    x.question[0].on = LW_ON_RESPONSE;
    export_label(&x, 2, "{\"best\":{\"better\":\"a\",\"strength\":3},\"quality\":{\"a\":5}}");
    export_label(&x, 0, "{\"quality\":1}");
    export_label(&x, 1, NULL);
    export_label(
        &x, 0, "{\"quality\":{\"note\":\"\\\"}{[\\\\\",\"\":null}}"); /* in place of the first */
    export_label(&x, 3, "{}");
    export_append(&x, lw_event_undo(lw_journal_head(x.j.journal).seq, "t4", false));
    assert_int_equal(export_as(&x, "native", NULL), LW_OK);
    json_t *first = export_line_of(&x, 0, 3);
    assert_string_equal(
        json_string_value(json_object_get(first, "annotator")), lw_journal_annotator(x.j.journal));
    assert_true(json_object_get(first, "time") != NULL);
    json_object_del(first, "time");
    json_object_del(first, "annotator");
    export_expect(first,
        "{\"task\":\"t1\",\"file\":\"a.jsonl\",\"record\":1,\"record_now\":\"same\",\"state\":"
        "\"done\","
        "\"answers\":{\"quality\":{\"note\":\"\\\"}{[\\\\\",\"\":null},\"best\":{},\"safer\":{}},"
        "\"skipped\":\"\",\"order\":[\"b\",\"a\"],\"active_ms\":1200,\"wall_ms\":3400,\"seq\":5,"
        "\"questions\":\"\",\"suggestions\":[],\"defaulted\":[]}");
    json_t *second = export_line_of(&x, 1, 3);
    assert_string_equal(json_string_value(json_object_get(second, "skipped")), "bad \"text\"");
    assert_string_equal(json_string_value(json_object_get(second, "state")), "skipped");
    export_expect(json_incref(json_object_get(second, "answers")),
        "{\"quality\":{},\"best\":{},\"safer\":{}}");
    json_decref(second);
    json_t *third = export_line_of(&x, 2, 3);
    assert_string_equal(json_string_value(json_object_get(third, "task")), "t3");
    json_decref(third);
    assert_true(
        strncmp(x.out.data, "{\"task\":\"t1\",\"file\":\"a.jsonl\",\"record\":1,", 40) == 0);
    export_expect_lost(&x, LW_LOSS_SKIPPED, 0);
    export_finish(&x);
}

/* The types of the members of an object: {"a": "string", …}, deep; lists by their items. */
static void collect_types(const json_t *v, const char *path, json_t *types)
{
    static const char *const name[] = {
        "object", "list", "text", "number", "number", "truth", "truth", "null"};
    const char *key, *type = name[json_typeof(v)];
    json_t *member, *was = json_object_get(types, path);
    if (was && strcmp(json_string_value(was), type) != 0)
        fail_msg("%s is %s and %s", path, json_string_value(was), type);
    json_object_set_new(types, path, json_string(type));
    json_object_foreach((json_t *)v, key, member)
    {
        char *below = lw_format("%s.%s", path, key);
        collect_types(member, below, types);
        free(below);
    }
}

/* Loaders settle types by the first lines. */
static void test_native_has_the_same_members_on_every_line(void **state)
{
    (void)state;
    struct export_fixture x;
    struct lw_question q[] = {
        {.name = (char *)"quality", .type = LW_Q_RATING, .on = LW_ON_RESPONSE},
        {.name = (char *)"kind", .type = LW_Q_CHOICE},
        {.name = (char *)"problems", .type = LW_Q_TAGS},
        {.name = (char *)"best", .type = LW_Q_COMPARE},
        {.name = (char *)"fix", .type = LW_Q_EDIT, .on = LW_ON_RESPONSE},
        {.name = (char *)"note", .type = LW_Q_TEXT},
        {.name = (char *)"whole", .type = LW_Q_RATING},
        {.name = (char *)"ranks", .type = LW_Q_RANK},
    };
    export_make(&x, export_pairs);
    x.r.project.question = q;
    x.r.project.nquestions = sizeof q / sizeof *q;
    export_label(&x, 0, "{\"whole\":3}");
    export_label(&x, 1, NULL);
    export_label(&x, 2,
        "{\"quality\":{\"a\":1},\"kind\":\"k\",\"problems\":[\"p/q\"],\"best\":{\"better\":\"a\","
        "\"strength\":1},\"fix\":{\"b\":{\"original\":\"o\",\"text\":\"t\"}},\"note\":\"late\","
        "\"whole\":-2,\"ranks\":{\"order\":[[\"b\"],[\"a\"]],\"not_rankable\":[]}}");
    assert_int_equal(export_as(&x, "native", NULL), LW_OK);
    json_t *types = json_object(), *first = export_line_of(&x, 0, 3);
    for (size_t i = 0; i < 3; i++) {
        json_t *line = export_line_of(&x, i, 3), *answers = json_object_get(line, "answers");
        assert_int_equal(json_object_size(line), json_object_size(first));
        assert_int_equal(json_object_size(answers), 8);
        if (i == 1) { /* a number has no empty value */
            assert_true(json_is_null(json_object_get(answers, "whole")));
            json_object_del(answers, "whole");
        }
        collect_types(line, "", types);
        json_decref(line);
    }
    export_expect(json_incref(json_object_get(first, "answers")),
        "{\"quality\":{},\"kind\":\"\",\"problems\":[],\"best\":{},\"fix\":{},\"note\":\"\","
        "\"whole\":3,\"ranks\":{}}");
    export_expect_lost(&x, LW_LOSS_KIND, 0);
    json_decref(types);
    json_decref(first);
    export_finish(&x);
}

static void test_native_says_when_a_question_had_another_type(void **state)
{
    (void)state;
    struct export_fixture x;
    export_make(&x, export_pairs);
    export_label(&x, 0, "{\"quality\":\"good\",\"renamed\":[1]}");
    export_label(&x, 1, "{\"quality\":4}");
    assert_int_equal(export_as(&x, "native", NULL), LW_OK);
    json_t *first = export_line_of(&x, 0, 2);
    export_expect(json_incref(json_object_get(first, "answers")),
        "{\"quality\":\"good\",\"best\":{},\"safer\":{},\"renamed\":[1]}");
    export_expect_lost(&x, LW_LOSS_KIND, 1);
    json_decref(first);
    export_finish(&x);
}

static void test_dates_are_told_as_arrow_takes_them(void **state)
{
    (void)state;
    static const char *const dates[] = {"2026-01-05", "2026-01-05T10", "2026-01-05 10:11",
        "2026-01-05T10:11:12", "2026-01-05T10:11:12Z", "2026-01-05 10:11:12Z",
        "2026-01-05T10:11:12+01:00", "2026-01-05T10Z", "2026-01-05T10:11+0100"};
    static const char *const others[] = {"", "2026-1-5", "20260105", "2026-01", "2026",
        "2026-01-05T10:11:12.123Z", "2026-01-05T1011", "2026-01-05Z", "05.01.2026", "10:11",
        " 2026-01-05", "2026-01-05 ", "2026-01-05x"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        assert_true(lw_export_is_date(dates[i], strlen(dates[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(lw_export_is_date(others[i], strlen(others[i])));
}

static void test_native_says_when_all_answers_are_dates(void **state)
{
    (void)state;
    static const struct {
        const char *day, *due;
        uint64_t told;
    } rows[] = {
        {"\"2026-01-06\"", "{\"a\":\"2026-01-06\"}", 2},
        {"\"2026-01-06\"", "{\"a\":\"never\"}", 1},
        {"\"\"", "{}", 0},
        {"\"never\"", "{\"a\":\"2026-01-06\",\"b\":\"\"}", 0},
    };
    struct export_fixture x;
    export_make(&x, export_pairs);
    x.question[0] = (struct lw_question){.name = (char *)"day", .type = LW_Q_TEXT};
    x.question[1] =
        (struct lw_question){.name = (char *)"due", .type = LW_Q_TEXT, .on = LW_ON_RESPONSE};
    x.question[2] = (struct lw_question){.name = (char *)"kind", .type = LW_Q_CHOICE};
    export_label(&x, 0,
        "{\"day\":\"2026-01-05\",\"due\":{\"a\":\"2026-01-05\",\"b\":\"2026-01-05T10:11\"},"
        "\"kind\":\"2026-01-05\"}");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *answers =
            lw_format("{\"day\":%s,\"due\":%s,\"kind\":\"2026-01-05\"}", rows[i].day, rows[i].due);
        export_label(&x, 1, answers);
        assert_int_equal(export_as(&x, "native", NULL), LW_OK);
        export_expect_lost(&x, LW_LOSS_DATES, rows[i].told);
        free(answers);
    }
    export_finish(&x);
}

static void test_native_keeps_what_is_in_no_file_any_more(void **state)
{
    (void)state;
    struct export_fixture x;
    export_make(&x, export_pairs);
    export_label(&x, 0, "{\"quality\":1}");
    export_label(&x, 3, "{\"quality\":4}");
    tasks_fixture_write(
        &x.r, "a.jsonl", "{\"id\":\"t4\",\"prompt\":\"P\",\"responses\":[\"x\",\"y\"]}\n");
    export_open_tasks(&x);
    assert_int_equal(export_as(&x, "native", NULL), LW_OK);
    json_t *last = export_line_of(&x, 1, 2);
    assert_string_equal(json_string_value(json_object_get(last, "task")), "t1");
    json_decref(last);
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_OK);
    assert_int_equal(x.report.lost[LW_LOSS_GONE], 1);
    assert_int_equal(x.report.lost[LW_LOSS_CHANGED], 1);
    export_finish(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_native),
        cmocka_unit_test(test_native_has_the_same_members_on_every_line),
        cmocka_unit_test(test_native_says_when_a_question_had_another_type),
        cmocka_unit_test(test_dates_are_told_as_arrow_takes_them),
        cmocka_unit_test(test_native_says_when_all_answers_are_dates),
        cmocka_unit_test(test_native_keeps_what_is_in_no_file_any_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
