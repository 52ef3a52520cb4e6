/* Which characters are too new for the terminal. Many a server has an older tmux, mosh or terminal
 * than its C library: characters that these have no width for vanish, or shift their line. The
 * answers ("ESC [ 2 ; 3 R") come among keys, at any time or never, and in pieces: a matcher takes
 * them out and hands back all else. */
#define _GNU_SOURCE
#include "tui/newest_internal.h"

#include <string.h>
#include <wchar.h>

/* One emoji a version, two columns wide for who knows it. Row 2, as "ESC [ 1 ; 3 R" is F3 with Alt.
 */
static const struct {
    int version;
    wchar_t cp;
    const char *utf8;
} samples[] = {
    {9, 0x1F95E, "\U0001F95E"},
    {10, 0x1F9D0, "\U0001F9D0"},
    {11, 0x1F970, "\U0001F970"},
    {12, 0x1F971, "\U0001F971"},
    {13, 0x1F972, "\U0001F972"},
    {14, 0x1FAE0, "\U0001FAE0"},
    {15, 0x1FAE8, "\U0001FAE8"},
    {16, 0x1FAE9, "\U0001FAE9"},
    {17, 0x1FAEA, "\U0001FAEA"},
};

enum { SAMPLES = sizeof samples / sizeof *samples, WIDE = 2 };

static const char go[] = "\033[2;1H", where[] = "\033[6n", erase_line[] = "\033[K";
static const char answer[] = "\033[2;#R"; /* # is a number */

const char *lw_newest_sample(size_t i, int *version)
{
    if (i >= SAMPLES || wcwidth(samples[i].cp) != WIDE)
        return NULL;
    *version = samples[i].version;
    return samples[i].utf8;
}

void lw_newest_ask(struct lw_newest *w, struct lw_buf *to)
{
    const char *emoji;
    int version;
    *w = (struct lw_newest){0};
    for (; (emoji = lw_newest_sample(w->asked, &version)) != NULL; w->asked++)
        lw_buf_fmt(to, "%s%s%s", go, emoji, where);
    w->too_new = w->asked;
    lw_buf_fmt(to, "%s%s", go, erase_line);
}

bool lw_newest_waits(const struct lw_newest *w)
{
    return w->answered < w->asked;
}

static bool is_digit(int code)
{
    return code >= '0' && code <= '9';
}

/* Whether the held codes begin an answer, or are one: then `*column` is set, else it is 0. */
static bool matches(const struct lw_newest *w, int *column)
{
    const char *p = answer;
    *column = 0;
    for (size_t i = 0; i < w->held; i++) {
        if (*p == '#' && is_digit(w->code[i])) {
            *column = *column * 10 + w->code[i] - '0';
            continue;
        }
        if (*p == '#' && *column > 0)
            p++;
        if (w->code[i] != (unsigned char)*p)
            return false;
        p++;
    }
    *column = *p ? 0 : *column;
    return true;
}

bool lw_newest_take(struct lw_newest *w, int code)
{
    int column;
    if (!lw_newest_waits(w) || w->held == LW_NEWEST_HELD)
        return false;
    w->code[w->held++] = code;
    if (!matches(w, &column)) {
        w->held--;
        return false;
    }
    if (column > 0) {
        if (column != 1 + WIDE && w->too_new == w->asked)
            w->too_new = w->answered;
        w->answered++;
        w->held = 0;
    }
    return true;
}

size_t lw_newest_release(struct lw_newest *w)
{
    size_t n = w->held;
    w->held = 0;
    return n;
}

int lw_newest_version(const struct lw_newest *w)
{
    bool all = w->too_new == w->asked || lw_newest_waits(w);
    return all ? 0 : samples[w->too_new].version - 1;
}
