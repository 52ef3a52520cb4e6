/* Tools of a record in one spelling, whoever made them. */
#define _GNU_SOURCE
#include "labelwright/format/tools.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void sends(const char *tools, const char *wanted)
{
    json_t *list = tools ? json_loads(tools, 0, NULL) : NULL;
    assert_true(list || !tools);
    json_t *sent = lw_tools_to_send(list);
    char *text = sent ? json_dumps(sent, JSON_COMPACT) : NULL;
    if (wanted)
        assert_string_equal(text ? text : "nothing", wanted);
    else
        assert_null(sent);
    free(text);
    json_decref(sent);
    json_decref(list);
}

#define TAKES "{\"type\":\"object\",\"properties\":{\"q\":{\"type\":\"string\"}}}"
#define SENT(more) "[{\"type\":\"function\",\"function\":{\"name\":\"find\"" more "}}]"
#define WHOLE SENT(",\"description\":\"d\",\"parameters\":" TAKES)

static void every_maker_s_tool_is_sent_alike(void **state)
{
    (void)state;
    sends("[{\"type\":\"function\",\"function\":{\"name\":\"find\",\"description\":\"d\","
          "\"parameters\":" TAKES "}}]",
        WHOLE);
    sends("[{\"name\":\"find\",\"description\":\"d\",\"parameters\":" TAKES "}]", WHOLE);
    sends("[{\"name\":\"find\",\"description\":\"d\",\"input_schema\":" TAKES "}]", WHOLE);
    sends("[{\"type\":\"function\",\"name\":\"find\",\"strict\":true}]", SENT(",\"strict\":true"));
}

/* Servers refuse what they do not know. */
static void what_no_server_knows_is_left_out(void **state)
{
    (void)state;
    sends("[{\"name\":\"find\",\"cache_control\":{},\"returns\":\"text\",\"description\":null}]",
        SENT(""));
    sends("[{\"name\":\"find\",\"parameters\":\"q\",\"strict\":\"yes\"}]", SENT(""));
    sends("[{\"type\":\"web_search\"},\"find\",7,{\"name\":\"\"},{\"function\":{}}]", NULL);
    sends("[]", NULL);
    sends("{\"name\":\"find\"}", NULL);
    sends(NULL, NULL);
}

static void what_a_tool_takes_becomes_a_schema(void **state)
{
    (void)state;
    sends("[{\"name\":\"find\",\"parameters\":{\"properties\":{\"q\":{\"type\":\"string\"}}}}]",
        SENT(",\"parameters\":" TAKES));
    sends("[{\"name\":\"find\",\"parameters\":{\"q\":{\"type\":\"string\"}}}]",
        SENT(",\"parameters\":" TAKES));
    sends("[{\"name\":\"find\",\"parameters\":{}}]",
        SENT(",\"parameters\":{\"type\":\"object\",\"properties\":{}}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_maker_s_tool_is_sent_alike),
        cmocka_unit_test(what_no_server_knows_is_left_out),
        cmocka_unit_test(what_a_tool_takes_becomes_a_schema),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
