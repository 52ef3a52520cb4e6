/* Drafts: answers typed but not submitted, in .labelwright/drafts/<SHA-256 of the task id>.json.
 * Not the record of work, but a power cut must not lose keystrokes older than a second. */
#ifndef LABELWRIGHT_LEDGER_DRAFT_H
#define LABELWRIGHT_LEDGER_DRAFT_H

#include "labelwright/base/buf.h"
#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"
#include "labelwright/ledger/task_marks.h"

#include <jansson.h>

/* Whose drafts: those of the session that writes this journal. Drafts for journal/ are in drafts/,
 * for journal-NAME/ in drafts-NAME/, so that annotators never see each other's drafts. */
struct lw_drafts {
    const struct lw_sys *sys;
    int dir;             /* the project's folder, open; borrowed */
    const char *journal; /* "journal" or "journal-NAME"; borrowed */
};

/* `draft` is an object, borrowed; its member "task" is the task's id, the rest is the caller's. On
 * the disk, with its name, when this returns LW_OK; then `written` (may be NULL) has the bytes of
 * the file in place of what it had. LW_EFULL, LW_EIO: an older draft of the task is unchanged. */
enum lw_code lw_draft_save(struct lw_drafts at, const char *task, const json_t *draft,
    struct lw_buf *written, struct lw_err *err);

/* For code that must write a draft when it can call nothing else (a crash handler): the drafts
 * folder, created and open, owned by the caller; and the task's file name in it. */
enum { LW_DRAFT_NAME = 70 };
enum lw_code lw_draft_folder(struct lw_drafts at, int *fd, struct lw_err *err);
void lw_draft_name(const char *task, char to[LW_DRAFT_NAME]);

/* New reference; NULL when there is none or it cannot be read (then `err` is set). A damaged one
 * (LW_EBAD) gets ".bad" behind its name, so that it is never written over. */
json_t *lw_draft_load(struct lw_drafts at, const char *task, struct lw_err *err);

/* The bytes of the draft's file as it is now, in place of what `to` had, to see whether somebody
 * else wrote it since. False when there is none, or it cannot be read; `to` is empty then. */
bool lw_draft_read(struct lw_drafts at, const char *task, struct lw_buf *to);

/* Calls `each` with each draft that can be read, except those set aside; borrowed for the call.
 * Reads every file: one open and parse a draft. */
void lw_drafts_each(struct lw_drafts at, void (*each)(void *ctx, json_t *draft), void *ctx);

/* Removes the draft. No draft is fine. */
void lw_draft_remove(struct lw_drafts at, const char *task);

/* Keeps a draft that no longer fits its task, under a new name next to the others:
 * "drafts/old-7.json", below .labelwright, written to `name`. Errors as lw_draft_save(); then
 * nothing was written. */
enum { LW_DRAFT_OLD_NAME = 128 };
enum lw_code lw_draft_set_aside(
    struct lw_drafts at, const json_t *draft, char name[LW_DRAFT_OLD_NAME], struct lw_err *err);

/* The task's drafts that were set aside, newest first: an array, new reference. Each has its name
 * as "kept_as". */
json_t *lw_drafts_old(struct lw_drafts at, const char *task);

/* Adds the keys of the tasks that have a draft, and sorts. Leaves out what cannot be read. */
void lw_drafts_keys(struct lw_drafts at, struct lw_keys *to);

/* Saves the id of the task shown last, to open it again next time; "" removes it. Not synced with
 * its folder: losing it costs a keystroke. load: new string, NULL when there is none. */
enum lw_code lw_last_task_save(struct lw_drafts at, const char *task, struct lw_err *err);
char *lw_last_task_load(struct lw_drafts at);

#endif
