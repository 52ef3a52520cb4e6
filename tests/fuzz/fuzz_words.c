/* Any text: cut into words as libunistring cuts it (see words_properties.h). */
#define _GNU_SOURCE
#include "fixtures/words_properties.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    hold_words((const char *)data, n);
    return 0;
}
