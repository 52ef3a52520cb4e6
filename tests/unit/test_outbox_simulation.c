/* Thousands of batches against a receiver that fails at random, with kill -9 in between: nothing is
 * lost, nothing counts twice, nothing good is refused. LW_PLAY_SEED gives another seed. */
#include "fixtures/outbox_fixture.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

enum { BATCHES = 2000, LINES_MAX = 200000, BYTES_MAX = 40000 };

/* ---- chance, the same for the same seed */

static uint64_t chance = 20261122;

static unsigned below(unsigned n)
{
    chance = chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(chance >> 33) % n;
}

/* ---- the receiver: keeps every line once, by its number */

static struct receiver {
    unsigned char kept[LINES_MAX]; /* by seq: how often it took effect */
    bool bad[LINES_MAX];           /* labels that it refuses */
    uint64_t wants, lost_to;       /* what a restored backup made it forget: it wants that first */
    size_t batches;
} r;

static bool holds_bad(const struct lw_cut *c)
{
    for (size_t i = 0; i < c->events; i++)
        if (r.bad[c->seq[i]])
            return true;
    return false;
}

/* A good answer: keeps what is new and not bad. */
static struct lw_send_result keep(const struct outbox_fixture *m, struct lw_refusal *list)
{
    struct lw_send_result d = outbox_fixture_receipt(m);
    d.accepted = 0;
    d.rejected = list;
    for (size_t i = 0; i < m->cut.events; i++) {
        uint64_t seq = m->cut.seq[i];
        if (r.bad[seq])
            list[d.nrejected++] = (struct lw_refusal){seq, "bad", "No such task"};
        else if (r.kept[seq])
            d.duplicates++;
        else
            d.accepted++, r.kept[seq]++;
    }
    return d;
}

static struct lw_send_result plain(enum lw_send_outcome outcome)
{
    return (struct lw_send_result){
        .outcome = outcome, .wait_ms = below(3) ? -1 : (int64_t)below(5000), .text = "A mood."};
}

/* A receipt that is none, after the lines took effect or not. */
static struct lw_send_result garble(const struct outbox_fixture *m, struct lw_refusal *list)
{
    struct lw_send_result d = below(2) ? keep(m, list) : outbox_fixture_receipt(m);
    switch (below(4)) {
    case 0:
        d.batch[below(64)] = 'x';
        break;
    case 1:
        d.accepted += 1 + below(5);
        break;
    case 2:
        list[d.nrejected++] = (struct lw_refusal){m->cut.last + 1 + below(9), "odd", "odd"};
        d.rejected = list;
        break;
    default:
        d.outcome = LW_SEND_AGAIN; /* cut off on its way */
    }
    return d;
}

/* Only what it cannot take at all is refused without a word about which. */
static struct lw_send_result judge(const struct outbox_fixture *m, struct lw_refusal *list)
{
    if (m->cut.bytes > BYTES_MAX && m->cut.events > 1)
        return plain(LW_SEND_TOO_LARGE);
    if (holds_bad(&m->cut) && below(2)) {
        if (below(2) || m->cut.events == 1)
            return plain(LW_SEND_REFUSED);
        struct lw_send_result d = plain(LW_SEND_REFUSED);
        d.rejected = list;
        for (size_t i = 0; i < m->cut.events; i++)
            if (r.bad[m->cut.seq[i]])
                list[d.nrejected++] = (struct lw_refusal){m->cut.seq[i], "bad", "No such task"};
        return d;
    }
    return keep(m, list);
}

/* Its backup is from yesterday: it has lost some. */
static void forget(const struct outbox_fixture *m)
{
    if (r.wants)
        return;
    r.wants = m->cut.first > 300 ? m->cut.first - below(300) : 1;
    r.lost_to = m->n;
    memset(r.kept + r.wants, 0, LINES_MAX - r.wants);
}

/* It takes nothing behind the gap before the gap is closed. */
static bool has_gap_before(const struct outbox_fixture *m)
{
    while (r.wants && r.wants <= r.lost_to && (r.kept[r.wants] || r.bad[r.wants]))
        r.wants++;
    if (r.wants > r.lost_to)
        r.wants = 0;
    return r.wants && m->cut.first > r.wants;
}

static struct lw_send_result receive(const struct outbox_fixture *m, struct lw_refusal *list)
{
    r.batches++;
    if (below(40) == 0)
        forget(m);
    if (has_gap_before(m)) {
        struct lw_send_result d = plain(LW_SEND_CONFLICT);
        d.expected_seq = r.wants;
        return d;
    }
    switch (below(20)) {
    case 0:
        keep(m, list);
        return plain(LW_SEND_OFFLINE); /* the answer is lost on its way */
    case 1:
        return plain(LW_SEND_OFFLINE);
    case 2:
        return plain(LW_SEND_AGAIN);
    case 3:
        return plain(below(2) ? LW_SEND_LOGIN : LW_SEND_CONFIG);
    case 4:
    case 5:
        return garble(m, list);
    case 6: {
        struct lw_send_result d = plain(LW_SEND_CONFLICT);
        d.expected_seq = below(2) ? 0 : m->cut.last + 1; /* without a receipt nobody believes it */
        return d;
    }
    default:
        return judge(m, list);
    }
}

/* ---- the sender */

static void label(struct outbox_fixture *m)
{
    for (unsigned n = 1 + below(80); n > 0; n--) {
        if (below(10) == 0)
            outbox_fixture_other(m);
        uint64_t seq =
            below(30) ? outbox_fixture_label(m) : outbox_fixture_large(m, 1 + below(BYTES_MAX * 2));
        r.bad[seq] = below(60) == 0;
    }
    if (below(10) == 0 && outbox_fixture_parked(m) > 0)
        outbox_fixture_add(m, lw_event_resend(OUTBOX_FIXTURE_TO));
}

/* What the journal says arrived, did. */
static void check_receipts(const struct outbox_fixture *m)
{
    if (r.wants)
        return; /* it has lost some, and we do not know yet */
    const struct lw_delivery *p = outbox_fixture_post(m);
    uint64_t to = p->sent;
    for (uint64_t seq = to > 400 ? to - 400 : 1; seq <= to; seq++) {
        bool parked = false;
        for (size_t i = 0; i < p->nparked; i++)
            parked = parked || p->parked[i].seq == seq;
        if (r.kept[seq] != 1 && !(parked && r.bad[seq]))
            fail_msg("event %u took effect %u times", (unsigned)seq, r.kept[seq]);
    }
}

static void send_one(struct outbox_fixture *m)
{
    static struct lw_refusal list[LW_BATCH_MAX + 10];
    outbox_fixture_ready(m);
    if (below(15) == 0)
        outbox_fixture_crash(m); /* before it was sent */
    outbox_fixture_load(m);
    struct lw_send_result d = receive(m, list);
    if (below(15) == 0) {
        outbox_fixture_crash(m); /* before the answer was read */
        return;
    }
    m->chance = chance;
    outbox_fixture_answer(m, &d);
    if (below(15) == 0)
        outbox_fixture_crash(m);
    check_receipts(m);
}

/* Waits, or asks again, or is killed, until something can go. */
static bool make_way(struct outbox_fixture *m)
{
    enum lw_outbox_action action = outbox_fixture_action(m);
    if (action == LW_OUTBOX_WAIT)
        m->now = m->box.not_before;
    if (action == LW_OUTBOX_STOPPED)
        lw_outbox_retry_now(&m->box);
    return action != LW_OUTBOX_NOTHING;
}

static void check_end(const struct outbox_fixture *m)
{
    const struct lw_delivery *p = outbox_fixture_post(m);
    assert_int_equal(outbox_fixture_unsent(m), 0);
    for (size_t i = 0; i < p->nparked; i++)
        assert_true(r.bad[p->parked[i].seq]);
    for (uint64_t seq = 1; seq <= m->n; seq++)
        if (m->line[seq - 1].type == LW_EV_ANNOTATE && r.kept[seq] != !r.bad[seq])
            fail_msg("label %u took effect %u times", (unsigned)seq, r.kept[seq]);
}

static void nothing_is_lost_and_nothing_counts_twice(void **state)
{
    struct outbox_fixture *m = *state;
    const char *seed = getenv("LW_PLAY_SEED");
    chance = seed ? strtoull(seed, NULL, 10) : chance;
    while (r.batches < BATCHES) {
        assert_true(m->n < LINES_MAX - 1000);
        if (!make_way(m))
            label(m);
        else if (outbox_fixture_action(m) == LW_OUTBOX_SEND ||
                 outbox_fixture_action(m) == LW_OUTBOX_CUT)
            send_one(m);
        if (below(12) == 0)
            label(m);
    }
    while (make_way(m))
        if (outbox_fixture_action(m) == LW_OUTBOX_SEND || outbox_fixture_action(m) == LW_OUTBOX_CUT)
            send_one(m);
    print_message("%zu batches, %zu labels, %zu receipts, %zu refusals\n", r.batches,
        outbox_fixture_count(m, LW_EV_ANNOTATE), outbox_fixture_count(m, LW_EV_RECEIPT),
        outbox_fixture_count(m, LW_EV_PARKED));
    assert_true(outbox_fixture_count(m, LW_EV_RECEIPT) > BATCHES / 4);
    check_end(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
        nothing_is_lost_and_nothing_counts_twice, outbox_fixture_setup, outbox_fixture_teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
