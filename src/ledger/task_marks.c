/* Tasks to come back to: a file of ids, and sorted sets of task keys. Marks are no part of the
 * journal. */
#include "labelwright/ledger/task_marks.h"

#include "labelwright/base/file.h"
#include "labelwright/base/hash.h"
#include "labelwright/project/state_dir.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define MARKS "marks"

enum { MARKS_BYTES_MAX = 16 * 1024 * 1024 };

void lw_keys_add(struct lw_keys *k, uint64_t key)
{
    if (k->n == k->cap) {
        k->cap = k->cap ? 2 * k->cap : 64;
        k->v = lw_grow(k->v, k->cap, sizeof *k->v);
    }
    k->v[k->n++] = key;
}

static int by_key(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

void lw_keys_sort(struct lw_keys *k)
{
    if (k->n > 0)
        qsort(k->v, k->n, sizeof *k->v, by_key);
}

bool lw_keys_have(const struct lw_keys *k, uint64_t key)
{
    return k->n > 0 && bsearch(&key, k->v, k->n, sizeof *k->v, by_key);
}

void lw_keys_fini(struct lw_keys *k)
{
    free(k->v);
    *k = (struct lw_keys){0};
}

/* The ids in the file; an empty array where there is none. */
static enum lw_code read_ids(const struct lw_sys *sys, int dir, json_t **to, struct lw_err *err)
{
    struct lw_buf b = {0};
    struct lw_err why = {0};
    int fd;
    enum lw_code code = lw_state_dir(sys, dir, NULL, false, &fd, &why);
    if (code == LW_OK) {
        code = lw_file_read(sys, fd, MARKS, ".labelwright/" MARKS, MARKS_BYTES_MAX, &b, &why);
        sys->close(sys, fd);
    }
    *to = code == LW_OK ? json_loadb(b.data ? b.data : "", b.len, 0, NULL) : json_array();
    lw_buf_fini(&b);
    if (code == LW_OK && !json_is_array(*to))
        code =
            lw_fail(&why, LW_EBAD, "The marks file .labelwright/" MARKS " is damaged. Delete it.");
    if (code == LW_OK || code == LW_EABSENT)
        return LW_OK;
    json_decref(*to);
    *to = NULL;
    return lw_fail(err, code, "%s", why.text);
}

static void set_keys(struct lw_keys *to, const json_t *ids)
{
    size_t i;
    json_t *id;
    to->n = 0;
    json_array_foreach(ids, i, id)
    {
        if (json_is_string(id))
            lw_keys_add(to, lw_fingerprint(json_string_value(id), json_string_length(id)));
    }
    lw_keys_sort(to);
}

enum lw_code lw_marks_load(
    const struct lw_sys *sys, int dir, struct lw_keys *to, struct lw_err *err)
{
    json_t *ids;
    enum lw_code code = read_ids(sys, dir, &ids, err);
    set_keys(to, ids);
    json_decref(ids);
    return code;
}

static enum lw_code write_ids(
    const struct lw_sys *sys, int dir, const json_t *ids, struct lw_err *err)
{
    int fd;
    char *text = json_dumps(ids, JSON_COMPACT);
    enum lw_code code = text ? lw_state_dir(sys, dir, NULL, true, &fd, err)
                             : lw_fail(err, LW_EBAD, "the marks cannot be written as JSON");
    if (code == LW_OK) {
        code = lw_file_replace(sys, fd, MARKS, text, strlen(text), false, err);
        sys->close(sys, fd);
    }
    free(text);
    return code;
}

/* True when the mark was there. */
static bool remove_id(json_t *ids, const char *task)
{
    size_t i;
    json_t *id;
    json_array_foreach(ids, i, id)
    {
        if (json_is_string(id) && strcmp(json_string_value(id), task) == 0)
            return json_array_remove(ids, i) == 0;
    }
    return false;
}

enum lw_code lw_marks_flip(const struct lw_sys *sys, int dir, const char *task, struct lw_keys *to,
    bool *marked, struct lw_err *err)
{
    json_t *ids;
    enum lw_code code = read_ids(sys, dir, &ids, err);
    if (code != LW_OK)
        return code;
    *marked = !remove_id(ids, task);
    if (*marked)
        json_array_append_new(ids, json_string(task));
    code = write_ids(sys, dir, ids, err);
    if (code == LW_OK)
        set_keys(to, ids);
    json_decref(ids);
    return code;
}
