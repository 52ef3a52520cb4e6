/* A session at the terminal, from the first check to the last: keys, theme, project, terminal, then
 * the loop; and what is said above the first task. */
#define _GNU_SOURCE
#include "labelwright/tui/tui.h"

#include "labelwright/project/macros.h"
#include "labelwright/sitting/talking.h"
#include "labelwright/tasks/tasks_summary.h"
#include "labelwright/tui/help.h"
#include "labelwright/workspace/other_journals.h"
#include "labelwright/workspace/task_spelling.h"
#include "tui/crash_internal.h"
#include "tui/loop_internal.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum { GATHER_MS = 10000, LW_STATUS_REOPEN = -1 };

/* What is said above the first task. */
struct notices {
    char *v[16];
    size_t n;
};

static void notice(struct notices *to, char *text)
{
    if (to->n < sizeof to->v / sizeof *to->v)
        to->v[to->n++] = text;
    else
        free(text);
}

static bool is_unlabeled(const struct lw_workspace *w)
{
    struct lw_totals t = lw_ledger_totals(w->ledger);
    return t.done + t.skipped == 0;
}

/* Tells a user without labels whose journals have some. */
static void notice_others(const struct lw_workspace *w, struct notices *to)
{
    if (!is_unlabeled(w))
        return;
    struct lw_other_journals others;
    lw_other_journals_find(w->sys, w->dir, w->journal_name, &others);
    char *advice = lw_other_journals_advice(&others, w->annotator);
    if (advice)
        notice(to, advice);
    lw_other_journals_fini(&others);
}

/* The macros of this session, and what is wrong with others; themes and keys that may change. */
struct bound {
    struct lw_macros macros;
    struct lw_problems left_out;
    struct lw_theme_choice themes;
    struct lw_in_use in_use;
};

static void bind_macros(const struct lw_tui_opts *opts, const struct lw_workspace *w,
    struct lw_keymap *keys, struct bound *to)
{
    const struct lw_config *c = opts->config;
    lw_macros_find(w->project, &c->macros, c->file, &to->macros, &to->left_out, NULL);
    lw_keymap_add_macros(keys, &to->macros, &to->left_out);
}

static void unbind(struct bound *b)
{
    lw_macros_fini(&b->macros);
    lw_problems_fini(&b->left_out);
    lw_theme_choice_fini(&b->themes);
}

static void collect(const struct lw_workspace *w, const char *term_note, struct notices *to)
{
    size_t n, first;
    const char *const *notes = lw_journal_notes(w->journal, &n);
    for (size_t i = 0; i < n; i++)
        notice(to, lw_strdup(notes[i]));
    if (lw_tasks_complete(w->tasks) && (n = lw_tasks_duplicates(w->tasks, &first)) > 0)
        notice(to,
            lw_format(
                "%zu task%s the id of an earlier task (first: task %zu). Repeated ids become ID~2, "
                "ID~3 and so on.",
                n, n == 1 ? " has" : "s have", first + 1));
    notice_others(w, to);
    if (term_note)
        notice(to, lw_strdup(term_note));
    if (w->made)
        notice(to, lw_format("Created %s. Edit it to change the questions.", w->project->file));
}

static int run_loop(struct lw_workspace *w, struct lw_app *app, struct lw_term *t,
    const struct lw_config *config, struct bound *bound, const char *term_note)
{
    struct notices notices = {0};
    struct lw_survey survey = {0};
    lw_survey_first(&survey, w->tasks);
    app->usual_responses = lw_survey_usual(&survey);
    collect(w, term_note, &notices);
    for (size_t i = 0; i < bound->left_out.n; i++)
        notice(&notices, lw_strdup(bound->left_out.v[i]));
    lw_app_open(app, is_unlabeled(w) ? &survey : NULL, (const char *const *)notices.v, notices.n);
    int status = lw_loop_run(app, t, w->tasks, config, &bound->in_use);
    for (size_t i = 0; i < notices.n; i++)
        free(notices.v[i]);
    if (app->opening.reopens && status == 0)
        status = LW_STATUS_REOPEN;
    lw_survey_fini(&survey);
    bound->themes = app->themes; /* which may be listed now */
    lw_app_fini(app);
    return status;
}

static struct lw_sitting_opts sitting_opts(
    const struct lw_tui_opts *opts, struct lw_workspace *w, struct bound *bound)
{
    return (struct lw_sitting_opts){
        .sys = w->sys,
        .project = w->project,
        .tasks = w->tasks,
        .journal = w->journal,
        .ledger = w->ledger,
        .dir = w->dir,
        .workspace = w,
        .idle_ms = opts->config->idle_ms,
        .curtain = opts->config->curtain,
        .ncurtain = opts->config->ncurtain,
        .rest = &opts->config->rest,
        .digit_guard_ms = opts->config->digit_guard_ms,
        .repeats = opts->config->repeats,
        .macros = &bound->macros,
        .task = opts->task,
        .only = opts->only,
    };
}

static struct lw_sync_opts sync_opts(
    const struct lw_tui_opts *opts, struct lw_workspace *w, struct lw_http *http)
{
    return (struct lw_sync_opts){
        .sys = w->sys,
        .project = w->project,
        .config = opts->config,
        .journal = w->journal,
        .ledger = w->ledger,
        .gather_ms = GATHER_MS,
        .signer = opts->signer ? *opts->signer : NULL,
        .http = http,
    };
}

/* The client's folder is not written to from a view-only window. */
static struct lw_spelling_folders spelling_folders(
    const struct lw_tui_opts *opts, const struct lw_workspace *w)
{
    bool only_view = lw_journal_mode(w->journal) == LW_JOURNAL_READ_ONLY;
    return (struct lw_spelling_folders){w->sys, only_view ? -1 : w->dir, opts->config->file};
}

/* Sitting and sync, on a terminal that is taken over. */
static enum lw_code run_on_terminal(const struct lw_tui_opts *opts, struct lw_workspace *w,
    const struct lw_keymap *keys, struct bound *bound, struct lw_term *t, const char *term_note,
    int *status, struct lw_err *err)
{
    struct lw_sitting_opts with = sitting_opts(opts, w, bound);
    struct lw_http *http = lw_http_new(w->sys, NULL);
    struct lw_sync_opts sending = sync_opts(opts, w, http);
    struct lw_sitting *s = NULL;
    struct lw_sync *sync = NULL;
    enum lw_code code = lw_sitting_open(&with, &s, err);
    if (code == LW_OK)
        code = lw_sync_open(&sending, &sync, err);
    if (code == LW_OK) {
        struct lw_app app;
        struct lw_spelling_folders folders = spelling_folders(opts, w);
        const struct lw_speller_setup words = {w->sys, lw_spelling_folder, &folders};
        struct lw_err unread = {0};
        lw_app_init(&app, s, keys);
        struct lw_models *models = lw_models_new(w->sys, opts->config, http);
        app.sync = sync;
        app.desk = lw_desk_new(s, models, opts->config);
        app.http = http;
        app.how = opts->config->reading;
        app.themes = bound->themes;
        app.pictures.filter = opts->config->picture_filter;
        app.spelling.config = opts->config;
        app.spelling.speller = lw_speller_new(&words, &unread);
        if (*unread.text)
            lw_sitting_notify(s, LW_TONE_WARNING, "%s", unread.text);
        struct lw_speller *speller = app.spelling.speller;
        struct lw_desk *desk = app.desk;
        *status = run_loop(w, &app, t, opts->config, bound, term_note);
        lw_sitting_end_replies(s);
        lw_desk_free(desk);
        lw_models_free(models);
        lw_speller_free(speller);
    }
    lw_crash_set_terminal(false);
    lw_term_close(t);
    lw_sync_close(sync);
    lw_http_free(http);
    lw_oom_hook = NULL;
    lw_sitting_close(s);
    return code;
}

static const char *theme_name(const struct lw_tui_opts *opts)
{
    const char *name = opts->theme ? opts->theme : opts->config->theme;
    return name ? name : lw_theme_names()[0];
}

/* Takes over the terminal first: a sitting that nobody sees is none. */
static enum lw_code run_session(const struct lw_tui_opts *opts, struct lw_workspace *w,
    struct lw_theme *theme, struct lw_keymap *keys, int *status, struct lw_err *err)
{
    const char *note;
    struct bound bound = {0};
    enum lw_code code = LW_OK;
    lw_crash_arm();
    struct lw_term *t = lw_term_open(opts->sys, theme, &note, err);
    if (t) {
        lw_term_arrange(t, opts->config->arranges_bidi);
        lw_crash_set_terminal(true);
        lw_oom_hook = lw_term_restore;
        bind_macros(opts, w, keys, &bound);
        bound.in_use = (struct lw_in_use){
            opts->sys, opts->config->file, theme_name(opts), theme, keys, &bound.macros};
        code = run_on_terminal(opts, w, keys, &bound, t, note, status, err);
        unbind(&bound);
    } else {
        code = err->code;
    }
    lw_crash_disarm();
    return code;
}

enum lw_code lw_tui_run(
    const struct lw_tui_opts *opts, int *status, struct lw_problems *p, struct lw_err *err)
{
    struct lw_keymap keys;
    struct lw_theme theme = {0};
    struct lw_problems told = {0};
    struct lw_workspace w = {.dir = -1};
    enum lw_code code = LW_OK;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return lw_fail(err, LW_EUSAGE,
            "Labeling needs a terminal on stdin and stdout. Without one, use --plain. In scripts, "
            "use labelwright record.");
    if (!lw_keymap_init(&keys, opts->config, &told)) {
        lw_help_check_config(opts->sys, opts->config, p); /* the theme's as well */
        code = LW_EBAD;
    }
    lw_problems_fini(&told);
    if (code == LW_OK)
        code = lw_theme_load(opts->sys, theme_name(opts), &theme, err);
    do {
        *status = 0;
        if (code == LW_OK)
            code = opts->open(opts->ctx, &w, p, err);
        if (code == LW_OK)
            code = run_session(opts, &w, &theme, &keys, status, err);
        if (code == LW_OK && *status == 0)
            opts->left(opts->ctx, &w);
        lw_workspace_close(&w);
    } while (code == LW_OK && *status == LW_STATUS_REOPEN);
    lw_theme_fini(&theme);
    lw_keymap_fini(&keys);
    if (*status == 128 + SIGQUIT) /* so that the caller and the kernel see it */
        lw_crash_die(SIGQUIT);
    return code;
}
