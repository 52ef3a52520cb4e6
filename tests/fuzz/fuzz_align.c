/* Any two texts aligned by their paragraphs (see align_properties.h). */
#define _GNU_SOURCE
#include "fixtures/align_properties.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* The first two bytes say where the second text begins. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n < 3)
        return 0;
    size_t first = (size_t)(data[0] << 8 | data[1]) % (n - 1);
    hold_align((const char *)data + 2, first, (const char *)data + 2 + first, n - 2 - first);
    return 0;
}
