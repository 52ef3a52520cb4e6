/* The first row of a table. */
#ifndef LABELWRIGHT_FORMAT_CSV_HEADER_INTERNAL_H
#define LABELWRIGHT_FORMAT_CSV_HEADER_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>

/* Whether the first of these arrays of texts names the columns of the others. */
bool lw_csv_has_header(const json_t *rows);

/* The names of the n columns, new strings: spaces as in a sentence, a column without a name gets
 * its number from 1, a second one with the same name ends in "~2". */
void lw_csv_header_columns(const json_t *cells, char **column, size_t n);

/* How many rows below the first say more of the columns: Qualtrics writes two, of questions and of
 * ids; SurveyMonkey one, with the parts of a question. Names that the first row lacks are taken
 * from there. */
size_t lw_csv_header_rows(json_t *rows);

char *lw_csv_header_name(const char *cell); /* new; spaces as in a sentence */
bool lw_csv_header_is_known(
    const char *name); /* a word that tables of tasks often have in their header */

#endif
