/* The journal's internals: what journal*.c share. A file calls only those above it in this list:
 *
 *   journal_line.c     one line: its frame, its hash, formatting and checking
 *   journal_segment.c  the files: names, listing, opening, starting the next, replacing by a copy
 *   journal_line_set.c which lines were there already
 *   journal_chain.c    how lines follow each other: doubles, forks, gaps, damage
 *   journal_read.c     segments and their lines, from the disk to the chain
 *   journal.c          the state of an open journal, its notes, closing
 *   journal_lock.c     who owns it
 *   journal_repair.c   before a journal opened for writing is read: modes and torn tails
 *   journal_restore.c  before each append: what another program removed or changed meanwhile
 *   journal_append.c   new lines, and disk errors
 *   journal_open.c     opening: runs these steps in order
 *   journal_verify.c   the whole check, without opening
 *   event.c            bodies of events; knows none of these */
#ifndef LABELWRIGHT_JOURNAL_JOURNAL_INTERNAL_H
#define LABELWRIGHT_JOURNAL_JOURNAL_INTERNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/journal/journal.h"
#include "labelwright/journal/journal_read.h"

/* ---- lines seen before (journal_line_set.c) */

enum lw_line_known {
    LW_LINE_NEW,
    LW_LINE_SAME,
    LW_LINE_OTHER /* the seq, with another hash */
};
enum lw_line_known lw_line_set_find(const struct lw_line_set *s, uint64_t seq, const char *hash);
void lw_line_set_add(struct lw_line_set *s, uint64_t seq, const char *hash);
void lw_line_set_fini(struct lw_line_set *s);

/* ---- one line more of the walk (journal_chain.c) */

void lw_chain_segment(struct lw_walk *w, uint32_t segment);
void lw_chain_line(struct lw_walk *w, const char *text, size_t len, uint64_t offset);
void lw_chain_too_long(struct lw_walk *w, uint64_t offset);
void lw_chain_unfinished(struct lw_walk *w, const char *text, size_t len, uint64_t offset);

/* ---- the journal itself */

struct lw_journal {
    const struct lw_sys *sys;
    int folder, lock, fd; /* -1 for none; fd: the segment being written */
    char *name, *annotator, *owner;
    const char *purpose; /* of the options; only while opening */
    char id[LW_JOURNAL_ID_HEX];
    enum lw_journal_mode mode;
    struct lw_mark last;
    uint64_t next_seq, read_from;
    uint32_t segment; /* of fd; also the highest number used so far */
    uint64_t offset;  /* its end: only valid lines before it */
    uint64_t limit;
    struct lw_buf lines;   /* the batch being written */
    struct lw_buf written; /* what this session wrote to the segment, from byte `written_from` on */
    uint64_t written_from;
    int dir; /* the project's; borrowed */
    dev_t folder_dev;
    ino_t folder_ino;
    struct lw_event *batch; /* the events of `lines` */
    size_t n_batch;
    char **note;
    size_t n_notes;
    char *damage; /* the first that was found at opening; NULL for none */
};

void lw_journal_note(struct lw_journal *j, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Whether a line of this type may be among the bytes: its type is named there, as a line does. */
bool lw_journal_line_may_be(enum lw_event_type type, const char *text, size_t len);

/* LW_OK with j->lock >= 0 or j->owner set; with neither, and a note, if nothing is writable. */
enum lw_code lw_journal_lock(struct lw_journal *j, struct lw_err *err);

/* Takes the lock again when its name is gone or names another file. LW_OK with j->lock, or with
 * j->owner set when another session has it. */
enum lw_code lw_journal_relock(struct lw_journal *j, struct lw_err *err);

/* Checks that the folder, the lock and the segment are still as we left them; restores what is
 * gone, with a note. Sets `*other` when the segment must not be written any more but nothing in it
 * is lost: then start a new one. LW_EIO: labels cannot be saved now. LW_EBUSY: another session has
 * the journal, and the mode is READ_ONLY from now on. */
enum lw_code lw_journal_restore(struct lw_journal *j, const char **other, struct lw_err *err);

/* Replaces `name`, open as `fd`, by a copy of its first n bytes. The copy is synced, the folder is
 * not. */
enum lw_code lw_segment_copy(
    struct lw_journal *j, const char *name, int fd, uint64_t n, struct lw_err *err);

/* Starts the next segment: an empty file with a synced name. On failure nothing has changed. */
enum lw_code lw_segment_start(struct lw_journal *j, struct lw_err *err);

/* No more labels in this session. */
enum lw_code lw_journal_block(struct lw_journal *j, const struct lw_err *why);

/* Before reading: fix modes and the torn tail, and sync what will be read. */
struct lw_repair {
    bool suspect;      /* the last segment must not be written any more */
    json_t *recovered; /* the body of a `recovered` event about it; NULL for none */
};
enum lw_code lw_repair_modes(
    struct lw_journal *j, const struct lw_segments *segments, struct lw_err *err);
enum lw_code lw_repair_tail(struct lw_journal *j, const struct lw_segments *segments,
    struct lw_repair *m, struct lw_err *err);

#endif
