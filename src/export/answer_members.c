/* Answers as text. They are what jansson would write when the scan of json_check.c says yes, and no
 * token has another spelling: no white space, no fraction, no -0, no escape but those that jansson
 * makes. All others are read to a tree and written anew. */
#include "export/answer_members_internal.h"

#include "labelwright/json/json_check.h"

#include <stdlib.h>
#include <string.h>

/* ---- members */

/* A key with escapes, without them; as it is when it cannot be read. */
static void unescape_key(struct lw_answer_members *a, struct lw_member *m)
{
    struct lw_member quoted = {.value = m->key - 1, .value_len = m->key_len + 2};
    size_t n = 0;
    char *key = lw_member_text(&quoted, &n);
    if (!key)
        return;
    m->key = lw_arena_copy(&a->keys, key, n);
    m->key_len = n;
    free(key);
}

void lw_answer_members_set(struct lw_answer_members *to, const char *text, size_t n)
{
    const char *at = text, *end = text + n;
    struct lw_member m;
    to->n = to->next = 0;
    lw_arena_clear(&to->keys);
    while (lw_member_next(&at, end, &m)) {
        if (to->n == to->room) {
            to->room = to->room ? 2 * to->room : 16;
            to->v = lw_grow(to->v, to->room, sizeof *to->v);
        }
        to->v[to->n++] = m;
    }
}

void lw_answer_members_unescape(struct lw_answer_members *a)
{
    for (size_t i = 0; i < a->n; i++)
        if (memchr(a->v[i].key, '\\', a->v[i].key_len))
            unescape_key(a, &a->v[i]);
}

static bool is_key(const struct lw_member *m, const char *key, size_t n)
{
    return m->key_len == n && memcmp(m->key, key, n) == 0;
}

/* All members before the next one were asked for, by other keys: so it is the first with its key.
 */
const struct lw_member *lw_answer_members_find(
    struct lw_answer_members *a, const char *key, size_t n)
{
    if (a->next < a->n && is_key(&a->v[a->next], key, n))
        return &a->v[a->next++];
    for (size_t i = 0; i < a->n; i++)
        if (is_key(&a->v[i], key, n))
            return &a->v[i];
    return NULL;
}

void lw_answer_members_fini(struct lw_answer_members *a)
{
    free(a->v);
    lw_arena_fini(&a->keys);
    *a = (struct lw_answer_members){0};
}

/* ---- the text */

/* Behind the string that begins at p; NULL when jansson would write it otherwise. */
static const char *skip_string(const char *p, const char *end)
{
    for (p++; p < end && *p != '"'; p++)
        if (*p == '\\' && (++p == end || !memchr("\"\\bfnrt", *p, 7)))
            return NULL;
    return p < end ? p + 1 : NULL;
}

static bool is_respelled(const char *p, const char *end)
{
    switch (*p) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case '.':
        return true;
    case '-':
        return end - p > 1 && p[1] == '0';
    default:
        return false;
    }
}

/* The text is valid JSON: whether jansson would write it so. */
static bool is_as_written(const char *p, const char *end)
{
    while (p && p < end)
        if (*p == '"')
            p = skip_string(p, end);
        else if (is_respelled(p, end))
            return false;
        else
            p++;
    return p != NULL;
}

static bool is_ready(const struct lw_member *m, const struct lw_project *p)
{
    return !lw_has_conditions(p) && lw_json_is_plain_object(m->value, m->value_len) &&
           is_as_written(m->value, m->value + m->value_len);
}

const char *lw_answers_text(
    struct lw_export_state *x, const struct lw_project *p, char **own, size_t *n)
{
    const struct lw_member *m = &x->in[LW_IN_ANSWERS];
    *n = m->value_len;
    *own = NULL;
    if (!m->value || is_ready(m, p))
        return m->value;
    json_t *answers = lw_label_answers(x, p);
    *own = answers ? json_dumps(answers, JSON_COMPACT) : NULL;
    *n = *own ? strlen(*own) : 0;
    json_decref(answers);
    return *own;
}
