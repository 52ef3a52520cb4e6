/* The table of languages that a text may be checked in, and reading their names as people and data
 * write them. Whether there is a dictionary is enchant.c's. */
#include "labelwright/spell/spell_language.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define LATIN "Latin"
#define CYRILLIC "Cyrillic"
static const struct lw_spell_language languages[] = {
    {"af", "afr", "Afrikaans", LATIN, NULL},
    {"am", "amh", "Amharic", "Ethiopic", "aspell-am"},
    {"an", "arg", "Aragonese", LATIN, NULL},
    {"ar", "ara", "Arabic", "Arabic", NULL},
    {"as", "as", "Assamese", "Bengali", ""},
    {"ast", "ast", "Asturian", LATIN, "hunspell-an"},
    {"az", "aze", "Azerbaijani", LATIN, ""},
    {"be", "bel", "Belarusian", CYRILLIC, NULL},
    {"bg", "bul", "Bulgarian", CYRILLIC, NULL},
    {"bn", "ben", "Bengali", "Bengali", NULL},
    {"bo", "bod", "Tibetan", "Tibetan", NULL},
    {"br", "bre", "Breton", LATIN, NULL},
    {"bs", "bos", "Bosnian", LATIN " " CYRILLIC, NULL},
    {"ca", "cat", "Catalan", LATIN, NULL},
    {"cs", "ces", "Czech", LATIN, NULL},
    {"cy", "cym", "Welsh", LATIN, "aspell-cy"},
    {"da", "dan", "Danish", LATIN, NULL},
    {"de", "deu", "German", LATIN, "hunspell-de-de"},
    {"el", "ell", "Greek", "Greek", NULL},
    {"en", "eng", "English", LATIN, "hunspell-en-us"},
    {"eo", "epo", "Esperanto", LATIN, NULL},
    {"es", "spa", "Spanish", LATIN, NULL},
    {"et", "est", "Estonian", LATIN, "myspell-et"},
    {"eu", "eus", "Basque", LATIN, NULL},
    {"fa", "fas", "Persian", "Arabic", "myspell-fa"},
    {"fi", "fin", "Finnish", LATIN, "voikko-fi libenchant-2-voikko"},
    {"fo", "fao", "Faroese", LATIN, "myspell-fo"},
    {"fr", "fra", "French", LATIN, NULL},
    {"fy", "fry", "Frisian", LATIN, ""},
    {"ga", "gle", "Irish", LATIN, "myspell-ga"},
    {"gd", "gla", "Scottish Gaelic", LATIN, NULL},
    {"gl", "glg", "Galician", LATIN, NULL},
    {"gu", "guj", "Gujarati", "Gujarati", NULL},
    {"gug", "gug", "Guarani", LATIN, NULL},
    {"he", "heb", "Hebrew", "Hebrew", NULL},
    {"hi", "hin", "Hindi", "Devanagari", NULL},
    {"hr", "hrv", "Croatian", LATIN, NULL},
    {"hu", "hun", "Hungarian", LATIN, NULL},
    {"hy", "hye", "Armenian", "Armenian", "myspell-hy"},
    {"id", "ind", "Indonesian", LATIN, NULL},
    {"is", "isl", "Icelandic", LATIN, NULL},
    {"it", "ita", "Italian", LATIN, NULL},
    {"ka", "kat", "Georgian", "Georgian", ""},
    {"kk", "kaz", "Kazakh", CYRILLIC, NULL},
    {"km", "khm", "Khmer", "Khmer", ""},
    {"kmr", "kmr", "Kurmanji", LATIN, NULL},
    {"kn", "kan", "Kannada", "Kannada", "aspell-kn"},
    {"ko", "kor", "Korean", "Hangul", NULL},
    {"ku", "kur", "Kurdish", LATIN, "hunspell-kmr"},
    {"lo", "lao", "Lao", "Lao", NULL},
    {"lt", "lit", "Lithuanian", LATIN, NULL},
    {"lv", "lav", "Latvian", LATIN, NULL},
    {"mk", "mkd", "Macedonian", CYRILLIC, ""},
    {"ml", "mal", "Malayalam", "Malayalam", NULL},
    {"mn", "mon", "Mongolian", CYRILLIC, NULL},
    {"mr", "mar", "Marathi", "Devanagari", ""},
    {"my", "mya", "Burmese", "Myanmar", ""},
    {"nb", "nob", "Norwegian Bokmål", LATIN, "hunspell-no"},
    {"ne", "nep", "Nepali", "Devanagari", NULL},
    {"nl", "nld", "Dutch", LATIN, NULL},
    {"nn", "nno", "Norwegian Nynorsk", LATIN, "hunspell-no"},
    {"no", "nor", "Norwegian", LATIN, NULL},
    {"oc", "oci", "Occitan", LATIN, NULL},
    {"or", "ori", "Odia", "Oriya", "aspell-or"},
    {"pa", "pan", "Punjabi", "Gurmukhi", "aspell-pa"},
    {"pl", "pol", "Polish", LATIN, NULL},
    {"pt", "por", "Portuguese", LATIN, "hunspell-pt-pt"},
    {"ro", "ron", "Romanian", LATIN, NULL},
    {"ru", "rus", "Russian", CYRILLIC, NULL},
    {"se", "sme", "Northern Sami", LATIN, ""},
    {"si", "sin", "Sinhala", "Sinhala", NULL},
    {"sk", "slk", "Slovak", LATIN, NULL},
    {"sl", "slv", "Slovenian", LATIN, NULL},
    {"sq", "sqi", "Albanian", LATIN, "myspell-sq"},
    {"sr", "srp", "Serbian", CYRILLIC " " LATIN, NULL},
    {"sv", "swe", "Swedish", LATIN, NULL},
    {"sw", "swa", "Swahili", LATIN, NULL},
    {"ta", "tam", "Tamil", "Tamil", "aspell-ta"},
    {"te", "tel", "Telugu", "Telugu", NULL},
    {"th", "tha", "Thai", "Thai", NULL},
    {"tl", "tgl", "Tagalog", LATIN, "aspell-tl"},
    {"tr", "tur", "Turkish", LATIN, NULL},
    {"uk", "ukr", "Ukrainian", CYRILLIC, NULL},
    {"uz", "uzb", "Uzbek", LATIN " " CYRILLIC, NULL},
    {"vi", "vie", "Vietnamese", LATIN, NULL},
};
enum { LANGUAGES = sizeof languages / sizeof *languages };

static const struct lw_spell_language *find_row(const char *s, size_t n)
{
    for (size_t i = 0; i < LANGUAGES; i++) {
        const char *forms[] = {languages[i].tag, languages[i].three, languages[i].name};
        for (size_t k = 0; k < 3; k++)
            if (strlen(forms[k]) == n && strncasecmp(forms[k], s, n) == 0)
                return &languages[i];
    }
    return NULL;
}

static bool is_subtag_byte(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

const struct lw_spell_language *lw_spell_language_find(const char *s, char tag[LW_LANGUAGE_TAG_MAX])
{
    const struct lw_spell_language *l = find_row(s, strlen(s)); /* names may have blanks */
    size_t n = l ? strlen(s) : strcspn(s, "-_"), to;
    l = l ? l : find_row(s, n);
    if (!l)
        return NULL;
    to = (size_t)snprintf(tag, LW_LANGUAGE_TAG_MAX, "%s", l->tag);
    for (const char *c = s + n; *c;) { /* "-ES", "_ES_valencia" */
        size_t len = 0;
        while (is_subtag_byte(c[len + 1]))
            len++;
        if ((*c != '-' && *c != '_') || len < 2 || to + len + 2 > LW_LANGUAGE_TAG_MAX)
            return NULL;
        tag[to++] = len == 2 ? '_' : *c; /* as dictionaries are called: ca_ES-valencia */
        for (size_t i = 1; i <= len; i++)
            tag[to++] = (char)(len == 2 ? c[i] & ~0x20 : c[i]);
        c += len + 1;
    }
    tag[to] = 0;
    return l;
}

const char *const *lw_spell_language_tags(void)
{
    static const char *tags[LANGUAGES + 1];
    for (size_t i = 0; i < LANGUAGES && !tags[LANGUAGES - 1]; i++)
        tags[i] = languages[i].tag;
    return tags;
}

/* Regions that have a package of their own. */
static const char *const regions[] = {"de_AT", "de_CH", "de_DE", "en_AU", "en_CA", "en_GB",
    "en_MED", "en_US", "en_ZA", "pt_BR", "pt_PT", NULL};

void lw_spell_language_package(const char *tag, char *to, size_t room)
{
    const struct lw_spell_language *l = find_row(tag, strcspn(tag, "-_"));
    for (size_t i = 0; regions[i]; i++)
        if (strcmp(regions[i], tag) == 0) {
            snprintf(to, room, "hunspell-%.2s-%.2s", tag, tag + 3);
            for (char *c = to; *c; c++)
                *c = (char)(*c >= 'A' && *c <= 'Z' ? *c | 0x20 : *c);
            return;
        }
    if (l && l->package)
        snprintf(to, room, "%s", l->package);
    else
        snprintf(to, room, "hunspell-%s", l ? l->tag : tag);
}

bool lw_spell_language_writes(const struct lw_spell_language *l, const char *script)
{
    size_t n = strlen(script);
    for (const char *s = l->script; *s; s += strcspn(s, " "), s += strspn(s, " "))
        if (strcspn(s, " ") == n && memcmp(s, script, n) == 0)
            return true;
    return false;
}
