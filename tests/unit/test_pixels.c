/* Pictures as the bytes of kitty's protocol and of sixel: read back by decoders of the tests' own,
 * and how many there are at most. */
#define _GNU_SOURCE
#include "labelwright/picture/picture_pixels.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labelwright/base/hash.h"

enum { PIECE = 4096 };

/* ---- pictures */

static uint32_t noise_state = 1;

static uint8_t noise(void)
{
    noise_state = noise_state * 1664525u + 1013904223u;
    return (uint8_t)(noise_state >> 24);
}

static struct lw_picture make(int cols, int rows, int point_w, int point_h)
{
    struct lw_picture p = {
        .serial = 7, .cols = cols, .rows = rows, .point_w = point_w, .point_h = point_h};
    p.rgb = lw_alloc((size_t)(cols * point_w * rows * point_h) * 3);
    return p;
}

/* From left to right redder, from top to bottom greener. */
static struct lw_picture gradient(int cols, int rows, int point_w, int point_h)
{
    struct lw_picture p = make(cols, rows, point_w, point_h);
    int w = cols * point_w, h = rows * point_h;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            uint8_t *at = p.rgb + 3 * (y * w + x);
            at[0] = (uint8_t)(255 * x / w);
            at[1] = (uint8_t)(255 * y / h);
            at[2] = 80;
        }
    return p;
}

static struct lw_picture noisy(int cols, int rows, int point_w, int point_h)
{
    struct lw_picture p = make(cols, rows, point_w, point_h);
    for (int i = 0; i < 3 * cols * point_w * rows * point_h; i++)
        p.rgb[i] = noise();
    return p;
}

/* ---- kitty */

/* The payload of all pieces together; checks that each is well formed. */
static char *join_pieces(const struct lw_buf *b, const char *about)
{
    struct lw_buf all = {0};
    const char *p = b->data;
    for (bool more = true; more;) {
        assert_memory_equal(p, "\033_G", 3);
        const char *text = strchr(p, ';'), *end = strstr(p, "\033\\");
        assert_true(text && end && text < end);
        if (all.len == 0)
            assert_memory_equal(p + 3, about, strlen(about));
        assert_int_equal(text[-2], '=');
        more = text[-1] == '1';
        assert_true(end - text - 1 <= PIECE && (!more || end - text - 1 == PIECE));
        lw_buf_add(&all, text + 1, (size_t)(end - text - 1));
        p = end + 2;
    }
    assert_ptr_equal(p, b->data + b->len);
    return lw_buf_detach(&all);
}

static void kitty_gets_png_in_pieces(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    struct lw_picture p = noisy(40, 20, 4, 8);
    for (int i = 0; i < 3 * 160 * 160; i++)
        p.rgb[i] &= 0xF0; /* so that it is smaller as PNG */
    lw_kitty_send(&p, 31, &b);
    char *text = join_pieces(&b, "a=t,q=2,i=31,f=100,s=160,v=160,m=1;");
    assert_memory_equal(text, "iVBORw0KGgo", 11); /* 0x89 P N G */
    assert_true(strlen(text) > (size_t)4 * PIECE);
    free(text);
    lw_buf_fini(&b);
    lw_picture_fini(&p);
}

/* PNG would be longer than the points. */
static void noise_goes_as_it_is(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    struct lw_picture p = noisy(10, 5, 4, 8);
    lw_kitty_send(&p, 31, &b);
    char *text = join_pieces(&b, "a=t,q=2,i=31,f=24,s=40,v=40,m=1;");
    char *expected = lw_base64(p.rgb, (size_t)40 * 40 * 3);
    assert_string_equal(text, expected);
    free(expected);
    free(text);
    lw_buf_fini(&b);
    lw_picture_fini(&p);
}

static void kitty_places_parts_in_points(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    struct lw_picture p = {.cols = 40, .rows = 20, .point_w = 4, .point_h = 9};
    lw_kitty_place(&p, 5, &(struct lw_picture_part){2, 10, 3, 7}, &b);
    assert_string_equal(b.data, "\033_Ga=p,q=2,i=5,x=40,y=18,w=28,h=27,c=7,r=3,C=1\033\\");
    lw_buf_clear(&b);
    lw_kitty_unplace(5, &b);
    lw_kitty_delete(5, &b);
    assert_string_equal(b.data, "\033_Ga=d,q=2,d=i,i=5\033\\\033_Ga=d,q=2,d=I,i=5\033\\");
    lw_buf_fini(&b);
}

/* ---- sixel */

struct image {
    int w, h, colours;
    uint8_t *rgb; /* 0xFF in `set` where something was drawn */
    uint8_t *set;
};

static int number(const char **p)
{
    char *end;
    long n = strtol(*p, &end, 10);
    assert_true(end > *p);
    *p = end;
    return (int)n;
}

static void draw(struct image *to, int x, int y, int bits, const uint8_t rgb[3])
{
    for (int i = 0; i < 6; i++) {
        if (!(bits >> i & 1))
            continue;
        assert_true(x < to->w && y + i < to->h);
        size_t at = (size_t)(y + i) * (size_t)to->w + (size_t)x;
        assert_int_equal(to->set[at], 0); /* no pixel twice */
        to->set[at] = 0xFF;
        memcpy(to->rgb + 3 * at, rgb, 3);
    }
}

static void read_colour(const char **p, uint8_t palette[256][3], int *now, struct image *to)
{
    ++*p;
    *now = number(p);
    assert_in_range(*now, 0, 255);
    if (**p != ';')
        return;
    to->colours++;
    for (int i = -1; i < 3; i++) {
        assert_int_equal(**p, ';');
        ++*p;
        int n = number(p);
        assert_true(i >= 0 ? n >= 0 && n <= 100 : n == 2);
        if (i >= 0)
            palette[*now][i] = (uint8_t)(n * 255 / 100);
    }
}

static struct image decode(const struct lw_buf *b)
{
    struct image to = {0};
    uint8_t palette[256][3];
    int x = 0, y = 0, now = -1, end = 0;
    assert_int_equal(sscanf(b->data, "\033P0;1;0q\"1;1;%d;%d%n", &to.w, &to.h, &end), 2);
    to.rgb = lw_alloc((size_t)(to.w * to.h) * 3);
    to.set = lw_alloc((size_t)(to.w * to.h));
    const char *p = b->data + end;
    while (*p != '\033') {
        if (*p == '#') {
            read_colour(&p, palette, &now, &to);
            continue;
        }
        if (*p == '$' || *p == '-') {
            x = 0;
            y += *p == '-' ? 6 : 0;
            p++;
            continue;
        }
        int n = 1;
        if (*p == '!') {
            p++;
            n = number(&p);
        }
        assert_in_range(*p, 0x3F, 0x7E);
        for (; n > 0; n--)
            draw(&to, x++, y, *p - 0x3F, palette[now]);
        p++;
    }
    assert_string_equal(p, "\033\\");
    return to;
}

static void forget(struct image *i)
{
    free(i->rgb);
    free(i->set);
}

static struct image print(const struct lw_picture *p, int colours, struct lw_picture_part part,
    int cell_w, int cell_h, size_t *bytes)
{
    struct lw_buf b = {0};
    struct lw_sixels *s = lw_sixels_new(p, colours);
    lw_sixels_print(s, &part, cell_w, cell_h, &b);
    struct image i = decode(&b);
    if (bytes)
        *bytes = b.len;
    lw_sixels_free(s);
    lw_buf_fini(&b);
    return i;
}

static void sixel_shows_every_pixel_once(void **state)
{
    (void)state;
    struct lw_picture p = gradient(10, 5, 9, 19);
    struct image i = print(&p, 256, (struct lw_picture_part){0, 0, 5, 10}, 9, 19, NULL);
    assert_int_equal(i.w, 90);
    assert_int_equal(i.h, 95);
    long off = 0;
    for (int k = 0; k < i.w * i.h; k++) {
        assert_int_equal(i.set[k], 0xFF);
        for (int c = 0; c < 3; c++)
            off += labs((long)i.rgb[3 * k + c] - p.rgb[3 * k + c]);
    }
    assert_true(off / (3L * i.w * i.h) < 8);
    forget(&i);
    lw_picture_fini(&p);
}

static void sixel_has_no_more_colours_than_the_terminal(void **state)
{
    (void)state;
    struct lw_picture p = gradient(10, 5, 9, 19);
    for (int colours = 2; colours <= 256; colours *= 2) {
        struct image i = print(&p, colours, (struct lw_picture_part){0, 0, 5, 10}, 9, 19, NULL);
        assert_in_range(i.colours, colours / 2, colours);
        forget(&i);
    }
    lw_picture_fini(&p);
}

/* Parts are cut from the same drawing: no seam. */
static void parts_of_sixel_fit_together(void **state)
{
    (void)state;
    struct lw_picture p = gradient(10, 5, 9, 19);
    struct image all = print(&p, 64, (struct lw_picture_part){0, 0, 5, 10}, 9, 19, NULL);
    struct image part = print(&p, 64, (struct lw_picture_part){2, 3, 2, 4}, 9, 19, NULL);
    for (int y = 0; y < part.h; y++)
        assert_memory_equal(part.rgb + 3 * y * part.w, all.rgb + 3 * ((y + 2 * 19) * all.w + 3 * 9),
            (size_t)part.w * 3);
    forget(&part);
    forget(&all);
    lw_picture_fini(&p);
}

/* Two by three points a cell, of 8 x 12 pixels. */
static void few_points_become_more_pixels(void **state)
{
    (void)state;
    struct lw_picture p = make(1, 1, 2, 3);
    for (int i = 0; i < 6; i++)
        p.rgb[3 * i] = (uint8_t)(i % 2 ? 255 : 0);
    struct image i = print(&p, 16, (struct lw_picture_part){0, 0, 1, 1}, 8, 12, NULL);
    assert_int_equal(i.w, 8);
    assert_int_equal(i.h, 12);
    for (int y = 0; y < 12; y++)
        for (int x = 0; x < 8; x++)
            assert_int_equal(i.rgb[3 * (y * 8 + x)], x < 4 ? 0 : 255);
    forget(&i);
    lw_picture_fini(&p);
}

static void one_colour_is_enough_for_one(void **state)
{
    (void)state;
    struct lw_picture p = make(4, 2, 5, 10);
    memset(p.rgb, 51, (size_t)20 * 20 * 3);
    size_t bytes;
    struct image i = print(&p, 256, (struct lw_picture_part){0, 0, 2, 4}, 5, 10, &bytes);
    assert_int_equal(i.colours, 1);
    assert_int_equal(i.rgb[0], 51);
    assert_true(bytes < 100);
    forget(&i);
    lw_picture_fini(&p);
}

/* ---- how much */

/* The worst there is: nothing repeats. A picture of a hundredth of the limits. */
static void no_picture_takes_more_bytes_than_is_said(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    struct lw_picture p = noisy(20, 10, 10, 10);
    lw_kitty_send(&p, 1, &b);
    assert_true(b.len <= LW_KITTY_BYTES_MAX / 100);
    lw_buf_fini(&b);
    size_t bytes;
    struct image i = print(&p, 256, (struct lw_picture_part){0, 0, 10, 20}, 10, 20, &bytes);
    assert_true(bytes <= LW_SIXEL_BYTES_MAX / 100);
    forget(&i);
    i = print(&p, 256, (struct lw_picture_part){0, 0, 10, 20}, 10, 10, &bytes);
    assert_true(bytes <= (size_t)LW_SIXEL_BYTES_MAX / LW_SIXEL_PIXELS_MAX * 20000);
    forget(&i);
    lw_picture_fini(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kitty_gets_png_in_pieces),
        cmocka_unit_test(noise_goes_as_it_is),
        cmocka_unit_test(kitty_places_parts_in_points),
        cmocka_unit_test(sixel_shows_every_pixel_once),
        cmocka_unit_test(sixel_has_no_more_colours_than_the_terminal),
        cmocka_unit_test(parts_of_sixel_fit_together),
        cmocka_unit_test(few_points_become_more_pixels),
        cmocka_unit_test(one_colour_is_enough_for_one),
        cmocka_unit_test(no_picture_takes_more_bytes_than_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
