/* What stands inside a line of Markdown: emphasis, code, links. */
#include "markup/entities_internal.h"
#include "markup/link_target_internal.h"
#include "markup/reader_internal.h"

#include <stdlib.h>
#include <string.h>

uint8_t lw_reader_emphasis(const struct lw_markdown_reader *r)
{
    return (uint8_t)((r->strong > 0 ? LW_EMPH_STRONG : 0) | (r->soft > 0 ? LW_EMPH_SOFT : 0) |
                     (r->struck > 0 ? LW_EMPH_STRUCK : 0));
}

enum lw_text_style lw_reader_style(struct lw_markdown_reader *r)
{
    const struct lw_block *b = lw_reader_block(r);
    if (r->code > 0)
        return LW_STYLE_CODE;
    if (r->links > 0)
        return LW_STYLE_LINK;
    return b && b->kind == LW_BLOCK_HEADING ? LW_STYLE_HEADING : LW_STYLE_TEXT;
}

static void add_sign(
    struct lw_markdown_reader *r, const char *text, size_t len, enum lw_text_style as)
{
    lw_flow_sign(&r->m.flow, text, strlen(text), r->cursor, len, as, lw_reader_emphasis(r));
    r->cursor += len;
}

void lw_reader_backticks(struct lw_markdown_reader *r, bool opening)
{
    size_t at = r->cursor, len = 0;
    if (opening)
        while (at > r->at && r->s[at - 1] != '`' && at + 2 > r->cursor)
            at--;
    while (opening && at > r->at && r->s[at - 1] == '`')
        at--, len++;
    while (!opening && at < r->end && r->s[at] == ' ')
        at++;
    while (!opening && at + len < r->end && r->s[at + len] == '`')
        len++;
    lw_flow_sign(&r->m.flow, "`", 1, at, len, LW_STYLE_MARK, lw_reader_emphasis(r));
    if (!opening)
        r->cursor = at + len;
}

/* ---- links */

char *lw_reader_attribute(const MD_ATTRIBUTE *a)
{
    struct lw_buf b = {0};
    for (size_t i = 0; a->text && a->substr_offsets && a->substr_offsets[i] < a->size; i++) {
        const char *s = a->text + a->substr_offsets[i];
        size_t n = a->substr_offsets[i + 1] - a->substr_offsets[i];
        char utf8[4];
        size_t decoded = a->substr_types[i] == MD_TEXT_ENTITY ? lw_entity_decode(s, n, utf8) : 0;
        lw_buf_add(&b, decoded ? utf8 : s, decoded ? decoded : n);
    }
    return lw_buf_detach(&b);
}

static void open_link(struct lw_markdown_reader *r, const MD_ATTRIBUTE *target,
    const MD_ATTRIBUTE *title, bool picture)
{
    struct lw_markdown *m = &r->m;
    if (r->links++ > 0)
        return; /* a picture in a link */
    m->link = lw_grow(m->link, m->nlinks + 1, sizeof *m->link);
    r->link = m->nlinks++;
    m->link[r->link] = (struct lw_link){.target = lw_reader_attribute(target),
        .title = lw_reader_attribute(title),
        .at = r->cursor,
        .first = m->flow.nspans,
        .picture = picture};
    if (picture)
        add_sign(r, "[picture: ", 0, LW_STYLE_MARK);
}

/* An address by itself: md4c adds what kind it is. */
static bool says_target(const struct lw_flow *f, size_t from, const char *target)
{
    static const char *const kinds[] = {"", "http://", "mailto:"};
    size_t n = f->text.len - from;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t kind = strlen(kinds[i]);
        if (n > 0 && strlen(target) == kind + n && memcmp(target, kinds[i], kind) == 0 &&
            memcmp(target + kind, f->text.data + from, n) == 0)
            return true;
    }
    return false;
}

/* Bytes behind what a link says: "](target "title")", "][label]", "]"; 0 for an address alone. */
static size_t link_tail_len(const struct lw_markdown_reader *r)
{
    const char *s = r->s + r->cursor;
    size_t n = r->end - r->cursor, at = 0;
    while (at < n && at < 8 && strchr("*_~`", s[at])) /* emphasis ends before the link does */
        at++;
    if (at >= n || s[at] != ']')
        return 0;
    if (at + 1 >= n || (s[at + 1] != '(' && s[at + 1] != '['))
        return at + 1;
    char open = s[at + 1], close = open == '(' ? ')' : ']';
    int depth = 0;
    for (size_t i = at + 1; i < n && (s[i] != '\n' || s[i - 1] != '\n'); i++) {
        if (s[i] == '\\')
            i++;
        else if (s[i] == open)
            depth++;
        else if (s[i] == close && --depth == 0)
            return i + 1;
    }
    return at + 1;
}

static void close_link(struct lw_markdown_reader *r)
{
    struct lw_markdown *m = &r->m;
    if (--r->links > 0)
        return;
    struct lw_link *l = &m->link[r->link];
    struct lw_buf sign = {0};
    size_t first = l->first;
    while (first < m->flow.nspans && m->flow.span[first].len == 0)
        first++; /* signs of ours */
    bool says = first < m->flow.nspans;
    size_t from = says ? m->flow.span[first].pos : m->flow.text.len;
    l->at = says ? m->flow.span[first].at : l->at;
    const char *said = m->flow.text.data + from;
    size_t nsaid = m->flow.text.len - from;
    l->len = r->cursor > l->at ? r->cursor - l->at : 0;
    l->last = m->flow.nspans;
    if (l->picture)
        lw_buf_str(&sign, "]");
    if (!says_target(&m->flow, from, l->target)) {
        lw_buf_fmt(&sign, "‹%zu", m->first_link + r->link + 1);
        lw_link_target_warn(said, nsaid, l->target, &sign);
        lw_buf_str(&sign, "›");
    }
    if (sign.len > 0)
        add_sign(r, sign.data, link_tail_len(r), LW_STYLE_MARK);
    l->end = m->flow.nspans;
    lw_buf_fini(&sign);
}

/* ---- calls of md4c */

void lw_reader_enter_span(struct lw_markdown_reader *r, MD_SPANTYPE type, void *detail)
{
    switch (type) {
    case MD_SPAN_STRONG:
        r->strong++;
        break;
    case MD_SPAN_EM:
        r->soft++;
        break;
    case MD_SPAN_DEL:
        add_sign(r, "~~", 0, LW_STYLE_MARK); /* few terminals can strike words out */
        r->struck++;
        break;
    case MD_SPAN_CODE:
        r->code = 1; /* the backtick comes with the first text, which tells where it is */
        break;
    case MD_SPAN_A:
        open_link(
            r, &((MD_SPAN_A_DETAIL *)detail)->href, &((MD_SPAN_A_DETAIL *)detail)->title, false);
        break;
    case MD_SPAN_IMG:
        open_link(
            r, &((MD_SPAN_IMG_DETAIL *)detail)->src, &((MD_SPAN_IMG_DETAIL *)detail)->title, true);
        break;
    default:
        break;
    }
}

static void close_struck(struct lw_markdown_reader *r)
{
    r->struck--;
    add_sign(r, "~~", 0, LW_STYLE_MARK);
}

/* The end of one that its block ended already is passed over. */
void lw_reader_leave_span(struct lw_markdown_reader *r, MD_SPANTYPE type)
{
    if (type == MD_SPAN_STRONG)
        r->strong -= r->strong > 0;
    else if (type == MD_SPAN_EM)
        r->soft -= r->soft > 0;
    else if (type == MD_SPAN_DEL && r->struck > 0)
        close_struck(r);
    else if (type == MD_SPAN_CODE && r->code > 0) {
        r->code = 0;
        lw_reader_backticks(r, false);
    } else if ((type == MD_SPAN_A || type == MD_SPAN_IMG) && r->links > 0)
        close_link(r);
}

/* A span ends with its block. md4c lets a few go on: those of a www address that has the bar
 * between two cells in it. */
void lw_reader_close_spans(struct lw_markdown_reader *r)
{
    while (r->links > 0)
        close_link(r);
    while (r->struck > 0)
        close_struck(r);
    r->strong = r->soft = r->code = 0;
}
