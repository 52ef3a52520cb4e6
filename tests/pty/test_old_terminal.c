/* Terminals that know an older Unicode than this machine: what they would drop is shown as a sign.
 */
#define _GNU_SOURCE
#include "fixtures/program_fixture.h"
#include "fixtures/shared_data.h"

static const char project[] = "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                              "  - {name: why, type: text}\n"
                              "  - {name: quality, type: rating, on: response}\n";
static const char jsonl[] = "{\"prompt\":\"pan \U0001F95E wink \U0001F60A tear \U0001F972 "
                            "end\",\"response\":\"A thing.\"}\n";

/* A terminal of the kind that tests/pty/old_terminal.c has. */
static struct lw_pty *start(struct program_fixture *t, const char *kind)
{
    char program[4096];
    program_fixture_make(t, project, jsonl, sizeof jsonl - 1);
    const char **env = program_fixture_env(t, NULL);
    snprintf(program, sizeof program, "%s/old_terminal", getenv("LW_PROGRAMS"));
    const char *argv[] = {program, kind, t->program, t->path, NULL};
    struct lw_pty *p = lw_pty_start(24, 80, env, argv);
    free(env);
    return p;
}

static void finish(struct program_fixture *t, struct lw_pty *p)
{
    program_fixture_leave(p);
    program_fixture_remove(t);
}

static void shows(const char *kind, const char *text)
{
    struct program_fixture t;
    struct lw_pty *p = start(&t, kind);
    lw_pty_wait_text(p, text);
    assert_null(strstr(lw_pty_screen(p), "[2;"));
    finish(&t, p);
}

static void a_new_terminal_gets_the_characters(void **state)
{
    (void)state;
    shows("99", "pan \U0001F95E wink \U0001F60A tear \U0001F972 end");
}

static void an_old_one_gets_signs_for_what_it_would_drop(void **state)
{
    (void)state;
    shows("4", "pan \U0001F95E wink \U0001F60A tear <U+1F972> end");
    shows("0", "pan <U+1F95E> wink \U0001F60A tear <U+1F972> end");
}

static void one_that_never_answers_is_not_waited_for(void **state)
{
    (void)state;
    shows("silent", "pan \U0001F95E wink \U0001F60A tear \U0001F972 end");
}

/* The answers come with the first key, which opens the note: neither is lost. */
static void late_answers_count_and_eat_no_key(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = start(&t, "late");
    lw_pty_wait_text(p, "pan \U0001F95E wink");
    lw_pty_type(p, "?");
    lw_pty_wait_text(p, "KEYS");
    lw_pty_type(p, "\033");
    lw_pty_wait_text(p, "pan <U+1F95E> wink \U0001F60A tear <U+1F972> end");
    finish(&t, p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_terminal_gets_the_characters),
        cmocka_unit_test(an_old_one_gets_signs_for_what_it_would_drop),
        cmocka_unit_test(one_that_never_answers_is_not_waited_for),
        cmocka_unit_test(late_answers_count_and_eat_no_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
