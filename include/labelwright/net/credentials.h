/* The secret for one server, from where the user's config.yaml says: a program that prints it, or a
 * file that only the user can read.
 *
 * A program may be slow (a key store may ask for a passphrase in a window), so it runs in the
 * background: the loop polls its pipes, and keys never wait for it. It gets no shell, no terminal
 * and no stdin, and is killed at its time limit. Only the poll waits. */
#ifndef LABELWRIGHT_NET_CREDENTIALS_H
#define LABELWRIGHT_NET_CREDENTIALS_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"
#include "labelwright/config/config.h"

#include <poll.h>

struct lw_credentials;

enum lw_credentials_state {
    LW_CREDENTIALS_NONE,    /* the user names no secret for this server */
    LW_CREDENTIALS_WAITING, /* the program runs */
    LW_CREDENTIALS_READY,
    LW_CREDENTIALS_FAILED
};

/* Starts reading. `sys` (clock, files, the program) and `e`, which may be NULL, are borrowed until
 * lw_credentials_free(). limit_ms: for the program; 0 for the default, 60 s. Never NULL. */
struct lw_credentials *lw_credentials_new(
    const struct lw_sys *sys, const struct lw_endpoint *e, int limit_ms);

/* Kills a running program and zeroes the secret. */
void lw_credentials_free(struct lw_credentials *c);

/* Reads the secret again after the server refused it. Does nothing while WAITING. */
void lw_credentials_refresh(struct lw_credentials *c);

/* Does what can be done now without waiting. */
enum lw_credentials_state lw_credentials_work(struct lw_credentials *c);

/* What to poll while WAITING; both -1 otherwise. After that, or after due_ms (-1: never), call
 * lw_credentials_work(). */
enum { LW_CREDENTIALS_FDS = 2 };
void lw_credentials_fds(const struct lw_credentials *c, struct pollfd to[LW_CREDENTIALS_FDS]);
int lw_credentials_due_ms(const struct lw_credentials *c);

/* "Authorization: Bearer …" (RFC 6750, section 2.1) when READY, else NULL. Borrowed; gone with the
 * next refresh. */
const char *lw_credentials_header(const struct lw_credentials *c);

/* The secret alone, for servers that take it in another header. The same holds for it. */
const char *lw_credentials_token(const struct lw_credentials *c);

/* Why it FAILED, and the cure; foreign text. */
const struct lw_err *lw_credentials_error(const struct lw_credentials *c);

#endif
