/* What the desk says to the user. */
#ifndef LABELWRIGHT_DESK_DESK_MESSAGES_INTERNAL_H
#define LABELWRIGHT_DESK_DESK_MESSAGES_INTERNAL_H

#define LW_DESK_NO_MODEL                                                                           \
    "You have no model for \"%s\". Name one under `models:` in config.yaml; your turn waits."
#define LW_DESK_NO_REPLY "No reply came: %s F12: ask again."
#define LW_DESK_ASKED "%zu repl%s on the way. ^X: stop."
#define LW_DESK_ALL_HERE "The replies are here. Press 1 to %zu for the best."
#define LW_DESK_HERE "The reply is here. ^W: next turn, e: correct it."
#define LW_DESK_CALLS "The reply calls tools. ^W: write what they give back."
#define LW_DESK_SOME "%zu of %zu replies came. %s"
#define LW_DESK_STOPPED "Stopped. What came is kept. S-F12: go on from there."
#define LW_DESK_STOPPED_EMPTY "Stopped before anything came. F12: ask again."
#define LW_DESK_CUT "The reply was cut, what came is kept: %s S-F12: go on."
#define LW_DESK_EMPTY "it is empty."
#define LW_DESK_NOTHING_CUT "There is no reply to go on from."
#define LW_DESK_NOTHING_COMES "No reply is on the way."

#endif
