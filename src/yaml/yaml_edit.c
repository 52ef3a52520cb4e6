/* Changes one value in the text of a YAML file: finds its bytes by libyaml's marks, puts others in
 * their place, and reads the result again to see that nothing else has changed. Writes no file. */
#include "labelwright/yaml/yaml_edit.h"

#include "labelwright/yaml/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* ---- where things are */

struct place {
    bool found;
    size_t key, start, end; /* bytes: of the key; of its value, and behind it */
    int line, col;
    bool map, flow; /* the value is a map; in braces or brackets */
    bool plain;     /* it stands in one line */
    bool empty;     /* a map without keys; or no value at all */
    size_t first;   /* of a block map: its first key */
    int first_col;  /* from 0 */
};

struct scan {
    yaml_parser_t parser;
    yaml_event_t event;
    const char *bytes;
    size_t n, at, index; /* byte `at` is character `index` */
    bool failed;
};

/* libyaml counts characters. Marks only go forward. */
static size_t offset_of(struct scan *s, yaml_mark_t mark)
{
    if (mark.index < s->index)
        s->at = s->index = 0;
    while (s->at < s->n && s->index < mark.index) {
        s->at++;
        while (s->at < s->n && ((unsigned char)s->bytes[s->at] & 0xC0) == 0x80)
            s->at++;
        s->index++;
    }
    return s->at;
}

static yaml_event_type_t next(struct scan *s)
{
    yaml_event_delete(&s->event);
    if (!s->failed && yaml_parser_parse(&s->parser, &s->event))
        return s->event.type;
    s->failed = true;
    return YAML_NO_EVENT;
}

static bool is_start(yaml_event_type_t t)
{
    return t == YAML_MAPPING_START_EVENT || t == YAML_SEQUENCE_START_EVENT;
}

static bool is_end(yaml_event_type_t t)
{
    return t == YAML_MAPPING_END_EVENT || t == YAML_SEQUENCE_END_EVENT;
}

/* Goes to the end of the node at hand. */
static void skip(struct scan *s)
{
    int depth = is_start(s->event.type);
    while (depth > 0 && !s->failed) {
        yaml_event_type_t t = next(s);
        depth += is_start(t) - is_end(t);
    }
}

static bool is_flow(const yaml_event_t *e)
{
    return e->type == YAML_MAPPING_START_EVENT
               ? e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
               : e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
}

static bool is_key(const yaml_event_t *e, const char *key)
{
    return e->type == YAML_SCALAR_EVENT && strcmp((const char *)e->data.scalar.value, key) == 0;
}

/* The scalar at hand, which is the value. */
static void note_scalar(struct scan *s, struct place *to)
{
    yaml_scalar_style_t style = s->event.data.scalar.style;
    to->end = offset_of(s, s->event.end_mark);
    to->empty = to->end == to->start;
    to->plain = style != YAML_LITERAL_SCALAR_STYLE && style != YAML_FOLDED_SCALAR_STYLE &&
                s->event.start_mark.line == s->event.end_mark.line;
}

/* The list or map at hand, to its end. */
static void note_tree(struct scan *s, struct place *to)
{
    to->map = s->event.type == YAML_MAPPING_START_EVENT;
    to->flow = is_flow(&s->event);
    size_t line = s->event.start_mark.line;
    yaml_event_type_t t = next(s);
    to->empty = is_end(t);
    to->first = offset_of(s, s->event.start_mark);
    to->first_col = (int)s->event.start_mark.column;
    while (!s->failed && !is_end(s->event.type)) {
        skip(s);
        next(s);
    }
    to->end = offset_of(s, s->event.end_mark);
    to->plain = to->flow && s->event.end_mark.line == line;
}

static void note_value(struct scan *s, struct place *to)
{
    to->start = offset_of(s, s->event.start_mark);
    to->line = (int)s->event.start_mark.line + 1;
    to->col = (int)s->event.start_mark.column + 1;
    if (is_start(s->event.type))
        note_tree(s, to);
    else
        note_scalar(s, to);
}

/* In the map at hand. Reads it to its end, unless the key is found. */
static void find_in_map(struct scan *s, const char *key, struct place *to)
{
    while (!s->failed && !to->found && !is_end(next(s))) {
        to->found = is_key(&s->event, key);
        to->key = offset_of(s, s->event.start_mark);
        if (!to->found)
            skip(s);
        next(s);
        if (!to->found)
            skip(s);
    }
}

/* `root`: the file's own map; `to`: the value of the key there, or of `inside` in it. */
static void find(const char *bytes, size_t n, const char *key, const char *inside,
    struct place *root, struct place *to)
{
    struct scan s = {.bytes = bytes, .n = n};
    *root = *to = (struct place){0};
    yaml_parser_initialize(&s.parser);
    yaml_parser_set_encoding(&s.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&s.parser, (const unsigned char *)bytes, n);
    while (!s.failed && !is_start(next(&s)) && s.event.type != YAML_STREAM_END_EVENT) {
    }
    root->map = s.event.type == YAML_MAPPING_START_EVENT;
    root->flow = root->map && is_flow(&s.event);
    if (root->map)
        find_in_map(&s, key, to);
    if (to->found && inside) {
        bool map = s.event.type == YAML_MAPPING_START_EVENT;
        *to = (struct place){0};
        if (map)
            find_in_map(&s, inside, to);
    }
    if (to->found)
        note_value(&s, to);
    yaml_event_delete(&s.event);
    yaml_parser_delete(&s.parser);
}

/* ---- the change */

/* A piece to be put in place of the bytes from `at` to `end`. */
struct piece {
    size_t at, end;
    struct lw_buf text;
};

static void replace(const struct place *p, const char *value, struct piece *to)
{
    to->at = p->start;
    to->end = p->end;
    lw_buf_fmt(&to->text, "%s%s", p->empty && !p->flow ? " " : "", value);
}

/* Behind a line that has the key commented, else at the end. */
static void append(
    const char *bytes, size_t n, const char *key, const char *value, struct piece *to)
{
    size_t k = strlen(key), at = 0, line = 0;
    for (at = n; line < n; line++) {
        const char *end = memchr(bytes + line, '\n', n - line);
        size_t next = end ? (size_t)(end - bytes) + 1 : n;
        bool commented = next - line > k + 2 && bytes[line] == '#' &&
                         memcmp(bytes + line + 1, key, k) == 0 && bytes[line + 1 + k] == ':';
        if (commented)
            at = next;
        line = next - 1;
    }
    to->at = to->end = at;
    bool open = at > 0 && bytes[at - 1] != '\n';
    lw_buf_fmt(&to->text, "%s%s: %s\n", open ? "\n" : "", key, value);
}

/* As the first of a map that is there. */
static void insert(const struct place *map, const struct lw_yaml_change *c, struct piece *to)
{
    if (map->flow) {
        to->at = to->end = map->start + 1;
        lw_buf_fmt(&to->text, "%s: %s%s", c->inside, c->value, map->empty ? "" : ", ");
        return;
    }
    to->at = to->end = map->first;
    lw_buf_fmt(&to->text, "%s: %s\n%*s", c->inside, c->value, map->first_col, "");
}

static enum lw_code refuse(
    const char *file, int line, int col, const struct lw_yaml_change *c, struct lw_err *err)
{
    return lw_fail(err, LW_EBAD,
        "%s:%d:%d: this is written in a way that is not changed here. Write `%s%s%s: %s` yourself.",
        file, line, col, c->key, c->inside ? ": " : "", c->inside ? c->inside : "", c->value);
}

static enum lw_code make_piece(const char *file, const char *bytes, size_t n,
    const struct lw_yaml_change *c, struct piece *to, struct lw_err *err)
{
    struct place root, own, inside = {0};
    find(bytes, n, c->key, NULL, &root, &own);
    if (c->inside)
        find(bytes, n, c->key, c->inside, &root, &inside);
    const struct place *at = c->inside ? &inside : &own;
    if (root.flow)
        return refuse(file, 1, 1, c, err);
    if (at->found && !at->plain)
        return refuse(file, at->line, at->col, c, err);
    struct lw_buf pair = {0};
    if (c->inside)
        lw_buf_fmt(&pair, "{%s: %s}", c->inside, c->value);
    if (at->found)
        replace(at, c->value, to);
    else if (c->inside && own.found && own.map)
        insert(&own, c, to);
    else if (c->inside && own.found && own.empty)
        replace(&own, pair.data, to);
    else if (!own.found)
        append(bytes, n, c->key, c->inside ? pair.data : c->value, to);
    lw_buf_fini(&pair);
    return to->text.len > 0 ? LW_OK : refuse(file, own.line, own.col, c, err);
}

/* ---- whether it came out right */

static void set_in(json_t *map, const char *key, json_t *value)
{
    json_object_set_new(map, key, value);
}

/* What the file should mean afterwards: new. */
static json_t *wanted(const struct lw_yaml *before, const struct lw_yaml_change *c)
{
    struct lw_problems p = {0};
    struct lw_yaml *value = lw_yaml_parse("", c->value, strlen(c->value), &p);
    json_t *all = lw_yaml_json(before), *meant = value ? lw_yaml_json(value) : json_null();
    if (!c->inside) {
        set_in(all, c->key, meant);
    } else {
        if (!json_is_object(json_object_get(all, c->key)))
            set_in(all, c->key, json_object());
        set_in(json_object_get(all, c->key), c->inside, meant);
    }
    lw_yaml_free(value);
    lw_problems_fini(&p);
    return all;
}

static bool is_right(
    const struct lw_yaml *before, const struct lw_buf *after, const struct lw_yaml_change *c)
{
    struct lw_problems p = {0};
    struct lw_yaml *now = lw_yaml_parse("", after->data, after->len, &p);
    json_t *want = wanted(before, c), *is = now ? lw_yaml_json(now) : NULL;
    bool right = is && json_equal(want, is);
    json_decref(want);
    json_decref(is);
    lw_yaml_free(now);
    lw_problems_fini(&p);
    return right;
}

enum lw_code lw_yaml_change(const char *file, const char *bytes, size_t n,
    const struct lw_yaml_change *c, struct lw_buf *to, struct lw_err *err)
{
    struct lw_problems p = {0};
    struct lw_yaml *before = lw_yaml_parse(file, bytes, n, &p);
    struct piece piece = {0};
    struct lw_buf after = {0};
    enum lw_code code = LW_OK;
    size_t bom = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (!before)
        code = lw_fail(err, LW_EBAD, "%s", p.n ? p.v[0] : file);
    else if (before->kind != LW_YAML_MAP)
        code = refuse(file, before->line, before->col, c, err);
    if (code == LW_OK)
        code = make_piece(file, bytes + bom, n - bom, c, &piece, err);
    if (code == LW_OK) {
        lw_buf_add(&after, bytes, bom + piece.at);
        lw_buf_add(&after, piece.text.data, piece.text.len);
        lw_buf_add(&after, bytes + bom + piece.end, n - bom - piece.end);
        if (!is_right(before, &after, c))
            code = refuse(file, before->line, before->col, c, err);
    }
    if (code == LW_OK)
        lw_buf_add(to, after.data, after.len);
    lw_buf_fini(&after);
    lw_buf_fini(&piece.text);
    lw_yaml_free(before);
    lw_problems_fini(&p);
    return code;
}

void lw_yaml_quote(const char *text, struct lw_buf *to)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789^_-";
    static const char *const words[] = {
        "true", "false", "null", "yes", "no", "on", "off", "y", "n"};
    bool well = *text && *text != '-' && text[strspn(text, plain)] == '\0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        well = well && strcmp(text, words[i]) != 0;
    if (well) {
        lw_buf_str(to, text);
        return;
    }
    lw_buf_char(to, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            lw_buf_char(to, '\\');
        lw_buf_char(to, *text);
    }
    lw_buf_char(to, '"');
}
