/* Spaces between words of different styles, drawn so that fewer bytes are sent. */
#include "fixtures/shared_data.h"

#include "tui/theme_internal.h"

static struct lw_theme theme;

static int set_up(void **state)
{
    (void)state;
    for (int i = 0; i < LW_ROLE_COUNT; i++)
        theme.style[i] = (struct lw_style){(short)i, LW_COLOUR_DEFAULT, 7, LW_COLOUR_DEFAULT, 0};
    theme.style[LW_ROLE_HEADER].bg = 4;
    theme.style[LW_ROLE_FOOTER].bg16 = 4;
    theme.style[LW_ROLE_CHOSEN].attrs = LW_ATTR(REVERSE);
    theme.style[LW_ROLE_INPUT].attrs = LW_ATTR(UNDERLINE);
    return lw_locale_init() ? 0 : -1;
}

/* "word", `n` blanks in `gap`, "word"; the role the first of the blanks is shown in. */
static enum lw_role shown(enum lw_role before, int n, enum lw_role gap, const char *after)
{
    struct lw_frame f;
    lw_frame_init(&f, 1, 40);
    struct lw_area a = lw_area_all(&f);
    lw_draw_fill(a, 0, 0, 40, gap, ' ');
    lw_draw_text(a, 0, 0, before, "word", 4);
    lw_draw_text(a, 0, 4 + n, LW_ROLE_KEY, after, strlen(after));
    enum lw_role first = lw_theme_role_at(&f, &theme, 0, 4),
                 last = lw_theme_role_at(&f, &theme, 0, 3 + n);
    assert_int_equal(first, last);
    assert_int_equal(lw_theme_role_at(&f, &theme, 0, 3), before);
    lw_frame_fini(&f);
    return first;
}

static void takes_the_style_before_a_short_gap(void **state)
{
    (void)state;
    for (int n = 1; n <= 4; n++)
        assert_int_equal(shown(LW_ROLE_TITLE, n, LW_ROLE_TEXT, "x"), LW_ROLE_TITLE);
    assert_int_equal(shown(LW_ROLE_TITLE, 2, LW_ROLE_QUESTION, "\xED\x95\x9C"), LW_ROLE_TITLE);
}

static void leaves_long_gaps_and_ends_of_lines(void **state)
{
    (void)state;
    assert_int_equal(shown(LW_ROLE_TITLE, 5, LW_ROLE_TEXT, "x"), LW_ROLE_TEXT);
    assert_int_equal(shown(LW_ROLE_TITLE, 2, LW_ROLE_TEXT, ""), LW_ROLE_TEXT);
}

static void leaves_what_shows_on_blanks(void **state)
{
    (void)state;
    static const enum lw_role roles[] = {
        LW_ROLE_HEADER, LW_ROLE_FOOTER, LW_ROLE_CHOSEN, LW_ROLE_INPUT};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        assert_int_equal(shown(roles[i], 2, LW_ROLE_TEXT, ""), LW_ROLE_TEXT);
        assert_int_equal(shown(LW_ROLE_TEXT, 2, roles[i], "x"), roles[i]);
    }
}

static void takes_the_style_behind_where_that_before_shows_on_blanks(void **state)
{
    (void)state;
    assert_int_equal(shown(LW_ROLE_CHOSEN, 2, LW_ROLE_TEXT, "x"), LW_ROLE_KEY);
    theme.style[LW_ROLE_KEY].attrs = LW_ATTR(UNDERLINE);
    assert_int_equal(shown(LW_ROLE_CHOSEN, 2, LW_ROLE_TEXT, "x"), LW_ROLE_TEXT);
    theme.style[LW_ROLE_KEY].attrs = 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_the_style_before_a_short_gap),
        cmocka_unit_test(leaves_long_gaps_and_ends_of_lines),
        cmocka_unit_test(leaves_what_shows_on_blanks),
        cmocka_unit_test(takes_the_style_behind_where_that_before_shows_on_blanks),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
