/* In which colour a turn stands, by its role. */
#ifndef LABELWRIGHT_TUI_VIEW_SPEAKER_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_SPEAKER_INTERNAL_H

#include "tui/view/frame_internal.h"

enum lw_role lw_speaker_role(const char *role);

#endif
