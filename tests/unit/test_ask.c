/* What is sent to a model, byte for byte, and what cannot be asked. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "model/api_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static char url[] = "http://127.0.0.1:1", name[] = "tiny\"chat", role[] = "r";

static json_t *parse(const char *text)
{
    json_error_t e;
    json_t *v = text ? json_loads(text, 0, &e) : NULL;
    if (text && !v)
        fail_msg("%s: %s", text, e.text);
    return v;
}

static void writes_with(enum lw_api_kind api, const char *messages, const char *tools,
    const char *parameters, const char *wanted)
{
    struct lw_model model = {.role = role, .api = api, .url = url, .name = name};
    json_t *m = parse(messages), *t = parse(tools), *p = parse(parameters);
    const struct lw_ask ask = {&model, m, t, p};
    struct lw_err err = {0};
    struct lw_buf to = {0};
    if (lw_ask_check(&ask, &err) != LW_OK)
        fail_msg("%s", err.text);
    lw_api_of(api)->write(&ask, &to);
    assert_string_equal(to.data, wanted);
    json_decref(parse(to.data));
    json_decref(m);
    json_decref(t);
    json_decref(p);
    lw_buf_fini(&to);
}

static void writes(
    enum lw_api_kind api, const char *messages, const char *parameters, const char *wanted)
{
    writes_with(api, messages, NULL, parameters, wanted);
}

static const char plain[] = "[{\"role\":\"user\",\"content\":\"Hi\"}]";
static const char all[] = "{\"temperature\":\"0.70\",\"top_p\":\"1\",\"max_tokens\":9,\"seed\":-3,"
                          "\"n\":4,\"system\":\"Be \\\"kind\\\".\",\"stop\":[\"\\n\",\"x\"]}";
static const char tools[] =
    "[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":\"?\"},"
    "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"a\",\"name\":\"find\","
    "\"arguments\":\"{\\\"q\\\": "
    "0.10}\"},{\"id\":\"b\",\"name\":\"odd\",\"arguments\":\"{oops\"}]},"
    "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"42\"},"
    "{\"role\":\"user\",\"content\":\"And?\"}]";
static const char both[] =
    "[{\"role\":\"user\",\"content\":\"?\"},{\"role\":\"assistant\",\"content\":\"\","
    "\"tool_calls\":[{\"id\":\"a\",\"name\":\"find\",\"arguments\":\"{}\"},"
    "{\"id\":\"b\",\"name\":\"clock\",\"arguments\":\"\"}]},"
    "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"42\"},"
    "{\"role\":\"tool\",\"tool_call_id\":\"b\",\"content\":\"noon\"}]";

#define FIND_TAKES "{\"type\":\"object\",\"properties\":{\"q\":{\"type\":\"string\"}}}"
#define FIND                                                                                       \
    "{\"type\":\"function\",\"function\":{\"name\":\"find\",\"description\":\"It "                 \
    "\\\"finds\\\".\","                                                                            \
    "\"parameters\":" FIND_TAKES ",\"strict\":true}}"
#define CLOCK "{\"type\":\"function\",\"function\":{\"name\":\"clock\"}}"
static const char defined[] = "[" FIND "," CLOCK "]";

static void writes_for_openai(void **state)
{
    (void)state;
    writes(LW_API_OPENAI, plain, NULL,
        "{\"model\":\"tiny\\\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
        "\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
    writes(LW_API_OPENAI, plain, all,
        "{\"model\":\"tiny\\\"chat\",\"messages\":[{\"role\":\"system\",\"content\":\"Be "
        "\\\"kind\\\".\"},{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":true,"
        "\"stream_options\":{\"include_usage\":true},\"temperature\":0.70,\"top_p\":1,"
        "\"max_tokens\":9,\"seed\":-3,\"stop\":[\"\\n\",\"x\"]}");
    writes(LW_API_OPENAI, tools, NULL,
        "{\"model\":\"tiny\\\"chat\",\"messages\":[{\"role\":\"system\",\"content\":\"S\"},"
        "{\"role\":\"user\",\"content\":\"?\"},{\"role\":\"assistant\",\"content\":\"\","
        "\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"find\","
        "\"arguments\":\"{\\\"q\\\": 0.10}\"}},{\"id\":\"b\",\"type\":\"function\",\"function\":{"
        "\"name\":\"odd\",\"arguments\":\"{oops\"}}]},{\"role\":\"tool\",\"content\":\"42\","
        "\"tool_call_id\":\"a\"},{\"role\":\"user\",\"content\":\"And?\"}],\"stream\":true,"
        "\"stream_options\":{\"include_usage\":true}}");
}

static void writes_for_ollama(void **state)
{
    (void)state;
    writes(LW_API_OLLAMA, plain, NULL,
        "{\"model\":\"tiny\\\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
        "\"stream\":true,\"options\":{}}");
    writes(LW_API_OLLAMA, plain, all,
        "{\"model\":\"tiny\\\"chat\",\"messages\":[{\"role\":\"system\",\"content\":\"Be "
        "\\\"kind\\\".\"},{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":true,\"options\":{"
        "\"temperature\":0.70,\"top_p\":1,\"num_predict\":9,\"seed\":-3,\"stop\":[\"\\n\",\"x\"]}"
        "}");
    writes(LW_API_OLLAMA, tools, NULL,
        "{\"model\":\"tiny\\\"chat\",\"messages\":[{\"role\":\"system\",\"content\":\"S\"},"
        "{\"role\":\"user\",\"content\":\"?\"},{\"role\":\"assistant\",\"content\":\"\","
        "\"tool_calls\":[{\"function\":{\"name\":\"find\",\"arguments\":{\"q\": 0.10}}},{"
        "\"function\":{\"name\":\"odd\",\"arguments\":{\"input\":\"{oops\"}}}]},{\"role\":\"tool\","
        "\"content\":\"42\",\"tool_name\":\"find\"},{\"role\":\"user\",\"content\":\"And?\"}],"
        "\"stream\":true,\"options\":{}}");
}

static void writes_for_anthropic(void **state)
{
    (void)state;
    writes(LW_API_ANTHROPIC, plain, NULL,
        "{\"model\":\"tiny\\\"chat\",\"max_tokens\":4096,\"stream\":true,\"messages\":[{\"role\":"
        "\"user\",\"content\":\"Hi\"}]}");
    writes(LW_API_ANTHROPIC, plain, all,
        "{\"model\":\"tiny\\\"chat\",\"max_tokens\":9,\"stream\":true,\"system\":\"Be "
        "\\\"kind\\\".\",\"temperature\":0.70,\"top_p\":1,\"stop_sequences\":[\"\\n\",\"x\"],"
        "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    writes(LW_API_ANTHROPIC, tools, "{\"system\":\"P\"}",
        "{\"model\":\"tiny\\\"chat\",\"max_tokens\":4096,\"stream\":true,\"system\":\"P\\n\\nS\","
        "\"messages\":[{\"role\":\"user\",\"content\":\"?\"},{\"role\":\"assistant\",\"content\":[{"
        "\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"find\",\"input\":{\"q\": 0.10}},{\"type\":"
        "\"tool_use\",\"id\":\"b\",\"name\":\"odd\",\"input\":{\"input\":\"{oops\"}}]},{\"role\":"
        "\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":\"42\"}]"
        "},"
        "{\"role\":\"user\",\"content\":\"And?\"}]}");
}

static void tells_openai_of_tools(void **state)
{
    (void)state;
    writes_with(LW_API_OPENAI, plain, defined, "{\"seed\":1}",
        "{\"model\":\"tiny\\\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
        "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"seed\":1,\"tools\":[" FIND
        "," CLOCK "]}");
    writes_with(LW_API_OPENAI, plain, "[]", NULL,
        "{\"model\":\"tiny\\\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
        "\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
}

static void tells_ollama_of_tools(void **state)
{
    (void)state;
    writes_with(LW_API_OLLAMA, plain, defined, "{\"seed\":1}",
        "{\"model\":\"tiny\\\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
        "\"stream\":true,\"options\":{\"seed\":1},\"tools\":[" FIND "," CLOCK "]}");
}

/* What it does not know is left out; results stand in one message. */
static void tells_anthropic_of_tools(void **state)
{
    (void)state;
    writes_with(LW_API_ANTHROPIC, both, defined, NULL,
        "{\"model\":\"tiny\\\"chat\",\"max_tokens\":4096,\"stream\":true,\"tools\":[{\"name\":"
        "\"find\",\"description\":\"It \\\"finds\\\".\",\"input_schema\":" FIND_TAKES
        "},{\"name\":\"clock\",\"input_schema\":{\"type\":\"object\"}}],\"messages\":[{\"role\":"
        "\"user\",\"content\":\"?\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\","
        "\"id\":\"a\",\"name\":\"find\",\"input\":{}},{\"type\":\"tool_use\",\"id\":\"b\","
        "\"name\":\"clock\",\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":"
        "\"tool_result\",\"tool_use_id\":\"a\",\"content\":\"42\"},{\"type\":\"tool_result\","
        "\"tool_use_id\":\"b\",\"content\":\"noon\"}]}]}");
}

static void names_what_cannot_be_asked(void **state)
{
    static const struct {
        const char *messages, *parameters, *says;
    } rows[] = {
        {"[]", NULL, "write a message first"},
        {"[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"bot\",\"content\":\"a\"}]", NULL,
            "Message 2 has no role that models know"},
        {"[{\"content\":\"a\"}]", NULL, "Message 1 has no role"},
        {"[{\"role\":\"user\"}]", NULL, "Message 1 has no text"},
        {"[{\"role\":\"user\",\"content\":[1]}]", NULL, "Message 1 has no text"},
        {"[{\"role\":\"system\",\"tool_calls\":[{}]}]", NULL, "Message 1 has no text"},
        {plain, "{\"temperature\":0.7}", "\"temperature\" takes a decimal number in quotes"},
        {plain, "{\"temperature\":\"0,7\"}", "takes a decimal number in quotes"},
        {plain, "{\"temperature\":\"07\"}", "takes a decimal number in quotes"},
        {plain, "{\"temperature\":\"1.\"}", "takes a decimal number in quotes"},
        {plain, "{\"temperature\":\"1}\"}", "takes a decimal number in quotes"},
        {plain, "{\"top_p\":\"\"}", "\"top_p\" takes"},
        {plain, "{\"max_tokens\":\"9\"}", "\"max_tokens\" takes an integer"},
        {plain, "{\"stop\":\"x\"}", "\"stop\" takes a list of texts"},
        {plain, "{\"stop\":[1]}", "\"stop\" takes a list of texts"},
        {plain, "{\"top_k\":1}", "Unknown parameter \"top_k\". Use one of: temperature"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        json_t *m = parse(rows[i].messages), *p = parse(rows[i].parameters);
        const struct lw_ask ask = {NULL, m, NULL, p};
        struct lw_err err = {0};
        assert_int_equal(lw_ask_check(&ask, &err), LW_EUSAGE);
        if (!strstr(err.text, rows[i].says))
            fail_msg("%s: %s", rows[i].says, err.text);
        json_decref(m);
        json_decref(p);
    }
}

static void a_tool_needs_a_name(void **state)
{
    (void)state;
    json_t *m = parse(plain), *t = parse("[" CLOCK ",{\"type\":\"function\",\"function\":{}}]");
    const struct lw_ask ask = {NULL, m, t, NULL};
    struct lw_err err = {0};
    assert_int_equal(lw_ask_check(&ask, &err), LW_EUSAGE);
    assert_string_equal(err.text, "Tool 2 has no name. Name it, or leave it out.");
    json_decref(m);
    json_decref(t);
}

static void finds_the_address(void **state)
{
    static const struct {
        enum lw_api_kind api;
        const char *url, *whole;
    } rows[] = {
        {LW_API_OPENAI, "http://127.0.0.1:1", "http://127.0.0.1:1/v1/chat/completions"},
        {LW_API_OPENAI, "http://127.0.0.1:1/", "http://127.0.0.1:1/v1/chat/completions"},
        {LW_API_OPENAI, "http://127.0.0.1:1/v1", "http://127.0.0.1:1/v1/chat/completions"},
        {LW_API_OPENAI, "http://127.0.0.1:1/v1/", "http://127.0.0.1:1/v1/chat/completions"},
        {LW_API_OPENAI, "https://a.example/open/v1", "https://a.example/open/v1/chat/completions"},
        {LW_API_OPENAI, "https://a.example/open", "https://a.example/open/v1/chat/completions"},
        {LW_API_OPENAI, "https://a.example/v4/chat/completions",
            "https://a.example/v4/chat/completions"},
        {LW_API_OPENAI, "https://a.example/dev1", "https://a.example/dev1/v1/chat/completions"},
        {LW_API_OLLAMA, "http://127.0.0.1:11434", "http://127.0.0.1:11434/api/chat"},
        {LW_API_OLLAMA, "http://127.0.0.1:11434/api", "http://127.0.0.1:11434/api/chat"},
        {LW_API_ANTHROPIC, "https://a.example", "https://a.example/v1/messages"},
        {LW_API_ANTHROPIC, "https://a.example/v1/messages", "https://a.example/v1/messages"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *given = lw_strdup(rows[i].url);
        const struct lw_model model = {.api = rows[i].api, .url = given};
        char *whole = lw_api_url(&model);
        assert_string_equal(whole, rows[i].whole);
        free(whole);
        free(given);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_for_openai),
        cmocka_unit_test(writes_for_ollama),
        cmocka_unit_test(writes_for_anthropic),
        cmocka_unit_test(tells_openai_of_tools),
        cmocka_unit_test(tells_ollama_of_tools),
        cmocka_unit_test(tells_anthropic_of_tools),
        cmocka_unit_test(names_what_cannot_be_asked),
        cmocka_unit_test(a_tool_needs_a_name),
        cmocka_unit_test(finds_the_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
