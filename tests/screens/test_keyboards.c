/* Keyboards: what other layouts reach, and what is no digit. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"

static struct app_fixture p;

static const char yaml[] = "labelwright: 1\ntitle: t\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
                           "  - {name: quality, type: rating, scale: {min: 1, max: 7}}\n"
                           "  - {name: remark, type: text}\n";

static void other_layouts_reach_the_same_commands(void **state)
{
    (void)state;
    static const struct {
        char32_t typed;
        enum lw_command_id id;
        int64_t number;
        enum lw_digit_row row;
    } cases[] = {
        {U'&', LW_CMD_DIGIT, 1, LW_DIGIT_ROW_FRENCH},
        {U'é', LW_CMD_DIGIT, 2, LW_DIGIT_ROW_FRENCH},
        {U'à', LW_CMD_DIGIT, 0, LW_DIGIT_ROW_FRENCH},
        {U'!', LW_CMD_DIGIT, 8, LW_DIGIT_ROW_FRENCH},
        {U'é', LW_CMD_DIGIT, 0, LW_DIGIT_ROW_CZECH},
        {U'š', LW_CMD_DIGIT, 3, LW_DIGIT_ROW_CZECH},
        {U'ă', LW_CMD_DIGIT, 1, LW_DIGIT_ROW_VIETNAMESE},
        {U'\'', LW_CMD_DIGIT, 4, LW_DIGIT_ROW_FRENCH},
        {U'-', LW_CMD_DIGIT, 6, LW_DIGIT_ROW_FRENCH},
        {U'٣', LW_CMD_DIGIT, 3, LW_DIGIT_ROW_NONE},
        {U'۰', LW_CMD_DIGIT, 0, LW_DIGIT_ROW_NONE},
        {U'३', LW_CMD_DIGIT, 3, LW_DIGIT_ROW_NONE},
        {U'３', LW_CMD_DIGIT, 3, LW_DIGIT_ROW_NONE},
        {U'๙', LW_CMD_DIGIT, 9, LW_DIGIT_ROW_NONE},
        {U'ｑ', LW_CMD_QUIT, 1, LW_DIGIT_ROW_NONE},
        {U'？', LW_CMD_HELP, 1, LW_DIGIT_ROW_NONE},
        {U'й', LW_CMD_QUIT, 1, LW_DIGIT_ROW_NONE},
        {U'а', LW_CMD_FLAG, 1, LW_DIGIT_ROW_NONE},
        {U'О', LW_CMD_NEXT_TASK, 1, LW_DIGIT_ROW_NONE},
        {U'φ', LW_CMD_FLAG, 1, LW_DIGIT_ROW_NONE},
        {U'כ', LW_CMD_FLAG, 1, LW_DIGIT_ROW_NONE},
        {U'ب', LW_CMD_FLAG, 1, LW_DIGIT_ROW_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lw_keymap m;
        struct lw_config c = {.digit_row = cases[i].row};
        struct lw_problems none = {0};
        struct lw_key key = {.name = LW_KEY_CHAR, .ch = cases[i].typed};
        assert_true(lw_keymap_init(&m, &c, &none));
        struct lw_command found = lw_keymap_find(&m, key);
        assert_int_equal(found.id, cases[i].id);
        assert_int_equal(found.number, cases[i].number);
        lw_keymap_fini(&m);
    }
}

/* US, UK, German, Spanish, Italian, Hungarian and Romanian keyboards type these, with Shift or
 * without: the signs of digit rows elsewhere. */
static void punctuation_is_no_digit_unless_the_user_says_so(void **state)
{
    (void)state;
    struct lw_keymap m;
    struct lw_problems none = {0};
    const struct lw_config c = {.file = (char[]){"config.yaml"}};
    static const char32_t signs[] = U"&é\"'(-è_çà§!+ěščřžýáíăâêôđ°)=¿¡ß´`^*;,.<>|%$£ñüöäòùőű";
    assert_true(lw_keymap_init(&m, &c, &none));
    for (size_t i = 0; signs[i]; i++) {
        struct lw_key key = {.name = LW_KEY_CHAR, .ch = signs[i]};
        assert_int_not_equal(lw_keymap_find(&m, key).id, LW_CMD_DIGIT);
    }
    lw_keymap_fini(&m);
}

/* Once in a sitting, and only where a digit would be an answer. */
static void tells_once_how_a_digit_row_counts(void **state)
{
    (void)state;
    app_fixture_make(&p, yaml, "{\"id\":\"one\",\"prompt\":\"p\",\"responses\":[]}\n");
    app_fixture_open(&p);
    app_fixture_press(&p, "Tab '"); /* a note takes no digits */
    assert_true(app_fixture_shows(&p, "' is not a key here"));
    app_fixture_press(&p, "Tab '");
    assert_true(
        app_fixture_shows(&p, "' is not a key. For 4, set digit_row: french in config.yaml."));
    assert_int_equal(json_object_size(lw_sitting_view(p.s)->answers), 0);
    app_fixture_press(&p, "é");
    assert_true(app_fixture_shows(&p, "é is not a key here"));
    app_fixture_end(&p);
}

/* й is bound, so it is no q any more. */
static void a_bound_key_is_no_alias(void **state)
{
    (void)state;
    struct lw_keymap m;
    struct lw_problems none = {0};
    char *short_i[] = {(char[]){"й"}};
    struct lw_key_binding bind = {(char[]){"skip"}, short_i, 1, 1, 1};
    struct lw_config c = {.file = (char[]){"config.yaml"}, .bind = &bind, .nbind = 1};
    assert_true(lw_keymap_init(&m, &c, &none));
    struct lw_key key = {.name = LW_KEY_CHAR, .ch = U'й'};
    assert_int_equal(lw_keymap_find(&m, key).id, LW_CMD_SKIP);
    lw_keymap_fini(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_layouts_reach_the_same_commands),
        cmocka_unit_test(punctuation_is_no_digit_unless_the_user_says_so),
        cmocka_unit_test(tells_once_how_a_digit_row_counts),
        cmocka_unit_test(a_bound_key_is_no_alias),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
