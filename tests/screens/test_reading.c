/* How real texts look: each file in reading/ is one text at three sizes, as the program shows it.
 * With LW_WRITE=1 in the environment the files are written again, to be read and committed like any
 * other change. */
#define _GNU_SOURCE
#include "fixtures/reading_texts.h"
#include "fixtures/shared_data.h"

#include <unistd.h>

static const char *source;

#define ARENA "markdown/arenahard01_gpt-4-0314.jsonl"

/* Texts as readers can set them with `reading:` of config.yaml. */
static const struct set_text {
    struct reading_text text;
    struct lw_reading_opts how;
} set_texts[] = {
    {{"set-columns-catalan", "languages/udhr_cat.html", 1, "O", false}, {.cols = 60}},
    {{"set-spacing-catalan", "languages/udhr_cat.html", 1, "O", false}, {.cols = 72, .spacing = 2}},
    {{"set-justify-finnish", "languages/udhr_fin.html", 1, "O", false},
        {.cols = 64, .justify = true}},
    {{"set-all-lists", ARENA, 55, "O", false},
        {.cols = 66, .spacing = 2, .justify = true, .numbers = true}},
    {{"set-numbers-c", ARENA, 12, "O Space", true}, {.cols = 100, .numbers = true}},
};

/* The name, then for each size a line and the frame. */
static bool print_frames(
    const struct reading_text *t, const struct lw_reading_opts *how, struct lw_buf *to)
{
    static struct app_fixture p;
    if (!reading_text_open(&p, t))
        return false;
    lw_buf_fmt(to, "# %s record %d\n", t->file, t->record);
    for (size_t i = 0; i < 3; i++) {
        reading_text_show(&p, &reading_sizes[i]);
        if (how)
            p.app.how = *how;
        p.app.laid_out = false;
        if (t->keys)
            app_fixture_press(&p, t->keys);
        app_fixture_screen(&p);
        lw_buf_fmt(to, "---- %dx%d\n", reading_sizes[i].cols, reading_sizes[i].rows);
        lw_frame_print(&p.frame, t->roles, to);
    }
    app_fixture_end(&p);
    return true;
}

static bool write_golden(const char *path, const struct lw_buf *frames)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fwrite(frames->data, 1, frames->len, f);
    return fclose(f) == 0;
}

static bool is_as_it_was(const struct reading_text *t, const struct lw_buf *frames)
{
    char *path = lw_format("%s/tests/screens/reading/%s.txt", source, t->name);
    size_t n = 0;
    char *golden = file_bytes(path, &n);
    bool same = golden && n == frames->len && memcmp(golden, frames->data, n) == 0;
    if (!same && getenv("LW_WRITE"))
        same = write_golden(path, frames);
    else if (!same)
        print_error("%s: the frames are\n%s", t->name, frames->data);
    free(golden);
    free(path);
    return same;
}

static bool looks_as_it_did(const struct reading_text *t, const struct lw_reading_opts *how)
{
    struct lw_buf frames = {0};
    bool there = print_frames(t, how, &frames), same = there && is_as_it_was(t, &frames);
    lw_buf_fini(&frames);
    if (!there)
        skip();
    return same;
}

static void every_text_looks_as_it_did(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < reading_texts_count; i++)
        wrong += !looks_as_it_did(&reading_texts[i], NULL);
    assert_int_equal(wrong, 0);
}

static void texts_are_as_wide_and_loose_as_the_reader_wants(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof set_texts / sizeof *set_texts; i++)
        wrong += !looks_as_it_did(&set_texts[i].text, &set_texts[i].how);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_looks_as_it_did),
        cmocka_unit_test(texts_are_as_wide_and_loose_as_the_reader_wants),
    };
    source = getenv("LW_SOURCE");
    if (!source)
        source = ".";
    setenv("TZ", "UTC", 1);
    if (access("/dev/shm", W_OK) == 0)
        setenv("TMPDIR", "/dev/shm", 0); /* nothing here is about the disk */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
