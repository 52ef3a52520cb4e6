/* The journals of other annotators in a project's folder, and what to tell someone who has none.
 * Reads all of each. */
#define _GNU_SOURCE
#include "labelwright/workspace/other_journals.h"

#include "labelwright/base/file.h"
#include "labelwright/ledger/ledger.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { JOURNALS_MOST = 100 };

struct search {
    const struct lw_sys *sys;
    int dir;
    const char *ours;
    struct lw_other_journals *to;
};

static bool is_journal(const struct search *f, const char *name)
{
    bool named = strcmp(name, "journal") == 0 || strncmp(name, "journal-", 8) == 0;
    if (!named || strcmp(name, f->ours) == 0 || f->to->n == JOURNALS_MOST)
        return false;
    int fd = lw_dir_open(f->sys, f->dir, name);
    if (fd >= 0)
        f->sys->close(f->sys, fd);
    return fd >= 0;
}

static void add(void *ctx, const char *name)
{
    struct search *f = ctx;
    if (!is_journal(f, name))
        return;
    f->to->v = lw_grow(f->to->v, f->to->n + 1, sizeof *f->to->v);
    f->to->v[f->to->n++] = (struct lw_other_journal){.name = lw_strdup(name)};
}

/* Reads all of it: we do not trust another annotator's checkpoint. */
static void read_one(const struct search *f, struct lw_other_journal *o)
{
    struct lw_err err = {0};
    struct lw_ledger *ledger = lw_ledger_new();
    struct lw_journal *j = NULL;
    struct lw_journal_opts opts = {
        .sys = f->sys, .dir = f->dir, .name = o->name, .read_only = true};
    lw_ledger_follow(ledger, &opts);
    if (lw_journal_open(&opts, &j, &err) == LW_OK) {
        struct lw_totals t = lw_ledger_totals(ledger);
        o->annotator = lw_strdup(lw_journal_annotator(j));
        o->done = t.done;
        o->skipped = t.skipped;
    } else {
        o->annotator = lw_strdup("");
        o->why = lw_strdup(err.text);
    }
    lw_journal_close(j);
    lw_ledger_free(ledger);
}

static int by_name(const void *a, const void *b)
{
    const struct lw_other_journal *x = a, *y = b;
    return strcmp(x->name, y->name);
}

void lw_other_journals_find(
    const struct lw_sys *sys, int dir, const char *ours, struct lw_other_journals *to)
{
    struct search f = {sys, dir, ours, to};
    *to = (struct lw_other_journals){0};
    sys->list(sys, dir, add, &f);
    if (to->n > 0)
        qsort(to->v, to->n, sizeof *to->v, by_name);
    for (size_t i = 0; i < to->n; i++)
        read_one(&f, &to->v[i]);
}

void lw_other_journals_fini(struct lw_other_journals *o)
{
    for (size_t i = 0; i < o->n; i++) {
        free(o->v[i].name);
        free(o->v[i].annotator);
        free(o->v[i].why);
    }
    free(o->v);
    *o = (struct lw_other_journals){0};
}

void lw_other_journal_describe(const struct lw_other_journal *o, struct lw_buf *to)
{
    lw_buf_fmt(to, "%s/", o->name);
    if (*o->annotator)
        lw_buf_fmt(to, " of %s", o->annotator);
    if (o->why)
        lw_buf_fmt(to, ": cannot be read (%s)", o->why);
    else
        lw_buf_fmt(to, ": %" PRIu64 " done, %" PRIu64 " skipped", o->done, o->skipped);
}

char *lw_other_journals_advice(const struct lw_other_journals *o, const char *annotator)
{
    const struct lw_other_journal *most = NULL;
    struct lw_buf words = {0};
    for (size_t i = 0; i < o->n; i++) {
        uint64_t labels = o->v[i].done + o->v[i].skipped;
        if (labels == 0 && !o->v[i].why)
            continue;
        lw_buf_str(&words, words.len ? "; " : "");
        lw_other_journal_describe(&o->v[i], &words);
        if (labels > 0 && (!most || labels > most->done + most->skipped))
            most = &o->v[i];
    }
    if (words.len == 0)
        return NULL;
    char *advice =
        most && *most->annotator
            ? lw_format(" To continue as %s: use --annotator %s, or set annotator: %s in your "
                        "config.yaml.",
                  most->annotator, most->annotator, most->annotator)
            : lw_strdup("");
    char *text = lw_format(
        "You are %s and have no labels here. Other journals: %s.%s", annotator, words.data, advice);
    free(advice);
    lw_buf_fini(&words);
    return text;
}
