/* What tasks contain, for people: how a file was understood, and which parts are not shown. */
#ifndef LABELWRIGHT_TASKS_TASKS_SUMMARY_H
#define LABELWRIGHT_TASKS_TASKS_SUMMARY_H

#include "labelwright/tasks/tasks.h"

enum { LW_SURVEY_RESPONSES = 8 }; /* higher numbers are counted as this */

struct lw_survey {
    size_t read, tasks;                   /* records looked at, and those that could be read */
    size_t with[LW_SURVEY_RESPONSES + 1]; /* number of tasks by number of responses */
    size_t talks, unprompted, references; /* conversations; nothing before the responses */
    json_t *unused; /* an object: the members with text of which nothing is shown, by their paths */
};

/* Zero-initialise. */
void lw_survey_add(struct lw_survey *s, const struct lw_task *t);
void lw_survey_fini(struct lw_survey *s);

/* The first tasks, as far as they are known and quick to read. */
void lw_survey_first(struct lw_survey *s, struct lw_tasks *t);

size_t lw_survey_usual(const struct lw_survey *s); /* how many responses most tasks have */

/* True when something comes before the responses. */
bool lw_task_has_prompt(const struct lw_task *t);

/* "trl-preference: 1 prompt, 2 responses", new. */
char *lw_survey_describe(const struct lw_survey *s, const struct lw_tasks *t);

/* What a first screen says in one line: "openai-preference · 1,204 tasks · 1 prompt, 2 responses ·
 * 3 records unreadable · not shown: source". Counts tasks as far as they are known now. New. */
char *lw_survey_line(const struct lw_survey *s, const struct lw_tasks *t);

/* Whether the first row of the first file was taken as names; LW_HEADER_GUESSED: it is no table. */
enum lw_header lw_tasks_header(const struct lw_tasks *t);

/* Remarks about it, one sentence each, up to 3; new. "2 members with text are not shown: source,
 * explanation." */
size_t lw_survey_remarks(const struct lw_survey *s, const struct lw_tasks *t, char *to[3]);

#endif
