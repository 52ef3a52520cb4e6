/* What every command prints: messages and mistakes on stderr, foreign text on stdout, and how the
 * task files were read. Not the results of one command: they are printed in its own file. */
#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/text/glyph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REMARKS_MAX = 3 };

/* ---- messages */

static void warn_text(const char *text)
{
    struct lw_buf b = {0};
    lw_clean(text, strlen(text), true, &b);
    fprintf(stderr, "labelwright: %s\n", b.data ? b.data : "");
    lw_buf_fini(&b);
}

void lw_cli_warn(const char *fmt, ...)
{
    char *text;
    va_list ap;
    va_start(ap, fmt);
    if (vasprintf(&text, fmt, ap) >= 0) {
        warn_text(text);
        free(text);
    }
    va_end(ap);
}

int lw_cli_fail(struct lw_problems *p, const struct lw_err *err)
{
    size_t n = p ? p->n : 0;
    for (size_t i = 0; i < n; i++)
        warn_text(p->v[i]);
    if (p)
        lw_problems_fini(p);
    if (err->text[0] && n != 1) /* one mistake needs no summary */
        warn_text(err->text);
    return err->code != LW_OK ? lw_exit_status(err->code) : n ? lw_exit_status(LW_EBAD) : 0;
}

void lw_cli_print(const char *before, const char *text)
{
    struct lw_buf b = {0};
    lw_clean(text, strlen(text), false, &b);
    printf("%s%s\n", before, b.data ? b.data : "");
    lw_buf_fini(&b);
}

json_t *lw_cli_json_text(const char *text)
{
    struct lw_buf clean = {0};
    if (!text)
        return json_null();
    lw_clean(text, strlen(text), false, &clean);
    json_t *string = json_string(clean.data ? clean.data : "");
    lw_buf_fini(&clean);
    return string;
}

void lw_cli_print_json(json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT);
    puts(text ? text : "{}");
    free(text);
    json_decref(value);
}

/* ---- how the task files were read */

static void print_remarks(const struct lw_survey *s, const struct lw_tasks *t, const char *before)
{
    char *remark[REMARKS_MAX];
    size_t n = lw_survey_remarks(s, t, remark);
    for (size_t i = 0; i < n; i++) {
        if (before)
            lw_cli_print(before, remark[i]);
        else
            lw_cli_warn("%s", remark[i]);
        free(remark[i]);
    }
}

void lw_cli_print_survey(const struct lw_survey *s, const struct lw_tasks *t)
{
    char *format = lw_survey_describe(s, t);
    lw_cli_print("", format);
    print_remarks(s, t, "");
    free(format);
}

void lw_cli_print_format(struct lw_tasks *t, const char *before)
{
    struct lw_survey s = {0};
    lw_survey_first(&s, t);
    char *format = lw_survey_describe(&s, t);
    lw_cli_print(before, format);
    free(format);
    lw_survey_fini(&s);
}

void lw_cli_warn_format(struct lw_tasks *t)
{
    struct lw_survey s = {0};
    lw_survey_first(&s, t);
    char *format = lw_survey_describe(&s, t);
    lw_cli_warn("%s", format);
    print_remarks(&s, t, NULL);
    free(format);
    lw_survey_fini(&s);
}
