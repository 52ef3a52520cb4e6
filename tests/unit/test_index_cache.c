/* The kept index: used when it fits, extended when files grew, made again when anything is odd. */
#define _GNU_SOURCE
#include "fixtures/tasks_fixture.h"

#include "fixtures/kept_index.h" /* to correct the checksums of an index that a test has changed */

enum { N = 20000 };

static void lines(struct lw_buf *b, int from, int to)
{
    for (int i = from; i < to; i++)
        lw_buf_fmt(b, "{\"id\":%d,\"prompt\":\"text of task number %d is longer\"}\n", i, i);
}

static void put_lines(
    const struct tasks_fixture *r, const char *name, int from, int to, const char *mode)
{
    struct lw_buf b = {0};
    lines(&b, from, to);
    tasks_fixture_put(r, name, b.data, b.len, mode);
    lw_buf_fini(&b);
}

/* Opens; true when it did without reading the files through. All that is found must be as in a
 * fresh index. */
static bool from_cache(struct tasks_fixture *r)
{
    struct lw_tasks *t = tasks_fixture_open(r);
    tasks_fixture_finish(t);
    r->bytes_read = 0;
    lw_tasks_close(t);
    t = tasks_fixture_open(r);
    tasks_fixture_finish(t);
    uint64_t bytes = r->bytes_read;
    lw_tasks_close(t);
    return bytes < 1500000;
}

static void expect_as_fresh(struct tasks_fixture *r, struct lw_tasks *t)
{
    char *kept = tasks_fixture_path(r, ".labelwright/index"),
         *aside = tasks_fixture_path(r, "other");
    bool had = rename(kept, aside) == 0;
    struct lw_tasks *fresh = tasks_fixture_open_whole(r);
    assert_int_equal(lw_tasks_count(t), lw_tasks_count(fresh));
    assert_int_equal(lw_tasks_duplicates(t, NULL), lw_tasks_duplicates(fresh, NULL));
    for (size_t i = 0; i < lw_tasks_count(fresh); i += 1 + i % 7) {
        assert_int_equal(lw_tasks_key(t, i), lw_tasks_key(fresh, i));
        struct lw_task *a = tasks_fixture_load(t, i), *b = tasks_fixture_load(fresh, i);
        assert_string_equal(a->record.sha256, b->record.sha256);
        assert_string_equal(a->record.file, b->record.file);
        assert_int_equal(a->record.number, b->record.number);
        lw_task_free(a);
        lw_task_free(b);
    }
    lw_tasks_close(fresh);
    if (had)
        assert_int_equal(rename(aside, kept), 0);
    free(kept);
    free(aside);
}

/* Opens, compares with a fresh index, and returns how much was read. */
static uint64_t open_as_fresh(struct tasks_fixture *r)
{
    r->bytes_read = 0;
    struct lw_tasks *t = tasks_fixture_open_whole(r);
    uint64_t bytes = r->bytes_read;
    expect_as_fresh(r, t);
    lw_tasks_close(t);
    return bytes;
}

static void make(struct tasks_fixture *r, size_t files)
{
    tasks_fixture_make(r);
    r->project.ntasks = files;
    put_lines(r, "a.jsonl", 0, N, "wb");
    put_lines(r, "b.jsonl", N, 2 * N, "wb");
    put_lines(r, "c.jsonl", 2 * N, 3 * N, "wb");
    lw_tasks_close(tasks_fixture_open_whole(r));
}

static void test_used_when_nothing_changed(void **state)
{
    (void)state;
    struct tasks_fixture r;
    make(&r, 2);
    r.bytes_read = 0;
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_true(r.bytes_read < 1500000);
    expect_as_fresh(&r, t);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

/* The first screen waits for the first tasks, not for all. */
static void test_is_taken_over_a_part_at_a_time(void **state)
{
    (void)state;
    struct tasks_fixture r;
    make(&r, 2);
    struct lw_tasks *t = tasks_fixture_open(&r);
    assert_int_equal(lw_tasks_count(t), LW_CHUNK);
    assert_false(lw_tasks_complete(t));
    for (size_t known = LW_CHUNK; known < 2 * N; known = lw_tasks_count(t)) {
        lw_task_free(
            tasks_fixture_load(t, known - 1)); /* its end is known, though not the next one's */
        assert_true(lw_tasks_step(t, 1) == (known + LW_CHUNK < 2 * N));
        assert_int_equal(lw_tasks_count(t), known + LW_CHUNK < 2 * N ? known + LW_CHUNK : 2 * N);
    }
    assert_true(lw_tasks_complete(t));
    expect_as_fresh(&r, t);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_what_is_asked_for_is_taken_over_at_once(void **state)
{
    (void)state;
    struct tasks_fixture r;
    make(&r, 2);
    struct lw_tasks *whole = tasks_fixture_open_whole(&r), *t = tasks_fixture_open(&r);
    size_t at;
    r.bytes_read = 0;
    assert_true(lw_tasks_find(t, lw_tasks_key(whole, N + 5), &at));
    assert_int_equal(at, N + 5);
    assert_true(lw_tasks_count(t) < 2 * N);
    assert_true(lw_tasks_has(t, 2 * N - 1));
    assert_false(lw_tasks_has(t, 2 * N));
    assert_true(lw_tasks_complete(t));
    assert_true(r.bytes_read < 1000000); /* the task files were not read */
    lw_tasks_close(t);
    lw_tasks_close(whole);
    tasks_fixture_remove(&r);
}

/* A part that is spoiled costs what is behind it, and ids are told apart as before. */
static void test_goes_on_by_itself_where_a_part_is_spoiled(void **state)
{
    (void)state;
    struct tasks_fixture r;
    size_t n = 0;
    make(&r, 2);
    tasks_fixture_append(
        &r, "a.jsonl", "{\"id\":7,\"prompt\":\"p\"}\n{\"id\":9,\"prompt\":\"p\"}\n");
    tasks_fixture_append(
        &r, "b.jsonl", "{\"id\":9,\"prompt\":\"p\"}\n{\"id\":7,\"prompt\":\"p\"}\n");
    lw_tasks_close(tasks_fixture_open_whole(&r));
    char *path = tasks_fixture_path(&r, ".labelwright/index"), *index = file_bytes(path, &n);
    for (size_t behind = n % 997; behind < n; behind += 3 * sizeof(struct lw_chunk)) {
        index[n - 1 - behind] ^= 1;
        tasks_fixture_put(&r, ".labelwright/index", index, n, "wb");
        open_as_fresh(&r);
        index[n - 1 - behind] ^= 1;
    }
    assert_true(from_cache(&r));
    free(index);
    free(path);
    tasks_fixture_remove(&r);
}

static void test_goes_on_where_a_file_grew(void **state)
{
    (void)state;
    struct tasks_fixture r;
    make(&r, 2);
    put_lines(&r, "b.jsonl", 3 * N, 3 * N + 100, "ab");
    uint64_t bytes = open_as_fresh(&r);
    assert_true(bytes < 1800000);
    put_lines(&r, "a.jsonl", 4 * N, 4 * N + 1, "ab"); /* b must be read again */
    open_as_fresh(&r);
    assert_true(from_cache(&r));
    tasks_fixture_remove(&r);
}

static void test_goes_on_with_duplicates(void **state)
{
    (void)state;
    struct tasks_fixture r;
    make(&r, 1);
    for (int i = 0; i < 5; i++) {
        tasks_fixture_append(
            &r, "a.jsonl", "{\"id\":7,\"prompt\":\"p\"}\n{\"id\":\"7~3\",\"prompt\":\"p\"}\n");
        open_as_fresh(&r);
    }
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_duplicates(t, NULL), 9);
    lw_tasks_close(t);
    r.project.ntasks = 2;
    open_as_fresh(&r);
    tasks_fixture_append(&r, "a.jsonl", "{\"id\":\"new\",\"prompt\":\"p\"}\n");
    open_as_fresh(&r); /* what comes later may be named anew */
    tasks_fixture_remove(&r);
}

static void test_made_anew_when_a_file_changed(void **state)
{
    (void)state;
    struct tasks_fixture r;
    make(&r, 3);
    char *path = tasks_fixture_path(&r, "b.jsonl"), *other = tasks_fixture_path(&r, "other");
    int fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, "9", 1, 700006), 1); /* the same size */
    close(fd);
    struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    open_as_fresh(&r);
    put_lines(&r, "b.jsonl", 0, N / 2, "wb"); /* shorter */
    open_as_fresh(&r);
    put_lines(&r, "b.jsonl", 5, N * 2, "wb"); /* longer, but another beginning */
    open_as_fresh(&r);
    put_lines(&r, "other", 5, N * 2, "wb"); /* replaced by a file of the same size and time */
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    times[1] = st.st_mtim;
    tasks_fixture_write(&r, "other", "");
    put_lines(&r, "other", 6, N * 2, "wb");
    assert_int_equal(truncate(other, st.st_size), 0);
    assert_int_equal(utimensat(AT_FDCWD, other, times, 0), 0);
    assert_int_equal(rename(other, path), 0);
    open_as_fresh(&r);
    free(path);
    free(other);
    tasks_fixture_remove(&r);
}

static void test_a_last_line_that_was_not_finished(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    tasks_fixture_write(&r, "a.jsonl", "{\"id\":1,\"prompt\":\"p\"}\n{\"id\":2,\"prompt\":\"p\"}");
    open_as_fresh(&r);
    tasks_fixture_append(&r, "a.jsonl", "\n{\"id\":3,\"prompt\":\"p\"}\n");
    open_as_fresh(&r);
    tasks_fixture_append(&r, "a.jsonl", "{\"id\":4,\"pro");
    open_as_fresh(&r);
    tasks_fixture_append(&r, "a.jsonl", "mpt\":\"p\"}");
    open_as_fresh(&r);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 4);
    tasks_fixture_expect_id(t, 3, "4");
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_files_and_formats_of_the_project_changed(void **state)
{
    (void)state;
    struct tasks_fixture r;
    make(&r, 2);
    r.project.ntasks = 3;
    assert_true(open_as_fresh(&r) > 1000000); /* only c */
    r.project.ntasks = 1;
    open_as_fresh(&r);
    assert_true(from_cache(&r));
    r.file[0].path = (char *)"b.jsonl";
    r.file[1].path = (char *)"a.jsonl";
    r.project.ntasks = 2;
    open_as_fresh(&r);
    tasks_fixture_write(&r, "a.jsonl",
        "{\"id\":1,\"prompt\":\"p\",\"chosen\":\"\\n\\nHuman: a\",\"rejected\":\"\"}\n");
    r.file[1].format = (char *)"native";
    open_as_fresh(&r);
    r.file[1].format = (char *)"hh-rlhf";
    open_as_fresh(&r);
    tasks_fixture_remove(&r);
}

/* Opens with an index that may lie; whatever it says, no harm is done, and a task that is given is
 * the one that it says it is. */
static void open_hostile(struct tasks_fixture *r, const char *bytes, size_t n)
{
    struct lw_tasks *t;
    struct lw_err err = {0};
    tasks_fixture_put(r, ".labelwright/index", bytes, n, "wb");
    if (lw_tasks_open(&r->sys, &r->project, &t, &err) != LW_OK)
        return;
    while (lw_tasks_step(t, 1 << 20)) {
    }
    for (size_t i = 0; i < lw_tasks_count(t) && i < 50; i++) {
        struct lw_task *task;
        size_t at;
        lw_tasks_find(t, lw_tasks_key(t, i), &at);
        if (lw_tasks_load(t, i, &task, NULL) == LW_OK)
            assert_int_equal(lw_fingerprint(task->id, strlen(task->id)), lw_tasks_key(t, i));
        lw_task_free(task);
        lw_tasks_line(t, i);
    }
    lw_tasks_close(t);
}

static void small_project(struct tasks_fixture *r, char **index, size_t *n)
{
    tasks_fixture_make(r);
    r->project.ntasks = 2;
    tasks_fixture_write(r, "a.jsonl",
        "{\"id\":1,\"prompt\":\"p\"}\n{\"id\":1,\"prompt\":\"p\"}\n\n{\"prompt\":\"p\"}\n");
    tasks_fixture_write(
        r, "b.jsonl", "\n{\"id\":1,\"prompt\":\"p\"}\n{\"id\":2,\"prompt\":\"p\"}\n");
    lw_tasks_close(tasks_fixture_open_whole(r));
    char *path = tasks_fixture_path(r, ".labelwright/index");
    *index = file_bytes(path, n);
    assert_non_null(*index);
    free(path);
}

static void test_a_spoiled_index_is_made_anew(void **state)
{
    (void)state;
    struct tasks_fixture r;
    char *index;
    size_t n;
    small_project(&r, &index, &n);
    for (size_t i = 0; i < n; i += i < 400 ? 1 : 997) { /* every byte of the head, then some */
        index[i] = (char)(index[i] ^ 0x41);
        tasks_fixture_put(&r, ".labelwright/index", index, n, "wb");
        open_as_fresh(&r);
        index[i] = (char)(index[i] ^ 0x41);
    }
    for (size_t cut = 0; cut < n; cut += cut < 600 ? 7 : 9973) {
        tasks_fixture_put(&r, ".labelwright/index", index, cut, "wb");
        open_as_fresh(&r);
    }
    free(index);
    tasks_fixture_remove(&r);
}

static void test_an_index_that_lies_does_no_harm(void **state)
{
    (void)state;
    static const unsigned char with[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
    struct tasks_fixture r;
    char *index;
    size_t n;
    small_project(&r, &index, &n);
    size_t chunk = sizeof(struct disk_head) + 2 * sizeof(struct disk_file);
    size_t base = chunk + offsetof(struct lw_chunk, base),
           stride = chunk + offsetof(struct lw_chunk, stride);
    for (size_t i = 0; i < n; i++) {
        bool looked_at = i < chunk + 64 || (i >= base && i < base + 16) ||
                         (i >= stride && i < stride + 32) || i >= chunk + sizeof(struct lw_chunk);
        for (size_t k = 0; looked_at && k < sizeof with; k++) {
            char *bytes = lw_alloc(n);
            memcpy(bytes, index, n);
            bytes[i] = (char)with[k];
            mend_sum(bytes, n);
            open_hostile(&r, bytes, n);
            free(bytes);
        }
    }
    free(index);
    tasks_fixture_remove(&r);
}

/* Of every third record the next one is farther than two bytes can say. */
static void put_far_apart(struct tasks_fixture *r, size_t from, size_t to, const char *mode)
{
    enum { LONG = 70000 };
    struct lw_buf b = {0};
    for (size_t i = from; i < to; i++) {
        lw_buf_fmt(&b, "{\"id\":%zu,\"prompt\":\"", i);
        for (size_t k = 0; i % 3 == 0 && k < LONG; k++)
            lw_buf_char(&b, 'p');
        lw_buf_str(&b, "p\"}\n");
    }
    tasks_fixture_put(r, "a.jsonl", b.data, b.len, mode);
    lw_buf_fini(&b);
}

static void test_records_far_apart(void **state)
{
    (void)state;
    static const unsigned char with[] = {0x00, 0x01, 0x7f, 0xff};
    struct tasks_fixture r;
    size_t n = 0;
    tasks_fixture_make(&r);
    put_far_apart(&r, 0, 40, "wb");
    lw_tasks_close(tasks_fixture_open_whole(&r));
    open_as_fresh(&r);
    put_far_apart(&r, 40, 100, "ab");
    open_as_fresh(&r);
    open_as_fresh(&r);
    char *path = tasks_fixture_path(&r, ".labelwright/index"), *index = file_bytes(path, &n);
    assert_non_null(index);
    size_t from = sizeof(struct disk_head) + sizeof(struct disk_file);
    for (size_t i = from; i < from + 64; i += 3)
        for (size_t k = 0; k < sizeof with; k++) {
            char was = index[i];
            index[i] = (char)with[k];
            mend_sum(index, n);
            open_hostile(&r, index, n);
            index[i] = was;
        }
    free(index);
    free(path);
    tasks_fixture_remove(&r);
}

static void test_a_link_in_place_of_the_folder_is_not_followed(void **state)
{
    (void)state;
    struct tasks_fixture r, victim;
    tasks_fixture_make(&victim);
    tasks_fixture_make(&r);
    tasks_fixture_write(&r, "a.jsonl", "{\"prompt\":\"p\"}\n");
    char *link = tasks_fixture_path(&r, ".labelwright"),
         *target = tasks_fixture_path(&victim, "index");
    assert_int_equal(symlink(victim.dir, link), 0);
    lw_tasks_close(tasks_fixture_open_whole(&r));
    assert_int_equal(access(target, F_OK), -1);
    remove(link);
    free(link);
    free(target);
    tasks_fixture_remove(&r);
    tasks_fixture_remove(&victim);
}

static void test_works_where_nothing_can_be_kept(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    tasks_fixture_write(&r, "a.jsonl", "{\"prompt\":\"p\"}\n");
    tasks_fixture_write(&r, "other", "");
    char *state_dir = tasks_fixture_path(&r, ".labelwright"),
         *other = tasks_fixture_path(&r, "other");
    assert_int_equal(rename(other, state_dir), 0); /* a file where the folder would be */
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 1);
    lw_tasks_close(t);
    remove(state_dir);
    free(state_dir);
    free(other);
    tasks_fixture_remove(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_used_when_nothing_changed),
        cmocka_unit_test(test_is_taken_over_a_part_at_a_time),
        cmocka_unit_test(test_what_is_asked_for_is_taken_over_at_once),
        cmocka_unit_test(test_goes_on_by_itself_where_a_part_is_spoiled),
        cmocka_unit_test(test_goes_on_where_a_file_grew),
        cmocka_unit_test(test_goes_on_with_duplicates),
        cmocka_unit_test(test_made_anew_when_a_file_changed),
        cmocka_unit_test(test_a_last_line_that_was_not_finished),
        cmocka_unit_test(test_files_and_formats_of_the_project_changed),
        cmocka_unit_test(test_a_spoiled_index_is_made_anew),
        cmocka_unit_test(test_an_index_that_lies_does_no_harm),
        cmocka_unit_test(test_records_far_apart),
        cmocka_unit_test(test_a_link_in_place_of_the_folder_is_not_followed),
        cmocka_unit_test(test_works_where_nothing_can_be_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
