#define _GNU_SOURCE
#include "wait.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int64_t lw_test_now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void lw_test_pause(int ms)
{
    nanosleep(&(struct timespec){.tv_nsec = ms * 1000000L}, NULL);
}

/* Bytes of the name in NAME=VALUE or NAME. */
static size_t name_length(const char *s)
{
    return strcspn(s, "=");
}

/* Replaces or appends; returns how many there are now. */
static size_t set(char **env, size_t n, const char *entry)
{
    size_t len = name_length(entry), i = 0;
    while (i < n && (name_length(env[i]) != len || strncmp(env[i], entry, len) != 0))
        i++;
    env[i] = (char *)(uintptr_t)entry;
    return i < n ? n : n + 1;
}

static size_t drop_unset(char **env, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (strchr(env[i], '='))
            env[kept++] = env[i];
    return kept;
}

char **lw_test_env(const char *const *extra)
{
    static const char *const clean[] = {"HOME=/nonexistent", "XDG_STATE_HOME=/tmp/lw-test-state",
        "LC_ALL=C.UTF-8", "TERM=xterm-256color", NULL};
    static const char *const passed_on[] = {"PATH", "XDG_STATE_HOME", "ASAN_OPTIONS",
        "UBSAN_OPTIONS", "LSAN_OPTIONS", "LLVM_PROFILE_FILE", NULL};
    enum { ROOM = 128 };
    char **env = calloc(ROOM, sizeof *env);
    size_t n = 0;
    extern char **environ;
    for (const char *const *s = clean; *s; s++)
        n = set(env, n, *s);
    for (const char *const *s = passed_on; *s; s++)
        for (char **e = environ; *e; e++)
            if (name_length(*e) == strlen(*s) && strncmp(*e, *s, strlen(*s)) == 0)
                n = set(env, n, *e);
    for (const char *const *s = extra; s && *s && n < ROOM - 1; s++)
        n = set(env, n, *s);
    env[drop_unset(env, n)] = NULL;
    return env;
}
