/* Any text, edited in any way: what holds for a diff holds after each update (see
 * diff_properties.h). */
#define _GNU_SOURCE
#include "fixtures/diff_properties.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Up to twenty edits, then the two texts; what is put in comes from the first. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    HOLD(lw_locale_init());
    if (n < 3)
        return 0;
    size_t script = 5 * (size_t)(data[0] % 20), first;
    script = script < n - 3 ? script : 0;
    const char *text = (const char *)data + 3 + script;
    n -= 3 + script;
    first = (size_t)(data[1] << 8 | data[2]) % (n + 1);
    char *words = strndup(text, n < 400 ? n : 400);
    hold_updates(text, first, text + first, n - first, data + 3, script, words);
    free(words);
    return 0;
}
