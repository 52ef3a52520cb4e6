/* The inside of a kept index, for tests that change it. */
#ifndef LABELWRIGHT_TESTS_KEPT_INDEX_H
#define LABELWRIGHT_TESTS_KEPT_INDEX_H

#include "tasks/index_cache.c"

/* Sets the sums to what the bytes give now, as somebody who means harm would. */
static void mend_sum(char *bytes, size_t n)
{
    struct disk_head h;
    if (n < sizeof h)
        return;
    memcpy(&h, bytes, sizeof h);
    if (h.nfiles > n || h.ntwins > n || h.n > n)
        return; /* refused by its size */
    size_t files = (size_t)h.nfiles * sizeof(struct disk_file),
           twins = (size_t)h.ntwins * sizeof(struct lw_twin), nchunks = chunks(h.n),
           sums = nchunks * sizeof(uint64_t), at = sizeof h;
    if (files + twins + sums + nchunks * sizeof(struct lw_chunk) > n - at)
        return;
    for (size_t i = 0; i < nchunks; i++) {
        size_t chunk = at + files + twins + sums + i * sizeof(struct lw_chunk);
        uint64_t sum = add_sum(0, bytes + chunk, sizeof(struct lw_chunk));
        memcpy(bytes + at + files + twins + i * sizeof sum, &sum, sizeof sum);
    }
    h.sum = add_sum(0, &h.nfiles, sizeof h - offsetof(struct disk_head, nfiles));
    h.sum = add_sum(h.sum, bytes + at, files);
    h.sum = add_sum(h.sum, bytes + at + files, twins);
    h.sum = add_sum(h.sum, bytes + at + files + twins, sums);
    memcpy(bytes, &h, sizeof h);
}

#endif
