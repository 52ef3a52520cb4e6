/* Any JSON as a talk: refused with one message, or a talk whose every reader agrees with the
 * others; and either way nothing that reads it trips. */
#include "labelwright/answers/answers.h"
#include "labelwright/project/talk.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static const char yaml[] = "labelwright: 1\ntasks: [t]\nquestions:\n"
                           "  - {name: talk, type: talk, talk: {model: a, replies: 2}}\n"
                           "  - {name: sure, type: rating, on: response}\n"
                           "  - {name: odd, type: choice, on: turn, options: [{value: y}]}\n";

static size_t size_of(json_t *list)
{
    size_t n = json_array_size(list);
    json_decref(list);
    return n;
}

/* What is shown is the path and its replies. */
static void check_items(const struct lw_task *t, const json_t *value)
{
    const char *at = lw_talk_at(value), *best = lw_talk_best(value, at);
    if (t->nturns != t->own_turns + size_of(lw_talk_path(value)) ||
        t->nresponses != size_of(lw_talk_replies(value, at)))
        abort();
    if (best && !lw_talk_find(value, best))
        abort();
}

/* One message more is the end of the path, and the others stay. */
static void check_growth(const json_t *value)
{
    json_t *more = lw_talk_add(value, json_pack("{s:s,s:s}", "role", "user", "text", "x"), true);
    json_t *path = lw_talk_path(more);
    if (json_array_size(json_object_get(more, "messages")) !=
            json_array_size(json_object_get(value, "messages")) + 1 ||
        json_array_size(path) != 1)
        abort();
    json_decref(path);
    json_decref(more);
}

static void try_talk(const struct lw_project *p, json_t *value)
{
    struct lw_task t = {0};
    struct lw_err err = {0};
    char why[LW_LIMIT_WORDS];
    json_t *answers = json_pack("{s:O}", "talk", value);
    struct lw_value_place place = {&p->question[0], &t, -1, &err, true};
    bool well = lw_value_check(&place, value) == LW_OK;
    if (well == (err.text[0] != '\0'))
        abort();
    lw_items_bring(p, &t, answers);
    if (well) {
        check_items(&t, value);
        check_growth(value);
    } else if (t.nturns + t.nresponses > 0) {
        abort();
    }
    json_decref(lw_talk_ended(value));
    json_decref(lw_talk_open_calls(value));
    json_decref(lw_talk_request(p->question[0].talk, &t, value, NULL));
    lw_talk_next_branch(value);
    lw_value_is_unfinished(&p->question[0], value, why);
    size_t slots;
    free(lw_slots(p, &t, NULL, answers, &slots));
    lw_answers_prune(p, &t, answers);
    free(t.turn);
    free(t.response);
    json_decref(t.talk);
    json_decref(answers);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    static struct lw_project *p;
    struct lw_problems none = {0};
    if (!p)
        p = lw_project_parse(".", "fuzz", yaml, sizeof yaml - 1, &none);
    json_t *value = json_loadb((const char *)data, n, 0, NULL);
    if (value)
        try_talk(p, value);
    json_decref(value);
    return 0;
}
