/* What was sent and is missing here, and what is here and was never sent. Reports it in words;
 * restores nothing, and decides nothing about sending. Without a fault in the ledger's numbers it
 * reads only names of files; else every line of the journal and its folders, see line_pool.c. */
#define _GNU_SOURCE
#include "labelwright/merge/sent_check.h"

#include "labelwright/json/json_members.h"
#include "labelwright/project/outbox_folder.h"
#include "merge/line_pool_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- whether a full comparison is needed */

struct names {
    uint64_t (*range)[2];
    size_t n, cap;
};

static void add_range(void *ctx, const struct lw_batch_file *file)
{
    struct names *l = ctx;
    if (l->n == l->cap) {
        l->cap = l->cap ? l->cap * 2 : 64;
        l->range = lw_grow(l->range, l->cap, sizeof *l->range);
    }
    l->range[l->n][0] = file->first;
    l->range[l->n++][1] = file->last;
}

static int by_first(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Whether the batches follow each other and the receipts know them all. */
static bool in_a_row(struct names *l, const struct lw_delivery *delivery)
{
    uint64_t reached = 0, known = delivery->batch.first ? delivery->batch.last : delivery->sent;
    if (l->n > 1)
        qsort(l->range, l->n, sizeof *l->range, by_first);
    for (size_t i = 0; i < l->n; i++) {
        if (l->range[i][0] <= reached || l->range[i][1] > known)
            return false;
        reached = l->range[i][1];
    }
    return true;
}

static bool is_sound(const struct lw_sent_opts *o)
{
    bool well = !lw_ledger_is_irregular(o->ledger);
    for (size_t i = 0; i < o->project->nsync && well; i++) {
        const struct lw_sync_to *to = &o->project->sync[i];
        struct names l = {0};
        int fd = lw_outbox_folder_open(o->project, o->sys, to, lw_journal_id(o->journal));
        if (fd < 0)
            continue;
        lw_outbox_folder_each(o->sys, fd, add_range, &l);
        o->sys->close(o->sys, fd);
        well = in_a_row(&l, lw_ledger_delivery(o->ledger, to->key));
        free(l.range);
    }
    return well;
}

/* ---- comparing */

struct comparison {
    const struct lw_sent_opts *o;
    struct lw_pool pool;
    struct lw_sent_report *to;
    const struct lw_pool_damaged
        *never; /* the only one that can never be sent, if known what it was */
    uint64_t never_first, never_last;
};

static int by_seq(const void *a, const void *b)
{
    const struct lw_pool_line *x = a, *y = b;
    if (x->l.seq != y->l.seq)
        return x->l.seq < y->l.seq ? -1 : 1;
    return x->here != y->here ? (x->here ? -1 : 1) : 0;
}

/* Sorted by number; with the same number, lines that are here come first. */
static struct lw_pool_line *sorted(const struct lw_pool *p, size_t *n)
{
    struct lw_pool_line *all = lw_alloc((p->n + 1) * sizeof *all);
    *n = 0;
    for (size_t i = 0; i < p->n; i++)
        if (!p->line[i].dropped)
            all[(*n)++] = p->line[i];
    qsort(all, *n, sizeof *all, by_seq);
    return all;
}

static void count_missing(struct comparison *k, const struct lw_pool_line *line)
{
    struct lw_sent_report *s = k->to;
    int target = __builtin_ctz(line->sent ? line->sent : LW_POOL_ELSEWHERE);
    s->missing++;
    s->missing_labels += lw_is_label(line->l.type);
    if (!s->missing_first)
        s->missing_first = line->l.seq;
    s->missing_last = line->l.seq;
    if (!s->missing_in && target < LW_POOL_TARGETS)
        s->missing_in = k->o->project->sync[target].to + strlen("file:");
}

static void add_lacking(struct lw_sent_report *s, const struct lw_pool_line *line)
{
    s->lacking = lw_grow(s->lacking, s->nlacking + 1, sizeof *s->lacking);
    s->lacking[s->nlacking++] = (struct lw_lacking){line->l.seq, lw_pool_task(line)};
}

static void count_line(struct comparison *k, const struct lw_pool_line *line)
{
    bool label = lw_is_to_send(&line->l);
    if (!line->here) {
        count_missing(k, line);
        return;
    }
    for (size_t i = 0; i < k->to->n && label; i++)
        k->to->of[i].unsent += !((line->sent | line->parked) & 1u << i);
}

/* What a damaged line still shows of itself; NULL for nothing. */
static const struct lw_pool_damaged *find_damaged(const struct lw_pool *p, uint64_t seq)
{
    for (size_t i = 0; i < p->ndamaged; i++)
        if (p->damaged[i].seq == seq)
            return &p->damaged[i];
    return NULL;
}

/* Whether the task of a damaged label has a later label. */
static bool replaced(const struct lw_ledger *l, const struct lw_pool_damaged *h)
{
    const struct lw_entry *e =
        h && h->task ? lw_ledger_of(l, lw_fingerprint(h->task, strlen(h->task))) : NULL;
    return e && e->seq > h->seq;
}

static void count_gap(struct comparison *k, uint64_t seq)
{
    const struct lw_pool_damaged *h = find_damaged(&k->pool, seq);
    bool lost = false;
    if ((h && !h->label) || replaced(k->o->ledger, h))
        return;
    for (size_t i = 0; i < k->to->n; i++) {
        if (lw_pool_was_whole(&k->pool, 1u << i, seq))
            continue;
        k->to->of[i].never++;
        lost = true;
    }
    if (!lost)
        return;
    k->never = k->never_first || !h ? NULL : h;
    k->never_first = k->never_first ? k->never_first : seq;
    k->never_last = seq;
}

static void count_all(struct comparison *k)
{
    size_t n;
    struct lw_pool_line *all = sorted(&k->pool, &n);
    uint64_t next = 1;
    for (size_t i = 0; i < n; i++) {
        uint64_t seq = all[i].l.seq;
        for (; next < seq && next <= k->pool.highest; next++)
            count_gap(k, next);
        if (i > 0 && all[i - 1].l.seq == seq && !k->to->fork)
            k->to->fork = seq;
        count_line(k, &all[i]);
        next = seq + 1;
    }
    for (; next <= k->pool.highest; next++)
        count_gap(k, next);
    free(all);
}

static bool receipt_member(const struct lw_journal_line *l, const char *key, struct lw_member *to)
{
    return l->type == LW_EV_RECEIPT && lw_member_find(l->text, l->text + l->len, key, to);
}

/* A later receipt of the same server counts instead: the first may have been wrong. */
static bool is_superseded(const struct comparison *k, const struct lw_journal_line *receipt)
{
    struct lw_member to, other;
    if (!receipt_member(receipt, "to", &to))
        return false;
    for (size_t i = 0; i < k->pool.n; i++) {
        const struct lw_journal_line *l = &k->pool.line[i].l;
        if (l->seq > receipt->seq && receipt_member(l, "to", &other) &&
            other.value_len == to.value_len && memcmp(other.value, to.value, to.value_len) == 0)
            return true;
    }
    return false;
}

/* Whether a server has an event that is missing here. */
static void find_ahead(struct comparison *k)
{
    struct lw_member head;
    for (size_t i = 0; i < k->pool.n && !k->to->ahead; i++) {
        const struct lw_journal_line *l = &k->pool.line[i].l;
        k->to->ahead = receipt_member(l, "head", &head) && head.value_len == LW_SHA256_HEX + 1 &&
                       !lw_pool_find(&k->pool, head.value + 1) && !is_superseded(k, l);
    }
}

static void find_worst(struct comparison *k)
{
    struct lw_sent_report *s = k->to;
    size_t worst = 0;
    for (size_t i = 0; i < s->n; i++) {
        worst = s->of[i].unsent > s->of[worst].unsent ? i : worst;
        s->never = s->of[i].never > s->never ? s->of[i].never : s->never;
    }
    s->unsent = s->n ? s->of[worst].unsent : 0;
    for (size_t i = 0; i < k->pool.n && s->n && s->fork; i++) {
        const struct lw_pool_line *line = &k->pool.line[i];
        if (line->here && lw_is_to_send(&line->l) && !((line->sent | line->parked) & 1u << worst))
            add_lacking(s, line);
    }
}

/* ---- messages */

static void format_range(char *to, size_t room, uint64_t first, uint64_t last)
{
    if (first == last)
        snprintf(to, room, "event %" PRIu64, first);
    else
        snprintf(to, room, "events %" PRIu64 " to %" PRIu64, first, last);
}

void lw_sent_set_ahead(struct lw_sent_report *s, const struct lw_project *project)
{
    s->ahead = true;
    snprintf(s->text, sizeof s->text,
        "The server has events of this journal that are missing here: the journal's end was "
        "lost. " LW_ASK_FOR_LINES,
        project->dir);
}

static void describe(struct comparison *k)
{
    struct lw_sent_report *s = k->to;
    const char *dir = k->o->project->dir;
    char range[80];
    if (s->fork)
        snprintf(s->text, sizeof s->text,
            "Event %" PRIu64
            " exists in two versions: this journal was continued in two places. Nothing is sent "
            "until you merge them. Run: labelwright merge %.100s",
            s->fork, dir);
    else if (s->missing) {
        format_range(range, sizeof range, s->missing_first, s->missing_last);
        snprintf(s->text, sizeof s->text,
            "The journal lacks %" PRIu64 " label%s that %.60s has (%s). To restore, run: "
            "labelwright merge %.100s",
            s->missing_labels, s->missing_labels == 1 ? "" : "s",
            s->missing_in ? s->missing_in : "a destination", range, dir);
    } else if (s->ahead)
        lw_sent_set_ahead(s, k->o->project);
    else if (s->never && k->never && k->never->task)
        snprintf(s->text, sizeof s->text,
            "Event %" PRIu64 " is damaged and was never sent. Label task %.80s again.",
            k->never_first, k->never->task);
    else if (s->never) {
        format_range(range, sizeof range, k->never_first, k->never_last);
        range[0] = 'E';
        snprintf(s->text, sizeof s->text,
            "%s cannot be read any more and %s never sent: up to %" PRIu64
            " label%s. If you have a copy of the journal, run: labelwright merge %.80s COPY",
            range, k->never_first == k->never_last ? "was" : "were", s->never,
            s->never == 1 ? "" : "s", dir);
    }
}

/* ---- all of it */

static enum lw_code compare(struct comparison *k, struct lw_err *err)
{
    const struct lw_sent_opts *o = k->o;
    memcpy(k->pool.id, lw_journal_id(o->journal), LW_JOURNAL_ID_HEX);
    enum lw_code code = lw_pool_journal(
        &k->pool, o->sys, lw_journal_project(o->journal), lw_journal_name(o->journal), err);
    if (code != LW_OK)
        return code;
    lw_pool_folders(&k->pool, o->sys, o->project);
    lw_pool_link(&k->pool, o->project);
    count_all(k);
    find_worst(k);
    find_ahead(k);
    describe(k);
    return LW_OK;
}

enum lw_code lw_sent_check(
    const struct lw_sent_opts *opts, struct lw_sent_report *to, struct lw_err *err)
{
    struct comparison k = {.o = opts, .to = to};
    size_t n = opts->project->nsync;
    *to = (struct lw_sent_report){.n = n, .of = lw_alloc((n + 1) * sizeof *to->of)};
    if (!opts->journal)
        return LW_OK;
    if (!is_sound(opts)) {
        enum lw_code code = compare(&k, err);
        lw_pool_fini(&k.pool);
        return code;
    }
    for (size_t i = 0; i < n; i++)
        to->of[i].unsent = lw_ledger_unsent(
            opts->ledger, lw_ledger_delivery(opts->ledger, opts->project->sync[i].key));
    to->unsent = lw_ledger_totals(opts->ledger).unsent;
    return LW_OK;
}

void lw_sent_fini(struct lw_sent_report *s)
{
    for (size_t i = 0; i < s->nlacking; i++)
        free(s->lacking[i].task);
    free(s->lacking);
    free(s->of);
    *s = (struct lw_sent_report){0};
}

/* ---- beyond the end */

struct beyond {
    const struct lw_sys *sys;
    struct lw_pool pool;
    int fd;
    uint64_t highest;
};

static void read_beyond(void *ctx, const struct lw_batch_file *file)
{
    struct beyond *b = ctx;
    if (file->last > b->highest)
        lw_pool_file(&b->pool, b->sys, b->fd, file->name, LW_POOL_ELSEWHERE);
}

static enum lw_code check_beyond(
    const struct beyond *b, const struct lw_project *p, const char *in, struct lw_err *err)
{
    uint64_t labels = 0, events = 0, last = 0;
    char range[80];
    for (size_t i = 0; i < b->pool.n; i++) {
        const struct lw_journal_line *l = &b->pool.line[i].l;
        events += l->seq > b->highest;
        labels += l->seq > b->highest && lw_is_label(l->type);
        last = l->seq > last ? l->seq : last;
    }
    if (events == 0)
        return LW_OK;
    format_range(range, sizeof range, b->highest + 1, last);
    return lw_fail(err, LW_EBAD,
        "The journal ends at event %" PRIu64 ", but %s of it %s already sent to %s, with %" PRIu64
        " label%s: its end was lost. Nothing can be added until it is restored. Run: labelwright "
        "merge %s",
        b->highest, range, events == 1 ? "was" : "were", in, labels, labels == 1 ? "" : "s",
        p->dir);
}

enum lw_code lw_sent_beyond(const struct lw_sys *sys, const struct lw_project *project,
    const char *id, uint64_t highest, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < project->nsync && code == LW_OK; i++) {
        const struct lw_sync_to *to = &project->sync[i];
        struct beyond b = {.sys = sys, .highest = highest};
        memcpy(b.pool.id, id, sizeof b.pool.id);
        b.fd = lw_outbox_folder_open(project, sys, to, id);
        if (b.fd < 0)
            continue;
        lw_outbox_folder_each(sys, b.fd, read_beyond, &b);
        code = check_beyond(&b, project, to->to, err);
        lw_pool_fini(&b.pool);
        sys->close(sys, b.fd);
    }
    return code;
}
