#define _GNU_SOURCE
#include "shared.h"

#include "tui/theme.h"

#include <sys/stat.h>
#include <unistd.h>

static void refuses(const char *yaml, const char *problem)
{
    struct lw_problems p = {0};
    struct lw_theme t;
    assert_false(lw_theme_parse("t.yaml", yaml, strlen(yaml), &t, &p));
    assert_int_equal(p.n, 1);
    assert_string_equal(p.v[0], problem);
    lw_problems_fini(&p);
}

static void good(const char *yaml, struct lw_theme *to)
{
    struct lw_problems p = {0};
    bool ok = lw_theme_parse("t.yaml", yaml, strlen(yaml), to, &p);
    if (!ok)
        print_message("%s\n", p.v[0]);
    assert_true(ok);
    assert_int_equal(p.n, 0);
}

static void has_style(const struct lw_style *s, int fg, int bg, int fg16, int bg16, unsigned attrs)
{
    assert_int_equal(s->fg, fg);
    assert_int_equal(s->bg, bg);
    assert_int_equal(s->fg16, fg16);
    assert_int_equal(s->bg16, bg16);
    assert_int_equal(s->attrs, attrs);
}

/* The file as it is in the sources, where LW_SOURCE says they are. */
static struct lw_yaml *source_of(const char *name)
{
    char path[4096];
    size_t n = 0;
    struct lw_problems p = {0};
    snprintf(path, sizeof path, "%s/themes/%s.yaml", getenv("LW_SOURCE"), name);
    char *bytes = file_bytes(path, &n);
    assert_non_null(bytes);
    struct lw_yaml *y = lw_yaml_parse(name, bytes, n, &p);
    assert_non_null(y);
    free(bytes);
    return y;
}

static void each_theme_compiled_in_sets_every_role(void **state)
{
    (void)state;
    static const char *const roles[] = {
#define X(id, name, help) #name,
        LW_ROLES(X)
#undef X
    };
    const char *const *names = lw_theme_names();
    assert_string_equal(names[0], "dark");
    for (; *names; names++) {
        struct lw_theme t;
        struct lw_err err = {0};
        assert_int_equal(lw_theme_load(*names, &t, &err), LW_OK);
        assert_true(*t.title);
        lw_theme_fini(&t);
        struct lw_yaml *y = source_of(*names);
        const struct lw_yaml *styles = lw_yaml_get(y, "styles");
        for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
            if (!lw_yaml_get(styles, roles[i]))
                print_message("%s.yaml lacks %s\n", *names, roles[i]);
            assert_non_null(lw_yaml_get(styles, roles[i]));
        }
        lw_yaml_free(y);
    }
}

/* Colour is never the only sign: what must be told apart has attributes of its own. */
static void the_chosen_point_stands_out_without_colours(void **state)
{
    (void)state;
    for (const char *const *name = lw_theme_names(); *name; name++) {
        struct lw_theme t;
        assert_int_equal(lw_theme_load(*name, &t, NULL), LW_OK);
        assert_true(t.style[LW_ROLE_CHOSEN].attrs & LW_ATTR(REVERSE));
        assert_true(t.style[LW_ROLE_FOCUS].attrs != t.style[LW_ROLE_QUESTION].attrs);
        assert_true(t.style[LW_ROLE_ERROR].attrs != t.style[LW_ROLE_MESSAGE].attrs);
        lw_theme_fini(&t);
    }
}

static void reads_colours_and_attributes(void **state)
{
    (void)state;
    struct lw_theme t;
    good("title: Mine\n"
         "styles:\n"
         "  dim: {fg: 245, bg: default, fg16: bright-black, dim: true}\n"
         "  key: {fg: cyan, bg: 4}\n"
         "  box: {fg: 110, bold: true, italic: true, underline: true, reverse: true}\n"
         "  rule:\n",
        &t);
    assert_string_equal(t.title, "Mine");
    has_style(&t.style[LW_ROLE_DIM], 245, -1, 8, -1, LW_ATTR(DIM));
    has_style(&t.style[LW_ROLE_KEY], 6, 4, 6, 4, 0);
    has_style(&t.style[LW_ROLE_BOX], 110, -1, -1, -1,
        LW_ATTR(BOLD) | LW_ATTR(ITALIC) | LW_ATTR(UNDERLINE) | LW_ATTR(REVERSE));
    has_style(&t.style[LW_ROLE_RULE], -1, -1, -1, -1, 0);
    lw_theme_fini(&t);
}

static void takes_the_rest_after_text(void **state)
{
    (void)state;
    struct lw_theme t;
    good("styles:\n  key: {bold: false}\n  text: {fg: 7, bg: 236, bold: true}\n", &t);
    assert_string_equal(t.title, "t.yaml");
    has_style(&t.style[LW_ROLE_TEXT], 7, 236, 7, -1, LW_ATTR(BOLD));
    has_style(&t.style[LW_ROLE_INPUT], 7, 236, 7, -1, LW_ATTR(BOLD));
    has_style(&t.style[LW_ROLE_KEY], 7, 236, 7, -1, 0);
    lw_theme_fini(&t);
}

static void names_each_mistake_by_its_place(void **state)
{
    (void)state;
    refuses("title: x\nstyles:\n  txt: {}\n",
        "t.yaml:3:3: unknown role \"txt\". Did you mean \"text\"?");
    refuses("styles:\n  wallpaper: {}\n",
        "t.yaml:2:3: unknown role \"wallpaper\". The theme dark.yaml names them all.");
    refuses("styles:\n  key: {blod: true}\n",
        "t.yaml:2:9: unknown key \"blod\". Did you mean \"bold\"?");
    refuses("styles:\n  key: {blinking: true}\n",
        "t.yaml:2:9: unknown key \"blinking\". "
        "A style has fg, bg, fg16, bg16, bold, dim, underline, reverse, italic.");
    refuses("styles:\n  key: {fg: 256}\n",
        "t.yaml:2:13: no colour 256 here. Write a number from 0 to 255.");
    refuses("styles:\n  key: {fg: -1}\n",
        "t.yaml:2:13: no colour -1 here. Write a number from 0 to 255.");
    refuses("styles:\n  key: {fg16: 16}\n",
        "t.yaml:2:15: no colour 16 here. Write a number from 0 to 15.");
    refuses("styles:\n  key: {fg: cyna}\n",
        "t.yaml:2:13: unknown colour \"cyna\". Did you mean \"cyan\"?");
    refuses("styles:\n  key: {fg: \"#aabbcc\"}\n",
        "t.yaml:2:13: unknown colour \"#aabbcc\". "
        "Write a number, a name such as cyan, or default.");
    refuses("styles:\n  key: {fg: [1]}\n",
        "t.yaml:2:13: a colour must be a name or a number. Write 0-255, cyan or default.");
    refuses("styles:\n  key: {bold: yes}\n",
        "t.yaml:2:15: an attribute is on or off. Write true or false.");
    refuses("styles:\n  key: bold\n",
        "t.yaml:2:8: a style must be a map. Write {fg: 110, bold: true}.");
    refuses("styles: [a]\n",
        "t.yaml:1:9: styles must be a map. Write a role and its style in each line.");
    refuses("title: [a]\nstyles: {}\n", "t.yaml:1:8: a title must be text. Write `title: …`.");
    refuses("title: x\nstyle: {}\nstyles: {}\n",
        "t.yaml:2:1: unknown key \"style\". Did you mean \"styles\"?");
    refuses("", "t.yaml:1:1: styles are missing. Add `styles:` with a style for each role.");
    refuses("[]", "t.yaml:1:1: styles are missing. Add `styles:` with a style for each role.");
    refuses("a: [\n", "t.yaml:2:1: a value is missing here. Put one, or quote it.");
}

static void reports_all_mistakes_of_a_file(void **state)
{
    (void)state;
    static const char yaml[] = "titel: x\nstyles:\n  kay: {}\n  box: {fg: 999, bg: 999}\n";
    struct lw_problems p = {0};
    struct lw_theme t;
    assert_false(lw_theme_parse("t.yaml", yaml, strlen(yaml), &t, &p));
    assert_int_equal(p.n, 4);
    lw_problems_fini(&p);
}

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void finds_the_users_own_first(void **state)
{
    (void)state;
    char folder[] = "/tmp/lw-theme-XXXXXX", path[3][128];
    assert_non_null(mkdtemp(folder));
    snprintf(path[0], sizeof path[0], "%s/labelwright", folder);
    snprintf(path[1], sizeof path[1], "%s/labelwright/themes", folder);
    snprintf(path[2], sizeof path[2], "%s/labelwright/themes/dark.yaml", folder);
    assert_int_equal(mkdir(path[0], 0700), 0);
    assert_int_equal(mkdir(path[1], 0700), 0);
    setenv("XDG_CONFIG_HOME", folder, 1);
    struct lw_theme t;
    struct lw_err err = {0};
    write_file(path[2], "title: My dark\nstyles: {}\n");
    assert_int_equal(lw_theme_load("dark", &t, &err), LW_OK);
    assert_string_equal(t.title, "My dark");
    lw_theme_fini(&t);
    write_file(path[2], "styles: {kee: {}}\n");
    assert_int_equal(lw_theme_load("dark", &t, &err), LW_EBAD);
    assert_non_null(
        strstr(err.text, "dark.yaml:1:10: unknown role \"kee\". Did you mean \"key\"?"));
    lw_err_clear(&err);
    assert_int_equal(lw_theme_load("mono", &t, &err), LW_OK);
    lw_theme_fini(&t);
    unlink(path[2]);
    rmdir(path[1]);
    rmdir(path[0]);
    rmdir(folder);
    unsetenv("XDG_CONFIG_HOME");
}

static void lists_the_themes_there_are(void **state)
{
    (void)state;
    static const char *const absent[] = {"drak", "", "../dark", "dark.yaml", "a/b"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        struct lw_theme t;
        struct lw_err err = {0};
        assert_int_equal(lw_theme_load(absent[i], &t, &err), LW_EABSENT);
        assert_non_null(strstr(err.text, "There are: dark, mono."));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_theme_compiled_in_sets_every_role),
        cmocka_unit_test(the_chosen_point_stands_out_without_colours),
        cmocka_unit_test(reads_colours_and_attributes),
        cmocka_unit_test(takes_the_rest_after_text),
        cmocka_unit_test(names_each_mistake_by_its_place),
        cmocka_unit_test(reports_all_mistakes_of_a_file),
        cmocka_unit_test(finds_the_users_own_first),
        cmocka_unit_test(lists_the_themes_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
