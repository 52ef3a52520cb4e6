/* Reads the lines of a range and writes the proof of them: its sections, its hash, its signature.
 * What the figures are, evidence.c says; how anyone checks them, recipe.sh. */
#define _GNU_SOURCE
#include "labelwright/proof/bundle.h"

#include "labelwright/base/clock.h"
#include "labelwright/base/file.h"
#include "labelwright/journal/journal_read.h"
#include "labelwright/json/json_members.h"
#include "labelwright/timesheet/timesheet_formats.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_MS = 86400000 };

/* No line of it may look like the head of a section. */
static const char preamble[] =
    "labelwright proof 1\n"
    "\n"
    "This file holds lines of one annotator's journal of labeling work, and what follows from "
    "them.\n"
    "Anyone can check it on a bare Debian. Take the recipe from a copy of labelwright or of its "
    "manual\n"
    "that you trust, not from this file, and run: bash recipe.sh THIS-FILE\n"
    "\n"
    "A check shows: no line was changed, added, removed or moved since it was written, within "
    "each\n"
    "run of lines under \"figures\". Each batch has the SHA-256 that went to the client's server "
    "with\n"
    "it, so the client can compare what it received. The figures follow from the lines. If the "
    "file is\n"
    "signed: whoever has that key wrote it. Compare the key with one that you know to be the "
    "annotator's.\n"
    "\n"
    "It does not show: that the clock of the annotator's machine was right. That the server said "
    "what\n"
    "a receipt says: the annotator's program wrote it down, the server did not sign it; but the "
    "client\n"
    "can look for the same SHA-256. That there are no lines before and after the runs, or other "
    "journals.\n"
    "That nobody wrote all of it anew, unless a batch, a hash or a signature was given away "
    "before.\n"
    "\n"
    "Of the figures: a label is accepted when a receipt of the target has it, refused when the "
    "server\n"
    "refused it later than that, waiting when neither is in these lines; labels, skips and undos "
    "count.\n"
    "Time at the keys is what the journal counted; of a session that began before these lines, it\n"
    "begins with the first of them that has it. Undone labels are no work \"that stands\".\n"
    "The timesheet has local days; it also counts sessions of old versions, which wrote the time "
    "of\n"
    "labels only, and of a session that began before these lines all that its first line has.\n"
    "\n";

struct lw_proof_range lw_proof_everything(void)
{
    return (struct lw_proof_range){.from_day = INT32_MIN, .to_day = INT32_MAX};
}

/* ---- reading */

typedef void each_event(void *ctx, const struct lw_event *e);

struct search {
    const struct lw_proof_range *range;
    int32_t zone_s;       /* local time minus UTC, as the journal has it */
    uint64_t least, most; /* seqs of the journal */
    uint64_t first, last; /* of those in the range; 0 for none */
};

static void note_zone(struct search *s, const struct lw_event *e)
{
    struct lw_member zone;
    size_t n = 0;
    const char *text = NULL;
    if (e->type == LW_EV_SITTING &&
        lw_member_find(e->text, e->text + e->pos.len - 1, "time_zone", &zone))
        text = lw_member_plain(&zone, &n);
    if (text)
        lw_zone_parse(text, n, &s->zone_s);
}

static bool is_in(const struct search *s, const struct lw_event *e)
{
    const struct lw_proof_range *r = s->range;
    int64_t local = e->time_ms + (int64_t)s->zone_s * 1000;
    int64_t day = local / DAY_MS - (local % DAY_MS < 0);
    return e->seq >= r->first && (r->last == 0 || e->seq <= r->last) && day >= r->from_day &&
           day <= r->to_day;
}

static void search_one(void *ctx, const struct lw_event *e)
{
    struct search *s = ctx;
    note_zone(s, e);
    if (s->least == 0)
        s->least = e->seq;
    if (e->seq > s->most)
        s->most = e->seq;
    if (!is_in(s, e))
        return;
    if (s->first == 0)
        s->first = e->seq;
    if (e->seq > s->last)
        s->last = e->seq;
}

/* The first line of the journal is always there: it says whose it is. */
static void fold_one(void *ctx, const struct lw_event *e)
{
    struct lw_proof *p = ctx;
    bool owner = e->type == LW_EV_JOURNAL && p->evidence.lines == 0;
    if (owner || (e->seq >= p->first && e->seq <= p->last))
        if (lw_evidence_fold(&p->evidence, e))
            lw_worklog_fold(p->work, e);
}

static void keep_finding(void *ctx, enum lw_finding kind, const char *text)
{
    struct lw_proof *p = ctx;
    if (kind == LW_FOUND_REMARK || kind == LW_FOUND_TORN)
        return;
    p->sound = false;
    lw_buf_fmt(&p->damage, "  %s\n", text);
}

struct walking {
    struct lw_proof *p;
    each_event *each;
    void *ctx;
};

static void pass_event(void *ctx, const struct lw_event *e)
{
    struct walking *w = ctx;
    w->each(w->ctx, e);
}

static void pass_finding(void *ctx, enum lw_finding kind, const char *text)
{
    struct walking *w = ctx;
    keep_finding(w->p, kind, text);
}

static enum lw_code walk(
    struct lw_proof *p, each_event *each, void *ctx, bool report, struct lw_err *err)
{
    struct walking walking = {p, each, ctx};
    struct lw_segments segments = {0};
    int folder = lw_dir_open(p->sys, p->dir, p->name);
    if (folder < 0)
        return lw_fail_errno(err, "%s: cannot open", p->name);
    struct lw_walk w = {.sys = p->sys,
        .folder = folder,
        .segments = &segments,
        .each = pass_event,
        .each_ctx = &walking,
        .report = report ? pass_finding : NULL,
        .report_ctx = &walking};
    enum lw_code code = lw_segments_list(p->sys, folder, &segments, err);
    if (code == LW_OK)
        code = lw_walk_run(&w, NULL, err);
    lw_walk_fini(&w);
    free(segments.number);
    p->sys->close(p->sys, folder);
    return code;
}

static void add_indented(struct lw_buf *to, const char *text)
{
    for (const char *end; *text; text = end) {
        end = strchrnul(text, '\n');
        end += *end != '\0';
        lw_buf_str(to, "  ");
        lw_buf_add(to, text, (size_t)(end - text));
    }
}

static void make_timesheet(struct lw_proof *p)
{
    struct lw_timesheet_project project = {.name = "this journal", .log = p->work};
    struct lw_timesheet_opts opts = {.project = &project,
        .nprojects = 1,
        .by = LW_BY_DAY,
        .since = LW_DAY_FIRST,
        .until = LW_DAY_LAST};
    struct lw_timesheet *t = lw_timesheet_new(&opts);
    struct lw_buf csv = {0};
    lw_timesheet_csv(t, &csv);
    add_indented(&p->timesheet, csv.data);
    p->evidence.sheet_ms = t->total.exact_ms;
    lw_buf_fini(&csv);
    lw_timesheet_free(t);
}

enum lw_code lw_proof_open(struct lw_proof *p, const struct lw_sys *sys, int dir, const char *name,
    const struct lw_proof_range *range, struct lw_err *err)
{
    *p = (struct lw_proof){.sound = true, .sys = sys, .dir = dir, .name = name};
    struct search s = {.range = range};
    enum lw_code code = walk(p, search_one, &s, true, err);
    if (code != LW_OK)
        return code;
    if (s.most == 0)
        return lw_fail(err, LW_EBAD,
            "%s has no line that can be read, so nothing can be shown. See labelwright verify.",
            name);
    if (s.first == 0)
        return lw_fail(err, LW_EUSAGE,
            "No line is in this range. The journal has lines %" PRIu64 " to %" PRIu64 ".", s.least,
            s.most);
    p->first = s.first;
    p->last = s.last;
    p->work = lw_worklog_new();
    code = walk(p, fold_one, p, false, err);
    if (code == LW_OK)
        make_timesheet(p);
    lw_worklog_free(p->work);
    p->work = NULL;
    return code;
}

void lw_proof_close(struct lw_proof *p)
{
    lw_evidence_fini(&p->evidence);
    lw_buf_fini(&p->timesheet);
    lw_buf_fini(&p->damage);
}

/* ---- writing */

struct writing {
    const struct lw_proof *p;
    lw_proof_writer *write;
    void *ctx;
    struct lw_sha256_run *all, *body; /* of the file; of it up to the end of the journal */
    size_t lines;                     /* of the journal, written */
    bool changed;
    enum lw_code code;
    struct lw_err *err;
};

static void put(struct writing *w, const char *bytes, size_t n)
{
    if (w->code != LW_OK || n == 0)
        return;
    lw_sha256_add(w->all, bytes, n);
    if (w->body)
        lw_sha256_add(w->body, bytes, n);
    w->code = w->write(w->ctx, bytes, n, w->err);
}

static void put_text(struct writing *w, const char *text)
{
    put(w, text, strlen(text));
}

static void put_section(struct writing *w, const char *name, const struct lw_buf *text)
{
    char *head = lw_format("== %s ==\n", name);
    put_text(w, head);
    put(w, text->data, text->len);
    free(head);
}

static void put_line(void *ctx, const struct lw_event *e)
{
    struct writing *w = ctx;
    const struct lw_evidence *have = &w->p->evidence;
    if (w->lines == have->lines || e->seq != have->seq[w->lines])
        return;
    put(w, e->text, e->pos.len - 1);
    put_text(w, "\n");
    w->lines++;
    w->changed = w->lines == have->lines && strcmp(e->hash, have->head) != 0;
}

static void put_journal(struct writing *w)
{
    struct lw_proof reader = *w->p; /* reading counts nothing here */
    enum lw_code code = w->code == LW_OK ? walk(&reader, put_line, w, false, w->err) : w->code;
    if (w->code == LW_OK)
        w->code = code;
    if (w->code == LW_OK && (w->changed || w->lines != w->p->evidence.lines))
        w->code = lw_fail(w->err, LW_EBUSY, "The journal was changed meanwhile. Run it again.");
}

static void put_signature(struct writing *w, const struct lw_identity *signer)
{
    char hash[LW_SHA256_HEX], signature[LW_SIGNATURE_TEXT];
    lw_sha256_end(w->body, hash);
    w->body = NULL;
    if (!signer)
        return;
    char *text = lw_format("%s\n", hash);
    lw_identity_sign(signer, "proof", text, signature);
    free(text);
    text = lw_format("key %s\nsignature %s\n", lw_identity_key(signer), signature);
    put_text(w, text);
    free(text);
}

static void put_hash(struct writing *w)
{
    char hash[LW_SHA256_HEX];
    lw_sha256_end(w->all, hash);
    w->all = lw_sha256_begin(); /* of nothing that counts */
    char *text = lw_format("sha256 %s\n", hash);
    put_text(w, text);
    free(text);
    lw_sha256_end(w->all, hash);
}

enum lw_code lw_proof_write(const struct lw_proof *p, const struct lw_identity *signer,
    lw_proof_writer *write, void *ctx, struct lw_err *err)
{
    struct writing w = {.p = p,
        .write = write,
        .ctx = ctx,
        .all = lw_sha256_begin(),
        .body = lw_sha256_begin(),
        .err = err};
    struct lw_buf figures = {0}, recipe = {0}, none = {0};
    lw_evidence_print(&p->evidence, &figures);
    lw_buf_str(&recipe, lw_proof_recipe);
    put_text(&w, preamble);
    put_section(&w, "figures", &figures);
    put_section(&w, "record", &p->evidence.record);
    put_section(&w, "timesheet", &p->timesheet);
    put_section(&w, "damage", &p->damage);
    put_section(&w, "recipe", &recipe);
    put_section(&w, "journal", &none);
    put_journal(&w);
    put_section(&w, "end", &none);
    put_signature(&w, signer);
    put_hash(&w);
    lw_buf_fini(&figures);
    lw_buf_fini(&recipe);
    return w.code;
}
