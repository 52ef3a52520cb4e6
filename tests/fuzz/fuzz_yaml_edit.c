/* Any bytes as config.yaml, with one value changed: the result has it and is otherwise the same
 * bytes, or nothing was written and there is a sentence why. */
#include "labelwright/yaml/yaml_edit.h"

#include "labelwright/yaml/yaml.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static const struct lw_yaml_change changes[] = {
    {"theme", NULL, "light"}, {"keys", "skip", "[\"?\", F5]"}, {"a", "b", "c"}};

/* One piece was put in place of another: what stands before and behind it is as it was. */
static void check_bytes(const char *was, size_t n, const struct lw_buf *now)
{
    size_t head = 0, tail = 0, least = n < now->len ? n : now->len;
    while (head < least && was[head] == now->data[head])
        head++;
    while (tail < least - head && was[n - 1 - tail] == now->data[now->len - 1 - tail])
        tail++;
    if (now->len - head - tail > 64) /* more than one value was written */
        abort();
}

static void check_value(const struct lw_buf *now, const struct lw_yaml_change *c)
{
    struct lw_problems p = {0};
    struct lw_yaml *y = lw_yaml_parse("fuzz", now->data, now->len, &p);
    const struct lw_yaml *at = y ? lw_yaml_get(y, c->key) : NULL;
    if (!at || (c->inside && !lw_yaml_get(at, c->inside)))
        abort();
    lw_yaml_free(y);
    lw_problems_fini(&p);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct lw_buf now = {0};
        struct lw_err err = {0};
        enum lw_code code = lw_yaml_change("fuzz", (const char *)data, n, &changes[i], &now, &err);
        if (code == LW_OK) {
            check_bytes((const char *)data, n, &now);
            check_value(&now, &changes[i]);
        } else if (now.len > 0 || !err.text[0]) {
            abort();
        }
        lw_buf_fini(&now);
    }
    return 0;
}
