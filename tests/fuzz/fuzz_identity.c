/* An identity's file of any bytes: what is accepted is written again as it was. */
#include "proof/identity_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct lw_identity *i = lw_identity_new();
    struct lw_buf text = {0};
    char *copy = malloc(n ? n : 1); /* exactly as long, so that reading on is found */
    memcpy(copy, data, n);
    if (!lw_identity_parse(copy, n, i)) {
        lw_identity_format(i, &text);
        if (text.len != n || memcmp(text.data, copy, n) != 0)
            abort();
    }
    free(copy);
    lw_buf_fini(&text);
    lw_identity_free(i);
    return 0;
}
