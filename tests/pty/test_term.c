/* The terminal layer alone, through the program show_frame: sizes, signals, colours, TERM. The rest
 * of the program is not involved. */
#define _GNU_SOURCE
#include "fixtures/pty.h"
#include "fixtures/tmux.h"
#include "sample_frame.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char program[4096];

static int find_program(void **state)
{
    (void)state;
    const char *folder = getenv("LW_PROGRAMS");
    snprintf(program, sizeof program, "%s/show_frame", folder ? folder : ".");
    return lw_locale_init() ? 0 : -1;
}

static struct lw_pty *start(int rows, int cols, const char *const *env)
{
    return lw_pty_start(rows, cols, env, (const char *const[]){program, NULL});
}

#define START(...) start(24, 80, (const char *const[]){__VA_ARGS__, NULL})

/* The sample frame as text; the caller's to free(). */
static char *sample(int rows, int cols, const char *keys, const char *note)
{
    struct lw_frame f;
    struct lw_buf b = {0};
    lw_frame_init(&f, rows, cols);
    draw_sample(&f, keys, note);
    lw_frame_print(&f, false, &b);
    lw_frame_fini(&f);
    return lw_buf_detach(&b);
}

static void wait_sample(struct lw_pty *p, int rows, int cols, const char *keys)
{
    char *text = sample(rows, cols, keys, "");
    lw_pty_wait_screen(p, text);
    free(text);
}

static void quit(struct lw_pty *p)
{
    lw_pty_type(p, "q");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
}

static void shows_exactly_the_frame(void **state)
{
    (void)state;
    struct lw_pty *p = start(24, 80, NULL);
    wait_sample(p, 24, 80, "");
    lw_pty_wait_cursor(p, 23, 6);
    assert_true(lw_pty_in_alternate_screen(p));
    assert_int_equal(lw_pty_cell_at(p, 0, 1).fg, 152);
    assert_int_equal(lw_pty_cell_at(p, 0, 1).bg, -1);
    assert_int_equal(lw_pty_cell_at(p, 2, 1).fg, -1);
    assert_true(lw_pty_cell_at(p, 0, 20).reverse);
    assert_true(lw_pty_cell_at(p, 0, 20).bold);
    quit(p);
}

static void shows_exactly_the_frame_in_tmux(void **state)
{
    (void)state;
    struct lw_tmux *t = lw_tmux_start(24, 80, NULL, (const char *const[]){program, NULL});
    if (!t)
        skip();
    char *text = sample(24, 80, "", "");
    lw_tmux_wait_text(t, "keys:");
    lw_tmux_wait_cursor(t, 23, 6);
    const char *screen = lw_tmux_screen(t, false);
    size_t n = strlen(screen);
    assert_memory_equal(screen, text, n); /* tmux drops a trailing space of the last line */
    free(text);
    lw_tmux_type(t, "x");
    lw_tmux_keys(t, "M-Up");
    lw_tmux_wait_text(t, "M-Up");
    lw_tmux_keys(t, "Escape");
    lw_tmux_wait_text(t, "Esc");
    lw_tmux_paste(t, "1\n2");
    lw_tmux_wait_text(t, "keys: x M-Up Esc (1^J2)");
    lw_tmux_resize(t, 20, 60);
    lw_tmux_wait_text(t, "size 20x60");
    lw_tmux_kill(t);
}

/* All rows change, and the cursor comes and goes. */
static void writes_a_frame_at_once(void **state)
{
    (void)state;
    struct lw_pty *p = start(50, 200, NULL);
    wait_sample(p, 50, 200, "");
    lw_pty_type(p, "\014x");
    wait_sample(p, 50, 200, "x ");
    lw_pty_type(p, "q");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    assert_non_null(strstr(lw_pty_screen(p), "writes a frame: 1"));
    lw_pty_free(p);
}

/* A limit of the size of files holds for those in memory too. */
static void shows_whole_frames_under_a_file_limit(void **state)
{
    (void)state;
    static const char *const limits[] = {"ulimit -f 0", "ulimit -f 1"};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        char *line = lw_format("%s; exec '%s'", limits[i], program);
        struct lw_pty *p =
            lw_pty_start(50, 200, NULL, (const char *const[]){"/bin/sh", "-c", line, NULL});
        wait_sample(p, 50, 200, "");
        lw_pty_type(p, "\014x");
        wait_sample(p, 50, 200, "x ");
        quit(p);
        free(line);
    }
}

static void gives_the_terminal_back(void **state)
{
    (void)state;
    struct lw_pty *p = start(24, 80, NULL);
    wait_sample(p, 24, 80, "");
    assert_non_null(strstr(lw_pty_output(p, 0), "\033[?2004h"));
    lw_pty_type(p, "q");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    assert_false(lw_pty_in_alternate_screen(p));
    assert_non_null(strstr(lw_pty_output(p, 0), "\033[?2004l"));
    lw_pty_free(p);
}

static void hands_out_every_key(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *shown;
    } keys[] = {
        {"a\003\034\023\021", "keys: a ^C ^\\ ^S ^Q"},
        {"\033OA\033OD\033OP\033[15~", "Up Left F1 F5"},
        {"\033[A\033[1;5C\033[1;3B\033[1;2D", "Up C-Right M-Down S-Left"},
        {"\033[3~\033[5~\033[Z\r\t \177", "Del PgUp S-Tab Enter Tab Space Backspace"},
        {"\033u\xE1\xBA\xBF", "M-u ế"},
        {"\033", "Esc"},
        {"\033[200~12\r\033[A\033[201~", "(12^J"},
        {"\033[?1;2c\033]11;rgb:0/0/0\007z", "z"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct lw_pty *p = start(24, 80, NULL);
        lw_pty_wait_text(p, "keys:");
        lw_pty_type(p, keys[i].bytes);
        lw_pty_wait_text(p, keys[i].shown);
        quit(p);
    }
}

static void joins_what_comes_in_pieces(void **state)
{
    (void)state;
    struct lw_pty *p = START("ESCDELAY=5000"); /* patience is the terminal's, not a sleep of ours */
    static const char *const pieces[] = {"\xE1", "\xBA", "\xBF", "\033", "[", "A", "\033[2", "00~1",
        "2\033[", "201~", "\033[1;", "5D"};
    lw_pty_wait_text(p, "keys:");
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        lw_pty_type(p, pieces[i]);
        lw_pty_settle(p, 20);
    }
    lw_pty_wait_text(p, "keys: ế Up (12) C-Left");
    quit(p);
}

static void follows_the_size(void **state)
{
    (void)state;
    struct lw_pty *p = START("LINES=5", "COLUMNS=7"); /* stale: the kernel knows better */
    wait_sample(p, 24, 80, "");
    lw_pty_resize(p, 40, 120);
    wait_sample(p, 40, 120, "");
    lw_pty_resize(p, 16, 60);
    wait_sample(p, 16, 60, "");
    lw_pty_wait_cursor(p, 15, 6);
    quit(p);
}

static void writes_only_what_changed(void **state)
{
    (void)state;
    struct lw_pty *p = start(40, 140, NULL);
    lw_pty_wait_text(p, "keys:");
    lw_pty_settle(p, 100);
    size_t before = lw_pty_bytes(p);
    lw_pty_type(p, "5");
    lw_pty_wait_text(p, "keys: 5");
    lw_pty_settle(p, 100);
    assert_in_range(lw_pty_bytes(p) - before, 1, 200);
    before = lw_pty_bytes(p);
    lw_pty_type(p, "\f");
    lw_pty_settle(p, 200);
    assert_true(lw_pty_bytes(p) - before > 200); /* ^L repaints */
    quit(p);
}

/* A shell with job control around the program, as a user has. */
static struct lw_pty *start_in_shell(void)
{
    static const char script[] = "set -m; \"$0\"; echo back in the shell; stty -a | tr ' ' '\\n' | "
                                 "grep -x -e echo -e -echo; "
                                 "read line; fg >/dev/null; echo ended $?";
    return lw_pty_start(
        24, 80, NULL, (const char *const[]){"/bin/sh", "-c", script, program, NULL});
}

static void stops_and_continues(void **state)
{
    (void)state;
    struct lw_pty *p = start_in_shell();
    wait_sample(p, 24, 80, "");
    lw_pty_type(p, "x");
    wait_sample(p, 24, 80, "x ");
    lw_pty_type(p, "\032");
    lw_pty_wait_text(p, "back in the shell");
    lw_pty_wait_text(p, "\necho\n");
    assert_false(lw_pty_in_alternate_screen(p));
    lw_pty_resize(p, 30, 100);
    lw_pty_type(p, "\n");
    wait_sample(p, 30, 100, "x ");
    assert_true(lw_pty_in_alternate_screen(p));
    lw_pty_type(p, "y\003");
    wait_sample(p, 30, 100, "x y ^C ");
    lw_pty_type(p, "q");
    lw_pty_wait_text(p, "ended 0");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
}

static void goes_on_where_nobody_could_continue_it(void **state)
{
    (void)state;
    struct lw_pty *p =
        start(24, 80, NULL); /* alone in its terminal session: the kernel ignores ^Z there */
    wait_sample(p, 24, 80, "");
    lw_pty_type(p, "\032x");
    wait_sample(p, 24, 80, "x ");
    quit(p);
}

static void lends_the_terminal_to_a_child(void **state)
{
    (void)state;
    struct lw_pty *p = start(24, 80, NULL);
    wait_sample(p, 24, 80, "");
    lw_pty_type(p, "p");
    lw_pty_wait_text(p, "outside");
    assert_false(lw_pty_in_alternate_screen(p));
    lw_pty_type(p, "\n");
    wait_sample(p, 24, 80, "");
    quit(p);
}

static void leaves_signals_alone(void **state)
{
    (void)state;
    static const int signals[] = {SIGINT, SIGTERM};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct lw_pty *p = start(24, 80, NULL);
        lw_pty_wait_text(p, "keys:");
        lw_pty_signal(p, signals[i]);
        assert_int_equal(lw_pty_wait_exit(p), 128 + signals[i]);
        lw_pty_free(p);
    }
}

static void takes_an_unknown_term_for_xterm(void **state)
{
    (void)state;
    static const char *const terms[] = {"TERM=no-such-terminal", "TERM=", "TERM"};
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        struct lw_pty *p = START(terms[i]);
        lw_pty_wait_row(p, 7, " TERM is unknown here. Using xterm-256color.");
        quit(p);
    }
}

static void refuses_what_cannot_place_the_cursor(void **state)
{
    (void)state;
    struct lw_pty *p = START("TERM=dumb");
    assert_int_equal(lw_pty_wait_exit(p), 3);
    lw_pty_wait_text(p, "The terminal (TERM=dumb) cannot move the cursor.");
    lw_pty_free(p);
}

static void refuses_pipes(void **state)
{
    (void)state;
    static const char *const scripts[] = {"\"$0\" </dev/null", "\"$0\" | cat; exit 2"};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        struct lw_pty *p = lw_pty_start(
            24, 80, NULL, (const char *const[]){"/bin/sh", "-c", scripts[i], program, NULL});
        assert_int_equal(lw_pty_wait_exit(p), 2);
        lw_pty_wait_text(p, "must be a terminal");
        lw_pty_free(p);
    }
}

static void works_on_old_terminals(void **state)
{
    (void)state;
    static const char *const terms[] = {
        "TERM=linux", "TERM=vt100", "TERM=xterm", "TERM=screen", "TERM=rxvt"};
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        struct lw_pty *p = START(terms[i]);
        wait_sample(p, 24, 80, "");
        lw_pty_type(p, "5\033[A");
        lw_pty_wait_text(p, "keys: 5 Up");
        assert_in_range(lw_pty_cell_at(p, 0, 1).fg + 1, 0, 16);
        assert_true(lw_pty_cell_at(p, 0, 20).reverse);
        quit(p);
    }
}

static void draws_rules_in_ascii_where_there_are_no_lines(void **state)
{
    (void)state;
    struct lw_pty *p = START("TERM=sun");
    lw_pty_wait_row(p, 1,
        "-- PROMPT ----------------------------------------------------------"
        "------------");
    quit(p);
}

static void keeps_attributes_only_without_colours(void **state)
{
    (void)state;
    static const char *const envs[] = {"NO_COLOR=1", "THEME=mono"};
    for (size_t i = 0; i < sizeof envs / sizeof *envs; i++) {
        struct lw_pty *p = START(envs[i]);
        wait_sample(p, 24, 80, "");
        assert_null(strstr(lw_pty_output(p, 0), "38;5"));
        assert_true(lw_pty_cell_at(p, 0, 20).reverse);
        for (int col = 0; col < 80; col++)
            assert_int_equal(lw_pty_cell_at(p, 0, col).fg, -1);
        quit(p);
    }
    struct lw_pty *p = START("NO_COLOR="); /* empty does not count */
    wait_sample(p, 24, 80, "");
    assert_int_equal(lw_pty_cell_at(p, 0, 1).fg, 152);
    quit(p);
}

static void ends_when_the_terminal_is_gone(void **state)
{
    (void)state;
    struct lw_pty *p = start(24, 80, NULL);
    wait_sample(p, 24, 80, "");
    lw_pty_hangup(p);
    assert_int_equal(lw_pty_wait_exit(p), 42);
    lw_pty_free(p);
}

/* ---- frames that follow each other */

enum { SERIES_ROWS = 24, SERIES_COLS = 80 };

static void wait_nth(struct lw_pty *p, unsigned nth)
{
    struct lw_frame f;
    struct lw_buf b = {0};
    lw_frame_init(&f, SERIES_ROWS, SERIES_COLS);
    draw_nth(&f, nth);
    lw_frame_print(&f, false, &b);
    lw_pty_wait_screen(p, b.data);
    lw_pty_wait_cursor(p, f.cursor_row, f.cursor_col); /* it is moved last */
    lw_buf_fini(&b);
    lw_frame_fini(&f);
}

/* But for right halves of wide characters, whose look libvterm does not keep, and for the colour of
 * blanks, which is not seen. */
static void looks_alike(const struct lw_pty *a, const struct lw_pty *b, unsigned nth)
{
    struct lw_frame f;
    lw_frame_init(&f, SERIES_ROWS, SERIES_COLS);
    draw_nth(&f, nth);
    for (int i = 0; i < SERIES_ROWS * SERIES_COLS; i++) {
        int row = i / SERIES_COLS, col = i % SERIES_COLS;
        struct lw_pty_cell x = lw_pty_cell_at(a, row, col), y = lw_pty_cell_at(b, row, col);
        bool same = x.bg == y.bg && x.reverse == y.reverse && x.underline == y.underline;
        if (f.cell[i].cp[0] != U' ')
            same = same && x.fg == y.fg && x.bold == y.bold && x.italic == y.italic;
        if (!same && f.cell[i].cp[0] != 0)
            lw_pty_fail(a, "frame %u, row %d, column %d looks otherwise", nth, row, col);
    }
    lw_frame_fini(&f);
}

/* Only what changed is written: the screen must be as if all of it had been. */
static void shows_each_of_many_frames_as_if_it_were_the_first(const char *term)
{
    struct lw_pty *p = START(term, "NTH=0");
    for (unsigned nth = 0; nth < 120; nth++) {
        wait_nth(p, nth);
        if (nth % 10 == 9) {
            char from[16];
            snprintf(from, sizeof from, "NTH=%u", nth);
            struct lw_pty *fresh = START(term, from);
            wait_nth(fresh, nth);
            looks_alike(p, fresh, nth);
            lw_pty_type(fresh, "q");
            assert_int_equal(lw_pty_wait_exit(fresh), 0);
            lw_pty_free(fresh);
        }
        lw_pty_type(p, "n");
    }
    lw_pty_type(p, "q");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
}

static void shows_each_of_many_frames(void **state)
{
    (void)state;
    static const char *const terms[] = {"TERM=xterm-256color", "TERM=screen-256color",
        "TERM=tmux-256color", "TERM=xterm-16color", "TERM=xterm", "TERM=linux", "TERM=vt220"};
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        shows_each_of_many_frames_as_if_it_were_the_first(terms[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_exactly_the_frame),
        cmocka_unit_test(shows_exactly_the_frame_in_tmux),
        cmocka_unit_test(writes_a_frame_at_once),
        cmocka_unit_test(shows_whole_frames_under_a_file_limit),
        cmocka_unit_test(gives_the_terminal_back),
        cmocka_unit_test(hands_out_every_key),
        cmocka_unit_test(joins_what_comes_in_pieces),
        cmocka_unit_test(follows_the_size),
        cmocka_unit_test(writes_only_what_changed),
        cmocka_unit_test(shows_each_of_many_frames),
        cmocka_unit_test(stops_and_continues),
        cmocka_unit_test(goes_on_where_nobody_could_continue_it),
        cmocka_unit_test(lends_the_terminal_to_a_child),
        cmocka_unit_test(leaves_signals_alone),
        cmocka_unit_test(takes_an_unknown_term_for_xterm),
        cmocka_unit_test(refuses_what_cannot_place_the_cursor),
        cmocka_unit_test(refuses_pipes),
        cmocka_unit_test(works_on_old_terminals),
        cmocka_unit_test(draws_rules_in_ascii_where_there_are_no_lines),
        cmocka_unit_test(keeps_attributes_only_without_colours),
        cmocka_unit_test(ends_when_the_terminal_is_gone),
    };
    return cmocka_run_group_tests(tests, find_program, NULL);
}
