/* YAML as a tree that remembers its places: read from libyaml's events, with messages of our own,
 * and what its scalars mean. Which keys a file may have is schema.c's. */
#include "labelwright/yaml/yaml.h"

#include "labelwright/base/buf.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* ---- reading */

enum { BYTES_MAX = 256 * 1024, DEPTH_MAX = 32 };

struct reader {
    yaml_parser_t parser;
    yaml_event_t event; /* the one at hand; libyaml's to free */
    const char *file, *bytes;
    size_t n;
    struct lw_problems *problems;
    int depth;
};

#define PROBLEM_AT(r, mark, ...)                                                                   \
    lw_problem((r)->problems, (r)->file, (int)(mark).line + 1, (int)(mark).column + 1, __VA_ARGS__)

/* Messages of libyaml, and what they mean to somebody who writes a project file. */
static const struct {
    const char *theirs, *ours;
} meanings[] = {
    {"mapping values are not allowed",
        "too many ':' on this line. Put the text in quotes, or start a new line."},
    {"could not find expected ':'",
        "no ':' after this key. Write `key: value`, or put text of several lines in quotes."},
    {"block sequence entries are not allowed",
        "'-' is not allowed here. Start the list on a new line below its key."},
    {"did not find expected key",
        "this line does not fit the lines above. Indent it like the lines around it."},
    {"did not find expected '-' indicator", "this line is not an item of the list above. Start it "
                                            "with '-', or change its indentation."},
    {"did not find expected ',' or ']'", "a '[' is not closed. Add ',' or ']' here."},
    {"did not find expected ',' or '}'", "a '{' is not closed. Add ',' or '}' here."},
    {"found unexpected end of stream", "a quote is not closed. Add the closing quote."},
    {"found unexpected document indicator",
        "a quote is not closed before the '---' or '...'. Add the closing quote."},
    {"did not find expected node content",
        "a value is missing here. Add one, or put the text in quotes."},
    {"found unknown escape character",
        "unknown escape after \\. Write \\\\, or use single quotes."},
    {"did not find expected <document start>",
        "there is text after the end of the data. Remove it, or indent it."},
};

/* The byte at a place that libyaml counts in characters; 0 at the end. */
static char byte_at(const struct reader *r, size_t index)
{
    size_t at = 0;
    for (; at < r->n; at++)
        if (((unsigned char)r->bytes[at] & 0xC0) != 0x80 && index-- == 0)
            return r->bytes[at];
    return '\0';
}

static yaml_mark_t mark_of_offset(const struct reader *r, size_t offset)
{
    yaml_mark_t mark = {0};
    for (size_t i = 0; i < offset && i < r->n; i++) {
        if (r->bytes[i] == '\n') {
            mark.line++;
            mark.column = 0;
        } else if (((unsigned char)r->bytes[i] & 0xC0) != 0x80) {
            mark.column++;
        }
    }
    return mark;
}

/* Where the bad character starts: libyaml reports the byte that does not continue it. */
static size_t bad_offset(const struct reader *r)
{
    size_t at = r->parser.problem_offset;
    if (strstr(r->parser.problem, "trailing"))
        while (at > 0 && ((unsigned char)r->bytes[--at] & 0xC0) == 0x80)
            ;
    return at;
}

static void add_reader_problem(struct reader *r)
{
    yaml_mark_t mark = mark_of_offset(r, bad_offset(r));
    int value = r->parser.problem_value;
    if (strncmp(r->parser.problem, "control", 7) == 0)
        PROBLEM_AT(
            r, mark, "the control character U+%04X is not allowed. Remove it.", (unsigned)value);
    else
        PROBLEM_AT(r, mark, "not UTF-8. Save the file as UTF-8.");
}

static void add_syntax_problem(struct reader *r)
{
    const yaml_parser_t *p = &r->parser;
    const char *theirs = p->problem ? p->problem : "cannot be read";
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (strncmp(theirs, meanings[i].theirs, strlen(meanings[i].theirs)) == 0) {
            PROBLEM_AT(r, p->problem_mark, "%s", meanings[i].ours);
            return;
        }
    char byte = byte_at(r, p->problem_mark.index);
    if (strncmp(theirs, "found character that cannot start", 33) != 0)
        PROBLEM_AT(r, p->problem_mark, "%s. Check the indentation and the quotes here.", theirs);
    else if (byte == '\t')
        PROBLEM_AT(r, p->problem_mark, "do not indent with tabs. Use spaces.");
    else
        PROBLEM_AT(r, p->problem_mark, "text cannot start with '%c'. Put it in quotes.", byte);
}

static bool next(struct reader *r)
{
    yaml_event_delete(&r->event);
    if (yaml_parser_parse(&r->parser, &r->event))
        return true;
    if (r->parser.error == YAML_READER_ERROR)
        add_reader_problem(r);
    else
        add_syntax_problem(r);
    return false;
}

static bool refuse(struct reader *r, const char *why)
{
    PROBLEM_AT(r, r->event.start_mark, "%s", why);
    return false;
}

static bool is_allowed(struct reader *r, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor)
        return refuse(
            r, "anchors (&) are not supported. Write the whole value, and put text in quotes.");
    if (tag)
        return refuse(r, "tags (!) are not supported. Remove it, or put the text in quotes.");
    return true;
}

static struct lw_yaml *new_node(enum lw_yaml_kind kind, yaml_mark_t at)
{
    struct lw_yaml *y = lw_alloc(sizeof *y);
    y->kind = kind;
    y->line = (int)at.line + 1;
    y->col = (int)at.column + 1;
    return y;
}

static struct lw_yaml *read_scalar(struct reader *r)
{
    const yaml_event_t *e = &r->event;
    const char *text = (const char *)e->data.scalar.value;
    if (!is_allowed(r, e->data.scalar.anchor, e->data.scalar.tag))
        return NULL;
    if (memchr(text, 0, e->data.scalar.length)) {
        refuse(r, "text cannot contain \\0. Remove it.");
        return NULL;
    }
    struct lw_yaml *y = new_node(LW_YAML_SCALAR, e->start_mark);
    y->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    y->text = lw_strndup(text, e->data.scalar.length);
    return y;
}

static struct lw_yaml *read_node(struct reader *r);

/* Reads one item, or key and item; the current event is its first. */
static bool read_entry(struct reader *r, struct lw_yaml *to)
{
    struct lw_yaml *key = NULL;
    if (to->kind == LW_YAML_MAP) {
        if (r->event.type != YAML_SCALAR_EVENT && r->event.type != YAML_ALIAS_EVENT)
            return refuse(r, "a key must be one word or text. Put it in quotes.");
        if (!(key = read_node(r)))
            return false;
        if (!next(r)) {
            lw_yaml_free(key);
            return false;
        }
    }
    struct lw_yaml *item = read_node(r);
    if (!item) {
        lw_yaml_free(key);
        return false;
    }
    if ((to->n & (to->n - 1)) == 0) { /* full at every power of two */
        to->item = lw_grow(to->item, to->n ? 2 * to->n : 1, sizeof *to->item);
        if (key)
            to->key = lw_grow(to->key, to->n ? 2 * to->n : 1, sizeof *to->key);
    }
    if (key)
        to->key[to->n] = key;
    to->item[to->n++] = item;
    return true;
}

static int compare_keys(const void *a, const void *b)
{
    const struct lw_yaml *x = *(struct lw_yaml *const *)a, *y = *(struct lw_yaml *const *)b;
    int by_text = strcmp(x->text, y->text);
    if (by_text)
        return by_text;
    return x->line != y->line ? x->line - y->line : x->col - y->col;
}

/* Sorted, because comparing each with each takes seconds for a hostile file. */
static bool has_distinct_keys(struct reader *r, const struct lw_yaml *map)
{
    struct lw_yaml **sorted = lw_grow(NULL, map->n, sizeof *sorted);
    if (map->n)
        memcpy(sorted, map->key, map->n * sizeof *sorted);
    qsort(sorted, map->n, sizeof *sorted, compare_keys);
    bool distinct = true;
    for (size_t i = 1; i < map->n && distinct; i++) {
        const struct lw_yaml *a = sorted[i - 1], *b = sorted[i];
        distinct = strcmp(a->text, b->text) != 0;
        if (!distinct)
            lw_problem(r->problems, r->file, b->line, b->col,
                "the key \"%.80s\" is already used on line %d. Remove one of them.", b->text,
                a->line);
    }
    free(sorted);
    return distinct;
}

static struct lw_yaml *read_children(struct reader *r, enum lw_yaml_kind kind)
{
    const yaml_event_type_t end =
        kind == LW_YAML_LIST ? YAML_SEQUENCE_END_EVENT : YAML_MAPPING_END_EVENT;
    struct lw_yaml *to = new_node(kind, r->event.start_mark);
    bool ok = true;
    r->depth++;
    while (ok && (ok = next(r)) && r->event.type != end)
        ok = read_entry(r, to);
    r->depth--;
    if (ok && kind == LW_YAML_MAP)
        ok = has_distinct_keys(r, to);
    if (ok)
        return to;
    lw_yaml_free(to);
    return NULL;
}

static struct lw_yaml *read_node(struct reader *r)
{
    const yaml_event_t *e = &r->event;
    if (e->type == YAML_SCALAR_EVENT)
        return read_scalar(r);
    if (e->type == YAML_ALIAS_EVENT) {
        refuse(r, "aliases (*) are not supported. Write the whole value, and put text in quotes.");
        return NULL;
    }
    if (r->depth == DEPTH_MAX) {
        refuse(r, "nested more than 32 levels deep. Use fewer levels.");
        return NULL;
    }
    bool list = e->type == YAML_SEQUENCE_START_EVENT;
    if (!(list ? is_allowed(r, e->data.sequence_start.anchor, e->data.sequence_start.tag)
               : is_allowed(r, e->data.mapping_start.anchor, e->data.mapping_start.tag)))
        return NULL;
    return read_children(r, list ? LW_YAML_LIST : LW_YAML_MAP);
}

static bool is_empty(const struct lw_yaml *y)
{
    return y->kind == LW_YAML_SCALAR && y->plain && *y->text == '\0';
}

static bool has_directives(const yaml_event_t *e)
{
    return e->data.document_start.version_directive || e->data.document_start.tag_directives.start;
}

static struct lw_yaml *read_stream(struct reader *r)
{
    if (!next(r) || !next(r)) /* the start of the stream says nothing */
        return NULL;
    if (r->event.type == YAML_STREAM_END_EVENT)
        return new_node(LW_YAML_MAP, (yaml_mark_t){0});
    if (has_directives(&r->event)) {
        refuse(r, "directives (%) are not supported. Remove this line.");
        return NULL;
    }
    struct lw_yaml *y = next(r) ? read_node(r) : NULL;
    if (!y)
        return NULL;
    bool ok = next(r) && next(r); /* the document's end, then the stream's */
    if (ok && r->event.type != YAML_STREAM_END_EVENT)
        ok = refuse(r, "a second document starts here. Move it to its own file.");
    if (ok && !is_empty(y))
        return y;
    lw_yaml_free(y);
    return ok ? new_node(LW_YAML_MAP, (yaml_mark_t){0}) : NULL;
}

/* libyaml would accept other encodings. */
static bool is_readable(struct reader *r)
{
    if (r->n > BYTES_MAX)
        lw_problem(r->problems, r->file, 0, 0,
            "larger than the 256 KiB allowed here. Move data into a task file.");
    else if (r->n >= 2 &&
             (memcmp(r->bytes, "\xFF\xFE", 2) == 0 || memcmp(r->bytes, "\xFE\xFF", 2) == 0))
        lw_problem(r->problems, r->file, 1, 1, "this is UTF-16. Save the file as UTF-8.");
    else
        return true;
    return false;
}

struct lw_yaml *lw_yaml_parse(const char *file, const char *bytes, size_t n, struct lw_problems *p)
{
    struct reader r = {.file = file, .bytes = bytes, .n = n, .problems = p};
    if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        r.bytes += 3;
        r.n -= 3;
    }
    if (!is_readable(&r))
        return NULL;
    if (!yaml_parser_initialize(&r.parser)) {
        lw_problem(p, file, 0, 0, "out of memory.");
        return NULL;
    }
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)r.bytes, r.n);
    struct lw_yaml *y = read_stream(&r);
    yaml_event_delete(&r.event);
    yaml_parser_delete(&r.parser);
    return y;
}

void lw_yaml_free(struct lw_yaml *y)
{
    if (!y)
        return;
    for (size_t i = 0; i < y->n; i++) {
        if (y->key)
            lw_yaml_free(y->key[i]);
        lw_yaml_free(y->item[i]);
    }
    free(y->key);
    free(y->item);
    free((char *)(uintptr_t)y->text);
    free(y);
}

struct lw_yaml *lw_yaml_copy(const struct lw_yaml *y)
{
    struct lw_yaml *to = lw_alloc(sizeof *to);
    *to = *y;
    to->text = y->text ? lw_strdup(y->text) : NULL;
    to->item = y->n ? lw_alloc(y->n * sizeof *to->item) : NULL;
    to->key = y->key ? lw_alloc((y->n + 1) * sizeof *to->key) : NULL;
    for (size_t i = 0; i < y->n; i++) {
        to->item[i] = lw_yaml_copy(y->item[i]);
        if (y->key)
            to->key[i] = lw_yaml_copy(y->key[i]);
    }
    return to;
}

/* ---- what a node means */

struct lw_yaml *lw_yaml_get(const struct lw_yaml *map, const char *key)
{
    for (size_t i = 0; map && map->kind == LW_YAML_MAP && i < map->n; i++)
        if (strcmp(map->key[i]->text, key) == 0)
            return map->item[i];
    return NULL;
}

static bool is_plain(const struct lw_yaml *y)
{
    return y && y->kind == LW_YAML_SCALAR && y->plain;
}

static bool is_one_of(const char *s, const char *const *words)
{
    while (*words && strcmp(s, *words) != 0)
        words++;
    return *words != NULL;
}

const char *lw_yaml_text(const struct lw_yaml *y)
{
    static const char *const nothing[] = {"~", "null", "Null", "NULL"};
    if (y->kind != LW_YAML_SCALAR || *y->text == '\0')
        return NULL;
    for (size_t i = 0; y->plain && i < sizeof nothing / sizeof *nothing; i++)
        if (strcmp(y->text, nothing[i]) == 0)
            return NULL;
    return y->text;
}

/* "1.5", "-.5", "2.", "1e9", ".inf": what YAML reads as a real number. */
bool lw_yaml_is_real(const struct lw_yaml *y)
{
    if (y->kind != LW_YAML_SCALAR || !y->plain)
        return false;
    const char *s = y->text + strspn(y->text, "+-");
    if (strcmp(s, ".inf") == 0 || strcmp(s, ".nan") == 0)
        return true;
    size_t whole = strspn(s, "0123456789"), part = 0;
    const char *end = s + whole;
    bool point = *end == '.';
    if (point)
        end += 1 + (part = strspn(end + 1, "0123456789"));
    bool power = (*end == 'e' || *end == 'E') && whole + part > 0;
    if (power) {
        end++;
        end += *end == '+' || *end == '-';
        end += strspn(end, "0123456789");
    }
    return *end == '\0' && whole + part > 0 && (point || power);
}

/* Digits of `base` to the end of the text and nothing else: strtoll alone takes spaces and signs.
 */
static bool all_digits(const char *s, int base)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    size_t known = base == 16 ? 22 : (size_t)base;
    const char *p = s;
    while (*p && memchr(digits, *p, known))
        p++;
    return p > s && *p == '\0';
}

bool lw_yaml_int(const struct lw_yaml *y, int64_t *to)
{
    if (!is_plain(y))
        return false;
    const char *s = y->text;
    int base = strncmp(s, "0x", 2) == 0 ? 16 : strncmp(s, "0o", 2) == 0 ? 8 : 10;
    const char *digits = base != 10 ? s + 2 : s + (*s == '-' || *s == '+');
    if (!all_digits(digits, base))
        return false;
    errno = 0;
    long long v = strtoll(base == 10 ? s : digits, NULL, base);
    if (errno == ERANGE)
        return false;
    *to = v;
    return true;
}

bool lw_yaml_bool(const struct lw_yaml *y, bool *to)
{
    static const char *const yes[] = {"true", "True", "TRUE", NULL};
    static const char *const no[] = {"false", "False", "FALSE", NULL};
    if (!is_plain(y) || !(is_one_of(y->text, yes) || is_one_of(y->text, no)))
        return false;
    *to = is_one_of(y->text, yes);
    return true;
}

static json_t *scalar_json(const struct lw_yaml *y)
{
    static const char *const null[] = {"", "~", "null", "Null", "NULL", NULL};
    int64_t number;
    bool truth;
    if (is_plain(y) && is_one_of(y->text, null))
        return json_null();
    if (lw_yaml_int(y, &number))
        return json_integer(number);
    if (lw_yaml_bool(y, &truth))
        return json_boolean(truth);
    return json_string(y->text);
}

json_t *lw_yaml_json(const struct lw_yaml *y)
{
    if (y->kind == LW_YAML_SCALAR)
        return scalar_json(y);
    json_t *to = y->kind == LW_YAML_LIST ? json_array() : json_object();
    for (size_t i = 0; i < y->n; i++) {
        json_t *item = lw_yaml_json(y->item[i]);
        if (y->kind == LW_YAML_LIST)
            json_array_append_new(to, item);
        else
            json_object_set_new(to, y->key[i]->text, item);
    }
    return to;
}

static struct lw_yaml *scalar_of(char *text, bool plain)
{
    struct lw_yaml *y = lw_alloc(sizeof *y);
    *y = (struct lw_yaml){.kind = LW_YAML_SCALAR, .plain = plain, .text = text};
    return y;
}

static char *scalar_text(const json_t *v)
{
    if (json_is_string(v))
        return lw_strdup(json_string_value(v));
    if (json_is_integer(v))
        return lw_format("%" JSON_INTEGER_FORMAT, json_integer_value(v));
    return lw_strdup(json_is_true(v) ? "true" : json_is_false(v) ? "false" : "");
}

/* Keys are plain scalars: those of points are numbers. */
struct lw_yaml *lw_yaml_of_json(const json_t *v)
{
    if (!json_is_array(v) && !json_is_object(v))
        return scalar_of(scalar_text(v), !json_is_string(v));
    size_t n = json_is_array(v) ? json_array_size(v) : json_object_size(v), i = 0;
    struct lw_yaml *y = lw_alloc(sizeof *y);
    *y = (struct lw_yaml){.kind = json_is_array(v) ? LW_YAML_LIST : LW_YAML_MAP, .n = n};
    y->item = lw_alloc((n + 1) * sizeof *y->item);
    if (json_is_array(v)) {
        for (; i < n; i++)
            y->item[i] = lw_yaml_of_json(json_array_get(v, i));
        return y;
    }
    y->key = lw_alloc((n + 1) * sizeof *y->key);
    for (void *at = json_object_iter((json_t *)(uintptr_t)v); at;
         at = json_object_iter_next((json_t *)(uintptr_t)v, at), i++) {
        y->key[i] = scalar_of(lw_strdup(json_object_iter_key(at)), true);
        y->item[i] = lw_yaml_of_json(json_object_iter_value(at));
    }
    return y;
}
