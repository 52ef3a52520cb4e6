/* The file of an export is there whole, or as it was before, whatever fails. */
#define _GNU_SOURCE
#include "labelwright/export/output.h"

#include "fixtures/failing_disk.h"
#include "fixtures/temp_journal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void count_one(void *ctx, const char *name)
{
    *(size_t *)ctx += strcmp(name, ".labelwright") != 0;
}

static size_t count_names(const struct temp_journal *temp)
{
    size_t n = 0;
    assert_int_equal(lw_sys_real.list(&lw_sys_real, temp->dir, count_one, &n), 0);
    return n;
}

static enum lw_code write_it(
    const struct lw_sys *sys, const struct temp_journal *temp, const char *path, const char *text)
{
    const struct lw_project p = {.dir = (char *)(uintptr_t)temp->path, .file = (char *)"none"};
    struct lw_output_opts opts = {.sys = sys, .path = path, .project = &p, .dir = temp->dir};
    struct lw_output *o;
    struct lw_err err = {0};
    enum lw_code code = lw_output_open(&opts, &o, &err);
    if (code != LW_OK)
        return code;
    code = lw_output_write(o, text, strlen(text), &err);
    return lw_output_close(o, code, &err);
}

/* The first export makes the file, the second replaces it under every fault. */
static void replacing_an_export_is_all_or_nothing(void **state)
{
    struct temp_journal *temp = *state;
    bool reached = true;
    struct lw_buf b = {0};
    char *path = lw_format("%s/out", temp->path);
    for (unsigned long at = 1; reached; at++) {
        struct faults f;
        temp_journal_wipe(temp);
        assert_int_equal(write_it(&lw_sys_real, temp, path, "old"), LW_OK);
        faults_init(&f);
        f.how = at % 2 ? FAULT_CRASH : FAULT_ONCE;
        f.half = true;
        f.error = ENOSPC;
        f.fail_at = (at + 1) / 2;
        enum lw_code code = write_it(&f.sys, temp, path, "new text");
        reached = f.calls >= f.fail_at;
        temp_journal_read(temp, "out", &b);
        if (code == LW_OK)
            assert_string_equal(b.data, "new text");
        else
            assert_true(strcmp(b.data, "old") == 0 || strcmp(b.data, "new text") == 0);
        assert_true(f.dead || count_names(temp) == 1);
        faults_fini(&f);
        if (code != LW_OK) /* whichever it is, it is known as an export of ours */
            assert_int_equal(write_it(&lw_sys_real, temp, path, "next"), LW_OK);
    }
    free(path);
    lw_buf_fini(&b);
}

/* Somebody else makes a file of that name while the export is written. */
static void what_came_meanwhile_is_left_alone(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf b = {0};
    struct lw_err err = {0};
    char *path = lw_format("%s/out", temp->path);
    const struct lw_project p = {.dir = temp->path, .file = (char *)"none"};
    struct lw_output_opts opts = {
        .sys = &lw_sys_real, .path = path, .project = &p, .dir = temp->dir, .force = true};
    struct lw_output *o;
    for (int there = 0; there < 2; there++) {
        assert_int_equal(lw_output_open(&opts, &o, &err), LW_OK);
        assert_int_equal(lw_output_write(o, "ours", 4, &err), LW_OK);
        temp_journal_write(temp, "out", there ? "theirs, later" : "theirs", there ? 13 : 6);
        assert_int_equal(lw_output_close(o, LW_OK, &err), LW_EREFUSED);
        lw_err_clear(&err);
        temp_journal_read(temp, "out", &b);
        assert_string_equal(b.data, there ? "theirs, later" : "theirs");
        assert_int_equal(count_names(temp), 1);
    }
    free(path);
    lw_buf_fini(&b);
}

static void the_last_exports_are_known_and_no_more(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf b = {0};
    char *first = lw_format("%s/first", temp->path), *path = lw_format("%s/out", temp->path);
    assert_int_equal(write_it(&lw_sys_real, temp, first, "x"), LW_OK);
    for (int i = 0; i < 205; i++) {
        char *text = lw_format("%d", i);
        assert_int_equal(write_it(&lw_sys_real, temp, path, text), LW_OK);
        free(text);
    }
    temp_journal_read(temp, ".labelwright/exports", &b);
    assert_int_equal(b.len, 200 * 130);
    assert_int_equal(write_it(&lw_sys_real, temp, path, "last"), LW_OK);
    assert_int_equal(write_it(&lw_sys_real, temp, first, "x"), LW_EREFUSED);
    free(first);
    free(path);
    lw_buf_fini(&b);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, temp_journal_setup, temp_journal_teardown)
    const struct CMUnitTest tests[] = {
        T(replacing_an_export_is_all_or_nothing),
        T(what_came_meanwhile_is_left_alone),
        T(the_last_exports_are_known_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
