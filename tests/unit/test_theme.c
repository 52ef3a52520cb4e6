/* Themes: what a theme file may say, the themes that come with the program, and how far apart their
 * roles are on every kind of terminal. */
#define _GNU_SOURCE
#include "fixtures/shared_data.h"

#include "labelwright/tui/help.h"
#include "tui/theme_internal.h"

#include <errno.h>
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
        assert_int_equal(lw_theme_load(&lw_sys_real, *names, &t, &err), LW_OK);
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
        assert_int_equal(lw_theme_load(&lw_sys_real, *name, &t, NULL), LW_OK);
        assert_true(t.style[LW_ROLE_CHOSEN].attrs & LW_ATTR(REVERSE));
        assert_true(t.style[LW_ROLE_FOCUS].attrs != t.style[LW_ROLE_QUESTION].attrs);
        assert_true(t.style[LW_ROLE_ERROR].attrs != t.style[LW_ROLE_MESSAGE].attrs);
        lw_theme_fini(&t);
    }
}

/* ---- contrast, by WCAG 2.1 */

struct rgb {
    int v[3];
};

/* As xterm has them. */
static struct rgb palette(int n)
{
    static const struct rgb first[16] = {{{0, 0, 0}}, {{205, 0, 0}}, {{0, 205, 0}}, {{205, 205, 0}},
        {{0, 0, 238}}, {{205, 0, 205}}, {{0, 205, 205}}, {{229, 229, 229}}, {{127, 127, 127}},
        {{255, 0, 0}}, {{0, 255, 0}}, {{255, 255, 0}}, {{92, 92, 255}}, {{255, 0, 255}},
        {{0, 255, 255}}, {{255, 255, 255}}};
    static const int level[] = {0, 95, 135, 175, 215, 255};
    int grey = 8 + 10 * (n - 232);
    if (n < 16)
        return first[n];
    if (n >= 232)
        return (struct rgb){{grey, grey, grey}};
    return (struct rgb){{level[(n - 16) / 36], level[(n - 16) / 6 % 6], level[(n - 16) % 6]}};
}

/* x to the power of 2.4, for x in 0-1, without libm: the fifth root of its 12th power. */
static double power_2_4(double x)
{
    double x2 = x * x, x4 = x2 * x2, wanted = x4 * x4 * x4, low = 0, high = 1;
    for (int i = 0; i < 60; i++) {
        double r = (low + high) / 2;
        if (r * r * r * r * r < wanted)
            low = r;
        else
            high = r;
    }
    return low;
}

static double luminance(int colour)
{
    static const double weight[] = {0.2126, 0.7152, 0.0722};
    struct rgb c = palette(colour);
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double v = c.v[i] / 255.0;
        sum += weight[i] * (v <= 0.03928 ? v / 12.92 : power_2_4((v + 0.055) / 1.055));
    }
    return sum;
}

static double contrast(int a, int b)
{
    double x = luminance(a), y = luminance(b);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

/* What each theme is for: the least contrast, the terminal's own text, backgrounds it may have. */
enum { BLACK = 16, WHITE = 231, CHARCOAL = 235, PAPER = 255 };
static const struct made_for {
    const char *theme;
    double least;
    int text, background[2];
} made_for[] = {
    {"dark", 4.5, 252, {BLACK, CHARCOAL}},
    {"mono", 4.5, 252, {BLACK, CHARCOAL}},
    {"colour-blind", 4.5, 252, {BLACK, CHARCOAL}},
    {"light", 4.5, 235, {WHITE, PAPER}},
    {"high-contrast", 7, WHITE, {BLACK, BLACK}},
};

static void the_contrast_is_computed_as_wcag_has_it(void **state)
{
    (void)state;
    assert_int_equal((int)(100 * contrast(BLACK, WHITE) + 0.5), 2100);
    assert_int_equal((int)(100 * contrast(243, WHITE) + 0.5), 454); /* #767676, the known edge */
    assert_int_equal((int)(100 * contrast(WHITE, WHITE) + 0.5), 100);
}

static const struct made_for *find_made_for(const char *theme)
{
    for (size_t i = 0; i < sizeof made_for / sizeof *made_for; i++)
        if (strcmp(made_for[i].theme, theme) == 0)
            return &made_for[i];
    fail_msg("say in made_for which background the theme %s is for", theme);
    return NULL;
}

static void expect_contrast(const struct made_for *m, const struct lw_style *s, const char *role)
{
    for (int i = 0; i < 2; i++) {
        int fg = s->fg < 0 ? m->text : s->fg, bg = s->bg < 0 ? m->background[i] : s->bg;
        double c = contrast(fg, bg);
        if (c < m->least)
            fail_msg("%s: %s, %d on %d: %.2f, less than %.1f", m->theme, role, fg, bg, c, m->least);
    }
}

/* Rules are ornaments: only what is read counts. */
static void every_text_can_be_read_on_the_background_it_is_for(void **state)
{
    (void)state;
    static const char *const roles[] = {
#define X(id, name, help) #name,
        LW_ROLES(X)
#undef X
    };
    for (const char *const *name = lw_theme_names(); *name; name++) {
        struct lw_theme t;
        assert_int_equal(lw_theme_load(&lw_sys_real, *name, &t, NULL), LW_OK);
        for (int i = 0; i < LW_ROLE_COUNT; i++)
            if (i != LW_ROLE_RULE)
                expect_contrast(find_made_for(*name), &t.style[i], roles[i]);
        lw_theme_fini(&t);
    }
}

static void high_contrast_depends_on_no_colour_of_the_terminal(void **state)
{
    (void)state;
    struct lw_theme t;
    assert_int_equal(lw_theme_load(&lw_sys_real, "high-contrast", &t, NULL), LW_OK);
    for (int i = 0; i < LW_ROLE_COUNT; i++) {
        assert_true(t.style[i].fg >= 16 && t.style[i].bg == BLACK);
        assert_true(t.style[i].fg16 >= 0 && t.style[i].bg16 == 0);
    }
    lw_theme_fini(&t);
}

static void colour_blind_eyes_have_attributes_to_go_by(void **state)
{
    (void)state;
    static const enum lw_role apart[][2] = {
        {LW_ROLE_ANSWER, LW_ROLE_WARNING},
        {LW_ROLE_ANSWER, LW_ROLE_ERROR},
        {LW_ROLE_WARNING, LW_ROLE_ERROR},
        {LW_ROLE_ROLE_USER, LW_ROLE_ROLE_MODEL},
        {LW_ROLE_TEXT, LW_ROLE_SIGN},
    };
    struct lw_theme t;
    assert_int_equal(lw_theme_load(&lw_sys_real, "colour-blind", &t, NULL), LW_OK);
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
        assert_true(t.style[apart[i][0]].attrs != t.style[apart[i][1]].attrs);
    lw_theme_fini(&t);
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
        "t.yaml:2:3: unknown role \"wallpaper\". The theme dark.yaml lists all roles.");
    refuses("styles:\n  key: {blod: true}\n",
        "t.yaml:2:9: unknown key \"blod\". Did you mean \"bold\"?");
    refuses("styles:\n  key: {blinking: true}\n",
        "t.yaml:2:9: unknown key \"blinking\". "
        "A style has fg, bg, fg16, bg16, bold, dim, underline, reverse, italic.");
    refuses(
        "styles:\n  key: {fg: 256}\n", "t.yaml:2:13: no colour 256. Write a number from 0 to 255.");
    refuses(
        "styles:\n  key: {fg: -1}\n", "t.yaml:2:13: no colour -1. Write a number from 0 to 255.");
    refuses(
        "styles:\n  key: {fg16: 16}\n", "t.yaml:2:15: no colour 16. Write a number from 0 to 15.");
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
    refuses("a: [\n", "t.yaml:2:1: a value is missing here. Add one, or put the text in quotes.");
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

/* A folder for one theme of the user's own: its parts, the file last. */
struct own_theme {
    char folder[32], part[3][128];
};

static void make_own(struct own_theme *o, const char *name)
{
    snprintf(o->folder, sizeof o->folder, "/tmp/lw-theme-XXXXXX");
    assert_non_null(mkdtemp(o->folder));
    snprintf(o->part[0], sizeof o->part[0], "%s/labelwright", o->folder);
    snprintf(o->part[1], sizeof o->part[1], "%s/labelwright/themes", o->folder);
    snprintf(o->part[2], sizeof o->part[2], "%s/labelwright/themes/%s.yaml", o->folder, name);
    assert_int_equal(mkdir(o->part[0], 0700), 0);
    assert_int_equal(mkdir(o->part[1], 0700), 0);
    setenv("XDG_CONFIG_HOME", o->folder, 1);
}

static void remove_own(const struct own_theme *o)
{
    unlink(o->part[2]);
    rmdir(o->part[1]);
    rmdir(o->part[0]);
    rmdir(o->folder);
    unsetenv("XDG_CONFIG_HOME");
}

static void finds_the_users_own_first(void **state)
{
    (void)state;
    struct own_theme o;
    struct lw_theme t;
    struct lw_err err = {0};
    make_own(&o, "dark");
    write_file(o.part[2], "title: My dark\nstyles: {}\n");
    assert_int_equal(lw_theme_load(&lw_sys_real, "dark", &t, &err), LW_OK);
    assert_string_equal(t.title, "My dark");
    lw_theme_fini(&t);
    write_file(o.part[2], "styles: {kee: {}}\n");
    assert_int_equal(lw_theme_load(&lw_sys_real, "dark", &t, &err), LW_EBAD);
    assert_non_null(
        strstr(err.text, "dark.yaml:1:10: unknown role \"kee\". Did you mean \"key\"?"));
    lw_err_clear(&err);
    assert_int_equal(lw_theme_load(&lw_sys_real, "mono", &t, &err), LW_OK);
    lw_theme_fini(&t);
    remove_own(&o);
}

static void keep_preview(void *ctx, const struct lw_theme_about *t)
{
    if (strcmp(t->name, "each") == 0)
        lw_buf_str(ctx, t->preview);
}

/* True when something that is no blank is in this colour. */
static bool shows_colour(const char *preview, int colour)
{
    char *style = lw_format("\033[0;38;5;%dm", colour);
    bool shown = false;
    for (const char *at = preview; !shown && (at = strstr(at, style));) {
        at += strlen(style);
        shown = at[strspn(at, " ")] != '\033';
    }
    free(style);
    return shown;
}

static void the_preview_shows_every_role(void **state)
{
    (void)state;
    static const char *const roles[] = {
#define X(id, name, help) #name,
        LW_ROLES(X)
#undef X
    };
    struct own_theme o;
    struct lw_buf yaml = {0}, preview = {0};
    make_own(&o, "each");
    lw_buf_str(&yaml, "styles:\n");
    for (int i = 0; i < LW_ROLE_COUNT; i++)
        lw_buf_fmt(&yaml, "  %s: {fg: %d}\n", roles[i], 100 + i);
    write_file(o.part[2], yaml.data);
    lw_help_list_themes(&lw_sys_real, 256, keep_preview, &preview);
    for (int i = 0; i < LW_ROLE_COUNT; i++)
        if (!shows_colour(preview.data, 100 + i))
            fail_msg("labelwright themes shows no %s: add it to the sample in help.c", roles[i]);
    lw_buf_fini(&yaml);
    lw_buf_fini(&preview);
    remove_own(&o);
}

static int refuse_open(const struct lw_sys *sys, int dir, const char *name, int flags, mode_t mode)
{
    (void)sys, (void)dir, (void)name, (void)flags, (void)mode;
    errno = EIO;
    return -1;
}

/* A disk that fails is no reason to take another theme of that name silently. */
static void tells_of_a_theme_that_the_disk_withholds(void **state)
{
    (void)state;
    struct lw_sys sys = lw_sys_real;
    struct lw_theme t;
    struct lw_err err = {0};
    sys.openat = refuse_open;
    setenv("XDG_CONFIG_HOME", "/tmp", 1);
    assert_int_equal(lw_theme_load(&sys, "dark", &t, &err), LW_EIO);
    assert_non_null(strstr(err.text, "/tmp/labelwright/themes/dark.yaml"));
    unsetenv("XDG_CONFIG_HOME");
}

static void lists_the_themes_there_are(void **state)
{
    (void)state;
    static const char *const absent[] = {"drak", "", "../dark", "dark.yaml", "a/b"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        struct lw_theme t;
        struct lw_err err = {0};
        assert_int_equal(lw_theme_load(&lw_sys_real, absent[i], &t, &err), LW_EABSENT);
        assert_non_null(
            strstr(err.text, "Use one of: dark, colour-blind, high-contrast, light, mono."));
    }
}

static void few_colours_stand_for_many(void **state)
{
    (void)state;
    const struct lw_style style = {188, 22, 14, 10, LW_ATTR(UNDERLINE)};
    struct lw_style s = lw_style_on(&style, 256);
    assert_int_equal(s.fg, 188);
    assert_int_equal(s.bg, 22);
    s = lw_style_on(&style, 16);
    assert_int_equal(s.fg, 14);
    assert_int_equal(s.bg, 10);
    assert_int_equal(s.attrs, LW_ATTR(UNDERLINE));
    s = lw_style_on(&style, 8); /* bright ones are bold … */
    assert_int_equal(s.fg, 6);
    assert_int_equal(s.bg, 2);
    assert_int_equal(s.attrs, LW_ATTR(UNDERLINE) | LW_ATTR(BOLD));
    s = lw_style_on(&(struct lw_style){.fg16 = 8, .bg16 = LW_COLOUR_DEFAULT}, 8);
    assert_int_equal(s.fg, LW_COLOUR_DEFAULT); /* … but black, which would not be seen */
    assert_int_equal(s.bg, LW_COLOUR_DEFAULT);
    assert_int_equal(s.attrs, LW_ATTR(DIM));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_theme_compiled_in_sets_every_role),
        cmocka_unit_test(the_chosen_point_stands_out_without_colours),
        cmocka_unit_test(the_contrast_is_computed_as_wcag_has_it),
        cmocka_unit_test(few_colours_stand_for_many),
        cmocka_unit_test(every_text_can_be_read_on_the_background_it_is_for),
        cmocka_unit_test(high_contrast_depends_on_no_colour_of_the_terminal),
        cmocka_unit_test(colour_blind_eyes_have_attributes_to_go_by),
        cmocka_unit_test(reads_colours_and_attributes),
        cmocka_unit_test(takes_the_rest_after_text),
        cmocka_unit_test(names_each_mistake_by_its_place),
        cmocka_unit_test(reports_all_mistakes_of_a_file),
        cmocka_unit_test(finds_the_users_own_first),
        cmocka_unit_test(the_preview_shows_every_role),
        cmocka_unit_test(tells_of_a_theme_that_the_disk_withholds),
        cmocka_unit_test(lists_the_themes_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
