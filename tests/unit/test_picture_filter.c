/* Grey and blurred pictures, by their points: what is kept, what is gone, and that showing a part
 * larger brings nothing back. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixtures/png.h"
#include "labelwright/picture/picture.h"
#include "picture/picture_internal.h"

enum { SIDE = 256 };

static char path[] = "/tmp/lw-filter-XXXXXX";

typedef void pixel(uint32_t x, uint32_t y, uint8_t rgb[3]);

static const struct lw_picture_want whole = {.cols = 40, .rows = 40, .x = 500, .y = 500};

static struct lw_picture read_picture(pixel *paint, struct lw_picture_want want)
{
    struct lw_buf b = {0};
    struct lw_picture p = {0};
    struct lw_err err = {0};
    png_write(&b, SIDE, SIDE, paint);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(b.data, 1, b.len, f), b.len);
    fclose(f);
    lw_buf_fini(&b);
    if (lw_picture_read(path, "p", &want, &p, &err) != LW_OK)
        fail_msg("%s", err.text);
    return p;
}

static struct lw_picture filtered(pixel *paint, unsigned filter)
{
    struct lw_picture_want want = whole;
    want.filter = filter;
    return read_picture(paint, want);
}

static int width(const struct lw_picture *p)
{
    return p->cols * p->point_w;
}

static int height(const struct lw_picture *p)
{
    return p->rows * p->point_h;
}

static const uint8_t *point(const struct lw_picture *p, int x, int y)
{
    return p->rgb + 3 * (y * width(p) + x);
}

static double mean(const struct lw_picture *p, int channel)
{
    double sum = 0;
    for (int i = 0; i < width(p) * height(p); i++)
        sum += p->rgb[3 * i + channel];
    return sum / (width(p) * height(p));
}

/* How much points beside each other differ: what is left of the highest frequencies. */
static double roughness(const struct lw_picture *p)
{
    double sum = 0;
    for (int y = 0; y < height(p); y++)
        for (int x = 1; x < width(p); x++) {
            double by = point(p, x, y)[0] - point(p, x - 1, y)[0];
            sum += by * by;
        }
    return sum / (width(p) * height(p));
}

static void assert_near(double is, double wanted, double by)
{
    if (is < wanted - by || is > wanted + by)
        fail_msg("%f is not within %f of %f", is, by, wanted);
}

/* ---- pictures */

/* Fine squares in colours, of which some are in a corner only: the mean is of the edges, too. */
static void squares(uint32_t x, uint32_t y, uint8_t rgb[3])
{
    bool on = (x / 2 + y / 2) % 2;
    rgb[0] = on ? 250 : 10;
    rgb[1] = x < 40 && y < 40 ? 255 : 30;
    rgb[2] = (uint8_t)(x ^ y);
}

static void halves(uint32_t x, uint32_t y, uint8_t rgb[3])
{
    (void)y;
    memset(rgb, x < SIDE / 2 ? 0 : 255, 3);
}

/* ---- grey */

static void grey_has_no_colours_and_keeps_the_light(void **state)
{
    (void)state;
    struct lw_picture plain = filtered(squares, 0), grey = filtered(squares, LW_PICTURE_GREY);
    assert_int_equal(width(&plain), width(&grey));
    for (int i = 0; i < width(&grey) * height(&grey); i++) {
        const uint8_t *g = grey.rgb + 3 * i, *p = plain.rgb + 3 * i;
        assert_int_equal(g[0], g[1]);
        assert_int_equal(g[1], g[2]);
        assert_near(g[0], 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2], 0.51);
    }
    assert_near(mean(&grey, 0),
        0.2126 * mean(&plain, 0) + 0.7152 * mean(&plain, 1) + 0.0722 * mean(&plain, 2), 0.1);
    lw_picture_fini(&plain);
    lw_picture_fini(&grey);
}

/* ---- blur */

static void a_blur_keeps_the_mean_of_every_colour(void **state)
{
    (void)state;
    struct lw_picture plain = filtered(squares, 0), blurred = filtered(squares, LW_PICTURE_BLUR);
    for (int c = 0; c < 3; c++)
        assert_near(mean(&blurred, c), mean(&plain, c), 0.2);
    lw_picture_fini(&plain);
    lw_picture_fini(&blurred);
}

static void a_blur_leaves_nothing_fine_and_keeps_what_is_large(void **state)
{
    (void)state;
    struct lw_picture plain = filtered(squares, 0), blurred = filtered(squares, LW_PICTURE_BLUR);
    assert_true(roughness(&plain) > 100);
    assert_true(roughness(&blurred) < roughness(&plain) / 1000);
    lw_picture_fini(&plain);
    lw_picture_fini(&blurred);
    struct lw_picture two = filtered(halves, LW_PICTURE_BLUR);
    assert_int_equal(point(&two, 0, height(&two) / 2)[0], 0);
    assert_int_equal(point(&two, width(&two) - 1, height(&two) / 2)[0], 255);
    lw_picture_fini(&two);
}

static void both_are_grey_and_blurred(void **state)
{
    (void)state;
    struct lw_picture grey = filtered(squares, LW_PICTURE_GREY);
    struct lw_picture both = filtered(squares, LW_PICTURE_GREY | LW_PICTURE_BLUR);
    assert_true(roughness(&both) < roughness(&grey) / 1000);
    assert_near(mean(&both, 2), mean(&grey, 2), 0.2);
    for (int i = 0; i < width(&both) * height(&both); i++)
        assert_true(
            both.rgb[3 * i] == both.rgb[3 * i + 1] && both.rgb[3 * i] == both.rgb[3 * i + 2]);
    lw_picture_fini(&grey);
    lw_picture_fini(&both);
}

/* How wide the edge between the halves is, from a quarter of the light to three, in pixels of the
 * file. */
static double edge(struct lw_picture_want want)
{
    int n = 0;
    want.filter = LW_PICTURE_BLUR;
    struct lw_picture p = read_picture(halves, want);
    for (int x = 0; x < width(&p); x++) {
        uint8_t light = point(&p, x, height(&p) / 2)[0];
        n += light > 64 && light < 192;
    }
    double pixels = (double)n * SIDE * p.seen_x / LW_PICTURE_ALL / width(&p);
    lw_picture_fini(&p);
    return pixels;
}

/* A thirty-second of 256 pixels is 8; three means of 17 pixels spread an edge over 13.3 pixels
 * from a quarter to three: 1.349 times their standard deviation, the root of 3 * (17² - 1) / 12. */
static void the_radius_is_a_part_of_the_picture_however_it_is_shown(void **state)
{
    (void)state;
    struct lw_picture_want pixels = whole, larger = whole, largest = whole;
    pixels.cell_w = 6;
    pixels.cell_h = 12;
    larger.zoom = 2;
    largest.zoom = 4;
    assert_near(edge(whole), 11.5, 1.5);
    assert_near(edge(pixels), edge(whole), 1.5);
    assert_near(edge(larger), edge(whole), 1.5);
    assert_near(edge(largest), edge(whole), 1.5);
}

/* Fewer points than the radius, in either direction. */
static void thin_pictures_are_blurred_too(void **state)
{
    (void)state;
    static const int sides[][2] = {{1, 1}, {1, 40}, {40, 1}, {2, 3}};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        int w = sides[i][0], h = sides[i][1];
        struct lw_picture_scale s = {.want = {.filter = LW_PICTURE_BLUR}};
        s.head = (struct lw_picture_head){.width = 1000,
            .height = 1000,
            .cols = w,
            .rows = h,
            .seen_x = 3,
            .seen_y = 3,
            .point_w = 1,
            .point_h = 1};
        s.rgb = malloc((size_t)(3 * w * h));
        assert_non_null(s.rgb);
        memset(s.rgb, 77, (size_t)(3 * w * h));
        assert_true(lw_picture_filter(&s));
        for (int k = 0; k < 3 * w * h; k++)
            assert_int_equal(s.rgb[k], 77);
        free(s.rgb);
    }
}

static int make_file(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grey_has_no_colours_and_keeps_the_light),
        cmocka_unit_test(a_blur_keeps_the_mean_of_every_colour),
        cmocka_unit_test(a_blur_leaves_nothing_fine_and_keeps_what_is_large),
        cmocka_unit_test(both_are_grey_and_blurred),
        cmocka_unit_test(the_radius_is_a_part_of_the_picture_however_it_is_shown),
        cmocka_unit_test(thin_pictures_are_blurred_too),
    };
    if (!lw_picture_can_show()) {
        puts("skip: built without libraries for pictures");
        return 77;
    }
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
