/* The tokens of plain JSON for other rooms: what they mean is the caller's. */
#define _DEFAULT_SOURCE
#include "labelwright/json/json_pull.h"

#include "labelwright/json/json_check.h"
#include "json/plain_json_internal.h"

static struct lw_plain from_here(const struct lw_pull *s)
{
    struct lw_plain at = {s->p, s->end};
    lw_plain_space(&at);
    return at;
}

bool lw_pull_is(struct lw_pull *s, char c)
{
    s->p = from_here(s).p;
    return s->p < s->end && *s->p == c;
}

bool lw_pull_take(struct lw_pull *s, char c)
{
    bool is = lw_pull_is(s, c);
    s->p += is;
    return is;
}

bool lw_pull_text(struct lw_pull *s, struct lw_pull_text *to)
{
    struct lw_plain at = from_here(s);
    struct lw_plain_text text = {0};
    bool well = lw_plain_string(&at, &text);
    s->p = at.p;
    *to = (struct lw_pull_text){text.s, text.n, text.escapes};
    return well;
}

bool lw_pull_key(struct lw_pull *s, struct lw_pull_text *to)
{
    return lw_pull_text(s, to) && !to->escapes && lw_pull_take(s, ':');
}

bool lw_pull_skip(struct lw_pull *s)
{
    const char *behind = lw_json_skip_plain(s->p, s->end);
    s->p = behind ? behind : s->p;
    return behind != NULL;
}

bool lw_pull_ended(struct lw_pull *s)
{
    s->p = from_here(s).p;
    return s->p == s->end;
}

bool lw_pull_text_is(const struct lw_pull_text *text, const char *s)
{
    return strlen(s) == text->n && memcmp(s, text->s, text->n) == 0;
}

bool lw_pull_copy(const struct lw_pull_text *text, char *to, size_t *n)
{
    struct lw_plain_text plain = {text->s, text->n, text->escapes};
    return lw_plain_unescape(&plain, to, n);
}
