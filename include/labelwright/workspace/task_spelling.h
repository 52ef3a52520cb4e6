/* In which languages the texts of a task are checked, and where added words lie: what a front end
 * gives to spell/speller.h. */
#ifndef LABELWRIGHT_WORKSPACE_TASK_SPELLING_H
#define LABELWRIGHT_WORKSPACE_TASK_SPELLING_H

#include "labelwright/config/config.h"
#include "labelwright/project/project.h"
#include "labelwright/spell/speller.h"

/* The languages that the record names in "lang" or "language" (a text or a list; as a tag or in
 * English), else those of the project, else those of the user: a new NULL-terminated array for
 * lw_texts_free(); empty: nothing is checked. `record`, `project` and `config` may be NULL. */
char **lw_spelling_languages(
    const json_t *record, const struct lw_project *project, const struct lw_config *config);

/* Those of notes on the task: those of the project, else of the user, and with them those of the
 * record, which notes quote. Only the record's would not do: notes are for the client. */
char **lw_spelling_languages_of_notes(
    const json_t *record, const struct lw_project *project, const struct lw_config *config);

/* The context of lw_spelling_folder(); the caller's, as long as the speller. */
struct lw_spelling_folders {
    const struct lw_sys *sys;
    int project;             /* the project's folder; -1: it is not to be written to */
    const char *config_file; /* of the user's settings */
};

/* For lw_speller_setup: the project's .labelwright, and the folder of config.yaml. */
int lw_spelling_folder(void *ctx, enum lw_word_list_of which, bool make);

#endif
