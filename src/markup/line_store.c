/* Holds the lines that were laid out. Where they come from is the business of block_lines.c. */
#include "markup/line_store_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>

void lw_store_begin(struct lw_line_store *s, struct lw_stored_line before)
{
    s->n = s->nruns = 0;
    s->before = before;
}

void lw_store_begin_line(struct lw_line_store *s)
{
    if (s->n == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 64;
        s->line = lw_grow(s->line, s->cap, sizeof *s->line);
    }
    size_t at = lw_store_last(s)->at;
    s->line[s->n++] = (struct lw_stored_line){.at = at, .first = (uint32_t)s->nruns};
}

const struct lw_stored_line *lw_store_last(const struct lw_line_store *s)
{
    return s->n > 0 ? &s->line[s->n - 1] : &s->before;
}

static void keep(struct lw_line_store *s, struct lw_run run)
{
    if (s->nruns == s->run_cap) {
        s->run_cap = s->run_cap ? 2 * s->run_cap : 128;
        s->run = lw_grow(s->run, s->run_cap, sizeof *s->run);
    }
    s->run[s->nruns++] = run;
}

void lw_store_add(struct lw_line_store *s, struct lw_run run)
{
    if (run.n == 0)
        return;
    lw_store_note(s, run.at, run.len);
    if (!s->counting)
        keep(s, run);
}

void lw_store_cut(struct lw_line_store *s, size_t lines)
{
    if (lines < s->n)
        s->nruns = s->line[lines].first;
    s->n = lines;
}

const char *lw_store_text(struct lw_line_store *s, const char *text, size_t n)
{
    return lw_arena_copy(s->texts, text, n);
}

void lw_store_fini(struct lw_line_store *s)
{
    free(s->line);
    free(s->run);
    *s = (struct lw_line_store){0};
}
