/* What doctor checks, in three files: the machine, the text widths of its terminal, a project. */
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

/* A different width gets a note but is not a mistake: always true. */
bool lw_doctor_widths(struct lw_cli *c);
bool lw_doctor_place(struct lw_cli *c);

#endif
