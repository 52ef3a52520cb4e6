/* Pictures of every sort, decoded in the child: what comes back, and what is said of bad ones. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixtures/png.h"
#include "labelwright/picture/picture.h"
#include "picture/picture_internal.h"

static char dir[] = "/tmp/lw-picture-XXXXXX", path[sizeof dir + 32];

static const char *file(const char *name, const char *bytes, size_t n)
{
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
    return path;
}

static void quarters(uint32_t x, uint32_t y, uint8_t rgb[3])
{
    rgb[0] = x < 20 ? 255 : 0;
    rgb[1] = y < 10 ? 255 : 0;
    rgb[2] = 64;
}

/* 40 x 20 pixels: yellow, green, red, black. */
static const char *quarters_file(void)
{
    struct lw_buf b = {0};
    png_write(&b, 40, 20, quarters);
    const char *p = file("q.png", b.data, b.len);
    lw_buf_fini(&b);
    return p;
}

static void assert_fault(const char *what, int cols, const char *says)
{
    struct lw_picture_want want = {.cols = cols, .rows = 10, .x = 500, .y = 500};
    struct lw_picture got = {0};
    struct lw_err err = {0};
    assert_int_not_equal(lw_picture_read(what, "photos/a.png", &want, &got, &err), LW_OK);
    assert_string_equal(err.text, says);
}

static const uint8_t *point(const struct lw_picture *p, int x, int y)
{
    return p->rgb + 3 * (y * p->cols * LW_PICTURE_POINTS + x);
}

/* ---- what comes back */

static void a_picture_fills_the_cells_in_its_proportions(void **state)
{
    (void)state;
    struct lw_picture_want want = {.cols = 16, .rows = 10, .x = 500, .y = 500};
    struct lw_picture p = {0};
    struct lw_err err = {0};
    assert_int_equal(lw_picture_read(quarters_file(), "q", &want, &p, &err), LW_OK);
    assert_string_equal(p.kind, "PNG");
    assert_int_equal(p.width, 40);
    assert_int_equal(p.height, 20);
    assert_int_equal(p.cols, 16);
    assert_int_equal(p.rows, 4);
    assert_memory_equal(point(&p, 0, 0), ((uint8_t[]){255, 255, 64}), 3);
    assert_memory_equal(point(&p, 127, 0), ((uint8_t[]){0, 255, 64}), 3);
    assert_memory_equal(point(&p, 0, 31), ((uint8_t[]){255, 0, 64}), 3);
    assert_memory_equal(point(&p, 127, 31), ((uint8_t[]){0, 0, 64}), 3);
    lw_picture_fini(&p);
}

/* Twice one and a half times, at the lower right. */
static void a_part_is_shown_larger(void **state)
{
    (void)state;
    struct lw_picture_want want = {.cols = 16, .rows = 4, .zoom = 2, .x = 990, .y = 990};
    struct lw_picture p = {0};
    struct lw_err err = {0};
    assert_int_equal(lw_picture_read(quarters_file(), "q", &want, &p, &err), LW_OK);
    assert_int_equal(p.cols, 16);
    assert_int_equal(p.rows, 4);
    assert_in_range(p.seen_x, 440, 448);
    assert_in_range(p.x, 770, 780);
    assert_memory_equal(point(&p, 0, 0), ((uint8_t[]){0, 0, 64}), 3);
    lw_picture_fini(&p);
}

/* Cells of 5 x 8 pixels: 16 x 5 of them are 80 x 40, twice the picture, which has no more points.
 */
static void pixels_are_no_more_than_the_file_has(void **state)
{
    (void)state;
    struct lw_picture_want want = {
        .cols = 16, .rows = 10, .x = 500, .y = 500, .cell_w = 5, .cell_h = 8};
    struct lw_picture p = {0};
    struct lw_err err = {0};
    assert_int_equal(lw_picture_read(quarters_file(), "q", &want, &p, &err), LW_OK);
    assert_int_equal(p.cols, 16);
    assert_int_equal(p.rows, 5);
    assert_int_equal(p.point_w, 3);
    assert_int_equal(p.point_h, 4);
    assert_memory_equal(p.rgb, ((uint8_t[]){255, 255, 64}), 3);
    assert_memory_equal(p.rgb + 3 * (48 * 20 - 1), ((uint8_t[]){0, 0, 64}), 3);
    lw_picture_fini(&p);
}

static void grey(uint32_t x, uint32_t y, uint8_t rgb[3])
{
    rgb[0] = rgb[1] = rgb[2] = (uint8_t)(x ^ y);
}

/* 100 x 50 cells of 32 x 64 pixels would be 10 million; 100 x 50 of 20 x 40, as the file has, 4
 * million. */
static void pixels_are_limited(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    struct lw_picture_want want = {
        .cols = 100, .rows = 50, .x = 500, .y = 500, .cell_w = 32, .cell_h = 64};
    struct lw_picture p = {0};
    struct lw_err err = {0};
    png_write(&b, 2000, 2000, grey);
    assert_int_equal(lw_picture_read(file("g.png", b.data, b.len), "g", &want, &p, &err), LW_OK);
    assert_int_equal(p.cols, 100);
    assert_int_equal(p.rows, 50);
    assert_int_equal(p.point_w, 10);
    assert_int_equal(p.point_h, 20);
    lw_picture_fini(&p);
    lw_buf_fini(&b);
}

static void only_the_size_is_read_when_no_cells_are_wanted(void **state)
{
    (void)state;
    struct lw_picture_want want = {0};
    struct lw_picture p = {0};
    struct lw_err err = {0};
    assert_int_equal(lw_picture_read(quarters_file(), "q", &want, &p, &err), LW_OK);
    assert_int_equal(p.width, 40);
    assert_int_equal(p.cols, 0);
    assert_null(p.rgb);
}

static void a_jpeg_is_decoded(void **state)
{
    (void)state;
    struct lw_picture_want want = {.cols = 30, .rows = 10, .x = 500, .y = 500};
    struct lw_picture p = {0};
    struct lw_err err = {0};
    char *photo = lw_format(
        "%s/samples/photos/photos/cat.jpg", getenv("LW_SOURCE") ? getenv("LW_SOURCE") : ".");
    assert_int_equal(lw_picture_read(photo, "cat", &want, &p, &err), LW_OK);
    assert_string_equal(p.kind, "JPEG");
    assert_int_equal(p.width, 451);
    assert_int_equal(p.height, 300);
    assert_int_equal(p.rows, 10);
    const uint8_t *fur = point(&p, p.cols * 4, 40); /* of a ginger cat */
    assert_true(fur[0] > fur[2]);
    lw_picture_fini(&p);
    free(photo);
}

/* A photo whose upper left is dark, as of a camera that was held so. */
static const char *turned(char turn)
{
    static char bytes[64 * 1024];
    char exif[] = "\xff\xe1\0\x22"
                  "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0";
    enum { HEAD = sizeof exif, TURN = 28 }; /* the NUL is its last byte */
    exif[TURN] = turn;
    char *photo = lw_format(
        "%s/samples/photos/photos/coffee.jpg", getenv("LW_SOURCE") ? getenv("LW_SOURCE") : ".");
    FILE *f = fopen(photo, "r");
    assert_non_null(f);
    assert_int_equal(fread(bytes, 1, 2, f), 2);
    memcpy(bytes + 2, exif, HEAD);
    size_t n = fread(bytes + 2 + HEAD, 1, sizeof bytes - 2 - HEAD, f);
    fclose(f);
    free(photo);
    return file("turned.jpg", bytes, 2 + HEAD + n);
}

/* A point near a corner of the picture: u and v are 0 or 1. */
static const uint8_t *corner(const struct lw_picture *p, int u, int v)
{
    int w = p->cols * LW_PICTURE_POINTS, h = p->rows * LW_PICTURE_POINTS;
    return point(p, u ? w - 1 - w / 8 : w / 8, v ? h - 1 - h / 8 : h / 8);
}

static bool is_like(const uint8_t *a, const uint8_t *b)
{
    int differs = 0;
    for (int c = 0; c < 3; c++)
        differs += abs(a[c] - b[c]);
    return differs < 60;
}

/* Where the corner at the upper left of the file is then, and the one at its upper right. */
static void a_photo_stands_as_the_camera_was_held(void **state)
{
    (void)state;
    static const struct {
        char turn;
        int left_u, left_v, right_u, right_v;
    } rows[] = {{1, 0, 0, 1, 0}, {2, 1, 0, 0, 0}, {3, 1, 1, 0, 1}, {4, 0, 1, 1, 1}, {5, 0, 0, 0, 1},
        {6, 1, 0, 1, 1}, {7, 1, 1, 1, 0}, {8, 0, 1, 0, 0}, {9, 0, 0, 1, 0}};
    struct lw_picture_want want = {.cols = 30, .rows = 15, .x = 500, .y = 500};
    struct lw_picture plain = {0}, p = {0};
    struct lw_err err = {0};
    assert_int_equal(lw_picture_read(turned(1), "coffee", &want, &plain, &err), LW_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool side = rows[i].turn >= 5 && rows[i].turn <= 8;
        assert_int_equal(lw_picture_read(turned(rows[i].turn), "coffee", &want, &p, &err), LW_OK);
        assert_int_equal(p.width, side ? 200 : 300);
        assert_true(is_like(corner(&p, rows[i].left_u, rows[i].left_v), corner(&plain, 0, 0)));
        assert_true(is_like(corner(&p, rows[i].right_u, rows[i].right_v), corner(&plain, 1, 0)));
        lw_picture_fini(&p);
    }
    assert_false(is_like(corner(&plain, 0, 0), corner(&plain, 1, 0)));
    lw_picture_fini(&plain);
}

/* ---- cells */

static struct lw_picture_cell *cells(enum lw_picture_colours colours, bool ascii)
{
    struct lw_picture_want want = {.cols = 16, .rows = 4, .x = 500, .y = 500};
    struct lw_picture p = {0};
    struct lw_err err = {0};
    assert_int_equal(lw_picture_read(quarters_file(), "q", &want, &p, &err), LW_OK);
    struct lw_picture_look look = {.colours = colours, .ascii = ascii};
    struct lw_picture_cell *c = lw_picture_cells(&p, &look);
    assert_non_null(c);
    lw_picture_fini(&p);
    return c;
}

static void cells_have_colours_of_the_terminal(void **state)
{
    (void)state;
    struct lw_picture_cell *c = cells(LW_PICTURE_256, false);
    for (int i = 0; i < 64; i++) {
        assert_in_range(c[i].fg, 16, 255);
        assert_in_range(c[i].bg, 16, 255);
    }
    free(c);
    c = cells(LW_PICTURE_RGB, false);
    assert_int_equal(c[0].cp == ' ' ? c[0].bg : c[0].fg, 0xFFFF40);
    free(c);
}

static void cells_without_colours_are_characters(void **state)
{
    (void)state;
    struct lw_picture_cell *c = cells(LW_PICTURE_NO_COLOURS, true);
    for (int i = 0; i < 64; i++) {
        assert_int_equal(c[i].fg, -1);
        assert_int_equal(c[i].bg, -1);
        assert_in_range(c[i].cp, ' ', '~');
    }
    assert_int_not_equal(c[0].cp, c[63].cp);
    free(c);
}

/* ---- bad files */

static void a_file_that_is_no_picture_says_so(void **state)
{
    (void)state;
    const char *no = "photos/a.png is no PNG and no JPEG picture, whatever its name says. Convert "
                     "it to one of them";
    assert_fault(file("a.png", "This is text.\n", 14), 10, no);
    assert_fault(file("a.png", "\x89P", 2), 10, no);
    assert_fault(file("a.png", "", 0), 10, "photos/a.png is empty. Copy the file again");
    assert_fault(file("a.png", "GIF89a\1\0\1\0", 10), 10,
        "photos/a.png is a GIF, which is not shown. Convert it to PNG");
    assert_fault(file("a.png", "RIFF\1\2\3\4WEBPVP8 ", 16), 10,
        "photos/a.png is a WebP picture, which is not shown. Convert it to PNG or JPEG");
}

static void a_file_that_ends_too_early_says_so(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    png_write(&b, 40, 20, quarters);
    assert_fault(
        file("a.png", b.data, b.len / 2), 10, "photos/a.png ends too early. Copy the file again");
    assert_fault(file("a.png", b.data, 20), 10, "photos/a.png ends too early. Copy the file again");
    b.data[60]++; /* in the data, which has a sum */
    assert_fault(file("a.png", b.data, b.len), 10, "photos/a.png is damaged. Copy the file again");
    lw_buf_fini(&b);
}

static void a_jpeg_that_ends_too_early_says_so(void **state)
{
    (void)state;
    char bytes[8000];
    char *photo = lw_format(
        "%s/samples/photos/photos/cat.jpg", getenv("LW_SOURCE") ? getenv("LW_SOURCE") : ".");
    FILE *f = fopen(photo, "r");
    assert_non_null(f);
    assert_int_equal(fread(bytes, 1, sizeof bytes, f), sizeof bytes);
    fclose(f);
    free(photo);
    assert_fault(
        file("a.png", bytes, sizeof bytes), 10, "photos/a.png ends too early. Copy the file again");
}

/* Its head claims more than anybody can look at: nothing of it is decoded. */
static void a_picture_that_is_too_large_is_refused_by_its_head(void **state)
{
    (void)state;
    static const uint32_t sides[][2] = {{30000, 10}, {10, 20001}, {20000, 5001}, {0x7FFFFFFF, 1}};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        struct lw_buf b = {0};
        png_write_head(&b, sides[i][0], sides[i][1]);
        lw_buf_add(&b, "\0\0\0\0IDAT\x35\xaf\x06\x1e", 12);
        assert_fault(file("a.png", b.data, b.len), 10,
            "photos/a.png has too many pixels: at most 20,000 a side and 100 million in all. Scale "
            "it down");
        lw_buf_fini(&b);
    }
}

static void what_is_no_file_says_so(void **state)
{
    (void)state;
    assert_fault(dir, 10, "photos/a.png is a folder. Name a picture file");
    snprintf(path, sizeof path, "%s/fifo", dir);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_fault(path, 10, "photos/a.png is no regular file. Name a picture file");
    assert_fault("/dev/null", 10, "photos/a.png is no regular file. Name a picture file");
    snprintf(path, sizeof path, "%s/none", dir);
    assert_fault(path, 10, "photos/a.png: no such file. Copy it into the project folder");
}

/* ---- the process */

static int open_descriptors(void)
{
    int n = 0;
    for (int fd = 0; fd < 256; fd++)
        n += fcntl(fd, F_GETFD) != -1;
    return n;
}

static void nothing_stays_open_and_no_child_is_left(void **state)
{
    (void)state;
    struct lw_picture_want want = {.cols = 100, .rows = 100, .x = 500, .y = 500};
    struct lw_err err = {0};
    int before = open_descriptors();
    for (int i = 0; i < 3; i++) {
        struct lw_picture_reader *r = lw_picture_start(quarters_file(), "q", &want, &err);
        assert_non_null(r);
        lw_picture_stop(r); /* in the middle of its work */
    }
    assert_int_equal(open_descriptors(), before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static int make_dir(void **state)
{
    (void)state;
    return mkdtemp(dir) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_fills_the_cells_in_its_proportions),
        cmocka_unit_test(a_part_is_shown_larger),
        cmocka_unit_test(pixels_are_no_more_than_the_file_has),
        cmocka_unit_test(pixels_are_limited),
        cmocka_unit_test(only_the_size_is_read_when_no_cells_are_wanted),
        cmocka_unit_test(a_jpeg_is_decoded),
        cmocka_unit_test(a_photo_stands_as_the_camera_was_held),
        cmocka_unit_test(cells_have_colours_of_the_terminal),
        cmocka_unit_test(cells_without_colours_are_characters),
        cmocka_unit_test(a_file_that_is_no_picture_says_so),
        cmocka_unit_test(a_file_that_ends_too_early_says_so),
        cmocka_unit_test(a_jpeg_that_ends_too_early_says_so),
        cmocka_unit_test(a_picture_that_is_too_large_is_refused_by_its_head),
        cmocka_unit_test(what_is_no_file_says_so),
        cmocka_unit_test(nothing_stays_open_and_no_child_is_left),
    };
    if (!lw_picture_can_show()) {
        puts("skip: built without libraries for pictures");
        return 77;
    }
    return cmocka_run_group_tests(tests, make_dir, NULL);
}
