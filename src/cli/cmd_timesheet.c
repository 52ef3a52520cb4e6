/* `labelwright timesheet`: the time worked in one or more projects. Finds them, reads their
 * journals from the first line to the last, which checks them, and prints what the room `timesheet`
 * makes of them. It writes nothing and reads no tasks. */
#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/timesheet/timesheet_formats.h"
#include "labelwright/workspace/known_journals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COLS = 80, COLS_MOST = 250 };

/* Of a project that was read. */
struct source {
    struct lw_worklog *log;
    char *path; /* as opened */
    struct stat folder;
    char id[LW_JOURNAL_ID_HEX];
};

struct job {
    struct lw_cli *c;
    struct lw_timesheet_project *project;
    struct source *source; /* the same ones */
    size_t n;
    int status; /* the worst of the projects left out */
};

static void leave_out(struct job *j, int status)
{
    j->status = status > j->status ? status : j->status;
}

/* ---- one project */

/* A journal that is read. Its end may have been cut off since it was last closed here: then an
 * event that is known is not there. */
struct reading {
    struct lw_worklog *log;
    struct lw_mark known; /* seq 0: none */
    bool has_known;
};

static void fold(void *ctx, const struct lw_event *e)
{
    struct reading *r = ctx;
    lw_worklog_fold(r->log, e);
    if (e->seq == r->known.seq && strcmp(e->hash, r->known.hash) == 0)
        r->has_known = true;
}

static struct reading begin_reading(const struct lw_workspace *w)
{
    struct reading r = {.log = lw_worklog_new()};
    char id[LW_JOURNAL_ID_HEX];
    if (!lw_journal_find_id(w->sys, w->dir, w->journal_name, id) ||
        lw_known_load(w->sys, id, &r.known) != LW_OK)
        r.known.seq = 0;
    return r;
}

static char *damage_of(
    const struct lw_workspace *w, const struct lw_journal *journal, const struct reading *r)
{
    const char *found = lw_journal_damage(journal);
    if (found || r->known.seq == 0 || r->has_known)
        return lw_strdup(found);
    return lw_format("%s lacks event %llu, which it had when it was last closed here",
        w->journal_name, (unsigned long long)r->known.seq);
}

/* True when that journal has been read: the same time does not count twice. */
static bool is_again(struct job *j, const struct lw_workspace *w, const char *path, const char *id)
{
    struct stat st;
    if (fstat(w->dir, &st) != 0)
        return false;
    for (size_t i = 0; i < j->n; i++) {
        const struct source *s = &j->source[i];
        bool here = s->folder.st_dev == st.st_dev && s->folder.st_ino == st.st_ino;
        if (strcmp(s->id, id) != 0)
            continue;
        if (!here) {
            lw_cli_warn(
                "%s has a copy of the journal of %s: it is counted once. To count what only "
                "one of them has, join them: labelwright merge",
                path, s->path);
            leave_out(j, lw_exit_status(LW_EBAD));
        }
        return true;
    }
    return false;
}

/* Takes the log and the damage. */
static void add_project(struct job *j, const struct lw_workspace *w, const char *path,
    struct lw_worklog *log, const char *id, char *damage)
{
    j->project = lw_grow(j->project, j->n + 1, sizeof *j->project);
    j->source = lw_grow(j->source, j->n + 1, sizeof *j->source);
    struct source *s = &j->source[j->n];
    *s = (struct source){.log = log, .path = lw_strdup(path)};
    memcpy(s->id, id, LW_JOURNAL_ID_HEX);
    if (fstat(w->dir, &s->folder) != 0)
        s->folder = (struct stat){0};
    j->project[j->n++] = (struct lw_timesheet_project){.damage = damage, .log = log};
}

static void read_journal(struct job *j, struct lw_workspace *w, const char *path)
{
    struct reading r = begin_reading(w);
    struct lw_journal *journal = NULL;
    struct lw_err err = {0};
    struct lw_journal_opts o = {.sys = w->sys,
        .dir = w->dir,
        .name = w->journal_name,
        .annotator = w->annotator,
        .read_only = true,
        .each = fold,
        .ctx = &r};
    enum lw_code code = w->project->unmade ? LW_EABSENT : lw_journal_open(&o, &journal, &err);
    if (code == LW_OK && !is_again(j, w, path, lw_journal_id(journal)))
        add_project(j, w, path, r.log, lw_journal_id(journal), damage_of(w, journal, &r));
    else
        lw_worklog_free(r.log);
    lw_journal_close(journal);
    if (code == LW_EABSENT)
        lw_cli_warn("%s: no journal of %s: nothing was labeled here.", path, w->annotator);
    else if (code != LW_OK)
        leave_out(j, lw_cli_fail(NULL, &err));
}

static void read_project(struct job *j, const char *path)
{
    struct lw_workspace w;
    struct lw_workspace_opts opts = lw_cli_workspace_opts(j->c, true);
    struct lw_problems p = {0};
    struct lw_err err = {0};
    opts.path = path;
    if (lw_workspace_find(&opts, &w, &p, &err) != LW_OK) {
        leave_out(j, lw_cli_fail(&p, &err));
        return;
    }
    read_journal(j, &w, path);
    lw_workspace_close(&w);
}

static void read_all(struct job *j)
{
    char **path;
    size_t n = lw_cli_project_paths(j->c, &path);
    for (size_t i = 0; i < n; i++)
        read_project(j, path[i]);
    lw_cli_free_paths(path, n);
}

/* ---- what projects are called */

static char *last_part(const char *path)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    size_t from = n;
    while (from > 0 && path[from - 1] != '/')
        from--;
    char *name = lw_strndup(path + from, n - from);
    char *real = strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ? realpath(path, NULL) : NULL;
    if (!real)
        return name;
    free(name);
    name = last_part(real);
    free(real);
    return name;
}

/* The folder's name; where two have the same, the paths as given. */
static void name_projects(struct job *j)
{
    char **name = lw_alloc((j->n + 1) * sizeof *name);
    for (size_t i = 0; i < j->n; i++)
        name[i] = last_part(j->source[i].path);
    for (size_t i = 0; i < j->n; i++) {
        bool twice = false;
        for (size_t k = 0; k < j->n; k++)
            twice = twice || (k != i && strcmp(name[k], name[i]) == 0);
        j->project[i].name = lw_strdup(twice ? j->source[i].path : name[i]);
    }
    for (size_t i = 0; i < j->n; i++)
        free(name[i]);
    free(name);
}

/* ---- options */

static bool rounding(const struct lw_cli *c, struct lw_timesheet_opts *o)
{
    const char *name = c->value[LW_OPT_ROUND];
    size_t n;
    if (!name || strcmp(name, "none") == 0 || (o->rounding = lw_rounding_find(name)) != NULL)
        return true;
    lw_cli_warn("--round takes a rule, not \"%s\":", name);
    const struct lw_rounding *rules = lw_roundings(&n);
    for (size_t i = 0; i < n; i++)
        lw_cli_warn("  %-16s %s", rules[i].name, rules[i].rule);
    return false;
}

static bool agree(const struct lw_cli *c)
{
    int formats = 0;
    static const enum lw_option_id all[] = {LW_OPT_CSV, LW_OPT_JSON, LW_OPT_ICS, LW_OPT_TIMECLOCK};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        formats += c->value[all[i]] != NULL;
    if (formats > 1)
        lw_cli_warn("Give one of --csv, --json, --ics and --timeclock.");
    bool sessions = c->value[LW_OPT_ICS] || c->value[LW_OPT_TIMECLOCK];
    if (sessions && (c->value[LW_OPT_ROUND] || c->value[LW_OPT_BY]))
        lw_cli_warn("--ics and --timeclock write sessions: --by and --round are for rows.");
    return formats <= 1 && !(sessions && (c->value[LW_OPT_ROUND] || c->value[LW_OPT_BY]));
}

static bool read_options(const struct lw_cli *c, struct lw_timesheet_opts *o)
{
    *o = (struct lw_timesheet_opts){.since = LW_DAY_FIRST};
    const char *by = c->value[LW_OPT_BY];
    if (by && !lw_timesheet_by_find(by, &o->by)) {
        lw_cli_warn("--by takes day, week, month or project, not \"%s\".", by);
        return false;
    }
    return lw_cli_days(c, &o->since, &o->until) && rounding(c, o) && agree(c);
}

/* ---- printing */

static int columns(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return COLS;
    return size.ws_col < COLS_MOST ? size.ws_col : COLS_MOST;
}

static void warn_damage(const struct lw_timesheet *t)
{
    for (size_t i = 0; i < t->opts.nprojects; i++) {
        struct lw_buf text = {0};
        if (t->opts.project[i].damage) {
            lw_timesheet_sentence(t, LW_NOTE_DAMAGED, i, &text);
            lw_cli_warn("%s", text.data);
        }
        lw_buf_fini(&text);
    }
}

static void print(const struct lw_cli *c, const struct lw_timesheet *t)
{
    struct lw_buf text = {0};
    if (c->value[LW_OPT_JSON]) {
        lw_cli_print_json(lw_timesheet_json(t));
        return;
    }
    if (c->value[LW_OPT_CSV])
        lw_timesheet_csv(t, &text);
    else if (c->value[LW_OPT_ICS])
        lw_timesheet_ics(t, &text);
    else if (c->value[LW_OPT_TIMECLOCK])
        lw_timesheet_timeclock(t, &text);
    else
        lw_timesheet_text(t, columns(), &text);
    if (c->value[LW_OPT_CSV] || c->value[LW_OPT_ICS] || c->value[LW_OPT_TIMECLOCK])
        warn_damage(t); /* the others say so themselves */
    if (text.len > 0)
        fwrite(text.data, 1, text.len, stdout);
    lw_buf_fini(&text);
}

static void free_job(struct job *j)
{
    for (size_t i = 0; i < j->n; i++) {
        free((char *)j->project[i].name);
        free((char *)j->project[i].damage);
        free(j->source[i].path);
        lw_worklog_free(j->source[i].log);
    }
    free(j->project);
    free(j->source);
}

int lw_cmd_timesheet(struct lw_cli *c)
{
    struct job j = {.c = c};
    struct lw_timesheet_opts o;
    if (!read_options(c, &o))
        return lw_exit_status(LW_EUSAGE);
    c->path = c->path ? c->path : ".";
    read_all(&j);
    name_projects(&j);
    o.project = j.project;
    o.nprojects = j.n;
    struct lw_timesheet *t = lw_timesheet_new(&o);
    if (j.n > 0)
        print(c, t);
    if (t->note[LW_NOTE_DAMAGED].n)
        leave_out(&j, lw_exit_status(LW_EBAD));
    if (j.n == 0)
        leave_out(&j, lw_exit_status(LW_EABSENT));
    lw_timesheet_free(t);
    free_job(&j);
    return j.status;
}
