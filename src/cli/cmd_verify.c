/* `labelwright verify`: prints all damage of the journal and what of it was sent but is not there.
 * It repairs nothing. */
#include "cli/cli_internal.h"

#include "labelwright/merge/sent_check.h"
#include "labelwright/workspace/known_journals.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void warn_damage(void *ctx, const char *text)
{
    const struct lw_workspace *w = ctx;
    const char *dot = strchr(text, '.');
    bool names_file = dot && strncmp(dot, ".jsonl", 6) == 0;
    lw_cli_warn("%s%s%s.", w->journal_name, names_file ? "/" : ": ", text);
}

static void print_json(const struct lw_verdict *v, bool sound)
{
    json_t *o =
        json_pack("{s:b,s:I,s:I,s:I,s:I,s:I,s:s}", "ok", sound, "events", (json_int_t)v->events,
            "segments", (json_int_t)v->segments, "damaged", (json_int_t)v->damaged, "breaks",
            (json_int_t)v->breaks, "torn", (json_int_t)v->torn, "head", v->head);
    lw_cli_print_json(o);
}

static void print_text(const struct lw_verdict *v, bool sound)
{
    printf("%s: %" PRIu64 " event%s in %" PRIu32 " segment%s, head %s\n", sound ? "OK" : "NOT OK",
        v->events, v->events == 1 ? "" : "s", v->segments, v->segments == 1 ? "" : "s",
        v->head[0] ? v->head : "-");
}

/* Compares with what was sent: a journal that lacks sent events is not OK. */
static bool agrees_with_sent(const struct lw_workspace_opts *opts)
{
    struct lw_workspace w;
    struct lw_problems p = {0};
    struct lw_sent_report sent = {0};
    struct lw_err err = {0};
    bool well = true;
    if (lw_workspace_journal(opts, &w, &p, &err) == LW_OK) {
        struct lw_sent_opts with = {w.sys, w.project, w.journal, w.ledger};
        if (w.journal && lw_sent_check(&with, &sent, NULL) == LW_OK && sent.text[0])
            lw_cli_warn("%s", sent.text);
        well = sent.fork == 0 && sent.missing == 0;
        lw_sent_fini(&sent);
        lw_workspace_close(&w);
    }
    lw_problems_fini(&p);
    return well;
}

/* Checks the journal and compares it with what is known about it; does not read the tasks. */
int lw_cmd_verify(struct lw_cli *c)
{
    struct lw_workspace w;
    struct lw_workspace_opts opts = lw_cli_workspace_opts(c, true);
    struct lw_verdict v = {0};
    struct lw_problems p = {0};
    struct lw_err err = {0};
    if (lw_workspace_find(&opts, &w, &p, &err) != LW_OK)
        return lw_cli_fail(&p, &err);
    enum lw_code code = w.project->unmade ? LW_EABSENT
                                          : lw_known_verify(w.sys, w.dir, w.journal_name, false,
                                                warn_damage, &w, &v, &err);
    bool sound = v.first_damage[0] == '\0';
    if (code == LW_OK && !agrees_with_sent(&opts))
        sound = false;
    int status = 0;
    if (code == LW_EABSENT)
        status = lw_cli_fail_absent(&w);
    else if (code != LW_OK)
        status = lw_cli_fail(&p, &err);
    else if (!sound)
        status = lw_exit_status(LW_EBAD);
    if (code == LW_OK)
        (c->value[LW_OPT_JSON] ? print_json : print_text)(&v, sound);
    lw_workspace_close(&w);
    return status;
}
