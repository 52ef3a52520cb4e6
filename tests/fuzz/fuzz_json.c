/* Any bytes: what the scan takes for an object, jansson does, too; and members found in the text
 * are those of its tree. The other way round, plain JSON that the tests know is taken. */
#include "labelwright/json/json_check.h"
#include "labelwright/json/json_members.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
    while (lw_member_next(&at, text + size, &m))
        if (m.value + m.value_len > text + size)
            abort();
    json_decref(json);
    free(text);
    return 0;
}
