/* One line of the journal: its frame, its hash, writing and checking. */
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
    LW_SEQ_ROOM = 1000, /* so many numbers must be left when a journal is opened for writing */
    LW_SEGMENT_MOST = 256 * 1024 * 1024 /* bytes; one begins at 8 MiB to be full */
};

/* The highest seq that is written: beyond 2^53 many readers of JSON round. No work comes near it,
 * so a journal that does was made to. */
#define LW_SEQ_MOST ((UINT64_C(1) << 53) - 1)

/* A line that checks itself; everything points into its text. */
struct lw_journal_line {
    enum lw_event_type type;
    uint64_t seq;
    int64_t time_ms;
    const char *text, *id, *prev, *hash;
    size_t len; /* without the newline */
};

/* NULL when the line checks itself; else why not. */
const char *lw_journal_line_check(const char *text, size_t len, struct lw_journal_line *to);

/* The first run of bytes from *at on that is a line and checks itself, though something was done
 * to the newlines around it; *at goes behind it. */
bool lw_journal_line_salvage(const char **at, const char *end, struct lw_journal_line *to);

/* Adds the line for `body` with its newline to `lines` and describes it in `e`, but for e->pos
 * (only its length is set) and e->text (the buffer may still move). */
enum lw_code lw_journal_line_write(struct lw_buf *lines, const char *id, uint64_t seq,
    int64_t time_ms, const char *prev, const json_t *body, struct lw_event *e, struct lw_err *err);

extern const char lw_no_hash[LW_SHA256_HEX]; /* 64 zeros */

#endif
