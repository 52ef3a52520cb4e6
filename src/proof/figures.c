/* The figures of a proof in words, and as JSON. What is counted, evidence.c says; recipe.sh prints
 * the same words from the lines alone, so they change together. */
#include "labelwright/proof/evidence.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/clock.h"

#include <inttypes.h>
#include <stdlib.h>

/* ---- sums */

struct sums {
    uint64_t annotated, skipped, undone, replaced, active_ms;
};

static struct sums add_up(const struct lw_evidence *e)
{
    struct sums s = {0};
    for (size_t i = 0; i < e->labels; i++) {
        const struct lw_proof_label *l = &e->label[i];
        s.annotated += l->type == LW_EV_ANNOTATE;
        s.skipped += l->type == LW_EV_SKIP;
        s.undone += l->undone_by != 0;
        s.replaced += l->replaced_by != 0;
        s.active_ms += l->undone_by ? 0 : l->active_ms;
    }
    return s;
}

struct outcome {
    uint64_t n[LW_PROOF_REFUSED + 1];
};

static struct outcome outcome_of(const struct lw_evidence *e, const struct lw_proof_target *t)
{
    struct outcome o = {0};
    for (size_t i = 0; i < e->labels; i++)
        o.n[lw_evidence_state(t, i)]++;
    return o;
}

/* ---- words */

static double hours(uint64_t ms)
{
    return (double)ms / 3600000;
}

static void print_run(const struct lw_proof_run *r, struct lw_buf *to)
{
    char first[LW_STAMP_MAX], last[LW_STAMP_MAX];
    lw_stamp_format(r->first_ms, first);
    lw_stamp_format(r->last_ms, last);
    lw_buf_fmt(
        to, "lines      %" PRIu64 ", %s to %" PRIu64 ", %s\n", r->first, first, r->last, last);
}

static void print_target(
    const struct lw_evidence *e, const struct lw_proof_target *t, struct lw_buf *to)
{
    struct outcome o = outcome_of(e, t);
    lw_buf_fmt(to,
        "sent       to %s: %" PRIu64 " accepted, %" PRIu64 " refused, %" PRIu64 " waiting\n", t->to,
        o.n[LW_PROOF_ACCEPTED], o.n[LW_PROOF_REFUSED], o.n[LW_PROOF_WAITING]);
}

void lw_evidence_print(const struct lw_evidence *e, struct lw_buf *to)
{
    struct sums s = add_up(e);
    lw_buf_fmt(
        to, "annotator  %s\nproject    %s\njournal    \"%s\"\n", e->annotator, e->title, e->id);
    for (size_t i = 0; i < e->runs; i++)
        print_run(&e->run[i], to);
    lw_buf_fmt(to,
        "labels     %" PRIu64 ", skipped %" PRIu64 ", undone %" PRIu64 ", replaced %" PRIu64 "\n",
        s.annotated, s.skipped, s.undone, s.replaced);
    lw_buf_fmt(to,
        "hours      %.2f at the keys (%" PRIu64 " ms), %.2f on labels that stand (%" PRIu64
        " ms)\n",
        hours(e->worked_ms), e->worked_ms, hours(s.active_ms), s.active_ms);
    lw_buf_fmt(to,
        "timesheet  %.2f by day (%" PRId64 " ms), %" PRId64
        " ms of it of labels alone, or of sessions begun before\n",
        (double)e->sheet_ms / 3600000, e->sheet_ms, e->sheet_ms - (int64_t)e->worked_ms);
    lw_buf_fmt(to,
        "batches    %" PRIu64 " compared with their lines, %" PRIu64
        " not whole in this file, %" PRIu64 " signed\n",
        e->whole, e->part, e->signed_batches);
    for (size_t i = 0; i < e->targets; i++)
        print_target(e, &e->target[i], to);
    lw_buf_fmt(to, "head       %s\n", e->head);
}

/* ---- JSON */

static json_t *raw_json(const char *text)
{
    json_t *v = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    return v ? v : json_null();
}

static json_t *number(uint64_t n)
{
    return json_integer((json_int_t)n);
}

static json_t *stamp(int64_t ms)
{
    char text[LW_STAMP_MAX];
    lw_stamp_format(ms, text);
    return json_string(text);
}

static json_t *label_state(const struct lw_proof_target *t, size_t i)
{
    static const char *const names[] = {"waiting", "accepted", "refused"};
    enum lw_proof_state state = lw_evidence_state(t, i);
    json_t *o = json_pack("{s:o,s:s}", "to", raw_json(t->to), "state", names[state]);
    if (state != LW_PROOF_WAITING)
        json_object_set_new(
            o, "by", number(state == LW_PROOF_ACCEPTED ? t->accepted[i] : t->refused[i]));
    return o;
}

static json_t *label_json(const struct lw_evidence *e, size_t i)
{
    const struct lw_proof_label *l = &e->label[i];
    const char *type = l->type == LW_EV_ANNOTATE ? "annotate"
                       : l->type == LW_EV_SKIP   ? "skip"
                                                 : "undo";
    json_t *sent = json_array();
    for (size_t k = 0; k < e->targets; k++)
        json_array_append_new(sent, label_state(&e->target[k], i));
    json_t *o = json_pack("{s:o,s:o,s:s,s:o}", "seq", number(l->seq), "time", stamp(l->time_ms),
        "type", type, "task", raw_json(l->task));
    const struct {
        const char *name;
        uint64_t n;
    } more[] = {{"of", l->of}, {"undone_by", l->undone_by}, {"replaced_by", l->replaced_by}};
    for (size_t k = 0; k < sizeof more / sizeof *more; k++)
        if (more[k].n)
            json_object_set_new(o, more[k].name, number(more[k].n));
    json_object_set_new(o, "sent", sent);
    return o;
}

static json_t *runs_json(const struct lw_evidence *e)
{
    json_t *all = json_array();
    for (size_t i = 0; i < e->runs; i++)
        json_array_append_new(all, json_pack("{s:o,s:o,s:o,s:o}", "first", number(e->run[i].first),
                                       "from", stamp(e->run[i].first_ms), "last",
                                       number(e->run[i].last), "to", stamp(e->run[i].last_ms)));
    return all;
}

static json_t *targets_json(const struct lw_evidence *e)
{
    json_t *all = json_array();
    for (size_t i = 0; i < e->targets; i++) {
        struct outcome o = outcome_of(e, &e->target[i]);
        json_array_append_new(all,
            json_pack("{s:o,s:o,s:o,s:o,s:o}", "to", raw_json(e->target[i].to), "accepted",
                number(o.n[LW_PROOF_ACCEPTED]), "refused", number(o.n[LW_PROOF_REFUSED]), "waiting",
                number(o.n[LW_PROOF_WAITING]), "receipts", number(e->target[i].receipts)));
    }
    return all;
}

json_t *lw_evidence_json(const struct lw_evidence *e)
{
    struct sums s = add_up(e);
    json_t *labels = json_array();
    for (size_t i = 0; i < e->labels; i++)
        json_array_append_new(labels, label_json(e, i));
    return json_pack("{s:o,s:o,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:s}", "annotator",
        raw_json(e->annotator), "title", raw_json(e->title), "journal", e->id, "lines",
        runs_json(e), "annotated", number(s.annotated), "skipped", number(s.skipped), "undone",
        number(s.undone), "replaced", number(s.replaced), "worked_ms", number(e->worked_ms),
        "active_ms", number(s.active_ms), "timesheet_ms", json_integer(e->sheet_ms), "targets",
        targets_json(e), "labels", labels, "head", e->head);
}
