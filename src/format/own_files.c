/* Files that labelwright itself writes for people, servers and spreadsheets, by their first line:
 * many of them read as a table or as records, and what would be shown is nobody's tasks. Formats of
 * others that `export` writes are no such files: those are read as what they are. */
#define _GNU_SOURCE
#include "format/own_files_internal.h"

#include <string.h>

#define OPEN_PROJECT " Open the project itself: labelwright PROJECT"
#define LABELS                                                                                     \
    "has labels that labelwright exported, not tasks. Open the tasks that they are of, or their "  \
    "project. To rate the labels themselves, say so:  --as named"
#define TIME "is a timesheet, not tasks." OPEN_PROJECT
#define PAY "says what was earned, and has no tasks." OPEN_PROJECT
#define INVOICE "is an invoice, not tasks." OPEN_PROJECT

static const struct {
    const char *begins, *has; /* the file; its first line. NULL: whatever */
    const char *what;
} own[] = {
    {"labelwright proof ", NULL,
        "is a proof of work, not tasks. To check it:  labelwright prove --recipe > recipe.sh; bash "
        "recipe.sh FILE"},
    {"{\"v\":1,\"journal\":\"", "\"seq\":",
        "has lines of a journal, the record of work, not tasks. Open its project (the folder above "
        "journal/), or check it: labelwright verify PROJECT"},
    {"{\"task\":", "\"record_now\":", LABELS},
    {"task,file,record,record_now,", NULL, LABELS},
    {"{\"by\":", "\"rounding\":", TIME},
    {"; Active time by labelwright", NULL, TIME},
    {"{\n  \"$schema\": \"http://json-schema.org/", NULL,
        "is a JSON Schema, for editors, and has no tasks"},
    {"BEGIN:VCALENDAR", NULL, "is a calendar, not tasks. Tasks come from JSON, CSV and TSV"},
    {NULL, ",active,active_ms,exact_ms,", TIME},
    {NULL, "  Active  Done", TIME},
    {"from,to,project,what,quantity,unit,worked,", NULL, PAY},
    {"kind,number,date,from,to,client,project,what,", NULL, INVOICE},
    {"INVOICE\n", NULL, INVOICE},
};

enum lw_code lw_own_file_refuse(const char *name, const char *s, size_t n, struct lw_err *err)
{
    const char *newline = memchr(s, '\n', n);
    size_t line = newline ? (size_t)(newline - s) + 1 : n;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        size_t begin = own[i].begins ? strlen(own[i].begins) : 0;
        bool begins = begin <= n && memcmp(s, own[i].begins ? own[i].begins : "", begin) == 0;
        if (begins && (!own[i].has || memmem(s, line, own[i].has, strlen(own[i].has))))
            return lw_fail(err, LW_EBAD, "%s %s.", name, own[i].what);
    }
    return LW_OK;
}
