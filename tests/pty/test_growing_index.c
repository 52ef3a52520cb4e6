/* Keys while a large file is still being indexed: each is answered by the next frame, and indexing
 * continues in the background. LW_LARGE_MIB sets the size; we promise 1024. */
#define _GNU_SOURCE
#include "fixtures/program_fixture.h"
#include "fixtures/shared_data.h"

enum { LINES = 120, LEAST_MIB = 1, USUAL_MIB = 256 };

static const char project[] = "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                              "  - {name: quality, type: rating, on: response}\n";

/* Short records, since it is their number that takes time; the first one has lines to scroll. */
static void make(struct program_fixture *t)
{
    const char *set = getenv("LW_LARGE_MIB");
    size_t mib = set ? strtoul(set, NULL, 10) : USUAL_MIB, bytes = 0;
    struct lw_buf first = {0};
    lw_buf_str(&first, "{\"id\":\"first\",\"prompt\":\"p\",\"response\":\"");
    for (int i = 0; i < LINES; i++)
        lw_buf_fmt(&first, "line %d\\n", i);
    lw_buf_str(&first, "\"}\n");
    program_fixture_make(t, project, first.data, first.len);
    lw_buf_fini(&first);
    char *path = lw_format("%s/tasks.jsonl", t->path);
    FILE *f = fopen(path, "a");
    assert_non_null(f);
    assert_true(mib >= LEAST_MIB);
    for (size_t i = 0; bytes < mib << 20; i++)
        bytes += (size_t)fprintf(
            f, "{\"id\":%zu,\"prompt\":\"What comes behind it?\",\"response\":\"The next.\"}\n", i);
    assert_int_equal(fclose(f), 0);
    free(path);
}

/* "1/…" in the header, or "1/2900000" when all is indexed. */
static bool tells_how_far(const struct lw_pty *p, void *growing)
{
    const char *at = strstr(lw_pty_row(p, 0), " 1/");
    *(bool *)growing = at && strncmp(at, " 1/…", strlen(" 1/…")) == 0;
    return *(bool *)growing || (at && at[3] >= '0' && at[3] <= '9');
}

static void expect_growing(struct lw_pty *p, const char *what)
{
    bool growing;
    lw_pty_wait(p, tells_how_far, &growing, "a header that says how many tasks there are");
    if (!growing)
        lw_pty_fail(p, "the index was complete before %s was answered", what);
}

/* What comes first, the answer to the key or the end of the index, is what the screen says. */
static void expect_answer(struct lw_pty *p, const char *key, const char *shows)
{
    lw_pty_type(p, key);
    lw_pty_wait_text(p, shows);
    expect_growing(p, key);
}

static void every_key_is_answered_while_the_index_grows(void **state)
{
    (void)state;
    struct program_fixture t;
    make(&t);
    struct lw_pty *p = program_fixture_start(&t, 24, 80, NULL);
    lw_pty_wait_text(p, "? help");
    expect_growing(p, "the first screen");
    expect_answer(p, "j", " 2-");
    expect_answer(p, "5", "Quality = 5");
    expect_answer(p, "/", "Search this task");
    expect_answer(p, "line 77\r", "line 77");
    lw_pty_type(p, "a");
    lw_pty_wait_text(p, "TASKS: ");
    lw_pty_type(p, "a");
    expect_growing(p, "the list");
    program_fixture_kill(p);
    program_fixture_remove(&t);
}

static void words_are_searched_for_until_the_index_ends(void **state)
{
    (void)state;
    static const char last[] = "{\"id\":\"last\",\"prompt\":\"The airship lands\"}\n";
    struct program_fixture t;
    make(&t);
    char *path = lw_format("%s/tasks.jsonl", t.path);
    FILE *f = fopen(path, "a");
    assert_non_null(f);
    fputs(last, f);
    assert_int_equal(fclose(f), 0);
    free(path);
    struct lw_pty *p = program_fixture_start(&t, 24, 80, NULL);
    lw_pty_wait_text(p, "? help");
    lw_pty_type(p, "a");
    lw_pty_wait_text(p, "TASKS: ");
    lw_pty_type(p, "/");
    lw_pty_wait_text(p, "Enter open");
    lw_pty_type(p, "AIRSHIP");
    lw_pty_wait_text(p, "AIRSHIP");
    lw_pty_type(p, "\r"); /* with the words in one piece it would be a paste */
    lw_pty_wait_text(p, "The airship lands");
    program_fixture_kill(p);
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_answered_while_the_index_grows),
        cmocka_unit_test(words_are_searched_for_until_the_index_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
