/* A timesheet for hledger, ledger and whatever else reads timeclock files. */
#include "labelwright/timesheet/timesheet_formats.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_S = 86400 };

/* Two blanks end an account's name, and a line is a line. */
static void add_account(struct lw_buf *to, const char *name)
{
    size_t before = to->len;
    for (; *name; name++) {
        bool blank = (unsigned char)*name <= ' ' || *name == 0x7F;
        if (!blank)
            lw_buf_char(to, *name == ';' ? ',' : *name); /* which would begin a comment */
        else if (to->len > before && to->data[to->len - 1] != ' ')
            lw_buf_char(to, ' ');
    }
    if (to->len == before)
        lw_buf_str(to, "unnamed");
}

static void add_moment(struct lw_buf *to, char what, int32_t day, int64_t s)
{
    char date[LW_DATE_MAX];
    lw_date_format(day + (int32_t)(s / DAY_S), date);
    s %= DAY_S;
    lw_buf_fmt(
        to, "%c %s %02d:%02d:%02d", what, date, (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

/* A clock-out on the next day would be split by its readers: such an entry begins earlier. */
static int64_t begin_of(const struct lw_session_day *s, int64_t seconds)
{
    int64_t begin = lw_local_ms(s->from) / 1000, latest = DAY_S - 1 - seconds;
    return begin <= latest ? begin : latest > 0 ? latest : 0;
}

static void add_entry(const struct lw_timesheet *t, const struct lw_session_day *s, int64_t seconds,
    struct lw_buf *to)
{
    int64_t begin = begin_of(s, seconds);
    add_moment(to, 'i', s->day, begin);
    lw_buf_char(to, ' ');
    add_account(to, t->opts.project[s->project].name);
    lw_buf_fmt(to, "  done %" PRIu64 ", skipped %" PRIu64 "\n", s->done, s->skipped);
    add_moment(to, 'o', s->day, begin + seconds);
    lw_buf_char(to, '\n');
}

void lw_timesheet_timeclock(const struct lw_timesheet *t, struct lw_buf *to)
{
    int64_t *rest = lw_alloc((t->opts.nprojects + 1) * sizeof *rest);
    lw_buf_str(to,
        "; Active time by labelwright: each entry begins with the session, and ends when "
        "its active time is over.\n");
    if (t->note[LW_NOTE_TWICE].ms)
        lw_buf_fmt(to, "; %" PRId64 " ms that another project counts too are left out.\n",
            t->note[LW_NOTE_TWICE].ms);
    for (size_t i = 0; i < t->nstretches; i++) {
        const struct lw_session_day *s = &t->stretch[i];
        int64_t ms = s->active_ms + rest[s->project];
        if (ms >= 1000)
            add_entry(t, s, ms / 1000, to);
        rest[s->project] = ms % 1000;
    }
    free(rest);
}
