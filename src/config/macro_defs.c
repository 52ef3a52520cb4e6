/* Reads `bind:`: keys that give a whole verdict, as they are written, and says in few words what
 * they answer. Neither questions nor keys are known here. */
#include "labelwright/config/macro_defs.h"

#include <stdlib.h>
#include <string.h>

#define SUBMIT "submit"

bool lw_macro_def_answers(const struct lw_macro_def *d, size_t i)
{
    return strcmp(d->answers->key[i]->text, SUBMIT) != 0;
}

static bool read_submit(struct lw_reading *r, const struct lw_yaml *answers)
{
    bool on = false;
    const struct lw_yaml *y = lw_yaml_get(answers, SUBMIT);
    const struct lw_field f = {.key = SUBMIT, .takes = "true or false", .example = "submit: true"};
    if (y && !lw_yaml_bool(y, &on))
        lw_mistake_kind(r, &f, y);
    return on;
}

static void read_macro(struct lw_reading *r, const struct lw_field *f, struct lw_macro_defs *to,
    const struct lw_yaml *key, const struct lw_yaml *answers)
{
    const struct lw_field own = {
        .key = key->text, .takes = "a map of questions and answers", .example = f->example};
    bool submit = answers->kind == LW_YAML_MAP && read_submit(r, answers);
    size_t options = answers->kind == LW_YAML_MAP && lw_yaml_get(answers, SUBMIT) ? 1 : 0;
    if (answers->kind != LW_YAML_MAP || answers->n == options)
        lw_mistake_kind(r, &own, answers);
    else
        to->v[to->n++] = (struct lw_macro_def){
            lw_strdup(key->text), lw_yaml_copy(answers), submit, key->line, key->col};
}

LW_SETTER(lw_set_macro_defs)
{
    struct lw_macro_defs *d = (struct lw_macro_defs *)(void *)((char *)to + f->offset);
    if (y->kind != LW_YAML_MAP || d->v) {
        lw_mistake_kind(r, f, y);
        return;
    }
    d->v = lw_alloc((y->n + 1) * sizeof *d->v);
    for (size_t i = 0; i < y->n; i++)
        read_macro(r, f, d, y->key[i], y->item[i]);
}

void lw_macro_defs_fini(struct lw_macro_defs *d)
{
    for (size_t i = 0; i < d->n; i++) {
        free(d->v[i].key);
        lw_yaml_free(d->v[i].answers);
    }
    free(d->v);
    *d = (struct lw_macro_defs){0};
}

/* ---- in words */

/* A nested option by its last part, with blanks for what stands for them. */
static void add_word(const struct lw_yaml *y, struct lw_buf *to)
{
    const char *slash = y->plain ? strrchr(y->text, '/') : NULL;
    size_t at = to->len;
    lw_buf_str(to, slash && slash[1] ? slash + 1 : y->text);
    for (; y->plain && at < to->len; at++)
        if (to->data[at] == '_')
            to->data[at] = ' ';
}

static void add_words(const struct lw_yaml *y, struct lw_buf *to)
{
    for (size_t i = 0; i < y->n; i++) {
        if (i > 0)
            lw_buf_str(to, y->kind == LW_YAML_LIST ? ", " : " ");
        if (y->kind == LW_YAML_MAP)
            lw_buf_fmt(to, "%s ", y->key[i]->text);
        add_words(y->item[i], to);
    }
    if (y->kind == LW_YAML_SCALAR)
        add_word(y, to);
}

/* Numbers mean nothing without their question; the words of an option do. */
static bool needs_name(const struct lw_yaml *y)
{
    int64_t number;
    return y->kind == LW_YAML_MAP || lw_yaml_int(y, &number) || (y->n == 0 && !lw_yaml_text(y));
}

void lw_macro_def_describe(const struct lw_macro_def *d, struct lw_buf *to)
{
    size_t said = 0;
    for (size_t i = 0; i < d->answers->n; i++) {
        const struct lw_yaml *value = d->answers->item[i];
        if (!lw_macro_def_answers(d, i))
            continue;
        if (said++)
            lw_buf_str(to, ", ");
        if (needs_name(value))
            lw_buf_fmt(to, "%s ", d->answers->key[i]->text);
        add_words(value, to);
    }
    if (d->submit)
        lw_buf_str(to, ", submit");
}
