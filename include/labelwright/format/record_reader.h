/* What a task file is, and its records one by one, whatever the container.
 *
 * The way of a record: lines.c has its bytes, record_scan.c finds its end, record_reader.c makes a
 * JSON object of them and hands it to its format_*.c, which adds turns and responses to a task
 * (task.c); tasks.c puts into it what other files answer and hands it out. */
#ifndef LABELWRIGHT_FORMAT_RECORD_READER_H
#define LABELWRIGHT_FORMAT_RECORD_READER_H

#include "labelwright/format/csv.h"
#include "labelwright/format/known_map.h"
#include "labelwright/format/lines.h"
#include "labelwright/format/record_scan.h"
#include "labelwright/format/task.h"

struct lw_record_reader {
    const struct lw_format *format;
    enum lw_container container;
    struct lw_csv *table; /* of LW_ROWS */
    uint64_t begin;       /* of the first record, or of what stands before it */
    const struct lw_column_map
        *columns;                     /* of JSON: the members that project.yaml names; borrowed */
    const struct lw_known_map *known; /* of practice tasks; borrowed, NULL for none */
    bool practice;                    /* what others answered is known, and not suggested */
    const char *wrap; /* each task is the object under this member of its record; NULL: the record
                       * itself */
};

void lw_record_reader_fini(struct lw_record_reader *reader);

/* The record at `from` or the first one after it, before file->size; blank when there is none. */
enum lw_code lw_record_reader_get(const struct lw_record_reader *reader, struct lw_lines *file,
    uint64_t from, struct lw_raw_record *to, struct lw_err *err);

/* True when nothing that is appended to the file can belong to this record, and all of it is
 * records. */
bool lw_record_reader_is_complete(const struct lw_record_reader *reader,
    const struct lw_lines *file, const struct lw_raw_record *record);

/* One record as JSON: a new reference in `*to`, or LW_EBAD with the reason. */
enum lw_code lw_record_reader_parse(const struct lw_record_reader *reader, const char *bytes,
    size_t n, json_t **to, struct lw_err *err);

/* Makes a task of the bytes of one record (without its line end). Always gives one: what cannot be
 * read becomes one with `unreadable` set: not JSON (line and column within the record), duplicate
 * members, a real beyond doubles, \u0000, a lone surrogate, NaN, invalid UTF-8, too deep, too
 * large, not of the format. */
struct lw_task *lw_record_reader_task(
    const struct lw_record_reader *reader, const char *bytes, size_t n);

/* The same where the record is written plainly and has nothing but texts, for who needs no more:
 * `root` and the hash of the record are not made. NULL where it is not so. */
struct lw_task *lw_record_reader_texts(
    const struct lw_record_reader *reader, const char *bytes, size_t n);

/* The record's own id (the first text or integer under the format's id_member, even where the
 * record is unreadable), else one made from its SHA-256; it is not made unique here. Returns its
 * length. */
size_t lw_record_reader_id(const struct lw_record_reader *reader, const char *s, size_t n,
    const char *sha256, char to[LW_ID_MAX + 1]);

/* Everything that decides where records start and how they are named, as a text; new. */
char *lw_record_reader_describe(const struct lw_record_reader *reader);

/* Parses one record: its object as a new reference in `*to`, or LW_EBAD with the reason. */
enum lw_code lw_record_parse(const char *bytes, size_t n, json_t **to, struct lw_err *err);

/* As lw_record_parse(), but integers beyond 64 bits count too: see json_value.h. */
enum lw_code lw_record_parse_big(const char *bytes, size_t n, json_t **to, struct lw_err *err);

#endif
