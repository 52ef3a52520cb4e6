/* What `check` says of a project.yaml that can be read: guidelines that are not there, keys that
 * cannot work, dictionaries that are missing. What makes it unreadable is found in project/. */
#define _GNU_SOURCE
#include "cli/check_printing_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/project/question.h"
#include "labelwright/spell/speller.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PROJECT_MAX = 16 * 1024 * 1024 };

/* ---- places */

/* The file once more, for its lines and columns; NULL when it cannot be read now. */
static struct lw_yaml *read_places(const struct lw_project *p)
{
    struct lw_problems unused = {0};
    struct lw_buf text = {0};
    struct lw_yaml *root = NULL;
    if (lw_file_read(&lw_sys_real, AT_FDCWD, p->file, NULL, PROJECT_MAX, &text, NULL) == LW_OK)
        root = lw_yaml_parse(p->file, text.data ? text.data : "", text.len, &unused);
    lw_buf_fini(&text);
    lw_problems_fini(&unused);
    return root;
}

static void report(struct lw_findings *f, enum lw_severity severity, const struct lw_project *p,
    const struct lw_yaml *at, const char *message)
{
    struct lw_finding_line found = {.severity = severity,
        .file = p->file,
        .line = at ? (uint64_t)at->line : 1,
        .col = at ? (size_t)at->col : 1,
        .message = message};
    lw_findings_print(f, &found);
}

/* ---- guidelines */

static void check_guidelines(
    const struct lw_project *p, const struct lw_yaml *root, struct lw_findings *f)
{
    char *path = p->guidelines ? lw_project_path(p, p->guidelines, NULL) : NULL;
    if (path && access(path, R_OK) != 0) {
        char *text = lw_format("cannot read the guidelines \"%s\". Put the file there, or remove "
                               "the line `guidelines:`.",
            p->guidelines);
        report(f, LW_SEVERITY_ERROR, p, root ? lw_yaml_get(root, "guidelines") : NULL, text);
        free(text);
    }
    free(path);
}

/* ---- keys */

/* The option with this path, in a list of options below the path `above`. */
static const struct lw_yaml *find_option(
    const struct lw_yaml *list, const char *above, const char *path)
{
    const struct lw_yaml *found = NULL;
    for (size_t i = 0; list && list->kind == LW_YAML_LIST && i < list->n && !found; i++) {
        const struct lw_yaml *value = lw_yaml_get(list->item[i], "value");
        const char *name = value ? lw_yaml_text(value) : NULL;
        char *own = lw_format("%s%s%s", above, *above ? "/" : "", name ? name : "");
        found = strcmp(own, path) == 0
                    ? lw_yaml_get(list->item[i], "key")
                    : find_option(lw_yaml_get(list->item[i], "options"), own, path);
        free(own);
    }
    return found;
}

static const struct lw_yaml *place_of_key(
    const struct lw_yaml *root, size_t question, const struct lw_option *o)
{
    const struct lw_yaml *list = root ? lw_yaml_get(root, "questions") : NULL;
    if (!list || list->kind != LW_YAML_LIST || question >= list->n)
        return NULL;
    return find_option(lw_yaml_get(list->item[question], "options"), "", o->path);
}

/* In the list of flags, f closes the list. */
static void check_flag_keys(
    const struct lw_project *p, const struct lw_yaml *root, struct lw_findings *f)
{
    for (size_t i = 0; i < p->nquestions; i++)
        for (size_t k = 0; k < p->question[i].noptions; k++) {
            const struct lw_option *o = &p->question[i].option[k];
            if (p->question[i].type != LW_Q_TAGS || o->key != U'f')
                continue;
            char *text = lw_format("the key f of \"%s\" in %s sets the flag, so f cannot close the "
                                   "list of flags. Give it another key.",
                o->path, p->question[i].name);
            report(f, LW_SEVERITY_ERROR, p, place_of_key(root, i, o), text);
            free(text);
        }
}

/* ---- spelling */

static void add_tag(const char **tags, size_t *n, const char *tag)
{
    size_t i = 0;
    while (i < *n && strcmp(tags[i], tag) != 0)
        i++;
    tags[*n] = tag;
    *n += i == *n;
}

/* No mistake: everything but what is said of words works without. */
static void check_spelling(
    const struct lw_project *p, const struct lw_yaml *root, struct lw_findings *f)
{
    size_t n = 0, set = 0;
    while (p->spelling && p->spelling[set])
        set++;
    const char **tags = lw_alloc((set + p->nquestions + 1) * sizeof *tags);
    for (size_t i = 0; i < set; i++)
        add_tag(tags, &n, p->spelling[i]);
    for (size_t i = 0; i < p->nquestions; i++)
        if (p->question[i].language)
            add_tag(tags, &n, p->question[i].language);
    tags[n] = NULL;
    char *lacks = n > 0 ? lw_spelling_lacks(tags) : NULL;
    if (lacks)
        report(f, LW_SEVERITY_WARNING, p, root ? lw_yaml_get(root, "spelling") : NULL, lacks);
    free(lacks);
    free(tags);
}

void lw_check_project(const struct lw_project *p, struct lw_findings *f)
{
    struct lw_yaml *root = read_places(p);
    check_guidelines(p, root, f);
    check_flag_keys(p, root, f);
    check_spelling(p, root, f);
    lw_yaml_free(root);
}

/* ---- remarks */

void lw_check_print_free_keys(const struct lw_project *p)
{
    char keys[53];
    for (size_t i = 0; i < p->nquestions; i++) {
        if (p->question[i].noptions == 0)
            continue;
        lw_question_free_keys(&p->question[i], keys);
        printf("free keys for options of %s: %s\n", p->question[i].name, *keys ? keys : "none");
    }
}

void lw_check_print_points_without_key(const struct lw_project *p)
{
    for (size_t i = 0; i < p->nquestions; i++) {
        const struct lw_scale *s = &p->question[i].scale;
        int64_t last = s->max < -1 ? s->max : -1;
        while (p->question[i].type == LW_Q_RATING && last >= s->min && lw_scale_key(s, last) >= 0)
            last--;
        if (p->question[i].type == LW_Q_RATING && last >= s->min)
            printf("%s: no digit key for %" PRId64 "%s%.0" PRId64 "; use Left and Right\n",
                p->question[i].name, s->min, last > s->min ? " to " : "", last > s->min ? last : 0);
    }
}
