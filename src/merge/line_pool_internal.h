/* All known lines of one journal: from the journal itself, from batches in folders, from copies.
 * Each is identified by its hash, never by its number alone, and follows the line whose hash is its
 * `prev`. So two lines with the same number are two lines, and only receipts later in a line's own
 * chain say where it was sent. */
#ifndef LABELWRIGHT_MERGE_LINE_POOL_INTERNAL_H
#define LABELWRIGHT_MERGE_LINE_POOL_INTERNAL_H

#include "labelwright/journal/journal_read.h"
#include "labelwright/project/project.h"

enum { LW_POOL_TARGETS = 31 /* bits of `sent`; a project has fewer */ };
#define LW_POOL_ELSEWHERE (1u << LW_POOL_TARGETS)

struct lw_pool_line {
    struct lw_journal_line l; /* points into a copy of its own */
    bool here;                /* in the journal itself */
    bool dropped;          /* of a branch that a merge dropped: its labels were copied to the end */
    uint32_t sent, parked; /* bits: by target of the project; LW_POOL_ELSEWHERE: in a file of
                            * lines from elsewhere, a batch or one from the server */
    size_t before;         /* 1 + index of the line that it follows; 0: not known */
};

/* A damaged line of the journal that still shows what it was. */
struct lw_pool_damaged {
    uint64_t seq;
    bool label;
    char *task; /* NULL when unknown */
};

/* Numbers that a receipt covers, when none was missing from its batch. */
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
    struct lw_pool_damaged *damaged;
    size_t ndamaged;
    struct lw_pool_whole *whole;
    size_t nwhole;
    uint64_t highest; /* the highest number that the journal has, or had in damaged lines */
};

bool lw_is_label(enum lw_event_type type);           /* annotate, skip, undo */
bool lw_is_to_send(const struct lw_journal_line *l); /* such a one that is not private */

/* The journal `name` below `dir`. */
enum lw_code lw_pool_journal(
    struct lw_pool *p, const struct lw_sys *sys, int dir, const char *name, struct lw_err *err);

/* Adds another copy, whose lines are not `here`. Returns how many lines of this journal it has. */
size_t lw_pool_copy(struct lw_pool *p, const struct lw_sys *sys, int dir, const char *name);

/* Adds a file of lines, with `sent` set for each. Returns how many lines of this journal it has. */
size_t lw_pool_file(
    struct lw_pool *p, const struct lw_sys *sys, int dir, const char *name, uint32_t sent);

/* Adds all its batches in the project's folder targets. */
void lw_pool_folders(struct lw_pool *p, const struct lw_sys *sys, const struct lw_project *project);

/* Call when all lines are added: links them and reads their receipts. */
void lw_pool_link(struct lw_pool *p, const struct lw_project *project);

/* Whether the event with this number arrived there, even if its line is lost here. */
bool lw_pool_was_whole(const struct lw_pool *p, uint32_t bit, uint64_t seq);

/* Sorts n indices of lines by number; of two lines with one number, the one read first comes first.
 */
void lw_pool_sort(const struct lw_pool *p, size_t *indices, size_t n);

/* The line with this hash; NULL for none. */
struct lw_pool_line *lw_pool_find(const struct lw_pool *p, const char *hash);

/* The task that an annotate or skip line names: new; NULL for none. */
char *lw_pool_task(const struct lw_pool_line *line);

void lw_pool_fini(struct lw_pool *p);

#endif
