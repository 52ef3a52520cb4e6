/* Task files that are not UTF-8. They are converted only when somebody said what they are: a guess
 * that is wrong would change words without a trace. */
#ifndef LABELWRIGHT_FORMAT_ENCODING_H
#define LABELWRIGHT_FORMAT_ENCODING_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"

#include <stdbool.h>
#include <stdint.h>

/* id, name in project.yaml and on the command line. UTF-16 is read by its byte order mark, or
 * without one by where its zeros are. */
#define LW_ENCODINGS(X) X(UTF_8, "utf-8") X(UTF_16, "utf-16") X(WINDOWS_1252, "windows-1252")

enum lw_encoding {
#define X(id, name) LW_ENCODING_##id,
    LW_ENCODINGS(X)
#undef X
        LW_ENCODING_COUNT
};

const char *const *lw_encoding_names(void); /* NULL-terminated, in their order */

/* By its name, in any case; false when there is none. */
bool lw_encoding_find(const char *name, enum lw_encoding *to);

/* Replaces *fd, an open file of *size bytes, with one in memory that has its text as UTF-8; the old
 * one is closed. Nothing happens for UTF-8. LW_EBAD where the bytes are not of the encoding, with
 * the line, or there are more than 256 MiB: the file stays as it was. */
enum lw_code lw_encoding_convert(const struct lw_sys *sys, enum lw_encoding encoding,
    const char *name, int *fd, uint64_t *size, struct lw_err *err);

#endif
