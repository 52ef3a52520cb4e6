/* What has come of a reply that a model still gives: .labelwright/replies/HASH-ID, the text and
 * nothing else. Written without waiting for the disk: it survives the program, not the machine. */
#ifndef LABELWRIGHT_LEDGER_REPLY_FILE_H
#define LABELWRIGHT_LEDGER_REPLY_FILE_H

#include "labelwright/base/buf.h"
#include "labelwright/ledger/draft.h"

/* `id` names the reply among those of the task: letters and digits. */
enum lw_code lw_reply_append(struct lw_drafts at, const char *task, const char *id,
    const char *bytes, size_t n, struct lw_err *err);

/* Appends what there is to `to`; false when there is none. It may end in half a character. */
bool lw_reply_read(struct lw_drafts at, const char *task, const char *id, struct lw_buf *to);
void lw_reply_remove(struct lw_drafts at, const char *task, const char *id);

#endif
