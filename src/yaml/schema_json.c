/* Writes the tables that the loaders read by as JSON Schema. What a value may be is said there;
 * here is only how JSON Schema says it, and of checks that look at several values what it can say.
 */
#include "labelwright/yaml/schema_json.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

enum { SCALARS = LW_KIND_TEXT | LW_KIND_STRING | LW_KIND_INT | LW_KIND_REAL | LW_KIND_BOOL };

/* ---- what a field says */

const char *const *lw_field_words(const struct lw_field *f)
{
    return f->names ? f->names() : f->words;
}

unsigned lw_field_kind(const struct lw_field *f)
{
    static const struct {
        void (*set)(
            struct lw_reading *r, const struct lw_field *f, const struct lw_yaml *y, void *to);
        unsigned kind;
    } known[] = {
        {lw_set_text, LW_KIND_TEXT}, {lw_set_bool, LW_KIND_BOOL}, {lw_set_int, LW_KIND_INT}};
    if (f->kind)
        return f->kind;
    if (lw_field_words(f))
        return LW_KIND_STRING;
    if (f->inside)
        return LW_KIND_MAP;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].set == f->set)
            return known[i].kind;
    return LW_KIND_TEXT;
}

/* The value of "key: value", as it stands in the tables. NULL when there is none. */
static json_t *value_of(const char *line)
{
    struct lw_problems unused = {0};
    struct lw_yaml *y = lw_yaml_parse("example", line, strlen(line), &unused);
    json_t *v = y && y->kind == LW_YAML_MAP && y->n > 0 ? lw_yaml_json(y->item[0]) : NULL;
    lw_yaml_free(y);
    lw_problems_fini(&unused);
    return v;
}

/* ---- values */

static json_t *reference(json_t *definitions, const struct lw_schema *t);

static void add_type(json_t *types, unsigned kind, unsigned bits, const char *name)
{
    if (kind & bits)
        json_array_append_new(types, json_string(name));
}

static json_t *scalar(const struct lw_field *f, unsigned kind, bool item)
{
    const char *const *words = item ? NULL : lw_field_words(f);
    json_t *o = json_object(), *types = json_array();
    add_type(types, kind, LW_KIND_TEXT | LW_KIND_STRING, "string");
    add_type(types, kind, LW_KIND_TEXT | LW_KIND_REAL, "number");
    if (!(kind & (LW_KIND_TEXT | LW_KIND_REAL)))
        add_type(types, kind, LW_KIND_INT, "integer");
    add_type(types, kind, LW_KIND_TEXT | LW_KIND_BOOL, "boolean");
    json_object_set(o, "type", json_array_size(types) == 1 ? json_array_get(types, 0) : types);
    json_decref(types);
    if (kind & (LW_KIND_TEXT | LW_KIND_STRING) && !words)
        json_object_set_new(o, "minLength", json_integer(1));
    const char *pattern = item ? f->item_pattern : f->pattern;
    if (pattern)
        json_object_set_new(o, "pattern", json_string(pattern));
    if (kind & LW_KIND_INT && !item && f->max > f->min - 1 && (f->min || f->max)) {
        json_object_set_new(o, "minimum", json_integer(f->min));
        json_object_set_new(o, "maximum", json_integer(f->max));
    }
    for (size_t i = 0; words && words[i]; i++) {
        if (i == 0)
            json_object_set_new(o, "enum", json_array());
        json_array_append_new(json_object_get(o, "enum"), json_string(words[i]));
    }
    return o;
}

static json_t *any_of(json_t *definitions, const struct lw_field *f, unsigned kind, bool item);

static void set_count(json_t *o, const char *member, int64_t n)
{
    if (n > 0)
        json_object_set_new(o, member, json_integer(n));
}

static json_t *list(json_t *definitions, const struct lw_field *f, bool item)
{
    json_t *o = json_object();
    unsigned items = item ? f->items & ~(unsigned)LW_KIND_LIST : f->items;
    json_object_set_new(o, "type", json_string("array"));
    json_object_set_new(o, "items", any_of(definitions, f, items, true));
    set_count(o, "minItems", item ? 0 : f->min);
    set_count(o, "maxItems", item ? 0 : f->max);
    return o;
}

/* A map with the user's own keys. */
static json_t *free_map(json_t *definitions, const struct lw_field *f)
{
    json_t *o = json_object();
    json_object_set_new(o, "type", json_string("object"));
    json_object_set_new(o, "additionalProperties",
        f->inside ? reference(definitions, f->inside) : any_of(definitions, f, f->items, true));
    set_count(o, "minProperties", f->min);
    set_count(o, "maxProperties", f->max);
    if (f->pattern)
        json_object_set_new(o, "propertyNames", json_pack("{ss}", "pattern", f->pattern));
    return o;
}

static json_t *map(json_t *definitions, const struct lw_field *f)
{
    if (!f->inside || f->each)
        return free_map(definitions, f);
    json_t *o = reference(definitions, f->inside);
    return f->min > 0 ? json_pack("{s[oo]}", "allOf", o,
                            json_pack("{sI}", "minProperties", (json_int_t)f->min))
                      : o;
}

/* A value that is of one of the kinds. */
static json_t *any_of(json_t *definitions, const struct lw_field *f, unsigned kind, bool item)
{
    if (kind & LW_KIND_ANY)
        return json_object();
    json_t *all = json_array();
    if (kind & SCALARS)
        json_array_append_new(all, scalar(f, kind, item));
    if (kind & LW_KIND_LIST)
        json_array_append_new(all, list(definitions, f, item));
    if (kind & LW_KIND_MAP)
        json_array_append_new(all, map(definitions, f));
    if (json_array_size(all) != 1)
        return json_pack("{so}", "anyOf", all);
    json_t *only = json_incref(json_array_get(all, 0));
    json_decref(all);
    return only;
}

/* ---- keys */

static void set_description(json_t *o, const struct lw_field *f)
{
    struct lw_buf words = {0};
    if (f->help)
        lw_buf_fmt(&words, "%s%s ", f->help, f->help[strlen(f->help) - 1] == '.' ? "" : ".");
    lw_buf_fmt(&words, "Takes %s: `%s`", f->takes, f->example);
    json_object_set_new(o, "description", json_string(words.data));
    lw_buf_fini(&words);
}

static json_t *property(json_t *definitions, const struct lw_field *f)
{
    json_t *o = any_of(definitions, f, lw_field_kind(f), false);
    if (json_object_get(o, "$ref")) /* draft 7 ignores what stands beside a reference */
        o = json_pack("{s[o]}", "allOf", o);
    set_description(o, f);
    json_t *example = value_of(f->example);
    if (lw_field_kind(f) & LW_KIND_REAL && json_is_string(example)) { /* as files are read here */
        json_t *real = json_loads(json_string_value(example), JSON_DECODE_ANY, NULL);
        json_decref(example);
        example = real;
    }
    if (example)
        json_object_set_new(o, "examples", json_pack("[o]", example));
    char *line = f->initial ? lw_format("key: %s", f->initial) : NULL;
    json_t *initial = line ? value_of(line) : NULL;
    if (initial)
        json_object_set_new(o, "default", initial);
    free(line);
    return o;
}

/* ---- variants */

/* The key whose value is the variant; NULL when the map does not say it. */
static const struct lw_field *variant_key(const struct lw_schema *t)
{
    for (size_t i = 0; i < t->n && t->variants; i++)
        if (t->field[i].words == t->variants)
            return &t->field[i];
    return NULL;
}

/* The keys that a map of the variant does not have; also of the maps in its lists, one level deep,
 * where these have no variant of their own. */
static json_t *refuse_misplaced(const struct lw_schema *t, size_t variant, bool inner)
{
    json_t *o = json_object();
    for (size_t i = 0; i < t->n; i++) {
        const struct lw_field *f = &t->field[i];
        if (f->only && !(f->only >> variant & 1U))
            json_object_set_new(o, f->key, json_false());
        else if (!inner && f->inside && f->inside->variants && !variant_key(f->inside))
            json_object_set_new(o, f->key,
                json_pack(
                    "{s{so}}", "items", "properties", refuse_misplaced(f->inside, variant, true)));
    }
    return o;
}

static json_t *needed(const struct lw_schema *t, const char *key, size_t variant)
{
    json_t *all = json_pack("[s]", key); /* JSON Schema wants one at least */
    for (size_t i = 0; i < t->n; i++)
        if (t->field[i].needed >> variant & 1U)
            json_array_append_new(all, json_string(t->field[i].key));
    return all;
}

/* Keys that only some variants have, or need. */
static void add_variants(json_t *o, const struct lw_schema *t)
{
    const struct lw_field *key = variant_key(t);
    json_t *rules = json_array();
    for (size_t v = 0; key && t->variants[v]; v++)
        json_array_append_new(
            rules, json_pack("{s{s{s{ss}}s[s]}s{soso}}", "if", "properties", key->key, "const",
                       t->variants[v], "required", key->key, "then", "properties",
                       refuse_misplaced(t, v, false), "required", needed(t, key->key, v)));
    if (key)
        json_object_set(o, "allOf", rules);
    json_decref(rules);
}

/* What a key wants of the others. */
static void add_beside(json_t *o, const struct lw_schema *t)
{
    json_t *rules = json_object();
    for (size_t i = 0; i < t->n; i++)
        if (t->field[i].beside)
            json_object_set_new(rules, t->field[i].key, json_loads(t->field[i].beside, 0, NULL));
    if (json_object_size(rules) > 0)
        json_object_set(o, "dependencies", rules);
    json_decref(rules);
}

/* ---- maps */

static json_t *object(json_t *definitions, const struct lw_schema *t)
{
    json_t *o = json_object(), *properties = json_object(), *required = json_array();
    for (size_t i = 0; i < t->n; i++) {
        const struct lw_field *f = &t->field[i];
        if (!f->unsaid)
            json_object_set_new(properties, f->key, property(definitions, f));
        if (f->required)
            json_array_append_new(required, json_string(f->key));
    }
    json_object_set_new(o, "type", json_string("object"));
    json_object_set_new(o, "properties", properties);
    if (json_array_size(required) > 0)
        json_object_set(o, "required", required);
    json_decref(required);
    json_object_set_new(o, "additionalProperties", json_false());
    add_variants(o, t);
    add_beside(o, t);
    return o;
}

/* "a question" is called "question" there. */
static char *name_of(const struct lw_schema *t)
{
    const char *what = t->what;
    what += strncmp(what, "a ", 2) == 0 ? 2 : strncmp(what, "an ", 3) == 0 ? 3 : 0;
    char *name = lw_strdup(what + (*what == '`')), *end = strchr(name, '`');
    if (end)
        *end = '\0';
    for (char *c = name; *c; c++)
        if (*c == ' ')
            *c = '_';
    return name;
}

static json_t *reference(json_t *definitions, const struct lw_schema *t)
{
    char *name = name_of(t), *path = lw_format("#/definitions/%s", name);
    if (!json_object_get(definitions, name)) {
        json_object_set_new(definitions, name, json_true()); /* it may hold itself */
        json_object_set_new(definitions, name, object(definitions, t));
    }
    json_t *o = json_pack("{ss}", "$ref", path);
    free(path);
    free(name);
    return o;
}

json_t *lw_schema_json(const struct lw_schema *t, const char *title)
{
    json_t *definitions = json_object(), *o = json_object();
    json_object_set_new(o, "$schema", json_string("http://json-schema.org/draft-07/schema#"));
    json_object_set_new(o, "title", json_string(title));
    json_t *root = object(definitions, t);
    json_object_update(o, root);
    json_decref(root);
    if (json_object_size(definitions) > 0)
        json_object_set(o, "definitions", definitions);
    json_decref(definitions);
    return o;
}
