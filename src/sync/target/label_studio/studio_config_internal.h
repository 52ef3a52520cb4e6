/* The controls of a Label Studio project, from its label config (XML, not trusted).
 *
 *     <Choices name="tone" toName="text"><Choice value="warm"/><Choice value="Very cold"
 * alias="cold"/>
 *
 * A control is any tag with a name and a toName. Everything else in the config is layout. */
#ifndef LABELWRIGHT_SYNC_TARGET_LABEL_STUDIO_STUDIO_CONFIG_INTERNAL_H
#define LABELWRIGHT_SYNC_TARGET_LABEL_STUDIO_STUDIO_CONFIG_INTERNAL_H

#include "labelwright/base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum { LW_STUDIO_CONFIG_BYTES = 1024 * 1024, LW_STUDIO_CONTROLS_MAX = 1000 };

struct lw_studio_control {
    char *name, *to; /* to: toName unchanged, "a,b" for two */
    char *type;      /* the tag in lower case, as results name it: "choices", "rating" */
    char **word;     /* what a Choice writes into a result, in order; not of a taxonomy */
    size_t nwords;
    bool many; /* Choices that take several; a Ranker with buckets */
    bool open; /* its words come with each task's data or from elsewhere: any is allowed */
};

struct lw_studio_config {
    struct lw_studio_control *control;
    size_t ncontrols;
};

/* LW_EBAD: it is not XML, or exceeds a limit; the text has line and column, and `to` is empty. A
 * document type, and so any custom entity, is refused. */
enum lw_code lw_studio_config_read(
    const char *xml, size_t n, struct lw_studio_config *to, struct lw_err *err);
void lw_studio_config_fini(struct lw_studio_config *c);

/* NULL when there is none of that name. */
const struct lw_studio_control *lw_studio_control(
    const struct lw_studio_config *c, const char *name);

#endif
