/* Any two texts: how much alike they are is the same from both sides, a text is all like itself,
 * and what is to be filled in stands where it is said to. */
#define _GNU_SOURCE
#include "fixtures/text_properties.h"
#include "labelwright/text/likeness.h"
#include "labelwright/text/placeholder.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int likeness(const char *a, size_t na, const char *b, size_t nb)
{
    struct lw_likeness *l = lw_likeness_new();
    struct lw_like like = {0};
    lw_likeness_add(l, 2, a, na);
    bool found = lw_likeness_find(l, b, nb, 0, &like);
    HOLD(!found || (like.id == 2 && like.percent >= LW_LIKE_PERCENT && like.percent <= 100));
    HOLD(!lw_likeness_find(l, b, nb, 2, &like));
    lw_likeness_remove(l, 2);
    HOLD(!lw_likeness_find(l, b, nb, 0, &like));
    lw_likeness_free(l);
    return found ? like.percent : 0;
}

static void hold_places(const char *s, size_t n)
{
    for (size_t at = 0, len; at < n; at += len ? len : 1) {
        at = lw_placeholder_find(s, n, at, &len);
        HOLD(at <= n && at + len <= n && (len == 0) == (at == n));
        HOLD(len == 0 ||
             (len >= 6 && memcmp(s + at, "‹", 3) == 0 && memcmp(s + at + len - 3, "›", 3) == 0));
    }
}

/* The texts are parted by the first zero. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const char *a = (const char *)data;
    size_t na = strnlen(a, n), skip = na < n ? na + 1 : n;
    const char *b = a + skip;
    size_t nb = n - skip;
    HOLD(lw_locale_init());
    HOLD(likeness(a, na, b, nb) == likeness(b, nb, a, na));
    int same = likeness(a, na, a, na);
    HOLD(same == 0 || same == 100);
    hold_places(a, na);
    return 0;
}
