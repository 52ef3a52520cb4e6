/* Bytes that JSON must not hold travel through the parser as characters of a private range: byte B
 * as U+10FF00 + B. What is itself in that range goes the same way, byte by byte, so that nothing is
 * mistaken for another. */
#include "model/wire_text_internal.h"

#include "labelwright/json/json_error.h"
#include "labelwright/json/json_value.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { CARRIER = 0x10FF00, CARRIER_FIRST = CARRIER + 0x80, CARRIER_LEAD = '\xF4' };

static const char replacement[] = "\xEF\xBF\xBD";

/* ---- before the parser */

static void carry(struct lw_buf *to, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char as[4];
        lw_buf_add(to, as, lw_utf8_encode(CARRIER + (unsigned char)bytes[i], as));
    }
}

/* The same for an escape (\u) at `s`; a pair of them is added whole in any case. */
static size_t odd_escape(const char *s, const char *end, struct lw_buf *to)
{
    char32_t cp = 0, low = 0;
    char utf8[4];
    if (!lw_json_hex4(s + 2, end, &cp))
        return 0;
    bool high = (cp & 0xFC00) == 0xD800;
    bool pair = high && end - s >= 12 && s[6] == '\\' && s[7] == 'u' &&
                lw_json_hex4(s + 8, end, &low) && (low & 0xFC00) == 0xDC00;
    if (pair) {
        cp = 0x10000 + ((cp & 0x3FF) << 10) + (low & 0x3FF);
        if (cp >= CARRIER_FIRST)
            carry(to, utf8, lw_utf8_encode(cp, utf8));
        else
            lw_buf_add(to, s, 12);
        return 12;
    }
    if (cp != 0 && (cp & 0xF800) != 0xD800)
        return 0;
    lw_buf_str(to, replacement);
    return 6;
}

/* The length of what cannot go as it is at `s`, which is added in its other form; else 0. */
static size_t odd_bytes(const char *s, const char *end, struct lw_buf *to)
{
    char32_t cp;
    if (*s == '\\' && end - s >= 6 && s[1] == 'u')
        return odd_escape(s, end, to);
    if (*s != '\0' && (unsigned char)*s < 0x80)
        return 0;
    size_t n = lw_utf8_decode(s, (size_t)(end - s), &cp);
    if (cp == 0)
        lw_buf_str(to, replacement);
    else if (cp == LW_UTF8_BAD || cp >= CARRIER_FIRST)
        carry(to, s, n);
    else
        return 0;
    return n;
}

/* The next byte from `s` that may be the first of something odd. */
static const char *next_odd(const char *s, const char *end)
{
    while (s < end && *s != '\\' && *s != '\0' && (unsigned char)*s < 0x80)
        s++;
    return s;
}

static void make_plain(const char *s, const char *end, struct lw_buf *to)
{
    for (const char *odd; s < end;) {
        odd = next_odd(s, end);
        lw_buf_add(to, s, (size_t)(odd - s));
        s = odd;
        if (s == end)
            break;
        size_t n = odd_bytes(s, end, to);
        if (n == 0) { /* as it is; an escape with its second character */
            char32_t cp;
            n = *s == '\\' && end - s > 1 ? 2 : lw_utf8_decode(s, (size_t)(end - s), &cp);
            lw_buf_add(to, s, n);
        }
        s += n;
    }
}

json_t *lw_wire_json(const char *bytes, size_t n)
{
    json_error_t e;
    struct lw_buf plain = {0};
    make_plain(bytes, bytes + n, &plain);
    const char *text = plain.data ? plain.data : "";
    json_t *v = json_loadb(text, plain.len, JSON_DECODE_ANY, &e);
    if (!v && json_error_code(&e) == json_error_numeric_overflow)
        v = lw_json_load(text, plain.len, &e);
    lw_buf_fini(&plain);
    return v;
}

/* ---- behind the parser */

/* Whether more bytes could make a character of these. */
static bool may_begin(const char *part, size_t n)
{
    static const char least = '\x80', most = '\xBF';
    char whole[4];
    char32_t cp;
    unsigned char lead = (unsigned char)*part;
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
    if (n >= need)
        return false;
    memcpy(whole, part, n);
    memset(whole + n, least, sizeof whole - n);
    if (lw_utf8_decode(whole, need, &cp) == need && cp != LW_UTF8_BAD)
        return true;
    memset(whole + n, most, sizeof whole - n);
    return lw_utf8_decode(whole, need, &cp) == need && cp != LW_UTF8_BAD;
}

static void add_character(struct lw_wire_text *t, const char *s, size_t n)
{
    t->full = t->full || n > t->max - t->text.len;
    if (!t->full)
        lw_buf_add(&t->text, s, n);
}

/* The bytes that wait, as far as they can be decided. */
static void settle(struct lw_wire_text *t)
{
    while (t->npart > 0 && !may_begin(t->part, t->npart)) {
        char32_t cp;
        size_t n = lw_utf8_decode(t->part, t->npart, &cp);
        if (cp == LW_UTF8_BAD || cp == 0)
            add_character(t, replacement, 3);
        else
            add_character(t, t->part, n);
        t->npart -= n;
        memmove(t->part, t->part + n, t->npart);
    }
}

static void add_byte(struct lw_wire_text *t, char byte)
{
    t->part[t->npart++] = byte;
    settle(t);
}

/* The end of what needs no look: no byte that was carried, and no character that may be cut. */
static size_t plain_len(const char *s, size_t n)
{
    const char *odd = memchr(s, CARRIER_LEAD, n);
    return odd ? (size_t)(odd - s) : n;
}

static void add_plain(struct lw_wire_text *t, const char *s, size_t n)
{
    if (n == 0)
        return;
    while (t->npart > 0) { /* what follows begins a character: the part will never be whole */
        add_character(t, replacement, 3);
        memmove(t->part, t->part + 1, --t->npart);
        settle(t);
    }
    if (n > t->max - t->text.len) {
        t->full = true;
        for (n = t->max - t->text.len; n > 0 && ((unsigned char)s[n] & 0xC0) == 0x80;)
            n--;
    }
    lw_buf_add(&t->text, s, n);
}

bool lw_wire_text_add(struct lw_wire_text *t, const json_t *string)
{
    const char *s = json_string_value(string), *end = s ? s + json_string_length(string) : s;
    while (s < end && !t->full) {
        size_t n = plain_len(s, (size_t)(end - s));
        add_plain(t, s, n);
        s += n;
        if (s == end)
            break;
        char32_t cp;
        n = lw_utf8_decode(s, (size_t)(end - s), &cp);
        if (cp >= CARRIER_FIRST)
            add_byte(t, (char)(cp - CARRIER));
        else
            add_plain(t, s, n);
        s += n;
    }
    return !t->full;
}

void lw_wire_text_end(struct lw_wire_text *t)
{
    for (; t->npart > 0; t->npart--)
        add_character(t, replacement, 3);
}

char *lw_wire_string(const json_t *string, size_t max)
{
    struct lw_wire_text t = {.max = max};
    if (!json_is_string(string))
        return NULL;
    lw_wire_text_add(&t, string);
    lw_wire_text_end(&t);
    return lw_buf_detach(&t.text);
}

void lw_wire_text_fini(struct lw_wire_text *t)
{
    lw_buf_fini(&t->text);
    *t = (struct lw_wire_text){0};
}
