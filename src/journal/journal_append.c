/* New lines, new segments, and disk errors.
 *
 *   write fails, or is short    cut back to the last good byte and sync; report the error, go on.
 *                               If cutting fails, the segment is suspect.
 *   sync fails                  never retried: the kernel has forgotten what it could not
 *                               write, and the next sync would report success. Suspect.
 *   the file is not as we left  another program changed it: journal_guard.c. Suspect, or
 *                               restored.
 *   suspect                     the same bytes go to a new segment. They may now be there twice; a
 *                               reader counts them once.
 *   that fails too              BLOCKED.
 */
#define _GNU_SOURCE
#include "journal/journal_internal.h"

#include "labelwright/base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* Skips names that a crash left behind or another program created. */
static int create_next(struct lw_journal *j, uint32_t *segment)
{
    for (uint32_t n = j->segment + 1; n <= LW_SEGMENT_LAST; n++) {
        char name[LW_SEGMENT_NAME];
        int fd;
        lw_segment_name(n, name);
        *segment = n;
        if (lw_file_create(j->sys, j->folder, name, NULL, O_RDWR | O_APPEND, &fd, NULL) !=
            LW_EREFUSED)
            return fd;
    }
    errno = EFBIG;
    return -1;
}

enum lw_code lw_journal_begin(struct lw_journal *j, struct lw_err *err)
{
    char name[LW_SEGMENT_NAME];
    uint32_t segment;
    int fd = create_next(j, &segment);
    lw_segment_name(segment, name);
    if (fd < 0)
        return lw_fail_errno(err, "%s/%s: cannot create", j->name, name);
    enum lw_code code = lw_dir_sync(j->sys, j->folder, err);
    if (code != LW_OK) {
        j->sys->close(j->sys, fd);
        j->sys->unlinkat(j->sys, j->folder, name);
        return code;
    }
    if (j->fd >= 0)
        j->sys->close(j->sys, j->fd);
    j->fd = fd;
    j->segment = segment;
    j->offset = j->held_from = 0;
    lw_buf_clear(&j->held);
    return LW_OK;
}

enum lw_code lw_journal_block(struct lw_journal *j, const struct lw_err *why)
{
    j->mode = LW_JOURNAL_BLOCKED;
    lw_journal_note(j,
        "No more labels can be saved (%s). Saved labels are safe and can be exported. Fix this, "
        "then open the project again.",
        why->text);
    return LW_EIO;
}

/* ---- one batch */

static bool cut_back(struct lw_journal *j)
{
    int r;
    do
        r = j->sys->ftruncate(j->sys, j->fd, (off_t)j->offset);
    while (r != 0 && errno == EINTR);
    return r == 0 && j->sys->fdatasync(j->sys, j->fd) == 0;
}

/* The one write and the one sync. */
static enum lw_code put(struct lw_journal *j, bool *suspect, struct lw_err *err)
{
    enum lw_code code = lw_write_all(j->sys, j->fd, j->lines.data, j->lines.len, NULL, err);
    if (code != LW_OK)
        *suspect = !cut_back(j);
    else if (j->sys->fdatasync(j->sys, j->fd) != 0) {
        code = lw_fail_errno(err, "cannot sync");
        *suspect = true;
    }
    return code;
}

static enum lw_code put_elsewhere(struct lw_journal *j, struct lw_err *why, struct lw_err *err)
{
    char old[LW_SEGMENT_NAME], new[LW_SEGMENT_NAME];
    bool suspect;
    struct lw_err again = {0};
    lw_segment_name(j->segment, old);
    enum lw_code code = lw_journal_begin(j, &again);
    if (code == LW_OK)
        code = put(j, &suspect, &again);
    if (code != LW_OK) {
        code = lw_journal_block(j, why);
        return lw_fail(err, code, "%s; a new journal file failed too: %s", why->text, again.text);
    }
    lw_segment_name(j->segment, new);
    lw_journal_note(j, "%s/%s cannot be used any more (%s). New labels go to %s; nothing is lost.",
        j->name, old, why->text, new);
    return LW_OK;
}

static enum lw_code store(struct lw_journal *j, struct lw_err *err)
{
    struct lw_err why = {0};
    bool suspect = false;
    const char *other = NULL;
    enum lw_code code = lw_journal_guard(j, &other, err);
    if (code != LW_OK)
        return code;
    /* The size limit is soft: if no new segment can be created, the label stays in this one. */
    if (j->offset > 0 && j->offset + j->lines.len > j->limit)
        lw_journal_begin(j, NULL);
    if (!other) {
        code = put(j, &suspect, &why);
    } else {
        code = lw_fail(&why, LW_EIO, "%s", other);
        suspect = true;
    }
    if (suspect)
        return put_elsewhere(j, &why, err);
    if (code != LW_OK)
        return lw_fail(err, code, "%s/: %s", j->name, why.text);
    return LW_OK;
}

static enum lw_code lay_out(struct lw_journal *j, json_t *const *body, size_t n, struct lw_err *err)
{
    int64_t now = lw_clock_utc_ms(j->sys);
    const char *prev = j->last.hash;
    if (j->lines.cap > 1024 * 1024)
        lw_buf_fini(&j->lines);
    lw_buf_clear(&j->lines);
    if (n > j->n_fresh) {
        j->fresh = lw_grow(j->fresh, n, sizeof *j->fresh);
        j->n_fresh = n;
    }
    if (j->next_seq + n > LW_SEQ_MOST)
        return lw_fail(err, LW_EBAD, "The journal has no event numbers left.");
    for (size_t i = 0; i < n; i++) {
        enum lw_code code = lw_journal_line_write(
            &j->lines, j->id, j->next_seq + i, now, prev, body[i], &j->fresh[i], err);
        if (code != LW_OK)
            return code;
        prev = j->fresh[i].hash;
    }
    return LW_OK;
}

/* Updates the journal's state to what is now on the disk. */
static void commit(struct lw_journal *j, size_t n)
{
    const char *text = j->lines.data;
    lw_buf_add(&j->held, j->lines.data, j->lines.len);
    for (size_t i = 0; i < n; i++) {
        struct lw_event *e = &j->fresh[i];
        e->pos.segment = j->segment;
        e->pos.offset = j->offset;
        e->text = text;
        text += e->pos.len;
        j->offset += e->pos.len;
    }
    const struct lw_event *e = &j->fresh[n - 1];
    j->last = (struct lw_mark){.seq = e->seq, .segment = j->segment, .offset = j->offset};
    memcpy(j->last.hash, e->hash, LW_SHA256_HEX);
    j->next_seq = e->seq + 1;
}

enum lw_code lw_journal_append(
    struct lw_journal *j, json_t *const *body, size_t n, struct lw_event *out, struct lw_err *err)
{
    if (j->mode == LW_JOURNAL_READ_ONLY && j->owner)
        return lw_fail(err, LW_EBUSY, "Another labelwright has this project open (%s).", j->owner);
    if (j->mode == LW_JOURNAL_READ_ONLY)
        return lw_fail(err, LW_EBUSY, "View only: the journal cannot be written.");
    if (j->mode == LW_JOURNAL_BLOCKED)
        return lw_fail(
            err, LW_EIO, "The disk failed earlier. Fix it, then open the project again.");
    if (n == 0)
        return LW_OK;
    enum lw_code code = lay_out(j, body, n, err);
    if (code == LW_OK)
        code = store(j, err);
    if (code != LW_OK)
        return code;
    commit(j, n);
    if (out)
        memcpy(out, j->fresh, n * sizeof *out);
    return LW_OK;
}
