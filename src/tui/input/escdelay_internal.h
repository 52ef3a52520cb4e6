/* How long to wait behind an Esc for the rest of a key. */
#ifndef LABELWRIGHT_TUI_INPUT_ESCDELAY_INTERNAL_H
#define LABELWRIGHT_TUI_INPUT_ESCDELAY_INTERNAL_H

/* Milliseconds: $ESCDELAY where it is a number from 0 to 10000, else 100. */
int lw_escdelay(void);

#endif
