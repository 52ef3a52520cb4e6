/* The new journal of a merge: a folder filled line by line, what other branches and folders add
 * behind the trunk, and putting it in place of the old one. Which lines are the trunk was decided
 * in merge.c.
 *
 * Everything goes to journal.merging-N, which then changes names with the journal: a crash leaves
 * the old journal or the new one. */
#define _GNU_SOURCE
#include "merge/merge_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/base/file.h"
#include "labelwright/json/json_members.h"
#include "labelwright/project/outbox_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MOST = 999 };

enum lw_code lw_merge_begin(struct lw_merge *m, struct lw_err *err)
{
    const struct lw_sys *sys = m->o->sys;
    int made = -1;
    for (int i = 1; i <= NAMES_MOST && made != 0; i++) {
        snprintf(m->folder, sizeof m->folder, "journal.merging-%d", i);
        made = sys->mkdirat(sys, m->o->dir, m->folder, 0700);
        if (made != 0 && errno != EEXIST)
            break;
    }
    m->fd = made == 0 ? lw_dir_open(sys, m->o->dir, m->folder) : -1;
    if (m->fd < 0)
        return lw_fail_errno(err, "%s: cannot create the folder", m->folder);
    m->ledger = lw_ledger_new();
    return LW_OK;
}

static enum lw_code flush(struct lw_merge *m, struct lw_err *err)
{
    const struct lw_sys *sys = m->o->sys;
    char name[LW_SEGMENT_NAME];
    int fd;
    if (m->out.len == 0)
        return LW_OK;
    lw_segment_name(++m->segment, name);
    enum lw_code code = lw_file_create(sys, m->fd, name, NULL, O_WRONLY, &fd, err);
    if (code != LW_OK)
        return code;
    code = lw_write_all(sys, fd, m->out.data, m->out.len, NULL, err);
    if (code == LW_OK && sys->fdatasync(sys, fd) != 0)
        code = lw_fail_errno(err, "%s: cannot sync", name);
    sys->close(sys, fd);
    lw_buf_clear(&m->out);
    return code;
}

static void fold(struct lw_merge *m, struct lw_event *e, const char *text)
{
    e->text = text;
    lw_ledger_fold(m->ledger, e);
    m->last.seq = e->seq;
    memcpy(m->last.hash, e->hash, LW_SHA256_HEX);
}

enum lw_code lw_merge_line(struct lw_merge *m, const struct lw_journal_line *l, struct lw_err *err)
{
    if (m->out.len > 0 && m->out.len + l->len >= LW_SEGMENT_BYTES) {
        enum lw_code code = flush(m, err);
        if (code != LW_OK)
            return code;
    }
    struct lw_event e = {.type = l->type,
        .seq = l->seq,
        .time_ms = l->time_ms,
        .pos = {.segment = m->segment + 1,
            .len = (uint32_t)l->len + 1,
            .offset = (uint32_t)m->out.len}};
    memcpy(e.hash, l->hash, LW_SHA256_HEX - 1);
    lw_buf_add(&m->out, l->text, l->len);
    lw_buf_char(&m->out, '\n');
    fold(m, &e, l->text);
    return LW_OK;
}

enum lw_code lw_merge_event(
    struct lw_merge *m, const json_t *body, int64_t time_ms, struct lw_err *err)
{
    struct lw_event e;
    struct lw_buf line = {0};
    struct lw_journal_line l;
    enum lw_code code = lw_journal_line_format(&line, m->pool.id, m->last.seq + 1, time_ms,
        m->last.seq ? m->last.hash : lw_no_hash, body, &e, err);
    if (code == LW_OK && lw_journal_line_check(line.data, line.len - 1, &l))
        code = lw_fail(err, LW_EBAD, "event %llu cannot be written again",
            (unsigned long long)m->last.seq + 1);
    if (code == LW_OK)
        code = lw_merge_line(m, &l, err);
    lw_buf_fini(&line);
    return code;
}

/* ---- labels of another branch */

/* What to copy from a branch: the work, not the records of sending. */
static bool is_work(enum lw_event_type type)
{
    return lw_is_label(type) || type == LW_EV_TALK || type == LW_EV_REPEAT || type == LW_EV_OWN ||
           type == LW_EV_QUESTIONS || type == LW_EV_BREAK ||
           type == LW_EV_SITTING; /* sessions have the time worked */
}

/* The line with this number in the chain before this one. */
static size_t line_of(const struct lw_pool *p, size_t from, uint64_t seq)
{
    while (from && p->line[from - 1].l.seq > seq)
        from = p->line[from - 1].before;
    return from && p->line[from - 1].l.seq == seq ? from : 0;
}

static json_t *body_of(const struct lw_pool_line *line)
{
    static const char *const frame[] = {"v", "journal", "seq", "time", "prev", "hash"};
    json_t *body =
        json_loadb(line->l.text, line->l.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    char hash[LW_SHA256_HEX] = {0};
    memcpy(hash, line->l.hash, sizeof hash - 1);
    for (size_t i = 0; body && i < sizeof frame / sizeof *frame; i++)
        json_object_del(body, frame[i]);
    if (body && !json_object_get(body, "origin"))
        json_object_set_new(
            body, "origin", json_pack("{s:I,s:s}", "seq", (json_int_t)line->l.seq, "hash", hash));
    return body;
}

static uint64_t task_key(const struct lw_pool_line *line)
{
    char *task = lw_pool_task(line);
    uint64_t key = task ? lw_fingerprint(task, strlen(task)) : 0;
    free(task);
    return key;
}

/* Whether this number is that of a label, or of a repeat, that stands. */
static bool can_undo(const struct lw_ledger *l, uint64_t seq)
{
    size_t n;
    const struct lw_entry *e = lw_ledger_entry(l, seq);
    const struct lw_repeated *r = lw_ledger_repeats(l, &n);
    for (size_t i = n; !e && i-- > 0;)
        if (r[i].seq == seq)
            return !r[i].undone;
    return e && !e->undone;
}

/* Updates the numbers it refers to. False when the event it refers to is gone. */
static bool renumber(const struct lw_merge *m, size_t at, json_t *body)
{
    const struct lw_pool_line *line = &m->pool.line[at];
    if (line->l.type == LW_EV_UNDO || line->l.type == LW_EV_REPEAT) {
        uint64_t of = (uint64_t)json_integer_value(json_object_get(body, "of"));
        size_t target = line_of(&m->pool, line->before, of);
        uint64_t now = target ? m->place[target - 1] : 0;
        if (!now || (line->l.type == LW_EV_UNDO && !can_undo(m->ledger, now)))
            return false;
        json_object_set_new(body, "of", json_integer((json_int_t)now));
    } else if (lw_is_label(line->l.type)) {
        const struct lw_entry *now = lw_ledger_of(m->ledger, task_key(line));
        json_object_del(body, "replaces");
        if (now)
            json_object_set_new(body, "replaces", json_integer((json_int_t)now->seq));
    }
    return true;
}

const char *lw_merge_origin(const struct lw_pool_line *line)
{
    struct lw_member origin, hash;
    const char *text = line->l.text, *end = text + line->l.len;
    if (lw_member_find(text, end, "origin", &origin) &&
        lw_member_find(origin.value, origin.value + origin.value_len, "hash", &hash) &&
        hash.value_len == LW_SHA256_HEX + 1)
        return hash.value + 1;
    return line->l.hash;
}

/* An earlier merge already copied it to the trunk. */
static bool was_copied(struct lw_merge *m, size_t at)
{
    const char *hash = lw_merge_origin(&m->pool.line[at]);
    for (size_t i = 0; i < m->nsources; i++)
        if (memcmp(m->source[i].hash, hash, LW_SHA256_HEX - 1) == 0) {
            m->place[at] = m->source[i].seq;
            return true;
        }
    return false;
}

static enum lw_code copy_line(struct lw_merge *m, size_t at, struct lw_err *err)
{
    const struct lw_pool_line *line = &m->pool.line[at];
    json_t *body = body_of(line);
    enum lw_code code = LW_OK;
    if (body && renumber(m, at, body)) {
        code = lw_merge_event(m, body, line->l.time_ms, err);
        m->place[at] = m->last.seq;
        m->to->copied += lw_is_label(line->l.type);
    }
    json_decref(body);
    return code;
}

/* A later label of the same task on the trunk wins. */
struct later {
    size_t *line; /* indices in the pool */
    size_t n;
};

static void add_later(struct lw_merge *m, size_t at, struct later *l)
{
    const struct lw_pool_line *line = &m->pool.line[at];
    if (line->l.type != LW_EV_ANNOTATE && line->l.type != LW_EV_SKIP)
        return;
    const struct lw_entry *now = lw_ledger_of(m->ledger, task_key(line));
    if (!now || now->time_ms <= line->l.time_ms)
        return;
    for (size_t i = m->ntrunk; i-- > 0 && m->pool.line[m->trunk[i]].l.seq >= now->seq;)
        if (m->pool.line[m->trunk[i]].l.seq == now->seq) {
            l->line = lw_grow(l->line, l->n + 1, sizeof *l->line);
            l->line[l->n++] = m->trunk[i];
        }
}

enum lw_code lw_merge_copies(struct lw_merge *m, struct lw_err *err)
{
    struct lw_pool *p = &m->pool;
    size_t *rest = lw_alloc((p->n + 1) * sizeof *rest), n = 0;
    struct later later = {0};
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < p->n; i++)
        if (!m->place[i] && !p->line[i].dropped && is_work(p->line[i].l.type))
            rest[n++] = i;
    lw_pool_sort(p, rest, n);
    for (size_t i = 0; i < n && code == LW_OK; i++) {
        if (was_copied(m, rest[i]))
            continue;
        add_later(m, rest[i], &later);
        code = copy_line(m, rest[i], err);
    }
    for (size_t i = 0; i < later.n && code == LW_OK; i++)
        code = copy_line(m, later.line[i], err);
    free(later.line);
    free(rest);
    return code;
}

/* ---- batches that arrived but whose receipts were lost */

struct batches {
    struct lw_batch_file *file;
    size_t n;
};

static void add_batch(void *ctx, const struct lw_batch_file *file)
{
    struct batches *b = ctx;
    b->file = lw_grow(b->file, b->n + 1, sizeof *b->file);
    b->file[b->n] = *file;
    b->file[b->n++].name = NULL;
}

static int by_first(const void *a, const void *b)
{
    const struct lw_batch_file *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

/* Whether the file holds these very lines of the trunk; how many, and how many labels. */
static bool is_of_trunk(
    const struct lw_merge *m, const struct lw_batch_file *f, json_int_t *events, json_int_t *labels)
{
    struct lw_buf b = {0};
    char sha256[LW_SHA256_HEX] = "";
    *events = *labels = 0;
    for (size_t i = 0; i < m->ntrunk; i++) {
        const struct lw_journal_line *l = &m->pool.line[m->trunk[i]].l;
        if (l->seq < f->first || l->seq > f->last)
            continue;
        lw_buf_add(&b, l->text, l->len);
        lw_buf_char(&b, '\n');
        *events += 1;
        *labels += lw_is_label(l->type);
    }
    if (b.len)
        lw_sha256_hex(b.data, b.len, sha256);
    lw_buf_fini(&b);
    return strcmp(sha256, f->sha256) == 0;
}

static enum lw_code add_receipt(struct lw_merge *m, const struct lw_sync_to *to,
    const struct lw_batch_file *f, struct lw_err *err)
{
    int64_t now = lw_clock_utc_ms(m->o->sys);
    json_int_t events, labels;
    uint64_t sent = lw_ledger_delivery(m->ledger, to->key)->sent;
    if (f->first > sent + 1 || f->last <= sent || !is_of_trunk(m, f, &events, &labels))
        return LW_OK;
    json_t *batch = json_pack("{s:s,s:s,s:I,s:I,s:I,s:I,s:s}", "type", "batch", "to", to->key,
        "first", (json_int_t)f->first, "last", (json_int_t)f->last, "events", events, "labels",
        labels, "sha256", f->sha256);
    json_t *receipt = json_deep_copy(batch);
    json_object_set_new(receipt, "type", json_string("receipt"));
    json_object_set_new(receipt, "accepted", json_integer(0));
    json_object_set_new(receipt, "duplicates", json_integer(events));
    json_object_set_new(receipt, "rejected", json_integer(0));
    enum lw_code code = lw_merge_event(m, batch, now, err);
    if (code == LW_OK)
        code = lw_merge_event(m, receipt, now, err);
    json_decref(batch);
    json_decref(receipt);
    return code;
}

enum lw_code lw_merge_receipts(struct lw_merge *m, struct lw_err *err)
{
    const struct lw_project *p = m->o->project;
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < p->nsync && code == LW_OK; i++) {
        struct batches b = {0};
        int fd = lw_outbox_folder_open(p, m->o->sys, &p->sync[i], m->pool.id);
        if (fd < 0)
            continue;
        lw_outbox_folder_each(m->o->sys, fd, add_batch, &b);
        m->o->sys->close(m->o->sys, fd);
        if (b.n > 1)
            qsort(b.file, b.n, sizeof *b.file, by_first);
        for (size_t k = 0; k < b.n && code == LW_OK; k++)
            code = add_receipt(m, &p->sync[i], &b.file[k], err);
        free(b.file);
    }
    return code;
}

/* ---- restored labels that were missing when their batch was sent */

static bool was_missing(const struct lw_pool_line *line, uint64_t sent, uint32_t bit)
{
    return lw_is_to_send(&line->l) && line->l.seq <= sent && !((line->sent | line->parked) & bit);
}

/* Marks them as refused and to be sent again. */
enum lw_code lw_merge_resend(struct lw_merge *m, struct lw_err *err)
{
    const struct lw_project *p = m->o->project;
    int64_t now = lw_clock_utc_ms(m->o->sys);
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < p->nsync && code == LW_OK; i++) {
        const char *to = p->sync[i].key;
        uint64_t sent = lw_ledger_delivery(m->ledger, to)->sent;
        bool any = false;
        for (size_t k = 0; k < m->ntrunk && code == LW_OK; k++) {
            const struct lw_pool_line *line = &m->pool.line[m->trunk[k]];
            if (!was_missing(line, sent, 1u << i))
                continue;
            json_t *body = json_pack("{s:s,s:s,s:I,s:s,s:s}", "type", "parked", "to", to, "of",
                (json_int_t)line->l.seq, "code", "restored", "message",
                "It was missing here when its batch was sent.");
            code = lw_merge_event(m, body, now, err);
            json_decref(body);
            any = true;
        }
        json_t *again = json_pack("{s:s,s:s}", "type", "resend", "to", to);
        if (any && code == LW_OK)
            code = lw_merge_event(m, again, now, err);
        json_decref(again);
    }
    return code;
}

/* ---- in place of the old one */

/* "journal.before-merge-1", or for journal-NAME "journal.before-merge-1-NAME". */
static enum lw_code name_old(struct lw_merge *m, struct lw_err *err)
{
    const struct lw_sys *sys = m->o->sys;
    const char *whose = m->o->name + strlen("journal");
    struct stat st;
    for (int i = 1; i <= NAMES_MOST; i++) {
        int n = snprintf(m->to->kept, sizeof m->to->kept, "journal.before-merge-%d%s", i, whose);
        if (n >= (int)sizeof m->to->kept)
            break;
        if (sys->lstatat(sys, m->o->dir, m->to->kept, &st) != 0 && errno == ENOENT)
            return LW_OK;
    }
    return lw_fail(
        err, LW_EIO, "no free name left to keep the old journal (journal.before-merge-N)");
}

/* There is a journal at every moment, if the disk can exchange names. */
enum lw_code lw_merge_end(struct lw_merge *m, struct lw_err *err)
{
    const struct lw_sys *sys = m->o->sys;
    enum lw_code code = flush(m, err);
    if (code == LW_OK)
        code = lw_dir_sync(sys, m->fd, err);
    if (code == LW_OK)
        code = name_old(m, err);
    if (code != LW_OK)
        return code;
    if (sys->exchangeat(sys, m->o->dir, m->folder, m->o->name) != 0)
        return lw_fail_errno(err, "%s: cannot replace %s", m->folder, m->o->name);
    if (sys->renameat(sys, m->o->dir, m->folder, m->to->kept) != 0)
        snprintf(
            m->to->kept, sizeof m->to->kept, "%.60s", m->folder); /* kept under its current name */
    m->folder[0] = '\0';
    return lw_dir_sync(sys, m->o->dir, err);
}

void lw_merge_drop(struct lw_merge *m)
{
    const struct lw_sys *sys = m->o->sys;
    for (uint32_t i = 1; m->fd >= 0 && m->folder[0] && i <= m->segment; i++) {
        char name[LW_SEGMENT_NAME];
        lw_segment_name(i, name);
        sys->unlinkat(sys, m->fd, name);
    }
    if (m->fd >= 0 && m->folder[0])
        sys->rmdirat(sys, m->o->dir, m->folder);
    if (m->fd >= 0)
        sys->close(sys, m->fd);
    m->fd = -1;
    lw_ledger_free(m->ledger);
    lw_buf_fini(&m->out);
}
