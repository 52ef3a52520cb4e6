/* What a member of a record is for, judged by its name: datasets have no schema, but people use
 * only a few dozen names for the same thing. */
#ifndef LABELWRIGHT_FORMAT_MEMBER_USE_H
#define LABELWRIGHT_FORMAT_MEMBER_USE_H

#include <jansson.h>
#include <stdbool.h>

enum lw_member_use {
    LW_USE_NONE,         /* a name that says nothing */
    LW_USE_SYSTEM,       /* how the assistant was told to behave */
    LW_USE_PROMPT,       /* what was asked */
    LW_USE_CONTEXT,      /* what was asked about, or with; alone it is the prompt */
    LW_USE_OPTIONS,      /* what could be chosen from */
    LW_USE_CONVERSATION, /* a conversation */
    LW_USE_RESPONSE,     /* what is to be judged */
    LW_USE_ANSWER,       /* the same, but the right answer where there is a response beside it */
    LW_USE_RESPONSES,    /* a list of them */
    LW_USE_RESULT,       /* what was made of a response; one itself where there is no other */
    LW_USE_REFERENCE,    /* the right answer */
    LW_USE_PICTURE,      /* the name of a picture */
    LW_USE_TOOLS,        /* what the assistant could call */
    LW_USE_METADATA      /* ids, labels, scores, models, times: never shown */
};

/* "Response A", "responseA" and "response_a" are the same name. A number or letter after the name
 * of a response or of a conversation makes it one of several. */
enum lw_member_use lw_member_use_of(const char *member);

/* The same for a member of this record: some names mean something else next to others. */
enum lw_member_use lw_member_use_in(const json_t *record, const char *member);

/* The name in small letters, its words separated by one "_"; cut at `n` - 1 bytes. */
enum { LW_USE_NAME_MAX = 96 };
void lw_member_use_name(const char *member, char to[LW_USE_NAME_MAX]);

#endif
