/* What a task file is, and its records one by one, whatever the container. */
#ifndef LABELWRIGHT_FORMAT_RECORD_READER_H
#define LABELWRIGHT_FORMAT_RECORD_READER_H

#include "labelwright/format/csv.h"
#include "labelwright/format/lines.h"
#include "labelwright/format/record_scan.h"
#include "labelwright/format/task.h"

struct lw_record_reader {
    const struct lw_format *format;
    enum lw_container container;
    struct lw_csv *table;             /* of LW_ROWS */
    uint64_t begin;                   /* of the first record, or of what stands before it */
    const struct lw_columns *columns; /* of JSON: the members that project.yaml names; borrowed */
    const char *wrap; /* each task is the object under this member of its record; NULL: the record
                       * itself */
};

void lw_record_reader_fini(struct lw_record_reader *source);

/* The record at `from` or the first one after it, before file->size; blank when there is none. */
enum lw_code lw_record_reader_get(const struct lw_record_reader *source, struct lw_lines *file,
    uint64_t from, struct lw_raw *to, struct lw_err *err);

/* True when nothing that is appended to the file can belong to this record, and all of it is
 * records. */
bool lw_record_reader_whole(const struct lw_record_reader *source, const struct lw_lines *file,
    const struct lw_raw *record);

/* One record as JSON: a new reference in `*to`, or LW_EBAD with the reason. */
enum lw_code lw_record_reader_parse(const struct lw_record_reader *source, const char *bytes,
    size_t n, json_t **to, struct lw_err *err);

/* The same as lw_task_parse() and lw_record_name() give it, for this source. */
struct lw_task *lw_record_reader_task(
    const struct lw_record_reader *source, const char *bytes, size_t n);
size_t lw_record_reader_name(const struct lw_record_reader *source, const char *s, size_t n,
    const char *sha256, char to[LW_ID_MAX + 1]);

/* The member by which other programs wrap their tasks, if one of the record's is: {"row": {…}} of
 * the Hugging Face viewer, {"data": {…}} of Label Studio, {"fields": {…}} of Argilla. NULL for
 * none; the n-th of those that may be. */
const char *lw_record_reader_wrap(const json_t *record, size_t n);

/* Everything that decides where records start and how they are named, as a text; new. */
char *lw_record_reader_shape(const struct lw_record_reader *source);

#endif
