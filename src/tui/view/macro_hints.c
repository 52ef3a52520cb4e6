/* Macros in the footer: those that answer something that is asked of this task. */
#include "tui/view/view_internal.h"

#include <string.h>

enum { WORDS_COLS = 26 };

static bool is_asked(const struct lw_sitting_view *v, size_t question)
{
    for (size_t i = 0; i < v->nslots; i++)
        if (v->slot[i].question == question)
            return true;
    return false;
}

bool lw_macro_applies(const struct lw_app *app, const struct lw_macro *m)
{
    for (size_t i = 0; i < m->n; i++)
        if (is_asked(lw_sitting_view(app->s), m->v[i].question))
            return true;
    return false;
}

/* Long ones by what they are: help has their words. */
static const char *brief(const struct lw_macro *m)
{
    bool fits = lw_cols(m->words, strlen(m->words), -1) <= WORDS_COLS;
    return fits ? m->words : m->def->submit ? "macro, submits" : "macro";
}

size_t lw_macro_hints(const struct lw_app *app, struct lw_hint *to, size_t most)
{
    const struct lw_macros *all = lw_sitting_view(app->s)->opts.macros;
    size_t n = 0;
    for (size_t i = 0; all && i < all->n && n < most; i++)
        if (lw_macro_applies(app, &all->v[i]) && lw_keymap_has_macro(app->keys, (int)i))
            to[n++] = (struct lw_hint){all->v[i].def->key, LW_CMD_MACRO, brief(&all->v[i])};
    return n;
}
