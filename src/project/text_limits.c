/* What is wrong with a text that is there: its format, and how many words it has. */
#define _GNU_SOURCE
#include "project/question_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/url.h"
#include "labelwright/text/count.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

static const char *format_fault(const struct lw_question *q, struct lw_span text)
{
    static const char *(*const fault[])(const char *, size_t) = {
        [LW_FORMAT_DATE] = date_fault, [LW_FORMAT_URL] = url_fault};
    return q->format == LW_FORMAT_ANY ? NULL : fault[q->format](text.n ? text.s : "", text.n);
}

bool lw_text_breaks_limits(
    const struct lw_question *q, const json_t *value, char why[LW_LIMIT_WORDS])
{
    struct lw_span text = lw_text_of(value);
    const char *fault = format_fault(q, text);
    if (fault)
        snprintf(why, LW_LIMIT_WORDS, "%s", fault);
    if (fault || (!q->min_words && !q->max_words))
        return fault != NULL;
    uint64_t words = lw_length_of(text.n ? text.s : "", text.n).words;
    bool few = words < (uint64_t)q->min_words;
    bool many = q->max_words && words > (uint64_t)q->max_words;
    if (few || many)
        snprintf(why, LW_LIMIT_WORDS, "%" PRIu64 " word%s of at %s %" PRId64, words,
            words == 1 ? "" : "s", few ? "least" : "most", few ? q->min_words : q->max_words);
    return few || many;
}
