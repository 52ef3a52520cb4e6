#include "sync/loopback_internal.h"

#include <arpa/inet.h>
#include <stdio.h>

bool lw_is_loopback(const struct sockaddr *to)
{
    if (to->sa_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)(const void *)to)->sin_addr.s_addr) >> 24 == 127;
    if (to->sa_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)to)->sin6_addr);
    return to->sa_family == AF_UNIX;
}

void lw_write_address(const struct sockaddr *to, char *text, socklen_t n)
{
    const void *at = to->sa_family == AF_INET6
                         ? (const void *)&((const struct sockaddr_in6 *)(const void *)to)->sin6_addr
                         : (const void *)&((const struct sockaddr_in *)(const void *)to)->sin_addr;
    if (!inet_ntop(to->sa_family, at, text, n))
        snprintf(text, n, "?");
}
