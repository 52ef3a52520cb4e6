/* Repairs before a journal opened for writing is read: modes, and the tail of the last segment.
 * Nothing is thrown away: bytes cut off are kept in *.torn. */
#define _GNU_SOURCE
#include "journal/journal_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- owner and modes of the files */

/* A segment with a second name (hard link) is never written, and its mode is not changed: both
 * would change the other file too. */
static enum lw_code give_one_name(
    struct lw_journal *j, const char *name, int fd, uint64_t size, struct lw_err *err)
{
    struct lw_err why = {0};
    enum lw_code code = lw_segment_copy(j, name, fd, size, &why);
    if (code != LW_OK)
        return lw_fail(err, code,
            "%s/%s has a second name (a hard link), so writing to it would change another file. "
            "Replacing it with its own copy failed (%s).",
            j->name, name, why.text);
    lw_journal_note(j,
        "%s/%s had a second name (a hard link). The journal now uses its own copy; the other file "
        "is unchanged.",
        j->name, name);
    return LW_OK;
}

static enum lw_code repair_mode(
    struct lw_journal *j, const char *name, size_t *open_to_others, struct lw_err *err)
{
    struct stat st;
    struct lw_err why = {0};
    int fd;
    enum lw_code code = lw_journal_file(j->sys, j->folder, name, O_RDONLY, &fd, &st, &why);
    if (code != LW_OK)
        return lw_fail(err, code, "%s/%s", j->name, why.text);
    if (st.st_uid != geteuid())
        code = lw_fail(err, LW_EREFUSED,
            "%s/%s belongs to another user. Only its owner can write a journal. Use chown, "
            "or your own copy.",
            j->name, name);
    else if (st.st_nlink > 1)
        code = give_one_name(j, name, fd, (uint64_t)st.st_size, err);
    else if (st.st_mode & 077)
        *open_to_others += j->sys->fchmod(j->sys, fd, 0600) == 0;
    j->sys->close(j->sys, fd);
    return code;
}

enum lw_code lw_repair_modes(
    struct lw_journal *j, const struct lw_segments *segments, struct lw_err *err)
{
    size_t n = 0;
    for (size_t i = 0; i < segments->n; i++) {
        char name[LW_SEGMENT_NAME];
        lw_segment_name(segments->number[i], name);
        enum lw_code code = repair_mode(j, name, &n, err);
        if (code != LW_OK)
            return code;
    }
    if (n > 0)
        lw_journal_note(j,
            "Other users could read %zu journal file%s. Fixed: now private (mode 0600).", n,
            n == 1 ? "" : "s");
    return LW_OK;
}

/* ---- the torn tail */

/* Reads the bytes after the last newline, backwards in growing steps. */
static enum lw_code read_tail(
    struct lw_journal *j, int fd, uint64_t size, struct lw_buf *tail, struct lw_err *err)
{
    for (uint64_t n = 4096;; n *= 4) {
        if (n > size)
            n = size;
        lw_buf_clear(tail);
        enum lw_code code =
            lw_pread_all(j->sys, fd, lw_buf_room(tail, n), n, (off_t)(size - n), err);
        if (code != LW_OK)
            return code;
        char *newline = n > 0 ? memrchr(tail->data, '\n', n) : NULL;
        if (!newline && n < size)
            continue;
        tail->len = newline ? (size_t)(tail->data + n - newline) - 1 : n;
        if (newline)
            memmove(tail->data, newline + 1, tail->len);
        return LW_OK;
    }
}

static int create_torn(struct lw_journal *j, const char *segment, char *name, size_t size)
{
    for (int i = 1; i < 10000; i++) {
        if (i == 1)
            snprintf(name, size, "%s.torn", segment);
        else
            snprintf(name, size, "%s.torn.%d", segment, i);
        int fd;
        if (lw_file_create(j->sys, j->folder, name, NULL, O_WRONLY, &fd, NULL) != LW_EREFUSED)
            return fd;
    }
    return -1;
}

static enum lw_code save_torn(struct lw_journal *j, const char *segment, const struct lw_buf *tail,
    char *name, size_t size, struct lw_err *err)
{
    int fd = create_torn(j, segment, name, size);
    if (fd < 0)
        return lw_fail_errno(err, "%s/%s: cannot create", j->name, name);
    enum lw_code code = lw_write_all(j->sys, fd, tail->data, tail->len, NULL, err);
    if (code == LW_OK && j->sys->fdatasync(j->sys, fd) != 0)
        code = lw_fail_errno(err, "%s/%s: cannot sync", j->name, name);
    j->sys->close(j->sys, fd);
    if (code == LW_OK)
        code = lw_dir_sync(j->sys, j->folder, err);
    if (code != LW_OK)
        j->sys->unlinkat(j->sys, j->folder, name);
    return code;
}

static enum lw_code cut(struct lw_journal *j, int fd, uint64_t length, struct lw_err *err)
{
    int r;
    do
        r = j->sys->ftruncate(j->sys, fd, (off_t)length);
    while (r != 0 && errno == EINTR);
    return r == 0 ? LW_OK : lw_fail_errno(err, "cannot cut off an incomplete line");
}

/* Only the newline is missing or damaged: the label is complete. */
static enum lw_code end_line(struct lw_journal *j, int fd, const char *segment, uint64_t size,
    struct lw_repair *m, struct lw_err *err)
{
    lw_journal_note(j, "The last line of %s/%s had no end of line. Fixed.", j->name, segment);
    m->recovered = json_pack("{s:s, s:s, s:s, s:I}", "type", "recovered", "what", "newline", "file",
        segment, "offset", (json_int_t)size);
    return lw_write_all(j->sys, fd, "\n", 1, NULL, err);
}

static enum lw_code trim(struct lw_journal *j, int fd, const char *segment, uint64_t size,
    const struct lw_buf *tail, struct lw_repair *m, struct lw_err *err)
{
    char name[LW_SEGMENT_NAME + 16];
    enum lw_code code = save_torn(j, segment, tail, name, sizeof name, err);
    if (code == LW_OK)
        code = cut(j, fd, size - tail->len, err);
    if (code != LW_OK)
        return code;
    lw_journal_note(j,
        "The last line of %s/%s was incomplete (%zu bytes). It was cut off and kept in %s.",
        j->name, segment, tail->len, name);
    m->recovered = json_pack("{s:s, s:s, s:s, s:I, s:I, s:s}", "type", "recovered", "what", "torn",
        "file", segment, "offset", (json_int_t)(size - tail->len), "bytes", (json_int_t)tail->len,
        "kept", name);
    return LW_OK;
}

static enum lw_code repair_segment(struct lw_journal *j, int fd, const char *segment, uint64_t size,
    struct lw_repair *m, struct lw_err *err)
{
    struct lw_buf tail = {0};
    struct lw_journal_line l;
    enum lw_code code = read_tail(j, fd, size, &tail, err);
    if (code == LW_OK && tail.len > 0) {
        const char *at = tail.data;
        if (lw_journal_line_salvage(&at, tail.data + tail.len, &l))
            code = end_line(j, fd, segment, size, m, err);
        else
            code = trim(j, fd, segment, size, &tail, m, err);
    }
    lw_buf_fini(&tail);
    /* What a killed session wrote may not be on the disk yet: sync before calling it saved. */
    if (code == LW_OK && j->sys->fdatasync(j->sys, fd) != 0)
        code = lw_fail_errno(err, "cannot sync");
    return code;
}

enum lw_code lw_repair_tail(struct lw_journal *j, const struct lw_segments *segments,
    struct lw_repair *m, struct lw_err *err)
{
    char name[LW_SEGMENT_NAME];
    struct stat st;
    struct lw_err why = {0};
    if (segments->n == 0)
        return LW_OK;
    j->segment = segments->number[segments->n - 1];
    lw_segment_name(j->segment, name);
    enum lw_code code =
        lw_file_open_own(j->sys, j->folder, name, NULL, O_RDWR | O_APPEND, &j->fd, &st, &why);
    if (code != LW_OK)
        return lw_fail(err, code, "%s/%s", j->name, why.text);
    if (repair_segment(j, j->fd, name, (uint64_t)st.st_size, m, &why) != LW_OK) {
        m->suspect = true;
        lw_journal_note(
            j, "%s/%s could not be repaired (%s). It is left unchanged.", j->name, name, why.text);
    }
    return LW_OK;
}
