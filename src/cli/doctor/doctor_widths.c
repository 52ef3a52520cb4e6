/* How wide the terminal draws text: print each kind of text, then ask where the cursor is.
 * Without curses: only one line is written, and erased again. */
#define _GNU_SOURCE
#include "cli/doctor/doctor_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/text/glyph.h"
#include "labelwright/tui/help.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { ANSWER_MS = 1000, ANSWER_MAX = 256 };

static const char where[] = "\033[6n", clear_line[] = "\r\033[K";

static const struct {
    const char *kind, *text;
} samples[] = {
    {"letters with accents", "e\u0301 o\u0302\u0323"},
    {"decomposed Hangul", "\u1112\u1161\u11ab\u1100\u116e\u11a8"},
    {"Chinese and Japanese", "標題かな"},
    {"half and full width", "ｱｲＡＢ"},
    {"emoji", "😀🚀"},
    {"joined emoji", "👩\u200d👩\u200d👧"},
    {"emoji with variation selectors", "❤\ufe0f☂\ufe0e"},
    {"skin tones", "👍🏽"},
    {"flags", "🇻🇳"},
    {"Arabic", "السلام"},
    {"Hebrew", "שָׁלוֹם"},
    {"Devanagari", "नमस्ते"},
    {"Thai", "ที่นี่"},
    {"lines and blocks", "─│┌█"},
    {"characters of ambiguous width", "…·“”①→α"},
    {"new emoji", "\U0001fae8"},
};

enum { SAMPLES = sizeof samples / sizeof *samples };

/* The column in "ESC [ row ; column R", which may be mixed with keys; 0 if it is not there yet. */
static int reported_column(const char *bytes)
{
    int row, col, end;
    for (const char *p = bytes; (p = strchr(p, '\033')); p++) {
        end = 0;
        if (sscanf(p, "\033[%4d;%4dR%n", &row, &col, &end) == 2 && end > 0)
            return col;
    }
    return 0;
}

/* The cursor's column, from 1; 0 when the terminal does not answer. */
static int ask_column(void)
{
    char got[ANSWER_MAX + 1] = "";
    size_t n = 0;
    int64_t until = lw_clock_mono_ms(&lw_sys_real) + ANSWER_MS;
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    fflush(stdout);
    while (reported_column(got) == 0 && n < ANSWER_MAX) {
        int64_t left = until - lw_clock_mono_ms(&lw_sys_real);
        ssize_t k =
            left > 0 && poll(&fd, 1, (int)left) > 0 ? read(fd.fd, got + n, ANSWER_MAX - n) : 0;
        if (k <= 0)
            return 0;
        n += (size_t)k;
        got[n] = '\0';
    }
    return reported_column(got);
}

/* Columns that the text takes on the terminal; -1 when the terminal does not answer. */
static int measured(const char *text)
{
    struct lw_buf b = {0};
    lw_clean(text, strlen(text), false, &b);
    printf("\r%s%s", b.data, where);
    lw_buf_fini(&b);
    return ask_column() - 1;
}

/* Fills `cols`; false when the terminal gives no answer. */
static bool measure_all(int cols[SAMPLES])
{
    struct termios before, raw;
    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return false;
    raw = before;
    raw.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG | IEXTEN);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    bool told = true;
    for (size_t i = 0; i < SAMPLES && told; i++) {
        cols[i] = measured(samples[i].text);
        told = cols[i] >= 0;
    }
    fputs(clear_line, stdout);
    fflush(stdout);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before); /* a late answer must not count as keys */
    return told;
}

static void report_difference(size_t i, int cols)
{
    char *text = lw_format("%s: %d columns wide, expected %d. Lines with such text may look "
                           "shifted.",
        samples[i].kind, cols, lw_cols(samples[i].text, strlen(samples[i].text), -1));
    lw_doctor_note(text);
    free(text);
}

static const char *why_not(void)
{
    struct lw_terminal t;
    lw_help_find_terminal(&t);
    if (!isatty(STDIN_FILENO) || !t.is_terminal)
        return "stdin or stdout is not a terminal";
    return t.fit ? NULL : "the terminal cannot move the cursor";
}

bool lw_doctor_widths(struct lw_cli *c)
{
    int cols[SAMPLES];
    bool same[SAMPLES];
    size_t well = 0;
    (void)c;
    const char *why = why_not();
    if (!why && !measure_all(cols))
        why = "the terminal does not report where its cursor is";
    if (why) {
        lw_doctor_line("widths", "not measured: %s", why);
        return true;
    }
    for (size_t i = 0; i < SAMPLES; i++)
        well += same[i] = cols[i] == lw_cols(samples[i].text, strlen(samples[i].text), -1);
    lw_doctor_line("widths", "%zu of %d kinds of text correct", well, SAMPLES);
    for (size_t i = 0; i < SAMPLES; i++)
        if (!same[i])
            report_difference(i, cols[i]);
    return true;
}
