/* curses knows its file by its number, so the number leads to a file in memory for a while. Under a
 * limit of the size of files (ulimit -f), which holds for that one too, curses writes as it likes.
 */
#define _GNU_SOURCE
#include "tui/one_write_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

static bool files_may_grow(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY;
}

void lw_one_write_init(struct lw_one_write *o, const struct lw_sys *sys)
{
    *o = (struct lw_one_write){.file = stdout, .memory = -1};
    int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (file) {
        o->file = file;
        o->memory = files_may_grow() ? sys->memfile(sys) : -1;
    } else if (fd >= 0) {
        close(fd);
    }
}

void lw_one_write_fini(struct lw_one_write *o)
{
    if (o->memory >= 0)
        close(o->memory);
    if (o->file != stdout)
        fclose(o->file);
}

/* Never left half way: the terminal would stay dark. */
static bool lead_to(const struct lw_one_write *o, int fd)
{
    int to = fileno(o->file);
    while (dup3(fd, to, O_CLOEXEC) < 0)
        if (errno != EINTR && errno != EBUSY)
            return false;
    return true;
}

bool lw_one_write_begin(struct lw_one_write *o)
{
    o->gathers = o->memory >= 0 && lseek(o->memory, 0, SEEK_SET) == 0 && lead_to(o, o->memory);
    return o->gathers;
}

bool lw_one_write_end(struct lw_one_write *o, struct lw_buf *to)
{
    if (!o->gathers)
        return true;
    off_t n = lseek(o->memory, 0, SEEK_CUR); /* where curses stopped */
    lead_to(o, STDOUT_FILENO);
    o->gathers = false;
    if (!to || n < 0 || pread(o->memory, lw_buf_room(to, (size_t)n), (size_t)n, 0) != n)
        return false;
    to->len += (size_t)n;
    to->data[to->len] = '\0';
    return true;
}

void lw_one_write_send(const struct lw_sys *sys, const char *s, size_t n)
{
    struct pollfd fd = {.fd = STDOUT_FILENO, .events = POLLOUT};
    while (n > 0) {
        ssize_t k = sys->write(sys, STDOUT_FILENO, s, n);
        if (k < 0 && errno == EAGAIN)
            poll(&fd, 1, -1);
        else if (k == 0 || (k < 0 && errno != EINTR))
            return;
        s += k > 0 ? k : 0;
        n -= k > 0 ? (size_t)k : 0;
    }
}
