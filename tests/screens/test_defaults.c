/* Defaults: shown as such, part of the label and named in it, and no answer until then. And several
 * comparisons, each with keys of its own. */
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

static void open_project(void)
{
    const char *source = getenv("LW_SOURCE");
    char *folder = lw_format("%s/tests/screens/projects/defaults", source ? source : ".");
    app_fixture_copy(&p, folder);
    app_fixture_open(&p);
    free(folder);
}

static const json_t *answers(void)
{
    return lw_sitting_view(p.s)->answers;
}

static size_t journal_count(const char *text)
{
    size_t n, found = 0;
    char *journal = app_fixture_read(&p, "journal/000001.jsonl", &n);
    for (const char *at = journal; (at = strstr(at, text)); at++)
        found++;
    free(journal);
    return found;
}

static void each_comparison_has_keys_of_its_own(void **state)
{
    (void)state;
    open_project();
    assert_true(app_fixture_shows(&p, "More correct   1 A much"));
    app_fixture_press(&p, "6");
    assert_true(app_fixture_shows(&p, "Better written   1 A much"));
    assert_true(app_fixture_shows(&p, "More correct* B some"));
    app_fixture_press(&p, "1");
    json_t *expected = json_loads("{\"facts\":{\"better\":\"b\",\"strength\":2},"
                                  "\"style\":{\"better\":\"a\",\"strength\":3}}",
        0, NULL);
    assert_true(json_equal(answers(), expected));
    json_decref(expected);
    app_fixture_end(&p);
}

static void a_default_is_shown_and_is_no_answer(void **state)
{
    (void)state;
    open_project();
    assert_true(app_fixture_shows(&p, "Language (English)"));
    assert_true(app_fixture_shows(&p, "Effort (50)"));
    assert_true(app_fixture_shows(&p, "Why –")); /* `when` counts the default */
    assert_int_equal(json_object_size(answers()), 0);
    app_fixture_press(&p, "6 S-Tab Tab Tab");
    assert_true(app_fixture_shows(&p, "default: English"));
    assert_true(app_fixture_shows(&p, "(1 English)"));
    app_fixture_end(&p);
}

static void a_label_has_it_and_says_so(void **state)
{
    (void)state;
    open_project();
    app_fixture_press(&p, "6 1");
    while (!app_fixture_shows(&p, "A safe   1 safe") && !app_fixture_shows(&p, "A safe  (1 safe)"))
        app_fixture_press(&p, "Tab");
    app_fixture_press(&p, "2 Enter");
    assert_int_equal(journal_count("\"language\":\"english\",\"safe\":{\"a\":\"unsafe\",\"b\":"
                                   "\"safe\"},\"effort\":50"),
        1);
    assert_int_equal(
        journal_count("\"defaulted\":[{\"question\":\"language\",\"item\":\"\"},{\"question\":"
                      "\"safe\",\"item\":\"b\"},{\"question\":\"effort\",\"item\":\"\"}]"),
        1);
    app_fixture_end(&p);
}

/* Until somebody answers by hand, it stays what it was. */
static void it_is_a_default_still_when_the_task_is_labeled_again(void **state)
{
    (void)state;
    open_project();
    app_fixture_press(&p, "6 1 Enter K");
    assert_true(app_fixture_shows(&p, "Language (English)"));
    assert_false(lw_sitting_view(p.s)->draft);
    app_fixture_press(&p, "7 Enter K u u");
    assert_true(app_fixture_shows(&p, "Language (English)"));
    app_fixture_press(&p, "Enter");
    assert_int_equal(journal_count("{\"question\":\"language\",\"item\":\"\"}"), 3);
    app_fixture_end(&p);
}

static void defaults_alone_make_no_label(void **state)
{
    (void)state;
    app_fixture_make(&p,
        "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
        "  - {name: ok, type: choice, default: yes, options: [{value: yes}, {value: no}]}\n",
        "{\"id\":\"t\",\"prompt\":\"?\"}\n{\"id\":\"u\",\"prompt\":\"?\"}\n");
    app_fixture_open(&p);
    app_fixture_press(&p, "Enter");
    assert_true(app_fixture_shows(&p, "No answer yet."));
    assert_int_equal(lw_sitting_view(p.s)->nth, 0);
    app_fixture_press(&p, "wait:800 Enter");
    assert_int_equal(lw_sitting_view(p.s)->nth, 1);
    assert_int_equal(journal_count("\"answers\":{\"ok\":\"yes\"}"), 1);
    app_fixture_end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_comparison_has_keys_of_its_own),
        cmocka_unit_test(a_default_is_shown_and_is_no_answer),
        cmocka_unit_test(a_label_has_it_and_says_so),
        cmocka_unit_test(it_is_a_default_still_when_the_task_is_labeled_again),
        cmocka_unit_test(defaults_alone_make_no_label),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
