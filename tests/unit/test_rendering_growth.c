/* A text that grows while it is shown reads as if it had been there at once, and what cannot change
 * is not laid out again. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/rendering_properties.h"
#include "labelwright/text/glyph.h"
#include "markup/rendering_internal.h"

enum { LARGE = 400 * 1000, TEXTS = 12, COLS = 78 };

static const struct lw_reading_opts plain = {.cols = COLS}, folded = {.cols = COLS, .fold = true};

/* ---- texts */

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static void add_words(struct lw_buf *to, uint32_t *seed, size_t n)
{
    static const char *const words[] = {
        "river", "**long**", "`depth`", "of", "[a]", "is", "$x$", "water", "*and*"};
    for (size_t i = 0; i < n; i++)
        lw_buf_fmt(to, "%s%s", i ? " " : "", words[next(seed) % 9]);
}

/* Each opens something that may go on for long, or ends it. */
static void add_piece(struct lw_buf *to, uint32_t *seed)
{
    static const char *const pieces[] = {"```\n", "\n```\n", "$$\n", "<!-- ", " -->\n", "<pre>\n",
        "</pre>\n", "- ", "1. ", "  - ", "> ", "# ", "\n\n", "\n", "| a | b |\n|---|---|\n| ",
        "\\[\n", "\\]\n", "    ", "~~~py\n", "~~~\n"};
    uint32_t which = next(seed) % 100;
    if (which < 40)
        add_words(to, seed, 5 + next(seed) % 60);
    else if (which == 40)
        add_words(to, seed, 6000); /* longer than a chunk */
    else if (which < 70)
        lw_buf_str(to, "\n\n");
    else
        lw_buf_str(to, pieces[next(seed) % (sizeof pieces / sizeof *pieces)]);
}

static void make_text(struct lw_buf *to, uint32_t seed)
{
    lw_buf_str(to, "# A **text**\n\n");
    while (to->len < LARGE)
        add_piece(to, &seed);
}

/* ---- */

static void must_equal(struct lw_rendering *grown, struct lw_rendering *fresh)
{
    struct lw_buf a = {0}, b = {0};
    rendered_text(grown, &a);
    rendered_text(fresh, &b);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    for (size_t i = 0; i < fresh->lines.n; i++)
        assert_int_equal(lw_rendering_line(grown, i).at, lw_rendering_line(fresh, i).at);
    assert_int_equal(grown->layout.nfolds, fresh->layout.nfolds);
    assert_int_equal(lw_rendering_links(grown), lw_rendering_links(fresh));
    lw_buf_fini(&a);
    lw_buf_fini(&b);
}

/* As a pane does: the text is elsewhere each time. */
static char *grow(struct lw_rendering **r, char *was, const struct lw_buf *text, size_t n,
    struct lw_reading_opts how, size_t *kept)
{
    char *now = lw_strndup(text->data, n);
    bool grew = lw_rendering_grow(*r, now, n, true, how);
    if (!grew) {
        lw_rendering_free(*r);
        *r = lw_rendering_new(now, n, true, how);
    }
    *kept += grew;
    free(was);
    return now;
}

static void grow_by_pieces(const struct lw_buf *text, uint32_t seed, struct lw_reading_opts how)
{
    size_t n = 1000, kept = 0;
    char *now = lw_strndup(text->data, n);
    struct lw_rendering *r = lw_rendering_new(now, n, true, how);
    while (n < text->len) {
        if (next(&seed) % 3 > 0) /* not all that came was looked at */
            lw_rendering_reach(r, SIZE_MAX);
        n += 1 + next(&seed) % 30000;
        n = n < text->len ? n : text->len;
        now = grow(&r, now, text, n, how, &kept);
        struct lw_rendering *fresh = lw_rendering_new(now, n, true, how);
        if (next(&seed) % 4 == 0)
            must_equal(r, fresh);
        lw_rendering_free(fresh);
    }
    struct lw_rendering *fresh = lw_rendering_new(now, n, true, how);
    must_equal(r, fresh);
    assert_true(kept > 0);
    lw_rendering_free(fresh);
    lw_rendering_free(r);
    free(now);
}

static void a_grown_text_reads_as_if_it_had_come_at_once(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= TEXTS; seed++) {
        struct lw_buf text = {0};
        make_text(&text, seed);
        grow_by_pieces(&text, seed, seed % 2 ? plain : folded);
        lw_buf_fini(&text);
    }
}

/* Of a long text only the end is laid out again, however often a little comes. */
static void what_is_settled_stays(void **state)
{
    (void)state;
    struct lw_buf text = {0};
    for (uint32_t seed = 7; text.len < LARGE; lw_buf_str(&text, ".\n\n"))
        add_words(&text, &seed, 30);
    struct lw_rendering *r = lw_rendering_new(text.data, text.len - 100, true, plain);
    lw_rendering_reach(r, SIZE_MAX);
    size_t n = r->nparts;
    const struct lw_rendering_part *middle = r->part[n / 2];
    assert_true(lw_rendering_grow(r, text.data, text.len, true, plain));
    assert_ptr_equal(r->part[n / 2], middle);
    assert_true(r->nparts > n / 2 && lw_part_end(lw_rendering_last(r)) + LARGE / 3 > text.len);
    lw_rendering_free(r);
    lw_buf_fini(&text);
}

/* Bytes laid out while a text comes in so many pieces: not as many as half of it each time. */
static void a_text_that_streams_in_takes_no_quadratic_time(void **state)
{
    (void)state;
    enum { PIECES = 400, ALL = 2000 * 1000 };
    struct lw_buf text = {0};
    for (uint32_t seed = 7; text.len < ALL; lw_buf_str(&text, ".\n\n"))
        add_words(&text, &seed, 30);
    size_t laid_out = 0;
    struct lw_rendering *r = lw_rendering_new(text.data, 0, true, plain);
    for (size_t i = 1; i <= PIECES; i++) {
        size_t n = ALL / PIECES * i, before = r->waste, had = r->n;
        bool grew = lw_rendering_grow(r, text.data, n, true, plain);
        laid_out += grew ? r->waste - before + n - had : n;
        if (!grew) {
            lw_rendering_free(r);
            r = lw_rendering_new(text.data, n, true, plain);
        }
        lw_rendering_reach(r, SIZE_MAX);
    }
    print_message("%.1f times the text\n", (double)laid_out / ALL);
    assert_true(laid_out / ALL < PIECES / 8);
    lw_rendering_free(r);
    lw_buf_fini(&text);
}

static void what_reads_otherwise_is_laid_out_anew(void **state)
{
    (void)state;
    struct lw_buf text = {0};
    const struct lw_reading_opts narrow = {.cols = COLS - 1};
    for (uint32_t seed = 7; text.len < LARGE; lw_buf_str(&text, ".\n\n"))
        add_words(&text, &seed, 30);
    size_t n = text.len;
    lw_buf_str(&text, "[a]: https://example.org\n");
    struct lw_rendering *r = lw_rendering_new(text.data, n, true, plain);
    lw_rendering_reach(r, SIZE_MAX);
    assert_true(lw_rendering_grow(r, text.data, n, true, plain));
    assert_false(lw_rendering_grow(r, text.data, n, true, narrow));
    assert_false(lw_rendering_grow(r, text.data, n, false, plain));
    assert_false(lw_rendering_grow(r, text.data, n - 1, true, plain));
    assert_false(lw_rendering_grow(r, text.data, text.len, true, plain)); /* [a] is a link now */
    char *other = lw_strndup(text.data, n);
    other[n / 2] ^= 1;
    assert_false(lw_rendering_grow(r, other, n, true, plain));
    free(other);
    lw_rendering_free(r);
    lw_buf_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_grown_text_reads_as_if_it_had_come_at_once),
        cmocka_unit_test(what_is_settled_stays),
        cmocka_unit_test(a_text_that_streams_in_takes_no_quadratic_time),
        cmocka_unit_test(what_reads_otherwise_is_laid_out_anew),
    };
    return lw_locale_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
