/* Questions that ask again what others answered: their names, types and options by the answers that
 * the tasks suggest. Where the answers tell no type, nothing is asked. */
#define _GNU_SOURCE
#include "workspace/former_questions_internal.h"

#include "labelwright/project/question.h"
#include "workspace/project_template_internal.h"

#include <stdlib.h>
#include <string.h>

enum { OPTIONS_MAX = 30, SPAN_MAX = 100 };

/* ---- what the answers are: counts in an object for each question */

static void count(json_t *seen, const char *what)
{
    json_object_set_new(
        seen, what, json_integer(json_integer_value(json_object_get(seen, what)) + 1));
}

static void note_number(json_t *seen, json_int_t v)
{
    const json_t *low = json_object_get(seen, "low"), *high = json_object_get(seen, "high");
    count(seen, "number");
    if (!low || v < json_integer_value(low))
        json_object_set_new(seen, "low", json_integer(v));
    if (!high || v > json_integer_value(high))
        json_object_set_new(seen, "high", json_integer(v));
}

static bool can_be_option(const char *word)
{
    size_t n = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");
    return n > 0 && n <= LW_NAME_MAX && word[n] == '\0';
}

/* A word that can be an option; another one is a text. */
static void note_word(json_t *seen, const char *word)
{
    json_t *words = json_object_get(seen, "words");
    if (!words)
        json_object_set_new(seen, "words", words = json_object());
    bool option = can_be_option(word);
    if (option && json_object_size(words) <= OPTIONS_MAX)
        json_object_set_new(words, word, json_true());
    count(seen, option && json_object_size(words) <= OPTIONS_MAX ? "word" : "text");
}

static void note_tags(json_t *seen, const json_t *span)
{
    json_t *tag;
    size_t i;
    count(seen, "span");
    json_array_foreach(json_object_get(span, "tags"), i, tag)
        note_word(seen, json_string_value(tag));
}

static void note_value(json_t *seen, const json_t *v)
{
    const json_t *one;
    size_t i;
    if (json_is_integer(v))
        note_number(seen, json_integer_value(v));
    else if (json_is_string(v))
        note_word(seen, json_string_value(v));
    else if (json_object_get(v, "better"))
        count(seen, "better");
    else if (json_object_get(v, "order"))
        count(seen, "order");
    json_array_foreach(v, i, one)
    {
        if (json_is_string(one))
            note_word(seen, json_string_value(one));
        else if (json_object_get(one, "tags"))
            note_tags(seen, one);
    }
    if (json_array_size(v) > 1)
        count(seen, "several");
}

static bool is_about_responses(const struct lw_task *t, const json_t *v)
{
    const char *id = json_object_iter_key(json_object_iter((json_t *)(uintptr_t)v));
    return id && lw_task_response(t, id);
}

void lw_former_questions_note(json_t *seen, const struct lw_task *t, const json_t *answers)
{
    const char *name, *id;
    json_t *v, *one;
    json_object_foreach((json_t *)(uintptr_t)answers, name, v)
    {
        json_t *own = json_object_get(seen, name);
        if (!own)
            json_object_set_new(seen, name, own = json_object());
        if (!is_about_responses(t, v)) {
            note_value(own, v);
            continue;
        }
        json_object_set_new(own, "responses", json_true());
        json_object_foreach(v, id, one) note_value(own, one);
    }
}

/* ---- the questions */

static bool has(const json_t *seen, const char *what)
{
    return json_object_get(seen, what) != NULL;
}

static const char *type_of(const json_t *seen)
{
    if (has(seen, "better"))
        return "compare";
    if (has(seen, "order"))
        return "rank";
    if (has(seen, "span"))
        return has(seen, "text") ? NULL : "spans";
    if (has(seen, "number"))
        return has(seen, "words") ? NULL : "rating";
    if (has(seen, "text"))
        return has(seen, "several") ? NULL : "text";
    return !has(seen, "word") ? NULL : has(seen, "several") ? "tags" : "choice";
}

/* At least the usual five points. */
static void add_scale(const json_t *seen, struct lw_buf *to)
{
    long long low = json_integer_value(json_object_get(seen, "low"));
    long long high = json_integer_value(json_object_get(seen, "high"));
    low = low > 1 ? 1 : low;
    high = high < 5 ? 5 : high;
    lw_buf_fmt(to, "    scale: {min: %lld, max: %lld}\n", low, high);
}

static void add_options(const json_t *seen, struct lw_buf *to)
{
    const char *word;
    json_t *v;
    lw_buf_str(to, "    options:\n");
    json_object_foreach(json_object_get(seen, "words"), word, v)
    {
        lw_buf_fmt(to, "      - value: \"%s\"\n", word);
    }
}

static bool can_be_asked(const char *name, const json_t *seen)
{
    json_int_t low = json_integer_value(json_object_get(seen, "low"));
    json_int_t high = json_integer_value(json_object_get(seen, "high"));
    bool wide = high - (low < 1 ? low : 1) > SPAN_MAX;
    return type_of(seen) && strlen(name) <= LW_NAME_MAX && strcmp(name, "note") != 0 && !wide;
}

static void add_question(const char *name, const json_t *seen, struct lw_buf *to)
{
    const char *type = type_of(seen);
    lw_buf_fmt(to, "  - name: %s\n    type: %s\n", name, type);
    if (has(seen, "responses"))
        lw_buf_str(to, "    on: response\n");
    if (strcmp(type, "rating") == 0)
        add_scale(seen, to);
    if (strcmp(type, "spans") == 0)
        lw_buf_str(to, "    on: prompt\n");
    if (strcmp(type, "choice") == 0 || strcmp(type, "tags") == 0 || strcmp(type, "spans") == 0)
        add_options(seen, to);
    lw_buf_char(to, '\n');
}

bool lw_former_questions_write(const json_t *seen, struct lw_buf *to)
{
    const char *name;
    json_t *v;
    size_t asked = 0;
    json_object_foreach((json_t *)(uintptr_t)seen, name, v)
    {
        if (!can_be_asked(name, v))
            continue;
        add_question(name, v, to);
        asked++;
    }
    if (asked > 0)
        lw_buf_str(to, "  - name: note               # m, or $EDITOR\n    type: text\n");
    return asked > 0;
}
