/* Every sentence about sending, in one place: to be read as a whole, and to be translated. String
 * macros, so that the compiler checks the formats where they are used. Whole sentences stand alone;
 * those that begin in lower case or with a space are parts, which follow other words. */
#ifndef LABELWRIGHT_SYNC_SYNC_MESSAGES_INTERNAL_H
#define LABELWRIGHT_SYNC_SYNC_MESSAGES_INTERNAL_H

#include "labelwright/merge/sent_check.h"

#include <inttypes.h>

/* ---- the engine */

#define LW_SYNC_MSG_NO_KIND "%s: this version cannot send there."
#define LW_SYNC_MSG_EVENTS_GONE                                                                    \
    "Events to be sent are missing from the journal. Run `labelwright verify`."
#define LW_SYNC_MSG_NO_ANSWER "The server takes the data, but does not answer."
#define LW_SYNC_MSG_END_LOST                                                                       \
    "The server has this journal up to event %" PRIu64 ", but it ends at event %" PRIu64           \
    " here: its end was lost. " LW_ASK_FOR_LINES
#define LW_SYNC_MSG_CULPRITS                                                                       \
    "The server refused %d single events in a row. Ask the client before you continue: "           \
    "%.150s"
#define LW_SYNC_MSG_NO_RECEIPT                                                                     \
    "The server's answer is not a receipt for this batch. Sending it again."
#define LW_SYNC_MSG_WRONG_SUMS                                                                     \
    "The numbers in the server's receipt do not add up. Sending the batch again."
#define LW_SYNC_MSG_WRONG_EVENTS                                                                   \
    "The server's receipt rejects events that were not sent. Sending the batch again."

/* ---- http: what a status means is the table of http_status.c */

#define LW_SYNC_MSG_ANSWERED "The server answered %ld: %s%s%.120s."
#define LW_SYNC_MSG_SERVER_SAYS " The server says: %.120s"

/* ---- a folder */

#define LW_SYNC_MSG_REPLACED                                                                       \
    "The folder %.100s had another file in place of batch "                                        \
    "%" PRIu64 "-%" PRIu64 ". It was replaced."
#define LW_SYNC_MSG_NOT_SAVED "Cannot save the batch in the folder %s: %.200s"

/* ---- labelwright's own protocol */

#define LW_SYNC_MSG_FORK                                                                           \
    "The server has other events with these numbers: this journal was continued in two "           \
    "places. Nothing is sent until you merge them. Run: labelwright merge %.60s OTHER "            \
    "(the other copy, or a file of the lines that the client has)."

/* ---- Label Studio */

#define LW_SYNC_MSG_STUDIO_TOKEN                                                                   \
    "Label Studio refused your token. Create a new one there (Account & Settings, "                \
    "Personal Access Token) and put it where your config.yaml says."
#define LW_SYNC_MSG_STUDIO_NO_PROJECT                                                              \
    "Label Studio shows you no such project. Compare `project` in project.yaml with the "          \
    "number in the project's address there."
#define LW_SYNC_MSG_STUDIO_NOT_IT "The answer is not from Label Studio."
#define LW_SYNC_MSG_STUDIO_ABOUT " (about task %.60s)"
#define LW_SYNC_MSG_STUDIO_TWO_TASKS "Project %" PRId64 " has several tasks with data.id \"%.60s\"."
#define LW_SYNC_MSG_STUDIO_NO_TASK                                                                 \
    "Project %" PRId64 " has no task with data.id \"%.60s\". Import it there first%s."
#define LW_SYNC_MSG_STUDIO_AS_JSON ", as JSON: a CSV upload changes this id"
#define LW_SYNC_MSG_STUDIO_NO_REASON "No reason given."
#define LW_SYNC_MSG_STUDIO_MISFIT                                                                  \
    "The Label Studio label config has %s named \"%s%s\" for the question of that name. "          \
    "Rename one of them."
#define LW_SYNC_MSG_STUDIO_SPANS                                                                   \
    "\"%s\" is about spans, which no control of Label Studio is. Export them: labelwright export " \
    "--format spans."
#define LW_SYNC_MSG_STUDIO_SPANS_MOVED                                                             \
    "Its spans cannot be counted: the record is missing or was changed since. Label it again."
#define LW_SYNC_MSG_STUDIO_WRONG_TYPE                                                              \
    "no Rating, Number, Choices, Taxonomy, TextArea, Labels, Pairwise or Ranker"
#define LW_SYNC_MSG_STUDIO_NO_NAME "no control"
#define LW_SYNC_MSG_STUDIO_CONFIG "The Label Studio label config, line %lu, column %lu: %s."
#define LW_SYNC_MSG_STUDIO_CONFIG_LARGE "The Label Studio label config is larger than 1 MiB."
#define LW_SYNC_MSG_STUDIO_CONTROLS "too many controls"
#define LW_SYNC_MSG_STUDIO_CHOICES "too many choices"
#define LW_SYNC_MSG_STUDIO_DEPTH "the tags are nested too deeply"
#define LW_SYNC_MSG_STUDIO_DOCTYPE "a document type is not allowed"

#endif
