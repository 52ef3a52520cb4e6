/* A file of words that someone added: a word a line, plain text. */
#ifndef LABELWRIGHT_SPELL_WORD_LIST_INTERNAL_H
#define LABELWRIGHT_SPELL_WORD_LIST_INTERNAL_H

#include "labelwright/spell/speller.h"
#include "spell/word_table_internal.h"

#define LW_WORD_LIST_FILE "words"

/* Puts the words of the file in the folder `dir` into the table, in the form of lw_word_key(); what
 * is no word is passed over. No file is no word. */
enum lw_code lw_word_list_load(
    const struct lw_sys *sys, int dir, struct lw_word_table *to, struct lw_err *err);

/* Adds a line to the file, which is made when there is none: one write, on the disk when it
 * returns, and never in place of what another program added meanwhile. */
enum lw_code lw_word_list_append(
    const struct lw_sys *sys, int dir, const char *word, size_t n, struct lw_err *err);

#endif
