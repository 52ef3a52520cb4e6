/* Files without tasks and records that cannot be read: the command line and the screen both say
 * what is wrong and how to fix it, and no file is left over. */
#define _GNU_SOURCE
#include "fixtures/pty.h"
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <sys/stat.h>
#include <unistd.h>

#define RECORD "{\"id\":\"t\",\"prompt\":\"p\",\"responses\":[{\"text\":\"x\"},{\"text\":\"y\"}]}"
#define LINES_ONLY                                                                                 \
    "This version reads CSV, TSV and JSON (one object per line, an array of objects, or objects "  \
    "one after another)"

/* ---- the terminal */

static struct lw_pty *label(const char *path, const char *task)
{
    const char *argv[] = {getenv("LW_PROGRAM"), path, task ? "--task" : NULL, task, NULL};
    return lw_pty_start(24, 120, (const char *const[]){"USER=ana", NULL}, argv);
}

/* Labeling ends at once with the status, and with the text on the terminal, however it is broken
 * into rows there. */
static void labeling_ends(const char *path, int status, const char *said)
{
    struct lw_pty *p = label(path, NULL);
    if (lw_pty_wait_exit(p) != status)
        lw_pty_fail(p, "%s: the exit status is not %d", path, status);
    if (!strstr(lw_pty_output(p, 0), said))
        lw_pty_fail(p, "%s: the terminal lacks: %s", path, said);
    assert_false(lw_pty_in_alternate_screen(p));
    lw_pty_free(p);
}

static void refuses(struct run *r, const char *path, int status, const char *said)
{
    static const char *const commands[] = {"status", "record", "export --format native", "verify"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        run_shell(r, status, "\"$LW\" %s '%s'", commands[i], path);
        run_says(r, said);
        run_prints_none(r);
        /* Once is enough. */
        assert_ptr_equal(strchr(r->err, '\n'), r->err + r->err_n - 1);
    }
    labeling_ends(path, status, said);
}

/* ---- whole files */

static void refuses_what_is_not_there(void **state)
{
    struct run *r = *state;
    refuses(r, "nowhere.jsonl", 3, "nowhere.jsonl: no such file or folder.");
    refuses(r, "nowhere/", 3, "no such file or folder.");
    assert_int_equal(run_count("."), 0);
}

static void refuses_a_folder_without_a_project(void **state)
{
    struct run *r = *state;
    assert_int_equal(mkdir("d", 0755), 0);
    refuses(r, "d", 3,
        "d has no project.yaml. Open a data file, or make a project: labelwright new DIR --like "
        "FILE");
    assert_int_equal(run_count("d"), 0);
}

static void refuses_files_that_hold_no_tasks(void **state)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *said;
    } rows[] = {
        {"", 0, "f is empty. Write tasks as JSON objects, one per line or in an array."},
        {"\n \t\n\r\n\n", 7, "f is empty (only blank lines)."},
        {"\177ELF\2\1\1\0\0\0\0\0", 12, "f is binary. " LINES_ONLY "."},
        {"\211PNG\r\n\032\n\0\0\0\r", 12,
            "f is a picture. Open a file of tasks that names it as its \"image\"."},
        {"\x1f\x8b\x08\0\0\0\0", 7, "f is compressed (gzip): unpack it first."},
        {"PK\x03\x04\x14\0", 6,
            "f is a ZIP archive or an office document: unpack or export it first."},
        {"{\"prompt\":\"caf\xe9\"}\n", 18, "f: line 1 has the byte 0xE9, which is not UTF-8."},
        {"\xff\xfe{\0\"\0", 6,
            "f is UTF-16 text. Say so:  --encoding utf-16  (in a project: `encoding: utf-16` "
            "below"},
        {"{\0\"\0p\0", 6, "or convert it:  iconv -f UTF-16 -t UTF-8 FILE > NEW"},
        {"\0{\0\"\0p", 6, "or convert it:  iconv -f UTF-16 -t UTF-8 FILE > NEW"},
    };
    struct run *r = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        run_put_bytes("f", rows[i].bytes, rows[i].n);
        refuses(r, "f", 1, rows[i].said);
        assert_int_equal(run_count("."), 1);
    }
}

static void refuses_other_containers_and_tells_how_to_convert_them(void **state)
{
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"prompt,response\n\"a, b\",c,d\n",
            "f looks like CSV or TSV, but not all rows have the same number"},
        {"prompt\tresponse\na\tb\tc\n", "f looks like CSV or TSV, but"},
        {"hello\nworld\n", "f: no record can be read. " LINES_ONLY ". The first record: Column 1"},
        {"{\"what\":1}\n",
            "f: no known format has the members \"what\". Known formats: hh-rlhf, native, "},
    };
    struct run *r = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        run_put("f", rows[i].text);
        refuses(r, "f", 1, rows[i].said);
        assert_int_equal(run_count("."), 1);
    }
}

static void refuses_what_is_no_regular_file(void **state)
{
    struct run *r = *state;
    assert_int_equal(mkfifo("f", 0600), 0);
    refuses(r, "f", 1, "f is not a file or a folder. Copy its contents into a file first.");
    assert_int_equal(run_count("."), 1);
}

/* ---- single records */

struct bad {
    const char *record, *why;
};
static const struct bad bads[] = {
    {"{\"id\":\"b1\",\"n\":99999999999999999999,\"m\":-1e400}", "-1e400 is too large for a double"},
    {"{\"id\":\"b2\",\"n\":1e400}", "1e400 is too large for a double"},
    {"{\"id\":\"b3\",\"prompt\":\"\\u0000\"}",
        "\\u0000 is a NUL character: remove it, because text cannot contain it"},
    {"{\"id\":\"b4\",\"prompt\":\"\\ud83d\"}", "\\ud83d is half a surrogate pair"},
    {"{\"id\":\"b5\",\"n\":NaN}", "NaN is not a JSON number: write null"},
    {"{\"id\":\"b6\",\"n\":-Infinity}", "-Infinity is not a JSON number"},
    {"{\"id\":\"b7\",\"prompt\":\"p\",\"prompt\":\"q\"}",
        "\"prompt\" is used twice in the same object"},
    {"{\"id\":\"b8\",\"prompt\":\"p\",\"resp", "The record ends too early"},
    {"{\"id\":\"b9\"} // a comment", "remove comments like // or /* */"},
    {"{\"id\":\"b10\",\"prompt\":'p'}", "use \"double\" quotes: JSON does not allow single quotes"},
    {"{\"id\":\"b11\",\"prompt\":\"p\",}", "remove the comma before the closing bracket"},
    {"{\"id\":\"b12\",\"prompt\":True}", "True is Python, not JSON"},
    {"{\"id\":\"b13\",\"prompt\":\"caf\xe9\"}", "(0xE9) is not UTF-8"},
    {"[\"b\"]", "The record is a list, not an object"},
    {"{\"id\":\"b14\",\"prompt\":7}", "\"prompt\""},
};
enum { BADS = sizeof bads / sizeof *bads };

static void put_bads(const char *name)
{
    struct lw_buf b = {0};
    lw_buf_str(&b, RECORD "\n");
    for (size_t i = 0; i < BADS; i++)
        lw_buf_fmt(&b, "%s\n", bads[i].record);
    lw_buf_str(&b, "{\"id\":\"z\",\"prompt\":\"last one\",\"responses\":[]}\n");
    run_put_bytes(name, b.data, b.len);
    lw_buf_fini(&b);
}

static void the_screen_of_a_bad_record_names_its_reason(void **state)
{
    struct run *r = *state;
    (void)r;
    put_bads("f");
    struct lw_pty *p = label("f", "2");
    lw_pty_wait_text(p, "Created f.labelwright/project.yaml");
    for (size_t i = 0; i < BADS; i++) {
        lw_pty_wait_text(p, bads[i].why);
        lw_pty_type(p, "J");
    }
    lw_pty_wait_text(p, "last one");
    lw_pty_free(p);
}

static void a_bad_record_can_be_skipped_and_costs_no_other(void **state)
{
    struct run *r = *state;
    put_bads("f");
    run_shell(r, 0, "\"$LW\" record f < /dev/null"); /* makes the project */
    run_shell(r, 0, "\"$LW\" status --json f");
    run_prints(r, "{\"tasks\":{\"total\":17,");
    struct lw_pty *p = label("f", "6");
    lw_pty_wait_text(p, "NaN is not a JSON number");
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "This task cannot be read. s: skip, J: next.");
    lw_pty_type(p, "s");
    lw_pty_wait_text(p, "Skip this task");
    lw_pty_type(p, "not JSON\r");
    lw_pty_wait_text(p, "-Infinity is not a JSON number");
    lw_pty_type(p, "q\r");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
    run_shell(r, 0, "\"$LW\" status --json f");
    run_prints(r, "\"skipped\":1,\"left\":16}");
    run_shell(r, 0, "\"$LW\" verify f");
}

static void too_deep_a_record_is_refused_in_words(void **state)
{
    struct run *r = *state;
    struct lw_buf b = {0};
    lw_buf_str(&b, RECORD "\n{\"id\":\"deep\",\"prompt\":");
    for (int i = 0; i < 200000; i++)
        lw_buf_char(&b, '[');
    lw_buf_str(&b, "\n");
    run_put_bytes("f", b.data, b.len);
    lw_buf_fini(&b);
    run_fed(r, 1, "{\"task\":\"deep\",\"answers\":{}}\n", "record f");
    run_prints(r, "nested too deeply: the limit is 2,048 levels.");
}

static void a_record_beyond_16_mib_stands_among_good_ones(void **state)
{
    struct run *r = *state;
    struct lw_buf b = {0};
    size_t n = 17 * 1024 * 1024;
    lw_buf_str(&b, RECORD "\n{\"id\":\"huge\",\"prompt\":\"");
    memset(lw_buf_room(&b, n), 'h', n);
    b.len += n;
    lw_buf_str(&b, "\"}\n{\"id\":\"u\",\"prompt\":\"after it\",\"responses\":[]}\n");
    run_put_bytes("f", b.data, b.len);
    lw_buf_fini(&b);
    run_shell(r, 0, "\"$LW\" record f < /dev/null"); /* makes the project */
    run_shell(r, 0, "\"$LW\" status --json f");
    run_prints(r, "{\"tasks\":{\"total\":3,");
    struct lw_pty *p = label("f", "huge");
    lw_pty_wait_text(p, "The record is 17.0 MiB long; the limit is 16 MiB.");
    lw_pty_type(p, "J");
    lw_pty_wait_text(p, "after it");
    lw_pty_free(p);
}

static void duplicate_ids_are_told_and_both_can_be_labeled(void **state)
{
    struct run *r = *state;
    run_put("f", RECORD "\n" RECORD "\n" RECORD "\n");
    struct lw_pty *p = label("f", NULL);
    lw_pty_wait_text(p, "(first: task 2)");
    lw_pty_wait_text(p, "ID~2");
    lw_pty_free(p);
    run_fed(r, 0, "{\"task\":\"t\",\"skip\":\"\"}\n{\"task\":\"t~2\",\"skip\":\"\"}\n", "record f");
    run_says(r, "2 tasks have the id of an earlier task (first: task 2).");
    run_shell(r, 0, "\"$LW\" status --json f");
    run_prints(r, "\"done\":0,\"skipped\":2,\"left\":1}");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(refuses_what_is_not_there),
        TEST(refuses_a_folder_without_a_project),
        TEST(refuses_files_that_hold_no_tasks),
        TEST(refuses_other_containers_and_tells_how_to_convert_them),
        TEST(refuses_what_is_no_regular_file),
        TEST(the_screen_of_a_bad_record_names_its_reason),
        TEST(a_bad_record_can_be_skipped_and_costs_no_other),
        TEST(too_deep_a_record_is_refused_in_words),
        TEST(a_record_beyond_16_mib_stands_among_good_ones),
        TEST(duplicate_ids_are_told_and_both_can_be_labeled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
