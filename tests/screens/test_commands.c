/* Every key that help shows is pressed, and its effect seen. Driven by the command table: a command
 * without a row here fails the test, and so does a key that does nothing. */
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

static struct app_fixture p;

/* ---- what must be seen */

static bool screen_changes(const char *before, int number)
{
    (void)number;
    return strcmp(before, app_fixture_screen(&p)) != 0;
}

static bool digit_is_the_answer(const char *before, int number)
{
    (void)before;
    json_t *answer = json_object_get(lw_sitting_view(p.s)->answers, "better_than_average");
    return json_integer_value(json_object_get(answer, "a")) == number % 10 && answer;
}

static bool task_is(const char *id)
{
    return lw_sitting_view(p.s)->task && strcmp(lw_sitting_view(p.s)->task->id, id) == 0;
}

static bool shows_the_reference_compared(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "word diff from the reference") && app_fixture_shows(&p, "[-");
}

/* What they do to one is in unit/ranking. */
static bool knows_no_ranking(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "is no ranking.");
}

static bool says_what_is_copied(const char *before, int number)
{
    size_t n;
    (void)before;
    (void)number;
    lw_app_copied(&p.app, &n);
    return n > 0 && lw_app_action(&p.app) == LW_ACTION_COPY && app_fixture_shows(&p, "Copied ");
}

static bool shows_the_themes(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "┌ THEMES ") && app_fixture_shows(&p, "> dark");
}

static bool asks_for_a_command(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "┌ ANOTHER KEY ");
}

/* What is marked, and how, is in screens/marking. */
static bool takes_no_spans(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "This task takes no spans.");
}

/* What they do to one is in screens/talk_screen. */
static bool has_no_talk(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "This task has no talk.");
}

/* What it does with one is in screens/repeat. */
static bool knows_no_label(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "No label yet to repeat.");
}

/* What they do to one is in screens/accept. */
static bool knows_no_suggestion(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "nothing is suggested.") ||
           app_fixture_shows(&p, "No suggestion is left.");
}

static bool shows_headings(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "HEADINGS") && app_fixture_shows(&p, "Part one");
}

static bool shows_links(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "LINKS") && app_fixture_shows(&p, "http://b.example");
}

static bool shows_one_line(const char *before, int number)
{
    (void)number;
    return strstr(before, "│ three") && app_fixture_shows(&p, "(code, 4 lines folded)") &&
           app_fixture_shows(&p, "F4: show them.");
}

static bool shows_numbers(const char *before, int number)
{
    (void)number;
    return !strstr(before, "3 │ three") && app_fixture_shows(&p, "3 │ three");
}

static bool first_is_saved(const char *before, int number)
{
    (void)before;
    (void)number;
    return lw_sitting_view(p.s)->saved && task_is("pair") && app_fixture_shows(&p, "Saved task 1");
}

static bool at_the_pair(const char *before, int number)
{
    (void)before;
    (void)number;
    return task_is("pair");
}

static bool at_the_first(const char *before, int number)
{
    (void)before;
    (void)number;
    return task_is("first");
}

static bool asks_for(enum lw_app_action action)
{
    return lw_app_action(&p.app) == action;
}

static bool asks_to_redraw(const char *before, int number)
{
    (void)before;
    (void)number;
    return asks_for(LW_ACTION_REDRAW);
}

static bool asks_to_suspend(const char *before, int number)
{
    (void)before;
    (void)number;
    return asks_for(LW_ACTION_SUSPEND);
}

static bool page_shows(const char *before, const char *text)
{
    return strcmp(before, app_fixture_screen(&p)) != 0 && app_fixture_shows(&p, text);
}

static bool shows_help(const char *before, int number)
{
    (void)number;
    return page_shows(before, "KEYS");
}

static bool shows_guidelines(const char *before, int number)
{
    (void)number;
    return page_shows(before, "GUIDELINES");
}

static bool shows_the_card(const char *before, int number)
{
    (void)number;
    return page_shows(before, "LEAVING");
}

static bool shows_the_list(const char *before, int number)
{
    (void)number;
    return page_shows(before, "TASKS");
}

static bool shows_the_palette(const char *before, int number)
{
    (void)number;
    return page_shows(before, "Commands");
}

static bool says_what_is_sent(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "Nothing to send.");
}

static bool says_there_is_no_old_draft(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "No old draft for this task.");
}

static bool shows_what_was_said(const char *before, int number)
{
    (void)number;
    return page_shows(before, "MESSAGES") && app_fixture_shows(&p, "12:00:00  Task 1 marked.");
}

static bool says_nothing_is_cut(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "Nothing is cut short on this screen.");
}

static bool shows_ones_work(const char *before, int number)
{
    (void)number;
    return page_shows(before, "MY WORK") && app_fixture_shows(&p, "No labels in these days.");
}

static bool is_for_tables(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(
        &p, "This is for a table that was just opened, before its first answer.");
}

static bool tells_the_pace(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "No task done today yet, so there is no pace.");
}

static bool shows_pause(const char *before, int number)
{
    (void)number;
    return page_shows(before, "paused") && !app_fixture_shows(&p, "line 1 of the answer");
}

static bool opens_the_picker(const char *before, int number)
{
    (void)number;
    return page_shows(before, "Flags: response");
}

static bool opens_the_note(const char *before, int number)
{
    (void)number;
    return page_shows(before, "┌ Remark");
}

static bool opens_the_correction(const char *before, int number)
{
    (void)number;
    return page_shows(before, "EDIT  response");
}

static bool asks_for_the_own_editor(const char *before, int number)
{
    (void)before;
    (void)number;
    size_t n;
    const char *text = lw_app_external_text(&p.app, &n);
    return asks_for(LW_ACTION_EXTERNAL_EDITOR) && n > 20 &&
           memcmp(text, "line 1 of the answer", 20) == 0;
}

static bool shows_what_differs(const char *before, int number)
{
    (void)number;
    return page_shows(before, "[-line-]{+row+} 1 of the answer");
}

static bool asks_why(const char *before, int number)
{
    (void)number;
    return page_shows(before, "Skip this task. Reason");
}

static bool asks_what_to_find(const char *before, int number)
{
    (void)number;
    return page_shows(before, "Search this task");
}

static bool asks_where(const char *before, int number)
{
    (void)number;
    return page_shows(before, "Go to task");
}

static bool lines_together(const char *before, int number)
{
    (void)before;
    (void)number;
    app_fixture_press(&p, "j");
    return p.app.pane[1].top == 1 && p.app.pane[2].top == 1;
}

static bool shows_the_hidden(const char *before, int number)
{
    (void)number;
    return strstr(before, "Hidden") && app_fixture_shows(&p, "the hidden text");
}

/* What they do with several is in test_turns.c. */
static bool says_that_no_turn_is_below(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "No more turns below.");
}

static bool says_that_no_turn_is_above(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "No more turns above.");
}

/* What they do with one is in test_spelling.c. */
static bool says_that_no_language_is_set(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "No language to check: write spelling: [en]");
}

static bool says_that_all_start_hidden(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "Every task starts hidden, until you leave.");
}

static bool says_that_no_break_is_offered(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "No break is offered now.");
}

static bool shows_the_card_of_the_day(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "STOP FOR TODAY");
}

static bool says_that_pictures_are_grey(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "Pictures are grey.");
}

/* What they do with one is in test_pictures.c. */
static bool says_there_is_no_picture(const char *before, int number)
{
    (void)before;
    (void)number;
    return app_fixture_shows(&p, "No picture here.");
}

static bool shows_the_mark(const char *before, int number)
{
    (void)number;
    return !strstr(before, "marked") && app_fixture_shows(&p, "1/4  marked") &&
           app_fixture_shows(&p, "Task 1 marked.");
}

/* ---- the table */

static const struct {
    const char *setup; /* keys that make the effect possible */
    bool (*seen)(const char *before, int number);
} rows[LW_CMD_TABLE_END] = {
    [LW_CMD_DIGIT] = {"", digit_is_the_answer},
    [LW_CMD_SAY] = {"", has_no_talk},
    [LW_CMD_SAY_ANEW] = {"", has_no_talk},
    [LW_CMD_ASK] = {"", has_no_talk},
    [LW_CMD_GO_ON] = {"", has_no_talk},
    [LW_CMD_STOP] = {"", has_no_talk},
    [LW_CMD_BRANCH] = {"", has_no_talk},
    [LW_CMD_LESS] = {"5 S-Tab Tab", screen_changes},
    [LW_CMD_MORE] = {"", screen_changes},
    [LW_CMD_MUCH_LESS] = {"5 S-Tab Tab", screen_changes},
    [LW_CMD_MUCH_MORE] = {"", screen_changes},
    [LW_CMD_TIE] = {"", knows_no_ranking},
    [LW_CMD_NOT_RANKABLE] = {"", knows_no_ranking},
    [LW_CMD_ACCEPT] = {"", knows_no_suggestion},
    [LW_CMD_ACCEPT_ALL] = {"", knows_no_suggestion},
    [LW_CMD_REPEAT] = {"", knows_no_label},
    [LW_CMD_NEXT_QUESTION] = {"", screen_changes},
    [LW_CMD_PREV_QUESTION] = {"", screen_changes},
    [LW_CMD_FLAG] = {"", opens_the_picker},
    [LW_CMD_SPAN] = {"", takes_no_spans},
    [LW_CMD_NOTE] = {"", opens_the_note},
    [LW_CMD_EDIT] = {"", opens_the_correction},
    [LW_CMD_EDIT_OUTSIDE] = {"", asks_for_the_own_editor},
    [LW_CMD_OLD_DRAFT] = {"", says_there_is_no_old_draft},
    [LW_CMD_SUBMIT] = {"7", first_is_saved},
    [LW_CMD_SKIP] = {"", asks_why},
    [LW_CMD_TAKE_BACK] = {"7", screen_changes},
    [LW_CMD_NEXT_TASK] = {"", at_the_pair},
    [LW_CMD_PREV_TASK] = {"J", at_the_first},
    [LW_CMD_GO_TO] = {"", asks_where},
    [LW_CMD_LIST] = {"", shows_the_list},
    [LW_CMD_MARK] = {"", shows_the_mark},
    [LW_CMD_NEXT_MARK] = {"M J", at_the_first},
    [LW_CMD_LINE_DOWN] = {"", screen_changes},
    [LW_CMD_LINE_UP] = {"j", screen_changes},
    [LW_CMD_PAGE_DOWN] = {"", screen_changes},
    [LW_CMD_PAGE_UP] = {"G", screen_changes},
    [LW_CMD_TOP] = {"G", screen_changes},
    [LW_CMD_BOTTOM] = {"", screen_changes},
    [LW_CMD_FIND] = {"", asks_what_to_find},
    [LW_CMD_FIND_NEXT] = {"/ type:line_4 Enter", screen_changes},
    [LW_CMD_FIND_PREV] = {"/ type:line_4 Enter", screen_changes},
    [LW_CMD_PANE] = {"j", screen_changes},
    [LW_CMD_NEXT_ITEM] = {"", says_that_no_turn_is_below},
    [LW_CMD_PREV_ITEM] = {"", says_that_no_turn_is_above},
    [LW_CMD_ZOOM] = {"", screen_changes},
    [LW_CMD_LINK] = {"J", lines_together},
    [LW_CMD_FOLD] = {"", screen_changes},
    [LW_CMD_RAW] = {"", screen_changes},
    [LW_CMD_HEADINGS] = {"J J J", shows_headings},
    [LW_CMD_LINKS] = {"J J J", shows_links},
    [LW_CMD_FOLD_BLOCKS] = {"J J J", shows_one_line},
    [LW_CMD_NUMBERS] = {"J J J", shows_numbers},
    [LW_CMD_WORD_DIFF] = {"e Del Del Del Del type:row ^X", shows_what_differs},
    [LW_CMD_SPELLING] = {"", says_that_no_language_is_set},
    [LW_CMD_NEXT_MISSPELT] = {"", says_that_no_language_is_set},
    [LW_CMD_PREV_MISSPELT] = {"", says_that_no_language_is_set},
    [LW_CMD_COMPARE_WITH] = {"J J J", shows_the_reference_compared},
    [LW_CMD_LARGER] = {"", says_there_is_no_picture},
    [LW_CMD_SMALLER] = {"", says_there_is_no_picture},
    [LW_CMD_PART_LEFT] = {"", says_there_is_no_picture},
    [LW_CMD_PART_RIGHT] = {"", says_there_is_no_picture},
    [LW_CMD_PART_UP] = {"", says_there_is_no_picture},
    [LW_CMD_PART_DOWN] = {"", says_there_is_no_picture},
    [LW_CMD_PICTURE_FILTER] = {"", says_that_pictures_are_grey},
    [LW_CMD_HIDE_FIRST] = {"", says_that_all_start_hidden},
    [LW_CMD_LATER] = {"", says_that_no_break_is_offered},
    [LW_CMD_STOP_TODAY] = {"", shows_the_card_of_the_day},
    [LW_CMD_CURTAIN] = {"J J", shows_the_hidden},
    [LW_CMD_CURTAIN_ALL] = {"J J", shows_the_hidden},
    [LW_CMD_GUIDELINES] = {"", shows_guidelines},
    [LW_CMD_HELP] = {"", shows_help},
    [LW_CMD_MESSAGES] = {"M", shows_what_was_said},
    [LW_CMD_WHOLE] = {"", says_nothing_is_cut},
    [LW_CMD_WORK] = {"", shows_ones_work},
    [LW_CMD_FIRST_ROW] = {"", is_for_tables},
    [LW_CMD_PACE] = {"", tells_the_pace},
    [LW_CMD_PALETTE] = {"", shows_the_palette},
    [LW_CMD_COPY] = {"", says_what_is_copied},
    [LW_CMD_COPY_ID] = {"", says_what_is_copied},
    [LW_CMD_THEME] = {"", shows_the_themes},
    [LW_CMD_REMAP] = {"", asks_for_a_command},
    [LW_CMD_SEND] = {"", says_what_is_sent},
    [LW_CMD_PAUSE] = {"", shows_pause},
    [LW_CMD_REDRAW] = {"", asks_to_redraw},
    [LW_CMD_SUSPEND] = {"", asks_to_suspend},
    [LW_CMD_QUIT] = {"", shows_the_card},
};

static const char yaml[] = "labelwright: 1\n"
                           "tasks: [tasks.jsonl]\n"
                           "curtain: [grim]\n"
                           "questions:\n"
                           "  - {name: better_than_average, type: rating, on: response,\n"
                           "     required: true, scale: {min: 0, max: 9}}\n"
                           "  - {name: flags, type: tags, on: response, options: [{value: odd}]}\n"
                           "  - {name: fix, type: edit, on: response}\n"
                           "  - {name: remark, type: text}\n"
                           "sync: {to: \"file:outbox\"}\n";

static void make(void)
{
    struct lw_buf jsonl = {0}, text = {0};
    for (int i = 1; i <= 60; i++)
        lw_buf_fmt(&text, "line %d of the answer\\n", i);
    lw_buf_fmt(&jsonl,
        "{\"id\":\"first\",\"prompt\":\"p1\\np2\\np3\\np4\",\"responses\":[{\"id\":\"a\","
        "\"text\":\"%s\"}]}\n",
        text.data);
    lw_buf_fmt(&jsonl,
        "{\"id\":\"pair\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"%s\"},"
        "{\"id\":\"b\",\"text\":\"%s\"}]}\n",
        text.data, text.data);
    lw_buf_str(&jsonl,
        "{\"id\":\"dark\",\"tags\":[\"grim\"],\"prompt\":\"the hidden text\",\"responses\":[]}\n"
        "{\"id\":\"sheet\",\"prompt\":\"p\",\"reference\":\"old "
        "See\",\"responses\":[{\"id\":\"a\",\"text\":"
        "\"## Part one\\n\\nSee "
        "[this](http://b.example).\\n\\n```\\none\\ntwo\\nthree\\nfour\\n```\"}]}\n");
    app_fixture_make(&p, yaml, jsonl.data);
    lw_buf_fini(&jsonl);
    lw_buf_fini(&text);
}

/* What is folded is found, and shown then. */
static void search_unfolds(void **state)
{
    (void)state;
    make();
    app_fixture_open(&p);
    app_fixture_press(&p, "J J J F4");
    assert_false(app_fixture_shows(&p, "│ three"));
    app_fixture_press(&p, "/ type:three Enter");
    assert_true(app_fixture_shows(&p, "│ three"));
    app_fixture_press(&p, "F4 n");
    assert_true(app_fixture_shows(&p, "│ three"));
    app_fixture_press(&p, "F4 K J");
    assert_true(app_fixture_shows(&p, "│ three"));
    app_fixture_end(&p);
}

static bool key_works(enum lw_command_id id, struct lw_key key, int number)
{
    make();
    app_fixture_open(&p);
    app_fixture_press(&p, rows[id].setup);
    char *before = lw_strdup(app_fixture_screen(&p));
    lw_app_key(&p.app, key, NULL, 0);
    bool works = rows[id].seen(before, number);
    free(before);
    app_fixture_end(&p);
    return works;
}

static void every_key_of_the_table_has_its_effect(void **state)
{
    (void)state;
    int wrong = 0;
    for (int id = 0; id < LW_CMD_TABLE_END; id++) {
        char *keys = lw_strdup(lw_command_table[id].keys), *rest = keys;
        int number = 1;
        if (!rows[id].seen)
            fail_msg("no row says what `%s` does", lw_command_table[id].name);
        for (char *name; (name = strtok_r(rest, " ", &rest)); number++) {
            struct lw_key key;
            assert_true(lw_key_parse(name, &key));
            if (!key_works((enum lw_command_id)id, key, number)) {
                print_error("%s: the key %s has no effect\n", lw_command_table[id].name, name);
                wrong++;
            }
        }
        free(keys);
    }
    assert_int_equal(wrong, 0);
}

static void help_shows_every_command_with_its_keys(void **state)
{
    (void)state;
    make();
    app_fixture_open(&p);
    lw_app_resize(&p.app, 250, 99); /* one column */
    app_fixture_press(&p, "?");
    const char *screen = app_fixture_screen(&p);
    for (int id = 0; id < LW_CMD_TABLE_END; id++) {
        struct lw_buf keys = {0};
        lw_keymap_keys(&p.keys, (enum lw_command_id)id, 4, &keys);
        if (!strstr(screen, lw_command_table[id].help))
            fail_msg("help does not tell what %s does", lw_command_table[id].name);
        if (id != LW_CMD_DIGIT && !strstr(screen, keys.data))
            fail_msg("help does not show %s", keys.data);
        lw_buf_fini(&keys);
    }
    app_fixture_end(&p);
}

static size_t hit_line(void)
{
    const struct lw_hit *h = &p.app.hit[p.app.hit_at];
    return lw_doc_line_of(&p.app.pane[h->pane].doc, h->at.s);
}

static void finding_goes_from_place_to_place_and_around(void **state)
{
    (void)state;
    make();
    app_fixture_open(&p);
    app_fixture_press(&p, "/ type:LINE_59 Enter"); /* large or small letters */
    assert_int_equal(p.app.nhits, 1);
    assert_int_equal(hit_line(), 58);
    assert_true(app_fixture_shows(&p, "line 59 of the answer"));
    app_fixture_press(&p, "/ type:line_5 Enter n n");
    assert_int_equal(p.app.nhits, 11); /* 5 and 50 to 59 */
    size_t line = hit_line();
    app_fixture_press(&p, "N n");
    assert_int_equal(hit_line(), line);
    app_fixture_press(&p, "n n n n n n n n n n n");
    assert_int_equal(hit_line(), line);
    app_fixture_press(&p, "/ type:p3 Enter"); /* in the prompt: its pane scrolls now */
    assert_int_equal(p.app.active, 0);
    app_fixture_press(&p, "/ type:nowhere Enter");
    assert_true(app_fixture_shows(&p, "\"nowhere\": not found in this task."));
    assert_int_equal(p.app.nhits, 0);
    app_fixture_press(&p, "J / type:line_3 Enter J K");
    app_fixture_screen(&p);
    assert_true(p.app.nhits > 0); /* the next task is searched for the same */
    app_fixture_press(&p, "/ Enter");
    assert_int_equal(p.app.nhits, 0);
    app_fixture_end(&p);
}

static void the_palette_finds_a_command_and_runs_it(void **state)
{
    (void)state;
    make();
    app_fixture_open(&p);
    app_fixture_press(&p, ": type:nxt");
    assert_true(app_fixture_shows(&p, "next-task"));
    assert_false(app_fixture_shows(&p, "guidelines"));
    app_fixture_press(&p, "Backspace Backspace Backspace type:next-t Enter");
    assert_true(task_is("pair"));
    app_fixture_press(&p, "^P type:session Enter"); /* by a word of its help */
    assert_true(app_fixture_shows(&p, "No messages yet."));
    app_fixture_press(&p, "Esc ^P type:zzzz Enter Esc");
    assert_true(task_is("pair"));
    app_fixture_end(&p);
}

static void no_two_commands_share_a_key(void **state)
{
    (void)state;
    struct lw_keymap m;
    struct lw_config none = {0};
    struct lw_problems problems = {0};
    assert_true(lw_keymap_init(&m, &none, &problems));
    lw_keymap_fini(&m);
}

static void bindings_replace_keys_and_clashes_name_both(void **state)
{
    (void)state;
    struct lw_keymap m;
    struct lw_problems problems = {0};
    char *free_key[] = {(char[]){"h"}}, *taken[] = {(char[]){"q"}}, *never[] = {(char[]){"w"}};
    struct lw_key_binding bind[] = {{(char[]){"skip"}, free_key, 1, 3, 5}};
    struct lw_config c = {.file = (char[]){"config.yaml"}, .bind = bind, .nbind = 1};
    assert_true(lw_keymap_init(&m, &c, &problems));
    struct lw_key h = {.name = LW_KEY_CHAR, .ch = 'h'}, s = {.name = LW_KEY_CHAR, .ch = 's'};
    assert_int_equal(lw_keymap_find(&m, h).id, LW_CMD_SKIP);
    assert_int_equal(lw_keymap_find(&m, s).id, LW_CMD_COUNT);
    lw_keymap_fini(&m);
    bind[0].keys = taken;
    assert_false(lw_keymap_init(&m, &c, &problems));
    assert_non_null(strstr(problems.v[0], "skip"));
    assert_non_null(strstr(problems.v[0], "quit"));
    lw_keymap_fini(&m);
    bind[0].keys = never;
    assert_false(lw_keymap_init(&m, &c, &problems));
    assert_non_null(strstr(problems.v[1], "Telex"));
    lw_keymap_fini(&m);
    lw_problems_fini(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search_unfolds),
        cmocka_unit_test(every_key_of_the_table_has_its_effect),
        cmocka_unit_test(help_shows_every_command_with_its_keys),
        cmocka_unit_test(finding_goes_from_place_to_place_and_around),
        cmocka_unit_test(the_palette_finds_a_command_and_runs_it),
        cmocka_unit_test(no_two_commands_share_a_key),
        cmocka_unit_test(bindings_replace_keys_and_clashes_name_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
