/* One line: how it is laid out, hashed, formatted and checked. Knows neither files nor its
 * neighbours. */
#define _GNU_SOURCE
#include "journal/journal_internal.h"
#include "labelwright/json/json_members.h"
#include "labelwright/json/json_read.h"
#include "labelwright/json/json_value.h"

#include "labelwright/base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* {"v":1,"journal":"<32>","seq":N,"time":"<24>","type":"…",<members>,"prev":"<64>","hash":"<64>"}
 */
#define HEAD "{\"v\":1,\"journal\":\""
#define SEQ "\",\"seq\":"
#define TIME ",\"time\":\""
#define TYPE "\",\"type\":\""
#define PREV ",\"prev\":\""
#define HASH ",\"hash\":\""
#define DOMAIN "labelwright/1\n"

enum { ID_DIGITS = LW_JOURNAL_ID_HEX - 1, HEX = LW_SHA256_HEX - 1, STAMP = LW_STAMP_MAX - 1 };

const char lw_no_hash[LW_SHA256_HEX] =
    "0000000000000000000000000000000000000000000000000000000000000000";

static const char *const type_name[] = {
#define X(id, name) [LW_EV_##id] = name,
    LW_EVENTS(X)
#undef X
};

static enum lw_event_type type_of(const char *name, size_t len)
{
    for (int i = 0; i < LW_EV_UNKNOWN; i++)
        if (strlen(type_name[i]) == len && memcmp(type_name[i], name, len) == 0)
            return (enum lw_event_type)i;
    return LW_EV_UNKNOWN;
}

static bool expect(const char **p, const char *end, const char *literal)
{
    size_t n = strlen(literal);
    if ((size_t)(end - *p) < n || memcmp(*p, literal, n) != 0)
        return false;
    *p += n;
    return true;
}

static bool parse_seq(const char **p, const char *end, uint64_t *seq)
{
    const char *from = *p;
    for (*seq = 0; *p < end && **p >= '0' && **p <= '9' && *p - from < 18; (*p)++)
        *seq = *seq * 10 + (uint64_t)(**p - '0');
    return *p > from && *from != '0';
}

/* Finds what stands at the start of a line. */
static bool find_frame(const char *p, const char *end, struct lw_journal_line *to)
{
    const char *quote;
    if (!expect(&p, end, HEAD) || end - p < ID_DIGITS)
        return false;
    to->id = p;
    to->digits = (p += ID_DIGITS) + strlen(SEQ);
    if (!expect(&p, end, SEQ) || !parse_seq(&p, end, &to->seq) || !expect(&p, end, TIME) ||
        end - p < STAMP)
        return false;
    to->stamp = p;
    p += STAMP;
    if (!expect(&p, end, TYPE) || !(quote = memchr(p, '"', (size_t)(end - p))))
        return false;
    to->type = type_of(p, (size_t)(quote - p));
    to->members = quote + 1;
    return true;
}

/* The hash has shown that labelwright wrote it. */
static bool parse_frame(const char *text, const char *end, struct lw_journal_line *to)
{
    char stamp[LW_STAMP_MAX] = {0};
    if (!find_frame(text, end, to))
        return false;
    memcpy(stamp, to->stamp, STAMP);
    return lw_stamp_parse(stamp, &to->time_ms);
}

static bool ends_well(const char *text, size_t len)
{
    const char *prev = text + len - LW_LINE_HASH - LW_LINE_PREV;
    const char *hash = text + len - LW_LINE_HASH;
    return memcmp(prev, PREV, strlen(PREV)) == 0 && hash[-1] == '"' &&
           memcmp(hash, HASH, strlen(HASH)) == 0 && text[len - 2] == '"' && text[len - 1] == '}';
}

/* By the first letter of its name: few of them stand in a line. */
bool lw_journal_line_may_be(enum lw_event_type type, const char *text, size_t len)
{
    static const char before[] = "\"type\":\"";
    const size_t n = sizeof before - 1, name = strlen(type_name[type]);
    const char *end = text + len;
    for (const char *p = text; (p = memchr(p, *type_name[type], (size_t)(end - p))); p++)
        if ((size_t)(p - text) >= n && memcmp(p - n, before, n) == 0 && (size_t)(end - p) > name &&
            memcmp(p, type_name[type], name) == 0 && p[name] == '"')
            return true;
    return false;
}

static bool find_end(const char *text, size_t len, struct lw_journal_line *to)
{
    if (len <= LW_LINE_PREV + LW_LINE_HASH || !ends_well(text, len))
        return false;
    to->text = text;
    to->len = len;
    to->hash = text + len - LW_LINE_HASH + strlen(HASH);
    to->prev = text + len - LW_LINE_HASH - LW_LINE_PREV + strlen(PREV);
    return true;
}

bool lw_journal_line_glance(const char *text, size_t len, struct lw_journal_line *to)
{
    to->time_ms = 0;
    return find_end(text, len, to) && find_frame(text, text + len - LW_LINE_HASH, to);
}

const char *lw_journal_line_check(const char *text, size_t len, struct lw_journal_line *to)
{
    if (!find_end(text, len, to))
        return "not a journal line, or its end is damaged";
    char hash[LW_SHA256_HEX];
    lw_sha256_hex2(DOMAIN, strlen(DOMAIN), text, len - LW_LINE_HASH, hash);
    if (memcmp(hash, to->hash, HEX) != 0)
        return "its hash does not match: the line was changed";
    if (!parse_frame(text, text + len - LW_LINE_HASH, to))
        return "it does not start like a journal line";
    return NULL;
}

const char *lw_journal_line_members(const struct lw_journal_line *l, const char **end)
{
    *end = l->prev - strlen(PREV);
    return l->members < *end ? l->members : *end;
}

bool lw_journal_line_salvage(const char **at, const char *end, struct lw_journal_line *to)
{
    const size_t head = strlen(HEAD);
    const char *p = memmem(*at, (size_t)(end - *at), HEAD, head);
    while (p) {
        const char *next = memmem(p + head, (size_t)(end - p) - head, HEAD, head);
        const char *stop = next ? next : end;
        const char *brace = memrchr(p, '}', (size_t)(stop - p));
        *at = stop;
        if (brace && !lw_journal_line_check(p, (size_t)(brace - p) + 1, to))
            return true;
        p = next;
    }
    return false;
}

static enum lw_code check_body(const json_t *body, enum lw_event_type *type, struct lw_err *err)
{
    static const char *const ours[] = {"v", "journal", "seq", "time", "prev", "hash"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (json_object_get(body, ours[i]))
            return lw_fail(err, LW_EUSAGE, "an event must not contain \"%s\"", ours[i]);
    const char *first = json_object_iter_key(json_object_iter((json_t *)body));
    const json_t *t = json_object_get(body, "type");
    *type =
        json_is_string(t) ? type_of(json_string_value(t), json_string_length(t)) : LW_EV_UNKNOWN;
    if (*type == LW_EV_UNKNOWN || strcmp(first, "type") != 0)
        return lw_fail(
            err, LW_EUSAGE, "an event must begin with a \"type\" that this version knows");
    return LW_OK;
}

/* Adds the members of the body without its braces. */
static void add_members(struct lw_buf *lines, const json_t *body)
{
    size_t brace = lines->len;
    lw_json_add(lines, body);
    lines->data[brace] = ',';
    lines->data[--lines->len] = '\0';
}

static void seal(struct lw_buf *lines, size_t start, const char *prev, struct lw_event *e)
{
    lw_buf_str(lines, PREV);
    lw_buf_str(lines, prev);
    lw_buf_char(lines, '"');
    lw_sha256_hex2(DOMAIN, strlen(DOMAIN), lines->data + start, lines->len - start, e->hash);
    lw_buf_str(lines, HASH);
    lw_buf_str(lines, e->hash);
    lw_buf_str(lines, "\"}\n");
}

enum lw_code lw_journal_line_format(struct lw_buf *lines, const char *id, uint64_t seq,
    int64_t time_ms, const char *prev, const json_t *body, struct lw_event *e, struct lw_err *err)
{
    enum lw_event_type type = LW_EV_UNKNOWN;
    enum lw_code code = check_body(body, &type, err);
    if (code != LW_OK)
        return code;
    size_t start = lines->len;
    char stamp[LW_STAMP_MAX];
    lw_stamp_format(time_ms, stamp);
    lw_buf_fmt(lines, HEAD "%s" SEQ "%" PRIu64 TIME "%s\"", id, seq, stamp);
    add_members(lines, body);
    *e = (struct lw_event){.type = type, .seq = seq, .time_ms = time_ms};
    seal(lines, start, prev, e);
    if (lines->len - start > LW_LINE_MAX)
        return lw_fail(
            err, LW_EBAD, "the event is larger than the allowed %d MiB", LW_LINE_MAX >> 20);
    e->pos.len = (uint32_t)(lines->len - start);
    return LW_OK;
}

/* The name alone may stand in a text: most lines do not have it at all, and need no walk. */
bool lw_journal_line_is_private(enum lw_event_type type, const char *text, size_t len)
{
    static const char member[] = "\"private\":true";
    struct lw_member m;
    if (type == LW_EV_REPEAT || type == LW_EV_OWN)
        return true;
    return memmem(text, len, member, sizeof member - 1) &&
           lw_member_find(text, text + len, "private", &m) && m.value_len == strlen("true") &&
           memcmp(m.value, "true", m.value_len) == 0;
}

bool lw_event_is_private(const struct lw_event *e)
{
    return lw_journal_line_is_private(e->type, e->text, e->pos.len - 1);
}

const char *lw_event_members(const struct lw_event *e, const char **end)
{
    struct lw_journal_line l;
    size_t len = e->pos.len - 1;
    *end = e->text + len;
    return lw_journal_line_glance(e->text, len, &l) ? lw_journal_line_members(&l, end) : e->text;
}

json_t *lw_event_json(const struct lw_event *e)
{
    return lw_json_read(e->text, e->pos.len - 1, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
}
