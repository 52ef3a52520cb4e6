/* How wide the terminal draws kinds of text, and how new a Unicode it knows: by what it says of the
 * cursor (doctor_cursor.c). Neither is a mistake. */
#define _GNU_SOURCE
#include "cli/doctor/doctor_internal.h"

#include "labelwright/text/glyph.h"
#include "labelwright/tui/help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Those of the newest Unicode are not among them: how new is asked by versions. */
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
};

enum { SAMPLES = sizeof samples / sizeof *samples, VERSIONS_MAX = 32 };

struct report {
    char *text[SAMPLES + VERSIONS_MAX]; /* as they are printed: the kinds, an emoji a version */
    int cols[SAMPLES + VERSIONS_MAX];
    int version[VERSIONS_MAX];
    size_t nversions;
    const char *why_not; /* nothing was measured */
};

static int expected(size_t i)
{
    return lw_cols(samples[i].text, strlen(samples[i].text), -1);
}

static void measure(struct report *r)
{
    const char *emoji;
    for (size_t i = 0; i < SAMPLES; i++) {
        struct lw_buf b = {0};
        lw_clean(samples[i].text, strlen(samples[i].text), false, &b);
        r->text[i] = lw_buf_detach(&b);
    }
    for (size_t i = 0; i < VERSIONS_MAX && (emoji = lw_help_emoji(i, &r->version[i])); i++)
        r->text[SAMPLES + r->nversions++] = lw_strdup(emoji);
    r->why_not = lw_doctor_measure(r->text, SAMPLES + r->nversions, r->cols);
}

static void report_widths(const struct report *r)
{
    size_t well = 0;
    if (r->why_not) {
        lw_doctor_line("widths", "not measured: %s", r->why_not);
        return;
    }
    for (size_t i = 0; i < SAMPLES; i++)
        well += r->cols[i] == expected(i);
    lw_doctor_line("widths", "%zu of %d kinds of text correct", well, SAMPLES);
    for (size_t i = 0; i < SAMPLES; i++) {
        if (r->cols[i] == expected(i))
            continue;
        char *text = lw_format("%s: %d columns wide, expected %d. Lines with such text may look "
                               "shifted.",
            samples[i].kind, r->cols[i], expected(i));
        lw_doctor_note(text);
        free(text);
    }
}

/* What labelwright itself finds when it starts. */
static void report_unicode(const struct report *r)
{
    size_t known = 0, n = r->nversions;
    int ours = n > 0 ? r->version[n - 1] : 8;
    if (r->why_not) {
        lw_doctor_line("Unicode", "C library %d, terminal not measured", ours);
        return;
    }
    while (known < n && r->cols[SAMPLES + known] == LW_EMOJI_COLS)
        known++;
    lw_doctor_line("Unicode", "C library %d, terminal %d%s", ours,
        known == n ? ours : r->version[known] - 1,
        known == n   ? " or newer"
        : known == 0 ? " or older"
                     : "");
    if (known < n)
        lw_doctor_note("Characters that are newer than the terminal are shown as signs, such as "
                       "<U+1FAE8>. A newer terminal, tmux, screen or mosh shows them.");
}

bool lw_doctor_widths(struct lw_cli *c)
{
    struct report r = {0};
    (void)c;
    measure(&r);
    report_widths(&r);
    report_unicode(&r);
    for (size_t i = 0; i < SAMPLES + r.nversions; i++)
        free(r.text[i]);
    return true;
}
