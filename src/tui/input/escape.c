#include "tui/input/escape_internal.h"

enum { SEQUENCE_MAX = 64 /* a longer one is noise */ };

static bool is_between(int code, int low, int high)
{
    return code >= low && code <= high;
}

/* ESC [ number ~ */
static const struct {
    int number;
    enum lw_key_name name;
} tilde_keys[] = {
    {1, LW_KEY_HOME},
    {2, LW_KEY_INSERT},
    {3, LW_KEY_DELETE},
    {4, LW_KEY_END},
    {5, LW_KEY_PGUP},
    {6, LW_KEY_PGDN},
    {7, LW_KEY_HOME},
    {8, LW_KEY_END},
    {11, LW_KEY_F1},
    {12, LW_KEY_F2},
    {13, LW_KEY_F3},
    {14, LW_KEY_F4},
    {15, LW_KEY_F5},
    {17, LW_KEY_F6},
    {18, LW_KEY_F7},
    {19, LW_KEY_F8},
    {20, LW_KEY_F9},
    {21, LW_KEY_F10},
    {23, LW_KEY_F11},
    {24, LW_KEY_F12},
};

enum { IN_CSI = 1, IN_SS3 = 2, WITH_CTRL = 4 };

/* ESC [ … letter, ESC O letter */
static const struct {
    char letter;
    enum lw_key_name name;
    unsigned where;
} letter_keys[] = {
    {'A', LW_KEY_UP, IN_CSI | IN_SS3},
    {'B', LW_KEY_DOWN, IN_CSI | IN_SS3},
    {'C', LW_KEY_RIGHT, IN_CSI | IN_SS3},
    {'D', LW_KEY_LEFT, IN_CSI | IN_SS3},
    {'H', LW_KEY_HOME, IN_CSI | IN_SS3},
    {'F', LW_KEY_END, IN_CSI | IN_SS3},
    {'P', LW_KEY_F1, IN_CSI | IN_SS3},
    {'Q', LW_KEY_F2, IN_CSI | IN_SS3},
    {'R', LW_KEY_F3, IN_CSI | IN_SS3},
    {'S', LW_KEY_F4, IN_CSI | IN_SS3},
    {'Z', LW_KEY_BACKTAB, IN_CSI},
    {'M', LW_KEY_ENTER, IN_SS3},
    {'I', LW_KEY_TAB, IN_SS3},
    {'a', LW_KEY_UP, IN_CSI}, /* rxvt, with Shift and with Ctrl */
    {'b', LW_KEY_DOWN, IN_CSI},
    {'c', LW_KEY_RIGHT, IN_CSI},
    {'d', LW_KEY_LEFT, IN_CSI},
    {'a', LW_KEY_UP, IN_SS3 | WITH_CTRL},
    {'b', LW_KEY_DOWN, IN_SS3 | WITH_CTRL},
    {'c', LW_KEY_RIGHT, IN_SS3 | WITH_CTRL},
    {'d', LW_KEY_LEFT, IN_SS3 | WITH_CTRL},
};

static struct lw_key with_ctrl(struct lw_key key)
{
    if (key.name == LW_KEY_LEFT || key.name == LW_KEY_RIGHT)
        key.name = key.name == LW_KEY_LEFT ? LW_KEY_WORD_LEFT : LW_KEY_WORD_RIGHT;
    else
        key.ctrl = true;
    return key;
}

/* What xterm and its kin say is held: 1 + Shift 1 + Alt 2 + Ctrl 4 + Meta 8. */
static struct lw_key with_modifiers(struct lw_key key, int held)
{
    unsigned bits = held > 1 ? (unsigned)held - 1 : 0;
    if (bits & (2 | 8))
        key.meta = true;
    return bits & 4 ? with_ctrl(key) : key;
}

static bool letter_key(int letter, unsigned where, struct lw_key *to)
{
    for (size_t i = 0; i < sizeof letter_keys / sizeof *letter_keys; i++)
        if (letter == letter_keys[i].letter && letter_keys[i].where & where) {
            *to = (struct lw_key){.name = letter_keys[i].name};
            if (letter_keys[i].where & WITH_CTRL)
                *to = with_ctrl(*to);
            return true;
        }
    return false;
}

static bool tilde_key(int number, struct lw_key *to)
{
    for (size_t i = 0; i < sizeof tilde_keys / sizeof *tilde_keys; i++)
        if (number == tilde_keys[i].number) {
            *to = (struct lw_key){.name = tilde_keys[i].name};
            return true;
        }
    return false;
}

/* "1;5" to {1, 5}; false when there are other signs among the parameters. */
static bool read_numbers(const int *code, size_t n, int number[2])
{
    size_t at = 0;
    number[0] = number[1] = 0;
    for (size_t i = 0; i < n; i++) {
        if (code[i] == ';' && at < 1)
            at++;
        else if (is_between(code[i], '0', '9') && number[at] < 1000)
            number[at] = number[at] * 10 + code[i] - '0';
        else
            return false;
    }
    return true;
}

/* A whole ESC [ … final; `n` codes of parameters. */
static enum lw_escape interpret_csi(const int *params, size_t n, struct lw_key *to)
{
    int number[2], final = params[n];
    if (!read_numbers(params, n, number))
        return LW_ESCAPE_DROP;
    if (final == '~' && number[0] == 200)
        return LW_ESCAPE_PASTE;
    bool rxvt_ctrl = final == '^';
    if (!(final == '~' || rxvt_ctrl ? tilde_key(number[0], to) : letter_key(final, IN_CSI, to)))
        return LW_ESCAPE_DROP;
    *to = with_modifiers(*to, rxvt_ctrl ? 1 + 4 : number[1]);
    return LW_ESCAPE_KEY;
}

/* ESC [ [ A: the function keys of the Linux console. */
static enum lw_escape read_linux_key(const int *code, size_t n, struct lw_key *to, size_t *taken)
{
    if (n < 4)
        return LW_ESCAPE_MORE;
    bool known = is_between(code[3], 'A', 'E');
    *taken = known ? 4 : 3;
    if (known)
        *to = (struct lw_key){.name = (enum lw_key_name)(LW_KEY_F1 + code[3] - 'A')};
    return known ? LW_ESCAPE_KEY : LW_ESCAPE_DROP;
}

/* ESC [ M and three bytes: a mouse of old, which a program that ended badly left on. A click in
 * column 21 is a '5'. */
static enum lw_escape read_mouse(const int *code, size_t n, size_t *taken)
{
    size_t end = 3;
    while (end < 6 && end < n && is_between(code[end], 0x20, 0xFF))
        end++;
    *taken = end;
    return end == n && end < 6 ? LW_ESCAPE_MORE : LW_ESCAPE_DROP;
}

/* Esc and one character, where a sequence might have begun. */
static enum lw_escape meta_key(const int *code, struct lw_key *to, size_t *taken)
{
    *taken = 2;
    *to = lw_key_of_char((char32_t)code[1]);
    to->meta = true;
    return LW_ESCAPE_KEY;
}

static enum lw_escape read_csi(const int *code, size_t n, struct lw_key *to, size_t *taken)
{
    size_t end = 2;
    while (end < n && end < SEQUENCE_MAX && is_between(code[end], 0x20, 0x3F))
        end++;
    if (end == n)
        return LW_ESCAPE_MORE;
    if (end == 2 && code[end] == '[')
        return read_linux_key(code, n, to, taken);
    if (end == 2 && code[end] == 'M')
        return read_mouse(code, n, taken);
    *taken = end + 1;
    if (is_between(code[end], 0x40, 0x7E))
        return interpret_csi(code + 2, end - 2, to);
    if (end == 2)
        return meta_key(code, to, taken);
    *taken = end; /* broken off by another key */
    return LW_ESCAPE_DROP;
}

static enum lw_escape read_ss3(const int *code, size_t n, struct lw_key *to, size_t *taken)
{
    size_t end = 2;
    while (end < n && end < SEQUENCE_MAX && is_between(code[end], '0', '9'))
        end++; /* modifiers of old terminals */
    if (end == n)
        return LW_ESCAPE_MORE;
    *taken = end + 1;
    if (letter_key(code[end], IN_SS3, to))
        return LW_ESCAPE_KEY;
    if (is_between(code[end], 'j', 'y')) { /* the number pad of a VT100 */
        *to = lw_key_of_char((char32_t)(code[end] - 0x40));
        return LW_ESCAPE_KEY;
    }
    if (is_between(code[end], 0x20, 0x7E))
        return LW_ESCAPE_DROP;
    if (end == 2)
        return meta_key(code, to, taken);
    *taken = end;
    return LW_ESCAPE_DROP;
}

enum lw_escape lw_escape_read(const int *code, size_t n, struct lw_key *to, size_t *taken)
{
    *taken = 2;
    if (n < 2)
        return LW_ESCAPE_MORE;
    if (code[1] == '[')
        return read_csi(code, n, to, taken);
    if (code[1] == 'O')
        return read_ss3(code, n, to, taken);
    if (code[1] == ']' || code[1] == 'P' || code[1] == '_')
        return LW_ESCAPE_STRING;
    *taken = 0;
    return LW_ESCAPE_OTHER;
}
