/* Any bytes: a line in the order of the screen has each character once, and what is no letter of a
 * right-to-left script changes only to its mirror. */
#define _GNU_SOURCE
#include "fixtures/text_properties.h"
#include "labelwright/text/bidi.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const char *s = (const char *)data;
    char32_t cp[LW_BIDI_MAX], was[LW_BIDI_MAX];
    uint16_t order[LW_BIDI_MAX];
    bool seen[LW_BIDI_MAX] = {false}, matters = false;
    size_t count = 0;
    for (size_t at = 0; at < n && count < LW_BIDI_MAX; count++) {
        at += lw_utf8_decode(s + at, n - at, &cp[count]);
        cp[count] = cp[count] == LW_UTF8_BAD ? U'?' : cp[count];
        was[count] = cp[count];
        matters = matters || lw_bidi_matters(cp[count]);
    }
    lw_bidi_line(cp, count, order);
    for (size_t i = 0; i < count; i++) {
        HOLD(order[i] < count && !seen[order[i]]);
        seen[order[i]] = true;
        HOLD(cp[i] == was[i] || matters || was[i] < 0x80 || was[i] > 0xFF);
    }
    enum lw_direction d = lw_direction_of(s, n);
    HOLD(d == LW_DIRECTION_NONE || n > 0);
    return 0;
}
