/* Plain mode: a session line by line, for screen readers, dumb terminals and scripts. Here are its
 * loop, its commands and its opening; what is printed is in plain_print.c, how a line becomes an
 * answer in plain_answer.c. */
#include "cli/cli_internal.h"
#include "cli/plain/plain_internal.h"

#include "labelwright/desk/desk.h"
#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct plain {
    struct lw_sitting *s;
    uint64_t shown; /* s->shows of the task that was printed */
    size_t at;      /* the slot asked now; s->nslots after the last */
    bool lifted;    /* this hidden task is shown now */
    bool source;    /* texts are printed as they stand */
    bool automatic; /* `advance: auto`: the last answer submits */
    bool held;      /* … but not now: submitting failed, or an answer is being changed */
    bool leaving;
    enum lw_rest_kind offered; /* the offer of rest that was printed last */
    struct lw_sync *sync;
    struct lw_plain_talk talk;
    char rated[LW_PLAIN_ROUND]; /* the replies of a talk that were asked about */
    char *const *editor;        /* from config.yaml; NULL: from the environment */
    struct lw_plain_line in;
};

static void print_message(const struct plain *p)
{
    char *words = lw_plain_words(lw_sitting_view(p->s)->message);
    if (*words)
        lw_plain_print(words);
    free(words);
}

/* An answer that stands may be doubtful: like an earlier text, or one more than is wanted. */
static void print_warning(const struct plain *p)
{
    if (lw_sitting_view(p->s)->tone == LW_TONE_WARNING)
        print_message(p);
}

static bool asking(const struct plain *p)
{
    return lw_sitting_view(p->s)->task && p->at < lw_sitting_view(p->s)->nslots;
}

static const char *curtain(const struct plain *p)
{
    const struct lw_sitting_view *v = lw_sitting_view(p->s);
    return v->task && !p->lifted ? lw_sitting_hiding_tag(p->s, v->task) : NULL;
}

/* Runs a command that may change the task, and prints the result. After the last task the
 * session's own message names keys that do not exist here. */
static void run_command(struct plain *p, struct lw_command c)
{
    const struct lw_sitting_view *v = lw_sitting_view(p->s);
    size_t nth = v->nth;
    lw_sitting_clear_message(p->s);
    lw_sitting_run(p->s, &c);
    if (!v->finished)
        print_message(p);
    else if (v->saved)
        printf(c.id == LW_CMD_SKIP_WITH ? "Task %zu skipped.\n" : "Saved task %zu.\n", nth + 1);
    lw_plain_print_note(p->s);
    lw_sitting_end_note(p->s);
}

/* ---- commands */

struct row {
    const char *name, *words, *help;
    void (*run)(struct plain *p, const struct row *r, const char *rest);
    enum lw_command_id id; /* for pass_on() */
};
static void help(struct plain *p, const struct row *r, const char *rest);

static void pass_on(struct plain *p, const struct row *r, const char *rest)
{
    run_command(p, (struct lw_command){.id = r->id, .text = rest, .len = strlen(rest)});
}

static bool is_talk(const struct plain *p, struct lw_slot slot)
{
    return lw_sitting_view(p->s)->opts.project->question[slot.question].type == LW_Q_TALK;
}

static void ask_talk(struct plain *p)
{
    const struct lw_sitting_view *v = lw_sitting_view(p->s);
    for (size_t i = v->nslots; i-- > 0;)
        if (is_talk(p, v->slot[i]))
            p->at = i;
    p->held = false;
}

static void undo(struct plain *p, const struct row *r, const char *rest)
{
    pass_on(p, r, rest);
    if (lw_sitting_due(p->s) >= 0) /* an answer has changed */
        p->at = lw_sitting_view(p->s)->focus;
    if (lw_plain_awaits_choice(p->s)) /* that of the best reply */
        ask_talk(p);
}

/* Pictures are only named here. */
static struct lw_uncovered printed_size(const struct lw_task *t)
{
    struct lw_uncovered size = lw_task_size(t);
    size.pictures = 0;
    return size;
}

/* All of it: what is printed counts as read, and as seen until the next task. */
static void print_texts(struct plain *p)
{
    const struct lw_task *t = lw_sitting_view(p->s)->task;
    lw_plain_print_task(p->s, p->source);
    for (size_t i = 0; t && !t->unreadable && i < t->nresponses; i++)
        lw_sitting_note_read(p->s, (int)i);
    if (t && !t->unreadable)
        lw_sitting_note_uncovered(p->s, printed_size(t));
}

static void print_again(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    lw_plain_print_header(p->s);
    if (curtain(p))
        lw_plain_print_hidden(p->s);
    else
        print_texts(p);
}

static void toggle_source(struct plain *p, const struct row *r, const char *rest)
{
    p->source = !p->source;
    puts(p->source ? "Texts are printed as they stand." : "Markdown is put in words.");
    print_again(p, r, rest);
}

static void clear_answer(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    if (!asking(p) || curtain(p))
        puts("No question to answer here.");
    else if (lw_plain_answer(p->s, p->at, "", 0))
        puts("Answer removed.");
    else
        print_message(p);
}

static void ask_after(struct plain *p, struct lw_slot slot);

/* What was said, or chosen, and the replies to it. */
static void follow_turn(struct plain *p)
{
    print_message(p);
    lw_plain_talk_said(&p->talk);
}

static void edit(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    if (!asking(p) || curtain(p)) {
        puts("No question to answer here.");
        return;
    }
    struct lw_slot slot = lw_sitting_view(p->s)->slot[p->at];
    fflush(stdout);
    lw_sitting_clear_message(p->s);
    bool set = lw_plain_edit(p->s, p->at, p->editor);
    if (set && is_talk(p, slot)) {
        follow_turn(p);
    } else if (set) {
        puts("Answer set.");
        print_warning(p);
        ask_after(p, slot);
    } else {
        print_message(p);
    }
}

/* What is suggested for the question asked; with "all" for all that are left. Or what the last
 * label has for those. */
static void accept(struct plain *p, const struct row *r, const char *rest)
{
    bool repeats = r->id == LW_CMD_REPEAT, all = repeats || strcmp(rest, "all") == 0;
    const struct lw_sitting_view *v = lw_sitting_view(p->s);
    if (curtain(p) || (!asking(p) && !all)) {
        puts("No question to answer here.");
        return;
    }
    struct lw_slot slot = asking(p) ? v->slot[p->at] : (struct lw_slot){0, -1};
    uint64_t shows = v->show_count;
    if (asking(p))
        lw_sitting_run(p->s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = (int64_t)p->at});
    run_command(
        p, (struct lw_command){.id = all && !repeats ? LW_CMD_ACCEPT_ALL : r->id, .number = -1});
    if (v->show_count != shows || !v->task)
        return;
    if (all && v->nslots > 0)
        p->at = lw_answer_get(v->opts.project, v->task, v->answers, v->slot[v->focus]) ? v->nslots
                                                                                       : v->focus;
    else if (lw_answer_get(v->opts.project, v->task, v->answers, slot) && !is_talk(p, slot))
        ask_after(p, slot);
}

/* ---- talks */

static bool branch(struct plain *p, const struct row *r)
{
    const char *at = lw_talk_at(lw_sitting_talk(p->s));
    char *was = lw_strdup(at ? at : "");
    run_command(p, (struct lw_command){.id = r->id});
    at = lw_talk_at(lw_sitting_talk(p->s));
    bool moved = at && strcmp(at, was) != 0;
    free(was);
    if (moved)
        print_again(p, r, "");
    return moved;
}

static bool write_anew(struct plain *p, const char *text)
{
    struct plain at = *p;
    ask_talk(&at);
    bool said = lw_plain_talk_anew(&p->talk, at.at, text);
    if (said)
        follow_turn(p);
    return said;
}

/* Where nothing came the question stays that was asked. */
static void talk(struct plain *p, const struct row *r, const char *rest)
{
    char was[LW_PLAIN_ROUND] = "", now[LW_PLAIN_ROUND] = "";
    bool done = false, rated = lw_plain_talk_round(p->s, was);
    if (curtain(p))
        puts("No question to answer here.");
    else if (r->id == LW_CMD_ASK)
        done = lw_plain_talk_ask(&p->talk);
    else if (r->id == LW_CMD_GO_ON)
        done = lw_plain_talk_go_on(&p->talk, rest);
    else if (r->id == LW_CMD_SAY_ANEW)
        done = write_anew(p, rest);
    else
        done = branch(p, r);
    bool same = rated && lw_plain_talk_round(p->s, now) && strcmp(was, now) == 0;
    if (done && !same)
        ask_talk(p);
}

static void send(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    fflush(stdout);
    lw_plain_send(p->s, p->sync);
}

/* ---- rest */

static void take_break(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    lw_sitting_pause(p->s, true);
    puts("Paused. The clock is stopped. Press Enter to go on.");
    p->leaving = !lw_plain_read_line(&p->in);
    lw_sitting_pause(p->s, false);
}

static void put_off(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    lw_sitting_clear_message(p->s);
    lw_sitting_rest_later(p->s);
    print_message(p);
}

static void hide_first(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    lw_sitting_clear_message(p->s);
    lw_sitting_hide_first(p->s, !lw_sitting_view(p->s)->hides_all);
    print_message(p);
}

static void stop_today(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    lw_sitting_stop_today(p->s, true);
    p->leaving = true;
}

/* Once for each offer, with a new task. */
static void print_offer(struct plain *p)
{
    const struct lw_rest_offer *offer = &lw_sitting_view(p->s)->offer;
    if (offer->kind != LW_REST_NONE && offer->kind != p->offered) {
        char *words = lw_format("%s. %s", offer->why,
            offer->kind == LW_REST_STOP ? ".stop: stop for today, .later: not today."
                                        : ".pause: pause, .later: put it off.");
        lw_plain_print(words);
        free(words);
    }
    p->offered = offer->kind;
}

static void print_seen(const struct plain *p)
{
    struct lw_buf seen = {0};
    if (lw_sitting_describe_seen(p->s, &seen)) {
        char *words = lw_format("Seen today: %s.", seen.data);
        lw_plain_print(words);
        free(words);
    }
    lw_buf_fini(&seen);
}

static void quit(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    p->leaving = true;
}

static void print_like(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    lw_plain_print_like(p->s);
}

static const struct row rows[] = {
    {"help", "", "show this list", help, 0},
    {"skip", "[REASON]", "skip the task", pass_on, LW_CMD_SKIP_WITH},
    {"back", "", "undo the last answer; again: undo the last task", undo, LW_CMD_TAKE_BACK},
    {"none", "", "remove the answer to this question", clear_answer, 0},
    {"edit", "", "answer in $VISUAL or $EDITOR (long texts, corrections)", edit, 0},
    {"accept", "[all]", "accept what is suggested for this question, or for all", accept,
        LW_CMD_ACCEPT},
    {"repeat", "", "give the answers of the last label again", accept, LW_CMD_REPEAT},
    {"like", "", "print your earlier text that one of this task is much like", print_like, 0},
    {"ask", "", "talk: ask for a reply, or for more of them; Ctrl-C stops them", talk, LW_CMD_ASK},
    {"goon", "[LETTER]", "talk: let a reply that was cut go on", talk, LW_CMD_GO_ON},
    {"anew", "[TEXT]", "talk: write your last turn anew, as a branch", talk, LW_CMD_SAY_ANEW},
    {"branch", "", "talk: go to the next branch", talk, LW_CMD_BRANCH},
    {"next", "", "next task, labeled or not", pass_on, LW_CMD_NEXT_TASK},
    {"prev", "", "previous task", pass_on, LW_CMD_PREV_TASK},
    {"go", "N", "go to a task (number or id; +3 or -3: so many on or back)", pass_on, LW_CMD_GO},
    {"again", "", "print the task again", print_again, 0},
    {"source", "", "print texts as they stand; again: Markdown in words", toggle_source, 0},
    {"send", "", "send now; show refused labels and why", send, 0},
    {"hide", "", "every task starts hidden in this session, on/off", hide_first, 0},
    {"pause", "", "pause: stop the clock", take_break, 0},
    {"later", "", "put off the break that is offered", put_off, 0},
    {"stop", "", "leave for today; unsubmitted answers are kept as a draft", stop_today, 0},
    {"quit", "", "leave; unsubmitted answers are kept as a draft", quit, 0},
    {0},
};

static void help(struct plain *p, const struct row *r, const char *rest)
{
    (void)rest;
    for (r = rows; r->name; r++)
        if (r->run != talk || p->talk.desk)
            printf(".%s%s%s: %s\n", r->name, *r->words ? " " : "", r->words, r->help);
    puts("Type an answer, or press Enter to keep the current one.");
}

/* A dot and a lower-case letter: a text may begin with an ellipsis. */
static bool is_command(const char *line)
{
    return line[0] == '.' && line[1] >= 'a' && line[1] <= 'z';
}

static void run_line(struct plain *p)
{
    const char *name = p->in.text + 1, *rest;
    size_t n = strcspn(name, " \t");
    rest = name + n + strspn(name + n, " \t");
    for (const struct row *r = rows; r->name; r++) {
        if (strlen(r->name) == n && strncmp(r->name, name, n) == 0) {
            r->run(p, r, rest);
            return;
        }
    }
    puts("Unknown command; .help lists them. To answer with text that starts with \".\", type a "
         "space first.");
}

/* ---- questions */

static bool is_about_reply(const struct plain *p, size_t i)
{
    const struct lw_sitting_view *v = lw_sitting_view(p->s);
    return lw_sitting_talks(p->s) &&
           v->opts.project->question[v->slot[i].question].on == LW_ON_RESPONSE;
}

/* After the questions about the replies: the talk goes on, unless something before it is open. */
static void ask_after_replies(struct plain *p)
{
    const struct lw_sitting_view *v = lw_sitting_view(p->s);
    lw_plain_talk_round(p->s, p->rated);
    for (p->at = 0; p->at < v->nslots; p->at++)
        if (is_talk(p, v->slot[p->at]) ||
            (!is_about_reply(p, p->at) &&
                !lw_answer_get(v->opts.project, v->task, v->answers, v->slot[p->at])))
            return;
}

/* Questions about the replies of a talk come between its turns, all others one after the other. */
static void ask_next_slot(struct plain *p)
{
    const struct lw_sitting_view *v = lw_sitting_view(p->s);
    bool about_reply = is_about_reply(p, p->at);
    do
        p->at++;
    while (p->at < v->nslots && is_about_reply(p, p->at) != about_reply);
    if (about_reply && p->at == v->nslots)
        ask_after_replies(p);
}

/* At the talk, and all its replies are there: what is asked about them comes first. */
static void ask_about_replies(struct plain *p)
{
    const struct lw_sitting_view *v = lw_sitting_view(p->s);
    char round[LW_PLAIN_ROUND];
    if (lw_plain_awaits_choice(p->s))
        p->rated[0] = '\0';
    if (!asking(p) || !is_talk(p, v->slot[p->at]) || !lw_plain_talk_round(p->s, round) ||
        strcmp(round, p->rated) == 0)
        return;
    memcpy(p->rated, round, sizeof round);
    for (size_t i = 0; i < v->nslots; i++)
        if (is_about_reply(p, i) &&
            !lw_answer_get(v->opts.project, v->task, v->answers, v->slot[i])) {
            p->at = i;
            return;
        }
}

/* Goes to the slot after this one, wherever it is now: an answer may add or remove questions. */
static void ask_after(struct plain *p, struct lw_slot slot)
{
    const struct lw_sitting_view *s = lw_sitting_view(p->s);
    for (size_t i = 0; i < s->nslots; i++)
        if (s->slot[i].question == slot.question && s->slot[i].item == slot.item)
            p->at = i;
    if (p->at < s->nslots)
        ask_next_slot(p);
    else
        p->at++;
    p->held = false;
    if (lw_answer_is_settled(s->opts.project, s->task, s->answers, slot))
        lw_plain_print_next(p->s, p->source);
}

/* Handles an empty line; false when an answer is still required. */
static bool accept_empty(struct plain *p, struct lw_slot slot)
{
    const struct lw_sitting *s = p->s;
    const struct lw_sitting_view *v = lw_sitting_view(s);
    struct lw_buf label = {0};
    const json_t *value = lw_answer_get(v->opts.project, v->task, v->answers, slot);
    struct lw_span text = lw_text_of(value);
    const struct lw_question *q = &v->opts.project->question[slot.question];
    if ((q->type == LW_Q_TEXT || q->type == LW_Q_WRITE) && lw_edit_is_open(value)) {
        char *whole = lw_strndup(text.s, text.n); /* the value owns the text and will be freed */
        bool kept = lw_plain_answer(p->s, p->at, whole, text.n);
        free(whole);
        return kept;
    }
    if (!q->required || value)
        return true;
    lw_sitting_slot_label(s, slot, &label);
    lw_sitting_notify(p->s, LW_TONE_WARNING, "%s is not answered yet.", label.data);
    lw_buf_fini(&label);
    return false;
}

/* Spans and boxes come line by line, until an empty one. */
static bool takes_more(const struct plain *p, struct lw_slot slot)
{
    enum lw_qtype type = lw_sitting_view(p->s)->opts.project->question[slot.question].type;
    return p->in.len > 0 && (type == LW_Q_SPANS || type == LW_Q_BOXES);
}

/* A turn, or which reply is the best; an empty line ends the talk. */
static void answer_talk(struct plain *p, struct lw_slot slot)
{
    if (p->in.len == 0 && lw_plain_talk_is_done(p->s, slot))
        ask_after(p, slot);
    else if (p->in.len > 0 && lw_plain_answer(p->s, p->at, p->in.text, p->in.len))
        follow_turn(p);
    else
        print_message(p);
}

static void answer(struct plain *p)
{
    struct lw_slot slot = lw_sitting_view(p->s)->slot[p->at];
    lw_sitting_clear_message(p->s);
    if (is_talk(p, slot)) {
        answer_talk(p, slot);
    } else if (takes_more(p, slot)) {
        lw_plain_answer(p->s, p->at, p->in.text, p->in.len);
        print_message(p);
    } else if (p->in.len == 0 ? accept_empty(p, slot)
                              : lw_plain_answer(p->s, p->at, p->in.text, p->in.len)) {
        print_warning(p);
        ask_after(p, slot);
    } else {
        print_message(p);
    }
}

static void submit(struct plain *p)
{
    const struct lw_sitting_view *s = lw_sitting_view(p->s);
    struct lw_slot missing;
    uint64_t shows = s->show_count;
    p->held = true;
    run_command(p, (struct lw_command){.id = LW_CMD_SUBMIT});
    if (s->show_count == shows && s->task && s->nslots > 0 &&
        lw_answers_missing(s->opts.project, s->task, s->order, s->answers, &missing))
        p->at = s->focus;
}

/* A label without any answer needs a word: an empty line is typed too easily. */
static void submit_empty(struct plain *p)
{
    if (strcmp(p->in.text, "empty") == 0) {
        p->held = true;
        run_command(p, (struct lw_command){.id = LW_CMD_SUBMIT_EMPTY});
    } else {
        puts("No answer yet. Type empty to save without answers, or .skip.");
    }
}

static void lift_or_submit(struct plain *p)
{
    if (curtain(p) && strcmp(p->in.text, "show") == 0) {
        p->lifted = true;
        print_texts(p);
    } else if (curtain(p)) {
        puts("Type show to see this task, or .skip.");
    } else if (lw_sitting_view(p->s)->task && lw_sitting_view(p->s)->task->unreadable) {
        puts("This task cannot be read. .skip: skip it, .next: next task.");
    } else if (lw_sitting_is_empty(p->s)) {
        submit_empty(p);
    } else if (p->in.len > 0) {
        puts("Press Enter on an empty line to submit. .back: undo the last answer.");
    } else {
        submit(p);
    }
}

/* ---- the session */

static void print_task(struct plain *p)
{
    p->shown = lw_sitting_view(p->s)->show_count;
    p->at = 0;
    p->rated[0] = '\0';
    p->lifted = p->held = false;
    putchar('\n');
    print_offer(p);
    print_again(p, NULL, "");
}

/* Before the first question of a page the name of that. */
static void print_question(const struct plain *p)
{
    const struct lw_sitting_view *v = lw_sitting_view(p->s);
    const struct lw_question *q = v->opts.project->question, *now = &q[v->slot[p->at].question];
    if (now->page && (p->at == 0 || !lw_question_same_page(&q[v->slot[p->at - 1].question], now)))
        lw_plain_print(now->page);
    lw_plain_print_prompt(p->s, v->slot[p->at]);
}

static void prompt(const struct plain *p)
{
    if (curtain(p))
        lw_plain_print_curtain(curtain(p));
    else if (asking(p))
        print_question(p);
    else
        fputs(lw_sitting_is_empty(p->s) ? "No answer; type empty to save without answers: "
              : lw_sitting_view(p->s)->nslots > 0 ? "Press Enter to submit: "
                                                  : "Press Enter for the next task: ",
            stdout);
}

static void read_input(struct plain *p)
{
    const char *unfit = lw_plain_line_fault(&p->in);
    lw_sitting_touch(p->s);
    if (unfit)
        puts(unfit);
    else if (is_command(p->in.text))
        run_line(p);
    else if (asking(p) && !curtain(p))
        answer(p);
    else
        lift_or_submit(p);
}

/* Before each line: nothing typed so far may be lost while waiting. */
static void save_draft(struct plain *p)
{
    lw_sitting_clear_message(p->s);
    lw_sitting_save_draft(p->s);
    print_message(p);
}

static void ask_next(struct plain *p)
{
    const struct lw_sitting *s = p->s;
    const struct lw_sitting_view *v = lw_sitting_view(s);
    if (p->shown != v->show_count)
        print_task(p);
    if (v->nslots > 0 && !asking(p) && !curtain(p) && !p->held && p->automatic &&
        !lw_sitting_is_empty(s)) {
        submit(p);
        return;
    }
    if (!curtain(p))
        ask_about_replies(p);
    save_draft(p);
    prompt(p);
    if (lw_plain_read_line(&p->in))
        read_input(p);
    else
        p->leaving = true;
}

static void print_end(const struct lw_sitting *s)
{
    char *end = lw_sitting_describe_end(s);
    puts(end);
    free(end);
}

static int run_session(
    struct lw_sync *sync, const struct lw_plain_talk *talk, const struct lw_cli *c, bool automatic)
{
    struct lw_sitting *s = talk->s;
    const struct lw_sitting_view *v = lw_sitting_view(s);
    struct plain p = {.s = s,
        .sync = sync,
        .talk = *talk,
        .shown = v->show_count - 1,
        .automatic = automatic,
        .editor = c->config.editor};
    print_message(&p);
    while (!p.leaving && !v->finished)
        ask_next(&p);
    if (v->finished)
        print_end(s);
    print_seen(&p);
    free(p.in.text);
    return lw_plain_end_status(&p.in);
}

/* ---- opening */

/* With the models of the user's, where the project has a talk. */
static int run_with_models(struct lw_sitting *s, struct lw_sync *sync, struct lw_http *http,
    const struct lw_cli *c, bool automatic)
{
    const struct lw_sitting_opts *with = &lw_sitting_view(s)->opts;
    struct lw_models *models = NULL;
    struct lw_plain_talk talk = {.s = s, .http = http, .editor = c->config.editor};
    if (lw_talk_question(with->project)) {
        models = lw_models_new(with->sys, &c->config, http);
        talk.desk = lw_desk_new(s, models, &c->config);
    }
    int status = run_session(sync, &talk, c, automatic);
    lw_sitting_end_replies(s);
    lw_desk_free(talk.desk);
    lw_models_free(models);
    return status;
}

static int label(struct lw_workspace *w, struct lw_cli *c)
{
    struct lw_project project = *w->project;
    struct lw_sitting *s = NULL;
    struct lw_sync *sync = NULL;
    struct lw_err err = {0};
    struct lw_sitting_opts with = {
        .sys = w->sys,
        .project = &project,
        .tasks = w->tasks,
        .journal = w->journal,
        .ledger = w->ledger,
        .dir = w->dir,
        .workspace = w,
        .idle_ms = c->config.idle_ms,
        .curtain = c->config.curtain,
        .ncurtain = c->config.ncurtain,
        .rest = &c->config.rest,
        .repeats = c->config.repeats,
        .task = c->value[LW_OPT_TASK],
        .only = c->value[LW_OPT_ONLY],
    };
    struct lw_sync_opts sending = {.sys = w->sys,
        .project = w->project,
        .config = &c->config,
        .journal = w->journal,
        .ledger = w->ledger,
        .http = lw_http_new(w->sys, NULL)};
    int status;
    if (lw_journal_mode(w->journal) == LW_JOURNAL_WRITABLE)
        lw_cli_find_signer(c, w->project);
    sending.signer = c->signer;
    project.advance_auto = false; /* also ask the questions after the last required one */
    enum lw_code code = lw_sitting_open(&with, &s, &err);
    while (code == LW_OK && lw_sitting_counts(s))
        lw_sitting_count(s);
    if (code != LW_OK || lw_sync_open(&sending, &sync, &err) != LW_OK)
        status = lw_cli_fail(NULL, &err);
    else
        status = run_with_models(s, sync, sending.http, c, w->project->advance_auto);
    lw_sync_close(sync);
    lw_http_free(sending.http);
    lw_sitting_close(s);
    return status;
}

/* No progress while reading: these terminals cannot overwrite a line. */
int lw_plain_run(struct lw_cli *c)
{
    struct lw_workspace w;
    struct lw_err err = {0};
    int status = lw_cli_open(c, false, &w);
    if (status != 0)
        return status;
    if (lw_workspace_index_all(&w, NULL, NULL, &err) != LW_OK) {
        status = lw_cli_fail(NULL, &err);
    } else {
        size_t before = lw_cli_saved(&w);
        lw_cli_warn_duplicates(&w);
        status = label(&w, c);
        if (status == 0)
            lw_cli_say_export(c, &w, before);
    }
    lw_workspace_close(&w);
    return status;
}
