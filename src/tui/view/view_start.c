/* The start screen: projects, files of this folder, samples, a key for each. */
#define _GNU_SOURCE
#include "tui/view/start_state_internal.h"

#include "labelwright/base/local_time.h"
#include "tui/view/view_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = LW_START_NAME, TITLE = LW_START_TITLE, ENOUGH = 80 };

static const struct lw_start_columns *columns_of(struct lw_area a)
{
    return lw_start_columns(a.cols);
}

static const char *const titles[LW_START_KINDS] = {
    LW_VIEW_START_PROJECTS, LW_VIEW_START_FILES, LW_VIEW_START_SAMPLES};

static void clipped(struct lw_area a, int row, int col, int end, enum lw_role role, const char *s)
{
    lw_draw_clipped(a, row, col, end - col - 1, role, s, strlen(s));
}

/* ---- entries */

static void draw_state(const struct lw_start_project *p, struct lw_area a, int row)
{
    const struct lw_start_columns *c = columns_of(a);
    uint64_t seen = p->done + p->skipped, left = p->tasks > seen ? p->tasks - seen : 0;
    char words[64];
    if (!p->counted)
        snprintf(words, sizeof words, LW_VIEW_START_DONE, p->done);
    else if (left == 0)
        snprintf(words, sizeof words, LW_VIEW_START_ALL_DONE, p->tasks);
    else
        snprintf(words, sizeof words, LW_VIEW_START_LEFT, left, p->tasks);
    clipped(a, row, c->state, c->unsent, LW_ROLE_TEXT, words);
}

static void draw_today(struct lw_area a, int row, int64_t ms)
{
    const struct lw_start_columns *c = columns_of(a);
    char today[LW_DURATION_MAX];
    lw_duration_words(ms, today);
    int col = lw_draw(a, row, c->today, LW_ROLE_TEXT, "%s", today);
    if (a.cols >= ENOUGH)
        lw_draw(a, row, col + 1, LW_ROLE_TEXT, LW_VIEW_START_TODAY);
}

static void draw_project(const struct lw_start_project *p, struct lw_area a, int row)
{
    const struct lw_start_columns *c = columns_of(a);
    clipped(a, row, NAME, c->state, LW_ROLE_TEXT, p->name);
    if (!p->looked || p->why) {
        clipped(a, row, c->state, a.cols, p->why ? LW_ROLE_WARNING : LW_ROLE_DIM,
            p->why ? p->why : LW_VIEW_START_LOOKING);
        return;
    }
    draw_state(p, a, row);
    if (p->parked > 0)
        lw_draw(a, row, c->unsent, LW_ROLE_WARNING, LW_VIEW_START_REFUSED, p->parked);
    else if (p->sends && p->unsent > 0)
        lw_draw(a, row, c->unsent, LW_ROLE_TEXT, LW_VIEW_START_UNSENT, p->unsent);
    if (p->today_ms > 0)
        draw_today(a, row, p->today_ms);
    if (a.cols > c->place + 8)
        clipped(a, row, c->place, a.cols, LW_ROLE_DIM, p->place);
}

/* "3.1 MB" */
static void size_words(uint64_t n, char *to, size_t room)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
    double v = (double)n;
    size_t i = 0;
    for (; v >= 999.5 && i + 1 < sizeof units / sizeof *units; i++)
        v /= 1000;
    snprintf(to, room, "%.*f %s", i > 0 && v < 9.95 ? 1 : 0, v, units[i]);
}

static void draw_file(const struct lw_start_file *f, struct lw_area a, int row)
{
    const struct lw_start_columns *c = columns_of(a);
    char size[24];
    size_words(f->size, size, sizeof size);
    clipped(a, row, NAME, c->format, LW_ROLE_TEXT, f->name);
    clipped(a, row, c->format, c->size, LW_ROLE_TEXT, f->format);
    lw_draw(a, row, c->size, LW_ROLE_DIM, "%s", size);
}

/* The column behind the names of a kind. */
static int name_end(enum lw_start_kind kind, struct lw_area a)
{
    return kind == LW_START_PROJECT ? columns_of(a)->state
           : kind == LW_START_FILE  ? columns_of(a)->format
                                    : TITLE;
}

static void draw_entry(
    const struct lw_start_screen *s, struct lw_start_entry e, struct lw_area a, int row)
{
    const struct lw_start_list *l = s->list;
    bool here = e.kind == s->at.kind && e.i == s->at.i;
    lw_draw(a, row, 1, LW_ROLE_FOCUS, "%s", here ? ">" : " ");
    lw_draw(a, row, 3, LW_ROLE_KEY, "%c", lw_start_key_of(e));
    if (e.kind == LW_START_PROJECT) {
        draw_project(&l->project[e.i], a, row);
    } else if (e.kind == LW_START_FILE) {
        draw_file(&l->file[e.i], a, row);
    } else {
        clipped(a, row, NAME, TITLE, LW_ROLE_TEXT, l->sample[e.i].name);
        clipped(a, row, TITLE, a.cols, LW_ROLE_DIM, l->sample[e.i].title);
    }
    if (here) {
        lw_draw_restyle(a, row, NAME, name_end(e.kind, a) - NAME - 1, LW_ROLE_FOCUS);
        lw_draw_cursor(a, row, 1);
    }
}

/* What is said where there is none of a kind. */
static void draw_none(
    const struct lw_start_screen *s, enum lw_start_kind kind, struct lw_area a, int row)
{
    const struct lw_start_list *l = s->list;
    if (kind == LW_START_PROJECT)
        lw_draw(a, row, NAME, LW_ROLE_DIM,
            l->nsamples > 0 ? LW_VIEW_START_NO_PROJECT : LW_VIEW_START_NO_PROJECT_AT_ALL);
    else if (kind == LW_START_SAMPLE)
        lw_draw(a, row, NAME, LW_ROLE_DIM, LW_VIEW_START_NO_SAMPLE);
    else if (l->next < l->nwaiting)
        lw_draw(a, row, NAME, LW_ROLE_DIM, LW_VIEW_START_SEARCHING);
    else
        lw_draw(a, row, NAME, LW_ROLE_DIM,
            a.cols >= ENOUGH ? LW_VIEW_START_NO_FILE : LW_VIEW_START_NO_FILE_NARROW);
}

static void draw_heading(
    const struct lw_start_screen *s, enum lw_start_kind kind, struct lw_area a, int row)
{
    char more[48] = "";
    if (kind == LW_START_FILE && s->list->more_files > 0)
        snprintf(more, sizeof more, LW_VIEW_START_MORE_FILES, s->list->more_files);
    lw_view_titled_rule(lw_area_rows(a, row, 1), 0, titles[kind], LW_ROLE_TITLE, more);
}

static void draw_list(const struct lw_start_screen *s, struct lw_area a)
{
    size_t line = 0;
    for (int k = 0; k < LW_START_KINDS; k++) {
        enum lw_start_kind kind = (enum lw_start_kind)k;
        size_t n = lw_start_count(s, kind), rows = 1 + (n > 0 ? n : 1);
        for (size_t i = 0; i < rows; i++, line++) {
            int row = (int)line - (int)s->top;
            if (row < 0 || row >= a.rows)
                continue;
            if (i == 0)
                draw_heading(s, kind, a, row);
            else if (n == 0)
                draw_none(s, kind, a, row);
            else
                draw_entry(s, (struct lw_start_entry){kind, i - 1}, a, row);
        }
    }
}

/* ---- the rows around it */

static void draw_header(const struct lw_start_screen *s, struct lw_area a)
{
    for (int row = 0; row < a.rows; row++)
        lw_draw_fill(a, row, 0, a.cols, LW_ROLE_HEADER, ' ');
    lw_draw(a, 0, 1, LW_ROLE_HEADER, LW_VIEW_START_PROGRAM);
    lw_view_wrapped(a, 0, LW_START_FOLDER_COL, LW_ROLE_HEADER, s->folder, strlen(s->folder));
}

/* What Enter does with the marked one, and where it is; what is below the screen. */
static void draw_message(const struct lw_start_screen *s, struct lw_area a)
{
    size_t lines = lw_start_lines(s), end = s->top + (size_t)lw_start_rows(s);
    char below[32] = "", *text = lw_start_message(s);
    if (end < lines)
        snprintf(below, sizeof below, LW_VIEW_START_BELOW, lines - end);
    int cols = (int)strlen(below);
    lw_view_wrapped(lw_area_cols(a, 0, a.cols - (cols ? cols + 2 : 0)), 0, 1,
        s->said ? LW_ROLE_WARNING : LW_ROLE_MESSAGE, text, strlen(text));
    lw_draw(a, a.rows - 1, a.cols - cols - 1, LW_ROLE_DIM, "%s", below);
    free(text);
}

static void draw_keys(struct lw_area a)
{
    static const struct {
        const char *keys, *word;
    } hints[] = {{"1-9 a-z A-Z", "open"}, {"Up Down", "mark"}, {"Enter", "open"},
        {"n", "new project"}, {"q", "leave"}};
    enum { LEAVE = 9 /* columns of the last one, which is always there */ };
    size_t n = sizeof hints / sizeof *hints;
    int col = 1;
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_FOOTER, ' ');
    for (size_t i = 0; i < n; i++) {
        int cols = (int)(strlen(hints[i].keys) + strlen(hints[i].word)) + 1;
        if (i + 1 < n && col + cols + LEAVE > a.cols)
            continue;
        col = lw_draw(a, 0, col, LW_ROLE_KEY, "%s", hints[i].keys);
        col = lw_draw(a, 0, col + 1, LW_ROLE_FOOTER, "%s", hints[i].word) + 2;
    }
}

void lw_view_start(const struct lw_start_screen *s, struct lw_area a)
{
    if (s->rows < LW_MIN_ROWS || s->cols < LW_MIN_COLS) {
        lw_draw(a, 0, 0, LW_ROLE_WARNING, LW_VIEW_TOO_SMALL, s->cols, s->rows);
        lw_draw(a, 1, 0, LW_ROLE_TEXT, LW_VIEW_NEEDS_SIZE, LW_MIN_COLS, LW_MIN_ROWS);
        lw_draw_cursor(a, 0, 0);
        return;
    }
    int head = lw_start_header_rows(s), said = lw_start_message_rows(s);
    draw_header(s, lw_area_rows(a, 0, head));
    draw_list(s, lw_area_rows(a, head, lw_start_rows(s)));
    draw_message(s, lw_area_rows(a, a.rows - 1 - said, said));
    draw_keys(lw_area_rows(a, a.rows - 1, 1));
}
