#define _GNU_SOURCE
#include "lab.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void lab_open(struct lab *lab)
{
    const char *where = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(lab->path, sizeof lab->path, "%s/labelwright-XXXXXX", where);
    if (!mkdtemp(lab->path))
        abort();
    lab->dir = open(lab->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st, (void)kind;
    return at->level > 0 ? remove(path) : 0;
}

void lab_wipe(struct lab *lab)
{
    nftw(lab->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void lab_close(struct lab *lab)
{
    lab_wipe(lab);
    close(lab->dir);
    rmdir(lab->path);
}

int lab_setup(void **state)
{
    struct lab *lab = lw_alloc(sizeof *lab);
    lab_open(lab);
    *state = lab;
    return 0;
}

int lab_teardown(void **state)
{
    lab_close(*state);
    free(*state);
    return 0;
}

void lab_read(const struct lab *lab, const char *name, struct lw_buf *to)
{
    struct lw_err err = {0};
    lw_buf_clear(to);
    if (lw_file_read(&lw_sys_real, lab->dir, name, NULL, 1 << 30, to, &err) != LW_OK)
        fail_msg("%s", err.text);
}

static void put(const struct lab *lab, const char *name, int flags, const void *bytes, size_t n)
{
    int fd = openat(lab->dir, name, O_WRONLY | O_CREAT | flags, 0600);
    if (fd < 0 || write(fd, bytes, n) != (ssize_t)n)
        abort();
    close(fd);
}

void lab_write(const struct lab *lab, const char *name, const void *bytes, size_t n)
{
    put(lab, name, O_TRUNC, bytes, n);
}

void lab_add(const struct lab *lab, const char *name, const void *bytes, size_t n)
{
    put(lab, name, O_APPEND, bytes, n);
}

bool lab_has(const struct lab *lab, const char *name)
{
    return faccessat(lab->dir, name, F_OK, 0) == 0;
}

void lab_log_event(void *ctx, const struct lw_event *e)
{
    struct lab_log *log = ctx;
    log->event = lw_grow(log->event, log->n + 1, sizeof *log->event);
    struct lab_seen *s = &log->event[log->n++];
    *s = (struct lab_seen){.seq = e->seq, .type = e->type, .pos = e->pos};
    memcpy(s->hash, e->hash, sizeof s->hash);
}

void lab_log_restart(void *ctx)
{
    struct lab_log *log = ctx;
    log->n = 0;
    log->restarts++;
}

size_t lab_log_count(const struct lab_log *log, const char *hash)
{
    size_t n = 0;
    for (size_t i = 0; i < log->n; i++)
        n += strcmp(log->event[i].hash, hash) == 0;
    return n;
}

void lab_log_fini(struct lab_log *log)
{
    free(log->event);
    *log = (struct lab_log){0};
}

struct lw_journal_opts lab_opts(const struct lab *lab, struct lab_log *log)
{
    return (struct lw_journal_opts){.sys = &lw_sys_real,
        .dir = lab->dir,
        .name = "journal",
        .annotator = "maria",
        .title = "Catalan replies",
        .each = log ? lab_log_event : NULL,
        .restart = log ? lab_log_restart : NULL,
        .ctx = log};
}

struct lw_journal *lab_journal(const struct lab *lab, struct lab_log *log)
{
    struct lw_journal_opts o = lab_opts(lab, log);
    struct lw_journal *j;
    struct lw_err err = {0};
    if (lw_journal_open(&o, &j, &err) != LW_OK)
        fail_msg("%s", err.text);
    return j;
}

json_t *lab_body(const char *type, const char *task, const char *note)
{
    return json_pack("{s:s, s:s, s:{s:s}}", "type", type, "task", task, "answers", "note", note);
}

enum lw_code lab_annotate(struct lw_journal *j, const char *task, const char *note,
    struct lw_event *out, struct lw_err *err)
{
    json_t *body = lab_body("annotate", task, note);
    enum lw_code code = lw_journal_append(j, &body, 1, out, err);
    json_decref(body);
    return code;
}

bool lab_noted(const struct lw_journal *j, const char *words)
{
    size_t n;
    const char *const *note = lw_journal_notes(j, &n);
    for (size_t i = 0; i < n; i++)
        if (strstr(note[i], words))
            return true;
    return false;
}

struct lw_verdict lab_verify(const struct lab *lab)
{
    struct lw_verdict v;
    struct lw_err err = {0};
    if (lw_journal_verify(&lw_sys_real, lab->dir, "journal", NULL, &v, &err) != LW_OK)
        fail_msg("%s", err.text);
    return v;
}

void lab_fill(const struct lab *lab, int n)
{
    static int count;
    struct lw_journal *j = lab_journal(lab, NULL);
    struct lw_err err = {0};
    char note[32];
    for (int i = 0; i < n && snprintf(note, sizeof note, "note %08d", count++); i++)
        if (lab_annotate(j, "t", note, NULL, &err) != LW_OK)
            fail_msg("%s", err.text);
    lw_journal_close(j);
}
