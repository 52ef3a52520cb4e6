/* Reads the labels of one journal: which count is the ledger's to say, and what was asked stands in
 * the journal's own blocks of questions. Two passes over the journal; of a label only the answers
 * are parsed, and let go at once. */
#include "agree/label_source_internal.h"

#include "labelwright/answers/answers.h"
#include "labelwright/base/hash.h"
#include "labelwright/json/json_members.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the questions */

static struct lw_question_version *find_block(
    const struct lw_label_source *s, const char *hash, size_t n)
{
    for (size_t i = s->nblocks; i-- > 0;)
        if (strlen(s->block[i].hash) == n && memcmp(s->block[i].hash, hash, n) == 0)
            return &s->block[i];
    return NULL;
}

/* Questions that come back go to the end. */
static void move_last(struct lw_label_source *s, struct lw_question_version *b)
{
    struct lw_question_version moved = *b;
    memmove(b, b + 1, (size_t)(s->block + s->nblocks - (b + 1)) * sizeof *b);
    s->block[s->nblocks - 1] = moved;
}

static void add_block(struct lw_label_source *s, const struct lw_event *e)
{
    json_t *event = lw_event_json(e);
    const char *hash = json_string_value(json_object_get(event, "sha256"));
    struct lw_question_version *known = hash ? find_block(s, hash, strlen(hash)) : NULL;
    if (known) {
        move_last(s, known);
    } else if (hash && strlen(hash) < LW_SHA256_HEX) {
        s->block = lw_grow(s->block, s->nblocks + 1, sizeof *s->block);
        struct lw_question_version *b = &s->block[s->nblocks++];
        *b = (struct lw_question_version){
            .project = lw_project_of_questions(json_object_get(event, "questions")),
            .questions = json_incref(json_object_get(event, "questions"))};
        snprintf(b->hash, sizeof b->hash, "%s", hash);
    }
    json_decref(event);
}

static void fold(void *ctx, const struct lw_event *e)
{
    struct lw_label_source *s = ctx;
    lw_ledger_fold(s->ledger, e);
    if (e->type == LW_EV_QUESTIONS)
        add_block(s, e);
}

enum lw_code lw_label_source_open(struct lw_label_source *s, const struct lw_sys *sys, int dir,
    const char *name, struct lw_err *err)
{
    *s = (struct lw_label_source){.sys = sys, .ledger = lw_ledger_new()};
    struct lw_journal_opts opts = {
        .sys = sys, .dir = dir, .name = name, .read_only = true, .each = fold, .ctx = s};
    return lw_journal_open(&opts, &s->journal, err);
}

void lw_label_source_close(struct lw_label_source *s)
{
    for (size_t i = 0; i < s->nblocks; i++) {
        lw_project_free(s->block[i].project);
        json_decref(s->block[i].questions);
        free(s->block[i].asked);
    }
    free(s->block);
    free(s->label);
    lw_journal_close(s->journal);
    lw_ledger_free(s->ledger);
}

/* ---- the labels */

struct reading {
    struct lw_label_source *s;
    void (*each)(void *ctx, const struct lw_read_label *l);
    void *ctx;
};

/* The members that count. */
struct line {
    struct lw_member task, sha256, questions, answers;
};

static struct line read_line(const char *text, const char *end)
{
    struct line l = {0};
    struct lw_member m;
    while (lw_member_next(&text, end, &m)) {
        struct lw_member *to = lw_member_is(&m, "task")        ? &l.task
                               : lw_member_is(&m, "sha256")    ? &l.sha256
                               : lw_member_is(&m, "questions") ? &l.questions
                               : lw_member_is(&m, "answers")   ? &l.answers
                                                               : NULL;
        if (to)
            *to = m;
    }
    return l;
}

static uint64_t record_of(const struct lw_member *sha256)
{
    char hex[17] = "";
    if (sha256->value_len > 16)
        memcpy(hex, sha256->value + 1, 16);
    return strtoull(hex, NULL, 16);
}

static const struct lw_question_version *block_of(
    const struct lw_label_source *s, const struct lw_member *questions)
{
    size_t n = 0;
    const char *hash = questions->value ? lw_member_plain(questions, &n) : NULL;
    return hash ? find_block(s, hash, n) : NULL;
}

static json_t *answers_of(const struct lw_question_version *b, const struct lw_member *m)
{
    json_t *answers = m->value ? json_loadb(m->value, m->value_len, JSON_ALLOW_NUL, NULL) : NULL;
    if (answers && b && b->project)
        lw_answers_drop_stale(b->project, answers);
    return answers;
}

static bool read_label(void *ctx, const struct lw_event *e)
{
    const struct reading *r = ctx;
    if (e->type != LW_EV_ANNOTATE)
        return true;
    struct line line = read_line(e->text, e->text + e->pos.len - 1);
    struct lw_read_label l = {.pos = e->pos, .record = record_of(&line.sha256)};
    char *id = line.task.value ? lw_member_text(&line.task, &l.n) : NULL;
    const struct lw_entry *entry =
        id ? lw_ledger_of(r->s->ledger, l.key = lw_fingerprint(id, l.n)) : NULL;
    if (entry && entry->seq == e->seq) {
        l.task = id;
        l.block = block_of(r->s, &line.questions);
        l.answers = answers_of(l.block, &line.answers);
        r->each(r->ctx, &l);
        json_decref(l.answers);
    }
    free(id);
    return true;
}

enum lw_code lw_label_source_each(struct lw_label_source *s,
    void (*each)(void *ctx, const struct lw_read_label *l), void *ctx, struct lw_err *err)
{
    struct reading r = {s, each, ctx};
    return lw_journal_lines(s->journal, (struct lw_mark){0}, read_label, &r, err);
}

json_t *lw_label_source_answers(const struct lw_label_source *s, struct lw_pos pos)
{
    struct lw_buf text = {0};
    json_t *answers = NULL;
    if (lw_journal_text(s->journal, pos, &text, NULL) == LW_OK) {
        struct line line = read_line(text.data, text.data + text.len);
        answers = answers_of(block_of(s, &line.questions), &line.answers);
    }
    lw_buf_fini(&text);
    return answers;
}
