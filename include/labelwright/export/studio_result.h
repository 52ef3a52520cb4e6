/* A Label Studio annotation, made of an event and the project's controls, for the export and for
 * `sync`. Pure.
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
 *     labels           spans, with offsets that the caller has turned into characters
 *     ranker           a ranking: a list of ids; with ties or with responses that cannot be ranked,
 *                      it needs the buckets place_1, place_2 … and not_rankable
 */
#ifndef LABELWRIGHT_EXPORT_STUDIO_RESULT_H
#define LABELWRIGHT_EXPORT_STUDIO_RESULT_H

#include "labelwright/base/err.h"
#include "labelwright/project/project.h"

#include <jansson.h>
#include <stdbool.h>

enum { LW_STUDIO_UNIQUE = 37, LW_STUDIO_MARK = 15 };

#define LW_STUDIO_PLACE "place_" /* and the number of the place, from 1 */
#define LW_STUDIO_NOT_RANKABLE "not_rankable"
#define LW_STUDIO_TIE "tie"

#define LW_STUDIO_NO_CONTROL "The Label Studio project has no control \"%s\" that can hold %.100s."

struct lw_studio_control {
    char *name, *to; /* to: toName unchanged, "a,b" for two */
    char *type;      /* the tag in lower case, as results name it: "choices", "rating" */
    char **word;     /* what a Choice writes into a result, in order, not of a taxonomy; the buckets
                        of a ranker; of a pairwise the ids of the two, if they are not its toName */
    size_t nwords;
    bool many; /* Choices that take several */
    bool open; /* its words come with each task's data or from elsewhere: any is allowed */
};

struct lw_studio_config {
    struct lw_studio_control *control;
    size_t ncontrols;
};

/* NULL when there is none of that name. */
const struct lw_studio_control *lw_studio_control(
    const struct lw_studio_config *c, const char *name);
void lw_studio_config_fini(struct lw_studio_config *c);

/* Whether it is of a type that takes answers; `c` may be NULL. */
bool lw_studio_takes(const struct lw_studio_control *c);

/* Whether it can hold this answer, about one item where the question is about items. */
bool lw_studio_holds(const struct lw_studio_control *c, const json_t *answer);

/* The unique_id of an event: always the same UUID. */
void lw_studio_unique(const char *journal, uint64_t seq, char to[LW_STUDIO_UNIQUE]);

/* What the ids of our result items begin with: "e24137f58e1b." */
void lw_studio_mark(const char *journal, char to[LW_STUDIO_MARK]);

/* The body of an annotate or skip event's annotation: result, lead_time, was_cancelled, unique_id.
 * New reference. NULL and LW_EBAD in `err` when an answer does not fit a control there. */
json_t *lw_studio_annotation(const struct lw_project *p, const struct lw_studio_config *c,
    const json_t *event, struct lw_err *err);

#endif
