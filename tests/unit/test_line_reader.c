/* Lines read by their places are those that are read one by one, in whatever order; what is damaged
 * is found. */
#define _GNU_SOURCE
#include "fixtures/temp_journal.h"
#include "labelwright/journal/line_reader.h"

#include <string.h>

#define SEGMENT "journal/000001.jsonl"

enum { LINES = 300 };

static void expect_line(struct lw_line_reader *r, const struct lw_journal *j, struct lw_pos pos)
{
    struct lw_journal_line l, seen;
    struct lw_buf text = {0};
    assert_int_equal(lw_journal_text(j, pos, &text, NULL), LW_OK);
    assert_int_equal(lw_line_reader_line(r, pos, &l, NULL), LW_OK);
    assert_int_equal(l.len, text.len);
    assert_memory_equal(l.text, text.data, l.len);
    assert_true(lw_line_reader_glance(r, pos, &seen));
    assert_int_equal(seen.seq, l.seq);
    assert_int_equal(seen.type, l.type);
    assert_memory_equal(seen.text, text.data, l.len);
    lw_buf_fini(&text);
}

static void lines_are_the_same_in_any_order(void **state)
{
    const struct temp_journal *temp = *state;
    struct temp_journal_log log = {0};
    temp_journal_fill(temp, LINES);
    struct lw_journal *j = temp_journal_journal(temp, &log);
    struct lw_line_reader *r = lw_line_reader_new(j);
    for (size_t i = 0; i < log.n; i++)
        expect_line(r, j, log.event[i].pos);
    for (size_t i = log.n; i-- > 0;)
        expect_line(r, j, log.event[i].pos);
    for (size_t i = 0; i < log.n; i++)
        expect_line(r, j, log.event[i * 7 % log.n].pos);
    lw_line_reader_free(r);
    lw_journal_close(j);
    temp_journal_log_fini(&log);
}

/* The places of frame and members in a line. */
static void a_line_says_where_its_members_stand(void **state)
{
    const struct temp_journal *temp = *state;
    struct temp_journal_log log = {0};
    temp_journal_fill(temp, 1);
    struct lw_journal *j = temp_journal_journal(temp, &log);
    struct lw_line_reader *r = lw_line_reader_new(j);
    struct lw_journal_line l;
    const char *end;
    assert_int_equal(lw_line_reader_line(r, log.event[1].pos, &l, NULL), LW_OK);
    const char *at = lw_journal_line_members(&l, &end);
    assert_memory_equal(at, ",\"task\":", 8);
    assert_memory_equal(end, ",\"prev\":\"", 9);
    assert_memory_equal(l.digits, "2,\"time\":\"", 10);
    assert_int_equal(l.stamp[-1], '"');
    assert_int_equal(l.stamp[10], 'T');
    lw_line_reader_free(r);
    lw_journal_close(j);
    temp_journal_log_fini(&log);
}

/* A glance sees the members of a line whose hash is wrong; reading it does not. */
static void a_damaged_line_is_seen_and_not_read(void **state)
{
    const struct temp_journal *temp = *state;
    static const struct {
        const char *from;
        bool seen;
    } rows[] = {{"\"note\"", true}, {"\"v\":1", false}, {"\"hash\":\"", false}};
    struct temp_journal_log log = {0};
    struct lw_buf text = {0};
    temp_journal_fill(temp, 3);
    struct lw_journal *j = temp_journal_journal(temp, &log);
    struct lw_pos pos = log.event[2].pos;
    temp_journal_read(temp, SEGMENT, &text);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lw_line_reader *r = lw_line_reader_new(j);
        struct lw_journal_line l;
        struct lw_err alone = {0}, err = {0};
        struct lw_buf unused = {0};
        char *byte = memmem(text.data + pos.offset, pos.len, rows[i].from, strlen(rows[i].from));
        byte[1] ^= 1;
        temp_journal_write(temp, SEGMENT, text.data, text.len);
        byte[1] ^= 1;
        assert_int_equal(lw_line_reader_glance(r, pos, &l), rows[i].seen);
        assert_int_equal(lw_line_reader_line(r, pos, &l, &err), LW_EBAD);
        assert_int_equal(lw_journal_text(j, pos, &unused, &alone), LW_EBAD);
        assert_string_equal(err.text, alone.text);
        assert_int_equal(unused.len, 0);
        lw_buf_fini(&unused);
        lw_line_reader_free(r);
    }
    lw_buf_fini(&text);
    lw_journal_close(j);
    temp_journal_log_fini(&log);
}

static void there_is_no_line_where_none_can_be(void **state)
{
    const struct temp_journal *temp = *state;
    static const struct lw_pos places[] = {{1, 0, 0}, {1, 1, 0}, {1, LW_LINE_MAX + 1, 0},
        {1, 900, 1u << 30}, {77, 900, 0}, {77, 900, 5}};
    temp_journal_fill(temp, 1);
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    struct lw_line_reader *r = lw_line_reader_new(j);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct lw_journal_line l;
        assert_false(lw_line_reader_glance(r, places[i], &l));
        assert_int_not_equal(lw_line_reader_line(r, places[i], &l, NULL), LW_OK);
    }
    lw_line_reader_free(r);
    lw_journal_close(j);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, temp_journal_setup, temp_journal_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_are_the_same_in_any_order),
        TEST(a_line_says_where_its_members_stand),
        TEST(a_damaged_line_is_seen_and_not_read),
        TEST(there_is_no_line_where_none_can_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
