/* CSV and TSV by RFC 4180: rows become JSON objects, so that every format can be kept in them. */
#ifndef LABELWRIGHT_FORMAT_CSV_H
#define LABELWRIGHT_FORMAT_CSV_H

#include "labelwright/format/encoding.h"
#include "labelwright/format/task.h"

/* What project.yaml says about the columns of a task file: which are shown, by their names, or by
 * numbers from 1 where it has no header. NULL for none. */
struct lw_column_map {
    char *prompt, *id, *reference;
    char **response; /* NULL-terminated; NULL for none */
    size_t nresponses;
};

/* Whether the first row of a table has the names of its columns. */
enum lw_header { LW_HEADER_GUESSED, LW_HEADER_YES, LW_HEADER_NO };

/* How a file is to be read, as far as somebody said so; the rest is found out. Borrowed. */
struct lw_read_as {
    const char *format; /* NULL or "auto": by the first records */
    const struct lw_column_map *columns;
    enum lw_header header;
    enum lw_encoding encoding;
};

struct lw_csv {
    char delimiter;
    bool headed;  /* its first row names the columns */
    bool guessed; /* the prompt column was guessed from its cells */
    size_t ncells;
    char **name;   /* for each cell the member it becomes; NULL for a cell that is left out */
    char **column; /* for each cell the name of its column, or its number from 1 without a header */
};

/* Reads the first n bytes of a file as a table: what its cells are, which format its rows have, and
 * where the first row starts. `whole`: they are all of the file. LW_EABSENT when they do not look
 * like a table; LW_EBAD when `as` (NULL: nothing is said) names a column that does not exist. */
enum lw_code lw_csv_detect(const char *name, const char *s, size_t n, bool whole,
    const struct lw_read_as *as, const struct lw_format *wanted, struct lw_csv **to,
    const struct lw_format **format, size_t *begin, struct lw_err *err);
void lw_csv_free(struct lw_csv *t); /* NULL is fine */

/* A row as an object of texts, new; LW_EBAD with the reason. */
enum lw_code lw_csv_row(
    const struct lw_csv *t, const char *bytes, size_t n, json_t **to, struct lw_err *err);

/* The text of the cell that becomes `member`, if it may be an id; its length or 0. */
size_t lw_csv_id(const struct lw_csv *t, const char *member, const char *bytes, size_t n,
    char to[LW_ID_MAX + 1]);

/* The row has n cells, or more, when the extra ones are empty. */
bool lw_csv_row_fits(const json_t *cells, size_t n);

/* Only empty cells, as spreadsheets write below the last row. */
bool lw_csv_row_is_blank(char delimiter, const char *bytes, size_t n);

/* All texts of a row, new. */
json_t *lw_csv_row_cells(char delimiter, const char *bytes, size_t n, struct lw_err *err);

#endif
