/* `record`: its streams, other programs that use the journal, and the order of system calls. A
 * reply with a hash means that the label is on the disk. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <fcntl.h>
#include <jansson.h>
#include <sys/file.h>
#include <unistd.h>

#define JOURNAL "p/journal/000001.jsonl"
#define LABEL_A "{\"task\":\"a\",\"answers\":{\"quality\":4}}"
#define LABEL_B "{\"task\":\"b\",\"answers\":{\"quality\":5,\"tone\":\"warm\"}}"

/* The n-th line of a text from 0, parsed; NULL after the last. */
static json_t *line_of(const char *text, size_t n)
{
    for (; n > 0; n--) {
        text = strchr(text, '\n');
        if (!text)
            return NULL;
        text++;
    }
    return json_loadb(text, strcspn(text, "\n"), JSON_REJECT_DUPLICATES, NULL);
}

static bool has_newline_at_end(const struct run *r)
{
    return r->out_n > 0 && r->out[r->out_n - 1] == '\n';
}

static void blank_lines_are_no_requests(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, "\n  \n\t\r\n" LABEL_A "\r\n\r\n", "record p");
    run_prints(r, "{\"task\":\"a\",\"seq\":3,");
    assert_ptr_equal(strchr(r->out, '\n'), r->out + r->out_n - 1);
}

static void nothing_on_stdin_is_nothing_to_do(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, "", "record p");
    run_prints_none(r);
    run_is_silent(r);
    run_fed(r, 0, "\n\n", "record p");
    run_prints_none(r);
}

static void the_last_line_needs_no_newline(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, LABEL_A "\n" LABEL_B, "record p");
    run_prints(r, "\n{\"task\":\"b\",\"seq\":4,");
    assert_true(has_newline_at_end(r));
}

static char *long_request(size_t n)
{
    struct lw_buf b = {0};
    lw_buf_str(&b, "{\"task\":\"a\",\"answers\":{\"quality\":1,\"why\":\"");
    memset(lw_buf_room(&b, n), 'w', n);
    b.len += n;
    lw_buf_str(&b, "\"}}\n" LABEL_B "\n");
    return lw_buf_detach(&b);
}

static void a_line_of_several_mb_is_kept_whole(void **state)
{
    struct run *r = *state;
    run_project("p");
    char *in = long_request(5000000);
    run_fed(r, 0, in, "record p");
    free(in);
    run_prints(r, "{\"task\":\"a\",\"seq\":3,");
    run_shell(r, 0, "\"$LW\" verify p");
    run_shell(r, 0, "sed -n 3p " JOURNAL);
    json_t *event = line_of(r->out, 0);
    assert_int_equal(
        json_string_length(json_object_get(json_object_get(event, "answers"), "why")), 5000000);
    json_decref(event);
}

static void a_line_beyond_the_limit_is_refused_and_the_next_one_read(void **state)
{
    struct run *r = *state;
    run_project("p");
    char *in = long_request(17 * 1024 * 1024);
    run_fed(r, 1, in, "record p");
    free(in);
    run_prints(r, "Line too long: more than 16 MiB.");
    run_prints(r, "\n{\"task\":\"b\",\"seq\":3,");
}

static void a_stdin_that_cannot_be_read_is_a_failure(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_shell(r, 3, "\"$LW\" record p < p");
    run_says(r, "Cannot read stdin: Is a directory");
    run_shell(r, 3, "\"$LW\" record p <&-");
    run_says(r, "Cannot read stdin: Bad file descriptor");
}

/* The second label of a task waits for the first one's number. */
static void nothing_is_saved_behind_a_reply_that_nobody_takes(void **state)
{
    struct run *r = *state;
    run_project("p");
    r->in = LABEL_A "\n" LABEL_A "\n";
    run_shell(r, 3, "\"$LW\" record p > /dev/full");
    run_says(r, "The label is saved. The rest of stdin was not read.");
    r->in = NULL;
    run_shell(r, 0, "grep -c '\"type\":\"annotate\"' " JOURNAL);
    run_prints(r, "1\n");
}

static void a_reply_that_nobody_takes_ends_it_and_says_what_was_saved(void **state)
{
    struct run *r = *state;
    run_project("p");
    r->in = LABEL_A "\n" LABEL_B "\n";
    run_shell(r, 3, "\"$LW\" record p >&-");
    run_says(r, "The label is saved. Saved behind it: 1 more. The rest of stdin was not read.");
    run_shell(r, 3, "\"$LW\" record p > /dev/full");
    run_says(r, "No space left on device");
    /* stdin comes only when the reader has gone. */
    run_shell(r, 0,
        "cat > in; { while test -e in; do :; done; echo '" LABEL_A "'; } |"
        "{ \"$LW\" record p; echo $? >&2; } | { exec <&-; rm in; }");
    run_says(r, "Broken pipe");
    run_says(r, "\n3\n");
    r->in = NULL;
    run_shell(r, 0, "\"$LW\" status --json p");
    run_prints(r, "\"done\":2,\"skipped\":0,");
}

/* ---- others */

/* What `sync` holds is free again soon: the holder here lets go when `record` waits for it. */
static void record_waits_for_a_journal_that_is_being_sent(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, LABEL_A "\n", "record p");
    run_put("b", LABEL_B "\n");
    run_shell(r, 0,
        "exec 9<> p/journal/lock; flock 9; echo 'pid 42 on x, no terminal, sending' > "
        "p/journal/lock; \"$LW\" record p < b > out 9>&- & pid=$!; flock 9; "
        "until [ \"$(cut -d ' ' -f 3 /proc/$pid/stat)\" = S ]; do :; done; "
        "exec 9>&-; wait $pid");
    size_t n;
    char *out = run_get("out", &n);
    assert_non_null(strstr(out, "\"hash\""));
    free(out);
    run_shell(r, 0, "\"$LW\" status p");
    run_prints(r, "2 done");
}

static void a_journal_that_another_holds_is_left_alone(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, LABEL_A "\n", "record p");
    int lock = open("p/journal/lock", O_RDWR | O_CLOEXEC);
    assert_int_equal(flock(lock, LOCK_EX), 0);
    run_put("p/journal/lock", "pid 4242 on elsewhere, /dev/pts/7\n");
    run_fed(r, 1, LABEL_B "\n", "record p");
    run_says(r, "Nothing saved. Another labelwright has this project open (pid 4242 on elsewhere, "
                "/dev/pts/7). Close it first.");
    run_prints_none(r);
    run_put("p/journal/lock", "\033[2Jpid 4242\n");
    run_fed(r, 1, LABEL_B "\n", "record p");
    assert_null(strchr(r->err, '\033'));
    close(lock);
    run_fed(r, 0, LABEL_B "\n", "record p");
}

static void two_annotators_have_a_journal_each(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, LABEL_A "\n", "record p");
    run_fed(r, 0, LABEL_A "\n", "record --annotator joe p");
    assert_true(run_has("p/journal-joe/000001.jsonl"));
    run_shell(r, 0, "\"$LW\" verify p && \"$LW\" verify --annotator joe p");
    run_shell(r, 0, "grep -h '\"type\":\"journal\"' p/journal*/*.jsonl");
    run_prints(r, "\"annotator\":\"ana\"");
    run_prints(r, "\"annotator\":\"joe\"");
}

/* ---- the promise */

static bool works_here(struct run *r, const char *command)
{
    run_shell(r, 0, "%s >/dev/null 2>&1; echo $?", command);
    bool works = strcmp(r->out, "0\n") == 0;
    if (!works)
        print_message("SKIPPED: this does not work here: %s\n", command);
    return works;
}

/* One line of a trace: "PID name(fd</path>, …) = result". */
struct call {
    bool is_write, is_sync, is_reply, on_journal, well;
    const char *text;
};

static struct call call_of(const char *line)
{
    const char *name = strpbrk(line, "wf"), *result = strstr(line, ") = ");
    struct call c = {.text = line};
    if (!name || !result)
        return c;
    c.is_write = strncmp(name, "write(", 6) == 0;
    c.is_sync = strncmp(name, "fdatasync(", 10) == 0;
    c.is_reply = strncmp(name, "write(1<", 8) == 0;
    c.on_journal = strstr(line, "/journal/0") != NULL;
    for (const char *next; (next = strstr(result + 1, ") = "));)
        result = next;
    c.well = result[4] != '-';
    return c;
}

/* Replies in the trace; fails the test at one whose hash was not written and synced before. */
static size_t check_trace(char *trace)
{
    size_t replies = 0;
    char *written = lw_strdup(""), *synced = lw_strdup("");
    for (char *rest = trace, *line; (line = strsep(&rest, "\n"));) {
        struct call c = call_of(line);
        const char *hash = strstr(line, "\\\"hash\\\":\\\"");
        if (c.is_write && c.on_journal && c.well) {
            free(written);
            written = lw_strdup(line);
        } else if (c.is_sync && c.on_journal && c.well) {
            free(synced);
            synced = lw_strdup(written);
        } else if (c.is_reply && hash) {
            char end[80];
            snprintf(end, sizeof end, "%.74s", hash + 11);
            end[64] = '\0';
            if (!strstr(synced, end))
                fail_msg("a reply before the sync of its line: %s", line);
            replies++;
        }
    }
    free(written);
    free(synced);
    return replies;
}

static void every_reply_follows_the_sync_of_its_line(void **state)
{
    struct run *r = *state;
    struct lw_buf in = {0};
    run_project("p");
    if (!works_here(r, "ASAN_OPTIONS=detect_leaks=0 strace -o /dev/null \"$LW\" --version"))
        skip();
    for (int i = 0; i < 40; i++)
        lw_buf_str(&in, i % 2 ? LABEL_A "\n" : LABEL_B "\n");
    r->in = in.data;
    /* The leak check cannot run in a traced process. */
    run_shell(r, 0,
        "ASAN_OPTIONS=detect_leaks=0 strace -f -y -s 100000 -o trace -e "
        "trace=write,fdatasync,fsync "
        "\"$LW\" record p");
    r->in = NULL;
    char *trace = run_get("trace", NULL);
    assert_int_equal(check_trace(trace), 40);
    free(trace);
    lw_buf_fini(&in);
}

/* Two tasks, both there at the start: one write and one sync have both. */
static void requests_that_are_there_wait_on_one_sync(void **state)
{
    struct run *r = *state;
    run_project("p");
    if (!works_here(r, "ASAN_OPTIONS=detect_leaks=0 strace -o /dev/null \"$LW\" --version"))
        skip();
    r->in = LABEL_A "\n" LABEL_B "\n";
    run_shell(r, 0,
        "ASAN_OPTIONS=detect_leaks=0 strace -f -y -s 100000 -o trace -e trace=write,fdatasync "
        "\"$LW\" record p");
    r->in = NULL;
    char *trace = run_get("trace", NULL);
    assert_int_equal(check_trace(trace), 2);
    free(trace);
    run_shell(r, 0, "grep -c 'annotate.*annotate' trace");
    run_prints(r, "1\n");
}

static void a_sync_that_fails_is_never_taken_for_one(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, LABEL_A "\n", "record p");
    if (!works_here(r, "ASAN_OPTIONS=detect_leaks=0 strace -o /dev/null -e "
                       "inject=fdatasync:error=EIO \"$LW\" --version"))
        skip();
    r->in = LABEL_A "\n" LABEL_B "\n";
    run_shell(r, 3,
        "ASAN_OPTIONS=detect_leaks=0 strace -f -o /dev/null -e inject=fdatasync:error=EIO:when=2+ "
        "\"$LW\" record p");
    r->in = NULL;
    run_prints(r, "\"error\":\"Not saved: ");
    assert_null(strstr(r->out, "\"hash\""));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(blank_lines_are_no_requests),
        TEST(nothing_on_stdin_is_nothing_to_do),
        TEST(the_last_line_needs_no_newline),
        TEST(a_line_of_several_mb_is_kept_whole),
        TEST(a_line_beyond_the_limit_is_refused_and_the_next_one_read),
        TEST(a_stdin_that_cannot_be_read_is_a_failure),
        TEST(nothing_is_saved_behind_a_reply_that_nobody_takes),
        TEST(a_reply_that_nobody_takes_ends_it_and_says_what_was_saved),
        TEST(a_journal_that_another_holds_is_left_alone),
        TEST(record_waits_for_a_journal_that_is_being_sent),
        TEST(two_annotators_have_a_journal_each),
        TEST(every_reply_follows_the_sync_of_its_line),
        TEST(requests_that_are_there_wait_on_one_sync),
        TEST(a_sync_that_fails_is_never_taken_for_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
