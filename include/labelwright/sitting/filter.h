/* Which tasks are so: done, flagged, marked, or with certain answers. A sift goes through the tasks
 * in the order they are shown, a little at a time, so that keys need not wait: what only the ledger
 * must tell costs nanoseconds a task, what a label or a record must tell is read from the disk. */
#ifndef LABELWRIGHT_SITTING_FILTER_H
#define LABELWRIGHT_SITTING_FILTER_H

#include "labelwright/sitting/sitting.h"

/* Id, name to type, words for it. The last one has no name: its tests are typed. */
#define LW_LIST_FILTERS(X)                                                                         \
    X(ALL, "all", "all")                                                                           \
    X(OPEN, "open", "still to label")                                                              \
    X(DONE, "done", "done")                                                                        \
    X(SKIPPED, "skipped", "skipped")                                                               \
    X(FLAGGED, "flagged", "flagged")                                                               \
    X(CHANGED, "changed", "changed since they were labeled")                                       \
    X(DRAFT, "draft", "with a draft")                                                              \
    X(PARKED, "parked", "refused by the endpoint")                                                 \
    X(MARKED, "marked", "marked")                                                                  \
    X(ANSWERS, NULL, "")

enum lw_list_filter {
#define X(id, name, words) LW_LIST_##id,
    LW_LIST_FILTERS(X)
#undef X
        LW_LIST_FILTER_COUNT
};

/* Zero-initialise: all tasks. */
struct lw_filter {
    enum lw_list_filter filter;
    struct lw_tests tests; /* of ANSWERS; kept when the filter changes */
    char *typed;           /* these, as they were typed */
    struct lw_keys keys;   /* of DRAFT and PARKED, as they were at the start */
    uint32_t *match;       /* tasks found, by their place in the order; not for ALL */
    size_t n, cap;
    size_t next; /* the first task that was not looked at */
};

/* What was typed: a name of the table above, or tests of answers (answers.h); empty is ALL. LW_EBAD
 * says what is wrong, and the sift is as it was. Starts anew. */
enum lw_code lw_filter_read(
    struct lw_filter *f, const struct lw_sitting *s, const char *typed, struct lw_err *err);

/* The next filter that can find anything in this project, or the one before (by -1). Starts anew.
 */
void lw_filter_turn(struct lw_filter *f, const struct lw_sitting *s, int by);

/* Forgets what was found. The filter stays. */
void lw_filter_start(struct lw_filter *f, const struct lw_sitting *s);

/* Looks at more tasks, for about two milliseconds. More may be left when more tasks are indexed. */
void lw_filter_step(struct lw_filter *f, const struct lw_sitting *s);
bool lw_filter_more(const struct lw_filter *f, const struct lw_sitting *s);

/* How many tasks are listed so far, and the i-th of them. */
size_t lw_filter_count(const struct lw_filter *f, const struct lw_sitting *s);
size_t lw_filter_at(const struct lw_filter *f, size_t i);
/* The first listed one that is `nth` or behind it; lw_filter_count() when there is none. */
size_t lw_filter_find(const struct lw_filter *f, const struct lw_sitting *s, size_t nth);

/* Looks for a task whose id or texts hold the needle, whatever the case, from the `*i`-th listed
 * one on, for about two milliseconds. True when the `*i`-th is one; else it was not looked at yet,
 * or is none. */
bool lw_filter_search(
    const struct lw_filter *f, const struct lw_sitting *s, const char *needle, size_t n, size_t *i);

/* "still to label", or the tests as they were typed. */
const char *lw_filter_describe(const struct lw_filter *f);
const char *const *lw_filter_names(void); /* NULL-terminated */

void lw_filter_fini(struct lw_filter *f);

#endif
