/* What must hold for the diff of any two texts: shared by the unit tests and the fuzzer. */
#ifndef LABELWRIGHT_TESTS_DIFF_PROPS_H
#define LABELWRIGHT_TESTS_DIFF_PROPS_H

#include "text_props.h"

#include "labelwright/text/diff.h"

static inline bool cuts_a_grapheme(const char *s, size_t n, size_t at)
{
    return lw_utf8_valid(s, n, NULL) && lw_grapheme_at(s, n, at) != at;
}

/* The runs are all of the first text and lead to the second, byte for byte. */
static inline void hold_diff(const char *a, size_t na, const char *b, size_t nb)
{
    struct lw_diff d = {0};
    size_t at_a = 0, at_b = 0;
    lw_diff_words(&d, a, na, b, nb);
    for (size_t i = 0; i < d.n; i++) {
        const struct lw_diff_run *r = &d.v[i];
        HOLD(r->n > 0 && r->a == at_a && r->b == at_b);
        HOLD(i == 0 || r->kind > d.v[i - 1].kind || r->kind == LW_DIFF_SAME);
        HOLD(i == 0 || r->kind != d.v[i - 1].kind);
        at_a += r->kind == LW_DIFF_IN ? 0 : r->n;
        at_b += r->kind == LW_DIFF_OUT ? 0 : r->n;
        HOLD(at_a <= na && at_b <= nb);
        HOLD(r->kind != LW_DIFF_SAME || memcmp(a + r->a, b + r->b, r->n) == 0);
        HOLD(!cuts_a_grapheme(a, na, at_a) && !cuts_a_grapheme(b, nb, at_b));
        HOLD(lw_diff_place(&d, r->a) <= nb);
    }
    HOLD(at_a == na && at_b == nb);
    bool same = na == nb && (na == 0 || memcmp(a, b, na) == 0);
    HOLD(same ? d.n <= 1 && d.words_in + d.words_out == 0 : d.n > 1 || na == 0 || nb == 0);
    lw_diff_fini(&d);
}

#endif
