/* Talks with models on a real terminal, over a real connection: a key script from the first turn to
 * the exported rows, a program killed in the middle of a reply, replies that mean harm. */
#define _GNU_SOURCE
#include "fixtures/program_fixture.h"
#include "fixtures/server_process.h"
#include "fixtures/shared_data.h"

#include "labelwright/project/talk.h"

#include <unistd.h>

struct desk {
    struct program_fixture fixture;
    struct server server;
    struct lw_pty *pty;
};

#define PROJECT(models)                                                                            \
    "labelwright: 1\ntitle: Desk\ntasks: [tasks.jsonl]\nquestions:\n"                              \
    "  - {name: conversation, type: talk, required: true,\n"                                       \
    "     talk: {model: " models ", min_turns: 1,\n"                                               \
    "            parameters: {temperature: 0.7, seed: 7}}}\n"                                      \
    "  - {name: fixed, type: edit, on: response}\n"
static const char TASKS[] = "{\"id\":\"t1\",\"prompt\":\"Speak of rivers.\"}\n"
                            "{\"id\":\"t2\",\"prompt\":\"Speak of hills.\"}\n";

static void settings(struct desk *d)
{
    static const char *const names[] = {"left", "right", "endless", "hostile", "tools"};
    struct lw_buf yaml = {0};
    lw_buf_str(&yaml, "annotator: ana\ndigit_guard_ms: 0\npaste_guard: false\nmodels:\n");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        lw_buf_fmt(&yaml, "  %s: {api: openai, url: \"%.*s\", model: %s}\n", names[i],
            (int)strcspn(d->server.url + 7, "/") + 7, d->server.url, names[i]);
    lw_buf_str(&yaml, "  nobody: {api: openai, url: \"http://127.0.0.1:9\", model: x}\n");
    program_fixture_settings(&d->fixture, "config.yaml", yaml.data);
    lw_buf_fini(&yaml);
}

static void begin_with(struct desk *d, const char *yaml, const char *tasks)
{
    server_start(&d->server, "talking_model.py", (const char *const[]){NULL});
    program_fixture_make(&d->fixture, yaml, tasks, strlen(tasks));
    settings(d);
    d->pty = program_fixture_open(&d->fixture, 24, 80, NULL);
}

static void begin(struct desk *d, const char *yaml)
{
    begin_with(d, yaml, TASKS);
}

static void end(struct desk *d)
{
    server_stop(&d->server);
    program_fixture_remove(&d->fixture);
}

static void say(struct desk *d, const char *keys, const char *text)
{
    lw_pty_type(d->pty, keys);
    lw_pty_wait_text(d->pty, "^X say it");
    lw_pty_type(d->pty, text);
    lw_pty_wait_text(d->pty, text);
    lw_pty_type(d->pty, "\x18");
}

/* Where the reply stands that begins so: '1' for A. Replies are shown in an order of their own. */
static char digit_of(struct desk *d, const char *begins)
{
    const char *screen = lw_pty_screen(d->pty), *at = strstr(screen, begins);
    const char *b = strstr(screen, " B ");
    assert_non_null(at);
    assert_non_null(b);
    return at < b ? '1' : '2';
}

static void choose(struct desk *d, const char *begins)
{
    char key[2] = {0};
    lw_pty_wait_text(d->pty, "The replies are here.");
    lw_pty_wait_text(d->pty, begins);
    key[0] = digit_of(d, begins);
    lw_pty_type(d->pty, key);
    lw_pty_wait_text(d->pty, "is the best.");
}

static const char SPACE[] = " ", WRITE[] = "\x17", ANEW[] = "\x05";

/* ---- from the first turn to the rows */

#define U(text) "{\"role\":\"user\",\"content\":\"" text "\"}"
#define A(text) "{\"role\":\"assistant\",\"content\":\"" text "\"}"
#define SO_FAR U("One") "," A("left says: One") "," U("Two") "," A("right says it: Two")
#define ROW(prompt, chosen, rejected)                                                              \
    "{\"prompt\":[" prompt "],\"chosen\":[" A(chosen) "],\"rejected\":[" A(rejected) "]}\n"

/* What was streamed and pressed. */
static const char ROWS[] = ROW(U("One"), "left says: One", "right says: One")
    ROW(U("One") "," A("left says: One") "," U("Two"), "right says: Two", "left says: Two")
        ROW(U("One") "," A("left says: One") "," U("Two"), "right says it: Two", "right says: Two")
            ROW(SO_FAR "," U("Four"), "left says: Four", "right says: Four")
                ROW(SO_FAR "," U("Four") "," A("left says: Four") "," U("Five"), "right says: Five",
                    "left says: Five");
static const char MESSAGES[] = "{\"messages\":[" SO_FAR "," U("Four") "," A(
    "left says: Four") "," U("Five") "," A("right says: Five") "]}\n";

static void exports_are(struct desk *d, const char *format, const char *rows)
{
    struct lw_buf out = {0};
    assert_int_equal(TRIAL_RUN(&d->fixture, &out, "export", "--format", format), 0);
    lw_buf_char(&out, '\0');
    assert_string_equal(out.data, rows);
    lw_buf_fini(&out);
}

/* Puts "it" behind "says" in the best reply, which is on the screen. */
static void correct(struct desk *d)
{
    lw_pty_type(d->pty, "e");
    lw_pty_wait_text(d->pty, "^X keep");
    lw_pty_type(d->pty, "\x1b[1;5C\x1b[1;5C it\x18"); /* two words on */
    lw_pty_wait_text(d->pty, "corrected");
}

static void four_turns_two_candidates_one_corrected_one_branch(void **state)
{
    (void)state;
    struct desk d;
    begin(&d, PROJECT("[left, right]"));
    say(&d, SPACE, "One");
    choose(&d, "left says: One");
    say(&d, WRITE, "Two");
    choose(&d, "right says: Two");
    correct(&d);
    say(&d, WRITE, "Three");
    choose(&d, "right says: Three");
    lw_pty_type(d.pty, ANEW); /* "Three" becomes "Four": a branch */
    lw_pty_wait_text(d.pty, "^X say it");
    lw_pty_type(d.pty, "\x17");
    lw_pty_wait_text(d.pty, " 0 words");
    lw_pty_type(d.pty, "Four\x18");
    choose(&d, "left says: Four");
    say(&d, WRITE, "Five");
    choose(&d, "right says: Five");
    lw_pty_type(d.pty, "\r");
    lw_pty_wait_text(d.pty, "Speak of hills.");
    program_fixture_leave(d.pty);
    exports_are(&d, "trl-preference", ROWS);
    exports_are(&d, "openai-chat", MESSAGES);
    end(&d);
}

static void the_server_gets_what_the_project_asks_for(void **state)
{
    (void)state;
    struct desk d;
    begin(&d, PROJECT("left"));
    say(&d, SPACE, "One");
    lw_pty_wait_text(d.pty, "The reply is here.");
    program_fixture_leave(d.pty);
    char *said = server_said(&d.server);
    assert_non_null(strstr(said, "\"temperature\": 0.7, \"seed\": 7"));
    assert_null(strstr(said, "rivers")); /* the brief is for the contractor */
    free(said);
    end(&d);
}

/* ---- tools */

#define TAKES "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}"
static const char WITH_TOOLS[] =
    "{\"id\":\"t1\",\"prompt\":\"Speak of rain.\",\"tools\":["
    "{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":" TAKES "}},"
    "{\"name\":\"clock\",\"input_schema\":" TAKES "}]}\n";

#define FUNCTION(name)                                                                             \
    "{\"type\":\"function\",\"function\":{\"name\":\"" name "\",\"parameters\":" TAKES "}}"
#define TOOLS "\"tools\":[" FUNCTION("weather") "," FUNCTION("clock") "]"
#define CALL(id, name, day)                                                                        \
    "{\"id\":\"" id "\",\"type\":\"function\",\"function\":{\"name\":\"" name                      \
    "\",\"arguments\":\"{\\\"city\\\": \\\"Oslo\\\", \\\"day\\\": " day "}\"}}"
#define CALLS                                                                                      \
    "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[" CALL(                              \
        "call_0", "weather", "1") "," CALL("call_1", "clock", "2") "]}"
#define RESULT(id, name, text)                                                                     \
    "{\"role\":\"tool\",\"content\":\"" text "\",\"name\":\"" name "\",\"tool_call_id\":\"" id "\"}"
#define CALLED                                                                                     \
    U("Now?")                                                                                      \
    "," CALLS "," RESULT("call_0", "weather", "rain") "," RESULT("call_1", "clock", "noon")

static const json_t *reply_of(const json_t *events, size_t nth)
{
    const json_t *m = NULL;
    for (size_t i = 0; i < json_array_size(events) && !m; i++) {
        const json_t *said = json_object_get(json_array_get(events, i), "messages"),
                     *first = json_array_get(said, 0);
        if (first && lw_talk_is_reply(first) && nth-- == 0)
            m = first;
    }
    return m;
}

static void a_result_for_each_call_and_the_model_goes_on(void **state)
{
    (void)state;
    struct desk d;
    begin_with(&d, PROJECT("tools"), WITH_TOOLS);
    say(&d, SPACE, "Now?");
    lw_pty_wait_text(d.pty, "The reply calls tools. ^W: write what they give back.");
    lw_pty_wait_text(d.pty, "Call: clock");
    lw_pty_wait_text(d.pty, "{\"city\": \"Oslo\", \"day\": 2}");
    lw_pty_type(d.pty, WRITE);
    lw_pty_wait_text(d.pty, "what weather gives back (2 to do)");
    lw_pty_type(d.pty, "rain\x18");
    lw_pty_wait_text(d.pty, "Tool weather");
    lw_pty_type(d.pty, WRITE);
    lw_pty_wait_text(d.pty, "what clock gives back (1 to do)");
    lw_pty_type(d.pty, "noon\x18");
    lw_pty_wait_text(d.pty, "So it is rain and noon");
    lw_pty_type(d.pty, "\r");
    lw_pty_wait_text(d.pty, "All tasks are done.");
    program_fixture_leave(d.pty);

    char *said = server_said(&d.server);
    assert_non_null(strstr(said, "\"tools\": [{\"type\": \"function\", \"function\": {\"name\": "
                                 "\"weather\""));
    free(said);
    json_t *events = program_fixture_journal(&d.fixture);
    const json_t *m = reply_of(events, 0); /* the server does not say who it is */
    assert_string_equal(json_string_value(json_object_get(m, "model")), "tools");
    assert_string_equal(json_string_value(json_object_get(m, "api")), "openai");
    assert_string_equal(json_string_value(json_object_get(m, "finish")), "tool_calls");
    json_decref(events);
    exports_are(&d, "openai-chat",
        "{\"messages\":[" CALLED "," A("So it is rain and noon") "]," TOOLS "}\n");
    exports_are(&d, "trl-sft",
        "{\"prompt\":[" CALLED "],\"completion\":[" A("So it is rain and noon") "]," TOOLS "}\n");
    end(&d);
}

/* ---- nothing is lost */

static const json_t *talk_in(const json_t *drafts)
{
    return json_object_get(json_object_get(json_array_get(drafts, 0), "answers"), "conversation");
}

static void a_kill_in_the_middle_of_a_reply_keeps_what_was_shown(void **state)
{
    (void)state;
    struct desk d;
    begin(&d, PROJECT("endless"));
    say(&d, SPACE, "Go on");
    lw_pty_wait_text(d.pty, "word40 ");
    program_fixture_kill(d.pty);
    d.pty = program_fixture_open(&d.fixture, 24, 80, NULL);
    lw_pty_wait_text(d.pty, "word40 ");
    lw_pty_wait_text(d.pty, "cut");
    program_fixture_wait_draft(&d.fixture, "word40 ");
    json_t *drafts = program_fixture_drafts(&d.fixture);
    const json_t *m2 = lw_talk_find(talk_in(drafts), "m2");
    assert_non_null(strstr(json_string_value(json_object_get(m2, "text")), "word40 "));
    json_decref(drafts);
    program_fixture_leave(d.pty);
    end(&d);
}

static void a_reply_is_stopped_and_keys_are_answered_meanwhile(void **state)
{
    (void)state;
    struct desk d;
    begin(&d, PROJECT("endless"));
    say(&d, SPACE, "Go on");
    lw_pty_wait_text(d.pty, "word9 ");
    lw_pty_type(d.pty, "?");
    lw_pty_wait_text(d.pty, "KEYS");
    lw_pty_type(d.pty, "q");
    lw_pty_wait_text(d.pty, "word20 ");
    lw_pty_type(d.pty, "\x18");
    lw_pty_wait_text(d.pty, "Stopped. What came is kept.");
    json_t *events = program_fixture_journal(&d.fixture);
    assert_int_equal(program_fixture_count(events, "talk"), 2);
    json_decref(events);
    program_fixture_leave(d.pty);
    end(&d);
}

static void without_a_server_the_turn_waits(void **state)
{
    (void)state;
    struct desk d;
    begin(&d, PROJECT("left"));
    server_stop(&d.server);
    say(&d, SPACE, "One");
    lw_pty_wait_text(d.pty, "No reply came:");
    json_t *events = program_fixture_journal(&d.fixture);
    assert_int_equal(program_fixture_count(events, "talk"), 1);
    json_decref(events);
    program_fixture_leave(d.pty);
    program_fixture_remove(&d.fixture);
}

static void both_models_may_fail(void **state)
{
    (void)state;
    struct desk d;
    begin(&d, PROJECT("[nobody, nobody]"));
    say(&d, SPACE, "One");
    lw_pty_wait_text(d.pty, " No reply came: The server cannot be reached");
    program_fixture_leave(d.pty);
    end(&d);
}

/* Which of several did not answer is said, also when the others did. */
static void one_of_two_models_may_fail(void **state)
{
    (void)state;
    struct desk d;
    begin(&d, PROJECT("[left, nobody]"));
    say(&d, SPACE, "One");
    lw_pty_wait_text(d.pty, "1 of 2 replies came. No reply came:");
    lw_pty_wait_text(d.pty, "left says: One");
    program_fixture_leave(d.pty);
    end(&d);
}

/* ---- nothing on the screen can hurt */

static void escapes_of_a_model_are_shown_and_never_sent(void **state)
{
    (void)state;
    struct desk d;
    begin(&d, PROJECT("hostile"));
    size_t from = lw_pty_bytes(d.pty);
    say(&d, SPACE, "Harm");
    lw_pty_wait_text(d.pty, "The reply calls tools.");
    lw_pty_type(d.pty, WRITE);
    lw_pty_wait_text(d.pty, "^X say it");
    lw_pty_type(d.pty, "None\x18");
    lw_pty_wait_text(d.pty, "Tool ");
    const char *sent = lw_pty_output(d.pty, from);
    assert_null(strstr(sent, "\x1b]0;owned"));
    assert_null(strstr(sent, "\x1b[2J"));
    assert_null(strstr(sent, "\xc2\x9b"));
    assert_null(strstr(sent, "\xe2\x80\xae"));
    program_fixture_leave(d.pty);
    end(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_turns_two_candidates_one_corrected_one_branch),
        cmocka_unit_test(the_server_gets_what_the_project_asks_for),
        cmocka_unit_test(a_result_for_each_call_and_the_model_goes_on),
        cmocka_unit_test(a_kill_in_the_middle_of_a_reply_keeps_what_was_shown),
        cmocka_unit_test(a_reply_is_stopped_and_keys_are_answered_meanwhile),
        cmocka_unit_test(without_a_server_the_turn_waits),
        cmocka_unit_test(both_models_may_fail),
        cmocka_unit_test(one_of_two_models_may_fail),
        cmocka_unit_test(escapes_of_a_model_are_shown_and_never_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
