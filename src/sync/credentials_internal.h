/* The secret for one server, from where the user's config.yaml says: a program that prints it, or a
 * file that only the user can read.
 *
 * A program may take its time (a key store asks for a pass phrase in a window), so it runs beside
 * the loop: its pipes go into the poll, and keys never wait for it. It gets no shell, no terminal
 * and no stdin, and is killed at its time limit. Nothing waits here but the poll. */
#ifndef LABELWRIGHT_SYNC_CREDENTIALS_INTERNAL_H
#define LABELWRIGHT_SYNC_CREDENTIALS_INTERNAL_H

#include "labelwright/base/err.h"
#include "labelwright/config/config.h"

#include <poll.h>

struct lw_credentials;

enum lw_credentials_state {
    LW_CREDENTIALS_NONE,    /* the user names no secret for this server */
    LW_CREDENTIALS_WAITING, /* the program runs */
    LW_CREDENTIALS_READY,
    LW_CREDENTIALS_FAILED
};

/* Begins to read. `e` may be NULL, and is borrowed as long as this lives. limit_ms: of the program;
 * 0 for ours, 60 s. Never NULL. */
struct lw_credentials *lw_credentials_new(const struct lw_endpoint *e, int limit_ms);

/* A program that still runs is killed; the secret is zeroed. */
void lw_credentials_free(struct lw_credentials *c);

/* Reads it again, when the server did not take it. Nothing while WAITING. */
void lw_credentials_refresh(struct lw_credentials *c);

/* Goes on as far as it can. */
enum lw_credentials_state lw_credentials_work(struct lw_credentials *c);

/* What to poll while WAITING; both -1 otherwise. After that, or after due_ms (-1: never), call
 * lw_credentials_work(). */
enum { LW_CREDENTIALS_FDS = 2 };
void lw_credentials_fds(const struct lw_credentials *c, struct pollfd to[LW_CREDENTIALS_FDS]);
int lw_credentials_due_ms(const struct lw_credentials *c);

/* "Authorization: Bearer …" when READY, else NULL. Borrowed; gone with the next refresh. */
const char *lw_credentials_header(const struct lw_credentials *c);

/* Whether the last reading brought another secret than the one before. */
bool lw_credentials_changed(const struct lw_credentials *c);

/* Why it FAILED, and the cure; foreign text. */
const struct lw_err *lw_credentials_error(const struct lw_credentials *c);

#endif
