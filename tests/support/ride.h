/* A carrier and a server of its own, for tests of how the two go together. */
#ifndef LABELWRIGHT_TESTS_SUPPORT_RIDE_H
#define LABELWRIGHT_TESTS_SUPPORT_RIDE_H

#include "carry.h"
#include "wire.h"

struct ride {
    struct wire wire;
    struct lw_http *h;
    struct carried c;
    char origin[40]; /* of the server */
};

/* *state is a struct ride. */
int ride_set_up(void **state);
int ride_tear_down(void **state);

void ride_serve(struct ride *r, void (*talk)(struct wire *w, int fd, int nth));
void ride_limit(struct ride *r, struct lw_http_limits limits); /* a new carrier */

/* What servers do: say ride_ok and close; go on saying it; hear and say nothing. */
extern const char ride_ok[];
void ride_talk_ok(struct wire *w, int fd, int nth);
void ride_talk_on(struct wire *w, int fd, int nth);
void ride_talk_never(struct wire *w, int fd, int nth);

/* A small one of that method to the server. */
struct lw_http_request ride_request(const struct ride *r, const char *method);
void ride_start(struct ride *r, const char *method);
void ride_send_off(struct ride *r, const char *method); /* until the server has it */
void ride_ask(struct ride *r, const char *method, enum lw_http_outcome outcome); /* to the end */

#endif
