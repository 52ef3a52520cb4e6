/* The screen after the last task: what is done, what is not, where the labels are, and a row with a
 * key for each thing that can be done now. */
#include "tui/view/view_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/base/local_time.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { LABEL = 3, VALUE = 14, KEY = 5, WORDS = 11 };

static const struct {
    struct lw_finish_key key;
    const char *words; /* with a number, where the row has one */
} rows[] = {
    [LW_FINISH_LEAVE] = {{.id = LW_CMD_QUIT}, LW_VIEW_FINISH_LEAVE},
    [LW_FINISH_BACK] = {{.id = LW_CMD_PREV_TASK}, LW_VIEW_FINISH_BACK},
    [LW_FINISH_SKIPPED] = {{.letter = 's'}, LW_VIEW_FINISH_SKIPPED},
    [LW_FINISH_DRAFTS] = {{.letter = 'd'}, LW_VIEW_FINISH_DRAFTS},
    [LW_FINISH_LEFT] = {{.letter = 'o'}, LW_VIEW_FINISH_LEFT},
    [LW_FINISH_SEND] = {{.id = LW_CMD_SEND}, LW_VIEW_FINISH_SEND},
    [LW_FINISH_ALL] = {{.id = LW_CMD_LIST}, LW_VIEW_FINISH_ALL},
};

struct lw_finish_key lw_finish_key(enum lw_finish_row row)
{
    return rows[row].key;
}

/* What a row is about; 1 where it is always there. */
static uint64_t number_of(const struct lw_app *app, enum lw_finish_row row)
{
    const struct lw_finish *f = &app->finish;
    struct lw_sync_status s = lw_sync_status(app->sync);
    switch (row) {
    case LW_FINISH_SKIPPED:
        return f->now.skipped;
    case LW_FINISH_DRAFTS:
        return f->now.drafts;
    case LW_FINISH_LEFT:
        return f->now.left + f->outside;
    case LW_FINISH_SEND:
        return s.state == LW_SYNC_NONE ? 0 : s.unsent + s.parked;
    default:
        return 1;
    }
}

bool lw_finish_offers(const struct lw_app *app, enum lw_finish_row row)
{
    return number_of(app, row) > 0;
}

static void draw_value(struct lw_area a, int row, const char *label, const char *value)
{
    lw_draw(a, row, LABEL, LW_ROLE_DIM, "%s", label);
    lw_draw_clipped(a, row, VALUE, a.cols - VALUE - 1, LW_ROLE_TEXT, value, strlen(value));
}

/* All of it, in as many rows as it takes, at most three; returns the row below. */
static int draw_title(const struct lw_app *app, struct lw_area a, int row)
{
    enum { MOST = 3 };
    struct lw_doc doc = {0};
    lw_draw(a, row, LABEL, LW_ROLE_DIM, LW_VIEW_FINISH_PROJECT);
    lw_doc_text(&doc, (struct lw_span){app->title, strlen(app->title)}, a.cols - VALUE - 1,
        LW_ROLE_TEXT, LW_READ_SOURCE);
    int n = doc.n < MOST ? (int)doc.n : MOST;
    lw_doc_draw(&doc, 0, lw_area_rows(a, row, n), VALUE);
    lw_doc_fini(&doc);
    return row + n;
}

/* "38 labels, 1 skipped" and "5 labels, 1 h 12 min on them, breaks 10 min" */
static int draw_work(const struct lw_app *app, struct lw_area a, int row)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(app->s)->opts;
    int64_t now = lw_clock_utc_ms(w->sys);
    struct lw_day day = lw_ledger_day(w->ledger, lw_local_midnight(now), now + 1);
    char active[LW_DURATION_MAX], breaks[LW_DURATION_MAX], text[160];
    lw_duration_words(day.active_ms, active);
    lw_duration_words(day.break_ms, breaks);
    snprintf(text, sizeof text, LW_VIEW_FINISH_DONE, app->finish.now.done, app->finish.now.total);
    draw_value(a, row, LW_VIEW_FINISH_DONE_LABEL, text);
    snprintf(text, sizeof text, LW_VIEW_FINISH_TODAY, day.done, active, breaks);
    draw_value(a, row + 1, LW_VIEW_CARD_TODAY, text);
    return row + 2;
}

static int draw_labels(const struct lw_app *app, struct lw_area a, int row)
{
    struct lw_buf words = {0};
    lw_view_status_words(app, &words);
    draw_value(a, row, LW_VIEW_CARD_LABELS, words.data);
    lw_buf_fini(&words);
    return row + 1;
}

static void draw_row(const struct lw_app *app, struct lw_area a, int row, enum lw_finish_row which)
{
    bool here = app->finish.at == which;
    enum lw_role role = here ? LW_ROLE_FOCUS : LW_ROLE_TEXT;
    struct lw_buf key = {0}, words = {0};
    if (rows[which].key.letter)
        lw_buf_char(&key, rows[which].key.letter);
    else
        lw_keymap_keys(app->keys, rows[which].key.id, 1, &key);
    lw_buf_str(&words, rows[which].words);
    if (which >= LW_FINISH_SKIPPED && which <= LW_FINISH_SEND)
        lw_buf_fmt(&words, ": %" PRIu64, number_of(app, which));
    if (which == LW_FINISH_LEFT && app->finish.outside)
        lw_buf_str(&words, LW_VIEW_FINISH_OUTSIDE);
    lw_draw(a, row, LABEL, role, "%s", here ? ">" : " ");
    lw_draw(a, row, KEY, LW_ROLE_KEY, "%s", key.len ? key.data : "");
    lw_draw(a, row, WORDS, role, "%s", words.data);
    if (here)
        lw_draw_cursor(a, row, LABEL);
    lw_buf_fini(&key);
    lw_buf_fini(&words);
}

void lw_view_finish(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint hints[] = {{"Up Down", 0, "choose"}, {"Enter", 0, "do it"},
        {NULL, LW_CMD_TAKE_BACK, "undo"}, {NULL, LW_CMD_PREV_TASK, "back"},
        {NULL, LW_CMD_QUIT, "leave"}};
    const struct lw_filter *only = lw_sitting_view(app->s)->only;
    lw_view_titled_rule(
        a, 0, only ? LW_VIEW_FINISH_FILTER : LW_VIEW_FINISH_TITLE, LW_ROLE_TITLE, "");
    int row = draw_title(app, a, 2);
    row = draw_work(app, a, row);
    row = draw_labels(app, a, row) + 1;
    for (int i = 0; i < LW_FINISH_ROWS && row < a.rows - 3; i++)
        if (lw_finish_offers(app, (enum lw_finish_row)i))
            draw_row(app, a, row++, (enum lw_finish_row)i);
    lw_draw_rule(a, a.rows - 3);
    lw_view_hints(app, lw_area_rows(a, a.rows - 1, 1), hints, sizeof hints / sizeof *hints);
    lw_view_message(app, lw_area_rows(a, a.rows - 2, 2));
}
