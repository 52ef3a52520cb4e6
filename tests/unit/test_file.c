/* Whole files: limits, kinds, and replacing under faults. */
#define _GNU_SOURCE
#include "labelwright/base/file.h"
#include "labelwright/text/utf8.h"

#include "fixtures/failing_disk.h"
#include "fixtures/temp_journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum lw_code read_it(
    const struct temp_journal *temp, const char *name, size_t limit, size_t *len)
{
    struct lw_buf b = {0};
    enum lw_code code = lw_file_read(&lw_sys_real, temp->dir, name, NULL, limit, &b, NULL);
    *len = b.len;
    lw_buf_fini(&b);
    return code;
}

static void reading_has_a_limit(void **state)
{
    size_t n;
    temp_journal_write(*state, "f", "0123456789", 10);
    assert_int_equal(read_it(*state, "f", 10, &n), LW_OK);
    assert_int_equal(n, 10);
    assert_int_equal(read_it(*state, "f", 9, &n), LW_EBAD);
    assert_int_equal(read_it(*state, "none", 9, &n), LW_EABSENT);
}

static void only_regular_files_are_read(void **state)
{
    struct temp_journal *temp = *state;
    size_t n;
    assert_int_equal(mkdirat(temp->dir, "folder", 0700), 0);
    assert_int_equal(mkfifoat(temp->dir, "fifo", 0600), 0);
    assert_int_equal(read_it(temp, "folder", 100, &n), LW_EBAD);
    assert_int_equal(read_it(temp, "fifo", 100, &n), LW_EBAD);
}

static void reading_exactly(void **state)
{
    struct temp_journal *temp = *state;
    char to[8];
    temp_journal_write(temp, "f", "0123456789", 10);
    int fd = openat(temp->dir, "f", O_RDONLY);
    assert_int_equal(lw_pread_all(&lw_sys_real, fd, to, 4, 6, NULL), LW_OK);
    assert_memory_equal(to, "6789", 4);
    assert_int_equal(lw_pread_all(&lw_sys_real, fd, to, 5, 6, NULL), LW_EBAD);
    close(fd);
}

static void count_one(void *ctx, const char *name)
{
    (void)name;
    ++*(size_t *)ctx;
}

static size_t count_names(const struct temp_journal *temp)
{
    size_t n = 0;
    assert_int_equal(lw_sys_real.list(&lw_sys_real, temp->dir, count_one, &n), 0);
    return n;
}

static enum lw_code own(const struct temp_journal *temp, const char *name)
{
    struct stat st;
    int fd;
    enum lw_code code =
        lw_file_open_own(&lw_sys_real, temp->dir, name, NULL, O_RDWR, &fd, &st, NULL);
    assert_true((fd >= 0) == (code == LW_OK));
    if (fd >= 0)
        close(fd);
    return code;
}

static void only_a_file_with_one_name_is_written(void **state)
{
    struct temp_journal *temp = *state;
    temp_journal_write(temp, "f", "text", 4);
    assert_int_equal(own(temp, "f"), LW_OK);
    assert_int_equal(own(temp, "none"), LW_EABSENT);
    assert_int_equal(symlinkat("f", temp->dir, "soft"), 0);
    assert_int_equal(own(temp, "soft"), LW_EREFUSED);
    assert_int_equal(linkat(temp->dir, "f", temp->dir, "hard", 0), 0);
    assert_int_equal(own(temp, "f"), LW_EREFUSED);
    assert_int_equal(own(temp, "hard"), LW_EREFUSED);
    assert_int_equal(mkfifoat(temp->dir, "fifo", 0600), 0);
    assert_int_equal(own(temp, "fifo"), LW_EREFUSED);
}

/* A file with the name, or with a name that temporary files once had, is not written into. */
static void replacing_touches_no_other_file(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf b = {0};
    temp_journal_write(temp, "precious", "mine", 4);
    assert_int_equal(linkat(temp->dir, "precious", temp->dir, "f", 0), 0);
    assert_int_equal(linkat(temp->dir, "precious", temp->dir, "f.tmp", 0), 0);
    assert_int_equal(lw_file_replace(&lw_sys_real, temp->dir, "f", "new", 3, true, NULL), LW_OK);
    temp_journal_read(temp, "precious", &b);
    assert_string_equal(b.data, "mine");
    temp_journal_read(temp, "f", &b);
    assert_string_equal(b.data, "new");
    unlinkat(temp->dir, "f.tmp", 0);
    unlinkat(temp->dir, "f", 0);
    assert_int_equal(mkfifoat(temp->dir, "f.tmp", 0600), 0); /* nobody reads: opening would wait */
    assert_int_equal(mkfifoat(temp->dir, "f", 0600), 0);
    assert_int_equal(lw_file_replace(&lw_sys_real, temp->dir, "f", "new", 3, true, NULL), LW_OK);
    temp_journal_read(temp, "f", &b);
    assert_string_equal(b.data, "new");
    lw_buf_fini(&b);
}

static void a_name_may_stand_for_another_file(void **state)
{
    struct temp_journal *temp = *state;
    struct stat st;
    temp_journal_write(temp, "f", "text", 4);
    int fd = openat(temp->dir, "f", O_RDONLY);
    assert_int_equal(lw_file_is_at(&lw_sys_real, temp->dir, "f", fd, &st), LW_OK);
    assert_int_equal(st.st_size, 4);
    assert_int_equal(renameat(temp->dir, "f", temp->dir, "h"), 0);
    assert_int_equal(lw_file_is_at(&lw_sys_real, temp->dir, "f", fd, &st), LW_EABSENT);
    temp_journal_write(temp, "f", "text", 4);
    assert_int_equal(lw_file_is_at(&lw_sys_real, temp->dir, "f", fd, &st), LW_EREFUSED);
    close(fd);
}

static void a_file_beyond_the_limit_is_not_read(void **state)
{
    struct temp_journal *temp = *state;
    struct faults f;
    struct lw_buf b = {0};
    faults_init(&f);
    temp_journal_write(temp, "f", "", 0);
    int fd = openat(temp->dir, "f", O_WRONLY);
    assert_int_equal(ftruncate(fd, (off_t)50 << 30), 0); /* a hole, which is no work to make */
    close(fd);
    assert_int_equal(lw_file_read(&f.sys, temp->dir, "f", NULL, 1 << 20, &b, NULL), LW_EBAD);
    assert_int_equal(b.len, 0);
    lw_buf_fini(&b);
    faults_fini(&f);
}

/* After any failure and any loss of power: the old file or the new one, never anything else. */
static void replacing_is_all_or_nothing(void **state)
{
    struct temp_journal *temp = *state;
    bool reached = true;
    struct lw_buf b = {0};
    for (unsigned long at = 1; reached; at++) {
        struct faults f;
        temp_journal_wipe(temp);
        temp_journal_write(temp, "f", "old", 3);
        faults_init(&f);
        f.how = at % 2 ? FAULT_CRASH : FAULT_ONCE;
        f.half = true;
        f.error = ENOSPC;
        f.fail_at = (at + 1) / 2;
        enum lw_code code = lw_file_replace(&f.sys, temp->dir, "f", "new text", 8, true, NULL);
        reached = f.calls >= f.fail_at;
        temp_journal_read(temp, "f", &b);
        if (code == LW_OK)
            assert_string_equal(b.data, "new text");
        else
            assert_true(strcmp(b.data, "old") == 0 || strcmp(b.data, "new text") == 0);
        assert_true(f.dead || count_names(temp) == 1);
        faults_fini(&f);
    }
    lw_buf_fini(&b);
}

/* Other names of a file, links and FIFOs that lie where a temporary file might go. */
static void a_temporary_file_is_always_a_new_one(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf b = {0};
    char *temporary[2] = {NULL};
    int fd[2];
    temp_journal_write(temp, "mine", "precious", 8);
    assert_int_equal(linkat(temp->dir, "mine", temp->dir, "f.tmp", 0), 0);
    assert_int_equal(lw_file_replace(&lw_sys_real, temp->dir, "f", "x", 1, true, NULL), LW_OK);
    temp_journal_read(temp, "mine", &b);
    assert_string_equal(b.data, "precious");
    assert_true(temp_journal_has(temp, "f.tmp"));
    for (int i = 0; i < 2; i++)
        assert_int_equal(
            lw_file_fresh(&lw_sys_real, temp->dir, "f", &temporary[i], &fd[i], NULL), LW_OK);
    assert_string_not_equal(temporary[0], temporary[1]);
    for (int i = 0; i < 2; i++) {
        struct stat st;
        assert_int_equal(fstat(fd[i], &st), 0);
        assert_int_equal(st.st_mode, S_IFREG | 0600);
        assert_true(temp_journal_has(temp, temporary[i]));
        close(fd[i]);
        free(temporary[i]);
    }
    lw_buf_fini(&b);
}

static void a_long_name_leaves_room_for_the_temporary_one(void **state)
{
    struct temp_journal *temp = *state;
    char name[256] = {0}, *temporary;
    int fd;
    for (int i = 0; i < 85; i++)
        memcpy(name + 3 * i, "\xe2\x82\xac", 3);
    assert_int_equal(lw_file_fresh(&lw_sys_real, temp->dir, name, &temporary, &fd, NULL), LW_OK);
    assert_true(strlen(temporary) < 255);
    assert_true(lw_utf8_valid(temporary, strlen(temporary), NULL));
    close(fd);
    free(temporary);
    assert_int_equal(lw_file_replace(&lw_sys_real, temp->dir, name, "x", 1, true, NULL), LW_OK);
    assert_true(temp_journal_has(temp, name));
}

static void replacing_syncs_before_it_renames(void **state)
{
    struct temp_journal *temp = *state;
    struct faults f;
    enum fault_call order[3] = {CALL_fdatasync, CALL_renameat, CALL_fsync};
    faults_init(&f);
    assert_int_equal(lw_file_replace(&f.sys, temp->dir, "f", "x", 1, true, NULL), LW_OK);
    size_t at = 0;
    for (size_t i = 0; i < f.n_traces && at < 3; i++)
        at += f.trace[i].call == order[at] && f.trace[i].ok;
    assert_int_equal(at, 3);
    faults_fini(&f);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, temp_journal_setup, temp_journal_teardown)
    const struct CMUnitTest tests[] = {
        T(reading_has_a_limit),
        T(only_regular_files_are_read),
        T(reading_exactly),
        T(only_a_file_with_one_name_is_written),
        T(replacing_touches_no_other_file),
        T(a_name_may_stand_for_another_file),
        T(a_file_beyond_the_limit_is_not_read),
        T(replacing_is_all_or_nothing),
        T(a_temporary_file_is_always_a_new_one),
        T(a_long_name_leaves_room_for_the_temporary_one),
        T(replacing_syncs_before_it_renames),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
