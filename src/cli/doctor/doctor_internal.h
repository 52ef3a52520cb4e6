/* The lines of doctor's report (doctor_report.c), and the checks that have a file of their own:
 * text widths of the terminal, a project. cmd_doctor.c has the table of all. */
#ifndef LABELWRIGHT_CLI_DOCTOR_DOCTOR_INTERNAL_H
#define LABELWRIGHT_CLI_DOCTOR_DOCTOR_INTERNAL_H

#include "cli/cli_internal.h"

/* Prints a line of the report: "terminal    xterm, 256 colours". Text from outside is sanitised. */
void lw_doctor_line(const char *what, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Prints below it what is wrong and the fix; returns false. NULL: nothing is wrong, returns true.
 */
bool lw_doctor_wrong(const char *text);

/* Prints a note below it; NULL: none. */
void lw_doctor_note(const char *text);

/* Notes which of these languages cannot be checked; NULL for none. */
void lw_doctor_lacking(char *const *tags);

/* A different width gets a note but is not a mistake: always true. */
bool lw_doctor_widths(struct lw_cli *c);

/* Disk, journal and destinations of the project at PATH. False when something must be fixed. */
bool lw_doctor_project(struct lw_cli *c);

#endif
