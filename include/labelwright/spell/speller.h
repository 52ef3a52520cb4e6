/* Misspelt words of a text, in several languages at once: a word is right if one of them has it.
 * Dictionaries are those of enchant-2, which is loaded when the first word is looked up; without it
 * no word is wrong, and lw_speller_lacks() says why.
 *
 * How a front end uses it:
 *
 *     sp = lw_speller_new(&setup);                    once; loads nothing
 *     lw_speller_languages(sp, tags);                 for each task (workspace/task_spelling.h has
 * them); costs nothing when they are the same lw_speller_lacks(sp)                            what
 * to tell the user, once; NULL for nothing while (!lw_speller_check(sp, &found, text, n, skip,
 * nskip, LW_SPELL_STEP)) show found.v so far, and go back to the loop when a key is waiting;
 *
 * For each draw: found.v are the ranges to underline, in order. When the text changed, clear
 * `found` (found.done = found.n = 0) and check again: words met before cost a look into a table.
 * After lw_speller_add() and lw_speller_languages() the check begins anew by itself. The first word
 * of a language loads its dictionary: 3 ms (Vietnamese) to 0.3 s (Catalan). Suggestions take up to
 * 0.4 s: ask for one word, when the user wants them. */
#ifndef LABELWRIGHT_SPELL_SPELLER_H
#define LABELWRIGHT_SPELL_SPELLER_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where words are added: "words" in a folder, a word a line, plain text. id, what it is called. */
#define LW_WORD_LISTS(X)                                                                           \
    X(PROJECT, "the words of this project")                                                        \
    X(USER, "your own words")

enum lw_word_list_of {
#define X(id, name) LW_WORDS_##id,
    LW_WORD_LISTS(X)
#undef X
        LW_WORD_LIST_COUNT
};

const char *lw_word_list_name(enum lw_word_list_of which);

struct lw_speller_setup {
    const struct lw_sys *sys;
    /* Opens the folder of a list, the speller closes it; -1 for none. With `make` it is created. */
    int (*open_dir)(void *ctx, enum lw_word_list_of which, bool make);
    void *ctx;
};

struct lw_speller;

/* Reads both lists; one that cannot be read is left out, and `err` says so. Never NULL. */
struct lw_speller *lw_speller_new(const struct lw_speller_setup *setup, struct lw_err *err);
void lw_speller_free(struct lw_speller *sp); /* NULL is fine */

/* Tags as lw_spell_language_find() makes them, NULL-terminated; NULL or none: nothing is checked.
 * Four dictionaries of languages that were set before stay open. */
void lw_speller_languages(struct lw_speller *sp, const char *const *tags);

/* True when there is a dictionary for one of them at least. Loads enchant, no dictionary. */
bool lw_speller_checks(const struct lw_speller *sp);

/* Loading takes time that the user should be told of: what the language is called whose dictionary
 * comes next, NULL when all are loaded; and that loads it. Without this the first words do. */
const char *lw_speller_waits_for(const struct lw_speller *sp);
void lw_speller_load_next(struct lw_speller *sp);

/* Sentences on what is missing: enchant, or dictionaries and their packages. NULL when nothing is.
 * Borrowed until the next call of lw_speller_languages(). Loads enchant, no dictionary. */
const char *lw_speller_lacks(struct lw_speller *sp);

/* A range of bytes. */
struct lw_byte_range {
    size_t at, len;
};

enum { LW_SPELL_STEP = 16 * 1024, LW_SUGGESTIONS_MAX = 9 };

/* Zero-initialise; of one text. */
struct lw_misspelt {
    struct lw_byte_range *v; /* in order, none over another; whole words */
    size_t n, cap;
    size_t done;  /* bytes that were looked at */
    uint64_t age; /* the speller's own: which languages and lists this is by */
};

/* Goes on from found->done for at least `most` bytes. True when all n bytes were looked at. Words
 * in `skip` (code, formulas, links; in order) are left alone, and so are addresses, paths,
 * identifiers, words with digits or inner capitals, abbreviations in capitals, names of models, and
 * words in a script that none of the languages writes. Any bytes; linear. */
bool lw_speller_check(struct lw_speller *sp, struct lw_misspelt *found, const char *s, size_t n,
    const struct lw_byte_range *skip, size_t nskip, size_t most);
void lw_misspelt_fini(struct lw_misspelt *found);

/* How many words of the text are looked up, and how many of them no language that is set has: also
 * those of a script that none of them writes, of Han and kana each letter. `skip` as above. All of
 * it at once; loads what is not loaded. Nothing is counted where nothing can be checked. */
struct lw_word_count {
    size_t words, unknown;
};
struct lw_word_count lw_speller_count(
    struct lw_speller *sp, const char *s, size_t n, const struct lw_byte_range *skip, size_t nskip);

/* What may have been meant, the best first; new strings. */
struct lw_suggestions {
    char *v[LW_SUGGESTIONS_MAX];
    size_t n;
};
void lw_speller_suggest(
    struct lw_speller *sp, const char *word, size_t n, struct lw_suggestions *to);
void lw_suggestions_fini(struct lw_suggestions *s);

/* Adds the word to a list, on disk (durably) and here. LW_EUSAGE for what is no word; LW_EIO and
 * LW_EFULL: it counts for this run only. */
enum lw_code lw_speller_add(struct lw_speller *sp, enum lw_word_list_of which, const char *word,
    size_t n, struct lw_err *err);

/* The word is right from here on, as long as the speller lives. */
void lw_speller_ignore(struct lw_speller *sp, const char *word, size_t n);

/* ---- what is installed */

/* "enchant 2.3.3"; NULL when it cannot be loaded. */
const char *lw_spelling_library(void);

/* Whether there is a dictionary for the tag. Loads enchant. */
bool lw_spelling_has(const char *tag);

/* As lw_speller_lacks(), for these tags; a new string, or NULL. */
char *lw_spelling_lacks(const char *const *tags);

/* Each dictionary: its tag, and the provider of enchant that has it ("hunspell"). */
void lw_spelling_list(void (*each)(void *ctx, const char *tag, const char *by), void *ctx);

#endif
