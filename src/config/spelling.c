/* Reads the languages in which texts are checked. Looks at no dictionary: a project may be opened
 * where one is missing. */
#include "labelwright/config/spelling.h"

#include "labelwright/base/buf.h"
#include "labelwright/spell/spell_language.h"

#include <stdlib.h>

LW_SETTER(lw_set_spelling)
{
    size_t n = 0;
    char **v = lw_texts_parse(r, f, y, &n);
    bool well = v;
    for (size_t i = 0; i < n; i++) {
        char tag[LW_LANGUAGE_TAG_MAX];
        const struct lw_yaml *at = y->kind == LW_YAML_LIST ? y->item[i] : y;
        if (lw_spell_language_find(v[i], tag)) {
            free(v[i]);
            v[i] = lw_strdup(tag);
            continue;
        }
        lw_mistake_word(r, at, "language", v[i], lw_spell_language_tags());
        well = false;
    }
    if (well)
        *(char ***)((char *)to + f->offset) = v;
    else
        lw_texts_free(v);
}
