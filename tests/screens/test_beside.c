/* Three and more responses on one screen: who is shown, who is scrolled, and where each was left.
 */
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

#define HEAD "labelwright: 1\ntitle: beside\ntasks: [tasks.jsonl]\nshuffle_responses: false\n"
#define EACH                                                                                       \
    "questions:\n"                                                                                 \
    "  - {name: quality, type: rating, on: response, scale: {min: 1, max: 7}}\n"

static struct app_fixture p;

/* So many responses of so many lines: "a0 of the text", … */
static void start(const char *yaml, int responses, int lines, const char *more)
{
    struct lw_buf b = {0};
    lw_buf_fmt(&b, "{\"id\":1,\"prompt\":\"p\"%s,\"responses\":[", more);
    for (int i = 0; i < responses; i++) {
        lw_buf_fmt(&b, "%s{\"id\":\"%c\",\"text\":\"", i ? "," : "", 'a' + i);
        for (int k = 0; k < lines; k++)
            lw_buf_fmt(&b, "%c%d of the text\\n\\n", 'a' + i, k);
        lw_buf_str(&b, "\"}");
    }
    lw_buf_str(&b, "]}\n{\"id\":2,\"prompt\":\"q\",\"responses\":[\"one\",\"two\"]}\n");
    app_fixture_make(&p, yaml, b.data);
    p.app.rows = 40;
    p.app.cols = 140;
    app_fixture_open(&p);
    app_fixture_screen(&p);
    lw_buf_fini(&b);
}

static int end(void **state)
{
    (void)state;
    app_fixture_end(&p);
    return 0;
}

/* Each key with the frame that follows it. */
static void press(const char *keys)
{
    char *copy = lw_strdup(keys), *rest = copy;
    for (char *key; (key = strsep(&rest, " "));) {
        app_fixture_press(&p, key);
        app_fixture_screen(&p);
    }
    free(copy);
}

static void resize(int rows, int cols)
{
    lw_app_resize(&p.app, rows, cols);
    app_fixture_screen(&p);
}

static void expect_shown(const char *letters)
{
    char shown[LW_PANES] = "";
    for (int i = 1; i < p.app.npanes; i++)
        shown[i - 1] = (char)('a' + p.app.pane[i].response);
    assert_string_equal(shown, letters);
}

static void expect_active(char letter)
{
    int response = p.app.pane[p.app.active].response;
    assert_int_equal(response < 0 ? 'p' : 'a' + response, letter);
}

/* ---- who is shown */

static void o_goes_through_all_that_are_on_the_screen(void **state)
{
    (void)state;
    start(HEAD EACH, 4, 50, "");
    expect_shown("abcd");
    for (const char *next = "bcdpab"; *next; next++) {
        press("o");
        expect_active(*next);
        expect_shown("abcd");
    }
}

static void those_on_the_screen_follow_the_one_looked_at(void **state)
{
    (void)state;
    start(HEAD EACH, 12, 1, "");
    expect_shown("abcdefgh");
    press("o o o o o o o");
    expect_shown("abcdefgh");
    press("o");
    expect_active('i');
    expect_shown("efghijkl");
    assert_true(app_fixture_shows(&p, "> I  9 of 12  judged now"));
    press("o o o o o");
    expect_active('a');
    expect_shown("abcdefgh");
}

static void a_question_brings_the_response_it_is_about(void **state)
{
    (void)state;
    start(HEAD EACH, 12, 1, "");
    press("1 2 3 4 5 6 7 1");
    expect_active('i');
    expect_shown("efghijkl");
    press("S-Tab S-Tab S-Tab S-Tab S-Tab");
    expect_active('d');
    expect_shown("abcdefgh");
}

static void a_key_answers_for_the_one_that_is_looked_at(void **state)
{
    (void)state;
    start(HEAD EACH, 4, 1, "");
    press("o o 7");
    const json_t *of = json_object_get(lw_sitting_view(p.s)->answers, "quality");
    assert_int_equal(json_integer_value(json_object_get(of, "c")), 7);
    assert_int_equal(json_object_size(of), 1);
}

static void correcting_and_marking_take_the_one_that_is_looked_at(void **state)
{
    (void)state;
    start(HEAD "questions:\n"
               "  - {name: fix, type: edit, on: response}\n"
               "  - {name: spots, type: spans, on: response, options: [{value: bad, key: Y}]}\n"
               "  - {name: note, type: text}\n",
        4, 30, "");
    press("S-Tab o o j j e");
    assert_true(app_fixture_shows(&p, "EDIT  response C"));
    press("^C o v w Y");
    assert_int_equal(p.app.over, LW_OVERLAY_MARKING);
    expect_active('d');
    press("Enter");
    const json_t *spots = json_object_get(lw_sitting_view(p.s)->answers, "spots");
    assert_int_equal(json_array_size(json_object_get(spots, "d")), 1);
    assert_int_equal(json_object_size(spots), 1);
    expect_shown("abcd");
}

static void the_next_task_has_panes_of_its_own(void **state)
{
    (void)state;
    start(HEAD EACH, 6, 50, "");
    press("o o o o G J");
    expect_shown("ab");
    expect_active('a');
    assert_int_equal(p.app.pane[1].top, 0);
    press("K");
    expect_shown("abcdef");
}

/* ---- where they stand */

/* With the row of its title. */
static bool overlap(const struct lw_pane *a, const struct lw_pane *b)
{
    return a->col < b->col + b->cols && b->col < a->col + a->cols &&
           a->row - 1 < b->row + b->rows && b->row - 1 < a->row + a->rows;
}

static void expect_apart(int rows, int cols)
{
    for (int i = 0; i < p.app.npanes; i++) {
        const struct lw_pane *a = &p.app.pane[i];
        int least = p.app.npanes > 3 && i > 0 ? 5 : 1;
        if (a->rows < least || a->row < 2 || a->row + a->rows + p.app.bottom > rows || a->col < 0 ||
            a->col + a->cols > cols)
            fail_msg("pane %d of %d at %dx%d: %d rows from %d, %d columns from %d", i, p.app.npanes,
                cols, rows, a->rows, a->row, a->cols, a->col);
        for (int k = 0; k < i; k++)
            if (overlap(a, &p.app.pane[k]))
                fail_msg("panes %d and %d of %d overlap at %dx%d", k, i, p.app.npanes, cols, rows);
    }
}

static void each_has_a_place_of_its_own_at_every_size(void **state)
{
    (void)state;
    static const int count[] = {3, 4, 6, 8, 12};
    for (size_t i = 0; i < sizeof count / sizeof *count; i++) {
        if (i > 0)
            end(NULL);
        start(HEAD EACH, count[i], 50, "");
        for (int rows = LW_MIN_ROWS; rows < 70; rows += 3)
            for (int cols = LW_MIN_COLS; cols < 260; cols += 7) {
                resize(rows, cols);
                expect_apart(rows, cols);
            }
    }
}

/* Also beside a title that leaves no room for more. */
static void each_says_that_it_goes_on(void **state)
{
    (void)state;
    start(HEAD EACH, 4, 50, "");
    resize(40, 160);
    const char *first = strstr(app_fixture_screen(&p), "> A  judged now"),
               *next = strstr(first, "B");
    const char *more = strstr(first, " more");
    assert_true(more && more < next);
    assert_null(memmem(first, (size_t)(more - first), "1-", 2));
}

/* ---- where each was left */

static void each_keeps_its_place_when_panes_come_and_go(void **state)
{
    static const struct {
        int rows, cols;
    } size[] = {{24, 80}, {30, 100}, {50, 200}, {16, 60}, {40, 140}};
    (void)state;
    start(HEAD EACH, 4, 50, "");
    press("j j o j j j j o o j j j j j j o o o");
    assert_true(app_fixture_shows(&p, "a1 of the text"));
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        resize(size[i].rows, size[i].cols);
        expect_active('b');
        assert_true(app_fixture_shows(&p, "b2 of the text"));
        assert_false(app_fixture_shows(&p, "b1 of the text"));
    }
    expect_shown("abcd");
    static const char *const first[] = {"a1", "b2", "c0", "d3"};
    for (int i = 0; i < 4; i++)
        assert_int_equal(p.app.pane[1 + i].top, 2 * (first[i][1] - '0'));
}

static void one_pane_on_the_whole_screen_and_back(void **state)
{
    (void)state;
    start(HEAD EACH, 4, 50, "");
    press("o o j j O");
    expect_shown("c");
    assert_int_equal(p.app.pane[0].rows, 0);
    press("j j o");
    expect_active('d');
    press("O");
    expect_shown("abcd");
    expect_active('d');
    assert_int_equal(p.app.pane[3].top, 4);
}

/* ---- scrolling together */

/* Answers that begin with more and more of their own, and then say the same. */
static void start_alike(int responses)
{
    static const char *const word[] = {"apple", "birch", "cedar", "daisy", "elder", "fern", "grass",
        "hazel", "iris", "jasmine", "kale", "lily", "maple", "nettle", "oak", "poppy", "quince",
        "rose", "sage", "thyme", "umbel", "vetch", "willow", "yarrow", "zinnia"};
    enum { WORDS = sizeof word / sizeof *word };
    struct lw_buf b = {0};
    lw_buf_str(&b, "{\"id\":1,\"prompt\":\"p\",\"responses\":[");
    for (int i = 0; i < responses; i++) {
        lw_buf_str(&b, i ? ",\"" : "\"");
        for (int k = 0; k < 3 * i; k++)
            lw_buf_fmt(&b, "own%d%d\\n\\n", i, k);
        for (size_t k = 0; k < 2 * WORDS; k++)
            lw_buf_fmt(&b, "%s and %s\\n\\n", word[k % WORDS], word[(k * k + 1) % WORDS]);
        lw_buf_str(&b, "\"");
    }
    lw_buf_str(&b, "]}\n");
    app_fixture_make(&p, HEAD EACH, b.data);
    p.app.rows = 40;
    p.app.cols = 140;
    app_fixture_open(&p);
    app_fixture_screen(&p);
    lw_buf_fini(&b);
}

static void linked_all_follow_the_one_that_scrolls(void **state)
{
    (void)state;
    start_alike(4);
    press("j j l");
    for (int line = 4; line <= 30; line += 2) {
        press("j j");
        for (int i = 1; i <= 4; i++)
            assert_int_equal(p.app.pane[i].top, line + 6 * (i - 1));
    }
    press("o o k k"); /* the third one leads now */
    for (int i = 1; i <= 4; i++)
        assert_int_equal(p.app.pane[i].top, 28 + 6 * (i - 1));
    press("O k k k k O"); /* alone for a while */
    for (int i = 1; i <= 4; i++)
        assert_int_equal(p.app.pane[i].top, 24 + 6 * (i - 1));
    press("g");
    for (int i = 1; i <= 4; i++)
        assert_int_equal(p.app.pane[i].top, 0);
    press("/ type:vetch_and Enter");
    expect_active('c');
    assert_true(p.app.pane[3].top > 0);
    for (int i = 1; i <= 4; i++)
        assert_int_equal((int)p.app.pane[i].top, (int)p.app.pane[3].top + 6 * (i - 3));
    press("g l j j");
    assert_int_equal(p.app.pane[3].top, 2);
    assert_int_equal(p.app.pane[1].top, 0);
}

static void there_is_nothing_to_link_where_one_fits(void **state)
{
    (void)state;
    start_alike(4);
    resize(24, 80);
    press("l");
    assert_true(app_fixture_shows(&p, "One response at a time fits on this screen"));
    assert_false(p.app.link);
}

/* ---- compared */

static void all_are_compared_with_the_chosen_one(void **state)
{
    (void)state;
    start(HEAD EACH, 4, 3, "");
    press("d");
    assert_true(app_fixture_shows(&p, "^D: from another response"));
    press("^D ^D");
    assert_true(app_fixture_shows(&p, "A  judged now  word diff from B"));
    assert_true(app_fixture_shows(&p, "[-b0-]{+a0+} of the text"));
    assert_true(app_fixture_shows(&p, "[-b2-]{+d2+} of the text"));
    assert_false(app_fixture_shows(&p, "B  word diff"));
    press("o j");
    assert_true(app_fixture_shows(&p, "[-b0-]{+c0+} of the text"));
    press("d");
    assert_false(app_fixture_shows(&p, "{+"));
}

static void a_ranking_says_the_place_of_each(void **state)
{
    (void)state;
    start(HEAD "questions:\n  - {name: order, type: rank}\n", 6, 3, "");
    press("3 1 = 2 * 4");
    static const char *const title[] = {
        "A  place 2", "B  place 2", "C  place 1", "D  not rankable", " E ─"};
    for (size_t i = 0; i < sizeof title / sizeof *title; i++)
        assert_true(app_fixture_shows(&p, title[i]));
}

/* ---- the whole task */

/* More questions take places that are kept for them; the responses do not go because of them. */
static void more_questions_take_no_pane_away(void **state)
{
    (void)state;
    static const char more[] =
        HEAD "questions:\n"
             "  - {name: quality, type: rating, scale: {min: 1, max: 7}}\n"
             "  - {name: why, label: Why so bad and what could be done, type: text, on: response,\n"
             "     when: {quality: 1}}\n";
    for (int rows = 20; rows < 40; rows++) {
        start(more, 4, 50, "");
        resize(rows, 100);
        int bottom = p.app.bottom, was = p.app.npanes;
        press("1");
        assert_int_equal(p.app.npanes, was);
        assert_int_equal(p.app.bottom, bottom);
        if (rows < 39)
            end(NULL);
    }
}

static void a_match_brings_its_response(void **state)
{
    (void)state;
    start(HEAD EACH, 12, 3, "");
    press("/ type:k2_of Enter");
    expect_active('k');
    expect_shown("efghijkl");
    press("/ type:b1_of Enter");
    expect_active('b');
    press("/ type:of_the Enter");
    assert_true(app_fixture_shows(&p, "of 36"));
}

static void all_on_the_screen_count_as_read(void **state)
{
    (void)state;
    start(HEAD "read_to_end: true\n" EACH, 4, 3, "");
    for (int i = 0; i < 4; i++)
        assert_true(lw_sitting_view(p.s)->read[i]);
    end(NULL);
    start(HEAD "read_to_end: true\n" EACH, 12, 1, "");
    assert_true(lw_sitting_view(p.s)->read[7]);
    assert_false(lw_sitting_view(p.s)->read[8]);
}

static void a_hidden_task_is_hidden_in_all(void **state)
{
    (void)state;
    start(HEAD "curtain: [harm]\n" EACH, 4, 3, ",\"tags\":[\"harm\"]");
    assert_null(strstr(app_fixture_screen(&p), "of the text"));
    press("z z");
    expect_shown("abcd");
    assert_true(app_fixture_shows(&p, "a0 of the text"));
    assert_false(app_fixture_shows(&p, "b0 of the text"));
    press("Z");
    assert_true(app_fixture_shows(&p, "d2 of the text"));
}

/* What is suggested is accepted for what is seen: all, or where not all are, the one looked at. */
static void accepting_all_is_for_those_that_are_seen(void **state)
{
    (void)state;
    static const char suggested[] =
        ",\"suggestions\":{\"quality\":{\"a\":1,\"b\":2,\"c\":3,\"d\":4}}";
    start(HEAD EACH, 4, 1, suggested);
    press("^Y");
    assert_int_equal(
        json_object_size(json_object_get(lw_sitting_view(p.s)->answers, "quality")), 4);
    end(NULL);
    start(HEAD EACH, 12, 1, suggested);
    press("o ^Y");
    const json_t *of = json_object_get(lw_sitting_view(p.s)->answers, "quality");
    assert_int_equal(json_integer_value(json_object_get(of, "b")), 2);
    assert_int_equal(json_object_size(of), 1);
}

#define T(f) cmocka_unit_test_teardown(f, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(o_goes_through_all_that_are_on_the_screen),
        T(those_on_the_screen_follow_the_one_looked_at),
        T(a_question_brings_the_response_it_is_about),
        T(a_key_answers_for_the_one_that_is_looked_at),
        T(correcting_and_marking_take_the_one_that_is_looked_at),
        T(the_next_task_has_panes_of_its_own),
        T(each_has_a_place_of_its_own_at_every_size),
        T(each_says_that_it_goes_on),
        T(each_keeps_its_place_when_panes_come_and_go),
        T(one_pane_on_the_whole_screen_and_back),
        T(linked_all_follow_the_one_that_scrolls),
        T(all_are_compared_with_the_chosen_one),
        T(a_ranking_says_the_place_of_each),
        T(there_is_nothing_to_link_where_one_fits),
        T(more_questions_take_no_pane_away),
        T(a_match_brings_its_response),
        T(all_on_the_screen_count_as_read),
        T(a_hidden_task_is_hidden_in_all),
        T(accepting_all_is_for_those_that_are_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
