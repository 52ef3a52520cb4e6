/* Every sentence about secrets and about requests that went wrong, in one place: to be read as a
 * whole, and to be translated. Those that begin in lower case are parts, which follow other words.
 */
#ifndef LABELWRIGHT_NET_NET_MESSAGES_INTERNAL_H
#define LABELWRIGHT_NET_NET_MESSAGES_INTERNAL_H

/* ---- secrets: %s is a file or a program */

#define LW_NET_MSG_NO_TOKEN "%s gives no token: the first line is empty."
#define LW_NET_MSG_BAD_TOKEN                                                                       \
    "The first line of %s is not a token: character %zu is not a visible ASCII "                   \
    "character. Put only the token there, with no words before it."
#define LW_NET_MSG_NOT_A_FILE "%s is not a regular file. Give the file that contains the secret."
#define LW_NET_MSG_OTHERS_FILE                                                                     \
    "%s belongs to another user, who can change it. Copy it to your own file."
#define LW_NET_MSG_OPEN_FILE                                                                       \
    "%s: other users can read or change it (mode %03o). Run `chmod 600` on it."
#define LW_NET_MSG_LONG_FILE "%s is too long for a secret: over %d bytes."
#define LW_NET_MSG_LINK                                                                            \
    "%s is a symbolic link. Give the file itself: its own permissions must be checked."
#define LW_NET_MSG_CANNOT_START "cannot start \"%s\", the token_command of %s"
#define LW_NET_MSG_COMMAND                                                                         \
    "The token_command of %.80s (%.40s) %s%s%.*s. Try it in a shell, with input from "             \
    "/dev/null."
#define LW_NET_MSG_COMMAND_KILLED "was killed by signal %d"
#define LW_NET_MSG_COMMAND_STATUS "ended with status %d"
#define LW_NET_MSG_COMMAND_LONG "prints more than %d bytes"
#define LW_NET_MSG_COMMAND_SLOW "did not end within %d ms"

/* ---- http: a request that cannot go */

#define LW_NET_MSG_NO_LIBRARY                                                                      \
    "libcurl cannot be loaded, and nothing can be sent without it. Install it: apt install "       \
    "libcurl4"
#define LW_NET_MSG_BUSY                                                                            \
    "Too many requests are still running. Wait until one has ended, or stop one."
#define LW_NET_MSG_NOT_AN_ADDRESS "%s is not an http or https address."
#define LW_NET_MSG_OTHER_ORIGIN "The settings of %s are not for %s."
#define LW_NET_MSG_CANNOT_SEND "%s: cannot send the request: %s."
#define LW_NET_MSG_BAD_HEADER "A header for %s is not \"Name: value\"."
#define LW_NET_MSG_TOKEN_ELSEWHERE                                                                 \
    "The token is not for %s. Set one for that server under `endpoints:` in config.yaml."

/* ---- http: an answer. What a status means, whoever asked says */

#define LW_NET_MSG_TOO_LARGE "the answer%s is larger than allowed"
#define LW_NET_MSG_PROXY_LOGIN                                                                     \
    "the proxy %.100s needs a login (407) and got none: set another `proxy` in your "              \
    "config.yaml, or none"
#define LW_NET_MSG_PLAIN_HTTP "it leads to %s, but plain http works only on this machine: use https"
#define LW_NET_MSG_STOPPED "stopped before its end"
#define LW_NET_MSG_CUT_HEADER "the answer is cut off in its header"

#endif
