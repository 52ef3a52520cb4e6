/* What the files of this room share: the labels as they were folded, and the sections of a report.
 */
#ifndef LABELWRIGHT_INSIGHT_INSIGHT_INTERNAL_H
#define LABELWRIGHT_INSIGHT_INSIGHT_INTERNAL_H

#include "labelwright/answers/agreement.h"
#include "labelwright/base/buf.h"
#include "labelwright/insight/insight.h"
#include "labelwright/json/json_members.h"

#define LW_NO_PATTERN UINT32_MAX

/* A block of questions as it was asked. */
struct lw_asked_block {
    char sha256[LW_SHA256_HEX];
    struct lw_project *project; /* NULL: this version does not know what it asks */
    uint32_t *question;         /* of each of its questions the place in the table; UINT32_MAX: its
                                   answers are not looked at */
};

struct lw_asked_question {
    char *name;
    enum lw_qtype type;
    enum lw_target on;
};

/* An answer, once for all labels that have it. */
struct lw_given {
    char *text; /* for people */
    uint32_t question;
    /* rating: the number. compare, rank: the place that won, from 1; 0 tied, -1 it cannot be told
     */
    int64_t number;
};

/* An answer of a label: which, and about which place: 0 where the target stands alone, else from 1
 * in the order shown, or as the answers name them. */
struct lw_mark_given {
    uint32_t given;
    uint32_t place;
};

/* One annotate event. */
struct lw_label_facts {
    uint64_t seq, record;
    struct lw_pos pos;
    size_t first;     /* its marks begin here … */
    uint32_t n;       /* … so many */
    uint32_t shown;   /* responses in its order; 0 when nothing was shown */
    uint32_t pattern; /* all its answers together; LW_NO_PATTERN for none */
    uint32_t asked;   /* the block; UINT32_MAX: it is not known */
};

/* Hashes to numbers from 0. */
struct lw_interned {
    uint64_t *hash; /* by number */
    uint32_t *slot; /* 1 + number; 0 is free */
    size_t n, cap, cap_slots;
};
uint32_t lw_intern(struct lw_interned *t, uint64_t hash, bool *is_new);
void lw_interned_fini(struct lw_interned *t);

/* A repeat (`of`: the label of the first time), or the first practice label of a task (0). */
struct lw_again {
    uint64_t seq, of;
    struct lw_pos pos;
    int64_t local_ms;
    struct lw_agreement_sum sum; /* of a repeat only once it was compared */
    bool undone;
};

struct lw_insight {
    struct lw_worklog *work;
    struct lw_asked_block *asked;
    size_t nasked, last_asked;
    struct lw_asked_question *question;
    size_t nquestions;
    struct lw_interned given_numbers, pattern_numbers;
    struct lw_given *given;
    uint32_t *pattern_label; /* the first label with it */
    struct lw_label_facts *label;
    size_t nlabels, cap_labels;
    struct lw_mark_given *mark;
    size_t nmarks, cap_marks;
    struct lw_interned practised; /* tasks */
    struct lw_again *again;
    size_t nagain, cap_again;
    struct lw_buf text; /* of the answer that is read */
};

/* Room for one more. */
void *lw_insight_room(void *items, size_t n, size_t *cap, size_t item);

#define LW_HASH_START UINT64_C(0xCBF29CE484222325)
uint64_t lw_insight_hash(uint64_t hash, const void *bytes, size_t n); /* FNV-1a */
uint64_t lw_insight_hash_word(uint64_t hash, uint64_t word);          /* in one step */

/* label_answers.c: adds the marks of the answers to the label, which is the last one. */
struct lw_labeled_text {
    const char *end;                 /* of the event */
    struct lw_member order, answers; /* value is NULL for none */
};
const char *lw_insight_read_answers(/* where they end; NULL: not where they should */
    struct lw_insight *s, struct lw_label_facts *label, const struct lw_labeled_text *from);

/* again.c: folds; those of these days that count, compared */
void lw_insight_fold_repeat(struct lw_insight *s, const struct lw_event *e);
void lw_insight_fold_practice(
    struct lw_insight *s, const struct lw_event *e, const struct lw_member *practice);
void lw_insight_undo_repeat(struct lw_insight *s, const struct lw_event *e);
void lw_insight_each_again(const struct lw_insight *s, const struct lw_journal *j, int32_t from_day,
    int32_t to_day, void (*each)(void *ctx, const struct lw_again *a), void *ctx);

/* "A", "B" … for a place from 1. */
void lw_place_letter(uint32_t place, char to[16]);

/* All answers of the label for people: "quality 4, best A 2"; new. */
char *lw_insight_describe(const struct lw_insight *s, const struct lw_label_facts *label);

/* ---- sections of a report: over the labels that count, in the journal's order */

struct lw_counted {
    const struct lw_insight *s;
    const struct lw_insight_opts *opts;
    struct lw_counted_label {
        const struct lw_label_facts *label;
        const struct lw_work *work;
        int64_t since_start_ms; /* of its session; -1 when it has none */
    } * v;
    size_t n;
};

struct lw_counted lw_counted_labels(
    const struct lw_insight *s, const struct lw_insight_opts *opts); /* free(v) */

void lw_report_positions(const struct lw_counted *c, struct lw_insight_report *r);
void lw_report_runs(const struct lw_counted *c, struct lw_insight_report *r);
void lw_report_top(const struct lw_counted *c, struct lw_insight_report *r);
void lw_report_speed(const struct lw_counted *c, struct lw_insight_report *r);
void lw_report_again(const struct lw_counted *c, struct lw_insight_report *r);
void lw_report_drift(const struct lw_counted *c, struct lw_insight_report *r);

/* Whether the report is to tell about this question. */
bool lw_is_wanted(const struct lw_counted *c, uint32_t question);

struct lw_share lw_share_of(uint64_t k, uint64_t n, double chance);
enum lw_chance lw_chance_of_z(uint64_t n, double z);
struct lw_named_label lw_name_label(const struct lw_counted_label *l);
int32_t lw_work_day(const struct lw_work *w); /* the local day, since 1970 */

#endif
