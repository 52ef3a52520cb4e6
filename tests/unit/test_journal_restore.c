/* What other programs do to the files of an open journal, and how no label is lost by it. */
#define _GNU_SOURCE
#include "fixtures/temp_journal.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SEGMENT "journal/000001.jsonl"

/* All of it reads well, and the last label too. */
static void is_whole(struct temp_journal *temp, struct lw_journal *j, int events)
{
    struct lw_event e;
    struct lw_mark head = lw_journal_head(j);
    assert_int_equal(temp_journal_annotate(j, "last", "n", &e, NULL), LW_OK);
    assert_int_equal(lw_journal_mode(j), LW_JOURNAL_WRITABLE);
    assert_int_equal(e.seq, head.seq + 1);
    struct lw_verdict v = temp_journal_verify(temp);
    assert_string_equal(v.first_damage, "");
    assert_int_equal(v.events, events);
    assert_string_equal(v.head, e.hash);
}

static void a_deleted_segment_is_restored(void **state)
{
    struct temp_journal *temp = *state;
    temp_journal_fill(temp, 2);
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    assert_int_equal(temp_journal_annotate(j, "t", "n", NULL, NULL), LW_OK);
    unlinkat(temp->dir, SEGMENT, 0);
    is_whole(temp, j, 5);
    assert_true(temp_journal_noted(j, "Journal restored"));
    assert_int_equal(temp_journal_mode(temp, SEGMENT), 0600);
    lw_journal_close(j);
}

/* As an editor does that was opened before the last labels, and as `git checkout` does. */
static void a_replaced_segment_is_restored_and_the_other_kept(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf old = {0}, kept = {0};
    temp_journal_fill(temp, 2);
    temp_journal_read(temp, SEGMENT, &old);
    for (int i = 0; i < 2; i++) {
        struct lw_journal *j = temp_journal_journal(temp, NULL);
        assert_int_equal(temp_journal_annotate(j, "t", "n", NULL, NULL), LW_OK);
        temp_journal_write(temp, "edited", old.data, old.len);
        assert_int_equal(renameat(temp->dir, "edited", temp->dir, SEGMENT), 0);
        is_whole(temp, j, 5 + 2 * i);
        assert_true(temp_journal_noted(j, i ? ".replaced.2" : ".replaced"));
        lw_journal_close(j);
    }
    temp_journal_read(temp, SEGMENT ".replaced.2", &kept);
    assert_string_equal(kept.data, old.data);
    lw_buf_fini(&old);
    lw_buf_fini(&kept);
}

/* An editor that writes into the file it found, with the text that it read earlier. */
static void a_segment_cut_in_place_gets_the_lines_of_this_session_again(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf old = {0};
    temp_journal_fill(temp, 2);
    temp_journal_read(temp, SEGMENT, &old);
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    assert_int_equal(temp_journal_annotate(j, "t", "n", NULL, NULL), LW_OK);
    assert_int_equal(temp_journal_annotate(j, "u", "n", NULL, NULL), LW_OK);
    temp_journal_write(temp, SEGMENT, old.data, old.len);
    is_whole(temp, j, 6);
    temp_journal_write(
        temp, SEGMENT, old.data, old.len - 10); /* more than this session can give back */
    assert_int_equal(temp_journal_annotate(j, "v", "n", NULL, NULL), LW_OK);
    assert_true(temp_journal_noted(j, "backup"));
    assert_int_equal(
        temp_journal_verify(temp).events, 6); /* one of seven is gone, and it is told */
    assert_string_not_equal(temp_journal_verify(temp).first_damage, "");
    lw_journal_close(j);
    lw_buf_fini(&old);
}

static void a_segment_that_got_a_second_name_is_left(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf was = {0}, is = {0};
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    assert_int_equal(linkat(temp->dir, SEGMENT, temp->dir, "backup", 0), 0);
    temp_journal_read(temp, "backup", &was);
    is_whole(temp, j, 2);
    temp_journal_read(temp, "backup", &is);
    assert_string_equal(is.data, was.data);
    lw_journal_close(j);
    lw_buf_fini(&was);
    lw_buf_fini(&is);
}

static void a_deleted_folder_is_restored(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_journal *j = temp_journal_journal(temp, NULL), *second;
    struct lw_journal_opts o = temp_journal_opts(temp, NULL);
    assert_int_equal(temp_journal_annotate(j, "t", "n", NULL, NULL), LW_OK);
    temp_journal_wipe(temp);
    is_whole(temp, j, 3);
    assert_int_equal(lw_journal_open(&o, &second, NULL), LW_OK); /* the lock is there, too */
    assert_int_equal(lw_journal_mode(second), LW_JOURNAL_READ_ONLY);
    lw_journal_close(second);
    lw_journal_close(j);
}

static void labels_wait_while_the_folder_is_away(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_err err = {0};
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    assert_int_equal(renameat(temp->dir, "journal", temp->dir, "away"), 0);
    assert_int_equal(temp_journal_annotate(j, "t", "n", NULL, &err), LW_EIO);
    assert_non_null(strstr(err.text, "moved the folder journal/ away"));
    assert_false(temp_journal_has(temp, "journal"));
    lw_err_clear(&err);
    assert_int_equal(mkdirat(temp->dir, "journal", 0700), 0);
    assert_int_equal(temp_journal_annotate(j, "t", "n", NULL, &err), LW_EIO);
    assert_non_null(strstr(err.text, "replaced"));
    unlinkat(temp->dir, "journal", AT_REMOVEDIR);
    assert_int_equal(renameat(temp->dir, "away", temp->dir, "journal"), 0);
    is_whole(temp, j, 2);
    lw_journal_close(j);
}

static void a_deleted_lock_is_taken_again(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_journal *j = temp_journal_journal(temp, NULL), *second;
    struct lw_journal_opts o = temp_journal_opts(temp, NULL);
    unlinkat(temp->dir, "journal/lock", 0);
    is_whole(temp, j, 2);
    assert_int_equal(lw_journal_open(&o, &second, NULL), LW_OK);
    assert_int_equal(lw_journal_mode(second), LW_JOURNAL_READ_ONLY);
    lw_journal_close(second);
    lw_journal_close(j);
}

/* Two who write would fork the journal: the first one, who lost the lock, stops. */
static void a_second_writer_stops_the_first(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_err err = {0};
    for (int gone = 0; gone < 2; gone++) {
        temp_journal_wipe(temp);
        struct lw_journal *j = temp_journal_journal(temp, NULL);
        unlinkat(temp->dir, "journal/lock", 0);
        struct lw_journal *second = temp_journal_journal(temp, NULL);
        assert_int_equal(lw_journal_mode(second), LW_JOURNAL_WRITABLE);
        assert_int_equal(temp_journal_annotate(second, "t", "theirs", NULL, NULL), LW_OK);
        if (gone)
            lw_journal_close(second);
        lw_err_clear(&err);
        assert_int_equal(
            temp_journal_annotate(j, "t", "ours", NULL, &err), gone ? LW_EIO : LW_EBUSY);
        assert_non_null(strstr(err.text, "removed journal/lock"));
        assert_int_not_equal(lw_journal_mode(j), LW_JOURNAL_WRITABLE);
        assert_string_equal(temp_journal_verify(temp).first_damage, "");
        assert_int_equal(temp_journal_verify(temp).events, 2);
        if (!gone)
            lw_journal_close(second);
        lw_journal_close(j);
    }
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, temp_journal_setup, temp_journal_teardown)
    const struct CMUnitTest tests[] = {
        T(a_deleted_segment_is_restored),
        T(a_replaced_segment_is_restored_and_the_other_kept),
        T(a_segment_cut_in_place_gets_the_lines_of_this_session_again),
        T(a_segment_that_got_a_second_name_is_left),
        T(a_deleted_folder_is_restored),
        T(labels_wait_while_the_folder_is_away),
        T(a_deleted_lock_is_taken_again),
        T(a_second_writer_stops_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
