/* For tests of the task index: a project of task files in a folder of its own. */
#ifndef LABELWRIGHT_TESTS_TASKS_RIG_H
#define LABELWRIGHT_TESTS_TASKS_RIG_H

#include "labelwright/base/buf.h"
#include "labelwright/tasks/tasks.h"
#include "shared.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RIG_FILES = 4 };

struct rig {
    char dir[64];
    struct lw_project project;
    struct lw_task_file file[RIG_FILES];
    struct lw_sys sys;
    uint64_t bytes_read;
    uint64_t fail_at; /* the pread that comes to this many bytes fails with EIO; 0 for none */
};

static inline ssize_t rig_pread(const struct lw_sys *sys, int fd, void *to, size_t n, off_t at)
{
    struct rig *r = sys->ctx;
    r->bytes_read += n;
    if (r->fail_at && r->bytes_read >= r->fail_at) {
        errno = EIO;
        return -1;
    }
    return lw_sys_real.pread(sys, fd, to, n, at);
}

/* One task file a.jsonl; more by raising project.ntasks: b.jsonl, c.jsonl … */
static inline void rig_make(struct rig *r)
{
    static char *const name[RIG_FILES] = {
        (char *)"a.jsonl", (char *)"b.jsonl", (char *)"c.jsonl", (char *)"d.jsonl"};
    *r = (struct rig){.dir = "/tmp/labelwright-test-XXXXXX"};
    assert_non_null(mkdtemp(r->dir));
    for (int i = 0; i < RIG_FILES; i++)
        r->file[i] = (struct lw_task_file){.path = name[i], .format = (char *)"auto"};
    r->project = (struct lw_project){
        .dir = r->dir, .file = (char *)"project.yaml", .tasks = r->file, .ntasks = 1};
    r->sys = lw_sys_real;
    r->sys.pread = rig_pread;
    r->sys.ctx = r;
}

static inline char *rig_path(const struct rig *r, const char *name)
{
    return lw_format("%s/%s", r->dir, name);
}

static inline void rig_put(
    const struct rig *r, const char *name, const void *bytes, size_t n, const char *mode)
{
    char *path = rig_path(r, name);
    if (*mode == 'w')
        remove(path); /* some file systems sync a file that is cut to nothing and written again */
    FILE *f = fopen(path, mode);
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
    free(path);
}

static inline void rig_write(const struct rig *r, const char *name, const char *text)
{
    rig_put(r, name, text, strlen(text), "wb");
}

static inline void rig_append(const struct rig *r, const char *name, const char *text)
{
    rig_put(r, name, text, strlen(text), "ab");
}

static inline struct lw_tasks *rig_open(struct rig *r)
{
    struct lw_tasks *t;
    struct lw_err err = {0};
    if (lw_tasks_open(&r->sys, &r->project, &t, &err) != LW_OK)
        fail_msg("%s", err.text);
    return t;
}

static inline void rig_finish(struct lw_tasks *t)
{
    while (lw_tasks_step(t, 1 << 20)) {
    }
    if (lw_tasks_error(t))
        fail_msg("%s", lw_tasks_error(t));
    assert_true(lw_tasks_complete(t));
    assert_int_equal(lw_tasks_bytes_done(t), lw_tasks_bytes_all(t));
}

static inline struct lw_tasks *rig_open_whole(struct rig *r)
{
    struct lw_tasks *t = rig_open(r);
    rig_finish(t);
    return t;
}

/* What is told of a record without parsing it agrees with what it is. */
static inline void rig_expect_whereabouts(
    struct lw_tasks *t, size_t position, const struct lw_task *task)
{
    struct lw_record_location at;
    char first[17], wanted[17];
    struct lw_err err = {0};
    if (lw_tasks_locate(t, position, &at, &err) != LW_OK)
        fail_msg("%s", err.text);
    lw_task_id_of_hash(task->record.sha256, wanted);
    snprintf(first, sizeof first, "%016llx", (unsigned long long)at.record);
    assert_string_equal(first, wanted);
    assert_string_equal(at.file, task->record.file);
    assert_int_equal(at.number, task->record.number);
}

static inline struct lw_task *rig_load(struct lw_tasks *t, size_t position)
{
    struct lw_task *task;
    struct lw_err err = {0};
    if (lw_tasks_load(t, position, &task, &err) != LW_OK)
        fail_msg("%s", err.text);
    assert_int_equal(lw_fingerprint(task->id, strlen(task->id)), lw_tasks_key(t, position));
    size_t found;
    assert_true(lw_tasks_find(t, lw_tasks_key(t, position), &found));
    assert_int_equal(found, position);
    rig_expect_whereabouts(t, position, task);
    return task;
}

static inline void rig_expect_id(struct lw_tasks *t, size_t position, const char *id)
{
    struct lw_task *task = rig_load(t, position);
    assert_string_equal(task->id, id);
    lw_task_free(task);
}

static inline void rig_remove(struct rig *r)
{
    static const char *const name[] = {
        "a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl", "other", ".labelwright/index"};
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        char *path = rig_path(r, name[i]);
        remove(path);
        free(path);
    }
    char *state = rig_path(r, ".labelwright");
    rmdir(state);
    free(state);
    assert_int_equal(rmdir(r->dir), 0);
}

#endif
