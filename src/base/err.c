/* Errors: the first one wins, and errno becomes a code and a sentence. The sentences themselves are
 * written where the error is met. */
#include "labelwright/base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static enum lw_code fail(
    struct lw_err *err, enum lw_code code, const char *cause, const char *fmt, va_list ap)
{
    if (err && err->code == LW_OK) {
        err->code = code;
        int n = vsnprintf(err->text, sizeof err->text, fmt, ap);
        if (cause && n >= 0 && (size_t)n < sizeof err->text)
            snprintf(err->text + n, sizeof err->text - (size_t)n, ": %s", cause);
    }
    return code;
}

enum lw_code lw_fail(struct lw_err *err, enum lw_code code, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fail(err, code, NULL, fmt, ap);
    va_end(ap);
    return code;
}

static enum lw_code code_of_errno(int e)
{
    switch (e) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return LW_EFULL;
    case ENOENT:
        return LW_EABSENT;
    default:
        return LW_EIO;
    }
}

enum lw_code lw_fail_errno(struct lw_err *err, const char *fmt, ...)
{
    int e = errno;
    va_list ap;
    va_start(ap, fmt);
    enum lw_code code = fail(err, code_of_errno(e), strerror(e), fmt, ap);
    va_end(ap);
    return code;
}

void lw_err_clear(struct lw_err *err)
{
    err->code = LW_OK;
    err->text[0] = '\0';
}

int lw_exit_status(enum lw_code code)
{
    static const int status[] = {
        [LW_OK] = 0,
        [LW_EBAD] = 1,
        [LW_EUSAGE] = 2,
        [LW_EIO] = 3,
        [LW_EFULL] = 3,
        [LW_EBUSY] = 1,
        [LW_EABSENT] = 3,
        [LW_EREFUSED] = 3,
        [LW_EASK] = 1,
    };
    return status[code];
}
