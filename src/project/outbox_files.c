#define _GNU_SOURCE
#include "labelwright/project/outbox_files.h"

#include "labelwright/base/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int lw_outbox_folder_open(const struct lw_project *p, const struct lw_sys *sys,
    const struct lw_sync_to *to, const char *journal_id)
{
    struct lw_err none = {0};
    if (strncasecmp(to->to, "file:", 5) != 0)
        return -1;
    char *path = lw_project_outbox(p, to->to + 5, &none);
    int above = path ? sys->openat(sys, AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0) : -1;
    int fd = above >= 0 ? lw_dir_open(sys, above, journal_id) : -1;
    if (above >= 0)
        sys->close(sys, above);
    free(path);
    return fd;
}

/* "FIRST-LAST-SHA256.ndjson" */
static bool is_batch(const char *name, struct lw_batch_file *to)
{
    char *end;
    *to = (struct lw_batch_file){.name = name};
    to->first = strtoull(name, &end, 10);
    if (*end != '-')
        return false;
    to->last = strtoull(end + 1, &end, 10);
    const char *sha256 = end + 1;
    if (*end != '-' || strspn(sha256, "0123456789abcdef") != LW_SHA256_HEX - 1 ||
        strcmp(sha256 + LW_SHA256_HEX - 1, ".ndjson") != 0)
        return false;
    memcpy(to->sha256, sha256, LW_SHA256_HEX - 1);
    return to->first > 0 && to->first <= to->last;
}

struct listing {
    void (*each)(void *ctx, const struct lw_batch_file *file);
    void *ctx;
};

static void look(void *ctx, const char *name)
{
    const struct listing *l = ctx;
    struct lw_batch_file file;
    if (is_batch(name, &file))
        l->each(l->ctx, &file);
}

void lw_outbox_folder_each(const struct lw_sys *sys, int fd,
    void (*each)(void *ctx, const struct lw_batch_file *file), void *ctx)
{
    struct listing l = {each, ctx};
    sys->list(sys, fd, look, &l);
}
