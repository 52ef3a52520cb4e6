/* Collects lines from several copies of one journal, links each to the one before it, and notes
 * what its chain's receipts say was sent. Decides nothing: which lines stay is for merge.c, what is
 * missing for sent_check.c.
 *
 * A hash table of lines, at most half full; memory is all lines once, time one pass over each
 * source. A receipt walks back through its chain to its batch, so reading all receipts costs at
 * most their number times the longest batch. */
#define _GNU_SOURCE
#include "labelwright/base/file.h"
#include "merge/line_pool_internal.h"

#include "labelwright/json/json_members.h"
#include "labelwright/project/outbox_folder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 1 << 30 };

bool lw_is_label(enum lw_event_type type)
{
    return type == LW_EV_ANNOTATE || type == LW_EV_SKIP || type == LW_EV_UNDO;
}

bool lw_is_to_send(const struct lw_journal_line *l)
{
    return lw_is_label(l->type) && !lw_journal_line_is_private(l->type, l->text, l->len);
}

/* ---- the table */

static size_t slot_of(const struct lw_pool *p, const char *hash)
{
    uint64_t key = 0;
    for (int i = 0; i < 16; i++)
        key = key << 4 | (uint64_t)((hash[i] <= '9' ? hash[i] - '0' : hash[i] - 'a' + 10) & 15);
    size_t i = (size_t)key & (p->slots - 1);
    while (p->slot[i] && memcmp(p->line[p->slot[i] - 1].l.hash, hash, LW_SHA256_HEX - 1) != 0)
        i = (i + 1) & (p->slots - 1);
    return i;
}

static int by_seq(const void *a, const void *b, void *pool)
{
    const struct lw_pool *p = pool;
    const size_t *x = a, *y = b;
    uint64_t s = p->line[*x].l.seq, t = p->line[*y].l.seq;
    return s != t ? (s > t) - (s < t) : (*x > *y) - (*x < *y);
}

void lw_pool_sort(const struct lw_pool *p, size_t *indices, size_t n)
{
    qsort_r(indices, n, sizeof *indices, by_seq, (void *)(uintptr_t)p);
}

struct lw_pool_line *lw_pool_find(const struct lw_pool *p, const char *hash)
{
    uint32_t at = p->slots ? p->slot[slot_of(p, hash)] : 0;
    return at ? &p->line[at - 1] : NULL;
}

static void widen(struct lw_pool *p)
{
    if (p->n < p->slots / 2)
        return;
    p->slots = p->slots ? p->slots * 2 : 1024;
    free(p->slot);
    p->slot = lw_alloc(p->slots * sizeof *p->slot);
    for (size_t i = 0; i < p->n; i++)
        p->slot[slot_of(p, p->line[i].l.hash)] = (uint32_t)i + 1;
}

/* ---- adding */

/* One source, read line by line. */
struct copy_reader {
    struct lw_pool *p;
    bool here;
    uint32_t sent;
    size_t
        last; /* 1 + index of its last line: what the next one follows if nothing better is known */
    size_t count;
};

static struct lw_pool_line *new_line(
    struct lw_pool *p, const struct lw_journal_line *l, size_t before)
{
    widen(p);
    if (p->n == p->cap) {
        p->cap = p->cap ? p->cap * 2 : 256;
        p->line = lw_grow(p->line, p->cap, sizeof *p->line);
    }
    struct lw_pool_line *line = &p->line[p->n];
    *line = (struct lw_pool_line){.before = before};
    char *text = lw_strndup(l->text, l->len);
    lw_journal_line_check(text, l->len, &line->l);
    p->slot[slot_of(p, line->l.hash)] = (uint32_t)++p->n;
    return line;
}

static void add(struct copy_reader *s, const struct lw_journal_line *l)
{
    struct lw_pool *p = s->p;
    if (!p->id[0])
        memcpy(p->id, l->id, LW_JOURNAL_ID_HEX - 1);
    if (memcmp(p->id, l->id, LW_JOURNAL_ID_HEX - 1) != 0)
        return;
    struct lw_pool_line *line = lw_pool_find(p, l->hash);
    if (!line)
        line = new_line(p, l, s->last);
    line->here = line->here || s->here;
    line->sent |= s->sent;
    s->last = (size_t)(line - p->line) + 1;
    s->count++;
}

static void add_event(void *ctx, const struct lw_event *e)
{
    struct lw_journal_line l;
    if (!lw_journal_line_check(e->text, e->pos.len - 1, &l))
        add(ctx, &l);
}

static enum lw_code walk(
    struct copy_reader *s, const struct lw_sys *sys, int dir, const char *name, struct lw_err *err)
{
    struct lw_segments segments = {0};
    struct lw_walk w = {.sys = sys,
        .folder = lw_dir_open(sys, dir, name),
        .segments = &segments,
        .each = add_event,
        .each_ctx = s};
    if (w.folder < 0)
        return lw_fail_errno(err, "%s: cannot open", name);
    memcpy(w.id, s->p->id, sizeof w.id);
    enum lw_code code = lw_segments_list(sys, w.folder, &segments, err);
    if (code == LW_OK)
        code = lw_walk_run(&w, NULL, err);
    if (s->here)
        s->p->highest = w.highest;
    lw_walk_fini(&w);
    free(segments.number);
    sys->close(sys, w.folder);
    return code;
}

/* ---- damaged lines that still show what they were */

/* The text behind `name":"` up to the next quote; false when it is not there. */
static bool member(const char *text, size_t len, const char *name, const char **at, size_t *n)
{
    const char *p = memmem(text, len, name, strlen(name));
    const char *end =
        p ? memchr(p + strlen(name), '"', len - (size_t)(p - text) - strlen(name)) : NULL;
    *at = p ? p + strlen(name) : NULL;
    *n = end ? (size_t)(end - *at) : 0;
    return end != NULL;
}

static void add_damaged(struct lw_pool *p, const char *text, size_t len)
{
    const char *type, *task, *number = memmem(text, len < 80 ? len : 80, "\"seq\":", 6);
    size_t n, m;
    struct lw_pool_damaged h = {.seq = number ? strtoull(number + 6, NULL, 10) : 0, .label = true};
    if (h.seq == 0)
        return;
    if (member(text, len < 160 ? len : 160, "\"type\":\"", &type, &n))
        h.label = (n == 8 && memcmp(type, "annotate", n) == 0) ||
                  (n == 4 && memcmp(type, "skip", n) == 0) ||
                  (n == 4 && memcmp(type, "undo", n) == 0);
    if (h.label && member(text, len, ",\"task\":\"", &task, &m))
        h.task = lw_strndup(task, m);
    p->damaged = lw_grow(p->damaged, p->ndamaged + 1, sizeof *p->damaged);
    p->damaged[p->ndamaged++] = h;
}

static void each_line(struct copy_reader *s, const char *text, size_t len, bool damaged)
{
    for (const char *end; len > 0; len -= (size_t)(end - text), text = end) {
        const char *stop = memchr(text, '\n', len);
        size_t n = stop ? (size_t)(stop - text) : len;
        struct lw_journal_line l;
        end = text + n + (stop != NULL);
        if (lw_journal_line_check(text, n, &l) == NULL) {
            if (!damaged)
                add(s, &l);
        } else if (damaged) {
            add_damaged(s->p, text, n);
        }
    }
}

/* Only when numbers are missing, so most journals are read only once. */
static void read_damaged(struct lw_pool *p, const struct lw_sys *sys, int dir, const char *name)
{
    struct lw_segments segments = {0};
    struct copy_reader s = {.p = p};
    int folder = lw_dir_open(sys, dir, name);
    if (folder >= 0 && lw_segments_list(sys, folder, &segments, NULL) == LW_OK)
        for (size_t i = 0; i < segments.n; i++) {
            char file[LW_SEGMENT_NAME];
            struct lw_buf b = {0};
            lw_segment_name(segments.number[i], file);
            if (lw_file_read(sys, folder, file, NULL, FILE_MOST, &b, NULL) == LW_OK)
                each_line(&s, b.data, b.len, true);
            lw_buf_fini(&b);
        }
    if (folder >= 0)
        sys->close(sys, folder);
    free(segments.number);
}

/* ---- sources */

enum lw_code lw_pool_journal(
    struct lw_pool *p, const struct lw_sys *sys, int dir, const char *name, struct lw_err *err)
{
    struct copy_reader s = {.p = p, .here = true};
    enum lw_code code = walk(&s, sys, dir, name, err);
    if (code == LW_OK && s.count < p->highest)
        read_damaged(p, sys, dir, name);
    return code;
}

size_t lw_pool_copy(struct lw_pool *p, const struct lw_sys *sys, int dir, const char *name)
{
    struct copy_reader s = {.p = p};
    walk(&s, sys, dir, name, NULL);
    return s.count;
}

size_t lw_pool_file(
    struct lw_pool *p, const struct lw_sys *sys, int dir, const char *name, uint32_t sent)
{
    struct copy_reader s = {.p = p, .sent = sent};
    struct lw_buf b = {0};
    if (lw_file_read(sys, dir, name, NULL, FILE_MOST, &b, NULL) == LW_OK)
        each_line(&s, b.data, b.len, false);
    lw_buf_fini(&b);
    return s.count;
}

struct folder {
    struct lw_pool *p;
    const struct lw_sys *sys;
    int fd;
    uint32_t bit;
};

static void add_batch(void *ctx, const struct lw_batch_file *file)
{
    const struct folder *f = ctx;
    lw_pool_file(f->p, f->sys, f->fd, file->name, f->bit);
}

void lw_pool_folders(struct lw_pool *p, const struct lw_sys *sys, const struct lw_project *project)
{
    for (size_t i = 0; i < project->nsync && i < LW_POOL_TARGETS; i++) {
        struct folder f = {
            p, sys, lw_outbox_folder_open(project, sys, &project->sync[i], p->id), 1u << i};
        if (f.fd < 0)
            continue;
        lw_outbox_folder_each(sys, f.fd, add_batch, &f);
        sys->close(sys, f.fd);
    }
}

/* ---- links, and the receipts in each chain */

static void link_lines(struct lw_pool *p)
{
    for (size_t i = 0; i < p->n; i++) {
        struct lw_pool_line *line = &p->line[i];
        const struct lw_pool_line *prev = lw_pool_find(p, line->l.prev);
        if (prev && prev->l.seq < line->l.seq)
            line->before = (size_t)(prev - p->line) + 1;
        else if (line->before && p->line[line->before - 1].l.seq >= line->l.seq)
            line->before = 0;
    }
}

/* ---- the members of lines about sending */

struct sending {
    json_t *json;
    const char *to, *sha256;
    uint64_t first, last, of, events;
};

static struct sending parse_sending(const struct lw_pool_line *line)
{
    struct sending w = {.json = json_loadb(line->l.text, line->l.len, 0, NULL)};
    const char *to = json_string_value(json_object_get(w.json, "to"));
    const char *sha256 = json_string_value(json_object_get(w.json, "sha256"));
    w.to = to ? to : "";
    w.sha256 = sha256 ? sha256 : "";
    w.first = (uint64_t)json_integer_value(json_object_get(w.json, "first"));
    w.last = (uint64_t)json_integer_value(json_object_get(w.json, "last"));
    w.events = (uint64_t)json_integer_value(json_object_get(w.json, "events"));
    w.of = (uint64_t)json_integer_value(json_object_get(w.json, "of"));
    return w;
}

static uint32_t bit_of(const struct lw_project *project, const char *to)
{
    for (size_t i = 0; i < project->nsync && i < LW_POOL_TARGETS; i++)
        if (strcmp(project->sync[i].key, to) == 0)
            return 1u << i;
    return 0;
}

static struct lw_pool_line *before(const struct lw_pool *p, const struct lw_pool_line *line)
{
    return line->before ? &p->line[line->before - 1] : NULL;
}

static bool same_batch(const struct sending *batch, const struct sending *receipt)
{
    return batch->first == receipt->first && batch->last == receipt->last && batch->first > 0 &&
           strcmp(batch->sha256, receipt->sha256) == 0;
}

static void park(const struct lw_pool *p, struct lw_pool_line *line, uint64_t of, uint32_t bit)
{
    while (line && line->l.seq > of)
        line = before(p, line);
    if (line && line->l.seq == of) {
        line->parked |= bit;
        line->sent &= ~bit;
    }
}

/* Goes from the receipt back to its batch and through the batch's lines. What was parked between
 * the two did not arrive. */
static void apply_receipt(
    struct lw_pool *p, struct lw_pool_line *line, const struct sending *receipt, uint32_t bit)
{
    struct lw_pool_line *at = before(p, line), *parked = NULL;
    bool found = false;
    for (; at && at->l.seq > receipt->last && !found; at = before(p, at)) {
        struct sending w = {0};
        if (at->l.type != LW_EV_BATCH && at->l.type != LW_EV_PARKED)
            continue;
        w = parse_sending(at);
        if (strcmp(w.to, receipt->to) == 0 && at->l.type == LW_EV_PARKED)
            parked = parked ? parked : at;
        else if (strcmp(w.to, receipt->to) == 0 && !(found = same_batch(&w, receipt)))
            at = NULL;
        json_decref(w.json);
        if (!at)
            return;
    }
    bool whole = receipt->events == receipt->last - receipt->first + 1;
    if (found && whole) {
        p->whole = lw_grow(p->whole, p->nwhole + 1, sizeof *p->whole);
        p->whole[p->nwhole++] = (struct lw_pool_whole){bit, receipt->first, receipt->last};
    }
    /* Lines restored since then were not in a batch that lacked some. */
    for (; found && at && at->l.seq >= receipt->first; at = before(p, at))
        if (at->l.seq <= receipt->last && (whole || at->here)) {
            at->sent |= bit;
            at->parked &= ~bit;
        }
    for (at = found ? parked : NULL; at && at->l.seq > receipt->last; at = before(p, at)) {
        struct sending w = {0};
        if (at->l.type == LW_EV_BATCH)
            break;
        if (at->l.type != LW_EV_PARKED)
            continue;
        w = parse_sending(at);
        if (strcmp(w.to, receipt->to) == 0)
            park(p, at, w.of, bit);
        json_decref(w.json);
    }
}

bool lw_pool_was_whole(const struct lw_pool *p, uint32_t bit, uint64_t seq)
{
    for (size_t i = 0; i < p->nwhole; i++)
        if (p->whole[i].bit == bit && seq >= p->whole[i].first && seq <= p->whole[i].last)
            return true;
    return false;
}

static int by_line_seq(const void *a, const void *b)
{
    const struct lw_pool_line *const *x = a, *const *y = b;
    return ((*x)->l.seq > (*y)->l.seq) - ((*x)->l.seq < (*y)->l.seq);
}

/* A `merged` event lists the ends it dropped. */
static void mark_dropped(struct lw_pool *p, const struct lw_pool_line *merged)
{
    size_t i;
    json_t *hash, *json = json_loadb(merged->l.text, merged->l.len, 0, NULL);
    json_array_foreach(json_object_get(json, "left"), i, hash)
    {
        bool fits = json_string_length(hash) == LW_SHA256_HEX - 1;
        struct lw_pool_line *line = fits ? lw_pool_find(p, json_string_value(hash)) : NULL;
        for (; line && !line->here && !line->dropped; line = before(p, line))
            line->dropped = true;
    }
    json_decref(json);
}

void lw_pool_link(struct lw_pool *p, const struct lw_project *project)
{
    struct lw_pool_line **about_sending = lw_alloc((p->n + 1) * sizeof *about_sending);
    size_t n = 0;
    link_lines(p);
    for (size_t i = 0; i < p->n; i++)
        if (p->line[i].l.type == LW_EV_RECEIPT || p->line[i].l.type == LW_EV_PARKED)
            about_sending[n++] = &p->line[i];
    qsort(about_sending, n, sizeof *about_sending, by_line_seq);
    for (size_t i = 0; i < p->n; i++)
        if (p->line[i].l.type == LW_EV_MERGED && p->line[i].here)
            mark_dropped(p, &p->line[i]);
    for (size_t i = 0; i < n; i++) {
        struct sending w = parse_sending(about_sending[i]);
        uint32_t bit = bit_of(project, w.to);
        if (bit && about_sending[i]->l.type == LW_EV_RECEIPT)
            apply_receipt(p, about_sending[i], &w, bit);
        else if (bit && w.of)
            park(p, about_sending[i], w.of, bit);
        json_decref(w.json);
    }
    free(about_sending);
}

char *lw_pool_task(const struct lw_pool_line *line)
{
    struct lw_member m;
    size_t n;
    const char *text = line->l.text;
    bool found = lw_member_find(text, text + line->l.len, "task", &m);
    return found ? lw_member_text(&m, &n) : NULL;
}

void lw_pool_fini(struct lw_pool *p)
{
    for (size_t i = 0; i < p->n; i++)
        free((char *)(uintptr_t)p->line[i].l.text);
    for (size_t i = 0; i < p->ndamaged; i++)
        free(p->damaged[i].task);
    free(p->line);
    free(p->slot);
    free(p->damaged);
    free(p->whole);
    *p = (struct lw_pool){0};
}
