/* Any bytes: the properties of clusters and widths hold (see text_properties.h). */
#define _GNU_SOURCE
#include "fixtures/text_properties.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    HOLD(lw_locale_init());
    hold_glyphs((const char *)data, n);
    return 0;
}
