/* Before a label is saved: checks that folder, lock and segment are still as we left them. Other
 * programs do not know our lock: rm, an editor, a sync program or `git checkout` may delete,
 * replace or cut what is open here. A label written to a file without a name is lost with the
 * session.
 *
 *   folder gone      created again. Moved or replaced: labels wait until it is put back
 *   lock gone        taken again; if another session has it, no more labels
 *   segment gone,    restored from what is left: the open file, or this session's lines. The
 *   replaced or cut  file there is kept as NAME.replaced
 *   segment longer,  left alone: a new segment is started
 *   or linked
 *
 * These are four cheap system calls; the sync that follows costs a hundred times as much.
 */
#define _GNU_SOURCE
#include "journal/journal_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOCK "lock"

/* ---- the folder */

static enum lw_code enter_folder(struct lw_journal *j, struct lw_err *err)
{
    struct stat st;
    int fd = lw_dir_open(j->sys, j->dir, j->name);
    if (fd < 0)
        return lw_fail_errno(err, "%s/: cannot open", j->name);
    if (j->sys->fstat(j->sys, fd, &st) != 0) {
        enum lw_code code = lw_fail_errno(err, "%s/: cannot read", j->name);
        j->sys->close(j->sys, fd);
        return code;
    }
    j->sys->close(j->sys, j->folder);
    j->folder = fd;
    j->folder_dev = st.st_dev;
    j->folder_ino = st.st_ino;
    return LW_OK;
}

static bool is_deleted(struct lw_journal *j)
{
    struct stat st;
    return j->sys->fstat(j->sys, j->folder, &st) == 0 && st.st_nlink == 0;
}

static enum lw_code remake_folder(struct lw_journal *j, struct lw_err *err)
{
    if (!is_deleted(j))
        return lw_fail(err, LW_EIO,
            "Another program moved the folder %s/ away. Move it back, then try again.", j->name);
    if (j->sys->mkdirat(j->sys, j->dir, j->name, 0700) != 0)
        return lw_fail_errno(
            err, "Another program deleted the folder %s/, and it cannot be created again", j->name);
    enum lw_code code = lw_dir_sync(j->sys, j->dir, err);
    return code == LW_OK ? enter_folder(j, err) : code;
}

static enum lw_code check_folder(struct lw_journal *j, struct lw_err *err)
{
    struct stat st;
    if (j->sys->lstatat(j->sys, j->dir, j->name, &st) != 0)
        return errno == ENOENT ? remake_folder(j, err)
                               : lw_fail_errno(err, "%s/: cannot check", j->name);
    if (st.st_dev == j->folder_dev && st.st_ino == j->folder_ino)
        return LW_OK;
    if (is_deleted(j)) /* and since created again */
        return enter_folder(j, err);
    return lw_fail(err, LW_EIO,
        "Another program replaced the folder %s/. Put the old one back, then try again.", j->name);
}

/* ---- the lock */

static enum lw_code check_lock(struct lw_journal *j, bool *anew, struct lw_err *err)
{
    struct stat st;
    enum lw_code code = lw_file_is_at(j->sys, j->folder, LOCK, j->lock, &st);
    if (code == LW_OK)
        return LW_OK;
    if (code == LW_EIO)
        return lw_fail_errno(err, "%s/%s: cannot check", j->name, LOCK);
    code = lw_journal_relock(j, err);
    *anew = true;
    if (code != LW_OK || !j->owner)
        return code;
    j->mode = LW_JOURNAL_READ_ONLY;
    return lw_fail(err, LW_EBUSY,
        "Another program removed %s/%s, and now %s has the journal. Nothing more can be saved "
        "here.",
        j->name, LOCK, j->owner);
}

/* ---- the segment: what is left of it */

enum left { LEFT_ALL, LEFT_IN_FILE, LEFT_SESSION };

/* Whether the first written_from bytes of the file still end with the line before this session's
 * first line. */
static bool start_is_there(struct lw_journal *j)
{
    struct lw_buf buf = {0};
    struct lw_journal_line before, first;
    const char *text;
    const char *end = j->written.len ? memchr(j->written.data, '\n', j->written.len) : NULL;
    if (j->written_from == 0 || !end)
        return end != NULL;
    bool ok = lw_journal_line_before(j->sys, j->fd, j->written_from, &buf, &text) &&
              !lw_journal_line_check(text, (size_t)(buf.data + buf.len - 1 - text), &before) &&
              !lw_journal_line_check(j->written.data, (size_t)(end - j->written.data), &first) &&
              memcmp(before.hash, first.prev, LW_SHA256_HEX - 1) == 0;
    lw_buf_fini(&buf);
    return ok;
}

static enum left find_left(struct lw_journal *j, uint64_t size)
{
    if (size == j->offset)
        return LEFT_IN_FILE;
    return size >= j->written_from && start_is_there(j) ? LEFT_ALL : LEFT_SESSION;
}

/* ---- the segment: restoring it */

/* Renames the file that now has the segment's name; `aside` gets its new name, "" for none. */
static enum lw_code set_aside(
    struct lw_journal *j, const char *name, char *aside, size_t size, struct lw_err *err)
{
    struct stat st;
    aside[0] = '\0';
    if (j->sys->lstatat(j->sys, j->folder, name, &st) != 0)
        return errno == ENOENT ? LW_OK : lw_fail_errno(err, "cannot check the file");
    for (int i = 1; i < 10000; i++) {
        if (i == 1)
            snprintf(aside, size, "%s.replaced", name);
        else
            snprintf(aside, size, "%s.replaced.%d", name, i);
        if (j->sys->lstatat(j->sys, j->folder, aside, &st) == 0)
            continue;
        if (errno != ENOENT || j->sys->renameat(j->sys, j->folder, name, aside) != 0)
            break;
        return LW_OK;
    }
    return lw_fail_errno(err, "cannot move away the file that is there now");
}

/* Takes the bytes before written_from from the open file, and those after it from memory, unless
 * the file has them all. */
static enum lw_code rewrite(
    struct lw_journal *j, const char *name, enum left left, struct lw_err *err)
{
    int fd = -1;
    struct stat st;
    bool all = left == LEFT_IN_FILE;
    enum lw_code code = lw_segment_copy(j, name, j->fd, all ? j->offset : j->written_from, err);
    if (code == LW_OK)
        code = lw_file_open_own(j->sys, j->folder, name, NULL, O_RDWR | O_APPEND, &fd, &st, err);
    if (code == LW_OK && !all)
        code = lw_write_all(j->sys, fd, j->written.data, j->written.len, NULL, err);
    if (code == LW_OK && j->sys->fdatasync(j->sys, fd) != 0)
        code = lw_fail_errno(err, "%s: cannot sync", name);
    if (code == LW_OK)
        code = lw_dir_sync(j->sys, j->folder, err);
    if (code != LW_OK) {
        if (fd >= 0)
            j->sys->close(j->sys, fd);
        return code;
    }
    j->sys->close(j->sys, j->fd);
    j->fd = fd;
    return LW_OK;
}

/* Only this session's lines are left: they start a new segment. */
static enum lw_code save_session_lines(struct lw_journal *j, struct lw_err *err)
{
    struct lw_buf lines = j->written;
    j->written = (struct lw_buf){0};
    enum lw_code code = lw_segment_start(j, err);
    if (code == LW_OK)
        code = lw_write_all(j->sys, j->fd, lines.data, lines.len, NULL, err);
    if (code == LW_OK && j->sys->fdatasync(j->sys, j->fd) != 0)
        code = lw_fail_errno(err, "cannot sync");
    j->written = lines;
    j->offset = code == LW_OK ? lines.len : 0;
    return code;
}

static enum lw_code restore_segment(
    struct lw_journal *j, const char *name, uint64_t size, struct lw_err *err)
{
    char aside[LW_SEGMENT_NAME + 20] = "", kept[LW_SEGMENT_NAME + 80] = "";
    struct lw_err why = {0};
    enum left left = find_left(j, size);
    enum lw_code code = LW_OK;
    if (left == LEFT_SESSION && (code = save_session_lines(j, &why)) != LW_OK)
        lw_journal_block(j, &why);
    if (left != LEFT_SESSION && (code = set_aside(j, name, aside, sizeof aside, &why)) == LW_OK)
        code = rewrite(j, name, left, &why);
    if (code != LW_OK)
        return lw_fail(err, code,
            "Another program deleted or changed %s/%s, and it cannot be restored: %s", j->name,
            name, why.text);
    if (aside[0])
        snprintf(kept, sizeof kept, " The other file is kept as %s.", aside);
    if (left == LEFT_SESSION)
        lw_journal_note(j,
            "Older labels are gone: another program cut %s/%s. Restore it from a backup. This "
            "session's labels are safe in the next file.",
            j->name, name);
    else
        lw_journal_note(j,
            "Journal restored: another program deleted or replaced %s/%s. No label is lost.%s",
            j->name, name, kept);
    return LW_OK;
}

/* ---- the segment */

static void find_newer(void *ctx, const char *name)
{
    char last[LW_SEGMENT_NAME];
    struct lw_journal **j = ctx;
    lw_segment_name(*j ? (*j)->segment : 0, last);
    size_t n = strlen(name);
    if (n == strlen(last) && strcmp(name + 6, ".jsonl") == 0 && strcmp(name, last) > 0)
        *j = NULL;
}

static bool has_newer(struct lw_journal *j)
{
    struct lw_journal *found = j;
    return j->sys->list(j->sys, j->folder, find_newer, &found) != 0 || !found;
}

/* Whether the file that now has the segment's name is a prefix of what we hold (a backup). */
static bool is_start(struct lw_journal *j, const char *name)
{
    enum { STEP = 64 * 1024 };
    struct stat st;
    int fd;
    if (lw_journal_file(j->sys, j->folder, name, O_RDONLY, &fd, &st, NULL) != LW_OK)
        return false;
    char *one = lw_alloc(STEP), *two = lw_alloc(STEP);
    uint64_t size = (uint64_t)st.st_size;
    bool same = size <= j->offset;
    for (uint64_t at = 0; at < size && same; at += STEP) {
        size_t n = size - at < STEP ? (size_t)(size - at) : STEP;
        same = lw_pread_all(j->sys, fd, one, n, (off_t)at, NULL) == LW_OK &&
               lw_pread_all(j->sys, j->fd, two, n, (off_t)at, NULL) == LW_OK &&
               memcmp(one, two, n) == 0;
    }
    free(one);
    free(two);
    j->sys->close(j->sys, fd);
    return same;
}

/* The lock file was gone for a while: whether another session wrote in that time. */
static bool other_wrote(struct lw_journal *j, enum lw_code at_name, const char *name, uint64_t size)
{
    if (has_newer(j))
        return true;
    return at_name == LW_OK ? size > j->offset : at_name == LW_EREFUSED && !is_start(j, name);
}

static enum lw_code block_for_writer(struct lw_journal *j, struct lw_err *err)
{
    struct lw_err why = {0};
    lw_fail(&why, LW_EIO, "another program removed %s/%s and wrote to the journal", j->name, LOCK);
    lw_journal_block(j, &why);
    return lw_fail(err, LW_EIO,
        "Another program removed %s/%s and wrote to the journal. Open the project again to "
        "continue.",
        j->name, LOCK);
}

static enum lw_code check_segment(
    struct lw_journal *j, bool anew, const char **other, struct lw_err *err)
{
    char name[LW_SEGMENT_NAME];
    struct stat st;
    lw_segment_name(j->segment, name);
    enum lw_code code = lw_file_is_at(j->sys, j->folder, name, j->fd, &st);
    uint64_t size = (uint64_t)st.st_size;
    if (code == LW_EIO)
        return lw_fail_errno(err, "%s/%s: cannot check", j->name, name);
    if (anew && other_wrote(j, code, name, size))
        return block_for_writer(j, err);
    if (code != LW_OK || size < j->offset)
        return restore_segment(j, name, size, err);
    if (size > j->offset)
        *other = "another program wrote to it";
    else if (st.st_nlink > 1)
        *other = "it now has a second name, a hard link";
    return LW_OK;
}

enum lw_code lw_journal_restore(struct lw_journal *j, const char **other, struct lw_err *err)
{
    bool anew = false;
    if (j->fd < 0) /* the first segment is just being started */
        return LW_OK;
    enum lw_code code = check_folder(j, err);
    if (code == LW_OK)
        code = check_lock(j, &anew, err);
    return code == LW_OK ? check_segment(j, anew, other, err) : code;
}
