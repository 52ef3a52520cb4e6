/* How far two annotators marked the same: spans with a tag, of one text. Pure. */
#ifndef LABELWRIGHT_AGREE_SPAN_OVERLAP_H
#define LABELWRIGHT_AGREE_SPAN_OVERLAP_H

#include <stddef.h>
#include <stdint.h>

/* One tag on one span: bytes from start to end. */
struct lw_marked {
    size_t start, end;
    int32_t tag;
};

/* Of both annotators what they marked, and what of it is the same: F1 is 2 both / (first +
 * second). */
struct lw_overlap {
    uint64_t first, second, both;
};

/* Sorts by tag and place, and drops what is there twice; how many are left. */
size_t lw_marked_sort(struct lw_marked *v, size_t n);

/* Of sorted ones, with this tag only; -1 for all tags. Exact: the same bytes with the same tag.
 * Bytes: each byte once for each tag on it. */
struct lw_overlap lw_overlap_exact(
    const struct lw_marked *a, size_t na, const struct lw_marked *b, size_t nb, int32_t tag);
struct lw_overlap lw_overlap_bytes(
    const struct lw_marked *a, size_t na, const struct lw_marked *b, size_t nb, int32_t tag);

#endif
