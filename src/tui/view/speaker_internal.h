/* What a turn's role is called on the screen. */
#ifndef LABELWRIGHT_TUI_VIEW_SPEAKER_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_SPEAKER_INTERNAL_H

#include "tui/view/frame_internal.h"

const char *lw_speaker_name(const char *role); /* "User"; an unknown role as it is */
enum lw_role lw_speaker_role(const char *role);

#endif
