/* Setters shared by several fields. */
#include "labelwright/base/buf.h"
#include "labelwright/yaml/schema.h"

#include <stdlib.h>
#include <string.h>

#define MEMBER(type, f, to) ((type *)(void *)((char *)(to) + (f)->offset))

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
bool lw_is_real(const struct lw_yaml *y)
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

char **lw_read_texts(
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
