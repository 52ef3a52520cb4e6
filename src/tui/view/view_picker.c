/* The list of options over the task: flags, or a long choice. */
#include "tui/view/answer_area_internal.h"
#include "tui/view/view_internal.h"

#include <string.h>

static const json_t *suggested(const struct lw_app *app)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    return lw_suggestion_left(v->opts.project, v->task, v->answers, v->slot[v->focus]);
}

static void draw_option(
    const struct lw_app *app, struct lw_area a, int row, size_t i, int number, bool keys)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    const struct lw_option *o = &lw_app_question(app)->option[i];
    bool here = i == app->picker_at && !o->group;
    enum lw_role role = o->group ? LW_ROLE_TITLE : here ? LW_ROLE_FOCUS : LW_ROLE_TEXT;
    int col = lw_draw(a, row, 1, role, here ? "> " : "  ");
    if (o->group) {
        lw_draw_text(a, row, col + 2 * o->depth, role, o->label, strlen(o->label));
        return;
    }
    col = number <= 10 ? lw_draw(a, row, col, LW_ROLE_KEY, "%d ", number % 10) : col + 2;
    if (keys && o->key)
        lw_draw_fill(a, row, col, 1, LW_ROLE_KEY, o->key);
    col += keys ? 2 : 0;
    bool one = lw_app_question(app)->type == LW_Q_CHOICE;
    char mark = lw_picker_has(app, i) ? 'x' : lw_option_is_in(o, suggested(app)) ? '?' : ' ';
    col = lw_draw(a, row, col + 2 * o->depth, role, one ? "(%c) " : "[%c] ", mark);
    if (here)
        lw_draw_cursor(a, row, 1);
    char quota[LW_QUOTA_COLS] = "";
    if (one)
        lw_view_quota_numbers(app, i, quota);
    bool full = quota[0] && lw_view_is_full(app, v->slot[v->focus].question, i);
    int end = a.cols - 1 - (quota[0] ? (int)strlen(quota) + 3 : 0);
    lw_draw_clipped(a, row, col, end - col, role, o->label, strlen(o->label));
    if (quota[0])
        lw_draw(a, row, end + 1, full ? LW_ROLE_WARNING : LW_ROLE_DIM, "%s%s", quota,
            full ? LW_VIEW_QUOTA_MARK : "");
}

/* A group is listed when the filter matches any of its options. */
static bool listed(const struct lw_app *app, size_t i)
{
    const struct lw_question *q = lw_app_question(app);
    if (!q->option[i].group)
        return lw_picker_matches(app, &q->option[i]);
    for (size_t k = i + 1; k < q->noptions && q->option[k].depth > q->option[i].depth; k++)
        if (!q->option[k].group && lw_picker_matches(app, &q->option[k]))
            return true;
    return false;
}

struct listing {
    int rows, mark, wide; /* rows in all, the row of the mark, columns of the widest option */
    int options, number;  /* those that are no headings; that of the mark, from 1 */
    bool keys;            /* some option has a hotkey */
};

static struct listing measure(const struct lw_app *app)
{
    const struct lw_question *q = lw_app_question(app);
    struct listing l = {0};
    for (size_t i = 0; i < q->noptions; i++) {
        if (!listed(app, i))
            continue;
        l.options += !q->option[i].group;
        if (i == app->picker_at) {
            l.mark = l.rows;
            l.number = l.options;
        }
        l.rows++;
        l.keys = l.keys || q->option[i].key;
        char quota[LW_QUOTA_COLS] = "";
        if (q->type == LW_Q_CHOICE)
            lw_view_quota_numbers(app, i, quota);
        int cols = lw_cols(q->option[i].label, strlen(q->option[i].label), -1) +
                   2 * q->option[i].depth + (quota[0] ? (int)strlen(quota) + 4 : 0);
        l.wide = cols > l.wide ? cols : l.wide;
    }
    return l;
}

static void draw_options(const struct lw_app *app, struct lw_area a, const struct listing *l)
{
    const struct lw_question *q = lw_app_question(app);
    int top = l->mark - a.rows / 2, row = 0, number = 0;
    top = top > l->rows - a.rows ? l->rows - a.rows : top;
    top = top < 0 ? 0 : top;
    for (size_t i = 0; i < q->noptions; i++) {
        if (!listed(app, i))
            continue;
        number += !q->option[i].group;
        if (row >= top && row - top < a.rows)
            draw_option(app, a, row - top, i, number, l->keys);
        row++;
    }
    if (l->rows == 0)
        lw_draw(a, 0, 1, LW_ROLE_DIM, LW_VIEW_NO_OPTION, app->filter.data);
}

/* `cut`: there are more options than rows. */
static void picker_title(
    const struct lw_app *app, const struct listing *l, bool cut, struct lw_buf *to)
{
    const struct lw_sitting *s = app->s;
    const struct lw_sitting_view *v = lw_sitting_view(s);
    struct lw_slot slot = v->slot[v->focus];
    lw_buf_str(to, lw_app_question(app)->label);
    if (slot.item >= 0) {
        lw_buf_str(to, LW_VIEW_OF_ITEM);
        lw_sitting_describe_item(s, slot, to);
    }
    if (cut)
        lw_buf_fmt(to, LW_VIEW_OPTION_PLACE, l->number, l->options);
}

static void filter_footer(const struct lw_app *app, struct lw_area a)
{
    static const char keys[] = LW_VIEW_FILTER_KEYS;
    int room = a.cols - (int)sizeof keys;
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_FOOTER, ' ');
    lw_draw(a, 0, room, LW_ROLE_FOOTER, "%s", keys);
    int col = lw_draw(a, 0, 1, LW_ROLE_KEY, "/ ");
    if (app->filter.len)
        col = lw_draw_clipped(
            a, 0, col, room - col - 1, LW_ROLE_INPUT, app->filter.data, app->filter.len);
    lw_draw_cursor(a, 0, col);
}

/* An option may have the key that otherwise closes the list. */
static bool has_flag_key(const struct lw_app *app)
{
    const struct lw_question *q = lw_app_question(app);
    size_t i = 0;
    for (; i < q->noptions; i++) {
        struct lw_key key = {.name = LW_KEY_CHAR, .ch = q->option[i].key};
        if (q->option[i].key && lw_keymap_find(app->keys, key).id == LW_CMD_FLAG)
            return true;
    }
    return false;
}

/* Above the footer, in as many rows as it takes: what is said of the marked option, behind its
 * label where the list cuts that. */
static void draw_whole(const struct lw_app *app, struct lw_area footer, const char *help)
{
    enum { MOST = 4, BESIDE = 16 /* columns of the list beside a label */ };
    const struct lw_option *o = &lw_app_question(app)->option[app->picker_at];
    int label = lw_cols(o->label, strlen(o->label), -1) + 2 * o->depth;
    bool cut = !o->group && label > footer.cols - BESIDE - LW_QUOTA_COLS / 4;
    struct lw_buf text = {0};
    struct lw_doc doc = {0};
    lw_buf_fmt(&text, "%s%s%s", cut ? o->label : "", cut && help ? ": " : "", help ? help : "");
    if (text.len)
        lw_doc_text(&doc, (struct lw_span){text.data, text.len}, footer.cols - 2, LW_ROLE_MESSAGE,
            LW_READ_SOURCE);
    struct lw_area above = footer;
    above.rows = doc.n < MOST ? (int)doc.n : MOST;
    above.row -= above.rows;
    for (int row = 0; row < above.rows; row++)
        lw_draw_fill(above, row, 0, above.cols, LW_ROLE_TEXT, ' ');
    lw_doc_draw(&doc, 0, above, 1);
    lw_doc_fini(&doc);
    lw_buf_fini(&text);
}

static void picker_footer(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint flags[] = {{"1-9", 0, "set or clear"},
        {"Up Down Space", 0, "choose"}, {"/", 0, "filter"}, {NULL, LW_CMD_FLAG, "done"}};
    static const struct lw_hint taken[] = {{"1-9", 0, "set or clear"},
        {"Up Down Space", 0, "choose"}, {"/", 0, "filter"}, {"Enter", 0, "done"}};
    static const struct lw_hint choice[] = {{"1-9 0", 0, "choose"}, {"Up Down Enter", 0, "choose"},
        {"/", 0, "filter"}, {"Esc", 0, "close"}};
    const struct lw_question *q = lw_app_question(app);
    const char *help = q->option[app->picker_at].help;
    if (app->filtering)
        filter_footer(app, a);
    else
        lw_view_hints(app, a,
            q->type == LW_Q_CHOICE ? choice
            : has_flag_key(app)    ? taken
                                   : flags,
            4);
    if (lw_sitting_view(app->s)->tone == LW_TONE_INFO) /* a warning matters more */
        draw_whole(app, a, help);
}

/* Rows that the list may take: over the texts, or below the answers where they leave more. */
static int most_rows(const struct lw_app *app, struct lw_area a)
{
    int over = a.rows - lw_view_bottom_rows(app) - 1, below = app->answers.spare;
    return below > over ? below : over;
}

/* Below the question where there is room, beside the texts or under them, so that the eye need not
 * leave; else over the texts. */
static struct lw_area place(const struct lw_app *app, struct lw_area a, int rows, int wide)
{
    enum { CONTROL = 4 /* a blank row, the label, what is set, a blank row */ };
    int row, col, end = a.rows - lw_view_bottom_rows(app);
    lw_answer_origin(app, &row, &col);
    if (app->answers.side >= wide && row + app->answers.rows + CONTROL + rows <= end)
        return lw_area_cols(lw_area_rows(a, row + app->answers.rows + CONTROL, rows), col, wide);
    row += app->answers.rows + app->answers.control;
    if (app->answers.spare >= rows)
        return lw_area_cols(lw_area_rows(a, row, rows), 1, wide);
    return lw_area_cols(lw_area_rows(a, end - rows, rows), 1, wide);
}

void lw_view_picker(const struct lw_app *app, struct lw_area a)
{
    struct listing l = measure(app);
    struct lw_buf title = {0};
    int wide = l.wide + 14, most = most_rows(app, a);
    picker_title(app, &l, l.rows + 2 > most, &title);
    int head = lw_cols(title.data, title.len, -1) + 6;
    wide = wide < head ? head : wide;
    wide = wide < 30 ? 30 : wide > a.cols - 2 ? a.cols - 2 : wide;
    int rows = (l.rows ? l.rows : 1) + 2;
    rows = rows > most ? most : rows;
    draw_options(app, lw_view_box(place(app, a, rows, wide), title.data), &l);
    picker_footer(app, lw_area_rows(a, a.rows - 1, 1));
    lw_buf_fini(&title);
}
