/* One line of the journal: its frame, its hash, formatting and checking.
 *
 *   {"v":1,"journal":"<32>","seq":N,"time":"<24>","type":"…",<members>,"prev":"<64>","hash":"<64>"}
 *
 * The hash is SHA-256 of "labelwright/1\n" and the line up to `,"hash":`; `prev` is that of the
 * line before, 64 zeros for the first. The README shows how to check it with sha256sum. The order
 * of the members is fixed, so a line is checked without parsing JSON. */
#ifndef LABELWRIGHT_JOURNAL_JOURNAL_LINE_H
#define LABELWRIGHT_JOURNAL_JOURNAL_LINE_H

#include "labelwright/base/buf.h"
#include "labelwright/journal/journal.h"

enum {
    LW_LINE_MAX = 64 * 1024 * 1024,
    LW_LINE_PREV = 74, /* ,"prev":"<64>" */
    LW_LINE_HASH = 75, /* ,"hash":"<64>"} */
    LW_SEGMENT_NAME = 16,
    LW_SEGMENT_LAST = 999999,
    LW_SEQ_ROOM = 1000, /* numbers that must be left when a journal is opened for writing */
    LW_SEGMENT_MOST = 256 * 1024 * 1024 /* bytes; we start a new one at 8 MiB */
};

/* The highest seq that is written: beyond 2^53 many JSON readers round. Real work never gets there;
 * a journal that does was made that way. */
#define LW_SEQ_MOST ((UINT64_C(1) << 53) - 1)

/* A valid line: frame and hash are right. Everything points into its text. */
struct lw_journal_line {
    enum lw_event_type type;
    uint64_t seq;
    int64_t time_ms;
    const char *text, *id, *prev, *hash;
    const char *digits, *stamp; /* where seq and the time stand */
    const char *members;        /* behind the type */
    size_t len;                 /* without the newline */
};

/* NULL when the line of `len` bytes, without newline, is valid; else why not, a constant. `to`
 * points into `text`. Costs SHA-256 of the line. */
const char *lw_journal_line_check(const char *text, size_t len, struct lw_journal_line *to);

/* Finds the same, but for the time, without checking the hash: the line may be damaged anywhere.
 * False where it is not even laid out like one. */
bool lw_journal_line_glance(const char *text, size_t len, struct lw_journal_line *to);

/* Its own members, those between type and prev, for lw_member_next(); `*end` is their end. */
const char *lw_journal_line_members(const struct lw_journal_line *l, const char **end);

/* As lw_event_is_private(), for a line of `len` bytes. */
bool lw_journal_line_is_private(enum lw_event_type type, const char *text, size_t len);

/* Finds the first valid line from *at on, even if the newlines around it are damaged; moves *at
 * past it. */
bool lw_journal_line_salvage(const char **at, const char *end, struct lw_journal_line *to);

/* Adds the line for `body` with its newline to `lines` and fills `e`, except e->pos (only its
 * length is set) and e->text (the buffer may still move). LW_EUSAGE: the body is no event. LW_EBAD:
 * larger than LW_LINE_MAX. On an error `lines` may hold a part of the line. */
enum lw_code lw_journal_line_format(struct lw_buf *lines, const char *id, uint64_t seq,
    int64_t time_ms, const char *prev, const json_t *body, struct lw_event *e, struct lw_err *err);

extern const char lw_no_hash[LW_SHA256_HEX]; /* 64 zeros */

#endif
