/* Checks answers from outside: from a script, or from a draft whose project changed. */
#include "labelwright/answers/answers.h"
#include "labelwright/base/buf.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What a value is checked against. */
struct about {
    const struct lw_question *q;
    const struct lw_task *t;
    const char *response; /* its id; NULL for the task itself */
    struct lw_err *err;
};

static enum lw_code bad(const struct about *a, const char *what)
{
    if (a->response)
        return lw_fail(
            a->err, LW_EBAD, "\"%s\" of response \"%.80s\": %s", a->q->name, a->response, what);
    return lw_fail(a->err, LW_EBAD, "\"%s\": %s", a->q->name, what);
}

/* Takes ownership of `what`. */
static enum lw_code bad_free(const struct about *a, char *what)
{
    enum lw_code code = bad(a, what);
    free(what);
    return code;
}

static enum lw_code check_rating(const struct about *a, const json_t *v)
{
    const struct lw_scale *s = &a->q->scale;
    json_int_t n = json_integer_value(v);
    if (json_is_integer(v) && n >= s->min && n <= s->max)
        return LW_OK;
    return bad_free(a,
        json_is_integer(v)
            ? lw_format("%" JSON_INTEGER_FORMAT
                        " is outside the scale. Give an integer from %" PRId64 " to %" PRId64 ".",
                  n, s->min, s->max)
            : lw_format(
                  "a rating must be an integer from %" PRId64 " to %" PRId64 ".", s->min, s->max));
}

static enum lw_code unknown_option(const struct about *a, const char *path)
{
    const char **words = lw_grow(NULL, a->q->noptions + 1, sizeof *words);
    size_t n = 0;
    for (size_t i = 0; i < a->q->noptions; i++)
        if (!a->q->option[i].group)
            words[n++] = a->q->option[i].path;
    words[n] = NULL;
    const char *near = lw_nearest(path, words);
    char *what =
        near ? lw_format("there is no option \"%.80s\". Did you mean \"%s\"?", path, near)
             : lw_format("there is no option \"%.80s\". The options are in project.yaml.", path);
    free(words);
    return bad_free(a, what);
}

static enum lw_code check_option(const struct about *a, const char *path)
{
    const struct lw_option *o = lw_option_find(a->q, path);
    if (!o)
        return unknown_option(a, path);
    if (!o->group)
        return LW_OK;
    while (o->group) /* the options of a heading follow it, and no heading is empty */
        o++;
    return bad_free(a,
        lw_format(
            "\"%s\" is a heading, not an answer. Give one of the options below it, such as \"%s\".",
            path, o->path));
}

static enum lw_code check_choice(const struct about *a, const json_t *v)
{
    if (!json_is_string(v))
        return bad(a, "a choice must be a string: the value of an option.");
    return check_option(a, json_string_value(v));
}

static bool stands_before(const json_t *list, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (json_equal(json_array_get(list, i), json_array_get(list, at)))
            return true;
    return false;
}

static enum lw_code check_tags(const struct about *a, const json_t *v)
{
    if (!json_is_array(v))
        return bad(a, "tags must be a list of strings: the full paths of options.");
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < json_array_size(v) && code == LW_OK; i++) {
        const json_t *tag = json_array_get(v, i);
        if (!json_is_string(tag))
            code = bad(a, "tags must be a list of strings: the full paths of options.");
        else
            code = check_option(a, json_string_value(tag));
        if (code == LW_OK && stands_before(v, i))
            code = bad_free(a,
                lw_format("the tag \"%s\" is given twice. Give it once.", json_string_value(tag)));
    }
    return code;
}

static enum lw_code check_better(const struct about *a, const json_t *better)
{
    if (json_is_null(better) || lw_task_response(a->t, json_string_value(better)))
        return LW_OK;
    return bad_free(a, lw_format("\"better\" is not a response of this task: \"%.80s\". Give the "
                                 "id of a response, or null for a tie.",
                           json_string_value(better)));
}

static enum lw_code check_compare(const struct about *a, const json_t *v)
{
    const json_t *better = json_object_get(v, "better");
    const json_t *strength = json_object_get(v, "strength");
    if (json_object_size(v) != 2 || !(json_is_null(better) || json_is_string(better)) ||
        !json_is_integer(strength))
        return bad(a, "a comparison must be {\"better\": id or null, \"strength\": 0 to 3}.");
    json_int_t n = json_integer_value(strength);
    if (json_is_null(better) ? n != 0 : n < 1 || n > LW_STRENGTH_MAX)
        return bad(a, "\"strength\" must be 1 to 3, or 0 for a tie (\"better\": null).");
    return check_better(a, better);
}

static enum lw_code check_text(const struct about *a, const json_t *v)
{
    return json_is_string(v) ? LW_OK : bad(a, "the answer must be text (a string).");
}

/* The corrected text must be the one that is shown: a script may have read another version of the
 * file. */
static enum lw_code check_edit(const struct about *a, const json_t *v)
{
    const json_t *original = json_object_get(v, "original"), *text = json_object_get(v, "text");
    const struct lw_response *r = a->response ? lw_task_response(a->t, a->response) : NULL;
    if (json_object_size(v) != 2 || !json_is_string(original) || !json_is_string(text))
        return bad(a,
            "a correction must be {\"original\": text of the response, \"text\": corrected text}.");
    if (!r || json_string_length(original) != r->text.n ||
        (r->text.n > 0 && memcmp(json_string_value(original), r->text.s, r->text.n) != 0))
        return bad(a, "\"original\" is not the text of this response. Copy the text from the task, "
                      "byte for byte.");
    if (json_string_length(text) > LW_EDIT_MAX)
        return bad(a, "the corrected text is longer than 4 MiB. Give a shorter one.");
    return LW_OK;
}

static enum lw_code check_value(const struct about *a, const json_t *v)
{
    static enum lw_code (*const checks[])(const struct about *, const json_t *) = {
        [LW_Q_RATING] = check_rating,
        [LW_Q_CHOICE] = check_choice,
        [LW_Q_TAGS] = check_tags,
        [LW_Q_COMPARE] = check_compare,
        [LW_Q_TEXT] = check_text,
        [LW_Q_EDIT] = check_edit,
        [LW_Q_WRITE] = NULL, /* the last type: the table is as long as the types */
    };
    if (!checks[a->q->type])
        return bad(a, "questions of this type cannot be answered in this version.");
    return checks[a->q->type](a, v);
}

bool lw_answer_fits(
    const struct lw_project *p, const struct lw_task *t, struct lw_slot s, const json_t *value)
{
    const struct lw_question *q = &p->question[s.question];
    const char *response = s.response < 0 ? NULL : t->response[s.response].id;
    struct lw_err err = {0};
    struct about a = {q, t, response, &err};
    json_t *done = json_incref((json_t *)value);
    if (lw_edit_is_open(value)) {
        json_decref(done);
        done = json_copy((json_t *)value);
        json_object_del(done, "open");
        if (q->type == LW_Q_TEXT && json_object_size(done) == 1) {
            json_t *text = json_incref(json_object_get(done, "text"));
            json_decref(done);
            done = text;
        }
    }
    bool fits = done && check_value(&a, done) == LW_OK;
    json_decref(done);
    return fits;
}

static enum lw_code unknown_response(const struct about *a, const char *id)
{
    struct lw_buf known = {0};
    for (size_t i = 0; i < a->t->nresponses && known.len < 120; i++)
        lw_buf_fmt(&known, "%s%.40s", i ? ", " : "", a->t->response[i].id);
    char *what = known.len
                     ? lw_format("the task has no response \"%.80s\". It has: %s.", id, known.data)
                     : lw_format("the task has no responses. Leave this question out.");
    lw_buf_fini(&known);
    return bad_free(a, what);
}

static enum lw_code check_question(const struct about *a, const json_t *v)
{
    if (a->q->on != LW_ON_RESPONSE)
        return check_value(a, v);
    if (!json_is_object(v))
        return bad(a, "this question asks about each response. Give an object with an answer for "
                      "each response id.");
    const char *id;
    json_t *each;
    enum lw_code code = LW_OK;
    json_object_foreach((json_t *)v, id, each)
    {
        struct about one = {a->q, a->t, id, a->err};
        code = lw_task_response(a->t, id) ? check_value(&one, each) : unknown_response(a, id);
        if (code != LW_OK)
            break;
    }
    return code;
}

static const struct lw_question *find(const struct lw_project *p, const char *name)
{
    for (size_t i = 0; i < p->nquestions; i++)
        if (strcmp(p->question[i].name, name) == 0)
            return &p->question[i];
    return NULL;
}

static enum lw_code unknown_question(
    const struct lw_project *p, const char *name, struct lw_err *err)
{
    const char **words = lw_grow(NULL, p->nquestions + 1, sizeof *words);
    for (size_t i = 0; i < p->nquestions; i++)
        words[i] = p->question[i].name;
    words[p->nquestions] = NULL;
    const char *near = lw_nearest(name, words);
    free(words);
    if (near)
        return lw_fail(
            err, LW_EBAD, "no question is called \"%.80s\". Did you mean \"%s\"?", name, near);
    return lw_fail(err, LW_EBAD,
        "no question is called \"%.80s\". Use the question names from project.yaml.", name);
}

static enum lw_code check_missing(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_err *err)
{
    struct lw_slot s;
    if (!lw_answers_missing(p, t, NULL, answers, &s))
        return LW_OK;
    struct about a = {
        &p->question[s.question], t, s.response < 0 ? NULL : t->response[s.response].id, err};
    return bad(&a, "an answer is required. Give one, or skip the task.");
}

enum lw_code lw_answers_check(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_err *err)
{
    if (!json_is_object(answers))
        return lw_fail(
            err, LW_EBAD, "answers must be an object with an answer for each question name.");
    const char *name;
    json_t *v;
    json_object_foreach((json_t *)answers, name, v)
    {
        struct about a = {find(p, name), t, NULL, err};
        enum lw_code code = a.q ? check_question(&a, v) : unknown_question(p, name, err);
        if (code != LW_OK)
            return code;
    }
    return check_missing(p, t, answers, err);
}
