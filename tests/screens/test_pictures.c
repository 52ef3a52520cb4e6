/* Pictures on the screen: parts of one, larger and smaller; keys while one is read; many in a task.
 */
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
#include "fixtures/png.h"

static struct app_fixture p;

static const char yaml[] = "labelwright: 1\n"
                           "tasks: [tasks.jsonl]\n"
                           "questions:\n"
                           "  - {name: shows, type: tags, options: [{value: odd}]}\n";

/* White at the left, black at the right. */
static void halves(uint32_t x, uint32_t y, uint8_t rgb[3])
{
    (void)y;
    memset(rgb, x < 40 ? 255 : 0, 3);
}

static void open_with(const char *jsonl)
{
    struct lw_buf b = {0};
    png_write(&b, 80, 40, halves);
    app_fixture_make(&p, yaml, jsonl);
    app_fixture_write(&p, "a.png", b.data, b.len);
    lw_buf_fini(&b);
    app_fixture_open(&p);
}

static void done(void)
{
    app_fixture_end(&p);
}

/* How many cells of the row are of the picture's white. */
static int white_in(int row)
{
    int n = 0;
    app_fixture_screen(&p);
    for (int col = 0; col < p.frame.cols; col++)
        n += p.frame.cell[row * p.frame.cols + col].cp[0] == U'@';
    return n;
}

static void a_larger_picture_shows_a_part_and_the_parts_beside_it(void **state)
{
    (void)state;
    open_with("{\"id\":\"a\",\"image\":\"a.png\",\"prompt\":\"p\"}\n");
    app_fixture_press(&p, "work:");
    assert_true(app_fixture_shows(&p, "Picture: a.png, 80 x 40 pixels\n"));
    int all = white_in(8);
    assert_true(all > 10);
    app_fixture_press(&p, "F9 F9 F9 work:");
    assert_true(app_fixture_shows(&p, "% of the width"));
    app_fixture_press(&p, "S-Left S-Left work:");
    app_fixture_press(&p, "S-Left work: S-Left work: S-Left work: S-Left work:");
    assert_true(app_fixture_shows(&p, "This is the edge of the picture."));
    assert_true(white_in(8) > all); /* nothing but white */
    app_fixture_press(&p, "S-Right work: S-Right work: S-Right work: S-Right work: S-Right work:");
    app_fixture_press(&p, "S-Right work:");
    assert_int_equal(white_in(8), 0);
    app_fixture_press(&p, "S-F9 S-F9 S-F9 work:");
    assert_true(app_fixture_shows(&p, "The whole picture."));
    assert_int_equal(white_in(8), all);
    done();
}

static void the_whole_screen_makes_it_as_large_as_it_fits(void **state)
{
    (void)state;
    open_with("{\"id\":\"a\",\"image\":\"a.png\",\"prompt\":\"p\","
              "\"responses\":[\"one\",\"two\"]}\n");
    app_fixture_press(&p, "work:");
    int small = white_in(5);
    app_fixture_press(&p, "o o O work:");
    assert_true(white_in(5) > small);
    done();
}

/* The title says so; the next task's pictures are the same, and a part shown larger. */
static void a_filter_stays_until_it_is_changed(void **state)
{
    (void)state;
    open_with("{\"id\":\"a\",\"image\":\"a.png\",\"prompt\":\"p\"}\n"
              "{\"id\":\"b\",\"image\":\"a.png\",\"prompt\":\"q\"}\n");
    app_fixture_press(&p, "work:");
    int all = white_in(8);
    app_fixture_press(&p, "F10 work:");
    assert_true(app_fixture_shows(&p, "Picture: a.png, 80 x 40 pixels, grey\n"));
    assert_int_equal(white_in(8), all);
    app_fixture_press(&p, "F10 work:");
    assert_true(app_fixture_shows(&p, "Picture: a.png, 80 x 40 pixels, blurred\n"));
    assert_true(white_in(8) < all);
    app_fixture_press(&p, "F10 J work:");
    assert_true(app_fixture_shows(&p, "Picture: a.png, 80 x 40 pixels, grey and blurred\n"));
    app_fixture_press(&p, "F9 F9 F9 work:");
    assert_true(app_fixture_shows(&p, "80 x 40 pixels, grey and blurred, "));
    app_fixture_press(&p, "S-F9 S-F9 S-F9 F10 work:");
    assert_true(app_fixture_shows(&p, "Picture: a.png, 80 x 40 pixels\n"));
    assert_int_equal(white_in(8), all);
    done();
}

/* A key does not wait for a picture, and leaving the task stops it. */
static void keys_work_while_a_picture_is_read(void **state)
{
    (void)state;
    open_with("{\"id\":\"a\",\"image\":\"a.png\",\"prompt\":\"p\"}\n"
              "{\"id\":\"b\",\"prompt\":\"the next\"}\n");
    app_fixture_screen(&p);
    assert_true(lw_app_has_work(&p.app));
    assert_true(app_fixture_shows(&p, "Picture: a.png …"));
    app_fixture_press(&p, "F9 S-Left");
    assert_false(app_fixture_shows(&p, "No picture here."));
    lw_app_work(&p.app); /* starts it */
    app_fixture_press(&p, "J");
    assert_true(app_fixture_shows(&p, "the next"));
    assert_false(lw_app_has_work(&p.app));
    done();
}

/* Each takes a process and room; nothing is dropped in silence. */
static void more_pictures_than_are_shown_are_named(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    lw_buf_str(&b, "{\"id\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":[");
    for (int i = 0; i < 10; i++)
        lw_buf_fmt(&b, "%s{\"type\":\"image\",\"path\":\"no%d.png\"}", i ? "," : "", i);
    lw_buf_str(&b, "]}]}\n");
    open_with(b.data);
    lw_buf_fini(&b);
    app_fixture_press(&p, "work:");
    assert_false(lw_app_has_work(&p.app));
    assert_true(app_fixture_shows(&p, "Picture, not shown: no7.png: no such file."));
    assert_true(app_fixture_shows(&p, "Picture, not shown here: no9.png"));
    done();
}

static void the_same_picture_in_two_widths_is_read_once_each(void **state)
{
    (void)state;
    open_with("{\"id\":\"a\",\"image\":\"a.png\",\"prompt\":\"p\",\"responses\":[{\"id\":\"x\","
              "\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"image\",\"path\":"
              "\"a.png\"}]}]},{\"id\":\"y\",\"text\":\"none\"}]}\n");
    lw_app_resize(&p.app, 40, 140);
    app_fixture_press(&p, "work:");
    assert_false(lw_app_has_work(&p.app));
    done();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_larger_picture_shows_a_part_and_the_parts_beside_it),
        cmocka_unit_test(the_whole_screen_makes_it_as_large_as_it_fits),
        cmocka_unit_test(a_filter_stays_until_it_is_changed),
        cmocka_unit_test(keys_work_while_a_picture_is_read),
        cmocka_unit_test(more_pictures_than_are_shown_are_named),
        cmocka_unit_test(the_same_picture_in_two_widths_is_read_once_each),
    };
    if (!lw_picture_can_show()) {
        puts("skip: built without libraries for pictures");
        return 77;
    }
    setenv("TZ", "UTC", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
