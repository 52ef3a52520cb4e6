/* A piece of the folded needle is chosen that a text can only hold where the bytes of its record
 * do, but for case: no character that JSON or a table escapes, none that readers of formats add
 * between the members they put together, and no mark that may change its place. It is looked for as
 * UTF-8 has it, and as escapes of JSON write it.
 *
 * A text without it may still hold the needle in disguise: in a character that reads as others (a
 * ligature, full width), in a letter and the mark that joins it, around something that is not seen,
 * in an escape that nobody writes, as a number that is shown in other digits. Each of these is
 * looked for, too, as far as it may read as the piece. */
#include "tasks/search_probe_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/fold_rows.h"
#include "labelwright/text/utf8.h"
#include "tasks/search_pattern_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

/* FORMS: with more, a byte of the piece could have more values than a pattern compares. */
enum { PIECE_BYTES = 64, CHARS_MAX = PIECE_BYTES, FORMS = LW_PATTERN_VALUES };

/* Whether a code point may be a part of a disguise. */
enum part { CLEAN, UNSEEN, DISGUISE };

/* Of each code point below this its part, in two bits. */
enum { KNOWN_MAX = 0x20000 };

/* Bytes from the lowest to the highest, for blocks. */
struct range {
    unsigned char low, high;
    lw_bytes lowest, span;
};

/* First bytes of UTF-8, and the second ones with which a part of a disguise may begin. */
enum { LEADS_MAX = 64 };
struct lead {
    struct range first, second;
};

/* What is looked for; each is found by itself, and each byte is looked at once for it. */
enum way { RAW, ESCAPED, DISGUISED, REAL, WAYS };

struct lw_probe {
    struct lw_span needle, run; /* the run is the piece, in the needle */
    /* Of each character of the piece: itself, and others that read as it and take as many bytes, as
     * in another case. */
    char32_t form[CHARS_MAX][FORMS];
    size_t nforms[CHARS_MAX], nchars;
    struct lw_pattern raw, escaped;
    char *marks; /* what characters of the piece are made of, decomposed; NULL for nothing */
    bool wide;   /* the piece is not all ASCII */
    bool number; /* it may be a part of a number */
    bool begins[256], ends[256]; /* bytes that begin or end a character of the piece */
    bool ascii[128];             /* its ASCII characters, in either case */
    unsigned char known[KNOWN_MAX / 4];
    struct lead lead[LEADS_MAX];  /* of single first bytes */
    struct range some[LEADS_MAX]; /* the first bytes alone, those in a row together */
    size_t nleads, nsome;
    struct lw_span bytes;
    bool escapes;
    size_t next[WAYS]; /* where the next one is; SIZE_MAX: not looked for yet */
    size_t from;       /* of the last call */
};

/* ---- the piece */

static bool is_letter(char32_t cp)
{
    return cp >= 0x80 && uc_is_general_category_withtable(
                             cp, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N | UC_CATEGORY_MASK_M);
}

/* A mark that goes to another place among others, or into its letter, is not. */
static bool is_safe(char32_t cp)
{
    static const struct {
        char32_t first, last;
    } range[] = {{'a', 'z'}, {'A', 'Z'}, {'0', '9'}, {' ', ' '}, {'-', '.'}, {'_', '_'},
        {0x0590, 0x109F}, {0x3000, 0xA63F}, {0xAC00, 0xD7A3}};
    bool in = is_letter(cp);
    for (size_t i = 0; !in && i < sizeof range / sizeof *range; i++)
        in = cp >= range[i].first && cp <= range[i].last;
    return in && cp != LW_UTF8_BAD && uc_combining_class(cp) == UC_CCC_NR;
}

/* A letter alone, or before a bracket: what can be chosen is shown as "A) this". */
static bool may_be_option(struct lw_span run, struct lw_span needle)
{
    const char *behind = run.s + run.n, *end = needle.s + needle.n;
    return run.n == 1 && *run.s >= 'A' && *run.s <= 'z' &&
           (needle.n == 1 || (behind < end && *behind == ')'));
}

/* Whole characters only. */
static size_t cut(struct lw_span run)
{
    size_t n = run.n < PIECE_BYTES ? run.n : PIECE_BYTES;
    while (n < run.n && ((unsigned char)run.s[n] & 0xC0) == 0x80)
        n--;
    return n;
}

/* The longest run of safe characters. None begins with a space: that may be the one behind the
 * colon which is put between a role and its text. */
static struct lw_span safe_run(struct lw_span needle)
{
    struct lw_span best = {0}, run = {0};
    char32_t cp;
    for (size_t at = 0, took; at < needle.n; at += took) {
        took = lw_utf8_decode(needle.s + at, needle.n - at, &cp);
        if (!is_safe(cp) || (run.n == 0 && cp == ' ')) {
            run.n = 0;
            continue;
        }
        run.s = run.n ? run.s : needle.s + at;
        run.n += took;
        if (!may_be_option(run, needle))
            best = run.n > best.n ? run : best;
    }
    best.n = cut(best);
    return best;
}

static void add_form(struct lw_probe *p, size_t i, char32_t cp)
{
    if (p->nforms[i] < FORMS)
        p->form[i][p->nforms[i]++] = cp;
}

static void add_character(struct lw_probe *p, char32_t cp)
{
    add_form(p, p->nchars, cp);
    if (cp >= 'a' && cp <= 'z')
        add_form(p, p->nchars, cp - 0x20);
    p->nchars++;
}

/* Those for which there is no room, and those of other lengths, are disguises. */
static void add_forms(struct lw_probe *p)
{
    size_t n;
    const struct lw_fold_row *row = lw_fold_rows(&n);
    for (size_t k = 0; k < n; k++) {
        char s[4];
        char32_t cp;
        if (row[k].n == 0 || row[k].n > sizeof s || row[k].joins ||
            lw_utf8_encode(row[k].cp, s) != row[k].n ||
            lw_utf8_decode(row[k].s, row[k].n, &cp) != row[k].n)
            continue;
        for (size_t i = 0; i < p->nchars; i++)
            if (p->form[i][0] == cp)
                add_form(p, i, row[k].cp);
    }
}

static size_t escape(char32_t cp, bool capitals, char to[16])
{
    const char *form = capitals ? "\\u%04X" : "\\u%04x";
    if (cp < 0x80) {
        *to = (char)cp;
        return 1;
    }
    if (cp < 0x10000)
        return (size_t)snprintf(to, 16, form, (unsigned)cp);
    size_t n = (size_t)snprintf(to, 16, form, (unsigned)(0xD7C0 + (cp >> 10)));
    return n + (size_t)snprintf(to + n, 16 - n, form, (unsigned)(0xDC00 | (cp & 0x3FF)));
}

static void allow_all(struct lw_pattern *p, size_t at, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        lw_pattern_allow(p, at + i, (unsigned char)s[i]);
}

static void add_to_pieces(struct lw_probe *p, size_t i)
{
    size_t raw = p->raw.n, escaped = p->escaped.n, n;
    char s[16];
    for (size_t k = 0; k < p->nforms[i]; k++) {
        char32_t form = p->form[i][k];
        n = lw_utf8_encode(form, s);
        allow_all(&p->raw, raw, s, n);
        p->begins[(unsigned char)s[0]] = p->ends[(unsigned char)s[n - 1]] = true;
        if (form < 0x80)
            p->ascii[form] = true;
        for (int capitals = 0; capitals < 2; capitals++) {
            n = escape(form, capitals, s);
            allow_all(&p->escaped, escaped, s, n);
        }
    }
}

/* The decomposed form of those characters that have one. */
static char *decompose(const struct lw_probe *p)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < p->nchars; i++) {
        char s[4];
        size_t n = lw_utf8_encode(p->form[i][0], s), len;
        uint8_t *parts = u8_normalize(UNINORM_NFKD, (const uint8_t *)s, n, NULL, &len);
        if (parts && (len != n || memcmp(parts, s, n) != 0))
            lw_buf_add(&b, parts, len);
        free(parts);
    }
    return b.len > 0 ? lw_buf_detach(&b) : NULL;
}

/* ---- characters in disguise */

static bool is_form(const struct lw_probe *p, char32_t cp)
{
    for (size_t i = 0; i < p->nchars; i++)
        for (size_t k = 0; k < p->nforms[i]; k++)
            if (p->form[i][k] == cp)
                return true;
    return false;
}

static bool holds_any(struct lw_span all, const char *s, size_t n)
{
    for (size_t at = 0, took; at < n; at += took) {
        char32_t cp;
        took = lw_utf8_decode(s + at, n - at, &cp);
        for (size_t i = 0; i + took <= all.n; i++)
            if (memcmp(all.s + i, s + at, took) == 0)
                return true;
    }
    return false;
}

/* Whether it may read as a part of the needle: all of it stands there, or the needle ends with how
 * it begins. */
static bool reads_in_needle(const struct lw_probe *p, const char *s, size_t n)
{
    struct lw_span all = p->needle;
    for (size_t i = 0; i < all.n; i++) {
        size_t k = all.n - i < n ? all.n - i : n;
        if (memcmp(all.s + i, s, k) == 0)
            return true;
    }
    return false;
}

/* Joins the letter before it: what both become may be a character of the piece. */
static bool may_join(const struct lw_probe *p, const char *s, size_t n)
{
    size_t len;
    if (!p->marks)
        return false;
    uint8_t *parts = u8_normalize(UNINORM_NFKD, (const uint8_t *)s, n, NULL, &len);
    struct lw_span marks = {p->marks, strlen(p->marks)};
    bool may = !parts || holds_any(marks, (const char *)parts, len);
    free(parts);
    return may;
}

static enum part find_part(const struct lw_probe *p, const struct lw_fold_row *row)
{
    enum { DOT_ABOVE = 0x307 }; /* is not seen over an i */
    char s[4];
    size_t n = lw_utf8_encode(row->cp, s);
    bool same = row->n == n && memcmp(row->s, s, n) == 0;
    if ((row->joins && may_join(p, s, n)) ||
        (!same && row->n > 0 && !is_form(p, row->cp) && reads_in_needle(p, row->s, row->n) &&
            holds_any(p->run, row->s, row->n)))
        return DISGUISE;
    return row->n == 0 || row->cp == DOT_ABOVE ? UNSEEN : CLEAN;
}

static enum part part_of(const struct lw_probe *p, char32_t cp)
{
    if (cp < KNOWN_MAX)
        return (enum part)(p->known[cp / 4] >> 2 * (cp % 4) & 3);
    return cp == LW_UTF8_BAD ? CLEAN
                             : DISGUISE; /* few are written, and most of them are not seen */
}

static void widen(struct range *r, unsigned char low, unsigned char high)
{
    r->low = low < r->low ? low : r->low;
    r->high = high > r->high ? high : r->high;
    r->lowest = lw_bytes_of(r->low);
    r->span = lw_bytes_of((unsigned char)(r->high - r->low));
}

static void add_lead(struct lw_probe *p, unsigned char first, unsigned char second)
{
    size_t i = 0;
    while (i < p->nleads && p->lead[i].first.low != first)
        i++;
    if (i == p->nleads)
        p->lead[p->nleads++] = (struct lead){.first = {.low = 255}, .second = {.low = 255}};
    widen(&p->lead[i].first, first, first);
    widen(&p->lead[i].second, second, second);
}

/* Rows come by their code points, and so do their first bytes. */
static void join_leads(struct lw_probe *p)
{
    for (size_t i = 0; i < p->nleads; i++) {
        unsigned char first = p->lead[i].first.low;
        if (p->nsome == 0 || p->some[p->nsome - 1].high + 1 < first)
            p->some[p->nsome++] = (struct range){.low = 255};
        widen(&p->some[p->nsome - 1], first, first);
    }
}

/* Of all characters that read as something else, those that may read as the piece. */
static void add_parts(struct lw_probe *p)
{
    size_t n;
    const struct lw_fold_row *row = lw_fold_rows(&n);
    for (size_t i = 0; i < n; i++) {
        enum part part = find_part(p, &row[i]);
        char s[4];
        if (part == CLEAN)
            continue;
        lw_utf8_encode(row[i].cp, s);
        add_lead(p, (unsigned char)s[0], (unsigned char)s[1]);
        p->known[row[i].cp / 4] |= (unsigned char)(part << 2 * (row[i].cp % 4));
    }
    for (unsigned char first = 0xF0; first <= 0xF4; first++)
        add_lead(p, first, first == 0xF0 ? 0xA0 : 0x80), add_lead(p, first, 0xBF);
    join_leads(p);
}

/* What is not seen matters only between two characters of the piece. */
static bool is_between(const struct lw_probe *p, size_t from, size_t behind)
{
    const unsigned char *s = (const unsigned char *)p->bytes.s;
    if (from == 0 || behind >= p->bytes.n)
        return false;
    bool escape = p->wide && p->escapes && s[behind] == '\\';
    return p->ends[s[from - 1]] && (p->begins[s[behind]] || escape);
}

/* At a character that is not ASCII: how many bytes it takes, with those that are not seen; 0 when
 * it may be a disguise. */
static size_t pass_character(const struct lw_probe *p, size_t at)
{
    const char *s = p->bytes.s + at;
    size_t n = p->bytes.n - at, len = 0, took = 0;
    for (enum part part = UNSEEN; len < n && part == UNSEEN; len += part == UNSEEN ? took : 0) {
        char32_t cp;
        took = lw_utf8_decode(s + len, n - len, &cp);
        part = part_of(p, cp);
        if (part == DISGUISE)
            return 0;
    }
    if (len == 0)
        return took;
    return is_between(p, at, at + len) ? 0 : len;
}

/* ---- escapes */

/* The four digits behind "\u" at `at`; UINT32_MAX when it is none. */
static char32_t unit_at(struct lw_span b, size_t at)
{
    char32_t unit = 0;
    if (b.n - at < 6 || b.s[at] != '\\' || b.s[at + 1] != 'u')
        return UINT32_MAX;
    for (size_t i = at + 2; i < at + 6; i++) {
        char c = b.s[i], letter = (char)(c | 0x20);
        bool digit = c >= '0' && c <= '9';
        if (!digit && (letter < 'a' || letter > 'f'))
            return UINT32_MAX;
        unit = unit << 4 | (char32_t)(digit ? c - '0' : letter - 'a' + 10);
    }
    return unit;
}

/* The code point of the \u escape at `at`, and its length; 0: half a pair; SIZE_MAX: none. */
static size_t decode_escape(struct lw_span b, size_t at, char32_t *cp)
{
    *cp = unit_at(b, at);
    if (*cp == UINT32_MAX)
        return SIZE_MAX;
    if (*cp < 0xD800 || *cp > 0xDFFF)
        return 6;
    char32_t low = *cp < 0xDC00 ? unit_at(b, at + 6) : 0;
    *cp = 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00);
    return low >= 0xDC00 && low <= 0xDFFF ? 12 : 0;
}

/* Beside a byte that is not ASCII: the piece may stand there half in escapes. */
static bool is_mixed(struct lw_span b, size_t at, size_t len)
{
    return (at > 0 && (unsigned char)b.s[at - 1] >= 0x80) ||
           (at + len < b.n && (unsigned char)b.s[at + len] >= 0x80);
}

/* At a backslash: how many bytes the escape takes; 0 when it may be a part of a disguise. A control
 * character becomes an escape with a letter where a text is JSON made of an object. */
static size_t pass_escape(const struct lw_probe *p, size_t at)
{
    char32_t cp;
    struct lw_span b = p->bytes;
    size_t len = decode_escape(b, at, &cp);
    if (len == SIZE_MAX)
        return 2;
    if (len == 0 || cp < ' ' || (cp < 0x80 ? p->ascii[cp] : part_of(p, cp) != CLEAN) ||
        (is_mixed(b, at, len) && is_form(p, cp)))
        return 0;
    return len;
}

/* ---- each way */

static lw_bytes within(lw_bytes b, const struct range *r)
{
    return (lw_bytes)(b - r->lowest <= r->span);
}

/* Whether some byte of the block may begin a part of a disguise; one more byte is looked at. */
static bool has_part(const struct lw_probe *p, const char *s)
{
    lw_bytes a = lw_bytes_at(s), b = lw_bytes_at(s + 1), found = {0}, some = {0};
    if (p->escapes)
        found = (lw_bytes)(a == lw_bytes_of('\\')) & (lw_bytes)(b == lw_bytes_of('u'));
    if (!lw_bytes_any(a & lw_bytes_of(0x80)))
        return lw_bytes_any(found);
    for (size_t i = 0; i < p->nsome; i++)
        some |= within(a, &p->some[i]);
    if (lw_bytes_any(some))
        for (size_t i = 0; i < p->nleads; i++)
            found |= within(a, &p->lead[i].first) & within(b, &p->lead[i].second);
    return lw_bytes_any(found);
}

/* A backslash behind another one is what that one escapes. */
static bool is_escape(struct lw_span b, size_t at)
{
    size_t before = at;
    while (before > 0 && b.s[before - 1] == '\\')
        before--;
    return at + 1 < b.n && b.s[at + 1] == 'u' && (at - before) % 2 == 0;
}

static size_t pass(const struct lw_probe *p, size_t at)
{
    unsigned char c = (unsigned char)p->bytes.s[at];
    if (c >= 0xC2)
        return pass_character(p, at);
    return p->escapes && c == '\\' && is_escape(p->bytes, at) ? pass_escape(p, at) : 1;
}

static size_t find_disguised(const struct lw_probe *p, size_t from)
{
    size_t n = p->bytes.n, at = from;
    while (at < n) {
        if (n - at > LW_BYTES && !has_part(p, p->bytes.s + at)) {
            at += LW_BYTES;
            continue;
        }
        for (size_t end = n - at < LW_BYTES ? n : at + LW_BYTES, took; at < end; at += took)
            if ((took = pass(p, at)) == 0)
                return at;
    }
    return n;
}

/* Where JSON has a number: behind what stands before a value. */
static bool is_number(const char *s, size_t at)
{
    size_t from = at;
    while (from > 0 && s[from - 1] >= '0' && s[from - 1] <= '9')
        from--;
    if (from == at)
        return false;
    while (from > 0 && strchr("- \t\r\n", s[from - 1]))
        from--;
    return from > 0 && strchr(":,[", s[from - 1]);
}

static bool is_point(char c)
{
    return c == '.' || c == 'e' || c == 'E';
}

/* Whether a digit stands before a point or an e in the block. */
static bool has_point(const char *s)
{
    lw_bytes b = lw_bytes_at(s), before = lw_bytes_at(s - 1) - lw_bytes_of('0');
    lw_bytes point =
        (lw_bytes)((b == lw_bytes_of('.')) | ((b | lw_bytes_of(0x20)) == lw_bytes_of('e')));
    return lw_bytes_any(point & (lw_bytes)(before < lw_bytes_of(10)));
}

/* A number with a point or an exponent: 1.50e1 is shown as 15.0. */
static size_t find_real(const struct lw_probe *p, size_t from)
{
    const char *s = p->bytes.s;
    size_t n = p->bytes.n, at = from > 0 ? from : 1;
    while (at < n) {
        if (n - at >= LW_BYTES && !has_point(s + at)) {
            at += LW_BYTES;
            continue;
        }
        for (size_t end = n - at < LW_BYTES ? n : at + LW_BYTES; at < end; at++)
            if (is_point(s[at]) && is_number(s, at))
                return at;
    }
    return n;
}

static size_t find(const struct lw_probe *p, enum way way, size_t from)
{
    struct lw_span b = p->bytes;
    switch (way) {
    case RAW:
        return lw_pattern_find(&p->raw, b.s, b.n, from);
    case ESCAPED:
        return p->wide && p->escapes ? lw_pattern_find(&p->escaped, b.s, b.n, from) : b.n;
    case DISGUISED:
        return find_disguised(p, from);
    case REAL:
        return p->number && p->escapes ? find_real(p, from) : b.n;
    case WAYS:
        break;
    }
    return b.n;
}

/* ---- a probe */

static bool all_of(struct lw_span s, const char *set)
{
    size_t i = 0;
    while (i < s.n && s.s[i] && strchr(set, s.s[i]))
        i++;
    return i == s.n;
}

struct lw_probe *lw_probe_new(struct lw_span needle)
{
    struct lw_span run = needle.n ? safe_run(needle) : (struct lw_span){0};
    struct lw_probe *p = run.n ? lw_alloc(sizeof *p) : NULL;
    char32_t cp;
    if (!p)
        return NULL;
    p->needle = needle;
    p->run = run;
    for (size_t at = 0; at < run.n;) {
        at += lw_utf8_decode(run.s + at, run.n - at, &cp);
        p->wide = p->wide || cp >= 0x80;
        add_character(p, cp);
    }
    add_forms(p);
    for (size_t i = 0; i < p->nchars; i++)
        add_to_pieces(p, i);
    lw_pattern_done(&p->raw);
    lw_pattern_done(&p->escaped);
    p->marks = decompose(p);
    add_parts(p);
    p->number = all_of(run, "0123456789.-eE");
    return p;
}

void lw_probe_free(struct lw_probe *p)
{
    if (p)
        free(p->marks);
    free(p);
}

void lw_probe_set(struct lw_probe *p, struct lw_span bytes, bool escapes)
{
    p->bytes = bytes;
    p->escapes = escapes;
    p->from = 0;
    for (int i = 0; i < WAYS; i++)
        p->next[i] = SIZE_MAX;
}

bool lw_probe_between(struct lw_probe *p, size_t from, size_t to)
{
    if (from < p->from)
        lw_probe_set(p, p->bytes, p->escapes);
    p->from = from;
    for (int i = 0; i < WAYS; i++) {
        if (p->next[i] == SIZE_MAX || p->next[i] < from)
            p->next[i] = find(p, (enum way)i, from);
        if (p->next[i] < to)
            return true;
    }
    return false;
}

bool lw_probe_stands(const struct lw_probe *p, struct lw_span bytes)
{
    return lw_pattern_find(&p->raw, bytes.s, bytes.n, 0) < bytes.n;
}
