/* Tells a terminal that is gone from one where nobody types. _GNU_SOURCE for FIONREAD. */
#define _GNU_SOURCE
#include "tui/hangup_internal.h"

#include <poll.h>
#include <sys/ioctl.h>

enum { BARREN_MAX = 100 };

bool lw_hangup_seen(struct lw_hangup *h, int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    int waiting = 0;
    if (poll(&p, 1, 0) <= 0) {
        h->barren = 0;
        return false;
    }
    if (p.revents & (POLLHUP | POLLERR | POLLNVAL))
        return true;
    if (ioctl(fd, FIONREAD, &waiting) != 0 || waiting == 0)
        return true;
    return ++h->barren > BARREN_MAX;
}
