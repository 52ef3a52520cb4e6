/* A disk that fails: a struct lw_sys over the real one that counts and traces the calls, fails the
 * N-th of them, stops the "process" there, and knows what a loss of power would leave. */
#ifndef LABELWRIGHT_TESTS_SUPPORT_FAULTS_H
#define LABELWRIGHT_TESTS_SUPPORT_FAULTS_H

#include "labelwright/base/sys.h"

#include <stdbool.h>
#include <stdint.h>

#define LW_CALLS(X)                                                                                \
    X(openat)                                                                                      \
    X(close)                                                                                       \
    X(read)                                                                                        \
    X(pread)                                                                                       \
    X(write)                                                                                       \
    X(fdatasync)                                                                                   \
    X(fsync)                                                                                       \
    X(ftruncate)                                                                                   \
    X(fstat)                                                                                       \
    X(lstatat)                                                                                     \
    X(fchmod)                                                                                      \
    X(flock)                                                                                       \
    X(mkdirat)                                                                                     \
    X(renameat)                                                                                    \
    X(unlinkat)                                                                                    \
    X(list)                                                                                        \
    X(random)

enum fault_call {
#define X(name) CALL_##name,
    LW_CALLS(X)
#undef X
};

enum fault_how {
    FAULT_ONCE,  /* the N-th call fails, the next ones do not */
    FAULT_EVER,  /* the N-th call and all later ones of the same kind fail */
    FAULT_CRASH, /* the N-th call does nothing, and neither does any after it */
};

struct fault_trace {
    enum fault_call call;
    char path[200]; /* of the file, or of the folder it is about */
    uint64_t sum;   /* write: lw_fingerprint of the bytes */
    size_t n;       /* write: how many; ftruncate: the length */
    int flags;      /* openat */
    bool ok;
};

struct fault_file {
    char path[200];
    bool folder, named;          /* named: its name is on the disk */
    uint64_t synced;             /* so many bytes are on the disk … */
    uint64_t lost_from, lost_to; /* … but not these: their sync failed */
};

struct faults {
    struct lw_sys sys;
    unsigned long fail_at; /* 1 is the first call; 0: none */
    enum fault_how how;
    int error;
    bool half; /* a write that fails or dies puts out half of its bytes first */
    unsigned long calls;
    bool dead, refuse_next_write;
    int failing; /* the kind that fails for ever; -1 for none */
    struct fault_trace *trace;
    size_t n_traces;
    struct fault_file file[64];
    size_t n_files;
};

void faults_init(struct faults *f);
void faults_fini(struct faults *f);

/* What the disk holds when the power goes now: only synced bytes, only synced names. */
void faults_power_loss(struct faults *f);

#endif
