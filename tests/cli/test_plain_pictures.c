/* Pictures in plain mode: for somebody who does not see them, and where they are not what their
 * names say. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/png.h"
#include "fixtures/shared_data.h"
#include "labelwright/picture/picture.h"

#define PROJECT                                                                                    \
    "labelwright: 1\n"                                                                             \
    "tasks: [{file: tasks.jsonl}]\n"                                                               \
    "questions: [{name: cats, type: rating, on: task, scale: {min: 0, max: 9}}]\n"

static void grey(uint32_t x, uint32_t y, uint8_t rgb[3])
{
    rgb[0] = rgb[1] = rgb[2] = (uint8_t)(100 + x + y);
}

static void look_at(struct run *r, const char *image)
{
    struct lw_buf png = {0};
    char *task = lw_format("{\"id\":\"a\",\"image\":\"%s\",\"alt\":\"Two grey cats\","
                           "\"prompt\":\"How many?\"}\n",
        image);
    png_write(&png, 40, 20, grey);
    run_project("p");
    run_put("p/project.yaml", PROJECT);
    run_put("p/tasks.jsonl", task);
    run_put_bytes("p/cat.png", png.data, png.len);
    run_put("p/note.png", "no picture\n");
    run_fed(r, 0, "2\n\n", "--plain p");
    run_prints(r, "  Two grey cats\n");
    run_prints(r, "How many?");
    run_shell(r, 0, "cat p/journal/*");
    run_prints(r, "\"answers\":{\"cats\":2}"); /* whatever the picture is */
    run_shell(r, 0, "printf '/quit\\n' | \"$LW\" --plain --task a p");
    free(task);
    lw_buf_fini(&png);
}

static void a_picture_is_named_with_its_size_and_described(void **state)
{
    look_at(*state, "cat.png");
    run_prints(*state, "Picture cat.png, 40 x 20 pixels:\n  Two grey cats\n");
}

static void what_is_wrong_with_one_is_told_and_it_is_described(void **state)
{
    static const char *const rows[][2] = {
        {"gone.png", "Picture gone.png: no such file. Copy it into the project folder:\n"},
        {"note.png", "Picture note.png is no PNG and no JPEG picture, whatever its name says. "},
        {"../cat.png", "Picture ../cat.png leaves the project folder with \"..\"."},
        {"https://example.org/cat.png", "Picture https://example.org/cat.png:\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        run_shell(*state, 0, "rm -rf p");
        look_at(*state, rows[i][0]);
        run_prints(*state, rows[i][1]);
        run_prints(*state, "  Two grey cats\n");
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

/* Without seeing the picture: a tag's number and pixels, a line for each. */
static void boxes_are_typed_in_pixels(void **state)
{
    struct lw_buf png = {0};
    png_write(&png, 40, 20, grey);
    run_project("p");
    run_put("p/project.yaml",
        "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
        "  - {name: cats, type: boxes, options: [{value: cat}, {value: kit}]}\n"
        "  - {name: ears, type: boxes, shape: point, options: [{value: ear}]}\n");
    run_put("p/tasks.jsonl", "{\"id\":\"a\",\"image\":\"cat.png\",\"prompt\":\"p\"}\n");
    run_put_bytes("p/cat.png", png.data, png.len);
    run_fed(
        *state, 0, "1 2 3 4 5\n3 1 1 1 1\n1 2 3\n2 6,7,8,9\n-1\n-7\n\n1 20 10\n\n\n", "--plain p");
    run_prints(*state, "1. cat at 2, 3, 4 wide, 5 high");
    run_prints(*state, "there is no tag with this number.");
    run_prints(*state, "give a tag's number, the place of the upper left corner");
    run_prints(*state, "there is no such box. -2 removes box 2.");
    run_prints(*state, "1. ear at 20, 10\n");
    run_shell(*state, 0, "cat p/journal/*");
    run_prints(*state,
        "\"cats\":[{\"picture\":\"cat.png\",\"x\":6,\"y\":7,\"width\":8,\"height\":9,"
        "\"tags\":[\"kit\"]}]");
    run_prints(*state, "\"ears\":[{\"picture\":\"cat.png\",\"x\":20,\"y\":10,\"tags\":[\"ear\"]}]");
    lw_buf_fini(&png);
}

/* A file without a project names them from where it is; never above, and nothing hidden. */
static void a_bare_file_names_pictures_beside_it(void **state)
{
    static const char *const rows[][2] = {
        {"photos/cat.png", "Picture photos/cat.png, 40 x 20 pixels\n"},
        {"../cat.png", "Picture ../cat.png leaves the project folder with \"..\"."},
        {".secret/cat.png", "Picture .secret/cat.png is hidden. Copy it beside the task file."},
        {"away/cat.png", "Picture away/cat.png leaves the project folder through a symbolic link."},
    };
    struct lw_buf png = {0};
    png_write(&png, 40, 20, grey);
    run_shell(
        *state, 0, "mkdir -p data/photos data/.secret elsewhere && ln -s ../elsewhere data/away");
    run_put_bytes("data/photos/cat.png", png.data, png.len);
    run_put_bytes("data/.secret/cat.png", png.data, png.len);
    run_put_bytes("elsewhere/cat.png", png.data, png.len);
    run_put_bytes("cat.png", png.data, png.len);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *task = lw_format("{\"id\":\"a\",\"image\":\"%s\",\"prompt\":\"p\"}\n", rows[i][0]);
        run_put("data/tasks.jsonl", task);
        run_fed(*state, 0, ".quit\n", "--plain data/tasks.jsonl");
        run_prints(*state, rows[i][1]);
        run_shell(*state, 0, "rm -rf data/tasks.jsonl*");
        free(task);
    }
    lw_buf_fini(&png);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_picture_is_named_with_its_size_and_described),
        TEST(what_is_wrong_with_one_is_told_and_it_is_described),
        TEST(a_bare_file_names_pictures_beside_it),
        TEST(boxes_are_typed_in_pixels),
    };
    if (!lw_picture_can_decode()) {
        puts("skip: built without libraries for pictures");
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
