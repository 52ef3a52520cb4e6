/* Plain mode: what messages about talks and texts say of keys, in the words of this mode. */
#define _GNU_SOURCE
#include "cli/plain/plain_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

/* What the sitting and the desk say of keys stands at the end of a message. */
char *lw_plain_words(const char *message)
{
    static const char *const words[][2] = {{" Space: write on.", ""},
        {" e, then M-o: see it.", " .like: see it."}, {" ^W: next turn, e: correct it.", ""},
        {"^W: write the first turn.", "Type the first turn."},
        {"^W: write what they give back.", "Type what they give back."},
        {"S-F12: go on from there.", ".goon: go on from there."},
        {"S-F12: go on.", ".goon: go on."}, {"F12: ask again.", ".ask: ask again."},
        {"F12: ask the model.", ".ask: ask the model."}, {"^X: stop.", "Ctrl-C: stop."},
        {"stop them: ^X.", "stop them: Ctrl-C."},
        {"^E: write your turn anew.", ".anew TEXT: write your turn anew."},
        {"^E: write one of your turns anew.", ".anew TEXT: write your last turn anew."},
        {"^U: the next one.", ".branch: the next one."}, {"press its digit.", "type its number."}};
    const char *digits = strstr(message, " Press 1 to "); /* the prompt says that */
    size_t n = digits ? (size_t)(digits - message) : strlen(message);
    if (digits)
        return lw_strndup(message, n);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t k = strlen(words[i][0]);
        if (n >= k && strcmp(message + n - k, words[i][0]) == 0)
            return lw_format("%.*s%s", (int)(n - k), message, words[i][1]);
    }
    return lw_strdup(message);
}
