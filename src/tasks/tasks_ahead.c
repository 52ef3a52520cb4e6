/* Records read ahead, for who goes through the tasks in order: a window that moves when a record
 * follows closely on the one before. Records of which something is to be said, and those that stand
 * elsewhere, are tasks.c's to read alone. */
#include "labelwright/base/buf.h"
#include "tasks/tasks_internal.h"

#include <stdlib.h>

/* NEAR: how far behind the last record one may begin to be read with what follows it. */
enum { NEAR = 32 * 1024 };

struct lw_tasks_ahead {
    const struct lw_tasks_file *file; /* the one that `lines` reads */
    struct lw_lines lines;
    uint64_t last; /* where the last record that was asked for ends, in its file */
};

void lw_tasks_read_ahead(struct lw_tasks *t)
{
    if (!t->ahead)
        t->ahead = lw_alloc(sizeof *t->ahead);
}

void lw_tasks_ahead_fini(struct lw_tasks *t)
{
    if (t->ahead)
        lw_lines_fini(&t->ahead->lines);
    free(t->ahead);
    t->ahead = NULL;
}

static void move_to(struct lw_tasks_ahead *a, const struct lw_tasks_file *f)
{
    if (a->file == f)
        return;
    lw_lines_fini(&a->lines);
    a->file = f;
    a->lines = (struct lw_lines){.sys = f->lines.sys, .fd = f->lines.fd, .name = f->name};
    a->lines.size = f->lines.size;
    a->last = UINT64_MAX;
}

static bool is_in_window(const struct lw_lines *r, uint64_t at, uint64_t end)
{
    return r->n > 0 && at >= r->at && end <= r->at + r->n;
}

bool lw_tasks_ahead_get(struct lw_tasks *t, const struct lw_tasks_file *f, uint64_t at,
    uint64_t end, struct lw_raw_record *to)
{
    struct lw_tasks_ahead *a = t->ahead;
    if (!a || f->reader.container != LW_LINES || end - at > LW_WINDOW / 2)
        return false;
    move_to(a, f);
    bool follows = at >= a->last && at - a->last < NEAR;
    a->last = end;
    return (follows || is_in_window(&a->lines, at, end)) &&
           lw_lines_get(&a->lines, at, to, NULL) == LW_OK && to->next <= end;
}
