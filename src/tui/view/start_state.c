/* What can be asked of the start screen: its entries, their keys, and the rows that they take. */
#include "tui/view/start_state_internal.h"

#include "tui/view/view_internal.h"

#include <stdlib.h>
#include <string.h>

/* Without j, k, n and q, which do something else. */
static const char letters[] = "abcdefghilmoprstuvwxyz";

_Static_assert(sizeof letters > LW_START_FILES, "every file has a letter");

size_t lw_start_count(const struct lw_start_screen *s, enum lw_start_kind kind)
{
    const struct lw_start_list *l = s->list;
    return kind == LW_START_PROJECT ? l->nprojects
           : kind == LW_START_FILE  ? l->nfiles
                                    : l->nsamples;
}

size_t lw_start_entries(const struct lw_start_screen *s)
{
    return s->list->nprojects + s->list->nfiles + s->list->nsamples;
}

struct lw_start_entry lw_start_nth(const struct lw_start_screen *s, size_t n)
{
    struct lw_start_entry e = {LW_START_PROJECT, n};
    while (e.kind < LW_START_SAMPLE && e.i >= lw_start_count(s, e.kind))
        e.i -= lw_start_count(s, e.kind++);
    return e;
}

size_t lw_start_place(const struct lw_start_screen *s, struct lw_start_entry e)
{
    size_t n = e.i;
    for (int kind = 0; kind < (int)e.kind; kind++)
        n += lw_start_count(s, (enum lw_start_kind)kind);
    return n;
}

char lw_start_key_of(struct lw_start_entry e)
{
    return e.kind == LW_START_PROJECT ? (char)('1' + e.i)
           : e.kind == LW_START_FILE  ? letters[e.i]
                                      : (char)('A' + e.i);
}

/* Each kind has a heading, and a row that says so where there is none. */
static size_t lines_of(const struct lw_start_screen *s, enum lw_start_kind kind)
{
    size_t n = lw_start_count(s, kind);
    return 1 + (n > 0 ? n : 1);
}

size_t lw_start_lines(const struct lw_start_screen *s)
{
    size_t lines = 0;
    for (int kind = 0; kind < LW_START_KINDS; kind++)
        lines += lines_of(s, (enum lw_start_kind)kind);
    return lines;
}

size_t lw_start_line_of(const struct lw_start_screen *s, struct lw_start_entry e)
{
    size_t line = 1 + e.i;
    for (int kind = 0; kind < (int)e.kind; kind++)
        line += lines_of(s, (enum lw_start_kind)kind);
    return line;
}

/* ---- the rows around the list */

const struct lw_start_columns *lw_start_columns(int cols)
{
    static const struct lw_start_columns widest = {52, 71, 83, 104, 72, 90},
                                         wide = {32, 51, 63, 84, 52, 70},
                                         narrow = {20, 37, 48, 84, 33, 51};
    return cols >= 120 ? &widest : cols >= 80 ? &wide : &narrow;
}

static bool is_cut(const char *s, int from, int to)
{
    return lw_cols(s, strlen(s), -1) > to - from - 1;
}

/* "NAME: WHY. " of what cannot be opened, "NAME, FORMAT. ", "TITLE. ": only what is cut. */
static void add_cut(const struct lw_start_screen *s, struct lw_buf *to)
{
    const struct lw_start_columns *c = lw_start_columns(s->cols);
    const struct lw_start_list *l = s->list;
    if (s->at.kind == LW_START_PROJECT) {
        const struct lw_start_project *p = &l->project[s->at.i];
        if (p->why && is_cut(p->why, c->state, s->cols))
            lw_buf_fmt(to, LW_VIEW_START_CUT_WHY, p->name, p->why);
    } else if (s->at.kind == LW_START_FILE) {
        const struct lw_start_file *f = &l->file[s->at.i];
        if (is_cut(f->name, LW_START_NAME, c->format) || is_cut(f->format, c->format, c->size))
            lw_buf_fmt(to, LW_VIEW_START_CUT_FILE, f->name, f->format);
    } else if (is_cut(l->sample[s->at.i].title, LW_START_TITLE, s->cols)) {
        lw_buf_fmt(to, LW_VIEW_START_CUT_TITLE, l->sample[s->at.i].title);
    }
}

char *lw_start_message(const struct lw_start_screen *s)
{
    struct lw_buf text = {0};
    if (s->said || lw_start_entries(s) == 0)
        return lw_strdup(s->said ? s->said : "");
    add_cut(s, &text);
    if (s->at.kind == LW_START_PROJECT)
        lw_buf_fmt(&text, LW_VIEW_START_ENTER_PROJECT, s->list->project[s->at.i].place,
            s->list->project[s->at.i].name);
    else if (s->at.kind == LW_START_FILE)
        lw_buf_str(&text, LW_VIEW_START_ENTER_FILE);
    else
        lw_buf_fmt(&text, LW_VIEW_START_ENTER_SAMPLE, s->list->sample[s->at.i].name);
    return lw_buf_detach(&text);
}

/* Rows of a text, but not so many that little is left of the list. */
static int rows_of(const struct lw_start_screen *s, const char *text, int cols)
{
    int rows = lw_view_wrapped_rows(text, strlen(text), cols), most = s->rows / 4;
    return rows < most ? rows : most;
}

int lw_start_message_rows(const struct lw_start_screen *s)
{
    enum { BELOW = 16 }; /* "12 more below" stands beside it, where the list does not fit */
    char *text = lw_start_message(s);
    int rows = rows_of(s, text, s->cols - 2);
    if ((int)lw_start_lines(s) > s->rows - lw_start_header_rows(s) - rows - 1)
        rows = rows_of(s, text, s->cols - BELOW - 2);
    free(text);
    return rows;
}

int lw_start_header_rows(const struct lw_start_screen *s)
{
    return rows_of(s, s->folder, s->cols - LW_START_FOLDER_COL - 1);
}

int lw_start_rows(const struct lw_start_screen *s)
{
    return s->rows - lw_start_header_rows(s) - lw_start_message_rows(s) - 1;
}
