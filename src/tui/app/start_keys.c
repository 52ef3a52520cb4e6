/* Keys on the start screen: what they mark, and what they ask for. Opening is the caller's. */
#include "tui/app/start_keys_internal.h"

#include "tui/view/app_state_internal.h"
#include "tui/view/view_texts_internal.h"

void lw_start_follow(struct lw_start_screen *s)
{
    size_t rows = lw_start_rows(s) > 0 ? (size_t)lw_start_rows(s) : 1, lines = lw_start_lines(s);
    size_t n = lw_start_entries(s);
    if (n > 0 && (!s->moved || s->at.i >= lw_start_count(s, s->at.kind)))
        s->at = lw_start_nth(s, 0);
    size_t line = n > 0 ? lw_start_line_of(s, s->at) : 0;
    if (line <= s->top + 1) /* its heading, too */
        s->top = s->at.i == 0 && line > 0 ? line - 1 : line < s->top ? line : s->top;
    if (line >= s->top + rows)
        s->top = line + 1 - rows;
    if (s->top + rows > lines)
        s->top = lines > rows ? lines - rows : 0;
}

static void mark(struct lw_start_screen *s, long by)
{
    long n = (long)lw_start_entries(s);
    long to = n > 0 ? (long)lw_start_place(s, s->at) + by : 0;
    to = to < 0 ? 0 : to >= n ? n - 1 : to;
    if (n > 0)
        s->at = lw_start_nth(s, (size_t)to);
}

/* The lines that a key moves the mark; 0 when it does not. */
static long steps(const struct lw_start_screen *s, struct lw_key key)
{
    long page = lw_start_rows(s) - 1, all = (long)lw_start_entries(s);
    switch (key.name) {
    case LW_KEY_UP:
    case LW_KEY_BACKTAB:
        return -1;
    case LW_KEY_DOWN:
    case LW_KEY_TAB:
        return 1;
    case LW_KEY_PGUP:
        return -page;
    case LW_KEY_PGDN:
        return page;
    case LW_KEY_HOME:
        return -all;
    case LW_KEY_END:
        return all;
    default:
        return key.name != LW_KEY_CHAR || key.ctrl ? 0 : key.ch == 'k' ? -1 : key.ch == 'j';
    }
}

static bool mark_by_key(struct lw_start_screen *s, char32_t ch)
{
    for (size_t i = 0; i < lw_start_entries(s); i++)
        if ((char32_t)lw_start_key_of(lw_start_nth(s, i)) == ch) {
            s->at = lw_start_nth(s, i);
            return true;
        }
    return false;
}

static enum lw_start_act act_of(struct lw_start_screen *s, struct lw_key key)
{
    bool any = lw_start_entries(s) > 0;
    if (key.ctrl)
        return key.ch == 'z'   ? LW_START_SUSPEND
               : key.ch == 'l' ? LW_START_REDRAW
               : key.ch == 'c' ? LW_START_LEAVE
                               : LW_START_NOTHING;
    if (key.name == LW_KEY_ENTER || key.name == LW_KEY_SPACE)
        return any ? LW_START_OPEN : LW_START_NOTHING;
    if (key.name != LW_KEY_CHAR)
        return LW_START_NOTHING;
    if (key.ch == 'q')
        return LW_START_LEAVE;
    if (mark_by_key(s, key.ch))
        return LW_START_OPEN;
    if (key.ch == 'n' && any && s->at.kind != LW_START_PROJECT)
        return LW_START_MAKE;
    s->said = key.ch == 'n' ? LW_VIEW_START_MARK_FIRST : LW_VIEW_START_NO_KEY;
    return LW_START_NOTHING;
}

enum lw_start_act lw_start_key(struct lw_start_screen *s, struct lw_key key)
{
    long by = steps(s, key);
    s->said = NULL;
    s->moved = true;
    if (s->rows < LW_MIN_ROWS || s->cols < LW_MIN_COLS)
        return key.name == LW_KEY_CHAR && key.ch == 'q' ? LW_START_LEAVE : LW_START_NOTHING;
    enum lw_start_act act = by ? LW_START_NOTHING : act_of(s, key);
    mark(s, by);
    lw_start_follow(s);
    return act;
}
