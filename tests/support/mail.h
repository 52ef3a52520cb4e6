/* A journal in memory, an outbox on it and a receiver to play against: for tests of what is sent
 * next, without disk and network. */
#ifndef LABELWRIGHT_TESTS_SUPPORT_MAIL_H
#define LABELWRIGHT_TESTS_SUPPORT_MAIL_H

#include "labelwright/project/project.h"
#include "labelwright/sync/outbox.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define MAIL_TO "https://labels.example.org/v1/batches"

struct mail_line {
    enum lw_event_type type;
    char *text;
    size_t len; /* what it counts, with its newline; may be more than the text */
};

struct mail {
    struct mail_line *line; /* line[0] is seq 1 */
    size_t n, cap;
    struct lw_ledger *ledger;
    struct lw_outbox box;
    struct lw_cut cut; /* in hand */
    char sha256[LW_SHA256_HEX];
    int64_t now;
    uint64_t chance;
};

int mail_setup(void **state); /* for cmocka: a new, empty one in *state */
int mail_teardown(void **state);

/* Appends and folds. The seq. */
uint64_t mail_add(struct mail *m, json_t *body); /* takes the reference */
uint64_t mail_label(struct mail *m);             /* an annotation of a task of its own */
uint64_t mail_large(struct mail *m, size_t len); /* one that counts so many bytes */
void mail_labels(struct mail *m, int n);
void mail_other(struct mail *m); /* a sitting's event: it rides along */

const struct lw_delivery *mail_post(const struct mail *m);
uint64_t mail_unsent(const struct mail *m);
uint64_t mail_parked(const struct mail *m);
enum lw_outbox_action mail_wish(const struct mail *m);

/* Cuts, appends the batch event, and checks the rules of a batch. */
void mail_cut(struct mail *m);

/* Takes the posted batch in hand, and checks that it is what was cut. */
void mail_load(struct mail *m);

/* cut when that is due, and load. */
void mail_ready(struct mail *m);

/* Hands the answer to the outbox; appends and folds what comes of it. */
void mail_answer(struct mail *m, const struct lw_send_result *d);
void mail_fate(struct mail *m, enum lw_send_outcome fate);
struct lw_send_result mail_receipt(const struct mail *m); /* a good one for the batch in hand */

/* kill -9: only the lines stay. */
void mail_crash(struct mail *m);

size_t mail_count(const struct mail *m, enum lw_event_type type);
json_t *mail_last(const struct mail *m, enum lw_event_type type); /* new reference */

#endif
