/* Which members of a record have text of which nothing is shown, by their paths: "source",
 * "completions.critique". A text counts as shown when a turn, a response, the reference, a step or
 * a part contains its first 200 bytes. */
#define _GNU_SOURCE
#include "tasks/unused_members_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/format/member_use.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { PATHS_MAX = 100, LEAVES_MAX = 400, DEPTH_MAX = 8, COMPARED = 200 };

/* ---- what is shown */

static bool holds(struct lw_span all, const char *s, size_t n)
{
    return all.s && memmem(all.s, all.n, s, n);
}

/* A transcript is split into what came before and its last turn. */
static bool ends_with(const char *s, size_t n, struct lw_span text)
{
    return text.n > 0 && n >= text.n && memcmp(s + n - text.n, text.s, text.n) == 0;
}

/* One that ends with the last turn and the name of who does not speak any more. */
static bool ends_in_turn(const char *s, size_t n, const struct lw_task *t)
{
    enum { SPEAKER_MAX = 24 };
    struct lw_span last = t->nturns > 0 ? t->turn[t->nturns - 1].text : (struct lw_span){0};
    size_t tail = last.n + SPEAKER_MAX < n ? last.n + SPEAKER_MAX : n;
    return last.n > 0 && memmem(s + n - tail, tail, last.s, last.n);
}

static bool parts_hold(const struct lw_parts *parts, const char *s, size_t n)
{
    for (size_t i = 0; i < lw_parts_count(parts); i++) {
        struct lw_part p = lw_parts_at(parts, i);
        if (holds(p.name, s, n) || holds(p.text, s, n))
            return true;
    }
    return false;
}

static bool is_shown(const struct lw_task *t, const char *s, size_t whole)
{
    size_t n = whole < COMPARED ? whole : COMPARED;
    bool shown = holds(t->reference, s, n) || holds(t->next, s, n) || parts_hold(t->parts, s, n) ||
                 ends_in_turn(s, whole, t);
    for (size_t i = 0; i < t->nturns && !shown; i++)
        shown = holds(t->turn[i].text, s, n) || parts_hold(t->turn[i].parts, s, n);
    for (size_t i = 0; i < t->nresponses && !shown; i++)
        shown = holds(t->response[i].text, s, n) || parts_hold(t->response[i].parts, s, n) ||
                ends_with(s, whole, t->response[i].text);
    for (size_t i = 0; i < t->nsteps && !shown; i++)
        shown = holds(t->step[i].text, s, n);
    return shown;
}

/* Contains letters, and is not a word that tables use for yes, no or nothing. */
static bool is_text(const json_t *v)
{
    static const char *const words[] = {"true", "false", "yes", "no", "none", "nan", "null", "n/a"};
    const char *s = json_string_value(v);
    bool letters = false;
    for (const char *p = s; p && *p; p++)
        letters = letters || isalpha((unsigned char)*p) || (unsigned char)*p >= 0x80;
    for (size_t i = 0; letters && i < sizeof words / sizeof *words; i++)
        letters = strcasecmp(words[i], s) != 0;
    return letters;
}

/* Who speaks, and what kind of part it is: words of the form, not of the text. */
static bool is_form(const char *name)
{
    static const char *const names[] = {
        "role", "from", "type", "finish_reason", "stop_reason", "object"};
    size_t i = 0, n = sizeof names / sizeof *names;
    while (i < n && strcmp(names[i], name) != 0)
        i++;
    return i < n;
}

/* Roles are shown for every task, so such a text does not tell that its member is shown. */
static bool is_role(const struct lw_task *t, const char *s)
{
    for (size_t i = 0; i < t->nturns; i++)
        if (strcmp(t->turn[i].role, s) == 0)
            return true;
    return false;
}

/* ---- by path */

/* The items of a list share one path. */
struct path {
    char *name;
    size_t above;        /* the path it is a part of; SIZE_MAX for a member of the record */
    size_t bytes, shown; /* of its own texts, without those of the paths below it */
    bool texts, used;    /* here or below: there are some; they are shown */
};

struct finding {
    const struct lw_task *task;
    struct path path[PATHS_MAX];
    size_t n, leaves;
};

static size_t path_of(struct finding *f, size_t above, const char *member)
{
    char *name =
        above == SIZE_MAX ? lw_strdup(member) : lw_format("%s.%s", f->path[above].name, member);
    size_t i = 0;
    while (i < f->n && strcmp(f->path[i].name, name) != 0)
        i++;
    if (i < f->n || f->n == PATHS_MAX) {
        free(name);
        return i < f->n ? i : SIZE_MAX;
    }
    f->path[f->n] = (struct path){.name = name, .above = above};
    return f->n++;
}

static void count_text(struct finding *f, size_t path, const json_t *v)
{
    const char *s = json_string_value(v);
    if (f->leaves++ > LEAVES_MAX || !is_text(v) || is_role(f->task, s))
        return;
    size_t n = json_string_length(v);
    f->path[path].bytes += n;
    f->path[path].shown += is_shown(f->task, s, n) ? n : 0;
}

static void visit(struct finding *f, size_t path, const json_t *v, int depth)
{
    const char *name;
    json_t *one;
    if (json_is_string(v))
        count_text(f, path, v);
    if (depth == DEPTH_MAX || f->leaves > LEAVES_MAX)
        return;
    for (size_t i = 0; i < json_array_size(v); i++)
        visit(f, path, json_array_get(v, i), depth + 1);
    json_object_foreach((json_t *)(uintptr_t)v, name, one)
    {
        bool aside = is_form(name) || lw_member_use_of(name) == LW_USE_METADATA;
        size_t below = aside ? SIZE_MAX : path_of(f, path, name);
        if (below != SIZE_MAX)
            visit(f, below, one, depth + 1);
    }
}

/* A short text may stand in another one by chance, so it takes half of them. Paths come before
 * those below them. */
static void judge(struct finding *f)
{
    for (size_t i = f->n; i-- > 0;) {
        struct path *p = &f->path[i];
        p->texts = p->texts || p->bytes > 0;
        p->used = p->used || 2 * p->shown >= p->bytes + (p->bytes == 0);
        if (p->above == SIZE_MAX)
            continue;
        f->path[p->above].texts = f->path[p->above].texts || p->texts;
        f->path[p->above].used = f->path[p->above].used || (p->texts && p->used);
    }
}

static bool is_unused(const struct finding *f, size_t i)
{
    return f->path[i].texts && !f->path[i].used;
}

/* Tools may be written anew; suggestions stand beside the questions; what is known of a practice
 * task is told when it was labeled. */
static bool is_told(const struct lw_task *t, const char *name)
{
    return (t->tools && lw_member_use_of(name) == LW_USE_TOOLS) ||
           (t->suggestions && strcmp(name, "suggestions") == 0) ||
           (t->known && strcmp(name, "known") == 0) || lw_member_use_of(name) == LW_USE_METADATA;
}

/* A record that was read without a tree has no other texts than those that are shown. */
void lw_unused_members_add(const struct lw_task *t, json_t *to)
{
    struct finding f; /* its paths are set as they come */
    const char *name;
    json_t *v;
    if (!t->root)
        return;
    f.task = t;
    f.n = 0;
    json_object_foreach(t->root, name, v)
    {
        size_t path = is_told(t, name) ? SIZE_MAX : path_of(&f, SIZE_MAX, name);
        f.leaves = 0;
        if (path != SIZE_MAX)
            visit(&f, path, v, 0);
    }
    judge(&f);
    for (size_t i = 0; i < f.n; i++) {
        size_t above = f.path[i].above;
        if (is_unused(&f, i) && (above == SIZE_MAX || !is_unused(&f, above)))
            json_object_set_new(to, f.path[i].name, json_true());
    }
    for (size_t i = 0; i < f.n; i++)
        free(f.path[i].name);
}
