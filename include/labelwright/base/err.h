/* Errors: a code for the program, a sentence for the user. */
#ifndef LABELWRIGHT_BASE_ERR_H
#define LABELWRIGHT_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>

enum lw_code {
    LW_OK,
    LW_EBAD,     /* the input has mistakes: a record, a project file, a journal */
    LW_EUSAGE,   /* the request makes no sense */
    LW_EIO,      /* cannot read or write; errno is in the text */
    LW_EFULL,    /* no space left, or a quota or file size limit was met */
    LW_EBUSY,    /* another session holds the journal */
    LW_EABSENT,  /* no such file, task or question */
    LW_EREFUSED, /* not allowed: a path outside the project, a stranger's file */
    LW_EASK      /* needs a yes from the user: `text` says what was found, and asks nothing */
};

#define LW_ERR_MAX 512

/* Zero-initialise. `text` is whole sentences for the user: what, where, cure; no trailing newline.
 * It may hold bytes from outside: print it through lw_clean() like any foreign text. */
struct lw_err {
    enum lw_code code;
    char text[LW_ERR_MAX];
};

/* Records code and text unless an error stands already (the first one wins); `err` may be NULL.
 * Returns `code`, so that `return lw_fail(err, LW_EIO, ...)` reads as it acts. */
enum lw_code lw_fail(struct lw_err *err, enum lw_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with ": strerror(errno)" behind the text; ENOSPC, EDQUOT and EFBIG give LW_EFULL,
 * ENOENT gives LW_EABSENT, every other errno LW_EIO. */
enum lw_code lw_fail_errno(struct lw_err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

void lw_err_clear(struct lw_err *err);

/* The process exit status that the command line promises for a code. */
int lw_exit_status(enum lw_code code);

#endif
