/* The tasks of a project by position, without reading them all: an index of where records begin,
 * made a little at a time while keys are answered, kept in .labelwright/index for the next start.
 *
 * A file may join others: its records are no tasks but answer theirs, each the one with the same
 * text or integer under the member that project.yaml or the format names. Their responses come
 * behind the task's own, in the order of the files; the id of each is its model's name, else its
 * file's, with "~2" behind it where that is taken. Files that join are read whole at every opening,
 * at 16 bytes a record.
 *
 * Files are read with pread, never mapped; only what is shown is parsed. Memory is about 21 bytes a
 * task. Positions count from 0 in the order of project.yaml (files, then records); with `order:
 * random` lw_tasks_at() maps the n-th to show to its position. */
#ifndef LABELWRIGHT_TASKS_TASKS_H
#define LABELWRIGHT_TASKS_TASKS_H

#include "labelwright/format/task.h"
#include "labelwright/project/project.h"

struct lw_tasks;

/* Opens all task files and what is kept of an earlier index that still fits (same size and time, or
 * only appended to), and knows at least one task afterwards: the rest of it is read by
 * lw_tasks_step(). Each file's format is detected from its first readable record. Records that come
 * while it is open are seen at the next opening. LW_EABSENT, LW_EIO, LW_EBAD (a directory, an empty
 * file, binary, no JSON Lines, or a format nobody knows: the text says which, and what would do)
 * name the file. `project` is borrowed. */
enum lw_code lw_tasks_open(const struct lw_sys *sys, const struct lw_project *project,
    struct lw_tasks **to, struct lw_err *err);
void lw_tasks_close(struct lw_tasks *t); /* NULL is fine */

/* Indexes about `bytes` more. True while there is more to do; the index is saved when it is
 * complete. A read error ends indexing and stands in lw_tasks_error(). */
bool lw_tasks_step(struct lw_tasks *t, size_t bytes);
bool lw_tasks_complete(const struct lw_tasks *t);
const char *lw_tasks_error(const struct lw_tasks *t); /* NULL for none */

size_t lw_tasks_count(const struct lw_tasks *t); /* known so far */

/* Whether the task at a position is known; takes over the saved index as far as needed, and reads
 * no task file. */
bool lw_tasks_has(struct lw_tasks *t, size_t position);
uint64_t lw_tasks_bytes_done(const struct lw_tasks *t);
uint64_t lw_tasks_bytes_all(const struct lw_tasks *t);
uint64_t lw_tasks_bytes_before(const struct lw_tasks *t, size_t position); /* all files counted */

/* The fingerprint of the id of the task at a position (lw_fingerprint of its bytes), without
 * reading the record. */
uint64_t lw_tasks_key(const struct lw_tasks *t, size_t position);

/* The file of the task at a position, as project.yaml calls it; reads nothing. */
const char *lw_tasks_file(const struct lw_tasks *t, size_t position);

/* Reads and parses the record at a position; its id is unique among all tasks: the second one with
 * the same id ends in "~2", and so on. The task is the caller's. LW_EIO when it cannot be read,
 * LW_EBAD when the file was changed or cut since it was indexed. */
enum lw_code lw_tasks_load(
    struct lw_tasks *t, size_t position, struct lw_task **to, struct lw_err *err);

/* The same without `root` where a record is written plainly, has nothing but texts and joins
 * nothing: much faster. Unless `hashed`, record.sha256 is "" there. */
enum lw_code lw_tasks_load_texts(
    struct lw_tasks *t, size_t position, bool hashed, struct lw_task **to, struct lw_err *err);

/* From now on records that follow each other are read together, 256 KiB at a time: for who goes
 * through all of them at once. What the files say meanwhile may be seen late. */
void lw_tasks_read_ahead(struct lw_tasks *t);

/* Where the record at a position stands now, and the first 8 bytes of its SHA-256 (as struct
 * lw_record has them), without parsing it where that is not needed. Errors as lw_tasks_load(). */
struct lw_record_location {
    const char *file; /* as project.yaml calls it */
    uint64_t number;  /* from 1 */
    uint64_t record;
};
enum lw_code lw_tasks_locate(
    struct lw_tasks *t, size_t position, struct lw_record_location *to, struct lw_err *err);

/* The position of a key, as far as indexed now or saved; false when it is not found. */
bool lw_tasks_find(struct lw_tasks *t, uint64_t key, size_t *position);

/* How many ids were used twice so far; the position of the first such id at `*first` (may be NULL).
 */
size_t lw_tasks_duplicates(const struct lw_tasks *t, size_t *first);

/* The position of the n-th task to show. `order: file`: n itself. `order: random`: by a hash of
 * seed and key; needs a complete index and lw_tasks_shuffle() before. */
void lw_tasks_shuffle(struct lw_tasks *t, uint64_t seed);
size_t lw_tasks_at(const struct lw_tasks *t, size_t n);
size_t lw_tasks_rank(const struct lw_tasks *t, size_t position); /* the reverse of lw_tasks_at */

/* The line in its file where the record at a position begins, from 1 (reads the file up to there).
 */
uint64_t lw_tasks_line(struct lw_tasks *t, size_t position);

/* Whether the id of the task at a position was used before it: then it ends in "~2" or more. */
bool lw_tasks_is_duplicate(const struct lw_tasks *t, size_t position);

/* Files that join others, numbered from 0 in the order of the project. */
struct lw_join_info {
    const char *file;   /* as project.yaml calls it */
    const char *member; /* which names the task that a record answers */
    size_t records;     /* with this member; numbered from 0, in no order that means anything */
    size_t nameless;    /* records without it */
};
size_t lw_tasks_joins(const struct lw_tasks *t);
struct lw_join_info lw_tasks_join_at(const struct lw_tasks *t, size_t join);

/* How many records of the file answer this task: these, from number `*first` on. */
size_t lw_tasks_join_find(
    const struct lw_tasks *t, size_t join, const struct lw_task *task, size_t *first);

/* The line where a record of the file begins, from 1 (reads the file up to there). */
uint64_t lw_tasks_join_line(struct lw_tasks *t, size_t join, size_t record);

#endif
