/* Mistakes in a file: the parts of each, and where its cure begins. */
#include "labelwright/base/problem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_sentence_has_a_file_a_place_and_a_message(void **state)
{
    (void)state;
    struct lw_problems p = {0};
    struct lw_problem_parts parts;
    lw_problem(&p, "a: b:1.yaml", 3, 14, "unknown key \"%s\".", "x:1:2: y");
    lw_problem(&p, "c.yaml", 0, 0, "there are more.");
    assert_true(lw_problem_split(p.v[0], &parts));
    assert_string_equal(parts.message, "unknown key \"x:1:2: y\".");
    assert_int_equal(parts.file_n, 11);
    assert_int_equal(parts.line, 3);
    assert_int_equal(parts.col, 14);
    assert_false(lw_problem_split(p.v[1], &parts));
    lw_problems_fini(&p);
}

static void the_cure_is_behind_the_first_sentence(void **state)
{
    static const struct {
        const char *message, *cure;
    } rows[] = {
        {"unknown key \"a. B\". Did you mean \"ab\"?", "Did you mean \"ab\"?"},
        {"write `a. B` here. `c: d` helps.", "`c: d` helps."},
        {"a [ is not closed. Add ',' or ']' here. Or both.", "Add ',' or ']' here. Or both."},
        {"this is 1.5 e.g. two. Write 2.", "Write 2."},
        {"a response of this task is empty.", ""},
        {"no end", ""},
        {"an open \"quote. Here.", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(lw_problem_cure(rows[i].message), rows[i].cure);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_has_a_file_a_place_and_a_message),
        cmocka_unit_test(the_cure_is_behind_the_first_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
