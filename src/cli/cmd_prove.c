/* `labelwright prove`: writes a proof of a range of the journal, or prints what it shows, for
 * people or as JSON, or prints the recipe that checks it. It sends nothing. What is in a proof,
 * proof/bundle.h says.
 */
#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/base/file.h"
#include "labelwright/export/output.h"
#include "labelwright/proof/bundle.h"
#include "labelwright/text/glyph.h"
#include "labelwright/workspace/known_journals.h"

#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 256 * 1024 };

/* ---- the range */

static bool read_seq(const char *name, const char *text, uint64_t *to)
{
    char *end;
    if (!text)
        return true;
    errno = 0;
    unsigned long long n = strtoull(text, &end, 10);
    *to = n;
    if (errno == 0 && n > 0 && *text >= '0' && *text <= '9' && *end == '\0')
        return true;
    lw_cli_warn("--%s takes the number of an event, such as 120, not \"%s\".", name, text);
    return false;
}

static bool read_range(const struct lw_cli *c, struct lw_proof_range *r)
{
    *r = lw_proof_everything();
    return read_seq("from-seq", c->value[LW_OPT_FROM_SEQ], &r->first) &&
           read_seq("to-seq", c->value[LW_OPT_TO_SEQ], &r->last) &&
           lw_cli_days(c, &r->from_day, &r->to_day);
}

/* ---- the signer */

static enum lw_code unseal(struct lw_identity *i, struct lw_err *err)
{
    char passphrase[LW_PASSPHRASE_MAX] = "";
    sodium_mlock(passphrase, sizeof passphrase);
    bool asked =
        lw_cli_ask_passphrase("Passphrase of your identity: ", passphrase, sizeof passphrase);
    enum lw_code code = asked ? lw_identity_unseal(i, passphrase, strlen(passphrase), err)
                              : lw_fail(err, LW_EBAD, "Nothing was written.");
    sodium_munlock(passphrase, sizeof passphrase);
    if (code == LW_EBAD && asked)
        lw_cli_warn("Without it, use --unsigned.");
    return code;
}

/* `*to` is NULL when there is no identity, or none is wanted. */
static enum lw_code find_signer(const struct lw_cli *c, struct lw_identity **to, struct lw_err *err)
{
    *to = NULL;
    if (c->value[LW_OPT_UNSIGNED])
        return LW_OK;
    enum lw_code code = lw_identity_load(&lw_sys_real, to, err);
    if (code == LW_EABSENT)
        return LW_OK;
    return code == LW_OK && lw_identity_is_sealed(*to) ? unseal(*to, err) : code;
}

/* ---- the file */

struct proof_output {
    struct lw_output *file; /* NULL: stdout */
    struct lw_buf pending;
};

/* A terminal would obey control characters in foreign text. */
static void clean_pending(struct proof_output *o)
{
    struct lw_buf safe = {0};
    lw_clean(o->pending.data, o->pending.len, true, &safe);
    lw_buf_fini(&o->pending);
    o->pending = safe;
}

static enum lw_code flush(struct proof_output *o, struct lw_err *err)
{
    if (o->pending.len == 0)
        return LW_OK;
    if (!o->file && isatty(STDOUT_FILENO))
        clean_pending(o);
    enum lw_code code = o->file ? lw_output_write(o->file, o->pending.data, o->pending.len, err)
                                : lw_write_all(&lw_sys_real, STDOUT_FILENO, o->pending.data,
                                      o->pending.len, NULL, err);
    lw_buf_clear(&o->pending);
    return code;
}

static enum lw_code take(void *ctx, const char *bytes, size_t n, struct lw_err *err)
{
    struct proof_output *o = ctx;
    lw_buf_add(&o->pending, bytes, n);
    return o->pending.len < CHUNK ? LW_OK : flush(o, err);
}

static bool to_stdout(const struct lw_cli *c)
{
    const char *name = c->value[LW_OPT_OUTPUT];
    return !name || strcmp(name, "-") == 0;
}

static enum lw_code write_proof(const struct lw_cli *c, const struct lw_workspace *w,
    const struct lw_proof *p, const struct lw_identity *signer, struct lw_err *err)
{
    struct proof_output o = {0};
    struct lw_output_opts opts = {
        .sys = w->sys,
        .path = c->value[LW_OPT_OUTPUT],
        .force = c->value[LW_OPT_FORCE] != NULL,
        .project = w->project,
        .dir = w->dir,
    };
    enum lw_code code = to_stdout(c) ? lw_output_check(w->project, w->sys, STDOUT_FILENO, err)
                                     : lw_output_open(&opts, &o.file, err);
    if (code == LW_OK)
        code = lw_proof_write(p, signer, take, &o, err);
    if (code == LW_OK)
        code = flush(&o, err);
    if (o.file)
        code = lw_output_close(o.file, code, err);
    lw_buf_fini(&o.pending);
    return code;
}

/* ---- what is said */

static void warn_written(
    const struct lw_cli *c, const struct lw_proof *p, const struct lw_identity *signer)
{
    const struct lw_evidence *e = &p->evidence;
    struct lw_buf by = {0};
    if (signer)
        lw_identity_fingerprint(signer, &by);
    lw_cli_warn("%s: %zu line%s, %zu label%s, skips and undos; %s%s.",
        to_stdout(c) ? "proof" : c->value[LW_OPT_OUTPUT], e->lines, e->lines == 1 ? "" : "s",
        e->labels, e->labels == 1 ? "" : "s", signer ? "signed by " : "not signed",
        signer ? by.data : "");
    lw_cli_warn(
        "It holds your answers, and what you wrote about these tasks: give it only to people "
        "who may see that.");
    if (!to_stdout(c))
        lw_cli_warn("To check it: labelwright prove --recipe > recipe.sh; bash recipe.sh %s",
            c->value[LW_OPT_OUTPUT]);
    lw_buf_fini(&by);
}

static void warn_damage(void *ctx, const char *text)
{
    (void)ctx;
    lw_cli_warn("%s", text);
}

/* What is damaged or was cut off cannot be shown; the rest still can. */
static int warn_unsound(const struct lw_workspace *w)
{
    struct lw_verdict v = {0};
    enum lw_code code =
        lw_known_verify(w->sys, w->dir, w->journal_name, true, NULL, NULL, &v, NULL);
    if (code != LW_OK || !v.first_damage[0])
        return 0;
    lw_known_verify(w->sys, w->dir, w->journal_name, true, warn_damage, NULL, &v, NULL);
    lw_cli_warn(
        "The journal is damaged: the proof shows the lines that can be read, and says where "
        "some are missing. labelwright merge may restore them.");
    return lw_exit_status(LW_EBAD);
}

/* ---- all of it */

static int print_evidence(const struct lw_proof *p)
{
    lw_cli_print_json(lw_evidence_json(&p->evidence));
    return 0;
}

/* The line of the record about that event; NULL when there is none. */
static const char *find_record(const struct lw_evidence *e, uint64_t seq)
{
    char *head = lw_format("\n%" PRIu64 ", ", seq), *first = head + 1;
    const char *found = NULL;
    if (e->record.data && strncmp(e->record.data, first, strlen(first)) == 0)
        found = e->record.data;
    else if (e->record.data && (found = strstr(e->record.data, head)))
        found++;
    free(head);
    return found;
}

static void print_refused(const struct lw_evidence *e, const struct lw_proof_target *t)
{
    for (size_t i = 0; i < e->labels; i++) {
        const char *line = find_record(e, t->refused[i]);
        if (lw_evidence_state(t, i) != LW_PROOF_REFUSED || !line)
            continue;
        char *text = lw_format("event %" PRIu64 ", task %s, in %.*s", e->label[i].seq,
            e->label[i].task, (int)strcspn(line, "\n"), line);
        lw_cli_print("refused    ", text);
        free(text);
    }
}

/* For a terminal: nobody reads the lines of a journal there. */
static int print_overview(const struct lw_proof *p)
{
    struct lw_buf figures = {0}, safe = {0};
    lw_evidence_print(&p->evidence, &figures);
    lw_clean(figures.data, figures.len, true, &safe);
    fputs(safe.data, stdout);
    for (size_t i = 0; i < p->evidence.targets; i++)
        print_refused(&p->evidence, &p->evidence.target[i]);
    lw_cli_warn("To write the proof, add -o proof.txt. For what became of each label, use --json.");
    lw_buf_fini(&figures);
    lw_buf_fini(&safe);
    return 0;
}

static int write_signed(
    const struct lw_cli *c, const struct lw_workspace *w, const struct lw_proof *p)
{
    struct lw_identity *signer = NULL;
    struct lw_err err = {0};
    enum lw_code code = find_signer(c, &signer, &err);
    if (code == LW_OK)
        code = write_proof(c, w, p, signer, &err);
    if (code == LW_OK)
        warn_written(c, p, signer);
    lw_identity_free(signer);
    return code == LW_OK ? 0 : lw_cli_fail(NULL, &err);
}

static int prove(const struct lw_cli *c, const struct lw_workspace *w)
{
    struct lw_proof p = {0};
    struct lw_proof_range range;
    struct lw_err err = {0};
    if (!read_range(c, &range))
        return lw_exit_status(LW_EUSAGE);
    enum lw_code code = w->project->unmade
                            ? LW_EABSENT
                            : lw_proof_open(&p, w->sys, w->dir, w->journal_name, &range, &err);
    int status;
    if (code == LW_EABSENT)
        status = lw_cli_fail_absent(w);
    else if (code != LW_OK)
        status = lw_cli_fail(NULL, &err);
    else
        status = c->value[LW_OPT_JSON]                               ? print_evidence(&p)
                 : !c->value[LW_OPT_OUTPUT] && isatty(STDOUT_FILENO) ? print_overview(&p)
                                                                     : write_signed(c, w, &p);
    lw_proof_close(&p);
    return status != 0 ? status : warn_unsound(w);
}

int lw_cmd_prove(struct lw_cli *c)
{
    struct lw_workspace w;
    struct lw_problems problems = {0};
    struct lw_err err = {0};
    if (c->value[LW_OPT_RECIPE]) {
        fputs(lw_proof_recipe, stdout);
        return 0;
    }
    if (!c->path) {
        lw_cli_warn("Give a project folder: labelwright prove PATH -o proof.txt");
        return lw_exit_status(LW_EUSAGE);
    }
    struct lw_workspace_opts opts = lw_cli_workspace_opts(c, true);
    if (lw_workspace_find(&opts, &w, &problems, &err) != LW_OK)
        return lw_cli_fail(&problems, &err);
    int status = prove(c, &w);
    lw_workspace_close(&w);
    return status;
}
