/* Marks on the disk: kept whole or as they were, and those of other sessions with them. */
#define _GNU_SOURCE
#include "fixtures/shared_data.h"
#include "labelwright/base/hash.h"
#include "labelwright/ledger/draft.h"
#include "labelwright/ledger/task_marks.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static char folder[] = "/tmp/labelwright-test-XXXXXX";
static int dir;
static struct lw_sys sys;

static int enter(void **state)
{
    (void)state;
    strcpy(folder + sizeof folder - 7, "XXXXXX");
    assert_non_null(mkdtemp(folder));
    dir = open(folder, O_RDONLY | O_DIRECTORY);
    sys = lw_sys_real;
    return dir < 0;
}

static int leave(void **state)
{
    (void)state;
    char command[64];
    close(dir);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static uint64_t key(const char *id)
{
    return lw_fingerprint(id, strlen(id));
}

static bool flip(const char *id, struct lw_keys *k)
{
    bool marked;
    struct lw_err err = {0};
    if (lw_marks_flip(&sys, dir, id, k, &marked, &err) != LW_OK)
        fail_msg("%s", err.text);
    return marked;
}

static void a_mark_is_set_and_taken_away(void **state)
{
    (void)state;
    struct lw_keys k = {0};
    assert_int_equal(lw_marks_load(&sys, dir, &k, NULL), LW_OK); /* no file: no marks */
    assert_false(lw_keys_have(&k, key("a")));
    assert_true(flip("a", &k));
    assert_true(flip("b \n\"\\ \xC3\xA9", &k));
    assert_true(lw_keys_have(&k, key("a")));
    assert_false(flip("a", &k));
    assert_false(lw_keys_have(&k, key("a")));
    assert_int_equal(lw_marks_load(&sys, dir, &k, NULL), LW_OK);
    assert_int_equal(k.n, 1);
    assert_true(lw_keys_have(&k, key("b \n\"\\ \xC3\xA9")));
    lw_keys_fini(&k);
}

static void two_sessions_lose_no_mark_of_each_other(void **state)
{
    (void)state;
    struct lw_keys one = {0}, two = {0};
    flip("a", &one);
    flip("b", &two);
    flip("c", &one);
    assert_int_equal(one.n, 3);
    lw_keys_fini(&one);
    lw_keys_fini(&two);
}

static int no_rename(const struct lw_sys *s, int d, const char *from, const char *to)
{
    (void)s, (void)d, (void)from, (void)to;
    errno = ENOSPC;
    return -1;
}

static void a_mark_that_cannot_be_kept_is_none(void **state)
{
    (void)state;
    struct lw_keys k = {0};
    struct lw_err err = {0};
    bool marked;
    flip("a", &k);
    sys.renameat = no_rename;
    assert_int_equal(lw_marks_flip(&sys, dir, "b", &k, &marked, &err), LW_EFULL);
    assert_int_equal(k.n, 1);
    sys.renameat = lw_sys_real.renameat;
    assert_int_equal(lw_marks_load(&sys, dir, &k, NULL), LW_OK);
    assert_true(k.n == 1 && lw_keys_have(&k, key("a")));
    lw_keys_fini(&k);
}

static void a_strange_file_is_told_and_left_alone(void **state)
{
    (void)state;
    struct lw_keys k = {0};
    struct lw_err err = {0};
    bool marked;
    flip("a", &k);
    int state_dir = openat(dir, ".labelwright", O_RDONLY | O_DIRECTORY);
    int fd = openat(state_dir, "marks", O_WRONLY | O_TRUNC);
    assert_int_equal(write(fd, "{}", 2), 2);
    close(fd);
    assert_int_equal(lw_marks_load(&sys, dir, &k, &err), LW_EBAD);
    assert_int_equal(k.n, 0);
    assert_int_equal(lw_marks_flip(&sys, dir, "a", &k, &marked, &err), LW_EBAD);
    struct stat st;
    assert_int_equal(fstatat(state_dir, "marks", &st, 0), 0);
    assert_int_equal(st.st_size, 2);
    close(state_dir);
    lw_keys_fini(&k);
}

static void drafts_are_known_by_their_tasks(void **state)
{
    (void)state;
    struct lw_keys k = {0};
    json_t *a = json_pack("{s:s}", "task", "a"), *odd = json_pack("{s:i}", "task", 1);
    lw_drafts_keys((struct lw_drafts){&sys, dir, "journal"}, &k);
    assert_int_equal(k.n, 0);
    assert_int_equal(
        lw_draft_save((struct lw_drafts){&sys, dir, "journal"}, "a", a, NULL, NULL), LW_OK);
    assert_int_equal(
        lw_draft_save((struct lw_drafts){&sys, dir, "journal"}, "odd", odd, NULL, NULL), LW_OK);
    lw_drafts_keys((struct lw_drafts){&sys, dir, "journal"}, &k);
    assert_true(k.n == 1 && lw_keys_have(&k, key("a")));
    lw_keys_fini(&k);
    json_decref(a);
    json_decref(odd);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_mark_is_set_and_taken_away),
        TEST(two_sessions_lose_no_mark_of_each_other),
        TEST(a_mark_that_cannot_be_kept_is_none),
        TEST(a_strange_file_is_told_and_left_alone),
        TEST(drafts_are_known_by_their_tasks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
