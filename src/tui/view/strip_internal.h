/* The points of a scale or the options of a question, beside each other in one row or a few: each
 * keeps its place, whatever is chosen. */
#ifndef LABELWRIGHT_TUI_VIEW_STRIP_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_STRIP_INTERNAL_H

#include "tui/view/app_state_internal.h"
#include "tui/view/frame_internal.h"

struct lw_strip_item {
    char *text;
    bool chosen; /* or offered */
    bool plain;  /* an option without a key */
    int key;     /* the digit for it, drawn below; -1: none is drawn */
};

struct lw_strip {
    struct lw_strip_item *v;
    size_t n;
    const char *before, *after; /* what the ends mean; NULL for none, or where the items say so */
    const char *note;           /* what the chosen one means; NULL for none */
    const char *name;           /* of the chosen point; NULL for none */
    bool named;                 /* the items say what points mean */
    int cut;                    /* columns that an item may have; 0: as many as it needs */
    enum lw_role role;          /* CHOSEN: of an answer; else of what is only offered */
    bool list;                  /* each item has a row of its own, where the rows suffice */
    bool bare;                  /* the items are numbers only: they stay in a row */
    bool keyed;                 /* some item has a key below it */
};

/* Those of the question, at its place in the project, with `value` chosen; none where it has
 * neither points nor options. `letters`: an option with a letter needs no digit. In one row of
 * `room` columns a comparison says less. To be freed. */
void lw_strip_fill(const struct lw_app *app, size_t question, const json_t *value, bool letters,
    int room, struct lw_strip *s);
void lw_strip_free(struct lw_strip *s);

/* Its points are too many to stand beside each other: they are a line. */
bool lw_strip_is_slider(const struct lw_question *q, int room);

/* What it takes from column `col` on when all of it is to be seen, at most `most` rows. */
int lw_strip_rows(const struct lw_strip *s, int col, int cols, int most);

void lw_strip_draw(struct lw_strip *s, struct lw_area a, int col);
void lw_strip_slider(const struct lw_scale *scale, const json_t *value, enum lw_role role,
    struct lw_area a, int col);

#endif
