/* What keys do to a text being typed, wherever it is. */
#ifndef LABELWRIGHT_TUI_INPUT_TYPING_INTERNAL_H
#define LABELWRIGHT_TUI_INPUT_TYPING_INTERNAL_H

#include "labelwright/text/edit.h"
#include "tui/input/key_internal.h"

enum lw_typed {
    LW_TYPED_NOTHING, /* the key means nothing here */
    LW_TYPED_MOVED,   /* the cursor went elsewhere, or the key had nothing to do */
    LW_TYPED_CHANGED,
    LW_TYPED_REFUSED /* that is no text */
};

/* Characters, Space and the editing keys; neither Enter nor Tab. `cols` as for lw_edit_apply(). */
enum lw_typed lw_type_key(struct lw_edit *e, struct lw_key key, int cols);

/* The same for a filter line, where only characters and Backspace count. */
void lw_type_filter_key(struct lw_buf *filter, struct lw_key key);

#endif
