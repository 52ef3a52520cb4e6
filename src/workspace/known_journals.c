/* Which journals are known on this machine: one record each outside the project, whether a journal
 * may be continued, and the whole check that also compares with these records. The journal itself
 * is read by the journal room.
 *
 * To permit one, its id and the line at the checkpoint's mark are read; only when these do not fit
 * is all of it. */
#define _GNU_SOURCE
#include "labelwright/workspace/known_journals.h"

#include "labelwright/base/clock.h"
#include "labelwright/base/file.h"
#include "labelwright/journal/journal_read.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { RECORD_MAX = 8 * 1024 };

/* ---- the folder */

static int open_folder(const struct lw_sys *sys, bool make)
{
    const char *state = getenv("XDG_STATE_HOME");
    char *path = state && *state == '/'
                     ? lw_format("%s/labelwright/journals", state)
                     : lw_format("%s/.local/state/labelwright/journals", lw_home());
    int fd = lw_dir_open_path(sys, path, make);
    free(path);
    return fd;
}

/* ---- one journal's record */

static bool parse(const struct lw_buf *b, struct lw_mark *to)
{
    char hash[LW_SHA256_HEX];
    uint64_t seq;
    if (!b->data || sscanf(b->data, "%" SCNu64 " %64[0-9a-f]", &seq, hash) != 2 ||
        strlen(hash) != LW_SHA256_HEX - 1)
        return false;
    to->seq = seq;
    memcpy(to->hash, hash, sizeof hash);
    return true;
}

static enum lw_code load(const struct lw_sys *sys, const char *id, bool make, struct lw_mark *head)
{
    struct lw_buf b = {0};
    int dir = open_folder(sys, make);
    *head = (struct lw_mark){0};
    if (dir < 0)
        return errno == ENOENT && !make ? LW_EABSENT : LW_EIO;
    enum lw_code code = lw_file_read(sys, dir, id, NULL, RECORD_MAX, &b, NULL);
    if (code == LW_OK &&
        !parse(&b, head)) /* cut by a power loss: known, but not how far it reached */
        *head = (struct lw_mark){0};
    sys->close(sys, dir);
    lw_buf_fini(&b);
    return code == LW_OK || code == LW_EABSENT ? code : LW_EIO;
}

enum lw_code lw_known_load(const struct lw_sys *sys, const char *id, struct lw_mark *head)
{
    return load(sys, id, false, head);
}

enum lw_code lw_known_save(const struct lw_sys *sys, const char *id, const struct lw_mark *head,
    const char *path, struct lw_err *err)
{
    int dir = open_folder(sys, true);
    if (dir < 0)
        return lw_fail_errno(err, "cannot save which journals are yours");
    char *real = realpath(path, NULL);
    char *text = lw_format("%" PRIu64 " %s\n%s\n", head->seq,
        head->hash[0] ? head->hash
                      : "0000000000000000000000000000000000000000000000000000000000000000",
        real ? real : path);
    free(real);
    enum lw_code code = lw_file_replace(sys, dir, id, text, strlen(text), false, err);
    free(text);
    sys->close(sys, dir);
    return code;
}

/* ---- all of them */

struct known_place {
    char *id;
    int64_t used_ns; /* when its record was written last */
};

struct known_places {
    struct known_place *v;
    size_t n;
};

static void note_place(void *ctx, const char *name)
{
    struct known_places *all = ctx;
    if (name[0] == '.')
        return;
    all->v = lw_grow(all->v, all->n + 1, sizeof *all->v);
    all->v[all->n++] = (struct known_place){lw_strdup(name), 0};
}

static int newest_first(const void *a, const void *b)
{
    const struct known_place *x = a, *y = b;
    return x->used_ns != y->used_ns ? (x->used_ns < y->used_ns ? 1 : -1) : strcmp(x->id, y->id);
}

/* The second line of the record. */
static char *place_in(const struct lw_sys *sys, int dir, const char *id)
{
    struct lw_buf b = {0};
    char *place = NULL;
    lw_file_read(sys, dir, id, NULL, RECORD_MAX, &b, NULL);
    const char *line = b.data ? memchr(b.data, '\n', b.len) : NULL;
    const char *end = line ? memchr(line + 1, '\n', b.len - (size_t)(line + 1 - b.data)) : NULL;
    if (end && line[1] == '/')
        place = lw_strndup(line + 1, (size_t)(end - line) - 1);
    lw_buf_fini(&b);
    return place;
}

void lw_known_list(const struct lw_sys *sys, void (*each)(void *ctx, const char *path), void *ctx)
{
    struct known_places all = {0};
    int dir = open_folder(sys, false);
    if (dir < 0)
        return;
    sys->list(sys, dir, note_place, &all);
    for (size_t i = 0; i < all.n; i++) {
        struct stat st;
        if (sys->lstatat(sys, dir, all.v[i].id, &st) == 0)
            all.v[i].used_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
    }
    if (all.n > 1)
        qsort(all.v, all.n, sizeof *all.v, newest_first);
    for (size_t i = 0; i < all.n; i++) {
        char *place = place_in(sys, dir, all.v[i].id);
        if (place)
            each(ctx, place);
        free(place);
        free(all.v[i].id);
    }
    free(all.v);
    sys->close(sys, dir);
}

/* ---- whether a journal may be continued */

/* What a journal holds, read without changing it. */
struct contents {
    struct lw_mark wanted;
    bool found, other; /* the wanted event; another event with its number */
    uint64_t highest;
    struct lw_ledger *ledger;
    char id[LW_JOURNAL_ID_HEX];
    char *annotator;
};

static void note_event(void *ctx, const struct lw_event *e)
{
    struct contents *l = ctx;
    lw_ledger_fold(l->ledger, e);
    if (e->seq != l->wanted.seq)
        return;
    bool same = strcmp(e->hash, l->wanted.hash) == 0;
    *(same ? &l->found : &l->other) = true;
}

static enum lw_code read_contents(
    const struct lw_sys *sys, int dir, const char *name, struct contents *l, struct lw_err *err)
{
    struct lw_journal *j;
    struct lw_journal_opts o = {
        .sys = sys, .dir = dir, .name = name, .read_only = true, .each = note_event, .ctx = l};
    l->ledger = lw_ledger_new();
    enum lw_code code = lw_journal_open(&o, &j, err);
    if (code != LW_OK)
        return code;
    memcpy(l->id, lw_journal_id(j), sizeof l->id);
    l->annotator = lw_strdup(lw_journal_annotator(j));
    l->highest = lw_journal_highest(j);
    lw_journal_close(j);
    return LW_OK;
}

static void contents_fini(struct contents *l)
{
    lw_ledger_free(l->ledger);
    free(l->annotator);
}

static enum lw_code ask_about_unknown(
    const char *name, const struct contents *l, struct lw_err *err)
{
    struct lw_totals t = lw_ledger_totals(l->ledger);
    const struct lw_entry *last = lw_ledger_last(l->ledger);
    uint64_t labels = t.done + t.skipped;
    char stamp[LW_STAMP_MAX] = "", when[40] = "";
    if (last) {
        lw_stamp_format(last->time_ms, stamp);
        snprintf(when, sizeof when, ", the last on %.10s", stamp);
    }
    return lw_fail(err, LW_EASK,
        "This folder already has a journal: %s/ by %s, %" PRIu64
        " label%s%s. It was not made on this machine.",
        name, *l->annotator ? l->annotator : "an unknown person", labels, labels == 1 ? "" : "s",
        when);
}

static enum lw_code ask_about_copy(const char *name, const struct lw_mark *head, struct lw_err *err)
{
    return lw_fail(err, LW_EASK,
        "%s/ lacks event %" PRIu64
        ", which was saved on this machine. Is it an older copy? Labels from two copies cannot be "
        "sent together: restore the newer copy.",
        name, head->seq);
}

static bool is_same(const struct lw_mark *a, const struct lw_mark *b)
{
    return a->seq == b->seq && strcmp(a->hash, b->hash) == 0;
}

enum lw_code lw_known_permit(const struct lw_sys *sys, int dir, const char *name,
    const struct lw_mark *from, struct lw_known_journal *to, struct lw_err *err)
{
    struct contents l = {.ledger = NULL};
    struct lw_mark head;
    enum lw_code code = LW_OK;
    *to = (struct lw_known_journal){.known = true};
    bool quick = lw_journal_find_id(sys, dir, name, to->id);
    if (!quick && read_contents(sys, dir, name, &l, NULL) != LW_OK) {
        contents_fini(&l);
        return LW_OK; /* none yet, or it cannot be opened: opening will say why */
    }
    if (!quick)
        memcpy(to->id, l.id, sizeof l.id);
    code = load(sys, to->id, true, &head);
    to->known = code != LW_EABSENT;
    bool there = code == LW_OK && is_same(&head, from) && lw_journal_has_mark(sys, dir, name, from);
    bool sure = code == LW_EIO || there || (code == LW_OK && !head.seq);
    l.wanted = head;
    if (!sure && quick)
        read_contents(sys, dir, name, &l, NULL);
    if (sure || !l.annotator)
        code = LW_OK;
    else if (!to->known)
        code = ask_about_unknown(name, &l, err);
    else if (quick && !l.found && /* else the line is damaged: opening reports that and goes on */
             (l.other || l.highest < head.seq))
        code = ask_about_copy(name, &head, err);
    to->highest = l.highest;
    contents_fini(&l);
    return code;
}

void lw_known_update(const struct lw_sys *sys, int dir, const char *name, const char *path)
{
    struct lw_journal *j;
    struct lw_mark was, head;
    struct lw_journal_opts o = {.sys = sys, .dir = dir, .name = name, .read_only = true};
    if (lw_journal_open(&o, &j, NULL) != LW_OK)
        return;
    head = lw_journal_head(j);
    if (lw_known_load(sys, lw_journal_id(j), &was) == LW_OK)
        lw_known_save(sys, lw_journal_id(j), &head, path, NULL);
    lw_journal_close(j);
}

/* ---- the whole check */

static void expect(struct lw_expected *to, size_t *n, const struct lw_mark *mark, const char *who)
{
    if (mark->seq == 0)
        return;
    to[*n] = (struct lw_expected){.seq = mark->seq, .who = who};
    memcpy(to[*n].hash, mark->hash, sizeof mark->hash);
    ++*n;
}

enum lw_code lw_known_verify(const struct lw_sys *sys, int dir, const char *name, bool quick,
    void (*each)(void *ctx, const char *finding), void *ctx, struct lw_verdict *to,
    struct lw_err *err)
{
    struct lw_expected expected[2];
    struct lw_verify_opts o = {.each = each, .ctx = ctx, .quick = quick, .expected = expected};
    struct lw_mark mark;
    char id[LW_JOURNAL_ID_HEX];
    struct lw_ledger *l = lw_ledger_new();
    enum lw_code code = LW_OK;
    if (lw_journal_find_id(sys, dir, name, id) && (code = load(sys, id, false, &mark)) == LW_OK)
        expect(expected, &o.n_expected, &mark, "was saved on this machine");
    if (code != LW_EABSENT && lw_ledger_load(l, sys, dir, name, &mark))
        expect(expected, &o.n_expected, &mark, "was there when the project was last closed");
    lw_ledger_free(l);
    code = lw_journal_verify(sys, dir, name, &o, to, err);
    if (code != LW_EABSENT || o.n_expected == 0)
        return code;
    lw_err_clear(err);
    snprintf(to->first_damage, sizeof to->first_damage,
        "the journal is gone: event %" PRIu64 " was there when the project was last closed",
        mark.seq);
    if (each)
        each(ctx, to->first_damage);
    return LW_OK;
}

/* ---- a quick look */

static bool is_older(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec != b->tv_sec ? a->tv_sec < b->tv_sec : a->tv_nsec < b->tv_nsec;
}

/* The time of its bytes can be set, as by restoring a backup; that of the change cannot. */
static bool is_file_older(const struct stat *st, const struct timespec *saved)
{
    return is_older(&st->st_mtim, saved) && is_older(&st->st_ctim, saved);
}

/* Segments older than the checkpoint, which was written after them; none at all counts as not. The
 * folder tells whether one is gone or was put in its place. */
static bool are_files_older(
    const struct lw_sys *sys, int dir, const char *name, const struct timespec *saved)
{
    struct lw_segments segments = {0};
    struct stat st;
    int folder = lw_dir_open(sys, dir, name);
    if (folder < 0)
        return false;
    bool older = sys->fstat(sys, folder, &st) == 0 && is_file_older(&st, saved) &&
                 lw_segments_list(sys, folder, &segments, NULL) == LW_OK && segments.n > 0;
    for (size_t i = 0; i < segments.n && older; i++) {
        char file[LW_SEGMENT_NAME];
        lw_segment_name(segments.number[i], file);
        older = sys->lstatat(sys, folder, file, &st) == 0 && is_file_older(&st, saved);
    }
    free(segments.number);
    sys->close(sys, folder);
    return older;
}

bool lw_known_is_unchanged(const struct lw_sys *sys, int dir, const char *name,
    const struct lw_journal *j, const struct lw_ledger *ledger)
{
    struct lw_mark known, head = lw_journal_head(j);
    struct timespec saved;
    bool resumed = lw_journal_read_from(j) == head.seq + 1 && head.seq > 0;
    return resumed && !lw_journal_damage(j) && !lw_ledger_is_irregular(ledger) &&
           lw_known_load(sys, lw_journal_id(j), &known) == LW_OK && is_same(&known, &head) &&
           lw_ledger_saved_at(sys, dir, name, &saved) && are_files_older(sys, dir, name, &saved);
}
