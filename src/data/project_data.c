/* A data file without a project: what kind of data is it? */
#define _GNU_SOURCE
#include "data/project_parse.h"
#include "labelwright/buf.h"
#include "labelwright/task.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 64 * 1024, HEAD_MAX = LW_RECORD_MAX + CHUNK };

/* The head of the file, read as far as records had to be looked at. */
struct head {
    const struct lw_sys *sys;
    const char *path;
    int fd;
    struct lw_buf read;
    size_t at; /* of the record to come */
    bool ended;
    size_t line;
    size_t bad_line; /* the first that cannot be read, and why; 0 for none */
    char why[LW_ERR_MAX];
};

static enum lw_code read_more(struct head *h, struct lw_err *err)
{
    ssize_t n;
    do
        n = h->sys->read(h->sys, h->fd, lw_buf_room(&h->read, CHUNK), CHUNK);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return lw_fail_errno(err, "%s: cannot read", h->path);
    h->read.len += (size_t)n;
    h->ended = n == 0 || h->read.len >= HEAD_MAX;
    return LW_OK;
}

/* The next line, without its end; false when there is none in the head of the file. */
static bool next_line(
    struct head *h, const char **line, size_t *n, enum lw_code *code, struct lw_err *err)
{
    const char *end = NULL;
    size_t seen = h->at;
    while (!(end = h->read.len > seen ? memchr(h->read.data + seen, '\n', h->read.len - seen)
                                      : NULL) &&
           !h->ended) {
        seen = h->read.len;
        if ((*code = read_more(h, err)) != LW_OK)
            return false;
    }
    if (h->at == h->read.len)
        return false;
    *line = h->read.data + h->at;
    *n = end ? (size_t)(end - *line) : h->read.len - h->at;
    h->at += *n + (end != NULL);
    h->line++;
    return true;
}

static bool is_blank(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strchr(" \t\r", s[i]))
            return false;
    return true;
}

static void note_why(struct head *h, const char *why)
{
    if (h->bad_line)
        return;
    h->bad_line = h->line;
    strncpy(h->why, why, sizeof h->why - 1);
}

/* The responses of the record; false, with the reason noted, when it cannot be read. */
static bool count_responses(struct head *h, const char *line, size_t n, size_t *responses)
{
    json_t *record = json_loadb(line, n, JSON_REJECT_DUPLICATES, NULL);
    const struct lw_format *format = json_is_object(record) ? lw_format_guess(record) : NULL;
    json_decref(record);
    /* Any format says why a line is no record at all. */
    const struct lw_format *any = lw_format_find("native");
    struct lw_task *t = lw_task_parse(format || !any ? format : any, line, n);
    bool readable = format && !t->unreadable;
    if (readable)
        *responses = t->nresponses;
    else
        note_why(h, t->unreadable ? t->unreadable : "The record has no format known here.");
    lw_task_free(t);
    return readable;
}

static enum lw_code refuse_empty(struct head *h, struct lw_err *err)
{
    if (h->read.len == 0)
        return lw_fail(err, LW_EBAD, "%s: empty, so there is nothing to label.", h->path);
    return lw_fail(err, LW_EBAD, "%s: only blank lines, so there is nothing to label.", h->path);
}

/* Compressed files, archives, pictures, databases: their first bytes, or a NUL, tell. */
static enum lw_code refuse_binary(struct head *h, struct lw_err *err)
{
    static const struct {
        const char *magic, *cure;
    } kinds[] = {
        {"\x1f\x8b", "compressed by gzip. Unpack it with gunzip."},
        {"\x28\xb5\x2f\xfd", "compressed by zstd. Unpack it with unzstd."},
        {"\xfd"
         "7zXZ",
            "compressed by xz. Unpack it with unxz."},
        {"BZh", "compressed by bzip2. Unpack it with bunzip2."},
        {"PK\x03\x04", "a zip archive. Unpack it with unzip."},
        {"PAR1", "a Parquet file. Convert it to JSON Lines."},
        {"\xff\xfe", "UTF-16. Convert it to UTF-8, for instance with iconv."},
        {"\xfe\xff", "UTF-16. Convert it to UTF-8, for instance with iconv."},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t n = strlen(kinds[i].magic);
        if (h->read.len >= n && memcmp(h->read.data, kinds[i].magic, n) == 0)
            return lw_fail(err, LW_EBAD, "%s: %s", h->path, kinds[i].cure);
    }
    if (h->read.len > 0 && memchr(h->read.data, '\0', h->read.len))
        return lw_fail(err, LW_EBAD,
            "%s: binary, not text. labelwright reads JSON Lines, one record a line.", h->path);
    return LW_OK;
}

static enum lw_code refuse_all(struct head *h, struct lw_err *err)
{
    if (h->bad_line == 0)
        return refuse_empty(h, err);
    return lw_fail(err, LW_EBAD,
        "%s:%zu: %s No record of this file can be read, so there are no questions to choose. "
        "labelwright reads JSON Lines, one record a line.",
        h->path, h->bad_line, h->why);
}

static enum lw_code find_readable(struct head *h, size_t *responses, struct lw_err *err)
{
    const char *line;
    size_t n;
    enum lw_code code = read_more(h, err);
    if (code == LW_OK)
        code = refuse_binary(h, err);
    if (code == LW_OK && h->read.len >= 3 && memcmp(h->read.data, "\xEF\xBB\xBF", 3) == 0)
        h->at = 3;
    while (code == LW_OK && next_line(h, &line, &n, &code, err))
        if (!is_blank(line, n) && count_responses(h, line, n, responses))
            return LW_OK;
    return code == LW_OK ? refuse_all(h, err) : code;
}

enum lw_code lw_data_responses(
    const struct lw_sys *sys, const char *path, size_t *responses, struct lw_err *err)
{
    struct head h = {.sys = sys, .path = path};
    h.fd = sys->openat(sys, AT_FDCWD, path, O_RDONLY | O_NONBLOCK, 0);
    if (h.fd < 0)
        return lw_fail_errno(err, "%s: cannot open", path);
    enum lw_code code = find_readable(&h, responses, err);
    lw_buf_fini(&h.read);
    sys->close(sys, h.fd);
    return code;
}
