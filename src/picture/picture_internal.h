/* Between the parent, which asks, and the child, which decodes; and between the child's parts. */
#ifndef LABELWRIGHT_PICTURE_PICTURE_INTERNAL_H
#define LABELWRIGHT_PICTURE_PICTURE_INTERNAL_H

#include "labelwright/picture/picture.h"

#include <stdio.h>

/* What can be wrong with a file: a sentence for the user behind the file's name. */
#define LW_PICTURE_FAULTS(X)                                                                       \
    X(NONE, "")                                                                                    \
    X(EMPTY, "is empty. Copy the file again")                                                      \
    X(KIND, "is no PNG and no JPEG picture, whatever its name says. Convert it to one of them")    \
    X(GIF, "is a GIF, which is not shown. Convert it to PNG")                                      \
    X(WEBP, "is a WebP picture, which is not shown. Convert it to PNG or JPEG")                    \
    X(LIBRARY, "is of a kind that this labelwright was built without. See: labelwright doctor")    \
    X(SIZE, "has too many pixels: at most 20,000 a side and 100 million in all. Scale it down")    \
    X(CUT, "ends too early. Copy the file again")                                                  \
    X(DAMAGED, "is damaged. Copy the file again")                                                  \
    X(MEMORY, "needs too much memory. Scale it down, or save it without interlacing")              \
    X(READ, "cannot be read from the disk")                                                        \
    X(TIME, "takes too long to decode. Scale it down")                                             \
    X(CRASH, "stops the decoder. Convert it again")

enum lw_picture_fault {
#define X(id, words) LW_FAULT_##id,
    LW_PICTURE_FAULTS(X)
#undef X
        LW_FAULT_COUNT
};

/* What the child sends first; the points follow. */
enum { LW_PICTURE_MAGIC = 0x4C575032 };
struct lw_picture_head {
    uint32_t magic, fault, kind;
    uint32_t width, height;
    int32_t cols, rows, x, y, seen_x, seen_y, point_w, point_h;
};

/* ---- scaling, while rows arrive */

/* Zero-initialise but for `want`. */
struct lw_picture_scale {
    struct lw_picture_want want;
    int turn; /* how the camera was held, as Exif counts: 1-8; others are 1. Before _begin() */
    struct lw_picture_head head;       /* what is shown, from lw_scale_begin() on */
    uint8_t *rgb;                      /* the points, from lw_scale_rows() on; NULL with 0 cells */
    uint32_t left, top, right, bottom; /* the part that is shown, in the pixels of the rows … */
    uint32_t row;                      /* … of which so many came */
    int out_w, out_h, out_row;
    uint64_t *sum; /* of the points of a row … */
    uint32_t sums; /* … of so many rows of pixels */
};

/* Whether the picture may be that large; finds the cells it takes. */
enum lw_picture_fault lw_scale_begin(struct lw_picture_scale *s, uint32_t width, uint32_t height);

/* Rows will come with that many pixels, and so many rows; false when there is not enough memory. */
bool lw_scale_rows(struct lw_picture_scale *s, uint32_t width, uint32_t height);

/* The next row, 3 bytes a pixel; false when no more are needed. */
bool lw_scale_row(struct lw_picture_scale *s, const uint8_t *rgb);

/* The pixels that are seen, in the directions of the rows, for each point: at least. */
unsigned lw_scale_spare(const struct lw_picture_scale *s, uint32_t width, uint32_t height);

/* When it is done: the points as the camera was held. False when there is not enough memory. */
bool lw_scale_turn(struct lw_picture_scale *s);
bool lw_scale_is_done(const struct lw_picture_scale *s);
void lw_scale_fini(struct lw_picture_scale *s);

/* After that: what the want's filter makes of the points. False when there is not enough memory. */
bool lw_picture_filter(struct lw_picture_scale *s);

/* ---- kinds of files */

struct lw_picture_kind {
    const char *name, *magic;
    size_t nmagic;
    /* Gives its rows to the scale; the file stands at its begin. NULL where nothing decodes it. */
    enum lw_picture_fault (*decode)(FILE *f, struct lw_picture_scale *to);
    enum lw_picture_fault without; /* what is said then */
};
extern const struct lw_picture_kind lw_picture_kinds[];
enum { LW_PICTURE_KINDS = 4 };

/* The kind of a file that begins so; -1 for none. */
int lw_picture_kind_of(const char *bytes, size_t n);

#ifdef LW_HAVE_PNG
enum lw_picture_fault lw_picture_decode_png(FILE *f, struct lw_picture_scale *to);
#endif
#ifdef LW_HAVE_JPEG
enum lw_picture_fault lw_picture_decode_jpeg(FILE *f, struct lw_picture_scale *to);
#endif

/* Limits this process, decodes the file `in`, writes to `out`, and ends. */
_Noreturn void lw_picture_child(int in, int out, const struct lw_picture_want *want);

#endif
