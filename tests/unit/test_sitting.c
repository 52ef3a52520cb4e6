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

/* The card and verify agree about the journal. */
static void expect_card(bool sound)
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

/* Opening skips what the checkpoint covers; the card checks that too. */
static void the_card_agrees_with_verify(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter 4 Enter");
    app_fixture_close(&p);
    app_fixture_open(&p);
    expect_card(true);
    size_t n;
    char *was = app_fixture_read(&p, "journal/000001.jsonl", &n), *is = lw_strdup(was);
    *strchr(strstr(is, "quality\":{"), '5') = '6';
    app_fixture_write(&p, "journal/000001.jsonl", is, n);
    expect_card(false);
    char *second = strchr(was, '\n') + 1, *third = strchr(second, '\n') + 1;
    char *end = strchr(third, '\n') + 1;
    memcpy(is, was, n);
    memcpy(is + (second - was), third, (size_t)(end - third));
    memcpy(is + (second - was) + (end - third), second, (size_t)(third - second));
    app_fixture_write(&p, "journal/000001.jsonl", is, n);
    expect_card(false);
    app_fixture_write(&p, "journal/000001.jsonl", was, (size_t)(third - was));
    expect_card(false);
    app_fixture_write(&p, "journal/000001.jsonl", was, n);
    expect_card(true);
    free(was);
    free(is);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_card_agrees_with_verify),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
