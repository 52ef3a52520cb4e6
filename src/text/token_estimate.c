/* About how many tokens a text is to a model, for those who write prompts. How long it is to people
 * is count.c's. The weights are of code points, because tokens are made of bytes that often stand
 * together, and not of what is seen as one character. */
#include "labelwright/text/token_estimate.h"

#include "labelwright/text/utf8.h"

enum { WHOLE = 4 /* quarters */ };

/* Measured against two tokenizers in wide use; labelwright-project(5) says how near it comes. */
static size_t quarters(char32_t cp)
{
    static const struct {
        char32_t below;
        size_t quarters;
    } weights[] = {
        {0x80, 1},   /* ASCII */
        {0x1100, 2}, /* Latin with marks, Greek, Cyrillic, Arabic, Devanagari, Thai … */
    };
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++)
        if (cp < weights[i].below)
            return weights[i].quarters;
    return WHOLE;
}

size_t lw_token_estimate(const char *s, size_t n)
{
    size_t sum = 0;
    for (size_t at = 0; at < n;) {
        char32_t cp;
        at += lw_utf8_decode(s + at, n - at, &cp);
        sum += quarters(cp);
    }
    return sum / WHOLE + (sum % WHOLE != 0);
}
