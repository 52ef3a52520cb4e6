/* Long conversations: from turn to turn, the question that follows what is scrolled to, and which
 * turn a flag's key marks. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"

enum { TURNS = 40 };

static struct app_fixture p;

#define SEVERITY "  - {name: severity, type: rating, required: true}\n"
#define FAULT                                                                                      \
    "  - {name: fault, type: tags, on: turn, options: [{value: false, label: False, key: w}]}\n"

/* A conversation of so many turns, of which the last one is the response. */
static void open_turns(const char *questions)
{
    struct lw_buf tasks = {0};
    char *yaml = lw_format("labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n%s", questions);
    lw_buf_str(&tasks, "{\"id\":\"long\",\"messages\":[");
    for (int i = 1; i <= TURNS; i++)
        lw_buf_fmt(&tasks, "%s{\"role\":\"%s\",\"content\":\"words %d\"}", i > 1 ? "," : "",
            i % 2 ? "user" : "assistant", i);
    lw_buf_str(&tasks, "]}\n");
    app_fixture_make(&p, yaml, tasks.data);
    app_fixture_open(&p);
    app_fixture_screen(&p);
    lw_buf_fini(&tasks);
    free(yaml);
}

static void close_turns(void)
{
    app_fixture_end(&p);
}

/* The turn asked about, from 1; 0: none. */
static int turn_asked(void)
{
    const struct lw_sitting_view *v = lw_sitting_view(p.s);
    return v->slot[v->focus].item + 1;
}

/* The turn whose words are on the screen, and the mark before it. */
static bool is_marked(int turn)
{
    char *mark = lw_format(">%4d", turn), *words = lw_format("words %d\n", turn);
    bool marked = app_fixture_shows(&p, mark) && app_fixture_shows(&p, words);
    free(mark);
    free(words);
    return marked;
}

static void keys_go_from_turn_to_turn(void **state)
{
    (void)state;
    open_turns(FAULT SEVERITY);
    assert_int_equal(turn_asked(), 0);
    app_fixture_press(&p, ",");
    assert_int_equal(turn_asked(), TURNS); /* the one that is looked at: the last */
    for (int turn = TURNS - 1; turn >= 1; turn--) {
        app_fixture_press(&p, ",");
        assert_int_equal(turn_asked(), turn);
        assert_true(is_marked(turn));
    }
    app_fixture_press(&p, ",");
    assert_int_equal(turn_asked(), 1);
    assert_true(app_fixture_shows(&p, "No more turns above."));
    app_fixture_press(&p, ". .");
    assert_int_equal(turn_asked(), 3);
    assert_true(is_marked(3));
    close_turns();
}

static void the_question_follows_what_is_scrolled_to(void **state)
{
    (void)state;
    open_turns(FAULT SEVERITY);
    app_fixture_press(&p, ", , g");
    assert_int_equal(turn_asked(), 1);
    assert_true(is_marked(1));
    app_fixture_press(&p, "j");
    assert_int_equal(turn_asked(), 1); /* its words are still on the screen */
    app_fixture_press(&p, "j");
    assert_int_equal(turn_asked(), 2);
    app_fixture_press(&p, "PgDn");
    assert_true(turn_asked() > 5);
    assert_true(is_marked(turn_asked()));
    app_fixture_press(&p, "o"); /* to the response */
    assert_int_equal(turn_asked(), TURNS);
    app_fixture_press(&p, "o");
    assert_true(turn_asked() < TURNS);
    close_turns();
}

static void scrolling_moves_no_other_question(void **state)
{
    (void)state;
    open_turns(FAULT SEVERITY);
    app_fixture_press(&p, "o g j PgDn");
    assert_int_equal(turn_asked(), 0);
    close_turns();
}

static size_t flagged(void)
{
    json_t *all = json_object_get(lw_sitting_view(p.s)->answers, "fault");
    assert_int_equal(json_object_size(all), 1);
    const char *id = json_object_iter_key(json_object_iter(all));
    return strcmp(id, "answer") == 0 ? TURNS : (size_t)strtoul(id + 1, NULL, 10);
}

/* It used to mark the first turn, wherever one was reading. */
static void a_key_flags_the_turn_that_is_looked_at(void **state)
{
    (void)state;
    static const char *const keys[] = {"w", "f 1 f", "o G w", ", , , w"};
    size_t was = TURNS + 1;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        open_turns(FAULT SEVERITY);
        app_fixture_press(&p, keys[i]);
        size_t turn = flagged();
        assert_true(turn > TURNS / 2);
        assert_true(i != 2 || turn < was);
        was = turn;
        close_turns();
    }
}

static void where_nothing_is_asked_about_turns_they_scroll(void **state)
{
    (void)state;
    open_turns(SEVERITY);
    app_fixture_press(&p, "o g .");
    assert_false(app_fixture_shows(&p, "words 1\n"));
    assert_true(app_fixture_shows(&p, "words 2\n"));
    app_fixture_press(&p, ". ,");
    assert_true(app_fixture_shows(&p, "words 2\n"));
    app_fixture_press(&p, ",");
    assert_true(app_fixture_shows(&p, "words 1\n"));
    app_fixture_press(&p, ",");
    assert_true(app_fixture_shows(&p, "No more turns above."));
    close_turns();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_go_from_turn_to_turn),
        cmocka_unit_test(the_question_follows_what_is_scrolled_to),
        cmocka_unit_test(scrolling_moves_no_other_question),
        cmocka_unit_test(a_key_flags_the_turn_that_is_looked_at),
        cmocka_unit_test(where_nothing_is_asked_about_turns_they_scroll),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
