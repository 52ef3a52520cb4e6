/* The bytes of one record as a JSON object, or why they are none. What the object means is the
 * formats' to say. */
#include "labelwright/base/buf.h"
#include "labelwright/format/record_id.h"
#include "labelwright/json/json_error.h"
#include "labelwright/json/json_value.h"
#include "labelwright/text/utf8.h"

#include <string.h>

char *lw_record_too_large(uint64_t n)
{
    return lw_format("The record is %.1f MiB long; the limit is %d MiB.", (double)n / (1024 * 1024),
        LW_RECORD_MAX / (1024 * 1024));
}

static enum lw_code refuse_byte(const char *bytes, size_t at, struct lw_err *err)
{
    if (bytes[at] == '\0')
        return lw_fail(
            err, LW_EBAD, "Byte %zu of the record is NUL, which text cannot contain.", at + 1);
    return lw_fail(err, LW_EBAD,
        "Byte %zu of the record (0x%02X) is not UTF-8. If the file is Windows-1252, "
        "convert it:  iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW",
        at + 1, (unsigned)(unsigned char)bytes[at]);
}

static enum lw_code refuse_kind(const json_t *value, struct lw_err *err)
{
    static const char *const kind[] = {"an object", "a list", "a string", "a number", "a number",
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
        return lw_json_error(bytes, n, &e, err);
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

enum lw_code lw_record_parse_big(const char *bytes, size_t n, json_t **to, struct lw_err *err)
{
    return parse(lw_json_load, bytes, n, to, err);
}
