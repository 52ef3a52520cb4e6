/* Where one annotator's drafts are; shared by draft*.c. */
#ifndef LABELWRIGHT_LEDGER_DRAFT_INTERNAL_H
#define LABELWRIGHT_LEDGER_DRAFT_INTERNAL_H

#include "labelwright/ledger/draft.h"

enum { LW_DRAFTS_NAME = 96 };

/* `of_ours` for journal/, "of_ours-NAME" for journal-NAME/. */
void lw_drafts_name(struct lw_drafts at, const char *of_ours, char to[LW_DRAFTS_NAME]);

/* Opens the drafts folder; with `make`, creates it when missing. */
enum lw_code lw_drafts_open(struct lw_drafts at, bool make, int *fd, struct lw_err *err);

#endif
