/* Replies of models while they come: a file each, appended to as fast as they come, so that a
 * program that is killed has lost nothing that was shown. It is no record: when the reply has ended
 * the journal has it, and the file goes. What is in a reply is the sitting's. */
#define _GNU_SOURCE
#include "labelwright/ledger/reply_file.h"

#include "labelwright/base/file.h"
#include "labelwright/base/hash.h"
#include "labelwright/project/state_dir.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MAX_BYTES = 96, REPLY_MAX = 64 * 1024 * 1024 };

static enum lw_code open_folder(struct lw_drafts at, bool make, int *fd, struct lw_err *err)
{
    char name[NAME_MAX_BYTES];
    const char *of = strchr(at.journal, '-');
    snprintf(name, sizeof name, "replies%s", of ? of : "");
    return lw_state_dir(at.sys, at.dir, name, make, fd, err);
}

/* A task's id never becomes a file name: it comes from a client. */
static void file_name(const char *task, const char *id, char to[NAME_MAX_BYTES])
{
    char hash[LW_SHA256_HEX];
    lw_sha256_hex(task, strlen(task), hash);
    snprintf(to, NAME_MAX_BYTES, "%.32s-%.20s", hash, id);
}

static enum lw_code open_reply(
    struct lw_drafts at, int folder, const char *name, int *fd, struct lw_err *err)
{
    struct stat st;
    enum lw_code code =
        lw_file_open_own(at.sys, folder, name, NULL, O_WRONLY | O_APPEND, fd, &st, NULL);
    if (code == LW_EABSENT)
        code = lw_file_create(at.sys, folder, name, NULL, O_WRONLY | O_APPEND, fd, err);
    return code;
}

enum lw_code lw_reply_append(struct lw_drafts at, const char *task, const char *id,
    const char *bytes, size_t n, struct lw_err *err)
{
    char name[NAME_MAX_BYTES];
    int folder, fd;
    enum lw_code code = open_folder(at, true, &folder, err);
    if (code != LW_OK)
        return code;
    file_name(task, id, name);
    code = open_reply(at, folder, name, &fd, err);
    if (code == LW_OK) {
        code = lw_write_all(at.sys, fd, bytes, n, NULL, err);
        at.sys->close(at.sys, fd);
    }
    at.sys->close(at.sys, folder);
    return code;
}

bool lw_reply_read(struct lw_drafts at, const char *task, const char *id, struct lw_buf *to)
{
    char name[NAME_MAX_BYTES];
    int folder;
    if (open_folder(at, false, &folder, NULL) != LW_OK)
        return false;
    file_name(task, id, name);
    bool well = lw_file_read(at.sys, folder, name, NULL, REPLY_MAX, to, NULL) == LW_OK;
    at.sys->close(at.sys, folder);
    return well;
}

void lw_reply_remove(struct lw_drafts at, const char *task, const char *id)
{
    char name[NAME_MAX_BYTES];
    int folder;
    if (open_folder(at, false, &folder, NULL) != LW_OK)
        return;
    file_name(task, id, name);
    at.sys->unlinkat(at.sys, folder, name);
    at.sys->close(at.sys, folder);
}
