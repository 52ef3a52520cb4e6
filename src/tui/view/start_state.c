/* What can be asked of the start screen: its entries, their keys, and the rows that they take. */
#include "tui/view/start_state_internal.h"

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

int lw_start_rows(const struct lw_start_screen *s)
{
    return s->rows - 3; /* header, message, keys */
}
