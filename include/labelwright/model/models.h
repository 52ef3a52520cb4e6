/* Talking with a model: a question goes to the server that the user has set for it, and the answer
 * comes in while it is written. One thread; several answers at once.
 *
 *     struct lw_http *pool = …;                          // the program's: sync uses it, too
 *     struct lw_models *models = lw_models_new(sys, config, pool);
 *     struct lw_call *call = lw_call_start(models, lw_config_model(config, role), messages,
 *         tools, parameters, &err);
 *     for (;;) {
 *         lw_sync_poll(…, least(own timeout, lw_models_due_ms(models)));  // or lw_http_poll()
 *         …                                                               // keys first
 *         if (lw_models_work(models))
 *             draw again: lw_call_answer(call)
 *     }
 *
 * Nothing is sent twice on its own, nothing is kept on disk, and no secret is in anything that is
 * returned. What a server sends is bounded: 4 MiB of text, 4 MiB of reasoning, 256 tool calls. */
#ifndef LABELWRIGHT_MODEL_MODELS_H
#define LABELWRIGHT_MODEL_MODELS_H

#include "labelwright/base/err.h"
#include "labelwright/base/span.h"
#include "labelwright/base/sys.h"
#include "labelwright/config/config.h"
#include "labelwright/net/http.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    LW_MODEL_FIRST_S = 120, /* how long a server may take to begin its answer */
    LW_MODEL_SILENCE_S = 60 /* and how long nothing may come after that; a byte is enough */
};

struct lw_models;
struct lw_call;

enum lw_call_state {
    LW_CALL_WAITING,   /* for the token, the connection, the first byte */
    LW_CALL_STREAMING, /* it comes */
    LW_CALL_DONE,      /* the server says that this is all */
    LW_CALL_CUT,   /* something came, and then it was stopped: by the user, the network, a limit */
    LW_CALL_FAILED /* nothing came */
};

/* The texts are what the server sent: valid UTF-8 without NUL, but with any control character
 * (bytes that are no UTF-8, and NUL, are U+FFFD). Draw them through lw_clean() and the like. All of
 * it is borrowed until the network is worked on again, by whomever: lw_models_work(),
 * lw_sync_step(), lw_http_work(); and until lw_call_stop() and lw_call_free(). */
struct lw_call_answer {
    enum lw_call_state state;
    uint64_t news; /* grows with every change */
    struct lw_span text, reasoning, refusal;
    const json_t *tool_calls; /* [{"id", "name", "arguments"}], all texts; NULL for none */
    const json_t *usage;      /* names as the server writes them, and integers; NULL for none */
    const char *finish;      /* why the model stopped, as the server writes it; NULL for not said */
    const char *model;       /* what the server calls the model; NULL for not said */
    const char *error;       /* why it is CUT or FAILED: sentences for the user; else NULL */
    int64_t retry_after_ms;  /* the server wants to be left alone so long; -1 for not said */
    int64_t started_unix_ms; /* when it was asked */
    int64_t first_ms;        /* from then until the first of the answer; -1 for not yet */
    int64_t total_ms;        /* from then until its end, or until now */
    uint64_t bytes;          /* that came in, however they were spelled */
};

/* All three are borrowed until lw_models_free(). Never NULL. */
struct lw_models *lw_models_new(
    const struct lw_sys *sys, const struct lw_config *config, struct lw_http *pool);
void lw_models_free(struct lw_models *m); /* with its calls; NULL is fine */

/* Asks. `which` is of the config. NULL and `err` when the question cannot be asked as it is
 * (LW_EUSAGE); everything that happens later is in the answer. The values may be freed afterwards.
 *
 * messages: [{"role": "system" | "user" | "assistant" | "tool", "content": text}]; an assistant may
 * have "tool_calls" as they came in an answer; a tool has the "tool_call_id" that it answers.
 * tools, or NULL: [{"type": "function", "function": {"name", "description", "parameters",
 * "strict"}}], of which only the name must be there (tools.h makes them of a record's); each API
 * gets them as it wants them. What calls of them give back, is for the caller. parameters, or NULL:
 * "temperature" and "top_p" as decimals in texts ("0.7"), sent as they are spelled; "max_tokens"
 * and "seed", integers; "system", a text; "stop", a list of texts; "n", which is not sent: several
 * candidates are several calls. What an API does not know is left out (Anthropic: seed). */
struct lw_call *lw_call_start(struct lw_models *m, const struct lw_model *which,
    const json_t *messages, const json_t *tools, const json_t *parameters, struct lw_err *err);
const struct lw_call_answer *lw_call_answer(struct lw_call *call);

/* Ends it now: CUT, with what came, or FAILED. Does nothing when it has ended. */
void lw_call_stop(struct lw_call *call);
void lw_call_free(struct lw_call *call); /* stops it; NULL is fine */

/* Does what can be done now without waiting. True when an answer has news. */
bool lw_models_work(struct lw_models *m);

/* Milliseconds until lw_models_work() has something to do that no network announces; -1: never. */
int64_t lw_models_due_ms(const struct lw_models *m);

/* Whether an answer is on its way. */
bool lw_models_busy(const struct lw_models *m);

#endif
