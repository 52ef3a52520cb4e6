/* Reads single lines of a journal back, many of them: its files stay open, and where one line
 * follows the other they are read ahead. */
#ifndef LABELWRIGHT_JOURNAL_LINE_READER_H
#define LABELWRIGHT_JOURNAL_LINE_READER_H

#include "labelwright/journal/journal.h"

struct lw_line_reader;

struct lw_line_reader *lw_line_reader_new(const struct lw_journal *j); /* the journal is borrowed */
void lw_line_reader_free(struct lw_line_reader *r);                    /* NULL is fine */

/* What lw_journal_text() does, hash and errors included. */
enum lw_code lw_line_reader_text(
    struct lw_line_reader *r, struct lw_pos pos, struct lw_buf *to, struct lw_err *err);

#endif
