/* Any bytes at any width: the properties of wrapped lines hold (see text_properties.h), and the
 * breaks in it are those of libunistring. */
#define _GNU_SOURCE
#include "fixtures/break_properties.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* The first byte is the width. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    HOLD(lw_locale_init());
    if (n > 1)
        hold_breaks((const char *)data + 1, n - 1);
    if (n > 0)
        hold_wrap((const char *)data + 1, n - 1, data[0] > 0 ? data[0] : 1);
    return 0;
}
