/* Folds events to what a range of the journal shows. It counts as the recipe does, so a change here
 * is one there. How it is worded, figures.c says; whether the lines are sound, their reader knows.
 */
#include "labelwright/proof/evidence.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/clock.h"
#include "labelwright/journal/journal_line.h"
#include "labelwright/json/json_members.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- the members that count */

struct facts {
    struct lw_member annotator, title, task, to, sha256, what, key, origin;
    uint64_t active_ms, worked_ms, replaces, of, first, last, events;
    bool worked;
};

static void set_fact(struct facts *f, const struct lw_member *m)
{
#define TEXT(member)                                                                               \
    {                                                                                              \
#member, offsetof(struct facts, member), false                                             \
    }
#define NUMBER(member)                                                                             \
    {                                                                                              \
#member, offsetof(struct facts, member), true                                              \
    }
    static const struct {
        const char *key;
        size_t offset;
        bool number;
    } table[] = {
        TEXT(annotator),
        TEXT(title),
        TEXT(task),
        TEXT(to),
        TEXT(sha256),
        TEXT(what),
        TEXT(key),
        TEXT(origin),
        NUMBER(active_ms),
        NUMBER(worked_ms),
        NUMBER(replaces),
        NUMBER(of),
        NUMBER(first),
        NUMBER(last),
        NUMBER(events),
    };
#undef TEXT
#undef NUMBER
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (!lw_member_is(m, table[i].key))
            continue;
        void *to = (char *)f + table[i].offset;
        if (table[i].number)
            *(uint64_t *)to = lw_member_u64(m);
        else
            *(struct lw_member *)to = *m;
        f->worked = f->worked || table[i].offset == offsetof(struct facts, worked_ms);
    }
}

static struct facts read_facts(const struct lw_event *event)
{
    struct facts f = {0};
    struct lw_member m;
    const char *end, *p = lw_event_members(event, &end);
    while (lw_member_next(&p, end, &m))
        set_fact(&f, &m);
    return f;
}

static char *raw(const struct lw_member *m, const char *otherwise)
{
    return m->value ? lw_strndup(m->value, m->value_len) : lw_strdup(otherwise);
}

static bool is(const struct lw_member *m, const char *text)
{
    return m->value && m->value_len == strlen(text) && memcmp(m->value, text, m->value_len) == 0;
}

/* ---- lines */

static bool follows(const struct lw_evidence *e, const struct lw_event *event)
{
    const char *prev =
        event->text + event->pos.len - 1 - LW_LINE_HASH - LW_LINE_PREV + strlen(",\"prev\":\"");
    return e->runs > 0 && memcmp(prev, e->head, LW_SHA256_HEX - 1) == 0;
}

static void add_line(struct lw_evidence *e, const struct lw_event *event)
{
    if (!follows(e, event)) {
        e->run = lw_grow(e->run, e->runs + 1, sizeof *e->run);
        e->run[e->runs++] = (struct lw_proof_run){.first = event->seq, .first_ms = event->time_ms};
    }
    e->run[e->runs - 1].last = event->seq;
    e->run[e->runs - 1].last_ms = event->time_ms;
    memcpy(e->head, event->hash, sizeof e->head);
    if (e->lines == e->cap_lines) {
        e->cap_lines = e->cap_lines ? e->cap_lines * 2 : 256;
        e->seq = lw_grow(e->seq, e->cap_lines, sizeof *e->seq);
    }
    e->seq[e->lines++] = event->seq;
}

/* The first line names whose journal it is. */
static void set_owner(struct lw_evidence *e, const struct lw_event *event, const struct facts *f)
{
    struct lw_member id;
    const char *end = event->text + event->pos.len - 1;
    if (lw_member_find(event->text, end, "journal", &id) && id.value_len == LW_JOURNAL_ID_HEX + 1)
        memcpy(e->id, id.value + 1, LW_JOURNAL_ID_HEX - 1);
    e->annotator = raw(&f->annotator, "");
    e->title = raw(&f->title, "");
}

static void add_record(struct lw_evidence *e, const struct lw_event *event)
{
    static const char mark[] = "\"type\":";
    char stamp[LW_STAMP_MAX];
    size_t len = event->pos.len - 1 - LW_LINE_HASH - LW_LINE_PREV;
    const char *from = strstr(event->text, mark);
    lw_stamp_format(event->time_ms, stamp);
    lw_buf_fmt(&e->record, "%" PRIu64 ", %s ", event->seq, stamp);
    if (from)
        lw_buf_add(&e->record, from + sizeof mark - 1,
            len - (size_t)(from + sizeof mark - 1 - event->text));
    lw_buf_char(&e->record, '\n');
}

/* ---- labels */

static size_t first_above(const uint64_t *v, size_t stride, size_t n, uint64_t seq)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (v[mid * stride] < seq)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static size_t first_label(const struct lw_evidence *e, uint64_t seq)
{
    _Static_assert(sizeof *e->label % sizeof(uint64_t) == 0, "steps of whole numbers");
    return e->labels == 0
               ? 0
               : first_above(&e->label->seq, sizeof *e->label / sizeof(uint64_t), e->labels, seq);
}

size_t lw_evidence_find(const struct lw_evidence *e, uint64_t seq)
{
    size_t i = first_label(e, seq);
    return i < e->labels && e->label[i].seq == seq ? i : e->labels;
}

static void grow_states(struct lw_evidence *e, struct lw_proof_target *t, size_t from)
{
    t->accepted = lw_grow(t->accepted, e->cap_labels, sizeof *t->accepted);
    t->refused = lw_grow(t->refused, e->cap_labels, sizeof *t->refused);
    memset(t->accepted + from, 0, (e->cap_labels - from) * sizeof *t->accepted);
    memset(t->refused + from, 0, (e->cap_labels - from) * sizeof *t->refused);
}

static void add_label(struct lw_evidence *e, const struct lw_event *event, const struct facts *f)
{
    if (e->labels == e->cap_labels) {
        size_t from = e->cap_labels;
        e->cap_labels = from ? from * 2 : 64;
        e->label = lw_grow(e->label, e->cap_labels, sizeof *e->label);
        for (size_t k = 0; k < e->targets; k++)
            grow_states(e, &e->target[k], from);
    }
    e->label[e->labels++] = (struct lw_proof_label){.seq = event->seq,
        .time_ms = event->time_ms,
        .type = event->type,
        .task = raw(&f->task, "null"),
        .of = f->of,
        .active_ms = f->active_ms};
    size_t other = lw_evidence_find(e, event->type == LW_EV_UNDO ? f->of : f->replaces);
    if (other < e->labels && event->type == LW_EV_UNDO)
        e->label[other].undone_by = event->seq;
    else if (other < e->labels)
        e->label[other].replaced_by = event->seq;
}

static void add_clock(struct lw_evidence *e, const struct facts *f)
{
    if (e->clocked)
        e->worked_ms += f->worked_ms - e->clock_ms;
    e->clocked = true;
    e->clock_ms = f->worked_ms;
}

/* ---- targets */

static struct lw_proof_target *target_of(struct lw_evidence *e, const struct lw_member *to)
{
    for (size_t i = 0; i < e->targets; i++)
        if (is(to, e->target[i].to))
            return &e->target[i];
    e->target = lw_grow(e->target, e->targets + 1, sizeof *e->target);
    struct lw_proof_target *t = &e->target[e->targets++];
    *t = (struct lw_proof_target){.to = raw(to, "")};
    if (e->cap_labels)
        grow_states(e, t, 0);
    return t;
}

static void add_batch(struct lw_evidence *e, struct lw_proof_target *t,
    const struct lw_event *event, const struct facts *f)
{
    t->batch.seq = event->seq;
    t->batch.first = f->first;
    t->batch.last = f->last;
    memset(t->batch.sha256, 0, sizeof t->batch.sha256);
    if (f->sha256.value_len == LW_SHA256_HEX + 1)
        memcpy(t->batch.sha256, f->sha256.value + 1, LW_SHA256_HEX - 1);
    size_t from = first_above(e->seq, 1, e->lines - 1, f->first), to = from;
    while (to < e->lines - 1 && e->seq[to] <= f->last)
        to++;
    if (to - from == f->events)
        e->whole++;
    else
        e->part++;
    e->signed_batches += f->key.value != NULL;
}

/* What was refused since the batch was cut stays refused. */
static void add_receipt(struct lw_evidence *e, struct lw_proof_target *t,
    const struct lw_event *event, const struct facts *f)
{
    if (t->batch.seq == 0 || f->first != t->batch.first || f->last != t->batch.last ||
        f->sha256.value_len != LW_SHA256_HEX + 1 ||
        memcmp(f->sha256.value + 1, t->batch.sha256, LW_SHA256_HEX - 1) != 0)
        return;
    t->receipts++;
    for (size_t i = first_label(e, f->first); i < e->labels && e->label[i].seq <= f->last; i++)
        if (t->refused[i] < t->batch.seq)
            t->accepted[i] = event->seq;
}

static void add_refusal(struct lw_evidence *e, struct lw_proof_target *t, uint64_t by, uint64_t of)
{
    size_t i = lw_evidence_find(e, of);
    if (i < e->labels)
        t->refused[i] = by;
}

static void add_sending(struct lw_evidence *e, const struct lw_event *event, const struct facts *f)
{
    struct lw_proof_target *t = target_of(e, &f->to);
    if (event->type == LW_EV_BATCH)
        add_batch(e, t, event, f);
    else if (event->type == LW_EV_RECEIPT)
        add_receipt(e, t, event, f);
    else if (event->type == LW_EV_PARKED)
        add_refusal(e, t, event->seq, f->of);
}

enum lw_proof_state lw_evidence_state(const struct lw_proof_target *t, size_t label)
{
    if (t->accepted[label] > t->refused[label])
        return LW_PROOF_ACCEPTED;
    return t->refused[label] ? LW_PROOF_REFUSED : LW_PROOF_WAITING;
}

/* ---- all of it */

static bool is_label(const struct lw_event *event)
{
    return (event->type == LW_EV_ANNOTATE || event->type == LW_EV_SKIP ||
               event->type == LW_EV_UNDO) &&
           !lw_event_is_private(event);
}

bool lw_evidence_fold(struct lw_evidence *e, const struct lw_event *event)
{
    if (e->lines > 0 && event->seq <= e->seq[e->lines - 1]) {
        e->left_out++;
        return false;
    }
    struct facts f = read_facts(event);
    if (e->lines == 0)
        set_owner(e, event, &f);
    add_line(e, event);
    if (event->type == LW_EV_SITTING && is(&f.what, "\"start\"")) {
        e->clocked = true;
        e->clock_ms = 0;
    }
    if (f.worked && !f.origin.value) /* a merge copied it: its session is not this one */
        add_clock(e, &f);
    if (is_label(event))
        add_label(e, event, &f);
    if (f.to.value || event->type == LW_EV_UNDO || event->type == LW_EV_RECOVERED ||
        event->type == LW_EV_MERGED)
        add_record(e, event);
    if (f.to.value)
        add_sending(e, event, &f);
    return true;
}

void lw_evidence_fini(struct lw_evidence *e)
{
    for (size_t i = 0; i < e->labels; i++)
        free(e->label[i].task);
    for (size_t i = 0; i < e->targets; i++) {
        free(e->target[i].to);
        free(e->target[i].accepted);
        free(e->target[i].refused);
    }
    free(e->annotator);
    free(e->title);
    free(e->label);
    free(e->target);
    free(e->run);
    free(e->seq);
    lw_buf_fini(&e->record);
    *e = (struct lw_evidence){0};
}
