/* What was uncovered of tasks with a tag that counts, and for how long. A front end says what it
 * shows; here are the sums since the session's start, which go to the journal in events of their
 * own that nobody is sent: so no undone label and no leaving without one loses any, and nothing
 * counts twice. Time counts as work does: from key to key, up to the idle limit, awake. Which tasks
 * are hidden is hiding.c's. */
#include "sitting/sitting_internal.h"

#include <stdlib.h>
#include <string.h>

enum { TELL_MS = 5 * 60 * 1000 };

/* ---- the sums */

static size_t find_sum(const struct lw_seeing *g, const char *tag)
{
    size_t i = 0;
    while (i < g->nsums && strcmp(g->sum[i].tag, tag) != 0)
        i++;
    return i;
}

/* That of the tag; of all tags for which there is no room, "other". */
static size_t sum_of(struct lw_seeing *g, const char *tag)
{
    size_t i = find_sum(g, tag);
    if (i == g->nsums && (i >= LW_SEEN_TAGS - 1 || strlen(tag) > LW_SEEN_TAG_MAX))
        i = find_sum(g, tag = LW_SEEN_OTHER);
    if (i == g->nsums)
        g->sum[g->nsums++] = (struct lw_seen_sum){.tag = lw_strdup(tag)};
    return i;
}

static void count_for(struct lw_seeing *g, const char *tag)
{
    size_t sum = sum_of(g, tag);
    for (size_t i = 0; i < g->nof; i++)
        if (g->of[i] == sum)
            return;
    g->of[g->nof++] = sum;
}

static void find_sums(struct lw_sitting *s)
{
    struct lw_seeing *g = &s->seeing;
    const struct lw_task *t = s->view.task;
    g->nof = 0;
    g->at = SIZE_MAX;
    g->show = s->view.show_count;
    for (size_t i = 0; i < t->ntags; i++)
        if (lw_hiding_counts(s, t->tag[i]))
            count_for(g, t->tag[i]);
    if (t->ntags == 0 && lw_hiding_counts(s, LW_SEEN_UNTAGGED))
        count_for(g, LW_SEEN_UNTAGGED);
}

void lw_seen_start(struct lw_sitting *s)
{
    lw_seen_fini(s);
    s->seeing.told_at = lw_clock_boot_ms(s->view.opts.sys);
}

void lw_seen_fini(struct lw_sitting *s)
{
    for (size_t i = 0; i < s->seeing.nsums; i++)
        free(s->seeing.sum[i].tag);
    free(s->seeing.task);
    s->seeing = (struct lw_seeing){.at = SIZE_MAX};
}

const struct lw_seen_sum *lw_sitting_seen(const struct lw_sitting *s, size_t *n)
{
    *n = s->seeing.nsums;
    return s->seeing.sum;
}

/* ---- what the journal has of it */

size_t lw_seen_untold(const struct lw_sitting *s, struct lw_seen_sum to[LW_SEEN_TAGS])
{
    size_t n = 0;
    for (size_t i = 0; i < s->seeing.nsums; i++) {
        const struct lw_seen_sum *now = &s->seeing.sum[i], *told = &s->seeing.told[i];
        to[n] = (struct lw_seen_sum){now->tag, now->ms - told->ms, now->tasks - told->tasks,
            now->characters - told->characters, now->pictures - told->pictures};
        n += to[n].ms > 0 || to[n].tasks > 0 || to[n].characters > 0 || to[n].pictures > 0;
    }
    return n;
}

json_t *lw_seen_event(const struct lw_sitting *s, bool must, const char *zone)
{
    struct lw_seen_sum untold[LW_SEEN_TAGS];
    if (!must && lw_clock_boot_ms(s->view.opts.sys) - s->seeing.told_at < TELL_MS)
        return NULL;
    size_t n = lw_seen_untold(s, untold);
    return n > 0 ? lw_event_own_seen(untold, n, zone) : NULL;
}

void lw_seen_told(struct lw_sitting *s)
{
    memcpy(s->seeing.told, s->seeing.sum, sizeof s->seeing.told);
    s->seeing.told_at = lw_clock_boot_ms(s->view.opts.sys);
}

/* ---- time */

void lw_seen_touch(struct lw_sitting *s, bool works)
{
    struct lw_seeing *g = &s->seeing;
    int64_t now = lw_clock_mono_ms(s->view.opts.sys);
    for (size_t i = 0; g->visible && works && i < g->nof; i++)
        g->sum[g->of[i]].ms += now - g->since;
    g->since = now;
}

/* What is on the screen changes without a key: by a reply that comes, or when the terminal goes. */
static bool is_at_work(const struct lw_sitting *s)
{
    return !s->view.paused &&
           lw_clock_boot_ms(s->view.opts.sys) - s->key_at <= s->view.opts.idle_ms;
}

void lw_seen_leave(struct lw_sitting *s)
{
    if (s->seeing.visible)
        lw_seen_touch(s, is_at_work(s));
    s->seeing.visible = false;
    s->seeing.show = 0;
}

/* ---- what a front end shows */

static struct lw_seen_task *find_task(struct lw_seeing *g, uint64_t key)
{
    for (g->at = 0; g->at < g->ntasks; g->at++)
        if (g->task[g->at].task == key)
            return &g->task[g->at];
    if ((g->ntasks & (g->ntasks - 1)) == 0) /* a power of two is full */
        g->task = lw_grow(g->task, g->ntasks ? 2 * g->ntasks : 1, sizeof *g->task);
    g->task[g->ntasks++] = (struct lw_seen_task){.task = key};
    for (size_t i = 0; i < g->nof; i++)
        g->sum[g->of[i]].tasks++;
    return &g->task[g->at];
}

static uint64_t raise(uint64_t *most, uint64_t now)
{
    uint64_t more = now > *most ? now - *most : 0;
    *most += more;
    return more;
}

static void add_texts(struct lw_sitting *s, struct lw_uncovered now)
{
    struct lw_seeing *g = &s->seeing;
    struct lw_seen_task *t = g->at == SIZE_MAX ? find_task(g, s->view.task->key) : &g->task[g->at];
    uint64_t characters = raise(&t->characters, now.characters);
    uint64_t pictures = raise(&t->pictures, now.pictures);
    for (size_t i = 0; i < g->nof; i++) {
        g->sum[g->of[i]].characters += characters;
        g->sum[g->of[i]].pictures += pictures;
    }
}

void lw_sitting_note_uncovered(struct lw_sitting *s, struct lw_uncovered now)
{
    struct lw_seeing *g = &s->seeing;
    if (!s->view.task)
        return;
    if (g->show != s->view.show_count)
        find_sums(s);
    if (g->nof == 0)
        return;
    if (g->visible != now.visible)
        lw_seen_touch(s, is_at_work(s));
    g->visible = now.visible;
    if (now.visible)
        add_texts(s, now);
}
