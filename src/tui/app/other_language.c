/* A text of the user's own that is not in the language which its question asks for. Words are
 * looked up as for misspelt ones; here is only when there are too many. */
#include "tui/app/screens_internal.h"

#include "labelwright/spell/spell_language.h"

#include <stdlib.h>

enum {
    LEAST = 8 /* words: of fewer, names are too many */
};

/* A third: of 1,600 English, Catalan, Spanish and Vietnamese texts none lacked more than 22 % of
 * its words in the right dictionary, and of 4,000 in a wrong one hardly any less than 40 %, Spanish
 * in the Catalan one among them. */
struct lw_other_language lw_other_language_find(struct lw_app *app, struct lw_span text)
{
    const struct lw_question *q = lw_app_question(app);
    char tag[LW_LANGUAGE_TAG_MAX];
    if (!q || !q->language)
        return (struct lw_other_language){0};
    struct lw_word_count c = lw_misspelt_count(app, text, q->language);
    if (c.words < LEAST || 3 * c.unknown <= c.words)
        return (struct lw_other_language){0};
    return (struct lw_other_language){
        lw_spell_language_find(q->language, tag)->name, 100 * c.unknown / c.words};
}

void lw_other_language_warn(struct lw_app *app, const struct lw_other_language *other)
{
    if (!other->wanted)
        return;
    char *sentence = lw_format(LW_APP_OTHER_LANGUAGE, other->wanted, other->percent);
    lw_entry_warn_of_kept(app, sentence);
    free(sentence);
}
