/* The start screen: what it lists, what is marked, and what can be asked of both. view_start.c
 * draws it, app/start_keys.c changes it. */
#ifndef LABELWRIGHT_TUI_VIEW_START_STATE_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_START_STATE_INTERNAL_H

#include "labelwright/workspace/start_list.h"
#include "tui/view/frame_internal.h"

enum lw_start_kind { LW_START_PROJECT, LW_START_FILE, LW_START_SAMPLE, LW_START_KINDS };

/* An entry: its kind and its place in the list of that kind. */
struct lw_start_entry {
    enum lw_start_kind kind;
    size_t i;
};

struct lw_start_screen {
    const struct lw_start_list *list; /* borrowed, as the next */
    const char *folder;               /* the folder that it was started in */
    int rows, cols;
    struct lw_start_entry at; /* the marked one, where there is any */
    bool moved;               /* somebody marked it; else it is the first of all */
    size_t top;               /* the first row of the list on the screen */
    const char *said;         /* why nothing came of the last key; NULL for nothing */
};

size_t lw_start_count(const struct lw_start_screen *s, enum lw_start_kind kind);
size_t lw_start_entries(const struct lw_start_screen *s); /* of all kinds */

/* The n-th entry, and the reverse. */
struct lw_start_entry lw_start_nth(const struct lw_start_screen *s, size_t n);
size_t lw_start_place(const struct lw_start_screen *s, struct lw_start_entry e);

/* The key that opens it: a digit, a small letter, a capital letter. */
char lw_start_key_of(struct lw_start_entry e);

/* The rows of the list, headings and notes with them; the row of an entry; how many are shown. */
size_t lw_start_lines(const struct lw_start_screen *s);
size_t lw_start_line_of(const struct lw_start_screen *s, struct lw_start_entry e);
int lw_start_rows(const struct lw_start_screen *s);

/* Where the columns of projects and files begin; a sample's are its name and its title. */
struct lw_start_columns {
    int state, unsent, today, place, format, size;
};
enum { LW_START_NAME = 5, LW_START_TITLE = 22, LW_START_FOLDER_COL = 20 };
const struct lw_start_columns *lw_start_columns(int cols);

/* Below the list: what Enter does with the marked one, with all that its row cuts short; or why
 * nothing came of the last key. New. And the rows of it and of the header, where the folder is. */
char *lw_start_message(const struct lw_start_screen *s);
int lw_start_message_rows(const struct lw_start_screen *s);
int lw_start_header_rows(const struct lw_start_screen *s);

void lw_view_start(const struct lw_start_screen *s, struct lw_area a);

#endif
