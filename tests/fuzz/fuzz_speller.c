/* Any bytes: words are in order, inside the text, whole characters where it is valid, and the same
 * whether a text is checked at once or in steps. No word is in the dictionary. */
#define _GNU_SOURCE
#include "fixtures/text_properties.h"

#include "spell/dictionary_internal.h"
#include "spell/word_cut_internal.h"
#include "spell/word_forms_internal.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char *library(void)
{
    return "none";
}

static bool has(const char *tag)
{
    (void)tag;
    return true;
}

static void *open_dictionary(const char *tag)
{
    return strdup(tag);
}

static bool check(void *dictionary, const char *word, size_t n)
{
    (void)dictionary;
    HOLD(lw_utf8_valid(word, n, NULL));
    return false;
}

static void suggest(void *dictionary, const char *word, size_t n,
    void (*each)(void *ctx, const char *word), void *ctx)
{
    (void)dictionary, (void)n;
    each(ctx, word);
}

static void list(void (*each)(void *ctx, const char *tag, const char *by), void *ctx)
{
    (void)each, (void)ctx;
}

static const struct lw_dictionaries empty = {
    library, has, open_dictionary, free, check, suggest, list};

static int no_dir(void *ctx, enum lw_word_list_of which, bool make)
{
    (void)ctx, (void)which, (void)make;
    return -1;
}

static bool inside_character(const char *s, size_t n, size_t at)
{
    return at < n && ((unsigned char)s[at] & 0xC0) == 0x80;
}

static void hold_words(const char *s, size_t n)
{
    static struct lw_word_cutter c;
    struct lw_cut_word w;
    size_t end = 0;
    bool valid = lw_utf8_valid(s, n, NULL);
    lw_word_cutter_init(&c, s, n, 0, n);
    while (lw_word_cutter_next(&c, &w)) {
        HOLD(w.at >= end && w.len > 0 && w.at + w.len <= n);
        HOLD(w.whole <= w.at && w.whole + w.nwhole >= w.at + w.len && w.whole + w.nwhole <= n);
        end = w.at + w.len;
        HOLD(lw_utf8_valid(s + w.at, w.len, NULL) && lw_utf8_valid(s + w.whole, w.nwhole, NULL));
        HOLD(!valid || !(inside_character(s, n, w.at) || inside_character(s, n, end)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char *const tags[] = {"ca", "vi", "bg", "th", NULL};
    const struct lw_speller_setup setup = {&lw_sys_real, no_dir, NULL};
    const char *s = (const char *)data;
    struct lw_speller *sp = lw_speller_with(&setup, &empty, NULL);
    struct lw_misspelt once = {0}, steps = {0};
    hold_words(s, n);
    lw_speller_languages(sp, tags);
    HOLD(lw_speller_check(sp, &once, s, n, NULL, 0, n));
    while (!lw_speller_check(sp, &steps, s, n, NULL, 0, 1))
        ;
    HOLD(once.n == steps.n);
    for (size_t i = 0; i < once.n; i++)
        HOLD(once.v[i].at == steps.v[i].at && once.v[i].len == steps.v[i].len);
    lw_misspelt_fini(&once);
    lw_misspelt_fini(&steps);
    lw_speller_free(sp);
    return 0;
}
