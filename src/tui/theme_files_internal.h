/* The themes that are compiled in; the table is made from the folder themes when the build is set
 * up. */
#ifndef LABELWRIGHT_TUI_THEME_FILES_INTERNAL_H
#define LABELWRIGHT_TUI_THEME_FILES_INTERNAL_H

#include <stddef.h>

struct lw_theme_file {
    const char *name; /* NULL ends the table */
    const unsigned char *bytes;
    size_t n;
};
extern const struct lw_theme_file lw_theme_files[];

#endif
