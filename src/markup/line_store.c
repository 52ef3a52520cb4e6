/* Holds the lines that were laid out. Where they come from is the business of block_lines.c. */
#include "markup/line_store_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>

void lw_store_begin_line(struct lw_line_store *s)
{
    if (s->n == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 64;
        s->line = lw_grow(s->line, s->cap, sizeof *s->line);
    }
    size_t at = s->n > 0 ? s->line[s->n - 1].at : 0;
    s->line[s->n++] = (struct lw_stored_line){s->nruns, 0, at, false};
}

void lw_store_add(struct lw_line_store *s, struct lw_run run)
{
    if (run.n == 0)
        return;
    if (s->nruns == s->run_cap) {
        s->run_cap = s->run_cap ? 2 * s->run_cap : 128;
        s->run = lw_grow(s->run, s->run_cap, sizeof *s->run);
    }
    s->run[s->nruns++] = run;
    struct lw_stored_line *l = &s->line[s->n - 1];
    bool first = l->nruns == 0 || l->at == (s->n > 1 ? s->line[s->n - 2].at : 0);
    if (run.len > 0 && run.at > l->at && first)
        l->at = run.at;
    l->nruns++;
}

void lw_store_cut(struct lw_line_store *s, size_t lines)
{
    if (lines < s->n)
        s->nruns = s->line[lines].first;
    s->n = lines;
}

const char *lw_store_text(struct lw_line_store *s, const char *text, size_t n)
{
    if (s->ntexts == s->text_cap) {
        s->text_cap = s->text_cap ? 2 * s->text_cap : 16;
        s->text = lw_grow(s->text, s->text_cap, sizeof *s->text);
    }
    return s->text[s->ntexts++] = lw_strndup(text, n);
}

void lw_store_fini(struct lw_line_store *s)
{
    for (size_t i = 0; i < s->ntexts; i++)
        free(s->text[i]);
    free(s->text);
    free(s->line);
    free(s->run);
    *s = (struct lw_line_store){0};
}
