/* The lines of doctor's report. What they say is in the checks. */
#define _GNU_SOURCE
#include "cli/doctor/doctor_internal.h"

#include "labelwright/spell/speller.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void lw_doctor_line(const char *what, const char *fmt, ...)
{
    char *text;
    va_list ap;
    va_start(ap, fmt);
    int n = vasprintf(&text, fmt, ap);
    va_end(ap);
    char *before = lw_format("%-11s ", what);
    lw_cli_print(before, n >= 0 ? text : "");
    free(before);
    if (n >= 0)
        free(text);
}

bool lw_doctor_wrong(const char *text)
{
    if (text)
        lw_doctor_line("  WRONG", "%s", text);
    return !text;
}

void lw_doctor_note(const char *text)
{
    if (text)
        lw_doctor_line("  note", "%s", text);
}

void lw_doctor_lacking(char *const *tags)
{
    char *lacks = tags ? lw_spelling_lacks((const char *const *)tags) : NULL;
    lw_doctor_note(lacks);
    free(lacks);
}
