/* Holds the lines that were laid out. Where they come from is the business of block_lines.c. */
#include "markup/line_store_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>

void lw_store_expect(struct lw_line_store *s, size_t lines)
{
    s->cap = lines;
    s->run_cap = 2 * lines;
    s->line = lw_grow(s->line, s->cap, sizeof *s->line);
    s->run = lw_grow(s->run, s->run_cap, sizeof *s->run);
}

void lw_store_begin_line(struct lw_line_store *s)
{
    if (s->n == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 64;
        s->line = lw_grow(s->line, s->cap, sizeof *s->line);
    }
    size_t at = lw_store_last(s)->at;
    s->line[s->n++] = (struct lw_stored_line){s->nruns, 0, at, false};
}

const struct lw_stored_line *lw_store_last(const struct lw_line_store *s)
{
    return s->n > 0 ? &s->line[s->n - 1] : &s->before;
}

bool lw_store_has_place(const struct lw_line_store *s)
{
    const struct lw_stored_line *l = &s->line[s->n - 1];
    return l->at > (s->n > 1 ? l[-1].at : s->before.at);
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
    struct lw_stored_line *l = &s->line[s->n - 1];
    if (run.len > 0 && run.at > l->at && !lw_store_has_place(s))
        l->at = run.at;
    l->nruns++;
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
    if (s->ntexts == s->text_cap) {
        s->text_cap = s->text_cap ? 2 * s->text_cap : 16;
        s->text = lw_grow(s->text, s->text_cap, sizeof *s->text);
    }
    return s->text[s->ntexts++] = lw_strndup(text, n);
}

void lw_store_forget_texts(struct lw_line_store *s)
{
    while (s->ntexts > 0)
        free(s->text[--s->ntexts]);
}

void lw_store_fini(struct lw_line_store *s)
{
    lw_store_forget_texts(s);
    free(s->text);
    free(s->line);
    free(s->run);
    *s = (struct lw_line_store){0};
}
