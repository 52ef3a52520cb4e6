/* New lines, new segments, and disk errors.
 *
 *   write fails, or is short    cut back to the last good byte and sync; report the error, go on.
 *                               If cutting fails, the segment is suspect.
 *   sync fails                  never retried: the kernel has forgotten what it could not
 *                               write, and the next sync would report success. Suspect.
 *   the file is not as we left  another program changed it: journal_restore.c. Suspect, or
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
static enum lw_code write_batch(struct lw_journal *j, bool *suspect, struct lw_err *err)
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

static enum lw_code write_to_next_segment(
    struct lw_journal *j, struct lw_err *why, struct lw_err *err)
{
    char old[LW_SEGMENT_NAME], new[LW_SEGMENT_NAME];
    bool suspect;
    struct lw_err again = {0};
    lw_segment_name(j->segment, old);
    enum lw_code code = lw_segment_start(j, &again);
    if (code == LW_OK)
        code = write_batch(j, &suspect, &again);
    if (code != LW_OK) {
        code = lw_journal_block(j, why);
        return lw_fail(err, code, "%s; a new journal file failed too: %s", why->text, again.text);
    }
    lw_segment_name(j->segment, new);
    lw_journal_note(j, "%s/%s cannot be used any more (%s). New labels go to %s; nothing is lost.",
        j->name, old, why->text, new);
    return LW_OK;
}

static enum lw_code write_checked(struct lw_journal *j, struct lw_err *err)
{
    struct lw_err why = {0};
    bool suspect = false;
    const char *other = NULL;
    enum lw_code code = lw_journal_restore(j, &other, err);
    if (code != LW_OK)
        return code;
    /* The size limit is soft: if no new segment can be created, the label stays in this one. */
    if (j->offset > 0 && j->offset + j->lines.len > j->limit)
        lw_segment_start(j, NULL);
    if (!other) {
        code = write_batch(j, &suspect, &why);
    } else {
        code = lw_fail(&why, LW_EIO, "%s", other);
        suspect = true;
    }
    if (suspect)
        return write_to_next_segment(j, &why, err);
    if (code != LW_OK)
        return lw_fail(err, code, "%s/: %s", j->name, why.text);
    return LW_OK;
}

static enum lw_code format_batch(
    struct lw_journal *j, json_t *const *body, size_t n, struct lw_err *err)
{
    int64_t now = lw_clock_utc_ms(j->sys);
    const char *prev = j->last.hash;
    if (j->lines.cap > 1024 * 1024)
        lw_buf_fini(&j->lines);
    lw_buf_clear(&j->lines);
    if (n > j->n_batch) {
        j->batch = lw_grow(j->batch, n, sizeof *j->batch);
        j->n_batch = n;
    }
    if (j->next_seq + n > LW_SEQ_MOST)
        return lw_fail(err, LW_EBAD, "The journal has no event numbers left.");
    for (size_t i = 0; i < n; i++) {
        enum lw_code code = lw_journal_line_format(
            &j->lines, j->id, j->next_seq + i, now, prev, body[i], &j->batch[i], err);
        if (code != LW_OK)
            return code;
        prev = j->batch[i].hash;
    }
    return LW_OK;
}

/* Updates the journal's state to what is now on the disk. */
static void advance(struct lw_journal *j, size_t n)
{
    const char *text = j->lines.data;
    lw_buf_add(&j->written, j->lines.data, j->lines.len);
    for (size_t i = 0; i < n; i++) {
        struct lw_event *e = &j->batch[i];
        e->pos.segment = j->segment;
        e->pos.offset = (uint32_t)j->offset;
        e->text = text;
        text += e->pos.len;
        j->offset += e->pos.len;
    }
    const struct lw_event *e = &j->batch[n - 1];
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
    enum lw_code code = format_batch(j, body, n, err);
    if (code == LW_OK)
        code = write_checked(j, err);
    if (code != LW_OK)
        return code;
    advance(j, n);
    if (out)
        memcpy(out, j->batch, n * sizeof *out);
    return LW_OK;
}
