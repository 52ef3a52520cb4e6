/* The files that a journal consists of: their names, opening, creating and replacing one. Knows
 * lines only by their newline; what is in them is for journal_line.c and journal_read.c. */
#define _GNU_SOURCE
#include "journal/journal_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lw_segment_name(uint32_t segment, char to[LW_SEGMENT_NAME])
{
    snprintf(to, LW_SEGMENT_NAME, "%06u.jsonl", segment % (LW_SEGMENT_LAST + 1));
}

static void add_segment(void *ctx, const char *name)
{
    struct lw_segments *s = ctx;
    char again[LW_SEGMENT_NAME];
    unsigned long n = strtoul(name, NULL, 10);
    if (n == 0 || n > LW_SEGMENT_LAST)
        return;
    lw_segment_name((uint32_t)n, again);
    if (strcmp(again, name) != 0)
        return;
    if (s->n == s->cap) {
        s->cap = s->cap ? s->cap * 2 : 16;
        s->number = lw_grow(s->number, s->cap, sizeof *s->number);
    }
    s->number[s->n++] = (uint32_t)n;
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

enum lw_code lw_segments_list(
    const struct lw_sys *sys, int folder, struct lw_segments *to, struct lw_err *err)
{
    to->n = 0;
    if (sys->list(sys, folder, add_segment, to) != 0)
        return lw_fail_errno(err, "cannot list the journal's folder");
    if (to->n > 1)
        qsort(to->number, to->n, sizeof *to->number, ascending);
    return LW_OK;
}

enum lw_code lw_journal_file(const struct lw_sys *sys, int folder, const char *name, int flags,
    int *fd, struct stat *st, struct lw_err *err)
{
    struct lw_err why = {0};
    enum lw_code code = lw_file_open(sys, folder, name, NULL, flags | O_NOFOLLOW, fd, st, &why);
    if (code == LW_EIO && errno == ELOOP)
        return lw_fail(err, LW_EREFUSED,
            "%s must be a real file, not a symbolic link. Put the file itself there.", name);
    if (code == LW_EBAD)
        return lw_fail(err, LW_EREFUSED, "%s. Remove it.", why.text);
    if (code != LW_OK)
        return lw_fail(err, code, "%s", why.text);
    if ((uint64_t)st->st_size <= LW_SEGMENT_MOST)
        return LW_OK;
    sys->close(sys, *fd);
    *fd = -1;
    return lw_fail(err, LW_EREFUSED,
        "%s is too large for a journal file (at most %d MiB). Move it away.", name,
        (int)(LW_SEGMENT_MOST >> 20));
}

/* Read backwards in growing steps. */
bool lw_journal_line_before(
    const struct lw_sys *sys, int fd, uint64_t end, struct lw_buf *to, const char **text)
{
    for (uint64_t n = 4096;; n *= 4) {
        if (n > end)
            n = end;
        lw_buf_clear(to);
        if (n < 2 || lw_pread_all(sys, fd, lw_buf_room(to, n), n, (off_t)(end - n), NULL) != LW_OK)
            return false;
        to->len = n;
        if (to->data[n - 1] != '\n')
            return false;
        char *before = memrchr(to->data, '\n', n - 1);
        *text = before ? before + 1 : to->data;
        if (before || n == end)
            return true;
        if (n > LW_LINE_MAX)
            return false;
    }
}

/* ---- the segment that is written */

/* Skips names that a crash left behind or another program created. */
static int create_next(struct lw_journal *j, uint32_t *segment)
{
    for (uint32_t n = j->segment + 1; n <= LW_SEGMENT_LAST; n++) {
        char name[LW_SEGMENT_NAME];
        int fd;
        lw_segment_name(n, name);
        *segment = n;
        if (lw_file_create(j->sys, j->folder, name, NULL, O_RDWR | O_APPEND, &fd, NULL) !=
            LW_EREFUSED)
            return fd;
    }
    errno = EFBIG;
    return -1;
}

enum lw_code lw_segment_start(struct lw_journal *j, struct lw_err *err)
{
    char name[LW_SEGMENT_NAME];
    uint32_t segment;
    int fd = create_next(j, &segment);
    lw_segment_name(segment, name);
    if (fd < 0)
        return lw_fail_errno(err, "%s/%s: cannot create", j->name, name);
    enum lw_code code = lw_dir_sync(j->sys, j->folder, err);
    if (code != LW_OK) {
        j->sys->close(j->sys, fd);
        j->sys->unlinkat(j->sys, j->folder, name);
        return code;
    }
    if (j->fd >= 0)
        j->sys->close(j->sys, j->fd);
    j->fd = fd;
    j->segment = segment;
    j->offset = j->written_from = 0;
    lw_buf_clear(&j->written);
    return LW_OK;
}

/* ---- replacing one by its own copy */

enum { COPY_STEP = 1024 * 1024 };

static enum lw_code copy_bytes(
    struct lw_journal *j, int from, int to, uint64_t n, struct lw_err *err)
{
    char *bytes = lw_alloc(COPY_STEP);
    enum lw_code code = LW_OK;
    for (uint64_t at = 0; at < n && code == LW_OK;) {
        size_t step = n - at < COPY_STEP ? (size_t)(n - at) : COPY_STEP;
        code = lw_pread_all(j->sys, from, bytes, step, (off_t)at, err);
        if (code == LW_OK)
            code = lw_write_all(j->sys, to, bytes, step, NULL, err);
        at += step;
    }
    free(bytes);
    return code;
}

enum lw_code lw_segment_copy(
    struct lw_journal *j, const char *name, int fd, uint64_t n, struct lw_err *err)
{
    char *temp;
    int copy;
    enum lw_code code = lw_file_fresh(j->sys, j->folder, name, &temp, &copy, err);
    if (code != LW_OK)
        return code;
    code = copy_bytes(j, fd, copy, n, err);
    if (code == LW_OK && j->sys->fdatasync(j->sys, copy) != 0)
        code = lw_fail_errno(err, "%s: cannot sync", temp);
    j->sys->close(j->sys, copy);
    if (code == LW_OK && j->sys->renameat(j->sys, j->folder, temp, name) != 0)
        code = lw_fail_errno(err, "%s: cannot rename", temp);
    if (code != LW_OK)
        j->sys->unlinkat(j->sys, j->folder, temp);
    free(temp);
    return code;
}
