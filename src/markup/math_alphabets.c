/* Characters of Unicode that show a letter in another way: raised, lowered, blackboard,
 * calligraphic, fraktur; and fractions of one character. Tables only; bold is an emphasis, not an
 * alphabet: few fonts of terminals have the letters. */
#include "markup/math_symbols_internal.h"

#include <string.h>

struct pair {
    char32_t plain, shown;
};

static const struct pair raised[] = {
    {'0', U'⁰'},
    {'1', U'¹'},
    {'2', U'²'},
    {'3', U'³'},
    {'4', U'⁴'},
    {'5', U'⁵'},
    {'6', U'⁶'},
    {'7', U'⁷'},
    {'8', U'⁸'},
    {'9', U'⁹'},
    {'+', U'⁺'},
    {'-', U'⁻'},
    {U'−', U'⁻'},
    {'=', U'⁼'},
    {'(', U'⁽'},
    {')', U'⁾'},
    {'a', U'ᵃ'},
    {'b', U'ᵇ'},
    {'c', U'ᶜ'},
    {'d', U'ᵈ'},
    {'e', U'ᵉ'},
    {'f', U'ᶠ'},
    {'g', U'ᵍ'},
    {'h', U'ʰ'},
    {'i', U'ⁱ'},
    {'j', U'ʲ'},
    {'k', U'ᵏ'},
    {'l', U'ˡ'},
    {'m', U'ᵐ'},
    {'n', U'ⁿ'},
    {'o', U'ᵒ'},
    {'p', U'ᵖ'},
    {'r', U'ʳ'},
    {'s', U'ˢ'},
    {'t', U'ᵗ'},
    {'u', U'ᵘ'},
    {'v', U'ᵛ'},
    {'w', U'ʷ'},
    {'x', U'ˣ'},
    {'y', U'ʸ'},
    {'z', U'ᶻ'},
    {'A', U'ᴬ'},
    {'B', U'ᴮ'},
    {'D', U'ᴰ'},
    {'E', U'ᴱ'},
    {'G', U'ᴳ'},
    {'H', U'ᴴ'},
    {'I', U'ᴵ'},
    {'J', U'ᴶ'},
    {'K', U'ᴷ'},
    {'L', U'ᴸ'},
    {'M', U'ᴹ'},
    {'N', U'ᴺ'},
    {'O', U'ᴼ'},
    {'P', U'ᴾ'},
    {'R', U'ᴿ'},
    {'T', U'ᵀ'},
    {'U', U'ᵁ'},
    {'V', U'ⱽ'},
    {'W', U'ᵂ'},
    {U'β', U'ᵝ'},
    {U'γ', U'ᵞ'},
    {U'δ', U'ᵟ'},
    {U'θ', U'ᶿ'},
    {U'φ', U'ᵠ'},
    {U'χ', U'ᵡ'},
    /* raised as they are */
    {'*', '*'},
    {U'∗', '*'},
    {U'∘', U'°'},
    {U'°', U'°'},
    {U'′', U'′'},
    {U'‵', U'‵'},
    {U'†', U'†'},
    {U'‡', U'‡'},
    {U'⊤', U'ᵀ'},
    {'\'', U'′'},
};

static const struct pair lowered[] = {
    {'0', U'₀'},
    {'1', U'₁'},
    {'2', U'₂'},
    {'3', U'₃'},
    {'4', U'₄'},
    {'5', U'₅'},
    {'6', U'₆'},
    {'7', U'₇'},
    {'8', U'₈'},
    {'9', U'₉'},
    {'+', U'₊'},
    {'-', U'₋'},
    {U'−', U'₋'},
    {'=', U'₌'},
    {'(', U'₍'},
    {')', U'₎'},
    {'a', U'ₐ'},
    {'e', U'ₑ'},
    {'h', U'ₕ'},
    {'i', U'ᵢ'},
    {'j', U'ⱼ'},
    {'k', U'ₖ'},
    {'l', U'ₗ'},
    {'m', U'ₘ'},
    {'n', U'ₙ'},
    {'o', U'ₒ'},
    {'p', U'ₚ'},
    {'r', U'ᵣ'},
    {'s', U'ₛ'},
    {'t', U'ₜ'},
    {'u', U'ᵤ'},
    {'v', U'ᵥ'},
    {'x', U'ₓ'},
    {U'β', U'ᵦ'},
    {U'γ', U'ᵧ'},
    {U'ρ', U'ᵨ'},
    {U'φ', U'ᵩ'},
    {U'χ', U'ᵪ'},
    /* low as they are */
    {',', ','},
    {'.', '.'},
};

static char32_t find(const struct pair *v, size_t n, char32_t cp)
{
    for (size_t i = 0; i < n; i++) {
        if (v[i].plain == cp)
            return v[i].shown;
    }
    return 0;
}

char32_t lw_math_raised(char32_t cp)
{
    return find(raised, sizeof raised / sizeof *raised, cp);
}

char32_t lw_math_lowered(char32_t cp)
{
    return find(lowered, sizeof lowered / sizeof *lowered, cp);
}

/* ---- alphabets */

/* Where capitals, small letters and digits begin; letters that were in Unicode before are
 * elsewhere. */
static const struct alphabet {
    char32_t upper, lower, digit;
    struct pair elsewhere[12];
} alphabets[] = {
    [LW_MATH_BLACKBOARD] = {0x1D538, 0x1D552, 0x1D7D8,
        {{'C', U'ℂ'}, {'H', U'ℍ'}, {'N', U'ℕ'}, {'P', U'ℙ'}, {'Q', U'ℚ'}, {'R', U'ℝ'},
            {'Z', U'ℤ'}}},
    [LW_MATH_CALLIGRAPHIC] = {0x1D49C, 0x1D4B6, 0,
        {{'B', U'ℬ'}, {'E', U'ℰ'}, {'F', U'ℱ'}, {'H', U'ℋ'}, {'I', U'ℐ'}, {'L', U'ℒ'}, {'M', U'ℳ'},
            {'R', U'ℛ'}, {'e', U'ℯ'}, {'g', U'ℊ'}, {'o', U'ℴ'}}},
    [LW_MATH_FRAKTUR] = {0x1D504, 0x1D51E, 0,
        {{'C', U'ℭ'}, {'H', U'ℌ'}, {'I', U'ℑ'}, {'R', U'ℜ'}, {'Z', U'ℨ'}}},
};

char32_t lw_math_letter(enum lw_math_alphabet alphabet, char32_t cp)
{
    if (alphabet == LW_MATH_PLAIN || cp >= 0x80)
        return cp;
    const struct alphabet *a = &alphabets[alphabet];
    char32_t other = find(a->elsewhere, sizeof a->elsewhere / sizeof *a->elsewhere, cp);
    if (other)
        return other;
    if (cp >= 'A' && cp <= 'Z')
        return a->upper + cp - 'A';
    if (cp >= 'a' && cp <= 'z')
        return a->lower + cp - 'a';
    return cp >= '0' && cp <= '9' && a->digit ? a->digit + cp - '0' : cp;
}

const char *lw_math_vulgar(char num, char den)
{
    static const struct {
        char parts[3];
        const char *shown;
    } v[] = {
        {"12", "½"},
        {"13", "⅓"},
        {"23", "⅔"},
        {"14", "¼"},
        {"34", "¾"},
        {"15", "⅕"},
        {"25", "⅖"},
        {"35", "⅗"},
        {"45", "⅘"},
        {"16", "⅙"},
        {"56", "⅚"},
        {"18", "⅛"},
        {"38", "⅜"},
        {"58", "⅝"},
        {"78", "⅞"},
    };
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
        if (v[i].parts[0] == num && v[i].parts[1] == den)
            return v[i].shown;
    }
    return NULL;
}
