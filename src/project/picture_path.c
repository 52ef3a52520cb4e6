/* Which pictures of a project a task may name, and what they are in words. Decodes nothing: that
 * is the room picture's. _GNU_SOURCE for memmem. */
#define _GNU_SOURCE
#include "labelwright/project/picture_path.h"

#include "labelwright/base/buf.h"
#include "labelwright/picture/picture.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES_MAX = 1024 };

static const char kind[] = "image/"; /* of a picture in the record, such as image/png */

bool lw_picture_is_file(const char *name, size_t n)
{
    size_t len = sizeof kind - 1;
    if (!name || n == 0 || n > NAME_BYTES_MAX || memchr(name, 0, n) || memmem(name, n, "://", 3))
        return false;
    return n < len || memcmp(name, kind, len) != 0 || memchr(name, '.', n);
}

char *lw_picture_path(const struct lw_project *p, const char *name, struct lw_err *err)
{
    struct lw_err why = {0};
    char *path = lw_project_data_path(p, name, &why);
    size_t n = strlen(p->file);
    bool named = strncmp(why.text, p->file, n) == 0 && why.text[n] == ':';
    if (!path)
        lw_fail(err, why.code, "%s", why.text + (named ? n + 2 : 0));
    return path;
}

char *lw_picture_about(const struct lw_project *p, const char *name, size_t n)
{
    struct lw_picture got = {0};
    struct lw_err err = {0};
    struct lw_picture_want only_size = {0};
    char *file = lw_strndup(name ? name : "", n);
    if (!lw_picture_can_decode() || !lw_picture_is_file(name, n))
        return file;
    char *path = lw_picture_path(p, file, &err);
    bool well = path && lw_picture_read(path, file, &only_size, &got, &err) == LW_OK;
    char *about =
        well ? lw_format("%s, %" PRIu32 " x %" PRIu32 " pixels", file, got.width, got.height)
             : lw_strdup(err.text);
    lw_picture_fini(&got);
    free(path);
    free(file);
    return about;
}
