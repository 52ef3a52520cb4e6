/* What a turn's role is called on the screen, and in which colour. Not what the turn says. */
#include "tui/view/speaker_internal.h"

#include "labelwright/project/talk.h"

#include <string.h>

const char *lw_speaker_name(const char *role)
{
    static const char *const names[][2] = {{"user", "User"}, {"assistant", "Assistant"},
        {"system", "System"}, {"tool", "Tool"}, {LW_TALK_BRIEF, "Brief"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(role, names[i][0]) == 0)
            return names[i][1];
    return role;
}

enum lw_role lw_speaker_role(const char *role)
{
    return strcmp(role, "user") == 0 ? LW_ROLE_ROLE_USER : LW_ROLE_ROLE_MODEL;
}
