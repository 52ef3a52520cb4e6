/* The frame that show_frame draws and test_term expects: every kind of cell, and the keys that
 * came. */
#ifndef LABELWRIGHT_TESTS_PTY_SAMPLE_FRAME_H
#define LABELWRIGHT_TESTS_PTY_SAMPLE_FRAME_H

#include "tui/view/frame_internal.h"

#include <string.h>

/* "한국어" as conjoining jamo: marks behind wide bases, which addwstr() would lose. */
#define NFD_HANGUL                                                                                 \
    "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB\xE1\x84\x80\xE1\x85\xAE\xE1\x86\xA8\xE1\x84\x8B\xE1\x85" \
    "\xA5"

static inline void draw_sample(struct lw_frame *f, const char *keys, const char *note)
{
    static const char *const texts[] = {
        "Tiếng Việt, Tie\xCC\x82\xCC\x81ng Vie\xCC\xA3\xCC\x82t",
        NFD_HANGUL " 한국어",
        "日本語 中文 ｗｉｄｅ",
        "เพลินใจ  עברית  العربية",
        "\033[2J a\u202Eb \xFF",
    };
    lw_frame_clear(f);
    struct lw_area all = lw_area_all(f);
    lw_draw(all, 0, 1, LW_ROLE_HEADER, "size %dx%d", f->rows, f->cols);
    lw_draw(all, 0, 20, LW_ROLE_CHOSEN, "[5]");
    lw_draw_rule(all, 1);
    lw_draw(all, 1, 2, LW_ROLE_TITLE, " PROMPT ");
    for (int i = 0; i < 5; i++)
        lw_draw_text(all, 2 + i, 1, LW_ROLE_TEXT, texts[i], strlen(texts[i]));
    lw_draw(all, 7, 1, LW_ROLE_MESSAGE, "%s", note);
    lw_draw_fill(all, f->rows - 1, 0, f->cols, LW_ROLE_FOOTER, U' ');
    int at = lw_draw(all, f->rows - 1, 0, LW_ROLE_FOOTER, "keys: %s", keys);
    lw_draw(all, 0, f->cols - 2, LW_ROLE_STATE, "中");
    lw_draw_cursor(all, f->rows - 1, at);
}

/* ---- frames that follow each other */

static inline unsigned scattered(unsigned n)
{
    n = (n ^ 61) ^ (n >> 16);
    n *= 9;
    n = (n ^ n >> 4) * 0x27d4eb2d;
    return n ^ n >> 15;
}

static inline void draw_piece_of(struct lw_area a, int row, int col, unsigned seed)
{
    static const char *const texts[] = {"plain words", "中文", "e\xCC\x81", "x", "  ", NFD_HANGUL,
        "a 日 b", "\033", "longer words than these are", "|"};
    static const enum lw_role roles[] = {LW_ROLE_TEXT, LW_ROLE_TEXT, LW_ROLE_DIM, LW_ROLE_CHOSEN,
        LW_ROLE_MESSAGE, LW_ROLE_CODE, LW_ROLE_FOOTER};
    const char *text = texts[seed % (sizeof texts / sizeof *texts)];
    lw_draw_text(
        a, row, col, roles[seed / 16 % (sizeof roles / sizeof *roles)], text, strlen(text));
}

/* The nth of a series in which a text is scrolled by a few lines or by many, and pieces of it come
 * and go. The cursor rests at another place in each. */
static inline void draw_nth(struct lw_frame *f, unsigned nth)
{
    struct lw_area all = lw_area_all(f), text;
    unsigned top = 1000;
    for (unsigned i = 0; i < nth; i++)
        top += scattered(i) % 8 == 0 ? 40 : scattered(i) % 9 - 4;
    lw_frame_clear(f);
    lw_draw(all, 0, 1, LW_ROLE_HEADER, "frame %u", nth);
    text = lw_area_rows(all, 2, f->rows - 4);
    for (int row = 0; row < text.rows; row++) {
        unsigned line = top + (unsigned)row;
        for (unsigned i = 0; i < scattered(line) % 5; i++)
            draw_piece_of(text, row, (int)(1 + 17 * i), scattered(line * 8 + i));
    }
    for (unsigned i = 0; i < scattered(nth) % 6; i++) {
        unsigned at = scattered(nth * 8 + i);
        draw_piece_of(
            all, (int)(at % (unsigned)f->rows), (int)(at / 64 % (unsigned)f->cols), at / 7);
    }
    lw_draw_cursor(all, (int)(nth % (unsigned)f->rows), (int)(nth * 7 % (unsigned)f->cols));
}

#endif
