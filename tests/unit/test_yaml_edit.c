/* One value changed in a YAML file that somebody wrote: what changes, that nothing else does, and
 * what is refused. */
#include "labelwright/yaml/yaml_edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct row {
    const char *before, *key, *inside, *value;
    const char *after; /* NULL: refused, and this text says why … */
    const char *said;
};

static void changes(const struct row *r)
{
    struct lw_buf to = {0};
    struct lw_err err = {0};
    const struct lw_yaml_change c = {r->key, r->inside, r->value};
    enum lw_code code = lw_yaml_change("config.yaml", r->before, strlen(r->before), &c, &to, &err);
    if (!r->after) {
        assert_int_equal(code, LW_EBAD);
        assert_int_equal(to.len, 0);
        if (!strstr(err.text, r->said))
            fail_msg("%s: %s", r->before, err.text);
    } else if (code != LW_OK) {
        fail_msg("%s: %s", r->before, err.text);
    } else {
        assert_string_equal(to.data, r->after);
    }
    lw_buf_fini(&to);
}

static void a_value_is_replaced_and_nothing_else(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"theme: dark\n", "theme", NULL, "light", "theme: light\n", NULL},
        {"# mine\n\nannotator: ana   # me\ntheme:   dark # night\n#theme: mono\nkeys: {skip: s}\n",
            "theme", NULL, "light",
            "# mine\n\nannotator: ana   # me\ntheme:   light # night\n#theme: mono\nkeys: {skip: "
            "s}\n",
            NULL},
        {"theme: \"dark\"", "theme", NULL, "light", "theme: light", NULL},
        {"theme: 'dark'\r\nannotator: ana\r\n", "theme", NULL, "light",
            "theme: light\r\nannotator: ana\r\n", NULL},
        {"\"theme\": dark\n", "theme", NULL, "light", "\"theme\": light\n", NULL},
        {"theme:\n", "theme", NULL, "light", "theme: light\n", NULL},
        {"theme:\nannotator: ana\n", "theme", NULL, "light", "theme: light\nannotator: ana\n",
            NULL},
        {"# ćevap 한국 😀\nannotator: ana # ñ\ntheme: dark\n", "theme", NULL, "light",
            "# ćevap 한국 😀\nannotator: ana # ñ\ntheme: light\n", NULL},
        {"\xEF\xBB\xBFtheme: dark\n", "theme", NULL, "light", "\xEF\xBB\xBFtheme: light\n", NULL},
        {"keys:\n  theme: [x]\ntheme: dark\n", "theme", NULL, "light",
            "keys:\n  theme: [x]\ntheme: light\n", NULL},
        {"editor: [vim, -n] # fast\n", "editor", NULL, "[nano]", "editor: [nano] # fast\n", NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        changes(&rows[i]);
}

static void a_key_that_is_not_there_is_added(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"", "theme", NULL, "light", "theme: light\n", NULL},
        {"# nothing\n", "theme", NULL, "light", "# nothing\ntheme: light\n", NULL},
        {"annotator: ana", "theme", NULL, "light", "annotator: ana\ntheme: light\n", NULL},
        {"# Colours.\n#theme: dark\n\n#idle_seconds: 120\n", "theme", NULL, "light",
            "# Colours.\n#theme: dark\ntheme: light\n\n#idle_seconds: 120\n", NULL},
        {"---\nannotator: ana\n", "theme", NULL, "light", "---\nannotator: ana\ntheme: light\n",
            NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        changes(&rows[i]);
}

static void a_key_inside_a_map_is_set(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"keys: {skip: s, zoom: [z, F5]} # mine\n", "keys", "skip", "[x, F5]",
            "keys: {skip: [x, F5], zoom: [z, F5]} # mine\n", NULL},
        {"keys: {skip: s}\n", "keys", "zoom", "[z]", "keys: {zoom: [z], skip: s}\n", NULL},
        {"keys: {}\n", "keys", "zoom", "[z]", "keys: {zoom: [z]}\n", NULL},
        {"keys:\n  # first\n  skip: s\n  pause: [p]   # rest\ntheme: dark\n", "keys", "pause",
            "[F5]", "keys:\n  # first\n  skip: s\n  pause: [F5]   # rest\ntheme: dark\n", NULL},
        {"keys:\n    # first\n    skip: s\ntheme: dark\n", "keys", "pause", "[F5]",
            "keys:\n    # first\n    pause: [F5]\n    skip: s\ntheme: dark\n", NULL},
        {"theme: dark\n", "keys", "pause", "[F5]", "theme: dark\nkeys: {pause: [F5]}\n", NULL},
        {"keys:\ntheme: dark\n", "keys", "pause", "[F5]", "keys: {pause: [F5]}\ntheme: dark\n",
            NULL},
        {"#keys: {skip: s}\n#bind: x\n", "keys", "pause", "[\"?\"]",
            "#keys: {skip: s}\nkeys: {pause: [\"?\"]}\n#bind: x\n", NULL},
        {"keys:\n  skip:\n    - s\n    - x\n", "keys", "pause", "[F5]",
            "keys:\n  pause: [F5]\n  skip:\n    - s\n    - x\n", NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        changes(&rows[i]);
}

static void what_is_not_surely_right_is_refused(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"{theme: dark}\n", "theme", NULL, "light", NULL,
            "config.yaml:1:1: this is written in a way that is not changed here. Write `theme: "
            "light` yourself."},
        {"theme: |\n  dark\n", "theme", NULL, "light", NULL, "config.yaml:1:8: "},
        {"theme: \"da\n  rk\"\n", "theme", NULL, "light", NULL, "config.yaml:1:8: "},
        {"keys:\n  skip:\n    - s\n    - x\n", "keys", "skip", "[x]", NULL,
            "config.yaml:3:5: this is written in a way that is not changed here. Write `keys: "
            "skip: [x]` yourself."},
        {"keys: s\n", "keys", "skip", "[x]", NULL, "config.yaml:1:7: "},
        {"keys: [s]\n", "keys", "skip", "[x]", NULL, "config.yaml:1:7: "},
        {"- theme\n", "theme", NULL, "light", NULL, "config.yaml:1:1: "},
        {"theme: [dark\n", "theme", NULL, "light", NULL, "config.yaml:2:1: a '[' is not closed."},
        {"annotator: ana\n...\n", "theme", NULL, "light", NULL, "not changed here"},
        {"theme: dark\ntheme: mono\n", "theme", NULL, "light", NULL, "config.yaml:2:1: "},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        changes(&rows[i]);
}

static void quotes_what_yaml_would_take_otherwise(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"F5", "F5"}, {"^P", "^P"}, {"M-u", "M-u"},
        {"?", "\"?\""}, {"-", "\"-\""}, {"\"", "\"\\\"\""}, {"y", "\"y\""}, {"#", "\"#\""},
        {",", "\",\""}, {"é", "\"é\""}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lw_buf to = {0};
        lw_yaml_quote(rows[i][0], &to);
        assert_string_equal(to.data, rows[i][1]);
        lw_buf_fini(&to);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_replaced_and_nothing_else),
        cmocka_unit_test(a_key_that_is_not_there_is_added),
        cmocka_unit_test(a_key_inside_a_map_is_set),
        cmocka_unit_test(what_is_not_surely_right_is_refused),
        cmocka_unit_test(quotes_what_yaml_would_take_otherwise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
