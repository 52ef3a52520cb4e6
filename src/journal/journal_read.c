/* Reads segments from the disk: all lines into the chain, the lines to send, or a single line.
 * Whether lines follow each other is for journal_chain.c; nothing here writes.
 *
 * Lines are found with memchr() in a window that grows by 64 KiB, so memory is bounded by the
 * longest line and the cost by SHA-256 of each line. */
#define _GNU_SOURCE
#include "journal/journal_internal.h"

#include "labelwright/json/json_members.h"
#include "labelwright/json/json_read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 64 * 1024 };

/* ---- raw lines of one open segment */

struct lines {
    const struct lw_sys *sys;
    int fd;
    struct lw_buf buf; /* holds file bytes [offset, offset + buf.len) */
    uint64_t offset;
    size_t at;   /* the next line begins here */
    size_t seen; /* no newline in [at, seen) */
    bool ended;
};

enum raw { RAW_LINE, RAW_LONG, RAW_UNFINISHED, RAW_END, RAW_FAILED };

/* Reads more bytes. */
static bool fill(struct lines *r, struct lw_err *err)
{
    if (r->at > 0) {
        memmove(r->buf.data, r->buf.data + r->at, r->buf.len - r->at);
        r->offset += r->at;
        r->buf.len -= r->at;
        r->seen -= r->at;
        r->at = 0;
    }
    char *to = lw_buf_room(&r->buf, CHUNK);
    size_t room = r->buf.cap - r->buf.len - 1;
    ssize_t n;
    do
        n = r->sys->pread(r->sys, r->fd, to, room, (off_t)(r->offset + r->buf.len));
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        lw_fail_errno(err, "cannot read the journal");
        return false;
    }
    r->buf.len += (size_t)n;
    r->ended = n == 0;
    return true;
}

/* The length of the line at r->at, without its newline. */
static enum raw next_line(struct lines *r, size_t *len, struct lw_err *err)
{
    bool dropped = false;
    for (;;) {
        char *from = r->buf.data ? r->buf.data + r->seen : NULL;
        char *end = from ? memchr(from, '\n', r->buf.len - r->seen) : NULL;
        if (end) {
            *len = (size_t)(end - r->buf.data) - r->at;
            r->seen = r->at + *len + 1;
            return dropped ? RAW_LONG : RAW_LINE;
        }
        r->seen = r->buf.len;
        if (r->ended) {
            *len = r->buf.len - r->at;
            return dropped ? RAW_LONG : *len > 0 ? RAW_UNFINISHED : RAW_END;
        }
        if (r->buf.len - r->at > LW_LINE_MAX) {
            dropped = true;
            r->at = r->buf.len;
        }
        if (!fill(r, err))
            return RAW_FAILED;
    }
}

static enum lw_code walk_lines(struct lw_walk *w, struct lines *r, struct lw_err *err)
{
    while (!w->stale) {
        size_t len = 0;
        enum raw raw = next_line(r, &len, err);
        if (raw == RAW_END)
            break;
        if (raw == RAW_FAILED)
            return LW_EIO;
        const char *text = r->buf.data + r->at;
        uint64_t offset = r->offset + r->at;
        if (raw == RAW_UNFINISHED)
            lw_chain_unfinished(w, text, len, offset);
        else if (raw == RAW_LONG)
            lw_chain_too_long(w, offset);
        else
            lw_chain_line(w, text, len, offset);
        if (raw == RAW_UNFINISHED)
            break;
        r->at = r->seen;
    }
    return LW_OK;
}

static enum lw_code walk_segment(
    struct lw_walk *w, uint32_t segment, uint64_t from, struct lw_buf *buf, struct lw_err *err)
{
    char name[LW_SEGMENT_NAME];
    struct stat st;
    struct lines r = {.sys = w->sys, .offset = from, .buf = *buf};
    lw_segment_name(segment, name);
    enum lw_code code = lw_journal_file(w->sys, w->folder, name, O_RDONLY, &r.fd, &st, err);
    if (code != LW_OK)
        return code;
    r.buf.len = 0;
    lw_chain_segment(w, segment);
    w->base = from;
    code = walk_lines(w, &r, err);
    w->sys->close(w->sys, r.fd);
    *buf = r.buf;
    return code;
}

enum lw_code lw_walk_run(struct lw_walk *w, const struct lw_mark *from, struct lw_err *err)
{
    struct lw_buf buf = {0};
    enum lw_code code = LW_OK;
    uint32_t first = from ? from->segment : 0;
    w->last = from ? *from : (struct lw_mark){0};
    if (!from)
        memcpy(w->last.hash, lw_no_hash, LW_SHA256_HEX);
    w->highest = w->floor = w->last.seq;
    for (size_t i = 0; i < w->segments->n && code == LW_OK && !w->stale; i++) {
        uint32_t n = w->segments->number[i];
        if (n >= first)
            code = walk_segment(w, n, from && n == first ? from->offset : 0, &buf, err);
    }
    lw_buf_fini(&buf);
    return code;
}

/* ---- lines for sending: valid lines only, the chain is not checked */

struct emitter {
    const struct lw_journal *j;
    uint32_t segment;
    enum lw_event_type only; /* LW_EV_UNKNOWN: all */
    bool (*each)(void *ctx, const struct lw_event *e);
    void *ctx;
};

static bool emit(const struct emitter *h, const struct lw_journal_line *l, uint64_t offset)
{
    if (memcmp(l->id, h->j->id, LW_JOURNAL_ID_HEX - 1) != 0 ||
        (h->only != LW_EV_UNKNOWN && l->type != h->only))
        return true;
    struct lw_event e = {.type = l->type,
        .seq = l->seq,
        .time_ms = l->time_ms,
        .pos = {h->segment, (uint32_t)l->len + 1, (uint32_t)offset},
        .text = l->text};
    memcpy(e.hash, l->hash, LW_SHA256_HEX - 1);
    return h->each(h->ctx, &e);
}

static bool emit_line(const struct emitter *h, const char *text, size_t len, uint64_t offset)
{
    struct lw_journal_line l;
    if (h->only != LW_EV_UNKNOWN && !lw_journal_line_may_be(h->only, text, len))
        return true;
    if (!lw_journal_line_check(text, len, &l))
        return emit(h, &l, offset);
    for (const char *at = text; lw_journal_line_salvage(&at, text + len, &l);)
        if (!emit(h, &l, offset + (uint64_t)(l.text - text)))
            return false;
    return true;
}

static enum lw_code emit_segment(
    const struct emitter *h, uint64_t from, struct lw_buf *buf, bool *more, struct lw_err *err)
{
    char name[LW_SEGMENT_NAME];
    struct stat st;
    struct lines r = {.sys = h->j->sys, .offset = from, .buf = *buf};
    lw_segment_name(h->segment, name);
    enum lw_code code = lw_journal_file(r.sys, h->j->folder, name, O_RDONLY, &r.fd, &st, err);
    if (code != LW_OK)
        return code;
    r.buf.len = 0;
    for (enum raw raw = RAW_LINE; *more && code == LW_OK;) {
        size_t len = 0;
        raw = next_line(&r, &len, err);
        if (raw == RAW_FAILED)
            code = LW_EIO;
        if (raw == RAW_END || raw == RAW_FAILED)
            break;
        if (raw != RAW_LONG)
            *more = emit_line(h, r.buf.data + r.at, len, r.offset + r.at);
        if (raw == RAW_UNFINISHED)
            break;
        r.at = r.seen;
    }
    r.sys->close(r.sys, r.fd);
    *buf = r.buf;
    return code;
}

static enum lw_code emit_all(struct emitter h, struct lw_mark from, struct lw_err *err)
{
    const struct lw_journal *j = h.j;
    struct lw_segments segments = {0};
    struct lw_buf buf = {0};
    bool more = true;
    enum lw_code code = lw_segments_list(j->sys, j->folder, &segments, err);
    for (size_t i = 0; i < segments.n && code == LW_OK && more; i++) {
        h.segment = segments.number[i];
        if (h.segment >= from.segment)
            code = emit_segment(&h, h.segment == from.segment ? from.offset : 0, &buf, &more, err);
    }
    lw_buf_fini(&buf);
    free(segments.number);
    return code;
}

enum lw_code lw_journal_lines(const struct lw_journal *j, struct lw_mark from,
    bool (*each)(void *ctx, const struct lw_event *e), void *ctx, struct lw_err *err)
{
    return emit_all((struct emitter){j, 0, LW_EV_UNKNOWN, each, ctx}, from, err);
}

enum lw_code lw_journal_lines_of(const struct lw_journal *j, enum lw_event_type type,
    bool (*each)(void *ctx, const struct lw_event *e), void *ctx, struct lw_err *err)
{
    return emit_all((struct emitter){j, 0, type, each, ctx}, (struct lw_mark){0}, err);
}

/* ---- single lines */

bool lw_walk_has_mark(struct lw_walk *w, const struct lw_mark *mark)
{
    char name[LW_SEGMENT_NAME];
    struct stat st;
    struct lw_buf buf = {0};
    struct lw_journal_line l;
    const char *text;
    int fd;
    lw_segment_name(mark->segment, name);
    if (lw_journal_file(w->sys, w->folder, name, O_RDONLY, &fd, &st, NULL) != LW_OK)
        return false;
    bool ok = mark->offset <= (uint64_t)st.st_size &&
              lw_journal_line_before(w->sys, fd, mark->offset, &buf, &text) &&
              !lw_journal_line_check(text, (size_t)(buf.data + buf.len - 1 - text), &l) &&
              l.seq == mark->seq && memcmp(l.hash, mark->hash, LW_SHA256_HEX - 1) == 0;
    if (ok)
        memcpy(w->id, l.id, LW_JOURNAL_ID_HEX - 1);
    w->sys->close(w->sys, fd);
    lw_buf_fini(&buf);
    return ok;
}

bool lw_walk_first(struct lw_walk *w, struct lw_buf *text, struct lw_journal_line *to)
{
    char name[LW_SEGMENT_NAME];
    struct stat st;
    struct lines r = {.sys = w->sys};
    size_t len = 0;
    if (w->segments->n == 0)
        return false;
    lw_segment_name(w->segments->number[0], name);
    if (lw_journal_file(w->sys, w->folder, name, O_RDONLY, &r.fd, &st, NULL) != LW_OK)
        return false;
    bool ok = next_line(&r, &len, NULL) == RAW_LINE;
    w->sys->close(w->sys, r.fd);
    *text = r.buf;
    return ok && !lw_journal_line_check(text->data, len, to);
}

static enum lw_code read_line(
    const struct lw_sys *sys, int fd, struct lw_pos pos, struct lw_buf *to, struct lw_err *err)
{
    size_t n = pos.len - 1;
    struct lw_journal_line l;
    char *text = lw_buf_room(to, n);
    enum lw_code code = lw_pread_all(sys, fd, text, n, (off_t)pos.offset, err);
    if (code != LW_OK)
        return code;
    const char *why = lw_journal_line_check(text, n, &l);
    if (why)
        return lw_fail(err, LW_EBAD, "%s", why);
    to->len += n;
    text[n] = '\0';
    return LW_OK;
}

static enum lw_code at_line(const struct lw_journal *j, const char *name, struct lw_pos pos,
    enum lw_code code, const char *why, struct lw_err *err)
{
    return lw_fail(err, code, "%s/%s, line at byte %llu: %s", j->name, name,
        (unsigned long long)pos.offset, why);
}

enum lw_code lw_journal_text(
    const struct lw_journal *j, struct lw_pos pos, struct lw_buf *to, struct lw_err *err)
{
    char name[LW_SEGMENT_NAME];
    struct stat st;
    struct lw_err why = {0};
    int fd;
    if (pos.len < 2 || pos.len > LW_LINE_MAX)
        return lw_fail(err, LW_EUSAGE, "no journal line has this length");
    lw_segment_name(pos.segment, name);
    enum lw_code code = lw_journal_file(j->sys, j->folder, name, O_RDONLY, &fd, &st, err);
    if (code != LW_OK)
        return code;
    code = read_line(j->sys, fd, pos, to, &why);
    j->sys->close(j->sys, fd);
    return code == LW_OK ? LW_OK : at_line(j, name, pos, code, why.text, err);
}

enum lw_code lw_journal_read(
    const struct lw_journal *j, struct lw_pos pos, json_t **to, struct lw_err *err)
{
    char name[LW_SEGMENT_NAME];
    struct lw_buf buf = {0};
    *to = NULL;
    enum lw_code code = lw_journal_text(j, pos, &buf, err);
    if (code == LW_OK) {
        *to = lw_json_read(buf.data, buf.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
        lw_segment_name(pos.segment, name);
        if (!*to)
            code = at_line(j, name, pos, LW_EBAD, "not valid JSON", err);
    }
    lw_buf_fini(&buf);
    return code;
}

/* ---- what a journal is, without opening it */

char *lw_walk_annotator(struct lw_walk *w)
{
    struct lw_buf buf = {0};
    struct lw_journal_line l;
    struct lw_member m;
    size_t len;
    char *who = NULL;
    if (lw_walk_first(w, &buf, &l) && l.type == LW_EV_JOURNAL &&
        lw_member_find(l.text, l.text + l.len, "annotator", &m))
        who = lw_member_text(&m, &len);
    lw_buf_fini(&buf);
    return who;
}

char *lw_journal_find_annotator(const struct lw_sys *sys, int dir, const char *name)
{
    struct lw_segments segments = {0};
    struct lw_walk w = {.sys = sys, .segments = &segments};
    char *who = NULL;
    w.folder = lw_dir_open(sys, dir, name);
    if (w.folder < 0)
        return NULL;
    if (lw_segments_list(sys, w.folder, &segments, NULL) == LW_OK)
        who = lw_walk_annotator(&w);
    free(segments.number);
    sys->close(sys, w.folder);
    return who;
}

bool lw_journal_find_id(
    const struct lw_sys *sys, int dir, const char *name, char id[LW_JOURNAL_ID_HEX])
{
    struct lw_segments segments = {0};
    struct lw_walk w = {.sys = sys, .segments = &segments};
    struct lw_buf buf = {0};
    struct lw_journal_line l;
    bool found = false;
    w.folder = lw_dir_open(sys, dir, name);
    if (w.folder < 0)
        return false;
    if (lw_segments_list(sys, w.folder, &segments, NULL) == LW_OK)
        found = lw_walk_first(&w, &buf, &l);
    if (found)
        snprintf(id, LW_JOURNAL_ID_HEX, "%.32s", l.id);
    lw_buf_fini(&buf);
    free(segments.number);
    sys->close(sys, w.folder);
    return found;
}

bool lw_journal_has_mark(
    const struct lw_sys *sys, int dir, const char *name, const struct lw_mark *mark)
{
    struct lw_walk w = {.sys = sys, .folder = lw_dir_open(sys, dir, name)};
    if (w.folder < 0)
        return false;
    bool bears = lw_walk_has_mark(&w, mark);
    sys->close(sys, w.folder);
    return bears;
}
