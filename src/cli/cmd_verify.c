#include "cli.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void finding(void *ctx, const char *text)
{
    (void)ctx;
    lw_say("%s", text);
}

static void print_json(const struct lw_verdict *v, bool sound)
{
    json_t *o = json_pack("{s:b,s:I,s:I,s:I,s:I,s:s}", "ok", sound, "events", (json_int_t)v->events,
        "segments", (json_int_t)v->segments, "damaged", (json_int_t)v->damaged, "torn",
        (json_int_t)v->torn, "head", v->head);
    char *text = json_dumps(o, JSON_COMPACT);
    puts(text);
    free(text);
    json_decref(o);
}

int lw_cmd_verify(struct lw_cli *c)
{
    struct lw_workplace w;
    struct lw_verdict v = {0};
    struct lw_problems none = {0};
    struct lw_err err = {0};
    int status = lw_cli_open(c, true, &w);
    if (status != 0)
        return status;
    if (!w.journal) {
        lw_say("there is no journal yet: nothing was labeled here.");
        status = lw_exit_status(LW_EABSENT);
    } else if (lw_journal_verify(w.sys, w.dir, w.journal_name, finding, NULL, &v, &err) != LW_OK) {
        status = lw_say_wrong(&none, &err);
    } else {
        bool sound = v.damaged == 0;
        if (c->value[LW_OPT_JSON])
            print_json(&v, sound);
        else
            printf("%s: %" PRIu64 " events in %" PRIu32 " segment%s, head %s\n",
                sound ? "sound" : "NOT sound", v.events, v.segments, v.segments == 1 ? "" : "s",
                v.head);
        status = sound ? 0 : lw_exit_status(LW_EBAD);
    }
    lw_workplace_close(&w);
    return status;
}
