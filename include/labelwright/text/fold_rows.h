/* All characters that read as something else than they are (find.h). */
#ifndef LABELWRIGHT_TEXT_FOLD_ROWS_H
#define LABELWRIGHT_TEXT_FOLD_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

struct lw_fold_row {
    char32_t cp;
    unsigned char n; /* bytes of its fold; 0: it is passed over */
    bool joins;      /* it may join the character before it */
    const char *s;
};

/* Those from U+0080 to U+1FFFF by their code points, made once: `*n` of them. A few milliseconds
 * the first time. */
const struct lw_fold_row *lw_fold_rows(size_t *n);

#endif
