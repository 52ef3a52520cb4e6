/* Scripts from right to left on a terminal that does nothing for them, as tmux, xterm and foot. */
#define _GNU_SOURCE
#include "fixtures/program_fixture.h"
#include "fixtures/shared_data.h"

static const char project[] = "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                              "  - {name: quality, type: rating, on: response}\n";
static const char jsonl[] = "{\"prompt\":\"\u05D0\u05D1 (cd) 12\",\"response\":\"سلام\"}\n";

/* The screen of the task under these settings. */
static void shows(const char *settings, const char *prompt, const char *response)
{
    struct program_fixture t;
    program_fixture_make(&t, project, jsonl, sizeof jsonl - 1);
    program_fixture_settings(&t, "config.yaml", settings);
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_wait_text(p, prompt);
    lw_pty_wait_text(p, response);
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

static void stands_in_the_order_of_the_text_by_default(void **state)
{
    (void)state;
    shows("bidi: terminal\n", "\u05D0\u05D1 (cd) 12", "سلام");
    shows("theme: dark\n", "\u05D0\u05D1 (cd) 12", "سلام");
}

/* The paragraph on a row of the prompt's pane, with the sign in the margin. */
static void the_margin_is(const char *settings, const char *row)
{
    struct program_fixture t;
    program_fixture_make(&t, project, jsonl, sizeof jsonl - 1);
    program_fixture_settings(&t, "config.yaml", settings);
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_wait_row(p, 3, row);
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

static void the_sign_before_a_paragraph_stays_in_the_margin(void **state)
{
    (void)state;
    the_margin_is("bidi: terminal\n", "←\u05D0\u05D1 (cd) 12");
    the_margin_is("bidi: ours\n", "←12 (cd) \u05D1\u05D0");
}

/* Blanks that widen a line do not part what stands on their sides. */
static void a_justified_line_is_put_in_order_as_a_whole(void **state)
{
    (void)state;
    static const char settings[] = "bidi: ours\nreading: {columns: 40, justify: true}\n";
    static const char task[] =
        "{\"prompt\":\"p\",\"response\":\"\u05D0\u05D1\u05D2\u05D3\u05D4 "
        "(\u05D0\u05D1\u05D2\u05D3) [\u05D4\u05D5\u05D6] \u05D0\u05D1\u05D2 \u05D3\u05D4 "
        "\u05D5\u05D6\u05D7 \u05D8\u05D9\u05DB\u05DC\u05DE\u05E0\u05E1 "
        "\u05D0\u05D1\u05D2\u05D3\u05D4\"}\n";
    struct program_fixture t;
    program_fixture_make(&t, project, task, sizeof task - 1);
    program_fixture_settings(&t, "config.yaml", settings);
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_wait_row(p, 5,
        "←\u05E1\u05E0\u05DE\u05DC\u05DB\u05D9\u05D8  \u05D7\u05D6\u05D5 \u05D4\u05D3  "
        "\u05D2\u05D1\u05D0 [\u05D6\u05D5\u05D4]  (\u05D3\u05D2\u05D1\u05D0) "
        "\u05D4\u05D3\u05D2\u05D1\u05D0");
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

static void is_put_in_order_when_the_user_says_so(void **state)
{
    (void)state;
    shows("bidi: ours\n", "12 (cd) \u05D1\u05D0", "\uFEE1\uFE8E\uFEE0\uFEB3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stands_in_the_order_of_the_text_by_default),
        cmocka_unit_test(is_put_in_order_when_the_user_says_so),
        cmocka_unit_test(the_sign_before_a_paragraph_stays_in_the_margin),
        cmocka_unit_test(a_justified_line_is_put_in_order_as_a_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
