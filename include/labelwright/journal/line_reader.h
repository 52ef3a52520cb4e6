/* Reads single lines of a journal back, many of them: its files stay open, and where one line
 * follows the other they are read ahead. */
#ifndef LABELWRIGHT_JOURNAL_LINE_READER_H
#define LABELWRIGHT_JOURNAL_LINE_READER_H

#include "labelwright/journal/journal_line.h"

struct lw_line_reader;

struct lw_line_reader *lw_line_reader_new(const struct lw_journal *j); /* the journal is borrowed */
void lw_line_reader_free(struct lw_line_reader *r);                    /* NULL is fine */

/* The line at a place, checked: it points into the reader and stays until the next call. Errors as
 * lw_journal_text(). */
enum lw_code lw_line_reader_line(
    struct lw_line_reader *r, struct lw_pos pos, struct lw_journal_line *to, struct lw_err *err);

/* The same as lw_journal_line_glance() sees it, unchecked: to learn whether a line is worth
 * checking. False also where it cannot be read. */
bool lw_line_reader_glance(struct lw_line_reader *r, struct lw_pos pos, struct lw_journal_line *to);

#endif
