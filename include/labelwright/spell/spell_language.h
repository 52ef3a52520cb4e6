/* Languages by their tags: what they are called, which script they are written in, and which
 * package has their dictionary. A table; knows nothing of what is installed. */
#ifndef LABELWRIGHT_SPELL_SPELL_LANGUAGE_H
#define LABELWRIGHT_SPELL_SPELL_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

enum { LW_LANGUAGE_TAG_MAX = 24 };

struct lw_spell_language {
    const char *tag;     /* ISO 639: "ca" */
    const char *three;   /* the same in three letters: "cat" */
    const char *name;    /* "Catalan" */
    const char *script;  /* as Unicode calls it; two with a blank between */
    const char *package; /* Debian's, where it is not hunspell-TAG; with a blank between several,
                          empty for none */
};

/* Brings "ca-es", "CAT" or "Catalan" to the form of a tag, "ca_ES" or "ca", and returns the
 * language; NULL when there is no such language. Only letters, digits and _ come out. */
const struct lw_spell_language *lw_spell_language_find(
    const char *s, char tag[LW_LANGUAGE_TAG_MAX]);

const char *const *lw_spell_language_tags(void); /* all, NULL-terminated: for the nearest one */

/* Sets `to` to the packages of Debian that have a dictionary for the tag: "hunspell-ca"; empty for
 * none. */
void lw_spell_language_package(const char *tag, char *to, size_t room);

/* True when the language of the tag is written in the script of that name. */
bool lw_spell_language_writes(const struct lw_spell_language *l, const char *script);

#endif
