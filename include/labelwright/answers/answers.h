/* Answers, as they stand in the journal, and the rules about them. Pure.
 *
 * `answers` is a JSON object: question name → value (about the task or its prompt), or → {id of a
 * response, turn, step or span → value}. */
#ifndef LABELWRIGHT_ANSWERS_ANSWERS_H
#define LABELWRIGHT_ANSWERS_ANSWERS_H

#include "labelwright/format/task.h"
#include "labelwright/project/question.h"
#include "labelwright/text/edit.h"

/* One thing to answer: a question about one item of its target (target.h), by its place there; -1
 * where the target stands alone. */
struct lw_slot {
    size_t question;
    int item;
};

/* The response that the slot is about, as a place in task->response: -1 for none. */
int lw_slot_response(const struct lw_project *p, const struct lw_task *t, struct lw_slot s);

/* Its text: of the item, of the prompt; s is NULL for none. */
struct lw_span lw_slot_text(const struct lw_project *p, const struct lw_task *t, struct lw_slot s);

/* The id of its item; NULL for none. */
const char *lw_slot_id(const struct lw_project *p, const struct lw_task *t, struct lw_slot s);

/* All slots that are asked now, given the answers (their `when` holds), in order: questions as in
 * the project, but those on the same kind of item that stand in a row, on one page, go item by item
 * (A's all, then B's), with responses in `order` (indices, nresponses of them; NULL for file
 * order). The array is the caller's to free().
 *
 * A `when` looks only at answers that are asked themselves: at that of the same item, or of the
 * step's or span's response; about a span, a test of the question that marked it looks at its tags;
 * else it holds when the answer of any item passes. A comparison is asked only of
 * a task with exactly two responses, a ranking of one with two or more, a talk of one whose record
 * has none. */
struct lw_slot *lw_slots(const struct lw_project *p, const struct lw_task *t, const int *order,
    const json_t *answers, size_t *n);

/* Whether the task has as many responses as questions of this type need. */
bool lw_question_takes(const struct lw_question *q, const struct lw_task *t);

/* True when the question is asked for this target. */
bool lw_slot_asked(
    const struct lw_project *p, const struct lw_task *t, struct lw_slot s, const json_t *answers);

json_t *lw_answer_get(const struct lw_project *p, const struct lw_task *t, const json_t *answers,
    struct lw_slot s); /* borrowed; NULL when unanswered (also null, "" and []) */

/* Sets (value's reference is stolen) or, with NULL, removes the answer. Empty text and empty tags
 * count as no answer and are removed. */
void lw_answer_set(const struct lw_project *p, const struct lw_task *t, json_t *answers,
    struct lw_slot s, json_t *value);

/* Makes what the answers bring items of the task: what a talk says turns and responses (talk.h),
 * the spans that they mark those of questions about spans. Call it when a task was loaded and
 * whenever such an answer has changed; texts and ids of such items that somebody kept are no more
 * then. Slots are asked for those only. */
void lw_items_bring(const struct lw_project *p, struct lw_task *t, const json_t *answers);

/* Whether this id is that of a message of the task's talk that is not shown now: answers about it
 * are kept. */
bool lw_talk_keeps(
    const struct lw_project *p, const json_t *answers, enum lw_target on, const char *id);

/* An id that no span of these answers has. */
void lw_spans_new_id(const struct lw_project *p, const json_t *answers, char to[LW_ITEM_ID]);

/* Whether what comes next in the task (`next`) is shown: when the first question of type write
 * about the task has a finished answer; always in a project without one. False where the task has
 * none. */
bool lw_next_is_shown(const struct lw_project *p, const struct lw_task *t, const json_t *answers);

/* Whether this answer has uncovered what comes next, so that it must stay as it is. */
bool lw_answer_is_settled(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_slot s);

/* Drops what is not asked (any more) and what names no question or response; puts the rest in the
 * order of the project's questions and the task's responses. */
void lw_answers_prune(const struct lw_project *p, const struct lw_task *t, json_t *answers);

/* Drops what its `when` does not allow, going by the answers alone; how many values that were. */
size_t lw_answers_drop_stale(const struct lw_project *p, json_t *answers);

/* The first required slot without an answer, or slot with a text or correction that is unfinished
 * or has too few or too many words; false when nothing is missing. */
bool lw_answers_missing(const struct lw_project *p, const struct lw_task *t, const int *order,
    const json_t *answers, struct lw_slot *first);

/* Whether `answers`, from outside, are complete and well-formed: unknown names, wrong types, values
 * outside the scale, unknown options or responses, missing required ones. LW_EBAD names the first
 * mistake and the cure. A well-formed answer that is not asked is not a mistake: pruning drops it.
 */
enum lw_code lw_answers_check(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_err *err);

/* Whether the value, from an older draft, is well-formed for this slot: as for lw_answers_check(),
 * or unfinished. */
bool lw_answer_fits(
    const struct lw_project *p, const struct lw_task *t, struct lw_slot s, const json_t *value);

/* What the record suggests for this slot, if it is a well-formed and complete answer; borrowed.
 * With
 * `_left` only where there is no answer yet. NULL for none. */
const json_t *lw_suggestion_get(
    const struct lw_project *p, const struct lw_task *t, struct lw_slot s);
const json_t *lw_suggestion_left(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_slot s);

/* Tells (unless NULL) what is wrong with suggestions, one sentence for each question; how many. Not
 * of those about spans. */
size_t lw_suggestions_check(const struct lw_project *p, const struct lw_task *t,
    void (*tell)(void *ctx, const char *text), void *ctx);

/* What became of each suggestion, for the journal: [{"question", "item": its id or "", "outcome":
 * "accepted" (it is the answer), "changed" (another one is), "ignored" (there is none) or "unfit"
 * (it could not be one)}]. New; NULL where nothing was suggested. */
json_t *lw_suggestions_outcome(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers);

/* The default of a question without an answer, borrowed; NULL for none. It counts for `when`, and
 * is no answer for lw_answer_get(). */
const json_t *lw_preset_left(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_slot s);

/* Gives each question that is asked and has no answer its default. New: which ones, as
 * [{"question", "item": its id or ""}]; NULL for none. The other function takes them out again,
 * where the default is still the same: `defaulted` is such a list, from the journal, or NULL. */
json_t *lw_presets_fill(const struct lw_project *p, const struct lw_task *t, json_t *answers);
void lw_presets_take_out(
    const struct lw_project *p, const struct lw_task *t, json_t *answers, const json_t *defaulted);

/* Tests that somebody typed, to look for labels by their answers, all of which must hold:
 *
 *   quality <= 3                 < <= == != >= > and an integer, of a rating
 *   problems: harmful, evasive   any of these values; of a text: it has these words, in any case
 *   note                         answered at all
 *   quality <= 3 and note        both
 *
 * Questions and options go by their names or by what the screen calls them, whatever the case.
 * LW_EBAD says what is wrong and what would do. `to` is for lw_tests_free() on every outcome. */
struct lw_tests {
    struct lw_test *v;
    size_t n;
};
enum lw_code lw_tests_parse(
    const struct lw_project *p, const char *typed, struct lw_tests *to, struct lw_err *err);
void lw_tests_free(struct lw_tests *t);

/* Whether they hold for the answers of one annotation. Tests about responses must all hold for the
 * same response; likewise those about turns, and about steps. */
bool lw_tests_hold(const struct lw_project *p, const struct lw_tests *t, const json_t *answers);

/* True when the answers flag something: any question of tags has one. */
bool lw_answers_have_tag(const struct lw_project *p, const json_t *answers);

#endif
