/* Models that answer in every way that servers have been seen to, 2,000 times in random order and
 * eight at once: what came is there, whatever became of it, and nothing hangs. */
#define _GNU_SOURCE
#include "fixtures/server_process.h"
#include "labelwright/base/buf.h"
#include "labelwright/base/clock.h"
#include "labelwright/model/models.h"
#include "labelwright/text/utf8.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define FFFD "\xEF\xBF\xBD"
#define TOKEN "s3cret-token-of-ana"
enum { STREAMS = 2000, AT_ONCE = 8, PIECE = 5, GIANT = 300, ENOUGH = 64 * 1024 };

/* ---- the plays of hostile_model.py */

enum becomes {
    WHOLE, /* DONE, with all of the text */
    HALF,  /* CUT, with the first half of its pieces */
    ENDS,  /* is stopped by the user: CUT, with some of it */
    NONE   /* FAILED */
};

static const struct row {
    const char *play;
    enum becomes becomes;
    const char *says; /* a part of the sentence; NULL where there is none */
} rows[] = {
    {"plain", WHOLE, NULL}, {"at_once", WHOLE, NULL}, {"one_byte", WHOLE, NULL},
    {"crlf", WHOLE, NULL}, {"cr", WHOLE, NULL}, {"comments", WHOLE, NULL}, {"no_done", WHOLE, NULL},
    {"no_end_of_chunks", WHOLE, NULL}, {"after_done", WHOLE, NULL}, {"never_closes", WHOLE, NULL},
    {"not_streamed", WHOLE, NULL}, {"wrong_type", WHOLE, NULL}, {"giant", WHOLE, NULL},
    {"split_characters", WHOLE, NULL}, {"no_utf8", WHOLE, NULL},
    {"cut", HALF, "The connection broke"},
    {"ends_unfinished", HALF, "before the server said that the answer was complete"},
    {"reset", HALF, "The connection broke"},
    {"error_inside", HALF, "The server broke off: out of memory."},
    {"no_json_inside", HALF, "something that is not JSON"}, {"endless", ENDS, "You stopped it."},
    {"drip", ENDS, "You stopped it."}, {"stalls", ENDS, "You stopped it."},
    {"refused", NONE, "answered 401: login refused. Set the right token"},
    {"forbidden", NONE,
        "Ask for access, or set another token in your config.yaml. It says: Not for you"},
    {"absent", NONE, "404: no such model or address. Check `model`, `url` and `api`"},
    {"too_often", NONE, "too many requests. Ask again later in 7 s. It says: Slow down"},
    {"overloaded", NONE, "503: it is overloaded. Ask again later in 30 s."},
    {"broken", NONE, "500: it has failed. Ask again later."},
    {"redirect", NONE, "Put the new address in `url` in your config.yaml: https://elsewhere"},
    {"error_at_once", NONE, "The server broke off: out of memory."},
    {"web_page", NONE, "There is a web page at this address"},
    {"nonsense", NONE, "This is not the answer of a model. Check `url` and `api` of \"nonsense\""},
    {"empty", NONE, "This is not the answer of a model."},
    {"says_nothing", NONE, "without any text"}, {"hangs_up", NONE, "The server cannot be reached"},
    {"silence", NONE, "You stopped it."},
    {"certificate", NONE, "The connection is not allowed"}, /* plain, with a wrong certificate */
};

/* ---- the stage: a server, and a model for each API and play */

static const char folder_of_tests[] = "/tmp/lw-models-XXXXXX";

struct stage {
    struct server server;
    char folder[sizeof folder_of_tests];
    char origin[40], secure[40];
    struct lw_model model[LW_API_COUNT][COUNT(rows)];
    struct lw_endpoint endpoint;
    struct lw_config config;
    struct lw_sys sys;
    int64_t skipped_ms; /* by the clock of the test */
    struct lw_http *http;
    struct lw_models *models;
};

static int clock_ahead(const struct lw_sys *sys, clockid_t which, struct timespec *to)
{
    const struct stage *t = sys->ctx;
    int result = lw_sys_real.clock(&lw_sys_real, which, to);
    to->tv_sec += t->skipped_ms / 1000;
    return result;
}

static void run(const char *command)
{
    if (system(command) != 0)
        fail_msg("%s", command);
}

static void write_secret(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_int_equal(write(fd, TOKEN "\n", sizeof TOKEN), sizeof TOKEN);
    close(fd);
}

static void read_ports(struct stage *t)
{
    int port = 0;
    char *path = lw_format("%s/port", t->folder);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_int_equal(fscanf(f, "%d", &port), 1);
    fclose(f);
    free(path);
    snprintf(t->secure, sizeof t->secure, "https://127.0.0.1:%d", port);
    *strstr(t->server.url, "/v1") = '\0';
    snprintf(t->origin, sizeof t->origin, "%.39s", t->server.url);
}

static void make_models(struct stage *t)
{
    for (int api = 0; api < LW_API_COUNT; api++)
        for (size_t i = 0; i < COUNT(rows); i++) {
            bool tls = strcmp(rows[i].play, "certificate") == 0;
            t->model[api][i] = (struct lw_model){.role = (char *)(uintptr_t)rows[i].play,
                .api = (enum lw_api_kind)api,
                .url = tls ? t->secure : t->origin,
                .name = (char *)(uintptr_t)(tls ? "plain" : rows[i].play)};
        }
}

static int set_up(void **state)
{
    struct stage *t = lw_alloc(sizeof *t);
    memcpy(t->folder, folder_of_tests, sizeof t->folder);
    assert_non_null(mkdtemp(t->folder));
    char *command = lw_format("\"$LW_SOURCE/tests/servers/certificates.sh\" %s", t->folder);
    run(command);
    free(command);
    server_start(&t->server, "hostile_model.py", (const char *const[]){"--tls", t->folder, NULL});
    read_ports(t);
    make_models(t);
    t->endpoint =
        (struct lw_endpoint){.origin = t->origin, .token_file = lw_format("%s/token", t->folder)};
    write_secret(t->endpoint.token_file);
    t->config = (struct lw_config){.endpoint = &t->endpoint, .nendpoint = 1};
    t->sys = lw_sys_real;
    t->sys.clock = clock_ahead;
    t->sys.ctx = t;
    t->http = lw_http_new(&t->sys, NULL);
    t->models = lw_models_new(&t->sys, &t->config, t->http);
    *state = t;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *t = *state;
    lw_models_free(t->models);
    lw_http_free(t->http);
    server_stop(&t->server);
    char *command = lw_format("rm -r %s", t->folder);
    run(command);
    free(command);
    free(t->endpoint.token_file);
    free(t);
    return 0;
}

static const struct lw_model *find_model(
    const struct stage *t, enum lw_api_kind api, const char *play)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (strcmp(rows[i].play, play) == 0)
            return &t->model[api][i];
    fail_msg("no play %s", play);
    return NULL;
}

static struct lw_call *ask(struct stage *t, const struct lw_model *which, const char *text)
{
    struct lw_err err = {0};
    json_t *messages = json_pack("[{s:s, s:s}]", "role", "user", "content", text),
           *parameters = json_pack("{s:s}", "temperature", "0.7");
    struct lw_call *c = lw_call_start(t->models, which, messages, NULL, parameters, &err);
    assert_string_equal(err.text, "");
    json_decref(messages);
    json_decref(parameters);
    return c;
}

static void wait_for_news(struct stage *t)
{
    do {
        int64_t due = lw_models_due_ms(t->models);
        lw_http_poll(t->http, NULL, 0, due > 1000 || due < 0 ? 1000 : (int)due);
    } while (!lw_models_work(t->models));
}

static bool is_over(struct lw_call *c)
{
    return lw_call_answer(c)->state >= LW_CALL_DONE;
}

/* ---- what is to come back */

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13, *state ^= *state >> 7, *state ^= *state << 17;
    return *state;
}

/* Letters of many scripts, marks, emoji, what steers a terminal, what JSON escapes. New string. */
static char *make_text(uint64_t *chance)
{
    static const char *const parts[] = {"a", "Hello ", "phở ", "é", "e\xCC\x81", "한국", "مرحبا",
        "👩‍💻", "\x1b[31m", "\x1b]0;x\x07", "\r", "\n", "\t", "\"", "\\", "\\u0041", "</p>",
        "\xC2\x9B", "\xE2\x80\xAE", "\x7f", "data: ", "[DONE]", "\n\n", "{", "}",
        "\xF4\x8F\xBE\x80", FFFD};
    struct lw_buf b = {0};
    for (size_t n = 1 + next_random(chance) % 60; n > 0; n--)
        lw_buf_str(&b, parts[next_random(chance) % COUNT(parts)]);
    return lw_buf_detach(&b);
}

static size_t bytes_of(const char *text, size_t characters)
{
    size_t at = 0, n = strlen(text);
    for (char32_t cp; characters > 0 && at < n; characters--)
        at += lw_utf8_decode(text + at, n - at, &cp);
    return at;
}

static size_t count(const char *text)
{
    size_t characters = 0;
    for (size_t at = 0, n = strlen(text); at < n; characters++)
        at += bytes_of(text + at, 1);
    return characters;
}

/* What the play makes of the text, as far as it is known beforehand. New string. */
static char *make_wanted(const struct row *row, const char *text)
{
    struct lw_buf b = {0};
    size_t pieces = (count(text) + PIECE - 1) / PIECE;
    lw_buf_str(&b, "");
    if (row->becomes == WHOLE)
        for (int n = strcmp(row->play, "giant") == 0 ? GIANT : 1; n > 0; n--)
            lw_buf_str(&b, text);
    if (strcmp(row->play, "no_utf8") == 0)
        lw_buf_str(&b, FFFD FFFD FFFD);
    if (row->becomes == HALF)
        lw_buf_add(&b, text, bytes_of(text, pieces / 2 * PIECE));
    return lw_buf_detach(&b);
}

/* Whether `s` is the beginning of the text said again and again. */
static bool repeats(struct lw_span s, const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i] != text[i % n])
            return false;
    return true;
}

static void check(const struct row *row, const char *text, const struct lw_call_answer *a)
{
    char *wanted = make_wanted(row, text);
    enum lw_call_state state =
        row->becomes == WHOLE ? LW_CALL_DONE
        : row->becomes == NONE || (row->becomes == HALF && !*wanted) || a->text.n == 0
            ? LW_CALL_FAILED
            : LW_CALL_CUT;
    bool same = a->text.n == strlen(wanted) && memcmp(a->text.s, wanted, a->text.n) == 0;
    if (a->state != state || !(row->becomes == ENDS ? repeats(a->text, text) : same))
        fail_msg("%s: state %d, not %d (%s), text %.*s, not %s", row->play, (int)a->state,
            (int)state, a->error ? a->error : "no error", (int)a->text.n, a->text.s, wanted);
    bool told = state == LW_CALL_DONE ? !a->error : a->error && *a->error;
    if (!told || (row->says && *wanted && !strstr(a->error, row->says)) ||
        (row->says && row->becomes != HALF && !strstr(a->error, row->says)))
        fail_msg("%s says: %s", row->play, a->error ? a->error : "nothing");
    assert_true(!a->error || !strstr(a->error, TOKEN));
    assert_true(lw_utf8_valid(a->text.s, a->text.n, NULL));
    if (state == LW_CALL_DONE && strcmp(row->play, "not_streamed") != 0)
        assert_string_equal(a->model, "echo-1");
    free(wanted);
}

/* ---- thousands, in random order */

struct asked {
    const struct row *row;
    char *text;
    struct lw_call *call;
};

static void begin(struct stage *t, struct asked *a, uint64_t *chance)
{
    a->row = &rows[next_random(chance) % COUNT(rows)];
    a->text = make_text(chance);
    a->call = ask(t, &t->model[next_random(chance) % LW_API_COUNT][a->row - rows], a->text);
}

/* True when it has ended and was as it should be. */
static bool look(struct asked *a)
{
    const struct lw_call_answer *so_far = lw_call_answer(a->call);
    bool endless = strcmp(a->row->play, "endless") == 0, silent = a->row->becomes == NONE;
    if (a->row->becomes == ENDS && so_far->bytes > 0 && so_far->text.n >= (endless ? ENOUGH : 0))
        lw_call_stop(a->call);
    if (silent && strcmp(a->row->play, "silence") == 0)
        lw_call_stop(a->call);
    if (!is_over(a->call))
        return false;
    check(a->row, a->text, lw_call_answer(a->call));
    lw_call_free(a->call);
    free(a->text);
    *a = (struct asked){0};
    return true;
}

static void loses_nothing_of_thousands_of_streams(void **state)
{
    struct stage *t = *state;
    struct asked now[AT_ONCE] = {0};
    const char *given = getenv("LW_SEED");
    uint64_t chance = given ? strtoull(given, NULL, 10) | 1 : 20261129;
    for (int begun = 0, over = 0; over < STREAMS;) {
        for (int i = 0; i < AT_ONCE; i++)
            if (!now[i].call && begun < STREAMS) {
                begin(t, &now[i], &chance);
                begun++;
            }
        wait_for_news(t);
        for (int i = 0; i < AT_ONCE; i++)
            over += now[i].call && look(&now[i]);
    }
    assert_false(lw_models_busy(t->models));
    assert_false(lw_http_busy(t->http));
}

static void knows_every_play_of_the_server(void **state)
{
    char *command =
             lw_format("python3 \"$LW_SOURCE/tests/servers/hostile_model.py\" --list | wc -l"),
         *end;
    char line[20] = "";
    FILE *f = popen(command, "r");
    (void)state;
    assert_non_null(fgets(line, sizeof line, f));
    pclose(f);
    assert_int_equal(strtol(line, &end, 10), COUNT(rows) - 1); /* but certificate */
    free(command);
}

/* ---- one by one */

static void keeps_what_it_knows_of_an_answer(void **state)
{
    struct stage *t = *state;
    static const char *const usage[] = {"completion_tokens", "eval_count", "output_tokens"};
    static const char *const finish[] = {"stop", "stop", "end_turn"};
    for (int api = 0; api < LW_API_COUNT; api++) {
        struct lw_call *c = ask(t, find_model(t, (enum lw_api_kind)api, "plain"), "Hello");
        assert_int_equal(lw_call_answer(c)->first_ms, -1);
        while (!is_over(c))
            wait_for_news(t);
        const struct lw_call_answer *a = lw_call_answer(c);
        assert_int_equal(json_integer_value(json_object_get(a->usage, usage[api])), 11);
        assert_string_equal(a->finish, finish[api]);
        assert_in_range(a->first_ms, 0, a->total_ms);
        assert_in_range(lw_clock_utc_ms(&t->sys) - a->started_unix_ms, 0, 60 * 1000);
        assert_true(a->bytes > a->text.n);
        assert_int_equal(a->retry_after_ms, -1);
        assert_null(a->error);
        lw_call_free(c);
    }
}

static void says_how_long_to_wait_and_keeps_the_token_to_itself(void **state)
{
    struct stage *t = *state;
    struct lw_call *busy = ask(t, find_model(t, LW_API_OPENAI, "too_often"), "a"),
                   *refused = ask(t, find_model(t, LW_API_OPENAI, "refused"), "a");
    while (!is_over(busy) || !is_over(refused))
        wait_for_news(t);
    assert_int_equal(lw_call_answer(busy)->retry_after_ms, 7000);
    const char *error = lw_call_answer(refused)->error;
    assert_non_null(strstr(error, "It says: Incorrect API key: *****")); /* so it was sent … */
    assert_null(strstr(error, TOKEN));                                   /* … and struck out */
    lw_call_free(busy);
    lw_call_free(refused);
}

static void gives_up_on_silence(void **state)
{
    struct stage *t = *state;
    struct lw_call *c = ask(t, find_model(t, LW_API_OPENAI, "silence"), "a");
    for (int i = 0; i < 3; i++) { /* until it is sent, and the server is silent */
        lw_http_poll(t->http, NULL, 0, 20);
        lw_models_work(t->models);
    }
    assert_in_range(lw_models_due_ms(t->models), 100 * 1000, LW_MODEL_FIRST_S * 1000);
    t->skipped_ms += (LW_MODEL_FIRST_S - 20) * 1000;
    lw_models_work(t->models);
    assert_false(is_over(c));
    t->skipped_ms += 21 * 1000;
    assert_int_equal(lw_models_due_ms(t->models), 0);
    assert_true(lw_models_work(t->models));
    assert_int_equal(lw_call_answer(c)->state, LW_CALL_FAILED);
    assert_non_null(strstr(lw_call_answer(c)->error, "did not answer within 120 seconds"));
    assert_false(lw_models_busy(t->models));
    lw_call_free(c);
}

static void gives_up_on_a_stream_that_stalls(void **state)
{
    struct stage *t = *state;
    struct lw_call *c = ask(t, find_model(t, LW_API_OPENAI, "stalls"), "Hello, you");
    while (lw_call_answer(c)->text.n < 5)
        wait_for_news(t);
    t->skipped_ms += 59 * 1000;
    lw_models_work(t->models);
    assert_false(is_over(c));
    t->skipped_ms += 2 * 1000;
    assert_true(lw_models_work(t->models));
    const struct lw_call_answer *a = lw_call_answer(c);
    assert_int_equal(a->state, LW_CALL_CUT);
    assert_memory_equal(a->text.s, "Hello", a->text.n);
    assert_non_null(strstr(a->error, "Nothing has come for 60 seconds"));
    assert_true(a->total_ms >= 61 * 1000);
    lw_call_free(c);
}

/* A byte a minute is slow, but it is no silence. */
static void lives_with_a_drip(void **state)
{
    struct stage *t = *state;
    struct lw_call *c = ask(t, find_model(t, LW_API_ANTHROPIC, "drip"), "Hello, you");
    while (lw_call_answer(c)->text.n < 5)
        wait_for_news(t);
    for (int i = 0; i < 4; i++) {
        uint64_t bytes = lw_call_answer(c)->bytes;
        while (lw_call_answer(c)->bytes == bytes)
            wait_for_news(t);
        t->skipped_ms += 58 * 1000;
        lw_models_work(t->models);
        assert_int_equal(lw_call_answer(c)->state, LW_CALL_STREAMING);
    }
    lw_call_stop(c);
    assert_int_equal(lw_call_answer(c)->state, LW_CALL_CUT);
    assert_memory_equal(lw_call_answer(c)->text.s, "Hello", 5);
    lw_call_free(c);
}

/* The program waits until somebody opens its gate. */
static void open_gate(const char *gate)
{
    int fd = open(gate, O_WRONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    close(fd);
}

static void waits_for_the_token_program_and_asks_it_again(void **state)
{
    struct stage *t = *state;
    char *gate = lw_format("%s/gate", t->folder), *late = lw_format("%s/late-token", t->folder);
    char *script = lw_format("cat %s; cat %s", gate, late);
    char *words[] = {"sh", "-c", script, NULL}, *file = t->endpoint.token_file;
    assert_int_equal(mkfifo(gate, 0600), 0);
    t->endpoint.token_file = NULL;
    t->endpoint.token_command = words;
    struct lw_call *first = ask(t, find_model(t, LW_API_ANTHROPIC, "plain"), "a");
    lw_models_work(t->models);
    assert_int_equal(lw_call_answer(first)->state, LW_CALL_WAITING);
    open_gate(gate);
    while (!is_over(first))
        wait_for_news(t);
    assert_int_equal(lw_call_answer(first)->state, LW_CALL_FAILED);
    assert_non_null(strstr(lw_call_answer(first)->error, "token_command"));
    write_secret(late);
    struct lw_call *next = ask(t, find_model(t, LW_API_ANTHROPIC, "plain"), "a");
    open_gate(gate);
    while (!is_over(next))
        wait_for_news(t);
    assert_int_equal(lw_call_answer(next)->state, LW_CALL_DONE);
    t->endpoint.token_file = file;
    t->endpoint.token_command = NULL;
    free(late);
    free(gate);
    free(script);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_every_play_of_the_server),
        TEST(keeps_what_it_knows_of_an_answer),
        TEST(says_how_long_to_wait_and_keeps_the_token_to_itself),
        TEST(gives_up_on_silence),
        TEST(gives_up_on_a_stream_that_stalls),
        TEST(lives_with_a_drip),
        TEST(waits_for_the_token_program_and_asks_it_again),
        TEST(loses_nothing_of_thousands_of_streams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
