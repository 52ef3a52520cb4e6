/* Sets one value in the text of a YAML file that somebody wrote: every other byte stays, comments
 * and order included. What cannot be done surely is refused; nothing is guessed. */
#ifndef LABELWRIGHT_YAML_YAML_EDIT_H
#define LABELWRIGHT_YAML_YAML_EDIT_H

#include "labelwright/base/buf.h"
#include "labelwright/base/err.h"

/* What to set: a key of the file, or with `inside` a key of the map that it holds. */
struct lw_yaml_change {
    const char *key;
    const char *inside; /* NULL: the value of `key` itself */
    const char *value;  /* as it is to be written: "light", "[p, F5]" */
};

/* Appends to `to` the n bytes with the change made. A value that is there is replaced; a key that
 * is not comes behind a line that has it commented ("#theme:"), else at the end, or into its map.
 * LW_EBAD: the file is no YAML, or has the place written in a way that is not edited here (a text
 * of several lines, a map in braces around all of the file): says so, with line and column. */
enum lw_code lw_yaml_change(const char *file, const char *bytes, size_t n,
    const struct lw_yaml_change *c, struct lw_buf *to, struct lw_err *err);

/* Appends the text as a value: plain where YAML takes that for this same text, else in quotes. */
void lw_yaml_quote(const char *text, struct lw_buf *to);

#endif
