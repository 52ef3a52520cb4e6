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

#include "markup/rendering_internal.h" /* before the fixture's p */

#include "fixtures/sitting_fixture.h"
#include "labelwright/sitting/talking.h"

static const char TALK[] = "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
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

/* The second of these is on its way. */
static void two_turns(void)
{
    app_fixture_press(&p, "Space type:Which? ^X");
    lw_sitting_ask(p.s);
    reply("m2", "The Amazon.");
    reply("m3", "The Nile.\n\nIt is long.\n\nVery long.\n\nLonger still.\n\nAnd on.\n\nAnd on.");
    app_fixture_press(&p, "2 4 5 ^W type:Sure? ^X");
    lw_sitting_ask(p.s);
    app_fixture_screen(&p);
}

static int row_of(const char *text)
{
    const char *at = strstr(app_fixture_screen(&p), text);
    int row = 0;
    assert_non_null(at);
    for (const char *c = app_fixture_screen(&p); c < at; c++)
        row += *c == '\n';
    return row;
}

static void the_last_turn_stands_above_its_replies(void **state)
{
    (void)state;
    begin(TALK, ASKED);
    two_turns();
    grow("m5", "Yes, as far as it is known.");
    shows("Sure?");
    int first = row_of("> A"), second = row_of("B ─");
    grow("m6", "No.\n\nNot\n\nat\n\nall.\n\nNever\n\nand\n\nnowhere.\n\nNo.\n\nNo.");
    shows("Sure?");
    assert_int_equal(row_of("> A"), first); /* panes stand still while they fill */
    assert_int_equal(row_of("B ─"), second);
    shows("coming");
}

static void the_cursor_stands_where_the_reply_goes_on(void **state)
{
    (void)state;
    static const char said[] = "Yes, as far as";
    begin(TALK, ASKED);
    two_turns();
    grow("m5", said);
    grow("m6", "```c\nint long_river;");
    int row = row_of(said);
    assert_int_equal(p.frame.cursor_row, row);
    assert_int_equal(p.frame.cursor_col, 1 + strlen(said));
    app_fixture_press(&p, "o");
    row = row_of("int long_river;");
    assert_int_equal(p.frame.cursor_row, row);
    assert_null(strstr(app_fixture_screen(&p), "not closed")); /* it may be yet */
    assert_true(lw_sitting_reply_ends(p.s, "m6", json_object()));
    shows("not closed");
}

static struct lw_rendering *laid_out(int pane, size_t part)
{
    app_fixture_screen(&p);
    assert_true(part < p.app.pane[pane].doc.nparts);
    return p.app.pane[pane].doc.part[part].rendering;
}

/* However long the talk is, what comes costs what it itself takes. */
static void only_a_reply_that_grows_is_laid_out_again(void **state)
{
    (void)state;
    begin(TALK, ASKED);
    two_turns();
    grow("m5", "Yes.");
    grow("m6", "N");
    size_t last = p.app.pane[0].doc.nparts - 1;
    enum { MARK = 12345 }; /* of the same one: another may be in the same place */
    laid_out(0, last)->waste = laid_out(1, 0)->waste = laid_out(2, 0)->waste = MARK;
    grow("m6", "No.");
    assert_int_equal(laid_out(0, last)->waste, MARK);
    assert_int_equal(laid_out(1, 0)->waste, MARK);
    assert_int_equal(laid_out(2, 0)->waste, 0);
}

static void the_best_reply_is_marked(void **state)
{
    (void)state;
    begin(TALK, ASKED);
    app_fixture_press(&p, "Space type:Which? ^X");
    lw_sitting_ask(p.s);
    shows("^X stop");
    reply("m2", "a");
    reply("m3", "b");
    shows("1-2 best");
    app_fixture_press(&p, "2");
    shows("B  best");
}

static void a_turn_is_typed_with_the_talk_in_sight(void **state)
{
    (void)state;
    begin(TALK, ASKED);
    app_fixture_press(&p, "Space type:Which?");
    shows("^X say it");
    app_fixture_press(&p, "Esc");
    shows("Not finished, kept as a draft. ^W continues.");
    app_fixture_press(&p, "^W");
    shows(" Which?");
    app_fixture_press(&p, "^X");
    lw_sitting_ask(p.s);
    reply("m2", "a");
    reply("m3", "the other");
    app_fixture_press(&p, "2 4 4 Space");
    shows("the other"); /* beside the editor */
}

static void the_best_reply_is_the_one_to_correct(void **state)
{
    (void)state;
    begin(TALK, ASKED);
    app_fixture_press(&p, "Space type:Which? ^X replies:first|second 1 4 4 e type:My_ ^X");
    char *fixed = json_dumps(json_object_get(lw_sitting_view(p.s)->answers, "fix"), JSON_COMPACT);
    assert_string_equal(fixed, "{\"m2\":{\"original\":\"first\",\"text\":\"My first\"}}");
    free(fixed);
}

/* Nothing came of B while its flags were open: they close, and A is still the one in focus. */
static void a_box_about_a_reply_that_is_gone_closes(void **state)
{
    (void)state;
    begin("labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
          "  - {name: conversation, type: talk, talk: {model: assistant, replies: 2}}\n"
          "  - {name: flags, type: tags, on: response, options: [{value: odd}, {value: rude}]}\n",
        ASKED);
    app_fixture_press(&p, "Space type:Which? ^X");
    lw_sitting_ask(p.s);
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = 2}); /* of B */
    app_fixture_press(&p, "Space");
    shows("[ ] odd");
    assert_false(lw_sitting_reply_ends(p.s, "m3", json_object()));
    shows("What this was about is not there any more.");
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = 1}); /* of A */
    app_fixture_press(&p, "Space");
    shows("[ ] odd");
    reply("m2", "first"); /* which is no reason to close it */
    shows("[ ] odd");
}

/* Its text would be another one before the marks and the correction are kept. */
static void a_reply_that_still_comes_is_not_marked_nor_corrected(void **state)
{
    (void)state;
    begin("labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
          "  - {name: conversation, type: talk, talk: {model: assistant}}\n"
          "  - {name: fix, type: edit, on: response}\n"
          "  - {name: claims, type: spans, on: response, options: [{value: claim, key: c}]}\n",
        ASKED);
    app_fixture_press(&p, "Space type:Which? ^X");
    lw_sitting_ask(p.s);
    grow("m2", "Some of it");
    app_fixture_press(&p, "v");
    shows("Replies are still coming.");
    assert_int_equal(p.app.over, LW_OVERLAY_NONE);
    app_fixture_press(&p, "e");
    shows("Replies are still coming.");
    assert_int_equal(p.app.over, LW_OVERLAY_NONE);
    reply("m2", "Some of it, and the rest.");
    app_fixture_press(&p, "v");
    assert_int_equal(p.app.over, LW_OVERLAY_MARKING);
}

static void a_turn_written_anew_can_be_left_as_it_was(void **state)
{
    (void)state;
    begin(TALK, ASKED);
    app_fixture_press(&p, "Space type:Which? ^X");
    lw_sitting_ask(p.s);
    reply("m2", "a");
    reply("m3", "b");
    app_fixture_press(&p, "^E");
    shows(" Which?");
    app_fixture_press(&p, "Esc");
    shows("No change.");
    app_fixture_press(&p, "^E type:_of_all ^X");
    const struct lw_task *t = lw_sitting_view(p.s)->task;
    assert_int_equal(t->nturns, 2);
    assert_string_equal(t->turn[1].id, "m4");
    assert_int_equal(t->nresponses, 0);
    app_fixture_press(&p, "^U");
    shows("Another branch.");
    assert_int_equal(lw_sitting_view(p.s)->task->nresponses, 2);
}

/* Two rows of the same words would say nothing of which is which. */
static void questions_about_replies_to_come_say_whose_they_are(void **state)
{
    (void)state;
    begin(TALK, ASKED);
    shows("A quality");
    shows("B quality");
    shows("B fix");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_last_turn_stands_above_its_replies),
        TEST(the_cursor_stands_where_the_reply_goes_on),
        TEST(only_a_reply_that_grows_is_laid_out_again),
        TEST(the_best_reply_is_marked),
        TEST(a_turn_is_typed_with_the_talk_in_sight),
        TEST(the_best_reply_is_the_one_to_correct),
        TEST(a_box_about_a_reply_that_is_gone_closes),
        TEST(a_reply_that_still_comes_is_not_marked_nor_corrected),
        TEST(questions_about_replies_to_come_say_whose_they_are),
        TEST(a_turn_written_anew_can_be_left_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
