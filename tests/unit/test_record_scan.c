/* Records that are no lines: arrays, pretty-printed objects, objects in a row, an array inside an
 * object. Where each begins and ends, whatever the window that reads it. */
#define _GNU_SOURCE
#include "fixtures/tasks_fixture.h"
#include "labelwright/format/record_reader.h"

enum { PARTS_MAX = 64 };

/* `text` has a NUL-free record between each pair of 01 and 02 bytes, which are left out. */
struct marked {
    struct lw_buf bytes;
    size_t at[PARTS_MAX], len[PARTS_MAX];
    size_t n;
};

static void unmark(const char *text, struct marked *m)
{
    *m = (struct marked){0};
    for (const char *p = text; *p; p++) {
        if (*p == 1)
            m->at[m->n] = m->bytes.len;
        else if (*p == 2)
            m->len[m->n] = m->bytes.len - m->at[m->n], m->n++;
        else
            lw_buf_char(&m->bytes, *p);
    }
}

/* Through windows of `window` bytes. */
static void expect_split(
    struct tasks_fixture *r, enum lw_container container, const char *text, size_t window)
{
    struct marked m;
    struct lw_raw_record raw;
    struct lw_err err = {0};
    struct lw_record_reader source = {.format = lw_format_find("native"), .container = container};
    unmark(text, &m);
    tasks_fixture_put(r, "other", m.bytes.data, m.bytes.len, "wb");
    char *path = tasks_fixture_path(r, "other");
    struct lw_lines lines = {.sys = &r->sys, .name = "other", .size = m.bytes.len};
    lines.window_max = window;
    lines.fd = open(path, O_RDONLY);
    uint64_t at = 0;
    for (size_t i = 0; i <= m.n; i++, at = raw.next) {
        raw.blank = true;
        if (at < lines.size && lw_record_reader_get(&source, &lines, at, &raw, &err) != LW_OK)
            fail_msg("%s", err.text);
        if (raw.blank != (i == m.n))
            fail_msg("%s: %zu records by %zu bytes", text, i, window);
        if (raw.blank)
            break;
        if (raw.at != m.at[i] || raw.n != m.len[i] ||
            memcmp(raw.s, m.bytes.data + raw.at, raw.n) != 0)
            fail_msg("%s: record %zu by %zu bytes is %.*s", text, i, window, (int)raw.n, raw.s);
    }
    lw_lines_fini(&lines);
    close(lines.fd);
    free(path);
    lw_buf_fini(&m.bytes);
}

static void test_records_through_windows_of_every_size(void **state)
{
    (void)state;
    static const struct {
        enum lw_container container;
        const char *text;
    } cases[] = {
        {LW_VALUES, "[\1{\"a\":1}\2,\1{\"b\":[1,{\"c\":[]}]}\2]"},
        {LW_VALUES, "[\n  \1{\n    \"a\": \"x\"\n  }\2,\n  \1{}\2\n]\n"},
        {LW_VALUES, "\1{\"a\":1}\2\1{\"b\":2}\2 \1{\n}\2\r\n\t\1{}\2"},
        {LW_VALUES, "\1{\"}\":\"]\\\"}{\\\\\"}\2,\1{\"\\\\\":\"\\\\\\\"\"}\2"},
        {LW_VALUES, "[\1{\"a\":1}\2]\n[\1{\"b\":2}\2]"},
        {LW_VALUES, "[\1\"text\"\2, \1-12\2,\1null\2,\1{\"a\":1}\2]"},
        {LW_VALUES, "\1{\"a\": \"no end\n}\2\n\1{\"b\":2}\2"},
        {LW_VALUES, "\1// a \"comment {\2\n\1{\"a\":1}\2"},
        {LW_VALUES, "\1{\"a\":1}\2\1}\2\1}\2,\1{\"b\":2}\2"},
        {LW_VALUES, "\1{\"a\":1}\2 \1nonsense and more\2\n\1{\"b\":2}\2"},
        {LW_VALUES, "\1{\"a\":1}\2 \1{\"b\": [1, \"x\2"},
        {LW_VALUES, " \n[ ]\n"},
        {LW_MEMBER, "\1{\"a\":1}\2, \1{\"b\":[2]}\2\n], \"more\": [{\"c\":3}]}"},
        {LW_MEMBER, "\1[{\"a\":1}]\2,\1{}\2]}"},
        {LW_MEMBER, "]"},
        {LW_VALUES, "\1{\"\xe2\x80\xa8\":\"\xc2\x85\x1e\xef\xbf\xbd\"}\2"},
    };
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t window = 1; window < 40; window++)
            expect_split(&r, cases[i].container, cases[i].text, window);
    }
    tasks_fixture_remove(&r);
}

static void test_an_array_of_tasks(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    static const char text[] =
        "\xef\xbb\xbf[\r\n  {\"id\": 1,\r\n   \"prompt\": \"p\"},\r\n"
        "  {\"id\": 2, \"prompt\": NaN},\r\n  {\"id\": 1, \"prompt\": \"q\"}\r\n]";
    tasks_fixture_write(&r, "a.jsonl", text);
    for (int again = 0; again < 2; again++) {
        struct lw_tasks *t = tasks_fixture_open_whole(&r);
        assert_int_equal(lw_tasks_count(t), 3);
        tasks_fixture_expect_id(t, 0, "1");
        struct lw_task *task = tasks_fixture_load(t, 1);
        assert_string_equal(task->id, "2");
        assert_non_null(strstr(task->unreadable, "NaN is not a JSON number"));
        assert_int_equal(task->record.number, 2);
        assert_int_equal(task->record.offset, strstr(text, "{\"id\": 2") - text);
        assert_int_equal(task->record.len, strlen("{\"id\": 2, \"prompt\": NaN}"));
        lw_task_free(task);
        tasks_fixture_expect_id(t, 2, "1~2");
        assert_int_equal(lw_tasks_line(t, 0), 2);
        assert_int_equal(lw_tasks_line(t, 2), 5);
        assert_int_equal(lw_tasks_duplicates(t, NULL), 1);
        lw_tasks_close(t);
    }
    tasks_fixture_remove(&r);
}

static void expect_ids(struct tasks_fixture *r, const char *const *ids, size_t n)
{
    struct lw_tasks *t = tasks_fixture_open_whole(r);
    assert_int_equal(lw_tasks_count(t), n);
    for (size_t i = 0; i < n; i++)
        tasks_fixture_expect_id(t, i, ids[i]);
    lw_tasks_close(t);
}

static void test_which_container_is_told_from_the_beginning(void **state)
{
    (void)state;
    static const char *const ids[] = {"1", "2"};
    static const char *const texts[] = {
        "{\"id\":1,\"prompt\":\"p\"}{\"id\":2,\"prompt\":\"p\"}\n",
        "{\"id\":1,\"prompt\":\"p\"} {\"id\":2,\"prompt\":\"p\"}",
        "{\"id\":1,\"prompt\":\"p\"},\n{\"id\":2,\"prompt\":\"p\"},\n",
        "{\n\"id\":1,\n\"prompt\":\"p\"\n}\n{\n\"id\":2,\n\"prompt\":\"p\"\n}\n",
        "{\n \"id\": 1, \"prompt\": NaN\n},\n{\n \"id\": 2,\n \"prompt\": \"p\"\n}",
        "[{\"id\":1,\"prompt\":\"p\"},{\"id\":2,\"prompt\":\"p\"}]",
        "{\"model_name\":\"m\",\"data\":[{\"id\":1,\"prompt\":\"p\"},{\"id\":2,\"prompt\":\"p\"}]}",
        "{\n\"v\":[{\"data\":[]}],\n\"data\":[\n{\"id\":1,\"prompt\":\"p\"},{\"id\":2}]}",
    };
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        tasks_fixture_write(&r, "a.jsonl", texts[i]);
        expect_ids(&r, ids, 2);
    }
    tasks_fixture_remove(&r);
}

static void test_outputs_of_a_model(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    tasks_fixture_write(&r, "a.jsonl",
        "{\n \"model_name\": \"m\", \"args\": {\"x\": [1]},\n \"prompts\": [\n"
        "  {\"prompt\": \"p\", \"results\": [{\"outputs\": [\"a\", \"b\"]}]},\n"
        "  {\"prompt\": \"q\", \"results\": [{\"outputs\": [\"c\"]}]}\n ]\n}");
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 2);
    struct lw_task *task = tasks_fixture_load(t, 0);
    assert_int_equal(task->nresponses, 2);
    assert_memory_equal(task->turn[0].text.s, "p", 1);
    lw_task_free(task);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_what_is_appended_continues_the_index(void **state)
{
    (void)state;
    static const char *const ids[] = {"1", "2", "3", "4"};
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    tasks_fixture_write(
        &r, "a.jsonl", "{\n\"id\":1,\"prompt\":\"p\"}\n\n{\"id\":2,\"prompt\":\"p\"}\n");
    expect_ids(&r, ids, 2);
    tasks_fixture_append(&r, "a.jsonl", "{\"id\":3,\n\"prompt\":\"p\"}");
    expect_ids(&r, ids, 3);
    tasks_fixture_append(&r, "a.jsonl", "{\"id\":4,\n\"prompt\":\"p\"}\n");
    expect_ids(&r, ids, 4);
    tasks_fixture_remove(&r);
}

static void test_what_completes_a_record_is_not_a_new_one(void **state)
{
    (void)state;
    static const char *const ids[] = {"1", "2", "3"};
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    tasks_fixture_write(&r, "a.jsonl", "[{\"id\":1,\"prompt\":\"p\"},\n{\"id\":2,\n");
    expect_ids(&r, ids, 2);
    tasks_fixture_append(&r, "a.jsonl", "\"prompt\":\"p\"},\n{\"id\":3,\"prompt\":\"p\"}]\n");
    expect_ids(&r, ids, 3);
    tasks_fixture_remove(&r);
}

static void test_nothing_is_read_behind_the_array_of_a_member(void **state)
{
    (void)state;
    static const char *const ids[] = {"1"};
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    tasks_fixture_write(
        &r, "a.jsonl", "{\"a\":0,\"data\":[{\"id\":1,\"prompt\":\"p\"}],\n\"b\":[{\"id\":2}]}\n");
    expect_ids(&r, ids, 1);
    tasks_fixture_append(&r, "a.jsonl", "{\"id\":3}\n");
    expect_ids(&r, ids, 1);
    tasks_fixture_remove(&r);
}

/* One record larger than any window, one beyond the limit, and one behind them. */
static void test_large_records(void **state)
{
    (void)state;
    enum { LONG = 300 * 1024, TOO_LONG = 17 * 1024 * 1024 };
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    struct lw_buf b = {0};
    lw_buf_str(&b, "[\n{\"id\":1,\"prompt\":\"");
    memset(lw_buf_room(&b, LONG), 'x', LONG);
    b.len += LONG;
    lw_buf_str(&b, "\"},\n{\"id\":2,\"prompt\":\"");
    memset(lw_buf_room(&b, TOO_LONG), 'y', TOO_LONG);
    b.len += TOO_LONG;
    lw_buf_str(&b, "\"},\n{\"id\":3,\"prompt\":\"p\"}]");
    tasks_fixture_put(&r, "a.jsonl", b.data, b.len, "wb");
    lw_buf_fini(&b);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 3);
    struct lw_task *task = tasks_fixture_load(t, 0);
    assert_int_equal(task->turn[0].text.n, LONG);
    lw_task_free(task);
    task = tasks_fixture_load(t, 1);
    assert_string_equal(task->id, "2");
    assert_non_null(strstr(task->unreadable, "17.0 MiB"));
    lw_task_free(task);
    tasks_fixture_expect_id(t, 2, "3");
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_steps_of_one_byte_and_one_go(void **state)
{
    (void)state;
    struct tasks_fixture r;
    struct lw_buf b = {0};
    tasks_fixture_make(&r);
    lw_buf_str(&b, "[");
    for (int i = 0; i < 6000; i++)
        lw_buf_fmt(&b, "%s\n  {\n    \"id\": %d,\n    \"prompt\": \"%0*d\"\n  }", i ? "," : "",
            i % 4000, i % 200, i);
    lw_buf_str(&b, "\n]\n");
    tasks_fixture_put(&r, "a.jsonl", b.data, b.len, "wb");
    struct lw_tasks *whole = tasks_fixture_open_whole(&r);
    char *path = tasks_fixture_path(&r, ".labelwright/index");
    assert_int_equal(remove(path), 0);
    struct lw_tasks *slow = tasks_fixture_open(&r);
    while (lw_tasks_step(slow, 1)) {
    }
    assert_int_equal(lw_tasks_count(slow), 6000);
    assert_int_equal(lw_tasks_count(whole), 6000);
    assert_int_equal(lw_tasks_duplicates(slow, NULL), 2000);
    for (size_t i = 0; i < 6000; i++) {
        assert_int_equal(lw_tasks_key(slow, i), lw_tasks_key(whole, i));
        lw_task_free(tasks_fixture_load(slow, i));
    }
    free(path);
    lw_tasks_close(slow);
    lw_tasks_close(whole);
    lw_buf_fini(&b);
    tasks_fixture_remove(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records_through_windows_of_every_size),
        cmocka_unit_test(test_an_array_of_tasks),
        cmocka_unit_test(test_which_container_is_told_from_the_beginning),
        cmocka_unit_test(test_outputs_of_a_model),
        cmocka_unit_test(test_what_is_appended_continues_the_index),
        cmocka_unit_test(test_what_completes_a_record_is_not_a_new_one),
        cmocka_unit_test(test_nothing_is_read_behind_the_array_of_a_member),
        cmocka_unit_test(test_large_records),
        cmocka_unit_test(test_steps_of_one_byte_and_one_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
