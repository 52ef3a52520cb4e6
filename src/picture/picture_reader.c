/* Starts the child that decodes a picture, takes what it writes and checks it: what comes back is
 * as foreign as the file. Never decodes anything itself. _GNU_SOURCE for pipe2. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "labelwright/base/clock.h"
#include "picture/picture_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const sentence[LW_FAULT_COUNT] = {
#define X(id, words) [LW_FAULT_##id] = words,
    LW_PICTURE_FAULTS(X)
#undef X
};

struct lw_picture_reader {
    pid_t child; /* -1: it was waited for */
    int from;
    char *name;
    int64_t began; /* monotonic ms */
    struct lw_picture_want want;
    struct lw_picture_head head;
    size_t got;   /* bytes of the head, then of the points */
    uint8_t *rgb; /* NULL while the head is not whole */
    size_t size;
};

/* ---- starting */

static int open_file(const char *path, const char *name, struct lw_err *err)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        lw_fail(err, LW_EABSENT, "%s: no such file. Copy it into the project folder", name);
    else if (fd < 0)
        lw_fail_errno(err, "%s: cannot open it", name);
    else if (fstat(fd, &st) != 0)
        lw_fail_errno(err, "%s: cannot read it", name);
    else if (!S_ISREG(st.st_mode))
        lw_fail(err, LW_EBAD, "%s is %s. Name a picture file", name,
            S_ISDIR(st.st_mode) ? "a folder" : "no regular file");
    else if (st.st_size > LW_PICTURE_BYTES_MAX)
        lw_fail(err, LW_EBAD, "%s is larger than 256 MiB. Scale it down", name);
    else
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static struct lw_picture_reader *start(
    int file, const char *name, const struct lw_picture_want *want, struct lw_err *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        lw_fail_errno(err, "%s: cannot make a pipe for it", name);
        return NULL;
    }
    pid_t child = fork();
    if (child == 0)
        lw_picture_child(file, ends[1], want);
    close(ends[1]);
    if (child < 0) {
        lw_fail_errno(err, "%s: cannot start a process for it", name);
        close(ends[0]);
        return NULL;
    }
    struct lw_picture_reader *r = lw_alloc(sizeof *r);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    *r = (struct lw_picture_reader){.child = child,
        .from = ends[0],
        .name = lw_strdup(name),
        .began = lw_clock_mono_ms(&lw_sys_real),
        .want = *want};
    return r;
}

struct lw_picture_reader *lw_picture_start(
    const char *path, const char *name, const struct lw_picture_want *want, struct lw_err *err)
{
    struct lw_picture_want w = *want;
    w.cols = w.cols < LW_PICTURE_COLS_MAX ? w.cols : LW_PICTURE_COLS_MAX;
    w.rows = w.rows < LW_PICTURE_ROWS_MAX ? w.rows : LW_PICTURE_ROWS_MAX;
    w.cell_w = w.cell_w < LW_PICTURE_CELL_MAX ? w.cell_w : LW_PICTURE_CELL_MAX;
    w.cell_h = w.cell_h < LW_PICTURE_CELL_MAX ? w.cell_h : LW_PICTURE_CELL_MAX;
    int file = open_file(path, name, err);
    if (file < 0)
        return NULL;
    struct lw_picture_reader *r = start(file, name, &w, err);
    close(file);
    return r;
}

/* ---- what comes back */

/* As many points as were asked for, at most. */
static bool has_sound_points(const struct lw_picture_reader *r)
{
    const struct lw_picture_head *h = &r->head;
    const struct lw_picture_want *want = &r->want;
    if (want->cell_w <= 0 || want->cell_h <= 0)
        return h->point_w == LW_PICTURE_POINTS && h->point_h == LW_PICTURE_POINTS;
    return h->point_w >= 1 && h->point_w <= want->cell_w && h->point_h >= 1 &&
           h->point_h <= want->cell_h &&
           (int64_t)h->cols * h->rows * h->point_w * h->point_h <= LW_PICTURE_POINTS_MAX;
}

/* A child that was led astray may say anything. */
static bool is_sound(const struct lw_picture_reader *r)
{
    const struct lw_picture_head *h = &r->head;
    bool cells = r->want.cols > 0 && r->want.rows > 0;
    if (h->magic != LW_PICTURE_MAGIC || h->fault >= LW_FAULT_COUNT || h->kind >= LW_PICTURE_KINDS)
        return false;
    if (h->fault != LW_FAULT_NONE)
        return true;
    if (h->width < 1 || h->width > LW_PICTURE_SIDE_MAX || h->height < 1 ||
        h->height > LW_PICTURE_SIDE_MAX)
        return false;
    if (!cells)
        return h->cols == 0 && h->rows == 0;
    return h->cols >= 1 && h->cols <= r->want.cols && h->rows >= 1 && h->rows <= r->want.rows &&
           h->x >= 0 && h->x <= LW_PICTURE_ALL && h->y >= 0 && h->y <= LW_PICTURE_ALL &&
           h->seen_x >= 0 && h->seen_x <= LW_PICTURE_ALL && h->seen_y >= 0 &&
           h->seen_y <= LW_PICTURE_ALL && has_sound_points(r);
}

static enum lw_picture_state fail(
    const struct lw_picture_reader *r, enum lw_picture_fault fault, struct lw_err *err)
{
    lw_fail(err, LW_EBAD, "%s %s", r->name, sentence[fault]);
    return LW_PICTURE_FAILED;
}

static enum lw_picture_state finish(struct lw_picture_reader *r, struct lw_picture *to)
{
    const struct lw_picture_head *h = &r->head;
    static unsigned serial;
    *to = (struct lw_picture){.serial = ++serial,
        .width = h->width,
        .height = h->height,
        .kind = lw_picture_kinds[h->kind].name,
        .cols = h->cols,
        .rows = h->rows,
        .x = h->x,
        .y = h->y,
        .seen_x = h->seen_x,
        .seen_y = h->seen_y,
        .point_w = h->point_w,
        .point_h = h->point_h,
        .rgb = r->size > 0 ? r->rgb : NULL};
    if (r->size > 0)
        r->rgb = NULL;
    return LW_PICTURE_READY;
}

/* It ended before all was there: by a limit, or by a fault in a decoder. */
static enum lw_picture_state tell_end(struct lw_picture_reader *r, struct lw_err *err)
{
    int status = 0;
    while (waitpid(r->child, &status, 0) < 0 && errno == EINTR) {
    }
    r->child = -1;
    int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    bool time = number == SIGXCPU || number == SIGALRM || number == SIGKILL;
    return fail(r, time ? LW_FAULT_TIME : LW_FAULT_CRASH, err);
}

static void take_head(struct lw_picture_reader *r)
{
    const struct lw_picture_head *h = &r->head;
    r->size = (size_t)h->cols * (size_t)h->rows * (size_t)h->point_w * (size_t)h->point_h * 3;
    r->rgb = lw_alloc(r->size + 1);
    r->got = 0;
}

/* Takes what there is; READING when that is not all. */
static enum lw_picture_state take(
    struct lw_picture_reader *r, struct lw_picture *to, struct lw_err *err)
{
    for (;;) {
        bool points = r->rgb;
        char *at = points ? (char *)r->rgb : (char *)&r->head;
        size_t all = points ? r->size : sizeof r->head;
        ssize_t n = r->got < all ? read(r->from, at + r->got, all - r->got) : 0;
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return LW_PICTURE_READING;
        if (n <= 0 && r->got < all)
            return tell_end(r, err);
        r->got += (size_t)n;
        if (r->got < all)
            continue;
        if (points)
            return finish(r, to);
        if (!is_sound(r))
            return fail(r, LW_FAULT_CRASH, err);
        if (r->head.fault != LW_FAULT_NONE)
            return fail(r, r->head.fault, err);
        take_head(r);
    }
}

enum lw_picture_state lw_picture_step(
    struct lw_picture_reader *r, int ms, struct lw_picture *to, struct lw_err *err)
{
    struct pollfd fd = {.fd = r->from, .events = POLLIN};
    poll(&fd, 1, ms);
    enum lw_picture_state state = take(r, to, err);
    if (state == LW_PICTURE_READING &&
        lw_clock_mono_ms(&lw_sys_real) - r->began > LW_PICTURE_MS_MAX)
        return fail(r, LW_FAULT_TIME, err);
    return state;
}

void lw_picture_stop(struct lw_picture_reader *r)
{
    if (!r)
        return;
    close(r->from);
    if (r->child > 0) {
        kill(r->child, SIGKILL);
        while (waitpid(r->child, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    free(r->name);
    free(r->rgb);
    free(r);
}

enum lw_code lw_picture_read(const char *path, const char *name, const struct lw_picture_want *want,
    struct lw_picture *to, struct lw_err *err)
{
    enum { STEP_MS = 1000 };
    enum lw_picture_state state = LW_PICTURE_FAILED;
    struct lw_picture_reader *r = lw_picture_start(path, name, want, err);
    if (!r)
        return err->code;
    while ((state = lw_picture_step(r, STEP_MS, to, err)) == LW_PICTURE_READING) {
    }
    lw_picture_stop(r);
    return state == LW_PICTURE_READY ? LW_OK : err->code;
}

void lw_picture_fini(struct lw_picture *p)
{
    free(p->rgb);
    *p = (struct lw_picture){0};
}
