/* Where the answers to a task's questions stand: a place for each, on one page or on several, which
 * is the same from the first key to the last. Pure: knows sizes, no texts and no answers. */
#ifndef LABELWRIGHT_TUI_VIEW_ANSWER_PLACES_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_ANSWER_PLACES_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

/* One answer: "Label* answer", with a column before it for the mark of the focused one. */
struct lw_answer_cell {
    size_t question;
    int item;  /* response; LW_CELL_ALONE; LW_CELL_ITEMS: whichever turn, step or span is asked
                  about */
    int label; /* columns of its label, with the mark of required ones */
    int least, need; /* columns of its answer: at least, and of the longest one */

    /* found by lw_answers_place() */
    int page, row, col;
    int label_room, room; /* columns for the label, 0: it stands above; and for the answer */
    int title_row;  /* -1: its label stands beside it; else above, in this row of the page … */
    int title_room; /* … in so many columns */
    int letter_col; /* where the letter of its response stands; -1: not before this cell */
};

enum { LW_CELL_ALONE = -1, LW_CELL_ITEMS = -2 };

/* Cells in a row, or those about the responses: of `responses` rows with as many cells each. From
 * three on the labels stand above the columns, and letters before the rows. */
struct lw_answer_block {
    size_t first, n;
    int responses; /* 0: about none, or the only one */
    bool new_page;
};

struct lw_answer_room {
    int cols;
    int rows;       /* of a page, at most … */
    int table_rows; /* … and of one with a table of three or more responses … */
    int fold_rows;  /* … which goes on beside itself when it has more rows than that */
};

/* Places all cells one below the other on one page, in so many columns; returns their rows. */
int lw_answers_list(struct lw_answer_cell *cell, size_t n, int cols);

/* Places all cells; the blocks are in the order of the cells and have all of them. Returns how many
 * pages that takes, and the rows of the largest. */
int lw_answers_place(struct lw_answer_cell *cell, const struct lw_answer_block *block,
    size_t nblocks, struct lw_answer_room room, int *rows);

#endif
