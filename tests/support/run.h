/* The program run from outside, without a terminal: arguments, stdin, environment in; stdout,
 * stderr and exit status out. Tests work in a folder of their own, which is the working folder.
 * Failures are cmocka's and print what the program said. */
#ifndef LABELWRIGHT_TESTS_SUPPORT_RUN_H
#define LABELWRIGHT_TESTS_SUPPORT_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct run {
    int status; /* exit status; 128 + signal when killed */
    char *out, *err;
    size_t out_n, err_n;
    const char *in;         /* what stdin holds; NULL for nothing; stays set from run to run */
    size_t in_n;            /* 0: as long as a string */
    const char *const *env; /* NAME=VALUE over the clean environment of wait.h, with USER=ana */
};

/* For setup and teardown: an empty folder as working folder, and a zeroed struct run as *state. */
int run_enter(void **state);
int run_leave(void **state);

/* Runs a shell command; "$LW" in it is the program. Then every such function checks the status. */
void run_shell(struct run *r, int status, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for "$LW" with the arguments of the format, and what is to stand on stdin. */
void run_fed(struct run *r, int status, const char *in, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Whether stderr, or stdout, has the text. */
void run_says(const struct run *r, const char *text);
void run_says_not(const struct run *r, const char *text);
void run_prints(const struct run *r, const char *text);
void run_is_silent(const struct run *r);   /* nothing on stderr */
void run_prints_none(const struct run *r); /* nothing on stdout */

/* Files of the working folder. */
void run_put(const char *name, const char *text);
void run_put_bytes(const char *name, const void *bytes, size_t n);
char *run_get(const char *name, size_t *n); /* to free(); fails the test when it is not there */
bool run_has(const char *name);
size_t run_count(const char *folder); /* names in it, 0 when it is not there */

/* A folder `name` with the project below and three tasks a, b, c. */
void run_project(const char *name);
#define RUN_PROJECT                                                                                \
    "labelwright: 1\n"                                                                             \
    "title: Trial\n"                                                                               \
    "tasks: [{file: tasks.jsonl}]\n"                                                               \
    "shuffle_responses: false\n"                                                                   \
    "questions:\n"                                                                                 \
    "  - {name: quality, type: rating, on: task, scale: {min: 1, max: 5}, required: true}\n"       \
    "  - {name: tone, type: choice, on: task, options: [{value: warm}, {value: cold}]}\n"          \
    "  - {name: flags, type: tags, on: response, options: [{value: rude}, {value: wrong}]}\n"      \
    "  - {name: why, type: text, on: task, when: {quality: \"<= 2\"}}\n"
#define RUN_TASKS                                                                                  \
    "{\"id\":\"a\",\"prompt\":\"One?\",\"responses\":[{\"id\":\"x\",\"text\":\"1\"}]}\n"           \
    "{\"id\":\"b\",\"prompt\":\"Two?\",\"responses\":[{\"id\":\"x\",\"text\":\"2\"}]}\n"           \
    "{\"id\":\"c\",\"prompt\":\"Three?\",\"responses\":[{\"id\":\"x\",\"text\":\"3\"}]}\n"

#endif
