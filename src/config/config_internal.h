/* Shared by the files that read config.yaml. */
#ifndef LABELWRIGHT_CONFIG_CONFIG_INTERNAL_H
#define LABELWRIGHT_CONFIG_CONFIG_INTERNAL_H

#include "labelwright/base/url.h"
#include "labelwright/config/config.h"
#include "labelwright/yaml/schema.h"

LW_SETTER(lw_set_endpoints);
void lw_endpoints_free(struct lw_endpoint *e, size_t n);

/* Why this cannot be an annotator's name; NULL when it can. */
const char *lw_annotator_fault(const char *name);

/* The keys of the maps inside, for those who describe them. */
extern const struct lw_schema lw_endpoint_schema, lw_model_schema, lw_rest_schema,
    lw_reading_schema, lw_repeats_schema;

LW_SETTER(lw_set_reading);
LW_SETTER(lw_set_repeats);

LW_SETTER(lw_set_rest);
struct lw_rest lw_rest_none(void);
void lw_rest_fini(struct lw_rest *rest);

LW_SETTER(lw_set_models);
void lw_models_config_free(struct lw_model *m, size_t n);

/* endpoints.c: what is wrong with an address, behind "the address …"; not of LW_URL_WELL */
const char *lw_config_url_fault(enum lw_url_fault fault);

#endif
