/* Reading a record by what its members' names say. */
#ifndef LABELWRIGHT_FORMAT_NAMED_INTERNAL_H
#define LABELWRIGHT_FORMAT_NAMED_INTERNAL_H

#include "format/format_internal.h"
#include "labelwright/format/member_use.h"

struct lw_named_member {
    const char *name;
    json_t *v;
    enum lw_member_use use;
};

/* The members of a record that are of use, in its order. */
struct lw_named {
    struct lw_named_member *v;
    size_t n;
    bool nested; /* some of them stand one level deeper */
};
void lw_named_gather(json_t *record, struct lw_named *to);
void lw_named_fini(struct lw_named *m);

/* What the user saw before the responses. */
enum lw_code lw_named_read_prompt(const struct lw_named *m, struct lw_task *to, struct lw_err *err);

/* The responses, those called `first` before others. */
enum lw_code lw_named_read_responses(
    const struct lw_named *m, const char *const *first, struct lw_task *to, struct lw_err *err);

/* A text, or what holds one: an object with a member for it, a list of texts. Owned by the task; s
 * NULL for none. */
struct lw_span lw_named_text(const json_t *v, struct lw_task *to);

/* The one span holds the other, blanks around it aside. */
bool lw_span_holds(struct lw_span all, struct lw_span part);

#endif
