/* A server of tests/servers, as a process of its own, until its test ends. Failures are cmocka's.
 */
#ifndef LABELWRIGHT_TESTS_SUPPORT_SERVER_H
#define LABELWRIGHT_TESTS_SUPPORT_SERVER_H

#include <stddef.h>
#include <sys/types.h>

struct server {
    char dir[64]; /* holds the events and what the server says */
    char program[512];
    char url[64]; /* "http://127.0.0.1:PORT/v1/batches" */
    pid_t pid;
    int in; /* it ends with this */
};

/* The program's name ("hostile.py") and its options, NULL-terminated. */
void server_start(struct server *s, const char *program, const char *const *options);
void server_stop(struct server *s); /* removes what it kept */

/* All that it keeps, line by line, in the order of their numbers: new. */
char *server_events(const struct server *s, size_t *n);

/* What it wrote about its requests: new. */
char *server_said(const struct server *s);

#endif
