/* Talks on the screen: the editor for turns, panes of replies that come, the keys. The models are
 * played by the tests; real ones are asked in servers/talk. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/sitting_fixture.h"
#include "labelwright/sitting/talking.h"

static const char TALK[] =
    "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
    "  - {name: conversation, type: talk, required: true,\n"
    "     talk: {model: assistant, replies: 2, min_turns: 2}}\n"
    "  - {name: quality, type: rating, on: response, required: true}\n"
    "  - {name: fix, type: edit, on: response}\n";
static const char ASKED[] = "{\"id\":\"t1\",\"prompt\":\"Speak of rivers.\"}\n";

static void grow(const char *id, const char *text)
{
    struct lw_span none = {NULL, 0};
    lw_sitting_reply_grows(p.s, id, (struct lw_span){text, strlen(text)}, none);
}

static void reply(const char *id, const char *text)
{
    grow(id, text);
    assert_true(lw_sitting_reply_ends(p.s, id, json_pack("{s:s}", "finish", "stop")));
}

static void shows(const char *text)
{
    if (!app_fixture_shows(&p, text))
        fail_msg("the screen lacks: %s\n%s", text, app_fixture_screen(&p));
}

static void two_turns(void)
{
    app_fixture_press(&p, "Space type:Which? ^X");
    lw_sitting_ask(p.s);
    reply("m2", "The Nile.\n\nIt is long.\n\nVery long.\n\nLonger still.\n\nAnd on.\n\nAnd on.");
    reply("m3", "The Amazon.");
    app_fixture_press(&p, "2 4 5 ^W type:Sure? ^X");
    lw_sitting_ask(p.s);
}

static void the_last_turn_stands_above_its_replies(void **state)
{
    (void)state;
    begin(TALK, ASKED);
    two_turns();
    grow("m5", "Yes, as far as it is known.");
    shows("Sure?");
    grow("m6", "No.");
    shows("Sure?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_last_turn_stands_above_its_replies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
