/* The talk of the task on the screen, for the front end that types its turns and asks the models;
 * see project/talk.h for what a talk is. A front end says a turn with LW_CMD_SAY_TEXT, asks with
 * lw_sitting_ask(), and tells what comes until each reply has ended. */
#ifndef LABELWRIGHT_SITTING_TALKING_H
#define LABELWRIGHT_SITTING_TALKING_H

#include "labelwright/sitting/sitting.h"

bool lw_sitting_talks(const struct lw_sitting *s);         /* the task has a talk */
const json_t *lw_sitting_talk(const struct lw_sitting *s); /* as it is now; borrowed, may be NULL */
bool lw_sitting_focus_talk(struct lw_sitting *s);          /* focus its question */

/* True, after saying why, when no turn can be given now; `instead`: one beside an earlier turn. */
bool lw_sitting_refuses_turn(struct lw_sitting *s, bool instead);

/* The turn as typed so far is kept in the draft; `instead`: the id of the one that it is to stand
 * beside, NULL for none. */
void lw_sitting_type_turn(struct lw_sitting *s, const char *text, size_t n, const char *instead);

/* The last turn has no reply, and a model could give one. */
bool lw_sitting_awaits_reply(const struct lw_sitting *s);

/* Adds as many growing replies as the project asks for, with "live": true, to the end of the path;
 * how many: 0 after saying why not. The front end asks for each: the model called "role_name", with
 * lw_talk_request() and "parameters". */
size_t lw_sitting_ask(struct lw_sitting *s);

/* The same for one reply that was cut: it goes on from there. */
size_t lw_sitting_go_on(struct lw_sitting *s, const char *reply);

/* The replies in view, best first, by their places as shown (0 is A): the best one or, where the
 * project wants them ranked, all of them, of which the last may be left out. None: takes the choice
 * back. False after saying why not. */
bool lw_sitting_order_replies(struct lw_sitting *s, const size_t *place, size_t n);

/* All of what has come of a growing reply so far, without what it goes on from. */
void lw_sitting_reply_grows(
    struct lw_sitting *s, const char *id, struct lw_span text, struct lw_span reasoning);

/* It has ended: `about` (stolen) are the members that are known now. Writes it to the journal, and
 * is false when nothing of it came, so that it is no more. */
bool lw_sitting_reply_ends(struct lw_sitting *s, const char *id, json_t *about);

/* Ends those that still grow: as cut. */
void lw_sitting_end_replies(struct lw_sitting *s);

#endif
