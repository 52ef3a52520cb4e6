/* What the readers of formats share. formats.c lists them, and says how to add one. */
#ifndef LABELWRIGHT_FORMAT_FORMAT_INTERNAL_H
#define LABELWRIGHT_FORMAT_FORMAT_INTERNAL_H

#include "labelwright/format/task.h"

json_t *lw_json_get(const json_t *object, const char *name); /* NULL for null, too */
bool lw_is_plain(const json_t *v);                           /* a text, a number, true or false */
bool lw_is_integer(const json_t *v);                         /* of any size */
struct lw_span lw_span_of(const json_t *text);

/* A text as it stands; a number, true and false as JSON writes them. */
struct lw_span lw_task_text_of(struct lw_task *to, const json_t *plain);

/* A copy that lives as long as the task. */
struct lw_span lw_task_add_text(struct lw_task *to, const char *s, size_t n);

/* `read_plain` of the native format. */
bool lw_native_read_plain(const char *bytes, size_t n, struct lw_task *to);

/* Sets the ids of the turns when all are there, and none moves any more. */
void lw_task_name_turns(struct lw_task *t);

/* What is returned lives until the next one is added. */
struct lw_turn *lw_task_add_turn(struct lw_task *to, const char *role, struct lw_span text);

/* The next step of a response (-1: of the task), and another wording of the last one. */
void lw_task_add_step(struct lw_task *to, int response, struct lw_span text);
void lw_task_add_other_step(struct lw_task *to, struct lw_span text);

/* Adds the steps of a list of texts, or of objects with a "text"; `name` is the member it stands
 * under. */
enum lw_code lw_steps_read(
    const json_t *list, const char *name, int response, struct lw_task *to, struct lw_err *err);

/* The steps become the response's text, a line each; and the reverse. */
void lw_task_join_steps(struct lw_task *to, int response);
void lw_task_add_lines_as_steps(struct lw_task *to, int response);

/* What the steps of a response came to, shown behind them. */
void lw_task_add_result(struct lw_task *to, int response, const json_t *result);

/* The plain members of these names as one text, a paragraph each; s is NULL where there is none. */
struct lw_span lw_task_join_members(
    const json_t *object, const char *const *names, size_t n, struct lw_task *to);

struct lw_response *lw_task_add_response(/* `id` NULL for r1, r2 … */
    struct lw_task *to, const char *id, const char *model, struct lw_span text);
struct lw_response *lw_task_add_turn_response(
    struct lw_task *to, const char *id, const char *model, const struct lw_turn *turn);

/* LW_EBAD when two responses have the same id. */
enum lw_code lw_task_check_ids(const struct lw_task *t, struct lw_err *err);

/* A list of texts as turns of the user; and what was said to each of them as one text, each behind
 * its number where there are several (null: nothing). `name` is the member it stands under. */
enum lw_code lw_turn_list_read(
    const json_t *list, const char *name, struct lw_task *to, struct lw_err *err);
enum lw_code lw_turn_list_join(const json_t *list, const char *name, struct lw_task *to,
    struct lw_span *text, struct lw_err *err);

/* Messages from number `from` on as turns: [{role, content, tool_calls?}], where content is a text,
 * a list of parts, or absent. `name` is the member they stand under. */
enum lw_code lw_messages_read(
    const json_t *list, size_t from, const char *name, struct lw_task *to, struct lw_err *err);

/* Messages from number `from` on as the response `id`: the content alone, or each behind its role.
 * `list` may be one message. */
enum lw_code lw_messages_read_response(
    const json_t *list, size_t from, const char *id, struct lw_task *to, struct lw_err *err);

/* An object that says who speaks, and a list that begins with one. */
bool lw_is_message(const json_t *v);
bool lw_is_message_list(const json_t *v);

/* What a message says: text, parts and the message itself; the role is left as it is. False when
 * its content is none. */
bool lw_message_read(const json_t *message, struct lw_task *to, struct lw_turn *turn);

/* The call of a tool that this text is, as ShareGPT writes it; NULL when it is none. */
const struct lw_parts *lw_parts_of_call(struct lw_task *to, const json_t *text);

/* Parts in the making; `name` and `text` may be NULL, and are written as JSON where they are no
 * texts. lw_task_add_parts() takes the list, for as long as the task lives; NULL when it was all
 * text.
 */
void lw_part_add(json_t *parts, enum lw_part_kind kind, const json_t *name, const json_t *text);
void lw_part_copy(json_t *parts, const struct lw_parts *from, size_t i);
/* `words`: what it shows; where NULL, what the picture itself says of it counts. */
void lw_part_add_picture(json_t *parts, const json_t *picture, const json_t *words);
void lw_part_add_tool(json_t *parts, const json_t *tool);
const struct lw_parts *lw_task_add_parts(struct lw_task *to, json_t *parts);
struct lw_span lw_parts_text(struct lw_task *to, const json_t *parts);

/* The reader of every format whose members' names say what they are; see format_named.c. `shape`
 * may be NULL. */
enum lw_code lw_named_read(
    const struct lw_shape *shape, json_t *record, struct lw_task *to, struct lw_err *err);

/* The same for a record whose member `name` is its conversation; LW_EBAD where that is none. */
enum lw_code lw_conversation_read(
    const char *name, json_t *record, struct lw_task *to, struct lw_err *err);

#endif
