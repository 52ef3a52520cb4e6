/* Texts from a model's server, whose bytes need not be UTF-8 and whose characters may be split
 * between two events. */
#ifndef LABELWRIGHT_MODEL_WIRE_TEXT_INTERNAL_H
#define LABELWRIGHT_MODEL_WIRE_TEXT_INTERNAL_H

#include "labelwright/base/buf.h"

#include <jansson.h>
#include <stdbool.h>

/* Parses JSON that may hold bytes which are no UTF-8, NUL and lone surrogates, all of which jansson
 * refuses. Its strings are for lw_wire_text_add() only, which finds such bytes again; NUL and lone
 * surrogates are U+FFFD. NULL when it is not JSON. New reference. */
json_t *lw_wire_json(const char *bytes, size_t n);

/* A text that grows. Zero-initialise with `max`. */
struct lw_wire_text {
    size_t max;         /* bytes of `text` */
    struct lw_buf text; /* always valid UTF-8 without NUL */
    char part[4];       /* the beginning of a character, without its end */
    size_t npart;
    bool full; /* there was more than fits */
};

/* Adds a string of lw_wire_json(); NULL and what is no string add nothing. Each byte that belongs
 * to no character is U+FFFD. False when it is full: what fits is kept. */
bool lw_wire_text_add(struct lw_wire_text *t, const json_t *string);

/* The same for a short text of its own, new: at most `max` bytes. NULL for what is no string. */
char *lw_wire_string(const json_t *string, size_t max);

/* Nothing more comes: half a character is U+FFFD. */
void lw_wire_text_end(struct lw_wire_text *t);
void lw_wire_text_fini(struct lw_wire_text *t);

#endif
