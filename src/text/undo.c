/* The history of a text buffer: changes in order, with runs of typing and deleting as one. It
 * stores what was replaced and never touches the text; edit.c does. */
#include "text/undo_internal.h"

#include <stdlib.h>
#include <string.h>

static void drop_from(struct lw_undo *h, size_t from)
{
    for (size_t i = from; i < h->n; i++) {
        lw_buf_fini(&h->v[i].out);
        lw_buf_fini(&h->v[i].in);
    }
    h->n = from;
}

static void add_before(struct lw_buf *b, const char *bytes, size_t n)
{
    lw_buf_add(b, bytes, n);
    memmove(b->data + n, b->data, b->len - n);
    memcpy(b->data, bytes, n);
}

/* Typing is one run within a line: one undo must not remove a whole page. */
static bool continues(
    const struct lw_edit_change *last, enum lw_change_kind kind, size_t at, size_t n_out)
{
    if (kind != last->kind)
        return false;
    switch (kind) {
    case LW_CHANGE_TYPED:
        return at == last->at + last->in.len && last->in.data[last->in.len - 1] != '\n';
    case LW_CHANGE_DELETED_BACK:
        return at + n_out == last->at;
    case LW_CHANGE_DELETED:
        return at == last->at;
    default:
        return false;
    }
}

static void extend(
    struct lw_edit_change *c, size_t at, const char *out, size_t n_out, const char *in, size_t n_in)
{
    if (c->kind == LW_CHANGE_DELETED_BACK) {
        add_before(&c->out, out, n_out);
        c->at = at;
    } else {
        lw_buf_add(&c->out, out, n_out);
        lw_buf_add(&c->in, in, n_in);
    }
}

void lw_undo_add(struct lw_undo *h, enum lw_change_kind kind, size_t at, const char *out,
    size_t n_out, const char *in, size_t n_in, size_t before, size_t after)
{
    drop_from(h, h->done);
    struct lw_edit_change *last = h->n && !h->closed ? &h->v[h->n - 1] : NULL;
    if (last && continues(last, kind, at, n_out)) {
        extend(last, at, out, n_out, in, n_in);
        last->after = after;
        return;
    }
    if (h->n == h->cap) {
        h->cap = h->cap ? 2 * h->cap : 16;
        h->v = lw_grow(h->v, h->cap, sizeof *h->v);
    }
    struct lw_edit_change *c = &h->v[h->n++];
    *c = (struct lw_edit_change){.kind = kind, .at = at, .before = before, .after = after};
    lw_buf_add(&c->out, out, n_out);
    lw_buf_add(&c->in, in, n_in);
    h->done = h->n;
    h->closed = false;
}

void lw_undo_close(struct lw_undo *h)
{
    h->closed = true;
}

const struct lw_edit_change *lw_undo_undo(struct lw_undo *h)
{
    h->closed = true;
    return h->done > 0 ? &h->v[--h->done] : NULL;
}

const struct lw_edit_change *lw_undo_redo(struct lw_undo *h)
{
    h->closed = true;
    return h->done < h->n ? &h->v[h->done++] : NULL;
}

void lw_undo_fini(struct lw_undo *h)
{
    drop_from(h, 0);
    free(h->v);
    *h = (struct lw_undo){0};
}
