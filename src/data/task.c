#include "labelwright/task.h"
#include "data/json_big.h"
#include "data/record.h"
#include "data/source.h"
#include "labelwright/buf.h"
#include "labelwright/utf8.h"

#include <stdlib.h>
#include <string.h>

void lw_task_id_of_hash(const char sha256[LW_SHA256_HEX], char to[17])
{
    memcpy(to, sha256, 16);
    to[16] = '\0';
}

char *lw_record_too_large(uint64_t n)
{
    return lw_format("The record is %.1f MiB long; one may have up to %d MiB.",
        (double)n / (1024 * 1024), LW_RECORD_MAX / (1024 * 1024));
}

static enum lw_code refuse_byte(const char *bytes, size_t at, struct lw_err *err)
{
    if (bytes[at] == '\0')
        return lw_fail(err, LW_EBAD, "Byte %zu of the record is NUL, which no text has.", at + 1);
    return lw_fail(err, LW_EBAD,
        "Byte %zu of the record (0x%02X) is not UTF-8. If the file is Windows-1252, "
        "convert it:  iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW",
        at + 1, (unsigned)(unsigned char)bytes[at]);
}

static enum lw_code refuse_kind(const json_t *value, struct lw_err *err)
{
    static const char *const kind[] = {"an object", "a list", "a text", "a number", "a number",
        "only true", "only false", "only null"};
    return lw_fail(err, LW_EBAD, "The record is %s, not an object like {\"prompt\": …}.",
        lw_json_big(value) ? "a number" : kind[json_typeof(value)]);
}

enum lw_code lw_record_text(const char *bytes, size_t n, struct lw_err *err)
{
    size_t bad;
    const char *nul = n ? memchr(bytes, '\0', n) : NULL;
    if (nul)
        return refuse_byte(bytes, (size_t)(nul - bytes), err);
    return lw_utf8_valid(bytes, n, &bad) ? LW_OK : refuse_byte(bytes, bad, err);
}

static json_t *load(const char *bytes, size_t n, json_error_t *e)
{
    return json_loadb(bytes, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, e);
}

static enum lw_code parse(json_t *(*with)(const char *bytes, size_t n, json_error_t *e),
    const char *bytes, size_t n, json_t **to, struct lw_err *err)
{
    json_error_t e;
    if (lw_record_text(bytes, n, err) != LW_OK)
        return LW_EBAD;
    json_t *root = with(bytes, n, &e);
    if (!root)
        return lw_json_refusal(bytes, n, &e, err);
    if (json_is_object(root) && !lw_json_big(root)) {
        *to = root;
        return LW_OK;
    }
    refuse_kind(root, err);
    json_decref(root);
    return LW_EBAD;
}

enum lw_code lw_record_parse(const char *bytes, size_t n, json_t **to, struct lw_err *err)
{
    return parse(load, bytes, n, to, err);
}

enum lw_code lw_task_record(const char *bytes, size_t n, json_t **to, struct lw_err *err)
{
    return parse(lw_json_load, bytes, n, to, err);
}

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
    return lw_source_task(&(struct lw_source){.format = format}, bytes, n);
}

struct lw_task *lw_source_task(const struct lw_source *source, const char *bytes, size_t n)
{
    struct lw_task *t = lw_alloc(sizeof *t);
    struct lw_err err = {0};
    char id[LW_ID_MAX + 1];
    t->record.len = n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
    lw_sha256_hex(bytes, n, t->record.sha256);
    lw_source_name(source, bytes, n, t->record.sha256, id);
    t->id = lw_strdup(id);
    if (n > LW_RECORD_MAX)
        make_unreadable(t, lw_record_too_large(n));
    else if (lw_source_parse(source, bytes, n, &t->root, &err) != LW_OK ||
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
