/* Changes one setting in the user's config.yaml, as the program does when it is asked to: every
 * other byte of the file stays. */
#ifndef LABELWRIGHT_CONFIG_CONFIG_WRITE_H
#define LABELWRIGHT_CONFIG_CONFIG_WRITE_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"
#include "labelwright/yaml/yaml_edit.h"

/* Makes the change in `file`, of mode 0600 afterwards, so that a crash leaves the old or the new
 * one. A missing file is made with every key, commented; its folder as well. A link is followed to
 * its file, which is changed where it is.
 *
 * LW_EBAD: the file is no YAML, or not changed there surely (yaml_edit.h). LW_EREFUSED: it has
 * another name too (a hard link), which would keep the old text. LW_EIO, LW_EFULL: the disk. On all
 * of these it stays as it was. */
enum lw_code lw_config_change(
    const struct lw_sys *sys, const char *file, const struct lw_yaml_change *c, struct lw_err *err);

#endif
