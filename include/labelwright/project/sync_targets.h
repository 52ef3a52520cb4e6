/* The kinds of places that labels are sent to. Projects are checked against them here; how each is
 * spoken to is in src/sync/target/, in a file or folder of the same name.
 *
 * A new kind is one row here and that one file, which defines lw_target_ID (see
 * sync/targets_internal.h). */
#ifndef LABELWRIGHT_PROJECT_SYNC_TARGETS_H
#define LABELWRIGHT_PROJECT_SYNC_TARGETS_H

/* Told by the address under `to:` alone. */
#define LW_SYNC_BY_ADDRESS(X)                                                                      \
    X(folder) /* file: */                                                                          \
    X(push)   /* https: labelwright's own protocol */

/* Told by `type:`: id, its word there, whether `project:` is needed, the number of a project on
 * that server. All of them are reached over https. */
#define LW_SYNC_BY_TYPE(X) X(label_studio, "label-studio", true)

#endif
