/* Any bytes as a typed filter: tests, or one message; and with tests, answers of any shape and
 * lines of any bytes. */
#include "labelwright/answers/answers.h"
#include "labelwright/answers/line_tests.h"
#include "labelwright/base/buf.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static const char yaml[] =
    "labelwright: 1\ntasks: [t]\nquestions:\n"
    "  - {name: quality, type: rating, on: response, scale: {min: -3, max: 7}}\n"
    "  - {name: problems, label: And so, type: tags, on: response,\n"
    "     options: [{value: rude}, {value: safety, options: [{value: hate}]}]}\n"
    "  - {name: kind, type: choice, options: [{value: good, label: Very good}]}\n"
    "  - {name: better, type: compare}\n"
    "  - {name: note, type: text}\n";

/* The same bytes as a line of a journal whose hash nobody has checked. */
static void look_into(
    const struct lw_project *p, const struct lw_tests *tests, const char *bytes, size_t n)
{
    char *line = lw_strndup(bytes, n);
    struct lw_line_tests *t = lw_line_tests_new(p, tests);
    lw_line_tests_hold(t, line, n);
    lw_line_tests_free(t);
    free(line);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    static struct lw_project *p;
    struct lw_problems none = {0};
    struct lw_tests tests;
    struct lw_err err = {0};
    if (!p)
        p = lw_project_parse(".", "fuzz", yaml, sizeof yaml - 1, &none);
    const unsigned char *cut = n ? memchr(data, 0, n) : NULL;
    size_t len = cut ? (size_t)(cut - data) : n;
    char *typed = lw_strndup((const char *)data, len);
    json_t *answers =
        cut ? json_loadb((const char *)cut + 1, n - len - 1, JSON_DECODE_ANY, NULL) : NULL;
    bool text = lw_utf8_valid(typed, len, NULL); /* keys give nothing else */
    bool well = text && lw_tests_parse(p, typed, &tests, &err) == LW_OK;
    if (text && well == (err.text[0] != '\0'))
        abort();
    if (well)
        lw_tests_hold(p, &tests, answers);
    if (well && cut)
        look_into(p, &tests, (const char *)cut + 1, n - len - 1);
    lw_answers_have_tag(p, answers);
    if (text)
        lw_tests_free(&tests);
    json_decref(answers);
    free(typed);
    return 0;
}
