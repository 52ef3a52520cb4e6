#include "mail.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

int mail_setup(void **state)
{
    struct mail *m = lw_alloc(sizeof *m);
    m->ledger = lw_ledger_new();
    m->now = 1000000;
    lw_outbox_init(&m->box, LW_BATCH_MAX);
    *state = m;
    return 0;
}

int mail_teardown(void **state)
{
    struct mail *m = *state;
    for (size_t i = 0; i < m->n; i++)
        free(m->line[i].text);
    free(m->line);
    lw_cut_fini(&m->cut);
    lw_ledger_free(m->ledger);
    free(m);
    return 0;
}

/* ---- the journal */

static struct lw_event event_of(const struct mail *m, size_t i)
{
    const struct mail_line *l = &m->line[i];
    return (struct lw_event){
        .type = l->type, .seq = i + 1, .pos = {1, (uint32_t)l->len, i}, .text = l->text};
}

/* The ledger reads the text as far as it goes. */
static void fold(struct mail *m, size_t i)
{
    struct lw_event e = event_of(m, i);
    e.pos.len = (uint32_t)strlen(e.text) + 1;
    lw_ledger_fold(m->ledger, &e);
}

static enum lw_event_type type_of(const json_t *body)
{
#define X(id, name) name,
    static const char *const names[] = {LW_EVENTS(X)};
#undef X
    const char *type = json_string_value(json_object_get(body, "type"));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], type) == 0)
            return (enum lw_event_type)i;
    fail_msg("no type %s", type);
    return LW_EV_UNKNOWN;
}

static uint64_t add(struct mail *m, json_t *body, size_t len)
{
    if (m->n == m->cap) {
        m->cap = m->cap ? m->cap * 2 : 64;
        m->line = lw_grow(m->line, m->cap, sizeof *m->line);
    }
    struct mail_line *l = &m->line[m->n++];
    l->type = type_of(body);
    l->text = json_dumps(body, JSON_COMPACT);
    l->len = len > strlen(l->text) + 1 ? len : strlen(l->text) + 1;
    json_decref(body);
    fold(m, m->n - 1);
    return m->n;
}

uint64_t mail_add(struct mail *m, json_t *body)
{
    return add(m, body, 0);
}

uint64_t mail_large(struct mail *m, size_t len)
{
    char *task = lw_format("t%zu", m->n);
    json_t *body = json_pack("{s:s,s:s}", "type", "annotate", "task", task);
    free(task);
    return add(m, body, len);
}

uint64_t mail_label(struct mail *m)
{
    return mail_large(m, 0);
}

void mail_labels(struct mail *m, int n)
{
    while (n-- > 0)
        mail_label(m);
}

void mail_other(struct mail *m)
{
    mail_add(m, json_pack("{s:s,s:s}", "type", "sitting", "what", "start"));
}

/* ---- asking */

const struct lw_delivery *mail_post(const struct mail *m)
{
    return lw_ledger_delivery(m->ledger, MAIL_TO);
}

uint64_t mail_unsent(const struct mail *m)
{
    return lw_ledger_unsent(m->ledger, mail_post(m));
}

uint64_t mail_parked(const struct mail *m)
{
    return lw_ledger_parked(m->ledger, mail_post(m), NULL, NULL);
}

enum lw_outbox_action mail_wish(const struct mail *m)
{
    return lw_outbox_action(&m->box, mail_post(m), mail_unsent(m), m->now);
}

/* ---- sending */

/* Stands for the lines: that it is a hash of them is the engine's business. */
static void name_cut(const struct mail *m, char to[LW_SHA256_HEX])
{
    lw_sha256_hex(m->cut.seq, m->cut.events * sizeof *m->cut.seq, to);
}

void mail_cut(struct mail *m)
{
    enum lw_cut_word word = LW_CUT_PASS;
    lw_cut_clear(&m->cut);
    for (size_t i = lw_outbox_from(&m->box, mail_post(m)); i < m->n && word != LW_CUT_FULL; i++) {
        struct lw_event e = event_of(m, i);
        word = lw_outbox_offer(&m->box, mail_post(m), &m->cut, &e);
    }
    assert_true(m->cut.events > 0);
    assert_true(m->cut.events <= LW_BATCH_MAX);
    assert_true(m->cut.events == 1 || m->cut.bytes < LW_BATCH_BYTES);
    assert_int_equal(m->cut.last - m->cut.first + 1, m->cut.events);
    name_cut(m, m->sha256);
    mail_add(m, lw_event_batch(MAIL_TO, &m->cut, m->sha256));
    lw_outbox_posted(&m->box);
    assert_int_equal(mail_wish(m), LW_OUTBOX_SEND);
}

void mail_load(struct mail *m)
{
    char sha256[LW_SHA256_HEX];
    const struct lw_delivery *p = mail_post(m);
    lw_cut_clear(&m->cut);
    for (uint64_t seq = p->batch.first; seq <= p->batch.last; seq++) {
        struct lw_event e = event_of(m, seq - 1);
        lw_cut_add(&m->cut, &e);
    }
    name_cut(m, sha256);
    assert_string_equal(sha256, p->batch.sha256);
}

void mail_ready(struct mail *m)
{
    if (mail_wish(m) == LW_OUTBOX_CUT)
        mail_cut(m);
    assert_int_equal(mail_wish(m), LW_OUTBOX_SEND);
    mail_load(m);
}

struct lw_send_result mail_receipt(const struct mail *m)
{
    struct lw_send_result d = {
        .fate = LW_SEND_SENT, .accepted = m->cut.events, .wait_ms = -1, .code = LW_OK};
    memcpy(d.batch, mail_post(m)->batch.sha256, sizeof d.batch);
    return d;
}

void mail_answer(struct mail *m, const struct lw_send_result *d)
{
    json_t *events = json_array(), *e;
    size_t i;
    lw_outbox_answer(&m->box, mail_post(m), &m->cut, d, m->now, m->chance, events);
    json_array_foreach(events, i, e) mail_add(m, json_incref(e));
    json_decref(events);
}

void mail_fate(struct mail *m, enum lw_send_outcome fate)
{
    struct lw_send_result d = {.fate = fate, .wait_ms = -1, .text = "It said no."};
    mail_answer(m, &d);
}

void mail_crash(struct mail *m)
{
    lw_ledger_clear(m->ledger);
    for (size_t i = 0; i < m->n; i++)
        fold(m, i);
    lw_outbox_init(&m->box, LW_BATCH_MAX);
}

size_t mail_count(const struct mail *m, enum lw_event_type type)
{
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++)
        n += m->line[i].type == type;
    return n;
}

json_t *mail_last(const struct mail *m, enum lw_event_type type)
{
    for (size_t i = m->n; i-- > 0;)
        if (m->line[i].type == type)
            return json_loads(m->line[i].text, 0, NULL);
    fail_msg("no event of type %d", (int)type);
    return NULL;
}
