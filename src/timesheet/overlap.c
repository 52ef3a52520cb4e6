/* Finds time that several projects count at once: two labelwrights side by side, where the time
 * between two keys in one holds keys in the other. A sweep over the ends of all pieces. */
#include "timesheet/overlap_internal.h"

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stdlib.h>

struct edge {
    int64_t at;
    uint32_t piece;
    bool begins;
};

static int by_end(const void *a, const void *b)
{
    const struct lw_work_piece *x = a, *y = b;
    if (x->project != y->project)
        return x->project < y->project ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return (x->stretch > y->stretch) - (x->stretch < y->stretch);
}

/* Ends come first, so that nothing overlaps with what follows it at once. */
static int by_time(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    if (x->begins != y->begins)
        return x->begins ? 1 : -1;
    return (x->piece > y->piece) - (x->piece < y->piece);
}

static bool is_sorted(const struct lw_work_piece *piece, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (by_end(&piece[i - 1], &piece[i]) > 0)
            return false;
    return true;
}

/* The edges of the pieces, each cut where the one before it ends; how many. */
static size_t find_edges(const struct lw_work_piece *piece, size_t n, struct edge *edge)
{
    size_t edges = 0;
    int64_t free_from = 0;
    for (size_t i = 0; i < n; i++) {
        bool same = i > 0 && piece[i - 1].project == piece[i].project;
        int64_t from = same && piece[i].from < free_from ? free_from : piece[i].from;
        free_from = piece[i].to;
        if (from >= piece[i].to)
            continue;
        edge[edges++] = (struct edge){from, (uint32_t)i, true};
        edge[edges++] = (struct edge){piece[i].to, (uint32_t)i, false};
    }
    return edges;
}

/* What goes on now: of each project 1 + the index of its piece, or 0. */
struct sweep {
    uint32_t *now;
    size_t nprojects, n;
};

static void take_off(const struct sweep *s, struct lw_work_piece *piece, int64_t ms)
{
    bool first = true;
    for (size_t i = 0; i < s->nprojects; i++) {
        if (!s->now[i])
            continue;
        if (!first)
            piece[s->now[i] - 1].twice += ms;
        first = false;
    }
}

void lw_overlap_find(struct lw_work_piece *piece, size_t n, size_t nprojects)
{
    if (n == 0)
        return;
    if (!is_sorted(piece, n))
        qsort(piece, n, sizeof *piece, by_end);
    struct edge *edge = lw_alloc(2 * n * sizeof *edge);
    size_t edges = find_edges(piece, n, edge);
    if (edges > 0)
        qsort(edge, edges, sizeof *edge, by_time);
    struct sweep s = {lw_alloc(nprojects * sizeof *s.now), nprojects, 0};
    for (size_t i = 0; i < edges; i++) {
        if (s.n > 1 && edge[i].at > edge[i - 1].at)
            take_off(&s, piece, edge[i].at - edge[i - 1].at);
        s.now[piece[edge[i].piece].project] = edge[i].begins ? edge[i].piece + 1 : 0;
        s.n += edge[i].begins ? 1 : (size_t)-1;
    }
    free(s.now);
    free(edge);
}
