/* The lines of doctor's report (doctor_report.c), and the checks that have a file of their own:
 * what the terminal makes of text, a project. cmd_doctor.c has the table of all. */
#ifndef LABELWRIGHT_CLI_DOCTOR_DOCTOR_INTERNAL_H
#define LABELWRIGHT_CLI_DOCTOR_DOCTOR_INTERNAL_H

#include "cli/cli_internal.h"

/* The report: `json` collects it, and prints it at the end. */
void lw_doctor_begin(bool json);
void lw_doctor_end(bool well);

/* Prints a line of the report: "terminal    xterm, 256 colours". Text from outside is sanitised. */
void lw_doctor_line(const char *what, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Prints below it what is wrong and the fix; returns false. NULL: nothing is wrong, returns true.
 */
bool lw_doctor_wrong(const char *text);

/* Prints a note below it; NULL: none. */
void lw_doctor_note(const char *text);

/* Notes which of these languages cannot be checked; NULL for none. */
void lw_doctor_lacking(char *const *tags);

/* Prints n texts and asks the terminal how many columns each takes. Returns why it cannot be asked,
 * NULL when `cols` is filled. What is printed is erased again. */
const char *lw_doctor_measure(char *const *text, size_t n, int *cols);

/* Widths of kinds of text, and the newest Unicode. A difference gets a note but is not a mistake:
 * always true. */
bool lw_doctor_widths(struct lw_cli *c);

/* Whether the terminal shows pixels, as it says itself; always true. */
bool lw_doctor_pixels(struct lw_cli *c);

/* Dictionaries, by the library that reads them. A missing one is no mistake: always true. */
bool lw_doctor_spelling(struct lw_cli *c);

/* The models of the settings. None is no mistake: always true. */
bool lw_doctor_models(struct lw_cli *c);

/* The key that signs, and the rates: whether they can be used. None is no mistake. */
bool lw_doctor_identity(struct lw_cli *c);
bool lw_doctor_pay(struct lw_cli *c);

/* Disk, journal and destinations of the project at PATH. False when something must be fixed. */
bool lw_doctor_project(struct lw_cli *c);

#endif
