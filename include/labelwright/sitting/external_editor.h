/* Edits a text in the user's own editor: the one of config.yaml, else $VISUAL, else $EDITOR (split
 * at spaces), else sensible-editor, nano or vi, whichever exists. Uses no shell. */
#ifndef LABELWRIGHT_SITTING_EXTERNAL_EDITOR_H
#define LABELWRIGHT_SITTING_EXTERNAL_EDITOR_H

#include "labelwright/base/buf.h"
#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"

/* All borrowed. */
struct lw_external_editor {
    const struct lw_sys *sys;
    int dir;                 /* the project's folder, open … */
    const char *path;        /* … and its path */
    char *const *editor;     /* the argument list of config.yaml, NULL-terminated; NULL for none */
    void (*used)(void *ctx); /* called each second in which a key reached the editor, as far as the
                                terminal tells (some only every eight seconds); NULL for none */
    void *ctx;
};

/* Has n bytes of text edited in a new file of mode 0600 in .labelwright/, and appends to `to` what
 * the editor left there, byte for byte; but where the text had no line end at its end, the one that
 * editors add there is taken off. Waits for the editor, which has the terminal: leave it before.
 * What is no terminal is not given to it: then its stdin is empty and its stdout is ours for
 * errors.
 *
 * LW_EABSENT: no editor is there; LW_EBAD: it failed or was killed, or what it left is no UTF-8 or
 * larger than LW_EDIT_MAX; LW_EIO, LW_EFULL: the file. On all of these nothing was added. */
enum lw_code lw_external_editor_run(const struct lw_external_editor *o, const char *text, size_t n,
    struct lw_buf *to, struct lw_err *err);

/* Has the file of this path edited in its place, and waits; `dir` and `path` of `o` do not count.
 * LW_EABSENT and LW_EBAD as above; what stands in the file then is for the caller to look at. */
enum lw_code lw_external_editor_open(
    const struct lw_external_editor *o, char *file, struct lw_err *err);

#endif
