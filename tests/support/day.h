/* A contractor's day, and what should be found of it afterwards: in the journal, in `status` and
 * `verify`, in what is exported. Expectations come from the keys that were pressed. */
#ifndef LABELWRIGHT_TESTS_SUPPORT_DAY_H
#define LABELWRIGHT_TESTS_SUPPORT_DAY_H

#include "seat.h"

enum { PAIRS = 20, SKIPS = 3, TAKEN_BACK = 5, TASKS = PAIRS + SKIPS + 1 };

/* Why tasks were skipped, in order. */
#define REASONS                                                                                    \
    {                                                                                              \
        "", "offensive", "too long"                                                                \
    }

/* What should stand for one task. */
struct expected {
    const char *side[2]; /* the ids shown as A and B */
    json_t *answers;     /* NULL: skipped */
};

struct work {
    struct trial trial;
    struct seat seat;
    json_t *records;
    json_t *options; /* of `problems`, in the order of the digits */
    struct expected expected[TASKS];
    int before_flags;   /* questions from the comparison to A's flags */
    const char *status; /* what the status line says after the work */
    int unclear;        /* tasks whose screen did not tell the sides apart */
};

/* Each fails the test when what it looks at is not as expected. */
void day_check_journal(const struct work *w);
void day_check_status(const struct work *w);
void day_check_native(const struct work *w);
void day_check_preferences(const struct work *w);

#endif
