/* Macros: a key that gives a whole verdict, alone or with several responses, undone by one key,
 * with what guards any label; and what is said of those that cannot be given. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"

static struct app_fixture p;

#define PAIR(id)                                                                                   \
    "{\"id\":\"" id "\",\"prompt\":\"?\",\"responses\":[{\"id\":\"a\",\"text\":\"" id "\"},"       \
    "{\"id\":\"b\",\"text\":\"y\"}]}\n"
#define TASKS PAIR("t1") PAIR("t2") PAIR("t3")
#define QUESTIONS                                                                                  \
    "labelwright: 1\ntasks: [tasks.jsonl]\nshuffle_responses: false\nquestions:\n"                 \
    "  - {name: quality, type: rating, on: response, required: true}\n"                            \
    "  - {name: problems, type: tags, on: response, options: [{value: evasive},"                   \
    " {value: safety, options: [{value: self_harm}]}]}\n"                                          \
    "  - {name: better, type: compare, on: task}\n"                                                \
    "  - {name: why, type: choice, on: task, options: [{value: long, key: l}, {value: short}],"    \
    " when: {better: answered}}\n"                                                                 \
    "  - {name: note, type: text, on: task}\n"                                                     \
    "  - {name: fix, type: edit, on: response}\n"

static void open_project(const char *bind, const char *more)
{
    char *yaml = lw_format("%s%s", QUESTIONS, more);
    app_fixture_make(&p, yaml, TASKS);
    p.bind = bind;
    app_fixture_open(&p);
    free(yaml);
}

static void one_key_gives_a_verdict_and_one_takes_it_back(void **state)
{
    (void)state;
    open_project("F5: {quality: 2, problems: [evasive, safety/self_harm], note: not good}\n", "");
    app_fixture_press(&p, "4 S-Tab S-Tab");
    app_fixture_answers_are(&p, "{\"quality\":{\"a\":4}}");
    app_fixture_press(&p, "F5");
    app_fixture_answers_are(&p,
        "{\"quality\":{\"a\":2},\"problems\":{\"a\":[\"evasive\",\"safety/self_harm\"]},"
        "\"note\":\"not good\"}");
    assert_true(app_fixture_shows(&p, "3 answers given."));
    app_fixture_press(&p, "u");
    app_fixture_answers_are(&p, "{\"quality\":{\"a\":4}}");
    assert_true(app_fixture_shows(&p, "Undone: 3 answers."));
    app_fixture_press(&p, "u");
    app_fixture_answers_are(&p, "{}");
    app_fixture_end(&p);
}

static void the_response_in_view_is_meant_or_each_by_its_letter(void **state)
{
    (void)state;
    open_project("F5: {quality: 1}\nF11: {quality: {A: 5, b: 2}}\n", "");
    app_fixture_press(&p, "F5");
    app_fixture_answers_are(&p, "{\"quality\":{\"a\":1}}");
    app_fixture_press(&p, "F5"); /* the next question was about the other one */
    app_fixture_answers_are(&p, "{\"quality\":{\"a\":1,\"b\":1}}");
    app_fixture_press(&p, "F11");
    app_fixture_answers_are(&p, "{\"quality\":{\"a\":5,\"b\":2}}");
    app_fixture_press(&p, "u");
    app_fixture_answers_are(&p, "{\"quality\":{\"a\":1,\"b\":1}}");
    app_fixture_press(&p, "F11 F11");
    assert_true(app_fixture_shows(&p, "Already so. u: undo."));
    app_fixture_end(&p);
}

static void what_it_uncovers_is_answered_too(void **state)
{
    (void)state;
    open_project("F5: {why: short, better: 2}\n", "");
    app_fixture_press(&p, "F5");
    app_fixture_answers_are(&p, "{\"better\":{\"better\":\"a\",\"strength\":2},\"why\":\"short\"}");
    app_fixture_press(&p, "u");
    app_fixture_answers_are(&p, "{}");
    app_fixture_end(&p);
}

static void it_submits_only_what_may_be_submitted(void **state)
{
    (void)state;
    open_project(
        "F5: {quality: {A: 3}, submit: true}\nF11: {quality: {A: 3, B: 4}, submit: true}\n", "");
    app_fixture_press(&p, "F5");
    assert_int_equal(lw_sitting_view(p.s)->nth, 0);
    assert_true(app_fixture_shows(&p, "B quality"));
    app_fixture_press(&p, "F11");
    assert_int_equal(lw_sitting_view(p.s)->nth, 1);
    assert_true(app_fixture_shows(&p, "saved"));
    app_fixture_press(&p, "u u"); /* the label comes back as a draft */
    app_fixture_answers_are(&p, "{\"quality\":{\"a\":3,\"b\":4}}");
    app_fixture_press(&p, "Enter");
    app_fixture_guard_keys(&p, 150); /* a key still held labels nothing */
    app_fixture_press(&p, "wait:1000 F11 F11");
    assert_int_equal(lw_sitting_view(p.s)->nth, 2);
    app_fixture_end(&p);
}

static void a_response_that_is_not_read_is_not_labeled(void **state)
{
    (void)state;
    char text[4000];
    memset(text, 'x', sizeof text);
    for (size_t i = 0; i < sizeof text; i += 5)
        text[i] = ' ';
    text[sizeof text - 1] = '\0';
    char *tasks = lw_format(
        "{\"id\":\"t\",\"prompt\":\"?\",\"responses\":[{\"id\":\"a\",\"text\":\"%s\"}]}\n", text);
    app_fixture_make(&p, QUESTIONS "read_to_end: true\n", tasks);
    p.bind = "F5: {quality: 3, submit: true}\n";
    app_fixture_open(&p);
    app_fixture_screen(&p);
    app_fixture_press(&p, "F5");
    app_fixture_answers_are(&p, "{\"quality\":{\"a\":3}}");
    assert_int_equal(lw_ledger_totals(p.w.ledger).done, 0);
    assert_true(app_fixture_shows(&p, "is not read to its end"));
    free(tasks);
    app_fixture_end(&p);
}

static void they_stand_in_the_footer_and_in_help(void **state)
{
    (void)state;
    open_project(
        "F5: {quality: 2, problems: safety/self_harm}\nF11: {quality: 5, problems: evasive,"
        " note: a long remark, submit: true}\n",
        "");
    app_fixture_press(&p, "");
    lw_app_resize(&p.app, 24, 140);
    assert_true(app_fixture_shows(&p, "F5 quality 2, self harm  F11 macro, submits"));
    app_fixture_press(&p, "?");
    lw_app_resize(&p.app, 200, 140);
    assert_true(app_fixture_shows(&p, "\n Macros"));
    assert_true(app_fixture_shows(&p, "F5              quality 2, self harm"));
    assert_true(app_fixture_shows(&p, "F11             quality 5, evasive, a long remark, submit"));
    app_fixture_end(&p);
}

static void the_users_own_win_over_the_projects(void **state)
{
    (void)state;
    open_project(
        "F5: {quality: 1}\n", "bind: {F5: {quality: 5}, F11: {quality: 4}, F1: {quality: 3}}\n");
    app_fixture_press(&p, "F5");
    app_fixture_answers_are(&p, "{\"quality\":{\"a\":1}}");
    app_fixture_press(&p, "S-Tab F11");
    app_fixture_answers_are(&p, "{\"quality\":{\"a\":4}}");
    assert_int_equal(p.left_out.n, 2);
    assert_non_null(strstr(p.left_out.v[0], "project.yaml:11:8: key F5 is bound to two macros."));
    assert_non_null(strstr(p.left_out.v[1],
        "project.yaml:11:45: key F1 is bound to both help and a macro. Give the macro another key, "
        "such as S-F1."));
    app_fixture_end(&p);
}

static void what_is_wrong_is_told_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *bind, *said; /* NULL: nothing */
    } rows[] = {
        {"F5: {qualty: 2}",
            "config.yaml:1:6: unknown question \"qualty\". Did you mean \"quality\"?"},
        {"F5: {humour: 2}", NULL},
        {"F5: {quality: 9}",
            "1:15: 9 is outside the scale of \"quality\". Use a value from 1 to 5."},
        {"F5: {quality: good}", "1:15: \"quality\" takes an integer here."},
        {"F5: {problems: [evasiv]}", "1:17: unknown option \"evasiv\". Did you mean \"evasive\"?"},
        {"F5: {problems: safety}", "\"safety\" is a heading, not an answer."},
        {"F5: {better: 8}", "\"better\" is a comparison. Write its key: 1 (A is much better)"},
        {"F5: {note: [a]}", "\"note\" takes a text here."},
        {"F5: {note: {A: x}}", "\"note\" is asked once a task."},
        {"F5: {fix: x}", "a key cannot answer \"fix\": it is of type edit"},
        {"l: {quality: 2}", "key l is the key of the option \"long\" of why, and a macro."},
        {"F2: {quality: 2}", "key F2 is bound to both guidelines and a macro."},
        {"5: {quality: 2}", "key 5 is bound to both answer and a macro."},
        {"G5: {quality: 2}", "\"G5\" is not a key."},
        {"w: {quality: 2}", "w cannot be bound: Vietnamese Telex"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        open_project(rows[i].bind, "");
        if (rows[i].said ? p.left_out.n != 1 || !strstr(p.left_out.v[0], rows[i].said)
                         : p.left_out.n != 0)
            fail_msg("%s: %s", rows[i].bind, p.left_out.n ? p.left_out.v[0] : "nothing");
        app_fixture_end(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_key_gives_a_verdict_and_one_takes_it_back),
        cmocka_unit_test(the_response_in_view_is_meant_or_each_by_its_letter),
        cmocka_unit_test(what_it_uncovers_is_answered_too),
        cmocka_unit_test(it_submits_only_what_may_be_submitted),
        cmocka_unit_test(a_response_that_is_not_read_is_not_labeled),
        cmocka_unit_test(they_stand_in_the_footer_and_in_help),
        cmocka_unit_test(the_users_own_win_over_the_projects),
        cmocka_unit_test(what_is_wrong_is_told_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
