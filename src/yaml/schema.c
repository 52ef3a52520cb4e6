/* Fills structs from a YAML tree by tables of known keys, and gathers every mistake with its place
 * and its cure. What the keys mean is said by the tables' owners. */
#include "labelwright/yaml/schema.h"

#include "labelwright/base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- mistakes */

enum {
    MISTAKES_SHOWN = 100, /* more of them do not help anyone */
    MISTAKES_KEPT = 101,  /* one more, to say so: finding a near word takes time */
    FIELDS_MAX = 32
};

struct lw_mistake {
    int line, col;
    size_t at; /* which came first, where the place is the same */
    char *text;
};

const char *lw_shorten(const char *s, char to[LW_SHORT_MAX])
{
    size_t n = strlen(s), cut = LW_SHORT_MAX - sizeof "…";
    if (n < LW_SHORT_MAX)
        return memcpy(to, s, n + 1);
    while (((unsigned char)s[cut] & 0xC0) == 0x80)
        cut--;
    memcpy(to, s, cut);
    memcpy(to + cut, "…", sizeof "…");
    return to;
}

void lw_mistake(struct lw_reading *r, const struct lw_yaml *at, const char *fmt, ...)
{
    if (r->nmistakes == MISTAKES_KEPT)
        return;
    char text[LW_ERR_MAX];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if ((r->nmistakes & (r->nmistakes - 1)) == 0) /* full at every power of two */
        r->mistake = lw_grow(r->mistake, r->nmistakes ? 2 * r->nmistakes : 1, sizeof *r->mistake);
    r->mistake[r->nmistakes] =
        (struct lw_mistake){at->line, at->col, r->nmistakes, lw_strdup(text)};
    r->nmistakes++;
}

static int by_place(const void *a, const void *b)
{
    const struct lw_mistake *x = a, *y = b;
    if (x->line != y->line)
        return x->line - y->line;
    if (x->col != y->col)
        return x->col - y->col;
    return x->at < y->at ? -1 : 1;
}

bool lw_reading_end(struct lw_reading *r, struct lw_problems *to)
{
    bool well = r->nmistakes == 0;
    if (!well)
        qsort(r->mistake, r->nmistakes, sizeof *r->mistake, by_place);
    for (size_t i = 0; i < r->nmistakes; i++) {
        const struct lw_mistake *m = &r->mistake[i];
        if (i < MISTAKES_SHOWN)
            lw_problem(to, r->file, m->line, m->col, "%s", m->text);
        free(m->text);
    }
    if (r->nmistakes > MISTAKES_SHOWN)
        lw_problem(to, r->file, 0, 0, "there are more mistakes. Fix these first.");
    free(r->mistake);
    r->mistake = NULL;
    r->nmistakes = 0;
    return well;
}

void lw_mistake_word(struct lw_reading *r, const struct lw_yaml *at, const char *what,
    const char *text, const char *const *words)
{
    char shown[LW_SHORT_MAX];
    if (r->nmistakes == MISTAKES_KEPT)
        return;
    lw_shorten(text, shown);
    const char *near = lw_nearest(text, words);
    if (near) {
        lw_mistake(r, at, "unknown %s \"%s\". Did you mean \"%s\"?", what, shown, near);
        return;
    }
    struct lw_buf known = {0};
    for (size_t i = 0; words[i]; i++)
        lw_buf_fmt(&known, "%s%s", i ? ", " : "", words[i]);
    lw_mistake(r, at, "unknown %s \"%s\". Use one of: %s.", what, shown,
        known.len ? known.data : "(there are none)");
    lw_buf_fini(&known);
}

static const char *kind_name(const struct lw_yaml *y)
{
    if (y->kind == LW_YAML_LIST)
        return y->n ? "a list" : "an empty list";
    if (y->kind == LW_YAML_MAP)
        return y->n ? "a map" : "an empty map";
    return "nothing";
}

void lw_mistake_kind(struct lw_reading *r, const struct lw_field *f, const struct lw_yaml *y)
{
    char shown[LW_SHORT_MAX];
    if (lw_yaml_is_real(y))
        lw_mistake(r, y,
            "\"%s\" takes %s; %s is a decimal number, which is not supported. Write `%s`.", f->key,
            f->takes, lw_shorten(y->text, shown), f->example);
    else if (y->kind != LW_YAML_SCALAR || !lw_yaml_text(y))
        lw_mistake(r, y, "\"%s\" takes %s, not %s. Write `%s`.", f->key, f->takes, kind_name(y),
            f->example);
    else
        lw_mistake(r, y, "\"%s\" takes %s, not \"%s\". Write `%s`.", f->key, f->takes,
            lw_shorten(y->text, shown), f->example);
}

/* ---- maps */

/* A client's file that asks for secrets or wants to run a command is plainly refused. */
static bool is_secret(const char *key)
{
    static const char *const parts[] = {
        "token", "command", "password", "passwd", "secret", "credential", "api_key", "apikey"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strstr(key, parts[i]))
            return true;
    return strcmp(key, "editor") == 0;
}

static const struct lw_field *find_field(const struct lw_schema *t, const char *key)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->field[i].key, key) == 0)
            return &t->field[i];
    return NULL;
}

static bool belongs(const struct lw_field *f, int variant)
{
    return !f->only || variant == LW_NO_VARIANT || (f->only >> variant & 1U);
}

static void unknown_key(
    struct lw_reading *r, const struct lw_schema *t, int variant, const struct lw_yaml *key)
{
    if (r->secret && is_secret(key->text)) {
        char shown[LW_SHORT_MAX];
        lw_mistake(
            r, key, "\"%s\" is not allowed here. %s", lw_shorten(key->text, shown), r->secret);
        return;
    }
    const char *words[FIELDS_MAX + 1];
    size_t n = 0;
    for (size_t i = 0; i < t->n && n < FIELDS_MAX; i++)
        if (belongs(&t->field[i], variant) && !t->field[i].unsaid)
            words[n++] = t->field[i].key;
    words[n] = NULL;
    lw_mistake_word(r, key, "key", key->text, words);
}

static void misplaced_key(struct lw_reading *r, const struct lw_schema *t, const struct lw_field *f,
    int variant, const struct lw_yaml *key)
{
    struct lw_buf owners = {0};
    for (size_t i = 0; t->variants[i]; i++)
        if (f->only >> i & 1U)
            lw_buf_fmt(&owners, "%s%s", owners.len ? " or " : "", t->variants[i]);
    lw_mistake(r, key, "\"%s\" is only for %s of type %s, and this one is %s. Remove it.", f->key,
        t->what, owners.data, t->variants[variant]);
    lw_buf_fini(&owners);
}

void lw_schema_parse(struct lw_reading *r, const struct lw_schema *t, int variant,
    const struct lw_yaml *map, void *to)
{
    if (map->kind != LW_YAML_MAP) {
        lw_mistake(r, map, "%s must be a map of keys and values, such as `%s`.", t->what,
            t->field[0].example);
        return;
    }
    for (size_t i = 0; i < map->n; i++) {
        const struct lw_field *f = find_field(t, map->key[i]->text);
        if (!f)
            unknown_key(r, t, variant, map->key[i]);
        else if (!belongs(f, variant))
            misplaced_key(r, t, f, variant, map->key[i]);
        else
            f->set(r, f, map->item[i], to);
    }
    for (size_t i = 0; i < t->n; i++)
        if (t->field[i].required && !lw_yaml_get(map, t->field[i].key))
            lw_mistake(r, map, "%s needs \"%s\". Add `%s`.", t->what, t->field[i].key,
                t->field[i].example);
}

/* ---- setters */

#define MEMBER(type, f, to) ((type *)(void *)((char *)(to) + (f)->offset))

LW_SETTER(lw_set_text)
{
    char **member = MEMBER(char *, f, to);
    if (!lw_yaml_text(y))
        lw_mistake_kind(r, f, y);
    else if (!*member)
        *member = lw_strdup(y->text);
}

LW_SETTER(lw_set_bool)
{
    if (!lw_yaml_bool(y, MEMBER(bool, f, to)))
        lw_mistake_kind(r, f, y);
}

LW_SETTER(lw_set_int)
{
    int64_t v;
    if (lw_yaml_int(y, &v) && v >= f->min && v <= f->max)
        *MEMBER(int64_t, f, to) = v;
    else
        lw_mistake_kind(r, f, y);
}

static size_t find_word(const struct lw_field *f, const struct lw_yaml *y)
{
    size_t i = 0;
    while (f->words[i] && (y->kind != LW_YAML_SCALAR || strcmp(f->words[i], y->text) != 0))
        i++;
    return i;
}

LW_SETTER(lw_set_either)
{
    size_t i = find_word(f, y);
    if (f->words[i])
        *MEMBER(bool, f, to) = i == 1;
    else
        lw_mistake_kind(r, f, y);
}

LW_SETTER(lw_set_choice)
{
    const char *text = lw_yaml_text(y);
    for (unsigned i = 0; text && f->words[i]; i++)
        if (strcmp(f->words[i], text) == 0) {
            *MEMBER(unsigned, f, to) = i;
            return;
        }
    if (text)
        lw_mistake_word(r, y, "word", text, f->words);
    else
        lw_mistake_kind(r, f, y);
}

LW_SETTER(lw_set_word)
{
    (void)to;
    if (!f->words[find_word(f, y)])
        lw_mistake_kind(r, f, y);
}

/* The item that is not text; NULL when all are. */
static const struct lw_yaml *find_no_text(const struct lw_yaml *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (!lw_yaml_text(list->item[i]))
            return list->item[i];
    return NULL;
}

static bool are_texts(struct lw_reading *r, const struct lw_field *f, const struct lw_yaml *y)
{
    const struct lw_yaml *bad = y->kind == LW_YAML_LIST ? find_no_text(y) : NULL;
    if (bad)
        lw_mistake(r, bad, "the items of \"%s\" must be text. Write `%s`.", f->key, f->example);
    else if (y->kind != LW_YAML_LIST && !lw_yaml_text(y))
        lw_mistake_kind(r, f, y);
    else
        return true;
    return false;
}

char **lw_texts_parse(
    struct lw_reading *r, const struct lw_field *f, const struct lw_yaml *y, size_t *n)
{
    if (!are_texts(r, f, y))
        return NULL;
    bool list = y->kind == LW_YAML_LIST;
    *n = list ? y->n : 1;
    char **v = lw_alloc((*n + 1) * sizeof *v);
    for (size_t i = 0; i < *n; i++)
        v[i] = lw_strdup(list ? y->item[i]->text : y->text);
    return v;
}

void lw_texts_free(char **v)
{
    for (size_t i = 0; v && v[i]; i++)
        free(v[i]);
    free(v);
}
