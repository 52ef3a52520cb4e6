/* Drafts and the last position: saved, removed, and never in the way. */
#define _GNU_SOURCE
#include "fixtures/failing_disk.h"
#include "fixtures/temp_journal.h"

#include "labelwright/json/json_value.h"
#include "labelwright/ledger/draft.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum lw_code save(
    const struct lw_sys *sys, struct temp_journal *temp, const char *task, int value)
{
    json_t *draft = json_pack("{s:i}", "quality", value);
    enum lw_code code =
        lw_draft_save((struct lw_drafts){sys, temp->dir, "journal"}, task, draft, NULL, NULL);
    json_decref(draft);
    return code;
}

/* The value of the draft; -1 for none. */
static int load(struct temp_journal *temp, const char *task, struct lw_err *err)
{
    json_t *draft =
        lw_draft_load((struct lw_drafts){&lw_sys_real, temp->dir, "journal"}, task, err);
    int value = draft ? (int)json_integer_value(json_object_get(draft, "quality")) : -1;
    json_decref(draft);
    return value;
}

static void path_of(const char *task, const char *suffix, char to[200])
{
    char hash[LW_SHA256_HEX];
    lw_sha256_hex(task, strlen(task), hash);
    snprintf(to, 200, ".labelwright/drafts/%s.json%s", hash, suffix);
}

static void drafts_are_kept_per_task(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_err err = {0};
    char path[200];
    struct stat st;
    assert_int_equal(load(temp, "a", &err), -1);
    assert_int_equal(save(&lw_sys_real, temp, "a", 1), LW_OK);
    assert_int_equal(save(&lw_sys_real, temp, "../../b", 2), LW_OK);
    assert_int_equal(save(&lw_sys_real, temp, "a", 3), LW_OK);
    assert_int_equal(load(temp, "a", &err), 3);
    assert_int_equal(load(temp, "../../b", &err), 2);
    path_of("a", "", path);
    assert_int_equal(fstatat(temp->dir, path, &st, 0), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(fstatat(temp->dir, ".labelwright/drafts", &st, 0), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    lw_draft_remove((struct lw_drafts){&lw_sys_real, temp->dir, "journal"}, "a");
    lw_draft_remove((struct lw_drafts){&lw_sys_real, temp->dir, "journal"}, "a");
    assert_int_equal(load(temp, "a", &err), -1);
    assert_int_equal(err.code, LW_OK);
}

static void damaged_draft_is_kept_aside(void **state)
{
    struct temp_journal *temp = *state;
    static const char *const bad[] = {"", "{\"quality\":", "[1]", "{\"a\":1,\"a\":2}", "\xff"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct lw_err err = {0};
        char path[200], aside[200];
        assert_int_equal(save(&lw_sys_real, temp, "t", 1), LW_OK);
        path_of("t", "", path);
        path_of("t", ".bad", aside);
        temp_journal_write(temp, path, bad[i], strlen(bad[i]));
        assert_int_equal(load(temp, "t", &err), -1);
        assert_int_equal(err.code, LW_EBAD);
        assert_false(temp_journal_has(temp, path));
        assert_true(temp_journal_has(temp, aside));
        lw_err_clear(&err);
        assert_int_equal(load(temp, "t", &err), -1);
        assert_int_equal(err.code, LW_OK);
    }
}

/* Written as an integer; until 2026-11 as the object that holds its digits in memory. */
static void integers_beyond_64_bits_come_back(void **state)
{
    struct temp_journal *temp = *state;
    static const char big[] = "18446744073709551616",
                      before[] = "{\"id\":{\"integer\":\"\\u000018446744073709551616\"}}",
                      now[] = "{\"id\":18446744073709551616}";
    struct lw_drafts at = {&lw_sys_real, temp->dir, "journal"};
    struct lw_buf written = {0};
    char path[200];
    assert_int_equal(save(&lw_sys_real, temp, "t", 1), LW_OK);
    path_of("t", "", path);
    temp_journal_write(temp, path, before, strlen(before));
    for (int i = 0; i < 2; i++) {
        json_t *draft = lw_draft_load(at, "t", NULL);
        assert_string_equal(lw_json_big(json_object_get(draft, "id")), big);
        assert_int_equal(lw_draft_save(at, "t", draft, &written, NULL), LW_OK);
        assert_string_equal(written.data, now);
        json_decref(draft);
    }
    lw_buf_fini(&written);
}

static void what_was_written_is_what_is_there(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_drafts at = {&lw_sys_real, temp->dir, "journal"};
    struct lw_buf written = {0}, there = {0};
    lw_buf_str(&there, "before");
    assert_false(lw_draft_read(at, "t", &there));
    assert_int_equal(there.len, 0);
    json_t *draft = json_pack("{s:s}", "text", "a \"b\"\n\x01");
    assert_int_equal(lw_draft_save(at, "t", draft, &written, NULL), LW_OK);
    assert_true(lw_draft_read(at, "t", &there));
    assert_string_equal(there.data, "{\"text\":\"a \\\"b\\\"\\n\\u0001\"}");
    assert_string_equal(there.data, written.data);
    json_decref(draft);
    lw_buf_fini(&written);
    lw_buf_fini(&there);
}

static void symlinked_state_folder_is_refused(void **state)
{
    struct temp_journal *temp = *state;
    assert_int_equal(symlinkat("/tmp", temp->dir, ".labelwright"), 0);
    assert_int_equal(save(&lw_sys_real, temp, "t", 1), LW_EREFUSED);
    struct lw_err err = {0};
    assert_int_equal(load(temp, "t", &err), -1);
    assert_int_equal(err.code, LW_EREFUSED);
}

/* Whatever fails, the draft is the old one or the new one. */
static void every_call_fails(void **state)
{
    struct temp_journal *temp = *state;
    bool reached = true;
    for (unsigned long at = 1; reached; at++) {
        struct faults f;
        struct lw_err err = {0};
        temp_journal_wipe(temp);
        assert_int_equal(save(&lw_sys_real, temp, "t", 1), LW_OK);
        faults_init(&f);
        f.how = at % 2 ? FAULT_CRASH : FAULT_ONCE;
        f.half = true;
        f.fail_at = (at + 1) / 2;
        enum lw_code code = save(&f.sys, temp, "t", 2);
        reached = f.calls >= f.fail_at;
        faults_fini(&f);
        int value = load(temp, "t", &err);
        assert_int_equal(err.code, LW_OK);
        assert_true(value == 2 || (value == 1 && code != LW_OK));
    }
}

static void the_position_is_remembered_and_forgotten(void **state)
{
    struct temp_journal *temp = *state;
    assert_null(lw_last_task_load((struct lw_drafts){&lw_sys_real, temp->dir, "journal"}));
    assert_int_equal(
        lw_last_task_save((struct lw_drafts){&lw_sys_real, temp->dir, "journal"}, "", NULL), LW_OK);
    assert_false(temp_journal_has(temp, ".labelwright"));
    assert_int_equal(
        lw_last_task_save((struct lw_drafts){&lw_sys_real, temp->dir, "journal"}, "task\n7", NULL),
        LW_OK);
    char *place = lw_last_task_load((struct lw_drafts){&lw_sys_real, temp->dir, "journal"});
    assert_string_equal(place, "task\n7");
    free(place);
    assert_int_equal(
        lw_last_task_save((struct lw_drafts){&lw_sys_real, temp->dir, "journal"}, "", NULL), LW_OK);
    assert_null(lw_last_task_load((struct lw_drafts){&lw_sys_real, temp->dir, "journal"}));
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, temp_journal_setup, temp_journal_teardown)
    const struct CMUnitTest tests[] = {
        T(drafts_are_kept_per_task),
        T(damaged_draft_is_kept_aside),
        T(integers_beyond_64_bits_come_back),
        T(what_was_written_is_what_is_there),
        T(symlinked_state_folder_is_refused),
        T(every_call_fails),
        T(the_position_is_remembered_and_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
