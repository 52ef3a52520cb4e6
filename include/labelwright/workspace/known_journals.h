/* Which journals this user has created or accepted on this machine, and how far each one reached
 * when it was last closed here.
 *
 * A project's folder comes from a client, with whatever is in it, so nothing in it can vouch for
 * its journal. The proof is kept outside: one small file for each journal, named by its id, below
 * $XDG_STATE_HOME/labelwright/journals (else ~/.local/state/…). It holds "SEQ HASH" and, for
 * people, the path of the folder. Deleting it only causes a question at the next start. */
#ifndef LABELWRIGHT_WORKSPACE_KNOWN_JOURNALS_H
#define LABELWRIGHT_WORKSPACE_KNOWN_JOURNALS_H

#include "labelwright/journal/journal.h"
#include "labelwright/ledger/ledger.h"

/* Creates no folder. LW_OK: `*head` is where the journal ended (seq 0: it was just being created).
 * LW_EABSENT: it is not known here. LW_EIO: cannot be told, as nothing can be kept here. */
enum lw_code lw_known_load(const struct lw_sys *sys, const char *id, struct lw_mark *head);

/* `path` of the project's folder is for people only, and for lw_known_list(). */
enum lw_code lw_known_save(const struct lw_sys *sys, const char *id, const struct lw_mark *head,
    const char *path, struct lw_err *err);

/* Calls `each` with the folders of the projects that are known here, once for each journal, those
 * used last first. Some may be gone. */
void lw_known_list(const struct lw_sys *sys, void (*each)(void *ctx, const char *path), void *ctx);

/* Whether the journal `name` in the open folder `dir` may be continued: it is known and still holds
 * what it held when it was last closed here, or there is none yet. `from` is the mark of its
 * checkpoint, which saves reading it. LW_EASK: the user must decide; `err` says what was found. */
struct lw_known_journal {
    bool known; /* false: it came with the folder */
    char id[LW_JOURNAL_ID_HEX];
    uint64_t highest; /* seq that it has; only after LW_EASK */
};
enum lw_code lw_known_permit(const struct lw_sys *sys, int dir, const char *name,
    const struct lw_mark *from, struct lw_known_journal *to, struct lw_err *err);

/* Call after a journal was repaired: records how far it reaches now, unless it is unknown here. */
void lw_known_update(const struct lw_sys *sys, int dir, const char *name, const char *path);

/* lw_journal_verify(), plus a comparison with what is known elsewhere: the record above and the
 * checkpoint. What they name and the journal lacks is damage. Every statement on whether a journal
 * is sound comes from here. `quick` does not parse JSON. LW_EABSENT: there is no journal, and none
 * was known. */
enum lw_code lw_known_verify(const struct lw_sys *sys, int dir, const char *name, bool quick,
    void (*each)(void *ctx, const char *finding), void *ctx, struct lw_verdict *to,
    struct lw_err *err);

/* Whether the journal, which was opened from the checkpoint of `ledger`, ends as it did when it was
 * last closed here, and no file of it was written since, by their times. Costs no reading. False is
 * no damage: verifying tells. */
bool lw_known_is_unchanged(const struct lw_sys *sys, int dir, const char *name,
    const struct lw_journal *j, const struct lw_ledger *ledger);

#endif
