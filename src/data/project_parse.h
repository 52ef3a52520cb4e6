/* What the readers of project.yaml share. */
#ifndef DATA_PROJECT_PARSE_H
#define DATA_PROJECT_PARSE_H

#include "data/schema.h"
#include "labelwright/project.h"

enum {
    LW_QUESTIONS_MAX = 100,
    LW_OPTIONS_MAX = 200,
    LW_OPTION_DEPTH_MAX = 3,
    LW_NAME_MAX = 64 /* bytes of a question's name and of an option's value */
};

LW_SETTER(lw_set_questions); /* to: struct lw_project */
LW_SETTER(lw_set_options);   /* to: struct lw_question */
LW_SETTER(lw_set_scale);     /* to: struct lw_question */
LW_SETTER(lw_set_sync);      /* to: struct lw_project */
LW_SETTER(lw_set_columns);   /* to: struct lw_task_file */
LW_SETTER(lw_set_pay);       /* to: anything; nothing is kept yet */

void lw_columns_free(struct lw_columns *c); /* NULL is fine */

/* Reads the `when` of question i, after all questions are read. */
void lw_read_when(struct lw_reading *r, struct lw_project *p, size_t i, const struct lw_yaml *y);

/* Reads one test of `asked`, which is no comparison. */
void lw_read_test(struct lw_reading *r, const struct lw_question *asked, const struct lw_yaml *y,
    struct lw_test *to);

/* Whether a question has a name, and a type and a target that this version can ask. */
bool lw_question_is_known(const struct lw_yaml *y);

/* A project of nothing but the questions of a block as the journal keeps it. What this version
 * finds fault with is no obstacle, since labels were given under it; NULL where a question has no
 * name, or a type or target that this version does not know. */
struct lw_project *lw_project_of_questions(const json_t *block);

/* Why the words of a relative path leave the folder; NULL when they do not. Looks at no file. */
const char *lw_path_fault(const char *dir, const char *path);

/* Why no batches can be put there; NULL when they can. Looks at no file. */
const char *lw_outbox_fault(const char *path);

/* Targets where files of the project are are mistakes, told at `at`. */
void lw_check_outboxes(struct lw_reading *r, const struct lw_project *p, const struct lw_yaml *at);

/* The X of a folder "…/X.labelwright", new; NULL for another folder. */
char *lw_path_beside(const char *dir);

/* What a data file holds, for the questions to be asked about it. */
struct lw_data_kind {
    size_t responses; /* of the first record that can be read */
    char *column;     /* the column that was taken for the prompt by its look; NULL for none */
    char *columns;    /* then: the names of all of them, for people */
    char *id_column;  /* then: the one that names the tasks; NULL for none */
    json_t *response_columns; /* the names of those that are responses, where `column` is set */
};

/* Data files that belong together, by their names in one folder; joins: by which member each but
 * the first joins it, NULL where it does not. */
struct lw_data_files {
    const char *const *name;
    size_t n;
    char *const *join; /* NULL for no joins */
};

/* A text in quotes, as YAML reads it; new. NULL when it is not UTF-8. */
char *lw_yaml_quoted(const char *text);

/* The text of a new project.yaml for such tasks; the files are in `folder`, "../" or "". New; NULL
 * when a name cannot be written there (not UTF-8). */
char *lw_project_text(
    const struct lw_data_files *files, const char *folder, const struct lw_data_kind *kind);

/* LW_EBAD says what is wrong with a file in which no record can be read. */
enum lw_code lw_data_kind(
    const struct lw_sys *sys, const char *path, struct lw_data_kind *to, struct lw_err *err);
/* Of several files in `dir`: what the tasks have that they make together. `join` gets, for each
 * file, a new string or NULL. */
enum lw_code lw_data_kind_joined(const struct lw_sys *sys, const char *dir,
    const struct lw_data_files *files, char **join, struct lw_data_kind *to, struct lw_err *err);
void lw_data_kind_fini(struct lw_data_kind *kind);

#endif
