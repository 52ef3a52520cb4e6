/* The keys of project.yaml as a table, for whoever describes them: the loader reads by it, and the
 * manual and editors' schemas are made of it. */
#ifndef LABELWRIGHT_PROJECT_PROJECT_KEYS_H
#define LABELWRIGHT_PROJECT_PROJECT_KEYS_H

#include "labelwright/yaml/schema.h"

/* Borrowed, for ever. Every key that is not `unsaid` has `takes`, `example` and `help`. */
const struct lw_schema *lw_project_schema(void);

#endif
