/* Any bytes: parsed within the limits, or refused with one problem; the tree prints as JSON. */
#include "labelwright/yaml/yaml.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    struct lw_problems p = {0};
    struct lw_yaml *y = lw_yaml_parse("fuzz", (const char *)data, n, &p);
    if ((y == NULL) != (p.n == 1))
        abort();
    if (y)
        json_decref(lw_yaml_json(y));
    lw_yaml_free(y);
    lw_problems_fini(&p);
    return 0;
}
