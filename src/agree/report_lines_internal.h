/* Lines of the report for people, at most LW_REPORT_WIDTH columns, and the tables of a question. */
#ifndef LABELWRIGHT_AGREE_REPORT_LINES_INTERNAL_H
#define LABELWRIGHT_AGREE_REPORT_LINES_INTERNAL_H

#include "labelwright/agree/concordance.h"
#include "labelwright/base/buf.h"

enum { LW_REPORT_WIDTH = 79 };

/* ---- report_lines.c */

/* The text, cleaned, in exactly so many columns; what is too long ends in "…". */
void lw_report_cell(struct lw_buf *to, const char *text, int cols, bool right);
void lw_report_end_line(struct lw_buf *to); /* without the blanks before it */

/* A paragraph; lines after the first are indented. */
void lw_report_wrapped(struct lw_buf *to, const char *text, int indent);
const char *lw_report_plural(uint64_t n); /* "s", or "" for one */

/* The reasons that stand below a table, by the numbers that its cells show. */
struct lw_report_notes {
    enum lw_undefined v[16];
    size_t n;
};
void lw_report_value(
    struct lw_buf *to, const struct lw_figure *f, struct lw_report_notes *notes, int cols);
void lw_report_notes(struct lw_buf *to, const struct lw_report_notes *n);

/* ---- report_tables.c */

void lw_report_options(const struct lw_concordance *a, struct lw_buf *to);
void lw_report_confusions(
    const struct lw_label_set *s, const struct lw_concordance *g, struct lw_buf *to);
uint64_t lw_report_count_differences(const struct lw_concordance *a);
void lw_report_differences(
    const struct lw_label_set *s, const struct lw_concordance *a, uint64_t all, struct lw_buf *to);

#endif
