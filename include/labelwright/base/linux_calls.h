/* Calls of Linux that not every C library has: musl 1.2.3 lacks all of these, glibc before 2.36
 * pidfd_open. Each returns -1 and sets errno when it fails. */
#ifndef LABELWRIGHT_BASE_LINUX_CALLS_H
#define LABELWRIGHT_BASE_LINUX_CALLS_H

#include <sys/types.h>

/* Gives `from` the name `to`, in the same folder. Fails with EEXIST where `to` is there. */
int lw_rename_new(int dir, const char *from, const char *to);

/* `one` and `other`, in the same folder, exchange their names, at once. */
int lw_rename_exchange(int dir, const char *one, const char *other);

/* Every descriptor from `first` on is closed. */
int lw_close_from(int first);

/* Every descriptor from `first` on is closed in programs that are started. */
int lw_close_on_exec_from(int first);

/* A descriptor that can be read from once the child has ended. */
int lw_pidfd_open(pid_t child);

#endif
