/* Finds words in a text as people expect: whatever the case, composed or not, without what is not
 * seen. Both sides are folded piece by piece (a character with its marks), so that a hit begins and
 * ends at bytes of the text itself. Linear but for the comparison at each piece. Which texts are
 * searched is tasks/search.c's. */
#include "labelwright/text/find.h"

#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

/* ---- a character with its marks */

/* Letters that compose with the one before: vowels and final consonants of Korean, and the voiced
 * signs of Japanese in half width. */
static bool is_tail(char32_t cp)
{
    return (cp >= 0x1160 && cp <= 0x11FF) || cp == 0xFF9E || cp == 0xFF9F;
}

bool lw_fold_joins(char32_t cp)
{
    return cp >= 0x300 && cp != LW_UTF8_BAD &&
           (uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_M) || is_tail(cp));
}

static bool is_unseen(char32_t cp)
{
    return cp >= 0xAD && cp != LW_UTF8_BAD &&
           uc_is_property(cp, UC_PROPERTY_DEFAULT_IGNORABLE_CODE_POINT);
}

/* Bytes of the first code point and of those that join it; `*cp` is the first, `*alone` that
 * nothing joins it. */
static size_t next_piece(const char *s, size_t n, char32_t *cp, bool *alone)
{
    size_t first = lw_utf8_decode(s, n, cp), at = first;
    for (size_t took; at < n && (unsigned char)s[at] >= 0x80 && *cp != LW_UTF8_BAD; at += took) {
        char32_t next;
        took = lw_utf8_decode(s + at, n - at, &next);
        if (!lw_fold_joins(next))
            break;
    }
    *alone = at == first;
    return at;
}

/* ---- folding */

/* Case folded and composed (NFKC); NULL without memory. */
static uint8_t *fold_once(const uint8_t *s, size_t n, size_t *len)
{
    return u8_casefold(s, n, NULL, UNINORM_NFKC, NULL, len);
}

/* Adds what is seen; the dot that folding puts over the i of İ is left out. */
static void add_seen(const char *s, size_t n, struct lw_buf *to)
{
    char32_t cp, before = 0;
    for (size_t at = 0, took; at < n; at += took) {
        took = lw_utf8_decode(s + at, n - at, &cp);
        if (!is_unseen(cp) && !(cp == 0x307 && before == 'i'))
            lw_buf_add(to, s + at, took);
        before = cp;
    }
}

static void fold_piece(const char *s, size_t n, char32_t cp, struct lw_buf *to)
{
    if (n == 1) {
        char c = (char)(cp >= 'A' && cp <= 'Z' ? cp | 0x20 : (unsigned char)*s);
        lw_buf_add(to, &c, 1);
        return;
    }
    /* Twice: the square sign for MHz has its capitals only behind NFKC. */
    size_t len;
    uint8_t *once = fold_once((const uint8_t *)s, n, &len);
    uint8_t *twice = once ? fold_once(once, len, &len) : NULL;
    if (twice)
        add_seen((const char *)twice, len, to);
    else
        lw_buf_add(to, s, n);
    free(once);
    free(twice);
}

void lw_fold(const char *s, size_t n, struct lw_buf *to)
{
    char32_t cp;
    bool alone;
    for (size_t at = 0, took; at < n; at += took) {
        took = next_piece(s + at, n - at, &cp, &alone);
        fold_piece(s + at, took, cp, to);
    }
}

bool lw_fold_changes(char32_t cp)
{
    char s[4];
    size_t n = lw_utf8_encode(cp, s);
    if (n == 0 || lw_fold_joins(cp) || is_unseen(cp))
        return true;
    struct lw_buf folded = {0};
    fold_piece(s, n, cp, &folded);
    bool same = folded.len == n && memcmp(folded.data, s, n) == 0;
    lw_buf_fini(&folded);
    return !same;
}

/* ---- looking for it */

void lw_needle_init(struct lw_needle *to, const char *s, size_t n)
{
    memset(to, 0, sizeof *to);
    lw_fold(s, n, &to->folded);
}

void lw_needle_fini(struct lw_needle *needle)
{
    lw_buf_fini(&needle->folded);
}

/* The fold of a piece and its length: in the cache, or in `*spare`. To fold takes far longer than
 * to look it up. */
static const char *folded_piece(struct lw_needle *needle, const char *s, size_t *n, char32_t cp,
    bool alone, struct lw_buf *spare)
{
    struct lw_folded *kept = &needle->cache[cp % LW_FOLD_CACHE];
    if (alone && kept->cp == cp && cp != 0) {
        *n = kept->n;
        return kept->s;
    }
    lw_buf_clear(spare);
    fold_piece(s, *n, cp, spare);
    *n = spare->len;
    if (alone && cp != LW_UTF8_BAD && spare->len <= LW_FOLD_MAX) {
        *kept = (struct lw_folded){.cp = cp, .n = (unsigned char)spare->len};
        memcpy(kept->s, spare->data ? spare->data : "", spare->len);
    }
    return spare->data ? spare->data : "";
}

/* Bytes of `s` that read as the needle; 0 when it does not begin there. `*step` is how many the
 * first piece takes. */
static size_t match(
    struct lw_needle *needle, const char *s, size_t n, size_t *step, struct lw_buf *spare)
{
    const char *want = needle->folded.data;
    size_t at = 0, left = needle->folded.len;
    while (left > 0) {
        char32_t cp;
        bool alone;
        if (at >= n)
            return 0;
        size_t took = next_piece(s + at, n - at, &cp, &alone);
        size_t k = took;
        const char *folded = folded_piece(needle, s + at, &k, cp, alone, spare);
        *step = at == 0 ? took : *step;
        k = k < left ? k : left;
        if ((at == 0 && k == 0) || memcmp(folded, want, k) != 0)
            return 0;
        want += k;
        left -= k;
        at += took;
    }
    return at;
}

/* Goes over ASCII that nothing joins and that is not how the needle begins. */
static size_t skip_others(const struct lw_needle *needle, const char *s, size_t n, size_t from)
{
    const char first = *needle->folded.data,
               capital = first >= 'a' && first <= 'z' ? first & ~0x20 : first;
    while (
        n - from > 1 && !((s[from] | s[from + 1]) & 0x80) && s[from] != first && s[from] != capital)
        from++;
    return from;
}

size_t lw_find(struct lw_needle *needle, const char *s, size_t n, size_t from, size_t *len)
{
    struct lw_buf spare = {0};
    *len = 0;
    for (size_t step = 1; needle->folded.len > 0 && from < n && *len == 0; from += step) {
        from = skip_others(needle, s, n, from);
        *len = match(needle, s + from, n - from, &step, &spare);
        if (*len > 0)
            break;
    }
    lw_buf_fini(&spare);
    return *len > 0 ? from : n;
}
