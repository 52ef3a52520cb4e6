/* Converts a task file that is UTF-16 or Windows-1252 to UTF-8, in memory. Which it is, somebody
 * says: nothing is guessed here but the byte order. */
#include "labelwright/format/encoding.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uchar.h>

enum { SIZE_MAX_MIB = 256 };

static const char *const names[] = {
#define X(id, name) name,
    LW_ENCODINGS(X)
#undef X
        NULL};

const char *const *lw_encoding_names(void)
{
    return names;
}

bool lw_encoding_find(const char *name, enum lw_encoding *to)
{
    for (size_t i = 0; names[i]; i++)
        if (strcasecmp(names[i], name) == 0) {
            *to = (enum lw_encoding)i;
            return true;
        }
    return false;
}

static void add(struct lw_buf *to, char32_t c)
{
    char s[4];
    size_t n = 0;
    if (c < 0x80) {
        s[n++] = (char)c;
    } else {
        if (c >= 0x10000)
            s[n++] = (char)(0xf0 | c >> 18), s[n++] = (char)(0x80 | (c >> 12 & 0x3f));
        else if (c >= 0x800)
            s[n++] = (char)(0xe0 | c >> 12);
        if (c >= 0x800)
            s[n++] = (char)(0x80 | (c >> 6 & 0x3f));
        else
            s[n++] = (char)(0xc0 | c >> 6);
        s[n++] = (char)(0x80 | (c & 0x3f));
    }
    lw_buf_add(to, s, n);
}

/* Of the text so far. */
static size_t line_of(const struct lw_buf *b)
{
    size_t line = 1;
    for (size_t i = 0; i < b->len; i++)
        line += b->data[i] == '\n';
    return line;
}

/* ---- Windows-1252 */

/* The bytes from 0x80 to 0x9f; 0: none. The others are those of Latin-1. */
static const char16_t windows[32] = {0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178};

static enum lw_code from_windows(
    const char *name, const unsigned char *s, size_t n, struct lw_buf *to, struct lw_err *err)
{
    for (size_t i = 0; i < n; i++) {
        char32_t c = s[i] >= 0x80 && s[i] < 0xa0 ? windows[s[i] - 0x80] : s[i];
        if (c == 0)
            return lw_fail(err, LW_EBAD,
                "%s: line %zu has the byte 0x%02X, which Windows-1252 does not have. Name another "
                "encoding, or convert the file to UTF-8.",
                name, line_of(to), (unsigned)s[i]);
        add(to, c);
    }
    return LW_OK;
}

/* ---- UTF-16 */

static bool is_big_endian(const unsigned char *s, size_t n)
{
    if (n >= 2 && (s[0] == 0xfe || s[0] == 0xff))
        return s[0] == 0xfe;
    return n >= 2 && s[0] == 0; /* tasks begin with a character of ASCII */
}

static char32_t unit(const unsigned char *s, bool big)
{
    return big ? (char32_t)(s[0] << 8 | s[1]) : (char32_t)(s[1] << 8 | s[0]);
}

static enum lw_code from_utf16(
    const char *name, const unsigned char *s, size_t n, struct lw_buf *to, struct lw_err *err)
{
    bool big = is_big_endian(s, n);
    size_t i = n >= 2 && unit(s, big) == 0xfeff ? 2 : 0;
    while (i + 1 < n) {
        char32_t c = unit(s + i, big);
        bool pair = (c & 0xfc00) == 0xd800;
        char32_t next = pair && i + 3 < n ? unit(s + i + 2, big) : 0;
        if ((c & 0xfc00) == 0xdc00 || (pair && (next & 0xfc00) != 0xdc00))
            break;
        add(to, pair ? 0x10000 + ((c & 0x3ff) << 10 | (next & 0x3ff)) : c);
        i += pair ? 4 : 2;
    }
    if (i == n)
        return LW_OK;
    return lw_fail(err, LW_EBAD,
        "%s: line %zu is not UTF-16: half of a character is missing. Name another encoding, or "
        "convert the file to UTF-8.",
        name, line_of(to));
}

/* ---- a file */

static enum lw_code convert(enum lw_encoding encoding, const char *name, const char *bytes,
    size_t n, struct lw_buf *to, struct lw_err *err)
{
    const unsigned char *s = (const unsigned char *)bytes;
    return encoding == LW_ENCODING_UTF_16 ? from_utf16(name, s, n, to, err)
                                          : from_windows(name, s, n, to, err);
}

enum lw_code lw_encoding_convert(const struct lw_sys *sys, enum lw_encoding encoding,
    const char *name, int *fd, uint64_t *size, struct lw_err *err)
{
    struct lw_buf text = {0};
    struct lw_err why = {0};
    if (encoding == LW_ENCODING_UTF_8 || *size == 0)
        return LW_OK;
    if (*size > (uint64_t)SIZE_MAX_MIB * 1024 * 1024)
        return lw_fail(err, LW_EBAD,
            "%s is larger than %d MiB. Convert it once:  iconv -f %s -t UTF-8 FILE > NEW", name,
            SIZE_MAX_MIB, names[encoding]);
    char *bytes = lw_alloc((size_t)*size);
    int copy = -1;
    enum lw_code code = lw_pread_all(sys, *fd, bytes, (size_t)*size, 0, &why);
    if (code != LW_OK)
        lw_fail(err, code, "%s: %s", name, why.text);
    if (code == LW_OK)
        code = convert(encoding, name, bytes, (size_t)*size, &text, err);
    if (code == LW_OK && (copy = sys->memfile(sys)) < 0)
        code = lw_fail_errno(err, "%s: cannot convert it in memory", name);
    if (code == LW_OK)
        code = lw_write_all(sys, copy, text.data, text.len, NULL, err);
    if (code == LW_OK) {
        sys->close(sys, *fd);
        *fd = copy;
        *size = text.len;
    } else if (copy >= 0) {
        sys->close(sys, copy);
    }
    lw_buf_fini(&text);
    free(bytes);
    return code;
}
