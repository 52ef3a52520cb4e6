/* Prints what `check` found: a line each as compilers print theirs, so that editors go to the
 * place, or one array of JSON. Not the sum at the end, and not what is a mistake. */
#include "cli/check_printing_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/glyph.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const severities[] = {"error", "warning", "note"};

/* As it is if that is UTF-8, else as it would be shown. */
static json_t *text_of(const char *s, size_t n)
{
    json_t *text = json_stringn(s, n);
    struct lw_buf b = {0};
    if (text)
        return text;
    lw_clean(s, n, false, &b);
    text = json_string(b.data ? b.data : "");
    lw_buf_fini(&b);
    return text;
}

static void print_json(const struct lw_findings *f, const struct lw_finding_line *found)
{
    const char *cure = lw_problem_cure(found->message), *end = cure;
    while (end > found->message && end[-1] == ' ')
        end--;
    json_t *o = json_object();
    json_object_set_new(o, "file", text_of(found->file, strlen(found->file)));
    json_object_set_new(o, "line", json_integer((json_int_t)found->line));
    json_object_set_new(o, "column", json_integer((json_int_t)found->col));
    json_object_set_new(o, "severity", json_string(severities[found->severity]));
    json_object_set_new(o, "message", text_of(found->message, (size_t)(end - found->message)));
    json_object_set_new(o, "cure", text_of(cure, strlen(cure)));
    char *line = json_dumps(o, JSON_COMPACT);
    printf("%s\n%s", f->printed ? "," : "[", line);
    free(line);
    json_decref(o);
}

void lw_findings_print(struct lw_findings *f, const struct lw_finding_line *found)
{
    if (f->progress)
        lw_progress_end(f->progress);
    if (f->json) {
        print_json(f, found);
    } else {
        char *place = lw_format("%s:%" PRIu64 ":%zu: %s: %s", found->file, found->line, found->col,
            severities[found->severity], found->message);
        lw_cli_print("", place);
        free(place);
    }
    f->printed++;
    f->errors += found->severity == LW_SEVERITY_ERROR;
}

void lw_findings_print_problem(
    struct lw_findings *f, enum lw_severity severity, const char *sentence)
{
    struct lw_problem_parts parts = {.line = 1, .col = 1, .message = sentence};
    bool placed = lw_problem_split(sentence, &parts);
    char *file = lw_strndup(sentence, placed ? parts.file_n : 0);
    struct lw_finding_line found = {.severity = severity,
        .file = file,
        .line = (uint64_t)parts.line,
        .col = (size_t)parts.col,
        .message = parts.message};
    if (placed || f->json)
        lw_findings_print(f, &found);
    else
        lw_cli_print("", sentence);
    free(file);
}

void lw_findings_end(struct lw_findings *f)
{
    if (f->json)
        puts(f->printed ? "\n]" : "[]");
}
