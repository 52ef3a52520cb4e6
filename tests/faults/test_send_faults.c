/* Sending to a folder on a disk that fails at every call: what the journal calls sent is complete
 * in the folder, and in the end every label is there once. */
#define _GNU_SOURCE
#include "fixtures/failing_disk.h"
#include "fixtures/temp_journal.h"

#include "labelwright/sync/outbox.h"
#include "labelwright/sync/sync.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LABELS = 7, STEPS_MAX = 60 };

static const char yaml[] = "labelwright: 1\n"
                           "tasks: [tasks.jsonl]\n"
                           "questions: [{name: q, type: text}]\n"
                           "sync: {to: \"file:out/box\", batch: 4}\n";

/* ---- a project without tasks, and its labels */

struct sender {
    struct lw_project *project;
    struct lw_ledger *ledger;
    struct lw_journal *journal;
    struct lw_sync *sync;
};

static void fold(void *ctx, const struct lw_event *e)
{
    lw_ledger_fold(ctx, e);
}

static bool sender_open(struct sender *s, const struct temp_journal *temp, const struct lw_sys *sys)
{
    struct lw_problems p = {0};
    struct lw_journal_opts opts = temp_journal_opts(temp, NULL);
    *s = (struct sender){
        .project = lw_project_parse(temp->path, "project.yaml", yaml, sizeof yaml - 1, &p),
        .ledger = lw_ledger_new()};
    assert_non_null(s->project);
    opts.sys = sys;
    opts.each = fold;
    opts.ctx = s->ledger;
    if (lw_journal_open(&opts, &s->journal, NULL) != LW_OK)
        return false;
    struct lw_sync_opts with = {
        .sys = sys, .project = s->project, .journal = s->journal, .ledger = s->ledger};
    return lw_sync_open(&with, &s->sync, NULL) == LW_OK;
}

static void sender_close(struct sender *s)
{
    lw_sync_close(s->sync);
    lw_journal_close(s->journal);
    lw_ledger_free(s->ledger);
    lw_project_free(s->project);
}

/* Sends until there is no more to do at once. */
static struct lw_sync_status sender_send(struct sender *s)
{
    for (int i = 0; lw_sync_due_ms(s->sync) == 0; i++) {
        assert_true(i < STEPS_MAX);
        lw_sync_step(s->sync);
    }
    return lw_sync_status_of(s->sync, 0);
}

/* ---- the folder */

struct found {
    unsigned times[100]; /* by seq */
    unsigned files;
};

static void read_batch(const struct temp_journal *temp, const char *path, struct found *to)
{
    struct lw_buf text = {0};
    char sha256[LW_SHA256_HEX];
    temp_journal_read(temp, path, &text);
    lw_sha256_hex(text.data, text.len, sha256);
    if (!strstr(path, sha256))
        fail_msg("%s does not hold what its name says", path);
    for (const char *p = text.data; (p = strstr(p, "\"seq\":")); p++)
        to->times[strtoul(p + 6, NULL, 10)]++;
    to->files++;
    lw_buf_fini(&text);
}

static void read_folder(const struct temp_journal *temp, const char *path, struct found *to)
{
    int fd = openat(temp->dir, path, O_RDONLY | O_DIRECTORY);
    DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
    for (struct dirent *e; d && (e = readdir(d));) {
        char *below = lw_format("%s/%s", path, e->d_name);
        size_t n = strlen(below);
        if (e->d_type == DT_DIR && e->d_name[0] != '.')
            read_folder(temp, below, to);
        else if (n > 7 && strcmp(below + n - 7, ".ndjson") == 0)
            read_batch(temp, below, to);
        free(below);
    }
    if (d)
        closedir(d);
}

static void check_receipts(const struct temp_journal *temp, const char *what)
{
    struct sender s;
    struct found found = {.files = 0};
    assert_true(sender_open(&s, temp, &lw_sys_real));
    read_folder(temp, "out", &found);
    uint64_t sent = lw_ledger_delivery(s.ledger, "file:out/box")->sent;
    for (uint64_t seq = 1; seq <= sent; seq++)
        if (found.times[seq] != 1)
            fail_msg("%s: the journal says that event %d was sent, and it is there %u times", what,
                (int)seq, found.times[seq]);
    sender_close(&s);
}

static void check_end(const struct temp_journal *temp, const char *what)
{
    struct sender s;
    struct found found = {.files = 0};
    assert_true(sender_open(&s, temp, &lw_sys_real));
    struct lw_sync_status t = sender_send(&s);
    if (t.state != LW_SYNC_ALL_SENT)
        fail_msg("%s: not all is sent: %s", what, t.text);
    read_folder(temp, "out", &found);
    for (uint64_t seq = 1; seq <= LABELS + 1; seq++)
        if (found.times[seq] != 1)
            fail_msg("%s: event %d is in the folder %u times", what, (int)seq, found.times[seq]);
    sender_close(&s);
}

static void check_journal(const struct temp_journal *temp, const char *what)
{
    struct lw_verdict v = temp_journal_verify(temp);
    if (v.first_damage[0])
        fail_msg("%s: %s", what, v.first_damage);
}

/* ---- the sweep */

static bool run(void *ctx, const struct fault_plan *plan, unsigned long at)
{
    struct temp_journal *temp = ctx;
    struct faults f;
    struct sender s;
    char what[200];
    temp_journal_wipe(temp);
    temp_journal_fill(temp, LABELS);
    faults_init_plan(&f, plan, at);
    if (sender_open(&s, temp, &f.sys))
        sender_send(&s);
    sender_close(&s);
    if (plan->power_loss)
        faults_power_loss(&f);
    bool reached = f.calls >= at;
    snprintf(what, sizeof what, "%s at call %lu", plan->name, at);
    faults_fini(&f);
    check_receipts(temp, what);
    check_end(temp, what);
    check_journal(temp, what);
    return reached;
}

static void every_call_may_fail(void **state)
{
    faults_sweep(run, *state);
}

/* ---- one by one */

static void a_folder_that_cannot_be_written_needs_the_user(void **state)
{
    struct temp_journal *temp = *state;
    struct sender s;
    temp_journal_fill(temp, LABELS);
    temp_journal_write(temp, "out", "", 0); /* a file where the folder belongs */
    assert_true(sender_open(&s, temp, &lw_sys_real));
    struct lw_sync_status t = sender_send(&s);
    assert_int_equal(t.state, LW_SYNC_NEEDS_YOU);
    assert_int_equal(t.unsent, LABELS);
    assert_non_null(strstr(t.text, "out"));
    assert_int_equal(lw_sync_due_ms(s.sync), -1);
    assert_int_equal(unlinkat(temp->dir, "out", 0), 0);
    lw_sync_now(s.sync);
    assert_int_equal(sender_send(&s).state, LW_SYNC_ALL_SENT);
    sender_close(&s);
}

/* As after a kill between the file and its receipt. */
static void a_batch_that_is_there_already_counts_as_a_duplicate(void **state)
{
    struct temp_journal *temp = *state;
    struct sender s;
    struct found found = {.files = 0};
    struct lw_buf whole = {0}, lines = {0};
    temp_journal_fill(temp, 3);
    assert_true(sender_open(&s, temp, &lw_sys_real));
    lw_sync_step(s.sync); /* cut and posted */
    temp_journal_read(temp, "journal/000001.jsonl", &whole);
    sender_send(&s);
    sender_close(&s);
    temp_journal_write(
        temp, "journal/000001.jsonl", whole.data, whole.len); /* the receipt was not kept */
    assert_true(sender_open(&s, temp, &lw_sys_real));
    assert_int_equal(sender_send(&s).state, LW_SYNC_ALL_SENT);
    sender_close(&s);
    temp_journal_read(temp, "journal/000001.jsonl", &lines);
    assert_non_null(strstr(lines.data, "\"accepted\":0,\"duplicates\":4,"));
    read_folder(temp, "out", &found);
    assert_int_equal(found.files, 1);
    lw_buf_fini(&whole);
    lw_buf_fini(&lines);
}

/* A failed sync left a damaged copy of event 3 behind, and the same lines again in a new segment.
 */
static void an_event_after_later_ones_is_sent_too(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_buf all = {0};
    size_t start[LABELS + 2] = {0};
    temp_journal_fill(temp, LABELS);
    temp_journal_read(temp, "journal/000001.jsonl", &all);
    for (size_t i = 1; i <= LABELS + 1; i++)
        start[i] = (size_t)(strchr(all.data + start[i - 1], '\n') + 1 - all.data);
    temp_journal_write(temp, "journal/000002.jsonl", all.data + start[2], all.len - start[2]);
    all.data[start[2] + 30] ^= 1;
    temp_journal_write(temp, "journal/000001.jsonl", all.data, start[4]);
    check_end(temp, "in another order");
    lw_buf_fini(&all);
}

#define T(test) cmocka_unit_test_setup_teardown(test, temp_journal_setup, temp_journal_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_call_may_fail),
        T(a_folder_that_cannot_be_written_needs_the_user),
        T(an_event_after_later_ones_is_sent_too),
        T(a_batch_that_is_there_already_counts_as_a_duplicate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
