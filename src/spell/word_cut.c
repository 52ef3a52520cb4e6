/* Cuts a text into the words worth looking up: by UAX #29 (libunistring), by dictionaries where a
 * script has no spaces (text/unspaced.h), and by what people mean: addresses, paths, identifiers
 * and abbreviations are no words. Knows no language. */
#include "spell/word_cut_internal.h"

#include "labelwright/text/unspaced.h"
#include "labelwright/text/utf8.h"

#include <string.h>
#include <strings.h>
#include <unictype.h>
#include <uniwbrk.h>

enum { SKIPPED = 2 }; /* in `begins`: a word of a script that nothing here can cut */

/* ---- characters */

static bool is_space(char32_t cp)
{
    return cp <= 0x20 || cp == 0x7F || cp == 0x85 || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) ||
           cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x3000;
}

static bool is_letter(char32_t cp)
{
    if (cp < 0x80)
        return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
    return cp != LW_UTF8_BAD && uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_L);
}

static bool is_upper(char32_t cp)
{
    return cp < 0x80 ? cp >= 'A' && cp <= 'Z'
                     : uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Lu);
}

static bool is_lower(char32_t cp)
{
    return cp < 0x80 ? cp >= 'a' && cp <= 'z'
                     : uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Ll);
}

static bool is_number(char32_t cp)
{
    return cp < 0x80 ? cp >= '0' && cp <= '9'
                     : uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_N);
}

/* Bytes of the hyphen at `s`: - ‐ ‑; 0 for none. */
static size_t hyphen_len(const char *s, size_t n)
{
    if (n > 0 && *s == '-')
        return 1;
    return n > 2 && memcmp(s, "\xE2\x80", 2) == 0 && (s[2] == '\x90' || s[2] == '\x91') ? 3 : 0;
}

/* ---- words that are left alone */

struct shape {
    size_t letters, capitals;
    bool number, underscore, hump; /* a capital behind a small letter */
    bool first_two;                /* begins with two capitals */
};

static struct shape shape_of(const char *s, size_t n)
{
    struct shape f = {0};
    char32_t cp, before = 0;
    for (size_t at = 0; at < n; before = cp) {
        at += lw_utf8_decode(s + at, n - at, &cp);
        bool upper = is_upper(cp);
        f.letters += is_letter(cp);
        f.capitals += upper;
        f.number = f.number || is_number(cp);
        f.underscore = f.underscore || cp == '_';
        f.hump = f.hump || (upper && is_lower(before));
        f.first_two = f.first_two || (f.letters == 2 && f.capitals == 2);
    }
    return f;
}

bool lw_word_is_left_alone(const char *s, size_t n)
{
    struct shape f = shape_of(s, n);
    bool capitals = f.capitals == f.letters;
    return f.letters < 2 || f.number || f.underscore || f.hump || n > LW_WORD_BYTES ||
           (capitals && f.letters <= LW_CAPITALS_MAX) || (f.first_two && !capitals);
}

/* ---- a chunk: what stands between blanks */

static bool contains(const char *s, size_t n, const char *what)
{
    size_t len = strlen(what);
    for (size_t at = 0; at + len <= n; at++)
        if (memcmp(s + at, what, len) == 0)
            return true;
    return false;
}

/* Ann@example.org, and @ann. */
static bool has_address(const char *s, size_t n)
{
    const char *at = memchr(s, '@', n);
    return at && at + 1 < s + n && (at[1] >= '0' || (unsigned char)at[1] >= 0x80);
}

/* /usr/bin, ~/x, ./x, a/b/c, src/main.rs, C:\x; but not "and/or". */
static bool is_path(const char *s, size_t n)
{
    size_t slashes = 0, last = 0;
    while (n > 0 && strchr("([{\"'`*<", *s) && *s)
        s++, n--;
    for (size_t i = 0; i < n; i++)
        if (s[i] == '/') {
            slashes++;
            last = i;
        }
    if (n > 2 && s[1] == ':' && s[2] == '\\')
        return true;
    if (slashes == 0 || last + 1 == n)
        return slashes > 1;
    return slashes > 1 || strchr("/~.", s[0]) || memchr(s + last, '.', n - last - 1);
}

static bool chunk_is_left_alone(const char *s, size_t n)
{
    return contains(s, n, "://") || (n > 4 && strncasecmp(s, "www.", 4) == 0) ||
           has_address(s, n) || is_path(s, n);
}

/* The bytes from c->at up to a blank, a bad byte or the limit. */
static void find_chunk(struct lw_word_cutter *c)
{
    char32_t cp;
    size_t took = 0;
    while (c->at < c->n) { /* what stands between chunks */
        took = lw_utf8_decode(c->s + c->at, c->n - c->at, &cp);
        if (cp != LW_UTF8_BAD && !is_space(cp))
            break;
        c->at += took;
    }
    c->chunk = c->end = c->at;
    while (c->end < c->n) {
        took = lw_utf8_decode(c->s + c->end, c->n - c->end, &cp);
        if (cp == LW_UTF8_BAD || is_space(cp) || c->end + took - c->chunk > LW_CHUNK_MAX)
            break;
        c->end += took;
    }
}

/* Scripts without spaces, by their dictionaries. */
static void cut_unspaced(struct lw_word_cutter *c)
{
    const char *s = c->s + c->chunk;
    size_t n = c->end - c->chunk, len;
    for (size_t at = lw_unspaced_find(s, n, 0, &len); at < n;
         at = lw_unspaced_find(s, n, at + len, &len)) {
        memset(c->begins + at, 0, len);
        c->begins[at + len] = 1;
        c->begins[at] = lw_unspaced_words(s + at, len, c->begins + at) ? 1 : SKIPPED;
    }
}

/* "a:b" is two words, and so is "end.Next", but not "U.S". */
static void cut_at_signs(struct lw_word_cutter *c)
{
    const char *s = c->s + c->chunk;
    size_t n = c->end - c->chunk, from = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        char32_t after;
        from = c->begins[i] ? i : from;
        if (s[i] != ':' && s[i] != '.')
            continue;
        lw_utf8_decode(s + i + 1, n - i - 1, &after);
        if (s[i] == ':' || (is_upper(after) && i - from > 2))
            c->begins[i] = c->begins[i + 1] = 1;
    }
}

/* Most chunks are one word of plain letters, with other signs around it: no rules are needed. */
static bool cut_plain(struct lw_word_cutter *c)
{
    const char *s = c->s + c->chunk;
    size_t n = c->end - c->chunk, from = 0, end = n;
    while (from < n && (unsigned char)s[from] < 0x80 && !is_letter((unsigned char)s[from]))
        from++;
    while (end > from && (unsigned char)s[end - 1] < 0x80 && !is_letter((unsigned char)s[end - 1]))
        end--;
    for (size_t i = from; i < end; i++)
        if (!is_letter((unsigned char)s[i]))
            return false;
    if ((from > 0 && (lw_digit_value((unsigned char)s[from - 1]) >= 0 || s[from - 1] == '_')) ||
        (end < n && (lw_digit_value((unsigned char)s[end]) >= 0 || s[end] == '_')))
        return false;
    memset(c->begins, 1, from);
    memset(c->begins + from, 0, end - from);
    memset(c->begins + end, 1, n - end);
    c->begins[from] = 1;
    return true;
}

/* A chunk as long as may be ends where a word of it ends. */
static void end_long_chunk(struct lw_word_cutter *c)
{
    size_t n = c->end - c->chunk, last = n - 1;
    if (n + 4 <= LW_CHUNK_MAX || c->end == c->n)
        return;
    while (last > 0 && !c->begins[last])
        last--;
    if (last > 0)
        c->end = c->chunk + last;
}

static bool next_chunk(struct lw_word_cutter *c)
{
    for (;;) {
        if (c->at >= c->stop)
            return false;
        find_chunk(c);
        if (c->end == c->chunk)
            return false;
        if (!chunk_is_left_alone(c->s + c->chunk, c->end - c->chunk))
            break;
        c->at = c->end;
    }
    size_t n = c->end - c->chunk;
    c->begins[n] = 1;
    if (!cut_plain(c)) {
        u8_wordbreaks((const uint8_t *)c->s + c->chunk, n, c->begins);
        c->begins[0] = 1;
        cut_unspaced(c);
        cut_at_signs(c);
    }
    end_long_chunk(c);
    return true;
}

/* ---- words of a chunk */

/* \command, #tag, $variable, --option, &entity; */
static bool has_sign_before(const struct lw_word_cutter *c, size_t at, size_t end)
{
    if (at == c->chunk)
        return false;
    char before = c->s[at - 1];
    if (before == '&')
        return end < c->end && c->s[end] == ';';
    if (before == '-')
        return at - c->chunk > 1 && c->s[at - 2] == '-';
    return before == '\\' || before == '#' || before == '@' || before == '$';
}

/* From the word on, to the left or to the right, over letters and single hyphens. */
static size_t whole_start(const struct lw_word_cutter *c, size_t at)
{
    size_t from = at;
    while (from > c->chunk && at - from < LW_WORD_BYTES) {
        unsigned char b = (unsigned char)c->s[from - 1];
        if (b < 0x80 && b != '-' && b != '\'' && !is_letter(b))
            break;
        from--;
    }
    return from;
}

static size_t whole_end(const struct lw_word_cutter *c, size_t at)
{
    size_t end = at;
    while (end < c->end && end - at < LW_WORD_BYTES) {
        unsigned char b = (unsigned char)c->s[end];
        if (b < 0x80 && b != '-' && b != '\'' && !is_letter(b))
            break;
        end++;
    }
    while (end > at && end < c->end && ((unsigned char)c->s[end] & 0xC0) == 0x80)
        end--; /* the limit fell inside a character */
    return end;
}

/* Only when a hyphen stands beside it is there more to look up. Quotes and dashes at its ends go.
 */
static void find_whole(const struct lw_word_cutter *c, struct lw_cut_word *w)
{
    size_t end = w->at + w->len, from = w->at;
    bool before = from > c->chunk && (hyphen_len(c->s + from - 1, 1) ||
                                         (from - c->chunk > 2 && hyphen_len(c->s + from - 3, 3)));
    w->whole = w->at;
    w->nwhole = w->len;
    if (!before && !hyphen_len(c->s + end, c->end - end))
        return;
    from = whole_start(c, from);
    end = whole_end(c, end);
    while (from < w->at) {
        char32_t cp;
        size_t took = lw_utf8_decode(c->s + from, c->end - from, &cp);
        if (is_letter(cp))
            break;
        from += took;
    }
    while (end > w->at + w->len && c->s[end - 1] == '\'')
        end--;
    while (end > w->at + w->len + 1 && c->s[end - 1] == '-' && c->s[end - 2] == '-')
        end--; /* one hyphen stays: Finnish has "alkeis-" */
    w->whole = from;
    w->nwhole = end - from;
}

static size_t word_stop(const struct lw_word_cutter *c, size_t at)
{
    size_t end = at + 1;
    while (end < c->end && !c->begins[end - c->chunk])
        end++;
    return end;
}

static bool take_word(struct lw_word_cutter *c, struct lw_cut_word *w)
{
    size_t at = c->at, stop = word_stop(c, at);
    bool skipped = c->begins[at - c->chunk] == SKIPPED;
    char32_t cp;
    *w = (struct lw_cut_word){0};
    c->at = stop;
    while (at < stop && c->s[at] == '_') /* _emphasis_ */
        at++;
    while (stop > at && c->s[stop - 1] == '_')
        stop--;
    if (at == stop || skipped)
        return false;
    lw_utf8_decode(c->s + at, stop - at, &cp);
    size_t len;
    w->unspaced = cp >= 0xE00 && lw_unspaced_find(c->s + at, stop - at, 0, &len) == 0;
    w->at = at;
    w->len = stop - at;
    w->dotted = memchr(c->s + at, '.', w->len);
    if (!is_letter(cp) || has_sign_before(c, at, stop))
        return false;
    return w->unspaced || !lw_word_is_left_alone(c->s + at, w->len);
}

void lw_word_cutter_init(
    struct lw_word_cutter *c, const char *s, size_t n, size_t from, size_t stop)
{
    c->s = s;
    c->n = n;
    c->stop = stop;
    c->chunk = c->end = c->at = from;
}

bool lw_word_cutter_next(struct lw_word_cutter *c, struct lw_cut_word *w)
{
    for (;;) {
        if (c->at >= c->end && !next_chunk(c))
            return false;
        if (take_word(c, w)) {
            find_whole(c, w);
            return true;
        }
    }
}
