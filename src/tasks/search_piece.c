/* A piece of the folded needle is chosen that a text can only hold where the bytes of its record
 * do, but for case: no character that JSON or a table escapes, none that readers of formats add
 * between the members they put together, and no mark that may change its place. It is looked for as
 * UTF-8 has it, and as escapes of JSON write it. */
#include "tasks/search_piece_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/fold_rows.h"
#include "labelwright/text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

/* ---- choosing it */

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
    size_t n = run.n < LW_PIECE_BYTES ? run.n : LW_PIECE_BYTES;
    while (n < run.n && ((unsigned char)run.s[n] & 0xC0) == 0x80)
        n--;
    return n;
}

struct run {
    struct lw_span all;
    size_t ascii; /* so many bytes at its end */
    bool wide;    /* it is not all ASCII */
};

/* Characters that are not ASCII are all side by side: a text that has only some of them as escapes
 * shows one beside another then. */
static void add_to_run(struct run *r, const char *s, size_t n)
{
    bool ascii = n == 1;
    if (!ascii && r->wide && r->ascii > 0) {
        r->all = (struct lw_span){s - r->ascii, r->ascii};
        for (; r->all.n > 0 && *r->all.s == ' '; r->all.s++)
            r->all.n--;
    }
    r->all.s = r->all.n ? r->all.s : s;
    r->all.n += n;
    r->ascii = ascii ? r->ascii + 1 : 0;
    r->wide = r->wide || !ascii;
}

/* The longest run of safe characters. None begins with a space: that may be the one behind the
 * colon which is put between a role and its text. */
static struct lw_span safe_run(struct lw_span needle)
{
    struct lw_span best = {0};
    struct run run = {0};
    char32_t cp;
    for (size_t at = 0, took; at < needle.n; at += took) {
        took = lw_utf8_decode(needle.s + at, needle.n - at, &cp);
        if (!is_safe(cp) || (run.all.n == 0 && cp == ' ')) {
            run = (struct run){0};
            continue;
        }
        add_to_run(&run, needle.s + at, took);
        if (!may_be_option(run.all, needle))
            best = run.all.n > best.n ? run.all : best;
    }
    best.n = cut(best);
    return best;
}

/* ---- its characters */

static void add_form(struct lw_needle_piece *p, size_t i, char32_t cp)
{
    if (p->nforms[i] < LW_PIECE_FORMS)
        p->form[i][p->nforms[i]++] = cp;
}

static void add_character(struct lw_needle_piece *p, char32_t cp)
{
    add_form(p, p->nchars, cp);
    if (cp >= 'a' && cp <= 'z')
        add_form(p, p->nchars, cp - 0x20);
    p->nchars++;
}

/* Those for which there is no room, and those of other lengths, are disguises. */
static void add_forms(struct lw_needle_piece *p)
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

static void add_to_patterns(struct lw_needle_piece *p, size_t i)
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
static char *decompose(const struct lw_needle_piece *p)
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

bool lw_needle_piece_has_form(const struct lw_needle_piece *p, char32_t cp)
{
    for (size_t i = 0; i < p->nchars; i++)
        for (size_t k = 0; k < p->nforms[i]; k++)
            if (p->form[i][k] == cp)
                return true;
    return false;
}

static void leave_out_marks(struct lw_span needle, struct lw_buf *to)
{
    char32_t cp;
    for (size_t at = 0, took; at < needle.n; at += took) {
        took = lw_utf8_decode(needle.s + at, needle.n - at, &cp);
        if (cp == LW_UTF8_BAD || uc_combining_class(cp) == UC_CCC_NR)
            lw_buf_add(to, needle.s + at, took);
    }
}

static bool all_of(struct lw_span s, const char *set)
{
    size_t i = 0;
    while (i < s.n && s.s[i] && strchr(set, s.s[i]))
        i++;
    return i == s.n;
}

bool lw_needle_piece_init(struct lw_needle_piece *p, struct lw_span needle)
{
    struct lw_span run = needle.n ? safe_run(needle) : (struct lw_span){0};
    char32_t cp;
    p->needle = needle;
    p->run = run;
    for (size_t at = 0; at < run.n;) {
        at += lw_utf8_decode(run.s + at, run.n - at, &cp);
        p->wide = p->wide || cp >= 0x80;
        add_character(p, cp);
    }
    add_forms(p);
    for (size_t i = 0; i < p->nchars; i++)
        add_to_patterns(p, i);
    lw_pattern_done(&p->raw, &p->rarest_raw);
    lw_pattern_done(&p->escaped, &p->rarest_escaped);
    p->marks = decompose(p);
    leave_out_marks(needle, &p->bare);
    p->number = all_of(run, "0123456789.-eE");
    return run.n > 0;
}

void lw_needle_piece_fini(struct lw_needle_piece *p)
{
    free(p->marks);
    lw_buf_fini(&p->bare);
}
