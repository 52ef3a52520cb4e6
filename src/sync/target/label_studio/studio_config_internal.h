/* The controls of a Label Studio project, from its label config (XML, not trusted).
 *
 *     <Choices name="tone" toName="text"><Choice value="warm"/><Choice value="Very cold"
 * alias="cold"/>
 *
 * A control is any tag with a name and a toName. Everything else in the config is layout. */
#ifndef LABELWRIGHT_SYNC_TARGET_LABEL_STUDIO_STUDIO_CONFIG_INTERNAL_H
#define LABELWRIGHT_SYNC_TARGET_LABEL_STUDIO_STUDIO_CONFIG_INTERNAL_H

#include "labelwright/export/studio_result.h"

enum { LW_STUDIO_CONFIG_BYTES = 1024 * 1024, LW_STUDIO_CONTROLS_MAX = 1000 };

/* LW_EBAD: it is not XML, or exceeds a limit; the text has line and column, and `to` is empty. A
 * document type, and so any custom entity, is refused. */
enum lw_code lw_studio_config_read(
    const char *xml, size_t n, struct lw_studio_config *to, struct lw_err *err);

/* Whether every question has its control there; LW_EBAD names the first that has none. */
enum lw_code lw_studio_fits(
    const struct lw_project *p, const struct lw_studio_config *c, struct lw_err *err);

#endif
