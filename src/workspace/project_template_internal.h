/* The project.yaml that is made for a data file, and what it depends on. */
#ifndef LABELWRIGHT_WORKSPACE_PROJECT_TEMPLATE_INTERNAL_H
#define LABELWRIGHT_WORKSPACE_PROJECT_TEMPLATE_INTERNAL_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"
#include "labelwright/format/csv.h"

#include <jansson.h>
#include <stddef.h>

/* What a data file contains, to choose the questions for it. */
struct lw_data_kind {
    size_t responses; /* of the first record that can be read */
    bool steps;       /* it has steps */
    bool practice;    /* it has known answers */
    char *column;     /* the column that was guessed as the prompt; NULL for none */
    char *columns;    /* then: the names of all columns, for people */
    char *id_column;  /* then: the column with the task ids; NULL for none */
    json_t *former;   /* what others answered: see former_questions_internal.h; may be NULL */
    json_t *response_columns;    /* the names of the response columns, when `column` is set */
    const struct lw_read_as *as; /* what was said of how to read it; NULL for nothing. Borrowed */
};

/* Data files that belong together, by their names in one folder; joins: the member by which each
 * but the first joins it, NULL where it does not. */
struct lw_data_files {
    const char *const *name;
    size_t n;
    char *const *join; /* NULL for no joins */
};

/* "    format: …", "    columns: {…}", "    header: …", what was said, as lines of an entry of
 * `tasks:`; new. */
char *lw_read_as_lines(const struct lw_read_as *as);

/* A text in quotes, as YAML reads it; new. NULL when it is not UTF-8. */
char *lw_yaml_quoted(const char *text);

/* The text of a new project.yaml for such tasks; the files are in `folder`, "../" or "". New; NULL
 * when a name cannot be written there (not UTF-8). */
char *lw_project_text(
    const struct lw_data_files *files, const char *folder, const struct lw_data_kind *kind);

/* LW_EBAD says what is wrong with a file in which no record can be read. */
enum lw_code lw_data_kind(const struct lw_sys *sys, const char *path, const struct lw_read_as *as,
    struct lw_data_kind *to, struct lw_err *err);
/* For several files in `dir`: what their tasks contain together. `join` gets, for each file, a new
 * string or NULL. */
enum lw_code lw_data_kind_joined(const struct lw_sys *sys, const char *dir,
    const struct lw_data_files *files, char **join, struct lw_data_kind *to, struct lw_err *err);
void lw_data_kind_fini(struct lw_data_kind *kind);

#endif
