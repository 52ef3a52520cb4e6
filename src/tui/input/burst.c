/* Tells a paste from typing by the keys of one read. How long to gather them is keyboard.c's. */
#include "tui/input/burst_internal.h"

#include "labelwright/text/utf8.h"

/* Measured, keys in one read: ssh over a steady line of 300 ms gives 1; with 3 % of its packets
 * lost a fast typist's 12, a rating hand's 5 (one Enter, and a digit of the next task behind it), a
 * held key's 30; mosh with 10 % lost no more. Scripts send "443\r". The paste of screen and tmux
 * comes in one read, with CR for LF, up to 4,095 bytes. */
enum {
    LINES_LEAST = 6,    /* keys with a line end in their midst … */
    LINES_LEAST2 = 5,   /* … and with two of them */
    LINE_LEAST = 13,    /* of text without one */
    ENDED_LEAST = 8,    /* of text with one behind */
    DISTINCT_LEAST = 5, /* a held key, or two, is no text */
    SEEN_MAX = 16
};

struct tally {
    size_t keys, text, ends, distinct;
    bool midst; /* a line end with text on either side */
    char32_t seen[SEEN_MAX];
};

static char32_t text_of(struct lw_key key)
{
    if (key.meta || key.ctrl)
        return 0;
    return key.name == LW_KEY_CHAR ? key.ch : key.name == LW_KEY_SPACE ? U' ' : 0;
}

static void add_text(struct tally *t, char32_t ch)
{
    size_t i = 0;
    while (i < t->distinct && t->seen[i] != ch)
        i++;
    if (i == t->distinct && i < SEEN_MAX)
        t->seen[t->distinct++] = ch;
    t->midst = t->midst || (t->ends && t->text);
    t->text++;
    t->keys++;
}

static struct tally count(const struct lw_key *keys, size_t n)
{
    struct tally t = {0};
    for (size_t i = 0; i < n; i++) {
        char32_t ch = text_of(keys[i]);
        bool end = keys[i].name == LW_KEY_ENTER && !keys[i].meta;
        if (ch)
            add_text(&t, ch);
        if (end && t.text) /* the first Enter, alone, ends nothing */
            t.ends++;
        t.keys += end || keys[i].name == LW_KEY_TAB;
    }
    return t;
}

bool lw_burst_is_paste(const struct lw_key *keys, size_t n, bool typing)
{
    struct tally t = count(keys, n);
    if (t.midst && t.keys >= (t.ends > 1 ? LINES_LEAST2 : LINES_LEAST))
        return true;
    return !typing && t.distinct >= DISTINCT_LEAST && t.text >= (t.ends ? ENDED_LEAST : LINE_LEAST);
}

void lw_burst_text(const struct lw_key *keys, size_t n, struct lw_buf *to)
{
    for (size_t i = 0; i < n; i++) {
        char bytes[4];
        char32_t ch = text_of(keys[i]);
        if (ch)
            lw_buf_add(to, bytes, lw_utf8_encode(ch, bytes));
        else if (keys[i].name == LW_KEY_ENTER)
            lw_buf_char(to, '\n');
        else if (keys[i].name == LW_KEY_TAB)
            lw_buf_char(to, '\t');
    }
}
