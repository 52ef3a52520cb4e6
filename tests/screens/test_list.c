/* The task list: finding a label of yesterday and changing it. */
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

static const char yaml[] = "labelwright: 1\n"
                           "tasks: [tasks.jsonl]\n"
                           "questions:\n"
                           "  - {name: quality, type: rating, on: response, required: true}\n"
                           "  - {name: problems, type: tags, on: response,\n"
                           "     options: [{value: rude}, {value: made_up, label: Makes up}]}\n"
                           "  - {name: note, type: text}\n";

static struct app_fixture p;

static void begin(int tasks)
{
    struct lw_buf b = {0};
    for (int i = 1; i <= tasks; i++)
        lw_buf_fmt(&b,
            "{\"id\":\"t%d\",\"prompt\":\"Question %d about %s\",\"response\":\"Reply %d\"}\n", i,
            i, i == 7 ? "Ostriches" : "birds", i);
    app_fixture_make(&p, yaml, b.data);
    app_fixture_open(&p);
    lw_buf_fini(&b);
}

static int end(void **state)
{
    (void)state;
    app_fixture_end(&p);
    return 0;
}

static void work(void)
{
    while (lw_app_has_work(&p.app))
        lw_app_work(&p.app);
}

static void yesterdays_mistake_is_found_and_mended(void **state)
{
    (void)state;
    begin(40);
    for (int i = 0; i < 12; i++)
        app_fixture_press(&p, "4 Enter");
    app_fixture_press(&p, "wait:86400000 a / type:ostrich");
    work();
    assert_true(app_fixture_shows(&p, ">   7  done     yest. 12:00"));
    app_fixture_press(&p, "Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t7");
    assert_int_equal(lw_sitting_view(p.s)->state, LW_TASK_DONE);
    app_fixture_press(&p, "2 Enter");
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint("t7", 2));
    assert_true(e->before > 0); /* the old one stays in the journal */
    app_fixture_press(&p, "a g");
    assert_true(app_fixture_shows(&p, "Quality 2"));
}

/* A place in the middle of an answer, of the third of three, is shown in the list and behind it. */
static void words_inside_an_answer_are_shown_where_they_stand(void **state)
{
    (void)state;
    struct lw_buf tasks = {0};
    for (int i = 1; i <= 3; i++) {
        lw_buf_fmt(&tasks, "{\"id\":\"t%d\",\"prompt\":\"Ask %d\",\"responses\":[", i, i);
        lw_buf_str(&tasks, "{\"text\":\"first\"},{\"text\":\"second\"},{\"text\":\"");
        for (int k = 0; k < 60; k++)
            lw_buf_fmt(&tasks, "Line %d.\\n", k);
        lw_buf_fmt(&tasks, "Here %s sits.\\nEnd\"}]}\n", i == 2 ? "the Osprey" : "nobody");
    }
    app_fixture_make(&p, yaml, tasks.data);
    app_fixture_open(&p);
    app_fixture_press(&p, "a / type:osprey");
    work();
    assert_true(app_fixture_shows(&p, "the Osprey sits."));
    app_fixture_press(&p, "Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    assert_true(app_fixture_shows(&p, "\"osprey\": 1 of 1."));
    assert_true(app_fixture_shows(&p, "Here the Osprey sits."));
    assert_int_equal(p.app.pane[1].response, 2);
    app_fixture_press(&p, "/ type:second Enter");
    assert_int_equal(p.app.pane[1].response, 1);
    app_fixture_press(&p, "a / type:t3");
    work();
    app_fixture_press(&p, "Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t3");
    assert_false(app_fixture_shows(&p, "not found in this task"));
    lw_buf_fini(&tasks);
}

/* What the cells of a row say that are in a role, without blanks between them. */
static const char *words_in(int row, enum lw_role role)
{
    static char words[256];
    size_t n = 0;
    app_fixture_screen(&p);
    for (int col = 0; col < p.frame.cols; col++) {
        const struct lw_cell *c = &p.frame.cell[row * p.frame.cols + col];
        if (c->role == role && c->cp[0] < 128 && n + 1 < sizeof words)
            words[n++] = (char)c->cp[0];
    }
    words[n] = '\0';
    return words;
}

static int row_of(const char *text)
{
    const char *screen = app_fixture_screen(&p), *at = strstr(screen, text);
    assert_non_null(at);
    int row = 0;
    for (; screen < at; screen++)
        row += *screen == '\n';
    return row;
}

/* In a style of its own: reverse in every theme, so that it is seen without colours. */
static void what_was_found_is_marked(void **state)
{
    (void)state;
    begin(40);
    app_fixture_press(&p, "a / type:OSTRICH");
    work();
    assert_string_equal(words_in(row_of(">   7 "), LW_ROLE_CHOSEN), "Ostrich");
    assert_string_equal(words_in(p.frame.rows - 5, LW_ROLE_CHOSEN), "Ostrich"); /* below the list */
    app_fixture_press(&p, "Esc j");
    assert_string_equal(words_in(row_of("     7 "), LW_ROLE_CHOSEN), "Ostrich");
    app_fixture_press(&p, "/ type:zzz");
    work();
    assert_string_equal(words_in(row_of("     7 "), LW_ROLE_CHOSEN), "");
}

static void a_task_found_by_its_id_says_so(void **state)
{
    (void)state;
    begin(40);
    app_fixture_press(&p, "a / type:T31");
    work();
    assert_true(app_fixture_shows(&p, "t31  Question 31"));
    assert_string_equal(words_in(row_of(">  31"), LW_ROLE_CHOSEN), "t31");
    app_fixture_press(&p, "Enter");
    assert_false(app_fixture_shows(&p, "not found"));
}

static void enter_waits_for_what_is_still_looked_for(void **state)
{
    (void)state;
    begin(2000);
    app_fixture_press(&p, "a / type:t1999 Enter");
    assert_true(p.app.over == LW_OVERLAY_LIST);
    work();
    assert_true(p.app.over == LW_OVERLAY_NONE);
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t1999");
    app_fixture_press(&p, "a / type:nowhere Enter");
    work();
    assert_true(p.app.over == LW_OVERLAY_LIST);
    assert_true(app_fixture_shows(&p, "\"nowhere\": not found from here on."));
}

static void keys_stop_the_looking(void **state)
{
    (void)state;
    begin(2000);
    app_fixture_press(&p, "a / type:t1999 Esc");
    assert_false(lw_app_has_work(&p.app));
    app_fixture_press(&p, "j a");
    assert_true(p.app.over == LW_OVERLAY_NONE);
}

/* How many tasks one piece of work checks. */
static size_t looked_at(const char *keys)
{
    app_fixture_press(&p, keys);
    assert_false(lw_app_work(&p.app));
    assert_true(lw_app_has_work(&p.app));
    return p.app.list.next;
}

/* A piece of work is as long whatever the cost of knowing that a task lacks the words. */
static void keys_do_not_wait_for_the_looking(void **state)
{
    (void)state;
    begin(60000);
    size_t parsed = looked_at("a / type:?!"), scanned = looked_at("Esc / type:nowhere");
    assert_true(parsed > 10 && parsed < 1000);
    assert_true(scanned > 5 * parsed && scanned < 60000);
    app_fixture_press(&p, "Esc");
    assert_false(lw_app_has_work(&p.app));
}

static void filters_show_only_what_is_so(void **state)
{
    (void)state;
    begin(30);
    app_fixture_press(&p, "4 Enter s type:dull Enter 5 Enter 3 a");
    assert_true(app_fixture_shows(&p, "draft"));
    app_fixture_press(&p, "Tab"); /* still to label */
    assert_true(app_fixture_shows(&p, "Question 5"));
    assert_false(app_fixture_shows(&p, "Question 1 "));
    app_fixture_press(&p, "Tab"); /* done */
    assert_true(app_fixture_shows(&p, "Question 3"));
    assert_false(app_fixture_shows(&p, "Question 2 "));
    app_fixture_press(&p, "Tab"); /* skipped */
    assert_true(app_fixture_shows(&p, "\"dull\""));
    assert_int_equal(p.app.list.nlines, 1);
    app_fixture_press(&p, "Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
}

/* The numbers of the tasks that are listed: "3 7". */
static const char *listed(void)
{
    static struct lw_buf b;
    lw_buf_clear(&b);
    lw_buf_add(&b, "", 0);
    for (size_t i = 0; i < lw_filter_count(&p.app.list.filter, p.s); i++)
        lw_buf_fmt(&b, "%s%zu", i ? " " : "", lw_filter_at(&p.app.list.filter, i) + 1);
    return b.data;
}

/* Of ten tasks: 1 rated 1, 2 rated 2 and rude, 3 rated 3 with a note, 4 skipped, 5 rated 5 and made
 * up, 6 with a draft. */
static void begin_with_labels(void)
{
    begin(10);
    app_fixture_press(&p, "1 Enter 2 f 1 f Enter 3 m type:too_long Enter Enter s type:dull Enter");
    app_fixture_press(&p, "5 f 2 f Enter 4");
}

static void expect_listed(const char *filter, const char *numbers)
{
    app_fixture_press(&p, "a =");
    for (const char *c = filter; *c; c++)
        lw_app_key(&p.app,
            *c == ' ' ? (struct lw_key){.name = LW_KEY_SPACE}
                      : (struct lw_key){.name = LW_KEY_CHAR, .ch = (unsigned char)*c},
            NULL, 0);
    app_fixture_press(&p, "Enter");
    work();
    if (strcmp(listed(), numbers) != 0)
        fail_msg("\"%s\" lists \"%s\": %s", filter, listed(), lw_sitting_view(p.s)->message);
    app_fixture_press(&p, "a");
}

static void filters_look_at_answers(void **state)
{
    (void)state;
    begin_with_labels();
    expect_listed("quality <= 2", "1 2");
    expect_listed("Quality: 3", "3");
    expect_listed("quality: 1, 5", "1 5");
    expect_listed("quality != 3", "1 2 5");
    expect_listed("problems: rude", "2");
    expect_listed("problems: Makes up, rude", "2 5");
    expect_listed("problems", "2 5");
    expect_listed("note: TOO", "3");
    expect_listed("note", "3");
    expect_listed("quality > 4 and problems", "5");
    expect_listed("quality > 4 and problems: rude", "");
    expect_listed("flagged", "2 5");
    expect_listed("skipped", "4");
    expect_listed("draft", "6");
    expect_listed("open", "6 7 8 9 10");
    expect_listed("", "1 2 3 4 5 6 7 8 9 10");
}

/* The disk changes an answer: its label is no match of what it was, nor of what it is. */
static void a_damaged_label_matches_nothing(void **state)
{
    (void)state;
    static const char segment[] = "journal/000001.jsonl", rated[] = "\"quality\":{";
    size_t n;
    begin_with_labels();
    char *text = app_fixture_read(&p, segment, &n);
    char *digit = memchr(strstr(text, rated) + sizeof rated, ':', 80);
    assert_int_equal(digit[1], '1');
    digit[1] = '5';
    app_fixture_write(&p, segment, text, n);
    free(text);
    expect_listed("quality: 1", "");
    expect_listed("quality: 5", "5");
    expect_listed("quality", "2 3 5");
}

static void a_filter_that_cannot_be_says_why(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *message;
    } cases[] = {
        {"qualty <= 3", "unknown question \"qualty\". Did you mean \"quality\"?"},
        {"quality <= 9", "9 is outside the scale of \"quality\". Use a value from 1 to 5."},
        {"quality <= 2.5", "2.5 is a decimal number. Use an integer."},
        {"problems: rud", "unknown option \"rud\". Did you mean \"rude\"?"},
        {"problems <= 3", "\"problems\" is not a rating, so it takes no < or >. Use a value."},
    };
    begin_with_labels();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        app_fixture_press(&p, "a =");
        for (const char *c = cases[i].typed; *c; c++)
            lw_app_key(
                &p.app, (struct lw_key){.name = LW_KEY_CHAR, .ch = (unsigned char)*c}, NULL, 0);
        app_fixture_press(&p, "Enter");
        if (!app_fixture_shows(&p, cases[i].message))
            fail_msg("\"%s\": %s", cases[i].typed, lw_sitting_view(p.s)->message);
        assert_true(p.app.list.typing == LW_TYPING_FILTER); /* to be corrected */
        app_fixture_press(&p, "Esc a");
    }
}

static void all_that_can_be_filtered_by_is_offered(void **state)
{
    (void)state;
    begin_with_labels();
    lw_app_resize(&p.app, 24, 60);
    app_fixture_press(&p, "a =");
    assert_true(app_fixture_shows(&p, "quality, problems, note, all, open, done"));
    assert_true(app_fixture_shows(&p, "practice"));
}

static void tab_completes_a_filter(void **state)
{
    (void)state;
    begin_with_labels();
    app_fixture_press(&p, "a = type:prob Tab");
    assert_string_equal(p.app.filter.data, "problems");
    app_fixture_press(&p, "Tab");
    assert_true(app_fixture_shows(&p, "rude, made_up"));
    app_fixture_press(&p, "type:ma Tab Enter");
    work();
    assert_string_equal(listed(), "5");
    assert_true(app_fixture_shows(&p, "TASKS: problems: made_up"));
    assert_true(app_fixture_shows(&p, " 1 task"));
    app_fixture_press(&p, "Tab"); /* all */
    assert_true(app_fixture_shows(&p, "TASKS: all"));
    app_fixture_press(&p, "S-Tab"); /* the tests are still there */
    work();
    assert_string_equal(listed(), "5");
}

static void marks_stay_and_can_be_filtered(void **state)
{
    (void)state;
    begin_with_labels();
    app_fixture_press(&p, "^G type:7 Enter M ^G type:3 Enter M K K");
    assert_int_equal(lw_sitting_view(p.s)->nth, 0);
    app_fixture_press(&p, "^N");
    assert_int_equal(lw_sitting_view(p.s)->nth, 2);
    app_fixture_press(&p, "^N");
    assert_int_equal(lw_sitting_view(p.s)->nth, 6);
    app_fixture_press(&p, "^N"); /* around */
    assert_int_equal(lw_sitting_view(p.s)->nth, 2);
    app_fixture_close(&p);
    app_fixture_open(&p);
    expect_listed("marked", "3 7");
    app_fixture_press(&p, "a g j j M"); /* in the list */
    assert_false(lw_sitting_is_marked(p.s, 2));
    app_fixture_press(&p, "a");
    expect_listed("marked", "7");
    size_t n;
    char *file = app_fixture_read(&p, ".labelwright/marks", &n);
    assert_string_equal(file, "[\"t7\"]");
    free(file);
    char *journal = app_fixture_read(&p, "journal/000001.jsonl", &n);
    assert_null(strstr(journal, "mark"));
    free(journal);
}

static void damaged_marks_are_told_and_kept(void **state)
{
    (void)state;
    begin(3);
    app_fixture_press(&p, "M");
    app_fixture_close(&p);
    app_fixture_write(&p, ".labelwright/marks", "[\"t1", 4);
    app_fixture_open(&p);
    assert_true(app_fixture_shows(&p, "The marks file .labelwright/marks is damaged."));
    app_fixture_press(&p, "M");
    assert_true(app_fixture_shows(&p, "Mark not saved"));
    size_t n;
    char *file = app_fixture_read(&p, ".labelwright/marks", &n);
    assert_string_equal(file, "[\"t1");
    free(file);
}

static void changed_records_are_listed(void **state)
{
    (void)state;
    begin(4);
    app_fixture_press(&p, "1 Enter 2 Enter");
    app_fixture_close(&p);
    size_t n;
    char *tasks = app_fixture_read(&p, "tasks.jsonl", &n);
    memcpy(strstr(tasks, "Question 2"), "question", 8);
    app_fixture_write(&p, "tasks.jsonl", tasks, n);
    free(tasks);
    app_fixture_open(&p);
    expect_listed("changed", "2");
}

/* More than a step can filter: keys act meanwhile, and the marked line stays near. */
static void filtering_goes_on_between_keys(void **state)
{
    (void)state;
    begin(60000);
    app_fixture_press(&p, "^G type:59000 Enter 4 Enter ^G type:59001 Enter a Tab Tab"); /* done */
    assert_true(lw_app_has_work(&p.app));
    assert_true(app_fixture_shows(&p, "still searching"));
    work();
    assert_string_equal(listed(), "59000");
    app_fixture_press(&p, "S-Tab"); /* still to label */
    work();
    assert_int_equal(lw_filter_count(&p.app.list.filter, p.s), 59999);
    assert_true(app_fixture_shows(&p, "> 59001"));
    app_fixture_press(&p, "G");
    assert_true(app_fixture_shows(&p, "> 60000"));
    app_fixture_press(&p, "S-Tab Tab g");
    work();
    assert_true(app_fixture_shows(&p, ">     1")); /* the key counts, not what was wanted */
}

static void only_some_tasks_are_gone_through(void **state)
{
    (void)state;
    begin_with_labels();
    app_fixture_close(&p);
    p.only = "quality > 1 and problems";
    app_fixture_open(&p);
    assert_int_equal(lw_sitting_view(p.s)->nth, 1); /* tasks 2 and 5 */
    assert_true(app_fixture_shows(&p, "2/10, filter 1 of 2"));
    app_fixture_press(&p, "K");
    assert_true(app_fixture_shows(&p, "First task in this filter."));
    app_fixture_press(&p, "J");
    assert_int_equal(lw_sitting_view(p.s)->nth, 4);
    app_fixture_press(&p, "J");
    assert_true(app_fixture_shows(&p, "Last task in this filter."));
    app_fixture_press(
        &p, "1 Enter"); /* goes around to what is left, though it does not pass any more */
    assert_int_equal(lw_sitting_view(p.s)->nth, 1);
    app_fixture_press(&p, "1 Enter");
    assert_true(lw_sitting_view(p.s)->finished);
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "All tasks in this filter are done."));
    app_fixture_press(&p, "Esc ^G type:8 Enter"); /* what is asked for by name is always shown */
    assert_int_equal(lw_sitting_view(p.s)->nth, 7);
    assert_false(app_fixture_shows(&p, "only"));
    app_fixture_press(&p, "K");
    assert_int_equal(lw_sitting_view(p.s)->nth, 4);
    p.only = NULL;
}

static void the_curtain_hides_texts_here_too(void **state)
{
    (void)state;
    static const char grim[] = "labelwright: 1\n"
                               "tasks: [tasks.jsonl]\n"
                               "curtain: [grim]\n"
                               "questions: [{name: quality, type: rating}]\n";
    app_fixture_make(
        &p, grim, "{\"id\":\"a\",\"prompt\":\"the hidden text\",\"tags\":[\"grim\"]}\n");
    app_fixture_open(&p);
    app_fixture_press(&p, "a");
    assert_true(app_fixture_shows(&p, "hidden"));
    assert_false(app_fixture_shows(&p, "hidden text"));
}

static void moving_reaches_every_line(void **state)
{
    (void)state;
    begin(100);
    app_fixture_press(&p, "a");
    for (size_t i = 0; i < 99; i++) {
        assert_int_equal(p.app.list.line[p.app.list.at].nth, i);
        app_fixture_press(&p, "j");
    }
    app_fixture_press(&p, "j G");
    assert_int_equal(p.app.list.line[p.app.list.at].nth, 99);
    for (size_t i = 99; i > 0; i--) {
        assert_int_equal(p.app.list.line[p.app.list.at].nth, i);
        app_fixture_press(&p, "k");
    }
    app_fixture_press(&p, "k Space Space b b b b g");
    assert_int_equal(p.app.list.line[p.app.list.at].nth, 0);
    app_fixture_press(&p, "G");
    lw_app_resize(&p.app, 40, 140);
    app_fixture_screen(&p);
    assert_int_equal(p.app.list.line[p.app.list.at].nth, 99);
}

#define TEST(name) cmocka_unit_test_teardown(name, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(yesterdays_mistake_is_found_and_mended),
        TEST(words_inside_an_answer_are_shown_where_they_stand),
        TEST(what_was_found_is_marked),
        TEST(a_task_found_by_its_id_says_so),
        TEST(enter_waits_for_what_is_still_looked_for),
        TEST(keys_stop_the_looking),
        TEST(keys_do_not_wait_for_the_looking),
        TEST(filters_show_only_what_is_so),
        TEST(filters_look_at_answers),
        TEST(a_damaged_label_matches_nothing),
        TEST(a_filter_that_cannot_be_says_why),
        TEST(all_that_can_be_filtered_by_is_offered),
        TEST(tab_completes_a_filter),
        TEST(marks_stay_and_can_be_filtered),
        TEST(damaged_marks_are_told_and_kept),
        TEST(changed_records_are_listed),
        TEST(filtering_goes_on_between_keys),
        TEST(only_some_tasks_are_gone_through),
        TEST(the_curtain_hides_texts_here_too),
        TEST(moving_reaches_every_line),
    };
    setenv("TZ", "UTC", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
