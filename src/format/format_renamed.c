/* Formats whose two responses stand under names that mean something else elsewhere: ms-swift's
 * {"messages", "rejected_messages"}, HelpSteer3's {"original_response", "edited_response"}. They
 * are read by the names that say what they are. */
#include "format/format_internal.h"

#include <string.h>

struct renamed {
    const char *from[2], *to[2];
    const struct lw_shape shape; /* of the record with the new names */
};

static const struct renamed swift = {{"messages", "rejected_messages"}, {"chosen", "rejected"},
    {.response = {"chosen", "rejected"}}};
static const struct renamed edited = {{"original_response", "edited_response"},
    {"response_a", "response_b"}, {.response = {"response_a", "response_b"}, .closed = true}};

static bool fits(const struct renamed *r, const json_t *record)
{
    for (size_t i = 0; i < 2; i++) {
        const json_t *v = lw_json_get(record, r->from[i]);
        if (!json_is_string(v) && !lw_is_message_list(v))
            return false;
    }
    return true;
}

static const char *new_name(const struct renamed *r, const char *name)
{
    for (size_t i = 0; i < 2; i++)
        if (strcmp(r->from[i], name) == 0)
            return r->to[i];
    return name;
}

/* The copy lives as long as the task. */
static enum lw_code read(
    const struct renamed *r, json_t *record, struct lw_task *to, struct lw_err *err)
{
    const char *name;
    json_t *v, *copy = json_object();
    for (size_t i = 0; i < 2; i++)
        if (!lw_json_get(record, r->from[i])) {
            json_decref(copy);
            return lw_fail(err, LW_EBAD, "\"%s\" is missing.", r->from[i]);
        }
    json_object_foreach(record, name, v) json_object_set(copy, new_name(r, name), v);
    if (!to->made)
        to->made = json_array();
    json_array_append_new(to->made, copy);
    return lw_named_read(&r->shape, copy, to, err);
}

static bool swift_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return fits(&swift, record);
}

static enum lw_code swift_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    return read(&swift, record, to, err);
}

static bool edited_fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    return fits(&edited, record);
}

static enum lw_code edited_read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    return read(&edited, record, to, err);
}

const struct lw_format lw_format_swift = {
    .name = "ms-swift", .fits = swift_fits, .read = swift_read, .id_member = "id"};
const struct lw_format lw_format_edited = {
    .name = "edited", .fits = edited_fits, .read = edited_read, .id_member = "id"};
