/* What is in the texts of a pane to jump to: headings and links. */
#include "tui/view/document_internal.h"

#include <stdlib.h>

static struct lw_doc_entry *add(struct lw_doc_entry *v, size_t *n, struct lw_doc_entry entry)
{
    v = lw_grow(v, *n + 1, sizeof *v);
    v[(*n)++] = entry;
    return v;
}

struct lw_doc_entry *lw_doc_headings(struct lw_doc *doc, size_t *n)
{
    struct lw_doc_entry *v = NULL;
    *n = 0;
    for (size_t i = 0; i < doc->nparts; i++) {
        const struct lw_doc_part *p = &doc->part[i];
        size_t count = p->markdown ? lw_rendering_outline(p->rendering, NULL, 0) : 0;
        struct lw_outline_entry *all = lw_grow(NULL, count + 1, sizeof *all);
        if (count > 0)
            lw_rendering_outline(p->rendering, all, count);
        for (size_t k = 0; k < count; k++) {
            v = add(v, n,
                (struct lw_doc_entry){
                    .at = {p->text.s + all[k].at, all[k].len}, .level = all[k].level});
        }
        free(all);
    }
    return v;
}

struct lw_doc_entry *lw_doc_links(struct lw_doc *doc, size_t *n)
{
    struct lw_doc_entry *v = NULL;
    *n = 0;
    for (size_t i = 0; i < doc->nparts; i++) {
        const struct lw_doc_part *p = &doc->part[i];
        size_t count = p->markdown ? lw_rendering_links(p->rendering) : 0;
        for (size_t k = 0; k < count; k++) {
            struct lw_rendered_link l = lw_rendering_link(p->rendering, k);
            v = add(v, n,
                (struct lw_doc_entry){.at = {p->text.s + l.at, l.len},
                    .target = lw_strdup(l.target),
                    .title = lw_strdup(l.title)});
        }
    }
    return v;
}

void lw_doc_entries_free(struct lw_doc_entry *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].target);
        free(v[i].title);
    }
    free(v);
}
