/* A reply that streams in, on the real program: tokens a second against curl in the same run, the
 * processor's time of a stream at the pace of a model, bytes to the terminal against bytes of text,
 * and how long a key waits while tokens come fast. Of those that come as fast as they are taken
 * curl has more: it parses no JSON.
 *
 * usage: bench_talk [quick]     LW_PROGRAM names labelwright; curl is in PATH */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "bench/bench.h"
#include "fixtures/talk_on_terminal.h"

enum { RUNS = 3, QUIET_MS = 200, KEYS = 15, PACE = 50 /* tokens a second */ };

static bool quick;
static struct lw_buf text;

/* ---- tokens a second */

static double curl_seconds(const struct token_server *w)
{
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/v1/chat/completions", w->port);
    const char *words[] = {"curl", "-sN", "-d", "{}", url, "-o"};
    return bench_program((char *const *)(uintptr_t)words, 6, "/dev/null");
}

static double shown_seconds(const struct token_server *w)
{
    struct program_fixture t;
    struct lw_pty *p = talk_on_terminal_open(&t, w, 1, 24, 80);
    double began = bench_seconds();
    talk_on_terminal_say(p);
    talk_on_terminal_wait_here(p);
    double took = bench_seconds() - began;
    talk_on_terminal_close(&t, p);
    return took;
}

static void compare(const char *what, size_t rate, size_t tokens)
{
    double shown[RUNS], curl[RUNS];
    struct token_server w;
    token_server_start(&w, text.data, text.len, tokens);
    w.rate = rate;
    for (int i = 0; i < RUNS; i++) {
        curl[i] = curl_seconds(&w);
        shown[i] = shown_seconds(&w);
    }
    double s = bench_median(shown, RUNS), c = bench_median(curl, RUNS);
    printf("%-34s %9.0f tokens/s, of curl's %8.0f: %5.2f   %s\n", what, (double)tokens / s,
        (double)tokens / c, c / s, rate ? "aim 0.90" : "recorded");
    token_server_stop(&w);
}

static void tokens_a_second(void **state)
{
    (void)state;
    compare("10,000 tokens a second", 10000, quick ? 5000 : 50000);
    compare("as fast as they are taken", 0, quick ? 5000 : 250000);
}

/* ---- at the pace of a model */

static double cpu_seconds(const struct lw_pty *p)
{
    clockid_t clock;
    struct timespec t = {0};
    assert_int_equal(clock_getcpuclockid(lw_pty_pid(p), &clock), 0);
    assert_int_equal(clock_gettime(clock, &t), 0);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Lets tokens come as a model writes them, for that long. */
static void let_come(struct token_server *w, struct lw_pty *p, double seconds)
{
    size_t from = w->allowed;
    double began = bench_seconds(), now;
    while ((now = bench_seconds() - began) < seconds) {
        w->allowed = from + (size_t)(now * PACE);
        lw_pty_settle(p, 10);
    }
}

/* Replies that fill the pane, looked at from their ends. */
static struct lw_pty *open_filled(
    struct program_fixture *t, struct token_server *w, int replies, int rows, int cols)
{
    token_server_start(w, text.data, text.len, SIZE_MAX);
    w->allowed = (size_t)(rows * cols) / LW_TOKEN_BYTES;
    struct lw_pty *p = talk_on_terminal_open(t, w, replies, rows, cols);
    talk_on_terminal_say(p);
    lw_pty_settle(p, 4 * QUIET_MS);
    for (int i = 0; i < replies; i++) {
        lw_pty_type(p, i > 0 ? "oG" : "G");
        lw_pty_settle(p, QUIET_MS);
    }
    return p;
}

static void measure_stream(int replies, int rows, int cols)
{
    struct program_fixture t;
    struct token_server w;
    struct lw_pty *p = open_filled(&t, &w, replies, rows, cols);
    double cpu = cpu_seconds(p), seconds = quick ? 10 : 15;
    size_t bytes = lw_pty_bytes(p), tokens = w.allowed;
    let_come(&w, p, seconds);
    cpu = cpu_seconds(p) - cpu;
    bytes = lw_pty_bytes(p) - bytes;
    tokens = (w.allowed - tokens) * (size_t)replies;
    printf("%d x %d tokens/s at %dx%-18d %8.2f %% of a core                 aim 2\n", replies, PACE,
        cols, rows, 100 * cpu / seconds);
    printf("   bytes to the terminal for a byte of text %6.2f                      aim 2\n",
        (double)bytes / (double)(tokens * LW_TOKEN_BYTES));
    talk_on_terminal_close(&t, p);
    token_server_stop(&w);
}

static void at_the_pace_of_a_model(void **state)
{
    (void)state;
    measure_stream(1, 24, 80);
    measure_stream(2, 24, 80);
    measure_stream(1, 40, 140);
    measure_stream(2, 40, 140);
}

/* ---- keys while it streams */

static double key_seconds(struct lw_pty *p)
{
    double v[KEYS];
    for (int i = 0; i < KEYS; i++) {
        double began = bench_seconds();
        lw_pty_type(p, "?");
        lw_pty_wait_text(p, "KEYS");
        v[i] = bench_seconds() - began;
        lw_pty_type(p, "q");
        lw_pty_wait_gone(p, "KEYS");
    }
    return bench_median(v, KEYS);
}

static void key_while_it_streams(void **state)
{
    (void)state;
    struct program_fixture t;
    struct token_server w;
    token_server_start(&w, text.data, text.len, SIZE_MAX);
    w.rate = 10000;
    struct lw_pty *p = talk_on_terminal_open(&t, &w, 1, 24, 80);
    talk_on_terminal_say(p);
    double streaming = key_seconds(p);
    w.allowed = 0;
    lw_pty_settle(p, 1500);
    double idle = key_seconds(p);
    printf(
        "a key while 10,000 tokens/s come %12.1f ms, idle %.1f ms\n", 1e3 * streaming, 1e3 * idle);
    talk_on_terminal_close(&t, p);
    token_server_stop(&w);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest figures[] = {
        cmocka_unit_test(tokens_a_second),
        cmocka_unit_test(at_the_pace_of_a_model),
        cmocka_unit_test(key_while_it_streams),
    };
    quick = argc > 1 && strcmp(argv[1], "quick") == 0;
    token_server_text(&text, 200 * 1000);
    int failed = cmocka_run_group_tests(figures, NULL, NULL);
    lw_buf_fini(&text);
    return failed;
}
