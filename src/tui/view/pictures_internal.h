/* The pictures of a task while it is on the screen: read one after the other between keys, kept as
 * cells. */
#ifndef LABELWRIGHT_TUI_VIEW_PICTURES_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_PICTURES_INTERNAL_H

#include "labelwright/format/task.h"
#include "labelwright/picture/picture.h"
#include "labelwright/project/project.h"

/* Of a task; further ones are only named. Where pixels are shown each keeps its points, so all of
 * them no more than 3 * 8 * LW_PICTURE_POINTS_MAX bytes. */
enum { LW_PICTURES_MAX = 8 };

struct lw_shown_picture {
    char *name;                   /* as the task says */
    struct lw_picture_want want;  /* what the pane asked for last … */
    struct lw_picture_want have;  /* … and what was read */
    bool used;                    /* since the panes were laid out last */
    bool read;                    /* something was: */
    struct lw_picture picture;    /* without its points where characters are shown */
    struct lw_picture_cell *cell; /* blanks where pixels are */
    char *fault;                  /* why there is none; NULL */
};

/* Zero-initialise. */
struct lw_pictures {
    const struct lw_project *project; /* borrowed; where names lead */
    struct lw_picture_look look;
    int rows;        /* that a picture may take */
    int zoom, x, y;  /* of all: see struct lw_picture_want … */
    unsigned filter; /* … and this; stays with the next task */
    struct lw_shown_picture v[LW_PICTURES_MAX];
    size_t n;
    bool waits; /* there is something to read */
    struct lw_picture_reader *reader;
    size_t reading; /* whose it is */
};

/* Another task is shown: forgets all of the last one. */
void lw_pictures_begin(struct lw_pictures *p);
void lw_pictures_fini(struct lw_pictures *p);

/* The panes are filled anew; a picture may take that many rows. */
void lw_pictures_lay_out(struct lw_pictures *p, int rows);

/* The picture of that name in so many columns; it is read later where it was not yet. NULL where it
 * is only named: an address, one of too many, or nothing here can show pictures. */
const struct lw_shown_picture *lw_pictures_find(
    struct lw_pictures *p, struct lw_span name, int cols);

/* Reads a little, at most some ms; true when something is there to show. */
bool lw_pictures_work(struct lw_pictures *p);

/* The first one that the panes show in cells, now or soon; NULL for none. */
const struct lw_shown_picture *lw_pictures_seen(const struct lw_pictures *p);

/* What stands above a picture, or in its place; the caller frees it. */
char *lw_pictures_title(const struct lw_shown_picture *s);

#endif
