/* For fuzz targets of the task index: a project with one task file, and the kept index, in memory.
 */
#ifndef LABELWRIGHT_TESTS_FUZZ_TASKS_MEMORY_H
#define LABELWRIGHT_TESTS_FUZZ_TASKS_MEMORY_H

#include "labelwright/base/buf.h"
#include "labelwright/tasks/tasks.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MEMORY_DIR = 1000, MEMORY_TASKS, MEMORY_INDEX, MEMORY_TEMP };

struct memory {
    struct lw_buf tasks, index, temp;
    struct lw_sys sys;
    struct lw_project project;
    struct lw_task_file file;
};

static void must(bool holds)
{
    if (!holds)
        abort();
}

static struct lw_buf *memory_of(const struct lw_sys *sys, int fd)
{
    struct memory *m = sys->ctx;
    return fd == MEMORY_TASKS ? &m->tasks : fd == MEMORY_INDEX ? &m->index : &m->temp;
}

static int memory_openat(
    const struct lw_sys *sys, int dir, const char *name, int flags, mode_t mode)
{
    (void)dir, (void)flags, (void)mode;
    size_t n = strlen(name);
    if (n > 6 && strcmp(name + n - 6, ".jsonl") == 0)
        return MEMORY_TASKS;
    if (strncmp(name, "index.", 6) == 0) { /* a temporary one */
        lw_buf_clear(memory_of(sys, MEMORY_TEMP));
        return MEMORY_TEMP;
    }
    if (strcmp(name, "index") != 0)
        return MEMORY_DIR;
    if (memory_of(sys, MEMORY_INDEX)->len > 0)
        return MEMORY_INDEX;
    errno = ENOENT;
    return -1;
}

static int memory_close(const struct lw_sys *sys, int fd)
{
    (void)sys, (void)fd;
    return 0;
}

static ssize_t memory_pread(const struct lw_sys *sys, int fd, void *to, size_t n, off_t at)
{
    const struct lw_buf *b = memory_of(sys, fd);
    must(at >= 0);
    if ((size_t)at >= b->len)
        return 0;
    n = n < b->len - (size_t)at ? n : b->len - (size_t)at;
    memcpy(to, b->data + at, n);
    return (ssize_t)n;
}

static ssize_t memory_write(const struct lw_sys *sys, int fd, const void *from, size_t n)
{
    lw_buf_add(memory_of(sys, fd), from, n);
    return (ssize_t)n;
}

static int memory_fstat(const struct lw_sys *sys, int fd, struct stat *to)
{
    *to = (struct stat){.st_mode = S_IFREG | 0600, .st_size = (off_t)memory_of(sys, fd)->len};
    return 0;
}

static int memory_renameat(const struct lw_sys *sys, int dir, const char *from, const char *name)
{
    (void)dir, (void)from, (void)name;
    struct memory *m = sys->ctx;
    struct lw_buf was = m->index;
    m->index = m->temp;
    m->temp = was;
    return 0;
}

static int memory_unlinkat(const struct lw_sys *sys, int dir, const char *name)
{
    (void)dir;
    if (strcmp(name, "index") == 0)
        lw_buf_clear(memory_of(sys, MEMORY_INDEX));
    return 0;
}

static void memory_init(struct memory *m)
{
    *m = (struct memory){.sys = lw_sys_real};
    m->sys.openat = memory_openat;
    m->sys.close = memory_close;
    m->sys.pread = memory_pread;
    m->sys.write = memory_write;
    m->sys.fstat = memory_fstat;
    m->sys.renameat = memory_renameat;
    m->sys.unlinkat = memory_unlinkat;
    m->sys.ctx = m;
    m->file = (struct lw_task_file){.path = (char *)"fuzz.jsonl", .format = (char *)"auto"};
    m->project = (struct lw_project){
        .dir = (char *)"/tmp", .file = (char *)"project.yaml", .tasks = &m->file, .ntasks = 1};
}

static void memory_fini(struct memory *m)
{
    lw_buf_fini(&m->tasks);
    lw_buf_fini(&m->index);
    lw_buf_fini(&m->temp);
}

/* Opens and indexes all; NULL when the file is refused, with a reason. */
static struct lw_tasks *memory_open(struct memory *m, size_t step)
{
    struct lw_tasks *t;
    struct lw_err err = {0};
    if (lw_tasks_open(&m->sys, &m->project, &t, &err) != LW_OK) {
        must(!t && *err.text && strstr(err.text, "fuzz.jsonl"));
        return NULL;
    }
    while (lw_tasks_step(t, step)) {
    }
    return t;
}

#endif
