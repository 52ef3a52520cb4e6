/* Sending to the hostile server: whatever it answers, every label arrives once, and what needs the
 * user is reported. The clock is the test's own, so that no wait takes time. */
#define _GNU_SOURCE
#include "fixtures/app_fixture.h"
#include "fixtures/server_process.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"
#include "labelwright/sync/sync.h"

#include <inttypes.h>

enum { FEW = 30, BATCHES = 2000, BATCH = 2, STEPS_MAX = 1000000 };

struct stage {
    struct server server;
    struct app_fixture app;
    struct lw_http *http; /* sync is not the only one to use it */
    struct lw_sync *sync;
    uint64_t first; /* number of the first label */
};

/* ---- a journal with labels, and a server to send them to */

static json_t *label(int n)
{
    char task[32];
    snprintf(task, sizeof task, "t%d", n);
    return json_pack("{s:s, s:s, s:i, s:s, s:i, s:{s:i}}", "type", "annotate", "task", task,
        "record", n, "sha256", "00", "active_ms", 1000, "answers", "q", n % 5 + 1);
}

static void append_labels(struct stage *t, int n)
{
    json_t **body = lw_alloc((size_t)n * sizeof *body);
    struct lw_event *e = lw_alloc((size_t)n * sizeof *e);
    t->first = lw_journal_head(t->app.w.journal).seq + 1;
    for (int i = 0; i < n; i++)
        body[i] = label(i);
    assert_int_equal(lw_journal_append(t->app.w.journal, body, (size_t)n, e, NULL), LW_OK);
    for (int i = 0; i < n; i++) {
        lw_ledger_fold(t->app.w.ledger, &e[i]);
        json_decref(body[i]);
    }
    free(body);
    free(e);
}

static void stage_open(struct stage *t, const char *const *options, int batch, int labels)
{
    *t = (struct stage){0};
    server_start(&t->server, "hostile_server.py", options);
    char *yaml = lw_format("labelwright: 1\ntasks: [{file: tasks.jsonl}]\n"
                           "questions: [{name: q, type: rating}]\nsync: {to: \"%s\", batch: %d}\n",
        t->server.url, batch);
    app_fixture_make(&t->app, yaml, "{\"id\":\"t0\",\"prompt\":\"x\"}\n");
    t->app.sys.random = lw_sys_real.random;
    app_fixture_open(&t->app);
    append_labels(t, labels);
    t->http = lw_http_new(&t->app.sys, NULL);
    struct lw_sync_opts with = {.http = t->http,
        .sys = &t->app.sys,
        .project = t->app.w.project,
        .config = &t->app.config,
        .journal = t->app.w.journal,
        .ledger = t->app.w.ledger};
    assert_int_equal(lw_sync_open(&with, &t->sync, NULL), LW_OK);
    free(yaml);
}

static void stage_close(struct stage *t)
{
    lw_sync_close(t->sync);
    lw_http_free(t->http);
    app_fixture_end(&t->app);
    server_stop(&t->server);
}

/* Until all is sent or the user is needed. What the engine would wait for is skipped; the network
 * is waited for in earnest. */
static struct lw_sync_status drive(struct stage *t)
{
    struct lw_sync_status now = lw_sync_status(t->sync);
    for (int i = 0; now.state != LW_SYNC_ALL_SENT && now.state != LW_SYNC_NEEDS_YOU; i++) {
        int64_t due = lw_sync_due_ms(t->sync);
        if (i == STEPS_MAX)
            fail_msg("no end after %d steps: %s", i, now.text);
        if (due > 0)
            t->app.now_ms += due;
        lw_sync_poll(t->sync, NULL, 0, due < 0 ? 1000 : 0);
        lw_sync_step(t->sync);
        now = lw_sync_status(t->sync);
    }
    return now;
}

/* ---- what arrived */

/* The journal's lines up to this event, without this one (0: none is missing): new. */
static char *lines_up_to(struct stage *t, uint64_t last, uint64_t without, size_t *n)
{
    size_t all;
    char *text = app_fixture_read(&t->app, "journal/000001.jsonl", &all), *to = text;
    uint64_t seq = 1;
    for (char *at = text, *end; at < text + all && seq <= last; at = end, seq++) {
        end = (char *)memchr(at, '\n', all - (size_t)(at - text)) + 1;
        if (seq == without)
            continue;
        memmove(to, at, (size_t)(end - at));
        to += end - at;
    }
    *n = (size_t)(to - text);
    return text;
}

/* Byte for byte what the journal has, up to where it says that it was sent. */
static void arrived_once(struct stage *t, const char *what, uint64_t without)
{
    size_t n, m;
    uint64_t sent = lw_ledger_delivery(t->app.w.ledger, t->server.url)->sent;
    char *have = server_events(&t->server, &n), *want = lines_up_to(t, sent, without, &m);
    assert_true(sent >= t->first + FEW - 1);
    if (n != m || memcmp(have, want, n) != 0)
        fail_msg(
            "%s: the server has %zu bytes, not the %zu up to event %" PRIu64, what, n, m, sent);
    free(have);
    free(want);
}

/* ---- nothing at all */

/* What takes the batch and then says nothing, or drips, is given up when the caller has waited long
 * enough; the batch stays. */
static void test_what_does_not_answer_is_given_up(void **state)
{
    static const char *const plays[] = {"silence", "slow"};
    (void)state;
    for (size_t i = 0; i < sizeof plays / sizeof *plays; i++) {
        struct stage t;
        const char *const options[] = {"--play", plays[i], NULL};
        stage_open(&t, options, 50, FEW);
        size_t n = 0;
        while (n == 0) { /* until it is there */
            lw_sync_poll(t.sync, NULL, 0, 100);
            lw_sync_step(t.sync);
            free(server_events(&t.server, &n));
        }
        lw_sync_step(t.sync);
        assert_int_equal(lw_sync_stalled_ms(t.sync), 0);
        t.app.now_ms += 21 * 1000;
        lw_sync_step(t.sync);
        assert_int_equal(lw_sync_stalled_ms(t.sync), 21 * 1000);
        lw_sync_give_up(t.sync);
        struct lw_sync_status now = lw_sync_status(t.sync);
        assert_int_equal(now.state, LW_SYNC_OFFLINE);
        assert_int_equal(now.unsent, FEW);
        assert_non_null(strstr(now.text, "does not answer"));
        stage_close(&t);
    }
}

/* ---- beside others */

static void test_a_reply_that_another_took_from_the_network_is_news(void **state)
{
    struct stage t;
    (void)state;
    stage_open(&t, (const char *const[]){NULL}, 50, FEW);
    while (lw_sync_step(t.sync)) /* until there is nothing to do but wait */
        ;
    assert_int_equal(lw_sync_status(t.sync).state, LW_SYNC_SENDING);
    while (lw_sync_status(t.sync).state == LW_SYNC_SENDING) {
        lw_http_poll(t.http, NULL, 0, -1);
        lw_http_work(t.http);
    }
    assert_true(lw_sync_step(t.sync));
    assert_int_equal(drive(&t).unsent, 0);
    arrived_once(&t, "beside others", 0);
    stage_close(&t);
}

/* ---- one by one */

static const struct row {
    const char *play;
    enum lw_sync_state then;
    const char *says; /* NULL: anything */
    bool parks;
    bool stays; /* what it said of the journal counts until it says something else */
} rows[] = {
    {"status_401", LW_SYNC_NEEDS_YOU, "401", false, false},
    {"status_403", LW_SYNC_NEEDS_YOU, "403", false, false},
    {"status_404", LW_SYNC_NEEDS_YOU, "404", false, false},
    {"status_405", LW_SYNC_NEEDS_YOU, "405", false, false},
    {"status_410", LW_SYNC_NEEDS_YOU, "410", false, false},
    {"status_501", LW_SYNC_NEEDS_YOU, "501", false, false},
    {"status_505", LW_SYNC_NEEDS_YOU, "505", false, false},
    {"redirect", LW_SYNC_NEEDS_YOU, "http://localhost:", false, false},
    {"redirect_308", LW_SYNC_NEEDS_YOU, "http://localhost:", false, false},
    {"redirect_escapes", LW_SYNC_NEEDS_YOU, "redirect, not followed", false, false},
    {"fork", LW_SYNC_NEEDS_YOU, "two places", false, false},
    {"ahead", LW_SYNC_NEEDS_YOU, "its end was lost", false, false},
    {"head_elsewhere", LW_SYNC_NEEDS_YOU, "the journal's end was lost", false, true},
    {"rejects_one", LW_SYNC_NEEDS_YOU, NULL, true, false},
    {"refuses_named", LW_SYNC_NEEDS_YOU, NULL, true, false},
    {"refuses_unnamed", LW_SYNC_NEEDS_YOU, NULL, true, false},
    {"too_large", LW_SYNC_ALL_SENT, NULL, false, false},
};

static void stands_at(const struct row *r, struct lw_sync_status now)
{
    if (now.state != r->then)
        fail_msg("%s: state %d, not %d: %s", r->play, now.state, r->then, now.text);
    if (r->says && !strstr(now.text, r->says))
        fail_msg("%s: \"%s\" lacks \"%s\"", r->play, now.text, r->says);
    assert_int_equal(now.parked, r->parks);
}

/* Those that stay until somebody does something: then it goes on. */
static void test_what_stays(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *r = &rows[i];
        struct stage t;
        bool lasts = r->parks || r->then == LW_SYNC_ALL_SENT;
        stage_open(&t,
            (const char *const[]){
                "--play", r->play, "--times", lasts ? "1000" : "1", "--culprit", "5", NULL},
            500, FEW);
        stands_at(r, drive(&t));
        if (!lasts) { /* the server is honest from now on */
            lw_sync_now(t.sync);
            assert_int_equal(drive(&t).state, r->stays ? r->then : LW_SYNC_ALL_SENT);
        }
        arrived_once(&t, r->play, r->parks ? 5 : 0);
        char *said = server_said(&t.server);
        assert_null(strstr(said, "TRAPPED"));
        free(said);
        stage_close(&t);
    }
}

/* A newer reply about the last event replaces the older one. */
static void test_a_later_reply_counts(void **state)
{
    (void)state;
    struct stage t;
    stage_open(
        &t, (const char *const[]){"--play", "head_elsewhere", "--times", "1", NULL}, 500, FEW);
    assert_int_equal(drive(&t).state, LW_SYNC_NEEDS_YOU);
    append_labels(&t, 2);
    lw_sync_now(t.sync);
    for (int i = 0; i < STEPS_MAX && lw_sync_status(t.sync).unsent > 0; i++) {
        lw_sync_poll(t.sync, NULL, 0, 100);
        lw_sync_step(t.sync);
    }
    assert_int_equal(lw_sync_status(t.sync).state, LW_SYNC_ALL_SENT);
    stage_close(&t);
}

/* Those that pass: the user is never needed. Three times each, so that waiting and beginning again
 * are in it. */
static void test_what_passes(void **state)
{
    (void)state;
    char *command =
        lw_format("python3 '%s/tests/servers/hostile_server.py' --list", getenv("LW_SOURCE"));
    char play[64], word[16];
    int n = 0;
    FILE *list = popen(command, "r");
    assert_non_null(list);
    for (; fscanf(list, "%63s %15s %*[^\n]", play, word) == 2;) {
        struct stage t;
        if (strcmp(word, "passes") != 0)
            continue;
        stage_open(&t, (const char *const[]){"--play", play, "--times", "3", NULL}, 500, FEW);
        struct lw_sync_status now = drive(&t);
        if (now.state != LW_SYNC_ALL_SENT)
            fail_msg("%s: needs the user: %s", play, now.text);
        arrived_once(&t, play, 0);
        stage_close(&t);
        n++;
    }
    assert_int_equal(pclose(list), 0);
    assert_true(n > 35);
    free(command);
}

/* ---- all of them, for long */

static void test_thousands_of_batches(void **state)
{
    (void)state;
    struct stage t;
    stage_open(&t, (const char *const[]){"--hostile", "20261122", NULL}, BATCH, BATCHES * BATCH);
    struct lw_sync_status now = drive(&t);
    if (now.state != LW_SYNC_ALL_SENT)
        fail_msg("needs the user: %s", now.text);
    assert_int_equal(now.unsent, 0);
    assert_int_equal(now.parked, 0);
    arrived_once(&t, "hostile", 0);
    assert_true(
        lw_ledger_delivery(t.app.w.ledger, t.server.url)->sent >= t.first + BATCHES * BATCH - 1);
    stage_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_does_not_answer_is_given_up),
        cmocka_unit_test(test_a_reply_that_another_took_from_the_network_is_news),
        cmocka_unit_test(test_a_later_reply_counts),
        cmocka_unit_test(test_what_stays),
        cmocka_unit_test(test_what_passes),
        cmocka_unit_test(test_thousands_of_batches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
