/* One task as it is shown, read from one record of a task file, whatever the format. */
#ifndef LABELWRIGHT_TASK_H
#define LABELWRIGHT_TASK_H

#include "labelwright/err.h"
#include "labelwright/hash.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    LW_RECORD_MAX = 16 * 1024 * 1024,
    LW_ID_MAX = 1024 /* bytes of an id; a longer one is not taken for an id */
};

/* A piece of the record's text: bytes inside the task's JSON, valid UTF-8, not NUL-terminated. */
struct lw_span {
    const char *s;
    size_t n;
};

struct lw_turn {
    const char *role; /* "user", "assistant", "system", or as the file says */
    struct lw_span text;
};

struct lw_response {
    const char *id;    /* unique in the task: the file's, or r1, r2 …; never shown */
    const char *model; /* NULL when unknown; never shown */
    struct lw_span text;
};

/* Where the record stands. Of a task with answers in joined files all but `sha256` is about the
 * question's record. */
struct lw_record {
    const char *file;           /* as project.yaml calls it; borrowed from the project */
    uint64_t number;            /* from 1, in its file */
    uint64_t offset;            /* bytes from the start of its file */
    uint32_t len;               /* without the line end */
    char sha256[LW_SHA256_HEX]; /* of these bytes; with answers joined, of the lines that name the
                                 * hash of each record, the question's first, then in the order of
                                 * the files: each 64 hex digits and a newline */
};

struct lw_task {
    char *id;
    uint64_t key; /* lw_fingerprint() of the id, once lw_tasks_load() has given it */
    struct lw_record record;
    struct lw_turn *turn; /* the prompt: one user turn, or a conversation */
    size_t nturns;
    struct lw_response *response;
    size_t nresponses;
    const char **tag;
    size_t ntags;
    struct lw_span reference; /* s NULL for none */
    const char
        *unreadable; /* NULL, or why this record cannot be shown: then only id and record are set */
    json_t *root;    /* the record; what the spans point into */
    json_t *made;    /* texts that an importer put together, NULL for none */
    char *arena;     /* what `unreadable` points to, NULL for none */
};

/* A format whose prompt and responses are plain members of the record: NULL-terminated lists. */
struct lw_shape {
    const char *need[5];   /* texts that a record must have; what is never shown stands here too */
    const char *prompt[3]; /* joined by a blank line; one that is missing or empty is left out */
    const char *response[3]; /* their names are the responses' ids; one that is missing is none */
    const char *reference;   /* NULL for none */
};

/* A format of task files, one row of the table in formats.c. */
struct lw_format {
    const char *name;
    /* True when the record looks like this format. The table is asked in order. */
    bool (*fits)(const struct lw_format *f, const json_t *record);
    /* Fills turns, responses, tags and reference. On failure what it filled is thrown away. Labels
     * that the record already has are never part of it. */
    enum lw_code (*read)(
        const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err);
    const char *id_member; /* the top-level member that names the task; NULL when none does */
    const struct lw_shape *shape; /* NULL where the functions know */
    /* Files of this format over the same prompts are one file of tasks: records with the same value
     * of this member; NULL where it is not so. */
    const char *join;
    bool answers; /* it has no prompts: only joined to others it is of use */
};
const struct lw_format *lw_format_find(const char *name);      /* NULL when unknown */
const struct lw_format *lw_format_guess(const json_t *record); /* NULL when none fits */
const char *const *lw_format_names(void);                      /* NULL-terminated, "auto" first */

/* Parses the bytes of one record (without its line end), in the file's format. Always gives a task:
 * what cannot be read becomes one with `unreadable` set: not JSON (line and column within the
 * record), duplicate members, a real beyond doubles, \u0000, a lone
 * surrogate, NaN, invalid UTF-8, too deep, too large, not of the format. `id` is the record's own
 * (the first text or integer under the format's id_member, even where the record is unreadable),
 * else made from its SHA-256; it is not made unique here. */
struct lw_task *lw_task_parse(const struct lw_format *format, const char *bytes, size_t n);
void lw_task_free(struct lw_task *t);

/* Parses one record: its object as a new reference in `*to`, or LW_EBAD with the reason. */
enum lw_code lw_record_parse(const char *bytes, size_t n, json_t **to, struct lw_err *err);

/* The id of a record without one: 16 hex digits of its SHA-256. */
void lw_task_id_of_hash(const char sha256[LW_SHA256_HEX], char to[17]);

const struct lw_response *lw_task_response(const struct lw_task *t, const char *id); /* or NULL */

#endif
