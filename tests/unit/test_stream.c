/* Answers of each API, as their servers write them, cut anywhere: the same comes out. */
#define _GNU_SOURCE
#include "fixtures/cut_bytes.h"
#include "labelwright/base/buf.h"
#include "labelwright/json/json_value.h"
#include "labelwright/text/utf8.h"
#include "model/api_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))
enum { SEEDS = 40, MIB = 1024 * 1024 };

struct feeding {
    struct lw_stream s;
    bool more;
};

static void feed(void *ctx, const char *piece, size_t n)
{
    struct feeding *f = ctx;
    f->more = f->more && lw_stream_feed(&f->s, piece, n);
}

static void add(struct lw_buf *to, const char *name, const char *s, size_t n)
{
    if (n > 0)
        lw_buf_fmt(to, "%s%s=%.*s", to->len ? " " : "", name, (int)n, s);
}

static void add_json(struct lw_buf *to, const char *name, json_t *v)
{
    struct lw_buf b = {0};
    if (v)
        lw_json_add(&b, v);
    add(to, name, b.data, b.len);
    json_decref(v);
    lw_buf_fini(&b);
}

/* All that came, in one line. New string. */
static char *told(const struct lw_stream *s)
{
    struct lw_buf to = {0};
    add(&to, "text", s->text.text.data, s->text.text.len);
    add(&to, "reasoning", s->reasoning.text.data, s->reasoning.text.len);
    add(&to, "refusal", s->refusal.text.data, s->refusal.text.len);
    add_json(&to, "calls", lw_stream_calls(s));
    add(&to, "finish", s->finish, s->finish ? strlen(s->finish) : 0);
    add(&to, "model", s->model, s->model ? strlen(s->model) : 0);
    add_json(&to, "usage", json_incref(s->usage));
    add(&to, "done", "yes", s->done ? 3 : 0);
    add(&to, "error", s->error, strlen(s->error));
    return lw_buf_detach(&to);
}

static void gives(enum lw_api_kind api, const char *bytes, size_t n, const char *wanted)
{
    for (unsigned seed = 0; seed < SEEDS; seed++) {
        struct feeding f = {.more = true};
        lw_stream_init(&f.s, lw_api_of(api));
        cut_bytes(bytes, n, seed, feed, &f);
        lw_stream_end(&f.s);
        char *got = told(&f.s);
        if (strcmp(got, wanted) != 0)
            fail_msg("cut %u gives\n%s\nnot\n%s", seed, got, wanted);
        assert_true(lw_utf8_valid(got, strlen(got), NULL));
        free(got);
        lw_stream_fini(&f.s);
    }
}

#define GIVES(api, bytes, wanted) gives(LW_API_##api, bytes, sizeof(bytes) - 1, wanted)
#define DELTA(content) "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":" content "}}]}\n\n"

/* ---- OpenAI and its likes */

static void reads_a_stream_of_openai(void **state)
{
    (void)state;
    GIVES(OPENAI,
        ": connected\n\n"
        "data: "
        "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"tiny-1\",\"choices\":"
        "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},"
        "\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n"
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Xin ch\xC3\xA0o\"}}],\"usage\":"
        "null,\"created\":99999999999999999999}\n\n"
        ": keep-alive\n\n"
        "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"another\"}}]}\n\n"
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\", \\ud83d\\ude00!\"}}]}\n\n"
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,\"rate\":1.5,"
        "\"completion_tokens_details\":{\"reasoning_tokens\":2}}}\n\n"
        "data: [DONE]\n\n"
        "data: after the end\n\n",
        "text=Xin ch\xC3\xA0o, \xF0\x9F\x98\x80! finish=stop model=tiny-1 "
        "usage={\"prompt_tokens\":7,\"completion_tokens\":3,"
        "\"completion_tokens_details.reasoning_tokens\":2} done=yes");
}

static void reads_reasoning_and_refusals(void **state)
{
    (void)state;
    GIVES(OPENAI,
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"hm\"}}]}\r\n\r\n"
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"m\"}}]}\r\n\r\n"
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"refusal\":\"No\"}}]}\r\n\r\n"
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":null},\"finish_reason\":"
        "\"content_filter\"}]}\r\n\r\n",
        "reasoning=hmm refusal=No finish=content_filter");
}

static void puts_tool_calls_together(void **state)
{
    (void)state;
    GIVES(OPENAI,
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\","
        "\"type\":\"function\",\"function\":{\"name\":\"find\",\"arguments\":\"\"}}]}}]}\n\n"
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":"
        "{\"arguments\":\"{\\\"q\\\":\"}},{\"index\":1,\"id\":\"b\",\"function\":{\"name\":"
        "\"stop\"}"
        "}]}}]}\n\n"
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":"
        "{\"arguments\":\"0.5}\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\n"
        "data: [DONE]\n\n",
        "calls=[{\"id\":\"a\",\"name\":\"find\",\"arguments\":\"{\\\"q\\\":0.5}\"},"
        "{\"id\":\"b\",\"name\":\"stop\",\"arguments\":\"\"}] finish=tool_calls done=yes");
}

static void takes_a_whole_answer_of_openai(void **state)
{
    (void)state;
    GIVES(OPENAI,
        "{\n  \"object\": \"chat.completion\", \"model\": \"tiny\",\n  \"choices\": [{\"index\": "
        "0, "
        "\"message\": {\"role\": \"assistant\", \"content\": \"All at once\", \"tool_calls\": [{"
        "\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}, {"
        "\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]}, "
        "\"finish_reason\": \"stop\"}],\n \"usage\": {\"total_tokens\": 9}\n}\n",
        "text=All at once calls=[{\"id\":\"a\",\"name\":\"f\",\"arguments\":\"{}\"},{\"id\":\"b\","
        "\"name\":\"g\",\"arguments\":\"{}\"}] finish=stop model=tiny usage={\"total_tokens\":9} "
        "done=yes");
    GIVES(OPENAI,
        "data: {\"choices\":[{\"delta\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[{"
        "\"type\":\"text\",\"text\":\"hm\"}]},{\"type\":\"text\",\"text\":\"parts\"}]}}]}\n\n",
        "text=parts reasoning=hm");
}

static void says_why_the_server_broke_off(void **state)
{
    (void)state;
    GIVES(OPENAI,
        DELTA("\"so far\"") "data: {\"error\":{\"message\":\"Out of memory.\",\"code\":1}}\n\n",
        "text=so far error=The server broke off: Out of memory.");
    GIVES(OPENAI, "{\"error\":{\"message\":\"no such model\",\"type\":\"x\"}}",
        "error=The server broke off: no such model.");
    GIVES(OPENAI, "{\"object\":\"error\",\"message\":\"too long\",\"code\":400}",
        "error=The server broke off: too long.");
    GIVES(OPENAI, DELTA("\"a\"") "error: {\"code\":500,\"message\":\"boom\"}\n\n",
        "text=a error=The server broke off: boom.");
    GIVES(OPENAI, "data: {\"error\":\"plain\"}\n\n", "error=The server broke off: plain.");
    GIVES(OPENAI, "event: error\ndata: {}\n\n", "error=The server broke off and gave no reason.");
    GIVES(OPENAI, DELTA("\"a\"") "data: {oops\n\n" DELTA("\"b\""),
        "text=a error=The server sent something that is not JSON in the middle of the answer. What "
        "came before it is kept.");
}

static void keeps_what_came_before_a_cut(void **state)
{
    (void)state;
    GIVES(OPENAI, DELTA("\"kept\"") "data: {\"choices\":[{\"index\":0,\"del", "text=kept");
    GIVES(OPENAI, DELTA("\"kept\"") "data: {\"choices\":[{\"delta\":{\"content\":\" too\"}}]}\n",
        "text=kept too");
}

/* ---- bytes that are no text */

static void keeps_control_characters_and_mends_the_rest(void **state)
{
    (void)state;
    GIVES(
        OPENAI, DELTA("\"\\u001b[31m\\u0007\\r\\n\\t\\u009b\""), "text=\x1b[31m\x07\r\n\t\xC2\x9B");
    GIVES(OPENAI, DELTA("\"a\\u0000b\""),
        "text=a\xEF\xBF\xBD"
        "b");
    GIVES(OPENAI, DELTA("\"\\ud83d\"") DELTA("\"\\ude00\""), "text=\xEF\xBF\xBD\xEF\xBF\xBD");
    GIVES(OPENAI, DELTA("\"\\\\ud83d \\\\\\\"\""), "text=\\ud83d \\\"");
    GIVES(OPENAI, DELTA("\"\xFF\xC3\""), "text=\xEF\xBF\xBD\xEF\xBF\xBD");
    GIVES(OPENAI, DELTA("\"\xED\xA0\x80\xC0\x80\""),
        "text=\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void joins_a_character_that_two_events_share(void **state)
{
    (void)state;
    GIVES(OPENAI, DELTA("\"caf\xC3\"") DELTA("\"\xA9!\""), "text=caf\xC3\xA9!");
    GIVES(OPENAI, DELTA("\"\xF0\"") DELTA("\"\x9F\"") DELTA("\"\x98\"") DELTA("\"\x80\""),
        "text=\xF0\x9F\x98\x80");
    GIVES(OPENAI, DELTA("\"\xE2\x82\"") DELTA("\"x\""), "text=\xEF\xBF\xBD\xEF\xBF\xBDx");
    GIVES(OPENAI, DELTA("\"\xE2\x82\""), "text=\xEF\xBF\xBD\xEF\xBF\xBD");
}

/* What stands for bytes on their way through the parser may be in a text as well. */
static void changes_no_character_of_the_private_range(void **state)
{
    (void)state;
    GIVES(OPENAI, DELTA("\"\xF4\x8F\xBE\x80\xF4\x8F\xBF\xBD\\udbff\\udfa9 \xF4\x80\x80\x80\""),
        "text=\xF4\x8F\xBE\x80\xF4\x8F\xBF\xBD\xF4\x8F\xBE\xA9 \xF4\x80\x80\x80");
}

/* ---- Ollama */

static void reads_a_stream_of_ollama(void **state)
{
    (void)state;
    GIVES(OLLAMA,
        "{\"model\":\"qwen\",\"created_at\":\"2026-11-29T00:00:00Z\",\"message\":{\"role\":"
        "\"assistant\",\"content\":\"\",\"thinking\":\"hm\"},\"done\":false}\n"
        "{\"model\":\"qwen\",\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"done\":"
        "false}\n"
        "{\"model\":\"qwen\",\"message\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{"
        "\"function\":{\"name\":\"find\",\"arguments\":{\"q\":\"\\u00e9\",\"n\":1}}}]},\"done\":"
        "false}\n"
        "{\"model\":\"qwen\",\"message\":{\"role\":\"assistant\",\"content\":\"!\",\"tool_calls\":["
        "{"
        "\"id\":\"x\",\"function\":{\"name\":\"stop\",\"arguments\":{}}}]},\"done\":false}\n"
        "{\"model\":\"qwen\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done_reason\":"
        "\"stop\",\"done\":true,\"total_duration\":5191566416,\"prompt_eval_count\":26,\"eval_"
        "count\":"
        "298}\n",
        "text=Hi! reasoning=hm "
        "calls=[{\"id\":\"\",\"name\":\"find\",\"arguments\":\"{\\\"q\\\":\\\"\xC3\xA9\\\","
        "\\\"n\\\":1}"
        "\"},{\"id\":\"x\",\"name\":\"stop\",\"arguments\":\"{}\"}] finish=stop model=qwen "
        "usage={\"prompt_eval_count\":26,\"eval_count\":298} done=yes");
    GIVES(OLLAMA, "{\"error\":\"model \\\"x\\\" not found\"}",
        "error=The server broke off: model \"x\" not found.");
    GIVES(OLLAMA, "{\"message\":{\"content\":\"a\"},\"done\":false}\n{\"error\":\"gone\"}\n",
        "text=a error=The server broke off: gone.");
}

/* ---- Anthropic */

#define EVENT(type, more) "event: " type "\ndata: {\"type\":\"" type "\"" more "}\n\n"

static void reads_a_stream_of_anthropic(void **state)
{
    (void)state;
    GIVES(ANTHROPIC,
        EVENT("message_start",
            ",\"message\":{\"id\":\"m\",\"role\":\"assistant\",\"content\":[],"
            "\"model\":\"big-1\",\"stop_reason\":null,\"usage\":{\"input_tokens\":"
            "25,\"output_tokens\":1,\"service_tier\":\"standard\"}}") EVENT("content_block_start",
            ",\"index\":0,\"content_block\":{\"type\":\"thinking\","
            "\"thinking\":\"\",\"signature\":\"\"}") EVENT("ping", "") EVENT("content_block_delta",
            ",\"index\":0,\"delta\":{\"type\":\"thinking_delta\","
            "\"thinking\":\"hm\"}") EVENT("content_block_delta",
            ",\"index\":0,\"delta\":{\"type\":\"signature_delta\","
            "\"signature\":\"c2ln\"}") EVENT("content_block_stop", ",\"index\":0")
            EVENT("content_block_start",
                ",\"index\":1,\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
                EVENT("content_block_delta",
                    ",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi \"}")
                    EVENT("content_block_delta",
                        ",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"you\"}")
                        EVENT("content_block_stop", ",\"index\":1") EVENT("content_block_start",
                            ",\"index\":2,\"content_block\":{\"type\":\"tool_use\",\"id\":"
                            "\"t1\",\"name\":\"find\",\"input\":{}}") EVENT("content_block_delta",
                            ",\"index\":2,\"delta\":{\"type\":\"input_json_delta\","
                            "\"partial_json\":\"\"}") EVENT("content_block_delta",
                            ",\"index\":2,\"delta\":{\"type\":\"input_json_delta\","
                            "\"partial_json\":\"{\\\"q\\\": 1\"}") EVENT("content_block_delta",
                            ",\"index\":2,\"delta\":{\"type\":\"input_json_delta\","
                            "\"partial_json\":\"}\"}") EVENT("content_block_stop", ",\"index\":2")
                            EVENT("something_new", ",\"text\":\"not ours\"") EVENT("message_delta",
                                ",\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},"
                                "\"usage\":{\"output_tokens\":15}") EVENT("message_stop", ""),
        "text=Hi you reasoning=hm "
        "calls=[{\"id\":\"t1\",\"name\":\"find\",\"arguments\":\"{\\\"q\\\": "
        "1}\"}] finish=tool_use model=big-1 usage={\"input_tokens\":25,\"output_tokens\":15} "
        "done=yes");
}

static void takes_a_whole_answer_and_errors_of_anthropic(void **state)
{
    (void)state;
    GIVES(ANTHROPIC,
        "{\"type\":\"message\",\"model\":\"big\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},{"
        "\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{\"a\":1.5}}],\"stop_reason\":"
        "\"end_turn\",\"usage\":{\"input_tokens\":3}}",
        "text=Hi calls=[{\"id\":\"t\",\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1.5}\"}] "
        "finish=end_turn model=big usage={\"input_tokens\":3} done=yes");
    GIVES(ANTHROPIC,
        "event: error\ndata: "
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":"
        "\"Overloaded\"}}\n\n",
        "error=The server broke off: Overloaded.");
    GIVES(ANTHROPIC,
        EVENT("message_delta", ",\"delta\":{\"stop_reason\":\"refusal\",\"stop_details\":{"
                               "\"explanation\":\"not this\"}}"),
        "refusal=not this finish=refusal");
}

/* ---- limits */

static void stops_at_its_limits(void **state)
{
    static const struct {
        const char *piece, *says;
    } rows[] = {
        {DELTA("\"%s\""), "longer than 4 MiB"},
        {"data: {\"choices\":[{\"delta\":{\"reasoning\":\"%s\"}}]}\n\n", "reasoning before"},
        {"data: {\"choices\":[{\"delta\":{\"refusal\":\"%s\"}}]}\n\n", "longer than 64 KiB"},
        {"data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":"
         "\"%s\"}}]}}]}\n\n",
            "arguments of the tool calls"},
    };
    char long_text[3 * 1000 + 1] = "";
    (void)state;
    for (size_t i = 0; i < sizeof long_text - 1; i += 3)
        memcpy(long_text + i, "\xE2\x82\xAC", 3); /* so that a limit falls inside a character */
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct feeding f = {.more = true};
        lw_stream_init(&f.s, lw_api_of(LW_API_OPENAI));
        struct lw_buf piece = {0};
        for (const char *c = rows[i].piece; *c; c++)
            if (strncmp(c, "%s", 2) == 0)
                lw_buf_str(&piece, long_text), c++;
            else
                lw_buf_char(&piece, *c);
        for (int k = 0; k < 2000 && f.more; k++)
            feed(&f, piece.data, piece.len);
        lw_stream_end(&f.s);
        assert_false(f.more);
        assert_non_null(strstr(f.s.error, rows[i].says));
        char *got = told(&f.s);
        assert_true(lw_utf8_valid(got, strlen(got), NULL));
        assert_in_range(strlen(got), 60 * 1024, 4 * MIB + 1000);
        free(got);
        lw_buf_fini(&piece);
        lw_stream_fini(&f.s);
    }
}

static void keeps_the_first_of_too_many_calls(void **state)
{
    struct feeding f = {.more = true};
    (void)state;
    lw_stream_init(&f.s, lw_api_of(LW_API_OPENAI));
    for (int i = 0; f.more && i < 1000; i++) {
        char *event = lw_format("data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":%d,"
                                "\"id\":\"i%d\"}]}}]}\n\n",
            i, i);
        feed(&f, event, strlen(event));
        free(event);
    }
    assert_false(f.more);
    assert_int_equal(f.s.ncalls, LW_ANSWER_CALLS_MAX);
    assert_non_null(strstr(f.s.error, "more than 256 tools"));
    lw_stream_fini(&f.s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_stream_of_openai),
        cmocka_unit_test(reads_reasoning_and_refusals),
        cmocka_unit_test(puts_tool_calls_together),
        cmocka_unit_test(takes_a_whole_answer_of_openai),
        cmocka_unit_test(says_why_the_server_broke_off),
        cmocka_unit_test(keeps_what_came_before_a_cut),
        cmocka_unit_test(keeps_control_characters_and_mends_the_rest),
        cmocka_unit_test(joins_a_character_that_two_events_share),
        cmocka_unit_test(changes_no_character_of_the_private_range),
        cmocka_unit_test(reads_a_stream_of_ollama),
        cmocka_unit_test(reads_a_stream_of_anthropic),
        cmocka_unit_test(takes_a_whole_answer_and_errors_of_anthropic),
        cmocka_unit_test(stops_at_its_limits),
        cmocka_unit_test(keeps_the_first_of_too_many_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
