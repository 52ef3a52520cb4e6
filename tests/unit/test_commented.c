/* The commented config.yaml: every key the loader knows stands in it, each loads when it is
 * uncommented, and what it says of the defaults is true. */
#define _GNU_SOURCE
#include "labelwright/config/config.h"
#include "labelwright/config/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char *home, *file;

static int set_up(void **state)
{
    (void)state;
    home = lw_strdup("/tmp/lw-commented-XXXXXX");
    if (!mkdtemp(home))
        return -1;
    char *folder = lw_format("%s/labelwright", home);
    file = lw_format("%s/config.yaml", folder);
    setenv("XDG_CONFIG_HOME", home, 1);
    int well = mkdir(folder, 0700);
    free(folder);
    return well;
}

static int tear_down(void **state)
{
    (void)state;
    char *folder = lw_format("%s/labelwright", home);
    remove(file);
    rmdir(folder);
    rmdir(home);
    free(folder);
    free(file);
    free(home);
    return 0;
}

/* Loads this text; a mistake fails the test. */
static void load(const char *text, struct lw_config *to)
{
    struct lw_problems p = {0};
    FILE *f = fopen(file, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    if (lw_config_load(&lw_sys_real, to, &p, NULL) != LW_OK)
        fail_msg("%s\n%s", text, p.n ? p.v[0] : "");
    lw_problems_fini(&p);
}

/* The setting in this line; NULL when it is prose. */
static const char *setting(const char *line)
{
    return line[0] == '#' && line[1] != ' ' ? line + 1 : NULL;
}

/* Calls `each` with every line. */
static void lines(void (*each)(void *ctx, const char *line), void *ctx)
{
    struct lw_buf text = {0};
    lw_config_commented(&text);
    char *rest = text.data;
    for (char *line; (line = strsep(&rest, "\n"));)
        each(ctx, line);
    lw_buf_fini(&text);
}

struct key {
    const char *name;
    int times;
};

static void count_key(void *ctx, const char *line)
{
    struct key *key = ctx;
    const char *at = setting(line);
    size_t n = strlen(key->name);
    key->times += at && strncmp(at, key->name, n) == 0 && at[n] == ':';
}

static void has_every_key_once(void **state)
{
    (void)state;
    const struct lw_schema *t = lw_config_schema();
    assert_true(t->n > 15);
    for (size_t i = 0; i < t->n; i++) {
        struct key key = {t->field[i].key, 0};
        lines(count_key, &key);
        if (key.times != 1)
            fail_msg("%s stands there %d times", key.name, key.times);
    }
}

static void load_line(void *ctx, const char *line)
{
    const char *at = setting(line);
    struct lw_config c;
    if (!at)
        return;
    load(at, &c);
    lw_config_fini(&c);
    ++*(size_t *)ctx;
}

static void each_line_loads_when_it_is_uncommented(void **state)
{
    (void)state;
    size_t n = 0;
    lines(load_line, &n);
    assert_int_equal(n, lw_config_schema()->n);
}

static void gather(void *ctx, const char *line)
{
    const char *at = setting(line);
    if (at)
        lw_buf_fmt(ctx, "%s\n", at);
}

static void all_lines_load_together_and_as_it_is_made(void **state)
{
    (void)state;
    struct lw_buf all = {0}, made = {0};
    struct lw_config c;
    lines(gather, &all);
    load(all.data, &c);
    assert_string_equal(c.annotator, "maria");
    lw_config_fini(&c);
    lw_config_commented(&made);
    load(made.data, &c);
    assert_null(c.annotator);
    assert_null(c.theme);
    lw_config_fini(&c);
    lw_buf_fini(&all);
    lw_buf_fini(&made);
}

/* What is told as the default is what holds without the key. */
static void tells_the_defaults_that_hold(void **state)
{
    (void)state;
    const struct lw_schema *t = lw_config_schema();
    struct lw_buf defaults = {0};
    struct lw_config a, b;
    size_t told = 0, compared = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (!t->field[i].initial)
            continue;
        told++;
        lw_buf_fmt(&defaults, "%s: %s\n", t->field[i].key, t->field[i].initial);
    }
    load("", &a);
    load(defaults.data, &b);
    lw_buf_fini(&defaults);
#define SAME(member) (assert_int_equal(a.member, b.member), compared++)
    SAME(idle_ms);
    SAME(digit_guard_ms);
    SAME(digit_row);
    SAME(pictures_by);
    SAME(picture_filter);
    SAME(osc52);
    SAME(terminal_title);
    SAME(notify);
    SAME(arranges_bidi);
    SAME(sign_batches);
    SAME(ncurtain);
    SAME(repeats.percent);
    SAME(paste_guard);
    SAME(reading.cols);
#undef SAME
    assert_null(a.theme);
    assert_string_equal(b.theme, "dark"); /* lw_theme_names()[0] */
    assert_int_equal(a.repeats.after, b.repeats.after);
    assert_int_equal(a.reading.spacing, b.reading.spacing);
    assert_true(!b.reading.justify && !b.reading.numbers);
    assert_int_equal(compared + 1, told); /* a new key wants a line above */
    lw_config_fini(&a);
    lw_config_fini(&b);
}

static void long_line(void *ctx, const char *line)
{
    (void)ctx;
    if (strlen(line) > 110)
        fail_msg("too long: %s", line);
}

static void no_line_is_too_long_to_read(void **state)
{
    (void)state;
    lines(long_line, NULL);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(has_every_key_once),
        TEST(each_line_loads_when_it_is_uncommented),
        TEST(all_lines_load_together_and_as_it_is_made),
        TEST(tells_the_defaults_that_hold),
        TEST(no_line_is_too_long_to_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
