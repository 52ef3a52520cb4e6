/* The inside of struct lw_tasks, for the files of this room. */
#ifndef LABELWRIGHT_TASKS_TASKS_INTERNAL_H
#define LABELWRIGHT_TASKS_TASKS_INTERNAL_H

#include "labelwright/format/lines.h"
#include "labelwright/format/record_reader.h"
#include "labelwright/tasks/tasks.h"
#include "tasks/index_internal.h"

struct lw_tasks_file {
    const char *name; /* as project.yaml calls it */
    struct lw_record_reader reader;
    struct lw_lines lines; /* owns lines.fd; its size is the file's at opening */
    bool whole;            /* its last record so far has an end: more can be appended */
    const struct lw_task_file *about;
    char *model;    /* the model of all its answers, when the file says so at its start */
    uint64_t start; /* the sizes of all files before */
    uint64_t mtime_ns, inode;
    size_t first; /* position of its first record, once indexing has come to it */
};

/* A record of a file that joins others. */
struct lw_joined {
    uint64_t key; /* lw_fingerprint of what stands under the member */
    uint64_t offset;
};

/* A file that joins others. */
struct lw_join {
    struct lw_tasks_file *file;
    const char *member;
    struct lw_joined *v; /* by key, then by offset */
    size_t n, cap;
    size_t nameless; /* records without the member */
};

struct lw_tasks {
    const struct lw_sys *sys;
    const struct lw_project *project;
    struct lw_tasks_file *file;
    size_t nfiles;
    struct lw_tasks_file *joining; /* the files that join others; the index knows nothing of them */
    struct lw_join *join;
    size_t njoins;
    size_t current; /* the file being indexed; nfiles when complete */
    uint64_t done;  /* offset in it */
    bool saved;     /* the index on the disk says the same */
    struct lw_index_cache
        *cache; /* what an earlier opening saved and is still to be read; or NULL */
    struct lw_index *index;
    struct lw_err error;
    uint32_t *order, *rank;       /* NULL for the files' order */
    struct lw_tasks_ahead *ahead; /* NULL unless lw_tasks_read_ahead() asked for it */
};

/* Which file contains the record at `position`. */
size_t lw_tasks_file_of(const struct lw_tasks *t, size_t position);

/* The farthest end, in its file, of the record at `position`, which begins at `at` there, and the
 * blank lines after it. */
uint64_t lw_tasks_end_of(
    const struct lw_tasks *t, size_t position, uint64_t at, const struct lw_tasks_file *f);

/* Opens a file of the project and detects what it is; errors as lw_tasks_open(). `f` needs
 * lw_tasks_file_fini() in any case. */
enum lw_code lw_tasks_file_open(struct lw_tasks_file *f, const struct lw_sys *sys,
    const struct lw_project *p, const struct lw_task_file *about, struct lw_err *err);
void lw_tasks_file_fini(struct lw_tasks_file *f);

/* The id of one of its records, `*n` bytes: reads the file again where the record is very long. */
enum lw_code lw_tasks_file_id(struct lw_tasks_file *f, const struct lw_raw_record *raw,
    char id[LW_ID_MAX + 1], size_t *n, struct lw_err *err);

/* Splits t->file into files with tasks and files that join them. LW_EBAD when one joins nothing. */
enum lw_code lw_tasks_split(struct lw_tasks *t, struct lw_err *err);
void lw_tasks_join_fini(struct lw_tasks *t);

/* Adds what the joined files say about the task, and hashes all of it. */
enum lw_code lw_tasks_join(struct lw_tasks *t, struct lw_task *task, struct lw_err *err);

/* Reads the record at `at`, which ends before `end` with what is behind it, through a window that
 * is read ahead; its bytes stay until the next call. False: read it alone. */
bool lw_tasks_ahead_get(struct lw_tasks *t, const struct lw_tasks_file *f, uint64_t at,
    uint64_t end, struct lw_raw_record *to);
void lw_tasks_ahead_fini(struct lw_tasks *t);

/* Opens .labelwright/index, as far as it still fits the files. If anything is wrong with it,
 * nothing of it is used. */
void lw_index_cache_open(struct lw_tasks *t);

/* Reads a part of it into the index (LW_CHUNK tasks), and moves current and done behind it; false
 * when nothing was left. Indexing may go on from there at any time. */
bool lw_index_cache_step(struct lw_tasks *t);

void lw_index_cache_close(struct lw_tasks *t); /* what is left is not read */
void lw_index_cache_save(
    struct lw_tasks *t); /* a failure costs time at the next start, nothing else */
void lw_index_cache_delete(struct lw_tasks *t);

#endif
