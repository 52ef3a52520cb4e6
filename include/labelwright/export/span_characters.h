/* Spans for tools that count characters (Unicode code points) where ours are bytes. */
#ifndef LABELWRIGHT_EXPORT_SPAN_CHARACTERS_H
#define LABELWRIGHT_EXPORT_SPAN_CHARACTERS_H

#include "labelwright/format/task.h"
#include "labelwright/project/project.h"

#include <jansson.h>

/* What offsets count. */
enum lw_span_unit { LW_SPAN_CHARACTERS, LW_SPAN_UTF16, LW_SPAN_BYTES };

/* A list of spans (spans.h) with offsets that count units of the text, without those that are not
 * in it: new. */
json_t *lw_spans_in_units(const json_t *value, struct lw_span text, enum lw_span_unit unit);

/* The same in characters. */
json_t *lw_spans_in_characters(const json_t *value, struct lw_span text);

/* Whether some answer is a list of spans. */
bool lw_spans_are_among(const struct lw_project *p, const json_t *answers);

/* All spans among the answers to a task, in place. */
void lw_spans_count_characters(
    const struct lw_project *p, const struct lw_task *t, json_t *answers);

#endif
