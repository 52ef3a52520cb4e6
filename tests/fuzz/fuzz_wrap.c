/* Any bytes at any width: the properties of wrapped lines hold (see text_properties.h). */
#define _GNU_SOURCE
#include "fixtures/text_properties.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* The first byte is the width. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    HOLD(lw_locale_init());
    if (n > 0)
        hold_wrap((const char *)data + 1, n - 1, data[0] > 0 ? data[0] : 1);
    return 0;
}
