/* How steady one's own labels are, by the journal alone: whether the place of a response decides,
 * runs of the same answers, tasks far from one's own pace, pace and ratings over the day and over
 * the weeks, the same task labeled twice, practice tasks. For the annotator: it describes figures,
 * and judges nobody. Pure, but for reading the first label of a repeat.
 *
 * Members that it reads, by type (all others are ignored):
 *   questions        "sha256", "questions"
 *   annotate         "questions", "order", "answers", "record"; "practice": "outcome"
 *   repeat           "of", "answers"
 *   undo             "of": a repeat
 * and those of worklog.h.
 *
 * A label counts unless it was undone or replaced. Answers of texts, corrections, spans, boxes and
 * talks are not looked at: no two of them are alike. */
#ifndef LABELWRIGHT_INSIGHT_INSIGHT_H
#define LABELWRIGHT_INSIGHT_INSIGHT_H

#include "labelwright/project/project.h"
#include "labelwright/stats/interval.h"
#include "labelwright/worklog/worklog.h"

struct lw_insight;

struct lw_insight *lw_insight_new(void);
void lw_insight_free(struct lw_insight *s); /* NULL is fine */

/* Every event of the journal, in its order. `e` and its text are borrowed for the call. */
void lw_insight_fold(struct lw_insight *s, const struct lw_event *e);

/* For who does not fold the whole journal: a block of questions that labels name by this hash, as
 * in a questions event. */
void lw_insight_add_questions(struct lw_insight *s, const char *sha256, const json_t *block);

/* The time of the same events. Borrowed. */
const struct lw_worklog *lw_insight_work(const struct lw_insight *s);

/* ---- what the labels of some days say */

/* What chance alone has to do with a figure. */
enum lw_chance {
    LW_CHANCE_NO_DATA,
    LW_CHANCE_SMALL,    /* fewer than LW_SMALL_SAMPLE: nothing is concluded */
    LW_CHANCE_EXPLAINS, /* chance gives as much in 95 of 100 cases, or more often */
    LW_CHANCE_SELDOM,   /* it gives as much in fewer than 5 of 100 … */
    LW_CHANCE_HARDLY    /* … and in fewer than 1 of 1,000 */
};

/* How often something was so: k of n. */
struct lw_share {
    uint64_t k, n;
    double chance; /* the share that chance gives */
    struct lw_interval at95;
    enum lw_chance verdict; /* whether `chance` is within Wilson's interval of 95, of 99.9 % */
};

/* A label that is named: its place in the journal. */
struct lw_named_label {
    uint64_t seq, record; /* `record`: its number in its file, when it was labeled */
    struct lw_pos pos;
    int64_t active_ms;
};

enum { LW_PLACES = 8 }; /* responses A to H: more of them are not told apart */

/* One question about responses that stand beside each other. */
struct lw_position_bias {
    const char *question;
    enum lw_qtype type;
    size_t places; /* how many responses most labels had; LW_PLACES at most */
    /* compare: the first one won, of those not tied. rank: it stood alone in front, of those where
     * one did; by chance the mean of one in so many. Not of ratings. */
    struct lw_share first;
    uint64_t ties; /* left out of it */
    /* ratings: the first one's less the mean of the others' in the same label, and the mean of each
     * place. */
    struct lw_mean difference;
    double by_place[LW_PLACES];
    enum lw_chance verdict;
};

/* The answer that was given most often. */
struct lw_top_answer {
    const char *question; /* NULL: all answers of a label together */
    char *answer;
    uint64_t k, n, different; /* times, of how many, how many answers there are */
};

/* Labels after each other whose answers are all the same. What chance would give: one's own labels
 * in any other order. */
struct lw_answer_runs {
    uint64_t n; /* labels */
    uint64_t runs, longest;
    struct lw_named_label from, to; /* the longest, the first if there are several */
    char *answer;                   /* in the longest */
    double by_chance; /* how many runs as long a shuffled order has on average; no chance of having
                         one exceeds that */
    uint64_t usual;   /* the shortest length of which it has 0.05 or less; 0: there is none */
    double expected;  /* runs in a shuffled order, their mean … */
    double sd;        /* … and deviation (Wald and Wolfowitz, for any number of answers) */
    enum lw_chance longest_verdict, runs_verdict; /* of `longest`, of fewer runs than expected */
};

enum { LW_OUTLIERS = 5 };

/* Tasks that took far more or less time than one's others, by the logarithm of active_ms. */
struct lw_speed {
    uint64_t n;
    double median_ms, fast_ms, slow_ms; /* the bounds: 3.5 robust deviations, 1.4826 MAD each */
    uint64_t nfast, nslow;
    struct lw_named_label fast[LW_OUTLIERS], slow[LW_OUTLIERS]; /* the furthest ones first */
    bool no_spread;         /* half of them or more took the same time: there are no bounds */
    enum lw_chance verdict; /* NO_DATA, SMALL or EXPLAINS, nothing else */
};

/* Hours of a session, or weeks. */
struct lw_drift_row {
    int32_t at; /* the hour, from 0; the week's Monday, in days since 1970 */
    struct lw_mean active_ms, rating;
};

struct lw_drift {
    struct lw_drift_row *row;
    size_t n;
    /* The first and the last row with enough labels: the same time a task? the same ratings? By
     * their difference, divided by its standard error (Welch). */
    struct lw_drift_pair {
        size_t first, last;
        double z;
        enum lw_chance verdict;
    } pace, rating;
};

/* What was asked again. */
struct lw_steadiness {
    uint64_t tasks, same, near, other; /* tasks with answers that can be compared; their answers */
    struct lw_interval at95;           /* of same and near */
    enum lw_chance verdict;            /* NO_DATA, SMALL or EXPLAINS */
};

struct lw_insight_opts {
    int32_t from_day,
        to_day;           /* the first and last local day, since 1970; INT32_MIN, INT32_MAX: all */
    const char *question; /* only this one in positions, top answers and mean ratings; or NULL */
    const struct lw_journal *journal; /* where the first label of a repeat is; NULL: none is looked
                                         at */
    bool fixed_order;                 /* the project shows responses in the order of its files */
};

struct lw_insight_report {
    uint64_t labels;             /* that count, in these days */
    int32_t first_day, last_day; /* of theirs, when there are any */
    bool fixed_order;
    struct lw_position_bias *position;
    size_t npositions;
    struct lw_top_answer *top; /* the first: of all answers together; the others: one a question */
    size_t ntop;
    struct lw_answer_runs runs;
    struct lw_speed speed;
    struct lw_drift hours, weeks;
    struct lw_steadiness repeats, practice;
    const char *rated; /* the question whose ratings they have; NULL for none */
};

/* New. Borrows the names of questions from `s`. */
struct lw_insight_report *lw_insight_report(
    const struct lw_insight *s, const struct lw_insight_opts *opts);
void lw_insight_report_free(struct lw_insight_report *r);

/* Whether some label answers a question of this name. */
bool lw_insight_has_question(const struct lw_insight *s, const char *name);

#endif
