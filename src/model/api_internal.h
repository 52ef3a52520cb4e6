/* The protocols of models' servers: a row of LW_APIS and a file api_NAME.c each, which defines
 * lw_api_NAME. It writes the request and reads the events of the answer. */
#ifndef LABELWRIGHT_MODEL_API_INTERNAL_H
#define LABELWRIGHT_MODEL_API_INTERNAL_H

#include "model/ask_internal.h"
#include "model/stream_internal.h"

struct lw_api {
    const char *path;           /* "/v1/chat/completions" */
    const char *tail;           /* an address that ends with this is whole already */
    const char *token_header;   /* "x-api-key: "; NULL: Authorization */
    const char *const *headers; /* of its own, NULL-terminated; NULL for none */
    void (*write)(const struct lw_ask *ask, struct lw_buf *to); /* the body */
    /* One event: `event` "" when it has no name. For a whole answer in one JSON object as well. */
    void (*read)(struct lw_stream *s, const char *event, const json_t *v);
    /* Text that is no JSON, but is known; false: it is unknown. NULL: there is none. */
    bool (*read_word)(struct lw_stream *s, const char *data);
};

#define LW_API_DECLARE(id, name) extern const struct lw_api lw_api_##name;
LW_APIS(LW_API_DECLARE)
#undef LW_API_DECLARE

const struct lw_api *lw_api_of(enum lw_api_kind kind);

/* Where to send to: the model's address with the API's path, whose beginning or end the address may
 * have already. New string. */
char *lw_api_url(const struct lw_model *model);

#endif
