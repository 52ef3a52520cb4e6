/* The start screen on the terminal: takes it over, draws, waits for keys, and looks at one more
 * project or file while there are none. What it lists is workspace's; what keys mean,
 * start_keys.c's.
 */
#define _GNU_SOURCE
#include "labelwright/tui/start.h"

#include "tui/app/start_keys_internal.h"
#include "tui/crash_internal.h"
#include "tui/input/keyboard_internal.h"
#include "tui/term_internal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CODES = 64, FIRST_MS = 60 /* of looking before the first frame */ };

static volatile sig_atomic_t ended, resized;

static void on_signal(int number)
{
    *(number == SIGWINCH ? &resized : &ended) = 1;
}

static const int watched[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT};
enum { WATCHED = sizeof watched / sizeof *watched };

struct start {
    const struct lw_start_opts *opts;
    struct lw_term *term;
    struct lw_keyboard *keyboard;
    struct lw_start_list list;
    struct lw_start_screen screen;
    struct lw_frame frame;
    struct sigaction was[WATCHED];
    sigset_t unblocked;
    enum lw_start_act act;
    bool gone;
};

/* Signals come only while it waits, so that none is missed. */
static void watch(struct start *s)
{
    sigset_t set;
    sigemptyset(&set);
    struct sigaction act = {.sa_handler = on_signal};
    for (size_t i = 0; i < WATCHED; i++) {
        sigaddset(&set, watched[i]);
        sigaction(watched[i], &act, &s->was[i]);
    }
    sigprocmask(SIG_BLOCK, &set, &s->unblocked);
}

static void unwatch(struct start *s)
{
    for (size_t i = 0; i < WATCHED; i++)
        sigaction(watched[i], &s->was[i], NULL);
    sigprocmask(SIG_SETMASK, &s->unblocked, NULL);
}

static void draw(struct start *s)
{
    struct lw_start_screen *screen = &s->screen;
    lw_term_size(s->term, &screen->rows, &screen->cols);
    lw_start_follow(screen);
    lw_frame_resize(&s->frame, screen->rows, screen->cols);
    lw_view_start(screen, lw_area_all(&s->frame));
    lw_term_draw(s->term, &s->frame);
}

static void press_all(struct start *s)
{
    struct lw_key key;
    struct lw_pasted pasted;
    while (s->act == LW_START_NOTHING && lw_keyboard_next(s->keyboard, false, &key, &pasted)) {
        if (key.name == LW_KEY_PASTE || key.name == LW_KEY_RESIZE)
            continue;
        s->act = lw_start_key(&s->screen, key);
        if (s->act == LW_START_REDRAW)
            lw_term_redraw(s->term);
        if (s->act == LW_START_SUSPEND)
            lw_term_suspend(s->term);
        if (s->act == LW_START_REDRAW || s->act == LW_START_SUSPEND)
            s->act = LW_START_NOTHING;
    }
}

static void read_keys(struct start *s)
{
    int codes[CODES];
    ssize_t n;
    while ((n = lw_term_read(s->term, codes, CODES)) > 0)
        lw_keyboard_feed(s->keyboard, codes, (size_t)n);
    lw_keyboard_end_read(s->keyboard, false);
    if (n < 0)
        s->gone = true;
    lw_term_learned(s->term);
    press_all(s);
}

/* Milliseconds; -1: until something comes. */
static int wait_for(struct start *s, int ms)
{
    struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};
    struct pollfd fd = {.fd = lw_term_fd(s->term), .events = POLLIN};
    int n = ppoll(&fd, 1, ms < 0 ? NULL : &t, &s->unblocked);
    s->gone = s->gone || ended;
    return n > 0 ? 1 : n == 0 ? 0 : -1;
}

static void turn(struct start *s, bool *more)
{
    int key = lw_keyboard_wait_ms(s->keyboard);
    int ready = wait_for(s, *more ? 0 : key);
    if (ready > 0) {
        read_keys(s);
    } else if (lw_keyboard_wait_ms(s->keyboard) == 0) {
        lw_keyboard_timeout(s->keyboard);
        press_all(s);
    } else if (ready == 0 && *more) {
        *more = lw_start_list_step(s->opts->sys, s->opts->config, &s->list);
    }
    resized = 0;
}

static void run(struct start *s)
{
    bool more = true;
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    do { /* most of it is known at once: then nothing appears late */
        more = lw_start_list_step(s->opts->sys, s->opts->config, &s->list);
        clock_gettime(CLOCK_MONOTONIC, &b);
    } while (more && (b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000 < FIRST_MS);
    while (s->act == LW_START_NOTHING && !s->gone) {
        draw(s);
        turn(s, &more);
    }
}

static void take_choice(const struct start *s, enum lw_start_want *want, char **what)
{
    struct lw_start_entry at = s->screen.at;
    *want = LW_START_WANTS_NOTHING;
    *what = NULL;
    if (s->gone || s->act == LW_START_LEAVE)
        return;
    if (at.kind == LW_START_SAMPLE)
        *want = LW_START_WANTS_SAMPLE;
    else
        *want = s->act == LW_START_MAKE ? LW_START_WANTS_COPY : LW_START_WANTS_PATH;
    *what = lw_strdup(at.kind == LW_START_SAMPLE ? s->list.sample[at.i].name
                      : at.kind == LW_START_FILE ? s->list.file[at.i].name
                                                 : s->list.project[at.i].path);
}

static enum lw_code run_on_terminal(
    struct start *s, const struct lw_theme *theme, struct lw_err *err)
{
    const char *note;
    lw_crash_arm();
    s->term = lw_term_open(s->opts->sys, theme, &note, err);
    if (s->term) {
        lw_crash_set_terminal(true);
        lw_oom_hook = lw_term_restore;
        s->keyboard =
            lw_keyboard_new(s->opts->sys, lw_term_escdelay(s->term), s->opts->config->paste_guard);
        lw_frame_init(&s->frame, 24, 80);
        lw_term_await_newest(s->term);
        watch(s);
        run(s);
        unwatch(s);
        lw_frame_fini(&s->frame);
        lw_keyboard_free(s->keyboard);
        lw_crash_set_terminal(false);
        lw_term_close(s->term);
        lw_oom_hook = NULL;
    }
    lw_crash_disarm();
    return s->term ? LW_OK : err->code;
}

enum lw_code lw_start_run(const struct lw_start_opts *opts, enum lw_start_want *want, char **what,
    int *status, struct lw_err *err)
{
    struct lw_theme theme = {0};
    struct start s = {.opts = opts};
    const char *name = opts->theme ? opts->theme : opts->config->theme;
    char *here = getcwd(NULL, 0);
    enum lw_code code = lw_theme_load(opts->sys, name ? name : lw_theme_names()[0], &theme, err);
    if (code == LW_OK) {
        lw_start_list_find(opts->sys, opts->samples, &s.list);
        s.screen = (struct lw_start_screen){.list = &s.list, .folder = here ? here : ""};
        s.screen.at = lw_start_nth(&s.screen, 0);
        code = run_on_terminal(&s, &theme, err);
        take_choice(&s, want, what);
        *status = s.gone ? 130 : 0;
        lw_start_list_fini(&s.list);
    }
    lw_theme_fini(&theme);
    free(here);
    return code;
}
