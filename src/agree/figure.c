/* The sentences for figures that are undefined. */
#include "labelwright/agree/figure.h"

const char *lw_undefined_text(enum lw_undefined why)
{
    static const char *const text[] = {"",
#define X(id, words) words,
        LW_UNDEFINED(X)
#undef X
    };
    return text[why];
}
