/* What a rendering holds, for the files that look something up in it. Pure. */
#ifndef LABELWRIGHT_MARKUP_RENDERING_INTERNAL_H
#define LABELWRIGHT_MARKUP_RENDERING_INTERNAL_H

#include "markup/blocks_internal.h"

/* A chunk, or some that are read together. Its lines are counted when the rendering is made as far
 * as that; what they show is made when one of them is looked at. */
struct lw_rendering_part {
    struct lw_text_chunk chunk;
    struct lw_markdown read;
    size_t from; /* where its flow is in the text of all of them, without marks */
    size_t len;
    size_t first_line, nlines;
    struct lw_stored_line before; /* how it stood when the part began: the line before it … */
    bool gap;                     /* … and the layout */
    size_t code_lines, nfolds;
    size_t apart; /* of the rendering, when the part ended */
    bool highlighted;
    struct lw_stored_line *line; /* NULL until one is looked at */
    struct lw_run *run;
};

struct lw_rendering {
    const char *s;
    size_t n;
    bool markdown;
    struct lw_markdown_reader *reader;
    struct lw_rendering_part **part;
    size_t nparts, cap;
    size_t apart;               /* chunks before this byte are read one by one */
    struct lw_arena memory;     /* what is in the parts … */
    struct lw_arena passing;    /* … and what is gone when one is counted */
    struct lw_line_store lines; /* of all parts, counted */
    struct lw_line_store shown; /* of the part that is being made */
    struct lw_layout layout;
    struct lw_buf definitions;       /* of the whole text … */
    bool defined;                    /* … read when the first chunk needs them */
    const struct lw_text_mark *mark; /* those that are to be shown in parts to come */
    size_t nmarks;
    bool marked;  /* there are or were such marks */
    size_t waste; /* bytes of the text whose parts are in memory and in use no more */
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
