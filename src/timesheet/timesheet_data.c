/* Timesheets for programs: CSV for spreadsheets, JSON. Both have the same members, from one table.
 */
#include "labelwright/timesheet/timesheet_formats.h"

#include <inttypes.h>
#include <string.h>

static const struct {
    const char *name;
    size_t at; /* in the row */
} members[] = {
#define MS(name)                                                                                   \
    {                                                                                              \
#name "_ms", offsetof(struct lw_timesheet_row, name##_ms)                                  \
    }
#define COUNT(name)                                                                                \
    {                                                                                              \
#name, offsetof(struct lw_timesheet_row, name)                                             \
    }
    MS(active),
    MS(exact),
    MS(guidelines),
    MS(idle),
    MS(asleep),
    MS(break),
    COUNT(breaks),
    COUNT(sessions),
    COUNT(done),
    COUNT(skipped),
    COUNT(replaced),
    COUNT(undone),
    COUNT(timed),
#undef COUNT
#undef MS
};
enum { MEMBERS = sizeof members / sizeof *members };

static int64_t value_of(const struct lw_timesheet_row *row, size_t member)
{
    int64_t v; /* counts are unsigned, of the same size, and no journal reaches 2^63 of them */
    memcpy(&v, (const char *)row + members[member].at, sizeof v);
    return v;
}

static const char *name_of(const struct lw_timesheet *t, const struct lw_timesheet_row *row)
{
    return row->project == LW_TWICE ? "(counted twice)" : t->opts.project[row->project].name;
}

/* ---- CSV */

static void add_cell(struct lw_buf *to, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        lw_buf_str(to, text);
        return;
    }
    lw_buf_char(to, '"');
    for (; *text; text++) {
        if (*text == '"')
            lw_buf_char(to, '"');
        lw_buf_char(to, *text);
    }
    lw_buf_char(to, '"');
}

static void add_line(const struct lw_timesheet *t, const struct lw_timesheet_row *row, bool period,
    struct lw_buf *to)
{
    char name[LW_PERIOD_MAX];
    lw_timesheet_period(t, row, name);
    if (period)
        lw_buf_fmt(to, "%s,", name);
    add_cell(to, name_of(t, row));
    lw_buf_char(to, ',');
    lw_clock_exact(row->active_ms, to);
    for (size_t i = 0; i < MEMBERS; i++)
        lw_buf_fmt(to, ",%" PRId64, value_of(row, i));
    if (row->timed)
        lw_buf_fmt(to, ",%" PRId64 ",%" PRId64 ",%" PRId64, row->lower, row->median, row->upper);
    else
        lw_buf_str(to, ",,,");
    for (int i = 0; i < 2; i++) {
        lw_buf_char(to, ',');
        if (row->seen)
            lw_local_text(i ? row->last : row->first, to);
    }
    lw_buf_str(to, "\n");
}

void lw_timesheet_csv(const struct lw_timesheet *t, struct lw_buf *to)
{
    bool period = t->opts.by != LW_BY_PROJECT;
    if (period)
        lw_buf_fmt(to, "%s,", lw_timesheet_by_name(t->opts.by));
    lw_buf_str(to, "project,active");
    for (size_t i = 0; i < MEMBERS; i++)
        lw_buf_fmt(to, ",%s", members[i].name);
    lw_buf_str(to, ",lower_ms,median_ms,upper_ms,first,last\n");
    for (size_t i = 0; i < t->nrows; i++)
        add_line(t, &t->row[i], period, to);
}

/* ---- JSON */

static json_t *sums_json(const struct lw_timesheet_row *row)
{
    json_t *o = json_object();
    for (size_t i = 0; i < MEMBERS; i++)
        json_object_set_new(o, members[i].name, json_integer(value_of(row, i)));
    return o;
}

static json_t *local_json(const struct lw_timesheet_row *row, struct lw_local_time t)
{
    if (!row->seen)
        return json_null();
    struct lw_buf b = {0};
    lw_local_text(t, &b);
    json_t *text = json_string(b.data);
    lw_buf_fini(&b);
    return text;
}

static json_t *date_json(int32_t day, int32_t none)
{
    char text[LW_DATE_MAX];
    if (day == none)
        return json_null();
    lw_date_format(day, text);
    return json_string(text);
}

static json_t *text_json(const char *text)
{
    json_t *v = json_string(text);
    return v ? v : json_string("(a name that is not UTF-8)");
}

static json_t *row_json(const struct lw_timesheet *t, const struct lw_timesheet_row *row)
{
    char period[LW_PERIOD_MAX];
    lw_timesheet_period(t, row, period);
    json_t *o = json_object();
    if (period[0])
        json_object_set_new(o, lw_timesheet_by_name(t->opts.by), json_string(period));
    json_object_set_new(
        o, "project", row->project == LW_TWICE ? json_null() : text_json(name_of(t, row)));
    json_object_set_new(o, "twice", json_boolean(row->project == LW_TWICE));
    json_t *sums = sums_json(row);
    json_object_update(o, sums);
    json_decref(sums);
    const struct {
        const char *name;
        int64_t ms;
    } parts[] = {{"lower_ms", row->lower}, {"median_ms", row->median}, {"upper_ms", row->upper}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        json_object_set_new(o, parts[i].name, row->timed ? json_integer(parts[i].ms) : json_null());
    json_object_set_new(o, "first", local_json(row, row->first));
    json_object_set_new(o, "last", local_json(row, row->last));
    return o;
}

static void add_note(
    const struct lw_timesheet *t, enum lw_timesheet_note_kind kind, size_t project, json_t *to)
{
    struct lw_buf text = {0};
    lw_timesheet_sentence(t, kind, project, &text);
    if (text.len > 0)
        json_array_append_new(
            to, json_pack("{s:s,s:I,s:I,s:o}", "about", lw_timesheet_note_name(kind), "n",
                    (json_int_t)t->note[kind].n, "ms", (json_int_t)t->note[kind].ms, "text",
                    text_json(text.data)));
    lw_buf_fini(&text);
}

static json_t *notes_json(const struct lw_timesheet *t)
{
    json_t *notes = json_array();
    for (int kind = 0; kind < LW_NOTE_DAMAGED; kind++)
        add_note(t, (enum lw_timesheet_note_kind)kind, SIZE_MAX, notes);
    for (size_t i = 0; i < t->opts.nprojects; i++)
        if (t->opts.project[i].damage)
            add_note(t, LW_NOTE_DAMAGED, i, notes);
    return notes;
}

json_t *lw_timesheet_json(const struct lw_timesheet *t)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < t->nrows; i++)
        json_array_append_new(rows, row_json(t, &t->row[i]));
    return json_pack("{s:s,s:o,s:o,s:s?,s:o,s:o,s:o}", "by", lw_timesheet_by_name(t->opts.by),
        "since", date_json(t->opts.since, LW_DAY_FIRST), "until",
        date_json(t->opts.until, LW_DAY_LAST), "rounding",
        t->opts.rounding ? t->opts.rounding->name : NULL, "rows", rows, "total",
        sums_json(&t->total), "notes", notes_json(t));
}
