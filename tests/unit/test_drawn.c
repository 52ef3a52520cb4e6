/* Only rows that are as they were, drawn in the same way, are left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/drawn_internal.h"

static void rows_that_changed_are_not_there(void **state)
{
    (void)state;
    struct lw_frame f = {0};
    struct lw_drawn d = {0};
    lw_frame_init(&f, 3, 20);
    assert_false(lw_drawn_so(&d, &f, "a", 1));
    lw_drawn_keep(&d, &f, "a", 1);
    assert_true(lw_drawn_so(&d, &f, "a", 1));
    assert_false(lw_drawn_so(&d, &f, "b", 1)); /* another theme */
    lw_draw(lw_area_all(&f), 1, 4, LW_ROLE_TEXT, "x");
    assert_true(lw_drawn_has_row(&d, &f, 0));
    assert_false(lw_drawn_has_row(&d, &f, 1));
    lw_drawn_keep(&d, &f, "a", 1);
    assert_true(lw_drawn_has_row(&d, &f, 1));
    lw_draw_restyle(lw_area_all(&f), 2, 0, 3, LW_ROLE_DIM);
    assert_false(lw_drawn_has_row(&d, &f, 2));
    lw_draw_painted(lw_area_all(&f), 0, 0, U'x', 1, 2);
    lw_drawn_keep(&d, &f, "a", 1);
    assert_false(lw_drawn_has_row(&d, &f, 0)); /* colours may have got another meaning */
    lw_frame_resize(&f, 4, 20);
    assert_false(lw_drawn_so(&d, &f, "a", 1));
    lw_drawn_fini(&d);
    lw_frame_fini(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_that_changed_are_not_there)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
