/* The sample math-steps in the formats for steps: what must come of its recorded keys. Its labels
 * themselves are test_samples.c's. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"
#include "labelwright/export/export.h"

static struct app_fixture p;

static size_t labeled(void)
{
    return (size_t)lw_ledger_totals(p.w.ledger).done;
}

static enum lw_code keep(void *to, const char *bytes, size_t n, struct lw_err *err)
{
    (void)err;
    lw_buf_add(to, bytes, n);
    return LW_OK;
}

static json_t *exported(const char *format, struct lw_export_report *report)
{
    struct lw_buf out = {0};
    struct lw_err err = {0};
    struct lw_export x = {.project = p.w.project,
        .tasks = p.w.tasks,
        .journal = p.w.journal,
        .ledger = p.w.ledger,
        .write = keep,
        .ctx = &out};
    if (lw_export_run(format, &x, report, &err) != LW_OK)
        fail_msg("%s", err.text);
    json_t *lines = json_array();
    for (const char *s = out.data, *end; s && (end = strchr(s, '\n')); s = end + 1)
        json_array_append_new(lines, json_loadb(s, (size_t)(end - s), 0, NULL));
    lw_buf_fini(&out);
    return lines;
}

static void expect(const json_t *v, const char *json)
{
    json_t *want = json_loads(json, JSON_DECODE_ANY, NULL);
    if (!json_equal(v, want)) {
        char *is = json_dumps(v, JSON_ENCODE_ANY);
        fail_msg("\n  got  %s\n  want %s", is, json);
    }
    json_decref(want);
}

/* The keys with which test_samples.c labels it, up to the line of dashes. */
static void press_recorded(const char *source)
{
    char line[512], *path = lw_format("%s/tests/screens/samples/math-steps.txt", source);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f) && strcmp(line, "----\n") != 0) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '#')
            app_fixture_press(&p, line);
    }
    fclose(f);
    free(path);
}

static void label_all(void)
{
    const char *source = getenv("LW_SOURCE");
    char *folder = lw_format("%s/samples/math-steps", source ? source : ".");
    app_fixture_copy(&p, folder);
    app_fixture_open(&p);
    press_recorded(source ? source : ".");
    assert_int_equal(labeled(), 11);
    free(folder);
}

static void expect_stepwise(void)
{
    struct lw_export_report r;
    json_t *lines = exported("trl-stepwise", &r);
    assert_int_equal(r.written, 11);
    expect(json_object_get(json_array_get(lines, 1), "labels"), "[true, true, true, false]");
    expect(json_object_get(json_array_get(lines, 2), "labels"),
        "[true, true, true, true, true, true, true]");
    expect(json_object_get(json_array_get(lines, 9), "labels"), "[true, true]");
    assert_int_equal(r.lost[LW_LOSS_NEUTRAL_GOOD], 3);
    assert_int_equal(r.lost[LW_LOSS_WORDING], 3);
    json_decref(lines);
}

static void expect_prm800k(void)
{
    struct lw_export_report r;
    json_t *lines = exported("prm800k", &r), *last = json_array_get(lines, 10);
    assert_int_equal(r.written, 11);
    size_t n;
    char *was = app_fixture_read(&p, "prm800k.json", &n);
    json_t *record = json_loadb(was, n, 0, NULL), *label = json_object_get(record, "label");
    json_object_set(
        label, "total_time", json_object_get(json_object_get(last, "label"), "total_time"));
    assert_true(json_equal(last, record));
    expect(json_object_get(json_object_get(json_array_get(lines, 9), "label"), "finish_reason"),
        "\"give_up\"");
    assert_int_equal(r.lost[LW_LOSS_UNSURE], 1);
    json_decref(record);
    json_decref(lines);
    free(was);
}

static void the_sample_is_labeled_by_its_keys_and_exported(void **state)
{
    (void)state;
    label_all();
    expect_stepwise();
    expect_prm800k();
    app_fixture_end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_is_labeled_by_its_keys_and_exported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
