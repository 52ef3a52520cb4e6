#define _GNU_SOURCE
#include "data/journal_impl.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct check {
    void (*each)(void *ctx, const char *finding);
    void *ctx;
    struct lw_verdict *to;
};

static void on_finding(void *ctx, enum lw_finding kind, const char *text)
{
    struct check *c = ctx;
    if (c->each)
        c->each(c->ctx, text);
    if ((kind == LW_FOUND_DAMAGE || kind == LW_FOUND_BREAK) && !c->to->first_damage[0])
        snprintf(c->to->first_damage, sizeof c->to->first_damage, "%s", text);
}

static enum lw_code check_file(
    const struct lw_sys *sys, int folder, const char *name, struct check *c, struct lw_err *err)
{
    struct stat st;
    int fd;
    char text[200];
    enum lw_code code = lw_journal_file(sys, folder, name, O_RDONLY, &fd, &st, err);
    if (code != LW_OK)
        return code;
    sys->close(sys, fd);
    if (st.st_mode & 077) {
        snprintf(text, sizeof text, "%s: other users have access (mode %04o)", name,
            (unsigned)st.st_mode & 07777);
        on_finding(c, LW_FOUND_REMARK, text);
    }
    if (st.st_nlink > 1) {
        snprintf(text, sizeof text, "%s: has a second name (a hard link)", name);
        on_finding(c, LW_FOUND_REMARK, text);
    }
    return LW_OK;
}

static void check_start(struct lw_walk *w, struct check *c)
{
    struct lw_buf buf = {0};
    struct lw_line l;
    if (lw_walk_first(w, &buf, &l) && l.type != LW_EV_JOURNAL)
        on_finding(c, LW_FOUND_BREAK, "the journal does not begin with its \"journal\" line");
    lw_buf_fini(&buf);
}

static enum lw_code check_all(
    struct lw_walk *w, const struct lw_segments *s, struct check *c, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < s->n && code == LW_OK; i++) {
        char name[LW_SEGMENT_NAME];
        lw_segment_name(s->number[i], name);
        code = check_file(w->sys, w->folder, name, c, err);
    }
    if (code == LW_OK)
        code = lw_walk_run(w, NULL, err);
    if (code == LW_OK && s->n > 0)
        check_start(w, c);
    return code;
}

static void conclude(const struct lw_walk *w, struct check *c)
{
    struct lw_verdict *v = c->to;
    v->events = w->events;
    v->segments = (uint32_t)w->segments->n;
    v->damaged = w->damaged;
    v->breaks = w->breaks;
    v->torn = w->torn;
    if (w->events > 0)
        memcpy(v->head, w->last.hash, sizeof v->head);
    if (w->torn > 0) {
        char text[100];
        snprintf(text, sizeof text, "%llu bytes are of unfinished lines, which were never saved",
            (unsigned long long)w->torn);
        on_finding(c, LW_FOUND_TORN, text);
    }
}

enum lw_code lw_journal_verify(const struct lw_sys *sys, int dir, const char *name,
    void (*each)(void *ctx, const char *finding), void *ctx, struct lw_verdict *to,
    struct lw_err *err)
{
    struct lw_segments segments = {0};
    struct check c = {each, ctx, to};
    *to = (struct lw_verdict){0};
    int folder = sys->openat(sys, dir, name, O_RDONLY | O_DIRECTORY, 0);
    if (folder < 0)
        return lw_fail_errno(err, "%s: cannot open", name);
    struct lw_walk w = {.sys = sys,
        .folder = folder,
        .segments = &segments,
        .parse = true,
        .tell = on_finding,
        .tell_ctx = &c};
    struct lw_err why = {0};
    enum lw_code code = lw_segments_list(sys, folder, &segments, err);
    if (code == LW_OK && segments.n == 0)
        code = lw_fail(err, LW_EABSENT, "%s: there is no journal yet", name);
    if (code == LW_OK && (code = check_all(&w, &segments, &c, &why)) != LW_OK)
        lw_fail(err, code, "%s/%s", name, why.text);
    if (code == LW_OK)
        conclude(&w, &c);
    lw_walk_fini(&w);
    free(segments.number);
    sys->close(sys, folder);
    return code;
}
