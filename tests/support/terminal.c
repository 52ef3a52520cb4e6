#define _GNU_SOURCE
#include "terminal.h"
#include "wait.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

#include <cmocka.h>

struct lw_pty {
    VTerm *vt;
    VTermScreen *screen;
    int fd; /* the master; -1 when closed */
    pid_t pid;
    bool exited;
    int status;
    int rows, cols;
    bool cursor_shown, alternate;
    struct lw_buf output;
    struct lw_buf text; /* for lw_pty_screen(), lw_pty_row() */
};

static int set_property(VTermProp prop, VTermValue *value, void *ctx)
{
    struct lw_pty *p = ctx;
    if (prop == VTERM_PROP_CURSORVISIBLE)
        p->cursor_shown = value->boolean;
    if (prop == VTERM_PROP_ALTSCREEN)
        p->alternate = value->boolean;
    return 1;
}

static void start_screen(struct lw_pty *p)
{
    static const VTermScreenCallbacks callbacks = {.settermprop = set_property};
    p->vt = vterm_new(p->rows, p->cols);
    vterm_set_utf8(p->vt, 1);
    p->screen = vterm_obtain_screen(p->vt);
    vterm_screen_set_callbacks(p->screen, &callbacks, p);
    vterm_screen_enable_altscreen(p->screen, 1);
    vterm_screen_reset(p->screen, 1);
}

struct lw_pty *lw_pty_start(int rows, int cols, const char *const *env, const char *const *argv)
{
    struct lw_pty *p = lw_alloc(sizeof *p);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    char **environment = lw_test_env(env);
    p->rows = rows;
    p->cols = cols;
    p->cursor_shown = true;
    start_screen(p);
    p->pid = forkpty(&p->fd, NULL, NULL, &size);
    if (p->pid == 0) {
        execve(argv[0], (char *const *)(uintptr_t)argv, environment);
        fprintf(stderr, "cannot start %s: %s\n", argv[0], strerror(errno));
        _exit(127);
    }
    free(environment);
    assert_true(p->pid > 0);
    fcntl(p->fd, F_SETFD, FD_CLOEXEC);
    return p;
}

void lw_pty_free(struct lw_pty *p)
{
    if (!p)
        return;
    if (!p->exited) {
        kill(p->pid, SIGKILL);
        waitpid(p->pid, NULL, 0);
    }
    lw_pty_hangup(p);
    vterm_free(p->vt);
    lw_buf_fini(&p->output);
    lw_buf_fini(&p->text);
    free(p);
}

/* ---- what the program wrote ---- */

/* Terminals answer some queries; so does this one. */
static void answer(struct lw_pty *p)
{
    char bytes[256];
    for (size_t n; (n = vterm_output_read(p->vt, bytes, sizeof bytes)) > 0;)
        lw_pty_send(p, bytes, n);
}

/* Takes what comes within `ms`; false when nothing came, or nothing will come any more. */
static bool take(struct lw_pty *p, int ms)
{
    struct pollfd fd = {.fd = p->fd, .events = POLLIN};
    char bytes[4096];
    if (p->fd < 0 || poll(&fd, 1, ms) <= 0)
        return false;
    ssize_t n = read(p->fd, bytes, sizeof bytes);
    if (n <= 0) { /* EIO: the last one closed the other side */
        lw_test_pause(1);
        return false;
    }
    lw_buf_add(&p->output, bytes, (size_t)n);
    vterm_input_write(p->vt, bytes, (size_t)n);
    answer(p);
    return true;
}

static void look_for_exit(struct lw_pty *p)
{
    int status;
    if (p->exited || waitpid(p->pid, &status, WNOHANG) != p->pid)
        return;
    p->exited = true;
    p->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void lw_pty_wait(struct lw_pty *p, lw_pty_condition *holds, void *ctx, const char *what)
{
    int64_t deadline = lw_test_now_ms() + LW_PTY_PATIENCE_MS;
    while (!holds(p, ctx)) {
        bool came = take(p, 20);
        look_for_exit(p);
        if (!came && p->exited && !take(p, 0) && !holds(p, ctx))
            lw_pty_fail(p, "the program ended (status %d) before: %s", p->status, what);
        if (lw_test_now_ms() > deadline)
            lw_pty_fail(p, "waited in vain for: %s", what);
    }
}

static bool has_text(const struct lw_pty *p, void *text)
{
    return strstr(lw_pty_screen(p), text) != NULL;
}

static bool lacks_text(const struct lw_pty *p, void *text)
{
    return !has_text(p, text);
}

struct row {
    int row;
    const char *text;
};

static bool has_row(const struct lw_pty *p, void *ctx)
{
    const struct row *row = ctx;
    return strcmp(lw_pty_row(p, row->row), row->text) == 0;
}

static bool is_screen(const struct lw_pty *p, void *rows)
{
    return strcmp(lw_pty_screen(p), rows) == 0;
}

static bool has_cursor(const struct lw_pty *p, void *ctx)
{
    const int *wanted = ctx;
    int row, col;
    bool shown;
    lw_pty_cursor(p, &row, &col, &shown);
    return row == wanted[0] && col == wanted[1];
}

void lw_pty_wait_text(struct lw_pty *p, const char *text)
{
    lw_pty_wait(p, has_text, (void *)(uintptr_t)text, text);
}

void lw_pty_wait_gone(struct lw_pty *p, const char *text)
{
    char what[256];
    snprintf(what, sizeof what, "no \"%s\" any more", text);
    lw_pty_wait(p, lacks_text, (void *)(uintptr_t)text, what);
}

void lw_pty_wait_row(struct lw_pty *p, int row, const char *text)
{
    char what[512];
    snprintf(what, sizeof what, "row %d is \"%s\"", row, text);
    lw_pty_wait(p, has_row, &(struct row){row, text}, what);
}

void lw_pty_wait_screen(struct lw_pty *p, const char *rows)
{
    lw_pty_wait(p, is_screen, (void *)(uintptr_t)rows, rows);
}

void lw_pty_wait_cursor(struct lw_pty *p, int row, int col)
{
    char what[64];
    snprintf(what, sizeof what, "the cursor at %d,%d", row, col);
    lw_pty_wait(p, has_cursor, (int[]){row, col}, what);
}

int lw_pty_wait_exit(struct lw_pty *p)
{
    int64_t deadline = lw_test_now_ms() + LW_PTY_PATIENCE_MS;
    for (look_for_exit(p); !p->exited; look_for_exit(p)) {
        if (!take(p, 10))
            lw_test_pause(1);
        if (lw_test_now_ms() > deadline)
            lw_pty_fail(p, "the program does not end");
    }
    while (take(p, 0))
        ;
    return p->status;
}

void lw_pty_settle(struct lw_pty *p, int ms)
{
    while (take(p, ms))
        ;
}

size_t lw_pty_bytes(const struct lw_pty *p)
{
    return p->output.len;
}

const char *lw_pty_output(const struct lw_pty *p, size_t from)
{
    return p->output.data && from < p->output.len ? p->output.data + from : "";
}

/* ---- what the program gets ---- */

void lw_pty_send(struct lw_pty *p, const void *bytes, size_t n)
{
    const char *from = bytes;
    while (n > 0) {
        ssize_t k = write(p->fd, from, n);
        if (k < 0 && errno != EINTR)
            lw_pty_fail(p, "cannot type: %s", strerror(errno));
        from += k > 0 ? k : 0;
        n -= k > 0 ? (size_t)k : 0;
    }
}

void lw_pty_type(struct lw_pty *p, const char *s)
{
    lw_pty_send(p, s, strlen(s));
}

void lw_pty_resize(struct lw_pty *p, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    while (take(p, 0))
        ;
    p->rows = rows;
    p->cols = cols;
    vterm_set_size(p->vt, rows, cols);
    ioctl(p->fd, TIOCSWINSZ, &size);
}

void lw_pty_signal(struct lw_pty *p, int sig)
{
    kill(p->pid, sig);
}

void lw_pty_hangup(struct lw_pty *p)
{
    if (p->fd >= 0)
        close(p->fd);
    p->fd = -1;
}

int lw_pty_pid(const struct lw_pty *p)
{
    return p->pid;
}

/* ---- the screen ---- */

static VTermScreenCell cell_of(const struct lw_pty *p, int row, int col)
{
    VTermScreenCell cell = {0};
    vterm_screen_get_cell(p->screen, (VTermPos){.row = row, .col = col}, &cell);
    return cell;
}

static void add_cell(const VTermScreenCell *cell, struct lw_buf *to)
{
    if (cell->chars[0] == 0)
        lw_buf_char(to, ' ');
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
        char bytes[4];
        lw_buf_add(to, bytes, lw_utf8_encode(cell->chars[i], bytes));
    }
}

static void add_row(const struct lw_pty *p, int row, struct lw_buf *to)
{
    size_t start = to->len;
    for (int col = 0; col < p->cols;) {
        VTermScreenCell cell = cell_of(p, row, col);
        add_cell(&cell, to);
        col += cell.width > 1 ? cell.width : 1;
    }
    while (to->len > start && to->data[to->len - 1] == ' ')
        to->len--;
    lw_buf_add(to, "", 0);
}

const char *lw_pty_row(const struct lw_pty *p, int row)
{
    struct lw_buf *text = &((struct lw_pty *)(uintptr_t)p)->text;
    lw_buf_clear(text);
    add_row(p, row, text);
    return text->data;
}

const char *lw_pty_screen(const struct lw_pty *p)
{
    struct lw_buf *text = &((struct lw_pty *)(uintptr_t)p)->text;
    lw_buf_clear(text);
    for (int row = 0; row < p->rows; row++) {
        add_row(p, row, text);
        lw_buf_char(text, '\n');
    }
    return text->data;
}

static int colour_of(const VTermColor *colour)
{
    if (VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour))
        return -1;
    return VTERM_COLOR_IS_INDEXED(colour) ? colour->indexed.idx : -2;
}

struct lw_pty_cell lw_pty_cell_at(const struct lw_pty *p, int row, int col)
{
    VTermScreenCell cell = cell_of(p, row, col);
    struct lw_pty_cell to = {.width = cell.width,
        .fg = colour_of(&cell.fg),
        .bg = colour_of(&cell.bg),
        .bold = cell.attrs.bold,
        .italic = cell.attrs.italic,
        .underline = cell.attrs.underline != 0,
        .reverse = cell.attrs.reverse};
    struct lw_buf text = {0};
    add_cell(&cell, &text);
    snprintf(to.text, sizeof to.text, "%s", text.data);
    lw_buf_fini(&text);
    return to;
}

void lw_pty_cursor(const struct lw_pty *p, int *row, int *col, bool *shown)
{
    VTermPos at;
    vterm_state_get_cursorpos(vterm_obtain_state(p->vt), &at);
    *row = at.row;
    *col = at.col;
    *shown = p->cursor_shown;
}

bool lw_pty_in_alternate_screen(const struct lw_pty *p)
{
    return p->alternate;
}

void lw_pty_fail(const struct lw_pty *p, const char *fmt, ...)
{
    char message[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(message, sizeof message, fmt, ap);
    va_end(ap);
    /* cmocka's own cuts what it prints */
    fprintf(stderr, "%s\n---- screen %dx%d ----\n%s----\n", message, p->cols, p->rows,
        lw_pty_screen(p));
    fail();
}
