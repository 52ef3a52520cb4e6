/* What merge.c, which decides, and merge_write.c, which writes, share. */
#ifndef LABELWRIGHT_MERGE_MERGE_INTERNAL_H
#define LABELWRIGHT_MERGE_MERGE_INTERNAL_H

#include "labelwright/ledger/ledger.h"
#include "labelwright/merge/merge.h"
#include "merge/line_pool_internal.h"

struct lw_merge {
    const struct lw_merge_opts *o;
    struct lw_merge_report *to;
    struct lw_pool pool;
    size_t *trunk; /* indices of the lines that stay, ascending by number */
    size_t ntrunk;
    struct lw_merge_source {
        const char *hash; /* of the line that a copy on the trunk was made from */
        uint64_t seq;     /* the copy's */
    } * source;
    size_t nsources;
    uint64_t *place; /* by line: the number it has in the new journal; 0 for none */
    /* the new journal */
    char folder[80];
    int fd; /* of the folder */
    uint32_t segment;
    struct lw_buf out; /* of the segment that is being filled */
    struct lw_ledger *ledger;
    struct lw_mark last;
};

/* The hash of the line that this one was copied from, or its own: 64 digits. */
const char *lw_merge_origin(const struct lw_pool_line *line);

/* Adds after the trunk what other branches and folders have. */
enum lw_code lw_merge_copies(struct lw_merge *m, struct lw_err *err);
enum lw_code lw_merge_receipts(struct lw_merge *m, struct lw_err *err);
enum lw_code lw_merge_resend(struct lw_merge *m, struct lw_err *err);

/* Writes the new folder line by line, then puts it in place of the old one. */
enum lw_code lw_merge_begin(struct lw_merge *m, struct lw_err *err);
enum lw_code lw_merge_line(struct lw_merge *m, const struct lw_journal_line *l, struct lw_err *err);
enum lw_code lw_merge_event(
    struct lw_merge *m, const json_t *body, int64_t time_ms, struct lw_err *err);
enum lw_code lw_merge_end(struct lw_merge *m, struct lw_err *err);
void lw_merge_drop(struct lw_merge *m); /* deletes an unfinished new folder */

#endif
