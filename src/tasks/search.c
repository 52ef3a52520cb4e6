/* Words across all tasks.
 *
 * A piece of the folded needle is chosen that a text can only hold where the bytes of its record
 * do, but for case: no character that JSON or a table escapes, and none that readers of formats add
 * between the members they put together. A record whose bytes lack the piece is parsed only if it
 * may hold it in disguise: behind \u, in a character that reads as others (a ligature, full width,
 * a mark that joins its letter), around one that is not seen, as a number that is shown in other
 * digits, in an id that is made. */
#include "labelwright/tasks/search.h"
#include "labelwright/json/json_error.h"

#include "labelwright/base/buf.h"
#include "labelwright/format/record.h"
#include "labelwright/text/find.h"
#include "labelwright/text/utf8.h"
#include "tasks/tasks_internal.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE_MAX = 64, ONE_RECORD = 16 * 1024 };
enum {
    SCAN = 3,
    READ = 20,
    SCAN_BYTES = 128,
    HASH_BYTES = 32,
    PARSE = 50,
    PARSE_BYTES = 4
}; /* costs */

/* Of each code point below this: whether it is known and whether it may be a disguise. */
enum { KNOWN_MAX = 0x20000 };

struct lw_search {
    struct lw_tasks *tasks;
    struct lw_needle needle;
    const struct lw_tasks_file *file; /* the one that `lines` reads */
    struct lw_lines lines;
    struct lw_buf unquoted;
    char piece[PIECE_MAX]; /* in lower case */
    size_t len;            /* of the piece; 0 when there is none, and every record must be parsed */
    size_t rare;           /* which of its bytes is looked for first */
    bool wide;             /* it is not all ASCII */
    bool number;           /* it may be a part of a number */
    bool hex;   /* the needle may stand in an id that is made of a hash, or in its suffix */
    bool tilde; /* or in both */
    unsigned char known[KNOWN_MAX / 4]; /* two bits each */
};

/* ---- the piece */

/* Beyond ASCII: scripts without upper and lower case. */
static bool is_safe(char32_t cp)
{
    static const struct {
        char32_t first, last;
    } range[] = {{'a', 'z'}, {'A', 'Z'}, {'0', '9'}, {' ', ' '}, {'-', '.'}, {'_', '_'},
        {0x0590, 0x109F}, {0x3000, 0xA63F}, {0xAC00, 0xD7A3}};
    for (size_t i = 0; i < sizeof range / sizeof *range; i++)
        if (cp >= range[i].first && cp <= range[i].last)
            return true;
    return false;
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

/* Rarest of all: characters that are not letters, such as digits and bytes of other scripts. */
static ptrdiff_t rarity(char c)
{
    static const char common[] = " etaoinsrhldcumfpgwybvkxjqz";
    const char *at = strchr(common, c);
    return at ? at - common : (ptrdiff_t)sizeof common;
}

static bool all_of(const char *s, size_t n, const char *set)
{
    size_t i = 0;
    while (i < n && s[i] && strchr(set, s[i]))
        i++;
    return i == n;
}

/* A letter alone, or before a bracket: what can be chosen is shown as "A) this". */
static bool may_be_option(struct lw_span run, const char *s, size_t n)
{
    const char *behind = run.s + run.n;
    return run.n == 1 && *run.s >= 'A' && *run.s <= 'z' &&
           (n == 1 || (behind < s + n && *behind == ')'));
}

/* The longest run of safe characters. None begins with a space: that may be the one behind the
 * colon which is put between a role and its text. */
static struct lw_span safe_run(const char *s, size_t n)
{
    struct lw_span best = {0}, run = {0};
    char32_t cp;
    for (size_t at = 0, took; at < n; at += took) {
        took = lw_utf8_decode(s + at, n - at, &cp);
        if (!is_safe(cp) || (run.n == 0 && cp == ' ')) {
            run.n = 0;
            continue;
        }
        run.s = run.n ? run.s : s + at;
        run.n += took;
        if (!may_be_option(run, s, n))
            best = run.n > best.n ? run : best;
    }
    best.n = best.n < PIECE_MAX ? best.n : PIECE_MAX;
    return best;
}

struct lw_search *lw_search_new(struct lw_tasks *t, const char *needle, size_t n)
{
    struct lw_search *m = lw_alloc(sizeof *m);
    lw_needle_init(&m->needle, needle, n);
    needle = m->needle.folded.data ? m->needle.folded.data : "";
    n = m->needle.folded.len;
    struct lw_span run = safe_run(needle, n);
    m->tasks = t;
    m->len = run.n;
    m->number = all_of(run.s, run.n, "0123456789.-eE");
    m->hex = all_of(needle, n, "0123456789abcdefABCDEF");
    m->tilde = memchr(needle, '~', n) != NULL;
    for (size_t i = 0; i < run.n; i++) {
        m->piece[i] = lower(run.s[i]);
        m->wide = m->wide || (unsigned char)run.s[i] >= 0x80;
        m->rare = rarity(m->piece[i]) >= rarity(m->piece[m->rare]) ? i : m->rare;
    }
    m->lines.fd = -1;
    return m;
}

void lw_search_free(struct lw_search *m)
{
    if (!m)
        return;
    lw_lines_fini(&m->lines);
    lw_buf_fini(&m->unquoted);
    lw_needle_fini(&m->needle);
    free(m);
}

/* ---- the bytes of a record */

static bool piece_at(const struct lw_search *m, const char *s)
{
    size_t i = 0;
    while (i < m->len && lower(s[i]) == m->piece[i])
        i++;
    return i == m->len;
}

static bool has_piece(const struct lw_search *m, const char *s, size_t n)
{
    char low = m->piece[m->rare];
    char each[] = {low, (char)(low >= 'a' && low <= 'z' ? low - 0x20 : low)};
    if (n < m->len)
        return false;
    const char *first = s + m->rare, *end = first + (n - m->len + 1);
    for (int i = 0; i < (each[0] == each[1] ? 1 : 2); i++)
        for (const char *p = first; (p = memchr(p, each[i], (size_t)(end - p))); p++)
            if (piece_at(m, p - m->rare))
                return true;
    return false;
}

/* Whether it may read as a character of the piece, or be invisible between two of them. */
static bool find_disguise(const struct lw_search *m, char32_t cp)
{
    char s[4];
    struct lw_buf folded = {0};
    size_t n = lw_utf8_encode(cp, s), took;
    if (!lw_fold_changes(cp))
        return false;
    lw_fold(s, n, &folded);
    bool unseen = folded.len == 0, joins = folded.len == n && memcmp(folded.data, s, n) == 0;
    bool safe = false;
    for (size_t at = 0; at < folded.len && !safe; at += took) {
        char32_t c;
        took = lw_utf8_decode(folded.data + at, folded.len - at, &c);
        safe = is_safe(c);
    }
    lw_buf_fini(&folded);
    return n == 0 || unseen || safe || (joins && m->wide);
}

static bool is_disguise(struct lw_search *m, char32_t cp)
{
    if (cp < 0x80 || cp == LW_UTF8_BAD)
        return false;
    if (cp >= KNOWN_MAX)
        return find_disguise(m, cp);
    unsigned char *byte = &m->known[cp / 4];
    unsigned shift = 2 * (cp % 4);
    if (!(*byte >> shift & 1))
        *byte = (unsigned char)(*byte | (find_disguise(m, cp) ? 3u : 1u) << shift);
    return *byte >> shift & 2;
}

/* A character of the piece or a disguise, written as an escape; or a control character, which
 * becomes one with a letter where a text is JSON made of an object. */
static bool has_escape(struct lw_search *m, const char *s, size_t n)
{
    char32_t cp;
    for (const char *p = s, *end = s + n; (p = memchr(p, '\\', (size_t)(end - p)));) {
        if (++p == end || *p != 'u' || !lw_json_hex4(p + 1, end, &cp))
            continue;
        bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;
        if (cp < ' ' || surrogate || is_disguise(m, cp) || (is_safe(cp) && (cp < 0x80 || m->wide)))
            return true;
    }
    return false;
}

/* Where ASCII ends, eight bytes at a time. */
static size_t skip_ascii(const char *s, size_t n, size_t at)
{
    const uint64_t high = UINT64_C(0x8080808080808080);
    for (uint64_t eight; at + sizeof eight <= n; at += sizeof eight) {
        memcpy(&eight, s + at, sizeof eight);
        if (eight & high)
            break;
    }
    while (at < n && (unsigned char)s[at] < 0x80)
        at++;
    return at;
}

static bool has_disguise(struct lw_search *m, const char *s, size_t n)
{
    char32_t cp;
    for (size_t at = 0; (at = skip_ascii(s, n, at)) < n;) {
        at += lw_utf8_decode(s + at, n - at, &cp);
        if (is_disguise(m, cp))
            return true;
    }
    return false;
}

/* A number with a point or an exponent, where JSON has one: 1.50e1 is shown as 15.0. */
static bool has_real(const char *s, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        size_t from = i;
        if (s[i] != '.' && s[i] != 'e' && s[i] != 'E')
            continue;
        while (from > 0 && s[from - 1] >= '0' && s[from - 1] <= '9')
            from--;
        if (from == i)
            continue;
        while (from > 0 && strchr("- \t\r\n", s[from - 1]))
            from--;
        if (from > 0 && strchr(":,[", s[from - 1]))
            return true;
    }
    return false;
}

/* Quotes taken out: what a cell holds stands there in one piece then, however it was quoted. */
static bool row_has_piece(struct lw_search *m, const char *s, size_t n)
{
    const char *end = s + n, *quote;
    lw_buf_clear(&m->unquoted);
    for (; (quote = memchr(s, '"', (size_t)(end - s))); s = quote + 1)
        lw_buf_add(&m->unquoted, s, (size_t)(quote - s));
    lw_buf_add(&m->unquoted, s, (size_t)(end - s));
    return has_piece(m, m->unquoted.data, m->unquoted.len);
}

/* Whether a text of the record may hold the piece. */
static bool may_hold(struct lw_search *m, const char *s, size_t n)
{
    if (has_disguise(m, s, n))
        return true;
    if (m->file->reader.container == LW_ROWS)
        return row_has_piece(m, s, n);
    return has_piece(m, s, n) || has_escape(m, s, n) || (m->number && has_real(s, n));
}

static bool holds(struct lw_search *m, const char *s, size_t n)
{
    size_t len;
    return lw_find(&m->needle, s, n, 0, &len) < n;
}

/* Whether the id may hold the needle where the bytes of the record do not. */
static bool may_be_made(
    struct lw_search *m, size_t position, const struct lw_raw_record *raw, size_t *cost)
{
    char id[LW_ID_MAX + 1];
    if (!m->hex && !m->tilde)
        return false;
    if (lw_index_suffix(m->tasks->index, position))
        return true;
    *cost += (size_t)raw->n / HASH_BYTES;
    return holds(m, id, lw_record_reader_id(&m->file->reader, raw->s, (size_t)raw->n, NULL, id));
}

/* ---- a task */

static void move_to(struct lw_search *m, const struct lw_tasks_file *f)
{
    if (m->file == f)
        return;
    lw_lines_fini(&m->lines);
    m->file = f;
    m->lines = (struct lw_lines){.sys = m->tasks->sys, .fd = f->lines.fd, .name = f->name};
    m->lines.size = f->lines.size;
    m->lines.window_max = m->tasks->order ? ONE_RECORD : LW_WINDOW;
}

/* True, too, when it cannot be told without loading it. */
static bool may_mention(struct lw_search *m, size_t position, size_t *cost)
{
    struct lw_tasks *t = m->tasks;
    struct lw_raw_record raw;
    if (m->len == 0 || t->njoins > 0 || position >= t->index->n)
        return true;
    const struct lw_tasks_file *f = &t->file[lw_tasks_file_of(t, position)];
    uint64_t offset = lw_index_offset(t->index, position) - f->start;
    if (f->reader.format->answers || offset >= f->lines.size) /* it adds "Turn 1" */
        return true;
    move_to(m, f);
    uint64_t at = m->lines.at;
    if (lw_record_reader_get(&f->reader, &m->lines, offset, &raw, NULL) != LW_OK || raw.blank ||
        raw.at != offset || raw.n > LW_RECORD_MAX)
        return true;
    *cost += (m->lines.at == at ? SCAN : READ) + (size_t)raw.n / SCAN_BYTES;
    return may_be_made(m, position, &raw, cost) || may_hold(m, raw.s, (size_t)raw.n);
}

static bool parts_mention(struct lw_search *m, const struct lw_parts *parts)
{
    bool found = false;
    for (size_t i = 0; i < lw_parts_count(parts) && !found; i++) {
        struct lw_part p = lw_parts_at(parts, i);
        bool named = p.name.s && p.kind != LW_PART_OTHER && holds(m, p.name.s, p.name.n);
        found = named || (p.text.s && holds(m, p.text.s, p.text.n));
    }
    return found;
}

static bool task_mentions(struct lw_search *m, const struct lw_task *t)
{
    bool found = holds(m, t->id, strlen(t->id)) || parts_mention(m, t->parts);
    for (size_t i = 0; i < t->nturns && !found; i++)
        found =
            holds(m, t->turn[i].text.s, t->turn[i].text.n) || parts_mention(m, t->turn[i].parts);
    for (size_t i = 0; i < t->nresponses && !found; i++)
        found = holds(m, t->response[i].text.s, t->response[i].text.n) ||
                parts_mention(m, t->response[i].parts);
    for (size_t i = 0; i < t->nsteps && !found; i++)
        found = holds(m, t->step[i].text.s, t->step[i].text.n);
    return found;
}

bool lw_search_in(struct lw_search *m, size_t position, size_t *cost)
{
    struct lw_task *t;
    if (!may_mention(m, position, cost))
        return false;
    *cost += PARSE;
    if (lw_tasks_load(m->tasks, position, &t, NULL) != LW_OK)
        return false;
    *cost += t->record.len / PARSE_BYTES;
    bool found = task_mentions(m, t);
    lw_task_free(t);
    return found;
}
