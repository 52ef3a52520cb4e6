/* Records read for their texts alone: the same task as by the tree, or none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "fixtures/texts_properties.h"

static const char *const plain[] = {
    "{\"id\":\"t1\",\"prompt\":\"P\",\"responses\":[{\"id\":\"a\",\"text\":\"A\"},{\"id\":\"b\","
    "\"text\":\"\"}]}",
    "{\"prompt\":\"no id \\u00e9\\ud83d\\ude00\\/\\n\",\"responses\":[\"one\",\"two\"]}",
    " { \"id\" : 12 , \"responses\" : [ { \"text\" : \"дом\" , \"model\" : \"m\" } ] , \"prompt\" "
    ": "
    "\"user\" } ",
    "{\"id\":\"x\",\"prompt\":\"only\",\"tags\":[\"p\",\"q r\"],\"reference\":\"R\",\"next\":\"N\","
    "\"meta\":{\"a\":[1,2.5,null,{\"b\":\"some text of its own\"}]}}",
    "{\"id\":\"\",\"prompt\":\"P\",\"responses\":[]}",
    "{\"prompt\":\"P\",\"tags\":[],\"responses\":[{\"text\":\"A\"}]}",
};

static const char *const other[] = {
    "",
    "{}",
    "[]",
    "{\"id\":\"t1\"}",
    "{\"prompt\":\"P\",\"prompt\":\"Q\"}",
    "{\"prompt\":\"P\",\"meta\":{\"a\":1,\"a\":2}}",
    ("{\"prompt\":\"P\",\"responses\":[{\"id\":\"a\",\"text\":\"A\"},"
     "{\"id\":\"a\",\"text\":\"B\"}]}"),
    "{\"prompt\":\"P\",\"responses\":[{\"id\":\"\",\"text\":\"A\"}]}",
    "{\"prompt\":\"P\",\"responses\":[{\"id\":\"a\"}]}",
    "{\"prompt\":\"P\",\"responses\":[{\"text\":\"A\",\"steps\":[\"s\"]}]}",
    "{\"prompt\":\"P\",\"responses\":[{\"text\":\"A\",\"text\":\"B\"}]}",
    "{\"prompt\":\"P\",\"responses\":[{\"text\":\"A\",\"score\":1}]}",
    "{\"prompt\":\"\",\"responses\":[\"\",\"\"]}",
    "{\"prompt\":\"P\",\"reference\":12}",
    "{\"prompt\":\"P\",\"tags\":\"x\"}",
    "{\"prompt\":\"P\",\"next\":null}",
    "{\"prompt\":[{\"role\":\"user\",\"content\":\"P\"}]}",
    "{\"prompt\":\"P\",\"response\":\"R\"}",
    "{\"prompt\":\"P\",\"extra\":\"R\"}",
    "{\"prompt\":\"P\",\"suggestions\":{}}",
    "{\"id\":1.5,\"prompt\":\"P\"}",
    "{\"id\":true,\"prompt\":\"P\"}",
    "{\"prompt\":\"nul \\u0000\"}",
    "{\"prompt\":\"P\",\"meta\":{\"a\":[\"nul \\u0000\"]}}",
    "{\"prompt\":\"half \\ud800\"}",
    "{\"prompt\":\"P\"} x",
    "{\"prompt\":\"P\",}",
    "{\"prompt\":\"no end}",
};

static struct lw_record_reader native(void)
{
    return (struct lw_record_reader){.format = lw_format_find("native")};
}

static void test_plain_records_are_read_alike(void **state)
{
    (void)state;
    const struct lw_record_reader reader = native();
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        bool read;
        if (!texts_agree(&reader, plain[i], strlen(plain[i]), &read))
            fail_msg("not the same: %s", plain[i]);
        if (!read)
            fail_msg("not read: %s", plain[i]);
    }
}

static void test_others_need_the_tree(void **state)
{
    (void)state;
    const struct lw_record_reader reader = native();
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (lw_record_reader_texts(&reader, other[i], strlen(other[i])))
            fail_msg("read: %s", other[i]);
    struct lw_record_reader wrapped = native(), named = native();
    const struct lw_column_map columns = {.prompt = (char *)"meta"};
    wrapped.wrap = "row";
    named.columns = &columns;
    assert_null(lw_record_reader_texts(&wrapped, plain[0], strlen(plain[0])));
    assert_null(lw_record_reader_texts(&named, plain[0], strlen(plain[0])));
}

/* Every byte replaced, in turn, by each byte there is. */
static void test_one_byte_changed(void **state)
{
    (void)state;
    const struct lw_record_reader reader = native();
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        size_t n = strlen(plain[i]);
        char *text = malloc(n);
        for (size_t at = 0; at < 256 * n; at++) {
            bool read;
            memcpy(text, plain[i], n);
            text[at / 256] = (char)(at % 256);
            if (!texts_agree(&reader, text, n, &read))
                fail_msg("not the same: %.*s", (int)n, text);
        }
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_records_are_read_alike),
        cmocka_unit_test(test_others_need_the_tree),
        cmocka_unit_test(test_one_byte_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
