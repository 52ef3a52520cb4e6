#define _GNU_SOURCE
#include "labelwright/format/detect.h"

#include "format/format_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/format/record_id.h"
#include "labelwright/text/utf8.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

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
    struct lw_lines *file, uint64_t *at, struct lw_raw *to, struct lw_err *err)
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
static enum lw_code find_container(struct lw_lines *file, uint64_t at, const struct lw_raw *first,
    enum lw_container *to, struct lw_err *err)
{
    const char *s;
    size_t n, line = (size_t)(first->next - at) - first->ended;
    char c = lw_first_char(first->s, first->n > LW_RECORD_HEAD ? LW_RECORD_HEAD : (size_t)first->n);
    *to = c == '[' ? LW_VALUES : LW_LINES;
    if (c != '{' || line >= LW_WINDOW)
        return LW_OK;
    enum lw_code code = lw_lines_peek(file, at, &s, &n, err);
    if (code == LW_OK && (concatenated(s, line) || (first->ended && spread(s, n, line))))
        *to = LW_VALUES;
    return code;
}

/* What was found in the first records. */
struct look {
    const struct lw_format *format;
    const char *wrap;
    json_t *strange;   /* the first object that fits no format; owned */
    struct lw_err why; /* what is wrong with the first record that cannot be read */
};

/* Members that other programs wrap their records in. */
static void guess_inside(const struct lw_format *wanted, const json_t *record, struct look *to)
{
    const char *wrap;
    for (size_t i = 0; !to->wrap && (wrap = lw_record_reader_wrap(record, i)); i++) {
        const json_t *inner = json_object_get(record, wrap);
        const struct lw_format *f = wanted ? wanted : lw_format_guess(inner);
        if (f && (!wanted || f->fits(f, inner) || lw_any_text_fits(f, inner))) {
            to->format = f;
            to->wrap = wrap;
        }
    }
}

/* The record itself, or the object inside it; for Label Studio any text. */
static void guess(const struct lw_format *wanted, const json_t *record, struct look *to)
{
    to->format = wanted ? wanted : lw_format_guess(record);
    if (!to->format || (wanted && !wanted->fits(wanted, record)))
        guess_inside(wanted, record, to);
    if (!to->format)
        guess_inside(lw_format_find("label-studio"), record, to);
}

/* Parses records from the start of the source until one fits. */
static enum lw_code look_at(struct lw_lines *file, const struct lw_record_reader *source,
    const struct lw_format *wanted, struct look *to, struct lw_err *err)
{
    struct lw_raw raw;
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
    size_t at = lw_record_array(name, s, n), in = at ? 0 : lw_record_object(name, s, n);
    size_t inner = in ? lw_record_array(name, s + in, n - in) : 0;
    return inner ? in + inner : at;
}

/* The records may be in an array of the file's one object, as OpenAssistant's evaluations are. */
static bool look_inside(struct lw_lines *file, const struct lw_format *wanted,
    struct lw_record_reader *source, struct look *to)
{
    static const char *const name[] = {"prompts", "data", "rows", "tasks", "examples", "records",
        "items", "samples", "instances", "questions", "results"};
    const char *s;
    size_t n;
    struct look inner = {0};
    if (lw_lines_peek(file, source->begin, &s, &n, NULL) != LW_OK)
        return false;
    for (size_t i = 0; i < sizeof name / sizeof *name && !inner.format; i++) {
        struct lw_record_reader member = {.container = LW_MEMBER};
        lw_lines_peek(file, source->begin, &s, &n, NULL);
        size_t at = find_array(name[i], s, n);
        member.begin = source->begin + at;
        if (at && look_at(file, &member, wanted, &inner, NULL) == LW_OK && inner.format)
            *source = member;
        to->wrap = inner.wrap;
        json_decref(inner.strange);
        inner.strange = NULL;
    }
    to->format = inner.format;
    return inner.format != NULL;
}

static enum lw_code refuse(
    struct lw_lines *file, uint64_t at, struct look *look, struct lw_err *err)
{
    const char *s;
    size_t n;
    if (look->strange)
        return lw_refuse_unknown(file->name, look->strange, err);
    enum lw_code code = lw_lines_peek(file, at, &s, &n, err);
    return code == LW_OK ? lw_refuse_content(file->name, s, n, look->why.text, err) : code;
}

/* LW_EABSENT when it is not a table. */
static enum lw_code look_for_table(struct lw_lines *file, const struct lw_format *wanted,
    const struct lw_columns *columns, struct lw_record_reader *to, struct look *look,
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
            file->name, s, n, whole, columns, wanted, &to->table, &look->format, &begin, err);
    if (code != LW_OK)
        return code;
    to->container = LW_ROWS;
    to->begin += begin;
    return LW_OK;
}

static enum lw_code settle(struct lw_lines *file, const struct lw_format *wanted,
    const struct lw_columns *columns, uint64_t first, struct lw_record_reader *to,
    struct lw_err *err)
{
    struct look look = {0};
    enum lw_code code = look_at(file, to, wanted, &look, err);
    bool json = look.format || look.strange;
    if (code == LW_OK && !json)
        code = look_for_table(file, wanted, columns, to, &look, err);
    if (code == LW_OK && json && columns) {
        look.format = lw_format_find("table");
        to->columns = columns;
    }
    code = code == LW_EABSENT ? LW_OK : code;
    bool found = look.format || (look.strange && look_inside(file, wanted, to, &look));
    if (code == LW_OK && !found)
        code = refuse(file, first, &look, err);
    json_decref(look.strange);
    to->format = look.format;
    to->wrap = look.wrap;
    return code;
}

static enum lw_code wanted_format(
    const char *name, const char *wanted, const struct lw_format **to, struct lw_err *err)
{
    *to = lw_format_find(wanted);
    if (*to || strcmp(wanted, "auto") == 0)
        return LW_OK;
    return lw_fail(err, LW_EUSAGE, "%s: unknown format \"%.40s\".", name, wanted);
}

enum lw_code lw_detect(struct lw_lines *file, const char *wanted, const struct lw_columns *columns,
    struct lw_record_reader *to, struct lw_err *err)
{
    const struct lw_format *format;
    struct lw_raw raw;
    const char *s = "";
    size_t n = 0;
    enum lw_code code = wanted_format(file->name, wanted, &format, err);
    if (code == LW_OK && file->size > 0)
        code = lw_lines_peek(file, 0, &s, &n, err);
    if (code == LW_OK)
        code = lw_refuse_magic(file->name, s, n, err);
    to->begin = n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    uint64_t at = to->begin;
    if (code == LW_OK)
        code = first_line(file, &at, &raw, err);
    if (code == LW_OK)
        code = find_container(file, at, &raw, &to->container, err);
    if (code == LW_OK)
        code = settle(file, format, columns, at, to, err);
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
    code = lw_detect(&file, "auto", NULL, &found, err);
    *to = found.format;
    lw_record_reader_fini(&found);
    lw_lines_fini(&file);
    sys->close(sys, fd);
    return code;
}
