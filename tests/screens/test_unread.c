/* What the screen counts as read to its end, and where it goes when a label is refused because of
 * that. */
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

#define HEAD                                                                                       \
    "labelwright: 1\ntitle: reading\ntasks: [tasks.jsonl]\nshuffle_responses: false\n"             \
    "read_to_end: true\n"
#define ON_TASK                                                                                    \
    "questions:\n"                                                                                 \
    "  - {name: quality, type: rating, scale: {min: 1, max: 7}, required: true}\n"
#define ON_RESPONSE                                                                                \
    "questions:\n"                                                                                 \
    "  - {name: quality, type: rating, on: response, scale: {min: 1, max: 7}}\n"

static const char TASK[] = HEAD ON_TASK;
static const char RESPONSE[] = HEAD ON_RESPONSE;
static const char HIDDEN[] = HEAD "curtain: [violence]\n" ON_TASK;

static struct app_fixture p;

/* A text of so many lines, as JSON has it. */
static char *lines(int n)
{
    struct lw_buf b = {0};
    for (int i = 1; i <= n; i++)
        lw_buf_fmt(&b, "line %d\\n\\n", i);
    return lw_buf_detach(&b);
}

/* One task; each of the texts is a response. */
static void open_texts(const char *yaml, const char *more, const char *const *text, size_t n)
{
    struct lw_buf b = {0};
    lw_buf_fmt(&b,
        "{\"id\":\"t1\",\"prompt\":\"Which\\n\\none\\n\\nis\\n\\nbest?\"%s,\"responses\":[", more);
    for (size_t i = 0; i < n; i++)
        lw_buf_fmt(&b, "%s{\"id\":\"r%zu\",\"text\":\"%s\"}", i ? "," : "", i, text[i]);
    lw_buf_str(&b, "]}\n");
    app_fixture_make(&p, yaml, b.data);
    lw_buf_fini(&b);
    app_fixture_open(&p);
    app_fixture_screen(&p);
}
/* More lines than all three have room for, not more than one has. */
#define FEW "\\n\\n1\\n\\n2\\n\\n3"

#define OPEN(yaml, more, ...)                                                                      \
    open_texts(yaml, more, (const char *const[]){__VA_ARGS__},                                     \
        sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

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

static bool read(int response)
{
    return lw_sitting_view(p.s)->read[response];
}

static void says(const char *message)
{
    app_fixture_screen(&p);
    assert_string_equal(lw_sitting_view(p.s)->message, message);
}

static bool saved(void)
{
    return lw_sitting_view(p.s)->saved;
}

static void the_end_on_the_screen_counts(void **state)
{
    (void)state;
    char *text = lines(40);
    OPEN(TASK, "", text);
    assert_false(read(0));
    press("PgDn g");
    assert_false(read(0));
    press("G");
    assert_true(read(0));
    press("g");
    assert_true(app_fixture_shows(&p, ", read to the end"));
    free(text);
}

static void what_was_never_drawn_does_not_count(void **state)
{
    (void)state;
    char *text = lines(40);
    OPEN(TASK, "", text);
    app_fixture_press(&p, "5 G Enter"); /* as in one burst */
    assert_false(read(0));
    says("The response is not read yet. Read it, then submit.");
    assert_true(read(0));
    free(text);
}

static void a_refused_label_says_how_to_read_on(void **state)
{
    (void)state;
    char *text = lines(40);
    OPEN(TASK, "", text);
    press("5 Enter");
    says("The response is not read to its end. Space PgDn: page down, G End: its end.");
    press("G");
    assert_false(saved());
    press("Enter");
    assert_true(saved());
    free(text);
}

static void the_pane_that_is_not_read_becomes_active(void **state)
{
    (void)state;
    char *text = lines(40);
    OPEN(TASK, "", "short", text);
    assert_true(read(0));
    assert_int_equal(p.app.active, 1);
    press("5 Enter");
    says("B is not read to its end. Space PgDn: page down, G End: its end.");
    assert_int_equal(p.app.active, 2);
    press("G Enter");
    assert_true(saved());
    free(text);
}

static void a_zoomed_pane_changes_to_it(void **state)
{
    (void)state;
    OPEN(TASK, "", "one", "two");
    assert_true(read(0) && read(1));
    end(NULL);
    OPEN(TASK, "", "one", "two");
    lw_sitting_view(p.s)->read[1] = false;
    press("O 5");
    lw_sitting_view(p.s)->read[1] = false;
    press("Enter");
    says("B is not read yet. Read it, then submit.");
    assert_true(app_fixture_shows(&p, "two"));
    assert_true(read(1));
    press("Enter");
    assert_true(saved());
}

static void of_three_each_is_brought(void **state)
{
    (void)state;
    OPEN(RESPONSE, "", "one" FEW, "two" FEW, "three" FEW);
    press("5");
    assert_true(read(0) && read(1) && !read(2));
    press("o Enter");
    assert_true(saved());
    end(NULL);
    OPEN(TASK, "", "one" FEW, "two" FEW, "three" FEW);
    press("5 Enter");
    says("B is not read yet. Read it, then submit.");
    assert_true(app_fixture_shows(&p, "two"));
    press("Enter");
    says("C is not read yet. Read it, then submit.");
    assert_true(app_fixture_shows(&p, "three"));
    press("Enter");
    assert_true(saved());
}

static void the_question_goes_along(void **state)
{
    (void)state;
    OPEN(RESPONSE, "", "one" FEW, "two" FEW, "three" FEW);
    press("Enter Enter"); /* B, then C */
    assert_int_equal(lw_app_focused_response(&p.app), 2);
    press("7");
    json_t *of = json_object_get(lw_sitting_view(p.s)->answers, "quality");
    assert_int_equal(json_integer_value(json_object_get(of, "r2")), 7);
}

#define CODE "```py\\none\\ntwo\\nthree\\nfour\\n```\\n"

static void folded_code_does_not_count(void **state)
{
    (void)state;
    char *text = lines(30), *whole = lw_format("%s" CODE "end", text);
    OPEN(TASK, "", whole);
    press("5 F4 G");
    assert_true(app_fixture_shows(&p, "(code, Python, 4 lines folded)"));
    assert_false(read(0));
    press("Enter");
    says("The response is not read: text is folded. F4 shows it.");
    press("F4 G");
    assert_true(read(0));
    press("F4 Enter"); /* folded again later: it was read */
    assert_true(saved());
    free(text);
    free(whole);
}

static void a_fold_elsewhere_hides_nothing(void **state)
{
    (void)state;
    char *text = lines(30);
    OPEN(TASK, "", text, CODE);
    press("F4 5 G");
    assert_true(read(0)); /* nothing in it is folded */
    free(text);
}

static void the_source_shows_what_is_folded(void **state)
{
    (void)state;
    char *text = lines(30), *whole = lw_format("%s" CODE "end", text);
    OPEN(TASK, "", whole);
    press("F4 t G");
    assert_true(read(0));
    free(text);
    free(whole);
}

static void folded_parts_do_not_count(void **state)
{
    (void)state;
    app_fixture_make(&p, TASK,
        "{\"id\":\"t1\",\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"},{\"role\":"
        "\"assistant\",\"content\":\"Because.\",\"reasoning_content\":\"It is so.\"}]}\n");
    app_fixture_open(&p);
    assert_int_equal(lw_sitting_view(p.s)->task->nresponses, 1);
    press("x");
    assert_true(app_fixture_shows(&p, "(folded; x: show)"));
    assert_false(read(0));
    press("5 Enter");
    says("The response is not read: text is folded. x shows it.");
    press("x");
    assert_true(read(0));
}

static void a_hidden_task_does_not_count(void **state)
{
    (void)state;
    OPEN(HIDDEN, ",\"tags\":[\"violence\"]", "one");
    press("G");
    assert_false(read(0));
    press("Z");
    assert_true(read(0));
}

static void a_covered_task_does_not_count(void **state)
{
    (void)state;
    static const char *const covers[] = {"?", "a", "p", "q", "s", ":", "^G"};
    for (size_t i = 0; i < sizeof covers / sizeof *covers; i++) {
        OPEN(TASK, "", "one");
        lw_sitting_view(p.s)->read[0] = false;
        press(covers[i]);
        assert_int_not_equal(p.app.over, LW_OVERLAY_NONE);
        assert_false(read(0));
        press("Esc");
        assert_true(read(0));
        end(NULL);
    }
    OPEN(TASK, "", "one"); /* for the teardown */
}

static void a_screen_that_is_too_small_does_not_count(void **state)
{
    (void)state;
    OPEN(TASK, "", "one");
    lw_sitting_view(p.s)->read[0] = false;
    lw_app_resize(&p.app, 10, 80);
    press("G");
    assert_false(read(0));
    lw_app_resize(&p.app, 24, 80);
    press("g");
    assert_true(read(0));
}

static void the_last_answer_of_advance_auto_brings_it(void **state)
{
    (void)state;
    OPEN(HEAD "advance: auto\n" ON_TASK, "", "one" FEW, "two" FEW, "three" FEW);
    press("5");
    says("B is not read yet. Read it, then submit.");
    assert_false(saved());
    press("Enter Enter");
    assert_true(saved());
}

#define TEST(name) cmocka_unit_test_teardown(name, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_end_on_the_screen_counts),
        TEST(what_was_never_drawn_does_not_count),
        TEST(a_refused_label_says_how_to_read_on),
        TEST(the_pane_that_is_not_read_becomes_active),
        TEST(a_zoomed_pane_changes_to_it),
        TEST(of_three_each_is_brought),
        TEST(the_question_goes_along),
        TEST(folded_code_does_not_count),
        TEST(a_fold_elsewhere_hides_nothing),
        TEST(the_source_shows_what_is_folded),
        TEST(folded_parts_do_not_count),
        TEST(a_hidden_task_does_not_count),
        TEST(a_covered_task_does_not_count),
        TEST(a_screen_that_is_too_small_does_not_count),
        TEST(the_last_answer_of_advance_auto_brings_it),
    };
    setenv("TZ", "UTC", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
