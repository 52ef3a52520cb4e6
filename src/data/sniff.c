#define _GNU_SOURCE
#include "data/sniff.h"

#include "data/record.h"
#include "labelwright/buf.h"
#include "labelwright/tasks.h"
#include "labelwright/utf8.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* How far to look for a first readable record. */
enum { RECORDS_MAX = 100, BYTES_MAX = 64 * 1024 * 1024 };

#define ONLY_LINES "This version reads JSON Lines, one object a line"

static const struct {
    const char *bytes;
    size_t n;
    const char *what;
} magic[] = {
    {"\xff\xfe", 2, "UTF-16 text: convert it with  iconv -f UTF-16 -t UTF-8 FILE > NEW.jsonl"},
    {"\xfe\xff", 2, "UTF-16 text: convert it with  iconv -f UTF-16 -t UTF-8 FILE > NEW.jsonl"},
    {"\x1f\x8b", 2, "compressed (gzip): unpack it first"},
    {"\x28\xb5\x2f\xfd", 4, "compressed (zstd): unpack it first"},
    {"\xfd"
     "7zXZ",
        5, "compressed (xz): unpack it first"},
    {"BZh", 3, "compressed (bzip2): unpack it first"},
    {"PK\x03\x04", 4, "a ZIP archive or an office document: unpack or export it first"},
    {"PAR1", 4, "a Parquet table: export it as JSON Lines"},
    {"\x89PNG", 4, "a picture: tasks name pictures, they are none"},
    {"\xff\xd8\xff", 3, "a picture: tasks name pictures, they are none"},
    {"%PDF-", 5, "a PDF document"},
    {"SQLite format 3", 15, "an SQLite database: export it as JSON Lines"},
};

static enum lw_code refuse_magic(
    const char *name, const unsigned char *s, size_t n, struct lw_err *err)
{
    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
        if (n >= magic[i].n && memcmp(s, magic[i].bytes, magic[i].n) == 0)
            return lw_fail(err, LW_EBAD, "%s is %s.", name, magic[i].what);
    bool utf16 = n >= 4 && ((s[0] && !s[1] && s[2] && !s[3]) || (!s[0] && s[1] && !s[2] && s[3]));
    if (utf16)
        return lw_fail(err, LW_EBAD, "%s is %s.", name, magic[0].what);
    return LW_OK;
}

static enum lw_code refuse_array(const char *name, struct lw_err *err)
{
    return lw_fail(err, LW_EBAD,
        "%s is one JSON array. " ONLY_LINES ": convert it with  jq -c '.[]' FILE > NEW.jsonl",
        name);
}

static enum lw_code refuse_spread(const char *name, struct lw_err *err)
{
    return lw_fail(err, LW_EBAD,
        "%s has JSON objects that do not stand one on each line. " ONLY_LINES
        ": convert it with  jq -c . FILE > NEW.jsonl",
        name);
}

static bool readable(const char *s, size_t n)
{
    json_t *record;
    bool is = lw_record_parse(s, n, &record, NULL) == LW_OK;
    if (is)
        json_decref(record);
    return is;
}

static char first_char(const char *s, size_t n)
{
    while (n > 0 && strchr(" \t\r", *s)) {
        s++;
        n--;
    }
    return n ? *s : '\0';
}

static char last_char(const char *s, size_t n)
{
    while (n > 0 && strchr(" \t\r", s[n - 1]))
        n--;
    return n ? s[n - 1] : '\0';
}

/* True when the object that begins the text goes on behind its first line, `line` bytes long. Where
 * it does not end in sight, the first line's end and the second line tell. */
static bool spread(const char *s, size_t n, size_t line)
{
    json_error_t e;
    json_t *first = json_loadb(s, n, JSON_DISABLE_EOF_CHECK, &e);
    json_decref(first);
    if (first)
        return (size_t)e.position > line;
    if (line >= n || !strchr("{[,", last_char(s, line)))
        return false;
    const char *second = s + line + 1;
    const char *end = memchr(second, '\n', n - line - 1);
    return end && !readable(second, (size_t)(end - second));
}

static bool concatenated(const char *s, size_t n)
{
    json_error_t e;
    json_t *first = json_loadb(s, n, JSON_DISABLE_EOF_CHECK, &e);
    json_decref(first);
    size_t at = first ? (size_t)e.position : n;
    while (at < n && strchr(" \t", s[at]))
        at++;
    return at < n && s[at] == '{';
}

/* The first line that is not blank. */
static enum lw_code first_line(
    struct lw_lines *file, uint64_t *at, struct lw_raw *to, struct lw_err *err)
{
    for (enum lw_code code; *at < file->size; *at = to->next) {
        code = lw_lines_get(file, *at, to, err);
        if (code != LW_OK || !to->blank)
            return code;
    }
    return lw_fail(err, LW_EBAD, "%s is empty%s. Tasks stand in it one a line, as JSON objects.",
        file->name, file->size ? ": only blank lines" : "");
}

static enum lw_code refuse_container(
    struct lw_lines *file, uint64_t at, const struct lw_raw *first, struct lw_err *err)
{
    const char *s;
    size_t n, line = (size_t)(first->next - at);
    char c = first_char(first->s, first->n > LW_RECORD_HEAD ? LW_RECORD_HEAD : (size_t)first->n);
    if (c == '[')
        return refuse_array(file->name, err);
    if (c != '{' || !first->ended || line >= LW_WINDOW)
        return LW_OK;
    enum lw_code code = lw_lines_peek(file, at, &s, &n, err);
    if (code == LW_OK && spread(s, n, line - 1))
        code = refuse_spread(file->name, err);
    return code;
}

static enum lw_code refuse_unknown(const char *name, json_t *record, struct lw_err *err)
{
    struct lw_buf known = {0}, has = {0};
    const char *member;
    json_t *v;
    for (const char *const *p = lw_format_names() + 1; *p; p++)
        lw_buf_fmt(&known, "%s%s", known.len ? ", " : "", *p);
    json_object_foreach(record, member, v) if (has.len < 120)
        lw_buf_fmt(&has, "%s\"%.40s\"", has.len ? ", " : "", member);
    enum lw_code code = lw_fail(err, LW_EBAD,
        "%s: no format known here has the members %s. Known are: %s. Give native tasks \"prompt\" "
        "and "
        "\"responses\", or name the format in project.yaml.",
        name, has.len ? has.data : "of an empty object", known.data);
    lw_buf_fini(&known);
    lw_buf_fini(&has);
    return code;
}

static bool is_text(const char *s, size_t n)
{
    size_t bad = n;
    bool cut_at_the_edge = !lw_utf8_valid(s, n, &bad) && n == LW_WINDOW && bad + 4 > n;
    return !memchr(s, '\0', n) && (bad == n || cut_at_the_edge);
}

/* What is wrong with a file in which no record can be read, told from how it begins. */
static enum lw_code refuse_content(
    struct lw_lines *file, uint64_t at, const char *why, struct lw_err *err)
{
    const char *s;
    size_t n;
    enum lw_code code = lw_lines_peek(file, at, &s, &n, err);
    if (code != LW_OK)
        return code;
    if (!is_text(s, n))
        return lw_fail(
            err, LW_EBAD, "%s is binary, or text that is not UTF-8. " ONLY_LINES ".", file->name);
    const char *newline = memchr(s, '\n', n);
    size_t line = newline ? (size_t)(newline - s) : n;
    if (concatenated(s, line))
        return refuse_spread(file->name, err);
    if (first_char(s, line) != '{' && (memchr(s, ',', line) || memchr(s, '\t', line)))
        return lw_fail(err, LW_EBAD,
            "%s looks like CSV or TSV. " ONLY_LINES
            ": convert it with  mlr --icsv --ojsonl cat FILE > NEW.jsonl  (--itsv for tabs)",
            file->name);
    return lw_fail(err, LW_EBAD, "%s: no record can be read. " ONLY_LINES ". The first: %.250s",
        file->name, why);
}

/* Parses records from `at` on until one fits. */
static enum lw_code settle_format(struct lw_lines *file, uint64_t at,
    const struct lw_format *wanted, const struct lw_format **to, struct lw_err *err)
{
    struct lw_err why = {0};
    struct lw_raw raw;
    json_t *strange = NULL, *record = NULL;
    uint64_t from = at;
    enum lw_code code = LW_OK;
    *to = NULL;
    for (int i = 0; i < RECORDS_MAX && !*to && from < file->size && from - at < BYTES_MAX; i++) {
        if ((code = lw_lines_get(file, from, &raw, err)) != LW_OK)
            goto out;
        from = raw.next;
        if (raw.blank || raw.n > LW_RECORD_MAX ||
            lw_record_parse(raw.s, (size_t)raw.n, &record, &why) != LW_OK)
            continue;
        *to = wanted ? wanted : lw_format_guess(record);
        if (!*to && !strange)
            strange = json_incref(record);
        json_decref(record);
    }
    if (!*to && why.code == LW_OK)
        lw_fail(&why, LW_EBAD, "It is longer than %d MiB.", LW_RECORD_MAX / (1024 * 1024));
    if (!*to)
        code = strange ? refuse_unknown(file->name, strange, err)
                       : refuse_content(file, at, why.text, err);
out:
    json_decref(strange);
    return code;
}

static enum lw_code wanted_format(
    const char *name, const char *wanted, const struct lw_format **to, struct lw_err *err)
{
    *to = lw_format_find(wanted);
    if (*to || strcmp(wanted, "auto") == 0)
        return LW_OK;
    return lw_fail(err, LW_EUSAGE, "%s: there is no format \"%.40s\" here.", name, wanted);
}

enum lw_code lw_sniff(
    struct lw_lines *file, const char *wanted, struct lw_sniffed *to, struct lw_err *err)
{
    const struct lw_format *format;
    struct lw_raw raw;
    const char *s = "";
    size_t n = 0;
    enum lw_code code = wanted_format(file->name, wanted, &format, err);
    if (code == LW_OK && file->size > 0)
        code = lw_lines_peek(file, 0, &s, &n, err);
    if (code == LW_OK)
        code = refuse_magic(file->name, (const unsigned char *)s, n, err);
    to->begin = n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    uint64_t at = to->begin;
    if (code == LW_OK)
        code = first_line(file, &at, &raw, err);
    if (code == LW_OK)
        code = refuse_container(file, at, &raw, err);
    if (code == LW_OK)
        code = settle_format(file, at, format, &to->format, err);
    return code;
}

enum lw_code lw_sniff_open(const struct lw_sys *sys, const char *path, const char *shown, int *fd,
    struct stat *st, struct lw_err *err)
{
    /* O_NONBLOCK: opening a FIFO must not hang; regular files ignore it. */
    *fd = sys->openat(sys, AT_FDCWD, path, O_RDONLY | O_NONBLOCK, 0);
    if (*fd < 0)
        return lw_fail_errno(err, "%s: cannot open", shown);
    enum lw_code code = LW_OK;
    if (sys->fstat(sys, *fd, st) != 0)
        code = lw_fail_errno(err, "%s: cannot read", shown);
    else if (S_ISDIR(st->st_mode))
        code = lw_fail(err, LW_EBAD, "%s is a folder: name a file of tasks in it.", shown);
    else if (!S_ISREG(st->st_mode))
        code = lw_fail(err, LW_EBAD, "%s is no regular file: save the tasks to one.", shown);
    if (code != LW_OK) {
        sys->close(sys, *fd);
        *fd = -1;
    }
    return code;
}

enum lw_code lw_tasks_recognise(const struct lw_sys *sys, const char *path, const char *shown,
    const struct lw_format **to, struct lw_err *err)
{
    int fd;
    struct stat st;
    struct lw_sniffed found = {0};
    enum lw_code code = lw_sniff_open(sys, path, shown, &fd, &st, err);
    if (code != LW_OK)
        return code;
    struct lw_lines file = {.sys = sys, .fd = fd, .name = shown, .size = (uint64_t)st.st_size};
    code = lw_sniff(&file, "auto", &found, err);
    *to = found.format;
    lw_lines_fini(&file);
    sys->close(sys, fd);
    return code;
}
