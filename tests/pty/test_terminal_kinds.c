/* Kinds of terminals, locales and themes: the program adapts to them, or says why it cannot. */
#define _GNU_SOURCE
#include "fixtures/program_fixture.h"
#include "fixtures/shared_data.h"

#include <unistd.h>

static const char project[] = "labelwright: 1\n"
                              "title: Kinds\n"
                              "tasks: [{file: tasks.jsonl}]\n"
                              "questions:\n"
                              "  - {name: quality, type: rating, on: response,\n"
                              "     scale: {min: 1, max: 5}, required: true}\n";
static const char tasks[] =
    "{\"prompt\":\"Ti\xE1\xBA\xBFng Vi\xE1\xBB\x87t?\",\"responses\":[{\"text\":\"V\xC3\xA2ng "
    "\xED\x95\x9C\xEA\xB5\xAD\"}]}\n"
    "{\"prompt\":\"Second\",\"responses\":[{\"text\":\"Yes\"}]}\n";

static void make(struct program_fixture *t)
{
    program_fixture_make(t, project, tasks, sizeof tasks - 1);
}

#define START(t, ...) program_fixture_start((t), 24, 80, (const char *const[]){__VA_ARGS__, NULL})
#define OPEN(t, ...) program_fixture_open((t), 24, 80, (const char *const[]){__VA_ARGS__, NULL})

/* Labels both tasks and leaves. */
static void work(const struct program_fixture *t, struct lw_pty *p)
{
    lw_pty_wait_text(p, "Ti\xE1\xBA\xBFng Vi\xE1\xBB\x87t?");
    lw_pty_wait_text(p, "V\xC3\xA2ng \xED\x95\x9C\xEA\xB5\xAD");
    lw_pty_type(p, "4\r");
    lw_pty_wait_text(p, "Saved task 1:");
    lw_pty_type(p, "\033[C\033[C\r");
    lw_pty_wait_text(p, "Saved task 2:");
    program_fixture_leave(p);
    assert_int_equal(TRIAL_RUN(t, NULL, "verify"), 0);
}

static void works_on_every_kind_of_terminal(void **state)
{
    (void)state;
    static const char *const terms[] = {"TERM=vt100", "TERM=linux", "TERM=screen-256color",
        "TERM=tmux-256color", "TERM=xterm", "TERM=rxvt-unicode-256color"};
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        struct program_fixture t;
        make(&t);
        print_message("%s\n", terms[i]);
        work(&t, OPEN(&t, terms[i]));
        program_fixture_remove(&t);
    }
}

static void takes_an_unknown_terminal_for_xterm_and_says_so(void **state)
{
    (void)state;
    static const char *const terms[] = {"TERM=xterm-nonesuch", "TERM=", "TERM"};
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        struct program_fixture t;
        make(&t);
        struct lw_pty *p = START(&t, terms[i]);
        lw_pty_wait_text(p, "TERM is unknown here. Using xterm-256color.");
        lw_pty_type(p, "\r");
        work(&t, p);
        program_fixture_remove(&t);
    }
}

static void shows_every_script_without_a_locale(void **state)
{
    (void)state;
    static const char *const locales[] = {
        "LC_ALL=C", "LC_ALL=POSIX", "LC_ALL", "LC_ALL=xx_XX.UTF-8", "LC_ALL=en_US.ISO-8859-1"};
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        struct program_fixture t;
        make(&t);
        print_message("%s\n", locales[i]);
        work(&t, OPEN(&t, locales[i]));
        program_fixture_remove(&t);
    }
}

/* ---- colours */

static bool has_colour(const struct lw_pty *p)
{
    for (int row = 0; row < 24; row++)
        for (int col = 0; col < 80; col++) {
            struct lw_pty_cell cell = lw_pty_cell_at(p, row, col);
            if (cell.fg != -1 || cell.bg != -1)
                return true;
        }
    return false;
}

static bool has_attribute(const struct lw_pty *p)
{
    for (int row = 0; row < 24; row++)
        for (int col = 0; col < 80; col++) {
            struct lw_pty_cell cell = lw_pty_cell_at(p, row, col);
            if (cell.reverse || cell.bold || cell.underline)
                return true;
        }
    return false;
}

static void shows_colours_unless_told_otherwise(void **state)
{
    (void)state;
    static const struct {
        const char *env, *config;
        bool colour;
    } cases[] = {
        {"NO_COLOR=", "annotator: ana\ndigit_guard_ms: 0\n", true},
        {"NO_COLOR=", "annotator: ana\ndigit_guard_ms: 0\ntheme: dark\n", true},
        {"NO_COLOR=1", "annotator: ana\ndigit_guard_ms: 0\ntheme: dark\n", false},
        {"NO_COLOR=", "annotator: ana\ndigit_guard_ms: 0\ntheme: mono\n", false},
        {"TERM=vt100", "annotator: ana\ndigit_guard_ms: 0\ntheme: dark\n", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct program_fixture t;
        make(&t);
        program_fixture_settings(&t, "config.yaml", cases[i].config);
        struct lw_pty *p = OPEN(&t, cases[i].env);
        lw_pty_type(p, "4");
        lw_pty_wait_text(p, "[4");
        assert_int_equal(has_colour(p), cases[i].colour);
        assert_true(has_attribute(p)); /* colour is never the only sign */
        work(&t, p);
        program_fixture_remove(&t);
    }
}

/* ---- themes */

static void wait_refusal(
    const struct program_fixture *t, const char *const *argv, int status, const char *where)
{
    struct lw_pty *p = lw_pty_start(24, 120, (const char *const[]){t->config, NULL}, argv);
    assert_int_equal(lw_pty_wait_exit(p), status);
    lw_pty_wait_text(p, where);
    assert_null(strchr(lw_pty_output(p, 0), '\033'));
    lw_pty_free(p);
}

static void says_where_a_theme_is_broken(void **state)
{
    (void)state;
    struct program_fixture t;
    make(&t);
    program_fixture_settings(&t, "themes/mine.yaml", "title: Mine\nstyles:\n  txet: {fg: 7}\n");
    program_fixture_settings(&t, "themes/torn.yaml", "title: Torn\nstyles: {text: [\n");
    wait_refusal(&t, (const char *const[]){t.program, "--theme", "mine", t.path, NULL}, 1,
        "mine.yaml:3:3: ");
    wait_refusal(&t, (const char *const[]){t.program, "--theme", "torn", t.path, NULL}, 1,
        "torn.yaml:3:1: ");
    wait_refusal(&t, (const char *const[]){t.program, "--theme", "none", t.path, NULL}, 3,
        "No theme \"none\"");
    char journal[256];
    snprintf(journal, sizeof journal, "%s/journal", t.path);
    assert_int_not_equal(access(journal, F_OK), 0); /* nothing was begun */
    program_fixture_remove(&t);
}

static void says_where_the_settings_are_broken(void **state)
{
    (void)state;
    struct program_fixture t;
    make(&t);
    program_fixture_settings(&t, "config.yaml", "annotator: ana\ndigit_guard_ms: soon\n");
    wait_refusal(&t, (const char *const[]){t.program, t.path, NULL}, 1, "config.yaml:2:17: ");
    program_fixture_remove(&t);
}

static void takes_a_theme_of_the_users_own(void **state)
{
    (void)state;
    struct program_fixture t;
    size_t n;
    char path[4096];
    make(&t);
    snprintf(path, sizeof path, "%s/themes/mono.yaml", getenv("LW_SOURCE"));
    char *mono = file_bytes(path, &n);
    assert_non_null(mono);
    program_fixture_settings(&t, "themes/dark.yaml", mono); /* goes before the one compiled in */
    free(mono);
    struct lw_pty *p = OPEN(&t, "NO_COLOR=");
    assert_false(has_colour(p));
    work(&t, p);
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(works_on_every_kind_of_terminal),
        cmocka_unit_test(takes_an_unknown_terminal_for_xterm_and_says_so),
        cmocka_unit_test(shows_every_script_without_a_locale),
        cmocka_unit_test(shows_colours_unless_told_otherwise),
        cmocka_unit_test(says_where_a_theme_is_broken),
        cmocka_unit_test(says_where_the_settings_are_broken),
        cmocka_unit_test(takes_a_theme_of_the_users_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
