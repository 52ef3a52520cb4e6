/* What the readers of formats share. formats.c is the table of them. */
#ifndef DATA_FORMAT_H
#define DATA_FORMAT_H

#include "labelwright/task.h"

/* The two functions of a row. */
#define LW_FORMAT(name)                                                                            \
    bool name##_fits(const struct lw_format *f, const json_t *record);                             \
    enum lw_code name##_read(                                                                      \
        const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
LW_FORMAT(lw_native);
LW_FORMAT(lw_hh_rlhf);
LW_FORMAT(lw_shape);
LW_FORMAT(lw_preference);
LW_FORMAT(lw_messages);
LW_FORMAT(lw_sharegpt);
LW_FORMAT(lw_arena);
LW_FORMAT(lw_mt_bench);
LW_FORMAT(lw_mt_bench_answers);
LW_FORMAT(lw_oasst_tree);
LW_FORMAT(lw_oasst);
LW_FORMAT(lw_oasst_eval);
LW_FORMAT(lw_columns);

json_t *lw_json_get(const json_t *object, const char *name); /* NULL for null, too */
bool lw_is_plain(const json_t *v);                           /* a text, a number, true or false */
bool lw_is_integer(const json_t *v);                         /* of any size */
struct lw_span lw_span_of(const json_t *text);

/* A text as it stands; a number, true and false as JSON writes them. */
struct lw_span lw_plain_text(struct lw_task *to, const json_t *plain);

/* A copy that lives as long as the task. */
struct lw_span lw_made_text(struct lw_task *to, const char *s, size_t n);

void lw_add_turn(struct lw_task *to, const char *role, struct lw_span text);
void lw_add_response(/* `id` NULL for r1, r2 … */
    struct lw_task *to, const char *id, const char *model, struct lw_span text);

/* LW_EBAD when two responses have the same id. */
enum lw_code lw_check_unique(const struct lw_task *t, struct lw_err *err);

/* Messages from number `from` on as turns: [{role, content, tool_calls?}], where content is a text,
 * a list of parts, or absent. `name` is the member they stand under. */
enum lw_code lw_read_messages(
    const json_t *list, size_t from, const char *name, struct lw_task *to, struct lw_err *err);

/* Messages from number `from` to `end` as one text: the content alone, or each behind its role. */
enum lw_code lw_messages_text(const json_t *list, size_t from, size_t end, const char *name,
    struct lw_task *to, struct lw_span *text, struct lw_err *err);

/* Where the assistant has the last word, that is what is judged: the turn becomes the response. */
void lw_last_turn_responds(struct lw_task *to, const char *model);

#endif
