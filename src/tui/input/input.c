#include "tui/input/escape_internal.h"

#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

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

static bool is_between(int code, int low, int high)
{
    return code >= low && code <= high;
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
    switch (lw_escape_read(code, in->n - in->head, to, &taken)) {
    case LW_ESCAPE_MORE:
        return MORE;
    case LW_ESCAPE_KEY:
        return found(in, taken, *to, to);
    case LW_ESCAPE_PASTE:
        return begin_paste(in, taken);
    case LW_ESCAPE_STRING:
        return begin_string(in, code[1]);
    case LW_ESCAPE_OTHER:
        return read_meta(in, to);
    case LW_ESCAPE_DROP:
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
    enum lw_escape what = lw_escape_read(code, n, to, &taken);
    if (what == LW_ESCAPE_MORE)
        return MORE;
    in->nbroken = 0;
    taken = taken > was ? taken - was : 0;
    if (what == LW_ESCAPE_PASTE)
        return begin_paste(in, taken);
    if (what != LW_ESCAPE_KEY || taken == 0)
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
static void keep_broken(struct lw_input *in)
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
    keep_broken(in);
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
