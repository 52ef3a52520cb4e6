/* Folds a journal's events into intervals of time, session by session. A million events are folded
 * in a second, so that members are read from the text and no tree is built. What the intervals add
 * up to, by day or for pay, is for others. */
#include "labelwright/worklog/worklog.h"

#include "labelwright/base/clock.h"
#include "labelwright/json/json_members.h"

#include <stdlib.h>
#include <string.h>

/* The sums since the session's start that its last event had. */
struct sums {
    int64_t elapsed, worked, guidelines, suspended;
};

/* What the fold needs of a session beside what it gives away. */
struct session {
    struct sums sums;
    int64_t time_ms; /* of its last event */
    int32_t zone_s;
};

struct lw_worklog {
    struct lw_work *event;
    size_t n, cap;
    struct lw_work_sitting *sitting;
    struct session *session; /* the same ones */
    size_t nsittings, cap_sittings;
    uint32_t *slot; /* a table by task: 1 + the index of its newest label or skip; 0: empty. Only
                       that, so that it stays small: where tasks are many, each look misses the
                       cache */
    size_t ntasks, cap_slots; /* a power of two */
    uint32_t open;            /* the session that goes on; LW_WORK_NO_SITTING for none */
    int32_t zone_s;           /* of the last event */
    bool has_zone;
    bool unordered; /* seqs do not ascend: damage, or a merge */
};

struct lw_worklog *lw_worklog_new(void)
{
    struct lw_worklog *w = lw_alloc(sizeof *w);
    w->open = LW_WORK_NO_SITTING;
    return w;
}

void lw_worklog_free(struct lw_worklog *w)
{
    if (!w)
        return;
    free(w->event);
    free(w->sitting);
    free(w->session);
    free(w->slot);
    free(w);
}

const struct lw_work *lw_worklog_events(const struct lw_worklog *w, size_t *n)
{
    *n = w->n;
    return w->event;
}

const struct lw_work_sitting *lw_worklog_sittings(const struct lw_worklog *w, size_t *n)
{
    *n = w->nsittings;
    return w->sitting;
}

bool lw_worklog_has_zone(const struct lw_worklog *w)
{
    return w->has_zone;
}

/* ---- the members that count */

struct facts {
    struct lw_member what, zone;
    uint64_t task; /* its key; 0: none */
    int64_t active, wall;
    uint64_t of, origin; /* origin: where it was before a merge copied it; 0: it was not */
    struct sums sums;
    bool exact;
};

/* Thirty years are no time that a session takes; and so a million of them can be added up. */
#define MOST_MS INT64_C(1000000000000)

static int64_t duration(const struct lw_member *m)
{
    uint64_t n = lw_member_u64(m);
    return n > (uint64_t)MOST_MS ? 0 : (int64_t)n;
}

static uint64_t task_key(const struct lw_member *m)
{
    size_t len;
    const char *plain = lw_member_plain(m, &len);
    char *unescaped = plain ? NULL : lw_member_text(m, &len);
    uint64_t key = plain || unescaped ? lw_run_key(plain ? plain : unescaped, len) : 0;
    free(unescaped);
    return key;
}

static size_t slot_at(const struct lw_worklog *w, uint64_t task)
{
    return (size_t)(task * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (w->cap_slots - 1);
}

/* The slot of the task comes into the cache while the rest of the line is read. */
static void set_task(const struct lw_worklog *w, struct facts *f, const struct lw_member *m)
{
    f->task = task_key(m);
    if (w->cap_slots)
        __builtin_prefetch(&w->slot[slot_at(w, f->task)]);
}

static uint64_t origin_seq(const struct lw_member *m)
{
    struct lw_member seq;
    bool has = lw_member_find(m->value, m->value + m->value_len, "seq", &seq);
    return has ? lw_member_u64(&seq) : 0;
}

/* By length first: most members are none of these. */
static void set_fact(const struct lw_worklog *w, struct facts *f, const struct lw_member *m)
{
#define IS(name) (memcmp(m->key, name, sizeof name - 1) == 0)
    switch (m->key_len) {
    case 2:
        if (IS("of"))
            f->of = lw_member_u64(m);
        break;
    case 4:
        if (IS("task"))
            set_task(w, f, m);
        else if (IS("what"))
            f->what = *m;
        break;
    case 6:
        if (IS("origin"))
            f->origin = origin_seq(m);
        break;
    case 7:
        if (IS("wall_ms"))
            f->wall = duration(m);
        break;
    case 9:
        if (IS("active_ms"))
            f->active = duration(m);
        else if (IS("worked_ms"))
            f->sums.worked = duration(m);
        else if (IS("time_zone"))
            f->zone = *m;
        break;
    case 10:
        if (IS("elapsed_ms")) {
            f->sums.elapsed = duration(m);
            f->exact = true;
        }
        break;
    case 12:
        if (IS("suspended_ms"))
            f->sums.suspended = duration(m);
        break;
    case 13:
        if (IS("guidelines_ms"))
            f->sums.guidelines = duration(m);
        break;
    default:
        break;
    }
#undef IS
}

static struct facts read_facts(
    const struct lw_worklog *w, const struct lw_event *e, lw_member_reader *each, void *ctx)
{
    struct facts f = {.exact = false};
    struct lw_member m;
    const char *end, *p = lw_event_members(e, &end);
    while (lw_member_open(&p, end, &m)) {
        const char *stop = each && p < end && *p == '{' ? each(ctx, &m) : NULL;
        if (stop) {
            p = stop;
            continue;
        }
        if (!lw_member_close(&p, end, &m))
            break;
        set_fact(w, &f, &m);
        if (each)
            each(ctx, &m);
    }
    return f;
}

static bool says(const struct lw_member *m, const char *text)
{
    size_t len, n = strlen(text);
    const char *plain = lw_member_plain(m, &len);
    return plain && len == n && memcmp(plain, text, n) == 0;
}

static bool kind_of(const struct lw_event *e, const struct facts *f, enum lw_work_kind *kind)
{
    static const struct {
        enum lw_event_type type;
        const char *what;
        enum lw_work_kind kind;
    } rows[] = {
        {LW_EV_ANNOTATE, NULL, LW_WORK_LABEL},
        {LW_EV_SKIP, NULL, LW_WORK_SKIP},
        {LW_EV_TALK, NULL, LW_WORK_TALK},
        {LW_EV_REPEAT, NULL, LW_WORK_REPEAT},
        {LW_EV_UNDO, NULL, LW_WORK_UNDO},
        {LW_EV_BREAK, NULL, LW_WORK_BREAK},
        {LW_EV_SITTING, "start", LW_WORK_START},
        {LW_EV_SITTING, "zone", LW_WORK_ZONE},
        {LW_EV_SITTING, "stop", LW_WORK_STOP},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (e->type == rows[i].type && (!rows[i].what || says(&f->what, rows[i].what))) {
            *kind = rows[i].kind;
            return true;
        }
    return false;
}

/* ---- sessions */

static int64_t distance(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

static uint32_t add_session(struct lw_worklog *w, const struct lw_event *e, const struct facts *f)
{
    if (w->nsittings == w->cap_sittings) {
        w->cap_sittings = w->cap_sittings ? w->cap_sittings * 2 : 64;
        w->sitting = lw_grow(w->sitting, w->cap_sittings, sizeof *w->sitting);
        w->session = lw_grow(w->session, w->cap_sittings, sizeof *w->session);
    }
    int64_t start = e->time_ms - f->sums.elapsed;
    w->sitting[w->nsittings] = (struct lw_work_sitting){
        .first = e->seq, .last = e->seq, .start_ms = start, .end_ms = start, .exact = f->exact};
    w->session[w->nsittings] = (struct session){.time_ms = start, .zone_s = w->zone_s};
    return (uint32_t)w->nsittings++;
}

/* Merged journals have sessions of two copies between each other; the moment of their start tells
 * them apart. */
static uint32_t find_session(const struct lw_worklog *w, int64_t start_ms)
{
    uint32_t found = LW_WORK_NO_SITTING;
    int64_t least = LW_WORK_JUMP_MS;
    for (size_t i = w->nsittings; i-- > 0;) {
        int64_t far = distance(w->sitting[i].start_ms, start_ms);
        if (w->sitting[i].exact && far < least) {
            found = (uint32_t)i;
            least = far;
        }
    }
    return found;
}

static bool goes_on(const struct lw_worklog *w, uint32_t sitting, const struct facts *f)
{
    if (sitting == LW_WORK_NO_SITTING)
        return false;
    const struct sums *s = &w->session[sitting].sums;
    return f->sums.elapsed >= s->elapsed && f->sums.worked >= s->worked;
}

/* The session of an event with sums; one whose start is lost begins with it. */
static uint32_t exact_session(
    struct lw_worklog *w, const struct lw_event *e, const struct facts *f, enum lw_work_kind kind)
{
    uint32_t same = w->open;
    if (kind == LW_WORK_START)
        return add_session(w, e, f);
    if (f->origin || !goes_on(w, same, f))
        same = find_session(w, e->time_ms - f->sums.elapsed);
    return goes_on(w, same, f) ? same : add_session(w, e, f);
}

/* Labels by `record` have no clocks, and belong to no session. */
static uint32_t session_of(
    struct lw_worklog *w, const struct lw_event *e, const struct facts *f, enum lw_work_kind kind)
{
    if (f->exact)
        return exact_session(w, e, f, kind);
    if (kind == LW_WORK_START)
        return add_session(w, e, f);
    bool by_script = (kind == LW_WORK_LABEL || kind == LW_WORK_SKIP) && f->wall == 0;
    if (w->open == LW_WORK_NO_SITTING || w->sitting[w->open].exact || by_script)
        return LW_WORK_NO_SITTING;
    return w->open;
}

/* Each session has its own: a merge may bring two of them between each other. */
static void take_zone(struct lw_worklog *w, uint32_t sitting, const struct facts *f)
{
    size_t len;
    const char *zone = lw_member_plain(&f->zone, &len);
    if (sitting == LW_WORK_NO_SITTING)
        return;
    if (zone && lw_zone_parse(zone, len, &w->session[sitting].zone_s))
        w->has_zone = true;
    w->zone_s = w->session[sitting].zone_s;
}

static void note_jump(struct lw_work_sitting *sitting, int64_t jump_ms)
{
    if (jump_ms >= LW_WORK_JUMP_MS)
        sitting->forward_ms += jump_ms;
    else if (jump_ms <= -LW_WORK_JUMP_MS)
        sitting->back_ms -= jump_ms;
}

/* ---- intervals */

static int64_t rest(int64_t now, int64_t before)
{
    return now > before ? now - before : 0;
}

static void take_exact(struct lw_worklog *w, struct lw_work *to, const struct facts *f)
{
    struct lw_work_sitting *sitting = &w->sitting[to->sitting];
    struct session *session = &w->session[to->sitting];
    struct sums *s = &session->sums;
    to->elapsed_ms = f->sums.elapsed - s->elapsed;
    to->worked_ms = f->sums.worked - s->worked;
    to->guidelines_ms = rest(f->sums.guidelines, s->guidelines);
    to->suspended_ms = rest(f->sums.suspended, s->suspended);
    note_jump(sitting, to->time_ms - session->time_ms - to->elapsed_ms);
    *s = f->sums;
    sitting->end_ms = sitting->start_ms + s->elapsed;
    sitting->worked_ms = s->worked;
    sitting->exact = true;
}

static void take_old(struct lw_worklog *w, struct lw_work *to, const struct facts *f)
{
    struct lw_work_sitting *sitting = &w->sitting[to->sitting];
    to->elapsed_ms = to->kind == LW_WORK_TALK ? 0 : f->wall; /* the label's has it too */
    if (to->kind == LW_WORK_LABEL || to->kind == LW_WORK_SKIP)
        to->worked_ms = f->active;
    sitting->worked_ms += to->worked_ms;
    if (to->time_ms > sitting->end_ms)
        sitting->end_ms = to->time_ms;
}

static void take_time(struct lw_worklog *w, struct lw_work *to, const struct facts *f)
{
    if (to->sitting == LW_WORK_NO_SITTING)
        return;
    struct lw_work_sitting *sitting = &w->sitting[to->sitting];
    if (f->exact)
        take_exact(w, to, f);
    else
        take_old(w, to, f);
    w->session[to->sitting].time_ms = to->time_ms;
    sitting->last = to->seq;
    sitting->begun = sitting->begun || to->kind == LW_WORK_START;
    sitting->stopped = sitting->stopped || to->kind == LW_WORK_STOP;
    w->open = to->kind == LW_WORK_STOP ? LW_WORK_NO_SITTING : to->sitting;
}

/* ---- labels that count no more */

static uint32_t *slot_of(const struct lw_worklog *w, uint64_t task)
{
    size_t at = slot_at(w, task);
    while (w->slot[at] && w->event[w->slot[at] - 1].task != task)
        at = (at + 1) & (w->cap_slots - 1);
    return &w->slot[at];
}

static void grow_slots(struct lw_worklog *w)
{
    uint32_t *old = w->slot;
    size_t n = w->cap_slots;
    w->cap_slots = n ? n * 4 : 4096;
    w->slot = lw_alloc(w->cap_slots * sizeof *w->slot);
    for (size_t i = 0; i < n; i++)
        if (old[i])
            *slot_of(w, w->event[old[i] - 1].task) = old[i];
    free(old);
}

/* The newest of the task that was not undone counts, and no other. */
static void settle(struct lw_worklog *w, uint32_t newest)
{
    bool counts = true;
    for (uint32_t at = newest; at; at = w->event[at - 1].before) {
        struct lw_work *label = &w->event[at - 1];
        label->replaced = !label->undone && !counts;
        if (!label->undone && !counts)
            return; /* it and those before it were replaced already, or are now */
        counts = counts && label->undone;
    }
}

static void enter_label(struct lw_worklog *w, struct lw_work *label)
{
    if (w->ntasks * 2 >= w->cap_slots)
        grow_slots(w);
    uint32_t *slot = slot_of(w, label->task);
    w->ntasks += *slot == 0;
    label->before = *slot;
    *slot = (uint32_t)(label - w->event) + 1;
    if (label->before)
        settle(w, *slot);
}

const struct lw_work *lw_worklog_find(const struct lw_worklog *w, uint64_t seq)
{
    size_t low = 0, high = w->n;
    while (!w->unordered && low < high) {
        size_t mid = low + (high - low) / 2;
        if (w->event[mid].seq < seq)
            low = mid + 1;
        else
            high = mid;
    }
    for (size_t i = low; i < w->n; i++)
        if (w->event[i].seq == seq)
            return &w->event[i];
        else if (!w->unordered)
            break;
    return NULL;
}

/* Where the copy that was merged has labeled a task too, but earlier, a merge records the label
 * here once more: its time has been counted. */
static const struct lw_work *repeated(
    struct lw_worklog *w, const struct facts *f, uint64_t task, int64_t time_ms)
{
    const struct lw_work *first = f->origin ? lw_worklog_find(w, f->origin) : NULL;
    bool same = first && first->time_ms == time_ms && first->task == task && task;
    return same ? first : NULL;
}

static void undo(struct lw_worklog *w, uint64_t seq)
{
    const struct lw_work *found = lw_worklog_find(w, seq);
    struct lw_work *label = found ? &w->event[found - w->event] : NULL;
    if (!label || label->undone || (label->kind != LW_WORK_LABEL && label->kind != LW_WORK_SKIP))
        return;
    label->undone = true;
    label->replaced = false;
    if (label->task)
        settle(w, *slot_of(w, label->task));
    if (label->sitting == LW_WORK_NO_SITTING || w->sitting[label->sitting].exact)
        return;
    w->sitting[label->sitting].worked_ms -= label->worked_ms; /* the next label has it */
    label->worked_ms = label->elapsed_ms = 0;
}

/* ---- the fold */

static struct lw_work *add_event(struct lw_worklog *w)
{
    if (w->n == w->cap) {
        w->cap = w->cap ? w->cap * 2 : 1024;
        w->event = lw_grow(w->event, w->cap, sizeof *w->event);
    }
    return &w->event[w->n++];
}

/* `as`: has the session and the local time already; NULL: find them. */
static void take_session(struct lw_worklog *w, const struct lw_event *e, const struct facts *f,
    const struct lw_work *as, struct lw_work *to)
{
    if (as) {
        to->sitting = as->sitting;
        to->zone_s = as->zone_s;
        return;
    }
    to->sitting = session_of(w, e, f, to->kind);
    take_zone(w, to->sitting, f);
    to->zone_s = w->zone_s;
    take_time(w, to, f);
}

void lw_worklog_fold(struct lw_worklog *w, const struct lw_event *e)
{
    lw_worklog_fold_with(w, e, NULL, NULL);
}

void lw_worklog_fold_with(
    struct lw_worklog *w, const struct lw_event *e, lw_member_reader *each, void *ctx)
{
    enum lw_work_kind kind;
    struct facts f = read_facts(w, e, each, ctx);
    if (!kind_of(e, &f, &kind) || w->n == UINT32_MAX - 1)
        return;
    bool label = kind == LW_WORK_LABEL || kind == LW_WORK_SKIP;
    struct lw_work new = {.seq = e->seq,
        .task = f.task,
        .time_ms = e->time_ms,
        .kind = kind,
        .active_ms = label ? f.active : 0,
        .wall_ms = label || kind == LW_WORK_BREAK ? f.wall : 0};
    w->unordered = w->unordered || (w->n > 0 && w->event[w->n - 1].seq >= e->seq);
    take_session(w, e, &f, label ? repeated(w, &f, new.task, new.time_ms) : NULL, &new);
    struct lw_work *to = add_event(w);
    *to = new;
    if (label && to->task)
        enter_label(w, to);
    if (kind == LW_WORK_UNDO)
        undo(w, f.of);
}
