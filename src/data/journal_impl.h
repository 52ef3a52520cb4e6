/* The journal's inside: what journal*.c share.
 *
 *   journal_line.c     one line: its frame, its hash, writing and checking
 *   journal_chain.c    what a row of lines adds up to: doubles, forks, gaps, damage
 *   journal_read.c     segments and their lines, from the disk to the chain
 *   journal_append.c   new lines, new segments, and the disk that fails
 *   journal_mend.c     what is mended when a journal is opened for writing
 *   journal_lock.c     who owns it
 *   journal_guard.c    whether all is where it was, before a label is acknowledged
 *   journal_open.c     opening: the steps above in their order
 *   journal.c          accessors, notes, closing
 *   journal_verify.c   the whole check */
#ifndef LW_DATA_JOURNAL_IMPL_H
#define LW_DATA_JOURNAL_IMPL_H

#include "labelwright/buf.h"
#include "labelwright/file.h"
#include "labelwright/journal.h"

enum {
    LW_LINE_MAX = 64 * 1024 * 1024,
    LW_LINE_PREV = 74, /* ,"prev":"<64>" */
    LW_LINE_HASH = 75, /* ,"hash":"<64>"} */
    LW_SEGMENT_NAME = 16,
    LW_SEGMENT_LAST = 999999,
    LW_SEQ_ROOM = 1000, /* so many numbers must be left when a journal is opened for writing */
    LW_SEGMENT_MOST = 256 * 1024 * 1024 /* bytes; one begins at 8 MiB to be full */
};

/* The highest seq that is written: beyond 2^53 many readers of JSON round. No work comes near it,
 * so a journal that does was made to. */
#define LW_SEQ_MOST ((UINT64_C(1) << 53) - 1)

/* ---- one line */

/* A line that checks itself; everything points into its text. */
struct lw_line {
    enum lw_event_type type;
    uint64_t seq;
    int64_t time_ms;
    const char *text, *id, *prev, *hash;
    size_t len; /* without the newline */
};

/* NULL when the line checks itself; else why not. */
const char *lw_line_check(const char *text, size_t len, struct lw_line *to);

/* The first run of bytes from *at on that is a line and checks itself, though something was done
 * to the newlines around it; *at goes behind it. */
bool lw_line_salvage(const char **at, const char *end, struct lw_line *to);

/* Adds the line for `body` with its newline to `lines` and describes it in `e`, but for e->pos
 * (only its length is set) and e->text (the buffer may still move). */
enum lw_code lw_line_write(struct lw_buf *lines, const char *id, uint64_t seq, int64_t time_ms,
    const char *prev, const json_t *body, struct lw_event *e, struct lw_err *err);

extern const char lw_no_hash[LW_SHA256_HEX]; /* 64 zeros */

/* ---- segments */

void lw_segment_name(uint32_t segment, char to[LW_SEGMENT_NAME]);

struct lw_segments {
    uint32_t *number; /* ascending */
    size_t n, cap;
};

enum lw_code lw_segments_list(
    const struct lw_sys *sys, int folder, struct lw_segments *to, struct lw_err *err);

/* The line that ends, with its newline, at byte `end`; `text` points into `to`, and the line ends
 * before its last byte. False: none does. */
bool lw_line_before(
    const struct lw_sys *sys, int fd, uint64_t end, struct lw_buf *to, const char **text);

/* Opens a file of the journal; a symlink, a file larger than LW_SEGMENT_MOST or anything but a
 * regular file is LW_EREFUSED. To be written only when lw_mend_modes() has seen it. */
enum lw_code lw_journal_file(const struct lw_sys *sys, int folder, const char *name, int flags,
    int *fd, struct stat *st, struct lw_err *err);

/* ---- reading: segments to lines to a chain */

enum lw_finding {
    LW_FOUND_DAMAGE, /* a line that does not check itself */
    LW_FOUND_LOST,   /* the events that went with it */
    LW_FOUND_BREAK,  /* lines that check themselves, but do not follow each other */
    LW_FOUND_TORN,   /* an unfinished line */
    LW_FOUND_REMARK  /* modes, links */
};

struct lw_seen {
    struct lw_seen_slot *slot;
    size_t n, cap;
};

struct lw_walk {
    const struct lw_sys *sys;
    int folder;
    const struct lw_segments *segments;
    bool parse;  /* check the JSON too: slow */
    bool whole;  /* a last line that lacks only its newline counts, as it will once it is mended */
    bool sealed; /* the last segment will not be written again: treat it like the others */
    void (*each)(void *ctx, const struct lw_event *e); /* may be NULL */
    void *each_ctx;
    void (*tell)(void *ctx, enum lw_finding kind, const char *text);
    void *tell_ctx;

    /* what was found */
    char id[LW_JOURNAL_ID_HEX];
    struct lw_mark last; /* the last line read that checks itself */
    uint64_t highest;    /* the highest seq that was or may have been used */
    uint64_t events, damaged, breaks, torn;
    bool stale; /* a line older than the mark that was started from: start over */
    struct {
        uint32_t segment; /* the newest one with damage; 0 for none */
        uint64_t line, offset, lines;
        char why[80];
    } damage;

    /* private */
    struct lw_seen seen;
    uint64_t floor, line, base; /* base: where counting lines began, in bytes */
    uint32_t segment;
    uint64_t bad; /* damaged lines since `last` */
    bool begins;  /* no sound line of this segment yet */
    bool strange; /* it holds lines of another journal, and that was told */
};

void lw_walk_fini(struct lw_walk *w);

/* Reads everything from `from` on (NULL: all). */
enum lw_code lw_walk_run(struct lw_walk *w, const struct lw_mark *from, struct lw_err *err);

/* Whether the line that ends at the mark is the one that the mark says; sets w->id from it. */
bool lw_walk_bears(struct lw_walk *w, const struct lw_mark *mark);

/* The first line of all: false when there is none or it does not check itself. */
bool lw_walk_first(struct lw_walk *w, struct lw_buf *text, struct lw_line *to);

void lw_chain_segment(struct lw_walk *w, uint32_t segment);
void lw_chain_line(struct lw_walk *w, const char *text, size_t len, uint64_t offset);
void lw_chain_too_long(struct lw_walk *w, uint64_t offset);
void lw_chain_unfinished(struct lw_walk *w, const char *text, size_t len, uint64_t offset);

/* ---- the journal itself */

struct lw_journal {
    const struct lw_sys *sys;
    int folder, lock, fd; /* -1 for none; fd: the segment that is written */
    char *name, *annotator, *owner;
    const char *purpose; /* of the options; only while opening */
    char id[LW_JOURNAL_ID_HEX];
    enum lw_journal_mode mode;
    struct lw_mark last;
    uint64_t next_seq;
    uint32_t segment; /* of fd; also the highest number used so far */
    uint64_t offset;  /* its end: only sound lines before it */
    uint64_t limit;
    struct lw_buf lines; /* the batch that is being written */
    struct lw_buf held;  /* what this sitting wrote into the segment, from byte `held_from` on */
    uint64_t held_from;
    int dir; /* the project's; borrowed */
    dev_t folder_dev;
    ino_t folder_ino;
    struct lw_event *fresh;
    size_t n_fresh;
    char **note;
    size_t n_notes;
};

void lw_journal_note(struct lw_journal *j, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* LW_OK with j->lock >= 0 or j->owner set; or with neither, and a note, where nothing can be
 * written. */
enum lw_code lw_journal_lock(struct lw_journal *j, struct lw_err *err);

/* Takes the lock anew where its name is gone or stands for another file. LW_OK with j->lock, or
 * with j->owner set where somebody else has it. */
enum lw_code lw_journal_relock(struct lw_journal *j, struct lw_err *err);

/* The folder and the lock are where they were, or again; the segment is as it was left, or was
 * brought back with a note. `*other` is set when the segment is not to be written any more, and
 * nothing of it is lost: a new one is to be begun. LW_EIO: labels cannot be taken now; LW_EBUSY:
 * another sitting has the journal, and the mode is READ_ONLY from now on. */
enum lw_code lw_journal_guard(struct lw_journal *j, const char **other, struct lw_err *err);

/* Replaces `name`, of which `fd` is open, by a copy of its first n bytes, durable but for the
 * folder. */
enum lw_code lw_journal_copy(
    struct lw_journal *j, const char *name, int fd, uint64_t n, struct lw_err *err);

/* Begins the next segment: a durable name, an empty file. On failure all is as it was. */
enum lw_code lw_journal_begin(struct lw_journal *j, struct lw_err *err);

/* No more labels in this sitting. */
enum lw_code lw_journal_block(struct lw_journal *j, const struct lw_err *why);

/* Before reading: modes, the torn tail, and that what is read is on the disk. */
struct lw_mend {
    bool suspect;      /* the last segment must not be written any more */
    json_t *recovered; /* the body that tells of it; NULL for nothing to tell */
};
enum lw_code lw_mend_modes(
    struct lw_journal *j, const struct lw_segments *segments, struct lw_err *err);
enum lw_code lw_mend_tail(struct lw_journal *j, const struct lw_segments *segments,
    struct lw_mend *m, struct lw_err *err);

#endif
