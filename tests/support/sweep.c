#include "sweep.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void acked_add(struct acked *a, const struct lw_event *e, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        assert_true(a->n < SWEEP_MOST);
        memcpy(a->hash[a->n], e[i].hash, LW_SHA256_HEX);
        a->seq[a->n++] = e[i].seq;
    }
}

void acked_all(struct acked *a, const struct lab *lab)
{
    struct lab_log log = {0};
    struct lw_journal_opts o = lab_opts(lab, &log);
    struct lw_journal *j;
    o.read_only = true;
    a->n = 0;
    if (lw_journal_open(&o, &j, NULL) != LW_OK)
        return;
    for (size_t i = 0; i < log.n; i++) {
        memcpy(a->hash[i], log.event[i].hash, LW_SHA256_HEX);
        a->seq[i] = log.event[i].seq;
    }
    a->n = log.n;
    lw_journal_close(j);
    lab_log_fini(&log);
}

static void append(struct lw_journal *j, const char *note, size_t n, struct acked *a)
{
    json_t *body[2];
    struct lw_event out[2];
    for (size_t i = 0; i < n; i++)
        body[i] = lab_body("annotate", "task", note);
    if (lw_journal_append(j, body, n, out, NULL) == LW_OK)
        acked_add(a, out, n);
    for (size_t i = 0; i < n; i++)
        json_decref(body[i]);
}

void sweep_sitting(struct lab *lab, const struct lw_sys *sys, struct acked *a)
{
    struct lw_journal_opts o = lab_opts(lab, NULL);
    struct lw_journal *j;
    o.sys = sys;
    o.segment_bytes = SWEEP_SEGMENT;
    if (lw_journal_open(&o, &j, NULL) != LW_OK)
        return;
    append(j, "one", 1, a);
    append(j, "two", 1, a);
    append(j, "three", 1, a);
    append(j, "four and five", 2, a);
    append(j, "six", 1, a);
    lw_journal_close(j);
}

static void check_order(const struct lab_log *log, const struct acked *a, const char *what)
{
    size_t at = 0;
    for (size_t i = 0; i < a->n; i++) {
        if (lab_log_count(log, a->hash[i]) != 1)
            fail_msg("%s: acknowledged event %d is there %zu times", what, (int)a->seq[i],
                lab_log_count(log, a->hash[i]));
        while (at < log->n && strcmp(log->event[at].hash, a->hash[i]) != 0)
            at++;
        if (at == log->n)
            fail_msg("%s: acknowledged event %d is out of order", what, (int)a->seq[i]);
    }
}

void sweep_check(struct lab *lab, const struct acked *a, uint64_t damage, const char *what)
{
    struct lab_log log = {0};
    struct lw_event e;
    struct lw_err err = {0};
    struct lw_journal *j = lab_journal(lab, &log);
    check_order(&log, a, what);
    if (lab_annotate(j, "after", "after", &e, &err) != LW_OK)
        fail_msg("%s: afterwards: %s", what, err.text);
    lw_journal_close(j);
    struct lw_verdict v = lab_verify(lab);
    if (v.damaged != damage || v.breaks > 0)
        fail_msg("%s: %s", what, v.first_damage);
    lab_log_fini(&log);
    lw_journal_close(lab_journal(lab, &log));
    check_order(&log, a, what);
    if (lab_log_count(&log, e.hash) != 1)
        fail_msg("%s: the label saved afterwards is not there", what);
    lab_log_fini(&log);
}

struct plan {
    const char *name;
    enum fault_how how;
    int error;
    bool half, power;
};

/* EINTR for ever is no disk that fails but one that never answers. */
static const struct plan plans[] = {
    {"EIO once", FAULT_ONCE, EIO, false, false},
    {"EIO once, then power loss", FAULT_ONCE, EIO, false, true},
    {"EIO half written, then power loss", FAULT_ONCE, EIO, true, true},
    {"EIO for ever", FAULT_EVER, EIO, false, false},
    {"EIO for ever, then power loss", FAULT_EVER, EIO, false, true},
    {"ENOSPC once", FAULT_ONCE, ENOSPC, false, false},
    {"ENOSPC half written", FAULT_ONCE, ENOSPC, true, false},
    {"ENOSPC half written, then power loss", FAULT_ONCE, ENOSPC, true, true},
    {"ENOSPC for ever", FAULT_EVER, ENOSPC, false, false},
    {"ENOSPC for ever, then power loss", FAULT_EVER, ENOSPC, false, true},
    {"EINTR once", FAULT_ONCE, EINTR, false, false},
    {"EINTR once, then power loss", FAULT_ONCE, EINTR, false, true},
    {"killed", FAULT_CRASH, EIO, false, false},
    {"killed in the middle of a write", FAULT_CRASH, EIO, true, false},
    {"power loss", FAULT_CRASH, EIO, false, true},
    {"power loss in the middle of a write", FAULT_CRASH, EIO, true, true},
};

/* False when the sitting was over before call `at`. */
static bool run(struct lab *lab, void (*prepare)(struct lab *), uint64_t damage,
    const struct plan *p, unsigned long at)
{
    struct faults f;
    struct acked a = {.n = 0};
    char what[200];
    lab_wipe(lab);
    if (prepare)
        prepare(lab);
    acked_all(&a, lab);
    faults_init(&f);
    f.fail_at = at;
    f.how = p->how;
    f.error = p->error;
    f.half = p->half;
    sweep_sitting(lab, &f.sys, &a);
    if (p->power)
        faults_power_loss(&f);
    bool reached = f.calls >= at;
    snprintf(what, sizeof what, "%s at call %lu", p->name, at);
    faults_fini(&f);
    sweep_check(lab, &a, damage, what);
    return reached;
}

void sweep_all(struct lab *lab, void (*prepare)(struct lab *lab), uint64_t damage)
{
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
        for (unsigned long at = 1; run(lab, prepare, damage, &plans[i], at); at++)
            ;
}
