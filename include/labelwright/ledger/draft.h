/* Drafts: answers typed but not submitted, in .labelwright/drafts/<SHA-256 of the task id>.json.
 * Not the record of work, but no keystroke older than a second should be lost with the power. */
#ifndef LABELWRIGHT_LEDGER_DRAFT_H
#define LABELWRIGHT_LEDGER_DRAFT_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"
#include "labelwright/ledger/marks.h"

#include <jansson.h>

/* Whose drafts: of the sitting that writes this journal. Those of journal/ are in drafts/, those of
 * journal-NAME/ in drafts-NAME/: what one annotator typed is never another's answer. */
struct lw_drafts {
    const struct lw_sys *sys;
    int dir;             /* the project's folder, open; borrowed */
    const char *journal; /* "journal" or "journal-NAME"; borrowed */
};

/* `draft` is an object; who makes it says what is in it. */
enum lw_code lw_draft_save(
    struct lw_drafts at, const char *task, const json_t *draft, struct lw_err *err);

/* For whoever must write one when nothing else can be called any more: the folder of the drafts,
 * made and open, the caller's; and the task's file in it. */
enum { LW_DRAFT_NAME = 70 };
enum lw_code lw_draft_folder(struct lw_drafts at, int *fd, struct lw_err *err);
void lw_draft_name(const char *task, char to[LW_DRAFT_NAME]);

/* New reference; NULL when there is none or it cannot be read (then `err` is set). */
json_t *lw_draft_load(struct lw_drafts at, const char *task, struct lw_err *err);

/* Gives each draft that can be read, but for what was set aside. */
void lw_drafts_each(struct lw_drafts at, void (*each)(void *ctx, json_t *draft), void *ctx);

/* Removing what is not there is fine. */
void lw_draft_remove(struct lw_drafts at, const char *task);

/* Keeps a draft that fits its task no more beside the others, under a name that nothing had:
 * "drafts/old-7.json", below .labelwright, written to `name`. On an error nothing was written. */
enum { LW_DRAFT_OLD_NAME = 128 };
enum lw_code lw_draft_set_aside(
    struct lw_drafts at, const json_t *draft, char name[LW_DRAFT_OLD_NAME], struct lw_err *err);

/* What was so kept of the task, the newest first: an array, new reference. Each has its name as
 * "kept_as". */
json_t *lw_drafts_old(struct lw_drafts at, const char *task);

/* Adds the keys of the tasks that have a draft, and sorts. What cannot be read is left out. */
void lw_drafts_keys(struct lw_drafts at, struct lw_keys *to);

/* The id of the task last shown, to open there again; "" forgets it. load: new string or NULL. */
enum lw_code lw_place_save(struct lw_drafts at, const char *task, struct lw_err *err);
char *lw_place_load(struct lw_drafts at);

#endif
