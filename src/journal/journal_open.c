/* Opening a journal: folder, lock, repair, reading, and the events that opening itself appends.
 * What each step does is in the file of that name; this one has only their order and what stops it.
 */
#define _GNU_SOURCE
#include "journal/journal_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

/* ---- the folder */

static void warn_of_network(struct lw_journal *j)
{
    static const struct {
        unsigned long magic;
        const char *name;
    } table[] = {{0x6969, "NFS"}, {0x517B, "SMB"}, {0xFF534D42, "SMB"}, {0xFE534D42, "SMB"}};
    struct statfs fs;
    if (fstatfs(j->folder, &fs) != 0)
        return;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].magic == ((unsigned long)fs.f_type & 0xFFFFFFFF))
            lw_journal_note(j,
                "The journal is on a network disk (%s). It may lose saved labels, or "
                "let two sessions write at once. A local disk is safer.",
                table[i].name);
}

static enum lw_code check_folder(
    const struct lw_journal_opts *o, struct lw_journal *j, struct lw_err *err)
{
    struct stat st;
    if (o->sys->fstat(o->sys, j->folder, &st) != 0)
        return lw_fail_errno(err, "%s: cannot read", o->name);
    j->folder_dev = st.st_dev;
    j->folder_ino = st.st_ino;
    if (o->read_only)
        return LW_OK;
    if (st.st_uid != geteuid())
        return lw_fail(err, LW_EREFUSED,
            "%s belongs to another user. Only its owner can write a journal. Use chown, "
            "or your own copy.",
            o->name);
    if ((st.st_mode & 077) && o->sys->fchmod(o->sys, j->folder, 0700) == 0)
        lw_journal_note(j,
            "Other users could read your labels in %s. Fixed: now private (mode 0700).", o->name);
    warn_of_network(j);
    return LW_OK;
}

static int open_folder(const struct lw_journal_opts *o)
{
    return lw_dir_open(o->sys, o->dir, o->name);
}

static enum lw_code cannot_make(const struct lw_journal_opts *o, struct lw_err *err)
{
    struct lw_err why = {0};
    enum lw_code code = lw_fail_errno(&why, "%s: cannot create the folder", o->name);
    return lw_fail(err, code, "%s. %s", why.text,
        code == LW_EFULL
            ? "Free some space and try again."
            : "Labels are saved in the project folder: copy the project to a place where you "
              "can write.");
}

static enum lw_code folder(
    const struct lw_journal_opts *o, struct lw_journal *j, struct lw_err *err)
{
    j->folder = open_folder(o);
    if (j->folder < 0 && errno == ENOENT && !o->read_only) {
        if (o->sys->mkdirat(o->sys, o->dir, o->name, 0700) != 0 && errno != EEXIST)
            return cannot_make(o, err);
        j->folder = open_folder(o);
    }
    if (j->folder < 0 && (errno == ELOOP || errno == ENOTDIR))
        return lw_fail(err, LW_EREFUSED,
            "%s must be a real folder, not a symbolic link or a file. Put the folder itself there.",
            o->name);
    if (j->folder < 0)
        return lw_fail_errno(err, "%s: cannot open", o->name);
    return check_folder(o, j, err);
}

/* ---- reading */

struct opening {
    const struct lw_journal_opts *o;
    struct lw_journal *j;
    struct lw_segments segments;
    struct lw_walk walk;
    struct lw_repair repair;
    char *annotator; /* of the first line; NULL when unknown */
};

static void on_finding(void *ctx, enum lw_finding kind, const char *text)
{
    struct lw_journal *j = ctx;
    bool damage = kind == LW_FOUND_DAMAGE || kind == LW_FOUND_LOST || kind == LW_FOUND_BREAK;
    if (damage && !j->damage)
        j->damage = lw_format("%s/%s", j->name, text);
    if (kind != LW_FOUND_TORN)
        lw_journal_note(j, "%s/%s", j->name, text);
}

static enum lw_code check_annotator(struct opening *a, struct lw_err *err)
{
    const char *asked = a->o->annotator;
    a->annotator = lw_walk_annotator(&a->walk);
    if (a->annotator && asked && strcmp(a->annotator, asked) != 0)
        return lw_fail(err, LW_EBAD,
            "%s belongs to annotator %s. To label as %s, use your own journal: journal-%s",
            a->o->name, a->annotator, asked, asked);
    a->j->annotator = lw_strdup(a->annotator ? a->annotator : asked ? asked : "");
    return LW_OK;
}

static enum lw_code start_over(struct opening *a, struct lw_err *err)
{
    lw_journal_note(a->j,
        "%s has changed since it was last closed (at event %" PRIu64
        "). Was it replaced or edited? It is read again from the start.",
        a->o->name, a->o->from.seq);
    if (a->o->restart)
        a->o->restart(a->o->ctx);
    lw_walk_fini(&a->walk);
    struct lw_walk *w = &a->walk;
    *w = (struct lw_walk){.sys = w->sys,
        .sealed = w->sealed,
        .whole = w->whole,
        .folder = w->folder,
        .segments = w->segments,
        .each = w->each,
        .each_ctx = w->each_ctx,
        .report = w->report,
        .report_ctx = w->report_ctx};
    return lw_walk_run(w, NULL, err);
}

static enum lw_code read_events(struct opening *a, struct lw_err *err)
{
    const struct lw_mark *from = &a->o->from;
    bool resume = from->seq > 0;
    if (resume && !lw_walk_has_mark(&a->walk, from))
        return start_over(a, err);
    enum lw_code code = lw_walk_run(&a->walk, resume ? from : NULL, err);
    if (code == LW_OK && a->walk.stale)
        code = start_over(a, err);
    return code;
}

static enum lw_code read_journal(struct opening *a, struct lw_err *err)
{
    struct lw_journal *j = a->j;
    a->walk = (struct lw_walk){.sys = j->sys,
        .folder = j->folder,
        .segments = &a->segments,
        .sealed = a->repair.suspect,
        .whole = j->mode == LW_JOURNAL_READ_ONLY, /* the session that writes has repaired it */
        .each = a->o->each,
        .each_ctx = a->o->ctx,
        .report = on_finding,
        .report_ctx = j};
    struct lw_err why = {0};
    enum lw_code code = check_annotator(a, err);
    if (code == LW_OK && (code = read_events(a, &why)) != LW_OK)
        lw_fail(err, code, "%s/%s", j->name, why.text);
    if (code != LW_OK)
        return code;
    memcpy(j->id, a->walk.id, sizeof j->id);
    j->last = a->walk.last;
    j->next_seq = a->walk.highest + 1;
    j->read_from = a->walk.floor + 1;
    return LW_OK;
}

static bool is_new(const struct opening *a)
{
    return a->walk.last.seq == 0 && a->walk.damaged == 0;
}

static enum lw_code check_kind(const struct opening *a, struct lw_err *err)
{
    if (a->walk.last.seq == 0 && a->walk.damaged > 0)
        return lw_fail(err, LW_EBAD,
            "%s contains no journal line. Move the folder away to start a new journal.",
            a->o->name);
    if (a->j->mode == LW_JOURNAL_WRITABLE && a->j->next_seq + LW_SEQ_ROOM > LW_SEQ_MOST)
        return lw_fail(err, LW_EBAD,
            "%s is numbered up to event %" PRIu64
            ", so nothing can be added. Real work never gets there: ask where it comes from. Move "
            "the folder away to start a new journal.",
            a->o->name, a->j->last.seq);
    if (is_new(a) && a->j->owner)
        return lw_fail(
            err, LW_EBUSY, "%s is just being created by %s. Try again.", a->o->name, a->j->owner);
    if (is_new(a) && a->j->mode == LW_JOURNAL_READ_ONLY)
        return lw_fail(err, LW_EABSENT, "%s: there is no journal yet", a->o->name);
    return LW_OK;
}

/* ---- the opening's own events */

/* Takes the body. */
static enum lw_code append_event(struct opening *a, json_t *body, struct lw_err *err)
{
    struct lw_event e;
    enum lw_code code = lw_journal_append(a->j, &body, 1, &e, err);
    json_decref(body);
    if (code == LW_OK && a->o->each)
        a->o->each(a->o->ctx, &e);
    return code;
}

static enum lw_code begin_journal(struct opening *a, struct lw_err *err)
{
    struct lw_journal *j = a->j;
    unsigned char id[(LW_JOURNAL_ID_HEX - 1) / 2];
    if (!a->o->annotator || !*a->o->annotator)
        return lw_fail(err, LW_EUSAGE, "a new journal needs an annotator");
    ssize_t n;
    do
        n = j->sys->random(j->sys, id, sizeof id);
    while (n < 0 && errno == EINTR);
    if (n != (ssize_t)sizeof id)
        return lw_fail(err, LW_EIO, "cannot get random numbers for the journal's id");
    lw_hex(id, sizeof id, j->id);
    if (a->o->created)
        a->o->created(a->o->created_ctx, j->id);
    json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s%}", "type", "journal", "annotator",
        a->o->annotator, "title", a->o->title ? a->o->title : "", "version", LW_VERSION, "seed",
        j->id, (size_t)16);
    if (!body)
        return lw_fail(err, LW_EUSAGE, "the annotator or the title is not UTF-8");
    enum lw_code code = j->fd < 0 || a->repair.suspect ? lw_segment_start(j, err) : LW_OK;
    if (code != LW_OK) {
        json_decref(body);
        return code;
    }
    return append_event(a, body, err);
}

static json_t *damage_event(const struct lw_walk *w)
{
    char name[LW_SEGMENT_NAME];
    lw_segment_name(w->damage.segment, name);
    return json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:s}", "type", "recovered", "what", "damage",
        "file", name, "line", (json_int_t)w->damage.line, "offset", (json_int_t)w->damage.offset,
        "lines", (json_int_t)w->damage.lines, "why", w->damage.why);
}

/* A damaged segment, or one that could not be repaired, is never written again. */
static void seal(struct opening *a, json_t *body)
{
    struct lw_err why = {0};
    enum lw_code code = lw_segment_start(a->j, &why);
    if (code == LW_OK)
        code = append_event(a, body, &why);
    else
        json_decref(body);
    if (code != LW_OK && a->j->mode == LW_JOURNAL_WRITABLE)
        lw_journal_block(a->j, &why);
}

static json_t *recovered_event(struct opening *a)
{
    char name[LW_SEGMENT_NAME];
    lw_segment_name(a->j->segment, name);
    if (a->repair.recovered)
        return json_incref(a->repair.recovered);
    return json_pack("{s:s, s:s, s:s}", "type", "recovered", "what",
        a->repair.suspect ? "suspect" : "order", "file", name);
}

/* Records a repair. If the disk is full just now, that can wait. */
static void append_recovered(struct opening *a)
{
    struct lw_err why = {0};
    enum lw_code code = append_event(a, recovered_event(a), &why);
    if (code != LW_OK && a->j->mode == LW_JOURNAL_WRITABLE)
        lw_journal_note(a->j, "%s", why.text);
}

static enum lw_code append_opening_events(struct opening *a, struct lw_err *err)
{
    struct lw_journal *j = a->j;
    if (j->mode != LW_JOURNAL_WRITABLE)
        return LW_OK;
    if (is_new(a))
        return begin_journal(a, err);
    if (a->walk.damage.segment == j->segment)
        seal(a, damage_event(&a->walk));
    else if (a->repair.suspect)
        seal(a, recovered_event(a));
    else if (a->repair.recovered || j->next_seq != j->last.seq + 1)
        append_recovered(a);
    return LW_OK;
}

/* ---- opening */

static enum lw_code lock(struct opening *a, struct lw_err *err)
{
    struct lw_journal *j = a->j;
    enum lw_code code = lw_journal_lock(j, err);
    if (code != LW_OK)
        return code;
    j->mode = j->lock >= 0 ? LW_JOURNAL_WRITABLE : LW_JOURNAL_READ_ONLY;
    return LW_OK;
}

/* A killed session may have left file names that are not synced yet. */
static enum lw_code repair(struct opening *a, struct lw_err *err)
{
    enum lw_code code = lw_repair_modes(a->j, &a->segments, err);
    if (code == LW_OK)
        code = lw_dir_sync(a->j->sys, a->o->dir, err);
    if (code == LW_OK)
        code = lw_dir_sync(a->j->sys, a->j->folder, err);
    if (code == LW_OK)
        code = lw_repair_tail(a->j, &a->segments, &a->repair, err);
    return code;
}

static enum lw_code open_all(struct opening *a, struct lw_err *err)
{
    struct lw_journal *j = a->j;
    enum lw_code code = folder(a->o, j, err);
    if (code == LW_OK && !a->o->read_only)
        code = lock(a, err);
    if (code == LW_OK)
        code = lw_segments_list(j->sys, j->folder, &a->segments, err);
    if (code == LW_OK && j->mode == LW_JOURNAL_WRITABLE)
        code = repair(a, err);
    if (code == LW_OK)
        code = read_journal(a, err);
    if (code == LW_OK)
        code = check_kind(a, err);
    if (code == LW_OK && j->mode == LW_JOURNAL_WRITABLE && a->o->may_append && !is_new(a))
        code = a->o->may_append(a->o->may_append_ctx, j->id, a->walk.highest, err);
    if (code != LW_OK)
        return code;
    struct stat st;
    if (j->fd >= 0 && j->sys->fstat(j->sys, j->fd, &st) == 0)
        j->offset = j->written_from = (uint64_t)st.st_size;
    return append_opening_events(a, err);
}

static struct lw_journal *blank(const struct lw_journal_opts *o)
{
    struct lw_journal *j = lw_alloc(sizeof *j);
    j->sys = o->sys;
    j->folder = j->lock = j->fd = -1;
    j->dir = o->dir;
    j->name = lw_strdup(o->name);
    j->purpose = o->purpose;
    j->mode = LW_JOURNAL_READ_ONLY;
    j->limit = o->segment_bytes ? o->segment_bytes : LW_SEGMENT_BYTES;
    memcpy(j->last.hash, lw_no_hash, sizeof lw_no_hash);
    return j;
}

enum lw_code lw_journal_open(
    const struct lw_journal_opts *opts, struct lw_journal **to, struct lw_err *err)
{
    *to = NULL;
    if (strchr(opts->name, '/') || opts->name[0] == '.' || !opts->name[0])
        return lw_fail(err, LW_EUSAGE, "%s: not a valid journal name", opts->name);
    struct opening a = {.o = opts, .j = blank(opts)};
    enum lw_code code = open_all(&a, err);
    lw_walk_fini(&a.walk);
    free(a.segments.number);
    free(a.annotator);
    json_decref(a.repair.recovered);
    if (code != LW_OK)
        lw_journal_close(a.j);
    else
        *to = a.j;
    return code;
}

enum lw_code lw_journal_lock_only(
    const struct lw_sys *sys, int dir, const char *name, struct lw_journal **to, struct lw_err *err)
{
    struct lw_journal *j = lw_alloc(sizeof *j);
    *j = (struct lw_journal){
        .sys = sys, .folder = -1, .lock = -1, .fd = -1, .dir = dir, .name = lw_strdup(name)};
    *to = j;
    j->folder = lw_dir_open(sys, dir, name);
    if (j->folder < 0)
        return lw_fail_errno(err, "%s: cannot open", name);
    enum lw_code code = lw_journal_lock(j, err);
    if (code == LW_OK && j->lock < 0 && j->owner)
        code = lw_fail(err, LW_EBUSY, "%s is open in another labelwright (%s). Quit it first.",
            name, j->owner);
    else if (code == LW_OK && j->lock < 0)
        code = lw_fail(err, LW_EBUSY, "%s cannot be written here.", name);
    return code;
}
