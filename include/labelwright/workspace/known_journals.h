/* Which journals this user has made, or said yes to, on this machine, and how far each of them
 * reached when it was last closed here.
 *
 * A project's folder comes from a client, with whatever lies in it: nothing in it can vouch for its
 * journal. So the word for it is kept outside: a small file for each journal, named by its id,
 * below $XDG_STATE_HOME/labelwright/journals (else ~/.local/state/…): "SEQ HASH" and, for the
 * reader, the path of the folder. Deleting them costs a question at the next start. */
#ifndef LABELWRIGHT_WORKSPACE_KNOWN_JOURNALS_H
#define LABELWRIGHT_WORKSPACE_KNOWN_JOURNALS_H

#include "labelwright/journal/journal.h"

/* Makes no folder. LW_OK, and in `*head` where the journal stood (seq 0: it was just being made).
 * LW_EABSENT: it is not known here. LW_EIO: nothing can be kept here, so nobody can tell. */
enum lw_code lw_known_load(const struct lw_sys *sys, const char *id, struct lw_mark *head);

/* `path` of the project's folder is for people only. */
enum lw_code lw_known_save(const struct lw_sys *sys, const char *id, const struct lw_mark *head,
    const char *path, struct lw_err *err);

/* Whether the journal `name` in the open folder `dir` may be continued: it is known and holds what
 * it held when it was last closed here, or there is none yet. `from` is the mark of its checkpoint:
 * that spares reading it. LW_EASK, and in `err` what it is: the user has to say. */
struct lw_known_journal {
    bool known; /* false: it came with the folder */
    char id[LW_JOURNAL_ID_HEX];
    uint64_t highest; /* seq that it has; only after LW_EASK */
};
enum lw_code lw_known_permit(const struct lw_sys *sys, int dir, const char *name,
    const struct lw_mark *from, struct lw_known_journal *to, struct lw_err *err);

/* After the user had a journal mended: how far it reaches now counts, unless it is unknown here. */
void lw_known_update(const struct lw_sys *sys, int dir, const char *name, const char *path);

/* lw_journal_verify(), and against what is known of the journal elsewhere: the record above, and
 * the checkpoint. What those saw and the journal lacks is damage. Every sentence about whether a
 * journal is sound comes from here. `quick` leaves out the parse of JSON. LW_EABSENT when there is
 * no journal and nobody knows of one. */
enum lw_code lw_known_verify(const struct lw_sys *sys, int dir, const char *name, bool quick,
    void (*each)(void *ctx, const char *finding), void *ctx, struct lw_verdict *to,
    struct lw_err *err);

#endif
