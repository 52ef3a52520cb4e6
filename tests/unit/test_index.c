/* The index of task files: where each record is and its id, whatever the bytes are. */
#define _GNU_SOURCE
#include "fixtures/tasks_fixture.h"

static void test_positions_and_records(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    static const char text[] = "{\"id\":\"t1\",\"prompt\":\"one\"}\n"
                               "{\"prompt\":\"two\",\"id\":2}\n"
                               "{\"prompt\":\"three\"}\n";
    tasks_fixture_write(&r, "a.jsonl", text);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 3);
    tasks_fixture_expect_id(t, 0, "t1");
    tasks_fixture_expect_id(t, 1, "2");
    struct lw_task *task = tasks_fixture_load(t, 2);
    char hex[LW_SHA256_HEX], id[17];
    lw_sha256_hex("{\"prompt\":\"three\"}", 18, hex);
    lw_task_id_of_hash(hex, id);
    assert_string_equal(task->id, id);
    assert_string_equal(task->record.file, "a.jsonl");
    assert_int_equal(task->record.number, 3);
    assert_int_equal(task->record.offset, strstr(text, "{\"prompt\":\"three\"}") - text);
    assert_int_equal(task->record.len, 18);
    assert_string_equal(task->record.sha256, hex);
    lw_task_free(task);
    assert_int_equal(lw_tasks_load(t, 3, &task, NULL), LW_EABSENT);
    size_t at;
    assert_false(lw_tasks_find(t, 12345, &at));
    assert_int_equal(lw_tasks_duplicates(t, NULL), 0);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_lines_of_all_kinds(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    tasks_fixture_write(&r, "a.jsonl",
        "\xef\xbb\xbf\n \t\r\n{\"id\":\"bom\",\"prompt\":\"p\"}\r\n\n\r\n  \n{\"id\":\"crlf\","
        "\"prompt\":\"p\"}\r\nnonsense\n\n{\"id\":\"last\",\"prompt\":\"p\"}\r");
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 4);
    tasks_fixture_expect_id(t, 0, "bom");
    struct lw_task *task = tasks_fixture_load(t, 1);
    assert_string_equal(task->id, "crlf");
    assert_int_equal(task->record.len, 26);
    assert_int_equal(task->record.number, 2);
    lw_task_free(task);
    task = tasks_fixture_load(t, 2);
    assert_non_null(task->unreadable);
    assert_int_equal(task->record.number, 3);
    lw_task_free(task);
    task = tasks_fixture_load(t, 3);
    assert_int_equal(task->record.len, 26);
    lw_task_free(task);
    assert_int_equal(lw_tasks_line(t, 0), 3);
    assert_int_equal(lw_tasks_line(t, 1), 7);
    assert_int_equal(lw_tasks_line(t, 2), 8);
    assert_int_equal(lw_tasks_line(t, 3), 10);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_several_files(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    r.project.ntasks = 3;
    tasks_fixture_write(
        &r, "a.jsonl", "\n{\"id\":\"a1\",\"prompt\":\"p\"}\n{\"id\":\"a2\",\"prompt\":\"p\"}\n\n");
    tasks_fixture_write(&r, "b.jsonl",
        "\xef\xbb\xbf\n{\"chosen\":\"\\n\\nHuman: q\",\"rejected\":\"\\n\\nHuman: r\"}");
    tasks_fixture_write(
        &r, "c.jsonl", "{\"id\":\"a1\",\"prompt\":\"p\"}\n{\"id\":\"c2\",\"prompt\":\"p\"}\n");
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 5);
    struct lw_task *task = tasks_fixture_load(t, 2);
    assert_string_equal(task->record.file, "b.jsonl");
    assert_int_equal(task->record.number, 1);
    assert_int_equal(task->record.offset, 4);
    assert_int_equal(task->nresponses, 2);
    lw_task_free(task);
    tasks_fixture_expect_id(t, 3, "a1~2");
    task = tasks_fixture_load(t, 4);
    assert_string_equal(task->record.file, "c.jsonl");
    assert_int_equal(task->record.number, 2);
    lw_task_free(task);
    assert_int_equal(lw_tasks_line(t, 2), 2);
    size_t first;
    assert_int_equal(lw_tasks_duplicates(t, &first), 1);
    assert_int_equal(first, 3);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_second_ids_are_made_unique(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    static const char *const given[] = {"x", "x~2", "x", "x", "x~3", "x~2", "y", "y", "y~2"};
    static const char *const made[] = {
        "x", "x~2", "x~3", "x~4", "x~3~2", "x~2~2", "y", "y~2", "y~2~2"};
    struct lw_buf b = {0};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        lw_buf_fmt(&b, "{\"id\":\"%s\",\"prompt\":\"p\"}\n", given[i]);
    lw_buf_str(&b, "{\"prompt\":\"same\"}\n{\"prompt\":\"same\"}\n");
    tasks_fixture_write(&r, "a.jsonl", b.data);
    for (int again = 0; again < 2; again++) {
        struct lw_tasks *t = tasks_fixture_open_whole(&r);
        for (size_t i = 0; i < sizeof given / sizeof *given; i++)
            tasks_fixture_expect_id(t, i, made[i]);
        struct lw_task *one = tasks_fixture_load(t, 9), *two = tasks_fixture_load(t, 10);
        assert_int_equal(strlen(two->id), 18);
        assert_memory_equal(two->id, one->id, 16);
        lw_task_free(one);
        lw_task_free(two);
        assert_int_equal(lw_tasks_duplicates(t, NULL), 7);
        lw_tasks_close(t);
    }
    lw_buf_fini(&b);
    tasks_fixture_remove(&r);
}

static void test_equal_ids_by_the_hundred_thousand(void **state)
{
    (void)state;
    enum { MANY = 300000 };
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    struct lw_buf b = {0};
    for (int i = 0; i < MANY; i++)
        lw_buf_fmt(&b, "{\"id\":\"%s\",\"prompt\":\"p\"}\n", i % 3 ? "x" : "y");
    tasks_fixture_put(&r, "a.jsonl", b.data, b.len, "wb");
    lw_buf_fini(&b);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), MANY);
    assert_int_equal(lw_tasks_duplicates(t, NULL), MANY - 2);
    tasks_fixture_expect_id(t, MANY - 1, "x~200000");
    tasks_fixture_expect_id(t, MANY - 3, "y~100000");
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_a_record_beyond_the_limit(void **state)
{
    (void)state;
    enum { LONG = 20 * 1024 * 1024 };
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    struct lw_buf b = {0};
    lw_buf_str(&b, "{\"id\":\"big\",\"prompt\":\"");
    memset(lw_buf_room(&b, LONG), 'x', LONG);
    b.len += LONG;
    lw_buf_str(&b, "\"}");
    char hex[LW_SHA256_HEX];
    lw_sha256_hex(b.data, b.len, hex);
    size_t whole = b.len;
    lw_buf_str(&b, "\r\n{\"id\":\"small\",\"prompt\":\"p\"}\n{\"prompt\":\"");
    memset(lw_buf_room(&b, LW_RECORD_MAX), ' ', LW_RECORD_MAX);
    b.len += LW_RECORD_MAX - 22;
    lw_buf_str(&b, "\",\"id\":7}\n"); /* the longest that may be */
    tasks_fixture_put(&r, "a.jsonl", b.data, b.len, "wb");
    lw_buf_fini(&b);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 3);
    struct lw_task *task = tasks_fixture_load(t, 0);
    assert_string_equal(task->id, "big");
    assert_non_null(strstr(task->unreadable, "20.0 MiB"));
    assert_int_equal(task->record.len, whole);
    assert_string_equal(task->record.sha256, hex);
    lw_task_free(task);
    tasks_fixture_expect_id(t, 1, "small");
    task = tasks_fixture_load(t, 2);
    assert_null(task->unreadable);
    assert_string_equal(task->id, "7");
    assert_int_equal(task->record.len, LW_RECORD_MAX - 22 + 11 + 9);
    lw_task_free(task);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_first_task_before_the_rest(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    struct lw_buf b = {0};
    for (int i = 0; i < 100000; i++)
        lw_buf_fmt(&b, "{\"id\":%d,\"prompt\":\"some text that is long enough\"}\n", i);
    tasks_fixture_put(&r, "a.jsonl", b.data, b.len, "wb");
    struct lw_tasks *t = tasks_fixture_open(&r);
    assert_true(r.bytes_read < 2 * 1024 * 1024);
    assert_false(lw_tasks_complete(t));
    assert_in_range(lw_tasks_count(t), 1, 99999);
    tasks_fixture_expect_id(t, 0, "0");
    char *last = lw_format("%zu", lw_tasks_count(t) - 1);
    tasks_fixture_expect_id(t, lw_tasks_count(t) - 1, last);
    free(last);
    tasks_fixture_finish(t);
    assert_int_equal(lw_tasks_count(t), 100000);
    tasks_fixture_expect_id(t, 99999, "99999");
    lw_tasks_close(t);
    lw_buf_fini(&b);
    tasks_fixture_remove(&r);
}

static size_t naive_split(const char *s, size_t n, struct lw_span *to)
{
    size_t k = 0;
    for (size_t i = 0; i < n;) {
        size_t end = i, len;
        while (end < n && s[end] != '\n')
            end++;
        len = end - i;
        if (len && s[i + len - 1] == '\r')
            len--;
        bool blank = true;
        for (size_t j = 0; j < len; j++)
            blank = blank && strchr(" \t\r", s[i + j]) && s[i + j];
        if (!blank)
            to[k++] = (struct lw_span){s + i, len};
        i = end + 1;
    }
    return k;
}

static void expect_same(struct lw_tasks *t, const char *bytes, size_t n, struct lw_span *line)
{
    size_t k = naive_split(bytes, n, line);
    assert_int_equal(lw_tasks_count(t), k);
    for (size_t i = 0; i < k; i++) {
        struct lw_task *task = tasks_fixture_load(t, i);
        char hex[LW_SHA256_HEX];
        lw_sha256_hex(line[i].s, line[i].n, hex);
        assert_int_equal(task->record.offset, line[i].s - bytes);
        assert_int_equal(task->record.len, line[i].n);
        assert_string_equal(task->record.sha256, hex);
        lw_task_free(task);
    }
}

/* Any bytes behind a first good record; opened, stepped byte by byte, and from the kept index. */
static void test_any_bytes_split_as_naively(void **state)
{
    (void)state;
    static const char *const part[] = {"\n", "\r", "\r\n", " ", "\n\n", "\t", "{\"id\":\"a\"",
        ",\"prompt\":\"p\"}", "{\"id\":1}", "\xff", "x", "\\", "\"", "{", "]"};
    struct lw_span line[600];
    unsigned dice = 12345;
    for (int round = 0; round < 300; round++) {
        struct tasks_fixture r;
        struct lw_buf b = {0};
        tasks_fixture_make(&r);
        lw_buf_str(&b, round % 2 ? "{\"prompt\":\"p\"}\n" : "\n{\"response\":\"p\",\"id\":5}\r\n");
        for (int i = 0; i < round; i++) {
            dice = dice * 1103515245 + 12345;
            lw_buf_str(&b, part[dice / 65536 % 15]);
            if (dice % 97 == 0)
                lw_buf_char(&b, '\0');
        }
        tasks_fixture_put(&r, "a.jsonl", b.data, b.len, "wb");
        struct lw_tasks *t = tasks_fixture_open(&r);
        while (lw_tasks_step(t, 1)) {
        }
        expect_same(t, b.data, b.len, line);
        lw_tasks_close(t);
        t = tasks_fixture_open_whole(&r);
        expect_same(t, b.data, b.len, line);
        lw_tasks_close(t);
        lw_buf_fini(&b);
        tasks_fixture_remove(&r);
    }
}

static void test_steps_of_one_byte_and_one_go(void **state)
{
    (void)state;
    struct tasks_fixture r;
    struct lw_buf b = {0};
    tasks_fixture_make(&r);
    r.project.ntasks = 2;
    for (int i = 0; i < 5000; i++)
        lw_buf_fmt(
            &b, "{\"id\":%d,\"prompt\":\"%0*d\"}\n%s", i % 4000, i % 200, i, i % 7 ? "" : "\r\n");
    tasks_fixture_put(&r, "a.jsonl", b.data, b.len, "wb");
    tasks_fixture_put(&r, "b.jsonl", b.data, b.len, "wb");
    struct lw_tasks *whole = tasks_fixture_open_whole(&r);
    char *path = tasks_fixture_path(&r, ".labelwright/index");
    assert_int_equal(remove(path), 0);
    struct lw_tasks *slow = tasks_fixture_open(&r);
    size_t steps = 0;
    for (uint64_t done = lw_tasks_bytes_done(slow); lw_tasks_step(slow, 1); steps++) {
        assert_true(lw_tasks_bytes_done(slow) > done);
        done = lw_tasks_bytes_done(slow);
    }
    assert_true(steps > 5000);
    assert_int_equal(lw_tasks_count(slow), 10000);
    assert_int_equal(lw_tasks_count(whole), 10000);
    assert_int_equal(lw_tasks_duplicates(slow, NULL), 6000);
    for (size_t i = 0; i < 10000; i++)
        assert_int_equal(lw_tasks_key(slow, i), lw_tasks_key(whole, i));
    free(path);
    lw_tasks_close(slow);
    lw_tasks_close(whole);
    lw_buf_fini(&b);
    tasks_fixture_remove(&r);
}

static void big_file(struct tasks_fixture *r)
{
    struct lw_buf b = {0};
    for (int i = 0; i < 50000; i++)
        lw_buf_fmt(&b, "{\"id\":%d,\"prompt\":\"some text that is long enough\"}\n", i);
    tasks_fixture_put(r, "a.jsonl", b.data, b.len, "wb");
    lw_buf_fini(&b);
}

static void test_a_file_cut_while_open(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    big_file(&r);
    struct lw_tasks *t = tasks_fixture_open(&r);
    char *path = tasks_fixture_path(&r, "a.jsonl");
    assert_int_equal(truncate(path, 1000), 0);
    while (lw_tasks_step(t, 1 << 20)) {
    }
    assert_non_null(strstr(lw_tasks_error(t), "a.jsonl: the file ends too early"));
    assert_false(lw_tasks_complete(t));
    assert_false(lw_tasks_step(t, 1 << 20));
    tasks_fixture_expect_id(t, 0, "0");
    struct lw_task *task;
    struct lw_err err = {0};
    assert_int_equal(lw_tasks_load(t, lw_tasks_count(t) - 1, &task, &err), LW_EBAD);
    assert_non_null(strstr(err.text, "a.jsonl: "));
    assert_null(task);
    free(path);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_a_record_changed_while_open(void **state)
{
    (void)state;
    struct tasks_fixture r;
    struct lw_task *task;
    struct lw_err err = {0};
    tasks_fixture_make(&r);
    tasks_fixture_write(
        &r, "a.jsonl", "{\"id\":1,\"prompt\":\"p\"}\n{\"id\":2,\"prompt\":\"p\"}\n");
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    char *path = tasks_fixture_path(&r, "a.jsonl"),
         *kept = tasks_fixture_path(&r, ".labelwright/index");
    assert_int_equal(access(kept, F_OK), 0);
    int fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, "{\"id\":3", 7, 22), 7); /* another task now */
    assert_int_equal(lw_tasks_load(t, 1, &task, &err), LW_EBAD);
    assert_non_null(strstr(err.text, "record 2 is not the same as before"));
    assert_int_equal(access(kept, F_OK), -1);
    assert_int_equal(pwrite(fd, "{\"id\":2,\"prompt\":\"q", 19, 22), 19); /* its text only */
    tasks_fixture_expect_id(t, 1, "2");
    close(fd);
    free(path);
    free(kept);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_a_read_error_ends_indexing(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    big_file(&r);
    struct lw_tasks *t = tasks_fixture_open(&r);
    r.fail_at = r.bytes_read + 600 * 1024;
    while (lw_tasks_step(t, 1 << 20)) {
    }
    assert_non_null(strstr(lw_tasks_error(t), "a.jsonl: cannot read"));
    assert_in_range(lw_tasks_count(t), 5000, 49999);
    r.fail_at = 0;
    tasks_fixture_expect_id(t, 1, "1");
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_positions_and_records),
        cmocka_unit_test(test_lines_of_all_kinds),
        cmocka_unit_test(test_several_files),
        cmocka_unit_test(test_second_ids_are_made_unique),
        cmocka_unit_test(test_equal_ids_by_the_hundred_thousand),
        cmocka_unit_test(test_a_record_beyond_the_limit),
        cmocka_unit_test(test_first_task_before_the_rest),
        cmocka_unit_test(test_any_bytes_split_as_naively),
        cmocka_unit_test(test_steps_of_one_byte_and_one_go),
        cmocka_unit_test(test_a_file_cut_while_open),
        cmocka_unit_test(test_a_record_changed_while_open),
        cmocka_unit_test(test_a_read_error_ends_indexing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
