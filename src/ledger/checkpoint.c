/* The ledger on disk. A cache in the machine's own byte order: head, entries, loose seqs, breaks,
 * talk events, repeats, practice labels, deliveries, a checksum over all before it. If anything is
 * wrong it is ignored, and the journal is read instead. It is bound to the journal by the hash in
 * its mark, which lw_journal_open() checks.
 */
#define _DEFAULT_SOURCE
#include "labelwright/base/file.h"
#include "labelwright/project/state_dir.h"
#include "ledger/ledger_internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAGIC "lwcheck\n"

enum { VERSION = 7, LIMIT = 1 << 30 };

struct head {
    char magic[8];
    uint32_t version, entry_size; /* also detects another byte order or layout */
    char journal_name_sha256[LW_SHA256_HEX + 7];
    struct lw_mark mark;
    uint64_t n_entries, n_loose, n_pauses, n_said, n_repeated, n_practised, n_kept, n_deliveries,
        events, irregular;
    int64_t stopped_ms;
    char questions[LW_SHA256_HEX + 7];
};

static char *file_name(const char *journal_name)
{
    const char *which = journal_name;
    if (strncmp(which, "journal", 7) == 0)
        which += 7;
    return lw_format("checkpoint%s", which);
}

static struct head make_head(const struct lw_ledger *l, const char *name, const struct lw_mark *m)
{
    struct head h;
    memset(&h, 0, sizeof h); /* padding too: it is written and hashed */
    memcpy(h.magic, MAGIC, sizeof h.magic);
    h.version = VERSION;
    h.entry_size = sizeof(struct lw_entry);
    lw_sha256_hex(name, strlen(name), h.journal_name_sha256);
    h.mark.seq = m->seq;
    h.mark.segment = m->segment;
    h.mark.offset = m->offset;
    memcpy(h.mark.hash, m->hash, sizeof m->hash);
    h.n_entries = l->n_entries;
    h.n_loose = l->n_loose;
    h.n_pauses = l->n_pauses;
    h.n_said = l->n_said;
    h.n_repeated = l->n_repeated;
    h.n_practised = l->n_practised;
    h.n_kept = l->n_kept;
    h.events = l->events;
    h.irregular = l->irregular;
    h.stopped_ms = l->stopped_ms;
    h.n_deliveries = l->n_deliveries;
    memcpy(h.questions, l->questions, sizeof l->questions);
    return h;
}

enum lw_code lw_ledger_save(const struct lw_ledger *l, const struct lw_sys *sys, int dir,
    const char *journal_name, struct lw_mark mark, struct lw_err *err)
{
    struct head h = make_head(l, journal_name, &mark);
    struct lw_buf buf = {0};
    unsigned char sum[LW_CHECKSUM_BYTES];
    int fd;
    enum lw_code code = lw_state_dir(sys, dir, NULL, true, &fd, err);
    if (code != LW_OK)
        return code;
    lw_buf_add(&buf, &h, sizeof h);
    lw_buf_add(&buf, l->entry, l->n_entries * sizeof *l->entry);
    lw_buf_add(&buf, l->loose, l->n_loose * sizeof *l->loose);
    lw_buf_add(&buf, l->pause, l->n_pauses * sizeof *l->pause);
    lw_buf_add(&buf, l->said, l->n_said * sizeof *l->said);
    lw_buf_add(&buf, l->repeated, l->n_repeated * sizeof *l->repeated);
    lw_buf_add(&buf, l->practised, l->n_practised * sizeof *l->practised);
    lw_buf_add(&buf, l->kept, l->n_kept * sizeof *l->kept);
    lw_deliveries_pack(l, &buf);
    lw_checksum(buf.data, buf.len, sum);
    lw_buf_add(&buf, sum, sizeof sum);
    char *name = file_name(journal_name);
    code = lw_file_replace(sys, fd, name, buf.data, buf.len, false, err);
    free(name);
    lw_buf_fini(&buf);
    sys->close(sys, fd);
    return code;
}

/* Where the deliveries begin. */
static size_t arrays_end(const struct head *h)
{
    return sizeof *h + h->n_entries * sizeof(struct lw_entry) + h->n_loose * sizeof(uint64_t) +
           h->n_pauses * sizeof(struct lw_break) + h->n_said * sizeof(struct lw_said) +
           h->n_repeated * sizeof(struct lw_repeated) +
           h->n_practised * sizeof(struct lw_practised) + h->n_kept * sizeof(uint64_t);
}

static bool sound(const struct lw_buf *b, const char *journal_name, struct head *h)
{
    unsigned char sum[LW_CHECKSUM_BYTES];
    char name[LW_SHA256_HEX];
    if (b->len < sizeof *h + sizeof sum)
        return false;
    memcpy(h, b->data, sizeof *h);
    lw_sha256_hex(journal_name, strlen(journal_name), name);
    const uint64_t most = LIMIT / sizeof(uint64_t);
    if (memcmp(h->magic, MAGIC, sizeof h->magic) != 0 || h->version != VERSION ||
        h->entry_size != sizeof(struct lw_entry) || h->n_entries > most || h->n_loose > most ||
        h->n_pauses > most || h->n_said > most || h->n_repeated > most || h->n_practised > most ||
        h->n_kept > most || memcmp(h->journal_name_sha256, name, sizeof name) != 0)
        return false;
    if (b->len < arrays_end(h) + sizeof sum)
        return false;
    lw_checksum(b->data, b->len - sizeof sum, sum);
    return memcmp(sum, b->data + b->len - sizeof sum, sizeof sum) == 0 &&
           !h->questions[LW_SHA256_HEX - 1] && !h->mark.hash[LW_SHA256_HEX - 1];
}

static void *copy(const char **from, uint64_t n, size_t item, size_t *count, size_t *cap)
{
    void *to = NULL;
    *count = *cap = (size_t)n;
    if (n > 0)
        to = memcpy(lw_grow(NULL, (size_t)n, item), *from, (size_t)n * item);
    *from += n * item;
    return to;
}

/* Anyone can write a file with a correct checksum: check that no index points forward and that
 * flags are 0 or 1. */
static bool is_entry(const struct lw_entry *e, size_t i)
{
    unsigned char skip, undone, practice, private;
    memcpy(&skip, &e->skip, 1);
    memcpy(&undone, &e->undone, 1);
    memcpy(&practice, &e->practice, 1);
    memcpy(&private, &e->private, 1);
    return e->before <= i && (skip | undone | practice | private) <= 1;
}

static bool is_repeated(const struct lw_repeated *r)
{
    unsigned char skip, undone;
    memcpy(&skip, &r->skip, 1);
    memcpy(&undone, &r->undone, 1);
    return (skip | undone) <= 1;
}

/* Rebuilds the table and the sums. */
static bool rebuild(struct lw_ledger *l)
{
    size_t n = l->n_entries;
    for (size_t i = 0; i < n; i++) {
        if (!is_entry(&l->entry[i], i))
            return false;
        lw_ledger_enter(l, (uint32_t)i + 1);
    }
    for (size_t i = 0; i < l->n_repeated; i++)
        if (!is_repeated(&l->repeated[i]))
            return false;
    for (size_t i = 1; i < l->n_loose; i++)
        l->unordered = l->unordered || l->loose[i - 1] >= l->loose[i];
    for (size_t i = 1; i < l->n_kept; i++)
        l->unordered = l->unordered || l->kept[i - 1] >= l->kept[i];
    return true;
}

static bool unpack(
    struct lw_ledger *l, const struct lw_buf *b, const char *journal_name, struct lw_mark *mark)
{
    struct head h;
    if (!sound(b, journal_name, &h))
        return false;
    const char *p = b->data + sizeof h;
    l->entry = copy(&p, h.n_entries, sizeof *l->entry, &l->n_entries, &l->cap_entries);
    l->loose = copy(&p, h.n_loose, sizeof *l->loose, &l->n_loose, &l->cap_loose);
    l->pause = copy(&p, h.n_pauses, sizeof *l->pause, &l->n_pauses, &l->cap_pauses);
    l->said = copy(&p, h.n_said, sizeof *l->said, &l->n_said, &l->cap_said);
    l->repeated = copy(&p, h.n_repeated, sizeof *l->repeated, &l->n_repeated, &l->cap_repeated);
    l->practised =
        copy(&p, h.n_practised, sizeof *l->practised, &l->n_practised, &l->cap_practised);
    l->kept = copy(&p, h.n_kept, sizeof *l->kept, &l->n_kept, &l->cap_kept);
    l->events = h.events;
    l->irregular = h.irregular != 0;
    l->stopped_ms = h.stopped_ms;
    l->last = h.mark.seq;
    memcpy(l->questions, h.questions, sizeof l->questions);
    *mark = h.mark;
    return lw_deliveries_unpack(
               l, h.n_deliveries, p, (size_t)(b->data + b->len - p) - LW_CHECKSUM_BYTES) &&
           rebuild(l);
}

bool lw_ledger_saved_at(
    const struct lw_sys *sys, int dir, const char *journal_name, struct timespec *to)
{
    struct stat st;
    int fd;
    if (lw_state_dir(sys, dir, NULL, false, &fd, NULL) != LW_OK)
        return false;
    char *name = file_name(journal_name);
    bool there = sys->lstatat(sys, fd, name, &st) == 0;
    if (there)
        *to = st.st_mtim;
    free(name);
    sys->close(sys, fd);
    return there;
}

void lw_ledger_forget(const struct lw_sys *sys, int dir, const char *journal_name)
{
    int fd;
    if (lw_state_dir(sys, dir, NULL, false, &fd, NULL) != LW_OK)
        return;
    char *name = file_name(journal_name);
    sys->unlinkat(sys, fd, name);
    free(name);
    sys->close(sys, fd);
}

bool lw_ledger_load(struct lw_ledger *l, const struct lw_sys *sys, int dir,
    const char *journal_name, struct lw_mark *mark)
{
    struct lw_buf buf = {0};
    int fd;
    lw_ledger_clear(l);
    *mark = (struct lw_mark){0};
    if (lw_state_dir(sys, dir, NULL, false, &fd, NULL) != LW_OK)
        return false;
    char *name = file_name(journal_name);
    bool ok = lw_file_read(sys, fd, name, NULL, LIMIT, &buf, NULL) == LW_OK &&
              unpack(l, &buf, journal_name, mark);
    if (!ok) {
        lw_ledger_clear(l);
        *mark = (struct lw_mark){0};
    }
    free(name);
    lw_buf_fini(&buf);
    sys->close(sys, fd);
    return ok;
}
