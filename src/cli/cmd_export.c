/* `labelwright export`: writes the labels to a file or stdout and says what the format cannot hold.
 * The formats are in export/. */
#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/base/file.h"
#include "labelwright/export/export.h"
#include "labelwright/export/output.h"
#include "labelwright/text/glyph.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 256 * 1024 };

/* Where the rows go. */
struct output {
    const struct lw_workspace *workspace;
    struct lw_output *file; /* NULL: stdout */
    struct lw_buf pending;
};

static enum lw_code open_output(struct output *o, const char *name, const struct lw_cli *c,
    const struct lw_workspace *w, struct lw_err *err)
{
    if (!name || strcmp(name, "-") == 0)
        return lw_output_check(w->project, w->sys, STDOUT_FILENO, err);
    struct lw_output_opts opts = {
        .sys = w->sys,
        .path = name,
        .force = c->value[LW_OPT_FORCE] != NULL,
        .project = w->project,
        .dir = w->dir,
    };
    return lw_output_open(&opts, &o->file, err);
}

/* Data is written unchanged, except to a terminal, which would obey control characters in it. */
static void sanitise(struct lw_buf *b)
{
    struct lw_buf safe = {0};
    lw_clean(b->data, b->len, true, &safe);
    lw_buf_fini(b);
    *b = safe;
}

static enum lw_code flush(struct output *o, struct lw_err *err)
{
    if (!o->file && o->pending.len > 0 && isatty(STDOUT_FILENO))
        sanitise(&o->pending);
    enum lw_code code = o->file ? lw_output_write(o->file, o->pending.data, o->pending.len, err)
                                : lw_write_all(&lw_sys_real, STDOUT_FILENO, o->pending.data,
                                      o->pending.len, NULL, err);
    lw_buf_clear(&o->pending);
    return code;
}

static enum lw_code write_out(void *ctx, const char *bytes, size_t n, struct lw_err *err)
{
    struct output *o = ctx;
    lw_buf_add(&o->pending, bytes, n);
    return o->pending.len < CHUNK ? LW_OK : flush(o, err);
}

static enum lw_code close_output(struct output *o, enum lw_code code, struct lw_err *err)
{
    if (code == LW_OK)
        code = flush(o, err);
    if (o->file)
        code = lw_output_close(o->file, code, err);
    lw_buf_fini(&o->pending);
    return code;
}

static void warn_losses(const struct lw_export_report *r, const char *format, bool chosen)
{
    bool trl = strncmp(format, "trl-", 4) == 0, native = strcmp(format, "native") == 0;
    const char *s = r->written == 1 ? "" : "s";
    if (chosen)
        lw_cli_warn("%" PRIu64 " line%s written.", r->written, s);
    else
        lw_cli_warn("%" PRIu64 " line%s written, in the format %s. labelwright help export names "
                    "the others.",
            r->written, s, format);
    for (int i = 0; i < LW_LOSS_COUNT; i++) {
        char *text = r->lost[i] ? lw_loss_text((enum lw_loss)i, r->lost[i]) : NULL;
        if (text)
            lw_cli_warn("%s.", text);
        free(text);
    }
    if (native && r->bytes > LW_EXPORT_TYPED)
        lw_cli_warn(
            "Over 10 MB: to load it with datasets, pass the `features` in labelwright-journal(5).");
    if (trl && r->lost[LW_LOSS_NO_PROMPT])
        lw_cli_warn("To export tasks without a prompt too, use --empty-prompt.");
    if (r->instead[0])
        lw_cli_warn("To export what was labeled under the earlier question, use --question %s.",
            r->instead);
}

static const char *format_of(const struct lw_cli *c)
{
    return c->value[LW_OPT_FORMAT] ? c->value[LW_OPT_FORMAT] : lw_export_name(0);
}

/* A file that needs another one to be of use says so. */
static void warn_config(const struct lw_cli *c)
{
    const char *needs = lw_export_config(format_of(c));
    if (needs && !c->value[LW_OPT_CONFIG])
        lw_cli_warn("To write the %s that goes with this file, add --config FILE.", needs);
}

static enum lw_code export_both(const struct lw_cli *c, struct lw_export *x, struct output *labels,
    struct output *config, struct lw_export_report *report, struct lw_err *err)
{
    const struct lw_workspace *w = labels->workspace;
    enum lw_code code = open_output(labels, c->value[LW_OPT_OUTPUT], c, w, err);
    if (code == LW_OK && x->config)
        code = open_output(config, c->value[LW_OPT_CONFIG], c, w, err);
    if (code == LW_OK)
        code = lw_export_run(format_of(c), x, report, err);
    code = close_output(config, code, err);
    return close_output(labels, code, err);
}

static enum lw_code export_to(const struct lw_cli *c, struct lw_workspace *w, struct lw_err *err)
{
    struct output o = {.workspace = w}, config = {0};
    struct lw_export_report report = {0};
    struct lw_export x = {
        .project = w->project,
        .tasks = w->tasks,
        .journal = w->journal,
        .ledger = w->ledger,
        .question = c->value[LW_OPT_QUESTION],
        .empty_prompt = c->value[LW_OPT_EMPTY_PROMPT] != NULL,
        .neutral = c->value[LW_OPT_NEUTRAL],
        .offsets = c->value[LW_OPT_OFFSETS],
        .write = write_out,
        .ctx = &o,
        .config = c->value[LW_OPT_CONFIG] ? &config.pending : NULL,
    };
    enum lw_code code = export_both(c, &x, &o, &config, &report, err);
    if (code == LW_OK) {
        warn_losses(&report, format_of(c), c->value[LW_OPT_FORMAT] != NULL);
        warn_config(c);
    }
    return code;
}

static bool has_format(const char *name)
{
    size_t i = 0;
    while (lw_export_name(i) && strcmp(lw_export_name(i), name) != 0)
        i++;
    return lw_export_name(i) != NULL;
}

static int list_formats(const char *wanted)
{
    lw_cli_warn("Unknown format \"%s\". Formats:", wanted);
    for (size_t i = 0; lw_export_name(i); i++)
        fprintf(stderr, "  %-18s %s\n", lw_export_name(i), lw_export_help(i));
    return lw_exit_status(LW_EUSAGE);
}

/* Labels are exported even if the task files cannot be read, unless the format needs their texts.
 */
static int open_tasks(struct lw_workspace *w, const char *format)
{
    struct lw_err err = {0};
    bool texts = lw_export_needs_texts(format);
    if (lw_tasks_open(w->sys, w->project, &w->tasks, &err) == LW_OK) {
        int status = lw_cli_read_tasks(w);
        if (status == 0)
            lw_cli_warn_duplicates(w);
        return texts ? status : 0;
    }
    if (texts)
        return lw_cli_fail(NULL, &err);
    lw_cli_warn("%s", err.text);
    lw_cli_warn("The labels are exported anyway, without reading the tasks.");
    return 0;
}

static int open_labels(struct lw_cli *c, struct lw_workspace *w)
{
    struct lw_workspace_opts opts = lw_cli_workspace_opts(c, true);
    struct lw_problems p = {0};
    struct lw_err err = {0};
    if (lw_workspace_journal(&opts, w, &p, &err) != LW_OK)
        return lw_cli_fail(&p, &err);
    lw_cli_warn_notes(w, 0);
    return w->journal ? open_tasks(w, format_of(c)) : lw_cli_fail_absent(w);
}

int lw_cmd_export(struct lw_cli *c)
{
    struct lw_workspace w = {.dir = -1};
    struct lw_err err = {0};
    if (!has_format(format_of(c)))
        return list_formats(format_of(c));
    int status = open_labels(c, &w);
    if (status == 0 && export_to(c, &w, &err) != LW_OK)
        status = lw_cli_fail(NULL, &err);
    lw_workspace_close(&w);
    return status;
}
