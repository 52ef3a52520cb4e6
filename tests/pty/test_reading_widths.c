/* Every line of the golden frames of real texts is as wide in tmux as we think. How they look:
 * screens/test_reading.c. */
#define _GNU_SOURCE
#include "fixtures/shared_data.h"
#include "fixtures/tmux.h"

#include <glob.h>

static size_t count_lines(const char *path)
{
    size_t n = 0, lines = 0;
    char *bytes = file_bytes(path, &n);
    assert_non_null(bytes);
    for (size_t i = 0; i < n; i++)
        lines += bytes[i] == '\n';
    free(bytes);
    return lines;
}

static void every_line_ends_in_tmux_where_we_think(void **state)
{
    (void)state;
    char folder[4096], pattern[4200], program[4096], expected[64];
    glob_t found;
    size_t lines = 0;
    snprintf(folder, sizeof folder, "%s/tests/screens/reading", getenv("LW_SOURCE"));
    snprintf(pattern, sizeof pattern, "%s/*.txt", folder);
    snprintf(program, sizeof program, "%s/measure_widths", getenv("LW_PROGRAMS"));
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        lines += count_lines(found.gl_pathv[i]);
    globfree(&found);
    assert_true(lines > 8000);
    const char *argv[] = {"/bin/sh", "-c", "exec \"$0\" \"$1\"/*.txt", program, folder, NULL};
    struct lw_tmux *t = lw_tmux_start(50, 160, NULL, argv);
    if (!t) {
        fprintf(stderr, "SKIPPED: no tmux\n");
        skip();
    }
    snprintf(expected, sizeof expected, "%zu of %zu agree", lines, lines);
    lw_tmux_wait_text(t, " agree");
    if (!strstr(lw_tmux_screen(t, false), expected))
        fail_msg("not all agree:\n%s", lw_tmux_screen(t, false));
    lw_tmux_kill(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_ends_in_tmux_where_we_think),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
