/* Plain mode: the sitting line by line, for screen readers, dumb terminals and scripts. */
#include "cli/plain/plain_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct plain {
    struct lw_sitting *s;
    uint64_t shown; /* s->shows of the task that was printed */
    size_t at;      /* the slot asked now; s->nslots when all were */
    bool lifted;    /* the curtain, from this task */
    bool automatic; /* `advance: auto`: the last answer submits */
    bool held;      /* … but not now: it could not be done, or an answer is to be changed */
    bool leaving;
    struct lw_sync *sync;
    char *const *editor; /* the user's own; NULL: that of the environment */
    struct lw_plain_line in;
};

static void tell(const struct plain *p)
{
    if (p->s->message[0])
        lw_plain_say(p->s->message);
}

static bool asking(const struct plain *p)
{
    return p->s->task && p->at < p->s->nslots;
}

static const char *curtain(const struct plain *p)
{
    return p->s->task && !p->lifted ? lw_curtain_tag(p->s->with.project, p->s->task) : NULL;
}

/* Does what may go to another task, and says what became of it. At the end of all tasks the
 * sitting's own words name keys that are none here. */
static void act(struct plain *p, struct lw_command c)
{
    size_t nth = p->s->nth;
    lw_sitting_unsay(p->s);
    lw_sitting_do(p->s, &c);
    if (!p->s->finished)
        tell(p);
    else if (p->s->saved)
        printf(
            c.id == LW_CMD_SKIP_WITH ? "Saved: task %zu skipped.\n" : "Saved task %zu.\n", nth + 1);
}

/* --- commands -------------------------------------------------------------------------------- */

struct row {
    const char *name, *words, *help;
    void (*run)(struct plain *p, const struct row *r, const char *rest);
    enum lw_command_id id; /* for travel() */
};
static void help(struct plain *p, const struct row *r, const char *rest);

static void travel(struct plain *p, const struct row *r, const char *rest)
{
    act(p, (struct lw_command){.id = r->id, .text = rest, .len = strlen(rest)});
}

static void back(struct plain *p, const struct row *r, const char *rest)
{
    travel(p, r, rest);
    if (lw_sitting_due(p->s) >= 0) /* an answer has changed */
        p->at = p->s->focus;
}

static void again(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    lw_plain_header(p->s);
    if (!curtain(p))
        lw_plain_task(p->s);
}

static void none(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    if (!asking(p) || curtain(p))
        puts("No question is asked here.");
    else if (lw_plain_answer(p->s, p->at, "", 0))
        puts("Removed.");
    else
        tell(p);
}

static void go_behind(struct plain *p, struct lw_slot slot);

static void edit(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    if (!asking(p) || curtain(p)) {
        puts("No question is asked here.");
        return;
    }
    struct lw_slot slot = p->s->slot[p->at];
    fflush(stdout);
    if (lw_plain_edit(p->s, p->at, p->editor)) {
        puts("Taken.");
        go_behind(p, slot);
    } else {
        tell(p);
    }
}

static void send(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    fflush(stdout);
    lw_plain_send(p->s, p->sync);
}

static void quit(struct plain *p, const struct row *r, const char *rest)
{
    (void)r, (void)rest;
    p->leaving = true;
}

static const struct row rows[] = {
    {"help", "", "this list", help, 0},
    {"skip", "[REASON]", "skip the task", travel, LW_CMD_SKIP_WITH},
    {"back", "", "take back the last answer; then, once more, the last task", back,
        LW_CMD_TAKE_BACK},
    {"none", "", "remove the answer that the question has", none, 0},
    {"edit", "", "answer in $VISUAL or $EDITOR: a text of several lines, a correction", edit, 0},
    {"next", "", "next task, labeled or not", travel, LW_CMD_NEXT_TASK},
    {"prev", "", "previous task", travel, LW_CMD_PREV_TASK},
    {"go", "N", "go to a task by its number or id", travel, LW_CMD_GO},
    {"again", "", "print the task again", again, 0},
    {"send", "", "send what is saved; tells what was refused, and why", send, 0},
    {"quit", "", "leave; what is not submitted is kept as a draft", quit, 0},
    {0},
};

static void help(struct plain *p, const struct row *r, const char *rest)
{
    (void)p, (void)r, (void)rest;
    for (r = rows; r->name; r++)
        printf(".%s%s%s: %s\n", r->name, *r->words ? " " : "", r->words, r->help);
    puts("Any other line answers the question; an empty one keeps the answer there is.");
}

/* A dot and a small letter: texts may well begin with an ellipsis. */
static bool is_command(const char *line)
{
    return line[0] == '.' && line[1] >= 'a' && line[1] <= 'z';
}

static void command(struct plain *p)
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
    puts("There is no such command; .help lists them. A text that begins like one wants a blank "
         "before it.");
}

/* --- questions ------------------------------------------------------------------------------- */

/* The slot behind this one, wherever it stands now: an answer may bring questions or drop them. */
static void go_behind(struct plain *p, struct lw_slot slot)
{
    const struct lw_sitting *s = p->s;
    for (size_t i = 0; i < s->nslots; i++)
        if (s->slot[i].question == slot.question && s->slot[i].response == slot.response)
            p->at = i;
    p->at++;
    p->held = false;
}

/* An empty line: false when an answer is still wanted. */
static bool keeps(struct plain *p, struct lw_slot slot)
{
    const struct lw_sitting *s = p->s;
    struct lw_buf label = {0};
    const json_t *value = lw_answer_get(s->with.project, s->task, s->answers, slot);
    struct lw_span text = lw_text_of(value);
    const struct lw_question *q = &s->with.project->question[slot.question];
    if (q->type == LW_Q_TEXT && lw_edit_is_open(value)) {
        char *whole = lw_strndup(text.s, text.n); /* it goes with the value */
        bool kept = lw_plain_answer(p->s, p->at, whole, text.n);
        free(whole);
        return kept;
    }
    if (!q->required || value)
        return true;
    lw_sitting_slot_label(s, slot, &label);
    lw_sitting_say(p->s, LW_TONE_WARNING, "%s is not answered yet.", label.data);
    lw_buf_fini(&label);
    return false;
}

static void answer(struct plain *p)
{
    struct lw_slot slot = p->s->slot[p->at];
    if (p->in.len == 0 ? keeps(p, slot) : lw_plain_answer(p->s, p->at, p->in.text, p->in.len))
        go_behind(p, slot);
    else
        tell(p);
}

static void submit(struct plain *p)
{
    struct lw_sitting *s = p->s;
    struct lw_slot missing;
    uint64_t shows = s->shows;
    p->held = true;
    act(p, (struct lw_command){.id = LW_CMD_SUBMIT});
    if (s->shows == shows && s->task && s->nslots > 0 &&
        lw_answers_missing(s->with.project, s->task, s->order, s->answers, &missing))
        p->at = s->focus;
}

/* A label without any answer wants a word: an empty line comes too easily. */
static void submit_empty(struct plain *p)
{
    if (strcmp(p->in.text, "empty") == 0) {
        p->held = true;
        act(p, (struct lw_command){.id = LW_CMD_SUBMIT_EMPTY});
    } else {
        puts("Nothing is answered: the word empty saves it so, .skip skips the task.");
    }
}

static void lift_or_submit(struct plain *p)
{
    if (curtain(p) && strcmp(p->in.text, "show") == 0) {
        p->lifted = true;
        lw_plain_task(p->s);
    } else if (curtain(p)) {
        puts("The word show lifts the curtain; .skip skips the task.");
    } else if (p->s->task && p->s->task->unreadable) {
        puts("This record cannot be labeled: .skip skips it, .next goes on.");
    } else if (lw_sitting_is_empty(p->s)) {
        submit_empty(p);
    } else if (p->in.len > 0) {
        puts("An empty line submits; .back takes back the last answer.");
    } else {
        submit(p);
    }
}

/* --- the sitting ----------------------------------------------------------------------------- */

static void begin_task(struct plain *p)
{
    p->shown = p->s->shows;
    p->at = 0;
    p->lifted = p->held = false;
    putchar('\n');
    again(p, NULL, "");
}

static void prompt(const struct plain *p)
{
    if (curtain(p))
        lw_plain_curtain(curtain(p));
    else if (asking(p))
        lw_plain_prompt(p->s, p->s->slot[p->at]);
    else
        fputs(lw_sitting_is_empty(p->s) ? "No answer; type empty to save it so: "
              : p->s->nslots > 0        ? "Empty line to submit: "
                                        : "Empty line to go on: ",
            stdout);
}

static void take_line(struct plain *p)
{
    const char *unfit = lw_plain_unfit(&p->in);
    lw_sitting_touch(p->s);
    if (unfit)
        puts(unfit);
    else if (is_command(p->in.text))
        command(p);
    else if (asking(p) && !curtain(p))
        answer(p);
    else
        lift_or_submit(p);
}

/* Before each line: nothing typed so far may be lost while we wait. */
static void save_draft(struct plain *p)
{
    lw_sitting_unsay(p->s);
    lw_sitting_save_draft(p->s);
    tell(p);
}

static void turn(struct plain *p)
{
    const struct lw_sitting *s = p->s;
    if (p->shown != s->shows)
        begin_task(p);
    if (s->nslots > 0 && !asking(p) && !curtain(p) && !p->held && p->automatic &&
        !lw_sitting_is_empty(s)) {
        submit(p);
        return;
    }
    save_draft(p);
    prompt(p);
    if (lw_plain_read(&p->in))
        take_line(p);
    else
        p->leaving = true;
}

int lw_plain_sit(struct lw_sitting *s, struct lw_sync *sync, bool automatic, char *const *editor)
{
    struct plain p = {
        .s = s, .sync = sync, .shown = s->shows - 1, .automatic = automatic, .editor = editor};
    tell(&p);
    while (!p.leaving && !s->finished)
        turn(&p);
    if (s->finished)
        puts(s->only ? "All of these tasks are done." : "All tasks are done.");
    free(p.in.text);
    return lw_plain_status(&p.in);
}
