/* A folder inside the project folder: one file per batch, NAME/FIRST-LAST-SHA256.ndjson, where NAME
 * is the journal's id. Another program sends them on. An existing file with this name counts as
 * delivered when it holds these bytes; otherwise it is replaced. */
#define _GNU_SOURCE
#include "sync/sync_messages_internal.h"
#include "sync/targets_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct folder {
    const struct lw_sys *sys;
    const struct lw_project *project;
    const char *path; /* after "file:" */
};

static void *open_folder(const struct lw_target_opts *opts, struct lw_err *err)
{
    (void)err;
    struct folder *f = lw_alloc(sizeof *f);
    *f = (struct folder){opts->sys, opts->project, opts->to->to + strlen("file:")};
    return f;
}

static void close_folder(void *target)
{
    free(target);
}

/* Opens the folder `name` in `dir`, and creates it when missing. The caller closes both. */
static enum lw_code open_or_create(
    const struct lw_sys *sys, int dir, const char *name, int *fd, struct lw_err *err)
{
    *fd = lw_dir_open(sys, dir, name);
    if (*fd < 0 && errno == ENOENT) {
        if (sys->mkdirat(sys, dir, name, 0700) != 0 && errno != EEXIST)
            return lw_fail_errno(err, "%s: cannot create the folder", name);
        enum lw_code code = lw_dir_sync(sys, dir, err);
        if (code != LW_OK)
            return code;
        *fd = lw_dir_open(sys, dir, name);
    }
    return *fd < 0 ? lw_fail_errno(err, "%s: cannot open the folder", name) : LW_OK;
}

/* Opens `path`, a real path below the project folder, step by step; then the journal's folder in
 * it. */
static enum lw_code open_path(
    const struct folder *f, const char *path, const char *last, int *fd, struct lw_err *err)
{
    char *top = realpath(f->project->dir, NULL);
    *fd = top ? lw_dir_open(f->sys, AT_FDCWD, top) : -1;
    enum lw_code code = LW_OK;
    if (*fd < 0)
        code = lw_fail_errno(err, "%s: cannot open the folder", f->project->dir);
    char *rest = NULL, *below = lw_format("%s/%s", path + (top ? strlen(top) : 0), last);
    for (char *name = strtok_r(below, "/", &rest); name && code == LW_OK;
         name = strtok_r(NULL, "/", &rest)) {
        int above = *fd;
        code = open_or_create(f->sys, above, name, fd, err);
        f->sys->close(f->sys, above);
    }
    free(below);
    free(top);
    return code;
}

/* What already has the batch's file name. */
enum there { NOTHING, THE_BATCH, ANOTHER };

static enum there find_file(
    const struct folder *f, const struct lw_send_request *p, int dir, const char *name)
{
    struct stat st;
    int fd = f->sys->openat(f->sys, dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
    if (fd < 0)
        return errno == ENOENT ? NOTHING : ANOTHER;
    bool same = f->sys->fstat(f->sys, fd, &st) == 0 && S_ISREG(st.st_mode) &&
                (uint64_t)st.st_size == p->len;
    char *bytes = same ? lw_alloc(p->len + 1) : NULL, sha256[LW_SHA256_HEX];
    same = same && lw_pread_all(f->sys, fd, bytes, p->len, 0, NULL) == LW_OK;
    if (same)
        lw_sha256_hex(bytes, p->len, sha256);
    f->sys->close(f->sys, fd);
    free(bytes);
    return same && strcmp(sha256, p->sha256) == 0 ? THE_BATCH : ANOTHER;
}

static enum lw_code write_file(const struct folder *f, const struct lw_send_request *p, int dir,
    enum there *there, struct lw_err *err)
{
    char name[128];
    snprintf(name, sizeof name, "%" PRIu64 "-%" PRIu64 "-%s.ndjson", p->first, p->last, p->sha256);
    *there = find_file(f, p, dir, name);
    if (*there == THE_BATCH)
        return lw_dir_sync(f->sys, dir, err); /* its name may not be on the disk yet */
    return lw_file_replace(f->sys, dir, name, p->bytes, p->len, true, err);
}

static enum lw_code write_batch(
    const struct folder *f, const struct lw_send_request *p, enum there *there, struct lw_err *err)
{
    int dir = -1;
    char *path = lw_project_outbox(f->project, f->path, err);
    if (!path)
        return err->code;
    enum lw_code code = open_path(f, path, p->journal, &dir, err);
    if (code == LW_OK)
        code = write_file(f, p, dir, there, err);
    if (dir >= 0)
        f->sys->close(f->sys, dir);
    free(path);
    return code;
}

static enum lw_step step_folder(void *target, const struct lw_send_request *request,
    const struct lw_http_reply *reply, struct lw_http_request *next, struct lw_send_result *result)
{
    (void)reply, (void)next;
    struct folder *f = target;
    struct lw_err err = {0};
    enum there there = NOTHING;
    result->code = write_batch(f, request, &there, &err);
    result->outcome = result->code == LW_OK ? LW_SEND_SENT : LW_SEND_CONFIG;
    snprintf(result->batch, sizeof result->batch, "%s", request->sha256);
    *(there == THE_BATCH ? &result->duplicates : &result->accepted) = request->events;
    if (there == ANOTHER && result->code == LW_OK)
        snprintf(result->text, sizeof result->text, LW_SYNC_MSG_REPLACED, f->path, request->first,
            request->last);
    if (result->code != LW_OK)
        snprintf(result->text, sizeof result->text, LW_SYNC_MSG_NOT_SAVED, f->path, err.text);
    return LW_STEP_DONE;
}

static const char *const schemes[] = {"file:", NULL};
const struct lw_target_kind lw_target_folder = {
    .schemes = schemes,
    .open = open_folder,
    .close = close_folder,
    .step = step_folder,
};
