/* `bind:` of config.yaml and project.yaml: a key that gives a whole verdict.
 *
 *     bind:
 *       F5: {quality: 2, problems: [evasive]}
 *       F11: {quality: 5, submit: true}      # also submits
 *       S-F1: {quality: {A: 5, B: 2}}        # of several responses by letter or id; else the one
 * in view
 *
 * What the answers mean is for those who know the questions (project/macros.h), which keys there
 * are for those who know keys. */
#ifndef LABELWRIGHT_CONFIG_MACRO_DEFS_H
#define LABELWRIGHT_CONFIG_MACRO_DEFS_H

#include "labelwright/base/buf.h"
#include "labelwright/yaml/schema.h"

struct lw_macro_def {
    char *key;               /* the name of a key, as it was written */
    struct lw_yaml *answers; /* a map: the name of a question, and its answer; with `submit` */
    bool submit;
    int line, col; /* the line it is on, for messages */
};

struct lw_macro_defs {
    struct lw_macro_def *v;
    size_t n;
};

LW_SETTER(lw_set_macro_defs); /* to: struct lw_macro_defs, at `offset` */
void lw_macro_defs_fini(struct lw_macro_defs *d);

#define LW_BIND_TAKES "a map of keys and answers"
#define LW_BIND_EXAMPLE "bind: {F5: {quality: 2, problems: [evasive]}}"

/* Whether this entry of `answers` is an answer. */
bool lw_macro_def_answers(const struct lw_macro_def *d, size_t i);

/* What it answers, in few words: "quality 2, evasive, submit". */
void lw_macro_def_describe(const struct lw_macro_def *d, struct lw_buf *to);

#endif
