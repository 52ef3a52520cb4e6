/* The loop: waits for keys, signals and time, and gives each to whom it belongs. _GNU_SOURCE for
 * pipe2. */
#define _GNU_SOURCE
#include "tui/loop_internal.h"

#include "labelwright/sitting/external_editor.h"
#include "tui/announce_internal.h"
#include "tui/app/app_messages_internal.h"
#include "tui/crash_internal.h"
#include "tui/input/keyboard_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum { INDEX_BYTES = 2 * 1024 * 1024, CODES = 256 };

/* ---- signals: a byte in a pipe */

static int pipe_write = -1;
static volatile sig_atomic_t quits;

/* SIGQUIT may be the last means against a program that hangs: the second one ends it here. */
static void on_signal(int number)
{
    if (number == SIGQUIT && quits++)
        lw_crash_now(number);
    int kept = errno;
    char byte = (char)number;
    ssize_t n = write(pipe_write, &byte, 1); /* a full pipe has woken the loop already */
    (void)n;
    errno = kept;
}

static const int watched[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT};

static int open_signals(void)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return -1;
    pipe_write = ends[1];
    struct sigaction act = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        sigaction(watched[i], &act, NULL);
    signal(SIGPIPE, SIG_IGN);
    return ends[0];
}

static void close_signals(int fd)
{
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        signal(watched[i], SIG_IGN);
    close(fd);
    close(pipe_write);
    pipe_write = -1;
}

/* ---- the loop */

struct loop {
    struct lw_app *app;
    struct lw_term *term;
    struct lw_tasks *tasks;
    struct lw_keyboard *keyboard;
    struct lw_frame frame;
    const struct lw_config *config;
    const struct lw_in_use *in_use;
    int signals;
    struct lw_buf spare;      /* the draft, ready to be written should the program crash … */
    int drafts;               /* … in this folder; -1 for none */
    struct lw_buf last_words; /* what a crash writes */
    struct lw_title title;
    bool leaving, hung_up, interrupted, quit, dirty, typed;
};

static void resize(struct loop *l)
{
    int rows, cols;
    lw_term_size(l->term, &rows, &cols);
    lw_app_resize(l->app, rows, cols);
    l->dirty = true;
}

static void set_last_words(struct loop *l)
{
    lw_crash_set_words("");
    lw_buf_clear(&l->last_words);
    lw_buf_str(&l->last_words, lw_term_last_words(l->term));
    lw_buf_str(&l->last_words, l->title.wanted ? LW_TITLE_BACK : "");
    lw_crash_set_words(l->last_words.data);
}

/* Others get the terminal as it was. */
static void leave_terminal(struct loop *l)
{
    lw_crash_set_terminal(false);
    lw_title_give_back(&l->title, l->term);
}

static void return_to_terminal(struct loop *l)
{
    lw_crash_set_terminal(true);
    lw_title_take(&l->title, l->term);
    resize(l);
}

static void read_signals(struct loop *l)
{
    char number;
    while (read(l->signals, &number, 1) == 1) {
        if (number == SIGWINCH)
            resize(l);
        else
            l->leaving = l->interrupted = true;
        l->quit = l->quit || number == SIGQUIT;
    }
}

static void touch(void *sitting)
{
    lw_sitting_touch(sitting);
}

/* The text goes to the user's own editor, and the terminal with it. */
static void run_external_editor(struct loop *l)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(l->app->s)->opts;
    struct lw_external_editor o = {
        w->sys, w->dir, w->project->dir, l->config->editor, touch, l->app->s};
    struct lw_buf back = {0};
    struct lw_err err = {0};
    size_t n;
    const char *text = lw_app_external_text(l->app, &n);
    lw_app_flush(l->app);
    lw_sitting_save_draft(l->app->s);
    leave_terminal(l);
    lw_term_leave(l->term);
    bool well = lw_external_editor_run(&o, text, n, &back, &err) == LW_OK;
    lw_term_enter(l->term);
    return_to_terminal(l);
    lw_app_external_done(l->app, well ? back.data : NULL, back.len, err.text);
    lw_buf_fini(&back);
}

/* Only where the user asked for it: the clipboard is that of the machine they sit at. */
static void copy(struct loop *l)
{
    size_t n;
    const char *s = lw_app_copied(l->app, &n);
    bool typed = l->app->copied.len == 0; /* it is kept for ^U as well */
    if (!l->config->osc52 && typed)
        return;
    if (!l->config->osc52)
        lw_sitting_notify(l->app->s, LW_TONE_WARNING, LW_APP_COPY_OFF);
    else if (n > LW_TERM_COPY_MAX)
        lw_sitting_notify(l->app->s, LW_TONE_WARNING,
            typed ? LW_APP_COPY_LONG : LW_APP_COPY_TOO_LONG, LW_TERM_COPY_MAX);
    else if (!lw_term_copy(l->term, s, n))
        lw_sitting_notify(
            l->app->s, LW_TONE_WARNING, typed ? LW_APP_COPY_NOT : LW_APP_COPY_NO_CLIPBOARD);
}

static void run_action(struct loop *l, enum lw_app_action action)
{
    if (action == LW_ACTION_EXTERNAL_EDITOR)
        run_external_editor(l);
    if (action == LW_ACTION_LEAVE || action == LW_ACTION_REOPEN)
        l->leaving = true;
    if (action == LW_ACTION_COPY)
        copy(l);
    if (action == LW_ACTION_LIST_THEMES) {
        lw_in_use_list_themes(l->in_use, &l->app->themes);
        lw_app_themes_listed(l->app);
    }
    if (action == LW_ACTION_THEME)
        lw_in_use_show_theme(l->in_use, l->app, l->term);
    if (action == LW_ACTION_KEEP_THEME)
        lw_in_use_keep_theme(l->in_use, l->app);
    if (action == LW_ACTION_REMAP)
        lw_in_use_remap(l->in_use, l->app);
    if (action == LW_ACTION_REDRAW)
        lw_term_redraw(l->term);
    if (action == LW_ACTION_SUSPEND) {
        lw_app_flush(l->app);
        lw_sitting_save_draft(l->app->s);
        leave_terminal(l);
        lw_term_suspend(l->term);
        return_to_terminal(l);
    }
}

static void press(struct loop *l, struct lw_key key, const char *paste, size_t n)
{
    l->dirty = l->typed = true;
    if (key.name == LW_KEY_RESIZE)
        resize(l);
    else
        lw_app_key(l->app, key, paste, n);
    run_action(l, lw_app_action(l->app));
}

static void press_all(struct loop *l)
{
    struct lw_key key;
    struct lw_pasted pasted;
    while (!l->leaving && lw_keyboard_next(l->keyboard, lw_app_is_typing(l->app), &key, &pasted)) {
        press(l, key, pasted.text, pasted.n);
        if (pasted.cut)
            lw_sitting_notify(l->app->s, LW_TONE_WARNING, LW_APP_PASTE_CUT);
    }
}

/* All that the terminal has now; -1 when it is gone. */
static ssize_t read_codes(struct loop *l)
{
    int codes[CODES];
    ssize_t n;
    while ((n = lw_term_read(l->term, codes, CODES)) > 0)
        lw_keyboard_feed(l->keyboard, codes, (size_t)n);
    return n;
}

/* Whether more comes at a pace that is no hand's. */
static bool more_comes(struct loop *l)
{
    struct pollfd fd[] = {
        {.fd = lw_term_fd(l->term), .events = POLLIN}, {.fd = l->signals, .events = POLLIN}};
    return poll(fd, 2, LW_GATHER_MS) > 0 && !fd[1].revents;
}

/* What the terminal knows changes how texts are wrapped and pictures read. */
static void learn(struct loop *l)
{
    l->app->pictures.look = lw_term_picture_look(l->term);
    set_last_words(l);
    resize(l);
}

static void read_keys(struct loop *l)
{
    ssize_t n;
    do
        n = read_codes(l);
    while (lw_keyboard_end_read(l->keyboard, lw_app_is_typing(l->app)) && n >= 0 && more_comes(l));
    if (lw_term_learned(l->term))
        learn(l);
    press_all(l);
    if (n < 0)
        l->leaving = l->hung_up = l->interrupted = true;
}

static int least(int a, int b)
{
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

static bool indexing(const struct loop *l)
{
    return !lw_tasks_complete(l->tasks) && !lw_tasks_error(l->tasks);
}

static int wait_ms(const struct loop *l)
{
    if ((indexing(l) || lw_app_has_work(l->app)) && !lw_keyboard_waits(l->keyboard))
        return 0;
    int ms = least((int)lw_sitting_due(l->app->s), lw_keyboard_wait_ms(l->keyboard));
    ms = least(ms, (int)lw_app_leaving_ms(l->app));
    ms = least(ms, (int)lw_desk_due_ms(l->app->desk));
    return l->app->sync ? least(ms, (int)lw_sync_due_ms(l->app->sync)) : ms;
}

static void index_more(struct loop *l)
{
    if (!indexing(l))
        return;
    if (lw_tasks_step(l->tasks, INDEX_BYTES))
        return;
    lw_sitting_indexed(l->app->s);
    l->dirty = true;
}

static void draw_frame(struct loop *l)
{
    if (!l->dirty || l->hung_up)
        return;
    lw_title_show(&l->title, l->term, lw_sitting_view(l->app->s));
    lw_app_draw(l->app, &l->frame);
    lw_term_draw(l->term, &l->frame);
    l->dirty = false;
}

/* Keys come first: this is only called when none is waiting. */
static void send_some(struct loop *l)
{
    bool news = l->app->sync && lw_sync_step(l->app->sync);
    if (news || lw_app_leaving_ms(l->app) == 0)
        lw_app_sync_changed(l->app);
    bool said = lw_app_talk_work(l->app);
    l->dirty = l->dirty || news || said;
    run_action(l, lw_app_action(l->app));
}

/* What was typed since the last draft reaches the disk even when the program crashes. A very long
 * text is not written anew for every key: of it a second may be lost. */
static void ready_draft(struct loop *l)
{
    enum { SPARE_MAX = 256 * 1024 };
    struct lw_sitting *s = l->app->s;
    char name[LW_DRAFT_NAME];
    bool unsaved = lw_sitting_is_unsaved(s) && l->spare.len <= SPARE_MAX && !l->app->input_late;
    if (unsaved && !l->typed)
        return;
    l->typed = false;
    lw_crash_draft(-1, NULL, NULL, 0);
    if (!lw_sitting_is_unsaved(s))
        lw_buf_clear(&l->spare);
    if (unsaved && lw_sitting_unsaved_draft(s, &l->drafts, name, &l->spare))
        lw_crash_draft(l->drafts, name, l->spare.data, l->spare.len);
}

static void turn(struct loop *l)
{
    struct pollfd fd[] = {
        {.fd = lw_term_fd(l->term), .events = POLLIN}, {.fd = l->signals, .events = POLLIN}};
    int ready = lw_sync_poll(l->app->sync, fd, 2, wait_ms(l));
    if (fd[1].revents)
        read_signals(l);
    if (fd[0].revents) {
        read_keys(l);
    } else if (lw_keyboard_wait_ms(l->keyboard) == 0) {
        lw_keyboard_timeout(l->keyboard);
        press_all(l);
    }
    if (!fd[0].revents)
        send_some(l);
    if (ready == 0 && l->app->pictures.waits && lw_term_ask_pixels(l->term, l->config->pictures_by))
        read_keys(l); /* most projects have no picture, so it is not asked before */
    else if (ready == 0 && lw_app_has_work(l->app))
        l->dirty = lw_app_work(l->app) || l->dirty;
    else if (ready == 0)
        index_more(l);
    if (lw_sitting_due(l->app->s) == 0) {
        lw_app_flush(l->app);
        lw_sitting_tick(l->app->s);
        l->dirty = true;
    }
}

int lw_loop_run(struct lw_app *app, struct lw_term *t, struct lw_tasks *tasks,
    const struct lw_config *config, const struct lw_in_use *in_use)
{
    const struct lw_sys *sys = lw_sitting_view(app->s)->opts.sys;
    struct loop l = {.app = app,
        .term = t,
        .tasks = tasks,
        .keyboard = lw_keyboard_new(sys, lw_term_escdelay(t), config->paste_guard),
        .config = config,
        .in_use = in_use,
        .title = {.wanted = config->terminal_title},
        .drafts = -1};
    l.signals = open_signals();
    lw_frame_init(&l.frame, 24, 80);
    lw_term_await_newest(t);
    app->pictures.look = lw_term_picture_look(t);
    lw_title_take(&l.title, t);
    set_last_words(&l);
    resize(&l);
    while (!l.leaving) {
        ready_draft(&l);
        draw_frame(&l);
        turn(&l);
    }
    lw_app_flush(app);
    lw_title_give_back(&l.title, t);
    lw_crash_set_words("");
    lw_buf_fini(&l.last_words);
    close_signals(l.signals);
    lw_frame_fini(&l.frame);
    lw_keyboard_free(l.keyboard);
    lw_crash_draft(-1, NULL, NULL, 0);
    lw_buf_fini(&l.spare);
    if (l.drafts >= 0)
        close(l.drafts);
    return l.quit ? 128 + SIGQUIT : l.interrupted ? 130 : 0;
}
