/* Known answers of practice tasks, as project.yaml maps them: members or cells that leave the
 * record before its format sees it. Whether they are answers to the questions is not checked here.
 */
#include "format/known_members_internal.h"

#include "format/format_internal.h"
#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

/* "a.b" is the member b of the object a, unless there is a member of that very name. Its value is
 * the caller's, and no more in the record; NULL for none. */
static json_t *take_member(json_t *record, const char *path)
{
    json_t *v = json_incref(json_object_get(record, path));
    const char *dot = v ? NULL : strchr(path, '.');
    if (v)
        json_object_del(record, path);
    char *first = dot ? lw_strndup(path, (size_t)(dot - path)) : NULL;
    if (first)
        v = take_member(json_object_get(record, first), dot + 1);
    free(first);
    return v;
}

struct source {
    json_t *task, *around, *cells;
    const struct lw_csv *table;
};

static json_t *take_cell(const struct source *from, const char *column)
{
    json_t *v = NULL;
    for (size_t i = 0; i < from->table->ncells; i++) {
        if (strcmp(from->table->column[i], column) != 0)
            continue;
        if (from->table->name[i])
            json_object_del(from->task, from->table->name[i]);
        if (!v && json_string_length(json_array_get(from->cells, i)) > 0)
            v = json_incref(json_array_get(from->cells, i));
    }
    return v; /* an empty cell says nothing */
}

static json_t *take(const struct source *from, const char *name)
{
    if (from->table)
        return take_cell(from, name);
    json_t *v = take_member(from->task, name);
    return v || !from->around ? v : take_member(from->around, name);
}

static json_t *take_all(const struct lw_known_map *map, const struct source *from)
{
    json_t *to = json_object();
    for (size_t i = 0; i < map->n; i++) {
        const struct lw_known_member *k = &map->v[i];
        json_t *list = json_array();
        for (size_t m = 0; m < k->n; m++) {
            json_t *v = take(from, k->member[m]);
            json_array_append_new(list, v ? v : json_null());
        }
        if (k->list)
            json_object_set(to, k->question, list);
        else
            json_object_set(to, k->question, json_array_get(list, 0));
        json_decref(list);
    }
    json_t *why = map->why ? take(from, map->why) : NULL;
    if (why)
        json_object_set_new(to, "", why);
    return to;
}

json_t *lw_known_take(const struct lw_known_map *map, json_t *task, json_t *around)
{
    struct source from = {.task = task, .around = around};
    return take_all(map, &from);
}

json_t *lw_known_take_cells(const struct lw_known_map *map, const struct lw_csv *table,
    const char *bytes, size_t n, json_t *task)
{
    struct source from = {.task = task, .table = table};
    from.cells = lw_csv_row_cells(table->delimiter, bytes, n, NULL);
    json_t *to = take_all(map, &from);
    json_decref(from.cells);
    return to;
}

/* One value for each response becomes an object by their ids. */
static json_t *by_response(const struct lw_task *t, const json_t *list)
{
    json_t *to = json_object();
    for (size_t i = 0; i < t->nresponses && i < json_array_size(list); i++)
        if (!json_is_null(json_array_get(list, i)))
            json_object_set(to, t->response[i].id, json_array_get(list, i));
    return to;
}

static void keep(struct lw_task *to, json_t *v)
{
    if (!to->made)
        to->made = json_array();
    json_array_append_new(to->made, v);
}

static void give_mapped(const struct lw_known_map *map, json_t *taken, struct lw_task *to)
{
    for (size_t i = 0; i < map->n; i++) {
        const struct lw_known_member *k = &map->v[i];
        if (k->list)
            json_object_set_new(
                taken, k->question, by_response(to, json_object_get(taken, k->question)));
        json_t *v = json_object_get(taken, k->question);
        if (json_is_null(v) || (k->list && json_object_size(v) == 0))
            json_object_del(taken, k->question);
    }
    json_t *why = json_incref(json_object_get(taken, ""));
    json_object_del(taken, "");
    if (why) {
        to->why = why;
        keep(to, why);
    }
    if (json_object_size(taken) > 0)
        to->known = taken;
    keep(to, taken);
}

void lw_known_give(const struct lw_known_map *map, json_t *taken, bool former, struct lw_task *to)
{
    if (taken && map)
        give_mapped(map, taken, to);
    else
        json_decref(taken);
    if (former && !to->known)
        to->known = to->suggestions;
    if (former)
        to->suggestions = NULL;
}
