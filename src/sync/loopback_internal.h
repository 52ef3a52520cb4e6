/* Where a socket leads. */
#ifndef LABELWRIGHT_SYNC_LOOPBACK_INTERNAL_H
#define LABELWRIGHT_SYNC_LOOPBACK_INTERNAL_H

#include <stdbool.h>
#include <sys/socket.h>

bool lw_is_loopback(const struct sockaddr *to); /* this machine, or a Unix socket */
void lw_write_address(const struct sockaddr *to, char *text, socklen_t n); /* "192.0.2.1" */

#endif
