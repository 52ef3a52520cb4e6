/* Which panes there are, what they show, and how they share the rows. */
#include "labelwright/tasks/survey.h"
#include "tui/app/app_parts_internal.h"
#include "tui/view/said_internal.h"

#include <stdlib.h>
#include <string.h>

static const struct lw_task *task(const struct lw_app *d)
{
    return lw_sitting_view(d->s)->task;
}

bool lw_app_pair(const struct lw_app *d)
{
    return task(d) && task(d)->nresponses == 2;
}

const char *lw_app_curtain_tag(const struct lw_app *d)
{
    return task(d) ? lw_curtain_tag(lw_sitting_view(d->s)->opts.project, task(d)) : NULL;
}

bool lw_app_hidden(const struct lw_app *d)
{
    return !d->revealed && lw_app_curtain_tag(d) != NULL;
}

size_t lw_pane_last(const struct lw_pane *p)
{
    return p->rows > 0 && p->doc.n > (size_t)p->rows ? p->doc.n - (size_t)p->rows : 0;
}

int lw_app_bottom(const struct lw_app *d)
{
    int summary = lw_view_summary_rows(d, d->rows >= 30 ? 3 : 2);
    return 1 + lw_view_control_rows(d) + summary + 2; /* rule, focused question; message, footer */
}

/* --- what a pane shows ----------------------------------------------------------------------- */

static const char *speaker(const char *role)
{
    static const char *const names[][2] = {
        {"user", "User"}, {"assistant", "Assistant"}, {"system", "System"}, {"tool", "Tool"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(role, names[i][0]) == 0)
            return names[i][1];
    return role;
}

static enum lw_role speaker_role(const char *role)
{
    return strcmp(role, "user") == 0 ? LW_ROLE_ROLE_USER : LW_ROLE_ROLE_MODEL;
}

/* Which tool it was, or which call it answers. */
static const char *tool_name(const struct lw_turn *turn)
{
    const char *name = json_string_value(json_object_get(turn->message, "name"));
    return name ? name : json_string_value(json_object_get(turn->message, "tool_call_id"));
}

static void add_speaker(struct lw_pane *p, const struct lw_turn *turn)
{
    const char *name = tool_name(turn);
    lw_doc_line(&p->doc, speaker_role(turn->role), true, "%s%s%s", speaker(turn->role),
        name ? " " : "", name ? name : "");
}

/* What is missing would otherwise look intended. */
static void add_warnings(struct lw_app *d, struct lw_pane *p)
{
    const struct lw_task *t = task(d);
    if (!lw_task_asks(t))
        lw_doc_line(&p->doc, LW_ROLE_WARNING, false, "This task has no prompt.");
    if (t->nresponses < d->usual_responses)
        lw_doc_line(&p->doc, LW_ROLE_WARNING, false, "This task has %zu response%s; most have %zu.",
            t->nresponses, t->nresponses == 1 ? "" : "s", d->usual_responses);
}

static void fill_prompt(struct lw_app *d, struct lw_pane *p, int cols)
{
    const struct lw_task *t = task(d);
    add_warnings(d, p);
    lw_doc_parts(&p->doc, t->parts, cols, d->fold, d->raw);
    for (size_t i = 0; i < t->nturns; i++) {
        if (t->nturns > 1 || strcmp(t->turn[i].role, "user") != 0)
            add_speaker(p, &t->turn[i]);
        lw_doc_said(&p->doc, t->turn[i].text, t->turn[i].parts, cols, d->fold, d->raw);
    }
    if (t->reference.s) {
        lw_doc_line(&p->doc, LW_ROLE_TITLE, true, "Reference");
        lw_doc_text(&p->doc, t->reference, cols, LW_ROLE_TEXT, d->raw);
    }
}

static void fill_response(struct lw_app *d, struct lw_pane *p, int cols)
{
    const struct lw_response *r = &task(d)->response[p->response];
    if (r->text.n == 0 && lw_parts_count(r->parts) == 0)
        lw_doc_line(&p->doc, LW_ROLE_WARNING, false, "This response is empty.");
    if (lw_app_fill_diff(d, p, cols))
        lw_doc_other_parts(&p->doc, r->parts, cols, d->fold, d->raw);
    else
        lw_doc_said(&p->doc, r->text, r->parts, cols, d->fold, d->raw);
}

static void fill(struct lw_app *d, struct lw_pane *p, int cols)
{
    lw_doc_clear(&p->doc);
    if (cols > LW_TEXT_COLS)
        cols = LW_TEXT_COLS;
    if (task(d)->unreadable) {
        lw_doc_line(&p->doc, LW_ROLE_WARNING, false, "This task cannot be read.");
        lw_doc_line(&p->doc, LW_ROLE_TEXT, false, "%s", "");
        lw_doc_text(&p->doc, (struct lw_span){task(d)->unreadable, strlen(task(d)->unreadable)},
            cols, LW_ROLE_TEXT, false);
    } else if (lw_app_hidden(d)) {
        lw_doc_line(&p->doc, LW_ROLE_DIM, false, "Hidden (%s). z: show.", lw_app_curtain_tag(d));
    } else if (p->response < 0) {
        fill_prompt(d, p, cols);
    } else {
        fill_response(d, p, cols);
    }
}

/* --- which panes ----------------------------------------------------------------------------- */

static void set_panes(struct lw_app *d)
{
    const struct lw_sitting_view *v = lw_sitting_view(d->s);
    const struct lw_task *t = task(d);
    d->pane[0].response = -1;
    d->npanes = 1;
    if (t->unreadable || t->nresponses == 0)
        return;
    if (lw_app_pair(d)) {
        d->pane[1].response = v->order[0];
        d->pane[2].response = v->order[1];
        d->npanes = 3;
        return;
    }
    d->pane[1].response = v->order[d->single];
    d->npanes = 2;
}

/* --- sharing the rows ------------------------------------------------------------------------ */

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int lines(const struct lw_pane *p)
{
    return p->doc.n > 10000 ? 10000 : (int)p->doc.n;
}

static void place(struct lw_pane *p, int row, int col, int rows, int cols)
{
    p->row = row;
    p->col = col;
    p->rows = rows;
    p->cols = cols;
}

/* Rows for the prompt above `others` rows that the responses could use of `room` rows of text. */
static int prompt_rows(const struct lw_app *d, int room, int others)
{
    int wants = lines(&d->pane[0]);
    int modest = room / 4 > 3 ? room / 4 : 3;
    if (d->fold)
        return 1;
    if (wants <= modest || others + modest >= room)
        return least(wants, modest);
    return least(wants, room - others); /* the responses leave room over */
}

/* Half each, but a response shorter than its half leaves the rest to the other. */
static int share(int room, int a, int b)
{
    int half = room / 2;
    if (a < half && b > room - half)
        return a;
    if (b < room - half && a > half)
        return room - b;
    return half;
}

static void lay_pair_stacked(struct lw_app *d, int top, int rows)
{
    int room = rows - 3, a = lines(&d->pane[1]), b = lines(&d->pane[2]);
    int prompt = prompt_rows(d, room, a + b);
    room -= prompt;
    int rows_a = share(room, a, b);
    place(&d->pane[0], top + 1, 0, prompt, d->cols);
    place(&d->pane[1], top + prompt + 2, 0, rows_a, d->cols);
    place(&d->pane[2], top + prompt + rows_a + 3, 0, room - rows_a, d->cols);
}

static void lay_pair_beside(struct lw_app *d, int top, int rows)
{
    int room = rows - 2, a = lines(&d->pane[1]), b = lines(&d->pane[2]);
    int prompt = prompt_rows(d, room, a > b ? a : b), half = d->cols / 2;
    place(&d->pane[0], top + 1, 0, prompt, d->cols);
    place(&d->pane[1], top + prompt + 2, 0, room - prompt, half);
    place(&d->pane[2], top + prompt + 2, half, room - prompt, d->cols - half);
}

static void lay_single(struct lw_app *d, int top, int rows)
{
    int prompt = prompt_rows(d, rows - 2, lines(&d->pane[1]));
    place(&d->pane[0], top + 1, 0, prompt, d->cols);
    place(&d->pane[1], top + prompt + 2, 0, rows - 2 - prompt, d->cols);
}

static bool beside(const struct lw_app *d)
{
    return lw_app_pair(d) && d->cols >= LW_WIDE_COLS && !d->zoom;
}

static void lay_out(struct lw_app *d)
{
    int top = 1, rows = d->rows - top - lw_app_bottom(d);
    for (int i = 0; i < d->npanes; i++) {
        bool half = beside(d) && i > 0; /* with a gap wide enough to part two columns of text */
        fill(d, &d->pane[i], half ? d->cols / 2 - 4 : d->cols - 2);
        place(&d->pane[i], 0, 0, 0, 0);
    }
    if (d->zoom || d->npanes == 1)
        place(&d->pane[d->active], top + 1, 0, rows - 1, d->cols);
    else if (beside(d))
        lay_pair_beside(d, top, rows);
    else if (lw_app_pair(d))
        lay_pair_stacked(d, top, rows);
    else
        lay_single(d, top, rows);
}

/* A conversation opens at its last turn: the responses answer that. A single line shows the text,
 * not the speaker. */
static void open_at_last_turn(struct lw_pane *p)
{
    size_t top = 0;
    for (size_t i = 0; i < p->doc.n; i++)
        if (p->doc.v[i].heading && p->doc.v[i].role != LW_ROLE_TITLE)
            top = p->rows == 1 ? i + 1 : i;
    p->top = top < lw_pane_last(p) ? top : lw_pane_last(p);
}

static void begin_task(struct lw_app *d)
{
    d->shows = lw_sitting_view(d->s)->show_count;
    d->zoom = d->raw = d->revealed = false;
    d->single = 0;
    d->followed = -1;
    d->hit_at = 0;
    d->active = task(d)->nresponses > 0 && !task(d)->unreadable ? 1 : 0;
    for (int i = 0; i < LW_PANES; i++)
        d->pane[i].top = 0;
    d->laid_out = false;
}

void lw_app_layout(struct lw_app *d)
{
    if (!task(d) || d->rows < LW_MIN_ROWS || d->cols < LW_MIN_COLS)
        return;
    bool anew = d->shows != lw_sitting_view(d->s)->show_count, folded = d->pane[0].rows == 1;
    if (anew)
        begin_task(d);
    lw_app_follow_focus(d);
    /* The rows below the text may have changed with the answers. */
    if (d->laid_out && d->bottom == lw_app_bottom(d))
        return;
    d->bottom = lw_app_bottom(d);
    set_panes(d);
    lay_out(d);
    if (anew || (d->pane[0].rows == 1) != folded)
        open_at_last_turn(&d->pane[0]);
    for (int i = 0; i < d->npanes; i++)
        if (d->pane[i].top > lw_pane_last(&d->pane[i]))
            d->pane[i].top = lw_pane_last(&d->pane[i]);
    lw_app_find_refresh(d);
    d->laid_out = true;
}
