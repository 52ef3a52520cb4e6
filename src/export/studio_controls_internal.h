/* The controls of a Label Studio project for our questions, and its label config as XML. */
#ifndef LABELWRIGHT_EXPORT_STUDIO_CONTROLS_INTERNAL_H
#define LABELWRIGHT_EXPORT_STUDIO_CONTROLS_INTERNAL_H

#include "export/fields_internal.h"
#include "labelwright/export/studio_result.h"

/* The name of the list that a question ranks, new. */
char *lw_studio_list_name(const struct lw_question *q);

/* One for each question, or for each question and item. For lw_studio_config_fini(). */
void lw_studio_controls(
    const struct lw_project *p, const struct lw_fields *f, struct lw_studio_config *to);

void lw_studio_write_config(const struct lw_project *p, const struct lw_fields *f,
    const struct lw_studio_config *c, struct lw_buf *to);

#endif
