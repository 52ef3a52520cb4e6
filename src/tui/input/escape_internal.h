/* Escape sequences that arrive as bytes, to keys. Only decode.c needs it. */
#ifndef LABELWRIGHT_TUI_INPUT_ESCAPE_INTERNAL_H
#define LABELWRIGHT_TUI_INPUT_ESCAPE_INTERNAL_H

#include "tui/input/key_internal.h"

enum lw_escape {
    LW_ESCAPE_MORE,   /* codes are missing */
    LW_ESCAPE_KEY,    /* `to` is it */
    LW_ESCAPE_DROP,   /* whole, and nothing that we know */
    LW_ESCAPE_PASTE,  /* a paste begins */
    LW_ESCAPE_STRING, /* a string that nobody asked for begins */
    LW_ESCAPE_OTHER   /* no sequence: Esc, or Alt with the code behind it; nothing was taken */
};

/* `code` has n codes, the first is Esc; `*taken` says how many of them belong to the result. */
enum lw_escape lw_escape_read(const int *code, size_t n, struct lw_key *to, size_t *taken);

#endif
