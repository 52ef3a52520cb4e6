/* Where the records of a file of practice tasks have their known answers: what project.yaml says
 * under `known` and `why` of the file. Such members, or columns, are taken out of a record before
 * its format reads it, so that nothing of them is ever shown with the task. */
#ifndef LABELWRIGHT_FORMAT_KNOWN_MAP_H
#define LABELWRIGHT_FORMAT_KNOWN_MAP_H

#include <stdbool.h>
#include <stddef.h>

/* The known answer to one question. */
struct lw_known_member {
    char *question;
    char **member; /* NULL-terminated. One: the answer; with `list` one for each response, by their
                      order in the record */
    size_t n;
    bool list;
};

struct lw_known_map {
    struct lw_known_member *v;
    size_t n;
    char *why; /* the member with the explanation; NULL for none */
};

#endif
