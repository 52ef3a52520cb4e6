/* The checkpoint of a ledger: all of it comes back, or none. */
#define _GNU_SOURCE
#include "fixtures/ledger_fixture.h"

#include <unistd.h>

static bool same(const struct lw_ledger *a, const struct lw_ledger *b)
{
    struct lw_totals x = lw_ledger_totals(a), y = lw_ledger_totals(b);
    struct lw_day d = lw_ledger_day(a, 0, INT64_MAX), e = lw_ledger_day(b, 0, INT64_MAX);
    const struct lw_delivery *p = lw_ledger_delivery(a, "x"), *q = lw_ledger_delivery(b, "x");
    const struct lw_delivery *r = lw_ledger_delivery(a, "y"), *t = lw_ledger_delivery(b, "y");
    if (p->sent != q->sent || p->nparked != q->nparked || r->batch.last != t->batch.last ||
        strcmp(r->batch.sha256, t->batch.sha256) != 0)
        return false;
    return memcmp(&x, &y, sizeof x) == 0 && memcmp(&d, &e, sizeof d) == 0 &&
           strcmp(lw_ledger_questions(a), lw_ledger_questions(b)) == 0;
}

static void some_work(struct ledger_fixture *b)
{
    ledger_put(b, LEDGER_LABEL("t"));
    ledger_put(b, LEDGER_LABEL("u"));
    ledger_put(b, LEDGER_LABEL("t"));
    ledger_put(b, "{'type':'undo','of':4}");
    ledger_put(b, "{'type':'break','wall_ms':60000}");
    ledger_deliver(b, "x", 1, 2);
    ledger_put(b, "{'type':'parked','to':'x','of':2}");
    ledger_put(b, "{'type':'batch','to':'y','first':1,'last':3,'sha256':'" LEDGER_SUM "'}");
}

static void checkpoint_brings_everything_back(void **state)
{
    struct ledger_fixture *b = *state;
    struct lw_mark mark;
    some_work(b);
    assert_int_equal(lw_ledger_save(b->ledger, &lw_sys_real, b->temp.dir, "journal",
                         lw_journal_head(b->journal), NULL),
        LW_OK);
    uint64_t tail = ledger_put(b, LEDGER_LABEL("w"));
    struct lw_ledger *before = b->ledger;
    lw_journal_close(b->journal);
    b->ledger = lw_ledger_new();
    assert_true(lw_ledger_load(b->ledger, &lw_sys_real, b->temp.dir, "journal", &mark));
    assert_int_equal(mark.seq, tail - 1);
    ledger_fixture_open(b, mark);
    assert_int_equal(b->restarts, 0);
    assert_true(same(before, b->ledger));
    assert_int_equal(ledger_submitted(b, "w"), tail);
    lw_ledger_free(before);
}

static void checkpoint_of_another_journal_is_forgotten(void **state)
{
    struct ledger_fixture *b = *state;
    struct lw_mark mark;
    some_work(b);
    lw_ledger_save(
        b->ledger, &lw_sys_real, b->temp.dir, "journal", lw_journal_head(b->journal), NULL);
    assert_false(lw_ledger_load(b->ledger, &lw_sys_real, b->temp.dir, "journal-joan", &mark));
    assert_true(lw_ledger_load(b->ledger, &lw_sys_real, b->temp.dir, "journal", &mark));
    lw_journal_close(b->journal);
    unlinkat(b->temp.dir, "journal/000001.jsonl", 0);
    ledger_fixture_open(b, mark);
    assert_int_equal(b->restarts, 1);
    assert_int_equal(lw_ledger_totals(b->ledger).events, 1);
}

static void damaged_checkpoint_is_none(void **state)
{
    struct ledger_fixture *b = *state;
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
#define T(f) cmocka_unit_test_setup_teardown(f, ledger_fixture_setup, ledger_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(checkpoint_brings_everything_back),
        T(checkpoint_of_another_journal_is_forgotten),
        T(damaged_checkpoint_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
