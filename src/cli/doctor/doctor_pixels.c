/* What the terminal can do with pixels, by its own answers (labelwright/tui/pixel_probe.h). Without
 * curses: nothing stays of what is written. */
#define _GNU_SOURCE
#include "cli/doctor/doctor_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/tui/help.h"
#include "labelwright/tui/pixel_probe.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

enum { ANSWERS_MS = 500 };

static void write_question(struct lw_buf *b)
{
    fputs(b->data ? b->data : "", stdout);
    fflush(stdout);
    lw_buf_fini(b);
}

static void ask_more(struct lw_pixel_probe *p)
{
    struct lw_buf b = {0};
    lw_probe_ask_more(p, "\r", "\r\033[K", &b);
    write_question(&b);
}

static void read_answers(struct lw_pixel_probe *p)
{
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    int64_t until = lw_clock_mono_ms(&lw_sys_real) + ANSWERS_MS;
    char bytes[256];
    while (lw_probe_waits(p)) {
        int64_t left = until - lw_clock_mono_ms(&lw_sys_real);
        ssize_t n = left > 0 && poll(&fd, 1, (int)left) > 0 ? read(fd.fd, bytes, sizeof bytes) : 0;
        if (n <= 0)
            return;
        for (ssize_t i = 0; i < n; i++)
            lw_probe_see(p, (unsigned char)bytes[i]);
        if (lw_probe_has_more(p))
            ask_more(p);
    }
}

/* Why it cannot be asked; NULL when `p` is what it said. */
static const char *ask(struct lw_pixel_probe *p)
{
    struct lw_terminal t;
    struct termios before, raw;
    struct lw_buf b = {0};
    lw_help_find_terminal(&t);
    if (!isatty(STDIN_FILENO) || !t.is_terminal || tcgetattr(STDIN_FILENO, &before) != 0)
        return "stdin or stdout is not a terminal";
    if (!t.fit)
        return "the terminal cannot move the cursor";
    raw = before;
    raw.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG | IEXTEN);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    lw_probe_ask(p, &b);
    write_question(&b);
    read_answers(p);
    lw_probe_find_size(p, t.rows, t.cols, t.width, t.height);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before); /* a late answer must not count as keys */
    return p->stage == LW_PROBE_KIND ? "the terminal does not answer" : NULL;
}

static void report(const struct lw_pixel_probe *p)
{
    char *size = p->cell_w > 0 ? lw_format(", cells of %d x %d pixels", p->cell_w, p->cell_h)
                               : lw_strdup(", cells of unknown size");
    const char *can = p->kitty && p->sixel ? "kitty graphics and sixel"
                      : p->kitty           ? "kitty graphics"
                      : p->sixel           ? "sixel"
                                           : NULL;
    lw_doctor_line(
        "pixels", "%s%s", can ? can : "none: pictures are shown in characters", can ? size : "");
    lw_doctor_note(p->sixel && !p->kitty && p->cell_w == 0
                       ? "Pictures are shown in characters: sixel needs the size of a cell."
                       : NULL);
    free(size);
}

bool lw_doctor_pixels(struct lw_cli *c)
{
    struct lw_pixel_probe p = {0};
    const char *why_not = ask(&p);
    (void)c;
    if (why_not)
        lw_doctor_line("pixels", "not asked: %s", why_not);
    else
        report(&p);
    return true;
}
