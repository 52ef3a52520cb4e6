/* What events add up to, and the checkpoint of it. Through a real journal: the fold reads lines. */
#define _GNU_SOURCE
#include "fixtures/temp_journal.h"

#include "labelwright/ledger/ledger.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SUM "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define NO_SUM "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

struct book {
    struct temp_journal temp;
    struct lw_ledger *ledger;
    struct lw_journal *journal;
    unsigned restarts;
};

static void fold(void *ctx, const struct lw_event *e)
{
    lw_ledger_fold(((struct book *)ctx)->ledger, e);
}

static void forget(void *ctx)
{
    struct book *b = ctx;
    lw_ledger_clear(b->ledger);
    b->restarts++;
}

static void book_open(struct book *b, struct lw_mark from)
{
    struct lw_journal_opts o = temp_journal_opts(&b->temp, NULL);
    o.each = fold;
    o.restart = forget;
    o.ctx = b;
    o.from = from;
    assert_int_equal(lw_journal_open(&o, &b->journal, NULL), LW_OK);
}

static int setup(void **state)
{
    struct book *b = lw_alloc(sizeof *b);
    temp_journal_open(&b->temp);
    b->ledger = lw_ledger_new();
    book_open(b, (struct lw_mark){0});
    *state = b;
    return 0;
}

static int teardown(void **state)
{
    struct book *b = *state;
    lw_journal_close(b->journal);
    lw_ledger_free(b->ledger);
    temp_journal_close(&b->temp);
    free(b);
    return 0;
}

/* Appends and folds; the body in JSON with single quotes. Gives the seq. */
static uint64_t put(struct book *b, const char *quoted)
{
    char *text = lw_strdup(quoted);
    struct lw_event e;
    struct lw_err err = {0};
    for (char *p = text; *p; p++)
        if (*p == '\'')
            *p = '"';
    json_t *body = json_loads(text, 0, NULL);
    if (lw_journal_append(b->journal, &body, 1, &e, &err) != LW_OK)
        fail_msg("%s", err.text);
    lw_ledger_fold(b->ledger, &e);
    json_decref(body);
    free(text);
    return e.seq;
}

/* A batch and the endpoint's word that it has it. */
static void deliver(struct book *b, const char *to, int first, int last)
{
    static const char *const types[] = {"batch", "receipt"};
    for (int i = 0; i < 2; i++) {
        char *body = lw_format("{'type':'%s','to':'%s','first':%d,'last':%d,'sha256':'" SUM "'}",
            types[i], to, first, last);
        put(b, body);
        free(body);
    }
}

#define LABEL(task)                                                                                \
    "{'type':'annotate','task':'" task "','record':7,'sha256':'00000000000000ff','active_ms':"     \
    "1500}"

static uint64_t key(const char *task)
{
    return lw_fingerprint(task, strlen(task));
}

static uint64_t stands(struct book *b, const char *task)
{
    const struct lw_entry *e = lw_ledger_of(b->ledger, key(task));
    return e ? e->seq : 0;
}

static void annotation_stands_with_its_facts(void **state)
{
    struct book *b = *state;
    uint64_t seq = put(b, LABEL("t"));
    const struct lw_entry *e = lw_ledger_of(b->ledger, key("t"));
    assert_non_null(e);
    assert_int_equal(e->seq, seq);
    assert_int_equal(e->number, 7);
    assert_int_equal(e->record, 255);
    assert_int_equal(e->active_ms, 1500);
    assert_false(e->skip);
    assert_null(lw_ledger_of(b->ledger, key("other")));
    json_t *json;
    assert_int_equal(lw_journal_read(b->journal, e->pos, &json, NULL), LW_OK);
    assert_int_equal(json_integer_value(json_object_get(json, "seq")), seq);
    json_decref(json);
}

static void ids_with_escapes_are_unescaped(void **state)
{
    struct book *b = *state;
    put(b, LABEL("a\\u0022b\\\\\\u00e9"));
    assert_int_not_equal(stands(b, "a\"b\\é"), 0);
}

static void later_answer_replaces_and_undo_restores(void **state)
{
    struct book *b = *state;
    uint64_t first = put(b, LABEL("t")), second = put(b, LABEL("t"));
    char undo[64];
    assert_int_equal(stands(b, "t"), second);
    assert_int_equal(lw_ledger_totals(b->ledger).done, 1);
    snprintf(undo, sizeof undo, "{'type':'undo','of':%d}", (int)second);
    put(b, undo);
    assert_int_equal(stands(b, "t"), first);
    assert_int_equal(lw_ledger_last(b->ledger)->seq, first);
    put(b, undo); /* the same again changes nothing */
    assert_int_equal(stands(b, "t"), first);
    snprintf(undo, sizeof undo, "{'type':'undo','of':%d}", (int)first);
    put(b, undo);
    assert_int_equal(stands(b, "t"), 0);
    assert_null(lw_ledger_last(b->ledger));
    assert_int_equal(lw_ledger_totals(b->ledger).done, 0);
    uint64_t third = put(b, LABEL("t"));
    assert_int_equal(stands(b, "t"), third);
    assert_int_equal(lw_ledger_of(b->ledger, key("t"))->before, 0);
}

static void undo_of_a_replaced_answer_is_skipped_later(void **state)
{
    struct book *b = *state;
    uint64_t first = put(b, LABEL("t")), second = put(b, LABEL("t")), third = put(b, LABEL("t"));
    char undo[64];
    snprintf(undo, sizeof undo, "{'type':'undo','of':%d}", (int)second);
    put(b, undo);
    assert_int_equal(stands(b, "t"), third);
    snprintf(undo, sizeof undo, "{'type':'undo','of':%d}", (int)third);
    put(b, undo);
    assert_int_equal(stands(b, "t"), first);
}

static void totals_count_done_skipped_and_unsent(void **state)
{
    struct book *b = *state;
    put(b, "{'type':'sitting','what':'start'}");
    uint64_t first = put(b, LABEL("t"));
    put(b, "{'type':'skip','task':'u','reason':'too long'}");
    put(b, "{'type':'undo','of':4}");
    struct lw_totals t = lw_ledger_totals(b->ledger);
    assert_int_equal(t.done, 1);
    assert_int_equal(t.skipped, 0);
    assert_int_equal(t.events, 5);
    assert_int_equal(t.unsent, 3);
    deliver(b, "x", 1, (int)first);
    put(b, "{'type':'parked','to':'x','of':3}");
    t = lw_ledger_totals(b->ledger);
    assert_int_equal(t.unsent, 2);
    assert_int_equal(t.parked, 1);
    put(b, "{'type':'skip','task':'t','reason':''}");
    t = lw_ledger_totals(b->ledger);
    assert_int_equal(t.done, 0);
    assert_int_equal(t.skipped, 1);
    assert_int_equal(t.parked, 0); /* a newer label stands for its task */
}

static void day_sums_what_was_done_then(void **state)
{
    struct book *b = *state;
    put(b, LABEL("t"));
    put(b, LABEL("t"));
    put(b, LABEL("u"));
    put(b, "{'type':'undo','of':4}");
    put(b, "{'type':'skip','task':'v','reason':''}");
    put(b, "{'type':'break','wall_ms':60000}");
    struct lw_day d = lw_ledger_day(b->ledger, 0, INT64_MAX);
    assert_int_equal(d.done, 1);
    assert_int_equal(d.replaced, 1);
    assert_int_equal(d.undone, 1);
    assert_int_equal(d.skipped, 1);
    assert_int_equal(d.active_ms, 3000); /* what was undone gave its time on */
    assert_int_equal(d.break_ms, 60000);
    d = lw_ledger_day(b->ledger, 0, 1000);
    assert_int_equal(d.done + d.replaced + d.undone + d.skipped, 0);
}

static void questions_in_force(void **state)
{
    struct book *b = *state;
    const char *hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_string_equal(lw_ledger_questions(b->ledger), "");
    char *body = lw_format("{'type':'questions','sha256':'%s','questions':[]}", hash);
    put(b, body);
    assert_string_equal(lw_ledger_questions(b->ledger), hash);
    free(body);
}

static void count_entry(void *n, const struct lw_entry *e)
{
    assert_false(e->undone);
    ++*(size_t *)n;
}

static void many_tasks_are_found_again(void **state)
{
    struct book *b = *state;
    for (int i = 0; i < 2000; i++) {
        char body[80];
        snprintf(body, sizeof body, "{'type':'annotate','task':'t%d'}", i % 1500);
        put(b, body);
    }
    size_t n = 0;
    lw_ledger_each(b->ledger, count_entry, &n);
    assert_int_equal(n, 1500);
    assert_int_equal(stands(b, "t0"), 1502);
    assert_int_equal(stands(b, "t1499"), 1501);
}

/* ---- the checkpoint */

static bool same(const struct lw_ledger *a, const struct lw_ledger *b)
{
    struct lw_totals x = lw_ledger_totals(a), y = lw_ledger_totals(b);
    struct lw_day d = lw_ledger_day(a, 0, INT64_MAX), e = lw_ledger_day(b, 0, INT64_MAX);
    const struct lw_delivery *p = lw_ledger_delivery(a, "x"), *q = lw_ledger_delivery(b, "x");
    const struct lw_delivery *r = lw_ledger_delivery(a, "y"), *t = lw_ledger_delivery(b, "y");
    if (p->sent != q->sent || p->nheld != q->nheld || r->batch.last != t->batch.last ||
        strcmp(r->batch.sha256, t->batch.sha256) != 0)
        return false;
    return memcmp(&x, &y, sizeof x) == 0 && memcmp(&d, &e, sizeof d) == 0 &&
           strcmp(lw_ledger_questions(a), lw_ledger_questions(b)) == 0;
}

static void unsent_is_of_the_target_that_lacks_most(void **state)
{
    struct book *b = *state;
    static const char *const both[] = {"x", "y"};
    put(b, LABEL("t"));
    put(b, LABEL("u"));
    deliver(b, "x", 1, 3);
    assert_int_equal(lw_ledger_totals(b->ledger).unsent, 0); /* nobody else is known */
    lw_ledger_aim(b->ledger, both, 2);
    assert_int_equal(lw_ledger_totals(b->ledger).unsent, 2);
    deliver(b, "y", 1, 2);
    assert_int_equal(lw_ledger_totals(b->ledger).unsent, 1);
    lw_ledger_aim(b->ledger, both, 1);
    assert_int_equal(lw_ledger_totals(b->ledger).unsent, 0);
}

static void a_batch_is_on_its_way_until_its_receipt(void **state)
{
    struct book *b = *state;
    put(b, LABEL("t"));
    put(b, "{'type':'batch','to':'x','first':1,'last':2,'sha256':'" SUM "'}");
    const struct lw_delivery *p = lw_ledger_delivery(b->ledger, "x");
    assert_int_equal(p->batch.first, 1);
    assert_int_equal(p->batch.last, 2);
    assert_string_equal(p->batch.sha256, SUM);
    assert_int_equal(lw_ledger_unsent(b->ledger, p), 1);
    put(b, "{'type':'receipt','to':'x','first':1,'last':2,'sha256':'" SUM "'}");
    p = lw_ledger_delivery(b->ledger, "x");
    assert_int_equal(p->batch.first, 0);
    assert_int_equal(p->sent, 2);
    assert_int_equal(lw_ledger_unsent(b->ledger, p), 0);
    assert_int_equal(lw_ledger_delivery(b->ledger, "nobody")->sent, 0);
}

static void events_for_targets_that_say_nothing_are_passed_over(void **state)
{
    struct book *b = *state;
    put(b, LABEL("t"));
    put(b, "{'type':'batch','to':'x','first':2,'last':1,'sha256':'" SUM "'}");
    put(b, "{'type':'batch','to':'x','first':1,'last':2,'sha256':'00'}");
    put(b, "{'type':'batch','first':1,'last':2,'sha256':'" SUM "'}");
    put(b, "{'type':'receipt','first':1,'last':2}");
    put(b, "{'type':'parked','of':2}");
    put(b, "{'type':'parked','to':'x'}");
    put(b, "{'type':'resend'}");
    assert_int_equal(lw_ledger_delivery(b->ledger, "x")->batch.first, 0);
    assert_int_equal(lw_ledger_totals(b->ledger).unsent, 1);
    assert_int_equal(lw_ledger_totals(b->ledger).parked, 0);
}

static void a_receipt_counts_only_for_the_batch_before_it(void **state)
{
    struct book *b = *state;
    static const char *const forged[] = {
        "{'type':'receipt','to':'x','first':1,'last':1000000}",
        "{'type':'receipt','to':'x','first':1,'last':1000000,'sha256':'" SUM "'}",
        "{'type':'batch','to':'x','first':1,'last':1000000,'sha256':'" SUM "'}",
        "{'type':'receipt','to':'x','first':1,'last':1000000,'sha256':'" SUM "'}",
        "{'type':'batch','to':'x','first':1,'last':2,'sha256':'" SUM "'}",
        "{'type':'receipt','to':'x','first':1,'last':2}",
        "{'type':'receipt','to':'x','first':1,'last':3,'sha256':'" SUM "'}",
        "{'type':'receipt','to':'x','first':2,'last':2,'sha256':'" SUM "'}",
        "{'type':'receipt','to':'y','first':1,'last':2,'sha256':'" SUM "'}",
        "{'type':'receipt','to':'x','first':1,'last':2,'sha256':'" NO_SUM "'}",
    };
    put(b, LABEL("t"));
    for (size_t i = 0; i < sizeof forged / sizeof *forged; i++) {
        put(b, forged[i]);
        assert_int_equal(lw_ledger_delivery(b->ledger, "x")->sent, 0);
        assert_int_equal(lw_ledger_totals(b->ledger).unsent, 1);
    }
    put(b, "{'type':'parked','to':'x','of':2}"); /* what was refused of it is told before */
    put(b, "{'type':'receipt','to':'x','first':1,'last':2,'sha256':'" SUM "'}");
    assert_int_equal(lw_ledger_delivery(b->ledger, "x")->sent, 2);
    put(b, LABEL("u"));
    assert_int_equal(lw_ledger_unsent(b->ledger, lw_ledger_delivery(b->ledger, "x")), 1);
}

static void some_work(struct book *b)
{
    put(b, LABEL("t"));
    put(b, LABEL("u"));
    put(b, LABEL("t"));
    put(b, "{'type':'undo','of':4}");
    put(b, "{'type':'break','wall_ms':60000}");
    deliver(b, "x", 1, 2);
    put(b, "{'type':'parked','to':'x','of':2}");
    put(b, "{'type':'batch','to':'y','first':1,'last':3,'sha256':'" SUM "'}");
}

static void checkpoint_brings_everything_back(void **state)
{
    struct book *b = *state;
    struct lw_mark mark;
    some_work(b);
    assert_int_equal(lw_ledger_save(b->ledger, &lw_sys_real, b->temp.dir, "journal",
                         lw_journal_head(b->journal), NULL),
        LW_OK);
    uint64_t tail = put(b, LABEL("w"));
    struct lw_ledger *before = b->ledger;
    lw_journal_close(b->journal);
    b->ledger = lw_ledger_new();
    assert_true(lw_ledger_load(b->ledger, &lw_sys_real, b->temp.dir, "journal", &mark));
    assert_int_equal(mark.seq, tail - 1);
    book_open(b, mark);
    assert_int_equal(b->restarts, 0);
    assert_true(same(before, b->ledger));
    assert_int_equal(stands(b, "w"), tail);
    lw_ledger_free(before);
}

static void checkpoint_of_another_journal_is_forgotten(void **state)
{
    struct book *b = *state;
    struct lw_mark mark;
    some_work(b);
    lw_ledger_save(
        b->ledger, &lw_sys_real, b->temp.dir, "journal", lw_journal_head(b->journal), NULL);
    assert_false(lw_ledger_load(b->ledger, &lw_sys_real, b->temp.dir, "journal-joan", &mark));
    assert_true(lw_ledger_load(b->ledger, &lw_sys_real, b->temp.dir, "journal", &mark));
    lw_journal_close(b->journal);
    unlinkat(b->temp.dir, "journal/000001.jsonl", 0);
    book_open(b, mark);
    assert_int_equal(b->restarts, 1);
    assert_int_equal(lw_ledger_totals(b->ledger).events, 1);
}

static void damaged_checkpoint_is_none(void **state)
{
    struct book *b = *state;
    struct lw_buf text = {0};
    struct lw_mark mark;
    some_work(b);
    lw_ledger_save(
        b->ledger, &lw_sys_real, b->temp.dir, "journal", lw_journal_head(b->journal), NULL);
    temp_journal_read(&b->temp, ".labelwright/checkpoint", &text);
    for (size_t i = 0; i < text.len; i++) {
        text.data[i] ^= 1;
        temp_journal_write(&b->temp, ".labelwright/checkpoint", text.data, text.len);
        assert_false(lw_ledger_load(b->ledger, &lw_sys_real, b->temp.dir, "journal", &mark));
        assert_int_equal(mark.seq, 0);
        assert_int_equal(lw_ledger_totals(b->ledger).events, 0);
        text.data[i] ^= 1;
    }
    for (size_t n = 0; n < text.len; n += 7) {
        temp_journal_write(&b->temp, ".labelwright/checkpoint", text.data, n);
        assert_false(lw_ledger_load(b->ledger, &lw_sys_real, b->temp.dir, "journal", &mark));
    }
    lw_buf_fini(&text);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(annotation_stands_with_its_facts),
        T(ids_with_escapes_are_unescaped),
        T(later_answer_replaces_and_undo_restores),
        T(undo_of_a_replaced_answer_is_skipped_later),
        T(totals_count_done_skipped_and_unsent),
        T(unsent_is_of_the_target_that_lacks_most),
        T(a_batch_is_on_its_way_until_its_receipt),
        T(a_receipt_counts_only_for_the_batch_before_it),
        T(events_for_targets_that_say_nothing_are_passed_over),
        T(day_sums_what_was_done_then),
        T(questions_in_force),
        T(many_tasks_are_found_again),
        T(checkpoint_brings_everything_back),
        T(checkpoint_of_another_journal_is_forgotten),
        T(damaged_checkpoint_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
