/* Markdown as it is read aloud: what kind of block comes, what is in it, and where it ends. The
 * text in a block is spoken_text.c's. */
#define _GNU_SOURCE
#include "labelwright/markup/spoken.h"

#include "markup/spoken_internal.h"

#include <stdlib.h>
#include <string.h>

static void speak_block(struct lw_speech *p, size_t i);

static void speak_children(struct lw_speech *p, size_t i)
{
    for (size_t child = i + 1; child < p->m->block[i].end; child = p->m->block[child].end)
        speak_block(p, child);
}

static void say(struct lw_speech *p, const char *words)
{
    lw_buf_str(p->to, words);
    lw_speak_line_end(p);
    p->prose = false;
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static size_t count_children(const struct lw_markdown *m, size_t i)
{
    size_t n = 0;
    for (size_t child = i + 1; child < m->block[i].end; child = m->block[child].end)
        n++;
    return n;
}

/* ---- quotes and lists */

static void speak_quote(struct lw_speech *p, size_t i)
{
    lw_buf_str(p->to, "quote: ");
    speak_children(p, i);
    lw_speak_line_end(p);
    say(p, "end of quote");
}

/* "2: ", "item: ", "task, done: ". */
static void speak_item(struct lw_speech *p, size_t i, unsigned number)
{
    char task = p->m->block[i].task;
    const char *state = !task ? "" : task == ' ' ? "task, not done" : "task, done";
    if (number)
        lw_buf_fmt(p->to, "%u%s%s: ", number - 1, task ? ", " : "", state);
    else
        lw_buf_fmt(p->to, "%s: ", task ? state : "item");
    speak_children(p, i);
    lw_speak_line_end(p);
}

static void speak_list(struct lw_speech *p, size_t list)
{
    const struct lw_block *b = &p->m->block[list];
    size_t n = count_children(p->m, list);
    unsigned number = b->delimiter ? b->number + 1 : 0; /* one more, for lists may begin with 0 */
    lw_buf_fmt(p->to, "list, %zu item%s", n, plural(n));
    lw_speak_line_end(p);
    for (size_t i = list + 1; i < b->end; i = p->m->block[i].end)
        speak_item(p, i, number ? number++ : 0);
    say(p, "end of list");
}

/* ---- tables */

enum { NAME_MAX = 40 /* bytes of a column's name that is said again in each row */ };

static bool is_long(const struct lw_markdown *m, const struct lw_block *cell)
{
    if (cell->first == cell->last)
        return false;
    const struct lw_flow_span *last = &m->flow.span[cell->last - 1];
    for (size_t i = cell->first; i < cell->last; i++)
        if (m->flow.span[i].style == LW_STYLE_LINK || m->flow.span[i].style == LW_STYLE_MARK)
            return true; /* the address of a link may be long */
    return last->pos + last->n - m->flow.span[cell->first].pos > NAME_MAX;
}

struct table {
    size_t head; /* the first row */
    bool names;  /* the columns are named in each row */
};

/* Names are said in each row when they are short, and said nowhere else only if a cell has them. */
static bool has_short_names(const struct lw_markdown *m, size_t table, size_t rows)
{
    size_t head = table + 1, n = m->block[head].end - head - 1, named = 0;
    char *seen = lw_alloc(n);
    bool is_short = rows > 0;
    for (size_t i = 0; i < n && is_short; i++)
        is_short = !is_long(m, &m->block[head + 1 + i]);
    for (size_t row = m->block[head].end; row < m->block[table].end; row = m->block[row].end)
        for (size_t i = 0; i < n && row + 1 + i < m->block[row].end; i++)
            seen[i] |= m->block[row + 1 + i].first < m->block[row + 1 + i].last;
    for (size_t i = 0; i < n; i++)
        named += (size_t)seen[i];
    free(seen);
    return is_short && named == n;
}

static void speak_cell(struct lw_speech *p, const struct table *t, size_t row, size_t i)
{
    const struct lw_block *cell = &p->m->block[row + 1 + i], *name = &p->m->block[t->head + 1 + i];
    bool named = t->head + 1 + i < p->m->block[t->head].end;
    if (!t->names || row == t->head)
        lw_buf_fmt(p->to, "%zu: ", i + 1);
    else if (named && name->first < name->last) {
        lw_speak_cell(p, name);
        lw_buf_str(p->to, ": ");
    }
    lw_speak_cell(p, cell);
}

static void speak_row(struct lw_speech *p, const struct table *t, size_t row, size_t number)
{
    const char *before = "";
    if (row == t->head)
        lw_buf_str(p->to, "columns: ");
    else
        lw_buf_fmt(p->to, "row %zu: ", number);
    for (size_t i = 0; row + 1 + i < p->m->block[row].end; i++) {
        if (p->m->block[row + 1 + i].first == p->m->block[row + 1 + i].last)
            continue;
        lw_buf_str(p->to, before);
        speak_cell(p, t, row, i);
        before = "; ";
    }
    if (!*before)
        lw_buf_str(p->to, "empty");
    lw_speak_line_end(p);
}

static void speak_table(struct lw_speech *p, size_t table)
{
    const struct lw_block *b = &p->m->block[table];
    size_t rows = count_children(p->m, table), number = 0;
    rows -= rows > 0;
    lw_buf_fmt(
        p->to, "table, %u column%s, %zu row%s", b->number, plural(b->number), rows, plural(rows));
    lw_speak_line_end(p);
    struct table t = {table + 1, table + 1 < b->end && has_short_names(p->m, table, rows)};
    if (!t.names && t.head < b->end)
        speak_row(p, &t, t.head, 0);
    for (size_t row = p->m->block[t.head].end; t.head < b->end && row < b->end;
         row = p->m->block[row].end)
        speak_row(p, &t, row, ++number);
    say(p, "end of table");
}

/* ---- code, HTML, source */

static size_t count_lines(const char *s, size_t n)
{
    size_t lines = n > 0 && s[n - 1] != '\n';
    for (const char *at = s; (at = memchr(at, '\n', n - (size_t)(at - s)));)
        lines++, at++;
    return lines;
}

static size_t leaf_text(const struct lw_markdown *m, const struct lw_block *b, const char **s)
{
    *s = "";
    if (b->first == b->last)
        return 0;
    const struct lw_flow_span *first = &m->flow.span[b->first], *last = &m->flow.span[b->last - 1];
    *s = m->flow.text.data + first->pos;
    return last->pos + last->n - first->pos;
}

/* As they are, blank ones too. */
static void speak_lines(struct lw_speech *p, const struct lw_block *b)
{
    const char *s;
    size_t n = leaf_text(p->m, b, &s);
    lw_buf_add(p->to, s, n);
    if (n > 0 && s[n - 1] != '\n')
        lw_buf_char(p->to, '\n');
    p->line = p->to->len;
}

/* ", Python"; with more than the name of a language behind the fence, all of it. */
static void add_info(struct lw_speech *p, const struct lw_block *b)
{
    const char *info = p->s + b->at;
    bool name = b->language && lw_language_find(info, b->len) == b->language &&
                !memchr(info, ' ', b->len) && !memchr(info, '=', b->len) &&
                !memchr(info, '.', b->len);
    if (b->language)
        lw_buf_fmt(p->to, ", %s", lw_language_name(b->language));
    if (b->len == 0 || name)
        return;
    lw_buf_str(p->to, ", ");
    lw_speak_one_line(p, info, b->len);
}

/* Lines of the code that began in this chunk and goes on in the next ones. */
static size_t code_lines(const struct lw_speech *p, const struct lw_block *b)
{
    const char *s;
    size_t n = leaf_text(p->m, b, &s), lines = count_lines(s, n);
    struct lw_text_chunk c = p->chunk;
    while (c.kind == LW_CHUNK_CODE && c.cut) {
        c = lw_chunk_next(p->s, p->n, c.at + c.len, &c);
        lines += count_lines(p->s + c.body, c.nbody);
    }
    return lines;
}

static void speak_code(struct lw_speech *p, const struct lw_block *b)
{
    if (!b->goes_on) {
        size_t lines = code_lines(p, b);
        lw_buf_str(p->to, "code");
        add_info(p, b);
        lw_buf_fmt(p->to, ", %zu line%s", lines, plural(lines));
        lw_speak_line_end(p);
    }
    speak_lines(p, b);
    if (b->unclosed)
        say(p, "end of code, which is not closed");
    else if (!p->chunk.cut)
        say(p, "end of code");
}

static void speak_html(struct lw_speech *p, const struct lw_block *b)
{
    const char *s;
    size_t n = leaf_text(p->m, b, &s), lines = count_lines(s, n);
    lw_buf_fmt(p->to, "HTML, %zu line%s", lines, plural(lines));
    lw_speak_line_end(p);
    speak_lines(p, b);
    say(p, "end of HTML");
}

static void speak_source(struct lw_speech *p, const struct lw_block *b)
{
    if (p->m->why)
        say(p, p->m->why);
    speak_lines(p, b);
}

/* ---- any block */

static void speak_prose(struct lw_speech *p, const struct lw_block *b)
{
    if (p->prose && p->to->len == p->line) {
        lw_buf_char(p->to, '\n');
        p->line++;
    }
    lw_speak_text(p, b);
    p->prose = true;
}

static void speak_block(struct lw_speech *p, size_t i)
{
    const struct lw_block *b = &p->m->block[i];
    bool prose = p->prose;
    p->prose = false;
    switch (b->kind) {
    case LW_BLOCK_QUOTE:
        speak_quote(p, i);
        break;
    case LW_BLOCK_LIST:
        speak_list(p, i);
        break;
    case LW_BLOCK_ITEM:
        speak_item(p, i, 0);
        break;
    case LW_BLOCK_TABLE:
        speak_table(p, i);
        break;
    case LW_BLOCK_CODE:
        speak_code(p, b);
        break;
    case LW_BLOCK_HTML:
        speak_html(p, b);
        break;
    case LW_BLOCK_SOURCE:
        speak_source(p, b);
        break;
    case LW_BLOCK_RULE:
        say(p, "dividing line");
        break;
    case LW_BLOCK_HEADING:
        lw_buf_fmt(p->to, "heading %u: ", b->number);
        lw_speak_text(p, b);
        break;
    default:
        p->prose = prose;
        speak_prose(p, b);
        break;
    }
}

void lw_spoken(const char *s, size_t n, struct lw_buf *to)
{
    struct lw_speech p = {.s = s, .n = n, .to = to, .line = to->len};
    struct lw_buf definitions = {0};
    if (n > 0 && memchr(s, '[', n))
        lw_markdown_definitions(s, n, &definitions);
    struct lw_markdown_reader *reader = lw_markdown_reader_new(s);
    for (size_t at = 0; at < n; at = p.chunk.at + p.chunk.len) {
        p.chunk = lw_chunk_next(s, n, at, at > 0 ? &p.chunk : NULL);
        p.m = lw_markdown_read(reader, &p.chunk, &definitions, 0);
        for (size_t i = 0; i < p.m->nblocks; i = p.m->block[i].end)
            speak_block(&p, i);
    }
    lw_markdown_reader_free(reader);
    lw_buf_fini(&definitions);
}
