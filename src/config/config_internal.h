/* Shared by the files that read config.yaml. */
#ifndef LABELWRIGHT_CONFIG_CONFIG_INTERNAL_H
#define LABELWRIGHT_CONFIG_CONFIG_INTERNAL_H

#include "labelwright/config/config.h"
#include "labelwright/yaml/schema.h"

LW_SETTER(lw_set_endpoints);
void lw_endpoints_free(struct lw_endpoint *e, size_t n);

LW_SETTER(lw_set_models);
void lw_models_config_free(struct lw_model *m, size_t n);

#endif
