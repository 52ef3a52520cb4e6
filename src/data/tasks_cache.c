/* .labelwright/index: the chunks of the index as they lie in memory, behind a header that binds
 * them to the task files. It is only a cache, of one machine: whatever is odd about it, it is made
 * anew. It may come from a stranger, in a project that was handed over, so nothing in it is
 * believed that could lead outside of memory; what it says of a record is checked when the record
 * is read. */
#define _GNU_SOURCE
#include "data/state_dir.h"
#include "data/tasks_own.h"
#include "labelwright/buf.h"
#include "labelwright/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { EDGE = 64 * 1024 };

static const char NAME[] = "index";

/* All of it in multiples of eight bytes. */
struct disk_head {
    char magic[8];
    uint64_t byte_order, sum; /* the sum is over everything behind it */
    uint64_t nfiles, n, last, ntwins, nsuffixes, suffix_room;
};

struct disk_file {
    uint64_t size, mtime_ns, inode, begin, first;
    uint64_t name, format; /* sums of its name and of the shape of its source */
    uint64_t front, back;  /* sums of the first and the last EDGE bytes */
    uint64_t whole;        /* 1 when what is appended begins a record of its own */
};

static const struct disk_head signature = {.magic = "lwindex1", .byte_order = 0x0102030405060708};

/* Not against malice; any single changed word changes it. */
static uint64_t add_sum(uint64_t sum, const void *bytes, size_t n)
{
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
    const char *p = bytes;
    uint64_t lane[4] = {sum, ~sum, sum ^ odd, sum + n};
    for (size_t i = 0; i < n; i += 32) {
        uint64_t word[4] = {0};
        memcpy(word, p + i, n - i < 32 ? n - i : 32);
        for (int k = 0; k < 4; k++) {
            lane[k] = (lane[k] ^ word[k]) * odd;
            lane[k] ^= lane[k] >> 29;
        }
    }
    for (int k = 1; k < 4; k++)
        lane[0] = (lane[0] ^ lane[k]) * odd + (lane[0] >> 31);
    return lane[0];
}

static uint64_t text_sum(const char *s)
{
    return add_sum(0, s, strlen(s));
}

static enum lw_code edge_sum(
    const struct lw_tasks *t, int fd, uint64_t from, uint64_t to, uint64_t *sum)
{
    char *bytes = lw_alloc(EDGE);
    enum lw_code code = lw_pread_all(t->sys, fd, bytes, (size_t)(to - from), (off_t)from, NULL);
    *sum = add_sum(0, bytes, (size_t)(to - from));
    free(bytes);
    return code;
}

static uint64_t shape_sum(const struct lw_tasks_file *f)
{
    char *shape = lw_source_shape(&f->source);
    uint64_t sum = text_sum(shape);
    free(shape);
    return sum;
}

/* What binds the first `size` bytes of a file; false when they cannot be read. */
static bool describe(const struct lw_tasks *t, size_t i, uint64_t size, struct disk_file *to)
{
    const struct lw_tasks_file *f = &t->file[i];
    uint64_t edge = size < EDGE ? size : EDGE;
    char last = 0;
    *to = (struct disk_file){.size = size,
        .mtime_ns = f->mtime_ns,
        .inode = f->inode,
        .begin = f->source.begin,
        .first = f->first,
        .name = text_sum(f->name),
        .format = shape_sum(f)};
    bool read =
        edge_sum(t, f->lines.fd, 0, edge, &to->front) == LW_OK &&
        edge_sum(t, f->lines.fd, size - edge, size, &to->back) == LW_OK &&
        (size == 0 || lw_pread_all(t->sys, f->lines.fd, &last, 1, (off_t)size - 1, NULL) == LW_OK);
    to->whole = f->source.container == LW_LINES ? last == '\n' : f->whole;
    return read;
}

static int open_dir(const struct lw_tasks *t, bool make)
{
    const struct lw_sys *sys = t->sys;
    int project = sys->openat(sys, AT_FDCWD, t->project->dir, O_RDONLY | O_DIRECTORY, 0);
    if (project < 0)
        return -1;
    int dir;
    enum lw_code code = lw_state_dir(sys, project, NULL, make, &dir, NULL);
    sys->close(sys, project);
    return code == LW_OK ? dir : -1;
}

static size_t chunks(const struct lw_index *x)
{
    return (x->n + LW_CHUNK - 1) / LW_CHUNK;
}

void lw_tasks_cache_save(struct lw_tasks *t)
{
    struct lw_index *x = t->index;
    size_t nfiles = t->nfiles, npieces = chunks(x) + 4, k = 0;
    struct disk_head head = signature;
    struct disk_file *file = lw_alloc(nfiles * sizeof *file);
    struct lw_piece *piece = lw_alloc(npieces * sizeof *piece);
    int dir = open_dir(t, true);
    head.nfiles = nfiles;
    head.n = x->n;
    head.last = x->last;
    head.ntwins = x->ntwins;
    head.nsuffixes = x->nsuffixes;
    head.suffix_room = x->suffix_room;
    piece[k++] = (struct lw_piece){&head, sizeof head};
    piece[k++] = (struct lw_piece){file, nfiles * sizeof *file};
    for (size_t i = 0; i < chunks(x); i++)
        piece[k++] = (struct lw_piece){x->chunk[i], sizeof **x->chunk};
    piece[k++] = (struct lw_piece){x->twin, x->ntwins * sizeof *x->twin};
    piece[k++] = (struct lw_piece){x->suffix, x->suffix_room * sizeof *x->suffix};
    bool known = dir >= 0;
    for (size_t i = 0; i < nfiles && known; i++)
        known = describe(t, i, t->file[i].lines.size, &file[i]);
    head.sum = add_sum(0, &head.nfiles, sizeof head - offsetof(struct disk_head, nfiles));
    for (size_t i = 1; i < k; i++)
        head.sum = add_sum(head.sum, piece[i].bytes, piece[i].n);
    if (known)
        lw_file_replace_pieces(t->sys, dir, NAME, piece, k, LW_FLUSH_NONE, NULL);
    if (dir >= 0)
        t->sys->close(t->sys, dir);
    free(piece);
    free(file);
}

void lw_tasks_cache_drop(struct lw_tasks *t)
{
    int dir = open_dir(t, false);
    if (dir < 0)
        return;
    t->sys->unlinkat(t->sys, dir, NAME);
    t->sys->close(t->sys, dir);
}

/* Reading goes through the file from its start, in pieces that end where they should. */
struct reader {
    const struct lw_sys *sys;
    int fd;
    uint64_t at, sum;
};

static bool take(struct reader *r, void *to, size_t n)
{
    if (lw_pread_all(r->sys, r->fd, to, n, (off_t)r->at, NULL) != LW_OK)
        return false;
    r->at += n;
    r->sum = add_sum(r->sum, to, n);
    return true;
}

static bool power_of_two_or_none(uint64_t n)
{
    return (n & (n - 1)) == 0;
}

/* Whether the numbers of a header can be, and give just the size of the file: so what is read next
 * fits memory as it fits the disk. */
static bool head_fits(const struct disk_head *h, uint64_t size)
{
    const uint64_t limit = UINT32_MAX;
    if (memcmp(h->magic, signature.magic, sizeof h->magic) != 0 ||
        h->byte_order != signature.byte_order || h->n == 0 || h->n > limit || h->ntwins >= h->n ||
        h->nfiles == 0 || h->nfiles > limit || h->suffix_room > limit ||
        !power_of_two_or_none(h->suffix_room) || h->nsuffixes > h->suffix_room / 4 * 3 ||
        h->nsuffixes > h->ntwins)
        return false;
    uint64_t whole = (h->n + LW_CHUNK - 1) / LW_CHUNK;
    return size == sizeof *h + h->nfiles * sizeof(struct disk_file) +
                       whole * sizeof(struct lw_chunk) + h->ntwins * sizeof(struct lw_twin) +
                       h->suffix_room * sizeof(struct lw_suffix);
}

/* Offsets must go up as the strides say. */
static bool offsets_fit(const struct lw_index *x)
{
    uint64_t at = x->chunk[0]->base[0];
    for (size_t i = 0; i < x->n; i++) {
        const struct lw_chunk *c = x->chunk[i / LW_CHUNK];
        if (i % LW_GROUP == 0 && c->base[i % LW_CHUNK / LW_GROUP] != at)
            return false;
        if (i + 1 < x->n)
            at += c->stride[i % LW_CHUNK];
    }
    return at == x->last;
}

static bool twins_fit(const struct lw_index *x)
{
    for (size_t i = 0; i < x->ntwins; i++)
        if (x->twin[i].position >= x->n || (i && x->twin[i].position <= x->twin[i - 1].position))
            return false;
    size_t used = 0;
    for (size_t i = 0; i < x->suffix_room; i++)
        used += x->suffix[i].next ? 1 : 0;
    return used == x->nsuffixes;
}

static bool take_index(struct reader *r, const struct disk_head *h, struct lw_index *x)
{
    x->n = (size_t)h->n;
    x->last = h->last;
    for (size_t i = 0; i < chunks(x); i++)
        if (!take(r, lw_index_chunk(x, i * LW_CHUNK), sizeof(struct lw_chunk)))
            return false;
    x->ntwins = x->twin_room = (size_t)h->ntwins;
    x->twin = lw_grow(NULL, x->ntwins, sizeof *x->twin);
    x->nsuffixes = (size_t)h->nsuffixes;
    x->suffix_room = (size_t)h->suffix_room;
    x->suffix = lw_grow(NULL, x->suffix_room, sizeof *x->suffix);
    return take(r, x->twin, x->ntwins * sizeof *x->twin) &&
           take(r, x->suffix, x->suffix_room * sizeof *x->suffix) && r->sum == h->sum &&
           offsets_fit(x) && twins_fit(x);
}

enum fit { SAME, LONGER, OTHER };

static enum fit file_fit(const struct lw_tasks *t, size_t i, const struct disk_file *was)
{
    struct disk_file is;
    uint64_t size = t->file[i].lines.size;
    if (size < was->size || !describe(t, i, was->size, &is) || is.name != was->name ||
        is.format != was->format || is.begin != was->begin || is.front != was->front ||
        is.back != was->back)
        return OTHER;
    if (size == was->size)
        return is.mtime_ns == was->mtime_ns && is.inode == was->inode ? SAME : OTHER;
    return was->whole ? LONGER : OTHER;
}

/* Keeps the records of the files that are as they were, and of the first one that only grew. */
static bool keep_what_fits(struct lw_tasks *t, const struct disk_file *was, size_t nfiles)
{
    size_t i = 0, n = t->index->n;
    enum fit fit = SAME;
    while (i < nfiles && i < t->nfiles && (fit = file_fit(t, i, &was[i])) == SAME) {
        t->file[i].first = (size_t)was[i].first;
        t->file[i].whole = was[i].whole;
        i++;
    }
    if (i == t->nfiles && i == nfiles) {
        t->current = i;
        t->saved = true;
        return true;
    }
    bool grown = i < nfiles && i < t->nfiles && fit == LONGER;
    if (grown) {
        t->file[i].first = (size_t)was[i].first;
        t->file[i].whole = true;
    }
    size_t dropped_from = grown ? i + 1 : i;
    size_t keep = dropped_from < nfiles ? (size_t)was[dropped_from].first : n;
    if (keep < n && t->index->ntwins > 0)
        return false; /* suffixes given before may not be what they would be now */
    lw_index_cut(t->index, keep);
    t->current = i;
    if (i < t->nfiles && !grown)
        t->file[i].first = keep;
    if (i < t->nfiles)
        t->done = grown ? was[i].size : t->file[i].source.begin;
    return true;
}

/* Positions of the files' first records must go up, and lie within the files. */
static bool files_fit(const struct disk_file *was, size_t nfiles, const struct lw_index *x)
{
    uint64_t start = 0;
    for (size_t i = 0; i < nfiles; i++) {
        uint64_t next = i + 1 < nfiles ? was[i + 1].first : x->n;
        if (was[i].first > next || next > x->n || was[i].size > INT64_MAX - start)
            return false;
        if (was[i].first < next && (lw_index_offset(x, (size_t)was[i].first) < start ||
                                       lw_index_offset(x, (size_t)next - 1) >= start + was[i].size))
            return false;
        start += was[i].size;
    }
    return was[0].first == 0;
}

static bool load(struct lw_tasks *t, struct reader *r)
{
    struct stat st;
    struct disk_head head;
    if (r->sys->fstat(r->sys, r->fd, &st) != 0 || !S_ISREG(st.st_mode) ||
        !take(r, &head, sizeof head) || !head_fits(&head, (uint64_t)st.st_size))
        return false;
    size_t nfiles = (size_t)head.nfiles;
    struct disk_file *was = lw_grow(NULL, nfiles, sizeof *was);
    r->sum = add_sum(0, &head.nfiles, sizeof head - offsetof(struct disk_head, nfiles));
    bool fits = take(r, was, nfiles * sizeof *was) && take_index(r, &head, t->index) &&
                files_fit(was, nfiles, t->index) && keep_what_fits(t, was, nfiles);
    free(was);
    return fits;
}

void lw_tasks_cache_load(struct lw_tasks *t)
{
    int dir = open_dir(t, false);
    if (dir < 0)
        return;
    struct reader r = {.sys = t->sys};
    r.fd = t->sys->openat(t->sys, dir, NAME, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
    t->sys->close(t->sys, dir);
    if (r.fd < 0)
        return;
    if (!load(t, &r)) {
        lw_index_fini(t->index);
        t->current = 0;
        t->done = t->file[0].source.begin;
        t->saved = false;
        t->file[0].first = 0;
    }
    t->sys->close(t->sys, r.fd);
}
