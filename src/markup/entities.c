/* Character references of HTML by name and by number. The names are those that people and models
 * write; any other stays as it stands in the text. */
#include "markup/entities_internal.h"

#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Sorted by strcmp(). */
static const struct entity {
    char name[8];
    unsigned cp;
} entities[] = {
    {"AElig", 0xC6},
    {"Aacute", 0xC1},
    {"Agrave", 0xC0},
    {"Alpha", 0x391},
    {"Auml", 0xC4},
    {"Beta", 0x392},
    {"Ccedil", 0xC7},
    {"Delta", 0x394},
    {"Eacute", 0xC9},
    {"Gamma", 0x393},
    {"Lambda", 0x39B},
    {"Ntilde", 0xD1},
    {"Omega", 0x3A9},
    {"Ouml", 0xD6},
    {"Phi", 0x3A6},
    {"Pi", 0x3A0},
    {"Prime", 0x2033},
    {"Psi", 0x3A8},
    {"Sigma", 0x3A3},
    {"Theta", 0x398},
    {"Uuml", 0xDC},
    {"aacute", 0xE1},
    {"acirc", 0xE2},
    {"acute", 0xB4},
    {"aelig", 0xE6},
    {"agrave", 0xE0},
    {"alpha", 0x3B1},
    {"amp", '&'},
    {"and", 0x2227},
    {"ang", 0x2220},
    {"apos", '\''},
    {"approx", 0x2248},
    {"aring", 0xE5},
    {"asymp", 0x2248},
    {"atilde", 0xE3},
    {"auml", 0xE4},
    {"beta", 0x3B2},
    {"bull", 0x2022},
    {"cap", 0x2229},
    {"ccedil", 0xE7},
    {"cent", 0xA2},
    {"check", 0x2713},
    {"chi", 0x3C7},
    {"circ", 0x2C6},
    {"copy", 0xA9},
    {"cup", 0x222A},
    {"curren", 0xA4},
    {"dArr", 0x21D3},
    {"darr", 0x2193},
    {"deg", 0xB0},
    {"delta", 0x3B4},
    {"divide", 0xF7},
    {"eacute", 0xE9},
    {"ecirc", 0xEA},
    {"egrave", 0xE8},
    {"empty", 0x2205},
    {"emsp", 0x2003},
    {"ensp", 0x2002},
    {"epsilon", 0x3B5},
    {"equiv", 0x2261},
    {"eta", 0x3B7},
    {"euml", 0xEB},
    {"euro", 0x20AC},
    {"exist", 0x2203},
    {"forall", 0x2200},
    {"frac12", 0xBD},
    {"frac14", 0xBC},
    {"frac34", 0xBE},
    {"gamma", 0x3B3},
    {"ge", 0x2265},
    {"geq", 0x2265},
    {"gt", '>'},
    {"hArr", 0x21D4},
    {"harr", 0x2194},
    {"hellip", 0x2026},
    {"iacute", 0xED},
    {"icirc", 0xEE},
    {"iexcl", 0xA1},
    {"igrave", 0xEC},
    {"infin", 0x221E},
    {"int", 0x222B},
    {"iota", 0x3B9},
    {"iquest", 0xBF},
    {"isin", 0x2208},
    {"iuml", 0xEF},
    {"kappa", 0x3BA},
    {"lArr", 0x21D0},
    {"lambda", 0x3BB},
    {"lang", 0x27E8},
    {"laquo", 0xAB},
    {"larr", 0x2190},
    {"lceil", 0x2308},
    {"ldquo", 0x201C},
    {"le", 0x2264},
    {"leq", 0x2264},
    {"lfloor", 0x230A},
    {"lsaquo", 0x2039},
    {"lsquo", 0x2018},
    {"lt", '<'},
    {"macr", 0xAF},
    {"mdash", 0x2014},
    {"micro", 0xB5},
    {"middot", 0xB7},
    {"minus", 0x2212},
    {"mu", 0x3BC},
    {"nabla", 0x2207},
    {"nbsp", 0xA0},
    {"ndash", 0x2013},
    {"ne", 0x2260},
    {"ni", 0x220B},
    {"not", 0xAC},
    {"notin", 0x2209},
    {"ntilde", 0xF1},
    {"nu", 0x3BD},
    {"oacute", 0xF3},
    {"ocirc", 0xF4},
    {"ograve", 0xF2},
    {"omega", 0x3C9},
    {"oplus", 0x2295},
    {"or", 0x2228},
    {"oslash", 0xF8},
    {"otilde", 0xF5},
    {"otimes", 0x2297},
    {"ouml", 0xF6},
    {"para", 0xB6},
    {"part", 0x2202},
    {"permil", 0x2030},
    {"perp", 0x22A5},
    {"phi", 0x3C6},
    {"pi", 0x3C0},
    {"plusmn", 0xB1},
    {"pound", 0xA3},
    {"prime", 0x2032},
    {"prod", 0x220F},
    {"prop", 0x221D},
    {"psi", 0x3C8},
    {"quot", '"'},
    {"rArr", 0x21D2},
    {"radic", 0x221A},
    {"rang", 0x27E9},
    {"raquo", 0xBB},
    {"rarr", 0x2192},
    {"rceil", 0x2309},
    {"rdquo", 0x201D},
    {"reg", 0xAE},
    {"rfloor", 0x230B},
    {"rho", 0x3C1},
    {"rsaquo", 0x203A},
    {"rsquo", 0x2019},
    {"sbquo", 0x201A},
    {"sdot", 0x22C5},
    {"sect", 0xA7},
    {"shy", 0xAD},
    {"sigma", 0x3C3},
    {"sim", 0x223C},
    {"sub", 0x2282},
    {"sube", 0x2286},
    {"sum", 0x2211},
    {"sup", 0x2283},
    {"sup1", 0xB9},
    {"sup2", 0xB2},
    {"sup3", 0xB3},
    {"supe", 0x2287},
    {"szlig", 0xDF},
    {"tau", 0x3C4},
    {"theta", 0x3B8},
    {"thinsp", 0x2009},
    {"thorn", 0xFE},
    {"tilde", 0x2DC},
    {"times", 0xD7},
    {"trade", 0x2122},
    {"uArr", 0x21D1},
    {"uacute", 0xFA},
    {"uarr", 0x2191},
    {"ucirc", 0xFB},
    {"ugrave", 0xF9},
    {"uuml", 0xFC},
    {"xi", 0x3BE},
    {"yacute", 0xFD},
    {"yen", 0xA5},
    {"yuml", 0xFF},
    {"zeta", 0x3B6},
    {"zwj", 0x200D},
    {"zwnj", 0x200C},
};

static int compare(const void *name, const void *entity)
{
    return strcmp(name, ((const struct entity *)entity)->name);
}

static unsigned by_name(const char *s, size_t n)
{
    char name[8] = "";
    if (n >= sizeof name)
        return 0;
    memcpy(name, s, n);
    const struct entity *e =
        bsearch(name, entities, sizeof entities / sizeof *entities, sizeof *entities, compare);
    return e ? e->cp : 0;
}

static unsigned by_number(const char *s, size_t n)
{
    char digits[10] = "";
    bool hex = n > 0 && (s[0] == 'x' || s[0] == 'X');
    if (n - hex >= sizeof digits)
        return 0;
    memcpy(digits, s + hex, n - hex);
    return (unsigned)strtoul(digits, NULL, hex ? 16 : 10);
}

size_t lw_entity_decode(const char *s, size_t n, char to[4])
{
    if (n < 3 || s[0] != '&' || s[n - 1] != ';')
        return 0;
    unsigned cp = s[1] == '#' ? by_number(s + 2, n - 3) : by_name(s + 1, n - 2);
    return cp ? lw_utf8_encode(cp, to) : 0;
}
