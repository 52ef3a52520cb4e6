/* A whole session on a real journal in a temporary folder, without a terminal: how it ends. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/sitting_fixture.h"

#include "labelwright/workspace/known_journals.h"

/* The card's word for the journal, and that of verify, which is the same. */
static void card_says(bool sound)
{
    struct lw_verdict v;
    assert_int_equal(
        lw_known_verify(&p.sys, p.w.dir, "journal", false, NULL, NULL, &v, NULL), LW_OK);
    assert_int_equal(v.first_damage[0] == '\0', sound);
    app_fixture_press(&p, "q");
    assert_int_equal(app_fixture_shows(&p, "Journal    your labels are safe ("), sound);
    assert_int_equal(app_fixture_shows(&p, "Journal    DAMAGED"), !sound);
    app_fixture_press(&p, "Esc");
}

/* What opening skips, because the checkpoint covers it, the card looks at all the same. */
static void the_day_ends_with_the_word_of_verify(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter 4 Enter");
    app_fixture_close(&p);
    app_fixture_open(&p);
    card_says(true);
    size_t n;
    char *was = app_fixture_read(&p, "journal/000001.jsonl", &n), *is = lw_strdup(was);
    *strchr(strstr(is, "quality\":{"), '5') = '6';
    app_fixture_write(&p, "journal/000001.jsonl", is, n);
    card_says(false);
    char *second = strchr(was, '\n') + 1, *third = strchr(second, '\n') + 1;
    char *end = strchr(third, '\n') + 1;
    memcpy(is, was, n);
    memcpy(is + (second - was), third, (size_t)(end - third));
    memcpy(is + (second - was) + (end - third), second, (size_t)(third - second));
    app_fixture_write(&p, "journal/000001.jsonl", is, n);
    card_says(false);
    app_fixture_write(&p, "journal/000001.jsonl", was, (size_t)(third - was));
    card_says(false);
    app_fixture_write(&p, "journal/000001.jsonl", was, n);
    card_says(true);
    free(was);
    free(is);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_day_ends_with_the_word_of_verify),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
