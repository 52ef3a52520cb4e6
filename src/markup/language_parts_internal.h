/* Parts of rows of the tables of languages: the strings that many of them have. */
#ifndef LABELWRIGHT_MARKUP_LANGUAGE_PARTS_INTERNAL_H
#define LABELWRIGHT_MARKUP_LANGUAGE_PARTS_INTERNAL_H

#include "markup/language_internal.h"

/* clang-format off */
#define DOUBLE {.open = "\"", .escape = '\\'}
#define SINGLE {.open = "'", .escape = '\\'}
#define CHARACTER {.open = "'", .escape = '\\', .flags = LW_STR_CHAR}
#define BACKTICK {.open = "`", .flags = LW_STR_LINES}
#define TRIPLE {.open = "\"\"\"", .escape = '\\', .flags = LW_STR_LINES}
#define TEMPLATE {.open = "`", .inner = "${", .escape = '\\', .flags = LW_STR_LINES}
#define DOUBLED(quote) {.open = quote, .flags = LW_STR_DOUBLED}
#define SQL_QUOTE(quote) {.open = quote, .prefix = "nNeEbBxX", .flags = LW_STR_DOUBLED | LW_STR_SOFT}

#define C_STRINGS                                                                                  \
    {.open = "R\"", .close = ")", .fence = LW_FENCE_WORD, .fence_end = "(", .close_end = "\"",     \
        .flags = LW_STR_LINES},                                                                    \
    {.open = "\"", .prefix = "uUL8", .escape = '\\'},                                              \
    {.open = "'", .prefix = "uUL8", .escape = '\\', .flags = LW_STR_CHAR}

#define PYTHON_QUOTE(quote, extra)                                                                 \
    {.open = quote, .prefix = "rRbBuUfFtT", .inner = "{", .escape = '\\',                          \
        .flags = LW_STR_F | LW_STR_CLOSE_ENDS | (extra)}
#define PYTHON_STRINGS                                                                             \
    PYTHON_QUOTE("\"\"\"", LW_STR_LINES), PYTHON_QUOTE("'''", LW_STR_LINES),                       \
        PYTHON_QUOTE("\"", 0), PYTHON_QUOTE("'", 0)

#define SHELL_STRINGS                                                                              \
    {.open = "\"", .inner = "$(", .escape = '\\', .flags = LW_STR_SOFT | LW_STR_VARS},             \
    {.open = "'", .flags = LW_STR_SOFT}

#define SLASHES .line = {"//"}, .block = {{"/*", "*/"}}
/* clang-format on */

#endif
