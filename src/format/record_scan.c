/* Finds where records start and end: byte scanners for JSON values and for rows of cells. They stop
 * at nothing but the end of a record; whether one is valid is for its parser. */
#include "labelwright/format/record_scan.h"

#include <string.h>

enum { OBJECT, STRING, WORD, COMMENT };

/* A text ends with its line at the latest: JSON allows no line break in it, so a missing quote
 * spoils only its own record, not the rest of the file. */
static const char stops_text[256] = {['"'] = 1, ['\\'] = 1, ['\n'] = 1};
static const char stops_code[256] = {['"'] = 1, ['{'] = 1, ['}'] = 1, ['['] = 1, [']'] = 1};
static const char stops_word[256] = {
    ['"'] = 1, ['{'] = 1, ['}'] = 1, ['['] = 1, [']'] = 1, [','] = 1, ['\n'] = 1};
static const char is_gap[256] = {[' '] = 1, ['\t'] = 1, ['\r'] = 1, ['\n'] = 1, [','] = 1};

void lw_scan_begin(struct lw_scan *s, enum lw_container container)
{
    *s = (struct lw_scan){.container = container};
}

static void begin_record(struct lw_scan *s, char c)
{
    s->begun = true;
    s->state = c == '{' || c == '[' ? OBJECT : c == '"' ? STRING : c == '/' ? COMMENT : WORD;
}

/* Empty lines between rows. */
static size_t row_gap(struct lw_scan *s, const char *p, size_t n)
{
    size_t i = 0;
    while (i < n && (p[i] == '\r' || p[i] == '\n'))
        i++;
    s->begun = i < n;
    return i;
}

size_t lw_scan_gap(struct lw_scan *s, const char *p, size_t n)
{
    bool member = s->container == LW_MEMBER;
    if (s->container == LW_ROWS)
        return row_gap(s, p, n);
    for (size_t i = 0; i < n && !s->last; i++) {
        bool bracket = p[i] == '[' || p[i] == ']';
        if (member && p[i] == ']') {
            s->last = true;
        } else if (!is_gap[(unsigned char)p[i]] && (member || !bracket)) {
            begin_record(s, p[i]);
            return i;
        }
    }
    return n;
}

static size_t skip(const char stops[256], const char *p, size_t i, size_t n)
{
    while (i < n && !stops[(unsigned char)p[i]])
        i++;
    return i;
}

/* Inside a string: after its end, or n. */
static size_t feed_text(struct lw_scan *s, const char *p, size_t i, size_t n)
{
    if (s->escaped && i < n) {
        s->escaped = false;
        i++;
    }
    i = skip(stops_text, p, i, n);
    if (i == n)
        return n;
    if (p[i] == '\\')
        s->escaped = true;
    else
        s->in_string = false;
    return i + 1;
}

static size_t feed_object(struct lw_scan *s, const char *p, size_t n)
{
    for (size_t i = 0; i < n;) {
        if (s->in_string) {
            i = feed_text(s, p, i, n);
            continue;
        }
        i = skip(stops_code, p, i, n);
        if (i == n)
            break;
        char c = p[i++];
        if (c == '"')
            s->in_string = true;
        else if (c == '{' || c == '[')
            s->depth++;
        else if (--s->depth == 0) {
            s->done = true;
            return i;
        }
    }
    return n;
}

static size_t feed_string(struct lw_scan *s, const char *p, size_t n)
{
    size_t i = 0;
    if (s->len == 0 && n > 0) {
        s->in_string = true;
        i = 1;
    }
    while (i < n && s->in_string)
        i = feed_text(s, p, i, n);
    s->done = !s->in_string;
    return i;
}

/* Skips what is not a value, up to something that may be one. An extra bracket counts as one piece.
 */
static size_t feed_word(struct lw_scan *s, const char *p, size_t n)
{
    size_t first = s->len == 0 && n > 0;
    size_t i = first && p[0] == '}' ? 1 : skip(stops_word, p, first, n);
    s->done = i < n || (first && p[0] == '}');
    return i;
}

static size_t feed_comment(struct lw_scan *s, const char *p, size_t n)
{
    const char *end = memchr(p, '\n', n);
    s->done = end != NULL;
    return end ? (size_t)(end - p) : n;
}

/* ---- rows: one ends with a line end outside of quotes, which count only where a cell begins with
 * one */

enum { CELL_START, PLAIN, QUOTED, QUOTE_SEEN };

static size_t skip_plain(const struct lw_scan *s, const char *p, size_t i, size_t n)
{
    while (i < n && p[i] != s->delimiter && p[i] != '\n' && p[i] != '\r')
        i++;
    return i;
}

/* One byte outside of quotes. */
static void add_byte(struct lw_scan *s, char c)
{
    bool quote = c == '"' && (s->state == CELL_START || s->state == QUOTE_SEEN);
    s->state = quote ? QUOTED : c == s->delimiter ? CELL_START : PLAIN;
    s->done = c == '\n';
    s->tail = c == '\n' ? s->tail + 1 : c == '\r';
}

static size_t feed_row(struct lw_scan *s, const char *p, size_t n)
{
    for (size_t i = 0; i < n;) {
        if (s->state == QUOTED) {
            const char *quote = memchr(p + i, '"', n - i);
            if (!quote)
                return n;
            s->state = QUOTE_SEEN;
            i = (size_t)(quote - p) + 1;
            continue;
        }
        add_byte(s, p[i++]);
        if (s->done)
            return i;
        if (s->state == PLAIN && s->tail == 0)
            i = skip_plain(s, p, i, n);
    }
    return n;
}

size_t lw_scan_feed(struct lw_scan *s, const char *p, size_t n)
{
    static size_t (*const feed[])(struct lw_scan *, const char *, size_t) = {
        [OBJECT] = feed_object,
        [STRING] = feed_string,
        [WORD] = feed_word,
        [COMMENT] = feed_comment,
    };
    size_t took = s->container == LW_ROWS ? feed_row(s, p, n) : feed[s->state](s, p, n);
    s->len += took;
    return took;
}

bool lw_scan_end(const struct lw_scan *s)
{
    if (s->container == LW_ROWS)
        return s->done;
    return s->done || s->state == WORD || s->state == COMMENT;
}
