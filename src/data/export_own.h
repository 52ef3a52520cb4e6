/* The inside of an export: what the formats share. */
#ifndef DATA_EXPORT_OWN_H
#define DATA_EXPORT_OWN_H

#include "labelwright/buf.h"
#include "labelwright/export.h"

/* What stands for one task. */
struct lw_standing {
    size_t position; /* SIZE_MAX: in no task file */
    uint64_t seq, record;
    struct lw_pos pos;
    bool skip;
};

struct lw_exporting {
    const struct lw_export *with;
    struct lw_export_report *report;
    struct lw_buf out;  /* not yet written */
    struct lw_buf line; /* of the journal */
    char *annotator;    /* as JSON */
    const struct lw_question *question;
    bool conversations; /* trl-preference: all prompts as lists of messages */
};

struct lw_export_format {
    const char *name, *help;
    /* Before the first; NULL for none. `standing` is in order. */
    enum lw_code (*begin)(
        struct lw_exporting *x, const struct lw_standing *standing, size_t n, struct lw_err *err);
    /* Adds a line to x->out and counts it, or counts what is lost. */
    enum lw_code (*each)(struct lw_exporting *x, const struct lw_standing *s, struct lw_err *err);
};

enum lw_code lw_native_each(
    struct lw_exporting *x, const struct lw_standing *s, struct lw_err *err);
enum lw_code lw_trl_begin(
    struct lw_exporting *x, const struct lw_standing *standing, size_t n, struct lw_err *err);
enum lw_code lw_trl_each(struct lw_exporting *x, const struct lw_standing *s, struct lw_err *err);

/* The line of `s` in x->line. False when there is none to use: counted as damaged, or `err` is set.
 */
bool lw_export_line(struct lw_exporting *x, const struct lw_standing *s, struct lw_err *err);

void lw_export_lose(struct lw_exporting *x, enum lw_loss loss);

#endif
