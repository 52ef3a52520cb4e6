/* Finding text that reads the same: whatever its case, composed or not, in full width or half
 * (Unicode's full case folding over NFKC). What no screen shows, such as a soft hyphen, is passed
 * over; the Turkish İ counts as i. */
#ifndef LABELWRIGHT_TEXT_FIND_H
#define LABELWRIGHT_TEXT_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#include "labelwright/base/buf.h"

enum { LW_FOLD_CACHE = 256, LW_FOLD_MAX = 15 };

/* What is looked for; the caller holds it. */
struct lw_needle {
    struct lw_buf folded; /* empty: found nowhere */
    struct lw_folded {    /* of code points met lately, by their last bits */
        char32_t cp;
        unsigned char n;
        char s[LW_FOLD_MAX];
    } cache[LW_FOLD_CACHE];
};

void lw_needle_init(struct lw_needle *to, const char *s, size_t n);
void lw_needle_fini(struct lw_needle *needle);

/* Where the needle first occurs in the n bytes of `s`, at or after `from`; `*len` gets the number
 * of bytes it takes there: whole characters with their marks, so that "ss" takes the ß of two
 * bytes. n when it does not occur. */
size_t lw_find(struct lw_needle *needle, const char *s, size_t n, size_t from, size_t *len);

/* The n bytes of `s` as they are compared, added to `to`. Bytes that are no UTF-8 stay. */
void lw_fold(const char *s, size_t n, struct lw_buf *to);

/* True when the code point may read as something else: its fold is not itself, or it is passed
 * over, or it may join the one before it. */
bool lw_fold_changes(char32_t cp);

/* True when it may join the one before it, as marks do. */
bool lw_fold_joins(char32_t cp);

#endif
