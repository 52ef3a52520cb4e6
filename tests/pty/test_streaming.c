/* Replies that stream in, on a terminal: what they cost on a slow line, and that keys are answered
 * however fast and long they come. */
#define _GNU_SOURCE
#include "fixtures/talk_on_terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    QUIET_MS = 200, /* longer than it takes until what came is shown */
    STEP = 10,      /* tokens */
    STEPS = 40,
    FAST = 20000,           /* tokens a second */
    LARGE = 4096,           /* bytes of a token, to be done soon */
    MEMORY_MOST = 96 * 1024 /* KiB, for a reply of 4 MiB, its draft and its lines */
};

static struct lw_buf text;

static void wait_sent(struct lw_pty *p, const struct token_server *w, size_t tokens)
{
    while (w->sent < tokens)
        lw_pty_settle(p, 1);
    lw_pty_settle(p, QUIET_MS);
}

/* Bytes to the terminal for a byte of text, the reader being at the ends of what comes. */
static double cost(size_t replies, int rows, int cols)
{
    struct program_fixture t;
    struct token_server w;
    token_server_start(&w, text.data, text.len, SIZE_MAX);
    w.allowed = (size_t)(rows * cols) / LW_TOKEN_BYTES; /* fills the screen */
    struct lw_pty *p = talk_on_terminal_open(&t, &w, (int)replies, rows, cols);
    talk_on_terminal_say(p);
    wait_sent(p, &w, replies * w.allowed);
    for (size_t i = 0; i < replies; i++) {
        lw_pty_type(p, i > 0 ? "oG" : "G");
        lw_pty_settle(p, QUIET_MS);
    }
    size_t before = lw_pty_bytes(p);
    for (size_t i = 0; i < STEPS; i++) {
        w.allowed += STEP;
        wait_sent(p, &w, replies * w.allowed);
    }
    double ratio =
        (double)(lw_pty_bytes(p) - before) / (double)(replies * STEPS * STEP * LW_TOKEN_BYTES);
    print_message("%zu at %dx%d: %.2f bytes for a byte of text\n", replies, cols, rows, ratio);
    talk_on_terminal_close(&t, p);
    token_server_stop(&w);
    return ratio;
}

static void writes_at_most_two_bytes_for_a_byte_that_streams_in(void **state)
{
    (void)state;
    assert_true(cost(1, 24, 80) <= 2);
    assert_true(cost(2, 24, 80) <= 2);
    assert_true(cost(1, 40, 140) <= 2);
}

/* Nothing above the replies changes while they come. */
static void leaves_the_conversation_alone(void **state)
{
    (void)state;
    struct program_fixture t;
    struct token_server w;
    token_server_start(&w, text.data, text.len, SIZE_MAX);
    w.allowed = 5;
    struct lw_pty *p = talk_on_terminal_open(&t, &w, 1, 24, 80);
    talk_on_terminal_say(p);
    wait_sent(p, &w, 5);
    size_t before = lw_pty_bytes(p);
    w.allowed += 50;
    wait_sent(p, &w, w.allowed);
    assert_null(strstr(lw_pty_output(p, before), "Which?"));
    assert_null(strstr(lw_pty_output(p, before), "coming"));
    talk_on_terminal_close(&t, p);
    token_server_stop(&w);
}

static void answers_keys_however_fast_tokens_come(void **state)
{
    (void)state;
    struct program_fixture t;
    struct token_server w;
    token_server_start(&w, text.data, text.len, SIZE_MAX);
    w.rate = FAST;
    struct lw_pty *p = talk_on_terminal_open(&t, &w, 2, 24, 80);
    talk_on_terminal_say(p);
    lw_pty_wait_text(p, "Part 1 of the answer"); /* keys come first, and may end it before */
    for (int i = 0; i < 5; i++) {
        lw_pty_type(p, "?");
        lw_pty_wait_text(p, "KEYS");
        lw_pty_type(p, "q");
        lw_pty_wait_gone(p, "KEYS");
    }
    lw_pty_type(p, "\x18");
    lw_pty_wait_text(p, "Stopped.");
    talk_on_terminal_close(&t, p);
    token_server_stop(&w);
}

static long peak_memory(const struct lw_pty *p)
{
    char path[64], line[256];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", lw_pty_pid(p));
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f))
        sscanf(line, "VmHWM: %ld", &kib);
    fclose(f);
    return kib;
}

static bool is_sanitized(void)
{
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
    return true;
#endif
#elif defined(__SANITIZE_ADDRESS__)
    return true;
#endif
    return false;
}

static void ends_an_endless_reply_at_4_mib(void **state)
{
    (void)state;
    struct program_fixture t;
    struct token_server w;
    token_server_start(&w, text.data, text.len, SIZE_MAX);
    w.token_bytes = LARGE;
    struct lw_pty *p = talk_on_terminal_open(&t, &w, 1, 24, 80);
    long before = peak_memory(p);
    talk_on_terminal_say(p);
    lw_pty_wait_text(p, "The answer is longer than 4 MiB.");
    lw_pty_type(p, "G");
    lw_pty_wait_gone(p, "Part 1 of the answer");
    long grown = peak_memory(p) - before;
    print_message("%ld KiB for it\n", grown);
    assert_true(is_sanitized() || grown < MEMORY_MOST);
    program_fixture_leave(p);
    program_fixture_remove(&t);
    token_server_stop(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_at_most_two_bytes_for_a_byte_that_streams_in),
        cmocka_unit_test(leaves_the_conversation_alone),
        cmocka_unit_test(answers_keys_however_fast_tokens_come),
        cmocka_unit_test(ends_an_endless_reply_at_4_mib),
    };
    token_server_text(&text, 200 * 1000);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    lw_buf_fini(&text);
    return failed;
}
