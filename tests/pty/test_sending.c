/* Labeling while the network and the server misbehave: every key is answered while labels are being
 * sent, and in the end every label has arrived once. */
#define _GNU_SOURCE
#include "fixtures/server_process.h"
#include "fixtures/shared_data.h"
#include "fixtures/terminal_driver.h"

#include <inttypes.h>
#include <unistd.h>

enum { TASKS = 60 };

struct sending {
    struct program_fixture fixture;
    struct server server;
    struct lw_pty *pty;
};

static void begin(struct sending *d, const char *const *options, int batch)
{
    struct lw_buf tasks = {0};
    server_start(&d->server, "hostile_server.py", options);
    char *yaml = lw_format("labelwright: 1\ntitle: Post\ntasks: [tasks.jsonl]\n"
                           "questions: [{name: quality, type: rating, required: true}]\n"
                           "sync: {to: \"%s\", batch: %d}\n",
        d->server.url, batch);
    for (int i = 1; i <= TASKS; i++)
        lw_buf_fmt(&tasks, "{\"id\":\"t%d\",\"prompt\":\"p\",\"response\":\"reply %d.\"}\n", i, i);
    program_fixture_make(&d->fixture, yaml, tasks.data, tasks.len);
    d->pty = program_fixture_open(&d->fixture, 24, 80, NULL);
    lw_buf_fini(&tasks);
    free(yaml);
}

static void end(struct sending *d)
{
    server_stop(&d->server);
    program_fixture_remove(&d->fixture);
}

/* Rates the n-th task; the screen must say that it is saved. */
static void rate(struct sending *d, int n)
{
    char at[32], saved[32];
    snprintf(at, sizeof at, "reply %d.", n);
    snprintf(saved, sizeof saved, "Saved task %d:", n);
    lw_pty_wait_text(d->pty, at);
    lw_pty_type(d->pty, "4\r");
    lw_pty_wait_text(d->pty, saved);
}

/* A key of each kind: scrolling is answered in the panes, the list and help over them. */
static void try_keys(struct sending *d)
{
    lw_pty_type(d->pty, "a");
    lw_pty_wait_text(d->pty, "TASKS: all");
    lw_pty_type(d->pty, "a/rep\r");
    lw_pty_wait_text(d->pty, ": 1 of 1");
    lw_pty_type(d->pty, "?");
    lw_pty_wait_text(d->pty, "KEYS");
    lw_pty_type(d->pty, "q");
    lw_pty_wait_gone(d->pty, "KEYS");
}

static size_t times(const char *text, size_t n, const char *what)
{
    size_t found = 0;
    for (const char *at = text; (at = memmem(at, n - (size_t)(at - text), what, strlen(what)));)
        at += strlen(what), found++;
    return found;
}

/* The server has each label once. */
static void arrived_once(struct sending *d, int labels)
{
    size_t n;
    char *have = server_events(&d->server, &n);
    for (int i = 1; i <= labels; i++) {
        char id[32];
        snprintf(id, sizeof id, "\"task\":\"t%d\"", i);
        if (times(have, n, id) != 1)
            fail_msg("label %d is there %zu times", i, times(have, n, id));
    }
    free(have);
}

static bool has_request(const struct lw_pty *p, void *server)
{
    (void)p;
    char *said = server_said(server);
    bool has = strstr(said, "play ") != NULL;
    free(said);
    return has;
}

/* The request is on its way and never ends: a key that waited for it would never be answered. */
static void keys_are_answered_while(const char *play)
{
    struct sending d;
    begin(&d, (const char *const[]){"--play", play, "--times", "1", NULL}, 500);
    rate(&d, 1);
    lw_pty_type(d.pty, "S");
    lw_pty_wait_text(d.pty, "sending 0 of 1");
    lw_pty_wait(d.pty, has_request, &d.server, "a request at the server");
    try_keys(&d);
    for (int i = 2; i <= 5; i++)
        rate(&d, i);
    lw_pty_wait_text(d.pty, "sending 0 of 5");
    lw_pty_type(d.pty, "q");
    lw_pty_wait_text(d.pty, "Sending    sending 0 of 5");
    lw_pty_type(d.pty, "\r");
    lw_pty_wait_text(d.pty, "leave now, send later");
    lw_pty_type(d.pty, "x");
    assert_int_equal(lw_pty_wait_exit(d.pty), 0);
    lw_pty_free(d.pty);

    assert_int_equal(TRIAL_RUN(&d.fixture, NULL, "sync"), 0);
    arrived_once(&d, 5);
    end(&d);
}

static void test_a_server_that_says_nothing(void **state)
{
    (void)state;
    keys_are_answered_while("silence");
}

static void test_a_byte_a_second(void **state)
{
    (void)state;
    keys_are_answered_while("slow");
}

/* S tells at once that it sends, or opens the page that tells why it could not. */
static bool is_told(const struct lw_pty *p, void *ctx)
{
    (void)ctx;
    const char *screen = lw_pty_screen(p);
    return strstr(screen, "SENDING") || strstr(screen, "Sending ") || strstr(screen, "Sent ") ||
           strstr(screen, "Server not reached.") || strstr(screen, "Nothing to send.");
}

static void press_send(struct sending *d)
{
    lw_pty_type(d->pty, "4"); /* takes an older message off the screen */
    lw_pty_wait_text(d->pty, "Quality = 4");
    lw_pty_type(d->pty, "S");
    lw_pty_wait(d->pty, is_told, NULL, "what S does");
    if (!strstr(lw_pty_screen(d->pty), "SENDING"))
        return;
    lw_pty_type(d->pty, "x");
    lw_pty_wait_gone(d->pty, "SENDING");
}

static bool settled(const struct lw_pty *p, void *ctx)
{
    (void)ctx;
    const char *screen = lw_pty_screen(p);
    return strstr(screen, "all sent") || strstr(screen, "offline");
}

/* S goes on at once where the program itself would wait. */
static void send_all(struct sending *d)
{
    for (int i = 0; i < 2000 && !strstr(lw_pty_screen(d->pty), "all sent"); i++) {
        press_send(d);
        lw_pty_wait(d->pty, settled, NULL, "all sent, or offline");
    }
}

static void test_a_day_with_a_hostile_server(void **state)
{
    (void)state;
    struct sending d;
    begin(&d, (const char *const[]){"--hostile", "7", NULL}, 3);
    for (int i = 1; i <= TASKS; i++) {
        rate(&d, i);
        if (i == TASKS) {
            lw_pty_wait_text(d.pty, "ALL TASKS FINISHED");
            lw_pty_type(d.pty, "K");
        }
        if (i % 10 == 0)
            press_send(&d);
    }
    send_all(&d);
    lw_pty_wait_text(d.pty, "all sent");
    program_fixture_leave(d.pty);
    char *said = server_said(&d.server);
    assert_true(times(said, strlen(said), "POST") > TASKS / 3); /* some had to go again */
    free(said);
    arrived_once(&d, TASKS);
    end(&d);
}

static void test_offline_and_back(void **state)
{
    (void)state;
    struct sending d;
    begin(&d, (const char *const[]){"--play", "drop_before", "--times", "1", NULL}, 500);
    rate(&d, 1);
    lw_pty_type(d.pty, "S");
    lw_pty_wait_text(d.pty, "offline, 1 to send");
    rate(&d, 2);
    lw_pty_wait_text(d.pty, "offline, 2 to send");
    lw_pty_type(d.pty, "S");
    lw_pty_wait_text(d.pty, "all sent");
    lw_pty_type(d.pty, "q");
    lw_pty_wait_gone(d.pty, "SENDING");
    program_fixture_leave(d.pty);
    arrived_once(&d, 2);
    end(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_server_that_says_nothing),
        cmocka_unit_test(test_a_byte_a_second),
        cmocka_unit_test(test_a_day_with_a_hostile_server),
        cmocka_unit_test(test_offline_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
