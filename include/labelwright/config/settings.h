/* The keys of config.yaml as a table, for whoever describes them: the loader reads by it, and the
 * commented file, the manual and editors' schemas are made of it. */
#ifndef LABELWRIGHT_CONFIG_SETTINGS_H
#define LABELWRIGHT_CONFIG_SETTINGS_H

#include "labelwright/base/buf.h"
#include "labelwright/yaml/schema.h"

/* Borrowed, for ever. Every key that is not `unsaid` has `takes`, `example` and `help`; what it
 * holds by default is `initial`, and where that is NULL `help` says so. */
const struct lw_schema *lw_config_schema(void);

/* Appends a config.yaml with every key, commented: a line of what it does, and what holds without
 * it or an example. A line that begins with "#" and no space is a setting. */
void lw_config_commented(struct lw_buf *to);

#endif
