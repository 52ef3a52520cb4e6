/* What a rendering holds, for the files that look something up in it. Pure. */
#ifndef LABELWRIGHT_MARKUP_RENDERING_INTERNAL_H
#define LABELWRIGHT_MARKUP_RENDERING_INTERNAL_H

#include "markup/blocks_internal.h"

/* A chunk. Its lines are counted when the rendering is made as far as that; what they show is made
 * when one of them is looked at. */
struct lw_rendering_part {
    struct lw_text_chunk chunk;
    struct lw_markdown read;
    size_t from; /* where its flow is in the text of all of them, without marks */
    size_t len;
    size_t first_line, nlines;
    struct lw_line_store lines; /* empty until then */
    bool highlighted;
    bool gap; /* how the layout stood when it began */
    size_t code_lines;
};

struct lw_rendering {
    const char *s;
    size_t n;
    bool markdown;
    struct lw_rendering_part **part; /* each in memory of its own: runs point into it */
    size_t nparts, cap;
    struct lw_line_store lines; /* of all parts, counted */
    struct lw_layout layout;
    struct lw_buf definitions;       /* of the whole text … */
    bool defined;                    /* … read when the first chunk needs them */
    const struct lw_text_mark *mark; /* those that are to be shown in parts to come */
    size_t nmarks;
};

/* One more part. */
void lw_rendering_more(struct lw_rendering *r);

static inline size_t lw_part_end(const struct lw_rendering_part *p)
{
    return p ? p->chunk.at + p->chunk.len : 0;
}

static inline struct lw_rendering_part *lw_rendering_last(const struct lw_rendering *r)
{
    return r->nparts > 0 ? r->part[r->nparts - 1] : NULL;
}

#endif
