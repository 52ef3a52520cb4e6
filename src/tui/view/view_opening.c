/* The rows above the first task: how its file was read, and what else there is to know. They leave
 * with the first key that acts; all of it is in the messages. What it says is written elsewhere. */
#include "tui/view/view_internal.h"

#include "labelwright/text/wrap.h"

#include <stdlib.h>
#include <string.h>

enum { OPENING_MOST = 4, OPENING_ROWS = 24 /* of a screen with room for them */ };

/* One sentence, cleaned and broken into rows. */
struct broken {
    struct lw_buf text;
    struct lw_wrap lines;
};

static void break_lines(const char *sentence, int cols, struct broken *to)
{
    *to = (struct broken){0};
    lw_clean(sentence, strlen(sentence), false, &to->text);
    lw_wrap_text(&to->lines, to->text.data ? to->text.data : "", to->text.len, cols);
}

static void broken_fini(struct broken *b)
{
    lw_wrap_fini(&b->lines);
    lw_buf_fini(&b->text);
}

bool lw_opening_takes_header(const struct lw_app *app)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    struct lw_totals t = lw_ledger_totals(v->opts.ledger);
    return app->opening.survey && !v->draft && t.done + t.skipped == 0 &&
           lw_tasks_header(v->opts.tasks) != LW_HEADER_GUESSED;
}

/* Behind the line of the survey, with the key that takes the first row otherwise. */
static char *format_line(const struct lw_app *app)
{
    const struct lw_tasks *t = lw_sitting_view(app->s)->opts.tasks;
    bool names = lw_tasks_header(t) == LW_HEADER_YES;
    struct lw_buf whole = {0}, key = {0};
    char *line = lw_survey_line(app->opening.survey, t);
    lw_buf_str(&whole, line);
    lw_keymap_keys(app->keys, LW_CMD_FIRST_ROW, 1, &key);
    if (key.len > 0 && lw_opening_takes_header(app))
        lw_buf_fmt(&whole, names ? LW_VIEW_ROW_IS_TASK : LW_VIEW_ROW_IS_NAMES, key.data);
    lw_buf_fini(&key);
    free(line);
    return lw_buf_detach(&whole);
}

/* Calls `draw`, if there is one, for each row that is wanted; returns how many those are. */
static int each_row(const struct lw_app *app,
    void (*draw)(struct lw_area a, int row, const struct broken *b, size_t line), struct lw_area a)
{
    const struct lw_opening *o = &app->opening;
    char *line = o->survey ? format_line(app) : NULL;
    int rows = 0;
    for (size_t i = line ? 0 : 1; i <= o->n; i++) {
        struct broken b;
        break_lines(i == 0 ? line : o->sentence[i - 1], app->cols - 2, &b);
        for (size_t k = 0; k < b.lines.n; k++, rows++)
            if (draw)
                draw(a, rows, &b, k);
        broken_fini(&b);
    }
    free(line);
    return rows;
}

int lw_opening_rows(const struct lw_app *app)
{
    if (!app->opening.open)
        return 0;
    int most = app->rows >= OPENING_ROWS ? OPENING_MOST : 1;
    int rows = each_row(app, NULL, (struct lw_area){0});
    return rows < most ? rows : most;
}

static void draw_row(struct lw_area a, int row, const struct broken *b, size_t line)
{
    const struct lw_line *l = &b->lines.v[line];
    if (row < a.rows)
        lw_draw_text(a, row, 1, LW_ROLE_MESSAGE, b->text.data + l->start, l->end - l->start);
}

void lw_view_opening(const struct lw_app *app, struct lw_area a)
{
    struct lw_buf all = {0};
    if (a.rows == 0)
        return;
    int rows = each_row(app, draw_row, a);
    if (rows > a.rows) {
        lw_keymap_keys(app->keys, LW_CMD_MESSAGES, 1, &all);
        int cols = (int)all.len + (int)sizeof LW_VIEW_ALL_OF_MESSAGE - 1;
        lw_draw_fill(a, a.rows - 1, a.cols - cols - 1, cols + 1, LW_ROLE_TEXT, ' ');
        lw_draw(a, a.rows - 1, a.cols - cols, LW_ROLE_DIM, LW_VIEW_ALL_OF_MESSAGE, all.data);
    }
    lw_buf_fini(&all);
}
