/* Texts and corrections. A text is a string, a correction {"original", "text"}; a draft may contain
 * one that is still being typed, with "open": true. */
#define _GNU_SOURCE
#include "project/question_internal.h"

#include "labelwright/project/task_target.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/url.h"
#include "labelwright/text/edit.h"

#include <stdio.h>
#include <stdlib.h>

#include <string.h>
#include <time.h>

json_t *lw_edit_value(struct lw_span original, const char *text, size_t n, bool open)
{
    json_t *value = json_object();
    json_object_set_new(value, "original", json_stringn(original.n ? original.s : "", original.n));
    json_object_set_new(value, "text", json_stringn(n ? text : "", n));
    if (open)
        json_object_set_new(value, "open", json_true());
    return value;
}

json_t *lw_text_value(const char *text, size_t n, bool open)
{
    return open ? json_pack("{s:s%,s:b}", "text", text, n, "open", 1) : json_stringn(text, n);
}

struct lw_span lw_text_of(const json_t *value)
{
    if (json_is_object(value))
        value = json_object_get(value, "text");
    return (struct lw_span){json_string_value(value), json_string_length(value)};
}

bool lw_edit_is_open(const json_t *value)
{
    return json_is_true(json_object_get(value, "open"));
}

bool lw_edit_is_same(const json_t *value)
{
    return json_equal(json_object_get(value, "original"), json_object_get(value, "text"));
}

json_t *lw_text_closed(const struct lw_question *q, const json_t *value)
{
    if (!lw_edit_is_open(value) || q->type == LW_Q_RANK) /* the keys that are missing decide */
        return json_incref((json_t *)value);
    json_t *closed = json_copy((json_t *)value);
    json_object_del(closed, "open");
    if ((q->type != LW_Q_TEXT && q->type != LW_Q_WRITE) || json_object_size(closed) != 1)
        return closed;
    json_t *text = json_incref(json_object_get(closed, "text"));
    json_decref(closed);
    return text;
}

/* ---- formats of texts */

/* A day of the calendar, as ISO 8601 writes it. */
static const char *date_fault(const char *s, size_t n)
{
    struct tm day = {0};
    if (n != 10 || strspn(s, "0123456789-") < n || s[4] != '-' || s[7] != '-' ||
        sscanf(s, "%4d-%2d-%2d", &day.tm_year, &day.tm_mon, &day.tm_mday) != 3)
        return "no date such as 2026-01-31";
    day.tm_year -= 1900;
    day.tm_mon -= 1;
    struct tm is = day;
    timegm(&is);
    return is.tm_mon == day.tm_mon && is.tm_mday == day.tm_mday ? NULL
                                                                : "a date that does not exist";
}

static const char *url_fault(const char *s, size_t n)
{
    static const char *const faults[LW_URL_FAULTS] = {
        [LW_URL_SCHEME] = "no web address such as https://example.org",
        [LW_URL_CHARACTER] = "a blank in its web address",
        [LW_URL_USER] = "a user name in its web address",
        [LW_URL_HOST] = "no host in its web address",
        [LW_URL_PORT] = "no valid port in its web address",
    };
    struct lw_url url;
    char *text = lw_strndup(s, n);
    enum lw_url_fault fault = lw_url_parse(text, &url); /* http to other machines is fine here */
    free(text);
    return faults[fault];
}

const char *lw_text_format_fault(const struct lw_question *q, struct lw_span text)
{
    static const char *(*const fault[])(const char *, size_t) = {
        [LW_FORMAT_DATE] = date_fault, [LW_FORMAT_URL] = url_fault};
    return q->format == LW_FORMAT_ANY ? NULL : fault[q->format](text.n ? text.s : "", text.n);
}

static void check_correction(
    struct lw_reading *r, const struct lw_question *q, const struct lw_yaml *y)
{
    const struct lw_yaml *on = lw_yaml_get(y, "on");
    if (q->on == LW_ON_TASK)
        lw_mistake(r, on ? on : y, "a correction is about one text. Write `on: response`.");
}

static json_t *parse_text(const struct lw_test_place *a, const struct lw_yaml *y)
{
    (void)a;
    return json_string(y->text);
}

static enum lw_code check_text(const struct lw_value_place *a, const json_t *v)
{
    return json_is_string(v) ? LW_OK : lw_value_refuse(a, "the answer must be text (a string).");
}

/* The corrected text must be the one that is shown: a script may have read another version of the
 * file. */
static enum lw_code check_edit(const struct lw_value_place *a, const json_t *v)
{
    const json_t *original = json_object_get(v, "original"), *text = json_object_get(v, "text");
    struct lw_span shown = lw_target_text(a->q->on, a->t, a->item);
    if (json_object_size(v) != 2 || !json_is_string(original) || !json_is_string(text))
        return lw_value_refuse(
            a, "a correction must be {\"original\": the text, \"text\": corrected text}.");
    if (!shown.s || json_string_length(original) != shown.n ||
        (shown.n > 0 && memcmp(json_string_value(original), shown.s, shown.n) != 0))
        return lw_value_refuse(a,
            "\"original\" is not the text of this %s. Copy the text from the task, "
            "byte for byte.",
            lw_target_name(a->q->on));
    if (json_string_length(text) > LW_EDIT_MAX)
        return lw_value_refuse(a, "the corrected text is longer than 4 MiB. Give a shorter one.");
    return LW_OK;
}

const struct lw_question_type lw_question_text = {
    .words = true,
    .parse_value = parse_text,
    .check_value = check_text,
};

const struct lw_question_type lw_question_edit = {
    .words = true,
    .check = check_correction,
    .untested = "correction",
    .check_value = check_edit,
};
