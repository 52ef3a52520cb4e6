/* Opens the terminal, shows the sample frame, and prints the keys that come into it.
 *
 * q ends, ^Z stops, ^L redraws, p leaves the terminal for one line of text. Exit status 42: the
 * terminal was gone. THEME names the theme. At the end it tells how many writes a frame took. */
#define _GNU_SOURCE
#include "sample_frame.h"
#include "tui/input/input_internal.h"
#include "tui/term_internal.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { GONE = 42, KEYS_MAX = 40 };

static int wake[2];

static struct lw_sys counting; /* lw_sys_real, but for: */
static unsigned writes, most_writes;

static ssize_t count_write(const struct lw_sys *sys, int fd, const void *from, size_t n)
{
    (void)sys;
    writes++;
    return lw_sys_real.write(&lw_sys_real, fd, from, n);
}

struct app {
    struct lw_term *term;
    struct lw_input *decoder;
    struct lw_frame frame;
    struct lw_buf keys;
    const char *note;
    bool done, series;
    unsigned nth; /* of the series */
};

static void on_resize(int sig)
{
    (void)sig;
    ssize_t n = write(wake[1], "w", 1);
    (void)n;
}

static void set_up_signals(void)
{
    struct sigaction resized = {.sa_handler = on_resize};
    if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0)
        exit(3);
    sigaction(SIGWINCH, &resized, NULL);
    signal(SIGHUP, SIG_IGN); /* the end of input says the same */
}

static void show(struct app *a)
{
    int rows, cols;
    lw_term_size(a->term, &rows, &cols);
    if (rows != a->frame.rows || cols != a->frame.cols)
        lw_frame_resize(&a->frame, rows, cols);
    if (a->series)
        draw_nth(&a->frame, a->nth);
    else
        draw_sample(&a->frame, a->keys.data ? a->keys.data : "", a->note ? a->note : "");
    writes = 0;
    lw_term_draw(a->term, &a->frame);
    most_writes = writes > most_writes ? writes : most_writes;
}

static void add_key(struct app *a, struct lw_key key)
{
    if (a->keys.len > KEYS_MAX)
        lw_buf_clear(&a->keys);
    if (key.name == LW_KEY_PASTE) {
        size_t n;
        bool cut;
        const char *paste = lw_input_paste(a->decoder, &n, &cut);
        lw_buf_char(&a->keys, '(');
        lw_buf_add(&a->keys, paste, n);
        lw_buf_str(&a->keys, ") ");
        return;
    }
    lw_key_print(key, &a->keys);
    lw_buf_char(&a->keys, ' ');
}

static void visit_shell(struct app *a)
{
    lw_term_leave(a->term);
    printf("outside\n");
    fflush(stdout);
    if (getchar() == EOF)
        exit(3);
    lw_term_enter(a->term);
}

static bool is_key(struct lw_key key, const char *name)
{
    struct lw_key wanted;
    return lw_key_parse(name, &wanted) && lw_key_is_same(key, wanted);
}

static void act(struct app *a, struct lw_key key)
{
    if (is_key(key, "q"))
        a->done = true;
    else if (is_key(key, "^Z"))
        lw_term_suspend(a->term);
    else if (is_key(key, "^L"))
        lw_term_redraw(a->term);
    else if (is_key(key, "p"))
        visit_shell(a);
    else if (a->series)
        a->nth++;
    else
        add_key(a, key);
}

static void act_all(struct app *a)
{
    struct lw_key key;
    while (!a->done && lw_input_next(a->decoder, &key))
        act(a, key);
}

/* False when the terminal is gone. */
static bool read_keys(struct app *a)
{
    int codes[64];
    ssize_t n;
    while ((n = lw_term_read(a->term, codes, 64)) > 0)
        lw_input_feed(a->decoder, codes, (size_t)n);
    act_all(a);
    return n == 0;
}

static int loop(struct app *a)
{
    while (!a->done) {
        struct pollfd fd[] = {
            {.fd = lw_term_fd(a->term), .events = POLLIN}, {.fd = wake[0], .events = POLLIN}};
        char byte;
        show(a);
        int ready = poll(fd, 2, lw_input_waits(a->decoder) ? lw_term_escdelay(a->term) : -1);
        if (ready == 0) {
            lw_input_timeout(a->decoder);
            act_all(a);
        }
        while (read(wake[0], &byte, 1) == 1)
            ;
        if (!read_keys(a))
            return GONE;
    }
    return 0;
}

int main(void)
{
    struct app a = {.decoder = lw_input_new()};
    struct lw_theme theme;
    struct lw_err err = {0};
    const char *name = getenv("THEME"), *nth = getenv("NTH");
    set_up_signals();
    if (!lw_locale_init() ||
        lw_theme_load(&lw_sys_real, name ? name : "dark", &theme, &err) != LW_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 3;
    }
    a.series = nth != NULL;
    a.nth = nth ? (unsigned)strtoul(nth, NULL, 10) : 0;
    lw_frame_init(&a.frame, 0, 0);
    counting = lw_sys_real;
    counting.write = count_write;
    a.term = lw_term_open(&counting, &theme, &a.note, &err);
    if (!a.term)
        fprintf(stderr, "%s\n", err.text);
    int status = a.term ? loop(&a) : lw_exit_status(err.code);
    lw_term_close(a.term);
    printf("writes a frame: %u\n", most_writes);
    lw_frame_fini(&a.frame);
    lw_buf_fini(&a.keys);
    lw_input_free(a.decoder);
    lw_theme_fini(&theme);
    return status;
}
