/* The dispatcher: the table of commands, the function that each runs, what it needs, and why it may
 * be refused now. What a command does is in the files below: submit, answering, take_back,
 * navigate, focus. */
#include "sitting/sitting_internal.h"

#include "labelwright/sitting/talking.h"

#define X(id, name, keys, who, group, help) {name, keys, help, LW_WHO_##who, LW_GROUP_##group},
const struct lw_command_row lw_command_table[LW_CMD_TABLE_END] = {LW_COMMANDS(X)};
#undef X

const char *lw_command_group_title(enum lw_command_group g)
{
    static const char *const titles[] = {
        [LW_GROUP_LABEL] = "Labeling",
        [LW_GROUP_MOVE] = "Tasks",
        [LW_GROUP_READ] = "Reading",
        [LW_GROUP_HELP] = "Other",
    };
    return titles[g];
}

enum need {
    NEEDS_TASK = 1,
    NEEDS_SLOTS = 2,
    NEEDS_JOURNAL = 4, /* may change what is recorded */
};

static const struct {
    lw_act *act; /* NULL: the front end runs it, if it may run */
    unsigned needs;
} acts[LW_CMD_COUNT] = {
    [LW_CMD_DIGIT] = {lw_act_digit, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_LESS] = {lw_act_step, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_MORE] = {lw_act_step, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_MUCH_LESS] = {lw_act_step, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_MUCH_MORE] = {lw_act_step, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_TIE] = {lw_act_rank_next, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_NOT_RANKABLE] = {lw_act_rank_next, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_ACCEPT] = {lw_act_accept, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_ACCEPT_ALL] = {lw_act_accept_all, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_MACRO] = {lw_act_macro, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_REPEAT] = {lw_act_repeat, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_NEXT_QUESTION] = {lw_act_turn_focus, NEEDS_TASK | NEEDS_SLOTS},
    [LW_CMD_PREV_QUESTION] = {lw_act_turn_focus, NEEDS_TASK | NEEDS_SLOTS},
    [LW_CMD_SUBMIT] = {lw_act_submit, NEEDS_TASK | NEEDS_JOURNAL},
    [LW_CMD_SUBMIT_EMPTY] = {lw_act_submit, NEEDS_TASK | NEEDS_JOURNAL},
    [LW_CMD_SKIP] = {NULL, NEEDS_TASK | NEEDS_JOURNAL},
    [LW_CMD_FLAG] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_NOTE] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_EDIT] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_EDIT_OUTSIDE] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_SKIP_WITH] = {lw_act_skip, NEEDS_TASK | NEEDS_JOURNAL},
    [LW_CMD_TAKE_BACK] = {lw_act_take_back, NEEDS_JOURNAL},
    [LW_CMD_NEXT_TASK] = {lw_act_neighbour, NEEDS_TASK},
    [LW_CMD_PREV_TASK] = {lw_act_neighbour, NEEDS_TASK},
    [LW_CMD_MARK] = {lw_act_mark, NEEDS_TASK},
    [LW_CMD_NEXT_MARK] = {lw_act_next_mark, NEEDS_TASK},
    [LW_CMD_GO] = {lw_act_go, 0},
    [LW_CMD_GO_NTH] = {lw_act_go_nth, 0},
    [LW_CMD_TOGGLE] = {lw_act_pick, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_TEXT] = {lw_act_text, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_SAY] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_SAY_ANEW] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_ASK] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_GO_ON] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_STOP] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_BRANCH] = {lw_act_branch, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_SAY_TEXT] = {lw_act_say, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_SPANS] = {lw_act_spans, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_SPAN] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_FOCUS] = {lw_act_focus, NEEDS_TASK | NEEDS_SLOTS},
    [LW_CMD_MOVE_ON] = {lw_act_move_on, NEEDS_TASK | NEEDS_SLOTS},
    [LW_CMD_RESPONSE] = {lw_act_response, NEEDS_TASK | NEEDS_SLOTS},
};

static const char *journal_refusal(const struct lw_sitting *s)
{
    switch (lw_journal_mode(s->view.opts.journal)) {
    case LW_JOURNAL_READ_ONLY:
        return lw_journal_owner(s->view.opts.journal) ? LW_MSG_VIEW_ONLY_OTHER
                                                      : LW_MSG_VIEW_ONLY_DISK;
    case LW_JOURNAL_BLOCKED:
        return LW_MSG_BLOCKED;
    default:
        return NULL;
    }
}

const char *lw_sitting_refusal(const struct lw_sitting *s, enum lw_command_id id)
{
    unsigned needs = acts[id].needs;
    if (needs & NEEDS_TASK && !s->view.task)
        return LW_MSG_NO_TASK;
    if (needs & NEEDS_SLOTS && s->view.task->unreadable)
        return LW_MSG_UNREADABLE;
    if (needs & NEEDS_SLOTS && s->view.nslots == 0)
        return LW_MSG_NO_QUESTION;
    return needs & NEEDS_JOURNAL ? journal_refusal(s) : NULL;
}

bool lw_sitting_check_command(struct lw_sitting *s, enum lw_command_id id)
{
    const char *why = lw_sitting_refusal(s, id);
    if (!why)
        return true;
    if (!(acts[id].needs & NEEDS_JOURNAL && lw_sitting_take_over(s)))
        lw_sitting_notify(s, LW_TONE_WARNING, "%s", why);
    return false;
}

static bool is_of_ranking(enum lw_command_id id)
{
    return id == LW_CMD_DIGIT || id == LW_CMD_TIE || id == LW_CMD_NOT_RANKABLE;
}

static bool is_guarded(struct lw_sitting *s, enum lw_command_id id)
{
    if (!s->view.task || s->view.task->unreadable)
        return false; /* it cannot be labeled */
    bool accepts =
        id == LW_CMD_ACCEPT || id == LW_CMD_ACCEPT_ALL || id == LW_CMD_REPEAT || id == LW_CMD_MACRO;
    bool guarded = id == LW_CMD_SUBMIT
                       ? lw_sitting_guards_enter(s)
                       : (accepts || is_of_ranking(id)) && lw_sitting_guards_answer(s);
    if (guarded)
        lw_sitting_notify_too_soon(s);
    return guarded;
}

struct lw_decision lw_sitting_apply(struct lw_sitting *s, const struct lw_command *c)
{
    if (is_guarded(s, c->id))
        return LW_STAY;
    if (!lw_sitting_check_command(s, c->id))
        return LW_STAY;
    if (!acts[c->id].act)
        return LW_STAY;
    lw_act *act = acts[c->id].act;
    if (c->id == LW_CMD_SUBMIT && lw_answering_waits(s))
        act = lw_answering_enter;
    else if (c->id != LW_CMD_DIGIT)
        s->number_at = 0;
    if (!is_of_ranking(c->id))
        s->placed_at = 0;
    struct lw_decision d = act(s, c);
    if (c->id != LW_CMD_LESS && c->id != LW_CMD_MORE)
        s->view.candidate = -1;
    if (c->id != LW_CMD_TAKE_BACK)
        s->armed = 0;
    if (c->id != LW_CMD_SUBMIT)
        s->empty_at = 0;
    s->view.saved = false;
    return d;
}

void lw_sitting_end_number(struct lw_sitting *s, const struct lw_command *next)
{
    lw_sitting_commit(s, lw_answering_end_number(s, next));
}

/* The replies end before the event, which then is about what there is. See also navigate.c. */
static bool leaves_task(const struct lw_sitting *s, enum lw_command_id id)
{
    return id == LW_CMD_SKIP_WITH || (id == LW_CMD_TAKE_BACK && s->armed && s->history.n == 0);
}

void lw_sitting_run(struct lw_sitting *s, const struct lw_command *c)
{
    if (leaves_task(s, c->id))
        lw_sitting_end_replies(s);
    if (c->id == LW_CMD_DIGIT)
        lw_sitting_end_number(s, c);
    lw_sitting_commit(s, lw_sitting_apply(s, c));
}
