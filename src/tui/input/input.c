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

void lw_input_free(struct lw_input *d)
{
    if (!d)
        return;
    lw_buf_fini(&d->paste);
    free(d->code);
    free(d);
}

void lw_input_feed(struct lw_input *d, const int *codes, size_t n)
{
    if (d->n + n > d->cap) {
        d->cap = 2 * (d->n + n);
        d->code = lw_grow(d->code, d->cap, sizeof *d->code);
    }
    if (n)
        memcpy(d->code + d->n, codes, n * sizeof *codes);
    d->n += n;
}

static enum step dropped(struct lw_input *d, size_t codes)
{
    d->head += codes;
    return NOTHING;
}

static enum step found(struct lw_input *d, size_t codes, struct lw_key key, struct lw_key *to)
{
    *to = key;
    d->head += codes;
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

static enum step begin_paste(struct lw_input *d, size_t codes)
{
    d->mode = PASTE;
    d->cut = d->last_was_cr = false;
    d->matched = 0;
    lw_buf_clear(&d->paste);
    return dropped(d, codes);
}

static enum step begin_string(struct lw_input *d, int introducer)
{
    d->mode = STRING;
    d->introducer = introducer;
    d->string_len = 0;
    return dropped(d, 2);
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

static enum step read_utf8(struct lw_input *d, struct lw_key *to)
{
    const int *code = d->code + d->head;
    size_t want = length_by_lead(code[0]), left = d->n - d->head, n = 0;
    char bytes[4];
    do
        bytes[n] = (char)code[n];
    while (++n < want && n < left && is_between(code[n], 0x80, 0xBF));
    if (n == left && n < want)
        return MORE;
    char32_t cp;
    size_t taken = lw_utf8_decode(bytes, n, &cp);
    return found(d, taken, lw_key_of_char(cp == LW_UTF8_BAD ? BAD_CHAR : cp), to);
}

static enum step read_plain(struct lw_input *d, struct lw_key *to)
{
    int code = d->code[d->head];
    if (code == LW_CODE(LW_KEY_PASTE))
        return begin_paste(d, 1);
    if (code <= LW_CODE(LW_KEY_CHAR) || code >= LW_CODE(LW_KEY_COUNT))
        code = is_between(code, 0, 255) ? code : LW_CODE(LW_KEY_PASTE_END);
    if (code == LW_CODE(LW_KEY_PASTE_END))
        return dropped(d, 1);
    if (code >= LW_CODE(0))
        return found(d, 1, named((enum lw_key_name)(code - LW_CODE(0))), to);
    if (code < 0x80)
        return found(d, 1, lw_key_of_char((char32_t)code), to);
    return read_utf8(d, to);
}

/* Esc alone, or Alt with the key behind it. */
static enum step read_meta(struct lw_input *d, struct lw_key *to)
{
    int second = d->code[d->head + 1];
    if (second == ESC || second == LW_CODE(LW_KEY_PASTE))
        return found(d, 1, named(LW_KEY_ESC), to);
    d->head++;
    enum step step = read_plain(d, to);
    if (step == MORE)
        d->head--;
    to->meta = step == KEY;
    return step;
}

static enum step read_escape(struct lw_input *d, struct lw_key *to)
{
    const int *code = d->code + d->head;
    size_t taken;
    switch (lw_escape_read(code, d->n - d->head, to, &taken)) {
    case LW_ESCAPE_MORE:
        return MORE;
    case LW_ESCAPE_KEY:
        return found(d, taken, *to, to);
    case LW_ESCAPE_PASTE:
        return begin_paste(d, taken);
    case LW_ESCAPE_STRING:
        return begin_string(d, code[1]);
    case LW_ESCAPE_OTHER:
        return read_meta(d, to);
    case LW_ESCAPE_DROP:
        break;
    }
    return dropped(d, taken);
}

/* The rest of an end marker that came after its paste was given up. */
static bool is_late(struct lw_input *d, int code)
{
    if (!d->late || code != end_marker[d->late]) {
        d->late = 0;
        return false;
    }
    if (!end_marker[++d->late])
        d->late = 0;
    return true;
}

static bool continues(const struct lw_input *d)
{
    return d->nbroken > 1 || (d->nbroken == 1 && d->code[d->head] == '[');
}

/* The rest of a sequence that came too late for its beginning: no keys, as the digits of a paste's
 * start marker would be ratings. Esc has been given already, or nothing. */
static enum step read_rest(struct lw_input *d, struct lw_key *to)
{
    int code[2 * BROKEN_MAX];
    size_t left = d->n - d->head, was = d->nbroken, taken;
    size_t n = was + (left < BROKEN_MAX ? left : BROKEN_MAX);
    memcpy(code, d->broken, was * sizeof *code);
    memcpy(code + was, d->code + d->head, (n - was) * sizeof *code);
    enum lw_escape what = lw_escape_read(code, n, to, &taken);
    if (what == LW_ESCAPE_MORE)
        return MORE;
    d->nbroken = 0;
    taken = taken > was ? taken - was : 0;
    if (what == LW_ESCAPE_PASTE)
        return begin_paste(d, taken);
    if (what != LW_ESCAPE_KEY || taken == 0)
        return dropped(d, taken);
    if (was == 1 && to->meta && to->ch == U'[') /* another key broke it off: a bracket was meant */
        to->meta = false;
    return found(d, taken, *to, to);
}

static enum step read_key(struct lw_input *d, struct lw_key *to)
{
    int code = d->code[d->head];
    if (is_late(d, code))
        return dropped(d, 1);
    if (continues(d))
        return read_rest(d, to);
    d->nbroken = 0;
    return code == ESC ? read_escape(d, to) : read_plain(d, to);
}

/* Strings are what terminals answer to queries, perhaps of the program that ran before. */
static enum step read_string(struct lw_input *d)
{
    const int *code = d->code + d->head;
    if (code[0] == ESC && d->n - d->head == 1)
        return MORE;
    if (code[0] >= 0x20 && code[0] < 256) {
        d->string_len++;
        return dropped(d, 1);
    }
    d->mode = KEYS;
    if (code[0] == ESC && code[1] == '\\')
        return dropped(d, 2);
    return dropped(d, code[0] == BEL ? 1 : 0);
}

static void add_pasted(struct lw_input *d, char c)
{
    bool is_second_half = c == '\n' && d->last_was_cr;
    d->last_was_cr = c == '\r';
    if (is_second_half)
        return;
    if (d->paste.len < PASTE_MAX)
        lw_buf_char(&d->paste, c == '\r' ? '\n' : c);
    else
        d->cut = true;
}

/* A cut must not leave half a character. */
static void trim_paste(struct lw_input *d)
{
    size_t at = d->paste.len;
    const unsigned char *byte = (const unsigned char *)d->paste.data;
    while (at > 0 && at + 3 > d->paste.len && (byte[at - 1] & 0xC0) == 0x80)
        at--;
    if (at > 0 && d->paste.len - (at - 1) < length_by_lead(byte[at - 1]))
        d->paste.len = at - 1;
    d->paste.data[d->paste.len] = '\0';
}

static struct lw_key end_paste(struct lw_input *d)
{
    d->mode = KEYS;
    d->matched = 0;
    if (d->cut)
        trim_paste(d);
    return named(LW_KEY_PASTE);
}

static enum step read_pasted(struct lw_input *d, struct lw_key *to)
{
    int code = d->code[d->head];
    if (code == LW_CODE(LW_KEY_ENTER))
        code = '\n';
    if (code == LW_CODE(LW_KEY_PASTE_END))
        return found(d, 1, end_paste(d), to);
    if (!is_between(code, 0, 255))
        return dropped(d, 1);
    if (code == end_marker[d->matched]) {
        if (!end_marker[++d->matched])
            return found(d, 1, end_paste(d), to);
        return dropped(d, 1);
    }
    for (size_t i = 0; i < d->matched; i++)
        add_pasted(d, end_marker[i]);
    d->matched = code == ESC;
    if (code != ESC)
        add_pasted(d, (char)code);
    return dropped(d, 1);
}

bool lw_input_next(struct lw_input *d, struct lw_key *to)
{
    if (d->has_forced) {
        d->has_forced = false;
        *to = d->forced;
        return true;
    }
    while (d->head < d->n) {
        enum step step = d->mode == PASTE    ? read_pasted(d, to)
                         : d->mode == STRING ? read_string(d)
                                             : read_key(d, to);
        if (step != NOTHING)
            return step == KEY;
    }
    d->head = d->n = 0;
    return false;
}

bool lw_input_pastes(const struct lw_input *d)
{
    return d->mode == PASTE;
}

bool lw_input_waits(const struct lw_input *d)
{
    return d->mode != KEYS || d->head < d->n;
}

static void force(struct lw_input *d, struct lw_key key)
{
    d->forced = key;
    d->has_forced = true;
}

/* A sequence that ESC [ begins may still go on; one that grows too long is noise. */
static void keep_broken(struct lw_input *d)
{
    const int *code = d->code + d->head;
    size_t n = d->n - d->head;
    bool begins = d->nbroken || (n > 0 && code[0] == ESC && (n == 1 || code[1] == '['));
    if (!begins || d->nbroken + n > BROKEN_MAX)
        n = d->nbroken = 0;
    if (n)
        memcpy(d->broken + d->nbroken, code, n * sizeof *code);
    d->nbroken += n;
}

/* What an unfinished sequence means after all; nothing when it is more than one key may be. */
static void force_pending(struct lw_input *d)
{
    const int *code = d->code + d->head;
    size_t n = d->n - d->head;
    bool rest = d->nbroken > 0;
    keep_broken(d);
    if (rest && d->nbroken == 2) /* Esc, and long after it a bracket */
        force(d, lw_key_of_char((char32_t)code[0]));
    if (rest)
        return;
    if (n >= 1 && code[0] != ESC)
        force(d, lw_key_of_char(BAD_CHAR));
    else if (n == 1)
        force(d, named(LW_KEY_ESC));
    else if (n >= 2 && code[1] >= 0x80)
        force(d, with_meta(lw_key_of_char(BAD_CHAR)));
    else if (n == 2)
        force(d, with_meta(lw_key_of_char((char32_t)code[1])));
}

void lw_input_timeout(struct lw_input *d)
{
    size_t matched = d->matched;
    if (d->mode == PASTE) {
        force(d, end_paste(d));
        d->late = matched;
    } else if (d->mode == KEYS) {
        force_pending(d);
    } else if (d->string_len == 0) {
        force(d, with_meta(lw_key_of_char((char32_t)d->introducer)));
    }
    d->mode = KEYS;
    d->head = d->n = 0;
}

void lw_input_forget(struct lw_input *d)
{
    if (d->head == d->n)
        d->nbroken = 0;
}

const char *lw_input_paste(const struct lw_input *d, size_t *n, bool *cut)
{
    *n = d->paste.len;
    *cut = d->cut;
    return d->paste.data ? d->paste.data : "";
}
