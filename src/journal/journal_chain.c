/* Checks how lines follow each other.
 *
 * A line is valid when its frame, its hash and the journal's id are right. Every valid line is
 * given, whatever is around it: a label is never dropped because of its neighbour.
 *
 *   damage   A line that is not valid. If only newlines were damaged, the lines in it are salvaged.
 *            A gap in seq after damage is the loss it caused.
 *   double   A seq with a hash seen before: given once. A failed sync causes this: the same
 *            bytes are again at the start of the next segment.
 *   fork     A seq seen before with another hash: given too, and reported.
 *   missing  seq jumps, with no damage between: lines, or a whole segment, are gone.
 *   order    A line whose seq is below the one before it.
 *   broken   The right seq, but prev is not the hash of the line before.
 *
 * A segment may begin by going back: to a new line whose prev is the hash of a line seen before.
 * That is a failed sync whose first copy was damaged.
 * Bytes without a newline at the end of the last segment are a line being written, or torn: they
 * were never acknowledged. In an older segment they were left by a failing disk; valid lines among
 * them count. */
#define _GNU_SOURCE
#include "journal/journal_internal.h"
#include "labelwright/json/json_check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lw_walk_fini(struct lw_walk *w)
{
    lw_line_set_fini(&w->seen);
}

/* ---- reporting */

/* Reading may have begun in the middle of a segment: count its lines only when needed. */
static uint64_t line_number(struct lw_walk *w)
{
    if (w->base) {
        char name[LW_SEGMENT_NAME];
        struct stat st;
        int fd;
        lw_segment_name(w->segment, name);
        char *bytes = lw_alloc(w->base);
        if (lw_journal_file(w->sys, w->folder, name, 0, &fd, &st, NULL) == LW_OK) {
            if (lw_pread_all(w->sys, fd, bytes, w->base, 0, NULL) == LW_OK)
                for (char *p = bytes, *end = bytes + w->base;
                     (p = memchr(p, '\n', (size_t)(end - p))); p++)
                    w->line++;
            w->sys->close(w->sys, fd);
        }
        free(bytes);
        w->base = 0;
    }
    return w->line;
}

static void report(struct lw_walk *w, enum lw_finding kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void report(struct lw_walk *w, enum lw_finding kind, const char *fmt, ...)
{
    char text[300], name[LW_SEGMENT_NAME];
    if (kind == LW_FOUND_BREAK)
        w->breaks++;
    if (!w->report)
        return;
    lw_segment_name(w->segment, name);
    int n = snprintf(text, sizeof text, "%s:%" PRIu64 ": ", name, line_number(w));
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text + n, sizeof text - (size_t)n, fmt, ap);
    va_end(ap);
    w->report(w->report_ctx, kind, text);
}

static void damaged(struct lw_walk *w, uint64_t offset, const char *why)
{
    if (w->damage.segment != w->segment) {
        w->damage.segment = w->segment;
        w->damage.line = line_number(w);
        w->damage.offset = offset;
        w->damage.lines = 0;
        snprintf(w->damage.why, sizeof w->damage.why, "%s", why);
    }
    w->damage.lines++;
    w->damaged++;
    report(w, LW_FOUND_DAMAGE, "%s", why);
}

/* ---- the chain */

static void check_gap(struct lw_walk *w, uint64_t first, uint64_t last)
{
    bool lost = w->bad > 0;
    const char *what = lost ? "lost in the damage before this line" : "missing before this line";
    enum lw_finding kind = lost ? LW_FOUND_LOST : LW_FOUND_BREAK;
    if (first == last)
        report(w, kind, "event %" PRIu64 " is %s", first, what);
    else
        report(w, kind, "events %" PRIu64 " to %" PRIu64 " are %s", first, last, what);
}

static void check_order(struct lw_walk *w, const struct lw_journal_line *l)
{
    uint64_t expected = w->last.seq + 1;
    if (l->seq == expected && memcmp(l->prev, w->last.hash, LW_SHA256_HEX - 1) == 0)
        return;
    bool known = l->seq > 1 && lw_line_set_find(&w->seen, l->seq - 1, l->prev) == LW_LINE_SAME;
    if (w->begins && known)
        return;
    if (l->seq > expected && !known)
        check_gap(w, expected, l->seq - 1);
    else if (l->seq == expected)
        report(w, LW_FOUND_BREAK,
            "event %" PRIu64 " does not fit the line before it (\"prev\" hash)", l->seq);
    else
        report(w, LW_FOUND_BREAK, "wrong order: event %" PRIu64 " comes after event %" PRIu64,
            l->seq, w->last.seq);
}

static void check_json(struct lw_walk *w, const struct lw_event *e)
{
    if (!lw_json_is_object(e->text, e->pos.len - 1))
        report(w, LW_FOUND_BREAK, "event %" PRIu64 " is not valid JSON", e->seq);
}

static void emit(struct lw_walk *w, const struct lw_journal_line *l, struct lw_pos pos)
{
    struct lw_event e = {
        .type = l->type, .seq = l->seq, .time_ms = l->time_ms, .pos = pos, .text = l->text};
    memcpy(e.hash, l->hash, LW_SHA256_HEX - 1);
    w->events++;
    if (w->parse)
        check_json(w, &e);
    if (w->each)
        w->each(w->each_ctx, &e);
}

static void advance(struct lw_walk *w, const struct lw_journal_line *l, struct lw_pos pos)
{
    w->last =
        (struct lw_mark){.seq = l->seq, .segment = pos.segment, .offset = pos.offset + pos.len};
    memcpy(w->last.hash, l->hash, LW_SHA256_HEX - 1);
    if (l->seq > w->highest)
        w->highest = l->seq;
    w->bad = 0;
    w->begins = false;
}

/* Takes a valid line; false when it belongs to another journal. */
static bool accept(struct lw_walk *w, const struct lw_journal_line *l, uint64_t offset)
{
    struct lw_pos pos = {w->segment, (uint32_t)l->len + 1, (uint32_t)offset};
    if (!w->id[0])
        memcpy(w->id, l->id, LW_JOURNAL_ID_HEX - 1);
    if (memcmp(w->id, l->id, LW_JOURNAL_ID_HEX - 1) != 0)
        return false;
    enum lw_line_known seen = lw_line_set_find(&w->seen, l->seq, l->hash);
    if (seen != LW_LINE_SAME && l->seq <= w->floor) {
        w->stale = true;
        return true;
    }
    if (seen == LW_LINE_OTHER)
        report(w, LW_FOUND_BREAK,
            "event %" PRIu64 " is here a second time with other content (a fork)", l->seq);
    else if (seen == LW_LINE_NEW)
        check_order(w, l);
    if (seen != LW_LINE_SAME) {
        lw_line_set_add(&w->seen, l->seq, l->hash);
        emit(w, l, pos);
    }
    advance(w, l, pos);
    return true;
}

static size_t salvage(struct lw_walk *w, const char *text, size_t len, uint64_t offset)
{
    size_t n = 0;
    struct lw_journal_line l;
    for (const char *at = text; !w->stale && lw_journal_line_salvage(&at, text + len, &l);)
        n += accept(w, &l, offset + (uint64_t)(l.text - text));
    return n;
}

static void count_lost(struct lw_walk *w)
{
    w->bad++;
    if (w->last.seq + w->bad > w->highest)
        w->highest = w->last.seq + w->bad;
}

void lw_chain_segment(struct lw_walk *w, uint32_t segment)
{
    w->segment = segment;
    w->line = w->base = 0;
    w->strange = false;
    w->begins = true;
}

void lw_chain_line(struct lw_walk *w, const char *text, size_t len, uint64_t offset)
{
    struct lw_journal_line l;
    w->line++;
    const char *why = lw_journal_line_check(text, len, &l);
    if (!why && accept(w, &l, offset))
        return;
    if (!why) {
        if (!w->strange)
            damaged(w, offset, "from here on, the lines belong to another journal");
        w->strange = true;
        return;
    }
    damaged(w, offset, why);
    if (salvage(w, text, len, offset) == 0)
        count_lost(w);
    else
        w->bad = 1;
}

void lw_chain_too_long(struct lw_walk *w, uint64_t offset)
{
    w->line++;
    damaged(w, offset, "too long for a journal line");
    count_lost(w);
}

void lw_chain_unfinished(struct lw_walk *w, const char *text, size_t len, uint64_t offset)
{
    struct lw_journal_line l;
    w->line++;
    if (w->whole && !lw_journal_line_check(text, len, &l) && accept(w, &l, offset)) {
        report(w, LW_FOUND_REMARK,
            "the last line has no end of line; this is fixed when the project is opened");
        return;
    }
    if (w->sealed || w->segment != w->segments->number[w->segments->n - 1]) {
        report(w, LW_FOUND_TORN, "%zu bytes at the end are an incomplete line", len);
        if (salvage(w, text, len, offset) > 0)
            return;
    }
    w->torn += len;
}
