/* A server on loopback that says exactly the bytes a test wants, one connection after the other, in
 * a thread of its own. */
#ifndef LABELWRIGHT_TESTS_SUPPORT_WIRE_H
#define LABELWRIGHT_TESTS_SUPPORT_WIRE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { WIRE_REQUESTS = 16, WIRE_REQUEST_MAX = 4 * 1024 * 1024 };

struct wire {
    int port;
    /* What to do with connection `nth` (from 0); it is closed afterwards. */
    void (*talk)(struct wire *w, int fd, int nth);
    void *ctx;
    _Atomic int connections, requests; /* so far */
    char *request[WIRE_REQUESTS]; /* head and body as they came; look at it after wire_stop() */
    int listener, stop;
    pthread_t thread;
};

void wire_start(struct wire *w, void (*talk)(struct wire *w, int fd, int nth), void *ctx);
/* The same at a Unix socket of that path. */
void wire_start_unix(
    struct wire *w, const char *path, void (*talk)(struct wire *w, int fd, int nth), void *ctx);
void wire_stop(struct wire *w); /* wakes and ends the thread; twice is fine */
void wire_free(struct wire *w); /* stops it; twice is fine, and so is {.stop = -1} */

/* For `talk`. */
bool wire_read(struct wire *w, int fd); /* one whole request, kept; false when it does not come */
bool wire_say(int fd, const void *bytes, size_t n); /* false when the peer is gone */
void wire_reset(int fd);                            /* the close to come is an RST */
bool wire_wait(struct wire *w, int fd, int ms); /* until the peer speaks or leaves, or the test ends
                                                   (true), or `ms` are over; -1: no limit */

#endif
