#define _GNU_SOURCE
#include "tui/loop_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/sitting/external_editor.h"
#include "tui/crash_internal.h"
#include "tui/input/burst_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum { INDEX_BYTES = 2 * 1024 * 1024, CODES = 256, PASTE_STALL_MS = 5000, LATE_MS = 3000 };

/* A long paste comes in several reads; what follows within the time belongs to it. */
enum { FLOOD_KEYS = 512, FLOOD_MS = 300 };

/* A serial line, a remote console or a tool that types for its user brings a paste key by key.
 * Hands leave longer gaps, but for a pair now and then; nobody sees an answer come that much later.
 */
enum { GATHER_MS = 15, GATHER_MOST_MS = 250 /* a held key is to show what it does */ };

/* --- signals: a byte in a pipe --------------------------------------------------------------- */

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

/* --- the loop -------------------------------------------------------------------------------- */

struct loop {
    struct lw_app *app;
    struct lw_term *term;
    struct lw_tasks *tasks;
    struct lw_input *decoder;
    struct lw_frame frame;
    const struct lw_config *config;
    struct lw_key *key; /* read, but not yet acted upon */
    size_t nkeys, keys_cap;
    int64_t flood_until; /* monotonic ms: a paste is still coming in */
    size_t reads;        /* how many the keys at hand came in */
    int signals;
    int64_t codes_at;    /* monotonic ms of the last codes */
    struct lw_buf spare; /* the draft, ready to be written should the program crash … */
    int drafts;          /* … in this folder; -1 for none */
    bool leaving, hung_up, interrupted, quit, dirty, typed;
};

static void resize(struct loop *l)
{
    int rows, cols;
    lw_term_size(l->term, &rows, &cols);
    lw_app_resize(l->app, rows, cols);
    l->dirty = true;
}

static void take_signals(struct loop *l)
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
static void edit_outside(struct loop *l)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(l->app->s)->opts;
    struct lw_external_editor o = {
        w->sys, w->dir, w->project->dir, l->config->editor, touch, l->app->s};
    struct lw_buf back = {0};
    struct lw_err err = {0};
    size_t n;
    const char *text = lw_app_external_text(l->app, &n);
    lw_sitting_save_draft(l->app->s);
    lw_crash_takes(false);
    lw_term_leave(l->term);
    bool well = lw_external_editor_run(&o, text, n, &back, &err) == LW_OK;
    lw_term_enter(l->term);
    lw_crash_takes(true);
    resize(l);
    lw_app_external_done(l->app, well ? back.data : NULL, back.len, err.text);
    lw_buf_fini(&back);
}

static void grant(struct loop *l, enum lw_app_action wish)
{
    if (wish == LW_ACTION_EXTERNAL_EDITOR)
        edit_outside(l);
    if (wish == LW_ACTION_LEAVE)
        l->leaving = true;
    if (wish == LW_ACTION_REDRAW)
        lw_term_redraw(l->term);
    if (wish == LW_ACTION_SUSPEND) {
        lw_sitting_save_draft(l->app->s);
        lw_crash_takes(false);
        lw_term_suspend(l->term);
        lw_crash_takes(true);
        resize(l);
    }
}

static void press(struct loop *l, struct lw_key key, const char *paste, size_t n)
{
    l->dirty = l->typed = true;
    if (key.name == LW_KEY_RESIZE)
        resize(l);
    else
        lw_app_key(l->app, key, paste, n);
    grant(l, lw_app_action(l->app));
}

static void press_paste(struct loop *l)
{
    size_t n;
    bool cut;
    const char *paste = lw_input_paste(l->decoder, &n, &cut);
    press(l, (struct lw_key){.name = LW_KEY_PASTE}, paste, n);
    if (cut)
        lw_sitting_notify(
            l->app->s, LW_TONE_WARNING, "Paste too long: only the first MiB was pasted.");
}

static bool is_paste(struct loop *l, const struct lw_key *keys, size_t n)
{
    if (!l->config->paste_guard || n == 0)
        return false;
    bool flooded = n > 1 && l->codes_at < l->flood_until; /* one key is a person's */
    bool paste = flooded || lw_burst_is_paste(keys, n, lw_app_is_typing(l->app));
    if (paste && (flooded || n >= FLOOD_KEYS || l->reads > 1))
        l->flood_until = l->codes_at + FLOOD_MS;
    return paste;
}

static void press_as_paste(struct loop *l, const struct lw_key *keys, size_t n)
{
    struct lw_buf text = {0};
    lw_burst_text(keys, n, &text);
    press(l, (struct lw_key){.name = LW_KEY_PASTE}, text.data ? text.data : "", text.len);
    lw_buf_fini(&text);
}

/* A key may open or close a text: then the rest of the burst means something else, and is judged
 * anew. */
static void press_burst(struct loop *l)
{
    bool typing = !lw_app_is_typing(l->app);
    for (size_t i = 0; i < l->nkeys && !l->leaving; i++) {
        bool types = lw_app_is_typing(l->app);
        if (types != typing && is_paste(l, l->key + i, l->nkeys - i)) {
            press_as_paste(l, l->key + i, l->nkeys - i);
            break;
        }
        typing = types;
        press(l, l->key[i], NULL, 0);
    }
    l->nkeys = 0;
}

static void add_key(struct loop *l, struct lw_key key)
{
    if (l->nkeys == l->keys_cap) {
        l->keys_cap = l->keys_cap ? 2 * l->keys_cap : 64;
        l->key = lw_grow(l->key, l->keys_cap, sizeof *l->key);
    }
    l->key[l->nkeys++] = key;
}

static void take_keys(struct loop *l)
{
    struct lw_key key;
    while (!l->leaving && lw_input_next(l->decoder, &key)) {
        if (key.name != LW_KEY_PASTE) {
            add_key(l, key);
            continue;
        }
        press_burst(l); /* what was typed before it */
        if (!l->leaving)
            press_paste(l);
    }
    press_burst(l);
}

/* `*text`: nothing but characters came, as in a paste; a wheel sends arrows as fast. */
static ssize_t read_codes(struct loop *l, bool *text)
{
    int codes[CODES];
    ssize_t n;
    *text = false;
    while ((n = lw_term_read(l->term, codes, CODES)) > 0) {
        lw_input_feed(l->decoder, codes, (size_t)n);
        *text = true;
        for (ssize_t i = 0; i < n; i++)
            *text = *text && codes[i] < 256 && codes[i] != 0x1B;
    }
    return n;
}

/* Whether more comes at a pace that is no hand's. What goes into a text needs no such look. */
static bool more_comes(struct loop *l)
{
    struct pollfd fd[] = {
        {.fd = lw_term_fd(l->term), .events = POLLIN}, {.fd = l->signals, .events = POLLIN}};
    return l->config->paste_guard && !lw_app_is_typing(l->app) && poll(fd, 2, GATHER_MS) > 0 &&
           !fd[1].revents;
}

static void read_keys(struct loop *l)
{
    bool text;
    ssize_t n;
    if (lw_clock_mono_ms(&lw_sys_real) - l->codes_at > LATE_MS)
        lw_input_forget(l->decoder);
    int64_t until = lw_clock_mono_ms(&lw_sys_real) + GATHER_MOST_MS;
    l->reads = 0;
    do {
        n = read_codes(l, &text);
        l->reads++;
    } while (n >= 0 && text && lw_clock_mono_ms(&lw_sys_real) < until && more_comes(l));
    l->codes_at = lw_clock_mono_ms(&lw_sys_real);
    take_keys(l);
    if (n < 0)
        l->leaving = l->hung_up = l->interrupted = true;
}

static int least(int a, int b)
{
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

/* How long the decoder may still wait for the rest of a key or a paste; -1 when it waits for
 * nothing. */
static int decoder_ms(const struct loop *l)
{
    if (!lw_input_waits(l->decoder))
        return -1;
    int most = lw_input_pastes(l->decoder) ? PASTE_STALL_MS : lw_term_escdelay(l->term);
    int64_t left = l->codes_at + most - lw_clock_mono_ms(&lw_sys_real);
    return left > 0 ? (int)left : 0;
}

static bool indexing(const struct loop *l)
{
    return !lw_tasks_complete(l->tasks) && !lw_tasks_error(l->tasks);
}

static int wait_ms(const struct loop *l)
{
    if ((indexing(l) || lw_app_has_work(l->app)) && !lw_input_waits(l->decoder))
        return 0;
    int ms = least((int)lw_sitting_due(l->app->s), decoder_ms(l));
    ms = least(ms, (int)lw_app_leaving_ms(l->app));
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

static void show(struct loop *l)
{
    if (!l->dirty || l->hung_up)
        return;
    lw_app_draw(l->app, &l->frame);
    lw_term_show(l->term, &l->frame);
    l->dirty = false;
}

/* Keys come first: this is only called when none is waiting. */
static void send_some(struct loop *l)
{
    bool news = l->app->sync && lw_sync_step(l->app->sync);
    if (news || lw_app_leaving_ms(l->app) == 0)
        lw_app_sync_changed(l->app);
    l->dirty = l->dirty || news;
    grant(l, lw_app_action(l->app));
}

/* What was typed since the last draft reaches the disk even when the program crashes. A very long
 * text is not written anew for every key: of it a second may be lost. */
static void ready_draft(struct loop *l)
{
    enum { SPARE_MAX = 256 * 1024 };
    const struct lw_sitting *s = l->app->s;
    char name[LW_DRAFT_NAME];
    bool unsaved = lw_sitting_is_unsaved(s) && l->spare.len <= SPARE_MAX;
    if (unsaved && !l->typed)
        return;
    l->typed = false;
    lw_crash_draft(-1, NULL, NULL, 0);
    if (unsaved && lw_sitting_unsaved_draft(s, &l->drafts, name, &l->spare))
        lw_crash_draft(l->drafts, name, l->spare.data, l->spare.len);
}

static void turn(struct loop *l)
{
    struct pollfd fd[] = {
        {.fd = lw_term_fd(l->term), .events = POLLIN}, {.fd = l->signals, .events = POLLIN}};
    int ready = lw_sync_poll(l->app->sync, fd, 2, wait_ms(l));
    if (fd[1].revents)
        take_signals(l);
    if (fd[0].revents) {
        read_keys(l);
    } else if (decoder_ms(l) == 0) {
        lw_input_timeout(l->decoder);
        take_keys(l);
    }
    if (!fd[0].revents)
        send_some(l);
    if (ready == 0 && lw_app_has_work(l->app))
        l->dirty = lw_app_work(l->app) || l->dirty;
    else if (ready == 0)
        index_more(l);
    if (lw_sitting_due(l->app->s) == 0) {
        lw_sitting_tick(l->app->s);
        l->dirty = true;
    }
}

int lw_loop_run(
    struct lw_app *app, struct lw_term *t, struct lw_tasks *tasks, const struct lw_config *config)
{
    struct loop l = {.app = app,
        .term = t,
        .tasks = tasks,
        .decoder = lw_input_new(),
        .config = config,
        .drafts = -1};
    l.signals = open_signals();
    lw_frame_init(&l.frame, 24, 80);
    resize(&l);
    while (!l.leaving) {
        ready_draft(&l);
        show(&l);
        turn(&l);
    }
    close_signals(l.signals);
    lw_frame_fini(&l.frame);
    lw_input_free(l.decoder);
    free(l.key);
    lw_crash_draft(-1, NULL, NULL, 0);
    lw_buf_fini(&l.spare);
    if (l.drafts >= 0)
        close(l.drafts);
    return l.quit ? 128 + SIGQUIT : l.interrupted ? 130 : 0;
}
