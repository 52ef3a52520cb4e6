/* Opening a journal that was torn, cut or damaged. */
#define _GNU_SOURCE
#include "fixtures/fault_sweep.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SEGMENT "journal/000001.jsonl"

/* n events, the first line among them. */
static void make(
    struct temp_journal *temp, int n, struct lw_buf *text, struct temp_journal_log *log)
{
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    char note[20];
    for (int i = 1; i < n; i++) {
        snprintf(note, sizeof note, "n%d", i);
        assert_int_equal(temp_journal_annotate(j, "t", note, NULL, NULL), LW_OK);
    }
    lw_journal_close(j);
    lw_journal_close(temp_journal_journal(temp, log));
    temp_journal_read(temp, SEGMENT, text);
}

/* ---- every call fails while mending */

static void work(struct temp_journal *temp)
{
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    assert_int_equal(temp_journal_annotate(j, "t", "before", NULL, NULL), LW_OK);
    lw_journal_close(j);
}

static void torn(struct temp_journal *temp)
{
    work(temp);
    temp_journal_add(temp, SEGMENT, "{\"v\":1,\"journal\":\"", 18);
}

static void hurt(struct temp_journal *temp)
{
    work(temp);
    temp_journal_add(temp, SEGMENT, "garbage\n", 8);
}

static void hurt_and_torn(struct temp_journal *temp)
{
    hurt(temp);
    temp_journal_add(temp, SEGMENT, "{\"v\":1,", 7);
}

static void without_newline(struct temp_journal *temp)
{
    struct lw_buf text = {0};
    work(temp);
    temp_journal_read(temp, SEGMENT, &text);
    temp_journal_write(temp, SEGMENT, text.data, text.len - 1);
    lw_buf_fini(&text);
}

static void every_call_fails_while_cutting_a_torn_tail(void **state)
{
    fault_sweep_all(*state, torn, 0);
}

static void every_call_fails_while_sealing_damage(void **state)
{
    fault_sweep_all(*state, hurt, 1);
}

static void every_call_fails_with_damage_and_a_torn_tail(void **state)
{
    fault_sweep_all(*state, hurt_and_torn, 1);
}

static void every_call_fails_while_ending_a_line(void **state)
{
    fault_sweep_all(*state, without_newline, 0);
}

/* ---- every place, every bit */

static size_t whole_lines(const struct temp_journal_log *log, size_t length)
{
    size_t n = 0;
    while (n < log->n && log->event[n].pos.offset + log->event[n].pos.len <= length)
        n++;
    return n;
}

static void file_cut_at_every_byte(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf text = {0}, kept = {0};
    struct temp_journal_log log = {0};
    make(temp, 4, &text, &log);
    for (size_t length = 0; length < text.len; length++) {
        struct temp_journal_log now = {0};
        temp_journal_wipe(temp);
        assert_int_equal(mkdirat(temp->dir, "journal", 0700), 0);
        temp_journal_write(temp, SEGMENT, text.data, length);
        size_t whole = whole_lines(&log, length);
        bool only_newline = whole_lines(&log, length + 1) > whole;
        struct lw_journal *j = temp_journal_journal(temp, &now);
        for (size_t i = 0; i < whole + only_newline; i++)
            assert_string_equal(now.event[i].hash, log.event[i].hash);
        size_t from =
            whole ? (size_t)(log.event[whole - 1].pos.offset + log.event[whole - 1].pos.len) : 0;
        bool cut = length > from && !only_newline;
        assert_int_equal(temp_journal_has(temp, SEGMENT ".torn"), cut);
        if (cut) {
            temp_journal_read(temp, SEGMENT ".torn", &kept);
            assert_int_equal(kept.len, length - from);
            assert_memory_equal(kept.data, text.data + from, kept.len);
        }
        if (cut && whole > 0)
            assert_int_equal(now.event[whole].type, LW_EV_RECOVERED);
        assert_int_equal(temp_journal_annotate(j, "t", "n", NULL, NULL), LW_OK);
        lw_journal_close(j);
        assert_string_equal(temp_journal_verify(temp).first_damage, "");
        temp_journal_log_fini(&now);
    }
    temp_journal_log_fini(&log);
    lw_buf_fini(&text);
    lw_buf_fini(&kept);
}

/* Every event but the one that the byte belongs to; a newline's loss loses none. */
static void check_undamaged(const struct temp_journal_log *was, const struct temp_journal_log *now,
    size_t byte, bool newline_too)
{
    for (size_t i = 0; i < was->n; i++) {
        const struct lw_pos *p = &was->event[i].pos;
        bool hit = byte >= p->offset && byte < p->offset + p->len;
        if (hit && newline_too)
            hit = byte < p->offset + p->len - 1;
        if (!hit && temp_journal_log_count(now, was->event[i].hash) != 1)
            fail_msg("byte %zu: event %zu is given %zu times", byte, i + 1,
                temp_journal_log_count(now, was->event[i].hash));
    }
}

static void check_flip(struct temp_journal *temp, const struct temp_journal_log *log,
    const struct lw_buf *text, size_t byte, char *finding)
{
    struct temp_journal_log read = {0}, opened = {0};
    struct lw_journal *j;
    struct lw_journal_opts o = temp_journal_opts(temp, &read);
    temp_journal_wipe(temp);
    assert_int_equal(mkdirat(temp->dir, "journal", 0700), 0);
    temp_journal_write(temp, SEGMENT, text->data, text->len);
    struct lw_verdict v = temp_journal_verify(temp);
    if (!v.first_damage[0] && v.torn == 0)
        fail_msg("byte %zu: verify did not notice", byte);
    snprintf(finding, 160, "%s", v.first_damage);
    o.read_only = true;
    assert_int_equal(lw_journal_open(&o, &j, NULL), LW_OK);
    check_undamaged(log, &read, byte, false);
    lw_journal_close(j);
    j = temp_journal_journal(temp, &opened);
    check_undamaged(log, &opened, byte, true);
    size_t notes;
    lw_journal_notes(j, &notes);
    assert_true(notes > 0);
    assert_int_equal(temp_journal_annotate(j, "t", "after", NULL, NULL), LW_OK);
    lw_journal_close(j);
    assert_int_equal(temp_journal_verify(temp).breaks, 0);
    temp_journal_log_fini(&read);
    temp_journal_log_fini(&opened);
}

static void every_flipped_bit_is_noticed_and_takes_one_event_at_most(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf text = {0};
    struct temp_journal_log log = {0};
    char finding[160];
    make(temp, 6, &text, &log);
    for (size_t byte = 0; byte < text.len; byte++)
        for (int bit = 0; bit < 8; bit++) {
            text.data[byte] = (char)(text.data[byte] ^ 1 << bit);
            check_flip(temp, &log, &text, byte, finding);
            text.data[byte] = (char)(text.data[byte] ^ 1 << bit);
        }
    temp_journal_log_fini(&log);
    lw_buf_fini(&text);
}

/* ---- a killed sitting, and power lost in the next one */

static void remember(void *ctx, const struct lw_event *e)
{
    acked_add(ctx, e, 1);
}

/* What opening shows as done must be on the disk, though the killed program never synced it. */
static void what_is_shown_after_a_kill_survives_power_loss(void **state)
{
    struct temp_journal *temp = *state;
    bool reached = true;
    for (unsigned long at = 1; reached; at++) {
        struct faults f;
        struct acked first = {.n = 0}, shown = {.n = 0};
        struct lw_journal_opts o = temp_journal_opts(temp, NULL);
        struct lw_journal *j;
        char what[60];
        temp_journal_wipe(temp);
        faults_init(&f);
        f.how = FAULT_CRASH;
        f.fail_at = at;
        f.half = at % 2;
        fault_sweep_append(temp, &f.sys, &first);
        reached = f.dead;
        f.dead = false;
        f.fail_at = 0;
        o.sys = &f.sys;
        o.each = remember;
        o.ctx = &shown;
        assert_int_equal(lw_journal_open(&o, &j, NULL), LW_OK);
        lw_journal_close(j);
        bool torn_kept = temp_journal_has(temp, SEGMENT ".torn");
        faults_power_loss(&f);
        assert_int_equal(temp_journal_has(temp, SEGMENT ".torn"), torn_kept);
        faults_fini(&f);
        snprintf(what, sizeof what, "killed at call %lu", at);
        fault_sweep_check(temp, &shown, 0, what);
    }
}

/* A failed sync wrote lines twice, and then one of the first copies was hurt. */
static void hurt_first_copy_is_made_good_by_the_second(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf text = {0}, second = {0};
    struct temp_journal_log log = {0}, now = {0};
    make(temp, 6, &text, &log);
    const struct lw_pos *third = &log.event[2].pos, *fourth = &log.event[3].pos;
    lw_buf_add(&second, text.data + third->offset, text.len - third->offset);
    text.data[third->offset + 150] ^= 1;
    temp_journal_write(temp, SEGMENT, text.data, fourth->offset + fourth->len);
    temp_journal_write(temp, "journal/000002.jsonl", second.data, second.len);
    struct lw_verdict v = temp_journal_verify(temp);
    assert_int_equal(v.damaged, 1);
    assert_int_equal(v.breaks, 0);
    assert_int_equal(v.events, 6);
    lw_journal_close(temp_journal_journal(temp, &now));
    for (size_t i = 0; i < log.n; i++)
        assert_int_equal(temp_journal_log_count(&now, log.event[i].hash), 1);
    temp_journal_log_fini(&log);
    temp_journal_log_fini(&now);
    lw_buf_fini(&text);
    lw_buf_fini(&second);
}

/* ---- sealing happens once */

static size_t segments(const struct temp_journal *temp)
{
    return temp_journal_verify(temp).segments;
}

static void damage_makes_one_new_segment_and_one_event(void **state)
{
    struct temp_journal *temp = *state;
    hurt(temp);
    for (int i = 0; i < 3; i++) {
        struct temp_journal_log log = {0};
        struct lw_journal *j = temp_journal_journal(temp, &log);
        assert_true(temp_journal_noted(j, "000001.jsonl:3:"));
        size_t recovered = 0;
        for (size_t k = 0; k < log.n; k++)
            recovered += log.event[k].type == LW_EV_RECOVERED;
        assert_int_equal(recovered, 1);
        lw_journal_close(j);
        temp_journal_log_fini(&log);
        assert_int_equal(segments(temp), 2);
    }
}

static void recovered_event_names_the_damage(void **state)
{
    struct temp_journal *temp = *state;
    struct temp_journal_log log = {0};
    json_t *e;
    hurt(temp);
    struct lw_journal *j = temp_journal_journal(temp, &log);
    assert_int_equal(lw_journal_read(j, log.event[log.n - 1].pos, &e, NULL), LW_OK);
    assert_string_equal(json_string_value(json_object_get(e, "what")), "damage");
    assert_string_equal(json_string_value(json_object_get(e, "file")), "000001.jsonl");
    assert_int_equal(json_integer_value(json_object_get(e, "line")), 3);
    assert_int_equal(log.event[log.n - 1].pos.segment, 2);
    assert_int_equal(log.event[log.n - 1].seq, 4); /* 3 may have been the damaged line's */
    json_decref(e);
    lw_journal_close(j);
    temp_journal_log_fini(&log);
}

static void damage_in_an_older_segment_begins_no_new_one(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf text = {0};
    hurt(temp);
    work(temp);
    assert_int_equal(segments(temp), 2);
    temp_journal_read(temp, SEGMENT, &text);
    text.data[text.len / 2] ^= 4;
    temp_journal_write(temp, SEGMENT, text.data, text.len);
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    assert_int_equal(temp_journal_annotate(j, "t", "n", NULL, NULL), LW_OK);
    lw_journal_close(j);
    assert_int_equal(segments(temp), 2);
    lw_buf_fini(&text);
}

static void earlier_torn_tails_are_kept(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf text = {0};
    work(temp);
    for (int i = 0; i < 3; i++) {
        char tail[8];
        snprintf(tail, sizeof tail, "tail%d", i);
        temp_journal_add(temp, SEGMENT, tail, 5);
        lw_journal_close(temp_journal_journal(temp, NULL));
    }
    static const char *const name[] = {SEGMENT ".torn", SEGMENT ".torn.2", SEGMENT ".torn.3"};
    for (int i = 0; i < 3; i++) {
        temp_journal_read(temp, name[i], &text);
        assert_int_equal(text.data[4], '0' + i);
    }
    assert_string_equal(temp_journal_verify(temp).first_damage, "");
    lw_buf_fini(&text);
}

static void first_line_lost_keeps_id_and_seed(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf text = {0};
    work(temp);
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    char id[LW_JOURNAL_ID_HEX];
    strcpy(id, lw_journal_id(j));
    uint64_t seed = lw_journal_seed(j);
    lw_journal_close(j);
    temp_journal_read(temp, SEGMENT, &text);
    text.data[120] ^= 1;
    temp_journal_write(temp, SEGMENT, text.data, text.len);
    j = temp_journal_journal(temp, NULL);
    assert_string_equal(lw_journal_id(j), id);
    assert_true(lw_journal_seed(j) == seed);
    lw_journal_close(j);
    lw_buf_fini(&text);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, temp_journal_setup, temp_journal_teardown)
    const struct CMUnitTest tests[] = {
        T(every_call_fails_while_cutting_a_torn_tail),
        T(every_call_fails_while_sealing_damage),
        T(every_call_fails_with_damage_and_a_torn_tail),
        T(every_call_fails_while_ending_a_line),
        T(file_cut_at_every_byte),
        T(every_flipped_bit_is_noticed_and_takes_one_event_at_most),
        T(what_is_shown_after_a_kill_survives_power_loss),
        T(hurt_first_copy_is_made_good_by_the_second),
        T(damage_makes_one_new_segment_and_one_event),
        T(recovered_event_names_the_damage),
        T(damage_in_an_older_segment_begins_no_new_one),
        T(earlier_torn_tails_are_kept),
        T(first_line_lost_keeps_id_and_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
