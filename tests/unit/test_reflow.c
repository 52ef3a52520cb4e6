/* Screen lines kept while a text changes: the same as wrapping it anew, with pieces so small that
 * every boundary is crossed. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fixtures/text_properties.h"
#include "labelwright/base/buf.h"

#include <locale.h>

static void splice(struct lw_buf *b, size_t at, size_t out, const char *in, size_t n)
{
    char *rest = lw_strndup(b->data + at + out, b->len - at - out);
    size_t n_rest = b->len - at - out;
    b->len = at;
    lw_buf_add(b, in, n);
    lw_buf_add(b, rest, n_rest);
    free(rest);
}

static void assert_wrapped(const struct lw_reflow *f, const struct lw_buf *b)
{
    struct lw_wrap w = {0};
    lw_wrap_text(&w, b->data, b->len, f->cols);
    assert_int_equal(lw_reflow_count(f), w.n);
    for (size_t i = 0; i < w.n; i++) {
        struct lw_line l = lw_reflow_line(f, i);
        assert_int_equal(l.start, w.v[i].start);
        assert_int_equal(l.end, w.v[i].end);
        assert_int_equal(l.soft, w.v[i].soft);
    }
    for (size_t at = 0; at <= b->len + 1; at++)
        assert_int_equal(lw_reflow_line_of(f, at), lw_wrap_line_of(&w, at));
    lw_wrap_fini(&w);
}

/* No source line gets longer than a piece. */
static void change_at_random(size_t most, int cols, const char *const *pieces, size_t npieces)
{
    struct lw_buf b = {0};
    struct lw_reflow f = {.most = most};
    lw_buf_add(&b, "", 0);
    lw_reflow_text(&f, b.data, 0, cols);
    for (int i = 0; i < 400; i++) {
        size_t at = (size_t)rand() % (b.len + 1), out = (size_t)rand() % 6;
        const char *in = pieces[(size_t)rand() % npieces];
        out = out < b.len - at ? out : b.len - at;
        splice(&b, at, out, in, strlen(in));
        lw_reflow_change(&f, b.data, b.len, at, out, strlen(in));
        assert_wrapped(&f, &b);
    }
    lw_reflow_fini(&f);
    lw_buf_fini(&b);
}

static void changes_give_the_lines_of_the_whole(void **state)
{
    (void)state;
    static const char *const pieces[] = {"", "a", "\n", "b c\n", "\r\n", "\r", "\n\n", "漢\n",
        "\xE2\x80\xA8", "\xC2\x85", "x \n", "e\xCC\x81\n"};
    srand(5);
    for (int round = 0; round < 60; round++)
        change_at_random(200, 3 + round % 20, pieces, sizeof pieces / sizeof *pieces);
}

static void a_long_line_is_cut_where_a_screen_line_begins(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    for (int i = 0; i < 300; i++)
        lw_buf_fmt(&b, "word%d ", i * 7919);
    struct lw_reflow f = {.most = 64};
    lw_reflow_text(&f, b.data, b.len, 30);
    assert_true(f.n > 20);
    assert_wrapped(&f, &b);
    lw_reflow_fini(&f);
    lw_buf_fini(&b);
}

/* Whatever is done, lines are in order, fit, and hold all of the text. */
static void a_long_line_stays_whole_when_it_changes(void **state)
{
    (void)state;
    srand(6);
    struct lw_buf b = {0};
    struct lw_reflow f = {.most = 32};
    lw_buf_add(&b, "", 0);
    lw_reflow_text(&f, b.data, 0, 9);
    for (int i = 0; i < 3000; i++) {
        static const char *const pieces[] = {"ab cd ", "e", " ", "漢字漢字", "\n", "abcdefghijk"};
        const char *in = pieces[(size_t)rand() % (i % 50 ? 4 : 6)];
        size_t at = (size_t)rand() % (b.len + 1), out = (size_t)rand() % (b.len > 500 ? 90 : 4);
        out = out < b.len - at ? out : b.len - at;
        at = lw_grapheme_at(b.data, b.len, at);
        out = lw_grapheme_at(b.data, b.len, at + out) - at;
        splice(&b, at, out, in, strlen(in));
        lw_reflow_change(&f, b.data, b.len, at, out, strlen(in));
        for (size_t k = 0; k < lw_reflow_count(&f); k++) {
            struct lw_line l = lw_reflow_line(&f, k);
            size_t next = k + 1 < lw_reflow_count(&f) ? lw_reflow_line(&f, k + 1).start : b.len;
            hold_gap(b.data, l.end, next, l.soft);
            hold_line_fits(b.data, &l, 9);
        }
    }
    lw_reflow_fini(&f);
    lw_buf_fini(&b);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_give_the_lines_of_the_whole),
        cmocka_unit_test(a_long_line_is_cut_where_a_screen_line_begins),
        cmocka_unit_test(a_long_line_stays_whole_when_it_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
