/* What lines show, and that the recipe, in awk, counts the same as the program, in C. */
#define _GNU_SOURCE
#include "fixtures/temp_journal.h"

#include "labelwright/base/clock.h"
#include "labelwright/base/hash.h"
#include "labelwright/proof/bundle.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINES_MAX = 400, RANDOM_JOURNALS = 12, RANDOM_EVENTS = 90 };

/* A journal, and its lines with their line feeds; line[n] is event n. */
struct writer {
    struct temp_journal temp;
    struct lw_journal *journal;
    char *line[LINES_MAX];
    size_t n;
};

static void take_line(void *ctx, const struct lw_event *e)
{
    struct writer *w = ctx;
    assert_true(e->seq < LINES_MAX);
    w->n = e->seq;
    w->line[w->n] = lw_format("%.*s\n", (int)e->pos.len - 1, e->text);
}

static int setup(void **state)
{
    struct writer *w = lw_alloc(sizeof *w);
    struct lw_err err = {0};
    temp_journal_open(&w->temp);
    struct lw_journal_opts opts = temp_journal_opts(&w->temp, NULL);
    opts.title = "A \"title\", with a comma";
    opts.each = take_line;
    opts.ctx = w;
    *state = w;
    return lw_journal_open(&opts, &w->journal, &err) != LW_OK;
}

static int teardown(void **state)
{
    struct writer *w = *state;
    lw_journal_close(w->journal);
    temp_journal_close(&w->temp);
    for (size_t i = 0; i <= w->n; i++)
        free(w->line[i]);
    free(w);
    return 0;
}

static uint64_t add(struct writer *w, json_t *body)
{
    struct lw_event out;
    struct lw_err err = {0};
    if (lw_journal_append(w->journal, &body, 1, &out, &err) != LW_OK)
        fail_msg("%s", err.text);
    json_decref(body);
    take_line(w, &out);
    return out.seq;
}

static uint64_t label(struct writer *w, const char *task, int active_ms)
{
    return add(
        w, json_pack("{s:s,s:s,s:i,s:{s:i,s:s}}", "type", "annotate", "task", task, "active_ms",
               active_ms, "answers", "to", 3, "replaces", "\",\"of\":2,\"worked_ms\":9"));
}

static uint64_t send(struct writer *w, const char *to, uint64_t first, uint64_t last)
{
    struct lw_buf lines = {0};
    char sha256[LW_SHA256_HEX];
    for (uint64_t i = first; i <= last; i++)
        lw_buf_str(&lines, w->line[i]);
    lw_sha256_hex(lines.data, lines.len, sha256);
    lw_buf_fini(&lines);
    return add(w, json_pack("{s:s,s:s,s:I,s:I,s:I,s:s}", "type", "batch", "to", to, "first",
                      (json_int_t)first, "last", (json_int_t)last, "events",
                      (json_int_t)(last - first + 1), "sha256", sha256));
}

/* Of the batch that is event `batch`. */
static uint64_t receive(struct writer *w, uint64_t batch)
{
    json_t *e = json_loads(w->line[batch], 0, NULL);
    static const char *const others[] = {"v", "journal", "seq", "time", "prev", "hash"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        json_object_del(e, others[i]);
    json_object_set_new(e, "type", json_string("receipt"));
    return add(w, e);
}

static uint64_t refuse(struct writer *w, const char *to, uint64_t of)
{
    return add(w, json_pack("{s:s,s:s,s:I,s:s,s:s}", "type", "parked", "to", to, "of",
                      (json_int_t)of, "code", "bad", "message", "No, \"never\"."));
}

static uint64_t undo(struct writer *w, uint64_t of)
{
    return add(w, json_pack("{s:s,s:I,s:s}", "type", "undo", "of", (json_int_t)of, "task", "x"));
}

static void open_range(struct writer *w, struct lw_proof *p, uint64_t first, uint64_t last)
{
    struct lw_proof_range range = lw_proof_everything();
    struct lw_err err = {0};
    range.first = first;
    range.last = last;
    if (lw_proof_open(p, &lw_sys_real, w->temp.dir, "journal", &range, &err) != LW_OK)
        fail_msg("%s", err.text);
}

static enum lw_code take(void *ctx, const char *bytes, size_t n, struct lw_err *err)
{
    (void)err;
    lw_buf_add(ctx, bytes, n);
    return LW_OK;
}

/* The recipe finds nothing wrong: so it counts the same. */
static void assert_recipe_agrees(struct writer *w, uint64_t first, uint64_t last)
{
    struct lw_proof p;
    struct lw_buf text = {0};
    struct lw_err err = {0};
    open_range(w, &p, first, last);
    assert_int_equal(lw_proof_write(&p, NULL, take, &text, &err), LW_OK);
    temp_journal_write(&w->temp, "proof.txt", text.data, text.len);
    temp_journal_write(&w->temp, "recipe.sh", lw_proof_recipe, strlen(lw_proof_recipe));
    char *command =
        lw_format("bash '%s/recipe.sh' '%s/proof.txt' > '%s/said' || { cat '%s/said'; exit 1; }",
            w->temp.path, w->temp.path, w->temp.path, w->temp.path);
    assert_int_equal(system(command), 0);
    free(command);
    lw_proof_close(&p);
    lw_buf_fini(&text);
}

/* ---- what counts */

static enum lw_proof_state state_of(const struct lw_proof *p, size_t target, uint64_t seq)
{
    size_t i = lw_evidence_find(&p->evidence, seq);
    assert_true(i < p->evidence.labels && target < p->evidence.targets);
    return lw_evidence_state(&p->evidence.target[target], i);
}

static void a_refusal_stands_until_a_later_receipt(void **state)
{
    struct writer *w = *state;
    struct lw_proof p;
    uint64_t a = label(w, "a", 5), b = label(w, "b", 5);
    uint64_t batch = send(w, "x", a, b);
    refuse(w, "x", b);
    receive(w, batch);
    open_range(w, &p, 0, 0);
    assert_int_equal(state_of(&p, 0, a), LW_PROOF_ACCEPTED);
    assert_int_equal(state_of(&p, 0, b), LW_PROOF_REFUSED);
    lw_proof_close(&p);
    add(w, json_pack("{s:s,s:s}", "type", "resend", "to", "x"));
    receive(w, send(w, "x", b, b));
    open_range(w, &p, 0, 0);
    assert_int_equal(state_of(&p, 0, b), LW_PROOF_ACCEPTED);
    assert_int_equal(p.evidence.target[0].receipts, 2);
    lw_proof_close(&p);
    assert_recipe_agrees(w, 0, 0);
}

static void a_label_may_be_refused_after_it_was_accepted(void **state)
{
    struct writer *w = *state;
    struct lw_proof p;
    uint64_t a = label(w, "a", 5);
    receive(w, send(w, "x", a, a));
    refuse(w, "x", a);
    open_range(w, &p, 0, 0);
    assert_int_equal(state_of(&p, 0, a), LW_PROOF_REFUSED);
    lw_proof_close(&p);
    assert_recipe_agrees(w, 0, 0);
}

static void each_target_has_its_own_state(void **state)
{
    struct writer *w = *state;
    struct lw_proof p;
    uint64_t a = label(w, "a", 5);
    uint64_t x = send(w, "x", a, a);
    uint64_t y = send(w, "y", a, x);
    refuse(w, "y", a);
    receive(w, y);
    receive(w, x);
    open_range(w, &p, 0, 0);
    assert_int_equal(p.evidence.targets, 2);
    assert_int_equal(state_of(&p, 0, a), LW_PROOF_ACCEPTED);
    assert_int_equal(state_of(&p, 1, a), LW_PROOF_REFUSED);
    lw_proof_close(&p);
    assert_recipe_agrees(w, 0, 0);
}

static void a_receipt_without_its_batch_counts_nothing(void **state)
{
    struct writer *w = *state;
    struct lw_proof p;
    uint64_t a = label(w, "a", 5), b = label(w, "b", 5), batch = send(w, "x", a, b);
    uint64_t other = send(w, "x", b, b), receipt = receive(w, batch);
    open_range(w, &p, 0, 0);
    assert_int_equal(state_of(&p, 0, a), LW_PROOF_WAITING);
    lw_proof_close(&p);
    open_range(w, &p, a, receipt - 2);
    assert_int_equal(state_of(&p, 0, b), LW_PROOF_WAITING);
    lw_proof_close(&p);
    receive(w, other);
    open_range(w, &p, receipt, 0);
    assert_int_equal(p.evidence.labels, 0);
    lw_proof_close(&p);
    assert_recipe_agrees(w, 0, 0);
    assert_recipe_agrees(w, receipt, 0);
}

static void undone_labels_are_no_work_that_stands(void **state)
{
    struct writer *w = *state;
    struct lw_proof p;
    struct lw_buf text = {0};
    uint64_t a = label(w, "a", 3600000);
    label(w, "b", 1800000);
    undo(w, a);
    open_range(w, &p, 0, 0);
    lw_evidence_print(&p.evidence, &text);
    assert_non_null(strstr(text.data, "labels     2, skipped 0, undone 1, replaced 0\n"));
    assert_non_null(strstr(text.data, "0.50 on labels that stand (1800000 ms)"));
    lw_buf_fini(&text);
    lw_proof_close(&p);
    assert_recipe_agrees(w, 0, 0);
    assert_recipe_agrees(w, a + 1, 0);
}

/* An event of a session, which has had so much work in it. */
static uint64_t work(struct writer *w, const char *what, int worked_ms, bool copied)
{
    json_t *e = json_pack("{s:s,s:s,s:i,s:i,s:i}", "type", "sitting", "what", what, "elapsed_ms",
        worked_ms * 2, "worked_ms", worked_ms, "suspended_ms", 7);
    if (copied)
        json_object_set_new(e, "origin", json_pack("{s:i}", "seq", 3));
    return add(w, e);
}

static void time_is_the_growth_of_the_sums(void **state)
{
    struct writer *w = *state;
    struct lw_proof p;
    add(w, json_pack("{s:s,s:s}", "type", "sitting", "what", "start"));
    uint64_t cut = work(w, "zone", 100, false);
    work(w, "stop", 250, false);
    work(w, "stop", 9000, true); /* of another copy's session */
    add(w, json_pack("{s:s,s:s}", "type", "sitting", "what", "start"));
    work(w, "stop", 40, false);
    open_range(w, &p, 0, 0);
    assert_int_equal(p.evidence.worked_ms, 290);
    lw_proof_close(&p);
    open_range(w, &p, cut, 0); /* the time before its first line is not in it */
    assert_int_equal(p.evidence.worked_ms, 190);
    lw_proof_close(&p);
    assert_recipe_agrees(w, 0, 0);
    assert_recipe_agrees(w, cut, 0);
}

/* ---- any journal */

static uint64_t die = 1;

static uint64_t roll(uint64_t sides)
{
    die ^= die << 13, die ^= die >> 7, die ^= die << 17;
    return die % sides;
}

static void add_random(struct writer *w, uint64_t batch[2], int *worked_ms)
{
    static const char *const to[] = {"file:outbox/", "https://\"x\""};
    size_t k = roll(2);
    char task[32];
    snprintf(task, sizeof task, "t\"%d\",\"of\":", (int)roll(20));
    uint64_t any = 1 + roll(w->n), start = 1 + roll(w->n), end = start + roll(w->n - start + 1);
    switch (roll(9)) {
    case 0:
        undo(w, any);
        break;
    case 1:
        add(w, json_pack("{s:s,s:s,s:i,s:I,s:s}", "type", "skip", "task", task, "active_ms",
                   (int)roll(99999), "replaces", (json_int_t)any, "reason", ",\"to\":\"x\""));
        break;
    case 2:
        batch[k] = send(w, to[k], start, end);
        break;
    case 3:
    case 4:
        if (batch[k])
            receive(w, batch[k]);
        break;
    case 5:
        refuse(w, to[k], any);
        break;
    case 6:
        *worked_ms += (int)roll(100000);
        work(w, "zone", *worked_ms, roll(4) == 0);
        break;
    case 7:
        *worked_ms = 0;
        add(w, json_pack("{s:s,s:s}", "type", "sitting", "what", "start"));
        break;
    default:
        label(w, task, (int)roll(4000000));
    }
}

static void the_recipe_counts_as_the_program_does(void **state)
{
    struct writer *w = *state;
    die = 88172645463325252u;
    uint64_t batch[2] = {0};
    int worked_ms = 0;
    for (int i = 0; i < RANDOM_JOURNALS; i++) {
        for (int k = 0; k < RANDOM_EVENTS / RANDOM_JOURNALS * 2; k++)
            add_random(w, batch, &worked_ms);
        uint64_t first = 1 + roll(w->n);
        assert_recipe_agrees(w, first, first + roll(w->n - first + 1));
    }
    assert_recipe_agrees(w, 0, 0);
}

/* ---- when */

static void days_are_those_of_the_journals_time_zone(void **state)
{
    struct writer *w = *state;
    struct lw_proof p;
    struct lw_err err = {0};
    struct lw_proof_range range = lw_proof_everything();
    json_t *first = json_loads(w->line[1], 0, NULL);
    const char *stamp = json_string_value(json_object_get(first, "time"));
    int64_t ms = 0;
    assert_true(lw_stamp_parse(stamp, &ms));
    json_decref(first);
    int32_t today = (int32_t)(ms / 86400000);
    range.from_day = today + 1; /* it is tomorrow in one zone, or yesterday in the other */
    assert_int_equal(
        lw_proof_open(&p, &lw_sys_real, w->temp.dir, "journal", &range, &err), LW_EUSAGE);
    lw_proof_close(&p);
    bool late = ms % 86400000 >= 43200000;
    label(w, "before", 1);
    add(w, json_pack("{s:s,s:s,s:s}", "type", "sitting", "what", "start", "time_zone",
               late ? "+1400" : "-1400"));
    uint64_t a = label(w, "a", 1);
    range.from_day = late ? today + 1 : INT32_MIN;
    range.to_day = late ? INT32_MAX : today - 1;
    lw_err_clear(&err);
    assert_int_equal(lw_proof_open(&p, &lw_sys_real, w->temp.dir, "journal", &range, &err), LW_OK);
    assert_int_equal(p.evidence.seq[p.evidence.lines - 1], a);
    assert_int_equal(p.evidence.run[p.evidence.runs - 1].first, 3);
    lw_proof_close(&p);
}

static void private_labels_are_not_the_clients(void **state)
{
    struct writer *w = *state;
    struct lw_proof p;
    add(w, json_pack("{s:s,s:b,s:s,s:i,s:{s:i}}", "type", "annotate", "private", 1, "task", "p",
               "active_ms", 9, "answers", "q", 1));
    uint64_t a = label(w, "a", 1);
    open_range(w, &p, 0, 0);
    assert_int_equal(p.evidence.labels, 1);
    assert_int_equal(p.evidence.label[0].seq, a);
    lw_proof_close(&p);
    assert_recipe_agrees(w, 0, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_refusal_stands_until_a_later_receipt),
        TEST(a_label_may_be_refused_after_it_was_accepted),
        TEST(each_target_has_its_own_state),
        TEST(a_receipt_without_its_batch_counts_nothing),
        TEST(undone_labels_are_no_work_that_stands),
        TEST(time_is_the_growth_of_the_sums),
        TEST(the_recipe_counts_as_the_program_does),
        TEST(days_are_those_of_the_journals_time_zone),
        TEST(private_labels_are_not_the_clients),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
