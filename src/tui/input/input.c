/* Codes to keys: UTF-8, escape sequences, pastes. It never reads and knows no time; keyboard.c says
 * when a key that is not whole has waited long enough. */
#include "tui/input/input_internal.h"

#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

static bool is_between(int code, int low, int high)
{
    return code >= low && code <= high;
}

/* ---- escape sequences */

enum sequence {
    SEQUENCE_MORE,   /* codes are missing */
    SEQUENCE_KEY,    /* `to` is it */
    SEQUENCE_DROP,   /* whole, and nothing that we know */
    SEQUENCE_PASTE,  /* a paste begins */
    SEQUENCE_STRING, /* a string that nobody asked for begins */
    SEQUENCE_OTHER   /* no sequence: Esc, or Alt with the code behind it; nothing was taken */
};

enum { SEQUENCE_MAX = 64 /* a longer one is noise */ };

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

enum { IN_CSI = 1, IN_SS3 = 2, WITH_CTRL = 4, WITH_SHIFT = 8 };

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
    {'a', LW_KEY_UP, IN_CSI | WITH_SHIFT}, /* rxvt, with Shift and with Ctrl */
    {'b', LW_KEY_DOWN, IN_CSI | WITH_SHIFT},
    {'c', LW_KEY_RIGHT, IN_CSI | WITH_SHIFT},
    {'d', LW_KEY_LEFT, IN_CSI | WITH_SHIFT},
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
    if (bits & 1)
        key.shift = key.name != LW_KEY_BACKTAB;
    if (bits & (2 | 8))
        key.meta = true;
    return bits & 4 ? with_ctrl(key) : key;
}

static bool letter_key(int letter, unsigned where, struct lw_key *to)
{
    for (size_t i = 0; i < sizeof letter_keys / sizeof *letter_keys; i++)
        if (letter == letter_keys[i].letter && letter_keys[i].where & where) {
            *to = (struct lw_key){
                .name = letter_keys[i].name, .shift = letter_keys[i].where & WITH_SHIFT};
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
static enum sequence parse_csi(const int *params, size_t n, struct lw_key *to)
{
    int number[2], final = params[n];
    if (!read_numbers(params, n, number))
        return SEQUENCE_DROP;
    if (final == '~' && number[0] == 200)
        return SEQUENCE_PASTE;
    if (final == 'R' && number[0] > 1)
        return SEQUENCE_DROP; /* no F3 but where the cursor is: an answer that came late */
    bool rxvt_ctrl = final == '^';
    if (!(final == '~' || rxvt_ctrl ? tilde_key(number[0], to) : letter_key(final, IN_CSI, to)))
        return SEQUENCE_DROP;
    *to = with_modifiers(*to, rxvt_ctrl ? 1 + 4 : number[1]);
    return SEQUENCE_KEY;
}

/* ESC [ [ A: the function keys of the Linux console. */
static enum sequence read_linux_key(const int *code, size_t n, struct lw_key *to, size_t *taken)
{
    if (n < 4)
        return SEQUENCE_MORE;
    bool known = is_between(code[3], 'A', 'E');
    *taken = known ? 4 : 3;
    if (known)
        *to = (struct lw_key){.name = (enum lw_key_name)(LW_KEY_F1 + code[3] - 'A')};
    return known ? SEQUENCE_KEY : SEQUENCE_DROP;
}

/* ESC [ M and three bytes: a mouse of old, which a program that ended badly left on. A click in
 * column 21 is a '5'. */
static enum sequence read_mouse(const int *code, size_t n, size_t *taken)
{
    size_t end = 3;
    while (end < 6 && end < n && is_between(code[end], 0x20, 0xFF))
        end++;
    *taken = end;
    return end == n && end < 6 ? SEQUENCE_MORE : SEQUENCE_DROP;
}

/* Esc and one character, where a sequence might have begun. */
static enum sequence meta_key(const int *code, struct lw_key *to, size_t *taken)
{
    *taken = 2;
    *to = lw_key_of_char((char32_t)code[1]);
    to->meta = true;
    return SEQUENCE_KEY;
}

static enum sequence read_csi(const int *code, size_t n, struct lw_key *to, size_t *taken)
{
    size_t end = 2;
    while (end < n && end < SEQUENCE_MAX && is_between(code[end], 0x20, 0x3F))
        end++;
    if (end == n)
        return SEQUENCE_MORE;
    if (end == 2 && code[end] == '[')
        return read_linux_key(code, n, to, taken);
    if (end == 2 && code[end] == 'M')
        return read_mouse(code, n, taken);
    *taken = end + 1;
    if (is_between(code[end], 0x40, 0x7E))
        return parse_csi(code + 2, end - 2, to);
    if (end == 2)
        return meta_key(code, to, taken);
    *taken = end; /* broken off by another key */
    return SEQUENCE_DROP;
}

static enum sequence read_ss3(const int *code, size_t n, struct lw_key *to, size_t *taken)
{
    size_t end = 2;
    while (end < n && end < SEQUENCE_MAX && is_between(code[end], '0', '9'))
        end++; /* modifiers of old terminals */
    if (end == n)
        return SEQUENCE_MORE;
    *taken = end + 1;
    if (letter_key(code[end], IN_SS3, to))
        return SEQUENCE_KEY;
    if (is_between(code[end], 'j', 'y')) { /* the number pad of a VT100 */
        *to = lw_key_of_char((char32_t)(code[end] - 0x40));
        return SEQUENCE_KEY;
    }
    if (is_between(code[end], 0x20, 0x7E))
        return SEQUENCE_DROP;
    if (end == 2)
        return meta_key(code, to, taken);
    *taken = end;
    return SEQUENCE_DROP;
}

/* `code` has n codes, the first is Esc; `*taken` says how many of them belong to the result. */
static enum sequence parse_sequence(const int *code, size_t n, struct lw_key *to, size_t *taken)
{
    *taken = 2;
    if (n < 2)
        return SEQUENCE_MORE;
    if (code[1] == '[')
        return read_csi(code, n, to, taken);
    if (code[1] == 'O')
        return read_ss3(code, n, to, taken);
    if (code[1] == ']' || code[1] == 'P' || code[1] == '_')
        return SEQUENCE_STRING;
    *taken = 0;
    return SEQUENCE_OTHER;
}

/* ---- the stream */

enum {
    ESC = 0x1B,
    BEL = 0x07,
    PASTE_MAX = 1024 * 1024,
    BAD_CHAR = 0xFFFD,
    BROKEN_MAX = 64,
};

enum mode { KEYS, PASTE, STRING };
enum step { KEY, NOTHING /* consumed, but no key */, MORE /* codes are needed */ };

struct lw_input {
    int *code; /* not yet decoded: [head, n) */
    size_t head, n, cap;
    enum mode mode;
    struct lw_buf paste;
    bool cut, last_was_cr;
    size_t matched; /* bytes of the end marker seen inside a paste */
    size_t late;    /* the same, of a marker whose paste was given up */
    int introducer; /* of the string that is being dropped */
    size_t string_len;
    int broken[BROKEN_MAX]; /* a sequence whose rest did not come in time */
    size_t nbroken;
    bool has_forced; /* a timeout made this key */
    struct lw_key forced;
};

static const char end_marker[] = "\033[201~";

struct lw_input *lw_input_new(void)
{
    return lw_alloc(sizeof(struct lw_input));
}

void lw_input_free(struct lw_input *in)
{
    if (!in)
        return;
    lw_buf_fini(&in->paste);
    free(in->code);
    free(in);
}

void lw_input_feed(struct lw_input *in, const int *codes, size_t n)
{
    if (in->n + n > in->cap) {
        in->cap = 2 * (in->n + n);
        in->code = lw_grow(in->code, in->cap, sizeof *in->code);
    }
    if (n)
        memcpy(in->code + in->n, codes, n * sizeof *codes);
    in->n += n;
}

static enum step dropped(struct lw_input *in, size_t codes)
{
    in->head += codes;
    return NOTHING;
}

static enum step found(struct lw_input *in, size_t codes, struct lw_key key, struct lw_key *to)
{
    *to = key;
    in->head += codes;
    return KEY;
}

static struct lw_key named(enum lw_key_name name)
{
    return (struct lw_key){.name = name};
}

static struct lw_key with_meta(struct lw_key key)
{
    key.meta = true;
    return key;
}

static enum step begin_paste(struct lw_input *in, size_t codes)
{
    in->mode = PASTE;
    in->cut = in->last_was_cr = false;
    in->matched = 0;
    lw_buf_clear(&in->paste);
    return dropped(in, codes);
}

static enum step begin_string(struct lw_input *in, int introducer)
{
    in->mode = STRING;
    in->introducer = introducer;
    in->string_len = 0;
    return dropped(in, 2);
}

static size_t length_by_lead(int lead)
{
    if (is_between(lead, 0xC2, 0xDF))
        return 2;
    if (is_between(lead, 0xE0, 0xEF))
        return 3;
    return is_between(lead, 0xF0, 0xF4) ? 4 : 1;
}

static enum step read_utf8(struct lw_input *in, struct lw_key *to)
{
    const int *code = in->code + in->head;
    size_t want = length_by_lead(code[0]), left = in->n - in->head, n = 0;
    char bytes[4];
    do
        bytes[n] = (char)code[n];
    while (++n < want && n < left && is_between(code[n], 0x80, 0xBF));
    if (n == left && n < want)
        return MORE;
    char32_t cp;
    size_t taken = lw_utf8_decode(bytes, n, &cp);
    return found(in, taken, lw_key_of_char(cp == LW_UTF8_BAD ? BAD_CHAR : cp), to);
}

static enum step read_plain(struct lw_input *in, struct lw_key *to)
{
    int code = in->code[in->head];
    if (code == LW_CODE(LW_KEY_PASTE))
        return begin_paste(in, 1);
    if (code <= LW_CODE(LW_KEY_CHAR) || code >= LW_CODE(LW_KEY_COUNT))
        code = is_between(code, 0, 255) ? code : LW_CODE(LW_KEY_PASTE_END);
    if (code == LW_CODE(LW_KEY_PASTE_END))
        return dropped(in, 1);
    if (code >= LW_CODE(0))
        return found(in, 1, named((enum lw_key_name)(code - LW_CODE(0))), to);
    if (code < 0x80)
        return found(in, 1, lw_key_of_char((char32_t)code), to);
    return read_utf8(in, to);
}

/* Esc alone, or Alt with the key behind it. */
static enum step read_meta(struct lw_input *in, struct lw_key *to)
{
    int second = in->code[in->head + 1];
    if (second == ESC || second == LW_CODE(LW_KEY_PASTE))
        return found(in, 1, named(LW_KEY_ESC), to);
    in->head++;
    enum step step = read_plain(in, to);
    if (step == MORE)
        in->head--;
    to->meta = step == KEY;
    return step;
}

static enum step read_escape(struct lw_input *in, struct lw_key *to)
{
    const int *code = in->code + in->head;
    size_t taken;
    switch (parse_sequence(code, in->n - in->head, to, &taken)) {
    case SEQUENCE_MORE:
        return MORE;
    case SEQUENCE_KEY:
        return found(in, taken, *to, to);
    case SEQUENCE_PASTE:
        return begin_paste(in, taken);
    case SEQUENCE_STRING:
        return begin_string(in, code[1]);
    case SEQUENCE_OTHER:
        return read_meta(in, to);
    case SEQUENCE_DROP:
        break;
    }
    return dropped(in, taken);
}

/* The rest of an end marker that came after its paste was given up. */
static bool is_late(struct lw_input *in, int code)
{
    if (!in->late || code != end_marker[in->late]) {
        in->late = 0;
        return false;
    }
    if (!end_marker[++in->late])
        in->late = 0;
    return true;
}

static bool continues(const struct lw_input *in)
{
    return in->nbroken > 1 || (in->nbroken == 1 && in->code[in->head] == '[');
}

/* The rest of a sequence that came too late for its beginning: no keys, as the digits of a paste's
 * start marker would be ratings. Esc has been given already, or nothing. */
static enum step read_rest(struct lw_input *in, struct lw_key *to)
{
    int code[2 * BROKEN_MAX];
    size_t left = in->n - in->head, was = in->nbroken, taken;
    size_t n = was + (left < BROKEN_MAX ? left : BROKEN_MAX);
    memcpy(code, in->broken, was * sizeof *code);
    memcpy(code + was, in->code + in->head, (n - was) * sizeof *code);
    enum sequence what = parse_sequence(code, n, to, &taken);
    if (what == SEQUENCE_MORE)
        return MORE;
    in->nbroken = 0;
    taken = taken > was ? taken - was : 0;
    if (what == SEQUENCE_PASTE)
        return begin_paste(in, taken);
    if (what != SEQUENCE_KEY || taken == 0)
        return dropped(in, taken);
    if (was == 1 && to->meta && to->ch == U'[') /* another key broke it off: a bracket was meant */
        to->meta = false;
    return found(in, taken, *to, to);
}

static enum step read_key(struct lw_input *in, struct lw_key *to)
{
    int code = in->code[in->head];
    if (is_late(in, code))
        return dropped(in, 1);
    if (continues(in))
        return read_rest(in, to);
    in->nbroken = 0;
    return code == ESC ? read_escape(in, to) : read_plain(in, to);
}

/* Strings are what terminals answer to queries, perhaps of the program that ran before. */
static enum step read_string(struct lw_input *in)
{
    const int *code = in->code + in->head;
    if (code[0] == ESC && in->n - in->head == 1)
        return MORE;
    if (code[0] >= 0x20 && code[0] < 256) {
        in->string_len++;
        return dropped(in, 1);
    }
    in->mode = KEYS;
    if (code[0] == ESC && code[1] == '\\')
        return dropped(in, 2);
    return dropped(in, code[0] == BEL ? 1 : 0);
}

static void add_pasted(struct lw_input *in, char c)
{
    bool is_second_half = c == '\n' && in->last_was_cr;
    in->last_was_cr = c == '\r';
    if (is_second_half)
        return;
    if (in->paste.len < PASTE_MAX)
        lw_buf_char(&in->paste, c == '\r' ? '\n' : c);
    else
        in->cut = true;
}

/* A cut must not leave half a character. */
static void trim_paste(struct lw_input *in)
{
    size_t at = in->paste.len;
    const unsigned char *byte = (const unsigned char *)in->paste.data;
    while (at > 0 && at + 3 > in->paste.len && (byte[at - 1] & 0xC0) == 0x80)
        at--;
    if (at > 0 && in->paste.len - (at - 1) < length_by_lead(byte[at - 1]))
        in->paste.len = at - 1;
    in->paste.data[in->paste.len] = '\0';
}

static struct lw_key end_paste(struct lw_input *in)
{
    in->mode = KEYS;
    in->matched = 0;
    if (in->cut)
        trim_paste(in);
    return named(LW_KEY_PASTE);
}

static enum step read_pasted(struct lw_input *in, struct lw_key *to)
{
    int code = in->code[in->head];
    if (code == LW_CODE(LW_KEY_ENTER))
        code = '\n';
    if (code == LW_CODE(LW_KEY_PASTE_END))
        return found(in, 1, end_paste(in), to);
    if (!is_between(code, 0, 255))
        return dropped(in, 1);
    if (code == end_marker[in->matched]) {
        if (!end_marker[++in->matched])
            return found(in, 1, end_paste(in), to);
        return dropped(in, 1);
    }
    for (size_t i = 0; i < in->matched; i++)
        add_pasted(in, end_marker[i]);
    in->matched = code == ESC;
    if (code != ESC)
        add_pasted(in, (char)code);
    return dropped(in, 1);
}

bool lw_input_next(struct lw_input *in, struct lw_key *to)
{
    if (in->has_forced) {
        in->has_forced = false;
        *to = in->forced;
        return true;
    }
    while (in->head < in->n) {
        enum step step = in->mode == PASTE    ? read_pasted(in, to)
                         : in->mode == STRING ? read_string(in)
                                              : read_key(in, to);
        if (step != NOTHING)
            return step == KEY;
    }
    in->head = in->n = 0;
    return false;
}

bool lw_input_pastes(const struct lw_input *in)
{
    return in->mode == PASTE;
}

bool lw_input_waits(const struct lw_input *in)
{
    return in->mode != KEYS || in->head < in->n;
}

static void force(struct lw_input *in, struct lw_key key)
{
    in->forced = key;
    in->has_forced = true;
}

/* A sequence that ESC [ begins may still go on; one that grows too long is noise. */
static void save_broken(struct lw_input *in)
{
    const int *code = in->code + in->head;
    size_t n = in->n - in->head;
    bool begins = in->nbroken || (n > 0 && code[0] == ESC && (n == 1 || code[1] == '['));
    if (!begins || in->nbroken + n > BROKEN_MAX)
        n = in->nbroken = 0;
    if (n)
        memcpy(in->broken + in->nbroken, code, n * sizeof *code);
    in->nbroken += n;
}

/* What an unfinished sequence means after all; nothing when it is more than one key may be. */
static void force_pending(struct lw_input *in)
{
    const int *code = in->code + in->head;
    size_t n = in->n - in->head;
    bool rest = in->nbroken > 0;
    save_broken(in);
    if (rest && in->nbroken == 2) /* Esc, and long after it a bracket */
        force(in, lw_key_of_char((char32_t)code[0]));
    if (rest)
        return;
    if (n >= 1 && code[0] != ESC)
        force(in, lw_key_of_char(BAD_CHAR));
    else if (n == 1)
        force(in, named(LW_KEY_ESC));
    else if (n >= 2 && code[1] >= 0x80)
        force(in, with_meta(lw_key_of_char(BAD_CHAR)));
    else if (n == 2)
        force(in, with_meta(lw_key_of_char((char32_t)code[1])));
}

void lw_input_timeout(struct lw_input *in)
{
    size_t matched = in->matched;
    if (in->mode == PASTE) {
        force(in, end_paste(in));
        in->late = matched;
    } else if (in->mode == KEYS) {
        force_pending(in);
    } else if (in->string_len == 0) {
        force(in, with_meta(lw_key_of_char((char32_t)in->introducer)));
    }
    in->mode = KEYS;
    in->head = in->n = 0;
}

void lw_input_forget(struct lw_input *in)
{
    if (in->head == in->n)
        in->nbroken = 0;
}

const char *lw_input_paste(const struct lw_input *in, size_t *n, bool *cut)
{
    *n = in->paste.len;
    *cut = in->cut;
    return in->paste.data ? in->paste.data : "";
}
