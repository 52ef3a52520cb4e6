/* Where dictionaries come from: enchant, or what a test puts in its place. */
#ifndef LABELWRIGHT_SPELL_DICTIONARY_INTERNAL_H
#define LABELWRIGHT_SPELL_DICTIONARY_INTERNAL_H

#include "labelwright/spell/speller.h"

struct lw_dictionaries {
    const char *(*provider)(void); /* its name and version; NULL when it is missing */
    bool (*has)(const char *tag);
    void *(*open)(const char *tag); /* NULL when there is none */
    void (*close)(void *dictionary);
    bool (*check)(void *dictionary, const char *word, size_t n);
    void (*suggest)(void *dictionary, const char *word, size_t n,
        void (*each)(void *ctx, const char *word), void *ctx);
    void (*list)(void (*each)(void *ctx, const char *tag, const char *by), void *ctx);
};

extern const struct lw_dictionaries lw_enchant;

struct lw_speller *lw_speller_with(
    const struct lw_speller_setup *setup, const struct lw_dictionaries *source, struct lw_err *err);

#endif
