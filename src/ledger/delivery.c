/* What happened to the events sent to each target: folding batches, receipts and refusals, queries,
 * and how they lie in the checkpoint. Decides nothing about what is sent next: that is the sync
 * room's. */
#include "ledger/ledger_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- the deliveries */

static size_t find_delivery(const struct lw_ledger *l, const char *to, size_t n)
{
    size_t i = 0;
    while (i < l->n_deliveries &&
           (strlen(l->delivery[i].to) != n || memcmp(l->delivery[i].to, to, n) != 0))
        i++;
    return i;
}

static struct lw_delivery *add_delivery(struct lw_ledger *l, const char *to, size_t n)
{
    l->delivery =
        lw_ledger_room(l->delivery, l->n_deliveries, &l->cap_deliveries, sizeof *l->delivery);
    l->delivery[l->n_deliveries] = (struct lw_delivery){.to = lw_strndup(to, n)};
    return &l->delivery[l->n_deliveries++];
}

/* NULL when the event names no target. */
static struct lw_delivery *delivery_of(struct lw_ledger *l, const struct lw_facts *f)
{
    size_t n;
    char *to = f->to.value ? lw_member_text(&f->to, &n) : NULL;
    if (!to)
        return NULL;
    size_t i = find_delivery(l, to, n);
    struct lw_delivery *p = i < l->n_deliveries ? &l->delivery[i] : add_delivery(l, to, n);
    free(to);
    return p;
}

void lw_ledger_clear_deliveries(struct lw_ledger *l)
{
    for (size_t i = 0; i < l->n_deliveries; i++) {
        free(l->delivery[i].to);
        free(l->delivery[i].parked);
    }
    free(l->delivery);
    l->delivery = NULL;
    l->n_deliveries = l->cap_deliveries = 0;
}

void lw_ledger_set_targets(struct lw_ledger *l, const char *const *to, size_t n)
{
    for (size_t i = 0; i < l->n_targets; i++)
        free(l->target[i]);
    free(l->target);
    l->target = n ? lw_alloc(n * sizeof *l->target) : NULL;
    l->n_targets = n;
    for (size_t i = 0; i < n; i++)
        l->target[i] = lw_strdup(to[i]);
}

const struct lw_delivery *lw_ledger_delivery(const struct lw_ledger *l, const char *to)
{
    static const struct lw_delivery none = {.to = NULL};
    size_t i = find_delivery(l, to, strlen(to));
    return i < l->n_deliveries ? &l->delivery[i] : &none;
}

/* ---- what is parked */

/* The index of seq among the parked ones, or where to insert it. */
static size_t parked_at(const struct lw_delivery *p, uint64_t seq)
{
    size_t low = 0, high = p->nparked;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (p->parked[mid].seq < seq)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static struct lw_parked_event *find_parked(const struct lw_delivery *p, uint64_t seq)
{
    size_t i = parked_at(p, seq);
    return i < p->nparked && p->parked[i].seq == seq ? &p->parked[i] : NULL;
}

static void park(struct lw_delivery *p, uint64_t seq, struct lw_pos why)
{
    struct lw_parked_event *h = find_parked(p, seq);
    if (!h) {
        size_t i = parked_at(p, seq);
        p->parked = lw_ledger_room(p->parked, p->nparked, &p->cap_parked, sizeof *p->parked);
        memmove(&p->parked[i + 1], &p->parked[i], (p->nparked - i) * sizeof *p->parked);
        p->nparked++;
        h = &p->parked[i];
    }
    *h = (struct lw_parked_event){.seq = seq, .why = why};
}

/* ---- folding */

/* A batch that begins before what was sent and does not resend parked events: the server asked to
 * go back. */
void lw_fold_batch(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f)
{
    struct lw_delivery *p = delivery_of(l, f);
    if (!p || !f->first || f->last < f->first || f->last >= e->seq ||
        f->sha256.value_len != LW_SHA256_HEX + 1)
        return;
    const struct lw_parked_event *h = find_parked(p, f->first);
    if (f->first <= p->sent && !(h && h->again))
        p->sent = f->first - 1;
    p->batch.first = p->batch.due = f->first;
    p->batch.last = f->last;
    memcpy(p->batch.sha256, f->sha256.value + 1, LW_SHA256_HEX - 1);
}

/* A receipt counts only for the batch before it: a receipt that came with a project or was made by
 * hand must not make later labels look sent. */
static bool is_due(const struct lw_delivery *p, const struct lw_facts *f)
{
    return p->batch.due && f->first == p->batch.due && f->last == p->batch.last &&
           f->sha256.value_len == LW_SHA256_HEX + 1 &&
           memcmp(f->sha256.value + 1, p->batch.sha256, LW_SHA256_HEX - 1) == 0;
}

void lw_fold_receipt(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f)
{
    (void)e;
    struct lw_delivery *p = delivery_of(l, f);
    if (!p || !is_due(p, f))
        return;
    l->irregular = l->irregular || f->head.value;
    size_t kept = 0;
    for (size_t i = 0; i < p->nparked; i++) {
        const struct lw_parked_event *h = &p->parked[i];
        if (!h->again || h->seq < f->first || h->seq > f->last)
            p->parked[kept++] = *h;
    }
    p->nparked = kept;
    if (f->last > p->sent)
        p->sent = f->last;
    p->batch.first = p->batch.due = 0;
}

/* The batch with this event is not sent again unchanged; a receipt may follow. */
void lw_fold_parked(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f)
{
    struct lw_delivery *p = delivery_of(l, f);
    if (!p || !f->of)
        return;
    park(p, f->of, e->pos);
    if (f->of >= p->batch.first && f->of <= p->batch.last)
        p->batch.first = 0;
}

/* Whether a refused event still matters: its task has no newer label. */
static bool matters(const struct lw_ledger *l, uint64_t seq)
{
    const struct lw_entry *e = lw_ledger_entry(l, seq);
    return !e || lw_ledger_of(l, e->task) == e;
}

void lw_fold_resend(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f)
{
    (void)e;
    struct lw_delivery *p = delivery_of(l, f);
    for (size_t i = 0; p && i < p->nparked; i++)
        if (matters(l, p->parked[i].seq))
            p->parked[i].again = true;
}

/* ---- queries */

uint64_t lw_ledger_unsent(const struct lw_ledger *l, const struct lw_delivery *p)
{
    uint64_t n = lw_ledger_labels_above(l, p->sent);
    for (size_t i = 0; i < p->nparked; i++) {
        const struct lw_parked_event *h = &p->parked[i];
        if (h->again)
            n += h->seq <= p->sent || !lw_ledger_is_label(l, h->seq);
        else
            n -= h->seq > p->sent && lw_ledger_is_label(l, h->seq);
    }
    return n;
}

uint64_t lw_ledger_parked(const struct lw_ledger *l, const struct lw_delivery *p,
    void (*each)(void *ctx, const struct lw_parked_event *h), void *ctx)
{
    uint64_t n = 0;
    for (size_t i = 0; i < p->nparked; i++) {
        const struct lw_parked_event *h = &p->parked[i];
        if (h->again || !matters(l, h->seq))
            continue;
        n++;
        if (each)
            each(ctx, h);
    }
    return n;
}

/* ---- the checkpoint */

struct packed {
    uint64_t to_len, sent, first, last, due, nparked;
    char sha256[LW_SHA256_HEX + 7];
};

void lw_deliveries_pack(const struct lw_ledger *l, struct lw_buf *to)
{
    for (size_t i = 0; i < l->n_deliveries; i++) {
        const struct lw_delivery *p = &l->delivery[i];
        struct packed head = {
            strlen(p->to), p->sent, p->batch.first, p->batch.last, p->batch.due, p->nparked, ""};
        memcpy(head.sha256, p->batch.sha256, LW_SHA256_HEX);
        lw_buf_add(to, &head, sizeof head);
        lw_buf_add(to, p->to, head.to_len);
        lw_buf_add(to, p->parked, p->nparked * sizeof *p->parked);
    }
}

/* Anyone can write a checkpoint: a bool in it may have any value. */
static void unpack_parked(struct lw_delivery *p, const char *bytes)
{
    struct lw_parked_event h;
    unsigned char again;
    memcpy(&again, bytes + offsetof(struct lw_parked_event, again), 1);
    memcpy(&h, bytes, offsetof(struct lw_parked_event, again));
    park(p, h.seq, h.why);
    find_parked(p, h.seq)->again = again == 1;
}

static bool unpack_one(struct lw_ledger *l, const char **at, size_t *left)
{
    struct packed head;
    if (*left < sizeof head)
        return false;
    memcpy(&head, *at, sizeof head);
    *left -= sizeof head;
    if (head.to_len > *left ||
        head.nparked > (*left - head.to_len) / sizeof(struct lw_parked_event) ||
        head.sha256[LW_SHA256_HEX - 1])
        return false;
    struct lw_delivery *p = add_delivery(l, *at + sizeof head, head.to_len);
    const char *parked = *at + sizeof head + head.to_len;
    p->sent = head.sent;
    p->batch.first = head.first;
    p->batch.last = head.last;
    p->batch.due = head.due;
    memcpy(p->batch.sha256, head.sha256, LW_SHA256_HEX);
    for (size_t i = 0; i < head.nparked; i++)
        unpack_parked(p, parked + i * sizeof(struct lw_parked_event));
    size_t n = head.to_len + head.nparked * sizeof(struct lw_parked_event);
    *at += sizeof head + n;
    *left -= n;
    return true;
}

bool lw_deliveries_unpack(struct lw_ledger *l, uint64_t deliveries, const char *bytes, size_t n)
{
    for (uint64_t i = 0; i < deliveries; i++)
        if (!unpack_one(l, &bytes, &n))
            return false;
    return n == 0;
}
