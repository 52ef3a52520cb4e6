/* A proof: one text file that shows a third party what was done, checked with standard tools alone.
 *
 *   labelwright proof 1          what it is, what a check proves and what not: always the same
 * words
 *   == figures ==                lw_evidence_print(): whose, when, how much; the recipe counts
 * again
 *   == record ==                 batches, receipts, refusals, undos and repairs: number, time, and
 *                                the members of the line from "type" to before "prev"
 *   == timesheet ==              lw_timesheet_csv() of these lines by day, two blanks before each
 * line
 *   == damage ==                 what could not be read; empty when the journal is sound
 *   == recipe ==                 lw_proof_recipe
 *   == journal ==                the lines, byte for byte; the first one of the journal always
 *   == end ==
 *   key BASE64                   with an identity: its public key, see identity.h
 *   signature BASE64             of "labelwright/proof/1\n", the SHA-256 (hex) of everything from
 *                                the first line to "== end ==" with its line feed, and "\n"
 *   sha256 HEX                   of everything above this line; it ends the file
 *
 * Text from outside begins no line: in `timesheet` and `damage` two blanks are before it. The same
 * lines give the same bytes: there is no time in it but those of the journal. */
#ifndef LABELWRIGHT_PROOF_BUNDLE_H
#define LABELWRIGHT_PROOF_BUNDLE_H

#include "labelwright/proof/evidence.h"
#include "labelwright/proof/identity.h"

extern const char lw_proof_recipe[]; /* a script for bash: at most 40 lines */

/* Which lines. From the first to the last one that fit, and all between them. */
struct lw_proof_range {
    uint64_t first, last;     /* seqs; 0 for no limit */
    int32_t from_day, to_day; /* days since 1970, local by the time zone that the journal has then;
                               * INT32_MIN and INT32_MAX for no limit */
};
struct lw_proof_range lw_proof_everything(void);

struct lw_proof {
    struct lw_evidence evidence;
    struct lw_buf timesheet; /* by local days; CSV */
    struct lw_buf damage;    /* a line for each finding */
    bool sound;

    /* private */
    uint64_t first, last;    /* seqs */
    struct lw_worklog *work; /* of the lines; NULL once it is counted */
    const struct lw_sys *sys;
    int dir;
    const char *name;
};

/* Reads the lines of the journal `name` in the open folder `dir`, both borrowed until
 * lw_proof_close(), which is for every outcome. LW_EABSENT: no journal. LW_EUSAGE: no line is in
 * the range; the text says what there is. LW_EBAD: not one line can be read. */
enum lw_code lw_proof_open(struct lw_proof *p, const struct lw_sys *sys, int dir, const char *name,
    const struct lw_proof_range *range, struct lw_err *err);
void lw_proof_close(struct lw_proof *p);

/* Writes it in pieces through `write`. `signer`: an unlocked identity, or NULL. LW_EBUSY: the
 * lines changed meanwhile. */
typedef enum lw_code lw_proof_writer(void *ctx, const char *bytes, size_t n, struct lw_err *err);
enum lw_code lw_proof_write(const struct lw_proof *p, const struct lw_identity *signer,
    lw_proof_writer *write, void *ctx, struct lw_err *err);

#endif
