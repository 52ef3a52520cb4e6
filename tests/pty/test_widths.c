/* doctor asks the terminal how wide it draws things: libvterm here, and tmux, which agrees. */
#define _GNU_SOURCE
#include "fixtures/pty.h"
#include "fixtures/shared_data.h"
#include "fixtures/tmux.h"

#include <jansson.h>
#include <unistd.h>

static const char agreed[] = "widths      15 of 15 kinds of text correct";

static void agrees_with_libvterm_and_leaves_no_trace(void **state)
{
    (void)state;
    const char *argv[] = {"/bin/sh", "-c", "echo before; \"$0\" doctor; stty -a; echo behind",
        getenv("LW_PROGRAM"), NULL};
    struct lw_pty *p = lw_pty_start(24, 120, NULL, argv);
    lw_pty_wait_text(p, "behind");
    lw_pty_wait_text(p, " echo "); /* the terminal is as it was: no "-echo" */
    const char *line = strstr(lw_pty_screen(p), agreed);
    assert_non_null(line);
    assert_non_null(
        strstr(lw_pty_screen(p), "pixels      none: pictures are shown in characters\n"));
    assert_true(line[-1] == '\n' && strncmp(line + strlen(agreed), "\nUnicode ", 9) == 0);
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
}

static void agrees_with_tmux(void **state)
{
    (void)state;
    const char *argv[] = {getenv("LW_PROGRAM"), "doctor", NULL};
    struct lw_tmux *t = lw_tmux_start(24, 120, NULL, argv);
    if (!t)
        skip();
    lw_tmux_wait_text(t, "config ");
    assert_non_null(strstr(lw_tmux_screen(t, false), agreed));
    lw_tmux_kill(t);
}

/* Every emoji of Unicode's list as a line of a new file, by itself and within text; 0 without it.
 */
static size_t write_emoji(char *name)
{
    size_t n, count = 0;
    char *bytes = shared_bytes("data/languages/unicode_emoji_data-by-emoji.json", &n);
    const char *emoji;
    json_t *list = bytes ? json_loadb(bytes, n, 0, NULL) : NULL, *about;
    free(bytes);
    if (!list)
        return 0;
    FILE *f = fdopen(mkstemp(name), "w");
    assert_non_null(f);
    json_object_foreach(list, emoji, about)
    {
        fprintf(f, "%s\na%s\u0301%s|\n", emoji, emoji, emoji);
        count += 2;
    }
    fclose(f);
    json_decref(list);
    return count;
}

static void every_emoji_is_as_wide_in_tmux_as_we_think(void **state)
{
    (void)state;
    char name[] = "/tmp/labelwright-emoji-XXXXXX", program[4096], expected[64];
    size_t count = write_emoji(name);
    if (count == 0)
        skip();
    assert_true(count > 2000);
    snprintf(program, sizeof program, "%s/measure_widths", getenv("LW_PROGRAMS"));
    snprintf(expected, sizeof expected, "%zu of %zu agree", count, count);
    const char *argv[] = {program, name, NULL};
    struct lw_tmux *t = lw_tmux_start(50, 120, NULL, argv);
    if (!t)
        skip();
    lw_tmux_wait_text(t, " agree");
    if (!strstr(lw_tmux_screen(t, false), expected))
        fail_msg("not all agree:\n%s", lw_tmux_screen(t, false));
    lw_tmux_kill(t);
    unlink(name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_libvterm_and_leaves_no_trace),
        cmocka_unit_test(agrees_with_tmux),
        cmocka_unit_test(every_emoji_is_as_wide_in_tmux_as_we_think),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
