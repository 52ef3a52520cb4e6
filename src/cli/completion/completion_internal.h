/* Shared by the files of `labelwright completion`. */
#ifndef LABELWRIGHT_CLI_COMPLETION_COMPLETION_INTERNAL_H
#define LABELWRIGHT_CLI_COMPLETION_COMPLETION_INTERNAL_H

#include "cli/cli_internal.h"

/* What stands on the command line so far. Borrowed. */
struct lw_completing {
    const char *const *word; /* the program, and all up to the cursor: the last may be "" */
    size_t n;
    const struct lw_cli_command *command; /* NULL: none is given yet */
    const char *project;                  /* a word that is a file or folder; else "." */
    bool files, folders;                  /* the shell adds names of these */
};

/* completion_print.c: prints the word, and what it means, if the last word is the beginning of it.
 */
void lw_complete_word(const struct lw_completing *c, const char *word, const char *means);

/* completion_values.c: prints what may stand behind the option, or sets `files` or `folders`. */
void lw_complete_value(struct lw_completing *c, int option);

/* Projects that were worked on lately on this machine. */
void lw_complete_projects(struct lw_completing *c);

/* completion_words.c: prints a line for each word that may stand at the cursor, its meaning behind
 * a tab; then ":files" or ":folders" where the shell is to add those. `text` is a word a line. */
void lw_complete(const char *text);

#endif
