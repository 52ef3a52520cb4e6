/* Whether a target can be reached now: what doctor asks. Labels and secrets stay here: the token is
 * only read, and a server gets a HEAD without it. */
#ifndef LABELWRIGHT_SYNC_PROBE_H
#define LABELWRIGHT_SYNC_PROBE_H

#include "labelwright/base/err.h"
#include "labelwright/config/config.h"
#include "labelwright/project/project.h"

enum lw_probe_answer {
    LW_PROBE_HERE,    /* a folder of the project: nobody to ask */
    LW_PROBE_ANSWERS, /* somebody does, whatever it says */
    LW_PROBE_OFFLINE, /* nobody does now; `why` says it */
    LW_PROBE_WRONG    /* the user must mend something; `why` says it */
};

/* Waits up to patience_ms for the program that gives the token, and as long for the server. What
 * `why` says may be foreign. */
enum lw_probe_answer lw_probe(const struct lw_sync_to *to, const struct lw_config *config,
    int patience_ms, struct lw_err *why);

#endif
