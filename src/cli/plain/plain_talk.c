/* Plain mode: the talk of a task at the prompt: what it waits for, a line as the next turn or as
 * the choice of the best reply, and who speaks. Replies are asked for in plain_ask.c; what may be
 * said, the sitting checks. */
#define _GNU_SOURCE
#include "cli/plain/plain_internal.h"

#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"
#include "labelwright/text/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct lw_talk_rules *rules(const struct lw_sitting *s)
{
    const struct lw_question *q = lw_talk_question(lw_sitting_view(s)->opts.project);
    return q ? q->talk : NULL;
}

static bool ranks(const struct lw_sitting *s)
{
    return rules(s) && rules(s)->rank;
}

static size_t replies(const struct lw_sitting *s)
{
    return lw_sitting_view(s)->task->nresponses;
}

bool lw_plain_awaits_choice(const struct lw_sitting *s)
{
    const json_t *talk = lw_sitting_talk(s);
    return talk && lw_talk_live(talk) == 0 &&
           lw_talk_awaits_choice(rules(s), talk, lw_talk_at(talk));
}

/* ---- titles */

static const char *cut_note(const json_t *message)
{
    return json_object_get(message, "cut") ? ", cut" : "";
}

char *lw_plain_turn_title(const struct lw_sitting *s, size_t turn)
{
    const struct lw_task *t = lw_sitting_view(s)->task;
    const json_t *talk = lw_sitting_talk(s);
    if (!lw_sitting_talks(s))
        return NULL;
    const json_t *m = turn < t->own_turns ? NULL : lw_talk_find(talk, t->turn[turn].id);
    const char *name = json_string_value(json_object_get(t->turn[turn].message, "name"));
    return lw_format("%s%s%s%s%s", lw_speaker_name(t->turn[turn].role), name ? " " : "",
        name ? name : "", json_object_get(m, "of") ? ", corrected" : "", cut_note(m));
}

char *lw_plain_reply_title(const struct lw_sitting *s, int response)
{
    if (!lw_sitting_talks(s))
        return NULL;
    const json_t *talk = lw_sitting_talk(s);
    const char *id = lw_sitting_view(s)->task->response[response].id;
    size_t place = lw_talk_place(lw_talk_order(talk, lw_talk_at(talk)), id);
    char letter[] = {lw_sitting_letter(s, response), '\0'}, at[32] = "";
    if (place == 1)
        snprintf(at, sizeof at, ", best");
    else if (place > 1 && ranks(s))
        snprintf(at, sizeof at, ", place %zu", place);
    return lw_format(
        "%s%s%s", replies(s) > 1 ? letter : "Reply", at, cut_note(lw_talk_find(talk, id)));
}

/* ---- the prompt */

static const char TEXT_HINT[] = "text; .edit for several lines";

static bool is_done(const struct lw_sitting *s, struct lw_slot slot, char why[LW_LIMIT_WORDS])
{
    const struct lw_question *q = &lw_sitting_view(s)->opts.project->question[slot.question];
    const json_t *talk = lw_sitting_talk(s);
    why[0] = '\0';
    return talk ? !lw_value_is_unfinished(q, talk, why) : !q->required;
}

static void add_choice(const struct lw_sitting *s, struct lw_buf *to)
{
    size_t n = replies(s);
    if (!ranks(s)) {
        lw_buf_fmt(to, "Best reply, 1 to %zu", n);
        return;
    }
    lw_buf_fmt(to, "Replies best first, 1 to %zu (as in \"2 1", n);
    for (size_t i = 3; i <= n; i++)
        lw_buf_fmt(to, " %zu", i);
    lw_buf_str(to, "\")");
}

static void add_call(const json_t *talk, struct lw_buf *to)
{
    json_t *calls = lw_talk_open_calls(talk);
    const char *name = json_string_value(json_object_get(json_array_get(calls, 0), "name"));
    lw_buf_fmt(to, "Result of %s, %zu to give (%s)", name ? name : "the tool",
        json_array_size(calls), TEXT_HINT);
    json_decref(calls);
}

/* The project takes no longer talk. */
static bool is_full(const struct lw_sitting *s)
{
    const struct lw_talk_rules *r = rules(s);
    return r && r->max_turns && (int64_t)lw_talk_turns(lw_sitting_talk(s)) >= r->max_turns;
}

static void add_turn(const struct lw_sitting *s, const char *enter, struct lw_buf *to)
{
    const json_t *talk = lw_sitting_talk(s);
    const struct lw_talk_rules *r = rules(s);
    if (is_full(s)) {
        lw_buf_fmt(to, "No more turns (%s)", *enter ? enter + 2 : ".anew TEXT writes one anew");
        return;
    }
    lw_buf_fmt(to, "Your turn %zu", lw_talk_turns(talk) + 1);
    if (r && r->max_turns)
        lw_buf_fmt(to, " of at most %" PRId64, r->max_turns);
    lw_buf_fmt(to, " (%s%s)", TEXT_HINT, enter);
}

static void add_unfinished(const json_t *talk, struct lw_buf *to)
{
    struct lw_plain_growing g = {0};
    bool anew = json_object_get(json_object_get(talk, "typed"), "instead") != NULL;
    puts(anew ? "Your turn written anew, unfinished:" : "Your unfinished turn:");
    lw_plain_grow(&g, lw_talk_typed(talk), true);
    lw_buf_str(to, ".edit to go on with it, .none to drop it");
}

void lw_plain_talk_prompt(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to)
{
    const json_t *talk = lw_sitting_talk(s);
    char why[LW_LIMIT_WORDS];
    const char *enter = !is_done(s, slot, why) ? ""
                        : talk                 ? "; Enter to go on"
                                               : "; Enter for none";
    enum lw_talk_next next = lw_talk_next(rules(s), talk);
    if (lw_talk_typed(talk).n > 0)
        add_unfinished(talk, to);
    else if (lw_plain_awaits_choice(s))
        add_choice(s, to);
    else if (next == LW_TALK_TOOL)
        add_call(talk, to);
    else if (next == LW_TALK_ASSISTANT)
        lw_buf_fmt(to, "The other side's reply (%s)", TEXT_HINT);
    else if (lw_sitting_awaits_reply(s))
        lw_buf_str(to, "No reply yet (.ask: ask the model");
    else
        add_turn(s, enter, to);
    if (lw_sitting_awaits_reply(s) && next == LW_TALK_USER && lw_talk_typed(talk).n == 0)
        lw_buf_str(to, lw_talk_at(talk) ? "; .anew TEXT: write your turn anew)" : ")");
}

/* ---- a line */

bool lw_plain_reply_place(const char *word, size_t *to)
{
    int64_t n;
    bool letter = ((word[0] >= 'a' && word[0] <= 'z') || (word[0] >= 'A' && word[0] <= 'Z')) &&
                  word[1] == '\0';
    if (letter)
        *to = (size_t)((word[0] | 0x20) - 'a');
    else if (lw_number_parse(word, strlen(word), &n) && n > 0)
        *to = (size_t)n - 1;
    else
        return false;
    return true;
}

/* "2", or "2 1 3"; letters as well. */
static bool choose(struct lw_sitting *s, const char *line)
{
    size_t place[LW_TALK_REPLIES_MAX], n = 0;
    char *words = lw_strdup(line), *rest = words, *word;
    bool well = true;
    while (well && (word = strtok_r(rest, " \t,", &rest)))
        well = n < LW_TALK_REPLIES_MAX && lw_plain_reply_place(word, &place[n++]);
    free(words);
    if (well && n > 0)
        return lw_sitting_order_replies(s, place, n);
    lw_sitting_notify(s, LW_TONE_WARNING,
        "Choose a reply first: 1 to %zu%s. What you typed was not said.", replies(s),
        ranks(s) ? ", all of them, best first" : "");
    return false;
}

/* The messages there are: a turn is said when it is one more. */
static size_t count(const struct lw_sitting *s)
{
    return json_array_size(json_object_get(lw_sitting_talk(s), "messages"));
}

static const char *instead_of(const struct lw_sitting *s)
{
    const json_t *typed = json_object_get(lw_sitting_talk(s), "typed");
    return json_string_value(json_object_get(typed, "instead"));
}

bool lw_plain_types_anew(const struct lw_sitting *s)
{
    return instead_of(s) != NULL;
}

bool lw_plain_turn_is_begun(const struct lw_sitting *s)
{
    const json_t *talk = lw_sitting_talk(s), *was = lw_talk_find(talk, instead_of(s));
    const json_t *typed = json_object_get(json_object_get(talk, "typed"), "text");
    return lw_talk_typed(talk).n > 0 && !json_equal(typed, json_object_get(was, "text"));
}

static void notify_said(struct lw_sitting *s, enum lw_talk_next what)
{
    if (lw_sitting_view(s)->message[0])
        return;
    if (what == LW_TALK_USER)
        lw_sitting_notify(s, LW_TONE_INFO, "Saved turn %zu.", lw_talk_turns(lw_sitting_talk(s)));
    else
        lw_sitting_notify(
            s, LW_TONE_INFO, "Saved the %s.", what == LW_TALK_TOOL ? "result" : "reply");
}

/* As long as it is not in the journal it is in the draft. */
bool lw_plain_say(struct lw_sitting *s, const char *text, size_t n)
{
    size_t before = count(s);
    char *instead = instead_of(s) ? lw_strdup(instead_of(s)) : NULL;
    enum lw_talk_next what = instead ? LW_TALK_USER : lw_talk_next(rules(s), lw_sitting_talk(s));
    lw_sitting_clear_message(s);
    bool may = !lw_sitting_refuses_turn(s, instead != NULL);
    if (may && strspn(text, " \t\r\n") < n)
        lw_sitting_type_turn(s, text, n, instead);
    if (may)
        lw_sitting_run(s, &(struct lw_command){.id = LW_CMD_SAY_TEXT, .text = text, .len = n});
    free(instead);
    bool said = count(s) > before;
    if (said)
        notify_said(s, what);
    return said;
}

static bool take_back(struct lw_sitting *s)
{
    const json_t *talk = lw_sitting_talk(s);
    if (lw_talk_typed(talk).n > 0) {
        lw_sitting_type_turn(s, "", 0, NULL);
        return true;
    }
    if (lw_talk_order(talk, lw_talk_at(talk)))
        return lw_sitting_order_replies(s, NULL, 0);
    lw_sitting_notify(s, LW_TONE_WARNING,
        "What was said stays. .anew TEXT: write your last turn anew, as a branch.");
    return false;
}

bool lw_plain_answer_talk(struct lw_sitting *s, const char *line, size_t n)
{
    if (n == 0)
        return take_back(s);
    if (lw_talk_typed(lw_sitting_talk(s)).n > 0) {
        lw_sitting_notify(s, LW_TONE_WARNING,
            "Your unfinished turn comes first. .edit: go on with it, .none: drop it.");
        return false;
    }
    return lw_plain_awaits_choice(s) ? choose(s, line) : lw_plain_say(s, line, n);
}

bool lw_plain_talk_is_done(struct lw_sitting *s, struct lw_slot slot)
{
    char why[LW_LIMIT_WORDS];
    const struct lw_question *q = &lw_sitting_view(s)->opts.project->question[slot.question];
    if (is_done(s, slot, why))
        return true;
    if (why[0])
        lw_sitting_notify(s, LW_TONE_WARNING, "%s has %s.", q->label, why);
    else
        lw_sitting_notify(s, LW_TONE_WARNING, "%s is not answered yet.", q->label);
    return false;
}

bool lw_plain_talk_round(const struct lw_sitting *s, char to[LW_PLAIN_ROUND])
{
    const struct lw_task *t = lw_sitting_view(s)->task;
    const json_t *talk = lw_sitting_talk(s);
    if (!talk || t->nresponses == 0 || lw_talk_live(talk) > 0 || lw_plain_awaits_choice(s))
        return false;
    const char *at = lw_talk_at(talk);
    snprintf(to, LW_PLAIN_ROUND, "%s/%zu/%s", at ? at : "", t->nresponses,
        t->response[t->nresponses - 1].id);
    return true;
}
