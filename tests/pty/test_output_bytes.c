/* What a key costs on a slow line: bytes to a terminal of 140x40. */
#define _GNU_SOURCE
#include "fixtures/program_fixture.h"
#include "fixtures/shared_data.h"

#include <unistd.h>

enum {
    QUIET_MS = 100,
    RATING_MOST = 215,
    CHANGED_MOST = 120,
    LINE_MOST = 150,
    PAGE_MOST = 3200,
    CELLS_MOST = 2500
};

/* Responses of many short and some long lines, no two alike. */
static void make(struct program_fixture *t, int responses)
{
    static const char project[] =
        "labelwright: 1\n"
        "title: Bytes\n"
        "tasks: [{file: tasks.jsonl}]\n"
        "questions:\n"
        "  - {name: quality, type: rating, on: response, required: true,\n"
        "     scale: {min: 1, max: 7, low: bad, high: good}}\n"
        "  - {name: clarity, type: rating, on: response,\n"
        "     scale: {min: 1, max: 5}}\n";
    struct lw_buf task = {0};
    lw_buf_str(&task, "{\"prompt\":\"A prompt\",\"responses\":[");
    for (int r = 0; r < responses; r++) {
        lw_buf_str(&task, r ? ",{\"text\":\"" : "{\"text\":\"");
        for (int i = r; i < r + 400; i++) {
            lw_buf_fmt(&task, "%d.", i);
            for (int k = 0; k < 4 + i % 11; k++)
                lw_buf_fmt(&task, " word%d", (i * 37 + k * 101) % 977);
            lw_buf_str(&task, "\\n");
        }
        lw_buf_str(&task, "\"}");
    }
    lw_buf_str(&task, "]}\n");
    program_fixture_make(t, project, task.data, task.len);
    lw_buf_fini(&task);
}

static struct lw_pty *open_wide(struct program_fixture *t, const char *term, int responses)
{
    make(t, responses);
    struct lw_pty *p = program_fixture_open(t, 40, 140, (const char *const[]){term, NULL});
    lw_pty_settle(p, QUIET_MS);
    lw_pty_type(p, "\t\t"); /* the line about the file leaves once, and moves all below it */
    lw_pty_settle(p, QUIET_MS);
    return p;
}

/* Bytes a key costs, the mean of several. */
static size_t cost(struct lw_pty *p, const char *what, const char *keys)
{
    size_t before = lw_pty_bytes(p), n = 0;
    for (; *keys; keys++, n++) {
        lw_pty_send(p, keys, 1);
        lw_pty_settle(p, QUIET_MS);
    }
    size_t bytes = (lw_pty_bytes(p) - before) / n;
    print_message("%5zu bytes per %s\n", bytes, what);
    return bytes;
}

static void close_wide(struct program_fixture *t, struct lw_pty *p)
{
    program_fixture_leave(p);
    program_fixture_remove(t);
}

static void sends_little_for_a_rating(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = open_wide(&t, "TERM=xterm-256color", 1);
    /* A first key also says "draft", shows the points of the next question and, once, how to undo.
     */
    size_t first = cost(p, "first rating key of a task", "5");
    size_t second = cost(p, "second rating key", "4");
    assert_in_range((first + second) / 2, 1, RATING_MOST);
    assert_in_range(cost(p, "changed rating", "3212345"), 1, CHANGED_MOST);
    cost(p, "question forward", "\t\t\t");
    close_wide(&t, p);
}

static void scrolls_a_zoomed_pane_for_little(void **state)
{
    (void)state;
    static const char *const terms[] = {
        "TERM=xterm-256color", "TERM=screen-256color", "TERM=tmux-256color", "TERM=linux"};
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        struct program_fixture t;
        struct lw_pty *p = open_wide(&t, terms[i], 1);
        print_message("%s\n", terms[i]);
        lw_pty_type(p, "O");
        lw_pty_settle(p, QUIET_MS);
        assert_in_range(cost(p, "line down", "jjjjjjjj"), 1, LINE_MOST);
        assert_in_range(cost(p, "line up", "kkkkkkkk"), 1, LINE_MOST);
        assert_in_range(cost(p, "page down", "   "), 1, PAGE_MOST);
        close_wide(&t, p);
    }
}

/* A terminal scrolls whole rows only: a pane beside others is written again, and nothing else. */
static void scrolls_a_pane_beside_others_for_no_more_than_its_cells(void **state)
{
    (void)state;
    static const int count[] = {2, 3, 4, 8};
    for (size_t i = 0; i < sizeof count / sizeof *count; i++) {
        struct program_fixture t;
        struct lw_pty *p = open_wide(&t, "TERM=xterm-256color", count[i]);
        char what[32];
        snprintf(what, sizeof what, "line down, one of %d", count[i]);
        assert_in_range(cost(p, what, "jjjj"), 1, CELLS_MOST);
        close_wide(&t, p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sends_little_for_a_rating),
        cmocka_unit_test(scrolls_a_zoomed_pane_for_little),
        cmocka_unit_test(scrolls_a_pane_beside_others_for_no_more_than_its_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
