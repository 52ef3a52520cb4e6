/* Any bytes as project.yaml: a project, or mistakes; and with a project, answers of any shape. */
#include "labelwright/answers/answers.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

/* What came in as JSON behind the YAML is checked, pruned and asked about. */
static void try_answers(const struct lw_project *p, const char *json, size_t n)
{
    char id_a[] = "a", id_b[] = "b";
    struct lw_response both[] = {{.id = id_a}, {.id = id_b}};
    const struct lw_task task = {.response = both, .nresponses = 2};
    json_t *answers = json_loadb(json, n, 0, NULL);
    if (!json_is_object(answers)) {
        json_decref(answers);
        answers = json_object();
    }
    struct lw_err err = {0};
    struct lw_slot first;
    size_t nslots;
    bool well = lw_answers_check(p, &task, answers, &err) == LW_OK;
    lw_answers_prune(p, &task, answers);
    if (well && lw_answers_missing(p, &task, NULL, answers, &first))
        abort();
    free(lw_slots(p, &task, (int[]){1, 0}, answers, &nslots));
    json_decref(answers);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    struct lw_problems problems = {0};
    const unsigned char *cut = n ? memchr(data, 0, n) : NULL;
    size_t yaml = cut ? (size_t)(cut - data) : n;
    struct lw_project *p =
        lw_project_parse("x.jsonl.labelwright", "fuzz", (const char *)data, yaml, &problems);
    if ((p == NULL) != (problems.n > 0))
        abort();
    if (p)
        try_answers(p, cut ? (const char *)cut + 1 : "", cut ? n - yaml - 1 : 0);
    lw_project_free(p);
    lw_problems_fini(&problems);
    return 0;
}
