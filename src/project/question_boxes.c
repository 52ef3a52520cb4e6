/* Boxes and points on a picture: what an answer is made of, and what is refused from outside. How
 * large a picture is, only its file says: places beyond it are the screen's to prevent. */
#include "labelwright/picture/picture.h"
#include "labelwright/project/boxes.h"
#include "project/question_internal.h"

#include <string.h>

/* ---- what is in it */

bool lw_boxes_get(const json_t *value, size_t i, struct lw_box *to)
{
    const json_t *one = json_array_get(value, i);
    *to = (struct lw_box){.picture = json_string_value(json_object_get(one, "picture")),
        .x = json_integer_value(json_object_get(one, "x")),
        .y = json_integer_value(json_object_get(one, "y")),
        .width = json_integer_value(json_object_get(one, "width")),
        .height = json_integer_value(json_object_get(one, "height")),
        .tags = json_object_get(one, "tags")};
    return to->picture && json_is_array(to->tags);
}

json_t *lw_boxes_add(const json_t *value, const struct lw_box *b, const char *tag)
{
    json_t *to = value ? json_copy((json_t *)(uintptr_t)value) : json_array();
    json_t *one = json_pack(
        "{s:s,s:I,s:I}", "picture", b->picture, "x", (json_int_t)b->x, "y", (json_int_t)b->y);
    if (b->width > 0) {
        json_object_set_new(one, "width", json_integer((json_int_t)b->width));
        json_object_set_new(one, "height", json_integer((json_int_t)b->height));
    }
    json_object_set_new(one, "tags", json_pack("[s]", tag));
    json_array_append_new(to, one);
    return to;
}

/* ---- project.yaml */

static void check(struct lw_reading *r, const struct lw_question *q, const struct lw_yaml *y)
{
    if (q->on != LW_ON_TASK)
        lw_mistake(r, lw_yaml_get(y, "on"),
            "boxes are parts of the task's picture. Write `on: task`, or leave it out.");
    lw_options_check(r, q, y);
    for (size_t i = 0; i < q->noptions; i++)
        if (q->option[i].key && q->option[i].key < 128 &&
            strchr(LW_BOX_KEYS, (char)q->option[i].key))
            lw_mistake(r, y,
                "the key %c of \"%.60s\" moves the cursor while boxes are marked. Choose another "
                "than %s.",
                (char)q->option[i].key, q->option[i].path, LW_BOX_KEYS);
}

/* ---- from outside */

/* The picture of that name, or the first one for NULL; s is NULL for none. */
static struct lw_span picture_in(const struct lw_parts *parts, const char *name)
{
    for (size_t i = 0; i < lw_parts_count(parts); i++) {
        struct lw_part p = lw_parts_at(parts, i);
        if (p.kind == LW_PART_PICTURE && p.name.s &&
            (!name || (p.name.n == strlen(name) && memcmp(p.name.s, name, p.name.n) == 0)))
            return p.name;
    }
    return (struct lw_span){NULL, 0};
}

static struct lw_span find_picture(const struct lw_task *t, const char *name)
{
    struct lw_span found = picture_in(t->parts, name);
    for (size_t i = 0; i < t->nturns && !found.s; i++)
        found = picture_in(t->turn[i].parts, name);
    for (size_t i = 0; i < t->nresponses && !found.s; i++)
        found = picture_in(t->response[i].parts, name);
    return found;
}

struct lw_span lw_boxes_picture(const struct lw_task *t)
{
    return find_picture(t, NULL);
}

static bool has_number(const json_t *one, const char *member)
{
    return json_is_integer(json_object_get(one, member));
}

static enum lw_code check_shape(const struct lw_value_place *a, const json_t *one)
{
    bool sides = has_number(one, "width") && has_number(one, "height");
    size_t members = a->q->points ? 4 : 6;
    if (has_number(one, "x") && has_number(one, "y") && sides == !a->q->points &&
        json_is_string(json_object_get(one, "picture")) && json_object_get(one, "tags") &&
        json_object_size(one) == members)
        return LW_OK;
    return lw_value_refuse(a,
        a->q->points ? "a point must be {\"picture\": \"photos/cat.jpg\", \"x\": 120, \"y\": 40, "
                       "\"tags\": [\"cat\"]}, in pixels."
                     : "a box must be {\"picture\": \"photos/cat.jpg\", \"x\": 120, \"y\": 40, "
                       "\"width\": 300, \"height\": 200, \"tags\": [\"cat\"]}, in pixels.");
}

static enum lw_code check_place(
    const struct lw_value_place *a, const struct lw_box *b, size_t number)
{
    int64_t most = LW_PICTURE_SIDE_MAX, least = a->q->points ? 0 : 1;
    if (!find_picture(a->t, b->picture).s)
        return lw_value_refuse(
            a, "the task has no picture \"%.80s\". Name it as the task does.", b->picture);
    if (b->x >= 0 && b->y >= 0 && b->width >= least && b->height >= least && b->width <= most &&
        b->height <= most && b->x <= most - b->width && b->y <= most - b->height)
        return LW_OK;
    return lw_value_refuse(a,
        "number %zu of the list is not inside a picture. x and y begin at 0, and no picture has "
        "more than %d pixels a side.",
        number, LW_PICTURE_SIDE_MAX);
}

static enum lw_code check_box(const struct lw_value_place *a, const json_t *v, size_t i)
{
    struct lw_box b;
    enum lw_code code = check_shape(a, json_array_get(v, i));
    if (code == LW_OK && !lw_boxes_get(v, i, &b))
        code = lw_tags_check(a, json_object_get(json_array_get(v, i), "tags"));
    if (code == LW_OK)
        code = check_place(a, &b, i + 1);
    if (code == LW_OK && json_array_size(b.tags) == 0)
        code = lw_value_refuse(
            a, "number %zu of the list needs one tag or more: the full paths of options.", i + 1);
    return code == LW_OK ? lw_tags_check(a, b.tags) : code;
}

static enum lw_code check_value(const struct lw_value_place *a, const json_t *v)
{
    enum lw_code code = LW_OK;
    if (!json_is_array(v))
        return lw_value_refuse(a, "boxes are a list: [{\"picture\": …}]. Give [] for none.");
    if (json_array_size(v) > LW_BOXES_MAX)
        return lw_value_refuse(
            a, "%zu boxes are more than %d. Give fewer.", json_array_size(v), LW_BOXES_MAX);
    for (size_t i = 0; i < json_array_size(v) && code == LW_OK; i++)
        code = check_box(a, v, i);
    return code;
}

const struct lw_question_type lw_question_boxes = {
    .check = check,
    .untested = "list of boxes",
    .unfiltered = "boxes by their place",
    .check_value = check_value,
};
