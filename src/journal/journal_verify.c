/* The whole check of a journal, read-only: lines, chain, modes, names, and what other records know
 * of it. It reports and repairs nothing. Costs one pass over all bytes, SHA-256 and JSON of every
 * line. */
#define _GNU_SOURCE
#include "journal/journal_internal.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXPECTED_MOST = 8 };

struct check {
    const struct lw_verify_opts *o;
    struct lw_verdict *to;
    bool found[EXPECTED_MOST];
    char names[10][120]; /* of files that are not part of the journal */
    size_t n_names;
};

static void on_finding(void *ctx, enum lw_finding kind, const char *text)
{
    struct check *c = ctx;
    if (c->o->each)
        c->o->each(c->o->ctx, text);
    if ((kind == LW_FOUND_DAMAGE || kind == LW_FOUND_BREAK) && !c->to->first_damage[0])
        snprintf(c->to->first_damage, sizeof c->to->first_damage, "%.*s",
            (int)sizeof c->to->first_damage - 1, text);
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
        snprintf(text, sizeof text, "%s: other users can read it (mode %04o); fix: chmod 600", name,
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
    struct lw_journal_line l;
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

/* ---- what other sources know of it */

static void on_event(void *ctx, const struct lw_event *e)
{
    struct check *c = ctx;
    for (size_t i = 0; i < c->o->n_expected && i < EXPECTED_MOST; i++)
        if (c->o->expected[i].seq == e->seq && strcmp(c->o->expected[i].hash, e->hash) == 0)
            c->found[i] = true;
}

static void check_expected(struct lw_walk *w, struct check *c)
{
    char text[200];
    for (size_t i = 0; i < c->o->n_expected && i < EXPECTED_MOST; i++) {
        const struct lw_expected *x = &c->o->expected[i];
        if (c->found[i])
            continue;
        w->breaks++;
        snprintf(
            text, sizeof text, "event %" PRIu64 " is missing or changed: it %s", x->seq, x->who);
        on_finding(c, LW_FOUND_BREAK, text);
    }
}

/* ---- other files in the folder */

static bool is_ours(const char *name)
{
    char segment[LW_SEGMENT_NAME];
    unsigned long n = strtoul(name, NULL, 10);
    lw_segment_name((uint32_t)(n <= LW_SEGMENT_LAST ? n : 0), segment);
    size_t len = strlen(segment);
    if (strcmp(name, "lock") == 0)
        return true;
    return n > 0 && strncmp(name, segment, len) == 0 &&
           (!name[len] || strncmp(name + len, ".torn", 5) == 0);
}

static void on_name(void *ctx, const char *name)
{
    struct check *c = ctx;
    const size_t most = sizeof c->names / sizeof *c->names;
    if (is_ours(name))
        return;
    if (c->n_names < most)
        snprintf(c->names[c->n_names], sizeof c->names[0], "%s", name);
    c->n_names++;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Conflict copies made by a sync program may hold labels that nothing else reads. */
static void check_names(struct lw_walk *w, struct check *c)
{
    const size_t most = sizeof c->names / sizeof *c->names;
    char text[200];
    if (w->sys->list(w->sys, w->folder, on_name, c) != 0)
        return;
    size_t n = c->n_names < most ? c->n_names : most;
    qsort(c->names, n, sizeof c->names[0], by_name);
    for (size_t i = 0; i < n; i++) {
        snprintf(
            text, sizeof text, "\"%s\" is not part of the journal; it is not read", c->names[i]);
        on_finding(c, LW_FOUND_REMARK, text);
    }
    if (c->n_names > most) {
        snprintf(text, sizeof text, "files that are not part of the journal: %zu more",
            c->n_names - most);
        on_finding(c, LW_FOUND_REMARK, text);
    }
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
        snprintf(text, sizeof text,
            "%llu bytes are incomplete lines: still being written, or cut off",
            (unsigned long long)w->torn);
        on_finding(c, LW_FOUND_TORN, text);
    }
}

enum lw_code lw_journal_verify(const struct lw_sys *sys, int dir, const char *name,
    const struct lw_verify_opts *opts, struct lw_verdict *to, struct lw_err *err)
{
    static const struct lw_verify_opts plain = {.each = NULL};
    struct lw_segments segments = {0};
    struct check c = {.o = opts ? opts : &plain, .to = to};
    *to = (struct lw_verdict){0};
    int folder = lw_dir_open(sys, dir, name);
    if (folder < 0)
        return lw_fail_errno(err, "%s: cannot open", name);
    struct lw_walk w = {.sys = sys,
        .folder = folder,
        .segments = &segments,
        .parse = !c.o->quick,
        .whole = true,
        .each = on_event,
        .each_ctx = &c,
        .report = on_finding,
        .report_ctx = &c};
    struct lw_err why = {0};
    enum lw_code code = lw_segments_list(sys, folder, &segments, err);
    if (code == LW_OK && segments.n == 0 && c.o->n_expected == 0)
        code = lw_fail(err, LW_EABSENT, "%s: there is no journal yet", name);
    if (code == LW_OK && (code = check_all(&w, &segments, &c, &why)) != LW_OK)
        lw_fail(err, code, "%s/%s", name, why.text);
    if (code == LW_OK) {
        check_expected(&w, &c);
        check_names(&w, &c);
        conclude(&w, &c);
    }
    lw_walk_fini(&w);
    free(segments.number);
    sys->close(sys, folder);
    return code;
}
