/* What the parts of config.yaml's reader share. */
#ifndef DATA_CONFIG_PARSE_H
#define DATA_CONFIG_PARSE_H

#include "data/schema.h"
#include "labelwright/config.h"

const char *lw_home(void); /* the user's folder, absolute */

LW_SETTER(lw_set_endpoints);
void lw_endpoints_free(struct lw_endpoint *e, size_t n);

#endif
