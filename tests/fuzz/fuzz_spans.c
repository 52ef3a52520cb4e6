/* Any bytes as a text, and behind a 0 byte any JSON as its spans: refused with one message, or what
 * they say stands there; and either way nothing that reads them trips. */
#include "labelwright/answers/answers.h"
#include "labelwright/base/buf.h"
#include "labelwright/project/spans.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static const char yaml[] =
    "labelwright: 1\ntasks: [t]\nquestions:\n"
    "  - {name: claims, type: spans, on: response, options: [{value: good}, {value: bad}]}\n"
    "  - {name: sure, type: rating, on: span, when: {claims: [bad]}}\n";

static void check_places(const json_t *value, struct lw_span text)
{
    struct lw_tagged s;
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!lw_spans_get(value, i, &s) || s.end > text.n || s.text.n != s.end - s.start ||
            memcmp(s.text.s, text.s + s.start, s.text.n) != 0)
            abort();
}

static void try_spans(const struct lw_project *p, struct lw_span text, json_t *value)
{
    struct lw_response r = {.id = "a", .text = text};
    struct lw_task t = {.response = &r, .nresponses = 1};
    struct lw_err err = {0};
    size_t slots, moved = 0, lost = 0;
    json_t *answers = json_pack("{s:{s:O}}", "claims", "a", value);
    lw_items_bring(p, &t, answers);
    bool well = lw_answers_check(p, &t, answers, &err) == LW_OK;
    if (well == (err.text[0] != '\0'))
        abort();
    if (well)
        check_places(value, text);
    json_t *found = lw_spans_find_again(value, text, &moved, &lost);
    check_places(found, text);
    free(lw_slots(p, &t, NULL, answers, &slots));
    lw_answers_drop_stale(p, answers);
    lw_answers_prune(p, &t, answers);
    lw_items_bring(p, &t, NULL);
    json_decref(found);
    json_decref(answers);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    static struct lw_project *p;
    struct lw_problems none = {0};
    if (!p)
        p = lw_project_parse(".", "fuzz", yaml, sizeof yaml - 1, &none);
    const unsigned char *cut = n ? memchr(data, 0, n) : NULL;
    size_t len = cut ? (size_t)(cut - data) : 0;
    if (!cut || !lw_utf8_valid((const char *)data, len, NULL))
        return 0;
    json_t *value = json_loadb((const char *)cut + 1, n - len - 1, JSON_DECODE_ANY, NULL);
    if (value)
        try_spans(p, (struct lw_span){(const char *)data, len}, value);
    json_decref(value);
    return 0;
}
