/* .labelwright/index: the chunks of the index as they lie in memory, behind a head that binds them
 * to the task files and says what each chunk must sum up to. Opening reads the head; the chunks are
 * read one by one, behind the first screen, and indexing goes on where the last good one
 * ends. It is only a cache, of one machine: whatever is odd about it is made anew. It may come from
 * a stranger, in a project that was handed over, so nothing in it is believed that could lead
 * outside of memory; what it says of a record is checked when the record is read. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/project/state_dir.h"
#include "tasks/tasks_internal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { EDGE = 64 * 1024 };

static const char NAME[] = "index";

/* All of it in multiples of eight bytes: this, the files, the duplicates, the long strides, a sum
 * for each chunk, and the chunks. */
struct disk_head {
    char magic[8];
    uint64_t byte_order, sum; /* the sum is over everything behind it but the chunks */
    uint64_t nfiles, n, nduplicates, nlonger;
};

struct disk_file {
    uint64_t size, mtime_ns, inode, begin, first;
    uint64_t name, format; /* sums of its name and of the shape of its source */
    uint64_t front, back;  /* sums of the first and the last EDGE bytes */
    uint64_t whole;        /* 1 when what is appended begins a record of its own */
};

static const struct disk_head signature = {.magic = "lwindex3", .byte_order = 0x0102030405060708};

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
    char *shape = lw_record_reader_describe(&f->reader);
    uint64_t sum = text_sum(shape);
    free(shape);
    return sum;
}

/* The sums that bind the first `size` bytes of a file; false when they cannot be read. */
static bool describe(const struct lw_tasks *t, size_t i, uint64_t size, struct disk_file *to)
{
    const struct lw_tasks_file *f = &t->file[i];
    uint64_t edge = size < EDGE ? size : EDGE;
    char last = 0;
    *to = (struct disk_file){.size = size,
        .mtime_ns = f->mtime_ns,
        .inode = f->inode,
        .begin = f->reader.begin,
        .first = f->first,
        .name = text_sum(f->name),
        .format = shape_sum(f)};
    bool read =
        edge_sum(t, f->lines.fd, 0, edge, &to->front) == LW_OK &&
        edge_sum(t, f->lines.fd, size - edge, size, &to->back) == LW_OK &&
        (size == 0 || lw_pread_all(t->sys, f->lines.fd, &last, 1, (off_t)size - 1, NULL) == LW_OK);
    to->whole = f->reader.container == LW_LINES ? last == '\n' : f->whole;
    return read;
}

static int open_dir(const struct lw_tasks *t, bool make)
{
    const struct lw_sys *sys = t->sys;
    if (t->project->unmade)
        return -1;
    int project = sys->openat(sys, AT_FDCWD, t->project->dir, O_RDONLY | O_DIRECTORY, 0);
    if (project < 0)
        return -1;
    int dir;
    enum lw_code code = lw_state_dir(sys, project, NULL, make, &dir, NULL);
    sys->close(sys, project);
    return code == LW_OK ? dir : -1;
}

static size_t chunks(uint64_t n)
{
    return (size_t)((n + LW_CHUNK - 1) / LW_CHUNK);
}

static bool describe_all(const struct lw_tasks *t, struct disk_file *to)
{
    for (size_t i = 0; i < t->nfiles; i++)
        if (!describe(t, i, t->file[i].lines.size, &to[i]))
            return false;
    return true;
}

void lw_index_cache_save(struct lw_tasks *t)
{
    t->saved = true;
    struct lw_index *x = t->index;
    size_t nchunks = chunks(x->n), k = 5;
    struct disk_head head = signature;
    struct disk_file *file = lw_alloc(t->nfiles * sizeof *file);
    uint64_t *sum = lw_alloc(nchunks * sizeof *sum);
    struct lw_piece *piece = lw_alloc((nchunks + k) * sizeof *piece);
    int dir = open_dir(t, true);
    head.nfiles = t->nfiles;
    head.n = x->n;
    head.nduplicates = x->nduplicates;
    head.nlonger = x->nlonger;
    piece[0] = (struct lw_piece){&head, sizeof head};
    piece[1] = (struct lw_piece){file, t->nfiles * sizeof *file};
    piece[2] = (struct lw_piece){x->duplicate, x->nduplicates * sizeof *x->duplicate};
    piece[3] = (struct lw_piece){x->longer, x->nlonger * sizeof *x->longer};
    piece[4] = (struct lw_piece){sum, nchunks * sizeof *sum};
    for (size_t i = 0; i < nchunks; i++) {
        sum[i] = add_sum(0, x->chunk[i], sizeof **x->chunk);
        piece[k++] = (struct lw_piece){x->chunk[i], sizeof **x->chunk};
    }
    bool known = dir >= 0 && describe_all(t, file);
    head.sum = add_sum(0, &head.nfiles, sizeof head - offsetof(struct disk_head, nfiles));
    for (size_t i = 1; i < 5; i++)
        head.sum = add_sum(head.sum, piece[i].bytes, piece[i].n);
    if (known)
        lw_file_replace_pieces(t->sys, dir, NAME, piece, k, LW_FLUSH_NONE, NULL);
    if (dir >= 0)
        t->sys->close(t->sys, dir);
    free(piece);
    free(sum);
    free(file);
}

void lw_index_cache_delete(struct lw_tasks *t)
{
    int dir = open_dir(t, false);
    if (dir < 0)
        return;
    t->sys->unlinkat(t->sys, dir, NAME);
    t->sys->close(t->sys, dir);
}

/* A saved index of which chunks are still to be read. Reading goes through the file from its
 * start, in pieces that end where they should. */
struct lw_index_cache {
    const struct lw_sys *sys;
    int fd;
    uint64_t at, sum; /* of what was read so far of the head */
    struct disk_head head;
    struct disk_file *was;
    uint64_t *chunk_sum;
    size_t files, n; /* what still fits: the first files, the first records */
    bool grown;      /* the file behind these begins as it was and is longer now */
    uint64_t next;   /* offset of the next record to read */
};

static bool read_piece(struct lw_index_cache *k, void *to, size_t n)
{
    if (lw_pread_all(k->sys, k->fd, to, n, (off_t)k->at, NULL) != LW_OK)
        return false;
    k->at += n;
    k->sum = add_sum(k->sum, to, n);
    return true;
}

/* Whether the numbers of a head can be, and give just the size of the file: so what is read next
 * fits memory as it fits the disk. */
static bool head_fits(const struct disk_head *h, uint64_t size)
{
    const uint64_t limit = UINT32_MAX;
    if (memcmp(h->magic, signature.magic, sizeof h->magic) != 0 ||
        h->byte_order != signature.byte_order || h->n == 0 || h->n > limit ||
        h->nduplicates >= h->n || h->nlonger > h->n || h->nfiles == 0 || h->nfiles > limit)
        return false;
    return size == sizeof *h + h->nfiles * sizeof(struct disk_file) +
                       h->nduplicates * sizeof(struct lw_duplicate) +
                       h->nlonger * sizeof(struct lw_long_stride) +
                       chunks(h->n) * (sizeof(uint64_t) + sizeof(struct lw_chunk));
}

static bool duplicates_fit(const struct lw_index *x, uint64_t n)
{
    for (size_t i = 0; i < x->nduplicates; i++)
        if (x->duplicate[i].position >= n ||
            (i && x->duplicate[i].position <= x->duplicate[i - 1].position))
            return false;
    return true;
}

static bool strides_fit(const struct lw_index *x, uint64_t n)
{
    for (size_t i = 0; i < x->nlonger; i++)
        if (x->longer[i].position >= n || (i && x->longer[i].position <= x->longer[i - 1].position))
            return false;
    return true;
}

/* Positions of the first records of the files must increase. */
static bool files_fit(const struct lw_index_cache *k)
{
    for (size_t i = 0; i < k->head.nfiles; i++)
        if (k->was[i].first > (i + 1 < k->head.nfiles ? k->was[i + 1].first : k->head.n))
            return false;
    return k->was[0].first == 0;
}

static bool read_head(struct lw_index_cache *k, struct lw_index *x)
{
    struct stat st;
    struct disk_head *h = &k->head;
    if (k->sys->fstat(k->sys, k->fd, &st) != 0 || !S_ISREG(st.st_mode) ||
        !read_piece(k, h, sizeof *h) || !head_fits(h, (uint64_t)st.st_size))
        return false;
    k->sum = add_sum(0, &h->nfiles, sizeof *h - offsetof(struct disk_head, nfiles));
    k->was = lw_grow(NULL, (size_t)h->nfiles, sizeof *k->was);
    k->chunk_sum = lw_grow(NULL, chunks(h->n), sizeof *k->chunk_sum);
    x->nduplicates = x->duplicate_room = (size_t)h->nduplicates;
    x->duplicate = lw_grow(NULL, x->nduplicates, sizeof *x->duplicate);
    x->nlonger = x->longer_room = (size_t)h->nlonger;
    x->longer = lw_grow(NULL, x->nlonger, sizeof *x->longer);
    return read_piece(k, k->was, (size_t)h->nfiles * sizeof *k->was) &&
           read_piece(k, x->duplicate, x->nduplicates * sizeof *x->duplicate) &&
           read_piece(k, x->longer, x->nlonger * sizeof *x->longer) &&
           read_piece(k, k->chunk_sum, chunks(h->n) * sizeof *k->chunk_sum) && k->sum == h->sum &&
           files_fit(k) && duplicates_fit(x, h->n) && strides_fit(x, h->n);
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
static void find_what_fits(struct lw_tasks *t, struct lw_index_cache *k)
{
    size_t i = 0, nfiles = (size_t)k->head.nfiles;
    enum fit fit = SAME;
    while (i < nfiles && i < t->nfiles && (fit = file_fit(t, i, &k->was[i])) == SAME)
        i++;
    k->files = i;
    k->grown = i < nfiles && i < t->nfiles && fit == LONGER;
    size_t used = k->grown ? i + 1 : i;
    k->n = (size_t)(used < nfiles ? k->was[used].first : k->head.n);
    for (i = 0; i < used; i++) {
        t->file[i].first = (size_t)k->was[i].first;
        t->file[i].whole = k->was[i].whole;
    }
}

/* What is said of records from there on, and of the stride to them. */
static void drop_from(struct lw_index *x, size_t n)
{
    lw_index_drop_duplicates(x, n);
    lw_index_drop_strides(x, n > 0 ? n - 1 : 0);
}

/* Whether `next` can be where the record at `position` begins; `file` goes on to the one it is in.
 */
static bool lies_in_file(
    const struct lw_tasks *t, const struct lw_index_cache *k, size_t position, size_t *file)
{
    size_t last = k->grown ? k->files : k->files - 1;
    while (*file < last && k->was[*file + 1].first <= position)
        ++*file;
    uint64_t start = t->file[*file].start;
    return k->next >= start && k->next - start < k->was[*file].size;
}

/* Offsets must go up as the strides say, and lie within their files. */
static bool chunk_fits(const struct lw_tasks *t, struct lw_index_cache *k, const struct lw_chunk *c,
    size_t n, size_t *file)
{
    size_t from = t->index->n;
    if (from == 0)
        k->next = c->base[0];
    for (size_t i = 0; i < n; i++) {
        if (!lies_in_file(t, k, from + i, file) ||
            (i % LW_GROUP == 0 && c->base[i / LW_GROUP] != k->next))
            return false;
        k->next += lw_index_stride(t->index, from + i);
    }
    return from + n == k->n || lies_in_file(t, k, from + n, file);
}

static bool read_chunk(struct lw_tasks *t, struct lw_index_cache *k)
{
    size_t from = t->index->n, n = k->n - from < LW_CHUNK ? k->n - from : LW_CHUNK;
    size_t file = t->current;
    struct lw_chunk *c = lw_index_chunk(t->index, from);
    k->sum = 0;
    if (!read_piece(k, c, sizeof *c) || k->sum != k->chunk_sum[from / LW_CHUNK] ||
        !chunk_fits(t, k, c, n, &file))
        return false;
    lw_index_extend(t->index, n);
    t->current = file;
    t->done = k->next - t->file[file].start;
    return true;
}

/* All that fitted was read: continue after it. */
static void finish(struct lw_tasks *t, const struct lw_index_cache *k)
{
    t->current = k->files;
    t->saved = k->files == t->nfiles && k->files == k->head.nfiles;
    if (k->files == t->nfiles)
        return;
    t->done = k->grown ? k->was[k->files].size : t->file[k->files].reader.begin;
    if (!k->grown)
        t->file[k->files].first = k->n;
}

static void end_cache(struct lw_tasks *t)
{
    drop_from(t->index, t->index->n);
    lw_index_cache_close(t);
    if (t->current == t->nfiles && !t->saved)
        lw_index_cache_save(t);
}

bool lw_index_cache_step(struct lw_tasks *t)
{
    struct lw_index_cache *k = t->cache;
    if (!k)
        return false;
    bool fine = t->index->n == k->n || read_chunk(t, k);
    if (fine && t->index->n == k->n)
        finish(t, k);
    if (!fine || t->index->n == k->n)
        end_cache(t);
    return true;
}

void lw_index_cache_close(struct lw_tasks *t)
{
    struct lw_index_cache *k = t->cache;
    if (!k)
        return;
    k->sys->close(k->sys, k->fd);
    free(k->was);
    free(k->chunk_sum);
    free(k);
    t->cache = NULL;
}

void lw_index_cache_open(struct lw_tasks *t)
{
    int dir = open_dir(t, false);
    if (dir < 0)
        return;
    struct stat st;
    int fd;
    enum lw_code code =
        lw_file_open(t->sys, dir, NAME, NULL, O_RDONLY | O_NOFOLLOW, &fd, &st, NULL);
    t->sys->close(t->sys, dir);
    if (code != LW_OK)
        return;
    struct lw_index_cache *k = lw_alloc(sizeof *k);
    *k = (struct lw_index_cache){.sys = t->sys, .fd = fd};
    t->cache = k;
    if (read_head(k, t->index)) {
        find_what_fits(t, k);
        drop_from(t->index, k->n);
    }
    if (k->n > 0)
        return;
    lw_index_fini(t->index);
    lw_index_cache_close(t);
}
