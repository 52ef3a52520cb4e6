/* Plain mode: a typed line, or a text from the user's editor, as an answer. What an answer may be,
 * the sitting checks; here is only how each type of question reads a line. */
#define _GNU_SOURCE
#include "cli/plain/plain_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/project/talk.h"
#include "labelwright/sitting/external_editor.h"
#include "labelwright/sitting/talking.h"
#include "labelwright/text/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was typed, for the focused slot. */
struct typed {
    struct lw_sitting *s;
    const struct lw_question *q;
    const char *line;
    size_t len;
};

static bool number(const char *text, int64_t *to)
{
    return lw_number_parse(text, strlen(text), to);
}

static bool reject(const struct typed *t, int64_t from, int64_t to)
{
    bool several = t->q->type == LW_Q_TAGS;
    char steps[48] = "";
    if (t->q->type == LW_Q_RATING && t->q->scale.step > 1)
        snprintf(steps, sizeof steps, " in steps of %" PRId64, t->q->scale.step);
    lw_sitting_notify(t->s, LW_TONE_WARNING, "%s: give %s from %" PRId64 " to %" PRId64 "%s.",
        t->q->label, several ? "numbers" : "a number", from, to,
        several ? ", with commas: 1,3" : steps);
    return false;
}

static bool pick(const struct typed *t, enum lw_command_id id, int64_t n)
{
    lw_sitting_run(t->s, &(struct lw_command){.id = id, .number = n});
    return true;
}

static bool answer_rating(const struct typed *t)
{
    int64_t n;
    const struct lw_scale *scale = &t->q->scale;
    if (!number(t->line, &n) || !lw_scale_has(scale, n))
        return reject(t, scale->min, scale->max);
    return pick(t, LW_CMD_TOGGLE, n);
}

static bool answer_compare(const struct typed *t)
{
    int64_t n;
    if (!number(t->line, &n) || n < 1 || n > LW_COMPARE_POINTS)
        return reject(t, 1, LW_COMPARE_POINTS);
    return pick(t, LW_CMD_DIGIT, n);
}

/* The index of the n-th option (from 1) that is not a heading; -1 for none. */
static int64_t option_at(const struct lw_question *q, int64_t n)
{
    for (size_t i = 0; i < q->noptions && n > 0; i++)
        if (!q->option[i].group && --n == 0)
            return (int64_t)i;
    return -1;
}

static int64_t options_of(const struct lw_question *q)
{
    int64_t n = 0;
    for (size_t i = 0; i < q->noptions; i++)
        n += !q->option[i].group;
    return n;
}

static bool answer_choice(const struct typed *t)
{
    int64_t n, at = number(t->line, &n) ? option_at(t->q, n) : -1;
    return at < 0 ? reject(t, 1, options_of(t->q)) : pick(t, LW_CMD_TOGGLE, at);
}

static bool has_tag(const struct lw_sitting *s, const char *path)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    const json_t *tags = lw_answer_get(v->opts.project, v->task, v->answers, v->slot[v->focus]);
    for (size_t i = 0; i < json_array_size(tags); i++)
        if (strcmp(json_string_value(json_array_get(tags, i)), path) == 0)
            return true;
    return false;
}

/* Sets the tags to those of `want`, one bool per option. */
static void set_tags(const struct typed *t, const bool *want)
{
    for (size_t i = 0; i < t->q->noptions; i++)
        if (!t->q->option[i].group && has_tag(t->s, t->q->option[i].path) != want[i])
            pick(t, LW_CMD_TOGGLE, (int64_t)i);
}

/* Numbers separated by spaces; at least one. */
static bool parse_numbers(const struct typed *t, char *words, bool *want)
{
    size_t found = 0;
    for (char *word; (word = strtok_r(words, " \t", &words)); found++) {
        int64_t n;
        int64_t at = number(word, &n) ? option_at(t->q, n) : -1;
        if (at < 0)
            return false;
        want[at] = true;
    }
    return found > 0;
}

/* "1, 3" or "1 3". */
static bool parse_tags(const struct typed *t, bool *want)
{
    char *line = lw_strndup(t->line, t->len), *rest = line, *words;
    bool well = true;
    while (well && (words = strsep(&rest, ",")))
        well = parse_numbers(t, words, want);
    free(line);
    return well;
}

static bool answer_tags(const struct typed *t)
{
    bool *want = lw_alloc(t->q->noptions * sizeof *want);
    bool well = t->len == 0 || parse_tags(t, want);
    if (well)
        set_tags(t, want);
    free(want);
    return well || reject(t, 1, options_of(t->q));
}

static bool is_talk(const struct lw_sitting *s, size_t slot)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    return v->opts.project->question[v->slot[slot].question].type == LW_Q_TALK;
}

static bool is_open(const struct lw_sitting *s, size_t slot)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    const json_t *value = lw_answer_get(v->opts.project, v->task, v->answers, v->slot[slot]);
    return lw_edit_is_open(value) || (is_talk(s, slot) && lw_plain_turn_is_begun(s));
}

/* False when the text has too few or too many words: then it is unfinished. */
static bool answer_text(const struct typed *t)
{
    struct lw_command c = {.id = LW_CMD_TEXT, .text = t->line, .len = t->len};
    size_t slot = lw_sitting_view(t->s)->focus;
    if (lw_sitting_refuses_settled(t->s, lw_sitting_view(t->s)->slot[slot]))
        return false;
    lw_sitting_run(t->s, &c);
    return !is_open(t->s, slot);
}

/* What is typed is all of the ranking; false when it is refused. */
static bool answer_rank(const struct typed *t)
{
    const struct lw_sitting_view *v = lw_sitting_view(t->s);
    size_t shows = v->show_count;
    answer_text(t);
    return v->show_count != shows || v->tone != LW_TONE_WARNING;
}

static bool answer_spans(const struct typed *t)
{
    return lw_plain_answer_spans(t->s, lw_sitting_view(t->s)->focus, t->line);
}

static bool answer_boxes(const struct typed *t)
{
    return lw_plain_answer_boxes(t->s, lw_sitting_view(t->s)->focus, t->line);
}

static bool answer_talk(const struct typed *t)
{
    return lw_plain_answer_talk(t->s, t->line, t->len);
}

/* ---- corrections */

static struct lw_span original(const struct lw_sitting *s, size_t slot)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    return lw_slot_text(v->opts.project, v->task, v->slot[slot]);
}

/* Length without the last line end, if that is the only one; SIZE_MAX for several lines. */
static size_t single_line(struct lw_span t)
{
    const char *lf = t.n ? memchr(t.s, '\n', t.n) : NULL;
    if (!lf)
        return t.n;
    size_t n = (size_t)(lf - t.s);
    return n + 1 < t.n ? SIZE_MAX : n > 0 && t.s[n - 1] == '\r' ? n - 1 : n;
}

bool lw_plain_has_lines(struct lw_span text)
{
    return single_line(text) == SIZE_MAX;
}

static bool set_text(struct lw_sitting *s, const char *text, size_t n, int64_t flags)
{
    lw_sitting_run(s, &(struct lw_command){LW_CMD_TEXT, flags, text, n});
    return true;
}

/* A line replaces a response of one line and keeps its line end; = means no change. */
static bool answer_edit(const struct typed *t)
{
    struct lw_span was = original(t->s, lw_sitting_view(t->s)->focus);
    size_t line = single_line(was);
    if (t->len == 0)
        return set_text(t->s, "", 0, LW_TEXT_NONE);
    if (t->len == 1 && t->line[0] == '=')
        return set_text(t->s, was.s, was.n, 0);
    if (line == SIZE_MAX) {
        lw_sitting_notify(t->s, LW_TONE_WARNING,
            "This response has several lines. .edit: open it in your editor, =: no change needed.");
        return false;
    }
    struct lw_buf b = {0};
    lw_buf_add(&b, t->line, t->len);
    lw_buf_add(&b, was.s + line, was.n - line);
    set_text(t->s, b.data, b.len, 0);
    lw_buf_fini(&b);
    return true;
}

/* The answer so far; for a correction without one, the response. */
static struct lw_span text_so_far(const struct lw_sitting *s, size_t slot, enum lw_qtype type)
{
    const json_t *v = lw_answer_get(lw_sitting_view(s)->opts.project, lw_sitting_view(s)->task,
        lw_sitting_view(s)->answers, lw_sitting_view(s)->slot[slot]);
    struct lw_span text = type == LW_Q_TALK ? lw_talk_typed(v) : lw_text_of(v);
    if (text.s)
        return text;
    return type == LW_Q_EDIT ? original(s, slot) : (struct lw_span){"", 0};
}

static bool same(const struct lw_buf *a, struct lw_span b)
{
    return a->len == b.n && (b.n == 0 || memcmp(a->data, b.s, b.n) == 0);
}

static void touch(void *sitting)
{
    lw_sitting_touch(sitting);
}

/* False, with a message, when nothing changed. */
static bool edit_text(struct lw_sitting *s, size_t slot, char *const *editor, struct lw_buf *back)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    const struct lw_question *q = &v->opts.project->question[v->slot[slot].question];
    struct lw_external_editor o = {
        v->opts.sys, v->opts.dir, v->opts.project->dir, editor, touch, s};
    struct lw_err err = {0};
    struct lw_span was = text_so_far(s, slot, q->type);
    bool well = lw_external_editor_run(&o, was.s, was.n, back, &err) == LW_OK;
    bool changed = well && (!same(back, was) || is_open(s, slot));
    if (!changed)
        lw_sitting_notify(s, LW_TONE_WARNING, "Nothing changed.%s%s", well ? "" : " ", err.text);
    return changed;
}

/* False when it may not be: it may have too few or too many words. */
static bool set_edited(struct lw_sitting *s, size_t slot, const struct lw_buf *back)
{
    const char *text = back->data ? back->data : "";
    lw_sitting_run(s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = (int64_t)slot});
    if (is_talk(s, slot))
        return lw_plain_say(s, text, back->len);
    set_text(s, text, back->len, 0);
    return !is_open(s, slot);
}

bool lw_plain_edit(struct lw_sitting *s, size_t slot, char *const *editor)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    const struct lw_question *q = &v->opts.project->question[v->slot[slot].question];
    struct lw_buf back = {0};
    if (!lw_sitting_check_command(s, LW_CMD_TEXT) || lw_sitting_refuses_settled(s, v->slot[slot]))
        return false;
    if (is_talk(s, slot) && lw_sitting_refuses_turn(s, lw_plain_types_anew(s)))
        return false;
    bool takes =
        is_talk(s, slot) || q->type == LW_Q_TEXT || q->type == LW_Q_EDIT || q->type == LW_Q_WRITE;
    if (!takes)
        lw_sitting_notify(s, LW_TONE_WARNING, "%s takes no text.", q->label);
    bool changed = takes && edit_text(s, slot, editor, &back);
    if (changed)
        changed = set_edited(s, slot, &back);
    lw_buf_fini(&back);
    return changed;
}

/* How to read a line, by type of question; an empty line only where it can clear an answer. */
static const struct {
    bool (*answer)(const struct typed *);
    bool empties;
} types[] = {
    [LW_Q_RATING] = {answer_rating, false},
    [LW_Q_CHOICE] = {answer_choice, false},
    [LW_Q_TAGS] = {answer_tags, true},
    [LW_Q_COMPARE] = {answer_compare, false},
    [LW_Q_RANK] = {answer_rank, false},
    [LW_Q_TEXT] = {answer_text, true},
    [LW_Q_EDIT] = {answer_edit, true},
    [LW_Q_SPANS] = {answer_spans, true},
    [LW_Q_BOXES] = {answer_boxes, true},
    [LW_Q_WRITE] = {answer_text, true},
    [LW_Q_TALK] = {answer_talk, true},
};

bool lw_plain_answer(struct lw_sitting *s, size_t slot, const char *line, size_t n)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    if (!lw_sitting_check_command(s, LW_CMD_DIGIT))
        return false;
    struct typed t = {s, &v->opts.project->question[v->slot[slot].question], line, n};
    lw_sitting_run(s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = (int64_t)slot});
    if (n > 0 || types[t.q->type].empties)
        return types[t.q->type].answer(&t);
    lw_sitting_notify(
        s, LW_TONE_WARNING, "%s: answer again to change it, or type .back to undo it.", t.q->label);
    return false;
}
