/* Misspelt words of the texts on the screen: which they are, kept up to date with what is shown.
 * Dictionaries are loaded and long texts are checked in steps, between keys. */
#ifndef LABELWRIGHT_TUI_VIEW_MISSPELT_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_MISSPELT_INTERNAL_H

#include "tui/view/view_internal.h"

/* ---- a text */

void lw_spelt_begin(struct lw_spelt *t, struct lw_span text, int pane);
void lw_spelt_fini(struct lw_spelt *t);
void lw_spelt_step(struct lw_spelt *t, struct lw_speller *sp); /* sets t->complete at the end */

/* The first misspelt word that ends behind `at`; found.n for none. */
size_t lw_misspelt_first(const struct lw_spelt *t, size_t at);

/* ---- the screen */

/* How many words of a text are in this language, code and the like left out. Sets the language. */
struct lw_word_count lw_misspelt_count(
    struct lw_app *app, struct lw_span text, const char *language);

/* Sets the languages of the task, or that of the text that is typed; false where nothing can be
 * checked: no language is set. */
bool lw_misspelt_languages(struct lw_app *app);

/* True when all dictionaries are loaded; else says which comes next. */
bool lw_misspelt_is_loaded(struct lw_app *app);

/* Loads a dictionary; false when all are. */
bool lw_misspelt_load(struct lw_app *app);

void lw_misspelt_panes_update(
    struct lw_app *app); /* after the panes were refilled, or words added */
bool lw_misspelt_panes_are_complete(const struct lw_app *app);
bool lw_misspelt_panes_step(struct lw_app *app); /* false: all is checked */

void lw_misspelt_typed_update(struct lw_app *app, bool changed); /* `changed`: the text did */
void lw_misspelt_typed_fini(struct lw_app *app);

void lw_misspelt_fini_all(struct lw_app *app);

#endif
