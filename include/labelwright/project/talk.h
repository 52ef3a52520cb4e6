/* Talks: a conversation that the contractor has with a model, or writes alone, as one answer. Pure.
 *
 * An answer is
 *   {"messages": [{"id": "m1", "role": "user", "text": "…"},
 *                 {"id": "m2", "after": "m1", "role": "assistant", "text": "…", …},
 *                 {"id": "m3", "after": "m1", "role": "assistant", "text": "…", …}],
 *    "at": "m1", "order": {"m1": [["m3"], ["m2"]]}}
 *
 * Messages form a tree by `after` (absent: the first after the task's own turns), and none is ever
 * taken out. `at` is the last message that the contractor gave; the messages from the first to it
 * are the path, and what follows on it by the other side are its replies, as shown: A first.
 * `order`: of the replies to a message, the ids best first, ties together; "start" stands for those
 * to the task's own last turn.
 *
 * A reply of a model has what was asked and said about it: "model" (as the server calls it, or the
 * user's settings), "api" (how it was asked: "openai"), "role_name" (as the project calls it),
 * "parameters", "finish", "usage", "asked" (UTC), "first_ms", "total_ms", "reasoning",
 * "tool_calls": [{"id", "name", "arguments"}], "error"; and "cut" with the reason when it did not
 * come to its end. "of": the reply that this one is a correction of. "goes_on": the one whose text
 * it begins with. A message of role "tool" has "call", the id of the call that it answers.
 *
 * Only in drafts: "live": true of a reply that still grows, "typed" {"text", "instead"?}: the
 * message being typed, and the earlier one that it is to stand beside. */
#ifndef LABELWRIGHT_PROJECT_TALK_H
#define LABELWRIGHT_PROJECT_TALK_H

#include "labelwright/format/task.h"
#include "labelwright/project/project.h"

/* The role of the task's own text where the talk does not go on from it. */
#define LW_TALK_BRIEF "brief"

enum {
    LW_TALK_MESSAGES_MAX = 2000,
    LW_TALK_REPLIES_MAX = 8, /* shown beside each other */
    LW_TALK_MODELS_MAX = 8,
    LW_TALK_NUMBER_MAX = 999999999 /* of a message's id */
};

/* What a question of type talk says. */
struct lw_talk_rules {
    char **models; /* the names of roles, NULL-terminated; NULL: the contractor writes both sides */
    size_t nmodels; /* each is asked for `replies` */
    int64_t replies;
    bool goes_on;                 /* from the task's turns, which the models see; else those are a
                                     brief for the contractor */
    bool rank;                    /* replies are ranked; else the best one is chosen */
    int64_t min_turns, max_turns; /* of the contractor; 0 for no limit */
    json_t *parameters;           /* sent with each request: integers and strings; NULL for none */
};
void lw_talk_rules_free(struct lw_talk_rules *r);

/* The first question of type talk; NULL for none. */
const struct lw_question *lw_talk_question(const struct lw_project *p);

/* ---- what is in an answer; `value` may be NULL. All borrowed from it */

const json_t *lw_talk_find(const json_t *value, const char *id); /* NULL for none, and for no id */
const char *lw_talk_at(const json_t *value);                     /* NULL: nothing was said yet */

/* The messages of the path, first to last: an array of those of the value, new. */
json_t *lw_talk_path(const json_t *value);

bool lw_talk_is_reply(const json_t *message); /* of the other side */

/* The replies to the message `id`, as shown; without corrections, and without those that another
 * one goes on from. New, as above. */
json_t *lw_talk_replies(const json_t *value, const char *id);

/* The best of them: the only one, or the one that `order` puts alone at the top; NULL for none. */
const char *lw_talk_best(const json_t *value, const char *id);

/* Who gives the next message: the contractor for one side or, without models, for both. */
enum lw_talk_next { LW_TALK_USER, LW_TALK_ASSISTANT, LW_TALK_TOOL };
enum lw_talk_next lw_talk_next(const struct lw_talk_rules *r, const json_t *value);
const char *lw_talk_role(enum lw_talk_next next); /* "user" */

/* The ranking of the replies to a message (NULL: to the task's last turn); NULL for none. */
const json_t *lw_talk_order(const json_t *value, const char *id);

/* The place of a reply in such a ranking, from 1, and how many have one. 0 for none. */
size_t lw_talk_place(const json_t *order, const char *id);
size_t lw_talk_placed(const json_t *order);

/* Several replies to a message, of which the best is to be chosen still or, where the rules want
 * them ranked, not all have a place. */
bool lw_talk_awaits_choice(const struct lw_talk_rules *r, const json_t *value, const char *id);

/* Whether a model can reply to what the task itself says. */
bool lw_talk_task_awaits(const struct lw_talk_rules *r, const struct lw_task *t);

/* How many messages of the contractor's own side are on the path. */
size_t lw_talk_turns(const json_t *value);
size_t lw_talk_live(const json_t *value);               /* replies that still grow */
bool lw_talk_is_full(const json_t *value, size_t more); /* so many messages would be too many */

/* The calls of the best reply, or of the one whose results are being given, that no message of the
 * path answers, [{"id", …}]; new. */
json_t *lw_talk_open_calls(const json_t *value);

/* The message being typed; s NULL for none. */
struct lw_span lw_talk_typed(const json_t *value);

/* ---- what becomes of it; each returns a new reference and leaves the value as it is */

/* With a message more (stolen), which gets an id if it has none; `move`: `at` is it now. Where the
 * id is there already, it takes that one's place. */
json_t *lw_talk_add(const json_t *value, json_t *message, bool move);
json_t *lw_talk_drop_live(const json_t *value, const char *id); /* a reply of which nothing came */
json_t *lw_talk_with_typed(const json_t *value, const char *text, size_t n, const char *instead);
json_t *lw_talk_without_typed(const json_t *value);
json_t *lw_talk_move(const json_t *value, const char *id); /* `at` is it now; NULL: the beginning */
json_t *lw_talk_with_order(
    const json_t *value, const char *of, json_t *order); /* stolen; NULL: none */

/* Nothing grows any more: what did has "cut", and what had no text yet is gone. */
json_t *lw_talk_ended(const json_t *value);

/* The end of the next branch: a message of the contractor's that no other one of theirs follows,
 * behind the one of the path, wrapping; NULL where there is no other. */
const char *lw_talk_next_branch(const json_t *value);

/* An id that no message has. */
void lw_talk_new_id(const json_t *value, char to[LW_ITEM_ID]);

/* What the model is to see: [{"role", "content", …}], the turns of the record where the talk goes
 * on from them, and the path; then the reply `from` as far as it came, unless NULL. New. */
json_t *lw_talk_request(
    const struct lw_talk_rules *r, const struct lw_task *t, const json_t *value, const char *from);

#endif
