/* The table of a file's keys as JSON Schema, with which editors complete and check the file. */
#ifndef LABELWRIGHT_YAML_SCHEMA_JSON_H
#define LABELWRIGHT_YAML_SCHEMA_JSON_H

#include "labelwright/yaml/schema.h"

#include <jansson.h>

/* A schema (draft 7, which most editors know) of files with these keys. It refuses no file that the
 * loader accepts; what depends on other values, such as a name that stands twice, it does not know.
 * New reference. */
json_t *lw_schema_json(const struct lw_schema *t, const char *title);

/* What a value of the key may be: `kind`, or what the setter and the words tell. Bits of
 * lw_value_kind; text when nothing tells it. */
unsigned lw_field_kind(const struct lw_field *f);

/* The words that it may be, NULL-terminated; NULL where it is not one of a few words. Borrowed. */
const char *const *lw_field_words(const struct lw_field *f);

#endif
