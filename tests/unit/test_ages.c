/* Since when a character is in Unicode, against Debian's own list. */
#define _GNU_SOURCE
#include "text/ages_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define FILE_NAME "/usr/share/unicode/DerivedAge.txt"

static void emoji_of_each_version(void **state)
{
    (void)state;
    static const char32_t of_version[] = {
        0x1F95E, 0x1F9D0, 0x1F970, 0x1F971, 0x1F972, 0x1FAE0, 0x1FAE8, 0x1FAE9, 0x1FAEA};
    for (size_t i = 0; i < sizeof of_version / sizeof *of_version; i++)
        assert_int_equal(lw_unicode_age(of_version[i]), LW_AGE_OLD + 1 + (int)i);
    assert_int_equal(lw_unicode_age('a'), LW_AGE_OLD);
    assert_int_equal(lw_unicode_age(0x1F600), LW_AGE_OLD);
    assert_int_equal(lw_unicode_age(0x10FFFF), LW_AGE_OLD);
}

static void every_character_of_the_list(void **state)
{
    (void)state;
    FILE *f = fopen(FILE_NAME, "r");
    char line[512];
    int seen = 0;
    if (!f) {
        print_message("skip: no %s (package unicode-data)\n", FILE_NAME);
        skip();
    }
    while (fgets(line, sizeof line, f)) {
        unsigned first, last;
        int major, minor;
        if (sscanf(line, "%x..%x ; %d.%d", &first, &last, &major, &minor) != 4) {
            if (sscanf(line, "%x ; %d.%d", &first, &major, &minor) != 3)
                continue;
            last = first;
        }
        int age = major == 15 && minor > 0 ? 16 : major < LW_AGE_OLD ? LW_AGE_OLD : major;
        for (unsigned cp = first; cp <= last; cp++, seen++)
            if (lw_unicode_age(cp) != age)
                fail_msg("U+%04X: %d, not %d", cp, lw_unicode_age(cp), age);
    }
    assert_true(seen > 200000);
    fclose(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(emoji_of_each_version),
        cmocka_unit_test(every_character_of_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
