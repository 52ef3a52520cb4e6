/* Broken and hostile project.yaml, config.yaml and themes, and missing locales: every mistake is
 * reported with its place and how to fix it, no control character reaches the terminal, and no file
 * is left over. */
#define _GNU_SOURCE
#include "fixtures/pty.h"
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <sys/stat.h>
#include <unistd.h>

/* A settings folder in the working folder. */
static const char *const settings[] = {"USER=ana", "XDG_CONFIG_HOME=/proc/self/cwd/c", NULL};

static void put_settings(const char *config)
{
    assert_int_equal(mkdir("c", 0755), 0);
    assert_int_equal(mkdir("c/labelwright", 0755), 0);
    assert_int_equal(mkdir("c/labelwright/themes", 0755), 0);
    if (config)
        run_put("c/labelwright/config.yaml", config);
}

static struct lw_pty *label(const char *const *env, const char *theme)
{
    const char *argv[] = {getenv("LW_PROGRAM"), "p", theme ? "--theme" : NULL, theme, NULL};
    return lw_pty_start(24, 200, env, argv);
}

/* Labeling ends with the status and all of the texts (NULL ends them), and leaves no journal. */
static void labeling_ends(const char *theme, int status, const char *const *said)
{
    struct lw_pty *p = label(settings, theme);
    if (lw_pty_wait_exit(p) != status)
        lw_pty_fail(p, "the exit status is not %d", status);
    for (; *said; said++)
        if (!strstr(lw_pty_output(p, 0), *said))
            lw_pty_fail(p, "the terminal lacks: %s", *said);
    lw_pty_free(p);
    assert_false(run_has("p/journal"));
}

/* ---- project.yaml */

static void refuses_project(struct run *r, const char *yaml, const char *const *said)
{
    run_put("p/project.yaml", yaml);
    run_shell(r, 1, "\"$LW\" status p");
    for (; *said; said++)
        run_says(r, *said);
    run_prints_none(r);
    assert_null(strchr(r->err, '\033'));
    assert_int_equal(run_count("p"), 2);
}
#define REFUSES(yaml, ...) refuses_project(r, yaml, (const char *const[]){__VA_ARGS__, NULL})

static void every_mistake_of_a_project_is_told_with_its_place(void **state)
{
    struct run *r = *state;
    run_project("p");
    REFUSES("labelwright: 1\ntitel: x\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
            "  - {name: Quality, type: rating}\n  - {name: a, type: ratng}\n",
        "p/project.yaml:2:1: unknown key \"titel\". Did you mean \"title\"?",
        "p/project.yaml:5:12: the name \"Quality\"", "Write `name: quality`.",
        "p/project.yaml:6:21: unknown type \"ratng\". Did you mean \"rating\"?",
        "p/project.yaml has mistakes: 3.");
}

static void a_project_that_is_no_yaml_is_told_with_its_place(void **state)
{
    struct run *r = *state;
    run_project("p");
    REFUSES("labelwright: [1\n", "p/project.yaml:2:1: a '[' is not closed.");
    REFUSES("", "p/project.yaml");
    REFUSES("a: &x [1]\nb: *x\n", "p/project.yaml:1:4");
    REFUSES("labelwright: 1\nlabelwright: 1\n", "p/project.yaml:2:1");
}

static void a_project_of_brackets_is_refused_at_once(void **state)
{
    struct run *r = *state;
    struct lw_buf b = {0};
    run_project("p");
    for (int i = 0; i < 200000; i++)
        lw_buf_char(&b, '[');
    REFUSES(b.data, "p/project.yaml:1:33");
    for (int i = 0; i < 200000; i++)
        lw_buf_char(&b, ' ');
    REFUSES(b.data, "p/project.yaml: larger than the 256 KiB allowed here");
    lw_buf_fini(&b);
}

static void a_project_can_name_no_file_outside_and_no_secret(void **state)
{
    struct run *r = *state;
    run_project("p");
    REFUSES(RUN_PROJECT "token: abc\nguidelines: /etc/passwd\n", "\"token\" is not allowed here.",
        "Put them in your own config.yaml", "is an absolute path.");
    REFUSES("labelwright: 1\ntasks: [{file: ../secret}]\nquestions: [{name: q, type: text}]\n",
        "p/project.yaml:2:16: ", "leaves the project folder");
    assert_int_equal(unlink("p/tasks.jsonl"), 0);
    assert_int_equal(symlink("/etc/passwd", "p/tasks.jsonl"), 0);
    run_put("p/project.yaml", RUN_PROJECT);
    run_shell(r, 3, "\"$LW\" status p");
    run_says(r, "tasks.jsonl leaves the project folder through a symbolic link.");
}

static void control_characters_of_a_project_never_reach_the_terminal(void **state)
{
    struct run *r = *state;
    run_project("p");
    REFUSES("labelwright: 1\ntitle: \"\033]0;owned\007\"\n",
        "p/project.yaml:2:9: ", "U+001B is not allowed. Remove it.");
    REFUSES("labelwright: 1\n\"k\\e[2J\": 1\ntasks: [{file: \"/x\\e[1m\"}]\n"
            "questions: [{name: \"a\\e[31m\\r\\b\", type: \"\\u202egnitar\"}]\n",
        "unknown key \"k^[[2J\".", "the name \"a^[[31m^M^H\"", "\"<U+202E>gnitar\"");
}

static void a_hostile_title_is_shown_harmless_on_the_screen(void **state)
{
    (void)state;
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\ntitle: \"T\\e]0;owned\\a\\u202eX\"\n"
                              "tasks: [{file: tasks.jsonl}]\nquestions: [{name: q, type: text}]\n");
    struct lw_pty *p = label((const char *const[]){"USER=ana", NULL}, NULL);
    lw_pty_wait_text(p, "T^[]0;owned^G<U+202E>X");
    lw_pty_type(p, "q\r");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    assert_null(strstr(lw_pty_output(p, 0), "\033]0;owned"));
    lw_pty_free(p);
}

/* ---- config.yaml */

static void clashing_keys_are_told_with_both_owners(void **state)
{
    (void)state;
    run_project("p");
    put_settings("annotator: ana\nkeys:\n  skip: u\n  zoom: J\n  frobnicate: x\n  pause: F77\n"
                 "  raw: ^S\n");
    labeling_ends(NULL, 1,
        (const char *const[]){
            "c/labelwright/config.yaml:3:3: key u is bound to both take-back and skip. ",
            "config.yaml:4:3: key J is bound to both next-task and zoom. ",
            "config.yaml:5:3: unknown command \"frobnicate\"",
            "config.yaml:6:3: \"F77\" is not a key. ",
            "config.yaml:7:3: ^S cannot be bound: it stops the output of terminals. ", NULL});
}

static void a_config_that_is_no_yaml_or_too_large_is_told(void **state)
{
    struct run *r = *state;
    struct lw_buf b = {0};
    run_project("p");
    put_settings("keys: [x\n");
    r->env = settings;
    run_shell(r, 1, "\"$LW\" status p");
    run_says(r, "c/labelwright/config.yaml:2:1: a '[' is not closed.");
    memset(lw_buf_room(&b, 300000), '#', 300000);
    b.len += 300000;
    run_put_bytes("c/labelwright/config.yaml", b.data, b.len);
    run_shell(r, 1, "\"$LW\" status p");
    run_says(r, "config.yaml: larger than the 256 KiB allowed here");
    lw_buf_fini(&b);
    assert_int_equal(unlink("c/labelwright/config.yaml"), 0);
    assert_int_equal(mkdir("c/labelwright/config.yaml", 0755), 0);
    run_shell(r, 1, "\"$LW\" status p");
    run_says(r, "config.yaml: not a regular file");
}

static void every_mistake_of_a_config_is_told(void **state)
{
    struct run *r = *state;
    run_project("p");
    put_settings("annotator: .x\neditor: vim -n\nidle_seconds: 5\ntheem: dark\n");
    r->env = settings;
    run_shell(r, 1, "\"$LW\" status p");
    run_says(r, "config.yaml:1:12: the name \".x\" begins with a dot.");
    run_says(r, "config.yaml:2:9: write the program and each argument as an item of a list, "
                "because no shell");
    run_says(r, "config.yaml:3:15: ");
    run_says(r, "config.yaml:4:1: unknown key \"theem\". Did you mean \"theme\"?");
    run_says(r, "config.yaml has mistakes: 4.");
}

/* Those that only the screen would find, too. */
static void mistakes_of_keys_and_theme_are_told_with_the_others(void **state)
{
    struct run *r = *state;
    run_project("p");
    put_settings("annotator: .x\nidle_seconds: 5\nkeys: {skip: u}\ntheme: neon\n");
    r->env = settings;
    run_shell(r, 1, "\"$LW\" status p");
    run_says(r, "config.yaml:1:12: the name \".x\" begins with a dot.");
    run_says(r, "config.yaml:2:15: ");
    run_says(r, "key u is bound to both");
    run_says(r, "No theme \"neon\".");
    run_says(r, "config.yaml has mistakes: 4.");
    run_put("c/labelwright/config.yaml", "keys: {skip: u}\ntheme: neon\n");
    labeling_ends(
        NULL, 1, (const char *const[]){"key u is bound to both", "No theme \"neon\".", NULL});
}

/* ---- themes */

static void an_unknown_theme_lists_those_there_are(void **state)
{
    (void)state;
    run_project("p");
    put_settings("theme: neon\n");
    labeling_ends("drak", 3,
        (const char *const[]){
            "No theme \"drak\". Use one of: dark, colour-blind, high-contrast, light, mono.",
            NULL});
    labeling_ends(NULL, 3,
        (const char *const[]){
            "No theme \"neon\". Use one of: dark, colour-blind, high-contrast, light, mono.",
            NULL});
    labeling_ends("../../etc/passwd", 3, (const char *const[]){"No theme", NULL});
}

static void a_broken_theme_is_told_with_its_place(void **state)
{
    (void)state;
    run_project("p");
    put_settings(NULL);
    run_put("c/labelwright/themes/mine.yaml", "title: Mine\nstyles: {txet: {fg: 7}}\n");
    labeling_ends("mine", 1,
        (const char *const[]){
            "c/labelwright/themes/mine.yaml:2:10: ", "Did you mean \"text\"?", NULL});
    run_put("c/labelwright/themes/mine.yaml", "title: [\n");
    labeling_ends("mine", 1, (const char *const[]){"themes/mine.yaml:2:1: ", NULL});
}

/* ---- locale and terminal */

static void any_locale_falls_back_to_utf_8(void **state)
{
    static const char *const envs[][3] = {{"USER=ana", "LC_ALL=C", NULL},
        {"USER=ana", "LC_ALL=xx_YY.nonsense", NULL}, {"USER=ana", "LC_ALL=POSIX", NULL}};
    (void)state;
    run_project("p");
    run_put("p/tasks.jsonl", "{\"id\":\"a\",\"prompt\":\"n\\u00ed h\\u01ceo \\u4f60\\u597d\"}\n");
    for (size_t i = 0; i < sizeof envs / sizeof *envs; i++) {
        struct lw_pty *p = label(envs[i], NULL);
        lw_pty_wait_text(p, "n\303\255 h\307\216o \344\275\240\345\245\275");
        lw_pty_free(p);
    }
}

static void no_utf_8_at_all_is_refused_clearly(void **state)
{
    struct run *r = *state;
    char *preload = lw_format("LD_PRELOAD=%s/no_locale.so", getenv("LW_PROGRAMS"));
    const char *env[] = {preload, "ASAN_OPTIONS=verify_asan_link_order=0", NULL};
    run_project("p");
    r->env = env;
    run_shell(r, 2, "exec \"$LW\" status p");
    run_says(r, "No UTF-8 locale found. Set LC_ALL=C.UTF-8, or install one.");
    run_prints_none(r);
    assert_int_equal(run_count("p"), 2);
    r->env = NULL;
    free(preload);
}

static void an_unknown_terminal_is_tried_as_a_known_one(void **state)
{
    (void)state;
    run_project("p");
    struct lw_pty *p =
        label((const char *const[]){"USER=ana", "TERM=no-such-terminal", NULL}, NULL);
    lw_pty_wait_text(p, "xterm-256color");
    lw_pty_wait_text(p, "One?");
    lw_pty_free(p);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_mistake_of_a_project_is_told_with_its_place),
        TEST(a_project_that_is_no_yaml_is_told_with_its_place),
        TEST(a_project_of_brackets_is_refused_at_once),
        TEST(a_project_can_name_no_file_outside_and_no_secret),
        TEST(control_characters_of_a_project_never_reach_the_terminal),
        TEST(a_hostile_title_is_shown_harmless_on_the_screen),
        TEST(clashing_keys_are_told_with_both_owners),
        TEST(a_config_that_is_no_yaml_or_too_large_is_told),
        TEST(every_mistake_of_a_config_is_told),
        TEST(mistakes_of_keys_and_theme_are_told_with_the_others),
        TEST(an_unknown_theme_lists_those_there_are),
        TEST(a_broken_theme_is_told_with_its_place),
        TEST(any_locale_falls_back_to_utf_8),
        TEST(no_utf_8_at_all_is_refused_clearly),
        TEST(an_unknown_terminal_is_tried_as_a_known_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
