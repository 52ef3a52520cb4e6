/* Reads a YAML tree by tables of known keys and collects every mistake of the file. */
#ifndef LABELWRIGHT_YAML_SCHEMA_H
#define LABELWRIGHT_YAML_SCHEMA_H

#include "labelwright/yaml/yaml.h"

/* Context for the messages, and the mistakes so far. Zero-initialise with `file`. */
struct lw_reading {
    const char *file;
    const char *secret; /* says where tokens and commands belong; NULL when they are unknown keys */
    struct lw_mistake *mistake;
    size_t nmistakes;
};

/* What a value may be; see `kind`. */
enum lw_value_kind {
    LW_KIND_TEXT = 1,   /* any scalar that is not empty: a number is text too */
    LW_KIND_STRING = 2, /* a scalar that is no number: "17.00" in quotes */
    LW_KIND_INT = 4,
    LW_KIND_REAL = 64, /* a number, with decimals or without */
    LW_KIND_ANY = 128, /* what else says it */
    LW_KIND_BOOL = 8,
    LW_KIND_LIST = 16, /* of `items` */
    LW_KIND_MAP = 32   /* of the keys `inside`; else of the user's own keys, with `items` */
};

/* A known key. `set` puts the value into the struct at `to`. */
struct lw_field {
    const char *key;
    void (*set)(struct lw_reading *r, const struct lw_field *f, const struct lw_yaml *y, void *to);
    size_t offset;       /* of the member that the ready-made setters below fill */
    const char *takes;   /* "true or false" */
    const char *example; /* "required: true" */
    bool required;
    bool unsaid;              /* known only to be refused: never suggested */
    unsigned only;            /* bits of the variants of the map that have it; 0 for all */
    int64_t min, max;         /* lw_set_int */
    const char *const *words; /* lw_set_either, lw_set_choice, lw_set_word */
    const char *help;         /* a line for who does not know the key; NULL: none is told */
    const char *initial;      /* what counts without the key, as it is written; NULL: nothing does,
                                 or `help` says it */
    const struct lw_schema *inside; /* the keys of its map, for who describes them; NULL: none … */
    bool each; /* … or those of each value of its map, whose keys are the user's own */
    /* For editors, where the setter does not tell: what it may be, bits of lw_value_kind; the same
     * for the items of its list and the values of its own map; what its text, or a key of its own
     * map, looks like; the same of an item. min and max count the items of a list or map. */
    unsigned kind, items;
    const char *pattern, *item_pattern;
    unsigned needed; /* bits of the variants that must have it: their own check says so */
    const char *const *(*names)(void); /* the words, where they come from another room */
    const char *beside; /* JSON Schema of the map that has it: what may stand there with it; NULL:
                           anything. A check of its own says so */
};

/* A kind of map. */
struct lw_schema {
    const char *what; /* "a question" */
    const struct lw_field *field;
    size_t n;
    const char *const *variants; /* their names, for `only`; NULL where there are none */
};

enum { LW_NO_VARIANT = -1 }; /* accepts every key: the map does not say its variant */

/* Sets the values of the map; unknown, misplaced and missing keys are mistakes. */
void lw_schema_parse(struct lw_reading *r, const struct lw_schema *t, int variant,
    const struct lw_yaml *map, void *to);

/* Reports a mistake at a node: what, and the cure. Foreign text goes through lw_shorten(). */
void lw_mistake(struct lw_reading *r, const struct lw_yaml *at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* "KEY takes …, not …. Write EXAMPLE." */
void lw_mistake_kind(struct lw_reading *r, const struct lw_field *f, const struct lw_yaml *y);

/* "unknown WHAT "text"." with the nearest of the words, or all of them. */
void lw_mistake_word(struct lw_reading *r, const struct lw_yaml *at, const char *what,
    const char *text, const char *const *words);

/* Gives the mistakes to `to` in file order, and clears them. True when there were none. */
bool lw_reading_end(struct lw_reading *r, struct lw_problems *to);

/* Setters. The comment says which type of member is at `offset`. */
#define LW_SETTER(name)                                                                            \
    void name(struct lw_reading *r, const struct lw_field *f, const struct lw_yaml *y, void *to)
LW_SETTER(lw_set_text);   /* char *, not empty */
LW_SETTER(lw_set_bool);   /* bool */
LW_SETTER(lw_set_int);    /* int64_t from min to max */
LW_SETTER(lw_set_either); /* bool: false for words[0], true for words[1] */
LW_SETTER(lw_set_choice); /* unsigned, or an enum: the place of the word in words */
LW_SETTER(lw_set_word);   /* stores nothing: only one of `words` is allowed */

/* One text or a list of them: a NULL-terminated array, new; NULL after a mistake. */
char **lw_texts_parse(
    struct lw_reading *r, const struct lw_field *f, const struct lw_yaml *y, size_t *n);
void lw_texts_free(char **v);

/* At most about 40 bytes of the text, cut between characters, with "…" where it was cut. */
enum { LW_SHORT_MAX = 48 };
const char *lw_shorten(const char *s, char to[LW_SHORT_MAX]);

#endif
