#include "labelwright/text/utf8.h"

#include <unictype.h>

enum { DIGITS_MOST = 18 /* fit any int64_t */ };

int lw_digit_value(char32_t cp)
{
    if (cp < 0x80)
        return cp >= U'0' && cp <= U'9' ? (int)(cp - U'0') : -1;
    return uc_decimal_value(cp);
}

static size_t skip_blanks(const char *s, size_t n, size_t at)
{
    while (at < n && (s[at] == ' ' || s[at] == '\t'))
        at++;
    return at;
}

bool lw_number_parse(const char *s, size_t n, int64_t *to)
{
    enum { MINUS_SIGN = 0x2212 };
    char32_t cp;
    size_t at = skip_blanks(s, n, 0), digits = 0;
    int64_t value = 0;
    bool below = false;
    if (at < n) {
        size_t len = lw_utf8_decode(s + at, n - at, &cp);
        below = cp == U'-' || cp == MINUS_SIGN;
        at += below || cp == U'+' ? len : 0;
    }
    for (int digit; at < n && digits <= DIGITS_MOST; digits++) {
        size_t len = lw_utf8_decode(s + at, n - at, &cp);
        if ((digit = lw_digit_value(cp)) < 0)
            break;
        if (digits < DIGITS_MOST)
            value = value * 10 + digit;
        at += len;
    }
    if (digits == 0 || digits > DIGITS_MOST || skip_blanks(s, n, at) < n)
        return false;
    *to = below ? -value : value;
    return true;
}
