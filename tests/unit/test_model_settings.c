/* `models:` of config.yaml: which model a role means, and every mistake. */
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

static void says(const char *text, const char *const *wanted, size_t n)
{
    struct lw_config c;
    struct lw_problems p = {0};
    assert_int_equal(config_fixture_load(text, &c, &p), LW_EBAD);
    for (size_t i = 0; i < p.n && i < n; i++)
        assert_string_equal(p.v[i] + strlen(config_fixture_file()), wanted[i]);
    assert_int_equal(p.n, n);
    lw_problems_fini(&p);
    lw_config_fini(&c);
}

static void reads_each_model(void **state)
{
    (void)state;
    struct lw_config c;
    config_fixture_load_well(
        "models:\n"
        "  assistant under test:\n"
        "    api: openai\n"
        "    url: http://127.0.0.1:8080/proxy\n"
        "    model: tiny-chat\n"
        "  judge: {api: anthropic, url: https://models.example.org, model: big}\n"
        "  default: {api: ollama, url: \"http://localhost:11434\", model: \"qwen2.5:0.5b\"}\n",
        &c);
    assert_int_equal(c.nmodel, 3);
    assert_string_equal(c.model[0].role, "assistant under test");
    assert_int_equal(c.model[0].api, LW_API_OPENAI);
    assert_string_equal(c.model[0].url, "http://127.0.0.1:8080/proxy");
    assert_string_equal(c.model[0].name, "tiny-chat");
    assert_int_equal(c.model[0].line, 2);
    assert_int_equal(c.model[0].col, 3);
    assert_int_equal(c.model[1].api, LW_API_ANTHROPIC);
    assert_string_equal(lw_api_name(c.model[2].api), "ollama");
    assert_string_equal(c.model[2].name, "qwen2.5:0.5b");
    lw_config_fini(&c);
}

static void finds_the_model_of_a_role(void **state)
{
    (void)state;
    struct lw_config c;
    config_fixture_load_well("models:\n"
                             "  judge: {api: openai, url: http://127.0.0.1:1, model: a}\n"
                             "  default: {api: openai, url: http://127.0.0.1:2, model: b}\n",
        &c);
    assert_string_equal(lw_config_model(&c, "judge")->name, "a");
    assert_string_equal(lw_config_model(&c, "Judge")->name, "b");
    assert_string_equal(lw_config_model(&c, "assistant under test")->name, "b");
    assert_string_equal(lw_config_model(&c, NULL)->name, "b");
    lw_config_fini(&c);
    config_fixture_load_well(
        "models:\n  judge: {api: openai, url: http://127.0.0.1:1, model: a}\n", &c);
    assert_null(lw_config_model(&c, "assistant under test"));
    assert_null(lw_config_model(&c, NULL));
    lw_config_fini(&c);
    config_fixture_load_well("theme: dark\n", &c);
    assert_null(lw_config_model(&c, "default"));
    lw_config_fini(&c);
}

static void says_what_is_wrong_and_the_cure(void **state)
{
    (void)state;
    static const char *const address[] = {
        ":3:25: \"http://models.example.org\" uses http://, which is allowed for this machine only "
        "(127.0.0.1). Write the server's address, such as `url: http://127.0.0.1:8080`.",
        ":4:25: \"…\" contains a user name or password: never write a secret into this file. Write "
        "the server's address, such as `url: http://127.0.0.1:8080`.",
        ":5:25: \"https://models.example.org/v1?key=1\" has a ? or a #: give the address up to "
        "there. Write the server's address, such as `url: http://127.0.0.1:8080`.",
        ":6:25: \"models.example.org\" does not start with https:// or http://. Write the server's "
        "address, such as `url: http://127.0.0.1:8080`.",
        ":7:12: unknown API \"opena\". Did you mean \"openai\"?",
        ":8:12: \"api\" takes openai, ollama or anthropic, not a list. Write `api: openai`.",
        ":9:57: unknown key \"modl\". Did you mean \"model\"?",
    };
    says("models:\n"
         "  # the place of each mistake is that of its value\n"
         "  a: {api: openai, url: http://models.example.org, model: m}\n"
         "  b: {api: openai, url: https://me:pw@models.example.org, model: m}\n"
         "  c: {api: openai, url: https://models.example.org/v1?key=1, model: m}\n"
         "  d: {api: openai, url: models.example.org, model: m}\n"
         "  e: {api: opena, url: http://127.0.0.1:1, model: m}\n"
         "  f: {api: [openai], url: http://127.0.0.1:1, model: m}\n"
         "  g: {api: openai, url: http://127.0.0.1:1, model: big, modl: m}\n",
        address, COUNT(address));
}

static void refuses_a_secret_and_says_where_it_belongs(void **state)
{
    (void)state;
    static const char *const keys[] = {"token", "api_key", "token_file", "key", "authorization"};
    for (size_t i = 0; i < COUNT(keys); i++) {
        char *text = lw_format(
            "models:\n  a: {api: openai, url: http://127.0.0.1:1, model: m, %s: s3cret}\n",
            keys[i]);
        struct lw_config c;
        struct lw_problems p = {0};
        assert_int_equal(config_fixture_load(text, &c, &p), LW_EBAD);
        assert_int_equal(p.n, 1);
        assert_non_null(strstr(p.v[0], "never write a secret into this file"));
        assert_non_null(strstr(p.v[0], "`endpoints:`"));
        assert_null(strstr(p.v[0], "s3cret"));
        lw_problems_fini(&p);
        lw_config_fini(&c);
        free(text);
    }
}

static void names_what_is_missing(void **state)
{
    (void)state;
    struct lw_config c;
    struct lw_problems p = {0};
    assert_int_equal(config_fixture_load("models:\n  a: {}\n", &c, &p), LW_EBAD);
    assert_int_equal(p.n, 3);
    assert_non_null(strstr(p.v[0], "\"api\""));
    assert_non_null(strstr(p.v[1], "\"url\""));
    assert_non_null(strstr(p.v[2], "\"model\""));
    lw_problems_fini(&p);
    lw_config_fini(&c);
    static const char *const list[] = {
        ":1:9: \"models\" takes a map of models and how to reach them, not a list. Write `models: "
        "{default: {api: openai, url: \"http://127.0.0.1:8080\", model: tiny-chat}}`."};
    says("models: [a]\n", list, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, config_fixture_begin, config_fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_each_model),
        TEST(finds_the_model_of_a_role),
        TEST(says_what_is_wrong_and_the_cure),
        TEST(refuses_a_secret_and_says_where_it_belongs),
        TEST(names_what_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
