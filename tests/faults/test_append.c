/* Saving labels on a disk that fails: every acknowledged label is there afterwards. */
#define _GNU_SOURCE
#include "fixtures/fault_sweep.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

static void every_call_fails_on_a_new_journal(void **state)
{
    fault_sweep_all(*state, NULL, 0);
}

static void some_work(struct temp_journal *temp)
{
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    assert_int_equal(temp_journal_annotate(j, "t", "before", NULL, NULL), LW_OK);
    lw_journal_close(j);
}

static void every_call_fails_on_an_old_journal(void **state)
{
    fault_sweep_all(*state, some_work, 0);
}

/* ---- the order of calls */

static bool ends_with(const char *path, const char *name)
{
    size_t n = strlen(path), m = strlen(name);
    return n >= m && strcmp(path + n - m, name) == 0;
}

static size_t find_call(const struct faults *f, size_t from, enum fault_call call, const char *path)
{
    while (from < f->n_traces &&
           (f->trace[from].call != call || !ends_with(f->trace[from].path, path)))
        from++;
    return from;
}

/* These bytes were written, and synced after that, before now; so was the segment's name. */
static void check_trace(const struct faults *f, const struct lw_event *e, size_t bytes)
{
    char name[40];
    snprintf(name, sizeof name, "journal/%06u.jsonl", e->pos.segment);
    size_t w = f->n_traces;
    uint64_t sum = lw_fingerprint(e->text, bytes);
    while (w-- > 0)
        if (f->trace[w].call == CALL_write && ends_with(f->trace[w].path, name) &&
            f->trace[w].n == bytes && f->trace[w].sum == sum && f->trace[w].ok)
            break;
    assert_true(w < f->n_traces);
    size_t s = find_call(f, w, CALL_fdatasync, name);
    assert_true(s < f->n_traces && f->trace[s].ok);
    for (size_t i = s + 1; i < f->n_traces; i++)
        assert_int_not_equal(f->trace[i].call, CALL_write);
    size_t made = w;
    while (made-- > 0)
        if (f->trace[made].call == CALL_openat && (f->trace[made].flags & O_CREAT) &&
            f->trace[made].ok && ends_with(f->trace[made].path, name))
            break;
    if (made < w) {
        size_t d = find_call(f, made, CALL_fsync, "/journal");
        assert_true(d < f->n_traces && f->trace[d].ok);
    }
}

static void every_acknowledgement_follows_its_sync(void **state)
{
    struct temp_journal *temp = *state;
    for (int fail = 0; fail < 80; fail++) {
        struct faults f;
        struct lw_journal_opts o = temp_journal_opts(temp, NULL);
        struct lw_journal *j;
        temp_journal_wipe(temp);
        faults_init(&f);
        f.fail_at = (unsigned long)fail;
        o.sys = &f.sys;
        o.segment_bytes = FAULT_SWEEP_SEGMENT;
        if (lw_journal_open(&o, &j, NULL) != LW_OK) {
            faults_fini(&f);
            continue;
        }
        for (int i = 0; i < 8; i++) {
            struct lw_event out[2];
            json_t *body[2] = {
                temp_journal_body("annotate", "t", "n"), temp_journal_body("skip", "u", "m")};
            size_t n = i % 2 ? 2 : 1;
            if (lw_journal_append(j, body, n, out, NULL) == LW_OK)
                check_trace(&f, out, out[0].pos.len + (n > 1 ? out[1].pos.len : 0));
            json_decref(body[0]);
            json_decref(body[1]);
        }
        lw_journal_close(j);
        size_t p = find_call(&f, 0, CALL_fsync, temp->path); /* the journal's own name */
        assert_true(p < f.n_traces);
        faults_fini(&f);
    }
}

/* ---- one failure at a time */

/* A journal on a disk that will fail at the next call of a kind. */
struct sick {
    struct faults f;
    struct lw_journal *j;
};

static void sick_open(struct sick *s, struct temp_journal *temp)
{
    struct lw_journal_opts o = temp_journal_opts(temp, NULL);
    faults_init(&s->f);
    o.sys = &s->f.sys;
    assert_int_equal(lw_journal_open(&o, &s->j, NULL), LW_OK);
}

static void sick_close(struct sick *s)
{
    lw_journal_close(s->j);
    faults_fini(&s->f);
}

static void failed_sync_moves_the_same_bytes_to_a_new_segment(void **state)
{
    struct temp_journal *temp = *state;
    struct sick s;
    struct lw_event e, next;
    sick_open(&s, temp);
    s.f.fail_at = s.f.calls + 7; /* five of the guard, write, fdatasync */
    assert_int_equal(temp_journal_annotate(s.j, "t", "n", &e, NULL), LW_OK);
    assert_int_equal(e.pos.segment, 2);
    assert_true(temp_journal_noted(s.j, "000002.jsonl"));
    assert_int_equal(lw_journal_mode(s.j), LW_JOURNAL_WRITABLE);
    size_t failed = find_call(&s.f, 0, CALL_fdatasync, "000001.jsonl");
    while (s.f.trace[failed].ok)
        failed = find_call(&s.f, failed + 1, CALL_fdatasync, "000001.jsonl");
    assert_int_equal(
        find_call(&s.f, failed + 1, CALL_fdatasync, "000001.jsonl"), s.f.n_traces); /* not again */
    assert_int_equal(temp_journal_annotate(s.j, "t", "m", &next, NULL), LW_OK);
    struct lw_buf first = {0}, second = {0};
    temp_journal_read(temp, "journal/000001.jsonl", &first);
    temp_journal_read(temp, "journal/000002.jsonl", &second);
    assert_memory_equal(first.data + first.len - e.pos.len, second.data, e.pos.len);
    sick_close(&s);
    struct lw_verdict v = temp_journal_verify(temp);
    assert_int_equal(v.events, 3);
    assert_string_equal(v.first_damage, "");
    lw_buf_fini(&first);
    lw_buf_fini(&second);
}

static void disk_that_fails_for_good_blocks(void **state)
{
    struct temp_journal *temp = *state;
    struct sick s;
    struct lw_err err = {0};
    struct lw_event e;
    sick_open(&s, temp);
    assert_int_equal(temp_journal_annotate(s.j, "t", "n", &e, NULL), LW_OK);
    s.f.failing = CALL_fdatasync;
    assert_int_equal(temp_journal_annotate(s.j, "t", "m", NULL, &err), LW_EIO);
    assert_int_equal(lw_journal_mode(s.j), LW_JOURNAL_BLOCKED);
    assert_true(temp_journal_noted(s.j, "No more labels can be saved"));
    s.f.failing = -1;
    assert_int_equal(temp_journal_annotate(s.j, "t", "m", NULL, NULL), LW_EIO);
    assert_string_equal(lw_journal_head(s.j).hash, e.hash);
    json_t *json;
    assert_int_equal(lw_journal_read(s.j, e.pos, &json, NULL), LW_OK);
    json_decref(json);
    sick_close(&s);
}

static void short_write_is_cut_back_and_may_be_tried_again(void **state)
{
    struct temp_journal *temp = *state;
    struct sick s;
    struct lw_err err = {0};
    struct lw_buf before = {0}, after = {0};
    sick_open(&s, temp);
    temp_journal_read(temp, "journal/000001.jsonl", &before);
    s.f.half = true;
    s.f.error = ENOSPC;
    s.f.fail_at = s.f.calls + 6; /* after those of the guard, write */
    assert_int_equal(temp_journal_annotate(s.j, "t", "n", NULL, &err), LW_EFULL);
    temp_journal_read(temp, "journal/000001.jsonl", &after);
    assert_int_equal(after.len, before.len);
    assert_int_equal(s.f.trace[s.f.n_traces - 1].call, CALL_fdatasync); /* the cut is synced */
    assert_int_equal(lw_journal_mode(s.j), LW_JOURNAL_WRITABLE);
    assert_int_equal(temp_journal_annotate(s.j, "t", "n", NULL, NULL), LW_OK);
    sick_close(&s);
    assert_string_equal(temp_journal_verify(temp).first_damage, "");
    lw_buf_fini(&before);
    lw_buf_fini(&after);
}

static void file_changed_by_another_program_is_left_alone(void **state)
{
    struct temp_journal *temp = *state;
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    struct lw_event e;
    temp_journal_add(temp, "journal/000001.jsonl", "an editor was here", 18);
    assert_int_equal(temp_journal_annotate(j, "t", "n", &e, NULL), LW_OK);
    assert_int_equal(e.pos.segment, 2);
    unlinkat(temp->dir, "journal/000002.jsonl", 0);
    assert_int_equal(temp_journal_annotate(j, "t", "m", &e, NULL), LW_OK);
    assert_int_equal(e.pos.segment, 2);
    assert_true(temp_journal_has(temp, "journal/000002.jsonl"));
    lw_journal_close(j);
}

/* ---- limits of the real system */

static void file_size_limit_is_full_and_no_death(void **state)
{
    struct temp_journal *temp = *state;
    struct rlimit old, tight;
    struct lw_err err = {0};
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    tight = old;
    tight.rlim_cur = 3000;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    int saved = 0;
    enum lw_code code;
    while ((code = temp_journal_annotate(j, "t", "n", NULL, &err)) == LW_OK && saved < 100)
        saved++;
    setrlimit(RLIMIT_FSIZE, &old);
    assert_int_equal(code, LW_EFULL);
    assert_in_range(saved, 2, 20);
    assert_int_equal(temp_journal_annotate(j, "t", "n", NULL, NULL), LW_OK);
    lw_journal_close(j);
    struct lw_verdict v = temp_journal_verify(temp);
    assert_int_equal(v.events, saved + 2);
    assert_string_equal(v.first_damage, "");
}

static void *filler(size_t n)
{
    return memset(lw_alloc(n), 'x', n);
}

/* Fills the file system to the last byte. */
static void fill_up(const struct temp_journal *temp)
{
    char *bytes = filler(4096);
    int fd = openat(temp->dir, "filler", O_WRONLY | O_CREAT | O_APPEND, 0600);
    while (write(fd, bytes, 4096) > 0 || write(fd, bytes, 1) > 0)
        ;
    close(fd);
    free(bytes);
}

static void full_disk(struct temp_journal *temp)
{
    struct lw_err err = {0};
    struct lw_journal *j = temp_journal_journal(temp, NULL);
    int saved = 0;
    fill_up(temp);
    enum lw_code code;
    while ((code = temp_journal_annotate(j, "t", "n", NULL, &err)) == LW_OK && saved < 1000)
        saved++;
    assert_int_equal(code, LW_EFULL);
    assert_int_equal(lw_journal_mode(j), LW_JOURNAL_WRITABLE);
    lw_journal_close(j);
    /* Opening on the full disk with a torn tail: nothing is lost, and the work can be looked at. */
    assert_int_equal(temp_journal_verify(temp).events, saved + 1);
    struct temp_journal_log log = {0};
    j = temp_journal_journal(temp, &log);
    assert_int_equal(log.n, saved + 1);
    unlinkat(temp->dir, "filler", 0);
    assert_int_equal(temp_journal_annotate(j, "t", "n", NULL, &err), LW_OK);
    lw_journal_close(j);
    assert_string_equal(temp_journal_verify(temp).first_damage, "");
    temp_journal_log_fini(&log);
}

static void full_disk_saves_what_fits_and_goes_on_later(void **state)
{
    struct temp_journal *temp = *state;
    if (mount("tmpfs", temp->path, "tmpfs", 0, "size=64k,mode=0700") != 0) {
        print_message("SKIPPED: cannot mount a small tmpfs here (%s)\n", strerror(errno));
        skip();
    }
    struct temp_journal small = *temp;
    small.dir = open(temp->path, O_RDONLY | O_DIRECTORY);
    umount2(temp->path, MNT_DETACH); /* it lives as long as it is open: a failure leaves none */
    full_disk(&small);
    close(small.dir);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, temp_journal_setup, temp_journal_teardown)
    const struct CMUnitTest tests[] = {
        T(every_call_fails_on_a_new_journal),
        T(every_call_fails_on_an_old_journal),
        T(every_acknowledgement_follows_its_sync),
        T(failed_sync_moves_the_same_bytes_to_a_new_segment),
        T(disk_that_fails_for_good_blocks),
        T(short_write_is_cut_back_and_may_be_tried_again),
        T(file_changed_by_another_program_is_left_alone),
        T(file_size_limit_is_full_and_no_death),
        T(full_disk_saves_what_fits_and_goes_on_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
