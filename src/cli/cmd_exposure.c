/* `labelwright exposure`: how much of each tag that hides tasks was seen, by day and week, from the
 * journals of the projects named. Reads journals alone, and writes nothing. */
#include "cli/cli_internal.h"

#include "labelwright/base/date.h"
#include "labelwright/worklog/exposure.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct job {
    const struct lw_cli *c;
    struct lw_exposure *exposure;
    int32_t since, until;
};

/* What is printed: of a day, of a week (its Monday), or of all. The time of a day is rounded to
 * seconds, and other times are sums of such. */
struct line {
    int64_t day;
    const char *tag;
    int64_t ms, seconds;
    uint64_t tasks, characters, pictures;
};

struct lines {
    struct line *v;
    size_t n;
};

/* ---- options */

/* ---- reading */

static void fold(void *ctx, const struct lw_event *e)
{
    lw_exposure_fold(ctx, e);
}

static int read_journal(struct job *j, struct lw_workspace *w)
{
    struct lw_err err = {0};
    struct lw_journal_opts opts = {.sys = w->sys,
        .dir = w->dir,
        .name = w->journal_name,
        .annotator = w->annotator,
        .title = w->project->title,
        .read_only = true,
        .each = fold,
        .ctx = j->exposure};
    enum lw_code code = w->project->unmade ? LW_EABSENT : lw_journal_open(&opts, &w->journal, &err);
    if (code == LW_EABSENT)
        return lw_cli_fail_absent(w);
    if (code != LW_OK)
        return lw_cli_fail(NULL, &err);
    lw_cli_warn_notes(w, 0);
    return 0;
}

static int read_project(struct job *j, const char *path)
{
    struct lw_cli c = *j->c;
    struct lw_workspace w;
    struct lw_problems problems = {0};
    struct lw_err err = {0};
    c.path = path;
    struct lw_workspace_opts opts = lw_cli_workspace_opts(&c, true);
    if (lw_workspace_find(&opts, &w, &problems, &err) != LW_OK)
        return lw_cli_fail(&problems, &err);
    int status = read_journal(j, &w);
    lw_workspace_close(&w);
    return status;
}

/* ---- sums */

static int32_t same_day(int32_t day)
{
    return day;
}

static struct line *line_of(struct lines *to, int64_t day, const char *tag)
{
    for (size_t i = to->n; i-- > 0;)
        if (to->v[i].day == day && strcmp(to->v[i].tag, tag) == 0)
            return &to->v[i];
    to->v = lw_grow(to->v, to->n + 1, sizeof *to->v);
    to->v[to->n] = (struct line){.day = day, .tag = tag};
    return &to->v[to->n++];
}

static int by_day_and_tag(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    return x->day != y->day ? (x->day < y->day ? -1 : 1) : strcmp(x->tag, y->tag);
}

static void sort(struct lines *of)
{
    if (of->n > 0)
        qsort(of->v, of->n, sizeof *of->v, by_day_and_tag);
}

static struct lines group(const struct job *j, int32_t (*period)(int32_t day))
{
    size_t n;
    struct lines to = {0};
    const struct lw_exposure_row *row = lw_exposure_rows(j->exposure, &n);
    for (size_t i = 0; i < n; i++) {
        if (row[i].day < j->since || row[i].day > j->until)
            continue;
        struct line *l = line_of(&to, period((int32_t)row[i].day), row[i].tag);
        l->ms += row[i].ms;
        l->seconds += (row[i].ms + 500) / 1000;
        l->tasks += row[i].tasks;
        l->characters += row[i].characters;
        l->pictures += row[i].pictures;
    }
    sort(&to);
    return to;
}

static struct lines add_up(const struct lines *of)
{
    struct lines to = {0};
    for (size_t i = 0; i < of->n; i++) {
        struct line *l = line_of(&to, 0, of->v[i].tag);
        l->ms += of->v[i].ms;
        l->seconds += of->v[i].seconds;
        l->tasks += of->v[i].tasks;
        l->characters += of->v[i].characters;
        l->pictures += of->v[i].pictures;
    }
    sort(&to);
    return to;
}

/* ---- printing */

static json_t *line_json(const struct line *l, const char *when)
{
    json_t *o = json_object();
    char day[LW_DATE_MAX];
    lw_date_format((int32_t)l->day, day);
    if (when)
        json_object_set_new(o, when, json_string(day));
    json_object_set_new(o, "tag", json_string(l->tag));
    json_object_set_new(o, "tasks", json_integer((json_int_t)l->tasks));
    json_object_set_new(o, "ms", json_integer(l->ms));
    json_object_set_new(o, "characters", json_integer((json_int_t)l->characters));
    json_object_set_new(o, "pictures", json_integer((json_int_t)l->pictures));
    return o;
}

static json_t *lines_json(const struct lines *of, const char *when)
{
    json_t *all = json_array();
    for (size_t i = 0; i < of->n; i++)
        json_array_append_new(all, line_json(&of->v[i], when));
    return all;
}

static void print_line(const char *when, const struct line *l)
{
    char time[32];
    snprintf(time, sizeof time, "%" PRId64 ":%02d:%02d", l->seconds / 3600,
        (int)(l->seconds / 60 % 60), (int)(l->seconds % 60));
    char *before = lw_format("%-18s %6" PRIu64 " %9s %11" PRIu64 " %9" PRIu64 "  ", when, l->tasks,
        time, l->characters, l->pictures);
    lw_cli_print(before, l->tag);
    free(before);
}

static void print_lines(const struct lines *of, const char *when)
{
    for (size_t i = 0; i < of->n; i++) {
        char day[LW_DATE_MAX];
        lw_date_format((int32_t)of->v[i].day, day);
        char *words = lw_format("%s%s", when, day);
        print_line(words, &of->v[i]);
        free(words);
    }
}

static void print_text(
    const struct lines *days, const struct lines *weeks, const struct lines *totals)
{
    if (days->n == 0) {
        puts("Nothing of a tag that hides tasks was seen.");
        return;
    }
    printf("%-18s  tasks      time  characters  pictures  tag\n", "day");
    print_lines(days, "");
    if (weeks->v[0].day != weeks->v[weeks->n - 1].day)
        print_lines(weeks, "week of ");
    for (size_t i = 0; i < totals->n; i++)
        print_line("in all", &totals->v[i]);
    puts("A task counts once a session, and for each of its tags: tags do not add up.");
}

static void print_uncounted(size_t all, size_t uncounted)
{
    if (uncounted > 0)
        printf("%zu of %zu session%s %s by a version that counted nothing.\n", uncounted, all,
            all == 1 ? "" : "s", uncounted == 1 ? "was" : "were");
}

static void print(const struct job *j)
{
    size_t all, uncounted;
    struct lines days = group(j, same_day), weeks = group(j, lw_date_week), totals = add_up(&days);
    lw_exposure_sessions(j->exposure, &all, &uncounted);
    if (j->c->value[LW_OPT_JSON]) {
        lw_cli_print_json(json_pack("{s:o,s:o,s:o,s:{s:I,s:I}}", "days", lines_json(&days, "day"),
            "weeks", lines_json(&weeks, "week"), "totals", lines_json(&totals, NULL), "sessions",
            "all", (json_int_t)all, "uncounted", (json_int_t)uncounted));
    } else {
        print_text(&days, &weeks, &totals);
        print_uncounted(all, uncounted);
    }
    free(days.v);
    free(weeks.v);
    free(totals.v);
}

int lw_cmd_exposure(struct lw_cli *c)
{
    struct job j = {.c = c};
    if (!lw_cli_days(c, &j.since, &j.until))
        return lw_exit_status(LW_EUSAGE);
    j.exposure = lw_exposure_new();
    int status = read_project(&j, c->path);
    for (int i = 0; status == 0 && i < c->nmore; i++)
        status = read_project(&j, c->more[i]);
    if (status == 0)
        print(&j);
    lw_exposure_free(j.exposure);
    return status;
}
