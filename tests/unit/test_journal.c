/* The journal on a disk that works: what is written and read, and starting from a mark. */
#define _GNU_SOURCE
#include "fixtures/temp_journal.h"

#include "journal/journal_internal.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SEGMENT "journal/000001.jsonl"

/* ---- what is written */

static void first_line_says_whose_journal_it_is(void **state)
{
    const struct temp_journal *temp = *state;
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    json_t *first;
    struct lw_buf text = {0};
    struct lw_err err = {0};
    temp_journal_read(temp, SEGMENT, &text);
    assert_int_equal(
        lw_journal_read(j, (struct lw_pos){1, (uint32_t)text.len, 0}, &first, &err), LW_OK);
    assert_string_equal(json_string_value(json_object_get(first, "type")), "journal");
    assert_string_equal(json_string_value(json_object_get(first, "annotator")), "maria");
    assert_string_equal(json_string_value(json_object_get(first, "title")), "Catalan replies");
    assert_string_equal(json_string_value(json_object_get(first, "version")), LW_VERSION);
    const char *seed = json_string_value(json_object_get(first, "seed"));
    assert_int_equal(strtoull(seed, NULL, 16), lw_journal_seed(j));
    assert_int_equal(strlen(lw_journal_id(j)), 32);
    assert_string_equal(lw_journal_annotator(j), "maria");
    json_decref(first);
    lw_buf_fini(&text);
    lw_journal_close(j);
}

static void line_has_the_documented_form(void **state)
{
    const struct temp_journal *temp = *state;
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    struct lw_event e;
    struct lw_err err = {0};
    struct lw_buf text = {0};
    char before[LW_SHA256_HEX];
    strcpy(before, lw_journal_head(j).hash);
    assert_int_equal(temp_journal_annotate(j, "a \"task\" é", "x\ny", &e, &err), LW_OK);
    temp_journal_read(temp, SEGMENT, &text);
    char *line = text.data + e.pos.offset;
    char *end = lw_format(",\"prev\":\"%s\",\"hash\":\"%s\"}\n", before, e.hash);
    char *start =
        lw_format("{\"v\":1,\"journal\":\"%s\",\"seq\":2,\"time\":\"20", lw_journal_id(j));
    assert_int_equal(strncmp(line, start, strlen(start)), 0);
    assert_string_equal(line + e.pos.len - strlen(end), end);
    assert_non_null(
        strstr(line, "\",\"type\":\"annotate\",\"task\":\"a \\\"task\\\" é\",\"answers\":"));
    assert_int_equal(e.pos.offset + e.pos.len, text.len);
    assert_memory_equal(e.text, line, e.pos.len);
    char hash[LW_SHA256_HEX];
    lw_sha256_hex2("labelwright/1\n", 14, line, e.pos.len - 1 - 75, hash);
    assert_string_equal(hash, e.hash);
    free(start);
    free(end);
    lw_buf_fini(&text);
    lw_journal_close(j);
}

static void events_are_read_back_in_order(void **state)
{
    const struct temp_journal *temp = *state;
    struct temp_journal_log log = {0};
    temp_journal_fill(temp, 5);
    struct lw_journal *j = temp_journal_journal(temp, &log);
    assert_int_equal(log.n, 6);
    for (size_t i = 0; i < log.n; i++)
        assert_int_equal(log.event[i].seq, i + 1);
    assert_int_equal(log.event[0].type, LW_EV_JOURNAL);
    assert_int_equal(log.event[5].type, LW_EV_ANNOTATE);
    assert_string_equal(lw_journal_head(j).hash, log.event[5].hash);
    size_t notes;
    lw_journal_notes(j, &notes);
    assert_int_equal(notes, 0);
    lw_journal_close(j);
    temp_journal_log_fini(&log);
}

static void batch_is_one_chain(void **state)
{
    const struct temp_journal *temp = *state;
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    json_t *body[3];
    struct lw_event out[3];
    for (int i = 0; i < 3; i++)
        body[i] = temp_journal_body("skip", "t", "too long");
    assert_int_equal(lw_journal_append(j, body, 3, out, NULL), LW_OK);
    for (int i = 0; i < 3; i++) {
        json_t *json = lw_event_json(&out[i]);
        assert_int_equal(out[i].seq, i + 2);
        assert_string_equal(json_string_value(json_object_get(json, "prev")),
            i ? out[i - 1].hash : json_string_value(json_object_get(json, "prev")));
        json_decref(json);
        json_decref(body[i]);
    }
    lw_journal_close(j);
    struct lw_verdict v = temp_journal_verify(temp);
    assert_int_equal(v.events, 4);
    assert_string_equal(v.first_damage, "");
    assert_string_equal(v.head, out[2].hash);
}

static void line_of_several_mebibytes(void **state)
{
    const struct temp_journal *temp = *state;
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    struct lw_err err = {0};
    struct lw_event e;
    struct temp_journal_log log = {0};
    size_t n = 5 * 1024 * 1024;
    char *note = lw_alloc(n + 1);
    memset(note, '\n', n); /* two bytes each in JSON */
    assert_int_equal(temp_journal_annotate(j, "big", note, &e, &err), LW_OK);
    assert_true(e.pos.len > 2 * n);
    assert_int_equal(e.pos.segment, 2);
    json_t *json;
    assert_int_equal(lw_journal_read(j, e.pos, &json, &err), LW_OK);
    const json_t *read = json_object_get(json_object_get(json, "answers"), "note");
    assert_int_equal(json_string_length(read), n);
    json_decref(json);
    assert_int_equal(temp_journal_annotate(j, "small", "", &e, &err), LW_OK);
    assert_int_equal(e.pos.segment, 3);
    lw_journal_close(j);
    lw_journal_close(temp_journal_journal(temp, &log));
    assert_int_equal(log.n, 3);
    temp_journal_log_fini(&log);
    free(note);
}

static void segments_follow_each_other(void **state)
{
    const struct temp_journal *temp = *state;
    struct temp_journal_log log = {0};
    struct lw_journal_opts o = temp_journal_opts(temp, NULL);
    struct lw_journal *j;
    o.segment_bytes = 1000;
    assert_int_equal(lw_journal_open(&o, &j, NULL), LW_OK);
    for (int i = 0; i < 20; i++)
        assert_int_equal(temp_journal_annotate(j, "t", "n", NULL, NULL), LW_OK);
    assert_true(lw_journal_head(j).segment > 5);
    lw_journal_close(j);
    lw_journal_close(temp_journal_journal(temp, &log));
    assert_int_equal(log.n, 21);
    struct lw_verdict v = temp_journal_verify(temp);
    assert_string_equal(v.first_damage, "");
    assert_true(v.segments > 5);
    temp_journal_log_fini(&log);
}

static void body_with_members_of_the_journal_is_refused(void **state)
{
    struct lw_journal *j = temp_journal_journal(*state, NULL);
    static const char *const bad[] = {"{\"type\":\"annotate\",\"seq\":9}", "{\"task\":\"t\"}",
        "{\"type\":\"nonsense\"}", "{\"type\":7}", "{\"task\":\"t\",\"type\":\"skip\"}",
        "{\"type\":\"skip\",\"hash\":\"\"}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        json_t *body = json_loads(bad[i], 0, NULL);
        struct lw_err err = {0};
        assert_int_equal(lw_journal_append(j, &body, 1, NULL, &err), LW_EUSAGE);
        json_decref(body);
    }
    assert_int_equal(lw_journal_head(j).seq, 1);
    lw_journal_close(j);
}

/* A journal whose last event has the number, as nobody's work does. */
static void number_last(struct temp_journal *temp, uint64_t seq)
{
    struct lw_buf line = {0};
    struct lw_event e;
    struct lw_mark head;
    json_t *body = json_pack("{s:s,s:s}", "type", "undo", "task", "t");
    temp_journal_wipe(temp);
    temp_journal_fill(temp, 1);
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    head = lw_journal_head(j);
    assert_int_equal(
        lw_journal_line_format(&line, lw_journal_id(j), seq, 0, head.hash, body, &e, NULL), LW_OK);
    lw_journal_close(j);
    temp_journal_add(temp, "journal/000001.jsonl", line.data, line.len);
    lw_buf_fini(&line);
    json_decref(body);
}

static void a_journal_near_the_end_of_its_numbers_is_not_continued(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_journal *j;
    struct lw_err err = {0};
    struct lw_journal_opts o = temp_journal_opts(temp, NULL);
    for (int i = 0; i < 2; i++) {
        number_last(temp, i ? UINT64_C(999999999999999999) : LW_SEQ_MOST - LW_SEQ_ROOM + 1);
        lw_err_clear(&err);
        assert_int_equal(lw_journal_open(&o, &j, &err), LW_EBAD);
        assert_non_null(strstr(err.text, "nothing can be added"));
        o.read_only = true;
        assert_int_equal(lw_journal_open(&o, &j, &err), LW_OK);
        lw_journal_close(j);
        o.read_only = false;
    }
    number_last(temp, LW_SEQ_MOST - LW_SEQ_ROOM - 10);
    lw_journal_close(temp_journal_journal(temp, NULL));
}

static void read_checks_the_hash(void **state)
{
    const struct temp_journal *temp = *state;
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    struct lw_event e;
    struct lw_err err = {0};
    json_t *json;
    assert_int_equal(temp_journal_annotate(j, "t", "good", &e, NULL), LW_OK);
    int fd = openat(temp->dir, SEGMENT, O_WRONLY);
    assert_int_equal(pwrite(fd, "X", 1, (off_t)(e.pos.offset + e.pos.len - 200)), 1);
    close(fd);
    assert_int_equal(lw_journal_read(j, e.pos, &json, &err), LW_EBAD);
    assert_null(json);
    assert_non_null(strstr(err.text, "journal/000001.jsonl"));
    lw_journal_close(j);
}

/* ---- starting from a mark */

static void reading_goes_on_at_a_mark(void **state)
{
    const struct temp_journal *temp = *state;
    struct temp_journal_log log = {0};
    struct lw_journal_opts o = temp_journal_opts(temp, &log);
    temp_journal_fill(temp, 3);
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    o.from = lw_journal_head(j);
    lw_journal_close(j);
    temp_journal_fill(temp, 2);
    assert_int_equal(lw_journal_open(&o, &j, NULL), LW_OK);
    assert_int_equal(log.restarts, 0);
    assert_int_equal(log.n, 2);
    assert_int_equal(log.event[0].seq, 5);
    assert_string_equal(lw_journal_annotator(j), "maria");
    assert_int_equal(temp_journal_annotate(j, "t", "n", NULL, NULL), LW_OK);
    lw_journal_close(j);
    assert_string_equal(temp_journal_verify(temp).first_damage, "");
    temp_journal_log_fini(&log);
}

static void mark_that_is_not_borne_out_starts_over(void **state)
{
    const struct temp_journal *temp = *state;
    struct lw_journal *j;
    temp_journal_fill(temp, 3);
    j = temp_journal_journal(temp, NULL);
    const struct lw_mark good = lw_journal_head(j);
    lw_journal_close(j);
    for (int i = 0; i < 5; i++) {
        struct temp_journal_log log = {0};
        struct lw_journal_opts o = temp_journal_opts(temp, &log);
        o.from = good;
        if (i == 0)
            o.from.seq++;
        if (i == 1)
            o.from.offset -= 7;
        if (i == 2)
            o.from.offset += 1000000;
        if (i == 3)
            o.from.segment = 9;
        if (i == 4)
            o.from.hash[3] = '!';
        assert_int_equal(lw_journal_open(&o, &j, NULL), LW_OK);
        assert_int_equal(log.restarts, 1);
        assert_int_equal(log.n, 4);
        assert_true(temp_journal_noted(j, "read again"));
        lw_journal_close(j);
        temp_journal_log_fini(&log);
    }
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, temp_journal_setup, temp_journal_teardown)
    const struct CMUnitTest tests[] = {
        T(first_line_says_whose_journal_it_is),
        T(line_has_the_documented_form),
        T(events_are_read_back_in_order),
        T(batch_is_one_chain),
        T(line_of_several_mebibytes),
        T(segments_follow_each_other),
        T(body_with_members_of_the_journal_is_refused),
        T(a_journal_near_the_end_of_its_numbers_is_not_continued),
        T(read_checks_the_hash),
        T(reading_goes_on_at_a_mark),
        T(mark_that_is_not_borne_out_starts_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
