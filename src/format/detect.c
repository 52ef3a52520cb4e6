/* Finds out what a task file is, from its first bytes and records: how records stand in it, which
 * format they have; or refuses it with the cure. Every reason for a refusal is in this file. */
#define _GNU_SOURCE
#include "labelwright/format/detect.h"

#include "format/format_internal.h"
#include "format/own_files_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/format/record.h"
#include "labelwright/text/utf8.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is not tasks */

#define ONLY_JSON                                                                                  \
    "This version reads CSV, TSV and JSON (one object per line, an array of objects, or objects "  \
    "one after another)"

#define UTF_16                                                                                     \
    "UTF-16 text. Say so:  --encoding utf-16  (in a project: `encoding: utf-16` below its "        \
    "`file:`), or convert it:  iconv -f UTF-16 -t UTF-8 FILE > NEW"

static const struct {
    const char *bytes;
    size_t n;
    const char *what;
} magic[] = {
    {"\xff\xfe", 2, UTF_16},
    {"\xfe\xff", 2, UTF_16},
    {"\x1f\x8b", 2, "compressed (gzip): unpack it first"},
    {"\x28\xb5\x2f\xfd", 4, "compressed (zstd): unpack it first"},
    {"\xfd"
     "7zXZ",
        5, "compressed (xz): unpack it first"},
    {"BZh", 3, "compressed (bzip2): unpack it first"},
    {"PK\x03\x04", 4, "a ZIP archive or an office document: unpack or export it first"},
    {"PAR1", 4, "a Parquet table: export it as JSON or CSV"},
    {"\x89PNG", 4, "a picture. Open a file of tasks that names it as its \"image\""},
    {"\xff\xd8\xff", 3, "a picture. Open a file of tasks that names it as its \"image\""},
    {"%PDF-", 5, "a PDF document"},
    {"SQLite format 3", 15, "an SQLite database: export it as JSON or CSV"},
};

/* A hole in a file reads as zeros, however many: decided on the first piece, not at the end of a
 * line that may be as long as the disk. */
static enum lw_code refuse_zeros(const char *name, const char *s, size_t n, struct lw_err *err)
{
    size_t blank = 0;
    while (blank < n && (s[blank] == '\n' || s[blank] == '\r'))
        blank++;
    const char *line = s + blank, *end = memchr(line, '\n', n - blank);
    if (!memchr(line, '\0', end ? (size_t)(end - line) : n - blank))
        return LW_OK;
    return lw_fail(err, LW_EBAD, "%s is binary. " ONLY_JSON ".", name);
}

static enum lw_code refuse_magic(const char *name, const char *text, size_t n, struct lw_err *err)
{
    const unsigned char *s = (const unsigned char *)text;
    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
        if (n >= magic[i].n && memcmp(s, magic[i].bytes, magic[i].n) == 0)
            return lw_fail(err, LW_EBAD, "%s is %s.", name, magic[i].what);
    bool utf16 = n >= 4 && ((s[0] && !s[1] && s[2] && !s[3]) || (!s[0] && s[1] && !s[2] && s[3]));
    if (utf16)
        return lw_fail(err, LW_EBAD, "%s is %s.", name, magic[0].what);
    return refuse_zeros(name, text, n, err);
}

static bool is_text(const char *s, size_t n)
{
    size_t bad = n;
    bool cut_at_the_edge = !lw_utf8_valid(s, n, &bad) && n == LW_WINDOW && bad + 4 > n;
    return !memchr(s, '\0', n) && (bad == n || cut_at_the_edge);
}

static char first_char(const char *s, size_t n)
{
    while (n > 0 && strchr(" \t\r", *s)) {
        s++;
        n--;
    }
    return n ? *s : '\0';
}

/* Text contains only a few control characters, and never NUL. */
static bool is_binary(const char *s, size_t n)
{
    size_t odd = 0;
    for (size_t i = 0; i < n; i++)
        odd += (unsigned char)s[i] < ' ' && !strchr("\t\n\r\f\x1e", s[i]);
    return memchr(s, '\0', n) || 20 * odd > n;
}

static enum lw_code refuse_bytes(const char *name, const char *s, size_t n, struct lw_err *err)
{
    size_t bad = 0, line = 1;
    if (is_binary(s, n) || lw_utf8_valid(s, n, &bad))
        return lw_fail(err, LW_EBAD, "%s is binary. " ONLY_JSON ".", name);
    for (size_t i = 0; i < bad; i++)
        line += s[i] == '\n';
    return lw_fail(err, LW_EBAD,
        "%s: line %zu has the byte 0x%02X, which is not UTF-8. If the file is Windows-1252, as "
        "Excel saves it, say so:  --encoding windows-1252  (in a project: `encoding: "
        "windows-1252` below its `file:`)",
        name, line, (unsigned)(unsigned char)s[bad]);
}

/* A blank follows each comma, and words each other. */
static bool is_prose(const char *s, size_t n)
{
    size_t commas = 0, blanks = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        commas += s[i] == ',' && s[i + 1] != ' ';
        blanks += s[i] == ' ' && s[i + 1] != ' ';
    }
    return commas == 0 && blanks > 1 && !memchr("{[<\"", first_char(s, n), 4) &&
           !memchr(s, '\t', n);
}

static enum lw_code refuse_content(
    const char *name, const char *s, size_t n, const char *why, struct lw_err *err)
{
    if (!is_text(s, n))
        return refuse_bytes(name, s, n, err);
    if (!memchr(s, '\n', n) && memchr(s, '\r', n))
        return lw_fail(err, LW_EBAD,
            "%s: its lines end with CR only. Convert it:  tr '\\r' '\\n' < FILE > NEW", name);
    const char *newline = memchr(s, '\n', n);
    size_t line = newline ? (size_t)(newline - s) : n;
    char first = first_char(s, line);
    if (is_prose(s, line))
        return lw_fail(err, LW_EBAD,
            "%s looks like plain text, not tasks. " ONLY_JSON
            ". If it is a table all the same, say so:  --header yes, or no  (in a project: "
            "`header: yes` "
            "below its `file:`)",
            name);
    if (first == '<')
        return lw_fail(err, LW_EBAD, "%s looks like HTML or XML. " ONLY_JSON ".", name);
    if (first != '{' && first != '[' && (memchr(s, ',', line) || memchr(s, '\t', line)))
        return lw_fail(err, LW_EBAD,
            "%s looks like CSV or TSV, but not all rows have the same number of cells. Put cells "
            "with line breaks or delimiters in double quotes.",
            name);
    return lw_fail(err, LW_EBAD,
        "%s: no record can be read. " ONLY_JSON ". The first record: %.250s", name, why);
}

/* Known data that this version cannot ask about: recognised by two members that no other format
 * has. */
static const struct {
    const char *one, *other, *what;
} hints[] = {
    {"annotations", NULL,
        "Label Studio annotations without their tasks: export them with \"data\""},
};

static const char *hint_for(const json_t *record)
{
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        const json_t *one = json_object_get(record, hints[i].one);
        bool nested = json_is_object(one) || json_is_array(one) || hints[i].other;
        if (one && nested && (!hints[i].other || json_object_get(record, hints[i].other)))
            return hints[i].what;
    }
    return NULL;
}

static enum lw_code refuse_unknown(const char *name, json_t *record, struct lw_err *err)
{
    struct lw_buf known = {0}, has = {0};
    const char *hint = hint_for(record);
    if (hint)
        return lw_fail(err, LW_EBAD, "%s contains %s.", name, hint);
    const char *member;
    json_t *v;
    for (const char *const *p = lw_format_names() + 1; *p; p++)
        lw_buf_fmt(&known, "%s%s", known.len ? ", " : "", *p);
    json_object_foreach(record, member, v) if (has.len < 120)
        lw_buf_fmt(&has, "%s\"%.40s\"", has.len ? ", " : "", member);
    enum lw_code code = lw_fail(err, LW_EBAD,
        "%s: no known format has the members %s. Known formats: %s. Use \"prompt\" and "
        "\"responses\", or set the format in project.yaml.",
        name, has.len ? has.data : "of an empty object", known.data);
    lw_buf_fini(&known);
    lw_buf_fini(&has);
    return code;
}

enum lw_code lw_detect_refuse_answers(const char *name, struct lw_err *err)
{
    return lw_fail(err, LW_EBAD,
        "%s contains answers, not tasks. Make a project of the questions and the answers: "
        "labelwright new DIR --like QUESTIONS %s",
        name, name);
}

/* ---- what it is */

/* How far to look for the first readable record. */
enum { RECORDS_MAX = 100, BYTES_MAX = 64 * 1024 * 1024 };

/* Where the first object ends, whatever numbers it contains. */
enum { FIRST = JSON_DISABLE_EOF_CHECK | JSON_DECODE_INT_AS_REAL };

static bool readable(const char *s, size_t n)
{
    json_t *record;
    bool is = lw_record_parse_big(s, n, &record, NULL) == LW_OK;
    if (is)
        json_decref(record);
    return is;
}

static char last_char(const char *s, size_t n)
{
    while (n > 0 && strchr(" \t\r", s[n - 1]))
        n--;
    return n ? s[n - 1] : '\0';
}

/* True when the object at the start of the text continues after its first line, `line` bytes long.
 * If its end is not in the window, the end of the first line and the second line decide. */
static bool spread(const char *s, size_t n, size_t line)
{
    json_error_t e;
    json_t *first = json_loadb(s, n, FIRST, &e);
    json_decref(first);
    if (first)
        return (size_t)e.position > line;
    if (line >= n || !strchr("{[,", last_char(s, line)))
        return false;
    const char *second = s + line + 1;
    const char *end = memchr(second, '\n', n - line - 1);
    return end && !readable(second, (size_t)(end - second));
}

/* True when something that may be another object, or a comma before it, follows the first. */
static bool concatenated(const char *s, size_t n)
{
    json_error_t e;
    json_t *first = json_loadb(s, n, FIRST, &e);
    json_decref(first);
    size_t at = first ? (size_t)e.position : n;
    while (at < n && (s[at] == ' ' || s[at] == '\t'))
        at++;
    return at < n && (s[at] == '{' || s[at] == ',');
}

/* The first line that is not blank. */
static enum lw_code first_line(
    struct lw_lines *file, uint64_t *at, struct lw_raw_record *to, struct lw_err *err)
{
    for (enum lw_code code; *at < file->size; *at = to->next) {
        code = lw_lines_get(file, *at, to, err);
        if (code != LW_OK || !to->blank)
            return code;
    }
    return lw_fail(err, LW_EBAD,
        "%s is empty%s. Write tasks as JSON objects, one per line or in an array.", file->name,
        file->size ? " (only blank lines)" : "");
}

/* Lines, unless the first line is the start of an array, part of an object, or more than one
 * object. */
static enum lw_code find_container(struct lw_lines *file, uint64_t at,
    const struct lw_raw_record *first, enum lw_container *to, struct lw_err *err)
{
    const char *s;
    size_t n, line = (size_t)(first->next - at) - first->ended;
    char c = first_char(first->s, first->n > LW_RECORD_HEAD ? LW_RECORD_HEAD : (size_t)first->n);
    *to = c == '[' ? LW_VALUES : LW_LINES;
    if (c != '{' || line >= LW_WINDOW)
        return LW_OK;
    enum lw_code code = lw_lines_peek(file, at, &s, &n, err);
    if (code == LW_OK && (concatenated(s, line) || (first->ended && spread(s, n, line))))
        *to = LW_VALUES;
    return code;
}

/* What was found in the first records. */
struct findings {
    const struct lw_format *format;
    const char *wrap;
    json_t *strange;   /* the first object that fits no format; owned */
    struct lw_err why; /* what is wrong with the first record that cannot be read */
};

/* Members that other programs wrap their records in. */
static void guess_inside(const struct lw_format *wanted, const json_t *record, struct findings *to)
{
    const char *wrap;
    for (size_t i = 0; !to->wrap && (wrap = lw_record_wrapper(record, i)); i++) {
        const json_t *inner = json_object_get(record, wrap);
        const struct lw_format *f = wanted ? wanted : lw_format_guess(inner);
        if (f && (!wanted || f->fits(f, inner))) {
            to->format = f;
            to->wrap = wrap;
        }
    }
}

/* The record itself, or the object inside it; for Label Studio any text. */
static void guess(const struct lw_format *wanted, const json_t *record, struct findings *to)
{
    to->format = wanted ? wanted : lw_format_guess(record);
    if (!to->format || (wanted && !wanted->fits(wanted, record)))
        guess_inside(wanted, record, to);
    if (!to->format)
        guess_inside(lw_format_find("label-studio"), record, to);
}

/* Parses records from the start of the source until one fits. */
static enum lw_code try_records(struct lw_lines *file, const struct lw_record_reader *source,
    const struct lw_format *wanted, struct findings *to, struct lw_err *err)
{
    struct lw_raw_record raw;
    json_t *record = NULL;
    uint64_t from = source->begin;
    for (int i = 0; i < RECORDS_MAX && !to->format && from < file->size; i++, from = raw.next) {
        enum lw_code code = lw_record_reader_get(source, file, from, &raw, err);
        if (code != LW_OK || from - source->begin > BYTES_MAX)
            return code;
        if (!raw.blank && raw.n > LW_RECORD_MAX)
            lw_fail(&to->why, LW_EBAD, "It is longer than %d MiB.", LW_RECORD_MAX / (1024 * 1024));
        if (raw.blank || raw.n > LW_RECORD_MAX ||
            lw_record_reader_parse(source, raw.s, (size_t)raw.n, &record, &to->why) != LW_OK)
            continue;
        guess(wanted, record, to);
        if (!to->format && !to->strange)
            to->strange = json_incref(record);
        json_decref(record);
    }
    return LW_OK;
}

/* Where the array with this name starts: in the object itself, or one level deeper in an object of
 * the same name, such as {"results": {"results": […]}} of promptfoo. */
static size_t find_array(const char *name, const char *s, size_t n)
{
    size_t at = lw_record_find_array(name, s, n), in = at ? 0 : lw_record_find_object(name, s, n);
    size_t inner = in ? lw_record_find_array(name, s + in, n - in) : 0;
    return inner ? in + inner : at;
}

/* The records may be in an array of the file's one object, as OpenAssistant's evaluations are. */
static bool find_inside(struct lw_lines *file, const struct lw_format *wanted,
    struct lw_record_reader *source, struct findings *to)
{
    static const char *const name[] = {"prompts", "data", "rows", "tasks", "examples", "records",
        "items", "samples", "instances", "questions", "results"};
    const char *s;
    size_t n;
    struct findings inner = {0};
    if (lw_lines_peek(file, source->begin, &s, &n, NULL) != LW_OK)
        return false;
    for (size_t i = 0; i < sizeof name / sizeof *name && !inner.format; i++) {
        struct lw_record_reader member = {.container = LW_MEMBER};
        lw_lines_peek(file, source->begin, &s, &n, NULL);
        size_t at = find_array(name[i], s, n);
        member.begin = source->begin + at;
        if (at && try_records(file, &member, wanted, &inner, NULL) == LW_OK && inner.format)
            *source = member;
        to->wrap = inner.wrap;
        json_decref(inner.strange);
        inner.strange = NULL;
    }
    to->format = inner.format;
    return inner.format != NULL;
}

static enum lw_code refuse(
    struct lw_lines *file, uint64_t at, struct findings *found, struct lw_err *err)
{
    const char *s;
    size_t n;
    if (found->strange)
        return refuse_unknown(file->name, found->strange, err);
    enum lw_code code = lw_lines_peek(file, at, &s, &n, err);
    return code == LW_OK ? refuse_content(file->name, s, n, found->why.text, err) : code;
}

/* LW_EABSENT when it is not a table. */
static enum lw_code try_table(struct lw_lines *file, const struct lw_format *wanted,
    const struct lw_read_as *as, struct lw_record_reader *to, struct findings *found,
    struct lw_err *err)
{
    const char *s;
    size_t n, begin = 0;
    enum lw_code code = lw_lines_peek(file, to->begin, &s, &n, err);
    bool whole = to->begin + n == file->size;
    char first = code == LW_OK ? *s : '\0';
    if (first == '<' || first == '{')
        return LW_EABSENT;
    if (code == LW_OK)
        code = lw_csv_detect(
            file->name, s, n, whole, as, wanted, &to->table, &found->format, &begin, err);
    if (code != LW_OK)
        return code;
    to->container = LW_ROWS;
    to->begin += begin;
    return LW_OK;
}

static enum lw_code find_format(struct lw_lines *file, const struct lw_format *wanted,
    const struct lw_read_as *as, uint64_t first, struct lw_record_reader *to, struct lw_err *err)
{
    struct findings found = {0};
    enum lw_code code = try_records(file, to, wanted, &found, err);
    bool json = found.format || found.strange;
    if (code == LW_OK && !json)
        code = try_table(file, wanted, as, to, &found, err);
    if (code == LW_OK && json && as && as->columns) {
        found.format = lw_format_find("table");
        to->columns = as->columns;
    }
    code = code == LW_EABSENT ? LW_OK : code;
    bool known = found.format || (found.strange && find_inside(file, wanted, to, &found));
    if (code == LW_OK && !known)
        code = refuse(file, first, &found, err);
    json_decref(found.strange);
    to->format = found.format;
    to->wrap = found.wrap;
    return code;
}

static enum lw_code wanted_format(
    const char *name, const char *wanted, const struct lw_format **to, struct lw_err *err)
{
    *to = wanted ? lw_format_find(wanted) : NULL;
    if (*to || !wanted || strcmp(wanted, "auto") == 0)
        return LW_OK;
    return lw_fail(err, LW_EUSAGE, "%s: unknown format \"%.40s\".", name, wanted);
}

enum lw_code lw_detect(struct lw_lines *file, const struct lw_read_as *as,
    struct lw_record_reader *to, struct lw_err *err)
{
    const struct lw_format *format;
    struct lw_raw_record raw;
    const char *s = "";
    size_t n = 0;
    enum lw_code code = wanted_format(file->name, as ? as->format : NULL, &format, err);
    if (code == LW_OK && file->size > 0)
        code = lw_lines_peek(file, 0, &s, &n, err);
    if (code == LW_OK)
        code = refuse_magic(file->name, s, n, err);
    to->begin = n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    uint64_t at = to->begin;
    if (code == LW_OK && !format)
        code = lw_own_file_refuse(file->name, s + at, n - at, err);
    if (code == LW_OK)
        code = first_line(file, &at, &raw, err);
    if (code == LW_OK)
        code = find_container(file, at, &raw, &to->container, err);
    if (code == LW_OK)
        code = find_format(file, format, as, at, to, err);
    return code;
}

enum lw_code lw_detect_open(const struct lw_sys *sys, const char *path, const char *shown, int *fd,
    struct stat *st, struct lw_err *err)
{
    struct lw_err why = {0};
    *st = (struct stat){0};
    enum lw_code code = lw_file_open(sys, AT_FDCWD, path, shown, O_RDONLY, fd, st, &why);
    if (code == LW_EBAD && S_ISDIR(st->st_mode))
        return lw_fail(err, LW_EBAD, "%s is a folder. Give a file of tasks in it.", shown);
    if (code == LW_EBAD)
        return lw_fail(err, LW_EBAD, "%s is not a regular file. Save the tasks to a file.", shown);
    return code == LW_OK ? LW_OK : lw_fail(err, code, "%s", why.text);
}

enum lw_code lw_detect_format(const struct lw_sys *sys, const char *path, const char *shown,
    const struct lw_format **to, struct lw_err *err)
{
    int fd;
    struct stat st;
    struct lw_record_reader found = {0};
    enum lw_code code = lw_detect_open(sys, path, shown, &fd, &st, err);
    if (code != LW_OK)
        return code;
    struct lw_lines file = {.sys = sys, .fd = fd, .name = shown, .size = (uint64_t)st.st_size};
    code = lw_detect(&file, NULL, &found, err);
    *to = found.format;
    lw_record_reader_fini(&found);
    lw_lines_fini(&file);
    sys->close(sys, fd);
    return code;
}
