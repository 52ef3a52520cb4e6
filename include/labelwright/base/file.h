/* Whole files: read within a limit, replace so that a crash leaves the old or the new one. */
#ifndef LABELWRIGHT_BASE_FILE_H
#define LABELWRIGHT_BASE_FILE_H

#include "labelwright/base/buf.h"
#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"

/* How every file is opened that comes with a project or lies where others may write: without
 * waiting, and then looked at. Each closes what it does not hand out. `name` is below the folder
 * `dir` (AT_FDCWD for a path as it is); `shown` is how messages call it, NULL for `name`.
 *
 * lw_file_open      to read: a regular file, or LW_EBAD, so that no FIFO, socket or device is ever
 *                   waited for. Links are followed unless `flags` has O_NOFOLLOW.
 * lw_file_open_own  to write into one that is there (`flags`: O_WRONLY or O_RDWR, O_APPEND; never
 *                   O_TRUNC): a regular file of ours with this one name, no link. Anything else is
 *                   LW_EREFUSED: what is written would land in another file too.
 * lw_file_create    to write a new one (`flags` as above), mode 0600: LW_EREFUSED when the name is
 *                   taken, by a link too. */
enum lw_code lw_file_open(const struct lw_sys *sys, int dir, const char *name, const char *shown,
    int flags, int *fd, struct stat *st, struct lw_err *err);
enum lw_code lw_file_open_own(const struct lw_sys *sys, int dir, const char *name,
    const char *shown, int flags, int *fd, struct stat *st, struct lw_err *err);
enum lw_code lw_file_create(const struct lw_sys *sys, int dir, const char *name, const char *shown,
    int flags, int *fd, struct lw_err *err);

/* Whether the name still belongs to the open file: LW_OK, LW_EABSENT when nothing is there,
 * LW_EREFUSED when something else is, LW_EIO. `st` is of the open file, also for the number of
 * names. */
enum lw_code lw_file_is_at(
    const struct lw_sys *sys, int dir, const char *name, int fd, struct stat *st);

/* Appends the file `name` below the folder `dir` (AT_FDCWD for a path as it is) to `to`.
 * LW_EABSENT when there is none, LW_EBAD when it is no regular file or larger than `limit` bytes,
 * LW_EIO otherwise. `shown` is how messages call it; NULL for `name`. */
enum lw_code lw_file_read(const struct lw_sys *sys, int dir, const char *name, const char *shown,
    size_t limit, struct lw_buf *to, struct lw_err *err);

/* Makes a new file of mode 0600 in `dir`, open for writing, under a name that nothing has:
 * "NAME.xxxxxxxx.tmp", new in `*temp`. Never a file that was there, nor through a link. On an error
 * `*temp` is NULL and `*fd` -1. */
enum lw_code lw_file_fresh(
    const struct lw_sys *sys, int dir, const char *name, char **temp, int *fd, struct lw_err *err);

/* Writes `name` below `dir` with mode 0600 through a temporary file: write, fdatasync, rename, and
 * with `durable` fsync of the folder. On error the old file stands and the temporary one is gone.
 */
enum lw_code lw_file_replace(const struct lw_sys *sys, int dir, const char *name, const void *bytes,
    size_t n, bool durable, struct lw_err *err);

/* The same with the bytes in pieces, one behind the other, so that large files need no copy.
 * LW_FLUSH_NONE is for what checks itself and can be made again. */
enum lw_flush { LW_FLUSH_NONE, LW_FLUSH_FILE, LW_FLUSH_FILE_AND_FOLDER };
struct lw_piece {
    const void *bytes;
    size_t n;
};
enum lw_code lw_file_replace_pieces(const struct lw_sys *sys, int dir, const char *name,
    const struct lw_piece *piece, size_t pieces, enum lw_flush flush, struct lw_err *err);

/* All n bytes through write(), going on after short writes and EINTR. LW_EFULL and LW_EIO leave
 * `*done` (may be NULL) at the number of bytes that did go out. */
enum lw_code lw_write_all(const struct lw_sys *sys, int fd, const void *bytes, size_t n,
    size_t *done, struct lw_err *err);

/* Exactly n bytes from offset `at`; LW_EBAD when the file ends before. */
enum lw_code lw_pread_all(
    const struct lw_sys *sys, int fd, void *to, size_t n, off_t at, struct lw_err *err);

/* Opens the folder `name` in `dir`, never through a link; -1 and errno when it cannot. */
int lw_dir_open(const struct lw_sys *sys, int dir, const char *name);

/* Opens the folder of an absolute path, which is cut up; -1 and errno when it does not exist. With
 * `make`, creates missing folders, 0700. Links are followed: a path of the user's own. */
int lw_dir_open_path(const struct lw_sys *sys, char *path, bool make);

/* Makes the names in the folder `dir` durable. File systems that cannot sync a folder (EINVAL)
 * count as done. */
enum lw_code lw_dir_sync(const struct lw_sys *sys, int dir, struct lw_err *err);

/* The user's home folder: $HOME, else what the system says; absolute, borrowed. */
const char *lw_home(void);

#endif
