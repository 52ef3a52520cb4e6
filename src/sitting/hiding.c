/* Which tasks start hidden: those that the project's `curtain` or the user's own names by their
 * tags, or all of them; and what may be said of one without showing it. What is uncovered is the
 * front end's to say (seen.c counts it). */
#include "sitting/sitting_internal.h"

#include "labelwright/workspace/task_spelling.h"
#include "labelwright/yaml/yaml.h"

#include <string.h>

struct names {
    char *const *v;
    size_t n;
};

static struct names of_project(const struct lw_sitting *s)
{
    return (struct names){s->view.opts.project->curtain, s->view.opts.project->ncurtain};
}

static struct names of_user(const struct lw_sitting *s)
{
    return (struct names){s->view.opts.curtain, s->view.opts.ncurtain};
}

static bool are_all(struct names names)
{
    return names.n == 1 && strcmp(names.v[0], LW_CURTAIN_ALL) == 0;
}

static bool have(struct names names, const char *tag)
{
    for (size_t i = 0; !are_all(names) && i < names.n; i++)
        if (strcmp(names.v[i], tag) == 0)
            return true;
    return false;
}

static bool is_named(const struct lw_sitting *s, const char *tag)
{
    return have(of_project(s), tag) || have(of_user(s), tag);
}

/* A rule of rest is about it. */
static bool has_limit(const struct lw_sitting *s, const char *tag)
{
    const struct lw_rest *rest = s->view.opts.rest;
    for (size_t i = 0; rest && i < rest->nexposure; i++)
        if (strcmp(rest->exposure[i].tag, tag) == 0)
            return true;
    return false;
}

bool lw_hiding_counts(const struct lw_sitting *s, const char *tag)
{
    return has_limit(s, tag) || are_all(of_project(s)) || are_all(of_user(s)) || is_named(s, tag);
}

const char *lw_sitting_hiding_tag(const struct lw_sitting *s, const struct lw_task *t)
{
    for (size_t i = 0; i < t->ntags; i++)
        if (is_named(s, t->tag[i]))
            return t->tag[i];
    bool all = s->view.hides_all || are_all(of_project(s));
    return all ? LW_MSG_HIDDEN_ALL : NULL;
}

void lw_sitting_hide_first(struct lw_sitting *s, bool on)
{
    s->view.hides_all = on;
    lw_sitting_notify(s, LW_TONE_INFO, "%s", on ? LW_MSG_HIDES_ALL : LW_MSG_HIDES_SOME);
}

/* ---- what may be said */

uint64_t lw_span_characters(struct lw_span text)
{
    uint64_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += ((unsigned char)text.s[i] & 0xC0) != 0x80;
    return n;
}

/* What is no text of the message, which counts as such. */
struct lw_uncovered lw_parts_size(const struct lw_parts *parts)
{
    struct lw_uncovered size = {0};
    for (size_t i = 0; i < lw_parts_count(parts); i++) {
        struct lw_part part = lw_parts_at(parts, i);
        size.pictures += part.kind == LW_PART_PICTURE;
        if (part.kind != LW_PART_TEXT && part.text.s)
            size.characters += lw_span_characters(part.text);
    }
    return size;
}

static void add_message(struct lw_uncovered *to, struct lw_span text, const struct lw_parts *parts)
{
    struct lw_uncovered rest = lw_parts_size(parts);
    to->characters += lw_span_characters(text) + rest.characters;
    to->pictures += rest.pictures;
}

struct lw_uncovered lw_task_size(const struct lw_task *t)
{
    struct lw_uncovered size = {.visible = true};
    add_message(&size, t->reference, t->parts);
    for (size_t i = 0; i < t->nturns; i++)
        add_message(&size, t->turn[i].text, t->turn[i].parts);
    for (size_t i = 0; i < t->nresponses; i++)
        add_message(&size, t->response[i].text, t->response[i].parts);
    return size;
}

static void add_languages(const struct lw_task *t, struct lw_buf *to)
{
    char **v = lw_spelling_languages(t->root, NULL, NULL);
    for (size_t i = 0; v[i]; i++)
        lw_buf_fmt(to, "%s%s", i == 0 ? " Language: " : ", ", v[i]);
    lw_buf_str(to, v[0] ? "." : "");
    lw_texts_free(v);
}

static void add_count(struct lw_buf *to, uint64_t n, const char *what)
{
    lw_buf_fmt(to, ", %llu %s%s", (unsigned long long)n, what, n == 1 ? "" : "s");
}

void lw_sitting_describe_hidden(const struct lw_sitting *s, struct lw_buf *to)
{
    const struct lw_task *t = s->view.task;
    struct lw_uncovered size = lw_task_size(t);
    for (size_t i = 0; i < t->ntags; i++)
        lw_buf_fmt(to, "%s%s", i == 0 ? "Tags: " : ", ", t->tag[i]);
    lw_buf_fmt(to, "%s%llu character%s", t->ntags > 0 ? ".\n" : "",
        (unsigned long long)size.characters, size.characters == 1 ? "" : "s");
    if (t->nturns > 1)
        add_count(to, t->nturns, "turn");
    if (t->nresponses > 0)
        add_count(to, t->nresponses, "response");
    if (size.pictures > 0)
        add_count(to, size.pictures, "picture");
    lw_buf_str(to, ".");
    add_languages(t, to);
}
