/* Signals that end the program at once: the terminal is given back and the draft written, and then
 * the signal does what it would have done. */
#ifndef LABELWRIGHT_TUI_CRASH_INTERNAL_H
#define LABELWRIGHT_TUI_CRASH_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

/* Takes the modes that the terminal on stdin has now for those to give back, and handles SIGABRT,
 * SIGSEGV, SIGBUS, SIGFPE and SIGILL until lw_crash_disarm(). */
void lw_crash_arm(void);
void lw_crash_disarm(void);

/* Whether the terminal is taken over; false while a child has it. */
void lw_crash_takes(bool terminal);

/* The bytes to write to `name` (through a temporary name beside it) in the folder `dir`; all are
 * borrowed until the next call. NULL for none. */
void lw_crash_draft(int dir, const char *name, const char *bytes, size_t n);

/* For handlers: writes the draft, gives the terminal back, and dies of the signal. */
void lw_crash_now(int number);

/* Dies of the signal as if nobody had handled it; everything was given back before. */
void lw_crash_die(int number);

#endif
