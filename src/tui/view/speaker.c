/* In which colour a turn's role stands. What it is called is the sitting's. */
#include "tui/view/speaker_internal.h"

#include <string.h>

enum lw_role lw_speaker_role(const char *role)
{
    return strcmp(role, "user") == 0 ? LW_ROLE_ROLE_USER : LW_ROLE_ROLE_MODEL;
}
