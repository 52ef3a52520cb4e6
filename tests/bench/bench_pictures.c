/* What a picture of the sample of photos costs in cells, by kitty's protocol and as sixel: bytes to
 * the terminal for a part that fills its room (F9), in cells of 10 by 20 pixels, and how long it
 * takes to make them. Means of several pictures.
 *
 * usage: bench_pictures     LW_PROGRAM names labelwright, LW_PROGRAMS the folder of pixel_terminal
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

#include "bench/bench.h"
#include "fixtures/program_fixture.h"
#include "labelwright/picture/picture_pixels.h"

enum { QUIET_MS = 400, PARTS = 4, RUNS = 5, CELL_W = 10, CELL_H = 20 };

static const struct {
    int rows, cols;
} sizes[] = {{24, 80}, {40, 140}};
enum { SIZES = sizeof sizes / sizeof *sizes };

static const char *source(void)
{
    return getenv("LW_SOURCE") ? getenv("LW_SOURCE") : ".";
}

static struct lw_pty *start(struct program_fixture *t, const char *by, int rows, int cols)
{
    char program[4096], settings[128];
    program_fixture_copy(t, "photos");
    char *command = lw_format("cp -R \"%s/samples/photos/photos\" \"%s\"", source(), t->project);
    assert_int_equal(system(command), 0);
    free(command);
    snprintf(settings, sizeof settings, "pictures: %s\n", by);
    program_fixture_settings(t, "config.yaml", settings);
    const char **env = program_fixture_env(t, NULL);
    snprintf(program, sizeof program, "%s/pixel_terminal", getenv("LW_PROGRAMS"));
    const char *argv[] = {program, "both", "promptly", t->program, t->path, NULL};
    struct lw_pty *p = lw_pty_start(rows, cols, env, argv);
    free(env);
    lw_pty_wait_text(p, "Picture: photos/coffee.jpg, 300 x 200 pixels");
    lw_pty_settle(p, QUIET_MS);
    return p;
}

static void bytes_a_picture(void **state)
{
    (void)state;
    static const char *const bys[] = {"cells", "kitty", "sixel"};
    for (size_t size = 0; size < SIZES; size++)
        for (size_t i = 0; i < sizeof bys / sizeof *bys; i++) {
            struct program_fixture t;
            struct lw_pty *p = start(&t, bys[i], sizes[size].rows, sizes[size].cols);
            size_t before = lw_pty_bytes(p);
            for (int k = 0; k < PARTS; k++) {
                lw_pty_type(p, "\033[20~");
                lw_pty_settle(p, QUIET_MS);
            }
            printf("a picture in %-6s at %dx%d %18zu bytes                recorded\n", bys[i],
                sizes[size].cols, sizes[size].rows, (lw_pty_bytes(p) - before) / PARTS);
            program_fixture_leave(p);
            program_fixture_remove(&t);
        }
}

static void print_sixel(const struct lw_picture *p, struct lw_buf *to)
{
    struct lw_picture_part all = {0, 0, p->rows, p->cols};
    struct lw_sixels *s = lw_sixels_new(p, LW_SIXEL_COLOURS_MAX);
    lw_sixels_print(s, &all, CELL_W, CELL_H, to);
    lw_sixels_free(s);
}

static void print_kitty(const struct lw_picture *p, struct lw_buf *to)
{
    lw_kitty_send(p, 1, to);
}

/* A photo as large as is shown at most: two million points, made of one of the sample. */
static struct lw_picture large(void)
{
    struct lw_picture_want want = {
        .cols = 42, .rows = 20, .x = 500, .y = 500, .cell_w = CELL_W, .cell_h = 14};
    struct lw_picture p, to;
    struct lw_err err = {0};
    char *path = lw_format("%s/samples/photos/photos/cat.jpg", source());
    assert_int_equal(lw_picture_read(path, "cat", &want, &p, &err), LW_OK);
    to = (struct lw_picture){
        .cols = 4 * p.cols, .rows = 4 * p.rows, .point_w = CELL_W, .point_h = CELL_H};
    int w = to.cols * CELL_W, h = to.rows * CELL_H, from_w = p.cols * p.point_w;
    to.rgb = lw_alloc((size_t)w * (size_t)h * 3);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++)
            for (int c = 0; c < 3; c++) {
                int from = y * p.rows * p.point_h / h * from_w + x * from_w / w;
                to.rgb[3 * (y * w + x) + c] =
                    (uint8_t)((p.rgb[3 * from + c] + (x * 7 + y * 5) % 4) / 2);
            }
    lw_picture_fini(&p);
    free(path);
    return to;
}

static void time_a_picture(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        void (*print)(const struct lw_picture *p, struct lw_buf *to);
    } ways[] = {{"kitty", print_kitty}, {"sixel", print_sixel}};
    struct lw_picture p = large();
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        double seconds[RUNS];
        for (int k = 0; k < RUNS; k++) {
            struct lw_buf b = {0};
            double began = bench_seconds();
            ways[i].print(&p, &b);
            seconds[k] = bench_seconds() - began;
            lw_buf_fini(&b);
        }
        printf("%d x %d cells made %s bytes %16.1f ms                   recorded\n", p.cols, p.rows,
            ways[i].name, 1e3 * bench_median(seconds, RUNS));
    }
    lw_picture_fini(&p);
}

int main(void)
{
    const struct CMUnitTest figures[] = {
        cmocka_unit_test(bytes_a_picture),
        cmocka_unit_test(time_a_picture),
    };
    if (!lw_picture_can_show()) {
        puts("SKIPPED: built without libraries for pictures.");
        return 0;
    }
    return cmocka_run_group_tests(figures, NULL, NULL);
}
