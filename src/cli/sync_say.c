#include "cli/sync_say_internal.h"

#include "labelwright/text/glyph.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARKED_SHOWN = 10 };

/* Words of --json: scripts depend on them. */
static const char *const states[] = {
    [LW_SYNC_NONE] = "none",
    [LW_SYNC_ALL_SENT] = "all_sent",
    [LW_SYNC_UNSENT] = "unsent",
    [LW_SYNC_SENDING] = "unsent",
    [LW_SYNC_OFFLINE] = "offline",
    [LW_SYNC_NEEDS_YOU] = "needs_you",
};

void lw_sync_say(const struct lw_sync_status *t)
{
    struct lw_buf b = {0};
    const struct {
        uint64_t n;
        const char *what;
    } counts[] = {{t->done, "sent"}, {t->unsent, "unsent"}, {t->parked, "refused"},
        {t->never, "that can never be sent"}};
    size_t said = 0;
    lw_buf_fmt(&b, "%s: ", t->to);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i].n > 0)
            lw_buf_fmt(&b, "%s%" PRIu64 " %s", said++ ? ", " : "", counts[i].n, counts[i].what);
    lw_buf_fmt(&b, "%s.%s%s", said ? "" : "all sent", *t->text ? " " : "", t->text);
    lw_cli_warn("%s", b.data);
    lw_buf_fini(&b);
}

/* ---- refused labels */

static void say_parked(void *ctx, const struct lw_parked *one)
{
    size_t *n = ctx;
    if (++*n <= PARKED_SHOWN)
        lw_cli_warn("refused: event %" PRIu64 "%s%s%s%s: %s. %s", one->seq, *one->type ? ", " : "",
            one->type, *one->task ? " of task " : "", one->task, one->code, one->message);
}

static void say_lacking(void *ctx, uint64_t seq, const char *task)
{
    size_t *n = ctx;
    if (++*n <= PARKED_SHOWN)
        lw_cli_warn(
            "not sent: event %" PRIu64 "%s%s", seq, task ? ", task " : "", task ? task : "");
}

void lw_sync_say_lacking(const struct lw_sync *s)
{
    size_t n = 0;
    lw_sync_lacking(s, say_lacking, &n);
    if (n > PARKED_SHOWN)
        lw_cli_warn("And %zu more.", n - PARKED_SHOWN);
}

void lw_sync_say_parked(const struct lw_workspace *w)
{
    size_t n = 0;
    lw_sync_parked(w->project, w->journal, w->ledger, say_parked, &n);
    if (n > PARKED_SHOWN)
        lw_cli_warn("And %zu more.", n - PARKED_SHOWN);
    if (n > 0)
        lw_cli_warn(
            "Label the task again to send a new label. If the server is fixed, use --resend to "
            "send the refused ones again.");
}

/* ---- JSON */

static void print(json_t *o)
{
    char *text = json_dumps(o, JSON_COMPACT);
    puts(text ? text : "{}");
    free(text);
    json_decref(o);
}

/* A message may hold bytes from outside, cut anywhere. */
static json_t *text_of(const char *s)
{
    struct lw_buf b = {0};
    lw_clean(s, strlen(s), false, &b);
    json_t *text = json_stringn(b.data ? b.data : "", b.len);
    lw_buf_fini(&b);
    return text;
}

void lw_sync_print_json(const struct lw_workspace *w, const struct lw_sync *s)
{
    struct lw_sync_status all = lw_sync_status(s);
    json_t *targets = json_array();
    uint64_t sent = 0;
    for (size_t i = 0; i < w->project->nsync; i++) {
        struct lw_sync_status t = lw_sync_status_of(s, i);
        sent += t.done;
        json_array_append_new(targets,
            json_pack("{s:s,s:s,s:I,s:I,s:I,s:I,s:o}", "to", t.to, "state", states[t.state], "sent",
                (json_int_t)t.done, "unsent", (json_int_t)t.unsent, "parked", (json_int_t)t.parked,
                "never", (json_int_t)t.never, "text", text_of(t.text)));
    }
    print(json_pack("{s:I,s:I,s:I,s:o}", "sent", (json_int_t)sent, "unsent", (json_int_t)all.unsent,
        "parked", (json_int_t)all.parked, "targets", targets));
}

/* ---- the plan */

struct plan {
    bool json;
    size_t batches;
};

static void print_batch(void *ctx, const struct lw_planned *one)
{
    struct plan *p = ctx;
    p->batches++;
    if (p->json) {
        print(json_pack("{s:s,s:I,s:I,s:I,s:I,s:I,s:s}", "to", one->to, "first",
            (json_int_t)one->first, "last", (json_int_t)one->last, "events",
            (json_int_t)one->events, "labels", (json_int_t)one->labels, "bytes",
            (json_int_t)one->bytes, "sha256", one->sha256));
        return;
    }
    struct lw_buf b = {0};
    lw_clean(one->to, strlen(one->to), false, &b);
    printf("events %" PRIu64 " to %" PRIu64 ": %zu label%s, %zu bytes, to %s\n", one->first,
        one->last, one->labels, one->labels == 1 ? "" : "s", one->bytes, b.data);
    lw_buf_fini(&b);
}

int lw_sync_print_plan(const struct lw_workspace *w, bool json)
{
    struct plan p = {.json = json};
    struct lw_err err = {0};
    if (lw_sync_plan(w->project, w->journal, w->ledger, print_batch, &p, &err) != LW_OK)
        return lw_cli_fail(NULL, &err);
    if (p.batches == 0)
        lw_cli_warn("Nothing to send.");
    return 0;
}
