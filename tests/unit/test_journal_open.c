/* Opening a journal: who may write it, who may only read it, what is refused and what is
 * repaired. */
#define _GNU_SOURCE
#include "fixtures/temp_journal.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SEGMENT "journal/000001.jsonl"

static enum lw_code try_open(
    const struct temp_journal *temp, bool read_only, const char *annotator, struct lw_err *err)
{
    struct lw_journal_opts o = temp_journal_opts(temp, NULL);
    struct lw_journal *j;
    o.read_only = read_only;
    o.annotator = annotator;
    memset(err, 0, sizeof *err);
    enum lw_code code = lw_journal_open(&o, &j, err);
    lw_journal_close(j);
    return code;
}

static void second_opener_reads_and_knows_the_owner(void **state)
{
    const struct temp_journal *temp = *state;
    struct lw_journal *first = temp_journal_journal(temp, NULL);
    struct temp_journal_log log = {0};
    struct lw_journal *second = temp_journal_journal(temp, &log);
    char pid[32];
    snprintf(pid, sizeof pid, "pid %ld on ", (long)getpid());
    assert_int_equal(lw_journal_mode(second), LW_JOURNAL_READ_ONLY);
    assert_non_null(strstr(lw_journal_owner(second), pid));
    const char *since = strstr(lw_journal_owner(second), ", since ");
    int hour, minute, end = 0;
    assert_non_null(since);
    assert_int_equal(sscanf(since, ", since %2d:%2d%n", &hour, &minute, &end), 2);
    assert_string_equal(since + end, "");
    assert_int_equal(log.n, 1);
    assert_int_equal(temp_journal_annotate(second, "t", "n", NULL, NULL), LW_EBUSY);
    lw_journal_close(second);
    assert_int_equal(temp_journal_annotate(first, "t", "n", NULL, NULL), LW_OK);
    lw_journal_close(first);
    struct lw_journal *third = temp_journal_journal(temp, NULL);
    assert_int_equal(lw_journal_mode(third), LW_JOURNAL_WRITABLE);
    lw_journal_close(third);
    temp_journal_log_fini(&log);
}

static void lock_survives_closing_the_lock_file_elsewhere(void **state)
{
    const struct temp_journal *temp = *state;
    struct lw_journal *first = temp_journal_journal(temp, NULL);
    close(openat(temp->dir, "journal/lock", O_RDWR));
    struct lw_journal *second = temp_journal_journal(temp, NULL);
    lw_journal_close(second);
    struct lw_journal *third = temp_journal_journal(temp, NULL);
    assert_int_equal(lw_journal_mode(third), LW_JOURNAL_READ_ONLY);
    lw_journal_close(third);
    lw_journal_close(first);
    assert_true(temp_journal_has(temp, "journal/lock"));
}

static void reader_ignores_a_line_being_written(void **state)
{
    const struct temp_journal *temp = *state;
    struct temp_journal_log log = {0};
    struct lw_journal_opts o = temp_journal_opts(temp, &log);
    struct lw_journal *j;
    temp_journal_fill(temp, 1);
    temp_journal_add(temp, SEGMENT, "{\"v\":1,", 7);
    o.read_only = true;
    assert_int_equal(lw_journal_open(&o, &j, NULL), LW_OK);
    assert_int_equal(log.n, 2);
    assert_false(temp_journal_has(temp, SEGMENT ".torn"));
    lw_journal_close(j);
    temp_journal_log_fini(&log);
}

static void reader_without_a_journal(void **state)
{
    struct lw_err err;
    assert_int_equal(try_open(*state, true, NULL, &err), LW_EABSENT);
    assert_false(temp_journal_has(*state, "journal"));
}

static void whose_journal_it_is_can_be_asked_without_reading_it(void **state)
{
    struct temp_journal *temp = *state;
    assert_null(lw_journal_find_annotator(&lw_sys_real, temp->dir, "journal"));
    temp_journal_fill(temp, 1);
    char *who = lw_journal_find_annotator(&lw_sys_real, temp->dir, "journal");
    assert_string_equal(who, "maria");
    free(who);
    struct lw_buf text = {0};
    temp_journal_read(temp, SEGMENT, &text);
    text.data[100] ^= 1;
    temp_journal_write(temp, SEGMENT, text.data, text.len);
    assert_null(lw_journal_find_annotator(&lw_sys_real, temp->dir, "journal"));
    lw_buf_fini(&text);
}

static void another_annotators_journal(void **state)
{
    struct lw_err err;
    temp_journal_fill(*state, 1);
    assert_int_equal(try_open(*state, false, "joan", &err), LW_EBAD);
    assert_non_null(strstr(err.text, "maria"));
    assert_non_null(strstr(err.text, "journal-joan"));
    assert_int_equal(try_open(*state, true, NULL, &err), LW_OK);
}

static void folder_that_holds_no_journal(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_err err;
    assert_int_equal(mkdirat(temp->dir, "journal", 0700), 0);
    temp_journal_write(temp, SEGMENT, "hello\nworld\n", 12);
    assert_int_equal(try_open(temp, false, "maria", &err), LW_EBAD);
}

static void symlinks_are_refused(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_err err;
    temp_journal_fill(temp, 1);
    assert_int_equal(renameat(temp->dir, SEGMENT, temp->dir, "elsewhere"), 0);
    assert_int_equal(symlinkat("../elsewhere", temp->dir, SEGMENT), 0);
    assert_int_equal(try_open(temp, false, "maria", &err), LW_EREFUSED);
    assert_non_null(strstr(err.text, "symbolic link"));
    assert_int_equal(try_open(temp, true, "maria", &err), LW_EREFUSED);
    unlinkat(temp->dir, SEGMENT, 0);
    assert_int_equal(mkfifoat(temp->dir, SEGMENT, 0600), 0);
    assert_int_equal(try_open(temp, false, "maria", &err), LW_EREFUSED);
    temp_journal_wipe(temp);
    assert_int_equal(mkdirat(temp->dir, "other", 0700), 0);
    assert_int_equal(symlinkat("other", temp->dir, "journal"), 0);
    assert_int_equal(try_open(temp, false, "maria", &err), LW_EREFUSED);
}

static void modes_are_repaired_with_a_note(void **state)
{
    struct temp_journal *temp = *state;
    temp_journal_fill(temp, 1);
    assert_int_equal(temp_journal_mode(temp, SEGMENT), 0600);
    assert_int_equal(temp_journal_mode(temp, "journal"), 0700);
    assert_int_equal(temp_journal_mode(temp, "journal/lock"), 0600);
    assert_int_equal(fchmodat(temp->dir, SEGMENT, 0664, 0), 0);
    assert_int_equal(fchmodat(temp->dir, "journal", 0755, 0), 0);
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    assert_true(temp_journal_noted(j, "0600"));
    assert_true(temp_journal_noted(j, "0700"));
    assert_int_equal(temp_journal_mode(temp, SEGMENT), 0600);
    assert_int_equal(temp_journal_mode(temp, "journal"), 0700);
    lw_journal_close(j);
}

/* Whoever has the other name finds there what was there: text, length and mode. */
static void a_segment_with_a_second_name_becomes_a_copy(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf was = {0}, is = {0};
    temp_journal_fill(temp, 2);
    assert_int_equal(fchmodat(temp->dir, SEGMENT, 0664, 0), 0);
    assert_int_equal(linkat(temp->dir, SEGMENT, temp->dir, "second", 0), 0);
    temp_journal_read(temp, "second", &was);
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    assert_true(temp_journal_noted(j, "hard link"));
    assert_int_equal(temp_journal_annotate(j, "t", "n", NULL, NULL), LW_OK);
    lw_journal_close(j);
    temp_journal_read(temp, "second", &is);
    assert_string_equal(is.data, was.data);
    assert_int_equal(temp_journal_mode(temp, "second"), 0664);
    assert_int_equal(temp_journal_mode(temp, SEGMENT), 0600);
    temp_journal_read(temp, SEGMENT, &is);
    assert_memory_equal(is.data, was.data, was.len);
    assert_true(is.len > was.len);
    assert_string_equal(temp_journal_verify(temp).first_damage, "");
    lw_buf_fini(&was);
    lw_buf_fini(&is);
}

static void a_lock_with_a_second_name_is_not_written(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf text = {0};
    struct lw_err err;
    temp_journal_fill(temp, 1);
    temp_journal_write(temp, "diary", "dear diary", 10);
    unlinkat(temp->dir, "journal/lock", 0);
    assert_int_equal(linkat(temp->dir, "diary", temp->dir, "journal/lock", 0), 0);
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    assert_int_equal(try_open(temp, false, "maria", &err), LW_OK); /* and it is a lock */
    struct lw_journal_opts o = temp_journal_opts(temp, NULL);
    struct lw_journal *second;
    assert_int_equal(lw_journal_open(&o, &second, NULL), LW_OK);
    assert_int_equal(lw_journal_mode(second), LW_JOURNAL_READ_ONLY);
    assert_non_null(strstr(lw_journal_owner(second), "pid "));
    lw_journal_close(second);
    lw_journal_close(j);
    temp_journal_read(temp, "diary", &text);
    assert_string_equal(text.data, "dear diary");
    lw_buf_fini(&text);
}

/* Runs `f` in a child without root's rights; the child's folder is the temp, given to it. */
static void as_nobody(struct temp_journal *temp, int (*f)(struct temp_journal *temp))
{
    enum { NOBODY = 65534 };
    pid_t child = fork();
    if (child == 0) {
        if (setresgid(NOBODY, NOBODY, NOBODY) != 0 || setresuid(NOBODY, NOBODY, NOBODY) != 0)
            _exit(99);
        _exit(f(temp));
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static int nobody_is_refused(struct temp_journal *temp)
{
    struct lw_err err;
    return try_open(temp, false, "maria", &err) != LW_EREFUSED || !strstr(err.text, "another user");
}

static void strangers_journal_is_refused(void **state)
{
    struct temp_journal *temp = *state;
    if (geteuid() != 0) {
        print_message("SKIPPED: needs root to become another user\n");
        skip();
    }
    temp_journal_fill(temp, 1);
    assert_int_equal(fchmod(temp->dir, 0755), 0);
    assert_int_equal(fchmodat(temp->dir, "journal", 0755, 0), 0);
    assert_int_equal(fchmodat(temp->dir, SEGMENT, 0644, 0), 0);
    as_nobody(temp, nobody_is_refused);
}

static int nobody_reads_what_cannot_be_written(struct temp_journal *temp)
{
    struct lw_journal_opts o = temp_journal_opts(temp, NULL);
    struct lw_journal *j;
    struct lw_err err = {0};
    if (lw_journal_open(&o, &j, &err) != LW_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    int bad = lw_journal_mode(j) != LW_JOURNAL_READ_ONLY || lw_journal_owner(j) != NULL ||
              !temp_journal_noted(j, "View only: the journal cannot be written");
    lw_journal_close(j);
    return bad;
}

static void own_journal_that_cannot_be_written_is_read(void **state)
{
    struct temp_journal *temp = *state;
    if (geteuid() != 0) {
        print_message("SKIPPED: needs root to become another user\n");
        skip();
    }
    temp_journal_fill(temp, 1);
    assert_int_equal(fchmod(temp->dir, 0755), 0);
    assert_int_equal(unlinkat(temp->dir, "journal/lock", 0), 0);
    assert_int_equal(fchownat(temp->dir, SEGMENT, 65534, 65534, 0), 0);
    assert_int_equal(fchownat(temp->dir, "journal", 65534, 65534, 0), 0);
    assert_int_equal(fchmodat(temp->dir, "journal", 0500, 0), 0);
    as_nobody(temp, nobody_reads_what_cannot_be_written);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, temp_journal_setup, temp_journal_teardown)
    const struct CMUnitTest tests[] = {
        T(second_opener_reads_and_knows_the_owner),
        T(lock_survives_closing_the_lock_file_elsewhere),
        T(reader_ignores_a_line_being_written),
        T(reader_without_a_journal),
        T(whose_journal_it_is_can_be_asked_without_reading_it),
        T(another_annotators_journal),
        T(folder_that_holds_no_journal),
        T(symlinks_are_refused),
        T(modes_are_repaired_with_a_note),
        T(a_segment_with_a_second_name_becomes_a_copy),
        T(a_lock_with_a_second_name_is_not_written),
        T(strangers_journal_is_refused),
        T(own_journal_that_cannot_be_written_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
