/* The terminal, through curses, which only this file knows: takes it over and gives it back, shows
 * frames, hands out codes. _GNU_SOURCE for the window size; pkg-config asks curses for its wide
 * functions. */
#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "tui/drawn_internal.h"
#include "tui/hangup_internal.h"
#include "tui/term_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/clock.h"
#include "labelwright/base/hash.h"
#include "labelwright/markup/run.h"
#include "labelwright/text/glyph.h"
#include "labelwright/tui/help.h"
#include "labelwright/tui/pixel_probe.h"
#include "tui/input/escdelay_internal.h"
#include "tui/input/key_internal.h"
#include "tui/newest_internal.h"
#include "tui/one_write_internal.h"
#include "tui/pixels_internal.h"
#include "tui/view/visual_internal.h"

#include <curses.h>
#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#define STAND_IN "xterm-256color" /* for a TERM that terminfo does not know */

enum {
    PAIRS_MAX = 63,       /* terminals with 8 colours have 64 pairs; the first one is the default */
    ESCDELAY_CURSES = 10, /* curses blocks that long; whatever comes later the decoder joins */
    CODE_BASE = 4096,     /* beyond the codes that curses gives to terminfo's extensions */
    SPILL_MAX = 512,
    SPILL_FULL = 256,     /* no more is read ahead */
    ANSWER_MS = 100,      /* the first frame waits that long for what the terminal knows … */
    LAST_ANSWER_MS = 300, /* … and its end, as the shell must not get an answer */
    ANSWERS_MS = 2000,    /* then there is no answer any more */
};

static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";

/* A terminal that would do it as well, such as GNOME's, is told not to (ECMA-48: BDSM). */
static const char order_ours[] = "\033[8l", order_theirs[] = "\033[8h";

struct cell_style {
    attr_t attrs;
    int pair;
};

struct lw_term {
    const struct lw_sys *sys;
    struct lw_one_write out;
    SCREEN *screen;
    WINDOW *keys; /* a pad: reading from it never repaints */
    const struct lw_theme *theme;
    int colours; /* 0 when only attributes count */
    bool has_default_colours, has_lines, has_italics, has_paste, repaint;
    int escdelay, cursor, cursor_at;
    struct {
        short fg, bg;
    } pair[PAIRS_MAX];
    int pairs;
    int spill[SPILL_MAX]; /* codes that did not fit into the last read */
    size_t spilt;
    struct lw_hangup gone;
    struct lw_newest newest;
    int64_t asked_at; /* monotonic ms */
    bool learned;     /* what the terminal knows, since lw_term_learned() */
    struct lw_pixel_probe probe;
    enum lw_pictures_by pictures_by;
    struct lw_pixels_how how;
    struct lw_pixels *pixels;
    struct winsize size; /* when it was last asked */
    bool arranges;       /* scripts from right to left are ours to put in order */
    struct lw_drawn drawn;
    struct cell_style style[LW_ROLE_COUNT];
};

static struct lw_term *current; /* what lw_term_restore() gives back */

static const struct {
    int theirs;
    enum lw_key_name ours;
} keys[] = {
    {KEY_ENTER, LW_KEY_ENTER},
    {KEY_BTAB, LW_KEY_BACKTAB},
    {KEY_BACKSPACE, LW_KEY_BACKSPACE},
    {KEY_DC, LW_KEY_DELETE},
    {KEY_IC, LW_KEY_INSERT},
    {KEY_UP, LW_KEY_UP},
    {KEY_DOWN, LW_KEY_DOWN},
    {KEY_LEFT, LW_KEY_LEFT},
    {KEY_RIGHT, LW_KEY_RIGHT},
    {KEY_HOME, LW_KEY_HOME},
    {KEY_END, LW_KEY_END},
    {KEY_FIND, LW_KEY_HOME},
    {KEY_SELECT, LW_KEY_END},
    {KEY_PPAGE, LW_KEY_PGUP},
    {KEY_NPAGE, LW_KEY_PGDN},
    {CODE_BASE + LW_KEY_PASTE, LW_KEY_PASTE},
    {CODE_BASE + LW_KEY_PASTE_END, LW_KEY_PASTE_END},
};

/* The terminal's own words, where curses has none. */
static void write_text(const struct lw_term *t, const char *s)
{
    lw_one_write_send(t->sys, s, strlen(s));
}

/* ---- codes from curses */

static void watch_answers(struct lw_term *t, int code);

static void add_code(struct lw_term *t, int code)
{
    watch_answers(t, code);
    if (t->spilt < SPILL_MAX)
        t->spill[t->spilt++] = code;
}

/* Keys of terminfo that have no name here go on as the bytes they came in: the decoder knows held
 * modifiers, and drops what is noise. */
static void add_theirs(struct lw_term *t, int theirs)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (theirs == keys[i].theirs) {
            add_code(t, LW_CODE(keys[i].ours));
            return;
        }
    if (theirs >= KEY_F(1) && theirs <= KEY_F(12)) {
        add_code(t, LW_CODE(LW_KEY_F1) + theirs - KEY_F(1));
        return;
    }
    char *bytes = keybound(theirs, 0);
    for (const char *p = bytes; p && *p; p++)
        add_code(t, (unsigned char)*p);
    free(bytes);
}

static void release_held(struct lw_term *t)
{
    size_t n = lw_newest_release(&t->newest);
    for (size_t i = 0; i < n; i++)
        add_code(t, t->newest.code[i]);
}

static void take_code(struct lw_term *t, int code)
{
    bool waited = lw_newest_waits(&t->newest);
    if (!lw_newest_take(&t->newest, code)) {
        release_held(t);
        if (!lw_newest_take(&t->newest, code))
            add_code(t, code);
    }
    if (waited && !lw_newest_waits(&t->newest)) {
        lw_glyph_set_newest(lw_newest_version(&t->newest));
        t->learned = true;
    }
}

static bool read_one(struct lw_term *t)
{
    int code = wgetch(t->keys);
    if (code == ERR) {
        if (t->newest.held <= 2) /* Esc is a key, and Esc [ is Alt with [ */
            release_held(t);
        return t->spilt > 0;
    }
    if (code < KEY_MIN) {
        take_code(t, code);
    } else {
        release_held(t);
        add_theirs(t, code);
    }
    return true;
}

/* ---- what the terminal knows */

/* Terminals that are none of the ANSI kind would print the question. */
static void ask_newest(struct lw_term *t)
{
    struct lw_buf ask = {0};
    if (!t->has_paste)
        return;
    doupdate(); /* the alternate screen comes first */
    lw_newest_ask(&t->newest, &ask);
    write_text(t, ask.data);
    lw_buf_fini(&ask);
    t->asked_at = lw_clock_mono_ms(t->sys);
    t->repaint = true;
}

static bool awaits(const struct lw_term *t)
{
    return lw_newest_waits(&t->newest) || lw_probe_waits(&t->probe);
}

/* Reads until all answers are there, but not beyond `ms` after the question nor when more than
 * `spill` keys came meanwhile; those stay for lw_term_read(). */
static void await_answers(struct lw_term *t, int ms, size_t spill)
{
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    int64_t now = lw_clock_mono_ms(t->sys), until = now + ms;
    if (now - t->asked_at > ANSWERS_MS)
        return;
    while (awaits(t) && t->spilt <= spill && now < until) {
        if (!read_one(t) && (poll(&fd, 1, (int)(until - now)) <= 0 || !(fd.revents & POLLIN)))
            return;
        now = lw_clock_mono_ms(t->sys);
    }
}

void lw_term_await_newest(struct lw_term *t)
{
    int64_t gone = lw_clock_mono_ms(t->sys) - t->asked_at;
    if (gone < ANSWER_MS)
        await_answers(t, (int)(ANSWER_MS - gone), 0);
    t->learned = false;
}

bool lw_term_learned(struct lw_term *t)
{
    bool learned = t->learned;
    t->learned = false;
    return learned;
}

/* ---- pixels */

static void write_bytes(const struct lw_term *t, struct lw_buf *b)
{
    lw_one_write_send(t->sys, b->data, b->len);
    lw_buf_fini(b);
}

/* At the begin of a line that is erased, and drawn again. */
static void ask_more(struct lw_term *t)
{
    struct lw_buf b = {0};
    lw_probe_ask_more(&t->probe, "\0337\033[2;1H", "\033[2;1H\033[K\0338", &b);
    write_bytes(t, &b);
    wredrawln(stdscr, 1, 1);
}

/* Deletes kitty's pictures on the screen, and what the terminal keeps of them. */
const char *lw_term_last_words(const struct lw_term *t)
{
    return t->how.means == LW_MEANS_KITTY ? "\033_Ga=d,q=2,d=A\033\\" : "";
}

/* The user's keys are among the codes, and all of them go on. */
static void watch_answers(struct lw_term *t, int code)
{
    if (!lw_probe_see(&t->probe, code))
        return;
    if (lw_probe_has_more(&t->probe))
        ask_more(t);
    if (lw_probe_waits(&t->probe))
        return;
    lw_probe_find_size(
        &t->probe, t->size.ws_row, t->size.ws_col, t->size.ws_xpixel, t->size.ws_ypixel);
    struct lw_pixels_how how = lw_pixels_choose(&t->probe, t->pictures_by);
    if (memcmp(&how, &t->how, sizeof how) == 0)
        return;
    write_text(t, lw_term_last_words(t));
    t->repaint = t->repaint || t->how.means != LW_MEANS_CELLS;
    t->how = how;
    lw_pixels_use(t->pixels, &how);
    t->learned = true;
}

bool lw_term_ask_pixels(struct lw_term *t, enum lw_pictures_by by)
{
    struct lw_buf ask = {0};
    bool asks = t->probe.stage == LW_PROBE_NOT_ASKED && by != LW_PICTURES_BY_CELLS;
    if (!asks || !t->has_paste || t->colours == 0)
        return false;
    t->pictures_by = by;
    lw_probe_ask(&t->probe, &ask);
    write_bytes(t, &ask);
    t->asked_at = lw_clock_mono_ms(t->sys);
    await_answers(t, ANSWER_MS, SPILL_FULL);
    if (t->probe.stage == LW_PROBE_PIXELS)
        await_answers(t, ANSWER_MS, SPILL_FULL);
    return true;
}

/* The font may be another one now. */
static void ask_cell_size(struct lw_term *t, const struct winsize *now)
{
    struct lw_buf ask = {0};
    if (memcmp(now, &t->size, sizeof *now) != 0 && t->how.means != LW_MEANS_CELLS)
        lw_probe_ask_size(&t->probe, &ask);
    t->size = *now;
    write_bytes(t, &ask);
}

/* ---- opening and closing */

enum fitness { UNKNOWN, HARD_COPY, FIT };

static enum fitness fitness_of(const char *term, int *colours)
{
    int status;
    *colours = 0;
    if (!term || !*term || setupterm(term, STDOUT_FILENO, &status) != OK)
        return UNKNOWN;
    const char *cup = tigetstr("cup");
    *colours = tigetnum("colors");
    del_curterm(cur_term);
    return cup && cup != (char *)-1 ? FIT : HARD_COPY;
}

/* Curses puts its own handlers where none are; those would fight with the loop's. */
static SCREEN *open_screen(const char *term, FILE *out)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    enum { COUNT = sizeof signals / sizeof *signals };
    struct sigaction before[COUNT];
    for (int i = 0; i < COUNT; i++)
        sigaction(signals[i], NULL, &before[i]);
    use_env(FALSE); /* LINES and COLUMNS go stale; the kernel knows */
    use_tioctl(TRUE);
    SCREEN *screen = newterm(term, out, stdin);
    for (int i = 0; i < COUNT; i++)
        sigaction(signals[i], &before[i], NULL);
    return screen;
}

static SCREEN *find_screen(FILE *out, const char **note, struct lw_err *err)
{
    const char *term = getenv("TERM");
    int colours;
    enum fitness fitness = fitness_of(term, &colours);
    if (fitness == UNKNOWN && fitness_of(STAND_IN, &colours) == FIT) {
        term = STAND_IN;
        fitness = FIT;
        *note = "TERM is unknown here. Using " STAND_IN ".";
    }
    SCREEN *screen = fitness == FIT ? open_screen(term, out) : NULL;
    if (!screen)
        lw_fail(err, LW_EIO,
            "The terminal (TERM=%.40s) cannot move the cursor. "
            "Set TERM to its type, such as xterm-256color, or use --plain.",
            term ? term : "");
    return screen;
}

static void set_up_colours(struct lw_term *t)
{
    const char *no_color = getenv("NO_COLOR");
    if ((no_color && *no_color) || !has_colors() || start_color() != OK || COLORS < 8)
        return;
    t->has_default_colours = use_default_colors() == OK;
    /* Beyond 256 numbers are no palette but red, green and blue. */
    t->colours = COLORS > LW_MANY_COLOURS ? 8 : COLORS;
}

static bool knows_lines(void)
{
    const char *acsc = tigetstr("acsc");
    bool has_acsc = acsc && acsc != (char *)-1 && *acsc;
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0 && (has_acsc || tigetnum("U8") == 1);
}

static void set_up_input(struct lw_term *t)
{
    int ms = t->escdelay < ESCDELAY_CURSES ? t->escdelay : ESCDELAY_CURSES;
    raw(); /* ^C, ^Z and ^S are keys; the program decides */
    noecho();
    nonl();
    typeahead(-1); /* a frame is painted whole, even while keys arrive */
    t->keys = newpad(1, 1);
    keypad(t->keys, TRUE);
    nodelay(t->keys, TRUE);
    set_escdelay(ms);
    define_key("\033[200~", CODE_BASE + LW_KEY_PASTE);
    define_key("\033[201~", CODE_BASE + LW_KEY_PASTE_END);
    const char *cup = tigetstr("cup");
    t->has_paste = strncmp(cup, "\033[", 2) == 0; /* others would print the request */
    write_text(t, t->has_paste ? paste_on : "");
}

struct lw_term *lw_term_open(
    const struct lw_sys *sys, const struct lw_theme *theme, const char **note, struct lw_err *err)
{
    *note = NULL;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        lw_fail(err, LW_EUSAGE, "Input and output must be a terminal.");
        return NULL;
    }
    struct lw_term *t = lw_alloc(sizeof *t);
    *t = (struct lw_term){.sys = sys, .theme = theme, .cursor = -1};
    lw_one_write_init(&t->out, sys);
    t->screen = find_screen(t->out.file, note, err);
    if (!t->screen) {
        lw_one_write_fini(&t->out);
        free(t);
        return NULL;
    }
    t->pixels = lw_pixels_new();
    t->escdelay = lw_escdelay();
    t->has_lines = knows_lines();
    t->has_italics = enter_italics_mode != NULL;
    set_up_colours(t);
    set_up_input(t);
    ask_newest(t);
    current = t;
    return t;
}

static void give_back(struct lw_term *t)
{
    lw_one_write_end(&t->out, NULL); /* if this is the end amid a frame */
    write_text(t, lw_term_last_words(t));
    write_text(t, t->has_paste ? paste_off : "");
    write_text(t, t->arranges && t->has_paste ? order_theirs : "");
    endwin();
}

void lw_term_leave(struct lw_term *t)
{
    await_answers(t, LAST_ANSWER_MS, SPILL_FULL);
    give_back(t);
    lw_pixels_forget(t->pixels);
}

void lw_term_enter(struct lw_term *t)
{
    int rows, cols;
    write_text(t, t->has_paste ? paste_on : "");
    lw_term_arrange(t, t->arranges);
    t->cursor = -1;
    lw_term_size(t, &rows, &cols);
    clearok(curscr, TRUE);
    doupdate(); /* the modes of the terminal, and what was shown last */
}

void lw_term_restore(void)
{
    struct lw_term *t = current;
    current = NULL;
    if (t && !isendwin())
        give_back(t);
}

void lw_term_close(struct lw_term *t)
{
    if (!t)
        return;
    await_answers(t, LAST_ANSWER_MS, SPILL_FULL);
    lw_term_restore();
    delwin(t->keys);
    delscreen(t->screen);
    lw_one_write_fini(&t->out);
    lw_pixels_free(t->pixels);
    lw_drawn_fini(&t->drawn);
    free(t);
}

void lw_term_suspend(struct lw_term *t)
{
    struct sigaction stop = {.sa_handler = SIG_DFL}, before;
    sigset_t only, mask;
    lw_term_leave(t);
    sigaction(SIGTSTP, &stop, &before);
    sigemptyset(&only);
    sigaddset(&only, SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &only, &mask);
    kill(0, SIGTSTP); /* the whole group: a script around us would wait for ever */
    sigprocmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGTSTP, &before, NULL);
    lw_term_enter(t);
}

/* ---- size and lines */

void lw_term_size(struct lw_term *t, int *rows, int *cols)
{
    struct winsize size = {0};
    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    ask_cell_size(t, &size);
    if (size.ws_row > 0 && size.ws_col > 0 && is_term_resized(size.ws_row, size.ws_col)) {
        resize_term(size.ws_row, size.ws_col);
        t->repaint = true; /* terminals reflow what they show */
    }
    *rows = LINES;
    *cols = COLS;
}

/* ---- output */

/* The number of the pair, made when it is first asked for; 0, the default, when there are too many.
 */
static short pair_of(struct lw_term *t, short fg, short bg)
{
    int limit = COLOR_PAIRS - 1 < PAIRS_MAX ? COLOR_PAIRS - 1 : PAIRS_MAX;
    if (fg == LW_COLOUR_DEFAULT && bg == LW_COLOUR_DEFAULT)
        return 0;
    for (int i = 0; i < t->pairs; i++)
        if (t->pair[i].fg == fg && t->pair[i].bg == bg)
            return (short)(i + 1);
    if (t->pairs >= limit)
        return 0;
    short real_fg = fg < 0 && !t->has_default_colours ? COLOR_WHITE : fg;
    short real_bg = bg < 0 && !t->has_default_colours ? COLOR_BLACK : bg;
    t->pair[t->pairs].fg = fg;
    t->pair[t->pairs].bg = bg;
    short number = (short)++t->pairs;
    return init_pair(number, real_fg, real_bg) == OK ? number : 0;
}

static attr_t attrs_of(unsigned bits)
{
    static const attr_t theirs[] = {
        [LW_ATTR_BIT_BOLD] = WA_BOLD,
        [LW_ATTR_BIT_DIM] = WA_DIM,
        [LW_ATTR_BIT_UNDERLINE] = WA_UNDERLINE,
        [LW_ATTR_BIT_REVERSE] = WA_REVERSE,
        [LW_ATTR_BIT_ITALIC] = WA_ITALIC,
    };
    attr_t attrs = 0;
    for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++)
        if (bits & 1u << i)
            attrs |= theirs[i];
    return attrs;
}

struct lw_picture_look lw_term_picture_look(const struct lw_term *t)
{
    struct lw_picture_look look = {.ascii = !t->has_lines};
    bool many = t->colours > 0 && COLOR_PAIRS > LW_MANY_COLOURS * LW_FEW_COLOURS;
    if (many && COLORS > LW_MANY_COLOURS)
        look.colours = LW_PICTURE_RGB;
    else if (many && COLORS == LW_MANY_COLOURS)
        look.colours = LW_PICTURE_256;
    else if (t->colours >= LW_FEW_COLOURS && COLOR_PAIRS > LW_FEW_COLOURS * LW_FEW_COLOURS)
        look.colours = LW_PICTURE_16;
    lw_pixels_look(&t->how, &look);
    return look;
}

/* Pairs beyond those of the theme; curses gives one that was not used for long a new meaning when
 * there are no others. */
static struct cell_style painted_style(const struct lw_cell *cell)
{
    int pair = alloc_pair(cell->fg, cell->bg);
    return (struct cell_style){.pair = pair > 0 ? pair : 0};
}

static struct cell_style cell_style_of(struct lw_term *t, const struct lw_style *style)
{
    struct lw_style s = lw_style_on(style, t->colours);
    return (struct cell_style){attrs_of(s.attrs), t->colours > 0 ? pair_of(t, s.fg, s.bg) : 0};
}

/* Where a terminal has no italics, emphasis is underlined. */
static attr_t emphasis_of(const struct lw_term *t, uint8_t emph)
{
    attr_t soft = t->has_italics ? WA_ITALIC : WA_UNDERLINE;
    return (emph & LW_EMPH_STRONG ? WA_BOLD : 0) | (emph & LW_EMPH_SOFT ? soft : 0);
}

static void draw_cell(const struct lw_term *t, int row, int col, const struct lw_cell *cell,
    const struct cell_style *style)
{
    wchar_t text[LW_CELL_CPS + 1] = {0};
    cchar_t glyph;
    for (int i = 0; i < LW_CELL_CPS; i++)
        text[i] = (wchar_t)cell->cp[i];
    if (!t->has_lines)
        text[0] = (wchar_t)lw_ascii_line(cell->cp[0]);
    if (setcchar(&glyph, text, style->attrs | emphasis_of(t, cell->emph), 0, &style->pair) == OK)
        mvadd_wch(row, col, &glyph);
}

/* What a cell shows that was erased. */
static bool is_erased(const struct lw_cell *cell, const struct cell_style *style)
{
    return cell->cp[0] == U' ' && !cell->cp[1] && !cell->emph && !style->attrs && !style->pair;
}

/* A row in the order of the screen: where each cell goes, and what it shows there. */
struct arranged {
    struct lw_cell *cell;
    int *place;
};

static void draw_piece(const struct lw_term *t, const struct lw_frame *f, int row,
    struct lw_drawn_piece piece, const struct arranged *a)
{
    /* Blanks that curses takes for other than blank: it neither erases them with what stands beside
     * them nor writes them again to move its cursor, so that pixels stay. */
    static const struct cell_style pixels = {.attrs = WA_INVIS};
    bool whole = piece.to - piece.from == f->cols;
    if (whole) {
        move(row, 0);
        clrtoeol();
    }
    for (int col = piece.from; col < piece.to; col++) {
        int place = a->place[col];
        const struct lw_cell *cell = &a->cell[place];
        if (!cell->cp[0] || place >= COLS)
            continue;
        struct cell_style style = cell->picture ? pixels
                                  : cell->painted
                                      ? painted_style(cell)
                                      : t->style[lw_theme_role_at(f, t->theme, row, col)];
        if (!whole || !is_erased(cell, &style))
            draw_cell(t, row, place, cell, &style);
    }
}

/* False where it is there already. */
static bool draw_cursor(struct lw_term *t, const struct lw_frame *f, struct arranged *a)
{
    int row = f->cursor_row, col = f->cursor_col;
    if (row < f->rows && col < f->cols) {
        lw_visual_arrange(f, row, t->arranges, a->cell, a->place);
        col = a->place[col];
    }
    int at = (row < LINES ? row : LINES - 1) * COLS + (col < COLS ? col : COLS - 1);
    bool moves = t->cursor != f->cursor_shown || t->cursor_at != at;
    t->cursor_at = at;
    move(at / COLS, at % COLS);
    return moves;
}

static void show(struct lw_term *t, const struct lw_frame *f)
{
    struct lw_buf all = {0};
    lw_pixels_uncover(t->pixels, f, t->repaint, &all);
    if (t->repaint)
        clearok(curscr, TRUE);
    t->repaint = false;
    wnoutrefresh(stdscr);
    if (!lw_one_write_begin(&t->out))
        write_bytes(t, &all);
    if (t->cursor != f->cursor_shown)
        curs_set(f->cursor_shown);
    t->cursor = f->cursor_shown;
    doupdate();
    t->repaint = !lw_one_write_end(&t->out, &all);
    lw_pixels_cover(t->pixels, f, &all);
    write_bytes(t, &all);
}

/* What curses shows moves as well, so that it need not be given again. */
static void move_rows(struct lw_term *t, const struct lw_frame *f)
{
    struct lw_drawn_shift s;
    if (f->rows > LINES || f->cols > COLS || !lw_drawn_move(&t->drawn, f, &s))
        return;
    scrollok(stdscr, TRUE);
    setscrreg(s.by < 0 ? s.top + s.by : s.top, s.by > 0 ? s.bottom + s.by : s.bottom);
    scrl(s.by);
    setscrreg(0, LINES - 1);
    scrollok(stdscr, FALSE);
}

/* False where all rows are as they were. */
static bool draw_rows(struct lw_term *t, const struct lw_frame *f, const struct arranged *a)
{
    bool any = false;
    for (int row = 0; row < f->rows && row < LINES; row++) {
        struct lw_drawn_piece piece = lw_drawn_change(&t->drawn, f, row);
        if (piece.from == piece.to)
            continue;
        lw_visual_arrange(f, row, t->arranges, a->cell, a->place);
        draw_piece(t, f, row, piece, a);
        any = true;
    }
    return any;
}

/* All that is drawn otherwise when one of these is other. */
struct drawn_how {
    struct lw_style style[LW_ROLE_COUNT];
    int rows, across, arranges;
};

static void begin_anew(struct lw_term *t, const struct lw_frame *f, const struct drawn_how *how)
{
    for (int i = 0; i < LW_ROLE_COUNT; i++)
        t->style[i] = cell_style_of(t, &t->theme->style[i]);
    erase();
    lw_drawn_begin(&t->drawn, f, how, sizeof *how);
}

void lw_term_draw(struct lw_term *t, const struct lw_frame *f)
{
    struct drawn_how how = {.rows = LINES, .across = COLS, .arranges = t->arranges};
    memcpy(how.style, t->theme->style, sizeof how.style);
    struct arranged a = {
        lw_alloc((size_t)f->cols * sizeof *a.cell), lw_alloc((size_t)f->cols * sizeof *a.place)};
    if (t->repaint || !lw_drawn_so(&t->drawn, f, &how, sizeof how)) {
        begin_anew(t, f, &how);
    } else {
        lw_drawn_compare(&t->drawn, f);
        move_rows(t, f);
    }
    bool changed = draw_rows(t, f, &a) | t->repaint;
    changed |= draw_cursor(t, f, &a);
    free(a.cell);
    free(a.place);
    if (changed)
        show(t, f);
}

void lw_term_arrange(struct lw_term *t, bool ours)
{
    t->arranges = ours;
    write_text(t, ours && t->has_paste ? order_ours : "");
}

void lw_term_redraw(struct lw_term *t)
{
    t->pairs = 0; /* those of another theme are given away: no terminal has many */
    t->repaint = true;
}

bool lw_term_tell(struct lw_term *t, const char *sequence)
{
    if (!t->has_paste || strncmp(termname(), "linux", 5) == 0)
        return false;
    write_text(t, sequence);
    return true;
}

/* ---- input */

int lw_term_fd(const struct lw_term *t)
{
    (void)t;
    return STDIN_FILENO;
}

int lw_term_escdelay(const struct lw_term *t)
{
    return t->escdelay;
}

ssize_t lw_term_read(struct lw_term *t, int *to, size_t n)
{
    size_t got = 0;
    while (got < n && (t->spilt > 0 || read_one(t))) {
        size_t k = t->spilt < n - got ? t->spilt : n - got;
        memcpy(to + got, t->spill, k * sizeof *to);
        memmove(t->spill, t->spill + k, (t->spilt - k) * sizeof *to);
        t->spilt -= k;
        got += k;
    }
    if (got > 0)
        t->gone.barren = 0;
    return got == 0 && n > 0 && lw_hangup_seen(&t->gone, STDIN_FILENO) ? -1 : (ssize_t)got;
}

/* ---- what can be said of a terminal without taking it over */

static void ask_terminfo(struct lw_terminal *to)
{
    int colours;
    const char *no_color = getenv("NO_COLOR");
    enum fitness fitness = fitness_of(to->name, &colours);
    to->known = fitness != UNKNOWN;
    to->fit = fitness == FIT || (!to->known && fitness_of(STAND_IN, &colours) == FIT);
    to->colours = colours > 0 && !(no_color && *no_color) ? colours : 0;
}

void lw_help_find_terminal(struct lw_terminal *to)
{
    const char *term = getenv("TERM");
    struct winsize size;
    *to = (struct lw_terminal){.is_terminal = isatty(STDOUT_FILENO)};
    snprintf(to->name, sizeof to->name, "%s", term ? term : "");
    ask_terminfo(to);
    if (to->is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
        to->rows = size.ws_row;
        to->cols = size.ws_col;
        to->width = size.ws_xpixel;
        to->height = size.ws_ypixel;
    }
}

const char *lw_help_curses_version(void)
{
    return curses_version();
}
