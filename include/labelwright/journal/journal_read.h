/* Reading a journal without opening it: its files, 000001.jsonl, 000002.jsonl …, their lines, how
 * these follow each other, and what was found on the way. For those who need all lines as they are
 * (merge); everyone else uses journal.h. */
#ifndef LABELWRIGHT_JOURNAL_JOURNAL_READ_H
#define LABELWRIGHT_JOURNAL_JOURNAL_READ_H

#include "labelwright/journal/journal_line.h"

#include <sys/stat.h>

/* ---- the files */

void lw_segment_name(uint32_t segment, char to[LW_SEGMENT_NAME]);

struct lw_segments {
    uint32_t *number; /* ascending; the caller's to free() */
    size_t n, cap;
};

enum lw_code lw_segments_list(
    const struct lw_sys *sys, int folder, struct lw_segments *to, struct lw_err *err);

/* Reads the line whose newline ends at byte `end`. `text` points into `to`; the line ends before
 * the last byte of `to`. False: no line ends there. */
bool lw_journal_line_before(
    const struct lw_sys *sys, int fd, uint64_t end, struct lw_buf *to, const char **text);

/* Opens a file of the journal; a symlink, a file larger than LW_SEGMENT_MOST or anything but a
 * regular file is LW_EREFUSED. Write to it only after lw_repair_modes() has checked it. */
enum lw_code lw_journal_file(const struct lw_sys *sys, int folder, const char *name, int flags,
    int *fd, struct stat *st, struct lw_err *err);

/* ---- the chain */

enum lw_finding {
    LW_FOUND_DAMAGE, /* a line that is not valid */
    LW_FOUND_LOST,   /* the events lost with it */
    LW_FOUND_BREAK,  /* valid lines that do not follow each other */
    LW_FOUND_TORN,   /* an incomplete line */
    LW_FOUND_REMARK  /* modes, links */
};

/* Private: journal_line_set.c. */
struct lw_line_set {
    uint64_t first, *tag; /* a run of seqs, each seen once */
    size_t run, cap_run;
    struct lw_line_slot *slot; /* all others */
    size_t n, cap;
};

struct lw_walk {
    const struct lw_sys *sys;
    int folder;
    const struct lw_segments *segments;
    bool parse;  /* check the JSON too: slow */
    bool whole;  /* count a last line that lacks only its newline, as it will count once repaired */
    bool sealed; /* the last segment will not be written again: treat it like the others */
    void (*each)(void *ctx, const struct lw_event *e); /* may be NULL */
    void *each_ctx;
    void (*report)(void *ctx, enum lw_finding kind, const char *text);
    void *report_ctx;

    /* what was found */
    char id[LW_JOURNAL_ID_HEX];
    struct lw_mark last; /* the last valid line read */
    uint64_t highest;    /* the highest seq that is or may have been used */
    uint64_t events, damaged, breaks, torn;
    bool stale; /* a line older than the starting mark: start over */
    struct {
        uint32_t segment; /* the newest one with damage; 0 for none */
        uint64_t line, offset, lines;
        char why[80];
    } damage;

    /* private */
    struct lw_line_set seen;
    uint64_t floor, line, base; /* base: the byte where counting lines began */
    uint32_t segment;
    uint64_t bad; /* damaged lines since `last` */
    bool begins;  /* no valid line of this segment yet */
    bool strange; /* it holds lines of another journal, already reported */
};

void lw_walk_fini(struct lw_walk *w);

/* Reads everything from `from` on (NULL: all). */
enum lw_code lw_walk_run(struct lw_walk *w, const struct lw_mark *from, struct lw_err *err);

/* Whether the line that ends at the mark is the one that the mark names; sets w->id from it. */
bool lw_walk_has_mark(struct lw_walk *w, const struct lw_mark *mark);

/* The very first line; false when there is none or it is not valid. */
bool lw_walk_first(struct lw_walk *w, struct lw_buf *text, struct lw_journal_line *to);

/* The annotator that the very first line names: new string. NULL when it is missing or damaged. */
char *lw_walk_annotator(struct lw_walk *w);

#endif
