/* Changes in the lines of a pane: two texts in one, or each text with its own part of a diff. What
 * differs is found by text/diff.c. */
#include "tui/view/document_internal.h"

#include <stdlib.h>

/* Where a change begins and ends in the text that is put together. */
struct marked {
    size_t at, end;
    bool came;
};

static struct marked add_change(struct lw_buf *to, const char *s, size_t n, bool came)
{
    struct marked m = {.at = to->len, .came = came};
    lw_buf_str(to, came ? "{+" : "[-");
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\n')
            lw_buf_str(to, "¶");
        lw_buf_char(to, s[i]);
    }
    lw_buf_str(to, came ? "+}" : "-]");
    m.end = to->len;
    return m;
}

/* The marks point into the text, which moves while it grows: they are made last. */
static void add_marks(struct lw_doc *doc, const char *text, const struct marked *m, size_t n)
{
    doc->mark = lw_grow(doc->mark, doc->nmarks + n + 1, sizeof *doc->mark);
    for (size_t i = 0; i < n; i++)
        doc->mark[doc->nmarks++] = (struct lw_doc_mark){
            {text + m[i].at, m[i].end - m[i].at}, m[i].came ? LW_ROLE_ADDED : LW_ROLE_REMOVED};
}

void lw_doc_diff(struct lw_doc *doc, const struct lw_diff *diff, struct lw_span a, struct lw_span b,
    bool gone, bool came, int cols)
{
    struct lw_buf text = {0};
    struct marked *m = lw_grow(NULL, diff->n + 1, sizeof *m);
    size_t n = 0;
    for (size_t i = 0; i < diff->n; i++) {
        const struct lw_diff_run *r = &diff->v[i];
        if (r->kind == LW_DIFF_SAME)
            lw_buf_add(&text, a.s + r->a, r->n);
        else if (r->kind == LW_DIFF_OUT && gone)
            m[n++] = add_change(&text, a.s + r->a, r->n, false);
        else if (r->kind == LW_DIFF_IN && came)
            m[n++] = add_change(&text, b.s + r->b, r->n, true);
    }
    size_t len = text.len;
    char *own = lw_buf_detach(&text);
    lw_doc_push(doc, (struct lw_doc_part){.rendering = lw_rendering_new(own, len, false,
                                              (struct lw_reading_opts){.cols = cols}),
                         .text = {own, len},
                         .own = own,
                         .role = LW_ROLE_TEXT});
    add_marks(doc, own, m, n);
    free(m);
}

/* ---- in a text that is laid out */

static void add_shown(struct lw_span text, bool markdown, struct lw_buf *to)
{
    struct lw_rendering *r =
        lw_rendering_new(text.s, text.n, markdown, (struct lw_reading_opts){.cols = LW_DIFF_COLS});
    lw_rendering_text(r, to);
    lw_rendering_free(r);
}

void lw_diff_shown(
    struct lw_diff *diff, struct lw_span a, bool markdown_a, struct lw_span b, bool markdown_b)
{
    struct lw_buf of_a = {0}, of_b = {0};
    add_shown(a, markdown_a, &of_a);
    add_shown(b, markdown_b, &of_b);
    lw_diff_words(diff, of_a.data ? of_a.data : "", of_a.len, of_b.data ? of_b.data : "", of_b.len);
    lw_buf_fini(&of_a);
    lw_buf_fini(&of_b);
}

/* The marks of one text, owned by the caller. */
static struct lw_text_mark *marks_of(const struct lw_diff *diff, bool first, size_t *n)
{
    struct lw_text_mark *mark = lw_grow(NULL, diff->n + 1, sizeof *mark);
    *n = 0;
    for (size_t i = 0; i < diff->n; i++) {
        const struct lw_diff_run *r = &diff->v[i];
        if (r->kind == (first ? LW_DIFF_OUT : LW_DIFF_IN))
            mark[(*n)++] = (struct lw_text_mark){first ? r->a : r->b, r->n, !first};
    }
    return mark;
}

/* Where the changes are in the source: what is jumped to. */
static void add_places(struct lw_doc *doc, struct lw_span text, const struct lw_text_mark *mark,
    size_t n, bool markdown)
{
    struct lw_rendering *plain =
        lw_rendering_new(text.s, text.n, markdown, (struct lw_reading_opts){.cols = LW_DIFF_COLS});
    lw_rendering_reach(plain, SIZE_MAX);
    doc->mark = lw_grow(doc->mark, doc->nmarks + n + 1, sizeof *doc->mark);
    for (size_t i = 0; i < n; i++) {
        size_t at, len;
        lw_rendering_source_of(plain, mark[i].at, mark[i].n, &at, &len);
        doc->mark[doc->nmarks++] = (struct lw_doc_mark){
            {text.s + at, len}, mark[i].inserted ? LW_ROLE_ADDED : LW_ROLE_REMOVED};
    }
    lw_rendering_free(plain);
}

void lw_doc_changes(struct lw_doc *doc, struct lw_span text, const struct lw_diff *diff, bool first,
    int cols, bool markdown)
{
    size_t n;
    struct lw_text_mark *mark = marks_of(diff, first, &n);
    struct lw_reading_opts how = doc->how;
    how.cols = cols;
    how.fold = false; /* changes are seen */
    struct lw_rendering *r = lw_rendering_new(text.s, text.n, markdown, how);
    lw_rendering_mark(r, mark, n);
    lw_rendering_reach(r, SIZE_MAX); /* the marks do not live on */
    lw_doc_push(doc, (struct lw_doc_part){.rendering = r,
                         .markdown = markdown,
                         .text = text,
                         .source = text,
                         .role = LW_ROLE_TEXT});
    add_places(doc, text, mark, n, markdown);
    free(mark);
}

struct lw_text_range *lw_doc_paragraphs(struct lw_doc *doc, struct lw_span text, size_t *n)
{
    struct lw_text_range *v = NULL;
    *n = 0;
    for (size_t i = 0; i < doc->nparts && *n == 0; i++)
        if (doc->part[i].rendering && doc->part[i].text.s == text.s)
            *n = lw_rendering_paragraphs(doc->part[i].rendering, &v);
    return v;
}
