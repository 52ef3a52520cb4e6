/* What project.yaml says about the columns of a task file. */
#ifndef LABELWRIGHT_FORMAT_COLUMNS_H
#define LABELWRIGHT_FORMAT_COLUMNS_H

#include <stddef.h>

/* Which columns of a CSV or TSV file are shown: their names, or numbers from 1 where it has no
 * header. NULL for none. */
struct lw_columns {
    char *prompt, *id, *reference;
    char **response; /* NULL-terminated; NULL for none */
    size_t nresponses;
};

#endif
