/* Signals that end the program at once: restores the terminal and writes the draft, then lets the
 * signal do its work. */
#ifndef LABELWRIGHT_TUI_CRASH_INTERNAL_H
#define LABELWRIGHT_TUI_CRASH_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

/* Remembers the modes of the terminal on stdin, to restore them, and handles SIGABRT, SIGSEGV,
 * SIGBUS, SIGFPE and SIGILL until lw_crash_disarm(). */
void lw_crash_arm(void);
void lw_crash_disarm(void);

/* Whether the terminal is taken over; false while a child has it. */
void lw_crash_set_terminal(bool terminal);

/* Written before the terminal is restored; borrowed; "" for nothing. */
void lw_crash_set_words(const char *words);

/* The bytes to write to `name` (through a temporary name beside it) in the folder `dir`; all are
 * borrowed until the next call. NULL for none. */
void lw_crash_draft(int dir, const char *name, const char *bytes, size_t n);

/* For handlers: writes the draft, restores the terminal and dies of the signal. */
void lw_crash_now(int number);

/* Dies of the signal as if it had no handler; the terminal must be restored already. */
void lw_crash_die(int number);

#endif
