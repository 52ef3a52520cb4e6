/* The child that decodes one picture: gives up what it does not need, limits itself, writes points
 * to a pipe and ends. A decoder that is led astray can open nothing, write no file and send
 * nothing. What it writes is checked by picture_reader.c. */
#define _DEFAULT_SOURCE
#include "picture/picture_internal.h"

#include "labelwright/base/linux_calls.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { MEMORY_MAX = 1024 * 1024 * 1024, CPU_SECONDS = 10, WALL_SECONDS = 15, IN = 0, OUT = 1 };

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define SANITIZED 1
#endif

/* A macro, because the type of the first argument differs between libraries. */
#define LIMIT(what, to) setrlimit(what, &(struct rlimit){.rlim_cur = (to), .rlim_max = (to)})

/* A process may not run before the parent's handlers are gone: they know its terminal. */
static void forget_signals(void)
{
    sigset_t none;
    for (int i = 1; i < NSIG; i++)
        signal(i, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGINT, SIG_IGN); /* the terminal's ^C is the parent's business */
    signal(SIGPIPE, SIG_DFL);
}

/* What the program takes already, in bytes: the limit counts it. */
static rlim_t taken(void)
{
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    if (f && fscanf(f, "%lu", &pages) != 1)
        pages = 0;
    if (f)
        fclose(f);
    return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static void limit_all(void)
{
#ifndef SANITIZED /* which takes terabytes, on paper */
    LIMIT(RLIMIT_AS, taken() + MEMORY_MAX);
#else
    (void)taken;
#endif
    LIMIT(RLIMIT_CPU, CPU_SECONDS);
    LIMIT(RLIMIT_FSIZE, 0);
    LIMIT(RLIMIT_NOFILE, 0);
    LIMIT(RLIMIT_CORE, 0);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    alarm(WALL_SECONDS);
}

/* The file becomes stdin and the pipe stdout; nothing else stays open: no journal, no terminal. */
static void keep_two(int in, int out)
{
    int high_in = dup(in), high_out = dup(out); /* neither may be 0 or 1 already */
    if (dup2(high_in, IN) < 0 || dup2(high_out, OUT) < 0)
        _exit(1);
    if (lw_close_from(2) != 0)
        for (int fd = 2; fd < 4096; fd++)
            close(fd);
}

static void write_all(const void *from, size_t n)
{
    const char *at = from;
    while (n > 0) {
        ssize_t did = write(OUT, at, n);
        if (did < 0 && errno == EINTR)
            continue;
        if (did <= 0)
            _exit(1);
        at += did;
        n -= (size_t)did;
    }
}

static enum lw_picture_fault decode(FILE *f, struct lw_picture_scale *to)
{
    char first[16];
    size_t n = fread(first, 1, sizeof first, f);
    if (n == 0)
        return ferror(f) ? LW_FAULT_READ : LW_FAULT_EMPTY;
    int kind = lw_picture_kind_of(first, n);
    if (kind < 0)
        return LW_FAULT_KIND;
    to->head.kind = (uint32_t)kind;
    if (!lw_picture_kinds[kind].decode)
        return lw_picture_kinds[kind].without;
    rewind(f);
    enum lw_picture_fault fault = lw_picture_kinds[kind].decode(f, to);
    if (fault == LW_FAULT_NONE && to->head.cols > 0 && !lw_scale_is_done(to))
        fault = LW_FAULT_DAMAGED;
    if (fault == LW_FAULT_NONE && !(lw_scale_turn(to) && lw_picture_filter(to)))
        fault = LW_FAULT_MEMORY;
    return ferror(f) ? LW_FAULT_READ : fault;
}

_Noreturn void lw_picture_child(int in, int out, const struct lw_picture_want *want)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    forget_signals();
    keep_two(in, out);
    struct lw_picture_scale scale = {.want = *want};
    FILE *f = fdopen(IN, "r");
    limit_all();
    enum lw_picture_fault fault = f ? decode(f, &scale) : LW_FAULT_MEMORY;
    scale.head.magic = LW_PICTURE_MAGIC;
    scale.head.fault = fault;
    write_all(&scale.head, sizeof scale.head);
    if (fault == LW_FAULT_NONE && scale.head.cols > 0)
        write_all(scale.rgb, (size_t)scale.out_w * (size_t)scale.out_h * 3);
    _exit(0);
}
