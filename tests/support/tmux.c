#define _GNU_SOURCE
#include "tmux.h"
#include "wait.h"

#include "labelwright/base/buf.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { WORDS_MAX = 64, PATIENCE_MS = 20000, PAUSE_MS = 10, NO_PROGRAM = 127 };

struct lw_tmux {
    struct lw_tmux *next;
    char folder[32]; /* of the socket */
    char **env;
    char *tmpdir;
    struct lw_buf output;
};

static struct lw_tmux *running; /* a failed test leaves its server behind; the end takes them all */

/* False when there is no end. */
static bool read_to_end(struct lw_tmux *t, int fd)
{
    struct pollfd in = {.fd = fd, .events = POLLIN};
    ssize_t n = 1;
    lw_buf_clear(&t->output);
    while (n > 0 && poll(&in, 1, PATIENCE_MS) > 0) {
        n = read(fd, lw_buf_room(&t->output, 4096), 4096);
        t->output.len += n > 0 ? (size_t)n : 0;
    }
    lw_buf_add(&t->output, "", 0);
    return n <= 0;
}

/* Runs tmux with these words to its end; its exit status, -1 when it had to be killed. */
static int run(struct lw_tmux *t, const char *const *words)
{
    const char *argv[WORDS_MAX] = {"tmux", "-L", "labelwright", "-f", "/dev/null"};
    int fd[2];
    for (int n = 5; *words && n < WORDS_MAX - 1; n++)
        argv[n] = *words++;
    assert_null(*words);
    assert_int_equal(pipe2(fd, O_CLOEXEC), 0);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fd[1], STDOUT_FILENO);
        dup2(fd[1], STDERR_FILENO);
        execvpe("tmux", (char *const *)(uintptr_t)argv, t->env);
        _exit(NO_PROGRAM);
    }
    close(fd[1]);
    if (!read_to_end(t, fd[0]))
        kill(pid, SIGKILL);
    close(fd[0]);
    int status = -1;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const char *lw_tmux_command(struct lw_tmux *t, const char *const *words)
{
    int status = run(t, words);
    if (status != 0) {
        print_error("tmux %s: status %d: %s\n", words[0], status, t->output.data);
        fail();
    }
    return t->output.data;
}

#define COMMAND(t, ...) lw_tmux_command((t), (const char *const[]){__VA_ARGS__, NULL})

static bool start_server(struct lw_tmux *t, int rows, int cols, const char *const *argv)
{
    char height[16], width[16];
    snprintf(height, sizeof height, "%d", rows);
    snprintf(width, sizeof width, "%d", cols);
    const char *words[WORDS_MAX] = {"start-server", ";", "set-option", "-g", "status", "off", ";",
        "set-option", "-g", "remain-on-exit", "on", ";", "set-option", "-g", "default-terminal",
        "screen-256color", ";", "new-session", "-d", "-x", width, "-y", height};
    size_t n = 0;
    while (words[n])
        n++;
    while (*argv && n < WORDS_MAX - 1)
        words[n++] = *argv++;
    int status = run(t, words);
    if (status != 0 && status != NO_PROGRAM) {
        print_error("tmux does not start: %s\n", t->output.data);
        fail();
    }
    return status == 0;
}

static void free_all(struct lw_tmux *t)
{
    struct lw_tmux **at = &running;
    while (*at != t)
        at = &(*at)->next;
    *at = t->next;
    char *folder = lw_format("%s/tmux-%ld", t->folder, (long)getuid());
    char *socket = lw_format("%s/labelwright", folder);
    unlink(socket);
    rmdir(folder);
    rmdir(t->folder);
    free(socket);
    free(folder);
    free(t->tmpdir);
    free(t->env);
    lw_buf_fini(&t->output);
    free(t);
}

void lw_tmux_kill(struct lw_tmux *t)
{
    if (!t)
        return;
    run(t, (const char *const[]){"kill-server", NULL});
    free_all(t);
}

static void kill_all(void)
{
    while (running)
        lw_tmux_kill(running);
}

struct lw_tmux *lw_tmux_start(int rows, int cols, const char *const *env, const char *const *argv)
{
    struct lw_tmux *t = lw_alloc(sizeof *t);
    const char *extra[WORDS_MAX] = {"SHELL=/bin/sh"};
    strcpy(t->folder, "/tmp/lw-tmux-XXXXXX");
    assert_non_null(mkdtemp(t->folder));
    extra[1] = t->tmpdir = lw_format("TMUX_TMPDIR=%s", t->folder);
    for (int n = 2; env && *env && n < WORDS_MAX - 1; n++)
        extra[n] = *env++;
    t->env = lw_test_env(extra);
    static bool registered;
    if (!registered)
        registered = atexit(kill_all) == 0;
    t->next = running;
    running = t;
    if (start_server(t, rows, cols, argv))
        return t;
    free_all(t);
    return NULL;
}

void lw_tmux_keys(struct lw_tmux *t, const char *keys)
{
    COMMAND(t, "send-keys", keys);
}

void lw_tmux_type(struct lw_tmux *t, const char *text)
{
    COMMAND(t, "send-keys", "-l", "--", text);
}

void lw_tmux_paste(struct lw_tmux *t, const char *text)
{
    COMMAND(t, "set-buffer", "--", text);
    COMMAND(t, "paste-buffer", "-p", "-d");
}

void lw_tmux_resize(struct lw_tmux *t, int rows, int cols)
{
    char height[16], width[16];
    snprintf(height, sizeof height, "%d", rows);
    snprintf(width, sizeof width, "%d", cols);
    COMMAND(t, "resize-window", "-x", width, "-y", height);
}

const char *lw_tmux_screen(struct lw_tmux *t, bool escapes)
{
    return escapes ? COMMAND(t, "capture-pane", "-p", "-e") : COMMAND(t, "capture-pane", "-p");
}

void lw_tmux_cursor(struct lw_tmux *t, int *row, int *col)
{
    const char *at = COMMAND(t, "display-message", "-p", "#{cursor_y} #{cursor_x}");
    assert_int_equal(sscanf(at, "%d %d", row, col), 2);
}

static void give_up(struct lw_tmux *t, const char *what)
{
    fprintf(stderr, "waited in vain for: %s\n---- screen ----\n%s----\n", what,
        lw_tmux_screen(t, false));
    fail();
}

static void wait_text(struct lw_tmux *t, const char *text, bool there)
{
    int64_t deadline = lw_test_now_ms() + PATIENCE_MS;
    while ((strstr(lw_tmux_screen(t, false), text) != NULL) != there) {
        if (lw_test_now_ms() > deadline)
            give_up(t, text);
        lw_test_pause(PAUSE_MS);
    }
}

void lw_tmux_wait_text(struct lw_tmux *t, const char *text)
{
    wait_text(t, text, true);
}

void lw_tmux_wait_gone(struct lw_tmux *t, const char *text)
{
    wait_text(t, text, false);
}

void lw_tmux_wait_cursor(struct lw_tmux *t, int row, int col)
{
    int64_t deadline = lw_test_now_ms() + PATIENCE_MS;
    for (int y = -1, x = -1; y != row || x != col; lw_tmux_cursor(t, &y, &x)) {
        if (lw_test_now_ms() > deadline)
            give_up(t, "the cursor");
        if (y >= 0)
            lw_test_pause(PAUSE_MS);
    }
}
