/* `labelwright insight`: how steady one's own labels are, and the day and the week as charts, from
 * the journals of the projects named. What a figure is and says, the room insight knows. */
#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/export/output.h"
#include "labelwright/insight/insight_text.h"
#include "labelwright/insight/work_chart.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { COLS = 80, COLS_MOST = 140 };

/* One PATH. */
struct studied {
    const char *path;
    struct lw_workspace w; /* only found: the journal is read here, in one pass */
    struct lw_insight *insight;
    struct lw_insight_report *report;
};

struct study {
    struct lw_cli *c;
    struct lw_insight_opts opts;
    char **path; /* n_paths of them */
    size_t n_paths;
    struct studied *v;
    size_t n;
    const struct lw_worklog **work; /* of each */
};

/* ---- options */

static bool read_options(struct study *s)
{
    s->opts.question = s->c->value[LW_OPT_QUESTION];
    return lw_cli_days(s->c, &s->opts.from_day, &s->opts.to_day);
}

/* ---- reading */

static void fold(void *ctx, const struct lw_event *e)
{
    lw_insight_fold(ctx, e);
}

static void close_studied(struct studied *p)
{
    lw_insight_report_free(p->report);
    lw_insight_free(p->insight);
    if (p->w.sys)
        lw_workspace_close(&p->w);
    *p = (struct studied){.path = NULL};
}

static enum lw_code read_journal(struct studied *p, struct lw_err *err)
{
    struct lw_journal_opts opts = {
        .sys = p->w.sys,
        .dir = p->w.dir,
        .name = p->w.journal_name,
        .annotator = p->w.annotator,
        .title = p->w.project->title,
        .read_only = true,
        .each = fold,
        .ctx = p->insight,
    };
    return p->w.project->unmade ? LW_EABSENT : lw_journal_open(&opts, &p->w.journal, err);
}

/* One of several that has no journal yet is left out. */
static int study(struct study *s, const char *path)
{
    struct studied *p = &s->v[s->n++];
    struct lw_workspace_opts opts = lw_cli_workspace_opts(s->c, true);
    struct lw_problems problems = {0};
    struct lw_err err = {0};
    opts.path = p->path = path;
    if (lw_workspace_find(&opts, &p->w, &problems, &err) != LW_OK)
        return lw_cli_fail(&problems, &err);
    p->insight = lw_insight_new();
    enum lw_code code = read_journal(p, &err);
    if (code == LW_EABSENT && s->n_paths > 1) {
        close_studied(p);
        s->n--;
        return 0;
    }
    if (code != LW_OK)
        return code == LW_EABSENT ? lw_cli_fail_absent(&p->w) : lw_cli_fail(NULL, &err);
    lw_cli_warn_notes(&p->w, 0);
    struct lw_insight_opts how = s->opts;
    how.journal = p->w.journal;
    how.fixed_order = !p->w.project->shuffle_responses;
    p->report = lw_insight_report(p->insight, &how);
    s->work[s->n - 1] = lw_insight_work(p->insight);
    return 0;
}

static bool is_asked(const struct study *s)
{
    bool asked = !s->opts.question;
    for (size_t i = 0; i < s->n; i++)
        asked = asked || lw_insight_has_question(s->v[i].insight, s->opts.question);
    return asked;
}

static int study_all(struct study *s)
{
    for (size_t i = 0; i < s->n_paths; i++) {
        int status = study(s, s->path[i]);
        if (status != 0)
            return status;
    }
    if (s->n == 0) {
        lw_cli_warn("No journal yet in any of these projects.");
        return lw_exit_status(LW_EABSENT);
    }
    if (is_asked(s))
        return 0;
    lw_cli_warn(
        "No label answers a question %s. Questions with ratings, choices, tags, comparisons "
        "and rankings are looked at.",
        s->opts.question);
    return lw_exit_status(LW_EUSAGE);
}

static void release(struct study *s)
{
    for (size_t i = 0; i < s->n; i++)
        close_studied(&s->v[i]);
    lw_cli_free_paths(s->path, s->n_paths);
    free(s->v);
    free(s->work);
}

/* ---- names of tasks */

static void add_task(void *ctx, const struct lw_named_label *l, struct lw_buf *to)
{
    const struct studied *p = ctx;
    json_t *event = NULL;
    if (lw_journal_read(p->w.journal, l->pos, &event, NULL) == LW_OK) {
        const char *id = json_string_value(json_object_get(event, "task"));
        lw_buf_str(to, id ? id : "");
    }
    json_decref(event);
}

/* ---- charts */

struct charts {
    bool any;
    struct lw_work_chart day, week;
    struct lw_work_drawing drawing[2];
};

static struct charts *make_charts(const struct study *s)
{
    struct charts *c = lw_alloc(sizeof *c);
    int32_t day;
    c->any = lw_work_last_day(s->work, s->n, s->opts.from_day, s->opts.to_day, &day);
    if (!c->any)
        return c;
    c->day = lw_work_chart_day(s->work, s->n, day);
    c->week = lw_work_chart_week(s->work, s->n, day);
    for (size_t i = 0; i < s->n; i++) {
        lw_work_chart_add_agreement(&c->day, s->v[i].insight, s->v[i].w.journal);
        lw_work_chart_add_agreement(&c->week, s->v[i].insight, s->v[i].w.journal);
    }
    lw_work_drawing_init(&c->drawing[0], &c->day);
    lw_work_drawing_init(&c->drawing[1], &c->week);
    return c;
}

static void free_charts(struct charts *c)
{
    lw_work_drawing_fini(&c->drawing[0]);
    lw_work_drawing_fini(&c->drawing[1]);
    free(c);
}

static int write_svg(const struct study *s, const struct charts *c)
{
    const struct lw_chart *const charts[] = {&c->drawing[0].chart, &c->drawing[1].chart};
    const struct lw_workspace *w = &s->v[0].w;
    struct lw_output_opts opts = {.sys = w->sys,
        .path = s->c->value[LW_OPT_SVG],
        .force = s->c->value[LW_OPT_FORCE] != NULL,
        .project = w->project,
        .dir = w->dir};
    struct lw_output *out;
    struct lw_buf svg = {0};
    struct lw_err err = {0};
    lw_chart_svg(charts, c->any ? 2 : 0, "Time worked", &svg);
    enum lw_code code = lw_output_open(&opts, &out, &err);
    if (code == LW_OK) {
        code = lw_output_write(out, svg.data, svg.len, &err);
        code = lw_output_close(out, code, &err);
    }
    lw_buf_fini(&svg);
    return code == LW_OK ? 0 : lw_cli_fail(NULL, &err);
}

/* ---- printing */

static int columns(void)
{
    struct winsize size = {0};
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return COLS;
    return size.ws_col > COLS_MOST ? COLS_MOST : size.ws_col;
}

/* A user whose own locale has no UTF-8 may look at a terminal that has none either. */
static bool has_blocks(void)
{
    locale_t own = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    bool utf8 = own != (locale_t)0 && strcmp(nl_langinfo_l(CODESET, own), "UTF-8") == 0;
    if (own != (locale_t)0)
        freelocale(own);
    return utf8;
}

static void print_lines(const struct lw_buf *text)
{
    for (const char *at = text->data, *end; at && *at; at = end + 1) {
        end = strchr(at, '\n');
        char *line = lw_strndup(at, (size_t)(end - at));
        lw_cli_print("", line);
        free(line);
    }
}

static void print_charts(const struct charts *c, int cols)
{
    enum { INDENT = 2, HEIGHT = 2 };
    struct lw_chart_look look = {cols - INDENT, HEIGHT, !has_blocks()};
    struct lw_buf text = {0};
    for (size_t i = 0; c->any && i < 2; i++) {
        lw_buf_fmt(&text, "\n%s\n", c->drawing[i].title);
        lw_chart_print(&c->drawing[i].chart, &look, INDENT, &text);
    }
    print_lines(&text);
    lw_buf_fini(&text);
}

static void print_text(const struct study *s, const struct charts *charts)
{
    int cols = columns();
    for (size_t i = 0; i < s->n; i++) {
        struct lw_task_names names = {add_task, &s->v[i]};
        struct lw_buf text = {0};
        if (s->n > 1)
            lw_buf_fmt(&text, "%s%s\n", i ? "\n" : "", s->v[i].path);
        lw_insight_text(s->v[i].report, &names, cols, &text);
        print_lines(&text);
        lw_buf_fini(&text);
    }
    print_charts(charts, cols);
}

static void print_json(const struct study *s, const struct charts *charts)
{
    json_t *projects = json_array();
    for (size_t i = 0; i < s->n; i++) {
        struct lw_task_names names = {add_task, &s->v[i]};
        json_t *o = json_pack("{s:s}", "path", s->v[i].path);
        json_t *report = lw_insight_json(s->v[i].report, &names);
        json_object_update(o ? o : report, report);
        json_array_append_new(projects, o ? o : json_incref(report));
        json_decref(report);
    }
    lw_cli_print_json(json_pack("{s:o,s:o,s:o}", "projects", projects, "day",
        charts->any ? lw_work_chart_json(&charts->day) : json_null(), "week",
        charts->any ? lw_work_chart_json(&charts->week) : json_null()));
}

int lw_cmd_insight(struct lw_cli *c)
{
    struct study s = {.c = c};
    if (!read_options(&s))
        return lw_exit_status(LW_EUSAGE);
    s.n_paths = lw_cli_project_paths(c, &s.path);
    s.v = lw_alloc(s.n_paths * sizeof *s.v);
    s.work = lw_alloc(s.n_paths * sizeof(struct lw_worklog *));
    int status = study_all(&s);
    if (status == 0) {
        struct charts *charts = make_charts(&s);
        if (c->value[LW_OPT_SVG])
            status = write_svg(&s, charts);
        if (status == 0 && c->value[LW_OPT_JSON])
            print_json(&s, charts);
        else if (status == 0)
            print_text(&s, charts);
        free_charts(charts);
    }
    release(&s);
    return status;
}
