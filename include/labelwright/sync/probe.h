/* What `labelwright doctor` asks of the network: whether a target can be reached now. Labels and
 * secrets stay here: the token is only read, and the server gets a HEAD request without it. */
#ifndef LABELWRIGHT_SYNC_PROBE_H
#define LABELWRIGHT_SYNC_PROBE_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"
#include "labelwright/config/config.h"
#include "labelwright/project/project.h"

enum lw_probe_answer {
    LW_PROBE_HERE,    /* a folder of the project: no server */
    LW_PROBE_ANSWERS, /* the server answers, whatever it says */
    LW_PROBE_OFFLINE, /* no answer now; `why` says why */
    LW_PROBE_WRONG    /* the user must fix something; `why` says what */
};

/* Waits up to patience_ms for the program that gives the token, and again as long for the server.
 * `why` may hold foreign text. */
enum lw_probe_answer lw_probe(const struct lw_sys *sys, const struct lw_sync_to *to,
    const struct lw_config *config, int patience_ms, struct lw_err *why);

#endif
