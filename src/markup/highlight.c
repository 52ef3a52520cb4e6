/* Gives code to the scanner of its language. What the languages are is in language_programs.c
 * and language_others.c; what colours the styles have is the themes'. */
#include "labelwright/markup/highlight.h"
#include "markup/scan_internal.h"

static void scan_code(struct lw_tokens *to, const struct lw_language *l, const char *s, size_t n)
{
    lw_scan_code(to, lw_words_of(l), s, 0, n);
}

void lw_highlight(struct lw_tokens *to, const struct lw_language *l, const char *s, size_t n)
{
    static void (*const scan[])(
        struct lw_tokens *, const struct lw_language *, const char *, size_t) = {
        [LW_SCAN_CODE] = scan_code,
        [LW_SCAN_TAGS] = lw_scan_tags,
        [LW_SCAN_PHP] = lw_scan_php,
        [LW_SCAN_CONSOLE] = lw_scan_console,
        [LW_SCAN_DIFF] = lw_scan_diff,
        [LW_SCAN_MARKDOWN] = lw_scan_markdown,
    };
    to->n = 0;
    if (l && n > 0)
        scan[l->kind](to, l, s, n);
}
