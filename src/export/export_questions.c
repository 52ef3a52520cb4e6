/* The questions that each label answered. An annotation names the hash of its question block, which
 * is in the journal before it; project.yaml may have other questions by now. */
#define _GNU_SOURCE
#include "export/export_internal.h"
#include "labelwright/answers/answers.h"
#include "labelwright/json/json_members.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct lw_asked {
    char hash[LW_SHA256_HEX];
    struct lw_project *project; /* NULL: cannot be read */
    bool used;                  /* some label answered it */
};

static const struct lw_asked *find(const struct lw_export_state *x, const char *hash, size_t n)
{
    for (size_t i = 0; i < x->nasked; i++)
        if (strlen(x->asked[i].hash) == n && memcmp(x->asked[i].hash, hash, n) == 0)
            return &x->asked[i];
    return NULL;
}

static bool take(void *ctx, const struct lw_event *e)
{
    struct lw_export_state *x = ctx;
    if (e->type != LW_EV_QUESTIONS)
        return true;
    json_t *event = lw_event_json(e);
    const char *hash = json_string_value(json_object_get(event, "sha256"));
    if (hash && !find(x, hash, strlen(hash))) {
        x->asked = lw_grow(x->asked, x->nasked + 1, sizeof *x->asked);
        struct lw_asked *a = &x->asked[x->nasked++];
        *a = (struct lw_asked){0};
        snprintf(a->hash, sizeof a->hash, "%s", hash);
        a->project = lw_project_of_questions(json_object_get(event, "questions"));
    }
    json_decref(event);
    return true;
}

/* Only when a label needs it: this reads the whole journal. */
static void read_blocks(struct lw_export_state *x)
{
    struct lw_err err = {0};
    if (x->asked_read)
        return;
    x->asked_read = true;
    if (lw_journal_lines(x->with->journal, (struct lw_mark){0}, take, x, &err) != LW_OK)
        lw_fail(&x->error, err.code, "%s", err.text);
}

const struct lw_project *lw_asked_earlier(struct lw_export_state *x, size_t *i)
{
    read_blocks(x);
    while (*i < x->nasked) {
        const struct lw_asked *a = &x->asked[x->nasked - 1 - (*i)++];
        if (a->project && strcmp(a->hash, x->with->project->questions_hash) != 0)
            return a->project;
    }
    return NULL;
}

const struct lw_project *lw_asked_of(struct lw_export_state *x, const struct lw_buf *line)
{
    struct lw_member m;
    size_t n = 0;
    const char *now = x->with->project->questions_hash;
    const char *hash = lw_member_find(line->data, line->data + line->len, "questions", &m)
                           ? lw_member_plain(&m, &n)
                           : NULL;
    if (!hash || (n == strlen(now) && memcmp(hash, now, n) == 0))
        return x->with->project;
    read_blocks(x);
    const struct lw_asked *a = find(x, hash, n);
    return a ? a->project : NULL;
}

const struct lw_project *lw_asked_count(struct lw_export_state *x, const struct lw_buf *line)
{
    const struct lw_project *p = lw_asked_of(x, line);
    if (!p)
        lw_export_lose(x, LW_LOSS_UNKNOWN);
    else if (p != x->with->project)
        lw_export_lose(x, LW_LOSS_EARLIER);
    return p;
}

const struct lw_question *lw_asked_question(
    const struct lw_project *p, const char *name, size_t len)
{
    for (size_t i = 0; p && i < p->nquestions; i++)
        if (strlen(p->question[i].name) == len && memcmp(p->question[i].name, name, len) == 0)
            return &p->question[i];
    return NULL;
}

bool lw_asked_conditionally(const struct lw_project *p)
{
    for (size_t i = 0; p && i < p->nquestions; i++)
        if (p->question[i].nwhen > 0)
            return true;
    return false;
}

json_t *lw_asked_answers(
    struct lw_export_state *x, const struct lw_project *p, const struct lw_buf *line)
{
    json_t *answers = lw_export_answers(line);
    if (answers && lw_asked_conditionally(p))
        x->report->lost[LW_LOSS_STALE] += lw_answers_drop_stale(p, answers);
    return answers;
}

/* ---- questions that are no longer asked */

static void add_gone(struct lw_export_state *x, const struct lw_question *q)
{
    size_t len = strlen(q->name);
    for (size_t i = 0; i < x->ngone; i++)
        if (strcmp(x->gone[i]->name, q->name) == 0)
            return;
    if (lw_asked_question(x->with->project, q->name, len))
        return;
    x->gone = lw_grow(x->gone, x->ngone + 1, sizeof *x->gone);
    x->gone[x->ngone++] = q;
}

static void mark_used(struct lw_export_state *x, const struct lw_submitted *s)
{
    struct lw_err unused = {0}; /* reported later, when the line is exported */
    lw_buf_clear(&x->line);
    if (s->skip || lw_journal_text(x->with->journal, s->pos, &x->line, &unused) != LW_OK)
        return;
    const struct lw_project *p = lw_asked_of(x, &x->line);
    for (size_t i = 0; i < x->nasked; i++)
        if (p && x->asked[i].project == p)
            x->asked[i].used = true;
}

void lw_asked_gone(struct lw_export_state *x, const struct lw_submitted *standing, size_t n)
{
    size_t first = 0;
    if (!lw_asked_earlier(x, &first))
        return;
    for (size_t i = 0; i < n; i++)
        mark_used(x, &standing[i]);
    for (size_t i = x->nasked; i-- > 0;)
        for (size_t k = 0; x->asked[i].used && k < x->asked[i].project->nquestions; k++)
            add_gone(x, &x->asked[i].project->question[k]);
}

void lw_asked_fini(struct lw_export_state *x)
{
    for (size_t i = 0; i < x->nasked; i++)
        lw_project_free(x->asked[i].project);
    free(x->asked);
    free(x->gone);
}
