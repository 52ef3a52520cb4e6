/* Writes one changed setting into the user's config.yaml: reads it, has it changed by the room
 * yaml, and puts the new text in its place at once. What to change is for others to say. */
#define _GNU_SOURCE
#include "labelwright/config/config_write.h"

#include "labelwright/base/file.h"
#include "labelwright/config/settings.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BYTES_MAX = 256 * 1024 };

/* The text now; that of a new file where there is none. */
static enum lw_code read_text(
    const struct lw_sys *sys, const char *file, struct lw_buf *to, struct lw_err *err)
{
    struct lw_err found = {0};
    struct stat st;
    int fd;
    enum lw_code code = lw_file_open(sys, AT_FDCWD, file, NULL, O_RDONLY, &fd, &st, &found);
    if (code == LW_EABSENT) {
        lw_config_commented(to);
        return LW_OK;
    }
    if (code == LW_OK) {
        sys->close(sys, fd);
        if (st.st_nlink > 1)
            return lw_fail(err, LW_EREFUSED,
                "%s has another name as well (a hard link), which would keep the old text. Change "
                "it yourself.",
                file);
        code = lw_file_read(sys, AT_FDCWD, file, NULL, BYTES_MAX, to, &found);
    }
    return code == LW_OK ? LW_OK : lw_fail(err, code, "%s", found.text);
}

static enum lw_code write_text(
    const struct lw_sys *sys, const char *file, const struct lw_buf *text, struct lw_err *err)
{
    char *path = lw_strdup(file), *slash = strrchr(path, '/');
    *slash = '\0';
    int dir = lw_dir_open_path(sys, path, true);
    *slash = '/';
    enum lw_code code =
        dir < 0 ? lw_fail_errno(err, "Cannot open the folder of %s", file)
                : lw_file_replace(sys, dir, slash + 1, text->data, text->len, true, err);
    if (dir >= 0)
        sys->close(sys, dir);
    free(path);
    return code;
}

enum lw_code lw_config_change(
    const struct lw_sys *sys, const char *file, const struct lw_yaml_change *c, struct lw_err *err)
{
    char *real = realpath(file, NULL);
    const char *at = real ? real : file;
    struct lw_buf was = {0}, now = {0};
    enum lw_code code = read_text(sys, at, &was, err);
    if (code == LW_OK)
        code = lw_yaml_change(at, was.data ? was.data : "", was.len, c, &now, err);
    if (code == LW_OK)
        code = write_text(sys, at, &now, err);
    lw_buf_fini(&was);
    lw_buf_fini(&now);
    free(real);
    return code;
}
