/* usage: ask_model ROLE <QUESTION
 *
 * Asks the model that the user's config.yaml gives for the role, as the program does, and prints
 * each answer as a line of JSON when all have ended. QUESTION is JSON: {"messages": …,
 * "parameters": …, "candidates": 1, "stop_after": bytes of text, or none}. Exit status 1 when it
 * cannot be asked. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "labelwright/json/json_value.h"
#include "labelwright/model/models.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CANDIDATES_MAX = 8 };

static const char *const states[] = {
    [LW_CALL_DONE] = "done", [LW_CALL_CUT] = "cut", [LW_CALL_FAILED] = "failed"};

static _Noreturn void give_up(const char *why)
{
    fprintf(stderr, "ask_model: %s\n", why);
    exit(1);
}

/* NULL gives null. */
static json_t *text(const char *s)
{
    return s ? json_string(s) : json_null();
}

static json_t *span(struct lw_span s)
{
    return json_stringn(s.s, s.n);
}

static void print(const struct lw_call_answer *a)
{
    struct lw_buf line = {0};
    json_t *v = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:O?, s:O?, s:I, s:I, s:I}", "state",
        states[a->state], "text", span(a->text), "reasoning", span(a->reasoning), "refusal",
        span(a->refusal), "finish", text(a->finish), "model", text(a->model), "error",
        text(a->error), "tool_calls", a->tool_calls, "usage", a->usage, "retry_after_ms",
        (json_int_t)a->retry_after_ms, "first_ms", (json_int_t)a->first_ms, "total_ms",
        (json_int_t)a->total_ms);
    lw_json_add(&line, v);
    puts(line.data);
    json_decref(v);
    lw_buf_fini(&line);
}

static void wait_for_all(struct lw_models *m, struct lw_http *http, struct lw_call *const *call,
    size_t n, const json_t *stop_after)
{
    while (lw_models_busy(m)) {
        int64_t due = lw_models_due_ms(m);
        lw_http_poll(http, NULL, 0, due < 0 || due > 1000 ? 1000 : (int)due);
        lw_models_work(m);
        for (size_t i = 0; i < n; i++)
            if (stop_after &&
                lw_call_answer(call[i])->text.n >= (size_t)json_integer_value(stop_after))
                lw_call_stop(call[i]);
    }
}

static void ask(const struct lw_config *c, const struct lw_model *which, const json_t *question)
{
    struct lw_err err = {0};
    struct lw_http *http = lw_http_new(&lw_sys_real, NULL);
    struct lw_models *m = lw_models_new(&lw_sys_real, c, http);
    struct lw_call *call[CANDIDATES_MAX];
    size_t n = (size_t)json_integer_value(json_object_get(question, "candidates"));
    n = n < 1 ? 1 : n < CANDIDATES_MAX ? n : CANDIDATES_MAX;
    for (size_t i = 0; i < n; i++) {
        call[i] = lw_call_start(m, which, json_object_get(question, "messages"),
            json_object_get(question, "tools"), json_object_get(question, "parameters"), &err);
        if (!call[i])
            give_up(err.text);
    }
    wait_for_all(m, http, call, n, json_object_get(question, "stop_after"));
    for (size_t i = 0; i < n; i++)
        print(lw_call_answer(call[i]));
    lw_models_free(m);
    lw_http_free(http);
}

int main(int argc, char **argv)
{
    struct lw_config c;
    struct lw_problems p = {0};
    struct lw_err err = {0};
    json_error_t e;
    json_t *question = json_loadf(stdin, 0, &e);
    if (argc != 2 || !question)
        give_up(argc == 2 ? e.text : "usage: ask_model ROLE <QUESTION");
    if (lw_config_load(&lw_sys_real, &c, &p, &err) != LW_OK)
        give_up(p.n ? p.v[0] : err.text);
    const struct lw_model *which = lw_config_model(&c, argv[1]);
    if (!which)
        give_up("config.yaml gives no such model, and no default");
    ask(&c, which, question);
    json_decref(question);
    lw_config_fini(&c);
    return 0;
}
