/* `label --plain`: talks with a model on loopback, line by line: what is printed while replies
 * come, how they are stopped, and what is kept and exported of them. The server says what each test
 * gives it. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/pty.h"
#include "fixtures/raw_server.h"
#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <jansson.h>
#include <signal.h>
#include <unistd.h>

#define STREAM "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
#define END                                                                                        \
    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]"  \
    "\n\n"
#define HEAD                                                                                       \
    "labelwright: 1\ntitle: Talks\ntasks: [{file: tasks.jsonl}]\nquestions:\n"                     \
    "  - name: conversation\n    type: talk\n    required: true\n"
#define ONE HEAD "    talk: {model: assistant}\n"
#define TWO                                                                                        \
    HEAD "    talk: {model: assistant, replies: 2, min_turns: 2}\n"                                \
         "  - {name: quality, type: rating, on: response, required: true}\n"                       \
         "  - {name: fix, type: edit, on: response}\n"                                             \
         "  - {name: whole, type: rating}\n"
#define RANKED HEAD "    talk: {model: assistant, replies: 3, choose: rank}\n"
#define TASKS "{\"id\":\"a\",\"prompt\":\"Speak of rivers.\"}\n"

/* ---- the server */

/* What it says to the n-th request, from 0: pieces of a text, each an event; "\1" begins one of
 * reasoning, "\2" a call of a tool, "\4" one without an id; "\3" is all of what follows, as it
 * stands. */
struct script {
    const char *const *say[WIRE_REQUESTS];
    bool holds; /* the last piece is the end only when the client has gone */
    int held;   /* the first connection, while it waits for the second */
};

static void say_delta(int fd, const char *member, const char *text)
{
    json_t *event = json_pack(
        "{s:s,s:[{s:i,s:{s:s}}]}", "model", "tiny-1", "choices", "index", 0, "delta", member, text);
    char *line = json_dumps(event, JSON_COMPACT);
    char *whole = lw_format("data: %s\n\n", line);
    raw_server_say(fd, whole, strlen(whole));
    free(whole);
    free(line);
    json_decref(event);
}

static void say_call(int fd, const char *id, const char *name)
{
    char *line = lw_format("data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":"
                           "%d,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\","
                           "\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}}]}}]}\n\n",
        name[0], id, name);
    raw_server_say(fd, line, strlen(line));
    free(line);
}

static void say_all(const struct script *script, int fd, const char *const *piece)
{
    raw_server_say(fd, STREAM, sizeof STREAM - 1);
    for (; *piece; piece++) {
        if (**piece == '\1')
            say_delta(fd, "reasoning_content", *piece + 1);
        else if (**piece == '\2')
            say_call(fd, "c1", *piece + 1);
        else if (**piece == '\4')
            say_call(fd, "", *piece + 1);
        else
            say_delta(fd, "content", *piece);
    }
    if (!script->holds)
        raw_server_say(fd, END, sizeof END - 1);
}

static void answer(struct raw_server *w, int fd, int nth)
{
    struct script *script = w->ctx;
    if (!raw_server_read(w, fd) || nth >= WIRE_REQUESTS || !script->say[nth])
        return;
    const char *first = script->say[nth][0];
    if (*first == '\3')
        raw_server_say(fd, first + 1, strlen(first + 1));
    else
        say_all(script, fd, script->say[nth]);
    if (script->holds)
        raw_server_wait(w, fd, -1);
}

#define SAY(...)                                                                                   \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static struct raw_server server;

static void make_with(struct run *r, const char *yaml, struct script *script,
    void (*talk)(struct raw_server *w, int fd, int nth))
{
    static char folder[4096];
    static const char *env[3];
    raw_server_start(&server, talk, script);
    run_project("p");
    run_put("p/project.yaml", yaml);
    run_put("p/tasks.jsonl", TASKS);
    run_shell(r, 0, "mkdir -p cfg/labelwright");
    char *config =
        lw_format("models: {assistant: {api: openai, url: \"http://127.0.0.1:%d\", model: tiny}}\n",
            server.port);
    run_put("cfg/labelwright/config.yaml", config);
    free(config);
    char *here = getcwd(NULL, 0);
    snprintf(folder, sizeof folder, "XDG_CONFIG_HOME=%s/cfg", here);
    free(here);
    env[0] = folder;
    env[1] = "USER=ana";
    r->env = env;
}

static void make(struct run *r, const char *yaml, struct script *script)
{
    make_with(r, yaml, script, answer);
}

static int leave(void **state)
{
    raw_server_free(&server);
    return run_leave(state);
}

/* The content of the n-th message of the n-th request. */
static void request_is(int nth, const char *expected)
{
    const char *body = strstr(server.request[nth], "\r\n\r\n");
    json_t *sent = json_loads(body, JSON_DISABLE_EOF_CHECK, NULL), *m;
    struct lw_buf got = {0};
    size_t i;
    assert_non_null(sent);
    json_array_foreach(json_object_get(sent, "messages"), i, m)
        lw_buf_fmt(&got, "%s%s: %s", i ? " | " : "", json_string_value(json_object_get(m, "role")),
            json_string_value(json_object_get(m, "content")));
    assert_string_equal(got.data, expected);
    lw_buf_fini(&got);
    json_decref(sent);
}

/* ---- what was printed and kept */

/* No control character but the line feed, no C1 one, and all of it is UTF-8. No word of keys that
 * do not exist here. */
static void assert_harmless(const struct run *r)
{
    static const char *const keys[] = {"F12", "^W", "^X", "^E", "^U", "Space:", "press "};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_null(strstr(r->out, keys[i]));
    json_t *text = json_stringn(r->out, r->out_n);
    assert_non_null(text);
    json_decref(text);
    for (size_t i = 0; i < r->out_n; i++) {
        unsigned char c = (unsigned char)r->out[i];
        assert_true(c == '\n' || (c >= ' ' && c != 0x7f));
        assert_false(c == 0xc2 && (unsigned char)r->out[i + 1] < 0xa0);
    }
}

/* The line after the n-th place where `before` was printed: new. */
static char *printed_after(const struct run *r, const char *before, int n)
{
    const char *at = r->out;
    for (int i = 0; i <= n && at; i++)
        at = (at = strstr(at, before)) ? at + strlen(before) : NULL;
    if (!at)
        fail_msg("not printed: %s\n%s", before, r->out);
    return lw_strndup(at, strcspn(at, "\n"));
}

/* ---- talking */

static const json_t *message(const json_t *talk, const char *id)
{
    json_t *m;
    size_t i;
    json_array_foreach(json_object_get(talk, "messages"), i,
        m) if (strcmp(json_string_value(json_object_get(m, "id")), id) == 0) return m;
    fail_msg("no message %s", id);
    return NULL;
}

static void text_is(const json_t *talk, const char *id, const char *expected)
{
    assert_string_equal(json_string_value(json_object_get(message(talk, id), "text")), expected);
}

/* Two candidates over two turns, one corrected; a branch with two more. Their requests may come in
 * any order, so what A said is what was printed. */
static void a_talk_is_held_and_exported(void **state)
{
    struct run *r = *state;
    struct script script = {.say = {SAY("The ", "Nile."), SAY("The ", "Amazon."), SAY("Yes."),
                                SAY("No."), SAY("Baikal."), SAY("Victoria.")}};
    make(r, TWO, &script);
    run_fed(r, 0,
        "Which river?\nb\n4\n\n5\nThe Amazon it is.\n"
        "Sure?\n1\n1\n\n2\n\n"
        ".anew Which lake?\n2\n3\n\n3\n\n"
        "\n\n\n",
        "--plain p");
    run_prints(r, "\nSaved turn 1.\n2 replies on the way. Ctrl-C: stop.\nA:\n  The ");
    run_prints(r, "\nThe replies are here.\nBest reply, 1 to 2: \nB is the best.\nA quality 1-5");
    run_prints(r, "Your turn 2 (text; .edit for several lines): \nSaved turn 2.\n");
    run_prints(r, "Whole 1-5: \nPress Enter to submit: \nSaved task 1.\n");
    assert_harmless(r);
    char *b1 = printed_after(r, "\nB:\n  ", 0), *a1 = printed_after(r, "\nA:\n  ", 0);
    char *a2 = printed_after(r, "\nA:\n  ", 1), *b3 = printed_after(r, "\nB:\n  ", 2);
    assert_string_not_equal(a1, b1);
    run_shell(r, 0, "\"$LW\" export p --format native");
    json_t *row = json_loads(r->out, JSON_DISABLE_EOF_CHECK, NULL);
    const json_t *answers = json_object_get(row, "answers");
    const json_t *talk = json_object_get(answers, "conversation");
    text_is(talk, "m1", "Which river?");
    text_is(talk, "m2", a1);
    text_is(talk, "m3", b1);
    text_is(talk, "m4", "The Amazon it is.");
    text_is(talk, "m5", "Sure?");
    text_is(talk, "m6", a2);
    text_is(talk, "m8", "Which lake?");
    text_is(talk, "m10", b3);
    char *order = json_dumps(json_object_get(talk, "order"), JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(order,
        "{\"m1\":[[\"m3\"],[\"m2\"]],\"m5\":[[\"m6\"],[\"m7\"]],\"m8\":[[\"m10\"],[\"m9\"]]}");
    char *quality = json_dumps(json_object_get(answers, "quality"), JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(quality, "{\"m10\":3,\"m2\":4,\"m3\":5,\"m6\":1,\"m7\":2,\"m9\":3}");
    request_is(0, "user: Which river?");
    request_is(2, "user: Which river? | assistant: The Amazon it is. | user: Sure?");
    request_is(4, "user: Which river? | assistant: The Amazon it is. | user: Which lake?");
    run_shell(r, 0, "\"$LW\" verify p");
    free(order);
    free(quality);
    free(a1);
    free(b1);
    free(a2);
    free(b3);
    json_decref(row);
}

static void a_choice_is_undone(void **state)
{
    struct run *r = *state;
    struct script script = {.say = {SAY("x"), SAY("y")}};
    make(r,
        HEAD "    talk: {model: assistant, replies: 2}\n"
             "  - {name: quality, type: rating, on: response}\n",
        &script);
    run_fed(r, 0, "One?\n1\n.back\n2\n", "--plain p");
    run_prints(r, "A is the best.\nA quality 1-5: \nUndone: Conversation.\nBest reply, 1 to 2: \n"
                  "B is the best.\nA quality 1-5: ");
}

static void replies_are_ranked_by_a_line(void **state)
{
    struct run *r = *state;
    struct script script = {.say = {SAY("x"), SAY("y"), SAY("z")}};
    make(r, RANKED, &script);
    run_fed(r, 0, "One?\n2\n2 2 1\n4 1 2\n2 C 1\n.again\n.none\n3, 1\n\n\n", "--plain p");
    run_prints(
        r, "Replies best first, 1 to 3 (as in \"2 1 3\"): \nRank all replies, best first.\n");
    run_prints(r, "\nA reply has one place: name each once.\n");
    run_prints(r, "\nChoose a reply: 1 to 3.\n");
    run_prints(
        r, "\nB is the best.\nYour turn 2 (text; .edit for several lines; Enter to go on): ");
    run_prints(r, "\nA, place 3:\n  ");
    run_prints(r, "\nAnswer removed.\nReplies best first");
    run_prints(r, "\nC is the best.\n");
    run_shell(r, 0, "\"$LW\" export p --format native");
    run_prints(r, "\"order\":{\"m1\":[[\"m4\"],[\"m2\"],[\"m3\"]]}");
}

/* ---- what comes */

/* The first connection waits until the second one has had all: B is there long before A. */
static void answer_backwards(struct raw_server *w, int fd, int nth)
{
    struct script *script = w->ctx;
    if (!raw_server_read(w, fd))
        return;
    if (nth == 0) {
        script->held = dup(fd);
        return;
    }
    raw_server_say(script->held, STREAM, sizeof STREAM - 1);
    say_delta(script->held, "content", "Held. ");
    say_all(script, fd, script->say[1]);
    raw_server_wait(w, fd, -1); /* it has read all, and hung up */
    say_delta(script->held, "content", "Back.");
    raw_server_say(script->held, END, sizeof END - 1);
    close(script->held);
}

static void one_reply_is_printed_after_the_other(void **state)
{
    struct run *r = *state;
    struct script script = {.say = {SAY(""), SAY("Whole.", " At once.\n\nTwo.")}};
    make_with(r, HEAD "    talk: {model: assistant, replies: 2}\n", &script, answer_backwards);
    run_fed(r, 0, "Hello\n", "--plain p");
    bool held_is_a = strstr(r->out, "A:\n  Held.") != NULL;
    run_prints(r, held_is_a ? "A:\n  Held. Back.\nB:\n  Whole. At once.\n\n  Two.\nThe replies"
                            : "A:\n  Whole. At once.\n\n  Two.\nB:\n  Held. Back.\nThe replies");
}

static void what_streams_is_what_again_prints(void **state)
{
    struct run *r = *state;
    struct script script = {.say = {SAY("A\tb", "c\n", "\n", "d\r", "\ne\u2028f. ", "\u0301g. H",
                                "i\n\n  ", "j", "\tk\n")}};
    make(r, ONE, &script);
    run_fed(r, 0, "Hello\n.source\n", "--plain p");
    const char *streamed = strstr(r->out, "\nReply:\n") + 8;
    const char *again = strstr(streamed, "\nReply:\n") + 8;
    const char *end = strstr(streamed, "The reply is here.");
    assert_non_null(end);
    assert_memory_equal(streamed, again, (size_t)(end - streamed));
    assert_memory_equal(again + (end - streamed), "Your turn 2", 11);
    assert_harmless(r);
}

static void nothing_that_comes_reaches_the_terminal(void **state)
{
    struct run *r = *state;
    struct script script = {
        .say = {SAY(
            "\3" STREAM "data: {\"choices\":[{\"delta\":{\"content\":\"\\u001b[31m\\u009b2J\\u0007 "
            "\\u0000\"}}]}\r\n\r\n"
            "data: {\"choices\":[{\"delta\":{\"content\":\"\\ud83d\"}}]}\r\n\r\n"
            "data: {\"choices\":[{\"delta\":{\"content\":\"\\ude00\303\"}}]}\r\n\r\n"
            "data: {\"choices\":[{\"delta\":{\"content\":\"\251 \342\202\"}}]}\r\n\r\n"
            "data: {\"choices\":[{\"delta\":{\"content\":\"\254 \377\376 end.\"}}]}\r\n\r\n" END)}};
    make(r, ONE, &script);
    run_fed(r, 0, "Hello\n.again\n", "--plain p");
    assert_harmless(r);
    run_prints(r, "Reply:\n  ^[[31m");
    run_prints(r, " end.\nThe reply is here.\n");
}

static void reasoning_and_calls_are_printed(void **state)
{
    struct run *r = *state;
    struct script script = {
        .say = {SAY("\1Let me", "\1 see. So.", "I ask.", "\2weather"), SAY("It rains.")}};
    make(r, ONE, &script);
    run_fed(r, 0, "Weather?\n\nrain\nAnd now?\n", "--plain p");
    run_prints(r, "\nReply, reasoning:\n  Let me see. So.\nReply:\n  I ask.\nCall weather:\n");
    run_prints(r, "Result of weather, 1 to give (text; .edit for several lines): \n"
                  "Conversation has 1 tool call without a result.\n");
    run_prints(r, "Saved the result.\n1 reply on the way. Ctrl-C: stop.\nReply:\n  It rains.\n");
    request_is(1, "user: Weather? | assistant: I ask. | tool: rain");
    run_fed(r, 0, "", "--plain p");
    run_prints(r, "Call weather:\n  {\"city\":\"Oslo\"}\nTool weather:\n  rain\nAssistant:\n");
}

/* As some servers send them. */
static void calls_without_ids_are_told_apart(void **state)
{
    struct run *r = *state;
    struct script script = {.say = {SAY("\4weather", "\4clock"), SAY("It rains.")}};
    make(r, ONE, &script);
    run_fed(r, 0, "Now?\nrain\nnoon\n", "--plain p");
    run_prints(r, "Result of weather, 2 to give");
    run_prints(r, "Result of clock, 1 to give");
    request_is(1, "user: Now? | assistant:  | tool: rain | tool: noon");
    assert_non_null(strstr(server.request[1], "\"tool_call_id\":\"m2_1\""));
    assert_non_null(strstr(server.request[1], "\"tool_call_id\":\"m2_2\""));
}

/* ---- what goes wrong */

static void a_failed_request_leaves_the_question(void **state)
{
    struct run *r = *state;
    struct script script = {.say = {SAY("Yes."), SAY("\3HTTP/1.1 500 Oh\r\n\r\n"), SAY("No.")}};
    make(r,
        HEAD "    talk: {model: assistant}\n"
             "  - {name: quality, type: rating, on: response}\n",
        &script);
    run_fed(r, 0, "Hello\n.ask\n.ask\n", "--plain p");
    run_prints(
        r, ".ask: ask again.\nQuality 1-5: \n1 reply on the way. Ctrl-C: stop.\nB:\n  No.\n");
    run_prints(r, "The replies are here.\nBest reply, 1 to 2: ");
}

static void a_turn_waits_until_its_reply_can_come(void **state)
{
    struct run *r = *state;
    struct script script = {
        .say = {SAY("\3HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: "
                    "0\r\n\r\n"),
            SAY("\3" STREAM "data: {\"choices\":[{\"delta\":{\"content\":\"Half a\"}}]}\n\n"
                "data: {\"error\":{\"message\":\"out of\\u001b memory\"}}\n\n"),
            SAY(" thought.")}};
    make(r, ONE, &script);
    run_fed(r, 0, "Hello\nMore\n.ask\n.again\n.goon\n\n\n", "--plain p");
    run_prints(r, "No reply came: The server answered 429: too many requests. Ask again later");
    run_prints(r,
        ".ask: ask again.\nNo reply yet (.ask: ask the model; .anew TEXT: write your turn "
        "anew): \nYour last turn has no reply yet. .ask: ask the model.\n");
    run_prints(r, "1 reply on the way. Ctrl-C: stop.\nReply:\n  Half a\n"
                  "The reply was cut, what came is kept: ");
    run_prints(r, ".goon: go on.\nYour turn 2 ");
    run_prints(r, "\nReply, cut:\n  Half a\n");
    run_prints(r, "Reply, goes on:\n   thought.\nThe reply is here.\n");
    assert_harmless(r);
    request_is(2, "user: Hello | assistant: Half a");
    run_shell(r, 0, "\"$LW\" export p --format native");
    run_prints(r, "\"text\":\"Half a thought.\"");
}

static void interrupted_replies_are_kept(void **state)
{
    struct run *r = *state;
    struct script script = {.holds = true, .say = {SAY("Half a thought. And"), SAY("Not seen")}};
    make(r, ONE, &script);
    const char *argv[] = {getenv("LW_PROGRAM"), "--plain", "p", NULL};
    struct lw_pty *p = lw_pty_start(30, 80, r->env, argv);
    lw_pty_wait_text(p, "Your turn 1 ");
    lw_pty_type(p, "Hello\n");
    lw_pty_wait_text(p, "  Half a thought.");
    lw_pty_type(p, "\003");
    lw_pty_wait_text(p, "Stopped. What came is kept. .goon: go on from there.");
    lw_pty_wait_text(p, "Your turn 2 ");
    lw_pty_type(p, "\003");
    assert_int_equal(lw_pty_wait_exit(p), 130);
    lw_pty_free(p);
    run_fed(r, 0, "\n\n", "--plain p");
    run_prints(r, "Reply, cut:\n  Half a thought. And\nYour turn 2 ");
    run_prints(r, "Saved task 1.");
}

static void what_came_survives(struct run *r, int sig, int status)
{
    struct script script = {.holds = true, .say = {SAY("Half a thought. And")}};
    make(r, ONE, &script);
    const char *argv[] = {getenv("LW_PROGRAM"), "--plain", "p", NULL};
    struct lw_pty *p = lw_pty_start(30, 80, r->env, argv);
    lw_pty_wait_text(p, "Your turn 1 ");
    lw_pty_type(p, "Hello\n");
    lw_pty_wait_text(p, "  Half a thought.");
    lw_pty_signal(p, sig);
    assert_int_equal(lw_pty_wait_exit(p), status);
    lw_pty_free(p);
    run_fed(r, 0, "", "--plain p");
    run_prints(r, "Reply, cut:\n  Half a thought. And\nYour turn 2 ");
}

static void a_signal_that_ends_the_program_keeps_what_came(void **state)
{
    what_came_survives(*state, SIGTERM, 130);
}

static void a_killed_program_has_kept_what_came(void **state)
{
    what_came_survives(*state, SIGKILL, 128 + SIGKILL);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, leave)
    const struct CMUnitTest tests[] = {
        TEST(a_talk_is_held_and_exported),
        TEST(a_choice_is_undone),
        TEST(replies_are_ranked_by_a_line),
        TEST(one_reply_is_printed_after_the_other),
        TEST(what_streams_is_what_again_prints),
        TEST(nothing_that_comes_reaches_the_terminal),
        TEST(reasoning_and_calls_are_printed),
        TEST(calls_without_ids_are_told_apart),
        TEST(a_failed_request_leaves_the_question),
        TEST(a_turn_waits_until_its_reply_can_come),
        TEST(interrupted_replies_are_kept),
        TEST(a_signal_that_ends_the_program_keeps_what_came),
        TEST(a_killed_program_has_kept_what_came),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
