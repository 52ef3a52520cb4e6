/* Which tasks a filter lets through, found a little at a time: the cheap tests look into the
 * ledger, the dear ones read a label or a record, and a step stops when its budget is spent. The
 * syntax of tests of answers is in answers/, the search for words in tasks/search.c. */
#define _GNU_SOURCE
#include "labelwright/sitting/filter.h"

#include "labelwright/journal/line_reader.h"
#include "labelwright/ledger/draft.h"
#include "labelwright/tasks/search.h"
#include "sitting/sitting_internal.h"

#include <stdlib.h>
#include <string.h>

/* The cost of looking at a task, in about tenths of a microsecond, and the budget of one step. */
enum { LOOKUP = 1, READ_LABEL = 12, READ_RECORD = 60, STEP = 20000 };

enum { AHEAD = 8 }; /* tasks whose place in the ledger is fetched before it is needed */

static const struct {
    const char *name, *words;
} filters[] = {
#define X(id, name, words) {name, words},
    LW_LIST_FILTERS(X)
#undef X
};

static const char *const names[] = {
#define X(id, name, words) name,
    LW_LIST_FILTERS(X)
#undef X
};

const char *const *lw_filter_names(void)
{
    return names;
}

const char *lw_filter_describe(const struct lw_filter *f)
{
    return f->filter == LW_LIST_ANSWERS ? f->typed : filters[f->filter].words;
}

/* What is kept open while labels and records are read. */
static void close_files(struct lw_filter *f)
{
    lw_line_reader_free(f->lines);
    f->lines = NULL;
    lw_line_tests_free(f->line_tests);
    f->line_tests = NULL;
    lw_search_free(f->search);
    f->search = NULL;
}

void lw_filter_fini(struct lw_filter *f)
{
    close_files(f);
    free(f->needle);
    lw_tests_free(&f->tests);
    lw_keys_fini(&f->keys);
    free(f->typed);
    free(f->match);
    *f = (struct lw_filter){0};
}

/* ---- choosing a filter */

struct refused {
    const struct lw_ledger *ledger;
    struct lw_keys *keys;
};

static void add_refused(void *ctx, const struct lw_parked_event *h)
{
    struct refused *r = ctx;
    const struct lw_entry *e = lw_ledger_entry(r->ledger, h->seq);
    if (e)
        lw_keys_add(r->keys, e->task);
}

/* The tasks with a label that a server refused. */
static void refused_keys(const struct lw_sitting *s, struct lw_keys *to)
{
    const struct lw_project *p = s->view.opts.project;
    struct refused r = {s->view.opts.ledger, to};
    for (size_t i = 0; i < p->nsync; i++)
        lw_ledger_parked(r.ledger, lw_ledger_delivery(r.ledger, p->sync[i].key), add_refused, &r);
    lw_keys_sort(to);
}

void lw_filter_restart(struct lw_filter *f, const struct lw_sitting *s)
{
    f->n = f->next = f->keys.n = 0;
    close_files(f);
    if (f->filter == LW_LIST_DRAFT)
        lw_drafts_keys(lw_sitting_drafts(s), &f->keys);
    if (f->filter == LW_LIST_PARKED)
        refused_keys(s, &f->keys);
}

static enum lw_list_filter named(const char *typed)
{
    int i = 0;
    if (strcasecmp(typed, "parked") == 0) /* its old name, which scripts use */
        return LW_LIST_PARKED;
    while (i < LW_LIST_ANSWERS && strcasecmp(names[i], typed) != 0)
        i++;
    return (enum lw_list_filter)i;
}

enum lw_code lw_filter_parse(
    struct lw_filter *f, const struct lw_sitting *s, const char *typed, struct lw_err *err)
{
    typed += strspn(typed, " ");
    enum lw_list_filter filter = *typed ? named(typed) : LW_LIST_ALL;
    if (filter == LW_LIST_ANSWERS) {
        struct lw_tests tests;
        enum lw_code code = lw_tests_parse(s->view.opts.project, typed, &tests, err);
        struct lw_tests *old = code == LW_OK ? &f->tests : &tests;
        lw_tests_free(old);
        if (code != LW_OK)
            return code;
        f->tests = tests;
        free(f->typed);
        f->typed = lw_strdup(typed);
    }
    f->filter = filter;
    lw_filter_restart(f, s);
    return LW_OK;
}

static bool asks_for_tags(const struct lw_project *p)
{
    size_t i = 0;
    while (i < p->nquestions && p->question[i].type != LW_Q_TAGS)
        i++;
    return i < p->nquestions;
}

void lw_filter_cycle(struct lw_filter *f, const struct lw_sitting *s, int by)
{
    bool can;
    do {
        f->filter = (enum lw_list_filter)(
            ((int)f->filter + LW_LIST_FILTER_COUNT + by) % LW_LIST_FILTER_COUNT);
        can = (f->filter != LW_LIST_FLAGGED || asks_for_tags(s->view.opts.project)) &&
              (f->filter != LW_LIST_PRACTICE || lw_project_has_practice(s->view.opts.project)) &&
              (f->filter != LW_LIST_PARKED || s->view.opts.project->nsync > 0) &&
              (f->filter != LW_LIST_ANSWERS || f->tests.n > 0);
    } while (!can);
    lw_filter_restart(f, s);
}

/* ---- testing */

/* A damaged line is no match. Only those that would be one are hashed: the others are none,
 * damaged or not. */
static bool label_passes(struct lw_filter *f, const struct lw_sitting *s, const struct lw_entry *e)
{
    struct lw_journal_line l;
    if (!f->lines) {
        f->lines = lw_line_reader_new(s->view.opts.journal);
        f->line_tests = lw_line_tests_new(
            s->view.opts.project, f->filter == LW_LIST_FLAGGED ? NULL : &f->tests);
    }
    return !e->skip && lw_line_reader_glance(f->lines, e->pos, &l) &&
           lw_line_tests_hold(f->line_tests, l.text, l.len) &&
           lw_line_reader_line(f->lines, e->pos, &l, NULL) == LW_OK;
}

static bool record_changed(const struct lw_sitting *s, size_t position, const struct lw_entry *e)
{
    struct lw_record_location now;
    return lw_tasks_locate(s->view.opts.tasks, position, &now, NULL) != LW_OK ||
           e->record != now.record;
}

/* Adds its cost to `*cost`. */
static bool passes(struct lw_filter *f, const struct lw_sitting *s, size_t nth, int *cost)
{
    size_t position = lw_tasks_at(s->view.opts.tasks, nth);
    uint64_t key = lw_tasks_key(s->view.opts.tasks, position);
    *cost += LOOKUP;
    if (f->filter == LW_LIST_PRACTICE)
        return lw_project_practises(
            s->view.opts.project, lw_tasks_file(s->view.opts.tasks, position));
    if (f->filter == LW_LIST_MARKED)
        return lw_keys_have(&s->view.marks, key);
    if (f->filter == LW_LIST_DRAFT || f->filter == LW_LIST_PARKED)
        return lw_keys_have(&f->keys, key);
    const struct lw_entry *e = lw_ledger_of(s->view.opts.ledger, key);
    if (f->filter == LW_LIST_OPEN || !e)
        return f->filter == LW_LIST_OPEN && !e;
    if (f->filter == LW_LIST_DONE || f->filter == LW_LIST_SKIPPED)
        return e->skip == (f->filter == LW_LIST_SKIPPED);
    *cost += f->filter == LW_LIST_CHANGED ? READ_RECORD : READ_LABEL;
    return f->filter == LW_LIST_CHANGED ? record_changed(s, position, e) : label_passes(f, s, e);
}

static void add(struct lw_filter *f, size_t nth)
{
    if (f->n == f->cap) {
        f->cap = f->cap ? 2 * f->cap : 256;
        f->match = lw_grow(f->match, f->cap, sizeof *f->match);
    }
    f->match[f->n++] = (uint32_t)nth;
}

bool lw_filter_more(const struct lw_filter *f, const struct lw_sitting *s)
{
    return f->filter != LW_LIST_ALL && f->next < lw_tasks_count(s->view.opts.tasks);
}

static void prefetch(const struct lw_sitting *s, size_t nth)
{
    const struct lw_tasks *t = s->view.opts.tasks;
    if (nth < lw_tasks_count(t))
        lw_ledger_prefetch(s->view.opts.ledger, lw_tasks_key(t, lw_tasks_at(t, nth)));
}

void lw_filter_step(struct lw_filter *f, const struct lw_sitting *s)
{
    for (int cost = 0; cost < STEP && lw_filter_more(f, s); f->next++) {
        prefetch(s, f->next + AHEAD);
        if (passes(f, s, f->next, &cost))
            add(f, f->next);
    }
    if (!lw_filter_more(f, s))
        close_files(f);
}

/* ---- matches */

size_t lw_filter_count(const struct lw_filter *f, const struct lw_sitting *s)
{
    return f->filter == LW_LIST_ALL ? lw_tasks_count(s->view.opts.tasks) : f->n;
}

size_t lw_filter_at(const struct lw_filter *f, size_t i)
{
    return f->filter == LW_LIST_ALL ? i : f->match[i];
}

size_t lw_filter_find(const struct lw_filter *f, const struct lw_sitting *s, size_t nth)
{
    size_t low = 0, high = lw_filter_count(f, s);
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (lw_filter_at(f, mid) < nth)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The search is kept for the same words: what it has read of a file serves the next step. */
static struct lw_search *search_for(
    struct lw_filter *f, const struct lw_sitting *s, const char *needle, size_t n)
{
    bool same = f->search && strlen(f->needle) == n && memcmp(f->needle, needle, n) == 0;
    if (same)
        return f->search;
    lw_search_free(f->search);
    free(f->needle);
    f->needle = lw_strndup(needle, n);
    return f->search = lw_search_new(s->view.opts.tasks, needle, n);
}

bool lw_filter_search(
    struct lw_filter *f, const struct lw_sitting *s, const char *needle, size_t n, size_t *i)
{
    struct lw_search *m = search_for(f, s, needle, n);
    bool found = false;
    for (size_t cost = 0; cost < STEP && *i < lw_filter_count(f, s); ++*i) {
        found = lw_search_in(m, lw_tasks_at(s->view.opts.tasks, lw_filter_at(f, *i)), &cost);
        if (found)
            break;
    }
    bool all = lw_tasks_complete(s->view.opts.tasks) || lw_tasks_error(s->view.opts.tasks);
    if (found || (all && *i >= lw_filter_count(f, s)))
        close_files(f);
    return found;
}
