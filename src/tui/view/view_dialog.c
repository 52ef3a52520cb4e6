/* Boxes over the task: the flag picker and what is being typed. */
#include "tui/app/app_parts_internal.h"

#include "labelwright/text/wrap.h"

#include <stdio.h>
#include <string.h>

struct lw_area lw_view_box(struct lw_area a, const char *title)
{
    for (int row = 0; row < a.rows; row++)
        lw_draw_fill(a, row, 0, a.cols, LW_ROLE_BOX, ' ');
    for (int row = 0; row < a.rows; row += a.rows - 1) {
        lw_draw_fill(a, row, 0, a.cols, LW_ROLE_BOX, U'─');
        lw_draw_fill(a, row, 0, 1, LW_ROLE_BOX, row ? U'└' : U'┌');
        lw_draw_fill(a, row, a.cols - 1, 1, LW_ROLE_BOX, row ? U'┘' : U'┐');
    }
    for (int row = 1; row < a.rows - 1; row++) {
        lw_draw_fill(a, row, 0, 1, LW_ROLE_BOX, U'│');
        lw_draw_fill(a, row, a.cols - 1, 1, LW_ROLE_BOX, U'│');
    }
    int end = lw_draw_clipped(a, 0, 2, a.cols - 5, LW_ROLE_TITLE, title, strlen(title));
    lw_draw(a, 0, 1, LW_ROLE_BOX, " ");
    lw_draw(a, 0, end, LW_ROLE_BOX, " ");
    return lw_area_rows(lw_area_cols(a, 1, a.cols - 2), 1, a.rows - 2);
}

/* --- the list of options ---------------------------------------------------------------------- */

static void draw_option(
    const struct lw_app *d, struct lw_area a, int row, size_t i, int number, bool keys)
{
    const struct lw_option *o = &lw_app_question(d)->option[i];
    bool here = i == d->picker_at && !o->group;
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
    bool one = lw_app_question(d)->type == LW_Q_CHOICE, has = lw_picker_has(d, i);
    col = lw_draw(a, row, col + 2 * o->depth, role, one ? "(%c) " : "[%c] ", has ? 'x' : ' ');
    if (here)
        lw_draw_cursor(a, row, 1);
    lw_draw_clipped(a, row, col, a.cols - col - 1, role, o->label, strlen(o->label));
}

/* A group is listed when the filter matches any of its options. */
static bool listed(const struct lw_app *d, size_t i)
{
    const struct lw_question *q = lw_app_question(d);
    if (!q->option[i].group)
        return lw_picker_shows(d, &q->option[i]);
    for (size_t k = i + 1; k < q->noptions && q->option[k].depth > q->option[i].depth; k++)
        if (!q->option[k].group && lw_picker_shows(d, &q->option[k]))
            return true;
    return false;
}

struct listing {
    int rows, mark, wide; /* rows in all, the row of the mark, columns of the widest option */
    bool keys;            /* some option has a hotkey */
};

static struct listing measure(const struct lw_app *d)
{
    const struct lw_question *q = lw_app_question(d);
    struct listing l = {0};
    for (size_t i = 0; i < q->noptions; i++) {
        if (!listed(d, i))
            continue;
        if (i == d->picker_at)
            l.mark = l.rows;
        l.rows++;
        l.keys = l.keys || q->option[i].key;
        int cols =
            lw_cols(q->option[i].label, strlen(q->option[i].label), -1) + 2 * q->option[i].depth;
        l.wide = cols > l.wide ? cols : l.wide;
    }
    return l;
}

static void draw_options(const struct lw_app *d, struct lw_area a, const struct listing *l)
{
    const struct lw_question *q = lw_app_question(d);
    int top = l->mark >= a.rows ? l->mark - a.rows + 1 : 0, row = 0, number = 0;
    for (size_t i = 0; i < q->noptions; i++) {
        if (!listed(d, i))
            continue;
        number += !q->option[i].group;
        if (row >= top && row - top < a.rows)
            draw_option(d, a, row - top, i, number, l->keys);
        row++;
    }
    if (l->rows == 0)
        lw_draw(a, 0, 1, LW_ROLE_DIM, "nothing matches \"%s\"", d->filter.data);
}

static void picker_title(const struct lw_app *d, struct lw_buf *to)
{
    const struct lw_sitting *s = d->s;
    const struct lw_sitting_view *v = lw_sitting_view(s);
    struct lw_slot slot = v->slot[v->focus];
    lw_buf_str(to, lw_app_question(d)->label);
    if (slot.response >= 0 && v->task->nresponses > 1)
        lw_buf_fmt(to, ": response %c", lw_sitting_letter(s, slot.response));
    else if (slot.response >= 0)
        lw_buf_str(to, ": response");
}

static void filter_footer(const struct lw_app *d, struct lw_area a)
{
    static const char keys[] = "Enter choose  Esc close";
    int room = a.cols - (int)sizeof keys;
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_FOOTER, ' ');
    lw_draw(a, 0, room, LW_ROLE_FOOTER, "%s", keys);
    int col = lw_draw(a, 0, 1, LW_ROLE_KEY, "/ ");
    if (d->filter.len)
        col = lw_draw_clipped(
            a, 0, col, room - col - 1, LW_ROLE_INPUT, d->filter.data, d->filter.len);
    lw_draw_cursor(a, 0, col);
}

/* An option may have the key that otherwise closes the list. */
static bool has_flag_key(const struct lw_app *d)
{
    const struct lw_question *q = lw_app_question(d);
    size_t i = 0;
    for (; i < q->noptions; i++) {
        struct lw_key key = {.name = LW_KEY_CHAR, .ch = q->option[i].key};
        if (q->option[i].key && lw_keymap_find(d->keys, key).id == LW_CMD_FLAG)
            return true;
    }
    return false;
}

static void picker_footer(const struct lw_app *d, struct lw_area a)
{
    static const struct lw_hint flags[] = {{"1-9", 0, "set or clear"},
        {"Up Down Space", 0, "choose"}, {"/", 0, "filter"}, {NULL, LW_CMD_FLAG, "done"}};
    static const struct lw_hint taken[] = {{"1-9", 0, "set or clear"},
        {"Up Down Space", 0, "choose"}, {"/", 0, "filter"}, {"Enter", 0, "done"}};
    static const struct lw_hint choice[] = {{"1-9 0", 0, "choose"}, {"Up Down Enter", 0, "choose"},
        {"/", 0, "filter"}, {"Esc", 0, "close"}};
    const struct lw_question *q = lw_app_question(d);
    const char *help = q->option[d->picker_at].help;
    if (d->filtering)
        filter_footer(d, a);
    else
        lw_view_hints(d, a, q->type == LW_Q_CHOICE ? choice : has_flag_key(d) ? taken : flags, 4);
    if (help && lw_sitting_view(d->s)->tone == LW_TONE_INFO) { /* a warning matters more */
        struct lw_area above = a;
        above.row--;
        lw_draw_fill(above, 0, 0, a.cols, LW_ROLE_TEXT, ' ');
        lw_draw_clipped(above, 0, 1, a.cols - 2, LW_ROLE_MESSAGE, help, strlen(help));
    }
}

void lw_view_picker(const struct lw_app *d, struct lw_area a)
{
    struct listing l = measure(d);
    struct lw_buf title = {0};
    picker_title(d, &title);
    int wide = l.wide + 14, most = a.rows - lw_app_bottom(d) - 1;
    int head = lw_cols(title.data, title.len, -1) + 6;
    wide = wide < head ? head : wide;
    wide = wide < 30 ? 30 : wide > a.cols - 2 ? a.cols - 2 : wide;
    int rows = (l.rows ? l.rows : 1) + 2;
    rows = rows > most ? most : rows;
    struct lw_area outer =
        lw_area_cols(lw_area_rows(a, a.rows - lw_app_bottom(d) - rows, rows), 1, wide);
    draw_options(d, lw_view_box(outer, title.data), &l);
    picker_footer(d, lw_area_rows(a, a.rows - 1, 1));
    lw_buf_fini(&title);
}

/* --- typing ---------------------------------------------------------------------------------- */

static void input_title(const struct lw_app *d, struct lw_buf *to)
{
    if (d->input_for == LW_DIALOG_SKIP)
        lw_buf_str(to, "Skip this task. Reason (optional):");
    else if (d->input_for == LW_DIALOG_FIND)
        lw_buf_str(to, "Search this task");
    else if (d->input_for == LW_DIALOG_GO)
        lw_buf_str(to, "Go to task (number or id)");
    else
        lw_sitting_slot_label(d->s, lw_sitting_view(d->s)->slot[lw_sitting_view(d->s)->focus], to);
}

static void draw_typed(const struct lw_app *d, struct lw_area a)
{
    size_t n, cursor = lw_edit_cursor(d->input);
    const char *s = lw_edit_text(d->input, &n);
    struct lw_wrap w = {0};
    lw_wrap_text(&w, s, n, a.cols - 2);
    size_t at = lw_wrap_line_of(&w, cursor);
    size_t top = at >= (size_t)a.rows ? at - (size_t)a.rows + 1 : 0;
    for (int row = 0; row < a.rows; row++) {
        lw_draw_fill(a, row, 0, a.cols, LW_ROLE_INPUT, ' ');
        if (top + (size_t)row < w.n) {
            struct lw_line l = w.v[top + (size_t)row];
            lw_draw_text(a, row, 1, LW_ROLE_INPUT, s + l.start, l.end - l.start);
        }
    }
    size_t start = w.v[at].start;
    int col = 1 + (cursor > start ? lw_cols(s + start, cursor - start, a.cols) : 0);
    lw_draw_cursor(a, (int)(at - top), col < a.cols ? col : a.cols - 1);
    lw_wrap_fini(&w);
}

void lw_view_dialog(const struct lw_app *d, struct lw_area a)
{
    static const struct lw_hint text[] = {{"Enter", 0, "keep"}, {"^N", 0, "new line"},
        {"^W", 0, "delete word"}, {"^_", 0, "undo"}, {"^T", 0, "$EDITOR"},
        {"Esc", 0, "leave as draft"}};
    static const struct lw_hint skip[] = {{"Enter", 0, "skip"}, {"Esc", 0, "cancel"}};
    static const struct lw_hint go[] = {{"Enter", 0, "go"}, {"Esc", 0, "cancel"}};
    static const struct lw_hint find[] = {{"Enter", 0, "search"}, {"Esc", 0, "cancel"}};
    const struct lw_hint *line = d->input_for == LW_DIALOG_SKIP   ? skip
                                 : d->input_for == LW_DIALOG_FIND ? find
                                                                  : go;
    bool is_text = d->input_for == LW_DIALOG_TEXT;
    struct lw_buf title = {0};
    int rows = is_text ? (a.rows >= 30 ? 10 : 6) : 3;
    input_title(d, &title);
    draw_typed(d, lw_view_box(lw_area_rows(a, a.rows - 2 - rows, rows), title.data));
    lw_view_hints(d, lw_area_rows(a, a.rows - 1, 1), is_text ? text : line, is_text ? 6 : 2);
    lw_buf_fini(&title);
}
