/* Exporting in any format: what cannot be exported is refused, and what is left out is named and
 * counted. */
#define _GNU_SOURCE
#include "fixtures/export_fixture.h"

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
    struct export_fixture x;
    export_make(&x, export_pairs);
    x.question[3] =
        (struct lw_question){.name = (char *)"claims", .type = LW_Q_SPANS, .on = LW_ON_RESPONSE};
    x.r.project.nquestions = 4;
    x.question[2] =
        (struct lw_question){.name = (char *)"step", .type = LW_Q_RATING, .on = LW_ON_STEP};
    x.question[0].on = LW_ON_RESPONSE;
    for (size_t i = 0; lw_export_name(i); i++) {
        assert_non_null(lw_export_help(i));
        assert_int_equal(export_as(&x, lw_export_name(i), NULL), LW_OK);
        bool array = x.out.len == 4 && memcmp(x.out.data, "[\n]\n", 4) == 0;
        if (strncmp(lw_export_name(i), "csv", 3) != 0) /* which has its header */
            assert_true(x.out.len == 0 || array);
        assert_int_equal(x.report.written, 0);
    }
    export_finish(&x);
}

static void test_questions_and_formats_that_do_not_fit(void **state)
{
    (void)state;
    struct export_fixture x;
    export_make(&x, export_pairs);
    assert_int_equal(export_as(&x, "parquet", NULL), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "native, csv, csv-spreadsheet, trl-preference"));
    assert_int_equal(export_as(&x, "trl-preference", "unheard"), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "No question \"unheard\""));
    assert_int_equal(export_as(&x, "trl-preference", "quality"), LW_EUSAGE);
    assert_non_null(
        strstr(x.err.text, "Question \"quality\" does not fit: it must compare or rank responses"));
    x.r.project.nquestions = 1;
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "--format native"));
    export_finish(&x);
}

static void test_a_damaged_line_costs_one_task(void **state)
{
    (void)state;
    struct export_fixture x;
    export_make(&x, export_pairs);
    export_label(&x, 0, "{\"best\":{\"better\":\"a\",\"strength\":0}}");
    export_label(&x, 1, "{\"best\":{\"better\":\"a\",\"strength\":0}}");
    char *path = tasks_fixture_path(&x.r, "journal/000001.jsonl");
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
    struct export_fixture x;
    export_make(&x, export_pairs);
    export_label(&x, 0, "{}");
    struct lw_export with = {&x.r.project, x.tasks, x.j.journal, x.j.ledger, NULL, refuse, NULL,
        false, NULL, NULL, NULL};
    assert_int_equal(lw_export_run("native", &with, &x.report, &x.err), LW_EFULL);
    assert_string_equal(x.err.text, "the disk is full");
    export_finish(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_single_one_is_told_as_one),
        cmocka_unit_test(test_nothing_labeled),
        cmocka_unit_test(test_questions_and_formats_that_do_not_fit),
        cmocka_unit_test(test_a_damaged_line_costs_one_task),
        cmocka_unit_test(test_a_writer_that_fails_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
