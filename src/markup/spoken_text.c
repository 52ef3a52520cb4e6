/* The text of a paragraph, a heading or a cell as it is read aloud: links and pictures with where
 * they go, what is struck out, footnotes, formulas. What stands around it is spoken.c's. */
#define _GNU_SOURCE
#include "markup/spoken_internal.h"

#include <string.h>

/* ---- lines */

void lw_speak_one_line(struct lw_speech *p, const char *s, size_t n)
{
    size_t from = p->to->len;
    lw_buf_add(p->to, s, n);
    for (size_t i = from; i < p->to->len; i++)
        if (p->to->data[i] == '\n' || p->to->data[i] == '\r')
            p->to->data[i] = ' ';
}

static void trim_blanks(struct lw_speech *p)
{
    while (p->to->len > p->line && p->to->data[p->to->len - 1] == ' ')
        p->to->data[--p->to->len] = '\0';
}

void lw_speak_line_end(struct lw_speech *p)
{
    trim_blanks(p);
    if (p->to->len > p->line)
        lw_buf_char(p->to, '\n');
    p->line = p->to->len;
}

/* Text as it is; a line end begins the next line. */
static void add(struct lw_speech *p, const char *s, size_t n, bool cell)
{
    const char *lf = cell ? NULL : memrchr(s, '\n', n);
    if (cell)
        lw_speak_one_line(p, s, n);
    else
        lw_buf_add(p->to, s, n);
    if (lf)
        p->line = p->to->len - (n - (size_t)(lf - s) - 1);
}

/* ---- footnotes */

/* The length of "[^name]" at `s`; 0 for none. */
static size_t footnote_len(const char *s, size_t n)
{
    enum { NAME_MAX = 64 };
    size_t most = n < NAME_MAX ? n : NAME_MAX;
    if (n < 4 || s[0] != '[' || s[1] != '^')
        return 0;
    const char *close = memchr(s, ']', most);
    size_t len = close ? (size_t)(close - s) + 1 : 0;
    return len > 3 && !memchr(s, ' ', len) && !memchr(s, '\n', len) ? len : 0;
}

static void add_prose(struct lw_speech *p, const char *s, size_t n, bool cell)
{
    size_t at = 0;
    for (const char *note; (note = memmem(s + at, n - at, "[^", 2));) {
        size_t from = (size_t)(note - s), len = footnote_len(note, n - from);
        bool note_itself = len > 0 && from == 0 && len < n && s[len] == ':';
        add(p, s + at, from - at, cell);
        if (len > 0)
            lw_buf_fmt(
                p->to, note_itself ? "footnote %.*s" : "(footnote %.*s)", (int)len - 3, note + 2);
        else
            add(p, note, len = 2, cell);
        at = from + len;
    }
    add(p, s + at, n - at, cell);
}

/* ---- spans */

static void add_span(struct lw_speech *p, size_t i, bool cell)
{
    const struct lw_flow_span *f = &p->m->flow.span[i];
    const char *s = p->m->flow.text.data + f->pos;
    if (f->style == LW_STYLE_MARK && f->n == 2 && memcmp(s, "~~", 2) == 0) {
        p->struck = !p->struck;
        lw_buf_str(p->to, p->struck ? "(struck out: " : ")");
    } else if (f->n == 1 && *s == '\n' && !cell) {
        lw_speak_line_end(p); /* a formula may have ended the line already */
    } else if (f->style == LW_STYLE_TEXT && f->exact) {
        add_prose(p, s, f->n, cell);
    } else {
        add(p, s, f->n, cell);
    }
}

/* The first link at or behind a span. */
static size_t find_link(const struct lw_markdown *m, size_t span)
{
    size_t low = 0, high = m->nlinks;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (m->link[middle].first < span)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_link(struct lw_speech *p, const struct lw_link *l, bool cell)
{
    size_t first = l->first + l->picture; /* behind a sign of the screen's */
    bool says = first < l->last;
    lw_buf_fmt(p->to, "(%s%s", l->picture ? "picture" : "link", says ? ": " : "");
    for (size_t i = first; i < l->last; i++)
        add_span(p, i, cell);
    if (l->end > l->last) {
        lw_buf_str(p->to, l->picture ? ", file " : says ? ", to " : " to ");
        lw_speak_one_line(p, l->target, strlen(l->target));
    }
    if (*l->title) {
        lw_buf_str(p->to, ", title ");
        lw_speak_one_line(p, l->title, strlen(l->title));
    }
    lw_buf_char(p->to, ')');
}

/* ---- formulas on lines of their own */

static bool add_in_row(struct lw_speech *p, const char *source, struct lw_formula *f)
{
    struct lw_math_rows rows = {0};
    f->display = false;
    bool row = lw_math_layout(&rows, source, f, 1 << 16) && rows.nrows == 1;
    if (row)
        lw_buf_str(p->to, "formula: ");
    else
        lw_buf_fmt(p->to,
            "formula, as it stands because it %s: ", rows.why ? rows.why : "takes several lines");
    for (size_t i = 0; row && i < rows.nruns; i++)
        lw_buf_add(p->to, rows.run[i].s, rows.run[i].n);
    lw_math_rows_fini(&rows);
    return row;
}

static void add_formula(struct lw_speech *p, const struct lw_flow_span *span)
{
    const char *source = p->s + span->at;
    struct lw_formula f;
    bool found = lw_math_find(source, span->len, 0, &f) && f.at == 0 && f.len == span->len;
    if (!found || !add_in_row(p, source, &f))
        add(p, source, span->len, false);
    lw_speak_line_end(p);
}

/* ---- a leaf */

static void speak(struct lw_speech *p, const struct lw_block *leaf, bool cell)
{
    size_t link = find_link(p->m, leaf->first);
    p->struck = false;
    for (size_t i = leaf->first; i < leaf->last; i++) {
        const struct lw_flow_span *f = &p->m->flow.span[i];
        if (link < p->m->nlinks && p->m->link[link].first == i && p->m->link[link].end > i) {
            add_link(p, &p->m->link[link], cell);
            i = p->m->link[link++].end - 1;
        } else if (f->display && !cell) {
            lw_speak_line_end(p);
            add_formula(p, f);
        } else {
            add_span(p, i, cell);
        }
    }
}

void lw_speak_text(struct lw_speech *p, const struct lw_block *leaf)
{
    speak(p, leaf, false);
    lw_speak_line_end(p);
}

void lw_speak_cell(struct lw_speech *p, const struct lw_block *leaf)
{
    speak(p, leaf, true);
}
