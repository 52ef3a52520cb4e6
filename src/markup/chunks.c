/* Cuts a text at places where Markdown begins anew whatever stood before: an unindented line behind
 * a blank one, or a fence. Careful rather than complete: where it is not sure it does not cut. What
 * the blocks are is markdown.c's. */
#define _GNU_SOURCE
#include "markup/chunks_internal.h"
#include "markup/source_lines_internal.h"

#include <string.h>

/* "- ", "* ", "+ ", "12. ", "3) " */
static bool is_list_line(const char *s, size_t n)
{
    size_t digits = 0;
    while (digits < n && digits < 9 && s[digits] >= '0' && s[digits] <= '9')
        digits++;
    size_t after = digits + 1;
    if (after >= n || (s[after] != ' ' && s[after] != '\t'))
        return false;
    char c = s[digits];
    return digits > 0 ? c == '.' || c == ')' : c == '-' || c == '*' || c == '+';
}

/* ---- fenced code */

size_t lw_fence_len(const char *s, size_t n)
{
    size_t len = 0;
    if (n == 0 || (s[0] != '`' && s[0] != '~'))
        return 0;
    while (len < n && s[len] == s[0])
        len++;
    /* A backtick behind it on the line makes it a code span. */
    bool span = s[0] == '`' && memchr(s + len, '`', lw_source_line_len(s, n) - len);
    return len >= 3 && !span ? len : 0;
}

static bool closes_fence(const char *s, size_t n, char fence, size_t least)
{
    size_t i = 0, len = 0;
    while (i < n && i < 3 && s[i] == ' ')
        i++;
    while (i + len < n && s[i + len] == fence)
        len++;
    return len >= least && lw_is_blank(s + i + len, n - i - len);
}

/* The start of the line that closes the fence, of the bytes [from, n); n for none. Only lines with
 * such a sign are looked at. */
static size_t find_close(const struct lw_text_chunk *c, const char *s, size_t from, size_t n)
{
    const char *sign;
    for (size_t at = from; (sign = memchr(s + at, c->fence, n - at));) {
        size_t line = (size_t)(sign - s);
        while (line > from && line + 3 > (size_t)(sign - s) && s[line - 1] == ' ')
            line--;
        size_t len = lw_source_line_len(s + line, n - line);
        if ((line == from || s[line - 1] == '\n') &&
            closes_fence(s + line, len, c->fence, c->nfence))
            return line;
        at = line + len;
    }
    return n;
}

/* From the body on: up to the closing fence, or as much as a chunk holds. */
static void take_code(struct lw_text_chunk *c, const char *s, size_t n)
{
    size_t most = n - c->at, end;
    if (most > LW_CHUNK_MAX) { /* whole lines */
        end = c->at + LW_CHUNK_MAX > c->body ? c->at + LW_CHUNK_MAX : c->body;
        most = end + (s[end - 1] == '\n' ? 0 : lw_source_line_len(s + end, n - end)) - c->at;
    }
    end = c->at + most;
    size_t close = find_close(c, s, c->body, end);
    bool closed = close < end;
    c->nbody = close - c->body;
    if (closed)
        end = close + lw_source_line_len(s + close, n - close);
    c->len = end - c->at;
    c->unclosed = !closed && end == n;
    c->cut = !closed && end < n;
}

static struct lw_text_chunk fenced(const char *s, size_t n, size_t at, size_t nfence)
{
    size_t line = lw_source_line_len(s + at, n - at),
           skip = lw_count_blanks(s + at + nfence, line - nfence);
    struct lw_text_chunk c = {.kind = LW_CHUNK_CODE, .at = at, .fence = s[at], .nfence = nfence};
    c.info = at + nfence + skip;
    c.ninfo = line - nfence - skip;
    while (c.ninfo > 0 && lw_is_blank(s + c.info + c.ninfo - 1, 1))
        c.ninfo--;
    c.body = at + line;
    take_code(&c, s, n);
    return c;
}

static struct lw_text_chunk more_code(const char *s, size_t n, const struct lw_text_chunk *before)
{
    struct lw_text_chunk c = *before;
    c.at = c.body = before->at + before->len;
    c.nbody = 0;
    c.goes_on = true;
    take_code(&c, s, n);
    return c;
}

/* ---- too long for Markdown */

/* At most `room` bytes, between two characters. */
static size_t whole_chars(const char *s, size_t room)
{
    size_t n = room;
    while (n > room - 4 && ((unsigned char)s[n] & 0xC0) == 0x80)
        n--;
    return n;
}

/* Up to a blank line, or as much as a chunk holds. */
static struct lw_text_chunk take_source(const char *s, size_t n, size_t at, bool goes_on)
{
    struct lw_text_chunk c = {.kind = LW_CHUNK_SOURCE, .at = at, .goes_on = goes_on};
    bool blank = false;
    while (at < n && !blank && at - c.at < LW_CHUNK_MAX) {
        size_t line = lw_source_line_len(s + at, n - at), room = c.at + 2 * LW_CHUNK_MAX - at;
        blank = lw_is_blank(s + at, line);
        at += line <= room ? line : whole_chars(s + at, room);
    }
    c.len = at - c.at;
    c.cut = at < n && !blank;
    return c;
}

struct lw_text_chunk lw_chunk_lines(const char *s, size_t n, size_t at)
{
    struct lw_text_chunk c = {.kind = LW_CHUNK_SOURCE, .at = at};
    while (at < n && at - c.at < LW_CHUNK_MAX) {
        size_t line = lw_source_line_len(s + at, n - at), room = c.at + 2 * LW_CHUNK_MAX - at;
        at += line <= room ? line : whole_chars(s + at, room);
    }
    c.len = at - c.at;
    c.cut = at < n;
    return c;
}

/* ---- what must not be cut */

/* Blocks of HTML and formulas that may hold blank lines. */
static const struct {
    const char *open, *close;
} whole[] = {
    {"<!--", "-->"},
    {"<script", "</script>"},
    {"<style", "</style>"},
    {"<pre", "</pre>"},
    {"<textarea", "</textarea>"},
    {"$$", "$$"},
    {"\\[", "\\]"},
};

static size_t whole_block_len(const char *s, size_t n, const char *open, const char *close)
{
    size_t from = strlen(open);
    const char *end = memmem(s + from, n - from, close, strlen(close));
    return end ? (size_t)(end - s) + lw_source_line_len(end, n - (size_t)(end - s)) : 0;
}

/* A fence inside a list or a quote. */
struct inner {
    char fence; /* 0: none is open */
    size_t len;
};

static void follow_fence(struct inner *in, const char *s, size_t n)
{
    size_t i = 0;
    while (i < n && (s[i] == ' ' || s[i] == '\t' || s[i] == '>'))
        i++;
    if (in->fence) {
        if (closes_fence(s + i, n - i, in->fence, in->len))
            in->fence = 0;
    } else if (i > 0) {
        in->len = lw_fence_len(s + i, n - i);
        in->fence = in->len > 0 ? s[i] : '\0';
    }
}

/* ---- the cut */

/* What was read of a chunk. */
struct reading {
    struct inner inner;
    bool list;  /* its first line is one of a list … */
    bool begun; /* … and there was one that is not blank */
    bool after_blank;
};

struct line {
    const char *s;
    size_t n, left; /* with its line feed; to the end of the text */
    size_t skip;    /* blanks at its start; n for a blank line */
};

static struct line line_at(const char *s, size_t left)
{
    size_t n = lw_source_line_len(s, left);
    return (struct line){s, n, left, lw_count_blanks(s, n)};
}

/* The line begins something new whatever stood before it. A list is cut between items only when it
 * is `long`. */
static bool may_cut(const struct reading *r, const struct line *l, bool is_long)
{
    if (r->inner.fence || l->skip == l->n)
        return false;
    if (lw_fence_len(l->s, l->left) > 0)
        return true;
    if (!r->begun)
        return false;
    if (r->list && is_list_line(l->s, l->n))
        return is_long;
    return r->after_blank && l->s[0] != ' ' && l->s[0] != '\t';
}

/* Bytes of the line, with the lines behind it that belong to a block which opens in it. */
static size_t unit_len(const struct line *l)
{
    size_t most = l->left < LW_CHUNK_MAX ? l->left : LW_CHUNK_MAX, skip = l->skip;
    char first = skip < l->n ? l->s[skip] : '\0';
    if (first != '<' && first != '$' && first != '\\')
        return l->n; /* nearly all */
    for (size_t i = 0; i < sizeof whole / sizeof *whole && skip < most; i++) {
        size_t open = strlen(whole[i].open);
        if (most - skip < open || strncmp(l->s + skip, whole[i].open, open) != 0)
            continue;
        size_t len = whole_block_len(l->s + skip, most - skip, whole[i].open, whole[i].close);
        return skip + len > l->n ? skip + len : l->n;
    }
    return l->n;
}

static void take_line(struct reading *r, const struct line *l, size_t unit)
{
    bool blank = l->skip == l->n;
    if (r->inner.fence || l->skip > 0 || l->s[0] == '>')
        follow_fence(&r->inner, l->s, unit);
    if (!r->begun && !blank)
        r->list = is_list_line(l->s, l->n);
    r->begun = r->begun || !blank;
    r->after_blank = blank;
}

static struct lw_text_chunk take_markdown(const char *s, size_t n, size_t at)
{
    struct lw_text_chunk c = {.kind = LW_CHUNK_MARKDOWN, .at = at};
    struct reading r = {0};
    while (at < n) {
        struct line l = line_at(s + at, n - at);
        if (may_cut(&r, &l, at - c.at > LW_CHUNK_MAX / 2))
            break;
        size_t unit = unit_len(&l);
        if (at + unit - c.at > LW_CHUNK_MAX)
            return take_source(s, n, c.at, false);
        take_line(&r, &l, unit);
        at += unit;
    }
    c.len = at - c.at;
    return c;
}

struct lw_text_chunk lw_chunk_next(
    const char *s, size_t n, size_t at, const struct lw_text_chunk *before)
{
    if (before && before->cut)
        return before->kind == LW_CHUNK_CODE ? more_code(s, n, before)
                                             : take_source(s, n, at, true);
    size_t fence = lw_fence_len(s + at, n - at);
    return fence > 0 ? fenced(s, n, at, fence) : take_markdown(s, n, at);
}

/* ---- together */

static bool holds_list(const char *s, size_t n)
{
    for (size_t at = 0; at < n;) {
        size_t line = lw_source_line_len(s + at, n - at), skip = lw_count_blanks(s + at, line);
        if (is_list_line(s + at + skip, line - skip))
            return true;
        at += line;
    }
    return false;
}

/* What `last` may leave open would go on in what is behind it: HTML that is never closed, or the
 * list in it, whose numbers would go on too. */
static bool may_go_on(const char *s, size_t n, const struct lw_text_chunk *last)
{
    size_t end = last->at + last->len;
    return memchr(s + last->at, '<', last->len) ||
           (is_list_line(s + end, n - end) && holds_list(s + last->at, last->len));
}

struct lw_text_chunk lw_chunk_group(
    const char *s, size_t n, size_t at, const struct lw_text_chunk *before)
{
    struct lw_text_chunk c = lw_chunk_next(s, n, at, before), last = c;
    while (last.kind == LW_CHUNK_MARKDOWN && c.len < LW_CHUNK_GROUP) {
        size_t end = c.at + c.len;
        if (end == n || lw_fence_len(s + end, n - end) > 0 || may_go_on(s, n, &last))
            break;
        last = lw_chunk_next(s, n, end, &last);
        c.len += last.kind == LW_CHUNK_MARKDOWN ? last.len : 0;
    }
    return c;
}
