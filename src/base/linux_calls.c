/* Calls of Linux by their numbers, for C libraries that lack them. No retries and no fallbacks:
 * what a kernel without one does is decided by callers. _GNU_SOURCE for syscall(). */
#define _GNU_SOURCE
#include "labelwright/base/linux_calls.h"

#include <linux/close_range.h>
#include <linux/fs.h>
#include <sys/syscall.h>
#include <unistd.h>

int lw_rename_new(int dir, const char *from, const char *to)
{
    return (int)syscall(SYS_renameat2, dir, from, dir, to, RENAME_NOREPLACE);
}

int lw_rename_exchange(int dir, const char *one, const char *other)
{
    return (int)syscall(SYS_renameat2, dir, one, dir, other, RENAME_EXCHANGE);
}

int lw_close_from(int first)
{
    return (int)syscall(SYS_close_range, first, ~0U, 0);
}

int lw_close_on_exec_from(int first)
{
    return (int)syscall(SYS_close_range, first, ~0U, CLOSE_RANGE_CLOEXEC);
}

int lw_pidfd_open(pid_t child)
{
    return (int)syscall(SYS_pidfd_open, child, 0);
}
