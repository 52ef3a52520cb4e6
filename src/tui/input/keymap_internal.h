/* Which key means which command: the command table's defaults, changed by the user's config. */
#ifndef LABELWRIGHT_TUI_INPUT_KEYMAP_INTERNAL_H
#define LABELWRIGHT_TUI_INPUT_KEYMAP_INTERNAL_H

#include "labelwright/config/config.h"
#include "labelwright/project/macros.h"
#include "labelwright/sitting/command.h"
#include "tui/input/key_internal.h"

struct lw_keymap {
    struct lw_binding {
        struct lw_key key;
        enum lw_command_id id;
        int number; /* which of the command's keys: for `answer` the digit it stands for; which
                       macro */
    } * v;
    size_t n;
    enum lw_digit_row digit_row; /* whose signs count as digits */
};

/* Defaults, then the user's bindings: a command that is named there has only the keys given there.
 * Unknown commands and keys, keys never to be bound (with the reason) and clashes (with both
 * owners) go to `p`; false when there was any. */
bool lw_keymap_init(struct lw_keymap *m, const struct lw_config *c, struct lw_problems *p);
void lw_keymap_fini(struct lw_keymap *m);

/* Binds the macros of a project. One whose key is another's, or no key, is left out: `p` says whose
 * it is. Those of the user's own come before the project's. */
void lw_keymap_add_macros(
    struct lw_keymap *m, const struct lw_macros *macros, struct lw_problems *p);

/* The command for a key; id LW_CMD_COUNT when there is none. `text` is NULL. A key that is not
 * bound counts as the one at its place on a Latin keyboard: й is q. */
struct lw_command lw_keymap_find(const struct lw_keymap *m, struct lw_key key);

/* Whether the macro has a key: another may have it. */
bool lw_keymap_has_macro(const struct lw_keymap *m, int number);

/* Whether the key can be given to the command: else `why` gets a sentence, with whose it is. */
bool lw_keymap_may_bind(const struct lw_keymap *m, struct lw_key key, enum lw_command_id id,
    const struct lw_macros *macros, struct lw_buf *why);

/* True when the key itself is bound, not only as another layout's. */
bool lw_keymap_has(const struct lw_keymap *m, struct lw_key key);

/* The names of a command's keys, at most `most` of them, joined by spaces: "Space PgDn". */
void lw_keymap_keys(
    const struct lw_keymap *m, enum lw_command_id id, size_t most, struct lw_buf *to);

/* The key at the same place of a Latin keyboard; the key itself when it is on no layout we know.
 * Digits of every script and full-width characters are the plain ones everywhere; the signs of
 * `row` are digits too. */
struct lw_key lw_key_alias(struct lw_key key, enum lw_digit_row row);

/* The keyboard that has a digit where it types `key`, by its name in config.yaml; NULL for none. */
const char *lw_key_digit_row(struct lw_key key, int *digit);

#endif
