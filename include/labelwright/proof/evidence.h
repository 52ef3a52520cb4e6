/* What a run of the journal's lines shows: what was labeled, what of it each target accepted or
 * refused, what was undone, how long it took. A fold over events, like the ledger, but for any
 * range and with the events that are the evidence; the recipe of a proof (src/proof/recipe.sh)
 * counts the same with awk. Everything is in order of the journal; times are ms. */
#ifndef LABELWRIGHT_PROOF_EVIDENCE_H
#define LABELWRIGHT_PROOF_EVIDENCE_H

#include "labelwright/journal/journal.h"

/* An annotate, skip or undo event that is not private. */
struct lw_proof_label {
    uint64_t seq;
    int64_t time_ms; /* UTC, as written */
    enum lw_event_type type;
    char *task;           /* its id as JSON, "null" for none */
    uint64_t of;          /* undo: of which event */
    uint64_t undone_by;   /* the undo event; 0 for none */
    uint64_t replaced_by; /* the newest label that says that it replaces this one; 0 for none */
    uint64_t active_ms;
};

/* One target, as the events name it. */
struct lw_proof_target {
    char *to;           /* as JSON */
    uint64_t *accepted; /* for each label: the receipt that has it; 0 for none */
    uint64_t *refused;  /* the `parked` event that has it. The later of the two counts */
    uint64_t receipts;
    struct {
        uint64_t seq, first, last;
        char sha256[LW_SHA256_HEX];
    } batch; /* the last one */
};

enum lw_proof_state { LW_PROOF_WAITING, LW_PROOF_ACCEPTED, LW_PROOF_REFUSED };

/* Lines that follow each other without a gap. */
struct lw_proof_run {
    uint64_t first, last; /* seqs */
    int64_t first_ms, last_ms;
};

/* Zero-initialise; lw_evidence_fini() frees. */
struct lw_evidence {
    char id[LW_JOURNAL_ID_HEX];
    char *annotator, *title; /* as JSON; "" when the first line is not there */
    struct lw_proof_label *label;
    struct lw_proof_target *target;
    struct lw_proof_run *run;
    uint64_t *seq; /* of every line */
    size_t labels, targets, runs, lines;
    uint64_t left_out;    /* lines whose number is not above the one before */
    struct lw_buf record; /* a line for each event that is evidence of sending, undoing or repair */
    uint64_t worked_ms;   /* at the keys; of a session that began before the range, from its first
                           * line on. 0 in journals that do not have it */
    int64_t sheet_ms;     /* the sum of the timesheet: set by whoever makes it */
    uint64_t whole, part, signed_batches; /* batches with all of their lines here, and others */
    char head[LW_SHA256_HEX];

    /* private */
    size_t cap_labels, cap_lines;
    uint64_t clock_ms;
    bool clocked;
};

/* False: the line is left out, as its number is not above the one before. */
bool lw_evidence_fold(struct lw_evidence *e, const struct lw_event *event);
void lw_evidence_fini(struct lw_evidence *e);

enum lw_proof_state lw_evidence_state(const struct lw_proof_target *t, size_t label);

/* The index of the label with that seq; e->labels when there is none. */
size_t lw_evidence_find(const struct lw_evidence *e, uint64_t seq);

/* The figures of a proof, as the recipe counts them again. */
void lw_evidence_print(const struct lw_evidence *e, struct lw_buf *to);

/* The same and each label, for programs. New reference. */
json_t *lw_evidence_json(const struct lw_evidence *e);

#endif
