/* A text that has grown while it is shown: which of its parts stay as they were laid out. How parts
 * are made is rendering.c's. */
#include "markup/chunks_internal.h"
#include "markup/rendering_internal.h"

#include <string.h>

enum {
    SEEN = 3 * LW_CHUNK_MAX + 4096, /* bytes from the start of a part that say where it ends */
    WASTE_LEAST =
        512 * 1024, /* what is left behind in memory until all is laid out anew: so much … */
    WASTE_TIMES = 4 /* … and so many times the text */
};

static bool is_same_way(struct lw_reading_opts a, struct lw_reading_opts b)
{
    return a.cols == b.cols && a.spacing == b.spacing && a.justify == b.justify &&
           a.numbers == b.numbers && a.fold == b.fold && a.grows == b.grows;
}

static bool begins_with(const struct lw_rendering *r, const char *s, size_t n)
{
    return n >= r->n && (s == r->s || memcmp(s, r->s, r->n) == 0);
}

/* What a label means may be said anywhere in the text. */
static bool defines_the_same(const struct lw_rendering *r, const char *s, size_t n)
{
    struct lw_buf now = {0};
    if (!r->defined)
        return true;
    lw_markdown_definitions(s, n, &now);
    bool same = now.len == r->definitions.len &&
                (now.len == 0 || memcmp(now.data, r->definitions.data, now.len) == 0);
    lw_buf_fini(&now);
    return same;
}

/* How many of the parts nothing that comes behind the text can change. */
static size_t settled_parts(const struct lw_rendering *r)
{
    size_t keep = r->nparts;
    while (keep > 0 && lw_part_end(r->part[keep - 1]) + SEEN > r->n)
        keep--;
    return keep;
}

/* At least one stays. */
static void drop_parts(struct lw_rendering *r, size_t keep)
{
    const struct lw_rendering_part *p = r->part[keep];
    r->layout.gap = p->gap;
    r->layout.code_lines = p->code_lines;
    r->apart = r->part[keep - 1]->apart;
    r->layout.nfolds = p->nfolds;
    lw_store_cut(&r->lines, p->first_line);
    r->waste += r->n - p->chunk.at;
    r->nparts = keep;
}

static void set_text(struct lw_rendering *r, const char *s, size_t n)
{
    r->s = r->layout.s = s;
    r->n = n;
    lw_markdown_reader_free(r->reader);
    r->reader = lw_markdown_reader_new(s);
}

bool lw_rendering_grow(
    struct lw_rendering *r, const char *s, size_t n, bool markdown, struct lw_reading_opts how)
{
    s = s ? s : "";
    bool plain_prose = !markdown && !lw_is_data(s, n);
    if (r->marked || markdown != r->markdown || plain_prose != r->layout.plain_prose ||
        !is_same_way(r->layout.how, how) || !begins_with(r, s, n))
        return false;
    if (s == r->s && n == r->n)
        return true;
    size_t keep = n == r->n ? r->nparts : settled_parts(r);
    if (keep == 0 || r->waste > WASTE_LEAST + WASTE_TIMES * n || !defines_the_same(r, s, n))
        return false;
    if (keep < r->nparts)
        drop_parts(r, keep);
    set_text(r, s, n);
    return true;
}
