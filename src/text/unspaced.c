/* Words where no spaces are, by ICU's dictionaries. Which characters are meant is decided here; how
 * a dictionary is searched is ICU's.
 *
 * ICU is loaded when it is first needed and not linked: with it, its 30 MB of data and the C++
 * library the program would start 3 ms later for everybody, and could not start where it is
 * missing. libthai agrees with it on 95 of 100 breaks, but knows Thai only and takes four times as
 * long. */
#define _GNU_SOURCE
#include "labelwright/text/unspaced.h"

#include "labelwright/base/library.h"
#include "labelwright/text/utf8.h"

#include <string.h>

/* ---- which characters */

/* Class SA of UAX #14, as far as there are dictionaries. */
static const struct {
    char32_t first, last;
} unspaced[] = {
    {0x0E01, 0x0E3A}, /* Thai */
    {0x0E40, 0x0E4E}, /* Thai */
    {0x0E81, 0x0ECE}, /* Lao */
    {0x0EDC, 0x0EDF}, /* Lao */
    {0x1000, 0x103F}, /* Burmese */
    {0x1050, 0x108F}, /* Burmese */
    {0x109A, 0x109F}, /* Burmese */
    {0x1780, 0x17D3}, /* Khmer */
    {0x17D7, 0x17D7}, /* Khmer */
    {0x17DC, 0x17DD}, /* Khmer */
    {0xA9E0, 0xA9EF}, /* Burmese */
    {0xA9FA, 0xA9FE}, /* Burmese */
    {0xAA60, 0xAA7F}, /* Burmese */
};

static size_t unspaced_len(const char *s, size_t n)
{
    char32_t cp;
    if ((unsigned char)s[0] < 0xE0)
        return 0;
    size_t len = lw_utf8_decode(s, n, &cp);
    for (size_t i = 0; i < sizeof unspaced / sizeof *unspaced && cp >= unspaced[i].first; i++)
        if (cp <= unspaced[i].last)
            return len;
    return 0;
}

size_t lw_unspaced_find(const char *s, size_t n, size_t from, size_t *len)
{
    size_t at = from, one;
    while (at < n && ((unsigned char)s[at] < 0xE0 || unspaced_len(s + at, n - at) == 0))
        at++; /* what follows a lead byte is none */
    for (*len = 0; at + *len < n && (one = unspaced_len(s + at + *len, n - at - *len)) > 0;)
        *len += one;
    return at < n ? at : n;
}

/* ---- ICU */

#ifdef LW_HAVE_ICU
#include <unicode/ubrk.h>
#include <unicode/utext.h>

/* The names of its functions end in its version: the headers of the build say which. */
#define TEXT_OF(x) #x
#define NAME_OF(x) TEXT_OF(x)

enum { RUN_MAX = 4096 /* bytes looked at together: ICU keeps all the breaks of a text */ };

static struct icu {
    UText *(*open_utf8)(UText *, const char *, int64_t, UErrorCode *);
    UBreakIterator *(*open)(UBreakIteratorType, const char *, const UChar *, int32_t, UErrorCode *);
    void (*set_text)(UBreakIterator *, UText *, UErrorCode *);
    int32_t (*first)(UBreakIterator *), (*next)(UBreakIterator *);
    UBreakIterator *breaks; /* NULL: there is no ICU, or no dictionary in it */
    UText *text;
    bool tried;
} icu;

static void load(void)
{
    UErrorCode code = U_ZERO_ERROR;
    void *library = lw_library_load("libicuuc.so." NAME_OF(U_ICU_VERSION_MAJOR_NUM));
    icu.tried = true;
    bool found = library && lw_library_find(library, NAME_OF(utext_openUTF8), &icu.open_utf8) &&
                 lw_library_find(library, NAME_OF(ubrk_open), &icu.open) &&
                 lw_library_find(library, NAME_OF(ubrk_setUText), &icu.set_text) &&
                 lw_library_find(library, NAME_OF(ubrk_first), &icu.first) &&
                 lw_library_find(library, NAME_OF(ubrk_next), &icu.next);
    if (found)
        icu.breaks = icu.open(UBRK_WORD, "en", NULL, 0, &code); /* dictionaries go by script */
    if (U_FAILURE(code))
        icu.breaks = NULL;
}

static UBreakIterator *breaks_of(const char *s, size_t n)
{
    UErrorCode code = U_ZERO_ERROR;
    icu.text = icu.open_utf8(icu.text, s, (int64_t)n, &code);
    icu.set_text(icu.breaks, icu.text, &code);
    return U_FAILURE(code) ? NULL : icu.breaks;
}

/* Marks the words of a run that may go on behind n; returns where the last one begins, 0 for one.
 */
static size_t mark_words(const char *s, size_t n, char *begins)
{
    UBreakIterator *b = breaks_of(s, n);
    size_t last = 0;
    if (!b)
        return 0;
    icu.first(b);
    for (int32_t at; (at = icu.next(b)) != UBRK_DONE && at > 0 && (size_t)at < n;)
        begins[last = (size_t)at] = 1;
    return last;
}

bool lw_unspaced_words(const char *s, size_t n, char *begins)
{
    if (!icu.tried)
        load();
    if (!icu.breaks)
        return false;
    for (size_t at = 0; at < n;) {
        size_t end = n - at > RUN_MAX ? at + RUN_MAX : n;
        while (end < n && ((unsigned char)s[end] & 0xC0) == 0x80)
            end--;
        size_t last = mark_words(s + at, end - at, begins + at);
        at = end < n && last > 0 ? at + last : end; /* the last word may be cut off */
    }
    return true;
}

const char *lw_unspaced_dictionary(void)
{
    if (!icu.tried)
        load();
    return icu.breaks ? "ICU " U_ICU_VERSION : NULL;
}

const char *lw_unspaced_package(bool *rebuild)
{
    *rebuild = false;
    return "libicu" NAME_OF(U_ICU_VERSION_MAJOR_NUM);
}
#else
bool lw_unspaced_words(const char *s, size_t n, char *begins)
{
    (void)s, (void)n, (void)begins;
    return false;
}

const char *lw_unspaced_dictionary(void)
{
    return NULL;
}

const char *lw_unspaced_package(bool *rebuild)
{
    *rebuild = true;
    return "libicu-dev";
}
#endif
