/* Any bytes read aloud: no word of theirs is left out, and what is said stays within bounds. */
#define _GNU_SOURCE
#include "fixtures/spoken_properties.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool begun;
    if (!begun)
        lw_locale_init();
    begun = true;
    char *s = lw_strndup((const char *)data, size), *bad = bad_speech(s, size);
    if (bad) {
        fprintf(stderr, "%s\n", bad);
        abort();
    }
    free(s);
    return 0;
}
