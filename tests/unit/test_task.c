/* A record becomes a task, or an unreadable task with the reason. */
#include "fixtures/shared_data.h"
#include "labelwright/format/record_reader.h"
#include "labelwright/format/task.h"

#include "labelwright/base/buf.h"

static struct lw_task *native(const char *record)
{
    return lw_record_reader_task(
        &(struct lw_record_reader){.format = lw_format_find("native")}, record, strlen(record));
}

static void expect_refusal(const char *record, size_t n, const char *part)
{
    struct lw_task *t = lw_record_reader_task(
        &(struct lw_record_reader){.format = lw_format_find("native")}, record, n);
    if (!t->unreadable || !strstr(t->unreadable, part))
        fail_msg("%.60s\n  gives %s\n  wants %s", record, t->unreadable, part);
    assert_non_null(t->id);
    assert_int_equal(t->record.len, n);
    assert_int_equal(t->nturns + t->nresponses + t->ntags, 0);
    assert_null(t->root);
    lw_task_free(t);
}

static void test_refusals_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *record, *part;
    } hostile[] = {
        {"", "The record is empty"},
        {"{", "ends too early"},
        {"{\"id\":\"a", "ends too early"},
        {"[1]", "The record is a list, not an object"},
        {"\"x\"", "The record is a string, not an object"},
        {"12", "The record is a number"},
        {"null", "only null"},
        {"{\"a\":1,\"a\":2}", "Column 8 of the record: \"a\" is used twice"},
        {"{\"a\":{\"b\\\"c\":1,\"b\\\"c\":2}}",
            "Column 16 of the record: \"b\\\"c\" is used twice"},
        {"{\"a\":{\"b\":[{\"\":1,\"\":2}]}}", "\"\" is used twice"},
        {"{\"\xc3\xa9\":1,\"\xc3\xa9\":2}", "Column 8 of the record: \"\xc3\xa9\" is used twice"},
        {"{\"a\":1e400}", "1e400 is too large for a double"},
        {"{\"a\":-1.5E+400}", "-1.5E+400 is too large for a double"},
        {"99999999999999999999", "The record is a number"},
        {"{\"prompt\":99999999999999999999}", "\"prompt\" must be text or a list"},
        {"{\"a\":99999999999999999999,\"b\":\"\\u0000\"}",
            "Column 32 of the record: \\u0000 is a NUL"},
        {"{\"a\":99999999999999999999,\"a\":1}", "\"a\" is used twice"},
        {"{\"a\":99999999999999999999,\"b\":NaN}",
            "Column 31 of the record: NaN is not a JSON number"},
        {"{\"a\":099999999999999999999}", "not JSON"},
        {"{\"a\":NaN}", "Column 6 of the record: NaN is not a JSON number"},
        {"{\"a\":Infinity}", "Infinity is not a JSON number"},
        {"{\"a\":-Infinity}", "Column 6 of the record: -Infinity is not a JSON number"},
        {"{\"a\":True}", "True is Python"},
        {"{\"a\":None}", "None is Python"},
        {"{\"a\":\"x\\u0000y\"}", "Column 8 of the record: \\u0000 is a NUL character"},
        {"{\"a\\u0000\":1}", "Column 4 of the record: \\u0000 is a NUL character"},
        {"{\"a\":\"x\\ud83dy\"}", "Column 8 of the record: \\ud83d is half a surrogate pair"},
        {"{\"a\":\"\\ud83d\\ude00\\ude00\"}", "Column 19 of the record: \\ude00 is half"},
        {"{\"a\":\"\\\\ud83d\\ud83d\\u0041\"}", "Column 14 of the record: \\ud83d is half"},
        {"// note", "Column 1 of the record: remove comments like // or /* */"},
        {"{\"a\":1} // note", "Column 9 of the record: remove comments like // or /* */"},
        {"{\"a\":/* x */1}", "remove comments like // or /* */"},
        {"{\"a\":1}{\"b\":2}", "extra text after the record"},
        {"{\"a\":1,}", "Column 8 of the record: remove the comma before the closing bracket"},
        {"{\"a\":[1,]}", "remove the comma before the closing bracket"},
        {"{'a':1}", "Column 2 of the record: use \"double\" quotes"},
        {"{\"a\":\"\t\"}", "a control character in text: write it as \\u0009"},
        {"{\"a\":\"\n\"}", "\\u000a"},
        {"{\n\"a\":nul}", "Line 2, column 5 of the record: not JSON"},
        {"{a:1}", "not JSON"},
        {"{\"a\":1 \"b\"\t:2}", "Column 8 of the record: not JSON"},
        {"\xef\xbb\xbf{}", "not JSON"},
        {"{\"a\":\"\xff\"}", "Byte 7 of the record (0xFF) is not UTF-8"},
        {"{\"a\":\"\xc3", "Byte 7 of the record (0xC3) is not UTF-8"},
        {"{\"a\":\"\xed\xa0\x80\"}", "is not UTF-8"},
        {"{}", "no \"prompt\" and no \"responses\""},
        {"{\"id\":true,\"prompt\":\"p\"}", "\"id\" must be text or an integer"},
        {"{\"prompt\":1}", "\"prompt\" must be text or a list"},
        {"{\"prompt\":\"a\",\"messages\":[]}", "both \"prompt\" and \"messages\""},
        {"{\"messages\":\"a\"}", "\"messages\" must be a list"},
        {"{\"messages\":[{\"content\":\"a\"}]}", "\"messages\", message 1: \"role\" is missing"},
        {"{\"prompt\":[{\"role\":\"user\",\"content\":1}]}", "\"content\" is not text"},
        {"{\"messages\":[1]}", "message 1: \"role\" is missing"},
        {"{\"responses\":\"a\"}", "\"responses\" must be a list"},
        {"{\"responses\":[],\"response\":\"a\"}", "both \"responses\" and \"response\""},
        {"{\"response\":true}", "Response 1 has no text"},
        {"{\"responses\":[\"a\",{\"id\":\"b\"}]}", "Response 2 has no text"},
        {"{\"responses\":[{\"id\":[],\"text\":\"\"}]}",
            "Response 1: \"id\" must be text or an integer"},
        {"{\"responses\":[{\"id\":\"\",\"text\":\"\"}]}",
            "Response 1: \"id\" must be text or an integer"},
        {"{\"responses\":[\"a\",{\"id\":\"r1\",\"text\":\"\"}]}",
            "Two responses have the id \"r1\""},
        {"{\"responses\":[{\"id\":7,\"text\":\"\"},{\"id\":\"7\",\"text\":\"\"}]}", "the id \"7\""},
        {"{\"prompt\":\"a\",\"tags\":\"x\"}", "\"tags\" must be a list"},
        {"{\"prompt\":\"a\",\"tags\":[\"x\",1]}", "\"tags\": item 2 is not text"},
        {"{\"prompt\":\"a\",\"reference\":1.5}", "\"reference\" must be text"},
    };
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        expect_refusal(hostile[i].record, strlen(hostile[i].record), hostile[i].part);
    expect_refusal("{\"a\":\"\0\"}", 9, "Byte 7 of the record is NUL");
}

/* Hashes, amounts and ids that Python writes: they concern no other member. */
static void test_integers_of_any_size(void **state)
{
    (void)state;
    static const char *const number[] = {"0", "-0", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "18446744073709551616",
        "123456789012345678901234567890123456789012345678901234567890"};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        char *record =
            lw_format("{\"prompt\":\"say \\\"%s\\\\\",\"meta\":{\"a\":[1.5,%s, %s],\"b\":\"x\"},"
                      "\"reference\":%s,\"responses\":[{\"id\":%s,\"text\":\"\xc3\xa9\"}]}",
                number[i], number[i], number[i], number[i], number[i]);
        const char *printed = strcmp(number[i], "-0") == 0 ? "0" : number[i];
        struct lw_task *t = lw_record_reader_task(
            &(struct lw_record_reader){.format = lw_format_find("native")}, record, strlen(record));
        if (t->unreadable)
            fail_msg("%s: %s", record, t->unreadable);
        assert_int_equal(t->reference.n, strlen(printed));
        assert_memory_equal(t->reference.s, printed, t->reference.n);
        assert_string_equal(t->response[0].id, printed);
        assert_int_equal(t->turn[0].text.n, strlen("say \"") + strlen(number[i]) + strlen("\\"));
        lw_task_free(t);
        free(record);
    }
}

static void test_too_large_and_too_deep(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    for (int i = 0; i < 3000; i++)
        lw_buf_str(&b, "{\"a\":");
    expect_refusal(b.data, b.len, "nested too deeply");
    lw_buf_clear(&b);
    lw_buf_str(&b, "{\"id\":\"big\",\"prompt\":\"");
    memset(lw_buf_room(&b, LW_RECORD_MAX), 'x', LW_RECORD_MAX);
    b.len += LW_RECORD_MAX;
    lw_buf_str(&b, "\"}");
    struct lw_task *t = lw_record_reader_task(
        &(struct lw_record_reader){.format = lw_format_find("native")}, b.data, b.len);
    assert_non_null(strstr(t->unreadable, "The record is 16.0 MiB long; the limit is 16"));
    assert_string_equal(t->id, "big");
    lw_task_free(t);
    lw_buf_fini(&b);
}

static void test_id_is_what_a_parser_finds(void **state)
{
    (void)state;
    static const struct {
        const char *record, *id;
    } cases[] = {
        {"{\"id\":\"t1\",\"prompt\":\"p\"}", "t1"},
        {" { \"prompt\" : \"p\" , \"id\" : \"t1\" } ", "t1"},
        {"{\"prompt\":\"\\\"id\\\":\\\"no\\\"\",\"meta\":{\"id\":\"no\",\"a\":[\"}\"]},\"id\":"
         "\"yes\"}",
            "yes"},
        {"{\"prompt\":\"ends with \\\\\",\"id\":\"yes\"}", "yes"},
        {"{\"\\u0069d\":\"escaped\",\"prompt\":\"p\"}", "escaped"},
        {"{\"id\":\"a\\tb\\u00e9\\ud83d\\ude00\\/\",\"prompt\":\"p\"}",
            "a\tb\xc3\xa9\xf0\x9f\x98\x80/"},
        {"{\"id\":42,\"prompt\":\"p\"}", "42"},
        {"{\"id\":-7 ,\"prompt\":\"p\"}", "-7"},
        {"{\"id\":-0,\"prompt\":\"p\"}", "0"},
        {"{\"meta\":[1,2,{\"id\":3}],\"x\":null,\"id\":4,\"prompt\":\"p\"}", "4"},
        {"{\"id\":\"a\",\"id\":\"b\"}", "a"}, /* unreadable, but it can be called by its name */
        {"{\"id\":\"a\",nonsense", "a"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lw_task *t = native(cases[i].record);
        assert_string_equal(t->id, cases[i].id);
        lw_task_free(t);
    }
}

static void test_without_an_id_the_hash_names_it(void **state)
{
    (void)state;
    static const char *const records[] = {"{\"prompt\":\"p\"}", "{\"id\":null,\"prompt\":\"p\"}",
        "{\"id\":\"\",\"prompt\":\"p\"}", "{\"id\":1.5,\"prompt\":\"p\"}", "{\"id\":\"\\ud800\"}",
        "{\"id\":\"\xff\"}", "{\"id\":01}", "{\"meta\":{\"id\":\"x\"},\"prompt\":\"p\"}",
        "[{\"id\":\"x\"}]", "{\"idx\":\"a\",\"prompt\":\"p\"}", "nonsense", ""};
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        struct lw_task *t = native(records[i]);
        char hex[LW_SHA256_HEX];
        lw_sha256_hex(records[i], strlen(records[i]), hex);
        assert_string_equal(t->record.sha256, hex);
        assert_int_equal(strlen(t->id), 16);
        assert_memory_equal(t->id, hex, 16);
        lw_task_free(t);
    }
}

static void test_long_id_is_refused(void **state)
{
    (void)state;
    char *record = lw_format("{\"id\":\"%01025d\",\"prompt\":\"p\"}", 0);
    expect_refusal(record, strlen(record), "\"id\" is longer than 1024 bytes");
    memmove(record + 7, record + 8, strlen(record + 7));
    struct lw_task *t = native(record);
    assert_null(t->unreadable);
    assert_int_equal(strlen(t->id), 1024);
    lw_task_free(t);
    free(record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refusals_are_named),
        cmocka_unit_test(test_integers_of_any_size),
        cmocka_unit_test(test_too_large_and_too_deep),
        cmocka_unit_test(test_id_is_what_a_parser_finds),
        cmocka_unit_test(test_without_an_id_the_hash_names_it),
        cmocka_unit_test(test_long_id_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
