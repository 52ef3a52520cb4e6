/* Small YAML files as a tree that remembers where everything was.
 *
 * Read with the event API of libyaml within our own limits (256 KiB, depth 32); aliases, tags,
 * several documents and duplicate keys are refused. Used for project.yaml, config.yaml and themes.
 */
#ifndef LABELWRIGHT_YAML_YAML_H
#define LABELWRIGHT_YAML_YAML_H

#include "labelwright/base/err.h"
#include "labelwright/base/problem.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

enum lw_yaml_kind { LW_YAML_SCALAR, LW_YAML_LIST, LW_YAML_MAP };

struct lw_yaml {
    enum lw_yaml_kind kind;
    int line, col;    /* of its first character, from 1; col counts code points */
    bool plain;       /* a scalar without quotes: may be a number or a boolean */
    const char *text; /* scalar: UTF-8 without NUL; "" for an empty value */
    size_t n;         /* children: items of a list, values of a map */
    struct lw_yaml **item;
    struct lw_yaml **key; /* map: n scalar keys, beside item */
};

/* Parses n bytes; `file` is the name in messages. The tree belongs to the caller, lw_yaml_free().
 * NULL when the bytes are not YAML or beyond the limits: then one problem was added. An empty file
 * is an empty map. */
struct lw_yaml *lw_yaml_parse(const char *file, const char *bytes, size_t n, struct lw_problems *p);
void lw_yaml_free(struct lw_yaml *y);

struct lw_yaml *lw_yaml_get(
    const struct lw_yaml *map, const char *key); /* borrowed; NULL when absent */

/* The text of a scalar that is not empty; NULL for anything else, also ~ and null. */
const char *lw_yaml_text(const struct lw_yaml *y);

/* What a plain scalar means (YAML 1.2 core schema, without reals); quoted ones are only text. */
bool lw_yaml_int(const struct lw_yaml *y, int64_t *to);
bool lw_yaml_bool(const struct lw_yaml *y, bool *to);
bool lw_yaml_is_real(const struct lw_yaml *y); /* a number that is not an integer: 1.5, 1e9, .inf */

/* The tree as JSON: integers, booleans, null, else strings. New reference. */
json_t *lw_yaml_json(const struct lw_yaml *y);

/* The same tree again, with its places: the caller's. */
struct lw_yaml *lw_yaml_copy(const struct lw_yaml *y);

/* The reverse of lw_yaml_json(), without lines and columns: the caller's. */
struct lw_yaml *lw_yaml_of_json(const json_t *v);

/* The word of `words` (NULL-terminated) nearest to `s`, for "did you mean"; NULL when none is near.
 */
const char *lw_nearest(const char *s, const char *const *words);

#endif
