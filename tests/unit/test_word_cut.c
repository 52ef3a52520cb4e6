/* Words cut from a text, where limits fall inside a character. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "labelwright/base/buf.h"
#include "labelwright/text/utf8.h"
#include "spell/word_cut_internal.h"

/* Every word of "xyz-", `fill` letters and then two-byte ones is whole characters. */
static void hold_whole(const char *before, size_t fill, const char *behind)
{
    static struct lw_word_cutter c;
    struct lw_buf b = {0};
    struct lw_cut_word w;
    size_t words = 0;
    lw_buf_str(&b, before);
    for (size_t i = 0; i < fill; i++)
        lw_buf_str(&b, i % 2 ? "'" : "h");
    for (int i = 0; i < 80; i++)
        lw_buf_str(&b, "\xD0\xB6");
    lw_buf_str(&b, behind);
    lw_word_cutter_init(&c, b.data, b.len, 0, b.len);
    while (lw_word_cutter_next(&c, &w)) {
        words++;
        assert_true(lw_utf8_valid(b.data + w.whole, w.nwhole, NULL));
        assert_true(w.whole <= w.at && w.whole + w.nwhole >= w.at + w.len);
    }
    assert_true(words > 0);
    lw_buf_fini(&b);
}

static void what_hyphens_join_ends_between_characters(void **state)
{
    (void)state;
    for (size_t fill = 0; fill < 8; fill++) {
        hold_whole("xyz-", fill, "");
        hold_whole("", fill, "-xyz");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_hyphens_join_ends_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
