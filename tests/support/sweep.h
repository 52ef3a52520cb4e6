/* What the sweeps share: a sitting on a failing disk, and what must hold afterwards. */
#ifndef LABELWRIGHT_TESTS_SUPPORT_SWEEP_H
#define LABELWRIGHT_TESTS_SUPPORT_SWEEP_H

#include "faults.h"
#include "lab.h"

enum { SWEEP_MOST = 16, SWEEP_SEGMENT = 1100 };

/* Events whose LW_OK was given: they must never be lost. */
struct acked {
    char hash[SWEEP_MOST][LW_SHA256_HEX];
    uint64_t seq[SWEEP_MOST];
    size_t n;
};

void acked_add(struct acked *a, const struct lw_event *e, size_t n);
void acked_all(struct acked *a, const struct lab *lab); /* what the journal holds now */

/* Opens, appends three single events, a batch of two and a last one, over three segments, closes.
 * Failures are swallowed; what was acknowledged is added. */
void sweep_sitting(struct lab *lab, const struct lw_sys *sys, struct acked *a);

/* Opens on a sound disk: everything acknowledged is there, once and in order; another label can be
 * saved; the chain is sound but for `damage` lines that were damaged before. */
void sweep_check(struct lab *lab, const struct acked *a, uint64_t damage, const char *what);

/* The same sitting with every call failing in turn. `prepare` makes the journal it starts from
 * (NULL: none), on a sound disk. */
void sweep_all(struct lab *lab, void (*prepare)(struct lab *lab), uint64_t damage);

#endif
