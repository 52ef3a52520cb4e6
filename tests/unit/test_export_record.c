/* Where the records of labels are now, when the task files changed after labeling. */
#define _GNU_SOURCE
#include "fixtures/export_fixture.h"

#define TASK(id, text) "{\"id\":\"" id "\",\"prompt\":\"P\",\"responses\":[\"" text "\",\"-\"]}\n"
#define BEST "{\"best\":{\"better\":\"r1\",\"strength\":0}}"

static void rewrite(struct export_fixture *x, const char *lines)
{
    tasks_fixture_write(&x->r, "a.jsonl", lines);
    export_open_tasks(x);
}

/* "task record record_now" of each native line, as they come. */
static void expect_places(struct export_fixture *x, const char *wanted)
{
    struct lw_buf b = {0};
    assert_int_equal(export_as(x, "native", NULL), LW_OK);
    for (size_t i = 0; i < x->report.written; i++) {
        json_t *line = export_line_of(x, i, x->report.written);
        lw_buf_fmt(&b, "%s %s %lld %s\n", json_string_value(json_object_get(line, "task")),
            json_string_value(json_object_get(line, "file")),
            (long long)json_integer_value(json_object_get(line, "record")),
            json_string_value(json_object_get(line, "record_now")));
        json_decref(line);
    }
    assert_string_equal(b.data, wanted);
    lw_buf_clear(&b);
    assert_int_equal(export_as(x, "csv", NULL), LW_OK);
    for (const char *s = strstr(x->out.data, "\r\n") + 2; *s; s = strstr(s, "\r\n") + 2) {
        int n = (int)strcspn(s, ","), f = n + 1 + (int)strcspn(s + n + 1, ",");
        int r = f + 1 + (int)strcspn(s + f + 1, ","), e = r + 1 + (int)strcspn(s + r + 1, ",");
        lw_buf_fmt(&b, "%.*s %.*s %.*s %.*s\n", n, s, f - n - 1, s + n + 1, r - f - 1, s + f + 1,
            e - r - 1, s + r + 1);
    }
    assert_string_equal(b.data, wanted);
    lw_buf_fini(&b);
}

static void a_line_inserted_on_top_moves_the_others(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, TASK("t1", "A") TASK("t2", "B"));
    export_label(&x, 0, BEST);
    export_label(&x, 1, NULL);
    expect_places(&x, "t1 a.jsonl 1 same\nt2 a.jsonl 2 same\n");
    rewrite(&x, TASK("t0", "new") TASK("t1", "A") TASK("t2", "B"));
    expect_places(&x, "t1 a.jsonl 2 same\nt2 a.jsonl 3 same\n");
    EXPECT_LOSSES(&x, LOST(MISSING) = 0);
    export_finish(&x);
}

static void what_changed_or_went_is_marked_and_counted(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, TASK("t1", "A") TASK("t2", "B") TASK("t3", "C"));
    for (size_t i = 0; i < 3; i++)
        export_label(&x, i, BEST);
    rewrite(&x, TASK("t3", "C") TASK("t1", "A, mended"));
    expect_places(&x, "t3 a.jsonl 1 same\nt1 a.jsonl 2 changed\nt2 a.jsonl 2 missing\n");
    EXPECT_LOSSES(&x, LOST(MISSING) = 1, LOST(ALTERED) = 1);
    lw_tasks_close(x.tasks); /* no task file can be read */
    x.tasks = NULL;
    expect_places(&x, "t1 a.jsonl 1 missing\nt2 a.jsonl 2 missing\nt3 a.jsonl 3 missing\n");
    EXPECT_LOSSES(&x, LOST(MISSING) = 3);
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_EABSENT);
    export_finish(&x);
}

/* By its content, whatever number its id has got. */
static void swapped_duplicates_are_found(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, TASK("t", "A") TASK("t", "B"));
    export_label(&x, 0, BEST);
    export_label(&x, 1, "{\"best\":{\"better\":\"r2\",\"strength\":0}}");
    rewrite(&x, TASK("t", "new") TASK("t", "B") TASK("t", "A"));
    expect_places(&x, "t a.jsonl 3 same\nt~2 a.jsonl 2 same\n");
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_OK);
    EXPECT_LOSSES(&x, LOST(CHANGED) = 0);
    export_expect(
        export_line_of(&x, 0, 2), "{\"prompt\":\"P\",\"chosen\":\"A\",\"rejected\":\"-\"}");
    export_expect(
        export_line_of(&x, 1, 2), "{\"prompt\":\"P\",\"chosen\":\"-\",\"rejected\":\"B\"}");
    rewrite(&x, TASK("t", "new") TASK("t", "A"));
    expect_places(&x, "t a.jsonl 2 same\nt~2 a.jsonl 2 changed\n");
    export_finish(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_inserted_on_top_moves_the_others),
        cmocka_unit_test(what_changed_or_went_is_marked_and_counted),
        cmocka_unit_test(swapped_duplicates_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
