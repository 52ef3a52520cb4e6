/* Words of timesheets: periods, times, and the sentences about the figures. */
#include "labelwright/timesheet/timesheet_formats.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const by_names[] = {
    [LW_BY_DAY] = "day",
    [LW_BY_WEEK] = "week",
    [LW_BY_MONTH] = "month",
    [LW_BY_PROJECT] = "project",
};

const char *lw_timesheet_by_name(enum lw_timesheet_by by)
{
    return by_names[by];
}

bool lw_timesheet_by_find(const char *name, enum lw_timesheet_by *by)
{
    for (size_t i = 0; i < sizeof by_names / sizeof *by_names; i++)
        if (strcmp(by_names[i], name) == 0) {
            *by = (enum lw_timesheet_by)i;
            return true;
        }
    return false;
}

void lw_timesheet_period(
    const struct lw_timesheet *t, const struct lw_timesheet_row *row, char to[LW_PERIOD_MAX])
{
    int year;
    char day[LW_DATE_MAX];
    lw_date_format(row->day, day);
    to[0] = '\0';
    if (t->opts.by == LW_BY_DAY)
        snprintf(to, LW_PERIOD_MAX, "%s", day);
    if (t->opts.by == LW_BY_MONTH)
        snprintf(to, LW_PERIOD_MAX, "%.7s", day);
    if (t->opts.by == LW_BY_WEEK) {
        int week = lw_date_iso_week(row->day, &year);
        snprintf(to, LW_PERIOD_MAX, "%04u-W%02u", (unsigned)year % 10000, (unsigned)week % 100);
    }
}

void lw_clock_text(int64_t seconds, struct lw_buf *to)
{
    int64_t s = seconds < 0 ? -seconds : seconds;
    lw_buf_fmt(to, "%s%" PRId64 ":%02d:%02d", seconds < 0 ? "-" : "", s / 3600, (int)(s / 60 % 60),
        (int)(s % 60));
}

void lw_clock_exact(int64_t ms, struct lw_buf *to)
{
    int64_t size = ms < 0 ? -ms : ms;
    lw_buf_str(to, ms < 0 ? "-" : "");
    lw_clock_text(size / 1000, to);
    lw_buf_fmt(to, ".%03d", (int)(size % 1000));
}

void lw_local_text(struct lw_local_time t, struct lw_buf *to)
{
    char day[LW_DATE_MAX];
    int64_t ms = lw_local_ms(t);
    int minutes = (int)(t.zone_s < 0 ? -t.zone_s : t.zone_s) / 60;
    lw_date_format(lw_local_day(t), day);
    lw_buf_fmt(to, "%sT%02d:%02d:%02d.%03d%c%02d:%02d", day, (int)(ms / 3600000),
        (int)(ms / 60000 % 60), (int)(ms / 1000 % 60), (int)(ms % 1000), t.zone_s < 0 ? '-' : '+',
        minutes / 60, minutes % 60);
}

/* ---- sentences */

static const char *const note_names[LW_NOTES] = {
    [LW_NOTE_ROUNDED] = "rounded",
    [LW_NOTE_TWICE] = "twice",
    [LW_NOTE_ASLEEP] = "asleep",
    [LW_NOTE_FORWARD] = "clock_forward",
    [LW_NOTE_BACK] = "clock_back",
    [LW_NOTE_MOVED] = "local_time",
    [LW_NOTE_ENDLESS] = "no_end",
    [LW_NOTE_HEADLESS] = "no_start",
    [LW_NOTE_OLD] = "old",
    [LW_NOTE_SCRIPTED] = "by_script",
    [LW_NOTE_NO_ZONE] = "no_zone",
    [LW_NOTE_DAMAGED] = "damaged",
};

const char *lw_timesheet_note_name(enum lw_timesheet_note_kind kind)
{
    return note_names[kind];
}

/* %N: how many; %s: "s" unless one; %T: the time; %R: the rule; %U: the total not rounded; %P: the
 * project and where it is damaged. */
static const char *const sentences[LW_NOTES] = {
    [LW_NOTE_ROUNDED] = "Rounded: the active time of each row, %R. The total is the sum of the "
                        "rounded rows; not rounded it is %U.",
    [LW_NOTE_TWICE] = "Counted twice: %T of work lies in several projects at the same time, and is "
                      "taken off in rows of its own. Work is taken to lie right before what it "
                      "led to.",
    [LW_NOTE_ASLEEP] =
        "Asleep: the machine slept for %T in %N session%s. It is neither active nor idle time.",
    [LW_NOTE_FORWARD] = "Clock set forward by %T in %N session%s. Days go by the clock as it was, "
                        "times do not.",
    [LW_NOTE_BACK] =
        "Clock set back by %T in %N session%s. Days go by the clock as it was, times do not.",
    [LW_NOTE_MOVED] = "Local time changed %N time%s during a session. Each day is the local day "
                      "then and there.",
    [LW_NOTE_ENDLESS] = "No end: %N session%s crashed or still open. What came after the last "
                        "saved event is not counted.",
    [LW_NOTE_HEADLESS] = "No start: the first line of %N session%s is missing. The sums in the "
                         "other lines are counted.",
    [LW_NOTE_OLD] = "Older version: %N session%s with times of labels only, %T of active time. "
                    "Guidelines, lists and tasks left without a label are missing in it, and idle "
                    "time is that of labels.",
    [LW_NOTE_SCRIPTED] = "By script: %N label%s or skip%s without a session have no time.",
    [LW_NOTE_NO_ZONE] =
        "No local time in the journals of %N project%s: their days are those of UTC.",
    [LW_NOTE_DAMAGED] = "Damaged: %P. What is sound is counted. Run labelwright verify.",
};

static void add_time(int64_t ms, struct lw_buf *to)
{
    if (ms % 1000)
        lw_clock_exact(ms, to);
    else
        lw_clock_text(ms / 1000, to);
}

static void add_word(const struct lw_timesheet *t, const struct lw_timesheet_note *note, char what,
    size_t project, struct lw_buf *to)
{
    switch (what) {
    case 'N':
        lw_buf_fmt(to, "%" PRIu64, note->n);
        break;
    case 's':
        lw_buf_str(to, note->n == 1 ? "" : "s");
        break;
    case 'T':
        add_time(note->ms, to);
        break;
    case 'U':
        add_time(t->total.exact_ms, to);
        break;
    case 'R':
        lw_buf_str(to, t->opts.rounding->rule);
        break;
    default:
        lw_buf_fmt(to, "%s, %s", t->opts.project[project].name, t->opts.project[project].damage);
        break;
    }
}

void lw_timesheet_sentence(const struct lw_timesheet *t, enum lw_timesheet_note_kind kind,
    size_t project, struct lw_buf *to)
{
    if (t->note[kind].n == 0)
        return;
    for (const char *p = sentences[kind]; *p; p++)
        if (*p == '%')
            add_word(t, &t->note[kind], *++p, project, to);
        else
            lw_buf_char(to, *p);
}
