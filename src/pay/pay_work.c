/* From journals to days and tasks. Time is the worklog's, by the local day of each event; which
 * tasks were refused is the ledger's; which rate's filter lets a label through is asked here, as
 * the label is read. What it earns is not decided here. */
#define _GNU_SOURCE
#include "labelwright/pay/pay_work.h"

#include "labelwright/answers/answers.h"
#include "labelwright/ledger/task_marks.h"
#include "labelwright/timesheet/timesheet.h"

#include <stdlib.h>
#include <string.h>

struct lw_pay_books {
    const struct lw_pay_rules *rules;
    struct lw_pay_project *project;
    struct lw_worklog **log; /* of each project; empty where it has no journal */
    size_t nprojects;
    struct lw_pay_day *day;
    struct lw_pay_twice *twice;
    size_t ndays, ntwice;
    struct lw_pay_piece *piece;
    size_t npieces, cap_pieces;
    size_t *filter; /* the rates with a filter, by their place */
    size_t nfilters;
    bool damaged;
    bool **fit; /* beside the pieces: by filter; NULL where none lets it through */
    struct lw_pay_work work;
    char **note;
    size_t nnotes;
};

struct lw_pay_books *lw_pay_books_new(const struct lw_pay_rules *rules)
{
    struct lw_pay_books *b = lw_alloc(sizeof *b);
    b->rules = rules;
    b->filter = lw_alloc((rules->nrates + 1) * sizeof *b->filter);
    for (size_t i = 0; i < rules->nrates; i++)
        if (rules->rate[i].per_task && rules->rate[i].pieces == LW_PIECE_ANSWERS)
            b->filter[b->nfilters++] = i;
    return b;
}

void lw_pay_books_free(struct lw_pay_books *b)
{
    if (!b)
        return;
    for (size_t i = 0; i < b->nprojects; i++) {
        const struct lw_pay_project *p = &b->project[i];
        free((char *)p->names.title);
        free((char *)p->names.folder);
        free((char *)p->names.journal);
        free((char *)p->claim_rate);
        free((char *)p->claim_currency);
        lw_worklog_free(b->log[i]);
    }
    for (size_t i = 0; b->fit && i < b->npieces; i++)
        free(b->fit[i]);
    for (size_t i = 0; i < b->nnotes; i++)
        free(b->note[i]);
    free(b->project);
    free(b->log);
    free(b->day);
    free(b->twice);
    free(b->piece);
    free(b->filter);
    free(b->fit);
    free(b->note);
    free(b);
}

const char *const *lw_pay_books_notes(const struct lw_pay_books *b, size_t *n)
{
    *n = b->nnotes;
    return (const char *const *)b->note;
}

/* ---- one project while it is read */

struct pay_reading_book {
    struct lw_pay_books *books;
    const struct lw_workspace *w;
    struct lw_worklog *log;
    size_t project;
    struct lw_keys refused; /* tasks */
    struct lw_tests *tests; /* by filter; n is 0 where it is for other projects */
};

static char *folder_name(const char *dir)
{
    char *real = realpath(dir, NULL);
    char *beside = lw_path_beside(real ? real : dir);
    const char *path = beside ? beside : real ? real : dir, *slash = strrchr(path, '/');
    char *name = lw_strdup(slash && slash[1] ? slash + 1 : path);
    free(real);
    free(beside);
    return name;
}

static void add_project(struct lw_pay_books *b, const struct lw_workspace *w)
{
    b->project = lw_grow(b->project, b->nprojects + 1, sizeof *b->project);
    b->log = lw_grow(b->log, b->nprojects + 1, sizeof(struct lw_worklog *));
    b->log[b->nprojects] = lw_worklog_new();
    b->project[b->nprojects++] = (struct lw_pay_project){
        .names = {lw_strdup(w->project->title), folder_name(w->project->dir),
            lw_strdup(w->journal ? lw_journal_id(w->journal) : "")},
        .claim_rate = lw_strdup(w->project->pay.rate),
        .claim_currency = lw_strdup(w->project->pay.currency),
        .claim_per_task = w->project->pay.per_task};
}

/* A copy would be paid twice. */
static enum lw_code check_copy(
    const struct lw_pay_books *b, const struct lw_workspace *w, struct lw_err *err)
{
    const char *id = w->journal ? lw_journal_id(w->journal) : "";
    for (size_t i = 0; *id && i < b->nprojects; i++)
        if (strcmp(b->project[i].names.journal, id) == 0)
            return lw_fail(err, LW_EBAD,
                "%s has a copy of the journal of \"%s\", in the folder %s, and the same work is "
                "not "
                "paid twice. Name one of them, or join them: labelwright merge",
                w->project->dir, b->project[i].names.title, b->project[i].names.folder);
    return LW_OK;
}

/* ---- filters */

static void add_note(struct lw_pay_books *b, char *text)
{
    b->note = lw_grow(b->note, b->nnotes + 1, sizeof *b->note);
    b->note[b->nnotes++] = text;
}

static enum lw_code parse_filters(struct pay_reading_book *r, struct lw_err *err)
{
    struct lw_pay_books *b = r->books;
    const struct lw_pay_names *names = &b->project[r->project].names;
    r->tests = lw_alloc((b->nfilters + 1) * sizeof *r->tests);
    for (size_t i = 0; i < b->nfilters; i++) {
        const struct lw_pay_rate *rate = &b->rules->rate[b->filter[i]];
        struct lw_err why = {0};
        enum lw_scope_fit fit = lw_pay_scope_fit(&rate->scope, names);
        if (fit == LW_FITS_NOT ||
            lw_tests_parse(r->w->project, rate->when, &r->tests[i], &why) == LW_OK)
            continue;
        lw_tests_free(&r->tests[i]);
        if (fit == LW_FITS_NAMED)
            return lw_fail(err, LW_EBAD, "%s:%d:%d: \"%s\" does not fit \"%s\": %s", b->rules->file,
                rate->line, rate->col, rate->when, names->title, why.text);
        add_note(b, lw_format("%s: the rate in line %d of %s, for \"%s\", pays nothing here: %s",
                        names->title, rate->line, b->rules->file, rate->when, why.text));
    }
    return LW_OK;
}

/* Which filters let the label through; NULL for none of them. */
static bool *find_fits(const struct pay_reading_book *r, uint64_t seq, int32_t date)
{
    const struct lw_pay_books *b = r->books;
    const struct lw_entry *e = b->nfilters > 0 ? lw_ledger_entry(r->w->ledger, seq) : NULL;
    json_t *event = NULL;
    bool *fits = NULL;
    for (size_t i = 0; e && i < b->nfilters; i++) {
        if (r->tests[i].n == 0 || !lw_pay_scope_holds(&b->rules->rate[b->filter[i]].scope, date))
            continue;
        if (!event && lw_journal_read(r->w->journal, e->pos, &event, NULL) != LW_OK)
            break;
        if (!lw_tests_hold(r->w->project, &r->tests[i], json_object_get(event, "answers")))
            continue;
        fits = fits ? fits : lw_alloc(b->nfilters * sizeof *fits);
        fits[i] = true;
    }
    json_decref(event);
    return fits;
}

static bool fits(void *ctx, size_t rate, size_t piece)
{
    const struct lw_pay_books *b = ctx;
    for (size_t i = 0; b->fit[piece] && i < b->nfilters; i++)
        if (b->filter[i] == rate)
            return b->fit[piece][i];
    return false;
}

/* ---- tasks */

static void add_piece(struct pay_reading_book *r, const struct lw_work *e, enum lw_piece_kind kind)
{
    struct lw_pay_books *b = r->books;
    int32_t date = lw_date_at(e->time_ms, e->zone_s);
    if (b->npieces == b->cap_pieces) {
        b->cap_pieces = b->cap_pieces ? 2 * b->cap_pieces : 256;
        b->piece = lw_grow(b->piece, b->cap_pieces, sizeof *b->piece);
        b->fit = lw_grow(b->fit, b->cap_pieces, sizeof *b->fit);
    }
    b->piece[b->npieces] = (struct lw_pay_piece){.date = date,
        .project = r->project,
        .kind = kind,
        .refused = lw_keys_have(&r->refused, e->task),
        .active_ms = e->active_ms};
    b->fit[b->npieces++] = kind == LW_PIECE_DONE ? find_fits(r, e->seq, date) : NULL;
}

/* A task is done by its first label that was not undone; later ones label it again. */
static void add_pieces(struct pay_reading_book *r)
{
    size_t n;
    const struct lw_work *e = lw_worklog_events(r->log, &n);
    bool *labeled = lw_alloc(n + 1); /* by this label, or one before it */
    for (size_t i = 0; i < n; i++) {
        bool before = e[i].before > 0 && labeled[e[i].before - 1];
        bool counts = e[i].kind == LW_WORK_LABEL && !e[i].undone;
        labeled[i] = before || counts;
        if (counts)
            add_piece(r, &e[i], before ? LW_PIECE_REPLACED : LW_PIECE_DONE);
        else if (e[i].kind == LW_WORK_SKIP && !e[i].undone && !e[i].replaced)
            add_piece(r, &e[i], LW_PIECE_SKIPPED);
    }
    free(labeled);
}

static void add_refused(void *ctx, const struct lw_parked_event *parked)
{
    struct pay_reading_book *r = ctx;
    const struct lw_work *e = lw_worklog_find(r->log, parked->seq);
    if (e && (e->kind == LW_WORK_LABEL || e->kind == LW_WORK_SKIP))
        lw_keys_add(&r->refused, e->task);
}

static void find_refused(struct pay_reading_book *r)
{
    const struct lw_project *p = r->w->project;
    for (size_t i = 0; i < p->nsync; i++)
        lw_ledger_parked(
            r->w->ledger, lw_ledger_delivery(r->w->ledger, p->sync[i].key), add_refused, r);
    lw_keys_sort(&r->refused);
}

/* ---- all of it */

static void fold(void *ctx, const struct lw_event *e)
{
    lw_worklog_fold(ctx, e);
}

static void note_damage(struct lw_pay_books *b, size_t project, const char *damage)
{
    if (!damage)
        return;
    b->damaged = true;
    add_note(
        b, lw_format("%s: its journal is damaged (%s): what is sound counts. To see all of it, run "
                     "labelwright verify.",
               b->project[project].names.title, damage));
}

/* All of it from the first line on: the workspace's own journal was read from its checkpoint. */
static enum lw_code read_journal(struct pay_reading_book *r, struct lw_err *err)
{
    struct lw_journal *journal = NULL;
    struct lw_journal_opts opts = {.sys = r->w->sys,
        .dir = r->w->dir,
        .name = r->w->journal_name,
        .annotator = r->w->annotator,
        .read_only = true,
        .each = fold,
        .ctx = r->log};
    enum lw_code code = lw_journal_open(&opts, &journal, err);
    if (code == LW_OK) {
        note_damage(r->books, r->project, lw_journal_damage(journal));
        find_refused(r);
        add_pieces(r);
    }
    lw_journal_close(journal);
    return code;
}

enum lw_code lw_pay_books_add(
    struct lw_pay_books *b, const struct lw_workspace *w, struct lw_err *err)
{
    struct pay_reading_book r = {.books = b, .w = w, .project = b->nprojects};
    if (check_copy(b, w, err) != LW_OK)
        return err->code;
    add_project(b, w);
    r.log = b->log[r.project];
    enum lw_code code = parse_filters(&r, err);
    if (code == LW_OK && w->journal)
        code = read_journal(&r, err);
    for (size_t i = 0; i < b->nfilters; i++)
        lw_tests_free(&r.tests[i]);
    free(r.tests);
    lw_keys_fini(&r.refused);
    return code;
}

/* Pieces with what lies beside them, while they are sorted. */
struct piece_and_fit {
    struct lw_pay_piece piece;
    bool *fit;
    size_t at;
};

static int by_date(const void *a, const void *b)
{
    const struct piece_and_fit *x = a, *y = b;
    if (x->piece.date != y->piece.date)
        return x->piece.date < y->piece.date ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static void sort_pieces(struct lw_pay_books *b)
{
    struct piece_and_fit *v = lw_alloc((b->npieces + 1) * sizeof *v);
    for (size_t i = 0; i < b->npieces; i++)
        v[i] = (struct piece_and_fit){b->piece[i], b->fit[i], i};
    qsort(v, b->npieces, sizeof *v, by_date);
    for (size_t i = 0; i < b->npieces; i++) {
        b->piece[i] = v[i].piece;
        b->fit[i] = v[i].fit;
    }
    free(v);
}

/* The timesheet's days, and what it takes off where several projects count at once. */
static void take_rows(struct lw_pay_books *b, const struct lw_timesheet *t)
{
    b->day = lw_alloc((t->nrows + 1) * sizeof *b->day);
    b->twice = lw_alloc((t->nrows + 1) * sizeof *b->twice);
    for (size_t i = 0; i < t->nrows; i++) {
        const struct lw_timesheet_row *row = &t->row[i];
        if (row->project == LW_TWICE)
            b->twice[b->ntwice++] = (struct lw_pay_twice){row->day, -row->exact_ms};
        else
            b->day[b->ndays++] = (struct lw_pay_day){.date = row->day,
                .project = row->project,
                .first_ms = row->seen ? row->first.utc_ms : 0,
                .active_ms = row->exact_ms - row->guidelines_ms,
                .guidelines_ms = row->guidelines_ms,
                .idle_ms = row->idle_ms};
    }
}

static void make_days(struct lw_pay_books *b)
{
    struct lw_timesheet_project *p = lw_alloc((b->nprojects + 1) * sizeof *p);
    for (size_t i = 0; i < b->nprojects; i++)
        p[i] = (struct lw_timesheet_project){.name = b->project[i].names.journal, .log = b->log[i]};
    const struct lw_timesheet_opts opts = {.project = p,
        .nprojects = b->nprojects,
        .by = LW_BY_DAY,
        .since = LW_DAY_FIRST,
        .until = LW_DAY_LAST};
    struct lw_timesheet *t = lw_timesheet_new(&opts);
    take_rows(b, t);
    lw_timesheet_free(t);
    free(p);
}

const struct lw_pay_work *lw_pay_books_close(struct lw_pay_books *b)
{
    make_days(b);
    sort_pieces(b);
    b->work = (struct lw_pay_work){.project = b->project,
        .nprojects = b->nprojects,
        .day = b->day,
        .ndays = b->ndays,
        .twice = b->twice,
        .ntwice = b->ntwice,
        .piece = b->piece,
        .npieces = b->npieces,
        .fits = fits,
        .ctx = b};
    return &b->work;
}

bool lw_pay_books_are_damaged(const struct lw_pay_books *b)
{
    return b->damaged;
}
