/* Names of keys, both ways, and the keys that characters stand for. */
#include "tui/input/key_internal.h"

#include "labelwright/text/utf8.h"

#include <string.h>
#include <strings.h>

static const char *const names[LW_KEY_COUNT] = {
#define X(id, name) [LW_KEY_##id] = name,
    LW_KEYS(X)
#undef X
};

/* Control characters that the terminal sends for keys with a name of their own. */
static const struct {
    char letter;
    enum lw_key_name name;
} named_controls[] = {
    {'m', LW_KEY_ENTER},
    {'j', LW_KEY_ENTER},
    {'i', LW_KEY_TAB},
    {'[', LW_KEY_ESC},
    {'h', LW_KEY_BACKSPACE},
    {'?', LW_KEY_BACKSPACE},
};

struct lw_key lw_key_of_char(char32_t ch)
{
    struct lw_key key = {.name = LW_KEY_CHAR, .ch = ch};
    if (ch == U' ')
        return (struct lw_key){.name = LW_KEY_SPACE};
    if (ch >= 0x20 && ch != 0x7F)
        return key;
    key.ctrl = true;
    key.ch = ch == 0x7F ? U'?' : ch + 0x40;
    if (key.ch >= U'A' && key.ch <= U'Z')
        key.ch += U'a' - U'A';
    for (size_t i = 0; i < sizeof named_controls / sizeof *named_controls; i++)
        if (key.ch == (char32_t)named_controls[i].letter)
            return (struct lw_key){.name = named_controls[i].name};
    return key;
}

static bool parse_control(const char *s, struct lw_key *to)
{
    char c = s[1];
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (s[0] != '^' || s[2] != '\0' || c < '?' || c > '_')
        return false;
    *to = lw_key_of_char(c == '?' ? 0x7F : (char32_t)(c - '@'));
    return true;
}

static bool parse_name(const char *s, struct lw_key *to)
{
    for (int i = 0; i < LW_KEY_COUNT; i++)
        if (names[i] && strcasecmp(s, names[i]) == 0) {
            *to = (struct lw_key){.name = (enum lw_key_name)i};
            return true;
        }
    return false;
}

static bool parse_char(const char *s, struct lw_key *to)
{
    char32_t cp;
    size_t n = strlen(s);
    if (n == 0 || lw_utf8_decode(s, n, &cp) != n || cp < 0x20 || (cp >= 0x7F && cp < 0xA0) ||
        cp == LW_UTF8_BAD)
        return false;
    *to = lw_key_of_char(cp);
    return true;
}

/* "S-Left", "C-Up", "S-C-Left": a named key with what is held. */
static bool parse_held(const char *s, struct lw_key *to)
{
    bool shift = strncmp(s, "S-", 2) == 0;
    s += shift ? 2 : 0;
    bool ok = parse_name(s, to);
    if (!ok && strncmp(s, "C-", 2) == 0 && parse_name(s + 2, to))
        ok = to->ctrl = true;
    to->shift = ok && shift;
    return ok;
}

bool lw_key_parse(const char *s, struct lw_key *to)
{
    struct lw_key key;
    bool meta = strncmp(s, "M-", 2) == 0 && s[2];
    s += meta ? 2 : 0;
    bool ok = parse_name(s, &key) || parse_char(s, &key) ||
              (s[0] && s[1] && parse_control(s, &key)) || parse_held(s, &key);
    if (!ok)
        return false;
    key.meta = meta;
    *to = key;
    return true;
}

void lw_key_print(struct lw_key key, struct lw_buf *to)
{
    char bytes[4];
    if (key.meta)
        lw_buf_str(to, "M-");
    if (key.name != LW_KEY_CHAR) {
        lw_buf_str(to, key.shift ? "S-" : "");
        lw_buf_str(to, key.ctrl ? "C-" : "");
        lw_buf_str(to, names[key.name] ? names[key.name] : "");
        return;
    }
    if (key.ctrl)
        lw_buf_char(to, '^');
    if (key.ctrl && key.ch >= U'a' && key.ch <= U'z')
        key.ch -= U'a' - U'A';
    lw_buf_add(to, bytes, lw_utf8_encode(key.ch, bytes));
}

bool lw_key_is_same(struct lw_key a, struct lw_key b)
{
    return a.name == b.name && a.ctrl == b.ctrl && a.meta == b.meta && a.shift == b.shift &&
           (a.name != LW_KEY_CHAR || a.ch == b.ch);
}
