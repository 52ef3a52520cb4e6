/* Any bytes as Markdown and as prose, at any width: lines fit, runs are true, and a place found is
 * a place shown; where they are UTF-8, as every text of a record is, no word is lost. The first
 * byte is the width, the second says how the reader wants it. */
#define _GNU_SOURCE
#include "fixtures/rendering_properties.h"
#include "labelwright/text/utf8.h"

#include <stdint.h>

static void fail(const char *why)
{
    fprintf(stderr, "%s\n", why);
    abort();
}

static void check_places(struct lw_rendering *r, size_t n)
{
    size_t lines = lw_rendering_reach(r, SIZE_MAX);
    for (size_t at = 0; at < n; at += 1 + n / 16)
        if (lw_rendering_line_of(r, at) >= lines)
            fail("a place is in no line");
}

static void check_find(struct lw_rendering *r, const char *s, size_t n)
{
    struct lw_needle needle;
    size_t from = 0, at, len;
    lw_needle_init(&needle, s, n < 3 ? n : 3);
    while (lw_rendering_find(r, &needle, from, &at, &len)) {
        if (len == 0 || at < from || at + len > n)
            fail("a match is outside the text, or goes back");
        from = at + len;
    }
    lw_needle_fini(&needle);
}

static void check(const char *s, size_t n, bool markdown, struct lw_reading_opts how)
{
    int cols = how.cols;
    struct lw_rendering *r = lw_rendering_new(s, n, markdown, how);
    char *seen = lw_alloc(n + 1);
    const char *bad = check_rendering(r, s, n, cols, seen);
    if (bad)
        fail(bad);
    if (lw_utf8_valid(s, n, NULL) && lost_word(r, s, n, seen) < n) {
        fprintf(stderr, "at byte %zu: ", lost_word(r, s, n, seen));
        fail("a word is lost");
    }
    check_places(r, n);
    check_find(r, s, n);
    free(seen);
    lw_rendering_free(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool begun;
    if (!begun)
        lw_locale_init();
    begun = true;
    if (size < 2)
        return 0;
    size_t n = size - 2;
    char *s = lw_strndup((const char *)data + 2, n);
    struct lw_reading_opts how = reading_opts(1 + data[0] % 120, data[1]);
    check(s, n, true, how);
    check(s, n, false, how);
    lw_is_markdown(s, n);
    free(s);
    return 0;
}
