/* Task files that mean harm: nothing but our own escapes reaches the terminal, and keys go on
 * working. */
#define _GNU_SOURCE
#include "fixtures/own_bytes.h"
#include "fixtures/program_fixture.h"
#include "fixtures/shared_data.h"

#include <unistd.h>

#define ESC_JSON "\\u001b"

static const char project[] =
    "labelwright: 1\n"
    "title: \"Title \\e]0;owned\\a \\x9b31m \\u202e end\"\n"
    "tasks: [{file: tasks.jsonl}]\n"
    "shuffle_responses: false\n"
    "questions:\n"
    "  - {name: quality, label: \"Qua\\e[2Jlity\\u202e\", type: rating, on: response,\n"
    "     scale: {min: 1, max: 5, low: \"ba\\ed\", high: \"\\u009bgood\"}, required: true}\n"
    "  - {name: problems, type: tags, on: response,\n"
    "     options: [{value: one, label: \"O\\e]52;c;AAAA\\ane\", help: \"he\\e[31mlp\"}]}\n"
    "  - {name: note, type: text, on: task}\n";

/* Text of responses as JSON has it. */
static const char *const texts[] = {
    ESC_JSON "]0;owned\\u0007" ESC_JSON "]52;c;b3duZWQ=\\u0007title and clipboard",
    ESC_JSON "[2J" ESC_JSON "[H" ESC_JSON "[?1049l" ESC_JSON "cclear, home, reset",
    ESC_JSON "P+q544e\\u001b\\\\" ESC_JSON "_Gf=24;AAAA" ESC_JSON "\\\\DCS and APC",
    "\\u009b31mC1 \\u009d0;owned\\u009c\\u0090x\\u009c",
    "\\u0007\\b\\b\\b\\rback\\u000c\\u000b\\u007f\\u000e\\u000fshift",
    "\\u202eright to left\\u202c \\u2066isolate\\u2069 \\u200fmark \\u061c",
    "line\\u2028separator\\u2029paragraph\\u0085next",
    "\\ud83d\\udc68\\u200d\\ud83d\\udc69\\u200d\\ud83d\\udc67 family",
    "\\ud83c\\uddfb\\ud83c\\uddf3 flag \\ud83d\\udc4d\\ud83c\\udffd \\u2764\\ufe0f",
    "\\ufeff\\u200b\\u00ad\\u2060\\uffa0\\u3164invisible \\ud83e\\udee8 \\udb40\\udc41tag",
    "\\ud55c\\uad6d\\u1112\\u1161\\u11ab wide \\u0e01\\u0e33 \\u0645\\u0631\\u062d\\u0628\\u0627",
};
enum { TEXTS = sizeof texts / sizeof *texts };

static void add_task(struct lw_buf *to, const char *id, const char *text)
{
    lw_buf_fmt(
        to, "{\"id\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"},", id, text);
    lw_buf_fmt(to, "{\"role\":\"r" ESC_JSON "[5mole\",\"content\":\"%s\"}],", text);
    lw_buf_fmt(to, "\"responses\":[{\"text\":\"%s\"}]}\n", text);
}

static void add_texts(struct lw_buf *to)
{
    for (size_t i = 0; i < TEXTS; i++) {
        char id[64];
        snprintf(id, sizeof id, "id%zu" ESC_JSON "]0;owned\\u0007\\u009b\\u202e", i);
        add_task(to, id, texts[i]);
    }
}

static void start_long(struct lw_buf *to, const char *id)
{
    lw_buf_fmt(to, "{\"id\":\"%s\",\"prompt\":\"long\",\"responses\":[{\"text\":\"", id);
}

static void add_long(struct lw_buf *to)
{
    start_long(to, "line");
    for (int i = 0; i < 1024 * 1024; i++)
        lw_buf_char(to, "abcdefghij"[i % 10]);
    lw_buf_str(to, "\"}]}\n");
    start_long(to, "marks");
    lw_buf_char(to, 'a');
    for (int i = 0; i < 100000; i++)
        lw_buf_str(to, "\xCC\x81");
    lw_buf_str(to, "\"}]}\n");
}

/* Records that cannot be labeled. */
static void add_broken(struct lw_buf *to)
{
    add_task(to, "nul", "a\\u0000b");
    add_task(to, "bytes",
        "bad \xff\xfe\x80 bytes \x9b"
        "31m");
    add_task(to, "lone", "\\ud800");
    lw_buf_str(to, "{\"id\":\"\x1b]0;owned\x07\"}\n");
    lw_buf_str(to, "\x1b]0;owned\x07 \x9b"
                   "31m not JSON at all\n");
}

enum { TASKS = TEXTS + 2 + 5 };

static void make(struct program_fixture *t)
{
    struct lw_buf jsonl = {0};
    add_texts(&jsonl);
    add_long(&jsonl);
    add_broken(&jsonl);
    program_fixture_make(t, project, jsonl.data, jsonl.len);
    lw_buf_fini(&jsonl);
}

/* ---- reading and labeling */

static bool well_formed(const struct lw_pty *p, void *ctx)
{
    (void)ctx;
    return lw_pty_in_alternate_screen(p) && strstr(lw_pty_row(p, 23), "? help") &&
           strstr(lw_pty_row(p, 0), "Title");
}

/* Reads the task in every way there is. */
static void look_around(struct lw_pty *p)
{
    static const char *const keys[] = {"t", "G", "g", "O", " ", "O", "o", "x", "x", "o", "t"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        lw_pty_type(p, keys[i]);
        lw_pty_settle(p, 5);
    }
    lw_pty_type(p, "f");
    lw_pty_wait_text(p, "set or clear");
    lw_pty_type(p, "1\r");
    lw_pty_wait_text(p, "? help");
}

static void wait_task(struct lw_pty *p, int task)
{
    char position[32];
    snprintf(position, sizeof position, " %d/%d", task, TASKS);
    lw_pty_wait_text(p, position);
}

/* What is wrong with the next record may stand beside the acknowledgement, in place of the count.
 */
static bool is_saved(const struct lw_pty *p, void *ctx)
{
    char count[32], saved[32], skipped[32];
    int task = *(const int *)ctx;
    snprintf(count, sizeof count, " %d label", task);
    snprintf(saved, sizeof saved, "Saved task %d", task);
    snprintf(skipped, sizeof skipped, "Task %d skipped", task);
    const char *screen = lw_pty_screen(p);
    return strstr(screen, count) || strstr(screen, saved) || strstr(screen, skipped);
}

static void wait_saved(struct lw_pty *p, int task)
{
    lw_pty_wait(p, is_saved, &task, "the label, saved");
}

static void skip_broken(struct lw_pty *p)
{
    lw_pty_wait_text(p, "This task cannot be read.");
    lw_pty_type(p, "3");
    lw_pty_wait_text(p, "This task cannot be read");
    lw_pty_type(p, "s\r");
}

static void sends_no_escape_of_a_task(void **state)
{
    (void)state;
    struct program_fixture t;
    make(&t);
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    for (int task = 1; task <= TASKS; task++) {
        wait_task(p, task);
        if (task <= TEXTS + 2) {
            look_around(p);
            lw_pty_type(p, "3\r"); /* after the flags the rating has the focus again */
        } else {
            skip_broken(p);
        }
        wait_saved(p, task);
        if (task == TASKS)
            lw_pty_type(p, "K"); /* from the screen that says all are finished */
        lw_pty_wait(p, well_formed, NULL, "header and footer in their places");
    }
    lw_pty_type(p, "\007");
    lw_pty_wait_text(p, "Go to task");
    lw_pty_type(p, "nobody\033[200~\033]0;owned\007\xC2\x9b"
                   "31m\033[201~\r");
    lw_pty_wait_text(p, "No task nobody");
    own_bytes_check(lw_pty_output(p, 0));
    static const char *const never[] = {"\033[31m", "\033[5m", "\033[?1049l"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_null(strstr(lw_pty_output(p, 0), never[i]));
    program_fixture_leave(p);
    assert_int_equal(TRIAL_RUN(&t, NULL, "verify"), 0);
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sends_no_escape_of_a_task),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
