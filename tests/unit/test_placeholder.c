/* Places to be filled in. */
#include "labelwright/text/placeholder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void finds_what_stands_between_the_signs(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t from;
        const char *found; /* NULL: nothing */
    } rows[] = {
        {"On ‹topic›, for ‹whom›.", 0, "‹topic›"},
        {"On ‹topic›, for ‹whom›.", 4, "‹whom›"},
        {"On ‹topic›, for ‹whom›.", 24, NULL},
        {"‹›", 0, "‹›"},
        {"‹a ‹b›", 0, "‹b›"},
        {"‹a\nb›", 0, NULL},
        {"a › b ‹ c", 0, NULL},
        {"‹", 0, NULL},
        {"", 0, NULL},
        {"\xE2\x80", 0, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t n = strlen(rows[i].text), len;
        size_t at = lw_placeholder_find(rows[i].text, n, rows[i].from, &len);
        bool well = rows[i].found ? len == strlen(rows[i].found) && at < n &&
                                        memcmp(rows[i].text + at, rows[i].found, len) == 0
                                  : at == n && len == 0;
        if (!well)
            fail_msg("\"%s\" from %zu: %zu, %zu", rows[i].text, rows[i].from, at, len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_stands_between_the_signs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
