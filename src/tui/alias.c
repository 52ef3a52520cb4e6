/* Keys of other keyboard layouts, as what stands at their place: for commands only, never for text.
 */
#include "keymap.h"

#include "labelwright/utf8.h"

#include <string.h>

/* Row by row, character by character: what a layout types, and what stands there on a Latin one. A
 * character that stands in two rows counts in the first, so the rows with fewer speakers come last.
 */
static const struct {
    const char *typed, *means;
} rows[] = {
    /* digit rows without plain digits: Czech and Slovak, where asked for; French and Belgian;
     * Vietnamese (TCVN) */
    {"+ěščřžýáíé", "1234567890"},
    {"&é\"'(-è_çà", "1234567890"},
    {"§!", "68"},
    {"ăâêô\u0300\u0309\u0303\u0301\u0323đ", "1234567890"},
    /* Cyrillic (ЙЦУКЕН, with Ukrainian and Belarusian) */
    {"йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm"},
    {"ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", "QWERTYUIOPASDFGHJKLZXCVBNM"},
    {"іІўЎ", "sSoO"},
    /* Greek */
    {"ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"},
    {"ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ", "ERTYUIOPASDFGHJKLZXCVBNM"},
    /* Hebrew */
    {"קראטוןםפשדגכעיחלךזסבהנמצ", "ertyuiopasdfghjklzxcvbnm"},
    /* Arabic */
    {"ضصثقفغعهخحشسيبلاتنمئءؤرىة", "qwertyuiopasdfghjklzxcvnm"},
};

/* Where `cp` stands in the UTF-8 string, counted in characters; -1 when it does not. */
static int place_in(const char *s, char32_t cp)
{
    size_t n = strlen(s);
    int place = 0;
    for (size_t at = 0; at < n; place++) {
        char32_t c;
        at += lw_utf8_decode(s + at, n - at, &c);
        if (c == cp)
            return place;
    }
    return -1;
}

struct lw_key lw_key_alias(struct lw_key key, bool czech_digits)
{
    if (key.name != LW_KEY_CHAR || key.meta)
        return key;
    for (size_t i = czech_digits ? 0 : 1; i < sizeof rows / sizeof *rows; i++) {
        int place = place_in(rows[i].typed, key.ch);
        if (place >= 0) {
            key.ch = (char32_t)(unsigned char)rows[i].means[place];
            return key;
        }
    }
    return key;
}
