/* Keys that go into a text: into one with a cursor and undo (lw_edit), or into a short filter. */
#include "tui/input/typing_internal.h"

#include "labelwright/text/utf8.h"

static const struct {
    const char *key;
    enum lw_edit_op op;
} keys[] = {
    {"Left", LW_EDIT_LEFT},
    {"Right", LW_EDIT_RIGHT},
    {"Up", LW_EDIT_UP},
    {"Down", LW_EDIT_DOWN},
    {"C-Left", LW_EDIT_WORD_LEFT},
    {"M-Left", LW_EDIT_WORD_LEFT},
    {"M-b", LW_EDIT_WORD_LEFT},
    {"C-Right", LW_EDIT_WORD_RIGHT},
    {"M-Right", LW_EDIT_WORD_RIGHT},
    {"M-f", LW_EDIT_WORD_RIGHT},
    {"C-Up", LW_EDIT_PARAGRAPH_UP},
    {"M-Up", LW_EDIT_PARAGRAPH_UP},
    {"M-(", LW_EDIT_PARAGRAPH_UP},
    {"C-Down", LW_EDIT_PARAGRAPH_DOWN},
    {"M-Down", LW_EDIT_PARAGRAPH_DOWN},
    {"M-)", LW_EDIT_PARAGRAPH_DOWN},
    {"Home", LW_EDIT_LINE_START},
    {"End", LW_EDIT_LINE_END},
    {"^E", LW_EDIT_LINE_END},
    {"PgUp", LW_EDIT_START},
    {"C-Home", LW_EDIT_START},
    {"M-<", LW_EDIT_START},
    {"PgDn", LW_EDIT_END},
    {"C-End", LW_EDIT_END},
    {"M->", LW_EDIT_END},
    {"Backspace", LW_EDIT_DELETE_BACK},
    {"^H", LW_EDIT_DELETE_BACK},
    {"Del", LW_EDIT_DELETE},
    {"^D", LW_EDIT_DELETE},
    {"^W", LW_EDIT_DELETE_WORD_BACK},
    {"M-d", LW_EDIT_DELETE_WORD},
    {"C-Del", LW_EDIT_DELETE_WORD},
    {"^K", LW_EDIT_CUT_TO_END},
    {"^U", LW_EDIT_PASTE_CUT},
    {"F6", LW_EDIT_PASTE_CUT},
    {"F4", LW_EDIT_MARK},
    {"M-a", LW_EDIT_MARK},
    {"^@", LW_EDIT_MARK},
    {"F5", LW_EDIT_COPY},
    {"M-c", LW_EDIT_COPY},
    {"C-Ins", LW_EDIT_COPY},
    {"F9", LW_EDIT_SELECT_ALL},
    {"M-A", LW_EDIT_SELECT_ALL},
    {"^_", LW_EDIT_UNDO},
    {"M-u", LW_EDIT_UNDO},
    {"M-e", LW_EDIT_REDO},
    {"^Y", LW_EDIT_REDO},
};

static enum lw_typed insert(struct lw_edit *e, char32_t ch)
{
    char bytes[4];
    return lw_edit_insert(e, bytes, lw_utf8_encode(ch, bytes)) ? LW_TYPED_CHANGED
                                                               : LW_TYPED_REFUSED;
}

static bool same_key(const char *name, struct lw_key key)
{
    struct lw_key k;
    return lw_key_parse(name, &k) && lw_key_is_same(k, key);
}

/* With Shift a move selects, and other keys are what they are without. */
static bool perform(struct lw_edit *e, enum lw_edit_op op, bool shift, int cols)
{
    return shift ? lw_edit_select(e, op, cols) : lw_edit_apply(e, op, cols);
}

enum lw_typed lw_type_key(struct lw_edit *e, struct lw_key key, int cols)
{
    bool shift = key.shift;
    key.shift = false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!same_key(keys[i].key, key))
            continue;
        bool did = perform(e, keys[i].op, shift, cols);
        return did && lw_edit_changes(keys[i].op) ? LW_TYPED_CHANGED : LW_TYPED_MOVED;
    }
    if (key.name == LW_KEY_SPACE)
        return insert(e, ' ');
    if (key.name == LW_KEY_CHAR && !key.ctrl && !key.meta)
        return insert(e, key.ch);
    return LW_TYPED_NOTHING;
}

void lw_type_filter_key(struct lw_buf *filter, struct lw_key key)
{
    char bytes[4];
    if (key.name == LW_KEY_SPACE)
        lw_buf_char(filter, ' ');
    else if (key.name == LW_KEY_CHAR && !key.ctrl && !key.meta)
        lw_buf_add(filter, bytes, lw_utf8_encode(key.ch, bytes));
    else if (key.name == LW_KEY_BACKSPACE && filter->len > 0) {
        do
            filter->data[--filter->len] = '\0';
        while (filter->len > 0 && (filter->data[filter->len] & 0xC0) == 0x80);
    }
}
