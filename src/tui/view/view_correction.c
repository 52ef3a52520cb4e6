/* The correction editor: the text, and below it, or beside it on a wide screen, the diff from the
 * response; for a text of the user's own, what the task says. The diff is correction_diff.c's, the
 * task's texts are beside_writing.c's. */
#include "tui/view/beside_writing_internal.h"
#include "tui/view/correction_diff_internal.h"
#include "tui/view/correction_rendering_internal.h"
#include "tui/view/misspelt_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- scrolling */

/* Scrolls only as far as the cursor needs; after a jump it stands a third of the rows down. */
static void follow_cursor(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    struct lw_correction_rows r = lw_correction_rows(app);
    const struct lw_reflow *lines = lw_edit_lines(app->input, r.cols);
    size_t rows = r.text > 0 ? (size_t)r.text : 1, count = lw_reflow_count(lines);
    size_t line = lw_reflow_line_of(lines, lw_edit_cursor(app->input));
    size_t last = count > rows ? count - rows : 0;
    bool far = line + rows < c->top || line >= c->top + 2 * rows;
    if (far)
        c->top = line > rows / 3 ? line - rows / 3 : 0;
    else if (line < c->top)
        c->top = line;
    else if (line >= c->top + rows)
        c->top = line - rows + 1;
    if (c->top > last)
        c->top = last;
}

void lw_correction_update(struct lw_app *app)
{
    if (!app->input || app->input_for != LW_DIALOG_EDIT)
        return;
    bool changed =
        lw_app_writes_own(app) ? lw_beside_writing_update(app) : lw_correction_diff_update(app);
    follow_cursor(app);
    lw_correction_rendering_update(app, changed);
    lw_misspelt_typed_update(app, changed);
}

void lw_correction_fini(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    lw_diff_fini(&c->diff);
    lw_diff_fini(&c->shown);
    lw_doc_fini(&c->doc);
    lw_doc_fini(&c->rendered);
    lw_doc_fini(&c->task);
    lw_edit_free(c->line);
    free(c->found.v);
    lw_buf_fini(&c->with);
    free(c->like_text);
    lw_buf_fini(&c->like_task);
    *c = (struct lw_correction){0};
}

/* ---- drawing */

/* The question, or of a talk the message, where no rule above the text names that. */
static const char *what_is_typed(const struct lw_app *app, char turn[LW_TURN_TITLE])
{
    bool named = lw_correction_rows(app).side > 0;
    return !named && lw_talk_typing(app, turn) ? turn : lw_app_question(app)->label;
}

static void draw_header(const struct lw_app *app, struct lw_area a)
{
    const struct lw_sitting *s = app->s;
    const struct lw_sitting_view *v = lw_sitting_view(s);
    struct lw_slot slot = v->slot[v->focus];
    char turn[LW_TURN_TITLE];
    const char *label = what_is_typed(app, turn);
    const char *state = !v->draft                  ? ""
                        : lw_sitting_is_unsaved(s) ? LW_VIEW_DRAFT
                                                   : LW_VIEW_DRAFT_SAVED;
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_HEADER, ' ');
    struct lw_buf what = {0};
    lw_sitting_describe_item(s, slot, &what);
    int col = lw_app_writes_own(app)
                  ? lw_draw(a, 0, 1, LW_ROLE_HEADER, LW_VIEW_WRITE_TEXT, what.data)
                  : lw_draw(a, 0, 1, LW_ROLE_HEADER, LW_VIEW_EDIT_TEXT, what.data);
    lw_buf_fini(&what);
    col = lw_draw(a, 0, col, LW_ROLE_HEADER, "  ");
    lw_draw_clipped(a, 0, col, a.cols - col - 14, LW_ROLE_DIM, label, strlen(label));
    lw_draw(a, 0, a.cols - 1 - (int)strlen(state), LW_ROLE_STATE, "%s", state);
}

static void diff_counts(const struct lw_correction *c, char to[80])
{
    to[0] = '\0';
    if (c->doc.nmarks > 0)
        snprintf(to, 80, LW_VIEW_DIFF_COUNTS, c->diff.words_in, c->diff.words_out);
}

static void draw_diff(const struct lw_app *app, struct lw_area a)
{
    const struct lw_correction *c = &app->correction;
    char counts[80];
    if (lw_app_writes_own(app)) {
        lw_view_beside_writing(app, a);
        return;
    }
    diff_counts(c, counts);
    lw_view_titled_rule(a, 0, LW_VIEW_WORD_DIFF, LW_ROLE_TITLE, counts);
    struct lw_area rest = lw_area_rows(a, 1, a.rows - 1);
    if (c->doc.nmarks > 0)
        lw_doc_draw(&c->doc, lw_correction_diff_top(app, rest.rows), rest, 1);
    else
        lw_draw(rest, 0, 1, LW_ROLE_DIM, LW_VIEW_NO_CHANGES);
}

static void draw_text(const struct lw_app *app, struct lw_area a, int cols)
{
    lw_view_typed(app->input, &app->correction.found, &app->spelling.typed, app->correction.top, a,
        cols, LW_ROLE_TEXT);
}

static const char *text_title(const struct lw_app *app, char turn[LW_TURN_TITLE])
{
    if (lw_talk_typing(app, turn))
        return turn;
    return lw_app_writes_own(app) ? LW_VIEW_YOUR_TEXT : LW_VIEW_TEXT;
}

/* Text and diff, one above the other or side by side. */
static void draw_both(const struct lw_app *app, struct lw_area a)
{
    struct lw_correction_rows r = lw_correction_rows(app);
    if (!r.side) {
        draw_text(app, lw_area_rows(a, 0, r.text), r.cols);
        draw_diff(app, lw_area_rows(a, r.text, 1 + r.diff));
        return;
    }
    struct lw_area right = lw_area_cols(a, r.side, a.cols - r.side);
    char turn[LW_TURN_TITLE];
    lw_view_titled_rule(a, 0, text_title(app, turn), LW_ROLE_TITLE, "");
    draw_text(app, lw_area_cols(lw_area_rows(a, 1, r.text), 0, r.side), r.cols);
    if (r.rendered > 0) {
        lw_view_titled_rule(right, 0, LW_VIEW_RENDERED, LW_ROLE_TITLE, "");
        lw_view_correction_rendering(app, lw_area_rows(right, 1, r.rendered));
        draw_diff(app, lw_area_rows(a, 1 + r.text, 1 + r.diff));
    } else {
        draw_diff(app, right);
    }
}

/* The message is on the rule; where there is none, what the text is much like. */
static void draw_message(const struct lw_app *app, struct lw_area a)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    enum lw_role role = s->tone == LW_TONE_ERROR     ? LW_ROLE_ERROR
                        : s->tone == LW_TONE_WARNING ? LW_ROLE_WARNING
                                                     : LW_ROLE_MESSAGE;
    char length[LW_LENGTH_MAX] = "";
    struct lw_buf like = {0};
    if (!s->message[0])
        lw_likeness_words(app, &like);
    const char *title = like.len ? like.data : s->message;
    if (lw_app_writes_own(app))
        lw_writing_length(app, lw_view_remark_room(a, title), length);
    if (title[0] || length[0])
        lw_view_titled_rule(a, 0, title, like.len ? LW_ROLE_WARNING : role, length);
    else
        lw_draw_rule(a, 0);
    lw_buf_fini(&like);
}

/* ---- the last line */

static const char *question(const struct lw_app *app)
{
    static const char *const texts[] = {
        [LW_ASKED_WORDS] = LW_VIEW_SEARCH,
        [LW_ASKED_REPLACE] = LW_VIEW_REPLACE,
        [LW_ASKED_WITH] = LW_VIEW_REPLACE_WITH,
        [LW_ASKED_EACH] = LW_VIEW_REPLACE_THIS,
        [LW_ASKED_LINE] = LW_VIEW_GO_TO_LINE,
    };
    return texts[app->correction.asked];
}

/* The keys, at the right end, as far as they leave room for what is typed. */
static void draw_asked_keys(const struct lw_app *app, struct lw_area a, int used)
{
    static const struct lw_hint search[] = {
        {"Enter", 0, "next"}, {"Up", 0, "previous"}, {"Tab", 0, "replace"}, {"Esc", 0, "close"}};
    static const struct lw_hint go_on[] = {{"Enter", 0, "go on"}, {"Esc", 0, "close"}};
    static const struct lw_hint each[] = {
        {"y", 0, "yes"}, {"n", 0, "no"}, {"a", 0, "all"}, {"q", 0, "stop"}};
    enum lw_asked asked = app->correction.asked;
    const struct lw_hint *hints = asked == LW_ASKED_WORDS  ? search
                                  : asked == LW_ASKED_EACH ? each
                                                           : go_on;
    int n = hints == go_on ? 2 : 4, need = hints == search ? 54 : hints == each ? 28 : 24;
    if (a.cols - used > need)
        lw_view_hints(app, lw_area_cols(a, a.cols - need, need), hints, (size_t)n);
}

static void draw_asked(const struct lw_app *app, struct lw_area a)
{
    const struct lw_correction *c = &app->correction;
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_FOOTER, ' ');
    int col = lw_draw(a, 0, 1, LW_ROLE_KEY, "%s", question(app)), last = a.cols - 1;
    size_t n = 0;
    const char *s = c->line ? lw_edit_text(c->line, &n) : "";
    bool repeats = c->asked == LW_ASKED_WORDS || c->asked == LW_ASKED_REPLACE;
    int cursor = col + (c->line ? lw_cols(s, lw_edit_cursor(c->line), a.cols) : 0);
    col = lw_draw_text(a, 0, col, LW_ROLE_INPUT, s, n);
    if (c->line && n == 0 && repeats && app->find.len > 0)
        col =
            lw_draw_clipped(a, 0, col + 1, a.cols / 3, LW_ROLE_DIM, app->find.data, app->find.len);
    draw_asked_keys(app, a, col);
    if (c->line)
        lw_draw_cursor(a, 0, cursor < last ? cursor : last);
}

static void draw_template_keys(const struct lw_app *app, struct lw_area a)
{
    char digits[16];
    const struct lw_hint hints[] = {{digits, 0, "insert"}, {"Esc", 0, "close"}};
    snprintf(digits, sizeof digits, "1-%d", (int)lw_app_question(app)->ntemplates);
    lw_view_hints(app, a, hints, sizeof hints / sizeof *hints);
}

void lw_view_correction(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint hints[] = {{"^X", 0, "keep"}, {"^C", 0, "leave as draft"},
        {"^F", 0, "search"}, {"^K", 0, "cut"}, {"^U", 0, "paste"}, {"^_", 0, "undo"},
        {"^T", 0, "$EDITOR"}, {"^R", 0, "restore original"}, {"M-e", 0, "redo"},
        {"F4", 0, "select"}, {"F8", 0, "spelling"}, {"F1", 0, "help"}};
    static const struct lw_hint own[] = {{"^X", 0, "keep"}, {"^C", 0, "leave as draft"},
        {"M-j", 0, "scroll the task"}, {"^F", 0, "search"}, {"^U", 0, "paste"}, {"^_", 0, "undo"},
        {"^T", 0, "$EDITOR"}, {"M-e", 0, "redo"}, {"F4", 0, "select"}, {"F8", 0, "spelling"},
        {"F1", 0, "help"}};
    static const struct lw_hint templates[] = {{"^X", 0, "keep"}, {"^C", 0, "leave as draft"},
        {"M-j", 0, "scroll the task"}, {"M-t", 0, "template"}, {"Tab", 0, "next ‹…›"},
        {"^F", 0, "search"}, {"^U", 0, "paste"}, {"^_", 0, "undo"}, {"^T", 0, "$EDITOR"},
        {"M-e", 0, "redo"}, {"F4", 0, "select"}, {"F8", 0, "spelling"}, {"F1", 0, "help"}};
    static const struct lw_hint turn[] = {{"^X", 0, "say it"}, {"^C", 0, "leave as draft"},
        {"M-j", 0, "scroll the talk"}, {"^F", 0, "search"}, {"^U", 0, "paste"}, {"^_", 0, "undo"},
        {"^T", 0, "$EDITOR"}, {"M-e", 0, "redo"}, {"F8", 0, "spelling"}, {"F1", 0, "help"}};
    static const struct lw_hint selected[] = {{"^K", 0, "cut"}, {"F5", 0, "copy"},
        {"^U", 0, "paste over it"}, {"Del", 0, "delete"}, {"F4", 0, "end selection"},
        {"F1", 0, "help"}};
    static const struct lw_hint conflict[] = {{LW_VIEW_CONFLICT "  k", 0, "keep this text"},
        {"t", 0, "take the other"}, {"d", 0, "show what differs"}};
    struct lw_area keys = lw_area_rows(a, a.rows - 1, 1);
    size_t from, to;
    draw_header(app, lw_area_rows(a, 0, 1));
    draw_both(app, lw_area_rows(a, 1, a.rows - 3));
    draw_message(app, lw_area_rows(a, a.rows - 2, 1));
    if (lw_correction_theirs(app).s)
        lw_view_hints(app, keys, conflict, sizeof conflict / sizeof *conflict);
    else if (app->spelling.word)
        lw_view_misspelt(app, a);
    else if (app->correction.asked == LW_ASKED_TEMPLATE)
        draw_template_keys(app, keys);
    else if (app->correction.asked)
        draw_asked(app, keys);
    else if (lw_edit_selection(app->input, &from, &to) || lw_edit_is_marking(app->input))
        lw_view_hints(app, keys, selected, sizeof selected / sizeof *selected);
    else if (lw_talk_typing(app, NULL))
        lw_view_hints(app, keys, turn, sizeof turn / sizeof *turn);
    else if (lw_app_question(app)->ntemplates > 0)
        lw_view_hints(app, keys, templates, sizeof templates / sizeof *templates);
    else if (lw_app_writes_own(app))
        lw_view_hints(app, keys, own, sizeof own / sizeof *own);
    else
        lw_view_hints(app, keys, hints, sizeof hints / sizeof *hints);
}
