/* A task as lines of text, for tests of what a record becomes. */
#ifndef LABELWRIGHT_TESTS_OUTLINE_H
#define LABELWRIGHT_TESTS_OUTLINE_H

#include "labelwright/base/buf.h"
#include "labelwright/format/task.h"

#include <string.h>

/* Those that are no text: "whose[kind name|text]". */
static inline void outline_parts(struct lw_buf *b, const char *whose, const struct lw_parts *parts)
{
    static const char *const kind[LW_PART_KINDS] = {
        "text", "call", "result", "reasoning", "refusal", "picture", "tool", "other"};
    for (size_t i = 0; i < lw_parts_count(parts); i++) {
        struct lw_part p = lw_parts_at(parts, i);
        if (p.kind != LW_PART_TEXT)
            lw_buf_fmt(b, "%s[%s %.*s|%.*s]\n", whose, kind[p.kind], (int)p.name.n,
                p.name.s ? p.name.s : "", (int)p.text.n, p.text.s ? p.text.s : "");
    }
}

/* What a record of each format becomes: turns as "role: text", then the responses as "id: text",
 * then the reference, then what is no text, a line each. */
static inline char *outline(const struct lw_task *t)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < t->nturns; i++)
        lw_buf_fmt(&b, "%s: %.*s\n", t->turn[i].role, (int)t->turn[i].text.n, t->turn[i].text.s);
    for (size_t i = 0; i < t->nresponses; i++)
        lw_buf_fmt(
            &b, "%s= %.*s\n", t->response[i].id, (int)t->response[i].text.n, t->response[i].text.s);
    if (t->reference.s)
        lw_buf_fmt(&b, "reference %.*s\n", (int)t->reference.n, t->reference.s);
    outline_parts(&b, "task", t->parts);
    for (size_t i = 0; i < t->nturns; i++)
        outline_parts(&b, t->turn[i].role, t->turn[i].parts);
    for (size_t i = 0; i < t->nresponses; i++)
        outline_parts(&b, t->response[i].id, t->response[i].parts);
    return lw_buf_take(&b);
}

/* Every text of a task, the id first. */

/* Names and texts of parts stand two by two behind what is said. */
static inline size_t texts(const struct lw_task *t)
{
    size_t n = 1 + t->nturns + t->nresponses + 2 * lw_parts_count(t->parts);
    for (size_t i = 0; i < t->nturns; i++)
        n += 2 * lw_parts_count(t->turn[i].parts);
    for (size_t i = 0; i < t->nresponses; i++)
        n += 2 * lw_parts_count(t->response[i].parts);
    return n;
}

static inline bool part_at(const struct lw_parts *parts, size_t *i, struct lw_span *to)
{
    size_t n = 2 * lw_parts_count(parts);
    bool here = *i < n;
    if (here) {
        struct lw_part p = lw_parts_at(parts, *i / 2);
        *to = *i % 2 ? p.text : p.kind == LW_PART_OTHER ? (struct lw_span){0} : p.name;
        to->s = to->s ? to->s : "";
    } else {
        *i -= n;
    }
    return here;
}

static inline struct lw_span text_at(const struct lw_task *t, size_t i)
{
    struct lw_span s = {"", 0};
    if (i == 0)
        return (struct lw_span){t->id, strlen(t->id)};
    if (i <= t->nturns)
        return t->turn[i - 1].text;
    if (i <= t->nturns + t->nresponses)
        return t->response[i - 1 - t->nturns].text;
    i -= 1 + t->nturns + t->nresponses;
    bool found = part_at(t->parts, &i, &s);
    for (size_t k = 0; k < t->nturns && !found; k++)
        found = part_at(t->turn[k].parts, &i, &s);
    for (size_t k = 0; k < t->nresponses && !found; k++)
        found = part_at(t->response[k].parts, &i, &s);
    return s;
}

/* JSON with its double quotes written as single ones. */
static inline char *quoted(const char *record)
{
    char *s = lw_strdup(record);
    for (char *p = s; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    return s;
}

#endif
