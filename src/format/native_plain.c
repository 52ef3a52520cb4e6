/* Tasks of the program's own format read without a tree, where a record is written plainly and has
 * nothing but texts: most have. Anything else is format_native.c's, and so is every mistake. */
#define _GNU_SOURCE
#include "format/format_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/json/json_pull.h"

#include <string.h>

struct reading {
    struct lw_pull at;
    struct lw_task *to;
    size_t used;   /* of the task's arena: no text takes more room there than in the record */
    unsigned seen; /* members of the record, by their place in the table below */
};

static bool copy(struct reading *r, const struct lw_pull_text *text, struct lw_span *to)
{
    to->s = r->to->arena + r->used;
    if (!lw_pull_copy(text, r->to->arena + r->used, &to->n))
        return false;
    r->used += to->n + 1;
    return true;
}

static bool read_text(struct reading *r, struct lw_span *to)
{
    struct lw_pull_text text;
    return lw_pull_text(&r->at, &text) && copy(r, &text, to);
}

/* ---- responses */

enum { TEXT = 1, ID = 2, MODEL = 4, STEPS = 8 };

static unsigned part_named(const struct lw_pull_text *key)
{
    static const struct {
        const char *name;
        unsigned bit;
    } parts[] = {{"text", TEXT}, {"id", ID}, {"model", MODEL}, {"steps", STEPS}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (lw_pull_text_is(key, parts[i].name))
            return parts[i].bit;
    return 0;
}

static bool read_object(struct reading *r)
{
    struct lw_span v[MODEL + 1] = {{0}};
    unsigned seen = 0;
    if (!lw_pull_take(&r->at, '{'))
        return false;
    do {
        struct lw_pull_text key;
        unsigned part = lw_pull_key(&r->at, &key) ? part_named(&key) : 0;
        if (part == 0 || part == STEPS || (seen & part) || !read_text(r, &v[part]))
            return false;
        seen |= part;
    } while (lw_pull_take(&r->at, ','));
    if (!(seen & TEXT) || ((seen & ID) && v[ID].n == 0))
        return false;
    lw_task_add_response(r->to, v[ID].s, v[MODEL].s, v[TEXT]);
    return lw_pull_take(&r->at, '}');
}

static bool read_response(struct reading *r)
{
    struct lw_span text;
    if (lw_pull_is(&r->at, '{'))
        return read_object(r);
    if (!read_text(r, &text))
        return false;
    lw_task_add_response(r->to, NULL, NULL, text);
    return true;
}

static bool read_list(struct reading *r, bool (*one)(struct reading *r))
{
    if (!lw_pull_take(&r->at, '['))
        return false;
    if (lw_pull_take(&r->at, ']'))
        return true;
    do {
        if (!one(r))
            return false;
    } while (lw_pull_take(&r->at, ','));
    return lw_pull_take(&r->at, ']');
}

/* ---- members of the record */

/* A text, or an integer. What it says is found by record.c. */
static bool read_id(struct reading *r)
{
    struct lw_pull_text text;
    if (lw_pull_is(&r->at, '"'))
        return lw_pull_text(&r->at, &text) && text.n <= LW_ID_MAX && !text.escapes;
    const char *from = r->at.p;
    return r->at.p < r->at.end && (*from == '-' || (*from >= '0' && *from <= '9')) &&
           lw_pull_skip(&r->at) && !memchr(from, '.', (size_t)(r->at.p - from));
}

static bool read_prompt(struct reading *r)
{
    struct lw_span text;
    if (!read_text(r, &text))
        return false;
    lw_task_add_turn(r->to, "user", text);
    return true;
}

static bool read_responses(struct reading *r)
{
    return read_list(r, read_response);
}

static bool read_tag(struct reading *r)
{
    struct lw_span text;
    struct lw_task *t = r->to;
    if (!read_text(r, &text))
        return false;
    t->tag = lw_grow(t->tag, t->ntags + 1, sizeof *t->tag);
    t->tag[t->ntags++] = text.s;
    return true;
}

static bool read_tags(struct reading *r)
{
    return read_list(r, read_tag);
}

static bool read_reference(struct reading *r)
{
    return read_text(r, &r->to->reference);
}

static bool read_next(struct reading *r)
{
    return read_text(r, &r->to->next);
}

/* Whatever it holds, but NUL, which no record may. */
static bool read_meta(struct reading *r)
{
    const char *from = r->at.p;
    return lw_pull_skip(&r->at) && !memmem(from, (size_t)(r->at.p - from), "\\u0000", 6);
}

static const struct {
    const char *name;
    bool (*read)(struct reading *r);
} member[] = {
    {"id", read_id},
    {"prompt", read_prompt},
    {"responses", read_responses},
    {"tags", read_tags},
    {"reference", read_reference},
    {"next", read_next},
    {"meta", read_meta},
};
enum { MEMBERS = sizeof member / sizeof *member, SPEAKS = 1u << 1 | 1u << 2 };

static bool read_member(struct reading *r)
{
    struct lw_pull_text key;
    size_t i = 0;
    if (!lw_pull_key(&r->at, &key))
        return false;
    while (i < MEMBERS && !lw_pull_text_is(&key, member[i].name))
        i++;
    bool twice = i < MEMBERS && (r->seen & 1u << i);
    r->seen |= 1u << i;
    return i < MEMBERS && !twice && member[i].read(r);
}

bool lw_native_read_plain(const char *bytes, size_t n, struct lw_task *to)
{
    struct reading r = {.at = {bytes, bytes + n}, .to = to};
    to->arena = lw_grow(NULL, n + 1, 1);
    if (!lw_pull_take(&r.at, '{'))
        return false;
    do {
        if (!read_member(&r))
            return false;
    } while (lw_pull_take(&r.at, ','));
    return lw_pull_take(&r.at, '}') && lw_pull_ended(&r.at) && (r.seen & SPEAKS) &&
           lw_task_check_ids(to, NULL) == LW_OK;
}
