/* The work in the journals of projects, as what it is paid for (earnings.h): days with their time,
 * and tasks. */
#ifndef LABELWRIGHT_PAY_PAY_WORK_H
#define LABELWRIGHT_PAY_PAY_WORK_H

#include "labelwright/pay/earnings.h"
#include "labelwright/workspace/workspace.h"

struct lw_pay_books;

struct lw_pay_books *lw_pay_books_new(const struct lw_pay_rules *rules); /* borrowed */
void lw_pay_books_free(struct lw_pay_books *b);

/* Adds a project that was opened with its journal (lw_workspace_journal); nothing of it is kept. A
 * project without a journal has no work. LW_EBAD: a filter of a rate that names the project does
 * not fit its questions, or it has a copy of a journal that was added; LW_EIO: the journal cannot
 * be read. */
enum lw_code lw_pay_books_add(
    struct lw_pay_books *b, const struct lw_workspace *w, struct lw_err *err);

/* All of it; call once, when everything was added. Borrowed. */
const struct lw_pay_work *lw_pay_books_close(struct lw_pay_books *b);

/* Whether some journal is damaged: what is sound of it counts. */
bool lw_pay_books_are_damaged(const struct lw_pay_books *b);

/* What is to be told, in words: filters that do not fit a project, damage. Borrowed. */
const char *const *lw_pay_books_notes(const struct lw_pay_books *b, size_t *n);

#endif
