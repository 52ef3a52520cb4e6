/* The user's own settings: $XDG_CONFIG_HOME/labelwright/config.yaml.
 *
 *     annotator: maria
 *     theme: dark
 *     editor: [vim, -n]            # no shell: one word, or a list
 *     idle_seconds: 120            # 10 to 3600
 *     digit_guard_ms: 150          # 0 to 2000
 *     keys: {skip: s, pause: [p, F5], zoom: []}   # [] takes a command's keys away
 */
#ifndef LABELWRIGHT_CONFIG_H
#define LABELWRIGHT_CONFIG_H

#include "labelwright/err.h"
#include "labelwright/sys.h"
#include "labelwright/yaml.h"

struct lw_key_binding {
    char *command; /* a command's name */
    char **keys;   /* key names; checked by who knows keys */
    size_t nkeys;
    int line, col; /* where it stands, for messages */
};

struct lw_config {
    char *file;      /* its path, existing or not */
    char *annotator; /* NULL when not set */
    char *theme;     /* NULL when not set */
    char **editor;   /* argument list, NULL-terminated; NULL when not set */
    int64_t idle_ms; /* longer gaps between keys do not count as work; default 120 s */
    int64_t
        digit_guard_ms; /* digits are ignored that long after a new task; default 150, 0 to 2000 */
    bool czech_digits; /* the digit row types ěščřžýáíé: those are digits then, not the French ones
                        */
    struct lw_key_binding *bind;
    size_t nbind;
};

/* A missing file is fine (defaults). LW_EBAD: the mistakes are in `p`, and `err` only sums them up.
 * On any error nothing is left in `to`. */
enum lw_code lw_config_load(
    const struct lw_sys *sys, struct lw_config *to, struct lw_problems *p, struct lw_err *err);
void lw_config_fini(struct lw_config *c);

/* Who labels: `given` (from the command line), else config, else $USER or the login name. Letters,
 * digits and . _ @ + - only, at most 64, no dot first (it becomes part of a folder's name). New
 * string. */
enum lw_code lw_annotator(
    const struct lw_config *c, const char *given, char **to, struct lw_err *err);

#endif
