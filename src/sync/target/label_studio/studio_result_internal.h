/* Builds a Label Studio annotation from an event and the project's controls. Pure.
 *
 * A question's control has the question's name; for a question about responses, turns or steps, the
 * name QUESTION_ITEM, such as quality_r1 or verdict_s3. The type of control decides how the answer
 * is written:
 *
 *     rating, number   an integer
 *     choices          a word, several words, an integer; for a comparison the better id, or "tie"
 *     taxonomy         paths: "safety/hate"
 *     textarea         a text, or the corrected text
 *     pairwise         a comparison; its toName names the two responses, or they are r1 and r2
 *     ranker           a ranking without ties; its items have the ids of the responses. No buckets
 */
#ifndef LABELWRIGHT_SYNC_TARGET_LABEL_STUDIO_STUDIO_RESULT_INTERNAL_H
#define LABELWRIGHT_SYNC_TARGET_LABEL_STUDIO_STUDIO_RESULT_INTERNAL_H

#include "labelwright/base/err.h"
#include "labelwright/project/project.h"
#include "sync/target/label_studio/studio_config_internal.h"

#include <jansson.h>

enum { LW_STUDIO_UNIQUE = 37, LW_STUDIO_MARK = 15 };

/* The unique_id of an event: always the same UUID. */
void lw_studio_unique(const char *journal, uint64_t seq, char to[LW_STUDIO_UNIQUE]);

/* What the ids of our result items begin with: "e24137f58e1b." */
void lw_studio_mark(const char *journal, char to[LW_STUDIO_MARK]);

/* The body of an annotate or skip event's annotation: result, lead_time, was_cancelled, unique_id.
 * New reference. NULL and LW_EBAD in `err` when an answer does not fit a control there. */
json_t *lw_studio_annotation(const struct lw_project *p, const struct lw_studio_config *c,
    const json_t *event, struct lw_err *err);

/* Whether every question has its control there; LW_EBAD names the first that has none. */
enum lw_code lw_studio_fits(
    const struct lw_project *p, const struct lw_studio_config *c, struct lw_err *err);

#endif
