/* Sending to a folder on a disk that fails, at every call: what the journal says arrived is whole
 * in the folder, and after all that every label is there once. */
#define _GNU_SOURCE
#include "fixtures/failing_disk.h"
#include "fixtures/temp_journal.h"

#include "labelwright/sync/outbox.h"
#include "labelwright/sync/sync.h"

#include <dirent.h>
#include <errno.h>
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

/* ---- a place without tasks */

struct office {
    struct lw_project *project;
    struct lw_ledger *ledger;
    struct lw_journal *journal;
    struct lw_sync *sync;
};

static void fold(void *ctx, const struct lw_event *e)
{
    lw_ledger_fold(ctx, e);
}

static bool office_open(struct office *o, const struct temp_journal *temp, const struct lw_sys *sys)
{
    struct lw_problems p = {0};
    struct lw_journal_opts opts = temp_journal_opts(temp, NULL);
    *o = (struct office){
        .project = lw_project_parse(temp->path, "project.yaml", yaml, sizeof yaml - 1, &p),
        .ledger = lw_ledger_new()};
    assert_non_null(o->project);
    opts.sys = sys;
    opts.each = fold;
    opts.ctx = o->ledger;
    if (lw_journal_open(&opts, &o->journal, NULL) != LW_OK)
        return false;
    struct lw_sync_opts with = {
        .sys = sys, .project = o->project, .journal = o->journal, .ledger = o->ledger};
    return lw_sync_open(&with, &o->sync, NULL) == LW_OK;
}

static void office_close(struct office *o)
{
    lw_sync_close(o->sync);
    lw_journal_close(o->journal);
    lw_ledger_free(o->ledger);
    lw_project_free(o->project);
}

/* Sends until there is no more to do at once. */
static struct lw_sync_status office_send(struct office *o)
{
    for (int i = 0; lw_sync_due_ms(o->sync) == 0; i++) {
        assert_true(i < STEPS_MAX);
        lw_sync_step(o->sync);
    }
    return lw_sync_status_of(o->sync, 0);
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
    struct office o;
    struct found found = {.files = 0};
    assert_true(office_open(&o, temp, &lw_sys_real));
    read_folder(temp, "out", &found);
    uint64_t sent = lw_ledger_delivery(o.ledger, "file:out/box")->sent;
    for (uint64_t seq = 1; seq <= sent; seq++)
        if (found.times[seq] != 1)
            fail_msg("%s: the journal says that event %d was sent, and it is there %u times", what,
                (int)seq, found.times[seq]);
    office_close(&o);
}

static void check_end(const struct temp_journal *temp, const char *what)
{
    struct office o;
    struct found found = {.files = 0};
    assert_true(office_open(&o, temp, &lw_sys_real));
    struct lw_sync_status t = office_send(&o);
    if (t.state != LW_SYNC_ALL_SENT)
        fail_msg("%s: not all is sent: %s", what, t.text);
    read_folder(temp, "out", &found);
    for (uint64_t seq = 1; seq <= LABELS + 1; seq++)
        if (found.times[seq] != 1)
            fail_msg("%s: event %d is in the folder %u times", what, (int)seq, found.times[seq]);
    office_close(&o);
}

static void check_sound(const struct temp_journal *temp, const char *what)
{
    struct lw_verdict v = temp_journal_verify(temp);
    if (v.first_damage[0])
        fail_msg("%s: %s", what, v.first_damage);
}

/* ---- the sweep */

struct plan {
    const char *name;
    enum fault_how how;
    int error;
    bool half, power;
};

static const struct plan plans[] = {
    {"EIO once", FAULT_ONCE, EIO, false, false},
    {"EIO once, then power loss", FAULT_ONCE, EIO, false, true},
    {"EIO half written, then power loss", FAULT_ONCE, EIO, true, true},
    {"EIO for ever, then power loss", FAULT_EVER, EIO, false, true},
    {"ENOSPC half written", FAULT_ONCE, ENOSPC, true, false},
    {"ENOSPC for ever", FAULT_EVER, ENOSPC, false, false},
    {"EINTR once", FAULT_ONCE, EINTR, false, false},
    {"killed", FAULT_CRASH, EIO, false, false},
    {"killed in the middle of a write", FAULT_CRASH, EIO, true, false},
    {"power loss", FAULT_CRASH, EIO, false, true},
    {"power loss in the middle of a write", FAULT_CRASH, EIO, true, true},
};

/* False when all was over before call `at`. */
static bool run(struct temp_journal *temp, const struct plan *p, unsigned long at)
{
    struct faults f;
    struct office o;
    char what[200];
    temp_journal_wipe(temp);
    temp_journal_fill(temp, LABELS);
    faults_init(&f);
    f.fail_at = at;
    f.how = p->how;
    f.error = p->error;
    f.half = p->half;
    if (office_open(&o, temp, &f.sys))
        office_send(&o);
    office_close(&o);
    if (p->power)
        faults_power_loss(&f);
    bool reached = f.calls >= at;
    snprintf(what, sizeof what, "%s at call %lu", p->name, at);
    faults_fini(&f);
    check_receipts(temp, what);
    check_end(temp, what);
    check_sound(temp, what);
    return reached;
}

static void every_call_may_fail(void **state)
{
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
        for (unsigned long at = 1; run(*state, &plans[i], at); at++)
            ;
}

/* ---- one by one */

static void a_folder_that_cannot_be_written_needs_the_user(void **state)
{
    struct temp_journal *temp = *state;
    struct office o;
    temp_journal_fill(temp, LABELS);
    temp_journal_write(temp, "out", "", 0); /* a file where the folder belongs */
    assert_true(office_open(&o, temp, &lw_sys_real));
    struct lw_sync_status t = office_send(&o);
    assert_int_equal(t.state, LW_SYNC_NEEDS_YOU);
    assert_int_equal(t.unsent, LABELS);
    assert_non_null(strstr(t.text, "out"));
    assert_int_equal(lw_sync_due_ms(o.sync), -1);
    assert_int_equal(unlinkat(temp->dir, "out", 0), 0);
    lw_sync_now(o.sync);
    assert_int_equal(office_send(&o).state, LW_SYNC_ALL_SENT);
    office_close(&o);
}

/* As after a kill between the file and its receipt. */
static void a_batch_that_is_there_already_counts_as_a_duplicate(void **state)
{
    struct temp_journal *temp = *state;
    struct office o;
    struct found found = {.files = 0};
    struct lw_buf whole = {0}, lines = {0};
    temp_journal_fill(temp, 3);
    assert_true(office_open(&o, temp, &lw_sys_real));
    lw_sync_step(o.sync); /* cut and posted */
    temp_journal_read(temp, "journal/000001.jsonl", &whole);
    office_send(&o);
    office_close(&o);
    temp_journal_write(
        temp, "journal/000001.jsonl", whole.data, whole.len); /* the receipt was not kept */
    assert_true(office_open(&o, temp, &lw_sys_real));
    assert_int_equal(office_send(&o).state, LW_SYNC_ALL_SENT);
    office_close(&o);
    temp_journal_read(temp, "journal/000001.jsonl", &lines);
    assert_non_null(strstr(lines.data, "\"accepted\":0,\"duplicates\":4,"));
    read_folder(temp, "out", &found);
    assert_int_equal(found.files, 1);
    lw_buf_fini(&whole);
    lw_buf_fini(&lines);
}

/* A failed sync left a damaged copy of event 3 behind, and the same lines again in a new segment.
 */
static void what_stands_behind_its_followers_is_sent_too(void **state)
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
        T(what_stands_behind_its_followers_is_sent_too),
        T(a_batch_that_is_there_already_counts_as_a_duplicate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
