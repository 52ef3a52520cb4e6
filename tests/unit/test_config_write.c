/* One setting written into config.yaml: a new file, one with comments, a link, and files that are
 * left alone. */
#define _GNU_SOURCE
#include "labelwright/config/config.h"
#include "labelwright/config/config_write.h"
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
static const struct lw_yaml_change light = {"theme", NULL, "light"};

static int set_up(void **state)
{
    (void)state;
    home = lw_strdup("/tmp/lw-write-XXXXXX");
    if (!mkdtemp(home))
        return -1;
    file = lw_format("%s/labelwright/config.yaml", home);
    setenv("XDG_CONFIG_HOME", home, 1);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char *command = lw_format("rm -rf '%s'", home);
    int status = system(command);
    free(command);
    free(file);
    free(home);
    return status;
}

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static char *get(const char *path)
{
    static char text[32768];
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return text;
}

static void make_folder(void)
{
    char *folder = lw_format("%s/labelwright", home);
    mkdir(folder, 0700);
    free(folder);
}

static void a_new_file_has_every_key_and_the_setting(void **state)
{
    (void)state;
    struct lw_config c;
    struct lw_problems p = {0};
    assert_int_equal(lw_config_change(&lw_sys_real, file, &light, NULL), LW_OK);
    assert_non_null(strstr(get(file), "\n#theme: dark\ntheme: light\n\n"));
    assert_non_null(strstr(get(file), "\n#idle_seconds: 120\n"));
    assert_int_equal(lw_config_load(&lw_sys_real, &c, &p, NULL), LW_OK);
    assert_string_equal(c.theme, "light");
    lw_config_fini(&c);
    struct stat st;
    assert_int_equal(stat(file, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void comments_stay_and_no_other_file_is_left(void **state)
{
    (void)state;
    make_folder();
    put(file, "# mine\ntheme: dark # night\n\n\n#end\n");
    assert_int_equal(lw_config_change(&lw_sys_real, file, &light, NULL), LW_OK);
    assert_string_equal(get(file), "# mine\ntheme: light # night\n\n\n#end\n");
    char *command = lw_format("test \"$(ls -A '%s/labelwright')\" = config.yaml", home);
    assert_int_equal(system(command), 0);
    free(command);
}

static void a_link_stays_a_link(void **state)
{
    (void)state;
    char *real = lw_format("%s/dot-config.yaml", home);
    make_folder();
    put(real, "theme: dark\n");
    assert_int_equal(symlink(real, file), 0);
    assert_int_equal(lw_config_change(&lw_sys_real, file, &light, NULL), LW_OK);
    struct stat st;
    assert_int_equal(lstat(file, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_string_equal(get(real), "theme: light\n");
    free(real);
}

static void refuses(enum lw_code code, const char *said, const char *text)
{
    struct lw_err err = {0};
    assert_int_equal(lw_config_change(&lw_sys_real, file, &light, &err), code);
    if (!strstr(err.text, said))
        fail_msg("%s", err.text);
    if (text)
        assert_string_equal(get(file), text);
}

static void what_is_not_plain_is_left_alone(void **state)
{
    (void)state;
    make_folder();
    put(file, "{theme: dark}\n");
    refuses(LW_EBAD, "config.yaml:1:1: this is written in a way", "{theme: dark}\n");
    put(file, "theme: [dark\n");
    refuses(LW_EBAD, "config.yaml:2:1: a '[' is not closed", "theme: [dark\n");
    put(file, "theme: dark\n");
    char *twin = lw_format("%s/twin", home);
    assert_int_equal(link(file, twin), 0);
    refuses(LW_EREFUSED, "has another name as well", "theme: dark\n");
    free(twin);
    remove(file);
    assert_int_equal(mkfifo(file, 0600), 0);
    refuses(LW_EBAD, "not a regular file", NULL);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_new_file_has_every_key_and_the_setting),
        TEST(comments_stay_and_no_other_file_is_left),
        TEST(a_link_stays_a_link),
        TEST(what_is_not_plain_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
