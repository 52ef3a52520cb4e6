/* What verifying finds when lines were moved, removed, forked or changed. */
#define _GNU_SOURCE
#include "fixtures/temp_journal.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SEGMENT "journal/000001.jsonl"

/* ---- the chain */

/* Puts the journal of six lines together again from the lines named, in that order. */
static struct lw_verdict reordered(
    const struct temp_journal *temp, const char *order, char *finding)
{
    struct lw_buf text = {0}, now = {0};
    struct temp_journal_log log = {0};
    temp_journal_fill(temp, 5);
    lw_journal_close(temp_journal_journal(temp, &log));
    temp_journal_read(temp, SEGMENT, &text);
    for (const char *p = order; *p; p++) {
        const struct lw_pos *pos = &log.event[*p - '1'].pos;
        lw_buf_add(&now, text.data + pos->offset, pos->len);
    }
    temp_journal_write(temp, SEGMENT, now.data, now.len);
    struct lw_verdict v = temp_journal_verify(temp);
    strcpy(finding, v.first_damage);
    temp_journal_log_fini(&log);
    lw_journal_close(temp_journal_journal(temp, &log));
    size_t distinct = 0;
    for (char c = '1'; c <= '6'; c++)
        distinct += strchr(order, c) != NULL;
    size_t own = 0; /* events that opening added */
    for (size_t i = 0; i < log.n; i++)
        own += log.event[i].type == LW_EV_RECOVERED;
    assert_int_equal(log.n - own, distinct);
    temp_journal_log_fini(&log);
    lw_buf_fini(&text);
    lw_buf_fini(&now);
    return v;
}

static void chain_breaks_are_told(void **state)
{
    static const struct {
        const char *order, *finding;
    } table[] = {
        {"123456", ""},
        {"12456", "000001.jsonl:3: event 3 is missing"},
        {"1256", "000001.jsonl:3: events 3 to 4 are missing"},
        {"23456", "000001.jsonl:1: event 1 is missing"},
        {"124356", "000001.jsonl:3: event 3 is missing"},
        {"123465", "000001.jsonl:5: event 5 is missing"},
        {"1233456", ""},
        {"12345612", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char finding[160];
        temp_journal_wipe(*state);
        struct lw_verdict v = reordered(*state, table[i].order, finding);
        assert_int_equal(strncmp(finding, table[i].finding, strlen(table[i].finding)), 0);
        assert_int_equal(v.breaks > 0, table[i].finding[0] != '\0');
        /* After opening, the next event follows on the highest seq and reading finds no fork. */
        assert_null(strstr(temp_journal_verify(*state).first_damage, "fork"));
    }
}

static void missing_segment_is_told(void **state)
{
    const struct temp_journal *temp = *state;
    struct lw_journal_opts o = temp_journal_opts(temp, NULL);
    struct lw_journal *j;
    o.segment_bytes = 1000;
    assert_int_equal(lw_journal_open(&o, &j, NULL), LW_OK);
    for (int i = 0; i < 10; i++)
        assert_int_equal(temp_journal_annotate(j, "t", "n", NULL, NULL), LW_OK);
    lw_journal_close(j);
    assert_int_equal(unlinkat(temp->dir, "journal/000002.jsonl", 0), 0);
    struct lw_verdict v = temp_journal_verify(temp);
    assert_int_equal(v.breaks, 1);
    assert_int_equal(strncmp(v.first_damage, "000003.jsonl:1: event", 21), 0);
}

/* Continued on two machines, then put into one folder. */
static void fork_is_told_and_nothing_dropped(void **state)
{
    const struct temp_journal *temp = *state;
    struct lw_buf before = {0}, here = {0};
    struct temp_journal_log log = {0};
    temp_journal_fill(temp, 2);
    temp_journal_read(temp, SEGMENT, &before);
    temp_journal_fill(temp, 2);
    temp_journal_read(temp, SEGMENT, &here);
    temp_journal_write(temp, SEGMENT, before.data, before.len);
    temp_journal_fill(temp, 3);
    temp_journal_write(temp, "journal/000002.jsonl", here.data, here.len);
    struct lw_verdict v = temp_journal_verify(temp);
    assert_int_equal(v.events, 3 + 3 + 2);
    assert_int_equal(v.damaged, 0);
    assert_non_null(strstr(v.first_damage, "fork"));
    lw_journal_close(temp_journal_journal(temp, &log));
    assert_true(log.n >= 8);
    temp_journal_log_fini(&log);
    lw_buf_fini(&before);
    lw_buf_fini(&here);
}

static void shell_loop_agrees(void **state)
{
    const struct temp_journal *temp = *state;
    struct lw_journal_opts o = temp_journal_opts(temp, NULL);
    struct lw_journal *j;
    char command[600];
    const char *source = getenv("LW_SOURCE");
    if (!source) {
        print_message("SKIPPED: LW_SOURCE is not set\n");
        skip();
    }
    o.segment_bytes = 1500;
    assert_int_equal(lw_journal_open(&o, &j, NULL), LW_OK);
    static const char *const odd[] = {
        "plain", "\\ back", "%s %d", "\"prev\":\"x\"", "é\n\t", " ", "$HOME `x`"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_int_equal(temp_journal_annotate(j, odd[i], odd[i], NULL, NULL), LW_OK);
    lw_journal_close(j);
    snprintf(command, sizeof command,
        "sh %s/tests/unit/verify.sh %s/src/cli/manual/labelwright-journal.5.in %s/journal", source,
        source, temp->path);
    assert_int_equal(system(command), 0);
    struct lw_buf text = {0};
    temp_journal_read(temp, SEGMENT, &text);
    char *x = strstr(text.data, "\"task\":\"plain\"");
    x[9] = 'P';
    temp_journal_write(temp, SEGMENT, text.data, text.len);
    assert_int_not_equal(system(command), 0);
    lw_buf_fini(&text);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, temp_journal_setup, temp_journal_teardown)
    const struct CMUnitTest tests[] = {
        T(chain_breaks_are_told),
        T(missing_segment_is_told),
        T(fork_is_told_and_nothing_dropped),
        T(shell_loop_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
