/* The columns that a table of labels needs for its answers: known only when all labels were seen,
 * since each may have an item, a question or a member that none had before. */
#ifndef LABELWRIGHT_EXPORT_CSV_COLUMNS_INTERNAL_H
#define LABELWRIGHT_EXPORT_CSV_COLUMNS_INTERNAL_H

#include "export/export_internal.h"
#include "labelwright/project/question.h"
#include "labelwright/project/task_target.h"

enum { LW_CSV_ITEMS = 100, LW_CSV_TARGETS = LW_ON_SPAN + 1 };

/* The columns for a question's name, in all question blocks that have it. */
struct lw_csv_column {
    char *name;
    size_t len;
    bool plain, strength;
    bool keyed[LW_CSV_TARGETS]; /* one per item of this target: per response, turn, step or span */
};

/* The items of a target that have columns, in the order they were first answered. */
struct lw_csv_items {
    struct lw_csv_item {
        char *id;
        size_t len;
    } v[LW_CSV_ITEMS];
    size_t n;
};

struct lw_csv_columns {
    struct lw_csv_items items[LW_CSV_TARGETS];
    struct lw_csv_column *v; /* those of the current questions first */
    size_t n;
    bool suggested, defaulted; /* some label has the member: only then there is a column */
};

/* Reads those labels that need a column which the ones before did not need. Counts nothing. Errors
 * but damaged lines as lw_export_read(). Zero-initialise `to`; it is the caller's to free also on
 * errors. */
enum lw_code lw_csv_columns_gather(struct lw_export_state *x, const struct lw_submitted *labels,
    size_t n, struct lw_csv_columns *to, struct lw_err *err);
void lw_csv_columns_fini(struct lw_csv_columns *c);

/* The question for an answer whose JSON begins with `first`; NULL when it is unknown or of another
 * kind. */
const struct lw_question *lw_csv_question(
    const struct lw_project *p, const char *name, size_t len, char first);

/* Whether it has an answer for each item. */
bool lw_csv_is_keyed(const struct lw_question *q); /* NULL is not */

#endif
