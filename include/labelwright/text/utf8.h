/* UTF-8, strictly: no surrogates, no overlong forms, nothing beyond U+10FFFF. */
#ifndef LABELWRIGHT_TEXT_UTF8_H
#define LABELWRIGHT_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#define LW_UTF8_BAD ((char32_t)-1)

/* Decodes the code point at `s` (n > 0 bytes left) and returns how many bytes it takes (>= 1).
 * An invalid or cut-off sequence gives LW_UTF8_BAD and takes one byte. */
size_t lw_utf8_decode(const char *s, size_t n, char32_t *cp);

size_t lw_utf8_encode(char32_t cp, char to[4]); /* bytes written, 0 for no scalar value */

/* True when all n bytes are valid; otherwise the offset of the first bad byte at `*bad` (may be
 * NULL). */
bool lw_utf8_valid(const char *s, size_t n, size_t *bad);

/* Bytes of the line end at `s` (n bytes left): LF, CRLF, U+0085, U+2028, U+2029; 0 for none. */
size_t lw_line_end(const char *s, size_t n);
bool lw_ends_line(const char *s, size_t n); /* the n bytes end with one */

/* Bytes of printable ASCII at the start of `s`: one column each. */
size_t lw_plain_len(const char *s, size_t n);

/* The end of the line that starts at `s`: the offset of its line end, or n. */
size_t lw_line_len(const char *s, size_t n);

/* What a decimal digit of any script stands for, full-width ones too: 3 for ３, ٣, ३; -1 for none.
 */
int lw_digit_value(char32_t cp);

/* An integer of at most 18 such digits with a sign or none, and with blanks around; false when `s`
 * is anything else. */
bool lw_number_parse(const char *s, size_t n, int64_t *to);

/* Grapheme boundaries (UAX #29) within the n bytes of `s`: the next one after `at`, the previous
 * one before it, and the last one at or before it (the start of the cluster that holds byte `at`; n
 * for at >= n). An invalid byte is a cluster of its own. They look at about 1 KiB around `at` at
 * most: a longer cluster is cut somewhere, never inside a code point. */
size_t lw_grapheme_next(const char *s, size_t n, size_t at);
size_t lw_grapheme_prev(const char *s, size_t n, size_t at);
size_t lw_grapheme_at(const char *s, size_t n, size_t at);

#endif
