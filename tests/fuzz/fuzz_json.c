/* Any bytes: what the scan takes for an object, jansson does, too; what is read without it is the
 * same; and members found in the text are inside it. The other way round, plain JSON that the tests
 * know is taken. */
#include "labelwright/json/json_check.h"
#include "labelwright/json/json_members.h"
#include "labelwright/json/json_read.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Down to the order of members and the last bit of numbers. */
static void must_be_same(const char *text, size_t size)
{
    const size_t flags = JSON_COMPACT | JSON_REAL_PRECISION(17);
    json_t *read = lw_json_read_plain(text, size);
    if (!read)
        return;
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
    char *a = json_dumps(read, flags), *b = json ? json_dumps(json, flags) : NULL;
    if (!b || strcmp(a, b) != 0 || !json_equal(read, json))
        abort();
    free(a);
    free(b);
    json_decref(json);
    json_decref(read);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size ? size : 1); /* no byte behind it */
    struct lw_member m;
    if (!text)
        return 0;
    memcpy(text, data, size);
    const char *at = text;
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    if (lw_json_is_plain_object(text, size) && !json_is_object(json))
        abort();
    if (lw_json_is_object(text, size) != json_is_object(json))
        abort();
    must_be_same(text, size);
    while (lw_member_next(&at, text + size, &m))
        if (m.value + m.value_len > text + size)
            abort();
    json_decref(json);
    free(text);
    return 0;
}
