/* Telling a paste from typing by what came in one read. */
#include "fixtures/shared_data.h"

#include "tui/input/burst_internal.h"
#include "tui/input/input_internal.h"

/* The bytes as keys, the way a terminal sends them. */
static size_t keys_of(const char *bytes, struct lw_key *to, size_t most)
{
    struct lw_input *d = lw_input_new();
    int code;
    size_t n = 0;
    for (; *bytes; bytes++) {
        code = (unsigned char)*bytes;
        lw_input_feed(d, &code, 1);
    }
    while (n < most && lw_input_next(d, &to[n]))
        n++;
    lw_input_free(d);
    return n;
}

static bool is_paste(const char *bytes, bool typing)
{
    struct lw_key keys[256];
    return lw_burst_is_paste(keys, keys_of(bytes, keys, 256), typing);
}

static void lets_through_what_hands_and_scripts_send(void **state)
{
    (void)state;
    static const char *const rows[] = {"5", "4\r", "443\r", "4\r3\r", "55\r", "3\t5\r",
        "2\t\t6\r",                             /* as measured … */
        "1\r3\t5",                              /* … behind a lost packet: two tasks at once */
        "f1f\r", "uu3\r", "J3m", "mTwo words",  /* a box is opened and typed into */
        "\rmThe answer",                        /* Enter closed a box */
        "jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj", /* held down while the line stalled */
        "jjjjjjjjkkkkkkkkjjjjj", "5555555555555", "\r\r\r\r\r\r\r\r", "               ",
        "\033[B\033[B\033[B\033[B\033[B\033[B\033[B\033[B\033[B\033[B\033[B\033[B\033[B\033[B",
        "\t\t\t\t\t\t5\r", "\0200\0205\0206\0207"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (is_paste(rows[i], false))
            fail_msg("taken for a paste: \"%s\"", rows[i]);
}

static void takes_for_a_paste_what_no_hand_types(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "55\r77\rSee 3\r", /* the same with LF, CR LF, and cut short */
        "55\n77\nSee 3\n", "55\r\n77\r\nSee 3\r\n", "55\n77\n", "5\n6\n7", "5\r5\r5\r5\r",
        "1\t2\t3\n4\t5\t6\n", "looks good to me", "rated 5 of 7\r", "no. 4 and 5\n",
        "\nline one\nline two\n", "3 5 7 2 4 6 1", "\xC3\xA9t\xC3\xA9 1\nhiver 2\n"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!is_paste(rows[i], false))
            fail_msg("taken for keys: \"%s\"", rows[i]);
}

/* In a text a long line is just typed; lines behind lines are not. */
static void in_a_text_only_line_ends_tell(void **state)
{
    (void)state;
    assert_false(is_paste("a whole sentence typed while the line stalled", true));
    assert_false(is_paste("the end of it.\r", true));
    assert_true(is_paste("one line\ranother line\r", true));
    assert_true(is_paste("55\n77\nSee 3\n", true));
}

static void gives_the_text_back(void **state)
{
    (void)state;
    struct lw_key keys[64];
    struct lw_buf text = {0};
    size_t n = keys_of("5 \xC3\xA9\t\r\nx\033[A\020", keys, 64);
    lw_burst_text(keys, n, &text);
    assert_string_equal(text.data, "5 \xC3\xA9\t\n\nx");
    lw_buf_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lets_through_what_hands_and_scripts_send),
        cmocka_unit_test(takes_for_a_paste_what_no_hand_types),
        cmocka_unit_test(in_a_text_only_line_ends_tell),
        cmocka_unit_test(gives_the_text_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
