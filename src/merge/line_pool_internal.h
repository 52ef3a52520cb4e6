/* The lines of one journal, from wherever they are known: the journal itself, batches in folders
 * that it was sent to, copies of it. Each is known by its hash, never by its number alone, and has
 * its place behind the line whose hash its `prev` is: so two lines with one number are two, and
 * what each was sent to is what receipts behind it in its own chain say. */
#ifndef LABELWRIGHT_MERGE_LINE_POOL_INTERNAL_H
#define LABELWRIGHT_MERGE_LINE_POOL_INTERNAL_H

#include "labelwright/journal/journal_walk.h"
#include "labelwright/project/project.h"

enum { LW_POOL_TARGETS = 31 /* bits of `sent`; a project has fewer */ };
#define LW_POOL_ELSEWHERE (1u << LW_POOL_TARGETS)

struct lw_pool_line {
    struct lw_journal_line l; /* points into a copy of its own */
    bool here;                /* in the journal itself */
    bool left;             /* of a branch that a merge left: its labels are here behind the end */
    uint32_t sent, parked; /* bits: by target of the project; LW_POOL_ELSEWHERE: in a file of
                            * lines that somebody has, a batch or what an endpoint gave back */
    size_t before;         /* 1 + index of the line that it follows; 0 for none that is known */
};

/* A damaged line of the journal that still says what it was. */
struct lw_pool_hurt {
    uint64_t seq;
    bool label;
    char *task; /* NULL when it does not say */
};

/* Numbers that a receipt covers, none of which was missing when its batch was cut. */
struct lw_pool_whole {
    uint32_t bit; /* of the target */
    uint64_t first, last;
};

struct lw_pool {
    char id[LW_JOURNAL_ID_HEX];
    struct lw_pool_line *line;
    size_t n, cap;
    uint32_t *slot; /* table: hash -> 1 + index */
    size_t slots;
    struct lw_pool_hurt *hurt;
    size_t nhurt;
    struct lw_pool_whole *whole;
    size_t nwhole;
    uint64_t highest; /* the highest number that the journal has, or had in damaged lines */
};

bool lw_is_label(enum lw_event_type type); /* what a batch becomes due for */

/* The journal `name` below `dir`. */
enum lw_code lw_pool_journal(
    struct lw_pool *p, const struct lw_sys *sys, int dir, const char *name, struct lw_err *err);

/* Another copy, whose lines are not `here`. How many of this journal it holds. */
size_t lw_pool_copy(struct lw_pool *p, const struct lw_sys *sys, int dir, const char *name);

/* A file of lines; `sent` is what it says of them. How many of this journal it holds. */
size_t lw_pool_file(
    struct lw_pool *p, const struct lw_sys *sys, int dir, const char *name, uint32_t sent);

/* All batches of it in the project's folder targets. */
void lw_pool_folders(struct lw_pool *p, const struct lw_sys *sys, const struct lw_project *project);

/* When all are there: ties them, and reads what their receipts say. */
void lw_pool_tie(struct lw_pool *p, const struct lw_project *project);

/* Whether the event of this number arrived there, whatever has become of its line here. */
bool lw_pool_was_whole(const struct lw_pool *p, uint32_t bit, uint64_t seq);

/* The line with this hash; NULL for none. */
struct lw_pool_line *lw_pool_find(const struct lw_pool *p, const char *hash);

/* The task that an annotate or skip line names: new; NULL for none. */
char *lw_pool_task(const struct lw_pool_line *line);

void lw_pool_fini(struct lw_pool *p);

#endif
