/* Pictures, for a grid of cells. A file of a project is foreign: a child process with limits
 * decodes it, and what comes back are the colours of as many points as the cells have. */
#ifndef LABELWRIGHT_PICTURE_PICTURE_H
#define LABELWRIGHT_PICTURE_PICTURE_H

#include "labelwright/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

enum {
    LW_PICTURE_POINTS = 8,     /* of a cell that becomes a character, in both directions */
    LW_PICTURE_CELL_MAX = 128, /* pixels of a terminal's cell, in each direction */
    LW_PICTURE_POINTS_MAX = 2 * 1000 * 1000, /* of a picture, where pixels are shown */
    LW_PICTURE_COLS_MAX = 400,
    LW_PICTURE_ROWS_MAX = 200,
    LW_PICTURE_SIDE_MAX = 20000,               /* pixels of a file that is decoded … */
    LW_PICTURE_PIXELS_MAX = 100 * 1000 * 1000, /* … in all … */
    LW_PICTURE_BYTES_MAX = 256 * 1024 * 1024,  /* … and its bytes */
    LW_PICTURE_MS_MAX = 10000,                 /* a picture takes no longer */
    LW_PICTURE_ZOOM_MAX = 7,
    LW_PICTURE_ALL = 1000 /* thousandths */
};

/* What is done to the points, for eyes that want to see less; both may be. Blurred, a point is the
 * mean of those up to a thirty-second of the picture's longer side away, taken three times: as much
 * of a part that is shown larger. */
enum {
    LW_PICTURE_GREY = 1,
    LW_PICTURE_BLUR = 2,
    LW_PICTURE_FILTERS = 4,
    LW_PICTURE_BLUR_PART = 32
};

/* What of a picture, and how large. */
struct lw_picture_want {
    int cols, rows; /* of cells, at most; 0: only the size of the picture */
    int zoom;       /* 0: all of it; each step is one and a half times as large */
    int x, y;       /* the middle of what is shown, in thousandths of the picture's width, height */
    int cell_w, cell_h; /* pixels of a cell, to be shown as such; 0: characters are, and a cell is
                           twice as high as wide */
    unsigned filter;    /* LW_PICTURE_GREY, LW_PICTURE_BLUR */
};

struct lw_picture {
    unsigned serial;        /* no other one that was read has it; not 0 */
    uint32_t width, height; /* of the file, in pixels */
    const char *kind;       /* "PNG" */
    int cols, rows;         /* of cells; 0 when only the size was wanted */
    int x, y;               /* the middle of what is shown, which is … */
    int seen_x, seen_y;     /* … so much of it; all in thousandths of the picture */
    int point_w, point_h;   /* points of a cell: LW_PICTURE_POINTS for characters, else no more than
                               its pixels, nor than the file has, nor LW_PICTURE_POINTS_MAX in all */
    uint8_t *rgb; /* rows * point_h rows of cols * point_w points, each red, green, blue; NULL with
                     0 cells */
};
void lw_picture_fini(struct lw_picture *p);

/* A picture that is being decoded. `path` is that of the file, `name` is for messages. NULL when
 * there is nothing to decode: `err` says why, with the cure. */
struct lw_picture_reader *lw_picture_start(
    const char *path, const char *name, const struct lw_picture_want *want, struct lw_err *err);

/* Waits for at most so many ms. READY: the caller owns `to`; FAILED: `err` says why, with the cure.
 * After these two call nothing but lw_picture_stop(). */
enum lw_picture_state { LW_PICTURE_READING, LW_PICTURE_READY, LW_PICTURE_FAILED };
enum lw_picture_state lw_picture_step(
    struct lw_picture_reader *r, int ms, struct lw_picture *to, struct lw_err *err);

/* Ends the child, whatever it does; NULL is fine. */
void lw_picture_stop(struct lw_picture_reader *r);

/* All at once; waits as long as it takes, at most LW_PICTURE_MS_MAX. */
enum lw_code lw_picture_read(const char *path, const char *name, const struct lw_picture_want *want,
    struct lw_picture *to, struct lw_err *err);

/* ---- cells */

/* Which colours the cells may have. */
enum lw_picture_colours {
    LW_PICTURE_NO_COLOURS,
    LW_PICTURE_16,  /* numbers 0-15 */
    LW_PICTURE_256, /* numbers 16-255: those that no theme of a terminal changes */
    LW_PICTURE_RGB  /* 0xRRGGBB */
};
struct lw_picture_look {
    enum lw_picture_colours colours;
    bool ascii;         /* no characters but these */
    int cell_w, cell_h; /* pixels are shown instead, in cells of that size; 0: characters are */
    int area_max;       /* pixels that a picture may cover; 0: no limit */
};
struct lw_picture_cell {
    char32_t cp;    /* one column wide */
    int32_t fg, bg; /* -1: the terminal's own */
};

/* The cells of a picture, row by row; the caller frees them. NULL where it has none. */
struct lw_picture_cell *lw_picture_cells(
    const struct lw_picture *p, const struct lw_picture_look *look);

/* ---- what was built in */

const char *lw_picture_libraries(void); /* " PNG JPEG chafa", each behind a blank */
bool lw_picture_can_decode(void);       /* some kind of picture … */
bool lw_picture_can_show(void);         /* … also in cells */

#endif
