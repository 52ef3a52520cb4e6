#include "labelwright/format/task.h"
#include "labelwright/base/buf.h"
#include "labelwright/format/record_id.h"
#include "labelwright/format/record_reader.h"
#include "labelwright/json/json_error.h"
#include "labelwright/json/json_value.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Keeps id and record. */
static void empty(struct lw_task *t)
{
    free(t->turn);
    free(t->response);
    free(t->tag);
    json_decref(t->root);
    json_decref(t->made);
    free(t->arena);
    *t = (struct lw_task){.id = t->id, .record = t->record};
}

static void make_unreadable(struct lw_task *t, char *why)
{
    empty(t);
    t->arena = why;
    t->unreadable = why;
}

struct lw_task *lw_task_unreadable(const char *id, const struct lw_record *record, const char *why)
{
    struct lw_task *t = lw_alloc(sizeof *t);
    t->id = lw_strdup(id);
    t->record = *record;
    make_unreadable(t, lw_strdup(why));
    return t;
}

struct lw_task *lw_task_parse(const struct lw_format *format, const char *bytes, size_t n)
{
    return lw_record_reader_task(&(struct lw_record_reader){.format = format}, bytes, n);
}

struct lw_task *lw_record_reader_task(
    const struct lw_record_reader *source, const char *bytes, size_t n)
{
    struct lw_task *t = lw_alloc(sizeof *t);
    struct lw_err err = {0};
    char id[LW_ID_MAX + 1];
    t->record.len = n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
    lw_sha256_hex(bytes, n, t->record.sha256);
    lw_record_reader_name(source, bytes, n, t->record.sha256, id);
    t->id = lw_strdup(id);
    if (n > LW_RECORD_MAX)
        make_unreadable(t, lw_record_too_large(n));
    else if (lw_record_reader_parse(source, bytes, n, &t->root, &err) != LW_OK ||
             source->format->read(source->format, t->root, t, &err) != LW_OK)
        make_unreadable(t, lw_strdup(err.text));
    return t;
}

void lw_task_free(struct lw_task *t)
{
    if (!t)
        return;
    empty(t);
    free(t->id);
    free(t);
}

const struct lw_response *lw_task_response(const struct lw_task *t, const char *id)
{
    for (size_t i = 0; i < t->nresponses; i++)
        if (strcmp(t->response[i].id, id) == 0)
            return &t->response[i];
    return NULL;
}
