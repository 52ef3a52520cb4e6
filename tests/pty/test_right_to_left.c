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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
