/* The journal: append-only plain text, chained by SHA-256. It is the record of work and belongs to
 * the contractor. Format and rules: labelwright's DESIGN, "The journal". The README shows how to
 * verify one with sha256sum.
 *
 * Promise: lw_journal_append() returns LW_OK only after write() and fdatasync() of these bytes have
 * succeeded (and fsync of the folder for a new segment).
 *
 * The first line: {"type":"journal","annotator":…,"title":…,"version":…,"seed":…}. The seed of all
 * random orders is the first 16 of the 32 hex digits of the journal's id. Each line has it, so
 * losing the first line does not change an order. */
#ifndef LABELWRIGHT_JOURNAL_JOURNAL_H
#define LABELWRIGHT_JOURNAL_JOURNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/base/err.h"
#include "labelwright/base/hash.h"
#include "labelwright/base/sys.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum { LW_SEGMENT_BYTES = 8 * 1024 * 1024, LW_JOURNAL_ID_HEX = 33 };

/* Event types: id, name. */
#define LW_EVENTS(X)                                                                               \
    X(JOURNAL, "journal")                                                                          \
    X(QUESTIONS, "questions")                                                                      \
    X(SITTING, "sitting")                                                                          \
    X(BREAK, "break")                                                                              \
    X(ANNOTATE, "annotate")                                                                        \
    X(SKIP, "skip")                                                                                \
    X(TALK, "talk")                                                                                \
    X(REPEAT, "repeat")                                                                            \
    X(OWN, "own")                                                                                  \
    X(UNDO, "undo")                                                                                \
    X(BATCH, "batch")                                                                              \
    X(RECEIPT, "receipt")                                                                          \
    X(PARKED, "parked")                                                                            \
    X(RESEND, "resend")                                                                            \
    X(RECOVERED, "recovered")                                                                      \
    X(MERGED, "merged")

enum lw_event_type {
#define X(id, name) LW_EV_##id,
    LW_EVENTS(X)
#undef X
        LW_EV_UNKNOWN /* written by a later version: kept, but not folded */
};

/* Where a line is. */
struct lw_pos {
    uint32_t segment; /* 1 is 000001.jsonl */
    uint32_t len;     /* with its newline */
    uint32_t offset;  /* segments are far smaller */
};

/* A line that is on the disk and whose hash is right. Everything is borrowed for the call.
 *
 * The text is the line as on the disk, pos.len - 1 bytes without the newline; no NUL. It is not
 * parsed: jansson alone would take 100 times as long as `wc -l` of the journal. To find members
 * quickly, use json_members.h; to parse, use lw_event_json(). */
struct lw_event {
    enum lw_event_type type;
    uint64_t seq;    /* from 1; gaps only where damage took some */
    int64_t time_ms; /* UTC, information only */
    struct lw_pos pos;
    char hash[LW_SHA256_HEX];
    const char *text;
};

/* The members of the event itself, for lw_member_next(): from the returned place to `*end`. Those
 * that every line has (up to "type", and "prev" and "hash") are left out, as they take longest. */
const char *lw_event_members(const struct lw_event *e, const char **end);

json_t *lw_event_json(const struct lw_event *e); /* new reference; NULL when it is no JSON */

/* Whether the event stays here: it is not sent and not exported. Those of type repeat or own, and
 * those that have "private":true. */
bool lw_event_is_private(const struct lw_event *e);

/* How far a reader has read: to the end of the line `seq` with `hash`. Zero: nothing yet. */
struct lw_mark {
    uint64_t seq;
    uint32_t segment;
    uint64_t offset; /* just after that line */
    char hash[LW_SHA256_HEX];
};

struct lw_journal_opts {
    const struct lw_sys *sys;
    int dir;               /* the project's folder, open; borrowed */
    const char *name;      /* "journal", or "journal-NAME" */
    const char *annotator; /* of a new journal; must match an old one's */
    const char *title;     /* of the project, for a new journal */
    const char *purpose;   /* shown to others while the lock is held: "sending"; NULL for none */
    bool read_only;        /* never take the lock, never write, never recover */
    /* Called for each event after `from`, oldest first; NULL for none. An event whose line is
     * damaged is not given. A seq and hash seen before is given once. */
    void (*each)(void *ctx, const struct lw_event *e);
    void *ctx;
    /* From a checkpoint; zero for none. When the journal does not match it, a note says so,
     * `restart` (NULL for none) is called to forget what was folded, and reading starts over. */
    struct lw_mark from;
    void (*restart)(void *ctx);
    /* Called before anything is written, with the journal's id and its highest number. Returns
     * LW_OK, or why nothing may be added. NULL for none. */
    enum lw_code (*may_append)(void *ctx, const char *id, uint64_t highest, struct lw_err *err);
    void *may_append_ctx;
    /* Called with the id of a new journal before its first line is written; NULL for none. */
    void (*created)(void *ctx, const char *id);
    void *created_ctx;
    uint64_t segment_bytes; /* 0 for LW_SEGMENT_BYTES; tests take small ones */
};

enum lw_journal_mode {
    LW_JOURNAL_WRITABLE,
    LW_JOURNAL_READ_ONLY, /* asked for, or another session holds the lock */
    LW_JOURNAL_BLOCKED    /* the disk failed and no new segment could be started: no labels are
                           * accepted; the notes say why. Reading and exporting still work */
};

struct lw_journal;

/* Only the lock of the journal `name` in the open folder `dir`: for one who replaces its files.
 * `*to` is for lw_journal_close() on every outcome; of its functions no other may be called.
 * LW_EBUSY names who has it. */
enum lw_code lw_journal_lock_only(const struct lw_sys *sys, int dir, const char *name,
    struct lw_journal **to, struct lw_err *err);

/* Opens the journal. Unless it is read_only or locked by another session, this also creates the
 * folder and the first line when new, moves a torn tail to *.torn, seals a damaged last segment,
 * and appends `recovered` for either. `each` also gets the events that opening appends.
 * Another owner: LW_OK with mode READ_ONLY and lw_journal_owner() set. A medium that cannot be
 * written: READ_ONLY with a note. A disk that fails during repair: BLOCKED with a note.
 * LW_EBAD: another annotator's journal (the text names the journal-NAME to use); not a journal;
 * may_append says no.
 * LW_EREFUSED: a symlink; unless read_only, also a file of another user.
 * LW_EABSENT: read_only, and there is none. LW_EBUSY: another session is just creating it.
 * LW_EIO, LW_EFULL: cannot be read, or a new one cannot be created. */
enum lw_code lw_journal_open(
    const struct lw_journal_opts *opts, struct lw_journal **to, struct lw_err *err);
void lw_journal_close(struct lw_journal *j); /* NULL is fine */

/* The journal's annotator, from its first line alone: new string. NULL when there is no journal, or
 * when its first line is damaged: then any annotator may use it. */
char *lw_journal_find_annotator(const struct lw_sys *sys, int dir, const char *name);

/* Replaces the state of `j` by that of `now`, the same journal opened again. Pointers to j stay
 * valid. Takes `now`. */
void lw_journal_replace(struct lw_journal *j, struct lw_journal *now);

/* The journal's id, from its first line. False when there is no first line or its hash is wrong. */
bool lw_journal_find_id(
    const struct lw_sys *sys, int dir, const char *name, char id[LW_JOURNAL_ID_HEX]);

/* Whether the line that ends at the mark is the one that the mark names. */
bool lw_journal_has_mark(
    const struct lw_sys *sys, int dir, const char *name, const struct lw_mark *mark);

enum lw_journal_mode lw_journal_mode(const struct lw_journal *j);
const char *lw_journal_owner(
    const struct lw_journal *j); /* "pid 12 on host, /dev/pts/3, since 14:02"; NULL for none */
const char *lw_journal_id(const struct lw_journal *j);        /* 32 hex digits */
const char *lw_journal_name(const struct lw_journal *j);      /* "journal", or "journal-NAME" */
const char *lw_journal_annotator(const struct lw_journal *j); /* "" when the first line is lost */
uint64_t lw_journal_seed(const struct lw_journal *j); /* from its first line: orders and shuffles */
int lw_journal_project(const struct lw_journal *j);   /* the open folder it is in; borrowed */
struct lw_mark lw_journal_head(const struct lw_journal *j);
uint64_t lw_journal_read_from(const struct lw_journal *j); /* the first event that opening read */
uint64_t lw_journal_highest(const struct lw_journal *j);   /* highest seq, damaged lines included */

/* Sentences for the user about what was found or repaired at opening or since (torn tail, damage,
 * modes, NFS): n of them, borrowed. */
const char *const *lw_journal_notes(const struct lw_journal *j, size_t *n);

/* The first damage that was found at opening, as a note says it; NULL for none. Borrowed. */
const char *lw_journal_damage(const struct lw_journal *j);

/* Appends n events in one write and one fdatasync. A body is an object with "type" first (one
 * of LW_EVENTS) and the type's own members; v, journal, seq, time, prev and hash are added, and
 * must not be there (LW_EUSAGE). `out` (n of them, may be NULL) gets each event; its text is
 * borrowed until the next append. On failure nothing counts as written: a short write is cut back;
 * after a failed sync the same bytes go to a new segment (and LW_OK is returned, with a note), and
 * only if that fails too the mode becomes BLOCKED. While the mode is still WRITABLE, LW_EFULL and
 * LW_EIO may be tried again later; LW_EBUSY when READ_ONLY; LW_EIO when BLOCKED. */
enum lw_code lw_journal_append(
    struct lw_journal *j, json_t *const *body, size_t n, struct lw_event *out, struct lw_err *err);

/* Reads one line back and checks its hash. New reference in `*to`. LW_EBAD: the line is damaged. */
enum lw_code lw_journal_read(
    const struct lw_journal *j, struct lw_pos pos, json_t **to, struct lw_err *err);

/* The same without a parse: appends the line, without its newline, to `to`. */
enum lw_code lw_journal_text(
    const struct lw_journal *j, struct lw_pos pos, struct lw_buf *to, struct lw_err *err);

/* Calls `each` with the valid lines after a mark (only its segment and offset count; zero: from the
 * start), in file order, until it returns false. The chain is not checked: after damage and failed
 * syncs a line may be there twice, and is then given twice. */
enum lw_code lw_journal_lines(const struct lw_journal *j, struct lw_mark from,
    bool (*each)(void *ctx, const struct lw_event *e), void *ctx, struct lw_err *err);

/* The same from the start, but only with lines of this type; lines of others are not even hashed.
 */
enum lw_code lw_journal_lines_of(const struct lw_journal *j, enum lw_event_type type,
    bool (*each)(void *ctx, const struct lw_event *e), void *ctx, struct lw_err *err);

/* An event that must be in the journal, by another source: "event 9 is missing or changed: it
 * `who`". */
struct lw_expected {
    uint64_t seq;
    char hash[LW_SHA256_HEX];
    const char *who;
};

struct lw_verify_opts {
    /* Gets every finding, also what is no damage: modes, links, incomplete lines, files that are
     * not part of the journal. May be NULL. */
    void (*each)(void *ctx, const char *finding);
    void *ctx;
    const struct lw_expected *expected;
    size_t n_expected;
    bool quick; /* do not parse JSON: a line with the right hash passes anyway */
};

/* Checks the journal alone: every line, the chain, the sequence, the files' modes and names.
 * LW_OK only means that all could be read; the journal is sound when first_damage is empty. `opts`
 * may be NULL. To know whether labels are safe, call lw_known_verify() of known_journals.h. */
struct lw_verdict {
    uint64_t events; /* a line that is there twice counts once */
    uint32_t segments;
    uint64_t damaged; /* lines with a wrong hash or form */
    uint64_t breaks;  /* places where valid lines are missing, reordered, forked or not chained */
    uint64_t torn;    /* bytes after the last newline of a segment: incomplete, so never saved */
    char head[LW_SHA256_HEX]; /* "" when there are no events */
    char first_damage[160];   /* "000001.jsonl:12: …"; empty when sound */
};
enum lw_code lw_journal_verify(const struct lw_sys *sys, int dir, const char *name,
    const struct lw_verify_opts *opts, struct lw_verdict *to, struct lw_err *err);

#endif
