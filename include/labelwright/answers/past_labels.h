/* What the labels of the journal add up to, as far as the project's questions ask for it: how many
 * gave each option that has a quota, and which texts are not to be written again. Only labels that
 * count now: one that was undone or replaced does not. Read once from the journal, a little at a
 * time; after that, each label costs a look at its task. */
#ifndef LABELWRIGHT_ANSWERS_PAST_LABELS_H
#define LABELWRIGHT_ANSWERS_PAST_LABELS_H

#include "labelwright/journal/journal.h"
#include "labelwright/ledger/ledger.h"
#include "labelwright/project/project.h"
#include "labelwright/text/likeness.h"

struct lw_past;

/* All borrowed. NULL where no question asks for it: the functions below take that, too. */
struct lw_past *lw_past_new(
    const struct lw_project *p, const struct lw_journal *j, const struct lw_ledger *l);
void lw_past_free(struct lw_past *past);

/* Reads some labels, within a few milliseconds; true while there are more. A label that cannot be
 * read does not count. */
bool lw_past_step(struct lw_past *past);
bool lw_past_is_complete(const struct lw_past *past);

/* Call after an event about this task was folded into the ledger. */
void lw_past_update(struct lw_past *past, uint64_t task);

/* The journal was opened again: everything is to be read anew. */
void lw_past_restart(struct lw_past *past);

/* How many answers gave the option of the question, both by their place; of a question on
 * responses, turns and so on each counts. The labels of task `but` (0: of none) left out. */
uint64_t lw_past_count(const struct lw_past *past, size_t question, size_t option, uint64_t but);

struct lw_quota {
    uint64_t done, wanted;
};

/* All quotas of a question together: what is there beyond one quota does not count for another. */
struct lw_quota lw_past_quotas(const struct lw_past *past, size_t question);

/* Whether the text is much like one of another task, in answers to this question, which is
 * `distinct`. `id` is the task. */
bool lw_past_like(const struct lw_past *past, size_t question, uint64_t task, const char *s,
    size_t n, struct lw_like *to);

/* The text that the task's label has there, several after each other: new; NULL for none. */
char *lw_past_text(const struct lw_past *past, size_t question, uint64_t task);

#endif
