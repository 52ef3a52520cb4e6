/* A report in words. Each figure comes with what it was counted from, what chance would give and an
 * interval; what follows from it is said in one of a few sentences, never about the person. */
#include "labelwright/insight/insight_text.h"

#include "labelwright/base/date.h"
#include "labelwright/text/wrap.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_COLS = 14, INDENT = 2, COLS_LEAST = 40, WEEKS_SHOWN = 12, HOURS_SHOWN = 12 };

struct page {
    const struct lw_insight_report *r;
    const struct lw_task_names *names;
    struct lw_buf *to;
    int cols;
};

/* ---- numbers */

static void add_ms(struct lw_buf *to, double ms)
{
    if (ms < 9950)
        lw_buf_fmt(to, "%.1f s", ms / 1000);
    else if (ms < 119500)
        lw_buf_fmt(to, "%.0f s", ms / 1000);
    else if (ms < 7170000)
        lw_buf_fmt(to, "%.0f min", ms / 60000);
    else
        lw_buf_fmt(to, "%.1f h", ms / 3600000);
}

static void add_day(struct lw_buf *to, int32_t day)
{
    char text[LW_DATE_MAX];
    lw_date_format(day, text);
    lw_buf_str(to, text);
}

static void add_share(struct lw_buf *to, const struct lw_share *s)
{
    lw_buf_fmt(to, "%.0f %%; by chance %.0f %%; 95 %% interval %.0f to %.0f %% (Wilson)",
        100 * (double)s->k / (double)s->n, 100 * s->chance, 100 * s->at95.low, 100 * s->at95.high);
}

static const char *plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

/* ---- lines */

/* The label, and beside it the text wrapped; a label that is too long has a line of its own. */
static void add_item(struct page *p, const char *label, const char *text)
{
    struct lw_wrap w = {0};
    int from = INDENT + LABEL_COLS, room = p->cols - from;
    size_t n = strlen(label);
    lw_buf_fmt(p->to, "%*s%s", INDENT, "", label);
    if (n >= LABEL_COLS) {
        lw_buf_char(p->to, '\n');
        n = 0;
        lw_buf_fmt(p->to, "%*s", INDENT, "");
    }
    lw_buf_fmt(p->to, "%*s", LABEL_COLS - (int)n, "");
    char *masked = lw_strdup(text);
    for (char *at = masked; (at = strstr(at, " %"));)
        *at = '_'; /* a number keeps its sign */
    lw_wrap_text(&w, masked, strlen(masked), room);
    free(masked);
    for (size_t i = 0; i < w.n; i++) {
        lw_buf_fmt(p->to, "%*s", i ? from : 0, "");
        lw_buf_add(p->to, text + w.v[i].start, w.v[i].end - w.v[i].start);
        lw_buf_char(p->to, '\n');
    }
    lw_wrap_fini(&w);
}

static void add_heading(struct page *p, const char *text)
{
    lw_buf_fmt(p->to, "\n%s\n", text);
}

static const char *sentence(enum lw_chance c)
{
    static const char *const words[] = {
        [LW_CHANCE_NO_DATA] = " No data.",
        [LW_CHANCE_SMALL] = " A small sample (fewer than 30): no conclusion.",
        [LW_CHANCE_EXPLAINS] = " Chance explains it.",
        [LW_CHANCE_SELDOM] = " Chance gives as much in fewer than 5 of 100 cases: worth a look.",
        [LW_CHANCE_HARDLY] = " Chance gives as much in fewer than 1 of 1,000 cases.",
    };
    return words[c];
}

const char *lw_chance_name(enum lw_chance c)
{
    static const char *const names[] = {
        [LW_CHANCE_NO_DATA] = "no data",
        [LW_CHANCE_SMALL] = "small sample",
        [LW_CHANCE_EXPLAINS] = "chance explains it",
        [LW_CHANCE_SELDOM] = "chance gives it in fewer than 5 of 100 cases",
        [LW_CHANCE_HARDLY] = "chance gives it in fewer than 1 of 1,000 cases",
    };
    return names[c];
}

/* ---- position */

static void add_ties(struct lw_buf *to, uint64_t ties, const char *what)
{
    if (ties > 0)
        lw_buf_fmt(to, "; %" PRIu64 " %s%s left out", ties, what, plural(ties));
}

static void add_winners(const struct lw_position_bias *b, struct lw_buf *to)
{
    const struct lw_share *s = &b->first;
    bool rank = b->type == LW_Q_RANK;
    if (s->n == 0) {
        lw_buf_fmt(to, "Only ties: %" PRIu64, b->ties);
    } else {
        lw_buf_fmt(to, "%" PRIu64 " of %" PRIu64 " times A %s, ", s->k, s->n,
            rank ? "was ranked first" : "won");
        add_share(to, s);
        add_ties(to, b->ties, "tie");
    }
    lw_buf_fmt(to, ".%s", sentence(b->verdict));
}

static void add_ratings(const struct lw_position_bias *b, struct lw_buf *to)
{
    const struct lw_mean *m = &b->difference;
    lw_buf_fmt(to,
        "A is rated %+.2f against the other%s, mean of %" PRIu64
        " task%s; by chance 0; 95 %% interval %+.2f to %+.2f (%s). Means:",
        m->mean, b->places > 2 ? "s" : "", m->n, plural(m->n), m->at95.low, m->at95.high,
        m->bootstrap ? "bootstrap" : "normal");
    for (size_t i = 0; i < b->places; i++)
        lw_buf_fmt(to, "%s %c %.2f", i ? "," : "", (char)('A' + i), b->by_place[i]);
    lw_buf_fmt(to, ".%s", sentence(b->verdict));
}

static void add_positions(struct page *p)
{
    const struct lw_insight_report *r = p->r;
    add_heading(p, "Position: does it matter which response is shown first?");
    for (size_t i = 0; i < r->npositions; i++) {
        struct lw_buf text = {0};
        if (r->position[i].type == LW_Q_RATING)
            add_ratings(&r->position[i], &text);
        else
            add_winners(&r->position[i], &text);
        add_item(p, r->position[i].question, text.data);
        lw_buf_fini(&text);
    }
    if (r->npositions == 0)
        add_item(p, "", "No data: no label compares, ranks or rates responses beside each other.");
    else if (r->fixed_order)
        add_item(p, "",
            "This project shows responses in the order of its files: a place may also win by what "
            "stands there.");
}

/* ---- runs */

static void add_longest(struct page *p, const struct lw_answer_runs *a)
{
    struct lw_buf text = {0};
    if (a->longest < 2) {
        add_item(p, "longest run", "No two labels after each other have the same answers.");
        return;
    }
    lw_buf_fmt(&text, "%" PRIu64 " labels with the same answers (%s), ", a->longest, a->answer);
    p->names->add(p->names->ctx, &a->from, &text);
    lw_buf_str(&text, " to ");
    p->names->add(p->names->ctx, &a->to, &text);
    lw_buf_fmt(&text, ". In another order your %" PRIu64 " labels have ", a->n);
    if (a->by_chance >= 0.1)
        lw_buf_fmt(&text, "%.1f such runs on average", a->by_chance);
    else if (a->by_chance >= 0.0005)
        lw_buf_fmt(&text, "one in at most %.1f %% of cases", 100 * a->by_chance);
    else
        lw_buf_str(&text, "one in less than 0.1 % of cases");
    if (a->usual > 1)
        lw_buf_fmt(&text, ", and one of %" PRIu64 " in at most 5 %%", a->usual);
    lw_buf_fmt(&text, ".%s", sentence(a->longest_verdict));
    if (a->longest_verdict >= LW_CHANCE_SELDOM)
        lw_buf_str(&text, " Tasks of one kind after each other can do that, too.");
    add_item(p, "longest run", text.data);
    lw_buf_fini(&text);
}

static void add_typical(struct page *p, const struct lw_answer_runs *a)
{
    double n = (double)a->n, most = a->expected + LW_Z_95 * a->sd;
    double least = a->expected - LW_Z_95 * a->sd;
    struct lw_buf text = {0};
    lw_buf_fmt(&text,
        "%.2f labels, %" PRIu64 " labels in %" PRIu64
        " runs; in another order %.2f, 95 %% of orders %.2f to %.2f (Wald-Wolfowitz).%s",
        n / (double)a->runs, a->n, a->runs, n / a->expected, n / (most > n ? n : most),
        n / (least < 1 ? 1 : least), sentence(a->runs_verdict));
    add_item(p, "mean run", text.data);
    lw_buf_fini(&text);
}

static void add_top(struct page *p, const struct lw_top_answer *t)
{
    struct lw_buf text = {0};
    lw_buf_fmt(&text,
        "%s: %" PRIu64 " of %" PRIu64 " times, %.0f %%; %" PRIu64 " different answer%s.", t->answer,
        t->k, t->n, 100 * (double)t->k / (double)t->n, t->different, plural(t->different));
    add_item(p, t->question ? t->question : "most often", text.data);
    lw_buf_fini(&text);
}

static void add_runs(struct page *p)
{
    const struct lw_answer_runs *a = &p->r->runs;
    add_heading(p, "Runs: how often are answers the same as before?");
    if (a->n == 0) {
        add_item(p, "", "No data: no label has ratings, choices, tags or comparisons.");
        return;
    }
    add_longest(p, a);
    add_typical(p, a);
    for (size_t i = 0; i < p->r->ntop; i++)
        add_top(p, &p->r->top[i]);
}

/* ---- speed */

static void add_outliers(
    struct page *p, const char *label, const struct lw_named_label *v, uint64_t n, double bound_ms)
{
    struct lw_buf text = {0};
    size_t listed = n < LW_OUTLIERS ? (size_t)n : LW_OUTLIERS;
    lw_buf_fmt(&text, "%" PRIu64 " task%s %s ", n, plural(n), *label == 'f' ? "under" : "over");
    add_ms(&text, bound_ms);
    for (size_t i = 0; i < listed; i++) {
        lw_buf_str(&text, i ? ", " : ": ");
        p->names->add(p->names->ctx, &v[i], &text);
        lw_buf_str(&text, " (");
        add_ms(&text, (double)v[i].active_ms);
        lw_buf_str(&text, ")");
    }
    lw_buf_str(&text, n > listed ? ", …" : n ? "" : ".");
    lw_buf_str(&text, n ? ". To see one again: labelwright --task ID PATH." : "");
    add_item(p, label, text.data);
    lw_buf_fini(&text);
}

static void add_speed(struct page *p)
{
    const struct lw_speed *s = &p->r->speed;
    struct lw_buf text = {0};
    add_heading(p, "Speed: which tasks took far more or less time than your others?");
    if (s->n == 0) {
        add_item(p, "", "No data: no label has a time.");
        return;
    }
    add_ms(&text, s->median_ms);
    lw_buf_fmt(&text, " a task, median of %" PRIu64 ". ", s->n);
    if (s->verdict == LW_CHANCE_SMALL)
        lw_buf_str(&text, sentence(LW_CHANCE_SMALL) + 1);
    else if (s->no_spread)
        lw_buf_str(&text, "Half of them or more took the same time: nothing is far from it.");
    else
        lw_buf_str(&text,
            "Far is 3.5 median deviations of the logarithm (1.4826 MAD each): about 1 "
            "task in 2,000 by chance. Long texts take longer: the journal does not "
            "have them.");
    add_item(p, "usual", text.data);
    lw_buf_fini(&text);
    if (s->verdict != LW_CHANCE_EXPLAINS || s->no_spread)
        return;
    add_outliers(p, "fast", s->fast, s->nfast, s->fast_ms);
    add_outliers(p, "slow", s->slow, s->nslow, s->slow_ms);
}

/* ---- drift */

static double tasks_an_hour(double ms)
{
    return ms > 0 ? 3600000 / ms : 0;
}

static void name_row(bool weeks, int32_t at, struct lw_buf *to)
{
    lw_buf_str(to, weeks ? "week of " : "hour ");
    if (weeks)
        add_day(to, at);
    else
        lw_buf_fmt(to, "%d", at + 1);
}

static void add_row(struct page *p, bool weeks, const struct lw_drift_row *row)
{
    const struct lw_mean *t = &row->active_ms, *m = &row->rating;
    struct lw_buf name = {0}, text = {0};
    name_row(weeks, row->at, &name);
    lw_buf_fmt(p->to, "  %-20s", name.data);
    uint64_t n = t->n > m->n ? t->n : m->n;
    lw_buf_fmt(p->to, " %8" PRIu64, n);
    if (t->n > 0)
        lw_buf_fmt(&text, "%.0f (%.0f to %.0f)", tasks_an_hour(t->mean),
            tasks_an_hour(t->at95.high), tasks_an_hour(t->at95.low));
    else
        lw_buf_str(&text, "-");
    lw_buf_fmt(p->to, "   %-20s", text.data);
    if (m->n > 0)
        lw_buf_fmt(p->to, " %.2f (%.2f to %.2f)", m->mean, m->at95.low, m->at95.high);
    while (p->to->len && p->to->data[p->to->len - 1] == ' ')
        p->to->data[--p->to->len] = '\0';
    lw_buf_str(p->to, n < LW_SMALL_SAMPLE ? "  small sample\n" : "\n");
    lw_buf_fini(&name);
    lw_buf_fini(&text);
}

static void add_pair(struct page *p, bool weeks, const struct lw_drift *d, bool pace)
{
    const struct lw_drift_pair *pair = pace ? &d->pace : &d->rating;
    struct lw_buf text = {0};
    if (pair->verdict <= LW_CHANCE_SMALL) {
        lw_buf_fmt(&text, "No two %s with %d tasks each: no conclusion.", weeks ? "weeks" : "hours",
            LW_SMALL_SAMPLE);
    } else {
        const struct lw_drift_row *a = &d->row[pair->first], *b = &d->row[pair->last];
        name_row(weeks, a->at, &text);
        lw_buf_str(&text, " to ");
        name_row(weeks, b->at, &text);
        if (pace)
            lw_buf_fmt(&text, ": %.0f to %.0f tasks an hour", tasks_an_hour(a->active_ms.mean),
                tasks_an_hour(b->active_ms.mean));
        else
            lw_buf_fmt(&text, ": %.2f to %.2f", a->rating.mean, b->rating.mean);
        lw_buf_fmt(&text, "; difference %.1f standard errors (Welch).%s", fabs(pair->z),
            sentence(pair->verdict));
    }
    add_item(p, pace ? "pace" : "mean rating", text.data);
    lw_buf_fini(&text);
}

static void add_drift(struct page *p, bool weeks)
{
    const struct lw_drift *d = weeks ? &p->r->weeks : &p->r->hours;
    size_t most = weeks ? WEEKS_SHOWN : HOURS_SHOWN, first = 0;
    add_heading(p, weeks ? "Weeks: do pace and ratings change?"
                         : "Hours of a session: do pace and ratings change?");
    if (d->n == 0) {
        add_item(p, "", weeks ? "No data." : "No data: no label was given in a session.");
        return;
    }
    lw_buf_fmt(p->to, "  %-20s %8s   %-20s %s%s\n", "", "tasks", "an hour (95 %)",
        p->r->rated ? p->r->rated : "", p->r->rated ? ", mean (95 %)" : "");
    if (weeks && d->n > most)
        first = d->n - most;
    for (size_t i = first; i < d->n && i - first < most; i++)
        add_row(p, weeks, &d->row[i]);
    if (d->n > most)
        lw_buf_fmt(
            p->to, "  (%zu of %zu %s; --json has all)\n", most, d->n, weeks ? "weeks" : "hours");
    add_pair(p, weeks, d, true);
    if (p->r->rated)
        add_pair(p, weeks, d, false);
}

/* ---- again */

static void add_steadiness(struct page *p, const char *label, const struct lw_steadiness *s)
{
    uint64_t n = s->same + s->near + s->other, agreed = s->same + s->near;
    struct lw_buf text = {0};
    bool repeats = s == &p->r->repeats;
    if (n == 0) {
        add_item(
            p, label, repeats ? "No data: no task came again." : "No data: no practice tasks.");
        return;
    }
    lw_buf_fmt(&text, "%" PRIu64 " of %" PRIu64 " answers %s, %.0f %%", agreed, n,
        repeats ? "as the first time" : "as the reference", 100 * (double)agreed / (double)n);
    if (s->near > 0)
        lw_buf_fmt(&text, " (%" PRIu64 " of them nearly)", s->near);
    lw_buf_fmt(&text, "; 95 %% interval %.0f to %.0f %% (Wilson); %" PRIu64 " task%s.%s",
        100 * s->at95.low, 100 * s->at95.high, s->tasks, plural(s->tasks),
        s->verdict == LW_CHANCE_SMALL ? sentence(LW_CHANCE_SMALL) : "");
    add_item(p, label, text.data);
    lw_buf_fini(&text);
}

static void add_again(struct page *p)
{
    add_heading(p, "Again: are the answers the same when they are asked again?");
    add_steadiness(p, "repeats", &p->r->repeats);
    add_steadiness(p, "practice", &p->r->practice);
}

/* ---- all of it */

void lw_insight_text(const struct lw_insight_report *r, const struct lw_task_names *names, int cols,
    struct lw_buf *to)
{
    struct page p = {r, names, to, cols < COLS_LEAST ? COLS_LEAST : cols};
    if (r->labels == 0) {
        lw_buf_str(to, "No labels in these days.\n");
        return;
    }
    lw_buf_fmt(to, "%" PRIu64 " label%s, ", r->labels, plural(r->labels));
    add_day(to, r->first_day);
    if (r->last_day != r->first_day) {
        lw_buf_str(to, " to ");
        add_day(to, r->last_day);
    }
    lw_buf_str(to, ". From your journal alone; nothing is sent.\n");
    add_positions(&p);
    add_runs(&p);
    add_speed(&p);
    add_drift(&p, false);
    add_drift(&p, true);
    add_again(&p);
}
