/* Filters: which tasks are done, flagged, marked, or have certain answers. A filter goes through
 * the tasks in the order they are shown, a little at a time, so that keys need not wait: a look
 * into the ledger costs nanoseconds a task, a label or a record is read from the disk. */
#ifndef LABELWRIGHT_SITTING_FILTER_H
#define LABELWRIGHT_SITTING_FILTER_H

#include "labelwright/answers/line_tests.h"
#include "labelwright/sitting/sitting.h"

/* Id, name to type, title. The last one has no name: the user types its tests. */
#define LW_LIST_FILTERS(X)                                                                         \
    X(ALL, "all", "all")                                                                           \
    X(OPEN, "open", "open")                                                                        \
    X(DONE, "done", "done")                                                                        \
    X(SKIPPED, "skipped", "skipped")                                                               \
    X(FLAGGED, "flagged", "flagged")                                                               \
    X(CHANGED, "changed", "changed")                                                               \
    X(DRAFT, "draft", "draft")                                                                     \
    X(PARKED, "refused", "refused")                                                                \
    X(MARKED, "marked", "marked")                                                                  \
    X(PRACTICE, "practice", "practice")                                                            \
    X(ANSWERS, NULL, "")

enum lw_list_filter {
#define X(id, name, words) LW_LIST_##id,
    LW_LIST_FILTERS(X)
#undef X
        LW_LIST_FILTER_COUNT
};

/* Zero-initialised: all tasks. */
struct lw_filter {
    enum lw_list_filter filter;
    struct lw_tests tests; /* of ANSWERS; kept when the filter changes */
    char *typed;           /* the tests as typed */
    struct lw_keys keys;   /* of DRAFT and PARKED, as of the start */
    uint32_t *match;       /* matching tasks, by their place in the order; not for ALL */
    size_t n, cap;
    size_t next;                  /* the first task not tested yet */
    struct lw_line_reader *lines; /* while labels are read */
    struct lw_line_tests *line_tests;
    struct lw_search *search; /* while words are looked for: these */
    char *needle;
};

/* Sets the filter from what was typed: a name of the table above, or tests of answers (answers.h);
 * empty is ALL. Restarts. LW_EBAD says what is wrong and changes nothing. */
enum lw_code lw_filter_parse(
    struct lw_filter *f, const struct lw_sitting *s, const char *typed, struct lw_err *err);

/* The next filter that makes sense in this project, or the previous one (by -1). Restarts. */
void lw_filter_cycle(struct lw_filter *f, const struct lw_sitting *s, int by);

/* Restarts: forgets the matches, keeps the filter. */
void lw_filter_restart(struct lw_filter *f, const struct lw_sitting *s);

/* Tests more tasks, for about two milliseconds. There may be more again when the index grows. */
void lw_filter_step(struct lw_filter *f, const struct lw_sitting *s);
bool lw_filter_more(const struct lw_filter *f, const struct lw_sitting *s);

/* How many tasks match so far, and the i-th of them. */
size_t lw_filter_count(const struct lw_filter *f, const struct lw_sitting *s);
size_t lw_filter_at(const struct lw_filter *f, size_t i);
/* The first match that is `nth` or after it; lw_filter_count() for none. */
size_t lw_filter_find(const struct lw_filter *f, const struct lw_sitting *s, size_t nth);

/* Searches the matches from the `*i`-th on for one whose id or texts contain the needle, ignoring
 * case, for about two milliseconds. True when the `*i`-th does; else `*i` is the next to look at.
 */
bool lw_filter_search(
    struct lw_filter *f, const struct lw_sitting *s, const char *needle, size_t n, size_t *i);

/* "open", or the tests as typed. */
const char *lw_filter_describe(const struct lw_filter *f);
const char *const *lw_filter_names(void); /* NULL-terminated */

void lw_filter_fini(struct lw_filter *f);

#endif
