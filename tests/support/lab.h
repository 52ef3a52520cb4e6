/* A folder to work in, and journals in it, for tests of the data layer. */
#ifndef LABELWRIGHT_TESTS_SUPPORT_LAB_H
#define LABELWRIGHT_TESTS_SUPPORT_LAB_H

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/journal/journal.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct lab {
    char path[100]; /* of the project's folder */
    int dir;        /* the same, open */
};

void lab_open(struct lab *lab);  /* in memory where possible: the sweeps sync a lot */
void lab_close(struct lab *lab); /* and removes it */
int lab_setup(void **state);     /* for cmocka: a new lab in *state */
int lab_teardown(void **state);
void lab_wipe(struct lab *lab); /* removes all that is in it */

void lab_read(const struct lab *lab, const char *name, struct lw_buf *to);
void lab_write(const struct lab *lab, const char *name, const void *bytes, size_t n);
void lab_add(const struct lab *lab, const char *name, const void *bytes, size_t n);
bool lab_has(const struct lab *lab, const char *name);

/* Events as they are given, in order. */
struct lab_log {
    struct lab_seen {
        uint64_t seq;
        enum lw_event_type type;
        struct lw_pos pos;
        char hash[LW_SHA256_HEX];
    } * event;
    size_t n;
    unsigned restarts;
};
void lab_log_event(void *log, const struct lw_event *e);           /* for opts.each */
void lab_log_restart(void *log);                                   /* for opts.restart */
size_t lab_log_count(const struct lab_log *log, const char *hash); /* how often it was given */
void lab_log_fini(struct lab_log *log);

/* The options of an ordinary opening by "maria"; log may be NULL. */
struct lw_journal_opts lab_opts(const struct lab *lab, struct lab_log *log);

/* Opening that must succeed. */
struct lw_journal *lab_journal(const struct lab *lab, struct lab_log *log);

/* Opens, appends n annotations, no two alike, and closes. */
void lab_fill(const struct lab *lab, int n);

/* Appends {"type":"annotate","task":task,"answers":{"note":note}} and returns the code. */
enum lw_code lab_annotate(struct lw_journal *j, const char *task, const char *note,
    struct lw_event *out, struct lw_err *err);

json_t *lab_body(const char *type, const char *task, const char *note);

/* Whether a note holds the words. */
bool lab_noted(const struct lw_journal *j, const char *words);

struct lw_verdict lab_verify(const struct lab *lab);

#endif
