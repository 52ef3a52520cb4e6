/* Any bytes as a text with formulas and as one formula: the properties of math_properties.h hold.
 */
#define _GNU_SOURCE
#include "fixtures/math_properties.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    HOLD(lw_locale_init());
    const char *s = (const char *)data;
    hold_math(s, n);
    struct lw_math_rows rows = {0};
    for (int display = 0; n > 0 && display < 2; display++) {
        struct lw_formula f = {.len = n, .nbody = n, .display = display};
        bool bare = n > 6 && s[0] == '\\' && s[1] == 'b';
        if (hold_math_layout(&rows, s, &f, 60) && !bare)
            hold_math_letters(&rows, s, 0, n);
    }
    lw_math_rows_fini(&rows);
    return 0;
}
