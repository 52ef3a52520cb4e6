/* Prints how the task files were read. */
#include "cli/cli_internal.h"

#include "labelwright/tasks/survey.h"
#include "labelwright/text/glyph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_clean(const char *before, const char *text)
{
    struct lw_buf b = {0};
    lw_clean(text, strlen(text), false, &b);
    printf("%s%s\n", before, b.data ? b.data : "");
    lw_buf_fini(&b);
}

void lw_print_survey_of(const struct lw_survey *s, const struct lw_tasks *t, const char *before)
{
    char *remark[3], *says = lw_survey_says(s, t);
    size_t n = lw_survey_remarks(s, t, remark);
    put_clean(before, says);
    for (size_t i = 0; i < n; i++) {
        put_clean(before, remark[i]);
        free(remark[i]);
    }
    free(says);
}

void lw_print_survey(struct lw_tasks *t, const char *before)
{
    struct lw_survey s = {0};
    lw_survey_first(&s, t);
    char *says = lw_survey_says(&s, t);
    put_clean(before, says);
    free(says);
    lw_survey_fini(&s);
}

void lw_say_survey(struct lw_tasks *t)
{
    struct lw_survey s = {0};
    lw_survey_first(&s, t);
    char *remark[3], *says = lw_survey_says(&s, t);
    size_t n = lw_survey_remarks(&s, t, remark);
    lw_say("%s", says);
    for (size_t i = 0; i < n; i++) {
        lw_say("%s", remark[i]);
        free(remark[i]);
    }
    free(says);
    lw_survey_fini(&s);
}
