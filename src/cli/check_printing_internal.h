/* Shared by the files of `labelwright check`. */
#ifndef LABELWRIGHT_CLI_CHECK_PRINTING_INTERNAL_H
#define LABELWRIGHT_CLI_CHECK_PRINTING_INTERNAL_H

#include "cli/cli_internal.h"

/* ---- check_findings.c: how a finding is printed */

enum lw_severity { LW_SEVERITY_ERROR, LW_SEVERITY_WARNING, LW_SEVERITY_NOTE };

struct lw_finding_line {
    enum lw_severity severity;
    const char *file;
    uint64_t line; /* from 1 on, as `col` */
    size_t col;
    const char *message; /* "what is wrong. Cure."; may hold foreign text */
};

/* Zero-initialise with `json`. */
struct lw_findings {
    bool json;                    /* one array, instead of a line each */
    struct lw_progress *progress; /* is erased before something is printed; may be NULL */
    uint64_t printed, errors;
};

void lw_findings_print(struct lw_findings *f, const struct lw_finding_line *found);
void lw_findings_print_problem(
    struct lw_findings *f, enum lw_severity severity, const char *sentence); /* of lw_problems */
void lw_findings_end(struct lw_findings *f);                                 /* ends the array */

/* ---- check_project.c: what is wrong with project.yaml although it can be read */

void lw_check_project(const struct lw_project *p, struct lw_findings *f);

/* Remarks that are no mistakes, a line each. */
void lw_check_print_free_keys(const struct lw_project *p);
void lw_check_print_points_without_key(const struct lw_project *p);

#endif
