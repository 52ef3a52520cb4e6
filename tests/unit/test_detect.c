/* What kind of file a task file is, by its content; what is refused, and with which cure. */
#define _GNU_SOURCE
#include "fixtures/tasks_fixture.h"
#include "labelwright/format/detect.h"

static void expect_refused(struct tasks_fixture *r, const char *bytes, size_t n, const char *part)
{
    struct lw_tasks *t;
    struct lw_err err = {0};
    tasks_fixture_put(r, "a.jsonl", bytes, n, "wb");
    enum lw_code code = lw_tasks_open(&r->sys, &r->project, &t, &err);
    if (code != LW_EBAD || !strstr(err.text, part) || !strstr(err.text, "a.jsonl"))
        fail_msg("%.40s\n  gives %d %s\n  wants %s", bytes, code, err.text, part);
    assert_null(t);
}

static void test_what_cannot_be_read_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *part;
    } cases[] = {
        {"", "a.jsonl is empty."},
        {" \n\r\n\t", "is empty (only blank lines)"},
        {"\xef\xbb\xbf", "is empty (only blank lines)"},
        {"[]", "no record can be read"},
        {"[1,\"a\"]", "The first record: The record is a number, not an object"},
        {"[{\"prompt\":\"p\",}]", "remove the comma before the closing bracket"},
        {"// tasks\n{\"prompt\":\"p\",}", "remove comments like // or /* */: JSON has none"},
        {"{\n  // why\n  \"prompt\": \"p\"\n}\n",
            "remove comments like // or /* */: JSON has none"},
        {"{\n \"prompt\": \"p\"", "ends too early"},
        {"<!DOCTYPE html>\n<p>a, b</p>\n", "looks like HTML or XML"},
        {"[{\"id\":1,\"annotations\":[{\"id\":2}]}]",
            "Label Studio annotations without their tasks"},
        {"{\"question_id\":1,\"choices\":[]}", "contains answers, not tasks"},
        {"id,prompt\n1,hello,x\n2\n",
            "looks like CSV or TSV, but not all rows have the same number"},
        {"Dear all,\nthank you, and good night.\nYours\n", "looks like CSV or TSV"},
        {"a\t\"b\nc\td\n", "looks like CSV or TSV"},
        {"hello world\n", "no record can be read"},
        {"\"a\"\n\"b\"\n", "The first record: The record is a string"},
        {"{\"prompt\":\"p\",}\n", "remove the comma before the closing bracket"},
        {"\xff\xfe{", "is UTF-16 text"},
        {"\x1f\x8b\x08", "compressed (gzip)"},
        {"PK\x03\x04", "ZIP"},
        {"PAR1", "Parquet"},
        {"\x89PNG\r\n\x1a\n", "a picture"},
        {"hello \xff\xfe\n", "line 1 has the byte 0xFF, which is not UTF-8"},
        {"{\"prompt\":\n\"caf\xe9\"}\n",
            "line 2 has the byte 0xE9, which is not UTF-8. If the file is Windows-1252"},
        {"prompt,response\ncaf\xe9,a\n", "say so:  --encoding windows-1252"},
        {"prompt,response\rp,a\r", "its lines end with CR only. Convert it:  tr '\\r' '\\n'"},
        {"{\"prompt\":\"p\"}\r{\"prompt\":\"q\"}\r", "its lines end with CR only"},
        {"prompt,response\n", "has a header but no rows"},
        {"text\r\n", "has a header but no rows"},
        {"sep=;\nprompt;response\n;\n", "has a header but no rows"},
        {"{\"headline\":\"q\",\"body\":\"a\"}\n", "has the members \"headline\", \"body\""},
        {"{}\n", "has the members of an empty object"},
    };
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_refused(&r, cases[i].bytes, strlen(cases[i].bytes), cases[i].part);
    expect_refused(&r, "{\0\"\0a\0", 6, "is UTF-16 text");
    expect_refused(&r, "\0{\0\"\0a", 6, "is UTF-16 text");
    expect_refused(&r, "x\0\0\0yz\n", 7, "is binary");
    tasks_fixture_remove(&r);
}

static void test_what_is_no_file_is_refused(void **state)
{
    (void)state;
    struct tasks_fixture r;
    struct lw_tasks *t;
    struct lw_err err = {0};
    tasks_fixture_make(&r);
    assert_int_equal(lw_tasks_open(&r.sys, &r.project, &t, &err), LW_EABSENT);
    assert_non_null(strstr(err.text, "a.jsonl"));
    lw_err_clear(&err);
    r.file[0].path = (char *)".";
    assert_int_equal(lw_tasks_open(&r.sys, &r.project, &t, &err), LW_EBAD);
    assert_non_null(strstr(err.text, "is a folder"));
    lw_err_clear(&err);
    r.file[0].path = (char *)"a.jsonl";
    char *path = tasks_fixture_path(&r, "a.jsonl");
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(lw_tasks_open(&r.sys, &r.project, &t, &err), LW_EBAD);
    assert_non_null(strstr(err.text, "is not a regular file"));
    lw_err_clear(&err);
    remove(path);
    tasks_fixture_write(&r, "a.jsonl", "{\"prompt\":\"p\"}\n");
    r.file[0].format = (char *)"unheard";
    assert_int_equal(lw_tasks_open(&r.sys, &r.project, &t, &err), LW_EUSAGE);
    lw_err_clear(&err);
    r.project.ntasks = 0;
    assert_int_equal(lw_tasks_open(&r.sys, &r.project, &t, &err), LW_EBAD);
    free(path);
    tasks_fixture_remove(&r);
}

static void test_recognise(void **state)
{
    (void)state;
    struct tasks_fixture r;
    const struct lw_format *f;
    struct lw_err err = {0};
    tasks_fixture_make(&r);
    char *path = tasks_fixture_path(&r, "a.jsonl");
    tasks_fixture_write(
        &r, "a.jsonl", "broken\n{\"chosen\":\"\\n\\nHuman: q\",\"rejected\":\"\"}\n");
    assert_int_equal(lw_detect_format(&r.sys, path, "a.jsonl", &f, &err), LW_OK);
    assert_string_equal(f->name, "hh-rlhf");
    tasks_fixture_write(&r, "a.jsonl", "[{\"input\":\"i\",\"output_1\":\"a\",\"output_2\":\"b\"}]");
    assert_int_equal(lw_detect_format(&r.sys, path, "a.jsonl", &f, &err), LW_OK);
    assert_string_equal(f->name, "llmbar");
    tasks_fixture_write(&r, "a.jsonl", "[1]");
    assert_int_equal(lw_detect_format(&r.sys, path, "a.jsonl", &f, &err), LW_EBAD);
    free(path);
    tasks_fixture_remove(&r);
}

static void test_a_given_format_takes_what_is_not_guessed(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    r.file[0].format = (char *)"native";
    tasks_fixture_write(&r, "a.jsonl", "{\"prompt\":\"p\",\"completion\":\"c\"}\n{\"uid\":1}\n");
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    struct lw_task *task = tasks_fixture_load(t, 1);
    assert_non_null(strstr(task->unreadable, "no \"prompt\""));
    lw_task_free(task);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_cannot_be_read_is_refused),
        cmocka_unit_test(test_what_is_no_file_is_refused),
        cmocka_unit_test(test_recognise),
        cmocka_unit_test(test_a_given_format_takes_what_is_not_guessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
