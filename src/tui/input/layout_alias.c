/* Keys of other keyboard layouts, read as the Latin key at the same place: for commands only, never
 * for text. */
#include "tui/input/keymap_internal.h"

#include "labelwright/text/utf8.h"

#include <string.h>

struct row {
    const char *typed, *means;
};

/* Digit rows without plain digits. Elsewhere these signs are punctuation, or letters. */
static const struct row digit_rows[LW_DIGIT_ROW_COUNT][2] = {
    [LW_DIGIT_ROW_FRENCH] = {{"&é\"'(-è_çà", "1234567890"}, {"§!", "68"}}, /* and the Belgian */
    [LW_DIGIT_ROW_CZECH] = {{"+ěščřžýáíé", "1234567890"}},                 /* and the Slovak */
    [LW_DIGIT_ROW_VIETNAMESE] = {{"ăâêô\u0300\u0309\u0303\u0301\u0323đ", "1234567890"}}, /* TCVN */
};

/* Row by row, character by character: what a layout types, and the Latin key at that place. A
 * character in two rows counts in the first, so rows with fewer speakers come last. */
static const struct row rows[] = {
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

/* The place of `cp` in the UTF-8 string, counted in characters; -1 for none. */
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

/* What `cp` means in the row; 0 when it is not there. */
static char32_t meaning(const struct row *row, char32_t cp)
{
    int place = row->typed ? place_in(row->typed, cp) : -1;
    return place < 0 ? 0 : (char32_t)(unsigned char)row->means[place];
}

static char32_t digit_in(enum lw_digit_row row, char32_t cp)
{
    char32_t digit = meaning(&digit_rows[row][0], cp);
    return digit ? digit : meaning(&digit_rows[row][1], cp);
}

/* Digits of any script, and the full-width forms that an input method types. */
static char32_t plain(char32_t cp)
{
    enum { WIDE_FIRST = 0xFF01, WIDE_LAST = 0xFF5E };
    if (cp >= WIDE_FIRST && cp <= WIDE_LAST)
        return cp - WIDE_FIRST + U'!';
    int digit = lw_digit_value(cp);
    return digit >= 0 ? (char32_t)('0' + digit) : cp;
}

struct lw_key lw_key_alias(struct lw_key key, enum lw_digit_row row)
{
    if (key.name != LW_KEY_CHAR || key.meta)
        return key;
    char32_t ch = digit_in(row, key.ch);
    for (size_t i = 0; !ch && i < sizeof rows / sizeof *rows; i++)
        ch = meaning(&rows[i], key.ch);
    key.ch = ch ? ch : plain(key.ch);
    return key;
}

const char *lw_key_digit_row(struct lw_key key, int *digit)
{
    static const char *const names[] = {
#define X(id, name) name,
        LW_DIGIT_ROWS(X)
#undef X
    };
    if (key.name != LW_KEY_CHAR || key.meta || key.ctrl)
        return NULL;
    for (int row = LW_DIGIT_ROW_FRENCH; row < LW_DIGIT_ROW_COUNT; row++) {
        char32_t ch = digit_in((enum lw_digit_row)row, key.ch);
        *digit = (int)ch - '0';
        if (ch)
            return names[row];
    }
    return NULL;
}
