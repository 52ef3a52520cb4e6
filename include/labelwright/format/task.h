/* One task as it is shown, read from one record of a task file, whatever the format. */
#ifndef LABELWRIGHT_FORMAT_TASK_H
#define LABELWRIGHT_FORMAT_TASK_H

#include "labelwright/base/err.h"
#include "labelwright/base/hash.h"
#include "labelwright/base/span.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    LW_RECORD_MAX = 16 * 1024 * 1024,
    LW_ID_MAX = 1024 /* bytes of an id; a longer one is not taken for an id */
};

/* What a message holds beside its text, or a task beside its turns. */
enum lw_part_kind {
    LW_PART_TEXT,
    LW_PART_CALL,      /* of a tool: its name, and the arguments as JSON or as they stand */
    LW_PART_RESULT,    /* what a tool gave back; the name of the tool or of the call, if known */
    LW_PART_REASONING, /* what was thought before the answer */
    LW_PART_REFUSAL,
    LW_PART_PICTURE, /* the name is its file or address, or what kind of picture it is */
    LW_PART_TOOL,    /* what could be called: its name; what it does and takes as JSON */
    LW_PART_OTHER,   /* the name is its kind, the text its JSON */
    LW_PART_KINDS
};
struct lw_part {
    enum lw_part_kind kind;
    struct lw_span name, text; /* s NULL for none */
};

/* Parts in the order of the record; NULL where there is nothing but text. */
struct lw_parts;
size_t lw_parts_count(const struct lw_parts *p); /* 0 for NULL */
struct lw_part lw_parts_at(const struct lw_parts *p, size_t i);

enum { LW_ITEM_ID = 24 };

struct lw_turn {
    char id[LW_ITEM_ID]; /* t1, t2 …; never shown. A single response is the turn "answer" */
    const char *role;    /* "user", "assistant", "system", or as the file says */
    struct lw_span text; /* what is said in it */
    const struct lw_parts *parts; /* all of it, the text among them */
    const json_t *message; /* as it stands in the record, {"role", "content", …}; NULL for none */
};

struct lw_response {
    const char *id;    /* unique in the task: the file's, or r1, r2 …; never shown */
    const char *model; /* NULL when unknown; never shown */
    struct lw_span text;
    const struct lw_parts *parts; /* as of a turn */
    const json_t *message;        /* as of a turn; NULL also where it is more than one */
};

/* One step of a response, as of a solution that is worked out. */
struct lw_task_step {
    char id[LW_ITEM_ID]; /* s1, s2 … by `place`; another wording of the second is s2.1; never shown
                          */
    int response;        /* whose it is; -1 for none */
    size_t place;        /* from 1 in the task */
    size_t number;       /* from 1 in its response */
    size_t first;        /* the step itself, by its index in the task */
    size_t other; /* 0; another wording of a step has its place and number and counts from 1 */
    struct lw_span text;
};

/* A span that somebody marked in a text of the task: an item, too. The answers have them, not the
 * record; see lw_items_bring() of answers.h. */
struct lw_task_span {
    char id[LW_ITEM_ID]; /* s1, s2 … as in the answer */
    size_t question;     /* the spans question that it answers … */
    int item;            /* … about this item of its target; -1 where that stands alone */
    int response;        /* in which it is; -1 for none */
    struct lw_span text;
    json_t *value; /* the span in the answer; owned */
};

/* Where the record is. For a task with answers in joined files, everything but `sha256` is about
 * the question's record. */
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
    struct lw_task_step
        *step; /* of all responses, in order; their text is these where they have any */
    size_t nsteps;
    struct lw_task_span *span; /* in the order of questions, items and places in the text */
    size_t nspans;
    const char **tag;
    size_t ntags;
    size_t own_turns; /* of the record; what follows on them comes from a talk, as do all responses
                         then; see lw_task_talk_begin() */
    json_t *talk;     /* what those point into; NULL for none */
    struct lw_span reference; /* s NULL for none */
    struct lw_span next; /* what comes after the last turn; hidden until the user has said what may
                            (answers.h), so nothing looks for words in it; s NULL for none */
    const json_t *suggestions; /* question -> answer (answers.h), from a model or another annotator,
                                  not yet checked; an object, NULL for none */
    const json_t *known; /* of a practice task: question -> answer, not yet checked (practice.h); an
                            object, NULL for none. Nothing shows or searches it before the label */
    const json_t *why;   /* why these are the answers: a text, or question -> text; NULL for none */
    const struct lw_parts *parts; /* of the task as a whole: tools, pictures; NULL for none */
    const json_t *tools;          /* the list of tools as it stands in the record; NULL for none */
    const char
        *unreadable; /* NULL, or why this record cannot be shown: then only id and record are set */
    json_t *root;    /* the record; what the spans point into */
    json_t *made;    /* texts that an importer put together, NULL for none */
    char *arena;     /* what `unreadable` points to, NULL for none */
};

/* A format that is recognised by the names of its members: NULL-terminated lists. */
struct lw_shape {
    const char *need[5];     /* members that a record must have */
    const char *response[3]; /* these come first, and are the ids; others follow … */
    bool closed;             /* … unless there are none: what looks like one is a label */
};

/* A format of task files: one row of the list in formats.c, and one file, which says how to add
 * one. */
struct lw_format {
    const char *name;
    /* True when the record looks like this format. The table is asked in order. */
    bool (*fits)(const struct lw_format *f, const json_t *record);
    /* Fills turns, responses, tags and reference. On failure everything it filled is discarded.
     * Labels that the record already has are never included. */
    enum lw_code (*read)(
        const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err);
    /* Makes the same of the bytes without `root`, where they are written plainly and have nothing
     * but texts; false: discard it, and take the other way. NULL for most. */
    bool (*read_plain)(const char *bytes, size_t n, struct lw_task *to);
    const char *id_member; /* the top-level member that names the task; NULL when none does */
    const struct lw_shape *shape; /* NULL where the functions know */
    /* Files of this format over the same prompts are one file of tasks: records with the same value
     * of this member; NULL where it is not so. */
    const char *join;
    bool answers;   /* it has no prompts: only useful when joined to other files */
    bool unguessed; /* never guessed from a record: project.yaml or the file has to name it */
};
const struct lw_format *lw_format_find(const char *name);      /* NULL when unknown */
const struct lw_format *lw_format_guess(const json_t *record); /* NULL when none fits */
const char *const *lw_format_names(void);                      /* NULL-terminated, "auto" first */

/* A task without anything but what is given; `root` is stolen, the others are copied. */
struct lw_task *lw_task_new(const char *id, const struct lw_record *record, json_t *root);

/* One that cannot be shown: `why` is copied, too. */
struct lw_task *lw_task_unreadable(const char *id, const struct lw_record *record, const char *why);
void lw_task_free(struct lw_task *t); /* NULL is fine */

/* The id of a record without one: 16 hex digits of its SHA-256. */
void lw_task_id_of_hash(const char sha256[LW_SHA256_HEX], char to[17]);

/* Turns and responses that the answers add to those of the record: first begin with the talk that
 * they come from (NULL: none), then add, the turns first. False when they are that talk's already:
 * then add none. A message is an object with "id", "role", "text", and "reasoning" and "tool_calls"
 * (a list of {"name", "arguments"}) where it has them (talk.h); a reference to it is kept. Only for
 * a task whose record has no responses. */
bool lw_task_talk_begin(struct lw_task *t, json_t *value);
void lw_task_talk_turn(struct lw_task *t, json_t *message);
void lw_task_talk_reply(struct lw_task *t, json_t *message);

/* Sets the id by `place` and `other`. */
void lw_task_step_name(struct lw_task_step *step);

const struct lw_response *lw_task_response(const struct lw_task *t, const char *id); /* or NULL */

#endif
