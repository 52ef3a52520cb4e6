/* The names of keys. */
#include "fixtures/shared_data.h"

#include "tui/input/key_internal.h"

static void every_name_is_read_back(void **state)
{
    (void)state;
    for (int name = 1; name < LW_KEY_PASTE; name++)
        for (int meta = 0; meta < 2; meta++) {
            struct lw_key key = {.name = (enum lw_key_name)name, .meta = meta}, back;
            struct lw_buf b = {0};
            lw_key_print(key, &b);
            assert_true(lw_key_parse(b.data, &back));
            assert_true(lw_key_is_same(key, back));
            lw_buf_fini(&b);
        }
}

static void every_character_is_read_back(void **state)
{
    (void)state;
    for (char32_t ch = 0; ch < 0x300; ch++) {
        if (ch >= 0x80 && ch < 0xA0)
            continue;
        struct lw_key key = lw_key_of_char(ch), back;
        struct lw_buf b = {0};
        lw_key_print(key, &b);
        assert_true(lw_key_parse(b.data, &back));
        assert_true(lw_key_is_same(key, back));
        lw_buf_fini(&b);
    }
}

static void knows_other_spellings(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"^p", "^P"},
        {"^M", "Enter"},
        {"^J", "Enter"},
        {"^I", "Tab"},
        {" ", "Space"},
        {"^[", "Esc"},
        {"enter", "Enter"},
        {"^", "^"},
        {"M-^P", "M-^P"},
        {"M--", "M--"},
        {"^H", "Backspace"},
        {"^?", "Backspace"},
        {"C-Up", "C-Up"},
        {"M-C-Up", "M-C-Up"},
        {"^@", "^@"},
        {"c-left", "C-Left"},
        {"ế", "ế"},
        {"M-é", "M-é"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct lw_key key;
        struct lw_buf b = {0};
        assert_true(lw_key_parse(same[i][0], &key));
        lw_key_print(key, &b);
        assert_string_equal(b.data, same[i][1]);
        lw_buf_fini(&b);
    }
}

static void refuses_what_names_no_key(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "", "M-", "ab", "^é", "^ab", "F13", "C-x", "Entr", "\x01", "\xC3", "\xC2\x85", "e\xCC\x81"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct lw_key key;
        assert_false(lw_key_parse(wrong[i], &key));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_is_read_back),
        cmocka_unit_test(every_character_is_read_back),
        cmocka_unit_test(knows_other_spellings),
        cmocka_unit_test(refuses_what_names_no_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
