/* A timesheet for calendars: iCalendar, RFC 5545. */
#include "labelwright/base/clock.h"
#include "labelwright/base/hash.h"
#include "labelwright/timesheet/timesheet_formats.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FOLD = 75, STAMP = 17 }; /* octets a line may have; "20261122T090001Z" and the NUL */

/* A content line, folded between characters. */
static void add_line(struct lw_buf *to, const struct lw_buf *line)
{
    size_t at = 0, room = FOLD;
    while (line->len - at > room) {
        size_t n = room;
        while (n > 1 && ((unsigned char)line->data[at + n] & 0xC0) == 0x80)
            n--;
        lw_buf_add(to, line->data + at, n);
        lw_buf_str(to, "\r\n ");
        at += n;
        room = FOLD - 1;
    }
    lw_buf_add(to, line->data + at, line->len - at);
    lw_buf_str(to, "\r\n");
}

static void add_text(struct lw_buf *to, const char *text)
{
    for (; *text; text++) {
        if (*text == '\n') {
            lw_buf_str(to, "\\n");
            continue;
        }
        if (strchr("\\;,", *text))
            lw_buf_char(to, '\\');
        if ((unsigned char)*text >= ' ' && *text != 0x7F) /* others are not allowed in a text */
            lw_buf_char(to, *text);
    }
}

static void stamp(int64_t utc_ms, char to[STAMP])
{
    char s[LW_STAMP_MAX];
    lw_stamp_format(utc_ms, s);
    snprintf(to, STAMP, "%.4s%.2s%.2sT%.2s%.2s%.2sZ", s, s + 5, s + 8, s + 11, s + 14, s + 17);
}

static void add_stamp(struct lw_buf *to, const char *name, int64_t utc_ms)
{
    char text[STAMP];
    stamp(utc_ms, text);
    lw_buf_fmt(to, "%s:%s\r\n", name, text);
}

static void add_words(
    const struct lw_timesheet *t, const struct lw_session_day *s, struct lw_buf *to)
{
    struct lw_buf line = {0}, words = {0};
    const char *name = t->opts.project[s->project].name;
    lw_buf_str(&line, "SUMMARY:");
    add_text(&line, name);
    add_line(to, &line);
    lw_buf_clear(&line);
    lw_clock_exact(s->active_ms, &words);
    lw_buf_fmt(&words, " active; done: %" PRIu64 ", skipped: %" PRIu64, s->done, s->skipped);
    lw_buf_str(&line, "DESCRIPTION:");
    add_text(&line, words.data);
    add_line(to, &line);
    lw_buf_fini(&line);
    lw_buf_fini(&words);
}

static void add_event(
    const struct lw_timesheet *t, const struct lw_session_day *s, struct lw_buf *to)
{
    const char *name = t->opts.project[s->project].name;
    lw_buf_fmt(to, "BEGIN:VEVENT\r\nUID:%016" PRIx64 "-%" PRIu64 "-%" PRId32 "@labelwright\r\n",
        lw_fingerprint(name, strlen(name)), s->seq, s->day);
    add_stamp(to, "DTSTAMP", s->to.utc_ms);
    add_stamp(to, "DTSTART", s->from.utc_ms);
    if (s->to.utc_ms / 1000 > s->from.utc_ms / 1000) /* an end must be later than the start */
        add_stamp(to, "DTEND", s->to.utc_ms);
    add_words(t, s, to);
    lw_buf_fmt(to, "X-LABELWRIGHT-ACTIVE-MS:%" PRId64 "\r\n", s->active_ms);
    if (s->twice_ms)
        lw_buf_fmt(to, "X-LABELWRIGHT-COUNTED-TWICE-MS:%" PRId64 "\r\n", s->twice_ms);
    lw_buf_str(to, "END:VEVENT\r\n");
}

void lw_timesheet_ics(const struct lw_timesheet *t, struct lw_buf *to)
{
    lw_buf_str(to, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//labelwright//labelwright//EN\r\n");
    for (size_t i = 0; i < t->nstretches; i++)
        add_event(t, &t->stretch[i], to);
    lw_buf_str(to, "END:VCALENDAR\r\n");
}
