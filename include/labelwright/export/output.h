/* A file that the user gave for a command to write, as `export -o FILE`. It appears complete, with
 * mode 0600, and replaces only what labelwright wrote there itself.
 *
 * Always refused: links, folders, devices, FIFOs, sockets and read-only files; the inputs of the
 * project, by device and inode; and everything below a journal, .labelwright/ or a folder that the
 * project sends to. Any other existing file needs `force`, unless it is as labelwright left it:
 * .labelwright/exports has the SHA-256 of path and content of the last ones written. */
#ifndef LABELWRIGHT_EXPORT_OUTPUT_H
#define LABELWRIGHT_EXPORT_OUTPUT_H

#include "labelwright/project/project.h"

struct lw_output;

struct lw_output_opts {
    const struct lw_sys *sys;
    const char *path; /* as typed */
    bool force;
    const struct lw_project *project;
    int dir; /* its folder, open; borrowed until the output is closed */
};

/* LW_EREFUSED says why and what to do; LW_EABSENT: its folder does not exist. */
enum lw_code lw_output_open(
    const struct lw_output_opts *opts, struct lw_output **to, struct lw_err *err);
enum lw_code lw_output_write(struct lw_output *o, const void *bytes, size_t n, struct lw_err *err);

/* With LW_OK as `code` gives the file its name; else leaves nothing behind and returns `code`.
 * Frees `o`. */
enum lw_code lw_output_close(struct lw_output *o, enum lw_code code, struct lw_err *err);

/* LW_EREFUSED when the file open as `fd` is one of the project's inputs, part of its journal, or in
 * a folder that the project sends to: `> FILE` of a shell. */
enum lw_code lw_output_check(
    const struct lw_project *p, const struct lw_sys *sys, int fd, struct lw_err *err);

#endif
