/* What the terminal says of pixels. Never asked is its name: an answer is the terminal's own, also
 * through ssh, and a terminal within a terminal answers for itself.
 *
 * First what every terminal may be asked: the size of a cell, the secondary and the primary device
 * attributes; the last is answered by all. Who tells no kind is asked nothing more about kitty's
 * protocol. tmux and screen are asked nothing more at all: they took the question for a title
 * before they knew the protocol, and tmux forgot all of a sixel picture when a character was
 * written over a part of it. */
#include "labelwright/tui/pixel_probe.h"

#include "labelwright/picture/picture.h"

#include <stdio.h>
#include <string.h>

enum { ESC = 0x1B, BEL = 0x07, SCREEN = 83, TMUX = 84, SIXEL = 4 };

#define KITTY_ID "77"
static const char cell_size[] = "\033[16t", kind[] = "\033[>c", attributes[] = "\033[c";
static const char kitty[] = "\033_Gi=" KITTY_ID ",s=1,v=1,a=q,t=d,f=24;AAAA\033\\";
static const char sixel_limits[] = "\033[?1;1;0S\033[?2;1;0S";

/* ---- questions */

void lw_probe_ask(struct lw_pixel_probe *p, struct lw_buf *to)
{
    *p = (struct lw_pixel_probe){.stage = LW_PROBE_KIND, .kind = -1};
    lw_buf_fmt(to, "%s%s%s", cell_size, kind, attributes);
}

static bool is_within_another(const struct lw_pixel_probe *p)
{
    return p->kind == SCREEN || p->kind == TMUX;
}

static bool may_know_kitty(const struct lw_pixel_probe *p)
{
    return p->kind >= 0 && !is_within_another(p);
}

bool lw_probe_has_more(const struct lw_pixel_probe *p)
{
    return p->stage == LW_PROBE_PIXELS && !p->asked_more;
}

void lw_probe_ask_more(
    struct lw_pixel_probe *p, const char *before, const char *behind, struct lw_buf *to)
{
    p->asked_more = true;
    lw_buf_fmt(to, "%s%s%s%s%s", before, may_know_kitty(p) ? kitty : "",
        p->sixel ? sixel_limits : "", behind, attributes);
}

void lw_probe_ask_size(const struct lw_pixel_probe *p, struct lw_buf *to)
{
    lw_buf_fmt(to, "%s%s", p->told_size ? cell_size : "", p->sixel ? sixel_limits : "");
}

bool lw_probe_waits(const struct lw_pixel_probe *p)
{
    return p->stage == LW_PROBE_KIND || p->stage == LW_PROBE_PIXELS;
}

/* ---- answers */

static bool is_cell_side(int n)
{
    return n >= 4 && n <= LW_PICTURE_CELL_MAX;
}

static bool take_size(struct lw_pixel_probe *p, const char *s)
{
    int h, w, end = 0;
    if (sscanf(s, "[6;%5d;%5dt%n", &h, &w, &end) != 2 || !end || !is_cell_side(w) ||
        !is_cell_side(h) || (w == p->cell_w && h == p->cell_h))
        return false;
    p->cell_w = w;
    p->cell_h = h;
    p->told_size = true;
    return true;
}

static bool are_cells(int rows, int cols, int width, int height)
{
    return width % cols == 0 && height % rows == 0 && is_cell_side(width / cols) &&
           is_cell_side(height / rows);
}

void lw_probe_find_size(struct lw_pixel_probe *p, int rows, int cols, int width, int height)
{
    if (p->told_size || rows <= 0 || cols <= 0)
        return;
    if (are_cells(rows, cols, p->max_w, p->max_h)) {
        width = p->max_w;
        height = p->max_h;
    }
    bool known = is_cell_side(width / cols) && is_cell_side(height / rows);
    p->cell_w = known ? width / cols : 0;
    p->cell_h = known ? height / rows : 0;
}

/* The first number is the terminal's class, the others are what it can. */
static bool has_attribute(const char *s, int wanted)
{
    int number, end;
    for (const char *p = s; (p = strchr(p, ';')); p++) {
        end = 0;
        if (sscanf(p, ";%5d%n", &number, &end) == 1 && end && number == wanted)
            return true;
    }
    return false;
}

/* Every terminal answers this question, behind all the others: the stage is over. */
static bool take_attributes(struct lw_pixel_probe *p, const char *s)
{
    if (p->stage == LW_PROBE_KIND) {
        p->sixel = has_attribute(s, SIXEL) && !is_within_another(p);
        p->stage = may_know_kitty(p) || p->sixel ? LW_PROBE_PIXELS : LW_PROBE_DONE;
    } else if (p->asked_more) {
        p->stage = LW_PROBE_DONE;
    }
    return true;
}

static bool take_limits(struct lw_pixel_probe *p, const char *s)
{
    int n, w, h, end = 0;
    if (sscanf(s, "[?1;0;%8dS%n", &n, &end) == 1 && end && n > 0)
        p->colours = n;
    if (sscanf(s, "[?2;0;%8d;%8dS%n", &w, &h, &end) != 2 || !end || w <= 0 || h <= 0 ||
        (w == p->max_w && h == p->max_h))
        return false;
    p->max_w = w;
    p->max_h = h;
    return true;
}

static bool take_csi(struct lw_pixel_probe *p, const char *s, char final)
{
    bool question = s[1] == '?';
    if (final == 't')
        return take_size(p, s);
    if (final == 'c' && question)
        return take_attributes(p, s);
    if (final == 'c' && s[1] == '>' && p->stage == LW_PROBE_KIND &&
        sscanf(s, "[>%8d", &p->kind) < 1)
        p->kind = -1;
    return final == 'S' && question && take_limits(p, s);
}

static bool take_string(struct lw_pixel_probe *p, const char *s)
{
    static const char yes[] = "_Gi=" KITTY_ID ";OK";
    if (p->stage == LW_PROBE_PIXELS && strncmp(s, yes, sizeof yes - 1) == 0)
        p->kitty = true;
    return false;
}

/* ---- among keys */

enum piece { MORE, CSI, STRING, NONE };

static enum piece piece_of(const struct lw_pixel_probe *p)
{
    char first = p->answer[0], last = p->answer[p->n - 1];
    if (p->n == 1)
        return first == '[' || first == '_' ? MORE : NONE;
    if (first == '_')
        return last == BEL || (last == '\\' && p->answer[p->n - 2] == ESC) ? STRING : MORE;
    if (last >= 0x40 && last <= 0x7E)
        return CSI;
    return last >= 0x20 && last <= 0x3F ? MORE : NONE;
}

static bool take(struct lw_pixel_probe *p, enum piece piece)
{
    const char *s = p->answer;
    size_t n = p->n;
    p->answer[n] = '\0';
    p->n = 0;
    return piece == CSI ? take_csi(p, s, s[n - 1]) : take_string(p, s);
}

bool lw_probe_see(struct lw_pixel_probe *p, int code)
{
    bool in_string = p->n > 1 && p->answer[0] == '_';
    if (p->stage == LW_PROBE_NOT_ASKED)
        return false;
    if (code == ESC && !in_string) {
        p->began = true;
        p->n = 0;
        return false;
    }
    if (!p->began)
        return false;
    if (code > 0xFF || p->n == LW_PROBE_ANSWER_MAX) {
        p->began = false;
        p->n = 0;
        return false;
    }
    p->answer[p->n++] = (char)code;
    enum piece piece = piece_of(p);
    p->began = piece == MORE;
    return (piece == CSI || piece == STRING) && take(p, piece);
}
