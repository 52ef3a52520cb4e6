/* Where a secret comes from: a file, ~/.netrc or the program that token_command names, and how it
 * is checked and cleared. Which request carries it, http_message.c and those who send say. Clock,
 * files and the program go through `sys`; only the pipes to it are always real. */
#define _GNU_SOURCE
#include "labelwright/net/credentials.h"
#include "net/net_messages_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    SECRET_MAX = 16 * 1024,
    COMPLAINT_MAX = 240,
    DRAINS = 64,
    LIMIT_MS = 60 * 1000,
    TICK_MS = 50 /* a program may close its pipes before it ends, or leave them to a daemon */
};
static const char bearer[] = "Authorization: Bearer ";

/* One end of a pipe, and what came through it. */
struct stream {
    int fd; /* -1 when it ended */
    size_t n, max;
    bool more; /* than fits */
    char *bytes;
};

struct lw_credentials {
    const struct lw_sys *sys;
    const struct lw_endpoint *e;
    enum lw_credentials_state state;
    int limit_ms;
    int64_t deadline_ms;
    pid_t pid;
    struct stream out, complaint;
    char out_bytes[SECRET_MAX + 1], complaint_bytes[COMPLAINT_MAX + 1];
    char header[sizeof bearer + SECRET_MAX]; /* "" for none */
    struct lw_err err;
};

/* ---- what was read */

static void clear_input(struct lw_credentials *c)
{
    sodium_memzero(c->out_bytes, sizeof c->out_bytes);
    sodium_memzero(c->complaint_bytes, sizeof c->complaint_bytes);
    c->out.n = c->complaint.n = 0;
    c->out.more = c->complaint.more = false;
}

static void set_failed(struct lw_credentials *c)
{
    clear_input(c);
    sodium_memzero(c->header, sizeof c->header);
    c->state = LW_CREDENTIALS_FAILED;
}

/* Makes the header of the first line without surrounding blanks, if it is one word of visible
 * ASCII. */
static bool make_header(struct lw_credentials *c, const char *from)
{
    const char *s = c->out_bytes;
    size_t n = 0; /* by bytes: a NUL must not cut it silently */
    while (n < c->out.n && s[n] != '\r' && s[n] != '\n')
        n++;
    while (n > 0 && (*s == ' ' || *s == '\t'))
        s++, n--;
    while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
        n--;
    if (n == 0) {
        lw_fail(&c->err, LW_EBAD, LW_NET_MSG_NO_TOKEN, from);
        return false;
    }
    for (size_t i = 0; i < n; i++)
        if (s[i] <= ' ' || s[i] > '~') { /* the position, not the character: it is a secret */
            lw_fail(&c->err, LW_EBAD, LW_NET_MSG_BAD_TOKEN, from, i + 1);
            return false;
        }
    size_t at = sizeof bearer - 1;
    memcpy(c->header, bearer, at);
    memcpy(c->header + at, s, n);
    c->header[at + n] = '\0';
    return true;
}

static void finish(struct lw_credentials *c, const char *from)
{
    if (c->err.code == LW_OK && make_header(c, from)) {
        clear_input(c);
        c->state = LW_CREDENTIALS_READY;
    } else {
        set_failed(c);
    }
}

/* ---- files */

static enum lw_code check_secret_file(const char *path, const struct stat *st, struct lw_err *err)
{
    if (!S_ISREG(st->st_mode))
        return lw_fail(err, LW_EREFUSED, LW_NET_MSG_NOT_A_FILE, path);
    if (st->st_uid != geteuid())
        return lw_fail(err, LW_EREFUSED, LW_NET_MSG_OTHERS_FILE, path);
    if (st->st_mode & (S_IRWXG | S_IRWXO))
        return lw_fail(err, LW_EREFUSED, LW_NET_MSG_OPEN_FILE, path, (unsigned)st->st_mode & 0777);
    return LW_OK;
}

/* Into c->out_bytes, which has room for one byte more than a secret may have. */
static enum lw_code read_whole(struct lw_credentials *c, int fd, const char *path)
{
    ssize_t got = 1;
    for (c->out.n = 0; got != 0 && c->out.n <= SECRET_MAX; c->out.n += (size_t)got) {
        do
            got = c->sys->read(c->sys, fd, c->out_bytes + c->out.n, SECRET_MAX + 1 - c->out.n);
        while (got < 0 && errno == EINTR);
        if (got < 0)
            return lw_fail_errno(&c->err, "cannot read %s", path);
    }
    if (c->out.n > SECRET_MAX)
        return lw_fail(&c->err, LW_EBAD, LW_NET_MSG_LONG_FILE, path, (int)SECRET_MAX);
    return LW_OK;
}

/* A file of the user's own that nobody else can read. LW_EREFUSED: it is a link, not a regular
 * file, another user's, or open to others. LW_EBAD: it is too long. */
static enum lw_code read_secret_file(struct lw_credentials *c, const char *path)
{
    struct stat st;
    /* Non-blocking: a pipe with that name must not block the screen. */
    int fd = c->sys->openat(c->sys, AT_FDCWD, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
    if (fd < 0 && errno == ELOOP)
        return lw_fail(&c->err, LW_EREFUSED, LW_NET_MSG_LINK, path);
    if (fd < 0)
        return lw_fail_errno(&c->err, "cannot open %s", path);
    enum lw_code code = c->sys->fstat(c->sys, fd, &st) == 0
                            ? check_secret_file(path, &st, &c->err)
                            : lw_fail_errno(&c->err, "cannot check %s", path);
    if (code == LW_OK)
        code = read_whole(c, fd, path);
    c->sys->close(c->sys, fd);
    return code;
}

static void read_file(struct lw_credentials *c)
{
    read_secret_file(c, c->e->token_file);
    finish(c, c->e->token_file);
}

/* libcurl reads the file but does not check who else can. */
static void check_netrc(struct lw_credentials *c)
{
    const char *home = getenv("HOME");
    char *path = lw_format("%s/.netrc", home ? home : "");
    if (read_secret_file(c, path) == LW_OK)
        clear_input(c);
    else
        set_failed(c);
    free(path);
}

/* ---- the program */

static void close_stream(struct stream *s)
{
    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
}

/* Reads part of what is there: a program that never stops writing must not block the keyboard. */
static void drain(struct stream *s)
{
    char rest[512];
    for (int i = 0; i < DRAINS && s->fd >= 0; i++) {
        bool full = s->n == s->max;
        ssize_t n =
            full ? read(s->fd, rest, sizeof rest) : read(s->fd, s->bytes + s->n, s->max - s->n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            break;
        if (n <= 0)
            close_stream(s);
        else if (full)
            s->more = true;
        else
            s->n += (size_t)n;
    }
    sodium_memzero(rest, sizeof rest);
}

/* The environment without GPG_TTY, so that no passphrase prompt appears on our screen. */
static char **quiet_environment(void)
{
    size_t n = 0, kept = 0;
    while (environ[n])
        n++;
    char **v = lw_alloc((n + 1) * sizeof *v);
    for (size_t i = 0; i < n; i++)
        if (strncmp(environ[i], "GPG_TTY=", 8) != 0)
            v[kept++] = environ[i];
    return v;
}

/* 0 or an errno. */
static int spawn(struct lw_credentials *c, int out, int complaint)
{
    char **env = quiet_environment();
    struct lw_child child = {.argv = c->e->token_command, .env = env, .out = out, .err = complaint};
    int fault = c->sys->spawn(c->sys, &child, &c->pid);
    free(env);
    return fault;
}

static bool open_stream(struct stream *s, int *writer)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    s->fd = ends[0];
    *writer = ends[1];
    return true;
}

static void start_program(struct lw_credentials *c)
{
    int out = -1, complaint = -1;
    bool opened = open_stream(&c->out, &out) && open_stream(&c->complaint, &complaint);
    errno = opened ? spawn(c, out, complaint) : errno;
    bool started = errno == 0;
    if (!started)
        lw_fail_errno(&c->err, LW_NET_MSG_CANNOT_START, c->e->token_command[0], c->e->origin);
    if (out >= 0)
        close(out);
    if (complaint >= 0)
        close(complaint);
    c->deadline_ms = lw_clock_mono_ms(c->sys) + c->limit_ms;
    c->state = LW_CREDENTIALS_WAITING;
    if (started)
        return;
    c->pid = 0;
    close_stream(&c->out);
    close_stream(&c->complaint);
    set_failed(c);
}

/* Kills the program and what it started. */
static void kill_program(struct lw_credentials *c)
{
    c->sys->kill(c->sys, -c->pid, SIGKILL);
    while (c->sys->waitpid(c->sys, c->pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

static void close_program(struct lw_credentials *c)
{
    drain(&c->out);
    drain(&c->complaint);
    close_stream(&c->out);
    close_stream(&c->complaint);
    c->pid = 0;
}

/* "The token_command of ORIGIN (pass) ended with status 1: what it said" */
static void set_error(struct lw_credentials *c, const char *fmt, int number)
{
    char how[80];
    snprintf(how, sizeof how, fmt, number);
    size_t n = c->complaint.n;
    while (n > 0 && strchr(" \n\r\t.", c->complaint_bytes[n - 1]))
        n--;
    lw_fail(&c->err, LW_EBAD, LW_NET_MSG_COMMAND, c->e->origin, c->e->token_command[0], how,
        n ? ": " : "", (int)n, c->complaint_bytes);
}

static void finish_program(struct lw_credentials *c, int status)
{
    close_program(c);
    if (WIFSIGNALED(status))
        set_error(c, LW_NET_MSG_COMMAND_KILLED, WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0)
        set_error(c, LW_NET_MSG_COMMAND_STATUS, WEXITSTATUS(status));
    else if (c->out.more)
        set_error(c, LW_NET_MSG_COMMAND_LONG, SECRET_MAX);
    finish(c, c->e->token_command[0]);
}

static void stop_program(struct lw_credentials *c, const char *fmt, int number)
{
    kill_program(c);
    close_program(c);
    set_error(c, fmt, number);
    set_failed(c);
}

enum lw_credentials_state lw_credentials_work(struct lw_credentials *c)
{
    if (c->state != LW_CREDENTIALS_WAITING)
        return c->state;
    int status = 0;
    drain(&c->out);
    drain(&c->complaint);
    pid_t ended = c->sys->waitpid(c->sys, c->pid, &status, WNOHANG);
    if (ended == c->pid ||
        (ended < 0 && errno == ECHILD)) /* if SIGCHLD is ignored, there is no status */
        finish_program(c, ended < 0 ? 0 : status);
    else if (c->out.more)
        stop_program(c, LW_NET_MSG_COMMAND_LONG, SECRET_MAX);
    else if (lw_clock_mono_ms(c->sys) >= c->deadline_ms)
        stop_program(c, LW_NET_MSG_COMMAND_SLOW, c->limit_ms);
    return c->state;
}

/* ---- life */

void lw_credentials_refresh(struct lw_credentials *c)
{
    if (!c->e || c->state == LW_CREDENTIALS_WAITING)
        return;
    c->err = (struct lw_err){0};
    c->state = LW_CREDENTIALS_NONE;
    if (c->e->token_command)
        start_program(c);
    else if (c->e->token_file)
        read_file(c);
    else if (c->e->netrc)
        check_netrc(c);
}

struct lw_credentials *lw_credentials_new(
    const struct lw_sys *sys, const struct lw_endpoint *e, int limit_ms)
{
    struct lw_credentials *c = lw_alloc(sizeof *c);
    c->sys = sys;
    c->e = e;
    c->limit_ms = limit_ms ? limit_ms : LIMIT_MS;
    c->out = (struct stream){.fd = -1, .max = SECRET_MAX, .bytes = c->out_bytes};
    c->complaint = (struct stream){.fd = -1, .max = COMPLAINT_MAX, .bytes = c->complaint_bytes};
    lw_credentials_refresh(c);
    return c;
}

void lw_credentials_free(struct lw_credentials *c)
{
    if (!c)
        return;
    if (c->state == LW_CREDENTIALS_WAITING) {
        kill_program(c);
        close_program(c);
    }
    sodium_memzero(c, sizeof *c);
    free(c);
}

void lw_credentials_fds(const struct lw_credentials *c, struct pollfd to[LW_CREDENTIALS_FDS])
{
    to[0] = (struct pollfd){.fd = c->out.fd, .events = POLLIN};
    to[1] = (struct pollfd){.fd = c->complaint.fd, .events = POLLIN};
}

int lw_credentials_due_ms(const struct lw_credentials *c)
{
    if (c->state != LW_CREDENTIALS_WAITING)
        return -1;
    int64_t left = c->deadline_ms - lw_clock_mono_ms(c->sys);
    return left < 0 ? 0 : left < TICK_MS ? (int)left : TICK_MS;
}

const char *lw_credentials_header(const struct lw_credentials *c)
{
    return c->state == LW_CREDENTIALS_READY ? c->header : NULL;
}

const char *lw_credentials_token(const struct lw_credentials *c)
{
    return c->state == LW_CREDENTIALS_READY ? c->header + sizeof bearer - 1 : NULL;
}

const struct lw_err *lw_credentials_error(const struct lw_credentials *c)
{
    return &c->err;
}
