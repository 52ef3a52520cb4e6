/* Where the identity is kept: found, checked that nobody else can read it, written once and never
 * replaced. What is in it, identity_text.c says. */
#define _GNU_SOURCE
#include "proof/identity_internal.h"

#include "labelwright/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 2048 };

static const char name[] = "identity";

static char *folder_path(void)
{
    const char *data = getenv("XDG_DATA_HOME");
    return data && *data == '/' ? lw_format("%s/labelwright", data)
                                : lw_format("%s/.local/share/labelwright", lw_home());
}

char *lw_identity_path(void)
{
    char *folder = folder_path(), *path = lw_format("%s/%s", folder, name);
    free(folder);
    return path;
}

/* ---- writing */

static enum lw_code refuse_second(struct lw_err *err)
{
    char *path = lw_identity_path();
    lw_fail(err, LW_EREFUSED,
        "You have an identity already: %s. To make another one, move that file away first; what it "
        "signed stays valid.",
        path);
    free(path);
    return LW_EREFUSED;
}

/* Not every disk can refuse to replace: then the look before must do. */
static enum lw_code give_name(
    const struct lw_sys *sys, int dir, const char *temp, struct lw_err *err)
{
    struct stat st;
    if (sys->lstatat(sys, dir, name, &st) == 0)
        return refuse_second(err);
    if (sys->renameat_new(sys, dir, temp, name) == 0)
        return LW_OK;
    if (errno == EEXIST)
        return refuse_second(err);
    if ((errno == ENOSYS || errno == EINVAL) && sys->renameat(sys, dir, temp, name) == 0)
        return LW_OK;
    return lw_fail_errno(err, "%s: cannot rename the new file to this name", name);
}

static enum lw_code write_in(
    const struct lw_sys *sys, int dir, const struct lw_buf *text, struct lw_err *err)
{
    char *temp = NULL;
    int fd = -1;
    enum lw_code code = lw_file_fresh(sys, dir, name, &temp, &fd, err);
    if (code != LW_OK)
        return code;
    code = lw_write_all(sys, fd, text->data, text->len, NULL, err);
    if (code == LW_OK && sys->fdatasync(sys, fd) != 0)
        code = lw_fail_errno(err, "%s: cannot sync", temp);
    sys->close(sys, fd);
    if (code == LW_OK)
        code = give_name(sys, dir, temp, err);
    if (code == LW_OK)
        code = lw_dir_sync(sys, dir, err);
    else
        sys->unlinkat(sys, dir, temp);
    free(temp);
    return code;
}

enum lw_code lw_identity_save(const struct lw_sys *sys, const struct lw_identity *i,
    const char *passphrase, size_t n, struct lw_err *err)
{
    struct lw_identity *kept = lw_identity_new();
    struct lw_buf text = {0};
    *kept = *i;
    enum lw_code code = passphrase ? lw_identity_seal(kept, passphrase, n, err) : LW_OK;
    char *folder = folder_path();
    int dir = code == LW_OK ? lw_dir_open_path(sys, folder, true) : -1;
    if (code == LW_OK && dir < 0) {
        char *path = folder_path();
        code = lw_fail_errno(err, "%s: cannot make the folder of your identity", path);
        free(path);
    }
    if (code == LW_OK) {
        lw_identity_format(kept, &text);
        code = write_in(sys, dir, &text, err);
        sodium_memzero(text.data, text.len);
    }
    if (dir >= 0)
        sys->close(sys, dir);
    lw_buf_fini(&text);
    free(folder);
    lw_identity_free(kept);
    return code;
}

/* ---- reading */

static enum lw_code check_owner(const struct stat *st, const char *path, struct lw_err *err)
{
    if (st->st_uid != geteuid())
        return lw_fail(err, LW_EREFUSED,
            "%s belongs to another user, so it is not your identity. Move it away.", path);
    if (st->st_mode & 077)
        return lw_fail(err, LW_EREFUSED,
            "%s: other users can read it (mode %04o), so others may sign as you. If nobody did, "
            "run: chmod 600 %s",
            path, (unsigned)st->st_mode & 07777, path);
    return LW_OK;
}

static enum lw_code read_text(
    const struct lw_sys *sys, int fd, const char *path, struct lw_identity *to, struct lw_err *err)
{
    char text[FILE_MAX + 1];
    size_t n = 0;
    ssize_t got = 1;
    sodium_mlock(text, sizeof text);
    while (got != 0 && n < sizeof text) {
        got = sys->read(sys, fd, text + n, sizeof text - n);
        if (got < 0 && errno != EINTR)
            break;
        n += got > 0 ? (size_t)got : 0;
    }
    enum lw_code code = LW_OK;
    const char *fault = n > FILE_MAX ? "it is too long" : NULL;
    if (got < 0)
        code = lw_fail_errno(err, "cannot read %s", path);
    else if (fault || (fault = lw_identity_parse(text, n, to)))
        code = lw_fail(err, LW_EBAD,
            "%s is damaged: %s. Restore it from a copy, or move it away and make another one.",
            path, fault);
    sodium_munlock(text, sizeof text);
    return code;
}

enum lw_code lw_identity_load(const struct lw_sys *sys, struct lw_identity **to, struct lw_err *err)
{
    char *path = lw_identity_path();
    struct stat st;
    int fd = -1;
    *to = NULL;
    enum lw_code code = lw_file_open(sys, AT_FDCWD, path, NULL, O_NOFOLLOW, &fd, &st, NULL);
    if (code != LW_OK && code != LW_EABSENT)
        lw_fail(err, code,
            "%s cannot be opened: it must be a file of your own, not a link or a folder.", path);
    if (code == LW_OK) {
        *to = lw_identity_new();
        code = check_owner(&st, path, err);
        if (code == LW_OK)
            code = read_text(sys, fd, path, *to, err);
        sys->close(sys, fd);
    }
    if (code != LW_OK) {
        lw_identity_free(*to);
        *to = NULL;
    }
    free(path);
    return code;
}
