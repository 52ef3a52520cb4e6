/* config.yaml: every setting, every mistake, and the annotator's name. */
#define _GNU_SOURCE
#include "fixtures/config_fixture.h"
#include "labelwright/base/buf.h"
#include "labelwright/config/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void load(struct lw_config *c)
{
    struct lw_problems p = {0};
    struct lw_err err = {0};
    enum lw_code code = lw_config_load(&lw_sys_real, c, &p, &err);
    if (code != LW_OK)
        fail_msg("%s", p.n ? p.v[0] : err.text);
    assert_int_equal(p.n, 0);
    assert_int_equal(err.code, LW_OK);
}

static void has_defaults(const struct lw_config *c)
{
    assert_null(c->annotator);
    assert_null(c->theme);
    assert_null(c->editor);
    assert_int_equal(c->idle_ms, 120000);
    assert_int_equal(c->digit_guard_ms, 150);
    assert_int_equal(c->nbind, 0);
    assert_null(c->spelling);
    assert_int_equal(c->reading.cols, 100);
    assert_int_equal(c->reading.spacing, 1);
    assert_false(c->reading.justify || c->reading.numbers || c->reading.fold);
}

static void takes_defaults_without_a_file(void **state)
{
    (void)state;
    static const char *const texts[] = {NULL, "", "# nothing yet\n"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct lw_config c;
        if (texts[i])
            config_fixture_write(texts[i]);
        load(&c);
        has_defaults(&c);
        assert_string_equal(c.file, config_fixture_file());
        lw_config_fini(&c);
    }
}

static void reads_every_setting(void **state)
{
    (void)state;
    config_fixture_write(
        "annotator: maria@example.org\ntheme: dark\neditor: [code, --wait]\nidle_seconds: 60\n"
        "digit_guard_ms: 0\nkeys:\n  skip: x\n  pause: [p, F5, ^P, 1]\n  zoom: []\n");
    struct lw_config c;
    load(&c);
    assert_string_equal(c.annotator, "maria@example.org");
    assert_string_equal(c.theme, "dark");
    assert_string_equal(c.editor[0], "code");
    assert_string_equal(c.editor[1], "--wait");
    assert_null(c.editor[2]);
    assert_int_equal(c.idle_ms, 60000);
    assert_int_equal(c.digit_guard_ms, 0);
    assert_int_equal(c.nbind, 3);
    assert_string_equal(c.bind[0].command, "skip");
    assert_int_equal(c.bind[0].nkeys, 1);
    assert_int_equal(c.bind[1].nkeys, 4);
    assert_string_equal(c.bind[1].keys[2], "^P");
    assert_string_equal(c.bind[1].keys[3], "1");
    assert_int_equal(c.bind[1].line, 8);
    assert_int_equal(c.bind[1].col, 3);
    assert_int_equal(c.bind[2].nkeys, 0);
    lw_config_fini(&c);
}

static void takes_how_often_tasks_come_again(void **state)
{
    (void)state;
    static const struct {
        const char *yaml;
        int percent, after; /* percent -1: a mistake */
    } rows[] = {
        {"theme: dark\n", 0, 20},
        {"repeats: 5 %\n", 5, 20},
        {"repeats: 7%\n", 7, 20},
        {"repeats: 50\n", 50, 20},
        {"repeats: {percent: 5 %, after: 60}\n", 5, 60},
        {"repeats: 51 %\n", -1, 0},
        {"repeats: often\n", -1, 0},
        {"repeats: 0.5\n", -1, 0},
        {"repeats: {after: 60}\n", -1, 0},
        {"repeats: {percent: 5, after: 0}\n", -1, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lw_problems p = {0};
        struct lw_config c;
        config_fixture_write(rows[i].yaml);
        enum lw_code code = lw_config_load(&lw_sys_real, &c, &p, NULL);
        if ((code == LW_OK) != (rows[i].percent >= 0) ||
            (code == LW_OK &&
                (c.repeats.percent != rows[i].percent || c.repeats.after != rows[i].after)))
            fail_msg("%s%s", rows[i].yaml, p.n ? p.v[0] : "");
        lw_problems_fini(&p);
        lw_config_fini(&c);
    }
}

static void takes_one_word_for_an_editor(void **state)
{
    (void)state;
    config_fixture_write("editor: nano\n");
    struct lw_config c;
    load(&c);
    assert_string_equal(c.editor[0], "nano");
    assert_null(c.editor[1]);
    lw_config_fini(&c);
}

static void takes_who_arranges_right_to_left_scripts(void **state)
{
    (void)state;
    static const char *const words[] = {"theme: dark", "bidi: terminal", "bidi: ours"};
    for (int i = 0; i < 3; i++) {
        char text[64];
        struct lw_config c;
        snprintf(text, sizeof text, "%s\n", words[i]);
        config_fixture_write(text);
        load(&c);
        assert_int_equal(c.arranges_bidi, i == 2);
        lw_config_fini(&c);
    }
}

static void takes_how_pictures_are_shown(void **state)
{
    (void)state;
    static const char *const words[] = {
        "theme: dark", "pictures: cells", "pictures: kitty", "pictures: sixel", "pictures: auto"};
    for (int i = 0; i < 5; i++) {
        char text[64];
        struct lw_config c;
        snprintf(text, sizeof text, "%s\n", words[i]);
        config_fixture_write(text);
        load(&c);
        assert_int_equal(c.pictures_by, i % 4);
        lw_config_fini(&c);
    }
}

static void takes_what_starts_hidden(void **state)
{
    (void)state;
    struct lw_config c;
    config_fixture_write("curtain: all");
    load(&c);
    assert_int_equal(c.ncurtain, 1);
    assert_string_equal(c.curtain[0], "all");
    lw_config_fini(&c);
    config_fixture_write("curtain: project");
    load(&c);
    assert_int_equal(c.ncurtain, 0);
    lw_config_fini(&c);
    config_fixture_write("curtain: [violence, gore]");
    load(&c);
    assert_int_equal(c.ncurtain, 2);
    assert_string_equal(c.curtain[1], "gore");
    lw_config_fini(&c);
}

static void takes_when_to_offer_a_break(void **state)
{
    (void)state;
    struct lw_config c;
    config_fixture_write(
        "rest:\n  after: 50 min\n  tasks: 30\n  exposure: {violence: 20min, \"war crimes\": 1 h}\n"
        "  later: 5 min\n  stop_at: \"18:00\"\n");
    load(&c);
    assert_int_equal(c.rest.after_ms, 3000000);
    assert_int_equal(c.rest.tasks, 30);
    assert_int_equal(c.rest.nexposure, 2);
    assert_string_equal(c.rest.exposure[0].tag, "violence");
    assert_int_equal(c.rest.exposure[0].ms, 1200000);
    assert_string_equal(c.rest.exposure[1].tag, "war crimes");
    assert_int_equal(c.rest.exposure[1].ms, 3600000);
    assert_int_equal(c.rest.later_ms, 300000);
    assert_true(c.rest.stops);
    assert_int_equal(c.rest.stop_at, 18 * 60);
    lw_config_fini(&c);
    config_fixture_write("rest: {tasks: 5}\n");
    load(&c);
    assert_int_equal(c.rest.later_ms, 15 * 60000);
    assert_false(c.rest.stops);
    assert_int_equal(c.rest.after_ms, 0);
    lw_config_fini(&c);
}

static void takes_what_is_done_to_pictures(void **state)
{
    (void)state;
    static const char *const files[] = {"picture_filter: none", "picture_filter: grey",
        "picture_filter: blur", "picture_filter: grey+blur"};
    for (unsigned i = 0; i < COUNT(files); i++) {
        struct lw_config c;
        config_fixture_write(files[i]);
        load(&c);
        assert_int_equal(c.picture_filter, i);
        lw_config_fini(&c);
    }
}

static void takes_the_digit_row_that_is_asked_for(void **state)
{
    (void)state;
    static const char *const words[] = {"none", "french", "czech", "vietnamese"};
    struct lw_config c;
    config_fixture_write("annotator: maria\n");
    load(&c);
    assert_int_equal(c.digit_row, LW_DIGIT_ROW_NONE);
    lw_config_fini(&c);
    for (size_t i = 0; i < COUNT(words); i++) {
        char text[64];
        snprintf(text, sizeof text, "digit_row: %s\n", words[i]);
        config_fixture_write(text);
        load(&c);
        assert_int_equal(c.digit_row, i);
        lw_config_fini(&c);
    }
}

static void reads_the_languages_of_spelling(void **state)
{
    (void)state;
    struct lw_config c;
    config_fixture_write("spelling: [Catalan, pt-br]\n");
    load(&c);
    assert_string_equal(c.spelling[0], "ca");
    assert_string_equal(c.spelling[1], "pt_BR");
    assert_null(c.spelling[2]);
    lw_config_fini(&c);
    config_fixture_write("spelling: fi\n");
    load(&c);
    assert_string_equal(c.spelling[0], "fi");
    lw_config_fini(&c);
    config_fixture_write("spelling: []\n");
    load(&c);
    assert_non_null(c.spelling);
    assert_null(c.spelling[0]);
    lw_config_fini(&c);
}

static void reads_how_texts_are_laid_out(void **state)
{
    (void)state;
    struct lw_config c;
    config_fixture_write("reading: {columns: 40, spacing: 2}\n");
    load(&c);
    assert_int_equal(c.reading.cols, 40);
    assert_int_equal(c.reading.spacing, 2);
    assert_false(c.reading.justify || c.reading.numbers);
    lw_config_fini(&c);
    config_fixture_write("reading: {justify: true, line_numbers: true}\n");
    load(&c);
    assert_int_equal(c.reading.cols, 100);
    assert_int_equal(c.reading.spacing, 1);
    assert_true(c.reading.justify && c.reading.numbers);
    lw_config_fini(&c);
}

static void says_what_is_wrong_in_a_map(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"reading: 80\n", ":1:10: \"reading\" takes a map of columns, spacing, justify and "
                          "line_numbers, not \"80\". Write `reading: {columns: 80, spacing: 2}`."},
        {"reading: {columns: 39}\n", ":1:20: \"columns\" takes an integer from 40 to 200, not "
                                     "\"39\". Write `columns: 80`."},
        {"reading: {spacing: 3}\n",
            ":1:20: \"spacing\" takes 1 or 2, not \"3\". Write `spacing: 2`."},
        {"reading: {colums: 80}\n", "Did you mean \"columns\"?"},
        {"rest: 50 min\n", ":1:7: \"rest\" takes a map of after, tasks, exposure, later and "
                           "stop_at, not \"50 min\". Write `rest: {after: 50 min}`."},
        {"rest: {after: 50}\n", ":1:15: \"after\" takes a time such as 50 min or 1 h, not \"50\". "
                                "Write `after: 50 min`."},
        {"rest: {after: 0 min}\n", "\"after\" takes a time"},
        {"rest: {later: 25 h}\n", "\"later\" takes a time"},
        {"rest: {later: 12345 min}\n", "\"later\" takes a time"},
        {"rest: {stop_at: \"24:00\"}\n",
            ":1:17: \"stop_at\" takes a time of day such as \"18:00\", not \"24:00\". Write "
            "`stop_at: \"18:00\"`."},
        {"rest: {stop_at: \"7:5\"}\n", "\"stop_at\" takes a time of day"},
        {"rest: {stop_at: evening}\n", "\"stop_at\" takes a time of day"},
        {"rest: {exposure: 20 min}\n", "\"exposure\" takes a map of at most 16 tags and times"},
        {"rest: {exposure: {gore: 20}}\n",
            ":1:25: \"gore\" takes a time such as 20 min or 1 h, not "
            "\"20\". Write `exposure: {violence: 20 min}`."},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lw_config c;
        struct lw_problems p = {0};
        struct lw_err err = {0};
        config_fixture_write(rows[i].text);
        assert_int_equal(lw_config_load(&lw_sys_real, &c, &p, &err), LW_EBAD);
        assert_int_equal(p.n, 1);
        if (!strstr(p.v[0], rows[i].said))
            fail_msg("%s", p.v[0]);
        lw_problems_fini(&p);
        lw_config_fini(&c);
    }
}

static void says_every_mistake_with_its_place_and_cure(void **state)
{
    (void)state;
    config_fixture_write(
        "anotator: x\neditor: vim -n\nidle_seconds: 1.5\ndigit_guard_ms: 2001\nannotator: a b\n"
        "keys: {skip: {}, pause: [~], zoom: }\ntheme:\n");
    static const char *const wanted[] = {
        ":1:1: unknown key \"anotator\". Did you mean \"annotator\"?",
        (":2:9: write the program and each argument as an item of a list, because no shell reads "
         "this: `editor: [vim, -n]`."),
        (":3:15: \"idle_seconds\" takes an integer from 10 to 3600; 1.5 is a decimal number, which "
         "is not supported. Write `idle_seconds: 120`."),
        (":4:17: \"digit_guard_ms\" takes an integer from 0 to 2000, not \"2001\". Write "
         "`digit_guard_ms: 150`."),
        (":5:12: the name \"a b\" may contain letters, digits and . _ @ + - only. Write "
         "`annotator: maria`."),
        (":6:14: \"skip\" takes a key or a list of keys, not an empty map. Write `keys: {skip: s, "
         "pause: [p, F11]}`."),
        (":6:26: the items of \"pause\" must be text. Write `keys: {skip: s, pause: [p, F11]}`."),
        (":6:36: \"zoom\" takes a key or a list of keys, not nothing. Write `keys: {skip: s, "
         "pause: [p, F11]}`."),
        ":7:7: \"theme\" takes the name of a theme, not nothing. Write `theme: dark`.",
    };
    struct lw_config c;
    struct lw_problems p = {0};
    struct lw_err err = {0};
    assert_int_equal(lw_config_load(&lw_sys_real, &c, &p, &err), LW_EBAD);
    assert_int_equal(p.n, COUNT(wanted));
    for (size_t i = 0; i < p.n; i++)
        assert_string_equal(p.v[i] + strlen(config_fixture_file()), wanted[i]);
    assert_non_null(strstr(err.text, "has mistakes: 9."));
    assert_int_equal(c.nbind, 0); /* what could be read is there to be checked further */
    lw_config_fini(&c);
    lw_problems_fini(&p);
}

static void refuses(enum lw_code code, const char *said)
{
    struct lw_config c;
    struct lw_problems p = {0};
    struct lw_err err = {0};
    assert_int_equal(lw_config_load(&lw_sys_real, &c, &p, &err), code);
    assert_int_equal(err.code, code);
    assert_int_equal(p.n > 0, code == LW_EBAD);
    assert_non_null(strstr(p.n ? p.v[0] : err.text, said));
    lw_problems_fini(&p);
    lw_config_fini(&c);
}

static void refuses_what_is_no_file(void **state)
{
    (void)state;
    assert_int_equal(mkdir(config_fixture_file(), 0700), 0);
    refuses(LW_EBAD, "not a regular file");
    rmdir(config_fixture_file());
    assert_int_equal(mkfifo(config_fixture_file(), 0600), 0);
    refuses(LW_EBAD, "not a regular file");
    remove(config_fixture_file());
    assert_int_equal(symlink("config.yaml", config_fixture_file()), 0);
    refuses(LW_EIO, "cannot open");
}

static void refuses_what_is_no_yaml(void **state)
{
    (void)state;
    config_fixture_write("keys: [\n");
    refuses(LW_EBAD, "config.yaml:2:1: ");
    config_fixture_write("- annotator\n");
    refuses(LW_EBAD, "config.yaml:1:1: config.yaml must be a map of keys and values, such as");
}

static void finds_the_file_below_home(void **state)
{
    (void)state;
    char *old = lw_strdup(getenv("HOME"));
    static const char *const not_absolute[] = {NULL, "", "relative"};
    setenv("HOME", "/nowhere", 1);
    for (size_t i = 0; i < COUNT(not_absolute); i++) {
        if (not_absolute[i])
            setenv("XDG_CONFIG_HOME", not_absolute[i], 1);
        else
            unsetenv("XDG_CONFIG_HOME");
        struct lw_config c;
        load(&c);
        assert_string_equal(c.file, "/nowhere/.config/labelwright/config.yaml");
        lw_config_fini(&c);
    }
    unsetenv("HOME");
    struct lw_config c;
    load(&c);
    assert_int_equal(c.file[0], '/');
    lw_config_fini(&c);
    if (old)
        setenv("HOME", old, 1);
    free(old);
}

static void is_annotator(const struct lw_config *c, const char *given, const char *wanted)
{
    char *name = NULL;
    assert_int_equal(lw_annotator(c, given, &name, NULL), LW_OK);
    assert_string_equal(name, wanted);
    free(name);
}

static void asks_for_the_annotator_in_order(void **state)
{
    (void)state;
    char own[] = "from-config";
    const struct lw_config set = {.annotator = own}, unset = {0};
    setenv("USER", "from-user", 1);
    is_annotator(&set, "given", "given");
    is_annotator(&set, NULL, "from-config");
    is_annotator(&unset, NULL, "from-user");
    is_annotator(NULL, NULL, "from-user");
    unsetenv("USER");
    char *name = NULL;
    if (lw_annotator(&unset, NULL, &name, NULL) == LW_OK)
        assert_true(*name != '\0');
    free(name);
}

static void refuses_annotators_that_make_no_folder(void **state)
{
    (void)state;
    static const char *const bad[] = {"", ".", "..", ".hidden", "a/b", "a b", "a\nb", "josé", "a:b",
        "12345678901234567890123456789012345678901234567890123456789012345"};
    static const char *const good[] = {"a", "a.b_c@d+e-F9", "-", "@",
        "1234567890123456789012345678901234567890123456789012345678901234"};
    const struct lw_config unset = {0};
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct lw_err err = {0};
        char *name = NULL;
        assert_int_equal(lw_annotator(&unset, bad[i], &name, &err), LW_EUSAGE);
        assert_non_null(strstr(err.text, "Set a name with --annotator."));
        assert_null(name);
    }
    for (size_t i = 0; i < COUNT(good); i++)
        is_annotator(&unset, good[i], good[i]);
    setenv("USER", "DOMAIN\\user", 1);
    struct lw_err err = {0};
    char *name = NULL;
    assert_int_equal(lw_annotator(&unset, NULL, &name, &err), LW_EUSAGE);
    assert_non_null(strstr(err.text, "--annotator, or with `annotator:` in config.yaml."));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, config_fixture_begin, config_fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(takes_defaults_without_a_file),
        TEST(reads_every_setting),
        TEST(takes_how_often_tasks_come_again),
        TEST(takes_one_word_for_an_editor),
        TEST(takes_how_pictures_are_shown),
        TEST(takes_what_is_done_to_pictures),
        TEST(takes_what_starts_hidden),
        TEST(takes_when_to_offer_a_break),
        TEST(takes_the_digit_row_that_is_asked_for),
        TEST(takes_who_arranges_right_to_left_scripts),
        TEST(reads_the_languages_of_spelling),
        TEST(says_every_mistake_with_its_place_and_cure),
        TEST(reads_how_texts_are_laid_out),
        TEST(says_what_is_wrong_in_a_map),
        TEST(refuses_what_is_no_file),
        TEST(refuses_what_is_no_yaml),
        TEST(finds_the_file_below_home),
        TEST(asks_for_the_annotator_in_order),
        TEST(refuses_annotators_that_make_no_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
