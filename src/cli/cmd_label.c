#define _GNU_SOURCE
#include "cli.h"

#include "../tui/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum lw_code load_theme(const struct lw_cli *c, struct lw_theme *to, struct lw_err *err)
{
    const char *name = c->value[LW_OPT_THEME] ? c->value[LW_OPT_THEME] : c->config.theme;
    return lw_theme_load(name ? name : lw_theme_names()[0], to, err);
}

/* What the user should read before the first task. */
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

static void collect(const struct lw_workplace *w, const char *term_note, struct notices *to)
{
    size_t n, first;
    const char *const *notes = lw_journal_notes(w->journal, &n);
    if (w->made)
        notice(
            to, lw_format("%s was made with the usual questions for this kind of data. Edit it to "
                          "ask others; your labels stay.",
                    w->project->file));
    for (size_t i = 0; i < n; i++)
        notice(to, lw_strdup(notes[i]));
    if (lw_tasks_complete(w->tasks) && lw_tasks_duplicates(w->tasks, &first) > 0)
        notice(to,
            lw_format("%zu task ids stand in the file more than once; the first such is task %zu. "
                      "The later ones are shown as ID~2 and so on.",
                lw_tasks_duplicates(w->tasks, NULL), first + 1));
    if (term_note)
        notice(to, lw_strdup(term_note));
}

static void restore_terminal(void)
{
    lw_term_restore();
}

static int work(struct lw_cli *c, struct lw_workplace *w, struct lw_sitting *s, struct lw_term *t,
    const struct lw_keymap *keys, const char *term_note)
{
    struct lw_desk desk;
    struct notices notices = {0};
    (void)c;
    lw_desk_init(&desk, s, keys);
    collect(w, term_note, &notices);
    lw_desk_notice(&desk, (const char *const *)notices.v, notices.n);
    int status = lw_loop_run(&desk, t, w->tasks);
    for (size_t i = 0; i < notices.n; i++)
        free(notices.v[i]);
    lw_desk_fini(&desk);
    return status;
}

static int sit(struct lw_cli *c, struct lw_workplace *w, const struct lw_theme *theme,
    const struct lw_keymap *keys)
{
    struct lw_sitting_opts opts = {
        .sys = w->sys,
        .project = w->project,
        .tasks = w->tasks,
        .journal = w->journal,
        .ledger = w->ledger,
        .dir = w->dir,
        .idle_ms = c->config.idle_ms,
        .digit_guard_ms = c->config.digit_guard_ms,
        .task = c->value[LW_OPT_TASK],
    };
    struct lw_problems none = {0};
    struct lw_err err = {0};
    struct lw_sitting *s;
    const char *note;
    struct lw_term *t = lw_term_open(theme, &note, &err);
    if (!t)
        return lw_say_wrong(&none, &err);
    lw_oom_hook = restore_terminal;
    int status;
    if (lw_sitting_open(&opts, &s, &err) == LW_OK) {
        status = work(c, w, s, t, keys, note);
        lw_term_close(t);
        lw_sitting_close(s);
    } else {
        lw_term_close(t);
        status = lw_say_wrong(&none, &err);
    }
    lw_oom_hook = NULL;
    return status;
}

int lw_cmd_label(struct lw_cli *c)
{
    struct lw_problems p = {0};
    struct lw_err err = {0};
    struct lw_keymap keys;
    struct lw_theme theme = {0};
    struct lw_workplace w;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        lw_say("label needs a terminal on stdin and stdout; `record` takes labels from scripts.");
        return lw_exit_status(LW_EUSAGE);
    }
    if (!lw_keymap_init(&keys, &c->config, &p) || load_theme(c, &theme, &err) != LW_OK) {
        lw_keymap_fini(&keys);
        return lw_say_wrong(&p, &err);
    }
    int status = lw_cli_open(c, false, &w);
    if (status == 0) {
        status = sit(c, &w, &theme, &keys);
        lw_workplace_close(&w);
    }
    lw_theme_fini(&theme);
    lw_keymap_fini(&keys);
    return status;
}
