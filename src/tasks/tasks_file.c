/* One task file while it is open: what it was detected as, and how its records are called. Which
 * tasks are made of the records is the business of tasks.c and tasks_join.c. */
#define _GNU_SOURCE
#include "tasks/tasks_internal.h"

#include "labelwright/format/detect.h"
#include "labelwright/format/record.h"

#include <stdlib.h>

enum lw_code lw_tasks_file_open(struct lw_tasks_file *f, const struct lw_sys *sys,
    const struct lw_project *p, const struct lw_task_file *about, struct lw_err *err)
{
    struct stat st;
    *f = (struct lw_tasks_file){.name = about->path, .about = about, .lines.fd = -1};
    char *path = lw_project_path(p, about->path, err);
    if (!path)
        return err && err->code != LW_OK ? err->code : LW_EREFUSED;
    struct lw_err why = {0};
    enum lw_code code = lw_detect_open(sys, path, f->name, &f->lines.fd, &st, &why);
    free(path);
    if (code == LW_EABSENT)
        return lw_fail(err, code,
            "%s names \"%s\", which is not there. Put the file there, or correct its `file:`.",
            p->file, about->path);
    if (code != LW_OK)
        return lw_fail(err, code, "%s", why.text);
    f->lines.sys = sys;
    f->lines.name = f->name;
    f->lines.size = (uint64_t)st.st_size;
    code = lw_encoding_convert(sys, about->encoding, f->name, &f->lines.fd, &f->lines.size, err);
    if (code != LW_OK)
        return code;
    f->inode = (uint64_t)st.st_ino;
    f->mtime_ns = (uint64_t)st.st_mtim.tv_sec * 1000000000 + (uint64_t)st.st_mtim.tv_nsec;
    struct lw_read_as as = lw_task_file_read_as(about);
    enum lw_code detected = lw_detect(&f->lines, &as, &f->reader, err);
    f->reader.practice = lw_project_practises(p, about->path);
    f->reader.known = about->known.n || about->known.why ? &about->known : NULL;
    return detected;
}

void lw_tasks_file_fini(struct lw_tasks_file *f)
{
    lw_lines_fini(&f->lines);
    lw_record_reader_fini(&f->reader);
    free(f->model);
    if (f->lines.fd >= 0)
        f->lines.sys->close(f->lines.sys, f->lines.fd);
}

enum lw_code lw_tasks_file_id(struct lw_tasks_file *f, const struct lw_raw_record *raw,
    char id[LW_ID_MAX + 1], size_t *n, struct lw_err *err)
{
    char sha256[LW_SHA256_HEX];
    bool large = raw->n > LW_RECORD_MAX;
    enum lw_code code = LW_OK;
    if (large)
        code = lw_lines_hash(&f->lines, raw->at, raw->n, sha256, err);
    if (code == LW_OK)
        *n = lw_record_reader_id(
            &f->reader, raw->s, large ? LW_RECORD_HEAD : (size_t)raw->n, large ? sha256 : NULL, id);
    return code;
}
