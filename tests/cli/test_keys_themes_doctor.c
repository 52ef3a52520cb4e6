/* `keys`, `themes` and `doctor`. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"
#include "labelwright/picture/picture.h"
#include "labelwright/sitting/command.h"

#include <sys/stat.h>

static const char *const own_config[] = {"XDG_CONFIG_HOME=/proc/self/cwd/c", NULL};

static void configure(struct run *r, const char *yaml)
{
    run_shell(r, 0, "mkdir -p c/labelwright/themes");
    run_put("c/labelwright/config.yaml", yaml);
    r->env = own_config;
}

/* Runs "$LW" on a terminal of that kind; what it shows is r->out. */
static void on_terminal(struct run *r, int status, const char *term, const char *words)
{
    run_shell(r, status,
        "TERM=%s python3 -c 'import os, pty, sys; "
        "sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))' \"$LW\" %s",
        term, words);
}

/* ---- keys */

static void keys_lists_every_command(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "\"$LW\" keys");
    run_is_silent(r);
#define X(id, name, keys, who, group, help)                                                        \
    run_prints(r, "  " name " ");                                                                  \
    run_prints(r, help "\n");
    LW_COMMANDS(X)
#undef X
    run_prints(r, "\n  skip               s                     skip the task");
    run_shell(r, 2, "\"$LW\" keys p");
    run_says(r, "keys takes no PATH.");
}

static void keys_follows_the_users_own(void **state)
{
    struct run *r = *state;
    configure(r, "keys: {skip: [h, F5], zoom: []}\n");
    run_shell(r, 0, "\"$LW\" keys");
    run_prints(r, "\n  skip               h F5                  skip the task");
    run_prints(r, "\n  zoom               -                     one pane");
}

static void keys_reports_clashes_with_both_owners(void **state)
{
    struct run *r = *state;
    configure(r, "keys:\n  skip: p\n  zoom: w\n");
    run_shell(r, 1, "\"$LW\" keys");
    run_says(r, "config.yaml:2:3: key p is bound to both pause and skip. Remove one of them.");
    run_says(r, "w cannot be bound: Vietnamese Telex input turns it into a letter.");
    run_prints(r, "\n  skip               p ");
}

static void keys_and_check_tell_macros(void **state)
{
    struct run *r = *state;
    configure(r, "bind:\n  F5: {quality: 2, tone: cold}\n  F11: {humour: 1, submit: true}\n");
    run_project("p");
    run_shell(r, 0, "\"$LW\" keys");
    run_prints(r, "\nMacros\n                     F5                    quality 2, cold\n");
    run_prints(r, "F11                   humour 1, submit\n");
    run_shell(r, 0, "\"$LW\" check --verbose p");
    run_prints(r, "config.yaml:3:3: note: F11 does nothing in this project, which has no question "
                  "\"humour\".\n");
    configure(r, "bind:\n  F5: {quality: 6}\n  F11: {tone: warn}\n");
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(r, "config.yaml:2:17: error: 6 is outside the scale of \"quality\".");
    run_prints(r, "config.yaml:3:15: error: unknown option \"warn\". Did you mean \"warm\"?");
    run_prints(r, "2 mistakes: ");
    configure(r, "bind: {F1: {quality: 1}}\n");
    run_shell(r, 1, "\"$LW\" keys");
    run_says(r, "config.yaml:1:8: key F1 is bound to both help and a macro. Give the macro another "
                "key, such as F5.");
}

static void keys_are_json_for_scripts(void **state)
{
    struct run *r = *state;
    configure(r, "bind: {F5: {quality: 2, tone: cold, submit: true}}\nkeys: {skip: [i, F11]}\n");
    run_shell(r, 0, "\"$LW\" keys --json | jq -ce '.keys[] | select(.command == \"skip\")'");
    run_prints(
        r, "{\"command\":\"skip\",\"group\":\"Labeling\",\"keys\":[\"i\",\"F11\"],\"help\":");
    run_shell(r, 0, "\"$LW\" keys --json | jq -ce .macros");
    run_prints(
        r, "[{\"key\":\"F5\",\"answers\":{\"quality\":2,\"tone\":\"cold\"},\"submit\":true}]\n");
}

static void a_project_suggests_macros(void **state)
{
    struct run *r = *state;
    configure(r, "bind: {F5: {quality: 2}}\n");
    run_project("p");
    run_shell(r, 0, "echo 'bind: {F5: {quality: 1}, F11: {tone: warm}}' >> p/project.yaml");
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(r, "project.yaml:10:8: error: key F5 is bound to two macros.");
    run_shell(r, 0, "sed -i 's/tone: warm/tune: warm/' p/project.yaml");
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(r, "project.yaml:10:32: error: unknown question \"tune\". Did you mean \"tone\"?");
}

/* ---- themes */

static void themes_are_plain_lines_in_a_pipe(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "\"$LW\" themes");
    run_prints(r, "dark             Dark, muted colours (in use)\n");
    run_prints(r, "mono             No colours, attributes only\n");
    assert_null(strchr(r->out, '\033'));
    run_is_silent(r);
}

static void themes_are_shown_in_their_colours_on_a_terminal(void **state)
{
    static const struct {
        const char *term, *header;
    } rows[] = {
        {"xterm-256color", "\033[0;38;5;152m math"},
        {"linux", "\033[0;36m math"},
        {"linux", "\033[0;2m   \xe2\x94\x80"},
        {"vt100", "\033[0m math"},
        {"xterm-256color NO_COLOR=1", "\033[0m math"},
    };
    struct run *r = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        on_terminal(r, 0, rows[i].term, "themes");
        run_prints(r, rows[i].header);
    }
    on_terminal(r, 0, "dumb", "themes");
    assert_null(strchr(r->out, '\033'));
}

static void themes_of_the_users_own_come_along(void **state)
{
    struct run *r = *state;
    configure(r, "theme: sea\n");
    run_put("c/labelwright/themes/sea.yaml", "title: \"Sea\\e[31m\"\nstyles: {}\n");
    run_put("c/labelwright/themes/mono.yaml", "title: My mono\nstyles: {}\n");
    run_put("c/labelwright/themes/notes.txt", "");
    run_shell(r, 0, "\"$LW\" themes");
    run_prints(r, "sea              Sea^[[31m (your own) (in use)\n");
    run_prints(r, "mono             My mono (your own)\n");
    run_put("c/labelwright/themes/bad.yaml", "styles: {kee: {}}\n");
    run_shell(r, 1, "\"$LW\" themes");
    run_says(r, "bad.yaml:1:10: unknown role \"kee\". Did you mean \"key\"?");
    run_prints(r, "sea ");
}

static void themes_are_json_for_scripts(void **state)
{
    struct run *r = *state;
    configure(r, "theme: sea\n");
    run_put("c/labelwright/themes/sea.yaml", "title: Sea\nstyles: {}\n");
    run_shell(r, 0, "\"$LW\" themes --json | jq -r '.[] | select(.used or .own) | .name, .title'");
    assert_string_equal(r->out, "sea\nSea\n");
    run_put("c/labelwright/themes/bad.yaml", "styles: {kee: {}}\n");
    run_shell(r, 1, "\"$LW\" themes --json");
    run_is_silent(r);
    run_shell(r, 0, "\"$LW\" themes --json | jq -r '.[] | select(.wrong).name, length'");
    run_prints(r, "bad\n");
}

/* ---- doctor */

static void doctor_names_what_it_stands_on(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "LC_ALL=C.UTF-8 \"$LW\" doctor");
    run_prints(r, "labelwright " LW_VERSION "\n");
    run_prints(r, "libraries   ncurses ");
    run_prints(r, ", libyaml 0.");
    run_prints(r, "locale      C.UTF-8\n");
    run_prints(r, "spelling    enchant ");
    run_prints(r, "/labelwright/config.yaml not found; defaults are used\n");
    run_is_silent(r);
    run_shell(r, 0, "LC_ALL=C \"$LW\" doctor");
    run_prints(r, "Not UTF-8. Set LC_ALL=C.UTF-8");
    run_shell(r, 0, "LC_ALL=xx_YY.UTF-8 \"$LW\" doctor");
    run_prints(r, "locale      xx_YY.UTF-8; labelwright uses C.UTF-8\n");
    run_prints(r, "Not installed here.");
}

static void doctor_looks_at_the_terminal(void **state)
{
    struct run *r = *state;
    on_terminal(r, 0, "xterm-256color", "doctor");
    run_prints(r, "terminal    xterm-256color, 256 colours, ");
    on_terminal(r, 0, "xterm NO_COLOR=1", "doctor");
    run_prints(r, "terminal    xterm, 0 colours (NO_COLOR is set), ");
    on_terminal(r, 1, "wundertty", "doctor");
    run_prints(r, "terminfo does not know it");
    on_terminal(r, 1, "dumb", "doctor");
    run_prints(r, "It cannot move the cursor, so labeling uses plain mode.");
}

/* A terminal that says for each text that it is so wide as `width` does. */
#define TERMINAL(width)                                                                            \
    "import os, pty, re, sys\n"                                                                    \
    "pid, fd = pty.fork()\n"                                                                       \
    "if pid == 0: os.execv(sys.argv[1], sys.argv[1:])\n"                                           \
    "shown, told = b\"\", 0\n"                                                                     \
    "while True:\n"                                                                                \
    "    try: shown += os.read(fd, 4096)\n"                                                        \
    "    except OSError: break\n"                                                                  \
    "    for asked in shown.split(b\"\\033[6n\")[told:-1]:\n"                                      \
    "        told += 1\n"                                                                          \
    "        text = asked.split(b\"\\r\")[-1].decode()\n"                                          \
    "        os.write(fd, b\"x\\033[24;%dR\" % (1 + (" width ")))\n"                               \
    "sys.stdout.buffer.write(shown)\n"                                                             \
    "sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n"

static const char always_eight[] = TERMINAL("8");
/* It knows the emoji of Unicode 9, 10 and 11. */
static const char of_2018[] = TERMINAL("2 if text in \"\\U0001f95e\\U0001f9d0\\U0001f970\" else 1");
static const char of_2099[] = TERMINAL("2");

static void doctor_measures_what_the_terminal_draws(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "TERM=xterm python3 -c '%s' \"$LW\" doctor", always_eight);
    run_prints(r, "widths      1 of 15 kinds of text correct");
    run_prints(r, "note      emoji: 8 columns wide, expected 4. Lines with such text may look ");
    assert_null(strstr(r->out, "Chinese and Japanese: ")); /* 8 columns */
    on_terminal(r, 0, "xterm", "doctor");
    run_prints(r, "widths      not measured: the terminal does not report where its cursor is");
    on_terminal(r, 1, "dumb", "doctor");
    run_prints(r, "widths      not measured: the terminal cannot move the cursor");
    run_shell(r, 0, "\"$LW\" doctor");
    run_prints(r, "widths      not measured: stdin or stdout is not a terminal");
}

static void doctor_asks_the_terminal_for_its_unicode(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "TERM=xterm python3 -c '%s' \"$LW\" doctor", of_2018);
    run_prints(r, "Unicode     C library 1");
    run_prints(r, ", terminal 11\r\n  note      Characters that are newer than the terminal are ");
    run_shell(r, 0, "TERM=xterm python3 -c '%s' \"$LW\" doctor", of_2099);
    run_prints(r, " or newer\r\nconfig ");
    run_shell(r, 0, "TERM=xterm python3 -c '%s' \"$LW\" doctor", always_eight);
    run_prints(r, ", terminal 8 or older\r\n");
    run_shell(r, 0, "\"$LW\" doctor");
    run_prints(r, ", terminal not measured\n");
}

static void doctor_names_the_package_of_what_is_missing(void **state)
{
    struct run *r = *state;
    char *preload = lw_format("LD_PRELOAD=%s/no_library.so", getenv("LW_PROGRAMS"));
    const char *env[] = {preload, "ASAN_OPTIONS=verify_asan_link_order=0", NULL};
    r->env = env;
    run_shell(r, 0, "LW_LACKS=libicuuc exec \"$LW\" doctor");
    run_prints(r, "word breaks Thai, Lao, Khmer and Burmese by none\n"
                  "  note      Lines of such text end anywhere. Install libicu");
    run_prints(r, lw_picture_can_show() ? "pictures    PNG JPEG chafa\n"
                                        : "Install libchafa-dev, libglib2.0-dev, libpng-dev and");
    run_shell(r, 0, "LW_LACKS=libenchant-2 exec \"$LW\" doctor");
    run_prints(r, "spelling    enchant is missing; install libenchant-2-2 to check spelling\n");
    run_shell(r, 0, "LW_LACKS=/enchant_ exec \"$LW\" doctor"); /* its providers */
    run_prints(r, "; no dictionary\n  note      Install the dictionary of your language, such as ");
    r->env = NULL;
    free(preload);
    configure(r, "spelling: [fo]\n");
    run_shell(r, 0, "\"$LW\" doctor");
    run_prints(r, "note      Spelling of Faroese (fo) is not checked: install myspell-fo.\n");
}

static void doctor_tells_every_mistake_of_the_config(void **state)
{
    struct run *r = *state;
    configure(r, "theme: drak\nkeys: {skip: p}\n");
    run_shell(r, 1, "\"$LW\" doctor");
    run_prints(r, "config.yaml:2:8: key p is bound to both pause and skip.");
    run_prints(r, "unknown theme \"drak\". `labelwright themes` lists them.");
    configure(r, "them: dark\nkeys: 3\n");
    run_shell(r, 1, "\"$LW\" doctor");
    run_prints(r, "config.yaml:1:1: unknown key \"them\".");
    run_prints(r, "config.yaml:2:7: ");
    configure(r, "theme: mono\n");
    run_shell(r, 0, "\"$LW\" doctor");
}

static void doctor_lists_the_models_and_no_token(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "\"$LW\" doctor");
    run_prints(r, "models      none set\n");
    configure(r,
        "endpoints:\n"
        "  http://127.0.0.1:1: {token_file: /nowhere/s3cret}\n"
        "  https://models.example.org: {token_command: [sh, -c, touch asked; echo s3cret]}\n"
        "models:\n"
        "  assistant under test: {api: openai, url: \"http://127.0.0.1:1/v1\", model: tiny}\n"
        "  judge: {api: anthropic, url: \"https://models.example.org\", model: big}\n"
        "  default: {api: ollama, url: \"http://127.0.0.1:2\", model: \"qwen2.5:0.5b\"}\n");
    run_shell(r, 0, "\"$LW\" doctor");
    run_prints(r,
        "models      assistant under test: tiny, openai at http://127.0.0.1:1/v1, token in a file\n"
        "            judge: big, anthropic at https://models.example.org, token by a program\n"
        "            default: qwen2.5:0.5b, ollama at http://127.0.0.1:2, no token set\n");
    assert_false(run_has("asked"));
    configure(r, "models: {default: {api: openai, url: \"http://127.0.0.1:1\", modle: tiny}}\n");
    run_shell(r, 1, "\"$LW\" doctor");
    run_prints(r, "unknown key \"modle\". Did you mean \"model\"?");
}

static void doctor_looks_at_the_identity_and_tells_nobody_who_it_is(void **state)
{
    static const char *const own_data[] = {"XDG_DATA_HOME=/proc/self/cwd/data", NULL};
    struct run *r = *state;
    r->env = own_data;
    run_shell(r, 0, "\"$LW\" doctor");
    run_prints(r, "identity    none (nothing needs one)\n");
    run_fed(r, 0, "\n", "identity new");
    char *print = strstr(r->out, "SHA256:");
    assert_non_null(print);
    print = strndup(print, strcspn(print, "\n"));
    run_shell(r, 0, "\"$LW\" doctor");
    run_prints(r, "labelwright/identity, without a passphrase\n");
    assert_null(strstr(r->out, print));
    free(print);
    run_shell(r, 0, "chmod 644 data/labelwright/identity");
    run_shell(r, 1, "\"$LW\" doctor");
    run_prints(r, "labelwright/identity cannot be used\n  WRONG     ");
}

static void doctor_tells_every_mistake_of_the_rates(void **state)
{
    struct run *r = *state;
    configure(r, "");
    run_shell(r, 0, "\"$LW\" doctor");
    run_prints(r, "labelwright/pay.yaml not found; no rates are set\n");
    run_put("c/labelwright/pay.yaml", "curency: EUR\ntime: paid\n");
    run_shell(r, 1, "\"$LW\" doctor");
    run_prints(r, "pay         pay.yaml has mistakes\n  WRONG     ");
    run_prints(r, "pay.yaml:1:1: unknown key \"curency\". Did you mean \"currency\"?");
    run_prints(r, "pay.yaml:2:");
    run_put("c/labelwright/pay.yaml", "currency: EUR\n");
    run_shell(r, 0, "\"$LW\" doctor");
    run_prints(r, "labelwright/pay.yaml\n");
}

static void doctor_reports_as_json(void **state)
{
    struct run *r = *state;
    configure(r, "theme: drak\n");
    run_project("p");
    run_shell(r, 1, "\"$LW\" doctor --json p");
    run_shell(r, 0,
        "\"$LW\" doctor p --json | jq -r '.well, (.checks[] | select(.wrong != []) | .about, "
        ".wrong[0]), .checks[-1].about'");
    run_prints(r, "false\nconfig\n");
    run_prints(r, "unknown theme \"drak\"");
    run_prints(r, "\nsends to\n");
    configure(r, "models:\n  judge: {api: ollama, url: \"http://127.0.0.1:2\", model: big}\n"
                 "  default: {api: ollama, url: \"http://127.0.0.1:2\", model: small}\n");
    run_shell(r, 0,
        "\"$LW\" doctor --json | jq -c '[.well, (.checks[] | select(.says | test(\"ollama\")) | "
        ".about)]'");
    assert_string_equal(r->out, "[true,\"models\",\"models\"]\n");
    r->env = NULL;
    run_shell(
        r, 0, "HOME=/nowhere/$(printf '\\377') \"$LW\" doctor --json | jq -r '.checks[].says'");
    run_prints(r, "/nowhere/<FF>/.config/labelwright/pay.yaml not found");
}

static void doctor_looks_at_a_project(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_shell(r, 0, "\"$LW\" doctor p");
    run_prints(r, "project     p/project.yaml\ndisk        ");
    run_prints(r, " MB free");
    run_prints(r, "journal     none yet\n");
    assert_false(run_has("p/journal"));
    run_fed(r, 0, "{\"task\":\"a\",\"answers\":{\"quality\":4}}\n", "record p");
    run_shell(r, 0, "\"$LW\" doctor p");
    run_prints(r, "journal     journal/ of ana, 3 events in 1 segment\n");
    run_shell(r, 0, "sed -i 's/\"quality\":4/\"quality\":5/' p/journal/000001.jsonl");
    run_shell(r, 1, "\"$LW\" doctor p");
    run_prints(r, "000001.jsonl:3: its hash does not match");
    run_shell(r, 1, "\"$LW\" doctor nowhere");
    run_prints(r, "nowhere: no such file or folder.");
    run_shell(r, 2, "\"$LW\" doctor p q");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keys_lists_every_command),
        TEST(keys_follows_the_users_own),
        TEST(keys_reports_clashes_with_both_owners),
        TEST(keys_and_check_tell_macros),
        TEST(keys_are_json_for_scripts),
        TEST(a_project_suggests_macros),
        TEST(themes_are_plain_lines_in_a_pipe),
        TEST(themes_are_shown_in_their_colours_on_a_terminal),
        TEST(themes_of_the_users_own_come_along),
        TEST(doctor_names_what_it_stands_on),
        TEST(doctor_looks_at_the_terminal),
        TEST(doctor_measures_what_the_terminal_draws),
        TEST(doctor_asks_the_terminal_for_its_unicode),
        TEST(doctor_names_the_package_of_what_is_missing),
        TEST(doctor_tells_every_mistake_of_the_config),
        TEST(doctor_lists_the_models_and_no_token),
        TEST(themes_are_json_for_scripts),
        TEST(doctor_looks_at_the_identity_and_tells_nobody_who_it_is),
        TEST(doctor_tells_every_mistake_of_the_rates),
        TEST(doctor_reports_as_json),
        TEST(doctor_looks_at_a_project),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
