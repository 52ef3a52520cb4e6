/* `labelwright record`: opens the journal for a script's labels. The lines are read and answered in
 * sitting/record_labels.c. */
#include "cli/cli_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/sitting/record_labels.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE_MS = 30 * 1000, RETRY_MS = 50 };

static bool is_sending(const struct lw_workspace *w)
{
    const char *owner = w->journal ? lw_journal_owner(w->journal) : NULL;
    size_t n = owner ? strlen(owner) : 0, m = strlen(LW_SENDING);
    return n > m && strcmp(owner + n - m, LW_SENDING) == 0;
}

/* `sync` locks the journal only while it sends, so wait a little. A session is not worth a wait. */
static int open_when_free(struct lw_cli *c, struct lw_workspace *w)
{
    int64_t since = lw_clock_mono_ms(&lw_sys_real);
    int status;
    while ((status = lw_cli_open(c, false, w)) == 0 && is_sending(w) &&
           lw_clock_mono_ms(&lw_sys_real) - since < PATIENCE_MS) {
        lw_workspace_close(w);
        poll(NULL, 0, RETRY_MS);
    }
    return status;
}

/* Prints why nothing can be saved here; 0 when it can. */
static int check_writable(const struct lw_workspace *w)
{
    const char *owner = lw_journal_owner(w->journal);
    enum lw_journal_mode mode = lw_journal_mode(w->journal);
    if (mode == LW_JOURNAL_WRITABLE)
        return 0;
    if (owner)
        lw_cli_warn(
            "Nothing saved. Another labelwright has this project open (%s). Close it first.",
            owner);
    else
        lw_cli_warn("Nothing saved: the journal cannot be written.");
    return lw_exit_status(owner ? LW_EBUSY : LW_EIO);
}

int lw_cmd_record(struct lw_cli *c)
{
    struct lw_workspace w;
    struct lw_err err = {0};
    int status = open_when_free(c, &w);
    if (status != 0)
        return status;
    status = check_writable(&w);
    if (status == 0)
        status = lw_cli_read_tasks(&w);
    if (status == 0)
        lw_cli_warn_duplicates(&w);
    size_t notes;
    lw_journal_notes(w.journal, &notes);
    if (status == 0) {
        status = lw_exit_status(lw_record_stream(&w, stdin, STDOUT_FILENO, &err));
        lw_cli_fail(NULL, &err);
        lw_cli_warn_notes(&w, notes);
    }
    lw_workspace_close(&w);
    return status;
}
