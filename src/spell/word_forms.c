/* Forms of a word: one for looking it up, and others in which a dictionary may know it. Tables and
 * Unicode's normalisation; asks no dictionary. */
#include "spell/word_forms_internal.h"

#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicase.h>
#include <uninorm.h>

/* ---- the form for looking it up */

static const struct {
    char32_t from;
    const char *to;
} signs[] = {
    {0x2019, "'"},
    {0x2018, "'"},
    {0x02BC, "'"},
    {0xFF07, "'"},
    {0x2010, "-"},
    {0x2011, "-"},
    {0x140, "l\xC2\xB7"},
    {0x13F, "L\xC2\xB7"},
    {0x2027, "\xC2\xB7"},
    {0xAD, ""},
    {0x200B, ""},
    {0x200C, ""},
    {0x200D, ""},
    {0x2060, ""},
    {0xFEFF, ""},
};

static const char *sign_for(char32_t cp)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].from == cp)
            return signs[i].to;
    return NULL;
}

static void compose(struct lw_buf *b)
{
    size_t n;
    uint8_t *s = u8_normalize(UNINORM_NFC, (const uint8_t *)b->data, b->len, NULL, &n);
    if (!s)
        return;
    lw_buf_clear(b);
    lw_buf_add(b, s, n);
    free(s);
}

static bool is_ascii(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] >= 0x80)
            return false;
    return true;
}

void lw_word_key(const char *s, size_t n, struct lw_buf *to)
{
    lw_buf_clear(to);
    lw_buf_add(to, s, is_ascii(s, n) ? n : 0);
    if (to->len == n)
        return;
    for (size_t at = 0, took; at < n; at += took) {
        char32_t cp;
        took = lw_utf8_decode(s + at, n - at, &cp);
        const char *sign = cp >= 0x80 ? sign_for(cp) : NULL;
        if (sign)
            lw_buf_str(to, sign);
        else
            lw_buf_add(to, s + at, took);
    }
    if (to->len > 0)
        compose(to);
}

void lw_word_lower(const char *s, size_t n, struct lw_buf *to)
{
    size_t len;
    lw_buf_clear(to);
    lw_buf_str(to, "");
    uint8_t *lower = u8_tolower((const uint8_t *)s, n, NULL, UNINORM_NFC, NULL, &len);
    lw_buf_add(to, lower ? (const char *)lower : s, lower ? len : n);
    free(lower);
}

/* ---- forms that a dictionary may know instead */

bool lw_word_curly(const char *s, size_t n, struct lw_buf *to)
{
    if (!memchr(s, '\'', n))
        return false;
    lw_buf_clear(to);
    for (size_t i = 0; i < n; i++)
        if (s[i] == '\'')
            lw_buf_str(to, "\xE2\x80\x99");
        else
            lw_buf_char(to, s[i]);
    return true;
}

/* Both ways of writing each of the three, with each of the five tones. */
static const char *const tones[][2] = {
    {"òa", "oà"},
    {"óa", "oá"},
    {"ỏa", "oả"},
    {"õa", "oã"},
    {"ọa", "oạ"},
    {"òe", "oè"},
    {"óe", "oé"},
    {"ỏe", "oẻ"},
    {"õe", "oẽ"},
    {"ọe", "oẹ"},
    {"ùy", "uỳ"},
    {"úy", "uý"},
    {"ủy", "uỷ"},
    {"ũy", "uỹ"},
    {"ụy", "uỵ"},
};

bool lw_word_other_tone(const char *s, size_t n, struct lw_buf *to)
{
    lw_word_lower(s, n, to);
    for (size_t i = 0; i < sizeof tones / sizeof *tones; i++)
        for (int which = 0; which < 2; which++) {
            size_t len = strlen(tones[i][which]);
            if (to->len < len || memcmp(to->data + to->len - len, tones[i][which], len) != 0)
                continue;
            bool q = to->len > len && to->data[to->len - len - 1] == 'q'; /* its u is no vowel */
            to->len -= q ? 0 : len;
            if (!q)
                lw_buf_str(to, tones[i][!which]);
            return !q;
        }
    return false;
}

/* ---- names */

static const char *const models[] = {"Alpaca", "Anthropic", "Bard", "Bing", "Claude", "Codestral",
    "Codex", "Cohere", "Copilot", "Dolly", "Ernie", "Falcon", "Gemini", "Gemma", "Grok", "Groq",
    "Guanaco", "Haiku", "Hermes", "Kimi", "Koala", "Llama", "Midjourney", "Mistral", "Mixtral",
    "Nemotron", "Ollama", "Opus", "Orca", "Perplexity", "Phi", "Qwen", "Qwq", "Sonnet", "Sora",
    "Vicuna", "Whisper", "Wi-Fi", "Yi", "Zephyr"};

bool lw_word_is_model(const char *s, size_t n)
{
    for (size_t i = 0; i < sizeof models / sizeof *models; i++)
        if (strlen(models[i]) == n && memcmp(models[i], s, n) == 0)
            return true;
    return false;
}

static const char *const prefixes[] = {"anti", "auto", "bi", "co", "ex", "inter", "intra", "macro",
    "meta", "micro", "multi", "neo", "non", "post", "pre", "pro", "pseudo", "quasi", "re", "semi",
    "sub", "super", "tri", "ultra", "uni"};

bool lw_word_is_prefix(const char *s, size_t n)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strlen(prefixes[i]) == n && strncasecmp(prefixes[i], s, n) == 0)
            return true;
    return false;
}
