/* Every sentence about talking with a model, in one place: to be read as a whole, and to be
 * translated. Whole sentences stand alone; those that begin with a space follow another. */
#ifndef LABELWRIGHT_MODEL_MODEL_MESSAGES_INTERNAL_H
#define LABELWRIGHT_MODEL_MODEL_MESSAGES_INTERNAL_H

/* ---- what cannot be asked */

#define LW_MODEL_MSG_NO_MESSAGES "There is nothing to ask: write a message first."
#define LW_MODEL_MSG_ROLE                                                                          \
    "Message %zu has no role that models know. Use system, user, assistant or tool."
#define LW_MODEL_MSG_CONTENT "Message %zu has no text. Write one, or leave the message out."
#define LW_MODEL_MSG_TOOL "Tool %zu has no name. Name it, or leave it out."
#define LW_MODEL_MSG_PARAMETER "The parameter \"%.40s\" takes %s."
#define LW_MODEL_MSG_NO_PARAMETER                                                                  \
    "Unknown parameter \"%.40s\". Use one of: temperature, top_p, max_tokens, seed, n, system, "   \
    "stop."

/* ---- what ends an answer before its end */

#define LW_MODEL_MSG_TEXT_FULL                                                                     \
    "The answer is longer than %d MiB. What came until then is kept; the rest was not read."
#define LW_MODEL_MSG_REASONING_FULL                                                                \
    "The reasoning before the answer is longer than %d MiB. What came until then is kept."
#define LW_MODEL_MSG_REFUSAL_FULL "The refusal is longer than %d KiB. What came is kept."
#define LW_MODEL_MSG_CALLS_FULL                                                                    \
    "The model calls more than %d tools in one answer. The first ones are kept."
#define LW_MODEL_MSG_ARGUMENTS_FULL                                                                \
    "The arguments of the tool calls are longer than %d MiB. What came until then is kept."
#define LW_MODEL_MSG_EVENT_FULL                                                                    \
    "The server sent a piece of more than %d MiB. What came before it is kept."
#define LW_MODEL_MSG_NO_JSON                                                                       \
    "The server sent something that is not JSON in the middle of the answer. What came before it " \
    "is kept."
#define LW_MODEL_MSG_BROKE_OFF "The server broke off: %.220s."
#define LW_MODEL_MSG_BROKE_OFF_MUTE "The server broke off and gave no reason."
#define LW_MODEL_MSG_UNFINISHED                                                                    \
    "The connection ended before the server said that the answer was complete. What came is kept."
#define LW_MODEL_MSG_LOST "The connection broke: %.190s. What came is kept."
#define LW_MODEL_MSG_SILENT "Nothing has come for %d seconds, so the answer ends here."
#define LW_MODEL_MSG_STOPPED "You stopped it."

/* ---- no answer at all */

#define LW_MODEL_MSG_NO_ANSWER                                                                     \
    "The server did not answer within %d seconds. Ask again later, or check `url` of \"%.60s\" "   \
    "in your config.yaml."
#define LW_MODEL_MSG_EMPTY "The server answered, but without any text. Ask again."
#define LW_MODEL_MSG_NOT_IT                                                                        \
    "This is not the answer of a model. Check `url` and `api` of \"%.60s\" in your config.yaml."
#define LW_MODEL_MSG_WEB_PAGE                                                                      \
    "There is a web page at this address, not a model. Check `url` of \"%.60s\" in your "          \
    "config.yaml."
#define LW_MODEL_MSG_OFFLINE                                                                       \
    "The server cannot be reached: %.190s. Ask again when it runs, or check `url` of \"%.60s\" "   \
    "in "                                                                                          \
    "your config.yaml."
#define LW_MODEL_MSG_CONFIG "The connection is not allowed: %.190s. %s"
#define LW_MODEL_MSG_CONFIG_CURE                                                                   \
    "Check `url` under `models:` and the certificates under `endpoints:` in your config.yaml."
#define LW_MODEL_MSG_HEADER_FULL "The server's header or its error is larger than allowed."

/* ---- what a status means: "The server answered 404: …" */

#define LW_MODEL_MSG_ANSWERED "The server answered %ld: %s%.120s."
#define LW_MODEL_MSG_SAYS " It says: %.200s"
#define LW_MODEL_MSG_REDIRECT                                                                      \
    "a redirect, which is not followed. Put the new address in `url` in your config.yaml: "
#define LW_MODEL_MSG_BAD_REQUEST "it does not accept the request"
#define LW_MODEL_MSG_LOGIN                                                                         \
    "login refused. Set the right token for it under `endpoints:` in your config.yaml"
#define LW_MODEL_MSG_FORBIDDEN                                                                     \
    "your token may not use this model. Ask for access, or set another token in your config.yaml"
#define LW_MODEL_MSG_ABSENT                                                                        \
    "no such model or address. Check `model`, `url` and `api` in your config.yaml"
#define LW_MODEL_MSG_METHOD                                                                        \
    "this address takes no conversations. Check `url` and `api` in your config.yaml"
#define LW_MODEL_MSG_PROXY "a proxy needs a login. Check `proxy` in your config.yaml"
#define LW_MODEL_MSG_TOO_LONG "the conversation is too long for it. Shorten it, or begin a new one"
#define LW_MODEL_MSG_BUSY "too many requests. Ask again later"
#define LW_MODEL_MSG_OVERLOADED "it is overloaded. Ask again later"
#define LW_MODEL_MSG_BROKEN "it has failed. Ask again later"
#define LW_MODEL_MSG_STRANGE "it does not talk this way. Check `url` and `api` in your config.yaml"
#define LW_MODEL_MSG_WAIT " in %d s"

#endif
