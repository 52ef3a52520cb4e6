/* Which lines a walk has seen, against a list that is searched from its start: lines in order, with
 * gaps, doubles and forks, from any seq on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "journal/journal_internal.h"
#include "labelwright/stats/interval.h"

enum { LINES = 3000 };

struct line {
    uint64_t seq;
    char hash[LW_SHA256_HEX];
};

static struct line seen_line[LINES];

static enum lw_line_known find_slowly(size_t n, const struct line *l)
{
    enum lw_line_known found = LW_LINE_NEW;
    for (size_t i = 0; i < n; i++) {
        if (seen_line[i].seq != l->seq)
            continue;
        if (memcmp(seen_line[i].hash, l->hash, 16) == 0)
            return LW_LINE_SAME;
        found = LW_LINE_OTHER;
    }
    return found;
}

/* Mostly the next one; now and then a seq from before, one after a gap, or the same line again. */
static struct line next_line(size_t n, uint64_t *next, uint64_t *random)
{
    struct line l;
    uint64_t kind = lw_random_below(random, 40), some = lw_random_below(random, n + 1);
    if (kind == 0 && some < n)
        return seen_line[some];
    *next += kind == 1 ? lw_random_below(random, 5) : 0;
    l.seq = kind == 2 && some < n ? seen_line[some].seq : (*next)++;
    lw_sha256_hex(&(uint64_t){lw_random_below(random, UINT32_MAX)}, sizeof(uint64_t), l.hash);
    return l;
}

static void sees_what_a_list_sees(uint64_t seed)
{
    struct lw_line_set s = {0};
    size_t as[3] = {0};
    uint64_t next = 1 + lw_random_below(&seed, 1000000);
    for (size_t n = 0; n < LINES; n++) {
        seen_line[n] = next_line(n, &next, &seed);
        enum lw_line_known expected = find_slowly(n, &seen_line[n]);
        assert_int_equal(lw_line_set_find(&s, seen_line[n].seq, seen_line[n].hash), expected);
        as[expected]++;
        if (expected != LW_LINE_SAME)
            lw_line_set_add(&s, seen_line[n].seq, seen_line[n].hash);
    }
    assert_true(as[LW_LINE_NEW] > 0 && as[LW_LINE_SAME] > 0 && as[LW_LINE_OTHER] > 0);
    lw_line_set_fini(&s);
}

static void lines_of_every_kind(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++)
        sees_what_a_list_sees(seed);
}

/* The first 64 bits count, each of them. */
static void every_digit_of_the_first_sixteen_counts(void **state)
{
    (void)state;
    struct lw_line_set s = {0};
    char hash[LW_SHA256_HEX];
    memset(hash, '0', sizeof hash - 1);
    hash[sizeof hash - 1] = '\0';
    lw_line_set_add(&s, 7, hash);
    for (int i = 0; i < 16; i++)
        for (const char *digit = "123456789abcdef"; *digit; digit++) {
            hash[i] = *digit;
            assert_int_equal(lw_line_set_find(&s, 7, hash), LW_LINE_OTHER);
            lw_line_set_add(&s, 7, hash);
            assert_int_equal(lw_line_set_find(&s, 7, hash), LW_LINE_SAME);
            hash[i] = '0';
        }
    assert_int_equal(lw_line_set_find(&s, 8, hash), LW_LINE_NEW);
    assert_int_equal(lw_line_set_find(&s, 6, hash), LW_LINE_NEW);
    lw_line_set_fini(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_every_kind),
        cmocka_unit_test(every_digit_of_the_first_sixteen_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
