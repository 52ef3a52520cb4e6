#define _GNU_SOURCE
#include "merge/merge_internal.h"

#include "labelwright/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAMES_MOST = 999 };

enum lw_code lw_merge_begin(struct lw_merge *m, struct lw_err *err)
{
    const struct lw_sys *sys = m->o->sys;
    int made = -1;
    for (int i = 1; i <= NAMES_MOST && made != 0; i++) {
        snprintf(m->folder, sizeof m->folder, "journal.merging-%d", i);
        made = sys->mkdirat(sys, m->o->dir, m->folder, 0700);
        if (made != 0 && errno != EEXIST)
            break;
    }
    m->fd = made == 0 ? lw_dir_open(sys, m->o->dir, m->folder) : -1;
    if (m->fd < 0)
        return lw_fail_errno(err, "%s: cannot create the folder", m->folder);
    m->ledger = lw_ledger_new();
    return LW_OK;
}

static enum lw_code flush(struct lw_merge *m, struct lw_err *err)
{
    const struct lw_sys *sys = m->o->sys;
    char name[LW_SEGMENT_NAME];
    int fd;
    if (m->out.len == 0)
        return LW_OK;
    lw_segment_name(++m->segment, name);
    enum lw_code code = lw_file_create(sys, m->fd, name, NULL, O_WRONLY, &fd, err);
    if (code != LW_OK)
        return code;
    code = lw_write_all(sys, fd, m->out.data, m->out.len, NULL, err);
    if (code == LW_OK && sys->fdatasync(sys, fd) != 0)
        code = lw_fail_errno(err, "%s: cannot sync", name);
    sys->close(sys, fd);
    lw_buf_clear(&m->out);
    return code;
}

static void fold(struct lw_merge *m, struct lw_event *e, const char *text)
{
    e->text = text;
    lw_ledger_fold(m->ledger, e);
    m->last.seq = e->seq;
    memcpy(m->last.hash, e->hash, LW_SHA256_HEX);
}

enum lw_code lw_merge_line(struct lw_merge *m, const struct lw_journal_line *l, struct lw_err *err)
{
    if (m->out.len > 0 && m->out.len + l->len >= LW_SEGMENT_BYTES) {
        enum lw_code code = flush(m, err);
        if (code != LW_OK)
            return code;
    }
    struct lw_event e = {.type = l->type,
        .seq = l->seq,
        .time_ms = l->time_ms,
        .pos = {.segment = m->segment + 1, .len = (uint32_t)l->len + 1, .offset = m->out.len}};
    memcpy(e.hash, l->hash, LW_SHA256_HEX - 1);
    lw_buf_add(&m->out, l->text, l->len);
    lw_buf_char(&m->out, '\n');
    fold(m, &e, l->text);
    return LW_OK;
}

enum lw_code lw_merge_event(
    struct lw_merge *m, const json_t *body, int64_t time_ms, struct lw_err *err)
{
    struct lw_event e;
    struct lw_buf line = {0};
    struct lw_journal_line l;
    enum lw_code code = lw_journal_line_format(&line, m->pool.id, m->last.seq + 1, time_ms,
        m->last.seq ? m->last.hash : lw_no_hash, body, &e, err);
    if (code == LW_OK && lw_journal_line_check(line.data, line.len - 1, &l))
        code = lw_fail(err, LW_EBAD, "event %llu cannot be written again",
            (unsigned long long)m->last.seq + 1);
    if (code == LW_OK)
        code = lw_merge_line(m, &l, err);
    lw_buf_fini(&line);
    return code;
}

/* "journal.before-merge-1", or for journal-NAME "journal.before-merge-1-NAME". */
static enum lw_code name_kept(struct lw_merge *m, struct lw_err *err)
{
    const char *whose = m->o->name + strlen("journal");
    for (int i = 1; i <= NAMES_MOST; i++) {
        int n = snprintf(m->to->kept, sizeof m->to->kept, "journal.before-merge-%d%s", i, whose);
        if (n >= (int)sizeof m->to->kept)
            break;
        if (faccessat(m->o->dir, m->to->kept, F_OK, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT)
            return LW_OK;
    }
    return lw_fail(
        err, LW_EIO, "no free name left to keep the old journal (journal.before-merge-N)");
}

/* There is a journal at every moment, if the disk can exchange names. */
enum lw_code lw_merge_end(struct lw_merge *m, struct lw_err *err)
{
    const struct lw_sys *sys = m->o->sys;
    enum lw_code code = flush(m, err);
    if (code == LW_OK)
        code = lw_dir_sync(sys, m->fd, err);
    if (code == LW_OK)
        code = name_kept(m, err);
    if (code != LW_OK)
        return code;
    if (sys->exchangeat(sys, m->o->dir, m->folder, m->o->name) != 0)
        return lw_fail_errno(err, "%s: cannot replace %s", m->folder, m->o->name);
    if (sys->renameat(sys, m->o->dir, m->folder, m->to->kept) != 0)
        snprintf(
            m->to->kept, sizeof m->to->kept, "%.60s", m->folder); /* kept under its current name */
    m->folder[0] = '\0';
    return lw_dir_sync(sys, m->o->dir, err);
}

void lw_merge_drop(struct lw_merge *m)
{
    const struct lw_sys *sys = m->o->sys;
    for (uint32_t i = 1; m->fd >= 0 && m->folder[0] && i <= m->segment; i++) {
        char name[LW_SEGMENT_NAME];
        lw_segment_name(i, name);
        sys->unlinkat(sys, m->fd, name);
    }
    if (m->fd >= 0 && m->folder[0])
        unlinkat(m->o->dir, m->folder, AT_REMOVEDIR);
    if (m->fd >= 0)
        sys->close(sys, m->fd);
    m->fd = -1;
    lw_ledger_free(m->ledger);
    lw_buf_fini(&m->out);
}
