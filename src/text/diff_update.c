/* The diff of a text that is being edited: the runs around the edit are found anew, the others are
 * kept. Cheap for one key in a megabyte, however many changes the text has. */
#include "labelwright/base/buf.h"
#include "text/diff_part_internal.h"
#include "text/diff_runs_internal.h"

#include <stdlib.h>
#include <string.h>

enum {
    NEAR = 4096,  /* bytes in which a line may begin; then any word will do */
    LARGE = 1024, /* bytes that come and go: a paste may belong anywhere */
    DRIFT = 4096  /* bytes that the texts may share before the first change, or behind the last */
};

/* A place in both texts, in the second as it was before the edit, and the run that holds it. */
struct place {
    size_t a, b, run;
};

struct edit {
    struct lw_diff_texts t;       /* after the edit */
    size_t at, gone, come;        /* in the second text */
    const struct lw_diff *before; /* the edit */
};

/* What stood behind the edit at byte `b` of the second text is here now. */
static size_t moved(const struct edit *e, size_t b)
{
    return b - e->gone + e->come;
}

/* Bytes `a` and `b` of the texts now, `far` from the edit. */
static bool may_cut(const struct edit *e, size_t a, size_t b, size_t far)
{
    if (a > 0 && b > 0 && e->t.a[a - 1] == '\n' && e->t.b[b - 1] == '\n')
        return true;
    return far > NEAR && lw_sure_break(e->t.a, e->t.na, a) && lw_sure_break(e->t.b, e->t.nb, b);
}

/* The run that holds byte `b` of the second text, or the last one. */
static size_t run_at(const struct lw_diff *d, size_t b)
{
    size_t low = 0, high = d->n - 1;
    while (low < high) {
        size_t mid = low + (high - low + 1) / 2;
        if (d->v[mid].b <= b)
            low = mid;
        else
            high = mid - 1;
    }
    return low;
}

/* The last place before the edit from which on words may be compared anew: behind something that is
 * the same, so that no change touches it from before. */
static struct place place_before(const struct edit *e)
{
    const struct lw_diff_run *v = e->before->v;
    for (size_t i = run_at(e->before, e->at) + 1; i-- > 0;) {
        if (v[i].kind != LW_DIFF_SAME)
            continue;
        size_t end = v[i].b + v[i].n < e->at ? v[i].b + v[i].n + 1 : e->at;
        for (size_t b = end; b-- > v[i].b + 1;) {
            size_t a = v[i].a + (b - v[i].b);
            if (may_cut(e, a, b, e->at - b))
                return (struct place){a, b, i};
        }
    }
    return (struct place){0, 0, 0};
}

/* The first place behind the edit. */
static struct place place_behind(const struct edit *e, size_t nb)
{
    const struct lw_diff_run *v = e->before->v;
    size_t from = e->at + e->gone;
    for (size_t i = run_at(e->before, e->at); i < e->before->n; i++) {
        size_t end = v[i].b + v[i].n;
        if (v[i].kind != LW_DIFF_SAME || end <= from)
            continue;
        for (size_t b = v[i].b > from ? v[i].b : from + 1; b < end; b++) {
            size_t a = v[i].a + (b - v[i].b);
            if (may_cut(e, a, moved(e, b), b - from))
                return (struct place){a, b, i};
        }
    }
    return (struct place){e->t.na, nb, e->before->n};
}

static bool covers(const struct lw_diff *d, size_t na, size_t nb)
{
    const struct lw_diff_run *r = d->n ? &d->v[d->n - 1] : NULL;
    return r && r->a + (r->kind == LW_DIFF_IN ? 0 : r->n) == na &&
           r->b + (r->kind == LW_DIFF_OUT ? 0 : r->n) == nb;
}

/* The texts begin or end alike far beyond where the runs say that they do. */
static bool drifted(const struct lw_diff *d, const struct lw_diff_texts *t)
{
    size_t least = t->na < t->nb ? t->na : t->nb;
    if (d->n < 2)
        return false;
    const struct lw_diff_run *first = d->v, *last = &d->v[d->n - 1];
    size_t head = first->kind == LW_DIFF_SAME ? first->n : 0,
           tail = last->kind == LW_DIFF_SAME ? last->n : 0;
    if (t->na == t->nb && memcmp(t->a, t->b, least) == 0)
        return true;
    return lw_diff_same_start(t->a, t->b, least) > head + DRIFT ||
           lw_diff_same_end(t->a + t->na, t->b + t->nb, least) > tail + DRIFT;
}

/* Takes out the runs from `first` on, leaves of it what lies before byte `b`, and returns a copy of
 * those from `last` on. */
static struct lw_diff_run *take_runs(struct lw_diff *d, struct place first, struct place last)
{
    size_t n = d->n - last.run;
    struct lw_diff_run *tail = lw_grow(NULL, n + 1, sizeof *tail), r = d->v[first.run];
    memcpy(tail, d->v + last.run, n * sizeof *tail);
    for (size_t i = first.run; i <= last.run && i < d->n; i++) {
        d->words_out -= d->v[i].kind == LW_DIFF_OUT ? d->v[i].words : 0;
        d->words_in -= d->v[i].kind == LW_DIFF_IN ? d->v[i].words : 0;
    }
    d->n = first.run;
    if (r.kind == LW_DIFF_SAME)
        lw_diff_add_run(d, LW_DIFF_SAME, r.a, r.b, first.b - r.b, 0);
    return tail;
}

/* Adds n runs again, the first from `from` on: it is the same in both, and so ends what is new. */
static void add_runs(
    struct lw_diff *d, const struct edit *e, struct lw_diff_run *v, size_t n, struct place from)
{
    if (n == 0)
        return;
    lw_diff_add_run(d, LW_DIFF_SAME, from.a, moved(e, from.b), v->n - (from.b - v->b), 0);
    if (d->n + n > d->cap) {
        d->cap = 2 * (d->n + n);
        d->v = lw_grow(d->v, d->cap, sizeof *d->v);
    }
    for (size_t i = 1; i < n; i++) {
        v[i].b = moved(e, v[i].b);
        d->v[d->n++] = v[i];
    }
}

void lw_diff_update(struct lw_diff *d, const char *a, size_t na, const char *b, size_t nb,
    size_t at, size_t gone, size_t come)
{
    struct edit e = {{a, na, b, nb}, at, gone, come, d};
    size_t before = nb - come + gone;
    if (!covers(d, na, before) || gone > LARGE || come > LARGE) {
        lw_diff_words(d, a, na, b, nb);
        return;
    }
    struct place first = place_before(&e), last = place_behind(&e, before);
    size_t n = d->n - last.run;
    struct lw_diff_run *tail = take_runs(d, first, last);
    lw_diff_add_part(d, e.t, first.a, last.a, first.b, moved(&e, last.b));
    add_runs(d, &e, tail, n, last);
    free(tail);
    if (drifted(d, &e.t))
        lw_diff_words(d, a, na, b, nb);
}
