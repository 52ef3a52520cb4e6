/* The desk of a talk: from the turn that the contractor has given to the replies of the models,
 * told to the sitting as they come. Both front ends use it:
 *
 *     lw_sitting_run(s, &say);                         // LW_CMD_SAY_TEXT
 *     lw_desk_said(desk);
 *     while (…) {
 *         lw_sync_poll(…, least(…, lw_desk_due_ms(desk)));
 *         if (lw_desk_work(desk))
 *             draw again: the task's talk has changed;
 *     }
 *
 * Messages say what happened. What came of a reply is never lost: it is in the draft while it
 * comes, and in the journal when it has ended, be it cut. */
#ifndef LABELWRIGHT_DESK_DESK_H
#define LABELWRIGHT_DESK_DESK_H

#include "labelwright/model/models.h"
#include "labelwright/sitting/sitting.h"

struct lw_desk;

/* All are borrowed. `models` NULL: nobody can be asked, which is said. */
struct lw_desk *lw_desk_new(
    struct lw_sitting *s, struct lw_models *models, const struct lw_config *config);
void lw_desk_free(struct lw_desk *d); /* gives up what is on its way; NULL is fine */

/* Asks for replies to the last turn: how many are on their way now, 0 after saying why none. And:
 * if the turn that was said awaits any. And: for the rest of a reply that was cut. */
size_t lw_desk_ask(struct lw_desk *d);
size_t lw_desk_said(struct lw_desk *d);
size_t lw_desk_go_on(struct lw_desk *d, const char *reply);

void lw_desk_stop(struct lw_desk *d); /* those on their way: lw_desk_work() ends them as cut */

/* Takes what has come, and tells the sitting, if it is time to. True: it did. */
bool lw_desk_work(struct lw_desk *d);

/* Showing it took so long: the slower, the less often it is told. */
void lw_desk_took(struct lw_desk *d, int64_t ms);

bool lw_desk_busy(const struct lw_desk *d);      /* something is on its way; false for NULL */
int64_t lw_desk_due_ms(const struct lw_desk *d); /* until lw_desk_work() has something to do; -1 */

#endif
