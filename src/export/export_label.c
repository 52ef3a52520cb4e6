/* What formats share about one label: its line in the journal, its answers, the questions that it
 * answered, and where its record is now; and the two things every format does: count what is lost,
 * and hand out what is written. Knows no format.
 *
 * An annotation names the hash of its question block, which is in the journal before it;
 * project.yaml may have other questions by now. The blocks are read, in one pass over the journal,
 * only when a label needs an earlier one. */
#define _GNU_SOURCE
#include "export/export_internal.h"
#include "labelwright/answers/answers.h"
#include "labelwright/base/clock.h"
#include "labelwright/base/hash.h"
#include "labelwright/json/json_members.h"
#include "labelwright/json/json_read.h"
#include "labelwright/project/project.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lw_export_lose(struct lw_export_state *x, enum lw_loss loss)
{
    x->report->lost[loss]++;
}

/* ---- what is written */

static const char *next_of(const char *s, const char *end, char c)
{
    const char *p = memchr(s, c, (size_t)(end - s));
    return p ? p : end;
}

/* Some readers take these for line ends. In JSON they occur only in strings. Adds nothing to `to`
 * when there are none. */
static void escape_line_ends(const struct lw_buf *from, struct lw_buf *to)
{
    static const struct {
        const char *bytes, *escape;
    } ends[] = {{"\xc2\x85", "\\u0085"}, {"\xe2\x80\xa8", "\\u2028"}, {"\xe2\x80\xa9", "\\u2029"}};
    const char *s = from->data, *end = s + from->len, *copied = s;
    const char *c2 = next_of(s, end, '\xc2'), *e2 = next_of(s, end, '\xe2');
    while ((s = c2 < e2 ? c2 : e2) < end) {
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            size_t n = strlen(ends[i].bytes);
            if ((size_t)(end - s) < n || memcmp(s, ends[i].bytes, n) != 0)
                continue;
            lw_buf_add(to, copied, (size_t)(s - copied));
            lw_buf_str(to, ends[i].escape);
            copied = s + n;
        }
        *(s == c2 ? &c2 : &e2) = next_of(s + 1, end, *s);
    }
    if (to->len > 0)
        lw_buf_add(to, copied, (size_t)(end - copied));
}

enum lw_code lw_export_write(struct lw_export_state *x, struct lw_err *err)
{
    struct lw_buf escaped = {0};
    if (!x->format->as_is && x->out.len > 0)
        escape_line_ends(&x->out, &escaped);
    const struct lw_buf *out = escaped.len > 0 ? &escaped : &x->out;
    enum lw_code code = x->with->write(x->with->ctx, out->data, out->len, err);
    x->report->bytes += out->len;
    lw_buf_fini(&escaped);
    lw_buf_clear(&x->out);
    return code;
}

/* ---- its line and answers */

static const struct {
    const char *lead; /* `,"NAME":` */
    size_t n;
} member[] = {
#define X(id, name) [LW_IN_##id] = {",\"" name "\":", sizeof name - 1 + 4},
    LW_IN_LINE(X)
#undef X
};

static bool is_member(const struct lw_member *m, size_t i)
{
    return member[i].n - 4 == m->key_len && memcmp(member[i].lead + 2, m->key, m->key_len) == 0;
}

/* Takes the next member, and says which it is. Mostly it is the one that is expected. */
static bool take_member(const char **at, const char *end, size_t *i, struct lw_member *to)
{
    size_t n = *i < LW_IN_COUNT ? member[*i].n : SIZE_MAX;
    if (end > *at && (size_t)(end - *at) > n && memcmp(*at, member[*i].lead, n) == 0) {
        *to = (struct lw_member){.key = *at + 2, .key_len = n - 4, .value = *at + n};
        return lw_member_close(at, end, to);
    }
    if (!lw_member_next(at, end, to))
        return false;
    for (*i = 0; *i < LW_IN_COUNT && !is_member(to, *i);)
        ++*i;
    return true;
}

static void find_members(struct lw_export_state *x)
{
    static const char time[] = ",\"time\":";
    const struct lw_journal_line *l = &x->line;
    const char *end, *at = lw_journal_line_members(l, &end), *quote = l->stamp - 1;
    struct lw_member m;
    memset(x->in, 0, sizeof x->in);
    x->in[LW_IN_TIME] = (struct lw_member){.value = quote, .value_len = LW_STAMP_MAX + 1};
    x->in[LW_IN_SEQ] = (struct lw_member){.value = l->digits};
    x->in[LW_IN_SEQ].value_len = (size_t)(quote - l->digits) - (sizeof time - 1);
    for (size_t i = 0; take_member(&at, end, &i, &m); i++)
        if (i < LW_IN_COUNT)
            x->in[i] = m;
}

enum lw_code lw_export_read(struct lw_export_state *x, struct lw_pos pos, struct lw_err *err)
{
    enum lw_code code = lw_line_reader_line(x->lines, pos, &x->line, err);
    if (code == LW_OK)
        find_members(x);
    return code;
}

bool lw_export_glance(struct lw_export_state *x, struct lw_pos pos)
{
    bool found = lw_line_reader_glance(x->lines, pos, &x->line);
    if (found)
        find_members(x);
    return found;
}

bool lw_export_line(struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err)
{
    struct lw_err why = {0};
    enum lw_code code = lw_export_read(x, s->pos, &why);
    if (code == LW_EBAD || code == LW_EABSENT)
        lw_export_lose(x, LW_LOSS_DAMAGED);
    else if (code != LW_OK)
        lw_fail(err, code, "%s", why.text);
    return code == LW_OK;
}

json_t *lw_export_answers(const struct lw_export_state *x)
{
    const struct lw_member *m = &x->in[LW_IN_ANSWERS];
    return m->value ? lw_json_read(m->value, m->value_len, JSON_ALLOW_NUL, NULL) : NULL;
}

/* ---- the questions it answered */

struct lw_question_block {
    char hash[LW_SHA256_HEX];
    struct lw_project *project; /* NULL: cannot be read */
    bool used;                  /* some label answered it */
};

static const struct lw_question_block *find(
    const struct lw_export_state *x, const char *hash, size_t n)
{
    for (size_t i = 0; i < x->nblocks; i++)
        if (strlen(x->block[i].hash) == n && memcmp(x->block[i].hash, hash, n) == 0)
            return &x->block[i];
    return NULL;
}

static bool add_block(void *ctx, const struct lw_event *e)
{
    struct lw_export_state *x = ctx;
    if (e->type != LW_EV_QUESTIONS)
        return true;
    json_t *event = lw_event_json(e);
    const char *hash = json_string_value(json_object_get(event, "sha256"));
    if (hash && !find(x, hash, strlen(hash))) {
        x->block = lw_grow(x->block, x->nblocks + 1, sizeof *x->block);
        struct lw_question_block *a = &x->block[x->nblocks++];
        *a = (struct lw_question_block){0};
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
    if (x->blocks_read)
        return;
    x->blocks_read = true;
    if (lw_journal_lines_of(x->with->journal, LW_EV_QUESTIONS, add_block, x, &err) != LW_OK)
        lw_fail(&x->error, err.code, "%s", err.text);
}

const struct lw_project *lw_blocks_earlier(struct lw_export_state *x, size_t *i)
{
    read_blocks(x);
    while (*i < x->nblocks) {
        const struct lw_question_block *a = &x->block[x->nblocks - 1 - (*i)++];
        if (a->project && strcmp(a->hash, x->with->project->questions_hash) != 0)
            return a->project;
    }
    return NULL;
}

/* The hash that the label in x->line names; NULL for that of the current questions, or none. */
static const char *earlier_hash(const struct lw_export_state *x, size_t *n)
{
    const struct lw_member *m = &x->in[LW_IN_QUESTIONS];
    const char *now = x->with->project->questions_hash;
    const char *hash = m->value ? lw_member_plain(m, n) : NULL;
    return hash && (*n != strlen(now) || memcmp(hash, now, *n) != 0) ? hash : NULL;
}

const struct lw_project *lw_label_questions(struct lw_export_state *x)
{
    size_t n = 0;
    const char *hash = earlier_hash(x, &n);
    if (!hash)
        return x->with->project;
    read_blocks(x);
    const struct lw_question_block *a = find(x, hash, n);
    return a ? a->project : NULL;
}

bool lw_label_questions_at_hand(struct lw_export_state *x, const struct lw_project **p)
{
    size_t n = 0;
    bool at_hand = x->blocks_read || !earlier_hash(x, &n);
    *p = at_hand ? lw_label_questions(x) : NULL;
    return at_hand;
}

const struct lw_project *lw_label_count_questions(struct lw_export_state *x)
{
    const struct lw_project *p = lw_label_questions(x);
    if (!p)
        lw_export_lose(x, LW_LOSS_UNKNOWN);
    else if (p != x->with->project)
        lw_export_lose(x, LW_LOSS_EARLIER);
    return p;
}

const struct lw_question *lw_find_question(const struct lw_project *p, const char *name, size_t len)
{
    for (size_t i = 0; p && i < p->nquestions; i++)
        if (strlen(p->question[i].name) == len && memcmp(p->question[i].name, name, len) == 0)
            return &p->question[i];
    return NULL;
}

bool lw_has_conditions(const struct lw_project *p)
{
    for (size_t i = 0; p && i < p->nquestions; i++)
        if (p->question[i].nwhen > 0)
            return true;
    return false;
}

json_t *lw_label_answers(struct lw_export_state *x, const struct lw_project *p)
{
    json_t *answers = lw_export_answers(x);
    if (answers && lw_has_conditions(p))
        x->report->lost[LW_LOSS_STALE] += lw_answers_drop_stale(p, answers);
    return answers;
}

/* ---- questions that are no longer asked */

static void add_dropped(struct lw_export_state *x, const struct lw_question *q)
{
    size_t len = strlen(q->name);
    for (size_t i = 0; i < x->ndropped; i++)
        if (strcmp(x->dropped[i]->name, q->name) == 0)
            return;
    if (lw_find_question(x->with->project, q->name, len))
        return;
    x->dropped = lw_grow(x->dropped, x->ndropped + 1, sizeof *x->dropped);
    x->dropped[x->ndropped++] = q;
}

static void mark_used(struct lw_export_state *x, const struct lw_submitted *s)
{
    struct lw_err unused = {0}; /* reported later, when the line is exported */
    if (s->skip || lw_export_read(x, s->pos, &unused) != LW_OK)
        return;
    const struct lw_project *p = lw_label_questions(x);
    for (size_t i = 0; i < x->nblocks; i++)
        if (p && x->block[i].project == p)
            x->block[i].used = true;
}

void lw_blocks_find_dropped(struct lw_export_state *x, const struct lw_submitted *labels, size_t n)
{
    size_t first = 0;
    if (!lw_blocks_earlier(x, &first))
        return;
    for (size_t i = 0; i < n; i++)
        mark_used(x, &labels[i]);
    for (size_t i = x->nblocks; i-- > 0;)
        for (size_t k = 0; x->block[i].used && k < x->block[i].project->nquestions; k++)
            add_dropped(x, &x->block[i].project->question[k]);
}

void lw_blocks_fini(struct lw_export_state *x)
{
    for (size_t i = 0; i < x->nblocks; i++)
        lw_project_free(x->block[i].project);
    free(x->block);
    free(x->dropped);
}

/* ---- its record */

enum { DUPLICATES_MAX = 64 }; /* how many tasks with the same id are checked; each is read */

/* The id without the "~2" of a duplicate; new, or NULL. */
static char *base_of(const struct lw_export_state *x)
{
    size_t n = 0;
    const struct lw_member *m = &x->in[LW_IN_TASK];
    char *id = m->value ? lw_member_text(m, &n) : NULL;
    char *tilde = id ? strrchr(id, '~') : NULL;
    if (tilde && tilde[1] && strspn(tilde + 1, "0123456789") == strlen(tilde + 1))
        *tilde = '\0';
    return id;
}

static bool is_at(struct lw_export_state *x, const struct lw_submitted *s, size_t position,
    struct lw_export_now *to)
{
    struct lw_err unused = {0};
    to->position = position;
    if (lw_tasks_locate(x->with->tasks, position, &to->at, &unused) == LW_OK)
        return to->at.record == s->record;
    to->at.file = NULL;
    return false;
}

/* Tasks with the same id differ only by the order of their records: when that changes, so do "t",
 * "t~2" and "t~3". So the labeled one is found by its content. */
bool lw_export_find_duplicate(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_export_now *to)
{
    char *base = lw_tasks_duplicates(x->with->tasks, NULL) > 0 ? base_of(x) : NULL;
    bool found = false, more = base != NULL;
    for (int i = 1; more && !found && i <= DUPLICATES_MAX; i++) {
        char *id = i == 1 ? lw_strdup(base) : lw_format("%s~%d", base, i);
        size_t position;
        more = lw_tasks_find(x->with->tasks, lw_fingerprint(id, strlen(id)), &position);
        found = more && is_at(x, s, position, to);
        free(id);
    }
    free(base);
    to->place = LW_PLACE_SAME;
    return found;
}

static struct lw_export_now find_now(struct lw_export_state *x, const struct lw_submitted *s)
{
    struct lw_export_now now = {.place = LW_PLACE_SAME}, duplicate = {0};
    if (!x->with->tasks)
        return (struct lw_export_now){.place = LW_PLACE_MISSING};
    if (s->position != SIZE_MAX && is_at(x, s, s->position, &now))
        return now;
    if (lw_export_find_duplicate(x, s, &duplicate))
        return duplicate;
    now.place = now.at.file ? LW_PLACE_CHANGED : LW_PLACE_MISSING;
    return now;
}

struct lw_export_now lw_export_now(struct lw_export_state *x, const struct lw_submitted *s)
{
    struct lw_export_now now = find_now(x, s);
    if (now.place != LW_PLACE_SAME)
        lw_export_lose(x, now.place == LW_PLACE_CHANGED ? LW_LOSS_ALTERED : LW_LOSS_MISSING);
    return now;
}

const char *lw_place_now_name(const struct lw_export_now *now)
{
    static const char *const words[] = {"same", "changed", "missing"};
    return words[now->place];
}
