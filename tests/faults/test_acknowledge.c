/* "Saved", on the screen or on stdout, comes only after a successful fdatasync of just these bytes.
 * kill -9 cannot show that (the page cache survives): only a trace of the calls can. */
#define _GNU_SOURCE
#include "fixtures/app_fixture.h"
#include "fixtures/failing_disk.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/hash.h"
#include "labelwright/sitting/record_labels.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static const char PROJECT[] =
    "labelwright: 1\n"
    "tasks: [{file: tasks.jsonl}]\n"
    "shuffle_responses: false\n"
    "questions:\n"
    "  - {name: quality, type: rating, on: response, required: true, scale: {min: 1, max: 7}}\n"
    "  - {name: note, type: text, on: task}\n";

static const char TASKS[] =
    "{\"id\":\"t1\",\"prompt\":\"one\",\"responses\":[{\"id\":\"a\",\"text\":\"first\"}]}\n"
    "{\"id\":\"t2\",\"prompt\":\"two\",\"responses\":[{\"id\":\"a\",\"text\":\"second\"}]}\n"
    "{\"id\":\"t3\",\"prompt\":\"three\",\"responses\":[{\"id\":\"a\",\"text\":\"third\"}]}\n"
    "{\"id\":\"t4\",\"prompt\":\"four\",\"responses\":[{\"id\":\"a\",\"text\":\"fourth\"}]}\n";

static struct app_fixture p;
static struct faults f;

/* ---- a place whose disk is traced; its clock stays the place's own */

static ssize_t traced_write(const struct lw_sys *self, int fd, const void *from, size_t n)
{
    (void)self;
    return f.sys.write(&f.sys, fd, from, n);
}

static int traced_fdatasync(const struct lw_sys *self, int fd)
{
    (void)self;
    return f.sys.fdatasync(&f.sys, fd);
}

static int traced_ftruncate(const struct lw_sys *self, int fd, off_t length)
{
    (void)self;
    return f.sys.ftruncate(&f.sys, fd, length);
}

static int traced_openat(
    const struct lw_sys *self, int dir, const char *name, int flags, mode_t mode)
{
    (void)self;
    return f.sys.openat(&f.sys, dir, name, flags, mode);
}

static int make(void **state)
{
    (void)state;
    faults_init(&f);
    app_fixture_make(&p, PROJECT, TASKS);
    p.sys.write = traced_write;
    p.sys.fdatasync = traced_fdatasync;
    p.sys.ftruncate = traced_ftruncate;
    p.sys.openat = traced_openat;
    app_fixture_open(&p);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    app_fixture_end(&p);
    faults_fini(&f);
    return 0;
}

/* ---- reading the trace */

static bool on_journal(const struct fault_trace *t)
{
    return strstr(t->path, "/journal/0") != NULL;
}

/* The last write to the journal before `end`; NULL for none. */
static const struct fault_trace *last_write(size_t end)
{
    while (end-- > 0)
        if (f.trace[end].call == CALL_write && on_journal(&f.trace[end]))
            return &f.trace[end];
    return NULL;
}

static bool is_synced(const struct fault_trace *write, size_t end)
{
    for (const struct fault_trace *t = write + 1; t < f.trace + end; t++)
        if (t->call == CALL_fdatasync && t->ok && strcmp(t->path, write->path) == 0)
            return true;
    return false;
}

/* The journal's last write is its last line, whole, and on the disk. */
static char *synced_line(size_t end)
{
    const struct fault_trace *write = last_write(end);
    assert_non_null(write);
    assert_true(write->ok);
    if (!is_synced(write, end))
        fail_msg("acknowledged before the sync: %s", write->path);
    size_t n = 0;
    char *bytes = file_bytes(write->path, &n);
    assert_non_null(bytes);
    assert_true(n >= write->n);
    assert_true(lw_fingerprint(bytes + n - write->n, write->n) == write->sum);
    char *line = lw_strndup(bytes + n - write->n, write->n);
    free(bytes);
    return line;
}

/* ---- the screen */

/* What the screen says about saving: the header's word and the message. */
static void words_of_saving(char to[400])
{
    const char *screen = app_fixture_screen(&p), *message = strstr(screen, "Saved");
    const char *reopened = strstr(screen, "reopened");
    if (!message)
        message = strstr(screen, "skipped.");
    size_t first = strcspn(screen, "\n");
    bool header = memmem(screen, first, "saved", 5) != NULL;
    snprintf(to, 400, "%s|%.*s|%s", header ? "saved" : "",
        message ? (int)strcspn(message, "\n") : 0, message ? message : "",
        reopened ? "reopened" : "");
}

/* Presses key after key and draws after each; whenever the screen newly says that something is
 * saved, its line must be on the disk. Returns how often it did. */
static int press_and_watch(const char *keys)
{
    char *copy = lw_strdup(keys), *rest = copy, before[400], now[400];
    int said = 0;
    words_of_saving(before);
    for (char *key; (key = strtok_r(rest, " ", &rest));) {
        app_fixture_press(&p, key);
        words_of_saving(now);
        bool header = now[0] == 's' && before[0] != 's'; /* it may outlast its sentence */
        bool words = strcmp(now, before) != 0 &&
                     (strstr(now, "Saved") || strstr(now, "skipped.") || strstr(now, "reopened"));
        if (header || words) {
            char *line = synced_line(f.n_traces);
            assert_true(strstr(line, "\"annotate\"") || strstr(line, "\"skip\"") ||
                        strstr(line, "\"undo\""));
            free(line);
            said++;
        }
        memcpy(before, now, sizeof before);
    }
    free(copy);
    return said;
}

static void the_screen_says_saved_only_after_the_sync(void **state)
{
    (void)state;
    int said = press_and_watch("5 Enter wait:1000 3 m type:why_not Enter Enter wait:1000 "
                               "s type:too_long Enter wait:1000 7 Enter");
    assert_int_equal(said, 4);
    assert_true(app_fixture_shows(&p, "All tasks are done"));
}

static void the_screen_says_reopened_only_after_the_sync(void **state)
{
    (void)state;
    assert_true(press_and_watch("5 Enter wait:1000 4 Enter wait:1000 u u wait:1000 Enter") >= 3);
}

static size_t syncs_of_the_journal(void)
{
    size_t n = 0;
    for (size_t i = 0; i < f.n_traces; i++)
        n += f.trace[i].call == CALL_fdatasync && on_journal(&f.trace[i]);
    return n;
}

static void the_screen_says_saved_about_the_task_that_was_synced(void **state)
{
    (void)state;
    app_fixture_press(&p, "5 Enter");
    assert_true(app_fixture_shows(&p, "Saved task 1"));
    char *line = synced_line(f.n_traces);
    assert_non_null(strstr(line, "\"task\":\"t1\""));
    assert_non_null(strstr(line, "\"quality\":{\"a\":5}"));
    free(line);
    size_t before = syncs_of_the_journal();
    app_fixture_press(&p, "wait:1000 6 Enter");
    assert_int_equal(syncs_of_the_journal(), before + 1);
    assert_true(app_fixture_shows(&p, "Saved task 2"));
}

static void a_disk_that_syncs_no_more_is_never_said_to_have_saved(void **state)
{
    (void)state;
    f.failing = CALL_fdatasync;
    app_fixture_press(&p, "5 Enter");
    assert_false(app_fixture_shows(&p, "Saved"));
    assert_true(app_fixture_shows(&p, "Not saved"));
    assert_true(app_fixture_shows(&p, "first"));
    assert_int_equal(lw_ledger_totals(p.w.ledger).done, 0);
    f.failing = -1;
}

static void a_full_disk_keeps_the_answers_until_the_same_key_saves_them(void **state)
{
    (void)state;
    f.error = ENOSPC;
    f.failing = CALL_write;
    app_fixture_press(&p, "5 Enter");
    assert_true(app_fixture_shows(&p, "Not saved"));
    assert_true(app_fixture_shows(&p, "Make room, press again; your answers are still here."));
    assert_int_equal(lw_ledger_totals(p.w.ledger).done, 0);
    f.failing = -1;
    app_fixture_press(&p, "Enter");
    assert_true(app_fixture_shows(&p, "Saved task 1"));
    char *line = synced_line(f.n_traces);
    assert_non_null(strstr(line, "\"quality\":{\"a\":5}"));
    free(line);
}

/* ---- record */

static int open_replies(const char *name)
{
    char *path = lw_format("%s/%s", p.dir, name);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    free(path);
    return fd;
}

static enum lw_code record(const char *requests, int out)
{
    struct lw_err err = {0};
    FILE *in = fmemopen((void *)(uintptr_t)requests, strlen(requests), "r");
    enum lw_code code = lw_record_stream(&p.w, in, out, &err);
    fclose(in);
    return code;
}

/* The hash of the n-th line that the replies' file holds. */
static void hash_of_reply(const char *replies, size_t n, char to[LW_SHA256_HEX])
{
    while (n-- > 0)
        replies = strchr(replies, '\n') + 1;
    const char *hash = strstr(replies, "\"hash\":\"");
    assert_non_null(hash);
    snprintf(to, LW_SHA256_HEX, "%.64s", hash + 8);
}

/* Every write of a reply has the write and the sync of its own line right before it. */
static size_t check_replies(const char *replies, const char *journal, size_t journal_n)
{
    size_t n = 0;
    char hash[LW_SHA256_HEX];
    for (size_t i = 0; i < f.n_traces; i++) {
        if (f.trace[i].call != CALL_write || !strstr(f.trace[i].path, "/replies"))
            continue;
        const struct fault_trace *write = last_write(i);
        assert_non_null(write);
        assert_true(write->ok && is_synced(write, i));
        hash_of_reply(replies, n++, hash);
        const char *line = memmem(journal, journal_n, hash, 64);
        assert_non_null(line);
        const char *end = line + 64 + strlen("\"}\n"), *begin = end - write->n;
        assert_true(begin >= journal && lw_fingerprint(begin, write->n) == write->sum);
    }
    return n;
}

static void record_replies_only_after_the_sync_of_the_same_line(void **state)
{
    static const char requests[] = "{\"task\":\"t1\",\"answers\":{\"quality\":{\"a\":5}}}\n"
                                   "{\"task\":\"t2\",\"skip\":\"\"}\n"
                                   "{\"task\":\"t1\",\"answers\":{\"quality\":{\"a\":1}}}\n";
    (void)state;
    int out = open_replies("replies");
    f.n_traces = 0;
    assert_int_equal(record(requests, out), LW_OK);
    close(out);
    size_t n;
    char *replies = app_fixture_read(&p, "replies", NULL);
    char *journal = app_fixture_read(&p, "journal/000001.jsonl", &n);
    assert_int_equal(check_replies(replies, journal, n), 3);
    free(journal);
    free(replies);
}

static void record_replies_with_an_error_when_the_sync_fails(void **state)
{
    (void)state;
    int out = open_replies("replies");
    f.failing = CALL_fdatasync;
    assert_int_equal(record("{\"task\":\"t2\",\"skip\":\"\"}\n", out), LW_EIO);
    f.failing = -1;
    close(out);
    char *replies = app_fixture_read(&p, "replies", NULL);
    assert_non_null(strstr(replies, "\"error\":\"Not saved: "));
    assert_null(strstr(replies, "hash"));
    free(replies);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, make, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_screen_says_saved_only_after_the_sync),
        TEST(the_screen_says_reopened_only_after_the_sync),
        TEST(the_screen_says_saved_about_the_task_that_was_synced),
        TEST(a_disk_that_syncs_no_more_is_never_said_to_have_saved),
        TEST(a_full_disk_keeps_the_answers_until_the_same_key_saves_them),
        TEST(record_replies_only_after_the_sync_of_the_same_line),
        TEST(record_replies_with_an_error_when_the_sync_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
