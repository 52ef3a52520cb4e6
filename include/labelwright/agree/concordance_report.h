/* What is known of all questions, as text for people and as JSON for programs. Pure. */
#ifndef LABELWRIGHT_AGREE_CONCORDANCE_REPORT_H
#define LABELWRIGHT_AGREE_CONCORDANCE_REPORT_H

#include "labelwright/agree/concordance.h"
#include "labelwright/base/buf.h"

#include <jansson.h>

struct lw_concordance_report {
    const struct lw_label_set *set;
    struct lw_concordance *const *question;
    size_t n;
    bool explain; /* with the arithmetic of each figure */
};

/* At most 80 columns, with LF. Text of others is cleaned (glyph.h). */
void lw_concordance_text(const struct lw_concordance_report *r, struct lw_buf *to);

/* New. A figure that is undefined is null, with "why". */
json_t *lw_concordance_json(const struct lw_concordance_report *r);

#endif
