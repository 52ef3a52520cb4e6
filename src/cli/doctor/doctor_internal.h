/* What doctor looks at, in three files: the machine, the widths of its terminal, and a project. */
#ifndef LABELWRIGHT_CLI_DOCTOR_DOCTOR_INTERNAL_H
#define LABELWRIGHT_CLI_DOCTOR_DOCTOR_INTERNAL_H

#include "cli/cli_internal.h"

/* A line of the report: "terminal    xterm, 256 colours". Foreign text is made safe. */
void lw_doctor_line(const char *what, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Below it: what is wrong and its cure; false. NULL: all is well, and true. */
bool lw_doctor_wrong(const char *text);

/* Below it: what is worth knowing; NULL for nothing. */
void lw_doctor_note(const char *text);

/* A different width is worth knowing, but nobody's mistake: always true. */
bool lw_doctor_widths(struct lw_cli *c);
bool lw_doctor_place(struct lw_cli *c);

#endif
