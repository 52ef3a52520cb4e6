/* Merging: collects all copies of the journal's lines, chooses the chain that stays (the trunk),
 * and runs the steps of writing. Each step is in merge_write.c.
 *
 * The trunk is the chain of which most was sent: its weight is summed along `before` in the order
 * of the numbers, so choosing costs one sort and two passes over all lines. */
#define _GNU_SOURCE
#include "labelwright/merge/merge.h"

#include "labelwright/base/clock.h"
#include "labelwright/base/file.h"
#include "merge/merge_internal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEPTH_MOST = 4 };

/* ---- other copies */

static bool ends(const char *name, const char *with)
{
    size_t n = strlen(name), m = strlen(with);
    return n > m && strcmp(name + n - m, with) == 0;
}

struct folder_reader {
    struct lw_merge *m;
    int folder, depth;
    size_t *found;
};

static void read_folder(struct lw_merge *m, int dir, const char *name, int depth, size_t *found);

static void read_entry(void *ctx, const char *name)
{
    const struct folder_reader *l = ctx;
    const struct lw_sys *sys = l->m->o->sys;
    if (ends(name, ".ndjson"))
        *l->found += lw_pool_file(&l->m->pool, sys, l->folder, name, LW_POOL_ELSEWHERE);
    else if (name[0] != '.')
        read_folder(l->m, l->folder, name, l->depth + 1, l->found);
}

/* A folder may be a copy of the journal, a project or an outbox, or contain these. */
static void read_folder(struct lw_merge *m, int dir, const char *name, int depth, size_t *found)
{
    const struct lw_sys *sys = m->o->sys;
    int fd = depth <= DEPTH_MOST ? lw_dir_open(sys, dir, name) : -1;
    struct folder_reader l = {m, fd, depth, found};
    if (fd < 0)
        return;
    *found += lw_pool_copy(&m->pool, sys, dir, name);
    sys->list(sys, fd, read_entry, &l);
    sys->close(sys, fd);
}

static enum lw_code read_from(struct lw_merge *m, const char *path, struct lw_err *err)
{
    const struct lw_sys *sys = m->o->sys;
    size_t found = 0;
    char *real = realpath(path, NULL);
    struct stat st;
    if (!real || stat(real, &st) != 0) {
        free(real);
        return lw_fail_errno(err, "%s: cannot read", path);
    }
    if (S_ISDIR(st.st_mode))
        read_folder(m, AT_FDCWD, real, 0, &found);
    else /* a segment is a copy; any other file of lines was sent to someone */
        found = lw_pool_file(
            &m->pool, sys, AT_FDCWD, real, ends(real, ".jsonl") ? 0 : LW_POOL_ELSEWHERE);
    free(real);
    return found ? LW_OK
                 : lw_fail(err, LW_EBAD, "%s contains no line of journal %.8s…", path, m->pool.id);
}

static enum lw_code read_all(struct lw_merge *m, struct lw_err *err)
{
    const struct lw_merge_opts *o = m->o;
    enum lw_code code = lw_pool_journal(&m->pool, o->sys, o->dir, o->name, err);
    if (code == LW_OK && m->pool.n == 0)
        code = lw_fail(err, LW_EABSENT, "%s: there is no journal yet", o->name);
    for (size_t i = 0; i < o->nfrom && code == LW_OK; i++)
        code = read_from(m, o->from[i], err);
    if (code != LW_OK)
        return code;
    lw_pool_folders(&m->pool, o->sys, o->project);
    lw_pool_link(&m->pool, o->project);
    return LW_OK;
}

/* ---- which chain stays */

/* The weight of a chain from its first line to this one. */
struct weight {
    size_t sent, depth;
    bool rooted; /* at event 1 */
};

static size_t *by_number(const struct lw_pool *p)
{
    size_t *order = lw_alloc((p->n + 1) * sizeof *order);
    for (size_t i = 0; i < p->n; i++)
        order[i] = i;
    lw_pool_sort(p, order, p->n);
    return order;
}

static void weigh(const struct lw_pool *p, const size_t *order, struct weight *w)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct lw_pool_line *line = &p->line[order[i]];
        struct weight before = line->before ? w[line->before - 1] : (struct weight){0};
        w[order[i]] = (struct weight){before.sent + (line->sent != 0), before.depth + 1,
            line->before ? before.rooted : line->l.seq == 1};
    }
}

/* Prefers most sent; then the one that is here, to change little; then the longest. */
static bool is_better(const struct lw_pool *p, const struct weight *w, size_t x, size_t y)
{
    if (w[x].rooted != w[y].rooted)
        return w[x].rooted;
    if (w[x].sent != w[y].sent)
        return w[x].sent > w[y].sent;
    if (p->line[x].here != p->line[y].here)
        return p->line[x].here;
    return w[x].depth > w[y].depth;
}

/* The best end of a chain through this line: after all that was sent, the chain continues with what
 * was not. */
static size_t end_of(
    const struct lw_pool *p, const size_t *order, const struct weight *w, size_t at)
{
    size_t *end = lw_alloc(p->n * sizeof *end);
    for (size_t i = 0; i < p->n; i++)
        end[i] = i;
    for (size_t i = p->n; i-- > 0;) {
        size_t line = order[i], before = p->line[line].before;
        const struct weight *mine = &w[end[line]];
        const struct weight *other = before ? &w[end[before - 1]] : NULL;
        if (other &&
            (mine->sent > other->sent || (mine->sent == other->sent && mine->depth > other->depth)))
            end[before - 1] = end[line];
    }
    size_t last = end[at];
    free(end);
    return last;
}

static void choose_trunk(struct lw_merge *m)
{
    const struct lw_pool *p = &m->pool;
    struct weight *w = lw_alloc(p->n * sizeof *w);
    size_t *order = by_number(p), best = 0;
    weigh(p, order, w);
    for (size_t i = 1; i < p->n; i++)
        if (is_better(p, w, i, best))
            best = i;
    best = end_of(p, order, w, best);
    m->ntrunk = w[best].depth;
    m->trunk = lw_alloc((m->ntrunk + 1) * sizeof *m->trunk);
    size_t n = m->ntrunk;
    for (size_t at = best + 1; at && n; at = p->line[at - 1].before)
        m->trunk[--n] = at - 1;
    free(order);
    free(w);
}

/* ---- writing */

static bool is_complete(const struct lw_merge *m)
{
    size_t known = 0;
    for (size_t i = 0; i < m->pool.n; i++)
        known += !m->pool.line[i].dropped;
    for (size_t i = 0; i < m->ntrunk; i++)
        if (!m->pool.line[m->trunk[i]].here)
            return false;
    return known == m->ntrunk;
}

/* Adds the last lines of the branches that do not stay. */
static void add_ends(const struct lw_merge *m, bool sent_only, json_t *list)
{
    const struct lw_pool *p = &m->pool;
    bool *followed = lw_alloc((p->n + 1) * sizeof *followed);
    for (size_t i = 0; i < p->n; i++)
        if (p->line[i].before && (p->line[i].sent || !sent_only))
            followed[p->line[i].before - 1] = true;
    for (size_t i = 0; i < p->n; i++)
        if (!followed[i] && !m->place[i] && (p->line[i].sent || !sent_only))
            json_array_append_new(list, json_stringn(p->line[i].l.hash, LW_SHA256_HEX - 1));
    free(followed);
}

/* The ends of the branches that do not stay: the end of all known lines, and the end of what was
 * sent, which is all that a folder will show later. */
static json_t *dropped_ends(const struct lw_merge *m)
{
    json_t *list = json_array();
    add_ends(m, false, list);
    add_ends(m, true, list);
    return list;
}

static enum lw_code write_trunk(struct lw_merge *m, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    m->place = lw_alloc((m->pool.n + 1) * sizeof *m->place);
    for (size_t i = 0; i < m->ntrunk && code == LW_OK; i++) {
        const struct lw_pool_line *line = &m->pool.line[m->trunk[i]];
        code = lw_merge_line(m, &line->l, err);
        m->place[m->trunk[i]] = line->l.seq;
        const char *origin = lw_merge_origin(line);
        if (origin != line->l.hash) {
            m->source = lw_grow(m->source, m->nsources + 1, sizeof *m->source);
            m->source[m->nsources++] = (struct lw_merge_source){origin, line->l.seq};
        }
        m->to->restored += !line->here && lw_is_label(line->l.type);
    }
    return code;
}

static enum lw_code add_merged(struct lw_merge *m, json_t *ends, struct lw_err *err)
{
    json_t *body = json_pack("{s:s,s:I,s:I,s:O}", "type", "merged", "restored",
        (json_int_t)m->to->restored, "copied", (json_int_t)m->to->copied, "left", ends);
    enum lw_code code = lw_merge_event(m, body, lw_clock_utc_ms(m->o->sys), err);
    json_decref(body);
    return code;
}

static enum lw_code write_all(struct lw_merge *m, struct lw_err *err)
{
    enum lw_code code = lw_merge_begin(m, err);
    if (code == LW_OK)
        code = write_trunk(m, err);
    json_t *ends = code == LW_OK ? dropped_ends(m) : NULL;
    if (code == LW_OK)
        code = lw_merge_copies(m, err);
    if (code == LW_OK)
        code = add_merged(m, ends, err);
    json_decref(ends);
    if (code == LW_OK)
        code = lw_merge_receipts(m, err);
    if (code == LW_OK)
        code = lw_merge_resend(m, err);
    if (code == LW_OK)
        code = lw_merge_end(m, err);
    if (code == LW_OK)
        lw_ledger_forget(m->o->sys, m->o->dir, m->o->name);
    lw_merge_drop(m);
    return code;
}

/* ---- alone with the journal */

enum lw_code lw_journal_merge(
    const struct lw_merge_opts *opts, struct lw_merge_report *to, struct lw_err *err)
{
    struct lw_merge m = {.o = opts, .to = to, .fd = -1};
    struct lw_journal *j = NULL;
    *to = (struct lw_merge_report){0};
    enum lw_code code = lw_journal_lock_only(opts->sys, opts->dir, opts->name, &j, err);
    if (code == LW_OK)
        code = read_all(&m, err);
    if (code == LW_OK)
        choose_trunk(&m);
    if (code == LW_OK && !is_complete(&m))
        code = write_all(&m, err);
    lw_pool_fini(&m.pool);
    free(m.trunk);
    free(m.place);
    free(m.source);
    lw_journal_close(j);
    return code;
}
