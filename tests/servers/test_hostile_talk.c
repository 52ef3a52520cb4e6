/* Turns whose replies come from models that answer in every way that servers have been seen to,
 * 2,000 of them in random order, eight beside each other: no turn and no reply is lost, nothing
 * hangs, and no control byte reaches the screen. What becomes of each stream is model_streams'. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"
#include "fixtures/server_process.h"
#include "labelwright/desk/desk.h"
#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"

enum { REPLIES = 8, STREAMS = 2000, TURNS_A_TASK = 25, TASKS = 10 };

static const char PROJECT[] =
    "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
    "  - {name: conversation, type: talk, talk: {model: [a, b, c, d, e, f, g, h]}}\n";

/* Those that end by themselves; the others are stopped when these have. */
static const char *const ending[] = {"plain", "at_once", "one_byte", "crlf", "cr", "comments",
    "no_done", "no_end_of_chunks", "after_done", "never_closes", "not_streamed", "wrong_type",
    "giant", "split_characters", "no_utf8", "cut", "ends_unfinished", "reset", "error_inside",
    "no_json_inside", "refused", "forbidden", "absent", "too_often", "overloaded", "broken",
    "redirect", "error_at_once", "web_page", "nonsense", "empty", "says_nothing", "hangs_up"};
static const char *const endless[] = {"endless", "drip", "stalls", "silence"};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct app_fixture p;
static struct server server;
static struct lw_model model[REPLIES];
static struct lw_config config = {.model = model, .nmodel = REPLIES};
static struct lw_http *http;
static struct lw_models *models;
static struct lw_desk *desk;
static uint64_t chance = 20261129;

static size_t below(size_t n)
{
    chance ^= chance << 13, chance ^= chance >> 7, chance ^= chance << 17;
    return (size_t)(chance % n);
}

/* Another way to answer for each; how many of them end. */
static size_t choose_plays(void)
{
    size_t n = 0;
    for (size_t i = 0; i < REPLIES; i++) {
        bool ends = below(10) > 0;
        model[i].name = (char *)(uintptr_t)(ends ? ending[below(COUNT(ending))]
                                                 : endless[below(COUNT(endless))]);
        model[i].api = (enum lw_api_kind)below(LW_API_COUNT);
        n += ends;
    }
    return n;
}

static char *turn_text(void)
{
    static const char *const parts[] = {"Hello ", "phở ", "e\xCC\x81", "مرحبا", "👩‍💻",
        "\x1b[31m", "\x1b]0;x\x07", "\r", "\n", "\"", "\\u0041", "\xC2\x9B", "\xE2\x80\xAE", "\x7f",
        "data: ", "# ", "|a|b|\n|-|-|\n", "$x$", "```"};
    struct lw_buf b = {0};
    lw_buf_str(&b, "Say ");
    for (size_t n = 1 + below(40); n > 0; n--)
        lw_buf_str(&b, parts[below(COUNT(parts))]);
    return lw_buf_detach(&b);
}

static void no_control_byte_is_shown(void)
{
    const unsigned char *s = (const unsigned char *)app_fixture_screen(&p);
    for (; *s; s++)
        if ((*s < 0x20 && *s != '\n') || *s == 0x7f || (*s == 0xc2 && s[1] < 0xa0))
            fail_msg("the byte %02x is on the screen", *s);
}

static size_t live(void)
{
    return lw_talk_live(lw_sitting_talk(p.s));
}

static void wait_and_work(void)
{
    int64_t due = lw_desk_due_ms(desk);
    lw_http_poll(http, NULL, 0, due < 0 || due > 200 ? 200 : (int)due);
    if (lw_app_talk_work(&p.app))
        no_control_byte_is_shown();
}

/* Every reply of the turn in the talk is in the journal, too, with the same text. */
static size_t count_recorded(void)
{
    json_t *events = json_array(), *e, *m;
    size_t i, k, n = 0;
    char *text = app_fixture_read(&p, "journal/000001.jsonl", NULL);
    for (char *rest = text, *line; (line = strsep(&rest, "\n"));)
        if (line[0] && (e = json_loads(line, JSON_ALLOW_NUL, NULL)))
            json_array_append_new(events, e);
    json_array_foreach(events, i, e) json_array_foreach(json_object_get(e, "messages"), k, m) n +=
        strcmp(json_string_value(json_object_get(e, "task")), lw_sitting_view(p.s)->task->id) == 0;
    json_decref(events);
    free(text);
    return n;
}

static void take_a_turn(void)
{
    size_t ends = choose_plays();
    char *text = turn_text();
    lw_sitting_run(p.s, &(struct lw_command){LW_CMD_SAY_TEXT, 0, text, strlen(text)});
    if (!lw_sitting_view(p.s)->saved)
        fail_msg("not said: %s", lw_sitting_view(p.s)->message);
    assert_int_equal(lw_desk_said(desk), REPLIES);
    while (live() > REPLIES - ends)
        wait_and_work();
    if (live() > 0)
        lw_desk_stop(desk);
    while (live() > 0)
        wait_and_work();
    assert_false(lw_desk_busy(desk));
    free(text);
}

/* A turn without any reply is asked again, of one that answers. */
static void choose_one(void)
{
    while (lw_sitting_view(p.s)->task->nresponses == 0) {
        for (size_t i = 0; i < REPLIES; i++)
            model[i].name = (char *)(uintptr_t) "plain";
        assert_int_equal(lw_desk_ask(desk), REPLIES);
        while (live() > 0)
            wait_and_work();
    }
    lw_sitting_focus_talk(p.s);
    app_fixture_press(&p, "1");
    if (!lw_talk_best(lw_sitting_talk(p.s), lw_talk_at(lw_sitting_talk(p.s))))
        fail_msg("not chosen: %s", lw_sitting_view(p.s)->message);
    no_control_byte_is_shown();
}

static void set_up_models(void)
{
    static const char *const roles[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    server_start(&server, "hostile_model.py", (const char *const[]){NULL});
    *strstr(server.url, "/v1") = '\0';
    for (size_t i = 0; i < REPLIES; i++)
        model[i] = (struct lw_model){
            .role = (char *)(uintptr_t)roles[i], .api = LW_API_OPENAI, .url = server.url};
    http = lw_http_new(&lw_sys_real, NULL);
    models = lw_models_new(&lw_sys_real, &config, http);
}

static void no_turn_is_lost_in_2000_streams(void **state)
{
    (void)state;
    struct lw_buf tasks = {0};
    for (int i = 1; i <= TASKS; i++)
        lw_buf_fmt(&tasks, "{\"id\":\"t%d\",\"prompt\":\"Talk.\"}\n", i);
    set_up_models();
    app_fixture_make(&p, PROJECT, tasks.data);
    p.sys.clock = lw_sys_real.clock;
    app_fixture_open(&p);
    app_fixture_guard_keys(&p, 0);
    desk = p.app.desk = lw_desk_new(p.s, models, &config);
    for (int streams = 0, turns = 1; streams < STREAMS; streams += REPLIES, turns++) {
        take_a_turn();
        choose_one();
        if (turns % TURNS_A_TASK == 0) {
            const json_t *all = json_object_get(lw_sitting_talk(p.s), "messages");
            assert_int_equal(count_recorded(), json_array_size(all));
            assert_int_equal(lw_talk_turns(lw_sitting_talk(p.s)), TURNS_A_TASK);
            app_fixture_press(&p, "J");
        }
    }
    p.app.desk = NULL;
    lw_desk_free(desk);
    lw_models_free(models);
    lw_http_free(http);
    server_stop(&server);
    lw_buf_fini(&tasks);
    app_fixture_end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_turn_is_lost_in_2000_streams)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
