/* What a screen cuts short can be read whole: with one key on any screen, and of the marked row of
 * a list without any. */
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

#define LONG "that goes on for much longer than anybody who made a terminal thought it would to its"

static const char yaml[] = "labelwright: 1\n"
                           "title: A title " LONG " last.\n"
                           "tasks: [tasks.jsonl]\n"
                           "questions:\n"
                           "  - {name: quality, type: rating, label: A label " LONG " final.}\n"
                           "  - {name: note, type: text, label: Note}\n";
static const char jsonl[] =
    "{\"id\":\"t1\",\"prompt\":\"# A heading " LONG " heading.\\n\\nSee [this](https://example.org/"
    "a/path/that/no/line/of/eighty/columns/can/hold/because/somebody/wanted/to/say/much/end)\","
    "\"response\":\"Eins\"}\n"
    "{\"id\":\"t2\",\"prompt\":\"Two\",\"response\":\"Zwei\"}\n";

static struct app_fixture p;

static int begin(void **state)
{
    (void)state;
    app_fixture_make(&p, yaml, jsonl);
    app_fixture_open(&p);
    return 0;
}

static int end(void **state)
{
    (void)state;
    app_fixture_end(&p);
    return 0;
}

/* Also where a line of the screen ends between two of its words. */
static bool shows_words(const char *words)
{
    struct lw_buf screen = {0};
    for (const char *at = app_fixture_screen(&p); *at; at++)
        if (!strchr(" \n", *at) || (screen.len > 0 && screen.data[screen.len - 1] != ' '))
            lw_buf_char(&screen, *at == '\n' ? ' ' : *at);
    bool found = strstr(screen.data, words) != NULL;
    lw_buf_fini(&screen);
    return found;
}

static void the_key_shows_all_of_what_a_task_cuts(void **state)
{
    (void)state;
    assert_false(shows_words("its last."));
    assert_false(shows_words("its final."));
    app_fixture_press(&p, "S-F4");
    assert_true(app_fixture_shows(&p, "CUT SHORT ON THE SCREEN"));
    assert_true(shows_words("A title " LONG " last."));
    assert_true(shows_words("A label " LONG " final."));
    assert_false(app_fixture_shows(&p, "…"));
    app_fixture_press(&p, "Esc");
    assert_true(app_fixture_shows(&p, "? help"));
    app_fixture_press(&p, ": type:whole-texts Enter");
    assert_true(shows_words("A title " LONG " last."));
}

static void it_says_when_nothing_is_cut(void **state)
{
    (void)state;
    end(NULL);
    app_fixture_make(&p,
        "labelwright: 1\ntasks: [tasks.jsonl]\nquestions: [{name: q, type: rating}]\n",
        "{\"id\":\"t1\",\"prompt\":\"One\"}\n");
    app_fixture_open(&p);
    app_fixture_press(&p, "S-F4");
    assert_true(app_fixture_shows(&p, "Nothing is cut short on this screen."));
    assert_true(app_fixture_shows(&p, "? help"));
}

static void other_screens_come_back_behind_it(void **state)
{
    (void)state;
    app_fixture_press(
        &p, "3 m type:a_note_of_more_than_the_forty_columns_of_answers Enter Enter a g S-F4");
    assert_true(app_fixture_shows(&p, "CUT SHORT ON THE SCREEN"));
    assert_true(shows_words("Note a note of more than the forty columns of answers"));
    app_fixture_press(&p, "Esc");
    assert_true(p.app.over == LW_OVERLAY_LIST);
    app_fixture_press(&p, "/ S-F4 Esc type:two");
    assert_true(app_fixture_shows(&p, "/ two"));
}

/* Whoever gave it a letter can still write that letter. */
static void a_letter_of_its_own_is_a_letter_where_one_writes(void **state)
{
    (void)state;
    for (size_t i = 0; i < p.keys.n; i++)
        if (p.keys.v[i].id == LW_CMD_WHOLE)
            p.keys.v[i].key = (struct lw_key){.name = LW_KEY_CHAR, .ch = U'w'};
    app_fixture_press(&p, "m type:wow");
    assert_true(app_fixture_shows(&p, "wow"));
    app_fixture_press(&p, "Enter w");
    assert_true(app_fixture_shows(&p, "CUT SHORT ON THE SCREEN"));
}

static void the_marked_heading_and_link_are_shown_whole(void **state)
{
    (void)state;
    app_fixture_press(&p, "o ^T");
    assert_true(shows_words("A heading " LONG " heading."));
    app_fixture_press(&p, "Esc ^K");
    assert_true(app_fixture_shows(&p, "much/end"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_key_shows_all_of_what_a_task_cuts),
        TEST(it_says_when_nothing_is_cut),
        TEST(other_screens_come_back_behind_it),
        TEST(a_letter_of_its_own_is_a_letter_where_one_writes),
        TEST(the_marked_heading_and_link_are_shown_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
