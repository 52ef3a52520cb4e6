/* The only place where a session appends to the journal: each event gets the time since the
 * session's start, and an event before it when the clocks or the machine have moved to another
 * local time, or something was seen. What an event says is decided elsewhere, and so is what the
 * user is told. */
#include "sitting/sitting_internal.h"

#include "labelwright/journal/event.h"

#include <string.h>

enum { BODIES_MOST = 4 };

json_t *lw_sitting_start_event(const struct lw_sitting *s)
{
    char zone[LW_ZONE_MAX];
    lw_zone_format(lw_clock_utc_ms(s->view.opts.sys), zone);
    return lw_event_start(zone, s->view.opts.idle_ms);
}

static bool begins_session(const json_t *body)
{
    const char *what = json_string_value(json_object_get(body, "what"));
    return what && strcmp(what, "start") == 0;
}

/* The event that says so, where the local time is another than the journal has. */
static json_t *changed_zone(const struct lw_sitting *s, const char *zone)
{
    return zone[0] && strcmp(s->session.zone, zone) != 0 ? lw_event_zone(zone) : NULL;
}

/* A break, or the session's end: nobody knows when it goes on. */
static bool ends_work(const json_t *body)
{
    const char *type = json_string_value(json_object_get(body, "type"));
    const char *what = json_string_value(json_object_get(body, "what"));
    return strcmp(type, "break") == 0 || (what && strcmp(what, "stop") == 0);
}

enum lw_code lw_session_append(
    struct lw_sitting *s, json_t *const *body, size_t n, struct lw_err *err)
{
    const struct lw_sitting_opts *with = &s->view.opts;
    json_t *all[BODIES_MOST];
    struct lw_event e[BODIES_MOST];
    size_t count = 0;
    char zone[LW_ZONE_MAX];
    lw_zone_format(lw_clock_utc_ms(with->sys), zone);
    bool start = n > 0 && begins_session(body[0]);
    json_t *moved = start ? NULL : changed_zone(s, zone);
    if (start) {
        lw_session_clock_start(s);
        lw_seen_start(s);
        lw_rest_restart(s);
    }
    json_t *seen = start ? NULL : lw_seen_event(s, n == 0 || ends_work(body[n - 1]), zone);
    if (moved)
        all[count++] = moved;
    if (seen)
        all[count++] = seen;
    for (size_t i = 0; i < n; i++)
        all[count++] = body[i];
    if (count == 0)
        return LW_OK;
    struct lw_session_times times = lw_session_clock_read(s);
    for (size_t i = 0; i < count; i++)
        lw_event_set_times(all[i], &times);
    enum lw_code code = lw_journal_append(with->journal, all, count, e, err);
    if (code == LW_OK)
        memcpy(s->session.zone, zone, sizeof zone);
    if (code == LW_OK && seen)
        lw_seen_told(s);
    for (size_t i = 0; code == LW_OK && i < count; i++)
        lw_ledger_fold(with->ledger, &e[i]);
    json_decref(moved);
    json_decref(seen);
    return code;
}
