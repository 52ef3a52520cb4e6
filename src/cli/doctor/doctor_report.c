/* The lines of doctor's report, for people or as JSON. What they say is in the checks. */
#define _GNU_SOURCE
#include "cli/doctor/doctor_internal.h"

#include "labelwright/spell/speller.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* {"version", "well", "checks": [{"about", "says", "wrong": [], "notes": []}]}; NULL: for people. A
 * command reports once, and checks that call each other need not hand this on. */
static json_t *as_json;

static json_t *last_check(void)
{
    json_t *checks = json_object_get(as_json, "checks");
    return json_array_get(checks, json_array_size(checks) - 1);
}

/* A line without a heading belongs under the one before. */
static void add_check(const char *what, const char *text)
{
    const char *before = json_string_value(json_object_get(last_check(), "about"));
    json_array_append_new(json_object_get(as_json, "checks"),
        json_pack("{s:s,s:o,s:[],s:[]}", "about", *what ? what : before, "says",
            lw_cli_json_text(text), "wrong", "notes"));
}

static void print_line(const char *what, const char *text)
{
    char *before = lw_format("%-11s ", what);
    lw_cli_print(before, text);
    free(before);
}

/* What is below a check: `list` is its member. */
static void add_below(const char *what, const char *list, const char *text)
{
    if (as_json)
        json_array_append_new(json_object_get(last_check(), list), lw_cli_json_text(text));
    else
        print_line(what, text);
}

void lw_doctor_begin(bool json)
{
    if (json)
        as_json = json_pack("{s:s,s:[]}", "version", LW_VERSION, "checks");
    else
        print_line("labelwright", LW_VERSION);
}

void lw_doctor_end(bool well)
{
    if (as_json) {
        json_object_set_new(as_json, "well", json_boolean(well));
        lw_cli_print_json(as_json);
    }
    as_json = NULL;
}

void lw_doctor_line(const char *what, const char *fmt, ...)
{
    char *text;
    va_list ap;
    va_start(ap, fmt);
    int n = vasprintf(&text, fmt, ap);
    va_end(ap);
    if (n < 0)
        return;
    if (as_json)
        add_check(what, text);
    else
        print_line(what, text);
    free(text);
}

bool lw_doctor_wrong(const char *text)
{
    if (text)
        add_below("  WRONG", "wrong", text);
    return !text;
}

void lw_doctor_note(const char *text)
{
    if (text)
        add_below("  note", "notes", text);
}

void lw_doctor_lacking(char *const *tags)
{
    char *lacks = tags ? lw_spelling_lacks((const char *const *)tags) : NULL;
    lw_doctor_note(lacks);
    free(lacks);
}
