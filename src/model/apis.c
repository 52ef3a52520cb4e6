/* The table of protocols, and the address that each makes of a model's. */
#include "model/api_internal.h"

#include <string.h>

static const struct lw_api *const apis[LW_API_COUNT] = {
#define ROW(id, name) [LW_API_##id] = &lw_api_##name,
    LW_APIS(ROW)
#undef ROW
};

const struct lw_api *lw_api_of(enum lw_api_kind kind)
{
    return apis[kind];
}

static bool ends_with(const char *s, size_t n, const char *end, size_t m)
{
    return n >= m && memcmp(s + n - m, end, m) == 0;
}

/* How many bytes at the start of `path` the address ends with: "…/v1" has the first three of
 * "/v1/chat/completions". Whole names only. */
static size_t shared(const char *url, size_t n, const char *path)
{
    size_t most = 0;
    for (const char *at = path; (at = strchr(at + 1, '/'));)
        if (ends_with(url, n, path, (size_t)(at - path)))
            most = (size_t)(at - path);
    return most;
}

char *lw_api_url(const struct lw_model *model)
{
    const struct lw_api *api = lw_api_of(model->api);
    size_t n = strlen(model->url);
    while (n > 0 && model->url[n - 1] == '/')
        n--;
    if (ends_with(model->url, n, api->tail, strlen(api->tail)))
        return lw_strndup(model->url, n);
    return lw_format("%.*s%s", (int)n, model->url, api->path + shared(model->url, n, api->path));
}
