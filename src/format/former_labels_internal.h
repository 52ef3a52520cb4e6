/* Labels that another program kept beside the data of a task. */
#ifndef LABELWRIGHT_FORMAT_FORMER_LABELS_INTERNAL_H
#define LABELWRIGHT_FORMAT_FORMER_LABELS_INTERNAL_H

#include "format/format_internal.h"

/* Sets the suggestions of a task, which was read from the object that Label Studio or Argilla wrap
 * in `record`; leaves them where there are none. */
void lw_former_labels_read(const json_t *record, struct lw_task *to);

/* The same for spans that the record has beside its text, as Prodigy and doccano keep them, for a
 * question called "spans" about the prompt. */
void lw_former_spans_read(const json_t *record, struct lw_task *to);

/* A label as our options are called, new: "Neutral answer" is Neutral_answer. One with letters of
 * other scripts stays. */
json_t *lw_former_option(const json_t *word);

#endif
