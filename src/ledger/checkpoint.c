/* The ledger on disk. A cache in the machine's own byte order: head, the arrays of the ledger one
 * behind the other, deliveries, SHA-256 of all before it. If anything is wrong it is ignored, and
 * the journal is read instead. It is bound to the journal by the hash in its mark, which
 * lw_journal_open() checks.
 *
 * The arrays are read into their place and written from it: a copy of a million entries would
 * double the memory that a start needs.
 */
#define _DEFAULT_SOURCE
#include "labelwright/base/file.h"
#include "labelwright/project/state_dir.h"
#include "ledger/ledger_internal.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAGIC "lwcheck\n"

enum { VERSION = 8, LIMIT = 1 << 30 };

/* Where in the ledger an array is, how many it holds, and its room. */
static const struct array {
    size_t items, n, cap, size;
} arrays[] = {
#define ARRAY(items, n, cap)                                                                       \
    {                                                                                              \
        offsetof(struct lw_ledger, items), offsetof(struct lw_ledger, n),                          \
            offsetof(struct lw_ledger, cap), sizeof *((struct lw_ledger *)NULL)->items             \
    }
    ARRAY(entry, n_entries, cap_entries),
    ARRAY(loose, n_loose, cap_loose),
    ARRAY(pause, n_pauses, cap_pauses),
    ARRAY(said, n_said, cap_said),
    ARRAY(repeated, n_repeated, cap_repeated),
    ARRAY(practised, n_practised, cap_practised),
    ARRAY(kept, n_kept, cap_kept),
#undef ARRAY
};

enum { ARRAYS = sizeof arrays / sizeof *arrays };

struct head {
    char magic[8];
    uint32_t version, entry_size; /* also detects another byte order or layout */
    char journal_name_sha256[LW_SHA256_HEX + 7];
    struct lw_mark mark;
    uint64_t n[ARRAYS], n_deliveries, events, irregular;
    int64_t stopped_ms;
    char questions[LW_SHA256_HEX + 7];
};

static size_t count_of(const struct lw_ledger *l, const struct array *a)
{
    size_t n;
    memcpy(&n, (const char *)l + a->n, sizeof n);
    return n;
}

static void *items_of(const struct lw_ledger *l, const struct array *a)
{
    void *items;
    memcpy(&items, (const char *)l + a->items, sizeof items);
    return items;
}

/* Room for n of them, which are to be filled. */
static void *set_room(struct lw_ledger *l, const struct array *a, size_t n)
{
    void *items = n > 0 ? lw_grow(NULL, n, a->size) : NULL;
    memcpy((char *)l + a->items, &items, sizeof items);
    memcpy((char *)l + a->n, &n, sizeof n);
    memcpy((char *)l + a->cap, &n, sizeof n);
    return items;
}

static char *file_name(const char *journal_name)
{
    const char *which = journal_name;
    if (strncmp(which, "journal", 7) == 0)
        which += 7;
    return lw_format("checkpoint%s", which);
}

/* ---- writing */

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
    for (size_t i = 0; i < ARRAYS; i++)
        h.n[i] = count_of(l, &arrays[i]);
    h.events = l->events;
    h.irregular = l->irregular;
    h.stopped_ms = l->stopped_ms;
    h.n_deliveries = l->n_deliveries;
    memcpy(h.questions, l->questions, sizeof l->questions);
    return h;
}

static void set_sum(const struct lw_piece *piece, size_t n, char to[LW_SHA256_HEX])
{
    struct lw_sha256_run *run = lw_sha256_begin();
    for (size_t i = 0; i < n; i++)
        lw_sha256_add(run, piece[i].bytes, piece[i].n);
    lw_sha256_end(run, to);
}

enum lw_code lw_ledger_save(const struct lw_ledger *l, const struct lw_sys *sys, int dir,
    const char *journal_name, struct lw_mark mark, struct lw_err *err)
{
    struct head h = make_head(l, journal_name, &mark);
    struct lw_piece piece[ARRAYS + 3] = {{&h, sizeof h}};
    struct lw_buf deliveries = {0};
    char sum[LW_SHA256_HEX];
    size_t n = 1;
    int fd;
    enum lw_code code = lw_state_dir(sys, dir, NULL, true, &fd, err);
    if (code != LW_OK)
        return code;
    for (size_t i = 0; i < ARRAYS; i++)
        piece[n++] =
            (struct lw_piece){items_of(l, &arrays[i]), count_of(l, &arrays[i]) * arrays[i].size};
    lw_deliveries_pack(l, &deliveries);
    piece[n++] = (struct lw_piece){deliveries.data, deliveries.len};
    set_sum(piece, n, sum);
    piece[n++] = (struct lw_piece){sum, sizeof sum - 1};
    char *name = file_name(journal_name);
    code = lw_file_replace_pieces(sys, fd, name, piece, n, LW_FLUSH_FILE, err);
    free(name);
    lw_buf_fini(&deliveries);
    sys->close(sys, fd);
    return code;
}

/* ---- reading */

/* A file from its start to its end; false ever after something could not be read. */
struct reading {
    const struct lw_sys *sys;
    int fd;
    uint64_t at, left;
    struct lw_sha256_run *sum; /* of what was taken */
};

static bool take(struct reading *r, void *to, uint64_t n)
{
    if (n > r->left ||
        (n > 0 && lw_pread_all(r->sys, r->fd, to, (size_t)n, (off_t)r->at, NULL) != LW_OK))
        return false;
    r->at += n;
    r->left -= n;
    if (r->sum)
        lw_sha256_add(r->sum, to, (size_t)n);
    return true;
}

static bool is_head(const struct head *h, const char *journal_name)
{
    char name[LW_SHA256_HEX];
    lw_sha256_hex(journal_name, strlen(journal_name), name);
    return memcmp(h->magic, MAGIC, sizeof h->magic) == 0 && h->version == VERSION &&
           h->entry_size == sizeof(struct lw_entry) &&
           memcmp(h->journal_name_sha256, name, sizeof name) == 0 &&
           !h->questions[LW_SHA256_HEX - 1] && !h->mark.hash[LW_SHA256_HEX - 1];
}

static bool take_array(struct reading *r, struct lw_ledger *l, const struct array *a, uint64_t n)
{
    if (n > r->left / a->size)
        return false;
    return take(r, set_room(l, a, (size_t)n), n * a->size);
}

/* All between the arrays and the sum. */
static bool take_deliveries(struct reading *r, struct lw_ledger *l, uint64_t n)
{
    const size_t sum = LW_SHA256_HEX - 1;
    if (r->left < sum)
        return false;
    size_t len = (size_t)r->left - sum;
    char *bytes = lw_alloc(len);
    bool ok = take(r, bytes, len) && lw_deliveries_unpack(l, n, bytes, len);
    free(bytes);
    return ok;
}

static bool take_sum(struct reading *r)
{
    char is[LW_SHA256_HEX], was[LW_SHA256_HEX];
    lw_sha256_end(r->sum, is);
    r->sum = NULL;
    return take(r, was, sizeof was - 1) && memcmp(is, was, sizeof was - 1) == 0;
}

/* Anyone can write a file with a correct sum: check that no index points forward and that flags are
 * 0 or 1. Those of an entry are single bits. */
static bool is_entry(const struct lw_entry *e, size_t i)
{
    return e->before <= i;
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
    lw_ledger_reserve(l, n); /* growing would hold two tables at once */
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

static bool read_all(
    struct reading *r, struct lw_ledger *l, const char *journal_name, struct lw_mark *mark)
{
    struct head h;
    if (!take(r, &h, sizeof h) || !is_head(&h, journal_name))
        return false;
    for (size_t i = 0; i < ARRAYS; i++)
        if (!take_array(r, l, &arrays[i], h.n[i]))
            return false;
    l->events = h.events;
    l->irregular = h.irregular != 0;
    l->stopped_ms = h.stopped_ms;
    l->last = h.mark.seq;
    memcpy(l->questions, h.questions, sizeof l->questions);
    *mark = h.mark;
    return take_deliveries(r, l, h.n_deliveries) && take_sum(r) && rebuild(l);
}

static bool read_file(struct lw_ledger *l, const struct lw_sys *sys, int folder,
    const char *journal_name, struct lw_mark *mark)
{
    char *name = file_name(journal_name);
    struct reading r = {.sys = sys};
    struct stat st;
    enum lw_code code = lw_file_open(sys, folder, name, NULL, O_RDONLY, &r.fd, &st, NULL);
    free(name);
    if (code != LW_OK)
        return false;
    r.left = (uint64_t)st.st_size;
    r.sum = lw_sha256_begin();
    bool ok = r.left <= LIMIT && read_all(&r, l, journal_name, mark);
    if (r.sum)
        lw_sha256_end(r.sum, (char[LW_SHA256_HEX]){0});
    sys->close(sys, r.fd);
    return ok;
}

bool lw_ledger_load(struct lw_ledger *l, const struct lw_sys *sys, int dir,
    const char *journal_name, struct lw_mark *mark)
{
    int folder;
    lw_ledger_clear(l);
    *mark = (struct lw_mark){0};
    if (lw_state_dir(sys, dir, NULL, false, &folder, NULL) != LW_OK)
        return false;
    bool ok = read_file(l, sys, folder, journal_name, mark);
    if (!ok) {
        lw_ledger_clear(l);
        *mark = (struct lw_mark){0};
    }
    sys->close(sys, folder);
    return ok;
}

/* ---- the file itself */

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
