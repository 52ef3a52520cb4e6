/* Formats whose files have the same fields for all tasks, as Label Studio and Argilla need them:
 * what all labeled tasks have together, known before the first is written. */
#ifndef LABELWRIGHT_EXPORT_FIELDS_INTERNAL_H
#define LABELWRIGHT_EXPORT_FIELDS_INTERNAL_H

#include "export/export_internal.h"
#include "labelwright/project/question.h"
#include "labelwright/project/task_target.h"

enum { LW_FIELD_ITEMS = 100, LW_FIELD_TARGETS = LW_ON_SPAN + 1 };

struct lw_fields {
    json_t *ids[LW_FIELD_TARGETS]; /* by target: the ids of its items, a list; responses always,
                                      others only when some question is about them */
    bool conversation;             /* some prompt is more than one text of a user */
    bool reference;                /* some task has one */
    bool tied[LW_QUESTIONS_MAX];   /* by question: some answer has a tie, or a response that could
                                      not be ranked */
};

/* Loads the task of each label, and counts nothing. */
enum lw_code lw_fields_gather(struct lw_export_state *x, const struct lw_submitted *labels,
    size_t n, struct lw_fields *to, struct lw_err *err);
void lw_fields_fini(struct lw_fields *f);

/* The name of an item's field, new: "response_a", or "response_2" by its place where the id has
 * other characters than a-z, 0-9 and _. No question has it. */
char *lw_fields_item(
    const struct lw_project *p, const struct lw_fields *f, enum lw_target on, size_t i);

/* `name`, or with "_text" behind it where a question has that name. New. */
char *lw_fields_free_name(const struct lw_project *p, const char *name);

/* The text of the item with this id: empty where the task has none. */
struct lw_span lw_fields_text(const struct lw_task *t, enum lw_target on, const char *id);

/* Adds a prompt as a text, or as a list of {"role", `text_member`}. */
void lw_fields_add_prompt(
    const struct lw_fields *f, const struct lw_task *t, const char *text_member, struct lw_buf *to);

/* Adds ,"NAME":"text". */
void lw_fields_add(struct lw_buf *to, const char *name, struct lw_span text);

#endif
