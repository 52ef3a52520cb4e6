#define _GNU_SOURCE
#include "wire.h"

#include <arpa/inet.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

bool wire_wait(struct wire *w, int fd, int ms)
{
    struct pollfd p[] = {{.fd = fd, .events = POLLIN}, {.fd = w->stop, .events = POLLIN}};
    return poll(p, 2, ms) > 0;
}

static bool stopped(struct wire *w)
{
    struct pollfd p = {.fd = w->stop, .events = POLLIN};
    return poll(&p, 1, 0) > 0;
}

static size_t body_length(const char *head)
{
    const char *line = strcasestr(head, "\r\nContent-Length:");
    return line ? strtoul(line + 17, NULL, 10) : 0;
}

bool wire_read(struct wire *w, int fd)
{
    char *text = calloc(1, WIRE_REQUEST_MAX);
    size_t n = 0, whole = SIZE_MAX;
    while (text && n < whole && n < WIRE_REQUEST_MAX - 1) {
        wire_wait(w, fd, -1);
        ssize_t got = stopped(w) ? 0 : read(fd, text + n, WIRE_REQUEST_MAX - 1 - n);
        if (got <= 0)
            break;
        n += (size_t)got;
        const char *end = strstr(text, "\r\n\r\n");
        if (end)
            whole = (size_t)(end - text) + 4 + body_length(text);
    }
    bool came = text && n >= whole && w->requests < WIRE_REQUESTS;
    if (came)
        w->request[w->requests++] = text;
    else
        free(text);
    return came;
}

bool wire_say(int fd, const void *bytes, size_t n)
{
    const char *at = bytes;
    while (n > 0) {
        ssize_t done = send(fd, at, n, MSG_NOSIGNAL);
        if (done <= 0)
            return false;
        at += done;
        n -= (size_t)done;
    }
    return true;
}

void wire_reset(int fd)
{
    const struct linger hard = {.l_onoff = 1};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}

static void *run(void *ctx)
{
    struct wire *w = ctx;
    for (;;) {
        wire_wait(w, w->listener, -1);
        if (stopped(w))
            return NULL;
        int fd = accept4(w->listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0)
            continue;
        w->talk(w, fd, w->connections++);
        close(fd);
    }
}

static void start(struct wire *w, const struct sockaddr *at, socklen_t n)
{
    w->stop = eventfd(0, EFD_CLOEXEC);
    w->listener = socket(at->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(w->listener, at, n), 0);
    assert_int_equal(listen(w->listener, 16), 0);
    assert_int_equal(pthread_create(&w->thread, NULL, run, w), 0);
}

void wire_start(struct wire *w, void (*talk)(struct wire *w, int fd, int nth), void *ctx)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    *w = (struct wire){.talk = talk, .ctx = ctx};
    start(w, (struct sockaddr *)&at, n);
    assert_int_equal(getsockname(w->listener, (struct sockaddr *)&at, &n), 0);
    w->port = ntohs(at.sin_port);
}

void wire_start_unix(
    struct wire *w, const char *path, void (*talk)(struct wire *w, int fd, int nth), void *ctx)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    assert_true(strlen(path) < sizeof at.sun_path);
    strcpy(at.sun_path, path);
    *w = (struct wire){.talk = talk, .ctx = ctx};
    start(w, (struct sockaddr *)&at, sizeof at);
}

void wire_stop(struct wire *w)
{
    if (w->stop < 0)
        return;
    assert_int_equal(eventfd_write(w->stop, 1), 0);
    pthread_join(w->thread, NULL);
    close(w->listener);
    close(w->stop);
    w->stop = -1;
}

void wire_free(struct wire *w)
{
    wire_stop(w);
    for (int i = 0; i < w->requests; i++)
        free(w->request[i]);
    *w = (struct wire){.stop = -1};
}
