/* Boxes and points marked with keys on a picture: their pixels, whatever part of it is shown. */
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
#include "labelwright/project/boxes.h"

static struct app_fixture p;

static const char yaml[] =
    "labelwright: 1\n"
    "tasks: [tasks.jsonl]\n"
    "questions:\n"
    "  - {name: parts, type: boxes, options: [{value: face, label: Face}, {value: ear, key: e}]}\n"
    "  - {name: eyes, type: boxes, shape: point, options: [{value: left}]}\n";

/* White at the left, black at the right. */
static void halves(uint32_t x, uint32_t y, uint8_t rgb[3])
{
    (void)y;
    memset(rgb, x < 400 ? 255 : 0, 3);
}

static int begin(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    png_write(&b, 800, 400, halves);
    app_fixture_make(&p, yaml, "{\"id\":\"a\",\"image\":\"a.png\",\"prompt\":\"p\"}\n");
    app_fixture_write(&p, "a.png", b.data, b.len);
    lw_buf_fini(&b);
    app_fixture_open(&p);
    app_fixture_press(&p, "work:");
    return 0;
}

static int end(void **state)
{
    (void)state;
    app_fixture_end(&p);
    return 0;
}

static bool shown(const char *words)
{
    app_fixture_screen(&p);
    return app_fixture_shows(&p, words);
}

/* The i-th one of a question; false for none. */
static bool get(const char *question, size_t i, struct lw_box *to)
{
    return lw_boxes_get(json_object_get(lw_sitting_view(p.s)->answers, question), i, to);
}

static size_t count(const char *question)
{
    return json_array_size(json_object_get(lw_sitting_view(p.s)->answers, question));
}

/* From one corner to the other, in either order, and each shows where it is. */
static void two_corners_and_a_tag_make_a_box(void **state)
{
    (void)state;
    struct lw_box there, back;
    app_fixture_press(&p, "v Home PgUp PgUp PgUp v C-Right Down Down 1");
    assert_true(get("parts", 0, &there));
    assert_int_equal(there.x, 0);
    assert_int_equal(there.y, 0);
    assert_true(there.width > 100 && there.width < 400);
    assert_true(shown("┌Face"));
    assert_true(shown("1 of 1: Face"));
    app_fixture_press(&p, "Left v C-Left C-Left Up Up Up e");
    assert_true(get("parts", 1, &back));
    assert_int_equal(back.x, 0);
    assert_int_equal(back.y, 0);
    assert_true(back.width < there.width);
    assert_int_equal(back.height, there.height);
    assert_true(shown("2 of 2: ear"));
}

static void a_box_of_the_last_cells_ends_with_the_picture(void **state)
{
    (void)state;
    struct lw_box b;
    app_fixture_press(&p, "v Home PgUp PgUp PgUp v End PgDn PgDn PgDn 1");
    assert_true(get("parts", 0, &b));
    assert_int_equal(b.x, 0);
    assert_int_equal(b.y, 0);
    assert_int_equal(b.width, 800);
    assert_int_equal(b.height, 400);
}

/* Larger cells show fewer pixels, and the same box lies elsewhere on the screen. */
static void in_a_larger_picture_the_pixels_are_finer(void **state)
{
    (void)state;
    struct lw_box coarse, fine;
    app_fixture_press(&p, "v v 1 Esc v F9 work: F9 work: F9 work: v 2 Esc");
    assert_true(get("parts", 0, &coarse));
    assert_true(get("parts", 1, &fine));
    assert_true(fine.width < coarse.width && fine.width > 0);
    assert_true(fine.x >= 380 && fine.x <= 420);
    assert_true(coarse.x >= 380 && coarse.x <= 420);
}

static void a_point_is_where_the_cursor_is(void **state)
{
    (void)state;
    struct lw_box b;
    app_fixture_press(&p, "Tab v Home PgUp PgUp PgUp 1");
    assert_true(get("eyes", 0, &b));
    assert_int_equal(b.width, 0);
    assert_true(b.x < 20 && b.y < 30);
    app_fixture_press(&p, "Right");
    assert_true(shown("●┼eft"));
    app_fixture_press(&p, "v");
    assert_true(shown("The key of a tag marks the place of the cursor."));
}

static void marks_are_gone_to_changed_deleted_and_taken_back(void **state)
{
    (void)state;
    app_fixture_press(&p, "v v Right 1 Down v Right 1 Tab");
    assert_true(shown("1 of 2: Face"));
    app_fixture_press(&p, "e");
    assert_true(shown("1 of 2: ear"));
    app_fixture_press(&p, "+ 1");
    assert_true(shown("1 of 2: ear, Face"));
    app_fixture_press(&p, "n x");
    assert_int_equal(count("parts"), 1);
    app_fixture_press(&p, "u");
    assert_int_equal(count("parts"), 2);
    app_fixture_press(&p, "u u u u");
    assert_int_equal(count("parts"), 0);
    app_fixture_press(&p, "u");
    assert_true(shown("Nothing more to undo here."));
    app_fixture_press(&p, "x");
    assert_true(shown("Go to one first. Tab: the next one."));
}

static void a_tag_without_a_corner_is_no_box(void **state)
{
    (void)state;
    app_fixture_press(&p, "v 1");
    assert_true(shown("Set a corner first: v."));
    assert_int_equal(count("parts"), 0);
    app_fixture_press(&p, "v v 1");
    assert_int_equal(count("parts"), 0);
}

/* Before marking a letter is what it is everywhere: e corrects, where something can be. */
static void the_key_of_a_tag_is_one_only_while_marking(void **state)
{
    (void)state;
    app_fixture_press(&p, "e");
    assert_true(shown("no corrections"));
    assert_false(shown("draft"));
}

static void esc_drops_the_open_box_then_leaves(void **state)
{
    (void)state;
    app_fixture_press(&p, "v v Right Esc");
    assert_true(shown("MARK PARTS OF THE PICTURE"));
    app_fixture_press(&p, "Esc");
    assert_false(shown("MARK PARTS OF THE PICTURE"));
    assert_int_equal(count("parts"), 0);
}

int main(void)
{
    if (!lw_picture_can_show()) {
        puts("skip: built without libraries for pictures");
        return 77;
    }
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(two_corners_and_a_tag_make_a_box),
        TEST(a_box_of_the_last_cells_ends_with_the_picture),
        TEST(in_a_larger_picture_the_pixels_are_finer),
        TEST(a_point_is_where_the_cursor_is),
        TEST(marks_are_gone_to_changed_deleted_and_taken_back),
        TEST(a_tag_without_a_corner_is_no_box),
        TEST(the_key_of_a_tag_is_one_only_while_marking),
        TEST(esc_drops_the_open_box_then_leaves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
