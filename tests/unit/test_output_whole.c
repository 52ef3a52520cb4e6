/* What a user names for an export is there whole, or as it was, whatever fails. */
#define _GNU_SOURCE
#include "labelwright/export/output.h"

#include "faults.h"
#include "lab.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void count_one(void *ctx, const char *name)
{
    *(size_t *)ctx += strcmp(name, ".labelwright") != 0;
}

static size_t count_names(const struct lab *lab)
{
    size_t n = 0;
    assert_int_equal(lw_sys_real.list(&lw_sys_real, lab->dir, count_one, &n), 0);
    return n;
}

static enum lw_code write_it(
    const struct lw_sys *sys, const struct lab *lab, const char *path, const char *text)
{
    const struct lw_project p = {.dir = (char *)(uintptr_t)lab->path, .file = (char *)"none"};
    struct lw_output_opts opts = {.sys = sys, .path = path, .project = &p, .dir = lab->dir};
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
    struct lab *lab = *state;
    bool reached = true;
    struct lw_buf b = {0};
    char *path = lw_format("%s/out", lab->path);
    for (unsigned long at = 1; reached; at++) {
        struct faults f;
        lab_wipe(lab);
        assert_int_equal(write_it(&lw_sys_real, lab, path, "old"), LW_OK);
        faults_init(&f);
        f.how = at % 2 ? FAULT_CRASH : FAULT_ONCE;
        f.half = true;
        f.error = ENOSPC;
        f.fail_at = (at + 1) / 2;
        enum lw_code code = write_it(&f.sys, lab, path, "new text");
        reached = f.calls >= f.fail_at;
        lab_read(lab, "out", &b);
        if (code == LW_OK)
            assert_string_equal(b.data, "new text");
        else
            assert_true(strcmp(b.data, "old") == 0 || strcmp(b.data, "new text") == 0);
        assert_true(f.dead || count_names(lab) == 1);
        faults_fini(&f);
        if (code != LW_OK) /* whichever it is, it is known as an export of ours */
            assert_int_equal(write_it(&lw_sys_real, lab, path, "next"), LW_OK);
    }
    free(path);
    lw_buf_fini(&b);
}

/* Somebody else makes a file of that name while the export is written. */
static void what_came_meanwhile_is_left_alone(void **state)
{
    struct lab *lab = *state;
    struct lw_buf b = {0};
    struct lw_err err = {0};
    char *path = lw_format("%s/out", lab->path);
    const struct lw_project p = {.dir = lab->path, .file = (char *)"none"};
    struct lw_output_opts opts = {
        .sys = &lw_sys_real, .path = path, .project = &p, .dir = lab->dir, .force = true};
    struct lw_output *o;
    for (int there = 0; there < 2; there++) {
        assert_int_equal(lw_output_open(&opts, &o, &err), LW_OK);
        assert_int_equal(lw_output_write(o, "ours", 4, &err), LW_OK);
        lab_write(lab, "out", there ? "theirs, later" : "theirs", there ? 13 : 6);
        assert_int_equal(lw_output_close(o, LW_OK, &err), LW_EREFUSED);
        lw_err_clear(&err);
        lab_read(lab, "out", &b);
        assert_string_equal(b.data, there ? "theirs, later" : "theirs");
        assert_int_equal(count_names(lab), 1);
    }
    free(path);
    lw_buf_fini(&b);
}

static void the_last_exports_are_known_and_no_more(void **state)
{
    struct lab *lab = *state;
    struct lw_buf b = {0};
    char *first = lw_format("%s/first", lab->path), *path = lw_format("%s/out", lab->path);
    assert_int_equal(write_it(&lw_sys_real, lab, first, "x"), LW_OK);
    for (int i = 0; i < 205; i++) {
        char *text = lw_format("%d", i);
        assert_int_equal(write_it(&lw_sys_real, lab, path, text), LW_OK);
        free(text);
    }
    lab_read(lab, ".labelwright/exports", &b);
    assert_int_equal(b.len, 200 * 130);
    assert_int_equal(write_it(&lw_sys_real, lab, path, "last"), LW_OK);
    assert_int_equal(write_it(&lw_sys_real, lab, first, "x"), LW_EREFUSED);
    free(first);
    free(path);
    lw_buf_fini(&b);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, lab_setup, lab_teardown)
    const struct CMUnitTest tests[] = {
        T(replacing_an_export_is_all_or_nothing),
        T(what_came_meanwhile_is_left_alone),
        T(the_last_exports_are_known_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
