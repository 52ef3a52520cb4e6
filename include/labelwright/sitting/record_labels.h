/* Labels from scripts: `labelwright record`. */
#ifndef LABELWRIGHT_SITTING_RECORD_LABELS_H
#define LABELWRIGHT_SITTING_RECORD_LABELS_H

#include "labelwright/workspace/workspace.h"

#include <stdio.h>

/* Reads requests from `in`, a line each, and writes a reply of one line for each to the descriptor
 * `out`, through the workspace's sys:
 *
 *     {"task":ID,"answers":{…}}     {"task":ID,"seq":N,"hash":"…"}   once it is on the disk
 *     {"task":ID,"skip":"why"}      {"task":ID,"error":"why not"}    ID is null when there is none
 *
 * Blank lines are passed over. The journal must be writable and the index complete. Returns the
 * worst that happened: LW_OK; LW_EBAD when a line was refused; LW_EIO or LW_EFULL when the disk did
 * not take a label (the reply says so, and reading goes on), or when `in` or `out` failed: that
 * ends it, and `err` says why. */
enum lw_code lw_record_stream(struct lw_workspace *w, FILE *in, int out, struct lw_err *err);

#endif
