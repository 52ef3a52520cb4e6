/* Why a file cannot be used as tasks, in one sentence that says what to do. */
#include "labelwright/base/buf.h"
#include "labelwright/format/detect.h"
#include "labelwright/format/record_id.h"
#include "labelwright/text/utf8.h"

#include <string.h>

#define ONLY_JSON                                                                                  \
    "This version reads CSV, TSV and JSON (one object per line, an array of objects, or objects "  \
    "one after another)"

static const struct {
    const char *bytes;
    size_t n;
    const char *what;
} magic[] = {
    {"\xff\xfe", 2, "UTF-16 text: convert it with  iconv -f UTF-16 -t UTF-8 FILE > NEW"},
    {"\xfe\xff", 2, "UTF-16 text: convert it with  iconv -f UTF-16 -t UTF-8 FILE > NEW"},
    {"\x1f\x8b", 2, "compressed (gzip): unpack it first"},
    {"\x28\xb5\x2f\xfd", 4, "compressed (zstd): unpack it first"},
    {"\xfd"
     "7zXZ",
        5, "compressed (xz): unpack it first"},
    {"BZh", 3, "compressed (bzip2): unpack it first"},
    {"PK\x03\x04", 4, "a ZIP archive or an office document: unpack or export it first"},
    {"PAR1", 4, "a Parquet table: export it as JSON or CSV"},
    {"\x89PNG", 4,
        "a picture. Open a file of tasks that names pictures; this version cannot show them"},
    {"\xff\xd8\xff", 3,
        "a picture. Open a file of tasks that names pictures; this version cannot show them"},
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

enum lw_code lw_refuse_magic(const char *name, const char *text, size_t n, struct lw_err *err)
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

char lw_first_char(const char *s, size_t n)
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
        "Excel saves it, convert it:  iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW",
        name, line, (unsigned)(unsigned char)s[bad]);
}

enum lw_code lw_refuse_content(
    const char *name, const char *s, size_t n, const char *why, struct lw_err *err)
{
    if (!is_text(s, n))
        return refuse_bytes(name, s, n, err);
    if (!memchr(s, '\n', n) && memchr(s, '\r', n))
        return lw_fail(err, LW_EBAD,
            "%s: its lines end with CR only. Convert it:  tr '\\r' '\\n' < FILE > NEW", name);
    const char *newline = memchr(s, '\n', n);
    size_t line = newline ? (size_t)(newline - s) : n;
    char first = lw_first_char(s, line);
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
    {"question", "label", "PRM800K data: this version cannot ask about steps"},
    {"steps", "input", "reasoning in steps: this version cannot ask about steps"},
    {"completions", "labels", "trl-stepwise data: this version cannot ask about steps"},
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

enum lw_code lw_refuse_unknown(const char *name, json_t *record, struct lw_err *err)
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

enum lw_code lw_refuse_answers(const char *name, struct lw_err *err)
{
    return lw_fail(err, LW_EBAD,
        "%s contains answers, not tasks. Make a project of the questions and the answers: "
        "labelwright new DIR --like QUESTIONS %s",
        name, name);
}
