#define _GNU_SOURCE
/* What stands in the journal comes out as each format says, and what does not is named and counted.
 */
#include "export/export_internal.h"
#include "fixtures/export_fixture.h"

static const char *const pair_lines =
    "{\"id\":\"t1\",\"prompt\":\"P1\",\"responses\":[{\"id\":\"a\",\"text\":\"A1\"},{\"id\":\"b\","
    "\"text\":\"B1\"}]}\n"
    "{\"id\":\"t2\",\"prompt\":\"P2\",\"responses\":[{\"id\":\"a\",\"text\":\"A2 "
    "\\\"\\u00e9\\\"\"},{\"id\":\"b\",\"text\":\"\"}]}\n"
    "{\"id\":\"t3\",\"prompt\":\"P3\",\"responses\":[{\"id\":\"a\",\"text\":\"A3\"},{\"id\":\"b\","
    "\"text\":\"B3\"}]}\n"
    "{\"id\":\"t4\",\"prompt\":\"P4\",\"responses\":[{\"id\":\"a\",\"text\":\"A4\"},{\"id\":\"b\","
    "\"text\":\"B4\"}]}\n";

static void test_native(void **state)
{
    (void)state;
    struct rig_export x;
    export_make(&x, pair_lines);
    x.question[0].on = LW_ON_RESPONSE;
    export_label(&x, 2, "{\"best\":{\"better\":\"a\",\"strength\":3},\"quality\":{\"a\":5}}");
    export_label(&x, 0, "{\"quality\":1}");
    export_label(&x, 1, NULL);
    export_label(
        &x, 0, "{\"quality\":{\"note\":\"\\\"}{[\\\\\",\"\":null}}"); /* in place of the first */
    export_label(&x, 3, "{}");
    export_append(&x, lw_event_undo(lw_journal_head(x.j.journal).seq, "t4"));
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
        "\"questions\":\"\"}");
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
    struct rig_export x;
    struct lw_question q[] = {
        {.name = (char *)"quality", .type = LW_Q_RATING, .on = LW_ON_RESPONSE},
        {.name = (char *)"kind", .type = LW_Q_CHOICE},
        {.name = (char *)"problems", .type = LW_Q_TAGS},
        {.name = (char *)"best", .type = LW_Q_COMPARE},
        {.name = (char *)"fix", .type = LW_Q_EDIT, .on = LW_ON_RESPONSE},
        {.name = (char *)"note", .type = LW_Q_TEXT},
        {.name = (char *)"whole", .type = LW_Q_RATING},
    };
    export_make(&x, pair_lines);
    x.r.project.question = q;
    x.r.project.nquestions = sizeof q / sizeof *q;
    export_label(&x, 0, "{\"whole\":3}");
    export_label(&x, 1, NULL);
    export_label(&x, 2,
        "{\"quality\":{\"a\":1},\"kind\":\"k\",\"problems\":[\"p/q\"],\"best\":{\"better\":\"a\","
        "\"strength\":1},\"fix\":{\"b\":{\"original\":\"o\",\"text\":\"t\"}},\"note\":\"late\","
        "\"whole\":-2}");
    assert_int_equal(export_as(&x, "native", NULL), LW_OK);
    json_t *types = json_object(), *first = export_line_of(&x, 0, 3);
    for (size_t i = 0; i < 3; i++) {
        json_t *line = export_line_of(&x, i, 3), *answers = json_object_get(line, "answers");
        assert_int_equal(json_object_size(line), json_object_size(first));
        assert_int_equal(json_object_size(answers), 7);
        if (i == 1) { /* a number has no empty value */
            assert_true(json_is_null(json_object_get(answers, "whole")));
            json_object_del(answers, "whole");
        }
        collect_types(line, "", types);
        json_decref(line);
    }
    export_expect(json_incref(json_object_get(first, "answers")),
        "{\"quality\":{},\"kind\":\"\",\"problems\":[],\"best\":{},\"fix\":{},\"note\":\"\","
        "\"whole\":3}");
    export_expect_lost(&x, LW_LOSS_KIND, 0);
    json_decref(types);
    json_decref(first);
    export_finish(&x);
}

static void test_native_says_when_a_question_had_another_type(void **state)
{
    (void)state;
    struct rig_export x;
    export_make(&x, pair_lines);
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
    struct rig_export x;
    export_make(&x, pair_lines);
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
    struct rig_export x;
    export_make(&x, pair_lines);
    export_label(&x, 0, "{\"quality\":1}");
    export_label(&x, 3, "{\"quality\":4}");
    rig_write(&x.r, "a.jsonl", "{\"id\":\"t4\",\"prompt\":\"P\",\"responses\":[\"x\",\"y\"]}\n");
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

static void a_single_one_is_told_as_one(void **state)
{
    (void)state;
    for (int i = 0; i < LW_LOSS_COUNT; i++) {
        const char *words = lw_loss_describe((enum lw_loss)i);
        char *one = lw_loss_text((enum lw_loss)i, 1), *two = lw_loss_text((enum lw_loss)i, 2);
        size_t noun = strcspn(words, " ");
        assert_int_equal(words[noun - 1], 's');
        assert_int_equal(strlen(one) + 1, strlen(two));
        assert_string_equal(two + 2, words);
        assert_int_equal(one[2 + noun - 1], ' ');
        free(one);
        free(two);
    }
}

static void test_nothing_labeled(void **state)
{
    (void)state;
    struct rig_export x;
    export_make(&x, pair_lines);
    for (size_t i = 0; lw_export_name(i); i++) {
        assert_non_null(lw_export_help(i));
        assert_int_equal(export_as(&x, lw_export_name(i), NULL), LW_OK);
        if (strncmp(lw_export_name(i), "csv", 3) != 0) /* which has its header */
            assert_int_equal(x.out.len, 0);
        assert_int_equal(x.report.written, 0);
    }
    export_finish(&x);
}

static void test_trl_texts(void **state)
{
    (void)state;
    struct rig_export x;
    export_make(&x, pair_lines);
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
    struct rig_export x;
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

static void test_trl_prompts_of_nothing_are_empty_on_request(void **state)
{
    (void)state;
    static const char *const formats[] = {"trl-preference", "trl-kto", "trl-sft"};
    struct rig_export x;
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
        struct rig_export x;
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
    struct rig_export x;
    export_make(&x, pair_lines);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        export_label(&x, 0, cases[i].answers);
        assert_int_equal(export_as(&x, "trl-preference", "best"), LW_OK);
        assert_int_equal(x.report.written, 0);
        export_expect_lost(&x, cases[i].loss, 1);
        assert_non_null(strstr(lw_loss_describe(cases[i].loss), "left out: "));
    }
    export_finish(&x);
}

static void test_questions_and_formats_that_do_not_fit(void **state)
{
    (void)state;
    struct rig_export x;
    export_make(&x, pair_lines);
    assert_int_equal(export_as(&x, "parquet", NULL), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "native, csv, csv-spreadsheet, trl-preference"));
    assert_int_equal(export_as(&x, "trl-preference", "unheard"), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "No question \"unheard\""));
    assert_int_equal(export_as(&x, "trl-preference", "quality"), LW_EUSAGE);
    assert_non_null(
        strstr(x.err.text, "Question \"quality\" does not fit: it must compare responses"));
    x.r.project.nquestions = 1;
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "--format native"));
    export_finish(&x);
}

static void test_a_damaged_line_costs_one_task(void **state)
{
    (void)state;
    struct rig_export x;
    export_make(&x, pair_lines);
    export_label(&x, 0, "{\"best\":{\"better\":\"a\",\"strength\":0}}");
    export_label(&x, 1, "{\"best\":{\"better\":\"a\",\"strength\":0}}");
    char *path = rig_path(&x.r, "journal/000001.jsonl");
    size_t n = 0;
    char *bytes = file_bytes(path, &n);
    int fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, "7", 1, (off_t)n - 300), 1);
    close(fd);
    static const char *const format[] = {"native", "csv", "trl-preference", "hh-rlhf"};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(export_as(&x, format[i], NULL), LW_OK);
        assert_int_equal(x.report.written, 1);
        export_expect_lost(&x, LW_LOSS_DAMAGED, 1);
    }
    free(bytes);
    free(path);
    export_finish(&x);
}

static enum lw_code refuse(void *ctx, const char *bytes, size_t n, struct lw_err *err)
{
    (void)ctx, (void)bytes, (void)n;
    return lw_fail(err, LW_EFULL, "the disk is full");
}

static void test_a_writer_that_fails_ends_it(void **state)
{
    (void)state;
    struct rig_export x;
    export_make(&x, pair_lines);
    export_label(&x, 0, "{}");
    struct lw_export with = {
        &x.r.project, x.tasks, x.j.journal, x.j.ledger, NULL, refuse, NULL, false};
    assert_int_equal(lw_export_run("native", &with, &x.report, &x.err), LW_EFULL);
    assert_string_equal(x.err.text, "the disk is full");
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
        cmocka_unit_test(a_single_one_is_told_as_one),
        cmocka_unit_test(test_nothing_labeled),
        cmocka_unit_test(test_trl_texts),
        cmocka_unit_test(test_trl_conversations),
        cmocka_unit_test(test_trl_prompts_of_nothing_are_empty_on_request),
        cmocka_unit_test(test_trl_never_mixes_texts_and_lists),
        cmocka_unit_test(test_trl_names_what_it_leaves_out),
        cmocka_unit_test(test_questions_and_formats_that_do_not_fit),
        cmocka_unit_test(test_a_damaged_line_costs_one_task),
        cmocka_unit_test(test_a_writer_that_fails_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
