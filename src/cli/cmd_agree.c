/* `labelwright agree`: how far annotators agree, question by question. What is read and computed is
 * agree/'s. */
#include "cli/cli_internal.h"

#include "labelwright/agree/adjudication.h"
#include "labelwright/agree/concordance_report.h"
#include "labelwright/text/glyph.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct questions {
    struct lw_concordance **v;
    size_t n;
};

static struct lw_label_set *read_labels(const struct lw_cli *c, int *status)
{
    struct lw_problems p = {0};
    struct lw_err err = {0};
    struct lw_label_set *set = NULL;
    size_t n = (size_t)c->nmore + 1;
    const char **path = lw_alloc(n * sizeof *path);
    path[0] = c->path;
    for (size_t i = 1; i < n; i++)
        path[i] = c->more[i - 1];
    if (lw_label_set_read(&lw_sys_real, path, n, &set, &p, &err) != LW_OK)
        *status = lw_cli_fail(&p, &err);
    lw_problems_fini(&p);
    free(path);
    return set;
}

/* A journal that lost lines has fewer labels than it had. */
static void warn_notes(const struct lw_label_set *s)
{
    for (size_t i = 0; i < s->annotators; i++)
        for (size_t k = 0; k < s->annotator[i].nnotes; k++)
            lw_cli_warn("%s (in %s)", s->annotator[i].note[k], s->annotator[i].place);
}

/* ---- which questions */

static int fail_question(const struct lw_label_set *s, const char *name)
{
    struct lw_buf names = {0};
    for (size_t i = 0; i < s->nasked; i++)
        lw_buf_fmt(&names, "%s%s", i ? ", " : "", s->asked[i].name);
    lw_cli_warn("No question \"%s\" was asked. There are: %s.", name, names.len ? names.data : "");
    lw_buf_fini(&names);
    return lw_exit_status(LW_EUSAGE);
}

/* The one of this name; NULL: all. */
static struct questions compare(const struct lw_label_set *s, const char *name, bool intervals)
{
    struct questions q = {lw_alloc((s->nasked + 1) * sizeof(struct lw_concordance *)), 0};
    for (size_t i = 0; i < s->nasked; i++)
        if (!name || strcmp(s->asked[i].name, name) == 0)
            q.v[q.n++] = lw_concordance_of(s, &s->asked[i], intervals);
    return q;
}

static int find_questions(const struct lw_cli *c, const struct lw_label_set *s, struct questions *q)
{
    const char *name = c->value[LW_OPT_QUESTION];
    *q = compare(s, name, true);
    if (name && q->n == 0)
        return fail_question(s, name);
    if (name && q->v[0]->refused) {
        lw_cli_warn("%s cannot be compared: %s.", name, q->v[0]->refused);
        return lw_exit_status(LW_EBAD);
    }
    return 0;
}

static void free_questions(struct questions *q)
{
    for (size_t i = 0; i < q->n; i++)
        lw_concordance_free(q->v[i]);
    free(q->v);
}

/* ---- the report */

/* Something was answered by two. */
static bool compared(const struct questions *q)
{
    for (size_t i = 0; i < q->n; i++)
        if (q->v[i]->items > 0)
            return true;
    return false;
}

static int warn_nothing(const struct lw_label_set *s)
{
    if (s->annotators < 2)
        lw_cli_warn("Only one annotator has labels here: %s. Give the project or the journal of "
                    "another one too.",
            s->annotator[0].name);
    else
        lw_cli_warn("No question was answered for the same task by two annotators.");
    return lw_exit_status(LW_EBAD);
}

static void print_report(const struct lw_cli *c, const struct lw_concordance_report *r)
{
    struct lw_buf text = {0}, clean = {0};
    if (c->value[LW_OPT_JSON]) {
        lw_cli_print_json(lw_concordance_json(r));
        return;
    }
    lw_concordance_text(r, &text);
    lw_clean(text.data, text.len, true, &clean);
    fwrite(clean.data, 1, clean.len, stdout);
    if (clean.len > 0 && clean.data[clean.len - 1] != '\n')
        putchar('\n');
    lw_buf_fini(&text);
    lw_buf_fini(&clean);
}

static const char *plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

static void warn_left_out(uint64_t n, const char *why)
{
    if (n > 0)
        lw_cli_warn("%" PRIu64 " task%s left out: %s.", n, plural(n), why);
}

static int adjudicate(const struct lw_cli *c, const struct lw_label_set *set)
{
    const char *dir = c->value[LW_OPT_ADJUDICATE];
    struct questions all = compare(set, NULL, false);
    struct lw_adjudication a = {.sys = &lw_sys_real,
        .set = set,
        .question = all.v,
        .n = all.n,
        .only = c->value[LW_OPT_QUESTION]};
    struct lw_err err = {0};
    enum lw_code code = lw_adjudication_write(&a, dir, &err);
    free_questions(&all);
    if (code != LW_OK)
        return lw_cli_fail(NULL, &err);
    warn_left_out(a.gone, "not in the task files as it was labeled");
    warn_left_out(a.parts, "a picture, a call or a tool has no place in the new records");
    lw_cli_warn("Created %s with %" PRIu64
                " task%s on which they differ. To decide: labelwright %s",
        dir, a.tasks, plural(a.tasks), dir);
    return 0;
}

int lw_cmd_agree(struct lw_cli *c)
{
    int status = 0;
    struct lw_label_set *set = read_labels(c, &status);
    struct questions q = {0};
    if (set) {
        warn_notes(set);
        status = find_questions(c, set, &q);
    }
    if (set && status == 0) {
        struct lw_concordance_report r = {set, q.v, q.n, c->value[LW_OPT_EXPLAIN] != NULL};
        print_report(c, &r);
        if (!compared(&q))
            status = warn_nothing(set);
        else if (c->value[LW_OPT_ADJUDICATE])
            status = adjudicate(c, set);
    }
    free_questions(&q);
    lw_label_set_free(set);
    return status;
}
