/* The setting `spelling: [ca, es]` of config.yaml and project.yaml: in which languages texts are
 * checked. */
#ifndef LABELWRIGHT_CONFIG_SPELLING_H
#define LABELWRIGHT_CONFIG_SPELLING_H

#include "labelwright/yaml/schema.h"

/* Stores tags as spell/spell_language.h makes them at `offset`: a NULL-terminated array, empty for
 * `[]` (check nothing), to be freed with lw_texts_free(). Whether there are dictionaries is not
 * asked here. */
LW_SETTER(lw_set_spelling);

#define LW_SPELLING_TAKES "a language or a list of languages"
#define LW_SPELLING_EXAMPLE "spelling: [ca, es]"

#endif
