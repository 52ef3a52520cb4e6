/* How many tokens a text might be: what each script counts. */
#include "labelwright/text/token_estimate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void each_script_has_its_weight(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t tokens;
    } rows[] = {
        {"", 0},
        {"a", 1},
        {"four", 1},
        {"fours", 2},
        {"Write eight lines.", 5},
        {"é", 1},
        {"éé", 1},
        {"Привет", 3},
        {"สวัสดี", 3},
        {"你好", 2},
        {"カメラ", 3},
        {"한국어", 3},
        {"👩", 1},
        {"你 a", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t tokens = lw_token_estimate(rows[i].text, strlen(rows[i].text));
        if (tokens != rows[i].tokens)
            fail_msg("\"%s\": %zu", rows[i].text, tokens);
    }
}

static void bytes_that_are_no_text_count_too(void **state)
{
    (void)state;
    static const char bytes[] = {'a', '\xC3', '\xFF'};
    assert_int_equal(lw_token_estimate(bytes, sizeof bytes), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_script_has_its_weight),
        cmocka_unit_test(bytes_that_are_no_text_count_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
