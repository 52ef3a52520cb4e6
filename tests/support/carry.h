/* One request through the carrier, waited for. */
#ifndef LABELWRIGHT_TESTS_SUPPORT_CARRY_H
#define LABELWRIGHT_TESTS_SUPPORT_CARRY_H

#include "sync/http_internal.h"

/* The last reply, to carry_free(). */
struct carried {
    int calls;
    struct lw_http_reply reply;
};

void carry_done(void *ctx, const struct lw_http_reply *reply); /* ctx: struct carried */
void carry_wait(struct lw_http *h, struct carried *c, int calls);
void carry_free(struct carried *c);

/* Starts (which must work) and waits; what was in `c` is freed. */
void carry(struct lw_http *h, const struct lw_http_request *request, struct carried *c);

#endif
