/* Any text and any script of edits: the properties of the edit buffer hold (see text_properties.h).
 */
#define _GNU_SOURCE
#include "fixtures/text_properties.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* The first byte says how much of the rest is the text to start from; what remains is the script.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    HOLD(lw_locale_init());
    if (n == 0)
        return 0;
    size_t text = data[0] < n - 1 ? data[0] : n - 1;
    hold_edit((const char *)data + 1, text, data + 1 + text, n - 1 - text);
    return 0;
}
