/* Talks with a model: what a project may ask for, and what is refused from outside. Models are the
 * user's own: a project names roles, never a server or a secret. The tree itself is talk.c's. */
#include "labelwright/base/buf.h"
#include "labelwright/project/talk.h"
#include "project/question_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- in project.yaml */

void lw_talk_rules_free(struct lw_talk_rules *r)
{
    if (!r)
        return;
    lw_texts_free(r->models);
    json_decref(r->parameters);
    free(r);
}

const struct lw_question *lw_talk_question(const struct lw_project *p)
{
    for (size_t i = 0; i < p->nquestions; i++)
        if (p->question[i].type == LW_Q_TALK)
            return &p->question[i];
    return NULL;
}

static LW_SETTER(set_models)
{
    struct lw_talk_rules *rules = to;
    lw_texts_free(rules->models);
    rules->models = lw_texts_parse(r, f, y, &rules->nmodels);
    if (!rules->models)
        rules->nmodels = 0;
    else if (rules->nmodels > LW_TALK_MODELS_MAX)
        lw_mistake(
            r, y, "\"%s\" takes at most %d names. Leave some out.", f->key, LW_TALK_MODELS_MAX);
}

/* What may be sent with a request: no reals anywhere, so a decimal number stays a text. */
#define TAKES(what, sample, as) .takes = what, .example = sample, .kind = LW_KIND_##as
static const struct lw_field parameters[] = {
    {.key = "temperature",
        TAKES("a decimal number", "temperature: 0.7", REAL),
        .help = "How freely it writes."},
    {.key = "top_p",
        TAKES("a decimal number", "top_p: 0.95", REAL),
        .help = "Of which share of likely words it chooses."},
    {.key = "max_tokens",
        TAKES("an integer", "max_tokens: 800", INT),
        .help = "Where a reply ends at the latest."},
    {.key = "seed",
        TAKES("an integer", "seed: 7", INT),
        .help = "The same seed, the same reply, where the server keeps to it."},
    {.key = "system",
        TAKES("text", "system: You are a patient tutor.", TEXT),
        .help = "The system prompt."},
    {.key = "stop",
        TAKES("a list of texts", "stop: [END]", LIST),
        .min = 1,
        .items = LW_KIND_TEXT,
        .help = "Texts at which a reply ends."},
};
#undef TAKES
static const struct lw_schema parameter_table = {
    "parameters", parameters, sizeof parameters / sizeof *parameters, NULL};
enum { N_PARAMETERS = sizeof parameters / sizeof *parameters };

static bool is_decimal(const char *s)
{
    size_t whole = strspn(s, "0123456789"), part = s[whole] == '.' ? 1 : 0;
    size_t digits = part ? strspn(s + whole + 1, "0123456789") : 0;
    return whole > 0 && whole <= 4 && digits <= 6 && (part == 0 || digits > 0) &&
           s[whole + part + digits] == '\0' && (whole == 1 || s[0] != '0');
}

static json_t *parameter_texts(const struct lw_yaml *y)
{
    json_t *all = json_array();
    for (size_t i = 0; i < y->n; i++)
        if (lw_yaml_text(y->item[i]))
            json_array_append_new(all, json_string(y->item[i]->text));
    if (y->kind == LW_YAML_LIST && json_array_size(all) == y->n && y->n > 0)
        return all;
    json_decref(all);
    return NULL;
}

/* NULL where it does not fit. */
static json_t *parameter_value(unsigned kind, const struct lw_yaml *y)
{
    int64_t n;
    if (kind == LW_KIND_LIST)
        return parameter_texts(y);
    const char *text = lw_yaml_text(y);
    if (!text)
        return NULL;
    if (kind == LW_KIND_INT)
        return lw_yaml_int(y, &n) && n >= 0 ? json_integer(n) : NULL;
    return kind == LW_KIND_TEXT || is_decimal(text) ? json_string(text) : NULL;
}

static void read_parameter(
    struct lw_reading *r, json_t *to, const char *name, const struct lw_yaml *y)
{
    const char *names[N_PARAMETERS + 1] = {NULL};
    for (size_t i = 0; i < N_PARAMETERS; i++)
        names[i] = parameters[i].key;
    for (size_t i = 0; i < N_PARAMETERS; i++) {
        if (strcmp(name, parameters[i].key) != 0)
            continue;
        json_t *v = parameter_value(parameters[i].kind, y);
        if (!v)
            lw_mistake(r, y, "\"%s\" takes %s. Write `%s`.", name, parameters[i].takes,
                parameters[i].example);
        else
            json_object_set_new(to, name, v);
        return;
    }
    lw_mistake_word(r, y, "parameter", name, names);
}

static LW_SETTER(set_parameters)
{
    struct lw_talk_rules *rules = to;
    if (y->kind != LW_YAML_MAP) {
        lw_mistake_kind(r, f, y);
        return;
    }
    json_decref(rules->parameters);
    rules->parameters = json_object();
    for (size_t i = 0; i < y->n; i++)
        read_parameter(r, rules->parameters, y->key[i]->text, y->item[i]);
}

static const char *const choices[] = {"best", "rank", NULL};

#define IN(member) offsetof(struct lw_talk_rules, member)
static const struct lw_field fields[] = {
    {.key = "model",
        set_models,
        0,
        "the name of a role, or a list of them",
        "model: assistant under test",
        .help = "A role, or several: which model that is says the user's own config.yaml. Without "
                "it you write both sides.",
        .min = 1,
        .max = LW_TALK_MODELS_MAX,
        .kind = LW_KIND_TEXT | LW_KIND_LIST,
        .items = LW_KIND_TEXT},
    {.key = "replies",
        lw_set_int,
        IN(replies),
        "an integer from 1 to 8",
        "replies: 2",
        .min = 1,
        .max = LW_TALK_REPLIES_MAX,
        .help = "Of each model, to each turn; 8 at most together.",
        .initial = "1"},
    {.key = "goes_on",
        lw_set_bool,
        IN(goes_on),
        "true or false",
        "goes_on: true",
        .help =
            "true: the models see what the task says. Otherwise that is a brief for the annotator.",
        .initial = "false"},
    {.key = "choose",
        lw_set_either,
        IN(rank),
        "best or rank",
        "choose: rank",
        .words = choices,
        .help = "The best reply alone, or all of them in order.",
        .initial = "best"},
    {.key = "min_turns",
        lw_set_int,
        IN(min_turns),
        "an integer from 1 to 1000",
        "min_turns: 3",
        .min = 1,
        .max = 1000,
        .help = "So many turns of the annotator at least."},
    {.key = "max_turns",
        lw_set_int,
        IN(max_turns),
        "an integer from 1 to 1000",
        "max_turns: 10",
        .min = 1,
        .max = 1000,
        .help = "So many turns of the annotator at most."},
    {.key = "parameters",
        set_parameters,
        0,
        "a map",
        "parameters: {max_tokens: 800}",
        .help = "What is sent with each request.",
        .inside = &parameter_table,
        .kind = LW_KIND_MAP},
};
const struct lw_schema lw_talk_schema = {"a talk", fields, sizeof fields / sizeof *fields, NULL};

LW_SETTER(lw_set_talk)
{
    struct lw_question *q = to;
    if (y->kind != LW_YAML_MAP) {
        lw_mistake_kind(r, f, y);
        return;
    }
    lw_talk_rules_free(q->talk);
    q->talk = lw_alloc(sizeof *q->talk);
    lw_schema_parse(r, &lw_talk_schema, LW_NO_VARIANT, y, q->talk);
}

static void check_rules(struct lw_reading *r, const struct lw_question *q, const struct lw_yaml *y)
{
    const struct lw_yaml *talk = lw_yaml_get(y, "talk");
    const struct lw_talk_rules *t = q->talk;
    if (q->on != LW_ON_TASK)
        lw_mistake(r, lw_yaml_get(y, "on"), "a talk is about the task. Leave `on` out.");
    if (!t)
        return;
    if (t->max_turns && t->min_turns > t->max_turns)
        lw_mistake(r, lw_yaml_get(talk, "max_turns"),
            "max_turns is below min_turns (%" PRId64 "). Write a greater number, or leave it out.",
            t->min_turns);
    if ((int64_t)t->nmodels * (t->replies ? t->replies : 1) > LW_TALK_REPLIES_MAX)
        lw_mistake(r, lw_yaml_get(talk, "replies"),
            "%zu models with %" PRId64 " replies each are more than %d. Ask for fewer replies.",
            t->nmodels, t->replies, LW_TALK_REPLIES_MAX);
}

static json_t *parse_test(const struct lw_test_place *a, const struct lw_yaml *y)
{
    lw_mistake(a->r, y,
        "`when` cannot test what a talk says, only that there is one. Write `%s: answered`.",
        a->asked->name);
    return NULL;
}

/* ---- answers */

enum { ID_MOST = 10 }; /* bytes of "m999999999", LW_TALK_NUMBER_MAX */

static const char *const roles[] = {"user", "assistant", "tool"};

static bool is_role(const char *role)
{
    for (size_t i = 0; role && i < sizeof roles / sizeof *roles; i++)
        if (strcmp(role, roles[i]) == 0)
            return true;
    return false;
}

static bool is_id(const char *id)
{
    size_t n = id ? strlen(id) : 0;
    return n > 1 && n <= ID_MOST && id[0] == 'm' && strspn(id + 1, "0123456789") == n - 1 &&
           id[1] != '0';
}

/* Absent, or one of those seen so far. */
static bool names_earlier(const json_t *message, const char *member, const json_t *seen)
{
    const json_t *v = json_object_get(message, member);
    return !v || (json_is_string(v) && json_object_get(seen, json_string_value(v)));
}

static enum lw_code check_message(const struct lw_value_place *a, json_t *m, json_t *seen)
{
    const char *id = json_string_value(json_object_get(m, "id"));
    const char *role = json_string_value(json_object_get(m, "role"));
    if (!is_id(id) || json_object_get(seen, id))
        return lw_value_refuse(a, "each message needs an \"id\" of its own: m1, m2 and on.");
    if (!is_role(role))
        return lw_value_refuse(a, "the message %s needs a \"role\": user, assistant or tool.", id);
    if (!json_is_string(json_object_get(m, "text")))
        return lw_value_refuse(a, "the message %s needs a \"text\" (a string).", id);
    if (!names_earlier(m, "after", seen) || !names_earlier(m, "of", seen))
        return lw_value_refuse(
            a, "\"after\" and \"of\" of the message %s must name messages before it.", id);
    json_object_set(seen, id, m);
    return LW_OK;
}

/* Not a message of another turn, and no correction. */
static bool is_reply_to(const json_t *seen, const char *id, const char *of)
{
    const json_t *m = json_object_get(seen, id);
    const char *after = json_string_value(json_object_get(m, "after"));
    return m && lw_talk_is_reply(m) && !json_object_get(m, "of") &&
           strcmp(after ? after : "start", of) == 0;
}

static bool has_replies(const json_t *seen, const json_t *order, const char *of)
{
    json_t *tied, *id, *placed = json_object();
    size_t i, k;
    bool fine = json_is_array(order);
    json_array_foreach(order, i, tied) json_array_foreach(tied, k, id)
    {
        const char *one = json_string_value(id);
        fine = fine && one && !json_object_get(placed, one) && is_reply_to(seen, one, of);
        if (fine)
            json_object_set_new(placed, one, json_true());
    }
    json_decref(placed);
    return fine;
}

static enum lw_code check_order(const struct lw_value_place *a, const json_t *v, const json_t *seen)
{
    const char *of;
    json_t *order, *all = json_object_get(v, "order");
    if (all && !json_is_object(all))
        return lw_value_refuse(a, "\"order\" must be an object with a list for each message.");
    json_object_foreach(
        all, of, order) if ((!json_object_get(seen, of) && strcmp(of, "start") != 0) ||
                            !has_replies(seen, order, of)) return lw_value_refuse(a,
        "\"order\" of \"%.20s\" must be lists of the ids of its replies, best first.", of);
    return LW_OK;
}

static enum lw_code check_talk(const struct lw_value_place *a, const json_t *v)
{
    const json_t *list = json_object_get(v, "messages");
    if (!json_is_array(list) || json_array_size(list) > LW_TALK_MESSAGES_MAX)
        return lw_value_refuse(a,
            "a talk must be {\"messages\": [{\"id\", \"after\", \"role\", \"text\"}], \"at\": id}, "
            "with at most %d messages.",
            LW_TALK_MESSAGES_MAX);
    json_t *seen = json_object();
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < json_array_size(list) && code == LW_OK; i++)
        code = check_message(a, json_array_get(list, i), seen);
    if (code == LW_OK && !names_earlier(v, "at", seen))
        code = lw_value_refuse(a, "\"at\" must be the id of one of the messages.");
    if (code == LW_OK)
        code = check_order(a, v, seen);
    json_decref(seen);
    return code;
}

/* How many replies to a message have a place in its order; without one all are as good. */
static size_t placed(const json_t *v, const char *at)
{
    const json_t *order = lw_talk_order(v, at);
    return json_array_size(order) > 0 ? lw_talk_placed(order) : SIZE_MAX;
}

/* What is missing of a talk that has begun. */
static bool is_unfinished(const struct lw_question *q, const json_t *v, char why[LW_LIMIT_WORDS])
{
    const struct lw_talk_rules *t = q->talk;
    const char *at = lw_talk_at(v), *best = lw_talk_best(v, at);
    size_t turns = lw_talk_turns(v), live = lw_talk_live(v), n = LW_LIMIT_WORDS;
    json_t *replies = lw_talk_replies(v, at), *calls = lw_talk_open_calls(v);
    size_t given = json_array_size(replies), open = json_array_size(calls);
    json_decref(replies);
    json_decref(calls);
    if (live > 0)
        snprintf(why, n, "%zu repl%s that still come%s", live, live == 1 ? "y" : "ies",
            live == 1 ? "s" : "");
    else if (lw_talk_typed(v).n > 0)
        snprintf(why, n, "a turn that is not finished");
    else if (open > 0)
        snprintf(why, n, "%zu tool call%s without a result", open, open == 1 ? "" : "s");
    else if (turns > 0 && given == 0)
        snprintf(why, n, "a last turn without a reply");
    else if (given > 1 && !best)
        snprintf(why, n, "no best reply");
    else if (t && t->rank && placed(v, at) < given)
        snprintf(why, n, "%zu of %zu replies ranked", placed(v, at), given);
    else if (t && (int64_t)turns < t->min_turns)
        snprintf(
            why, n, "%zu turn%s of at least %" PRId64, turns, turns == 1 ? "" : "s", t->min_turns);
    else
        return false;
    return true;
}

const struct lw_question_type lw_question_talk = {
    .words = true,
    .check = check_rules,
    .parse_value = parse_test,
    .check_value = check_talk,
    .is_unfinished = is_unfinished,
};
