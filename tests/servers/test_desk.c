/* The desk of a talk, with a model on loopback that says what each test gives it: to whom what came
 * is told. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/raw_server.h"
#include "fixtures/sitting_fixture.h"
#include "labelwright/desk/desk.h"
#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"

#define STREAM "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
static const char GOES_ON[] =
    "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
    "  - {name: conversation, type: talk, talk: {model: assistant, goes_on: true}}\n";
static const char ASKED[] = "{\"id\":\"t1\",\"prompt\":\"Speak of rivers.\"}\n"
                            "{\"id\":\"t2\",\"prompt\":\"Speak of hills.\"}\n";

static struct {
    struct raw_server server;
    struct lw_http *http;
    struct lw_models *models;
    struct lw_model model;
    struct lw_config config;
    struct lw_desk *desk;
} d;

/* Gives back what it was asked. */
static void echo(struct raw_server *w, int fd, int nth)
{
    if (!raw_server_read(w, fd))
        return;
    const char *word = strstr(w->request[nth], "rivers") ? "rivers" : "hills";
    char *text = lw_format(STREAM "data: {\"choices\":[{\"delta\":{\"content\":\"Of %s.\"},"
                                  "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n",
        word);
    raw_server_say(fd, text, strlen(text));
    free(text);
}

static void open_desk(const char *project)
{
    char *url;
    begin(project, ASKED);
    raw_server_start(&d.server, echo, NULL);
    url = lw_format("http://127.0.0.1:%d", d.server.port);
    d.model = (struct lw_model){.role = (char *)(uintptr_t) "assistant",
        .api = LW_API_OPENAI,
        .url = url,
        .name = (char *)(uintptr_t) "tiny"};
    d.config = (struct lw_config){.model = &d.model, .nmodel = 1};
    d.http = lw_http_new(&p.sys, NULL);
    d.models = lw_models_new(&p.sys, &d.config, d.http);
    d.desk = lw_desk_new(p.s, d.models, &d.config);
}

static void close_desk(void)
{
    lw_desk_free(d.desk);
    lw_models_free(d.models);
    lw_http_free(d.http);
    raw_server_free(&d.server);
    free(d.model.url);
}

static void work(void)
{
    while (lw_desk_busy(d.desk)) {
        lw_http_poll(d.http, NULL, 0, 100);
        lw_desk_work(d.desk);
    }
}

static void response_is(const char *text)
{
    const struct lw_task *t = lw_sitting_view(p.s)->task;
    assert_int_equal(t->nresponses, 1);
    assert_int_equal(t->response[0].text.n, strlen(text));
    assert_memory_equal(t->response[0].text.s, text, strlen(text));
}

static void a_reply_is_told_when_it_has_ended(void **state)
{
    (void)state;
    open_desk(GOES_ON);
    assert_int_equal(lw_desk_ask(d.desk), 1);
    work();
    response_is("Of rivers.");
    message_is("The reply is here. ^W: next turn, e: correct it.");
    close_desk();
}

/* Keys may come faster than the desk works: the first reply has the name that the second one has.
 */
static void what_comes_for_a_task_that_was_left_is_told_to_no_other(void **state)
{
    (void)state;
    open_desk(GOES_ON);
    assert_int_equal(lw_desk_ask(d.desk), 1);
    app_fixture_press(&p, "J");
    assert_int_equal(lw_desk_ask(d.desk), 1);
    work();
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    response_is("Of hills.");
    close_desk();
}

/* Only the model that gave the reply is needed for the rest of it. */
static void a_cut_reply_goes_on_though_another_role_has_no_model(void **state)
{
    (void)state;
    struct lw_span half = {"Of", 2}, none = {NULL, 0};
    open_desk("labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
              "  - {name: t, type: talk, talk: {model: [assistant, other], goes_on: true}}\n");
    assert_int_equal(lw_desk_ask(d.desk), 0);
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "You have no model for \"other\"."));
    assert_int_equal(lw_sitting_ask(p.s), 2);
    const char *of =
        json_string_value(json_object_get(lw_talk_find(lw_sitting_talk(p.s), "m1"), "role_name"));
    const char *known = strcmp(of, "assistant") == 0 ? "m1" : "m2";
    lw_sitting_reply_grows(p.s, known, half, none);
    lw_sitting_end_replies(p.s);
    assert_int_equal(lw_desk_go_on(d.desk, known), 1);
    work();
    close_desk();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_reply_is_told_when_it_has_ended),
        TEST(what_comes_for_a_task_that_was_left_is_told_to_no_other),
        TEST(a_cut_reply_goes_on_though_another_role_has_no_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
